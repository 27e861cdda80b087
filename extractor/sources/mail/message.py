"""One mail, parsed: ids, author, recipients, time, the body's parts, attachments, and the account of its words."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.sources.decoding import whole_characters
from extractor.sources.html_text import html_to_text
from extractor.sources.mail import broken
from extractor.sources.mail.addresses import Headers
from extractor.sources.mail.attribution import Author
from extractor.sources.mail.body import OWN, Body, Part, joined, split_body
from extractor.sources.mail.charsets import decode_part
from extractor.sources.mail.written import Dates
from extractor.sources.reasons import BOILERPLATE
from extractor.sources.transcripts import first_words

_READ_TYPES = ("text/plain", "text/html", "text/enriched", "text/markdown")
_READ_HEADERS = ("Subject", "From", "To", "Cc")
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_NO_WORDS = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_DEEPEST = 20
_STUB_CHARACTERS = 200
_STUB_RATIO = 5
_LONGEST_KEPT = 500
_LONGEST_PARSED = 4_000
UNNAMED = "a part of type"
"""What an attachment without a file name is called, before its type."""


if TYPE_CHECKING:
    _ModernPolicy = EmailPolicy[EmailMessage]
else:  # generic for type checkers only
    _ModernPolicy = EmailPolicy


class _Forgiving(_ModernPolicy):
    """The standard library's modern policy, without its exceptions on headers that it cannot parse."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        value = value[:_LONGEST_PARSED]  # the standard library's parser takes quadratic time
        return _parsed_again(name, value) if len(value) <= _LONGEST_KEPT else self.parsed(name, value)

    def parsed(self, name: str, value: str) -> str:
        try:
            parsed: str = super().header_fetch_parse(name, value)
        except Exception:  # one malformed header must not lose the mail
            return whole_characters(" ".join(value.split()))
        return parsed


@lru_cache(maxsize=1024)
def _parsed_again(name: str, value: str) -> str:
    """Kept, as the standard library parses the type of a part anew each time that it looks at it."""
    return _POLICY.parsed(name, value)


_POLICY = _Forgiving()


@dataclass
class Mail:
    """One mail. ``body`` is cut into what the author wrote, what is quoted, and the rest.

    ``recipients`` are names and addresses of To and Cc; ``lists`` the addresses of mailing lists among them.
    ``asides`` counts the decoded characters that are in no part of the body, by reason: headers in human language,
    markup, copies, attached texts. ``sealed`` says how the mail is encrypted, where it is; ``draft`` is why it is set
    aside as a whole, where it is one that was never sent or was thrown away.
    """

    number: int
    message_id: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    name: str = ""
    address: str = ""
    sent_at: datetime | None = None
    recipients: list[tuple[str, str]] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)
    body: Body = field(default_factory=Body)
    attachments: list[str] = field(default_factory=list)
    asides: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    damaged: bool = False
    sealed: str = ""
    draft: str = ""

    @property
    def label(self) -> str:
        """What to call the mail in a message."""
        return f'mail {self.number} ("{first_words(self.subject) or "without a subject"}")'

    def warn(self, problem: str) -> None:
        """Add a sentence about this mail, once."""
        sentence = f"{self.label} {whole_characters(problem)}."
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def parse_message(raw: bytes, number: int, dates: Dates | None = None) -> Mail:
    """Parse one message; ``number`` is its place in the source, from 1. Malformed mails are read as far as they go.

    ``dates`` reads the header ``Sent``, which stands for Date where a program saved a mail as text.
    """
    try:
        message = message_from_bytes(raw.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"), policy=_POLICY)
        assert isinstance(message, EmailMessage)
        mail = _with_headers(message, number)
        if mail.sent_at is None and dates is not None:
            mail.sent_at = dates.read(Headers(message).first("Sent"))
        _read_body(message, mail)
    except RecursionError:
        return Mail(number=number, damaged=True)
    return mail


def _with_headers(message: EmailMessage, number: int) -> Mail:
    headers = Headers(message)
    name, address = headers.author()
    mail = Mail(
        number=number,
        message_id=headers.own_id(),
        references=tuple(dict.fromkeys(headers.ids("References") + headers.ids("In-Reply-To"))),
        subject=headers.first("Subject"),
        name=name,
        address=address,
        sent_at=headers.sent_at(),
        recipients=headers.recipients(),
        lists=headers.lists(),
    )
    mail.asides["header"] += sum(len(headers.first(each)) for each in _READ_HEADERS)
    return mail


def _read_body(message: EmailMessage, mail: Mail) -> None:
    mail.body = below_each_other(list(_bodies(message, mail)))
    if not mail.body.text.strip() and message.defects and not mail.sealed:
        mail.damaged = True
    elif any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects):
        mail.warn("ends before its last part is closed; it may be cut off")


def below_each_other(bodies: list[Body]) -> Body:
    """Bodies of several parts as one, a blank line between them."""
    gap = Body((Part(OWN, "\n\n", "\n\n"),))
    spaced = [each for body in bodies for each in (gap, body)]
    return joined(spaced[1:])


def _bodies(message: EmailMessage, mail: Mail, depth: int = 0) -> Iterator[Body]:
    """The bodies to read, in their order; of alternatives the plain one. What is not read goes to the account."""
    kind = message.get_content_type()
    if kind == "multipart/encrypted":
        mail.sealed = "PGP"
    elif depth > _DEEPEST:
        mail.attachments.append(_file_name(message))
    elif broken.is_broken(message):
        mail.warn("does not say rightly where its parts begin; what looks like one was read")
        yield from _bodies(broken.repaired(str(message.get_payload()), _POLICY), mail, depth + 1)
    elif message.is_multipart() and message.get_content_maintype() != "message":
        yield from _parts(message, mail, depth)
    elif kind == "message/rfc822" and isinstance(inner := _inner(message), EmailMessage):
        yield _attached(inner, mail, depth)
    elif kind in _SMIME:
        mail.sealed = "S/MIME"
    elif kind in _NO_WORDS:
        return
    elif message.get_content_disposition() == "attachment" or kind not in _READ_TYPES:
        _set_aside(message, kind, mail)
    else:
        yield from _read_text(message, mail)


def _parts(message: EmailMessage, mail: Mail, depth: int) -> Iterator[Body]:
    """The bodies of the parts, and of what stands before or after them where it looks like more of them."""
    parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
    chosen = _plainest(parts) if message.get_content_type() == "multipart/alternative" else None
    for part in parts:
        if chosen is None or part is chosen or part.get_content_maintype() not in ("text", "multipart"):
            yield from _bodies(part, mail, depth + 1)
        else:
            _skip_copy(part, mail)
    for outside in filter(None, (message.preamble, message.epilogue)):
        if broken.holds_parts(outside):
            mail.warn("holds parts outside of where it says that they are; they were read")
            yield from _bodies(broken.repaired(outside, _POLICY), mail, depth + 1)
        else:
            mail.asides[BOILERPLATE] += len(outside.strip())


def _attached(inner: EmailMessage, mail: Mail, depth: int) -> Body:
    """A mail that is attached whole, as when mails are passed on: it is quoted."""
    headers = Headers(inner)
    mail.asides["header"] += sum(len(headers.first(each)) for each in _READ_HEADERS)
    bodies = list(_bodies(inner, mail, depth + 1))
    name, address = headers.author()
    return below_each_other(bodies).deeper(Author(name, address, headers.first("Date")))


def _set_aside(part: EmailMessage, kind: str, mail: Mail) -> None:
    name = _file_name(part)
    if kind in _TNEF or name.lower() == "winmail.dat":
        name += " (in Outlook's own TNEF format)"
    mail.attachments.append(name)
    if part.get_content_maintype() == "text":
        mail.asides["attachment"] += len(_content(part, mail))


def _read_text(part: EmailMessage, mail: Mail) -> Iterator[Body]:
    text = _content(part, mail)
    if not text.strip():
        mail.asides["white space"] += len(text)
        return
    yield body_of(text, mail, html=part.get_content_type() == "text/html", flowed=_is_flowed(part))


def body_of(text: str, mail: Mail, *, html: bool = False, flowed: bool = False) -> Body:
    """The body that stands in a text of a mail, with its account."""
    if html:
        raw, text = text, html_to_text(text)
        mail.asides["markup"] += max(0, len(raw) - len(text))
    bare = text.removesuffix("\n")
    mail.asides["line break"] += len(text) - len(bare)
    return split_body(bare, flowed=flowed)


def _plainest(parts: list[EmailMessage]) -> EmailMessage | None:
    """Of alternatives the one to read: plain text with words in it, else the last that is text or holds some.

    A plain text that only says that there is HTML is passed over.
    """
    usable = [part for part in parts if part.get_content_maintype() in ("text", "multipart")]
    readable = [part for part in usable if part.get_content_type() != "text/calendar"] or usable
    for part in parts:
        if part.get_content_type() == "text/plain":
            words = _content(part).strip()
            if words and not (len(words) < _STUB_CHARACTERS and _is_stub(words, readable)):
                return part
    return readable[-1] if readable else None


def _is_stub(words: str, readable: list[EmailMessage]) -> bool:
    """Whether a short plain text stands for an HTML text that says much more, and something else."""
    for part in readable:
        if part.get_content_type() == "text/html":
            html = html_to_text(_content(part))
            squeezed = "".join(html.split())
            return len(html) >= _STUB_RATIO * len(words) and "".join(words.split())[:40] not in squeezed
    return False


def _skip_copy(part: EmailMessage, mail: Mail) -> None:
    for leaf in part.walk():
        if isinstance(leaf, EmailMessage) and leaf.get_content_maintype() == "text":
            mail.asides["copy"] += len(_content(leaf))


def _inner(message: EmailMessage) -> object:
    payload = message.get_payload()
    return payload[0] if isinstance(payload, list) and payload else None


def _content(part: EmailMessage, mail: Mail | None = None) -> str:
    """The decoded text of a part; what is wrong with its charset becomes a warning of ``mail``."""
    try:
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except Exception:  # broken encoding or header: read what is there
        payload, charset = str(part.get_payload()).encode("utf-8", "surrogateescape"), None
    decoded = decode_part(payload if isinstance(payload, bytes) else b"", charset)
    if decoded.problem is not None and mail is not None:
        mail.warn(decoded.problem)
    return decoded.text


def _is_flowed(part: EmailMessage) -> bool:
    with contextlib.suppress(Exception):
        return str(part.get_param("format", "")).lower() == "flowed"
    return False


def _file_name(part: EmailMessage) -> str:
    with contextlib.suppress(Exception):
        name = part.get_filename()
        if name:
            return whole_characters(" ".join(str(name).split()))
    return whole_characters(f"{UNNAMED} {part.get_content_type()}")
