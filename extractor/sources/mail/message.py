"""One mail, parsed: ids, author, time, the body's parts, attachments, and the account of its words."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, StartBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from extractor.sources.decoding import whole_characters
from extractor.sources.html_text import html_to_text
from extractor.sources.mail_text import OWN, Part, split_body

_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_ADDRESS = re.compile(r"[^\s<>@\"]+@[^\s<>@\"]+")
_PIPERMAIL = re.compile(r"(\S+) at (\S+) \((.*)\)$")
_VIA = re.compile(r"\s+via\s+\S.*$")
_CUT_OFF = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
_READ_TYPES = ("text/plain", "text/html", "text/enriched", "text/markdown")
_READ_HEADERS = ("Subject", "From", "To", "Cc")


if TYPE_CHECKING:
    _ModernPolicy = EmailPolicy[EmailMessage]
else:  # generic for type checkers only
    _ModernPolicy = EmailPolicy


class _Forgiving(_ModernPolicy):
    """The standard library's modern policy, without its exceptions on headers that it cannot parse."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            parsed: str = super().header_fetch_parse(name, value)
        except Exception:  # one malformed header must not lose the mail
            return whole_characters(" ".join(value.split()))
        return parsed


_POLICY = _Forgiving()


@dataclass
class Mail:
    """One mail. ``parts`` is its body cut into what the author wrote and the rest.

    ``characters`` counts the decoded characters of its texts; ``asides`` those of them that are in no part, and those
    of the headers in human language (subject and people).
    """

    number: int
    message_id: str
    references: tuple[str, ...]
    subject: str
    name: str
    address: str
    sent_at: datetime | None
    parts: list[Part]
    characters: int = 0
    attachments: list[str] = field(default_factory=list)
    asides: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    damaged: bool = False

    @property
    def own(self) -> str:
        return "".join(part.text for part in self.parts if part.reason == OWN).strip()

    @property
    def body(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def label(self) -> str:
        """What to call the mail in a message."""
        return f'mail {self.number} ("{self.subject or "without a subject"}")'


def parse_message(raw: bytes, number: int) -> Mail:
    """Parse one message; ``number`` is its place in the source, from 1. Malformed mails are read as far as they go."""
    message = message_from_bytes(raw.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"), policy=_POLICY)
    assert isinstance(message, EmailMessage)
    headers = {name: _header(message, name) for name in (*_READ_HEADERS, "Message-ID", "In-Reply-To", "References")}
    name, address = _author(headers["From"])
    before = _ID.findall(headers["References"]) + _ID.findall(headers["In-Reply-To"])
    own_id = _ID.findall(headers["Message-ID"]) or headers["Message-ID"].split()
    mail = Mail(
        number=number,
        message_id=own_id[0] if own_id else "",
        references=tuple(dict.fromkeys(before)),
        subject=headers["Subject"],
        name=name,
        address=address,
        sent_at=_sent_at(message),
        parts=[],
    )
    mail.asides["header"] += sum(len(headers[each]) for each in _READ_HEADERS)
    _read_body(message, mail)
    return mail


# Headers


def _header(message: EmailMessage, name: str) -> str:
    """A header's decoded value on one line, empty where there is none.

    Decoded here: the parsers of the standard library's policy drop what they cannot parse, and raise on some of it.
    """
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return " ".join(_decoded(str(value)).split())
    return ""


def _decoded(value: str) -> str:
    try:
        data = value.encode("ascii", "surrogateescape")
        value = data.decode("utf-8", "replace")
    except UnicodeEncodeError:
        value = whole_characters(value)
    try:
        return whole_characters(str(make_header(decode_header(value))))
    except (ValueError, LookupError, HeaderParseError):
        return value


def _author(written: str) -> tuple[str, str]:
    """Name and address of a From header; either may be empty."""
    pipermail = _PIPERMAIL.match(written)
    if pipermail:
        return pipermail[3].strip(), f"{pipermail[1]}@{pipermail[2]}".lower()
    found = _ADDRESS.search(written)
    address = found.group().strip(".,;:").lower() if found else ""
    parsed = getaddresses([written])
    name = parsed[0][0] if parsed else ""
    if not name:
        name = written.split("<")[0].strip().strip('"')
    name = _VIA.sub("", name).strip("'\" ")
    return ("" if name.lower() == address else name), address


def _sent_at(message: EmailMessage) -> datetime | None:
    """When the mail was sent: its Date, else the last time stamp of a Received header. A time without zone is UTC."""
    written = [_header(message, "Date")]
    received = [str(value) for key, value in message.raw_items() if key.lower() == "received"]
    written += [value.rpartition(";")[2] for value in received]
    for text in written:
        try:
            moment = parsedate_to_datetime(" ".join(text.split()))
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


# Body


def _read_body(message: EmailMessage, mail: Mail) -> None:
    texts = [text.removesuffix("\n") for text in _texts(message, mail) if text.strip()]
    mail.parts = split_body("\n\n".join(texts))
    accounted = len(mail.body) + sum(mail.asides.values()) - mail.asides["header"]
    mail.asides["line break"] += max(0, mail.characters - accounted)
    if not mail.body.strip() and message.defects:
        mail.damaged = True
    elif any(isinstance(defect, _CUT_OFF) for part in message.walk() for defect in part.defects):
        mail.warnings.append(f"{mail.label} ends before its last part is closed; it may be cut off.")


def _texts(message: EmailMessage, mail: Mail, depth: int = 0) -> Iterator[str]:
    """The texts to read, in their order; of alternatives the plain one. What is not read goes to the account."""
    kind = message.get_content_type()
    if message.is_multipart() and message.get_content_maintype() != "message":
        parts = [part for part in message.iter_parts() if isinstance(part, EmailMessage)]
        chosen = _plainest(parts) if kind == "multipart/alternative" else None
        for part in parts:
            if chosen is None or part is chosen or part.get_content_maintype() not in ("text", "multipart"):
                yield from _texts(part, mail, depth + 1)
            else:
                _skip_copy(part, mail)
    elif kind == "message/rfc822" and depth == 0 and isinstance(inner := _inner(message), EmailMessage):
        yield from _texts(inner, mail, depth + 1)
    elif message.get_content_disposition() == "attachment" or kind not in _READ_TYPES:
        text = _content(message) if message.get_content_maintype() == "text" else ""
        mail.attachments.append(_file_name(message))
        _account(mail, text, "attachment")
    else:
        yield _read_text(message, mail)


def _read_text(part: EmailMessage, mail: Mail) -> str:
    raw = _content(part)
    mail.characters += len(raw)
    if part.get_content_type() != "text/html":
        return raw
    text = html_to_text(raw)
    mail.asides["markup"] += max(0, len(raw) - len(text))
    mail.characters += max(0, len(text) - len(raw))
    return text


def _plainest(parts: list[EmailMessage]) -> EmailMessage | None:
    """Of alternatives the one to read: plain text with words in it, else the last that is text or holds some."""
    for part in parts:
        if part.get_content_type() == "text/plain" and _content(part).strip():
            return part
    usable = [part for part in parts if part.get_content_maintype() in ("text", "multipart")]
    readable = [part for part in usable if part.get_content_type() != "text/calendar"] or usable
    return readable[-1] if readable else None


def _skip_copy(part: EmailMessage, mail: Mail) -> None:
    for leaf in part.walk():
        if isinstance(leaf, EmailMessage) and leaf.get_content_maintype() == "text":
            _account(mail, _content(leaf), "copy in another format")


def _account(mail: Mail, text: str, reason: str) -> None:
    mail.characters += len(text)
    mail.asides[reason] += len(text)


def _inner(message: EmailMessage) -> object:
    payload = message.get_payload()
    return payload[0] if isinstance(payload, list) and payload else None


def _content(part: EmailMessage) -> str:
    """The decoded text of a part, line breaks as ``\\n``. Unknown or wrong charsets are read with replacements."""
    try:
        text = part.get_content(errors="replace")
    except Exception:  # unknown charset, broken encoding: read what is there
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(part.get_payload())
    return whole_characters(str(text)).replace("\r\n", "\n").replace("\r", "\n")


def _file_name(part: EmailMessage) -> str:
    with contextlib.suppress(Exception):
        name = part.get_filename()
        if name:
            return whole_characters(" ".join(str(name).split()))
    return f"a part of type {part.get_content_type()}"
