"""A real SMTP server on loopback, with STARTTLS, TLS and logins, that keeps what it was given and fails on demand.

authority = Authority(tmp_path); monkeypatch.setenv("SSL_CERT_FILE", authority.file)
with MailServer(security="starttls", login=("robot", "secret"), authority=authority) as server:
    server.queue("451 4.3.0 later")          # the answer to the next DATA
    ...
    server.mails[0].message["Subject"]
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal, Self

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


class Authority:
    """A certificate authority of the test's own; ``file`` is what SSL_CERT_FILE has to name to trust it."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = str(folder / "authority.pem")
        self._authority.cert_pem.write_to_path(self.file)

    def server_context(self, *names: str) -> ssl.SSLContext:
        """For a server that goes by ``names``, by default by its address on loopback."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(*(names or (HOST, "localhost"))).configure_cert(context)
        return context


@dataclass(frozen=True)
class Mail:
    """``message`` is parsed from ``raw``; ``sender`` and ``recipients`` are the envelope's. ``login`` is the user."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    raw: bytes
    encrypted: bool
    login: str | None

    def part(self, subtype: Literal["plain", "html"]) -> str:
        found = self.message.get_body((subtype,))
        assert found is not None
        return str(found.get_content())


class MailServer:
    """Takes mail on ``port``. ``refused`` recipients are answered with 550.

    ``drop_answers`` is how many mails it keeps without telling: the connection is lost before the answer. With
    ``breaks_starttls`` it offers STARTTLS and then answers 454.
    """

    def __init__(
        self,
        security: Literal["none", "starttls", "ssl"] = "none",
        login: tuple[str, str] | None = None,
        authority: Authority | None = None,
        names: tuple[str, ...] = (),
        refused: tuple[str, ...] = (),
        breaks_starttls: bool = False,
    ) -> None:
        self.mails: list[Mail] = []
        self.drop_answers = 0
        self.hang = False
        self._login = login
        self._refused = refused
        self._breaks_starttls = breaks_starttls
        self._answers: list[str] = []
        self._stopped = threading.Event()
        context = authority.server_context(*names) if authority is not None else None
        options: dict[str, Any] = {}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if login is not None:
            options |= {
                "auth_required": True,
                "auth_require_tls": security == "starttls",
                "authenticator": self._authenticate,
            }
        self.port = _free_port()
        self._controller = Controller(
            self, hostname=HOST, port=self.port, ssl_context=context if security == "ssl" else None, **options
        )

    def queue(self, *answers: str) -> None:
        """Answers to the next DATA commands, such as ``451 4.3.0 later``; the mail is then not kept."""
        self._answers += answers

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._controller.stop()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-STARTTLS"] if self._breaks_starttls else []), responses[-1]]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._refused:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        while self.hang and not self._stopped.is_set():
            await asyncio.sleep(0.02)
        if self._answers:
            return self._answers.pop(0)
        self.mails.append(_mail(server, session, envelope))
        if self.drop_answers:
            self.drop_answers -= 1
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        right = self._login == (data.login.decode(), data.password.decode())
        return AuthResult(success=right, handled=False, auth_data=data.login.decode())


class DrippingServer:
    """Says ``text`` again and again to the first who connects, a byte at a time, whatever is asked; for ten seconds.

    ``cut`` is set when the other side breaks off before that.
    """

    def __init__(self, text: bytes = b"220-hello\r\n") -> None:
        self.cut = threading.Event()
        self._text = text
        self._stopped = threading.Event()
        self._listener = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        self._listener.settimeout(10)
        connection, _ = self._listener.accept()
        ends = time.monotonic() + 10
        with connection:
            try:
                while time.monotonic() < ends and not self._stopped.wait(0.02):
                    for byte in self._text:
                        connection.sendall(bytes([byte]))
            except OSError:
                self.cut.set()


def _mail(server: SMTP, session: Session, envelope: Envelope) -> Mail:
    assert server.transport is not None
    encrypted = server.transport.get_extra_info("ssl_object") is not None
    raw = envelope.content
    assert isinstance(raw, bytes)
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    recipients = tuple(str(one) for one in envelope.rcpt_tos)
    login = session.auth_data if session.authenticated else None
    return Mail(str(envelope.mail_from), recipients, message, raw, encrypted, login)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
