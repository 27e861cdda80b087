"""The digest by SMTP. The time limit is for the whole exchange; encryption that was asked for is never done without."""

from __future__ import annotations

import base64
import contextlib
import smtplib
import socket
import ssl
import threading
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final, Self

from extractor.delivery.targets import Patience, secret
from extractor.errors import DeliveryError, SettingsError
from extractor.plan import MailTarget
from extractor.reports.digest.mail import as_html
from extractor.reports.digest.model import Digest
from extractor.reports.digest.page import cut, subject_of
from extractor.reports.digest.written import as_text

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_QUOTED_CHARACTERS: Final = 120


def message_of(digest: Digest, mail: MailTarget) -> EmailMessage:
    """The mail: plain text and HTML, dated when the digest was made, with an id that a repeat has too.

    ``Auto-Submitted`` (RFC 3834) keeps absence notes from answering. Raises SettingsError where an address is none.
    """
    sender = _mailbox(mail.sender, "sender")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject_of(digest)
    message["From"] = sender
    message["To"] = [_mailbox(address, "to") for address in mail.to]
    message["Date"] = format_datetime(digest.to_time)
    message["Message-ID"] = f"<{digest.id}@{sender.domain.encode('idna').decode('ascii')}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(as_text(digest), cte="quoted-printable")
    message.add_alternative(as_html(digest), subtype="html", cte="quoted-printable")
    return message


def check_mail(mail: MailTarget) -> None:
    """Raises SettingsError where an address is none, the password's variable is not set, or it would go unencrypted."""
    for address in mail.to:
        _mailbox(address, "to")
    _mailbox(mail.sender, "sender")
    _password(mail)


def send_mail(digest: Digest, mail: MailTarget, patience: Patience) -> None:
    """Hands the mail to the server. Raises DeliveryError; then nobody has it, unless it says otherwise."""
    message = message_of(digest, mail)
    password = _password(mail)
    with _TimeLimit(patience.limit_s) as limit:
        try:
            refused = _submit(message, mail, password, limit)
        except (OSError, UnicodeError) as fault:  # SMTPException is an OSError
            raise _error(fault, mail, password, limit) from None
    if refused:
        what = f"{mail.host} refused {len(refused)} of {len(mail.to)} addresses: {', '.join(sorted(refused))}."
        raise DeliveryError(what, "Correct digest.mail.to in decisions.toml; the other addresses have the mail.")


def _submit(message: EmailMessage, mail: MailTarget, password: str | None, limit: _TimeLimit) -> dict[str, Any]:
    """The addresses that the server refused while it took the mail for others."""
    client = _connect(mail, limit)
    try:
        if mail.security == "starttls":
            client.starttls(context=_trust())
        if mail.user is not None and password is not None:
            client.login(mail.user, password)
        refused = client.send_message(message)
        with contextlib.suppress(OSError):
            client.quit()
        return refused
    finally:
        client.close()


def _connect(mail: MailTarget, limit: _TimeLimit) -> smtplib.SMTP:
    if mail.security == "ssl":
        return _LimitedSsl(mail.host, mail.port, limit=limit, timeout=limit.seconds, context=_trust())
    return _Limited(mail.host, mail.port, limit=limit, timeout=limit.seconds)


def _trust() -> ssl.SSLContext:
    """The system's certificates or SSL_CERT_FILE, as for webhooks."""
    import httpx2

    return httpx2.create_ssl_context()


def _password(mail: MailTarget) -> str | None:
    if mail.user is None:
        return None
    if mail.security == "none" and mail.host not in _LOOPBACK:
        what = "decisions.toml: digest.mail has a user, and security none would send the password unencrypted."
        raise SettingsError(what, "Set security to starttls or ssl, or leave the user out.")
    return secret(mail.password_env, f"the password for {mail.host}")


def _mailbox(text: str, field: str) -> Address:
    """The one address in ``text``, with or without a name before it."""
    found = _addresses(text)
    if len(found) != 1:
        what = f"decisions.toml: digest.mail.{field}: {cut(text, 80)!r} is no mail address."
        raise SettingsError(what, "Write it like team@example.org.")
    return found[0]


def _addresses(text: str) -> tuple[Address, ...]:
    """The addresses in a header's value, none where any of it is malformed."""
    try:
        header: Any = SMTP.header_factory("to", text)
        found: tuple[Address, ...] = header.addresses
        fine = all(one.username and one.domain.encode("idna") for one in found)
    except (ValueError, LookupError):  # the parser's own faults on odd input are IndexErrors
        return ()
    return found if fine and not header.defects else ()


class _TimeLimit:
    """Cuts the connection when the time is over, however lively the server is; ``passed`` tells."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self.client: smtplib.SMTP | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        wait = self.seconds
        while not self._done.wait(wait):
            self.passed, wait = True, 0.1
            connection = getattr(self.client, "sock", None)
            if connection is not None:
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)


class _Limited(smtplib.SMTP):
    """Known to its time limit before it connects."""

    def __init__(self, *arguments: Any, limit: _TimeLimit, **options: Any) -> None:
        limit.client = self
        super().__init__(*arguments, **options)


class _LimitedSsl(_Limited, smtplib.SMTP_SSL):
    pass


def _error(fault: Exception, mail: MailTarget, password: str | None, limit: _TimeLimit) -> DeliveryError:
    """The typed error for whatever the client raised."""
    server = f"The mail server {mail.host}:{mail.port}"
    if limit.passed or isinstance(fault, TimeoutError):
        what = f"{server} did not take the mail within {limit.seconds:g} seconds."
        return DeliveryError(what, "It may have arrived; the next run sends it again with the same id.", transient=True)
    if isinstance(fault, UnicodeError):
        return DeliveryError(
            f"{server} cannot be given this user, password or address: it has characters outside ASCII.",
            "Change it, or choose a server that takes them.",
        )
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return DeliveryError(
            f"{server} does not offer what decisions.toml asks for: security {mail.security}"
            f"{', a login' if mail.user else ''}.",
            "Correct port and security of digest.mail.",
        )
    if isinstance(fault, ssl.SSLError):
        return _untrusted(fault, server)
    if isinstance(fault, smtplib.SMTPAuthenticationError) and fault.smtp_code >= 500:
        what = f"{server} refused the login of {mail.user} ({fault.smtp_code})."
        return DeliveryError(what, f"Correct user in decisions.toml, or the password in {mail.password_env}.")
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(fault.recipients.values()))
        return _refused(server, code, said, mail, password)
    if isinstance(fault, smtplib.SMTPResponseException):
        return _refused(server, fault.smtp_code, fault.smtp_error, mail, password)
    what = f"{server} cannot be reached, or broke off."
    return DeliveryError(what, "Check host, port and security of digest.mail in decisions.toml.", transient=True)


def _untrusted(fault: ssl.SSLError, server: str) -> DeliveryError:
    if isinstance(fault, ssl.SSLCertVerificationError):
        what = f"{server} shows a certificate that is not trusted: {fault.verify_message}."
        return DeliveryError(what, "Check the host's name, and name your own authority with SSL_CERT_FILE.")
    what = f"{server} does not speak encryption as asked for."
    return DeliveryError(what, "Check whether its port wants security ssl or starttls.")


def _refused(server: str, code: int, said: bytes | str, mail: MailTarget, password: str | None) -> DeliveryError:
    """``code`` 4xx is a refusal for now, 5xx for good (RFC 5321, 4.2.1). The password is struck out of what is said."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    for hidden in _spellings(mail.user or "", password):
        text = text.replace(hidden, "[…]")
    what = f"{server} refused the mail ({code} {cut(text, _QUOTED_CHARACTERS)})."
    if 400 <= code < 500:
        return DeliveryError(what, "The next run sends it again.", transient=True)
    return DeliveryError(what, "Check sender, to and user of digest.mail in decisions.toml.")


def _spellings(user: str, password: str | None) -> list[str]:
    if not password:
        return []
    raw = [password.encode(), f"\0{user}\0{password}".encode()]
    return [password, *(base64.b64encode(value).decode("ascii") for value in raw)]
