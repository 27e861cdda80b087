"""A mailbox on an IMAP server, opened so that nothing in it changes; a connection that is lost is made again once."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.errors import FetchError
from extractor.fetching.base import secret_of
from extractor.plan import ImapSource

TIMEOUT_S = 60.0

_HEADERS = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID REFERENCES IN-REPLY-TO SUBJECT DATE FROM)])"
_BATCH = 200
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+|&")
_MAILBOX = re.compile(r'\([^)]*\) (?:"[^"]*"|NIL) (.+)$')
_MOST_NAMED = 8
_LOST = (imaplib.IMAP4.abort, OSError)


@dataclass(frozen=True)
class Header:
    """The head of a mail: its ``raw`` header fields that make threads, and the ``size`` of the mail in bytes."""

    uid: int
    raw: bytes
    size: int


class Mailbox:
    """The mailbox of ``source``. Every method raises FetchError with what is wrong and what to do."""

    def __init__(self, source: ImapSource) -> None:
        self._source = source
        self._password = secret_of(source, source.password_env, "a password")
        self._open: list[imaplib.IMAP4] = []
        self.validity = ""
        """The mailbox's UIDVALIDITY: while it is the same, a UID means the same mail."""
        weakref.finalize(self, _hang_up, self._open)

    @property
    def place(self) -> str:
        """Where the mailbox is, for people."""
        return f"imap://{self._source.host}/{self._source.mailbox}"

    def search(self, *criteria: str) -> list[int]:
        """The UIDs of the mails that meet ``criteria`` (RFC 3501, 6.4.4), neither deleted nor drafts, ascending."""
        found = self._ask("SEARCH", "UNDELETED", "UNDRAFT", *criteria)
        return sorted({int(uid) for line in found if isinstance(line, bytes) for uid in line.split()})

    def headers(self, uids: Sequence[int]) -> list[Header]:
        """The heads of mails; a mail that is gone is left out."""
        return [
            Header(uid, raw, int(size[1]) if (size := _SIZE.search(said)) else 0)
            for uid, said, raw in self._fetch(uids, _HEADERS, _BATCH)
        ]

    def mails(self, uids: Sequence[int]) -> list[bytes]:
        """Whole mails, which stay unread; one that is gone is left out."""
        return [raw for _, _, raw in self._fetch(uids, "(UID BODY.PEEK[])", 1)]

    def _fetch(self, uids: Sequence[int], parts: str, at_once: int) -> Iterator[tuple[int, bytes, bytes]]:
        for start in range(0, len(uids), at_once):
            batch = ",".join(str(uid) for uid in uids[start : start + at_once])
            yield from sorted(_literals(self._ask("FETCH", batch, parts)))

    # The connection

    def _ask(self, *command: str) -> list[Any]:
        """The data of an answer to a UID command; asked anew where the connection was lost since the last one."""
        new = not self._open
        try:
            status, data = self._server().uid(*command)
        except _LOST as error:
            _hang_up(self._open)
            if not new:
                return self._ask(*command)
            raise self._unreachable(error) from None
        except imaplib.IMAP4.error as error:
            raise self._failed("does not understand a request", str(error)) from None
        if status != "OK":
            raise self._failed("refuses a request", _words(data))
        return data

    def _server(self) -> imaplib.IMAP4:
        if not self._open:
            server = self._connected()
            self._open.append(server)
            self._log_in(server)
            self._examine(server)
        return self._open[0]

    def _connected(self) -> imaplib.IMAP4:
        host, port, security = self._source.host, self._source.port, self._source.security
        try:
            if security == "ssl":
                return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_S)
            server = imaplib.IMAP4(host, port, timeout=TIMEOUT_S)
        except imaplib.IMAP4.abort as error:
            raise self._unreachable(error) from None
        except imaplib.IMAP4.error as error:
            raise self._failed("does not greet as an IMAP server does", str(error)) from None
        except (OSError, UnicodeError) as error:
            raise self._unreachable(error) from None
        if security == "starttls":
            self._secure(server)
        return server

    def _secure(self, server: imaplib.IMAP4) -> None:
        try:
            server.starttls(ssl.create_default_context())
        except (imaplib.IMAP4.error, OSError) as error:
            _hang_up([server])
            if isinstance(error, OSError):
                raise self._unreachable(error) from None
            remedy = "Set security to ssl, with the port for it."
            raise FetchError(f"The IMAP server {self._source.host} offers no STARTTLS ({error}).", remedy) from None

    def _log_in(self, server: imaplib.IMAP4) -> None:
        user, password = self._source.user, self._password
        try:
            if f"{user}{password}".isascii():
                server.login(user, password)
            else:
                server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        except _LOST as error:
            _hang_up(self._open)
            raise self._unreachable(error) from None
        except imaplib.IMAP4.error as error:
            _hang_up(self._open)
            what = f"The IMAP server {self._source.host} refuses {user} ({_words(error.args)})."
            remedy = f"Put the right password into {self._source.password_env}; some servers want one for programs."
            raise FetchError(what, remedy) from None

    def _examine(self, server: imaplib.IMAP4) -> None:
        try:
            status, data = server.select(_quoted(modified_utf7(self._source.mailbox)), readonly=True)
            if status != "OK":
                listed = server.list()[1]
                _hang_up(self._open)
                raise self._no_mailbox(_words(data), [line for line in listed if isinstance(line, bytes)])
        except _LOST as error:
            _hang_up(self._open)
            raise self._unreachable(error) from None
        numbers = server.response("UIDVALIDITY")[1]
        validity = numbers[0].decode() if numbers and isinstance(numbers[0], bytes) else ""
        if self.validity and self.validity != validity:
            raise self._failed("numbers its mails anew", f"UIDVALIDITY {validity}")
        self.validity = validity

    # What goes wrong

    def _unreachable(self, error: Exception) -> FetchError:
        host, port = self._source.host, self._source.port
        reason = " ".join(str(error).split())
        if isinstance(error, ssl.SSLCertVerificationError):
            what = f"The certificate of {host}:{port} is not to be trusted ({error.verify_message})."
            return FetchError(what, "Correct host, or name the certificate of your authority in SSL_CERT_FILE.")
        if isinstance(error, ssl.SSLError):
            what = f"{host}:{port} speaks no TLS that works ({reason})."
            return FetchError(what, "Check port and security: 993 goes with ssl, 143 with starttls.")
        what = f"The IMAP server {host}:{port} cannot be reached ({reason})."
        return FetchError(what, "Check host, port and security, and the network.", transient=True)

    def _failed(self, what: str, reason: str) -> FetchError:
        told = f"The IMAP server {self._source.host} {what} ({reason})."
        return FetchError(told, "Run it again later.", transient=True)

    def _no_mailbox(self, reason: str, listed: Iterable[bytes]) -> FetchError:
        lines = (_MAILBOX.search(line.decode("ascii", "replace")) for line in listed)
        names = sorted(match[1].strip().strip('"') for match in lines if match)
        there = f"There are: {', '.join(names[:_MOST_NAMED])}." if names else "Correct mailbox."
        return FetchError(f"The mailbox {self._source.mailbox} cannot be opened ({reason}).", there)


def _hang_up(connections: list[imaplib.IMAP4]) -> None:
    while connections:
        with contextlib.suppress(OSError):
            connections.pop().shutdown()


def _words(data: Sequence[object]) -> str:
    said = b" ".join(each if isinstance(each, bytes) else str(each).encode() for each in data if each)
    return " ".join(said.decode("utf-8", "replace").split()) or "no reason given"


def _literals(data: Sequence[object]) -> Iterator[tuple[int, bytes, bytes]]:
    """UID, what is said besides, and literal of every mail in an answer to FETCH; servers may say the UID after it."""
    for place, each in enumerate(data):
        if not isinstance(each, tuple):
            continue
        after = data[place + 1] if place + 1 < len(data) else b""
        said = each[0] + b" " + (after if isinstance(after, bytes) else b"")
        uid = _UID.search(said)
        if uid is not None:
            yield int(uid[1]), said, each[1]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def header_is(name: str, value: str) -> tuple[str, str, str] | None:
    """The criterion that a header holds ``value``; None for what cannot be asked for."""
    if not value.isascii() or not value.isprintable():
        return None
    return "HEADER", name, _quoted(value)


def modified_utf7(name: str) -> str:
    """A mailbox's name as it is sent (RFC 3501, 5.1.3)."""

    def coded(match: re.Match[str]) -> str:
        if match[0] == "&":
            return "&-"
        return "&" + base64.b64encode(match[0].encode("utf-16-be")).rstrip(b"=").decode().replace("/", ",") + "-"

    return _NOT_ASCII.sub(coded, name)
