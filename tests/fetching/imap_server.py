"""An IMAP server on loopback, Twisted's, with mailboxes in memory that a test fills while it runs.

with ImapServer() as imap:
    imap.deliver(mail("<1@depot>", "Lamps", "Shall we order lamps?"), days_ago=3)
    source = ImapSource(type="imap", name="box", host=imap.host, port=imap.port, security="none", user=imap.user)

The password is ``imap.password``. What it was asked is in ``imap.commands``. Twisted's own search reads no dates,
so the mailbox searches itself. All servers of a process share one reactor, in a thread of its own.
"""

# ruff: noqa: N802 (Twisted's names)

from __future__ import annotations

import contextlib
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from typing import Any, Self

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import IRealm, Portal
from twisted.internet import protocol, reactor
from twisted.internet.threads import blockingCallFromThread
from twisted.mail import imap4
from zope.interface import implementer


def mail(
    message_id: str,
    subject: str,
    text: str,
    *,
    sender: str = "Ana Li <ana@example.com>",
    sent: datetime | None = None,
    answers: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A mail; ``answers`` are the ids of those above it in its thread, the first one's first."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "team@example.com", subject
    message["Date"] = format_datetime(sent or datetime.now(UTC))
    if message_id:
        message["Message-ID"] = message_id
    above = list(answers)
    if above:
        message["References"], message["In-Reply-To"] = " ".join(above), above[-1]
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


@dataclass
@implementer(imap4.IMessage, imap4.IMessageFile)
class StoredMail:
    """A mail in a mailbox. ``reads`` counts how often its body was fetched."""

    uid: int
    raw: bytes
    received: datetime
    flags: set[str] = field(default_factory=set)
    reads: int = 0

    def getUID(self) -> int:
        return self.uid

    def getFlags(self) -> list[str]:
        return sorted(self.flags)

    def getInternalDate(self) -> str:
        return format_datetime(self.received)

    def getHeaders(self, negate: bool, *names: bytes | str) -> dict[str, str]:
        wanted = {(name.decode() if isinstance(name, bytes) else name).lower() for name in names}
        found = message_from_bytes(self.raw).items()
        return {name.lower(): value for name, value in found if (name.lower() in wanted) != negate}

    def getBodyFile(self) -> io.BytesIO:
        return io.BytesIO(self.raw.partition(b"\r\n\r\n")[2])

    def getSize(self) -> int:
        return len(self.raw)

    def isMultipart(self) -> bool:
        return False

    def getSubPart(self, part: int) -> None:
        raise TypeError("no parts")

    def open(self) -> io.BytesIO:
        self.reads += 1
        return io.BytesIO(self.raw)


@implementer(imap4.IMailbox, imap4.ISearchableMailbox)
class Box:
    """A mailbox. ``validity`` is its UIDVALIDITY."""

    def __init__(self) -> None:
        self.mails: list[StoredMail] = []
        self.validity = 7
        self.read_only = True
        self._next = 1

    def add(self, raw: bytes, received: datetime, flags: Iterable[str]) -> StoredMail:
        stored = StoredMail(self._next, raw, received, set(flags))
        self._next += 1
        self.mails.append(stored)
        return stored

    def getFlags(self) -> list[str]:
        return ["\\Seen", "\\Deleted", "\\Draft"]

    def getHierarchicalDelimiter(self) -> str:
        return "/"

    def getUIDValidity(self) -> int:
        return self.validity

    def getUIDNext(self) -> int:
        return self._next

    def getUID(self, number: int) -> int:
        return self.mails[number - 1].uid

    def getMessageCount(self) -> int:
        return len(self.mails)

    def getRecentCount(self) -> int:
        return 0

    def getUnseenCount(self) -> int:
        return sum("\\Seen" not in stored.flags for stored in self.mails)

    def isWriteable(self) -> bool:
        return False

    def destroy(self) -> None:
        raise imap4.MailboxException("kept")

    def requestStatus(self, names: Iterable[str]) -> dict[str, int]:
        return dict(imap4.statusRequestHelper(self, names))

    def addListener(self, listener: object) -> None:
        pass

    def removeListener(self, listener: object) -> None:
        pass

    def addMessage(self, *_: object) -> None:
        raise imap4.ReadOnlyMailbox("read only")

    def expunge(self) -> None:
        raise imap4.ReadOnlyMailbox("read only")

    def store(self, *_: object) -> None:
        raise imap4.ReadOnlyMailbox("read only")

    def fetch(self, messages: Any, uid: bool) -> list[tuple[int, StoredMail]]:
        last = (self.mails[-1].uid if uid else len(self.mails)) if self.mails else 1
        messages.last = last
        return [
            (number, stored)
            for number, stored in enumerate(self.mails, 1)
            if (stored.uid if uid else number) in messages
        ]

    def search(self, query: list[Any], uid: bool) -> list[int]:
        tests = list(_criteria(iter(query)))
        return [number for number, stored in enumerate(self.mails, 1) if all(test(stored) for test in tests)]


Criterion = Callable[[StoredMail], bool]


def _criteria(words: Iterator[Any]) -> Iterator[Criterion]:
    for word in words:
        yield _criterion(_text(word), words)


def _criterion(key: str, words: Iterator[Any]) -> Criterion:
    key = key.upper()
    if key == "SINCE":
        since = datetime.strptime(_text(next(words)), "%d-%b-%Y").date()
        return lambda stored: stored.received.date() >= since
    if key == "HEADER":
        name, value = _text(next(words)).lower(), _text(next(words)).lower()
        return lambda stored: value in " ".join(stored.getHeaders(False, name).values()).lower()
    if key == "OR":
        one, other = _criterion(_text(next(words)), words), _criterion(_text(next(words)), words)
        return lambda stored: one(stored) or other(stored)
    flag = {"UNDELETED": "\\Deleted", "UNDRAFT": "\\Draft"}[key]
    return lambda stored: flag not in stored.flags


def _text(word: object) -> str:
    return word.decode() if isinstance(word, bytes) else str(word)


class ImapServer:
    """``boxes`` are the mailboxes by name; ``inbox`` is the one that there always is."""

    host = "127.0.0.1"

    def __init__(self, user: str = "ana@example.com", password: str = "night train") -> None:
        self.user = user
        self.password = password
        self.boxes: dict[str, Box] = {"INBOX": Box()}
        self.commands: list[str] = []
        self.port = 0
        self._connections: set[Any] = set()
        self._listening: Any = None

    @property
    def inbox(self) -> Box:
        return self.boxes["INBOX"]

    def __enter__(self) -> Self:
        _start_reactor()
        self._listening = blockingCallFromThread(reactor, self._listen)
        self.port = self._listening.getHost().port
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take no more connections and end those that there are."""
        blockingCallFromThread(reactor, self._listening.stopListening)
        self.hang_up()

    def hang_up(self) -> None:
        """End the connections that there are."""

        def end() -> None:
            for connection in list(self._connections):
                connection.transport.abortConnection()

        blockingCallFromThread(reactor, end)

    def deliver(
        self, raw: bytes, *, days_ago: float = 0, mailbox: str = "INBOX", flags: Iterable[str] = ()
    ) -> StoredMail:
        """Put a mail into a mailbox, which is made where there is none, as received that long ago."""
        box = self.boxes.setdefault(mailbox, Box())
        return box.add(
            raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), datetime.now(UTC) - timedelta(days=days_ago), flags
        )

    def _listen(self) -> Any:
        portal = Portal(_Realm(self), [_checker(self)])
        return reactor.listenTCP(0, _Factory(self, portal), interface=self.host)  # type: ignore[attr-defined]


def _checker(server: ImapServer) -> InMemoryUsernamePasswordDatabaseDontUse:
    return InMemoryUsernamePasswordDatabaseDontUse(**{server.user: server.password.encode()})


@implementer(IRealm)
class _Realm:
    def __init__(self, server: ImapServer) -> None:
        self.server = server

    def requestAvatar(self, avatar: bytes, mind: object, *interfaces: object) -> tuple[object, object, object]:
        account = imap4.MemoryAccount(avatar.decode())
        account.mailboxes = {name.upper(): box for name, box in self.server.boxes.items()}
        return imap4.IAccount, account, lambda: None


class _Factory(protocol.Factory):
    def __init__(self, server: ImapServer, portal: Portal) -> None:
        self.server, self.portal = server, portal

    def buildProtocol(self, address: object) -> imap4.IMAP4Server:
        server = self.server

        class Connection(imap4.IMAP4Server):
            def connectionMade(self) -> None:
                server._connections.add(self)
                super().connectionMade()

            def connectionLost(self, reason: Any) -> None:
                server._connections.discard(self)
                super().connectionLost(reason)

            def lineReceived(self, line: bytes) -> None:
                server.commands.append(line.partition(b" ")[2].decode("ascii", "replace"))
                super().lineReceived(line)

        connection = Connection()
        connection.challengers[b"PLAIN"] = imap4.PLAINCredentials
        connection.portal = self.portal
        connection.factory = self
        return connection


class TlsFront:
    """What stands before an :class:`ImapServer` and speaks TLS: at once, or once it is told STARTTLS.

    ``context`` has the certificate. Twisted needs a package for TLS that nothing else here needs.
    """

    host = "127.0.0.1"

    def __init__(self, behind: ImapServer, context: ssl.SSLContext, *, starttls: bool = False) -> None:
        self._behind, self._context, self._starttls = behind, context, starttls
        self._socket = socket.create_server((self.host, 0))
        self.port: int = self._socket.getsockname()[1]
        self.secured = 0
        """How many connections were encrypted."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), socket.create_connection((self.host, self._behind.port)) as server:
            greeting = server.recv(4096)
            if self._starttls:
                client.sendall(greeting)
                self._until_starttls(client)
            with self._context.wrap_socket(client, server_side=True) as secure:
                self.secured += 1
                if not self._starttls:
                    secure.sendall(greeting)
                threading.Thread(target=_pass_on, args=(server, secure), daemon=True).start()
                _pass_on(secure, server)

    @staticmethod
    def _until_starttls(client: socket.socket) -> None:
        while True:
            tag, command = client.recv(4096).decode().split()[:2]
            if command == "CAPABILITY":
                client.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")
            client.sendall(f"{tag} OK done\r\n".encode())
            if command == "STARTTLS":
                return


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@cache
def _start_reactor() -> None:
    running = threading.Event()
    reactor.callWhenRunning(running.set)  # type: ignore[attr-defined]
    run = reactor.run  # type: ignore[attr-defined]
    threading.Thread(target=run, kwargs={"installSignalHandlers": False}, daemon=True).start()
    running.wait()
