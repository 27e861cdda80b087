"""Outlook messages (``.msg``): MAPI properties in a compound file ([MS-OXMSG]), opened by the library ``olefile``."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from email.policy import compat32
from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.decoding import whole_characters
from extractor.sources.mail.addresses import Headers
from extractor.sources.mail.attribution import Author
from extractor.sources.mail.body import Body
from extractor.sources.mail.charsets import decode_part
from extractor.sources.mail.message import Mail, below_each_other, body_of
from extractor.sources.mail.readings import reading_of
from extractor.sources.mail.rtf import body_of_rtf, decompressed

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_EMBEDDED = "__substg1.0_3701000D"
_DEEPEST = 10
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_YEARS = range(1970, 2101)

# Property ids, [MS-OXPROPS]
_SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SENDER_NAMES, _SENDER_ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_MESSAGE_ID, _IN_REPLY_TO, _REFERENCES, _CLASS = 0x1035, 0x1042, 0x1039, 0x001A
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_CODEPAGE, _INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_RECIPIENT_NAME, _RECIPIENT_ADDRESSES, _RECIPIENT_TYPE = 0x3001, (0x39FE, 0x3003), 0x0C15
_FILE_NAMES = (0x3707, 0x3704, 0x3001)
_UNICODE, _STRING8, _BINARY, _TIME, _LONG = "001F", "001E", "0102", 0x0040, 0x0003
_TO_OR_CC = (1, 2, None)


def fits(blob: Blob) -> float:
    """1.0 for a compound file with the streams of a message."""
    if not blob.data.startswith(_COMPOUND_FILE):
        return 0.0
    return 1.0 if _PROPERTIES.encode("utf-16-le") in blob.data else 0.0


def read(blob: Blob) -> Reading:
    """The conversation of one message. Raises SourceError where the file is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(blob.data) as file:
            mail = _mail(_Storage(file))
    except SourceError:
        raise
    except Exception:  # whatever a damaged compound file makes of the library
        raise SourceError(f"{blob.name} is a damaged Outlook message.", "Save it from Outlook again.") from None
    return reading_of(blob.name, FORMAT.name, [mail], blob.hints, sha256=blob.sha256)


FORMAT = Format("msg", "Outlook messages (.msg)", fits, read)


class _Storage:
    """A storage of the file: a message, a recipient or an attachment, with its properties."""

    def __init__(self, file: Any, path: tuple[str, ...] = (), header: int = 32) -> None:
        self._file = file
        self._path = path
        self.fixed = dict(_fixed_properties(self._stream(_PROPERTIES)[header:]))

    def _stream(self, name: str) -> bytes:
        place = [*self._path, name]
        if not self._file.exists(place):
            return b""
        data = self._file.openstream(place).read()
        return data if isinstance(data, bytes) else b""

    def text(self, *numbers: int) -> str:
        """The first of the string properties that has a value."""
        for number in numbers:
            wide = self._stream(f"__substg1.0_{number:04X}{_UNICODE}")
            if wide:
                return _tidy(wide.decode("utf-16-le", "replace"))
            narrow = self._stream(f"__substg1.0_{number:04X}{_STRING8}")
            if narrow:
                return _tidy(decode_part(narrow, self.charset(_CODEPAGE)).text)
        return ""

    def binary(self, number: int) -> bytes:
        return self._stream(f"__substg1.0_{number:04X}{_BINARY}")

    def charset(self, *numbers: int) -> str | None:
        for number in numbers:
            page = self.fixed.get((number, _LONG))
            name = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 50220: "iso2022_jp"}.get(page or 0, f"cp{page}")
            try:
                return codecs.lookup(name).name
            except LookupError:
                continue
        return None

    def time(self, *numbers: int) -> datetime | None:
        for number in numbers:
            ticks = self.fixed.get((number, _TIME))
            moment = _EPOCH + timedelta(microseconds=ticks // 10) if ticks and ticks < 1 << 62 else None
            if moment is not None and moment.year in _YEARS:
                return moment
        return None

    def parts(self, prefix: str) -> Iterator[_Storage]:
        """The storages below whose names begin with ``prefix``, in their order."""
        depth = len(self._path)
        names = {
            tuple(entry)
            for entry in self._file.listdir(streams=False, storages=True)
            if len(entry) == depth + 1 and tuple(entry[:depth]) == self._path and entry[depth].startswith(prefix)
        }
        for place in sorted(names):
            yield _Storage(self._file, place, 8)

    def embedded(self) -> _Storage | None:
        """The message that an attachment is."""
        place = (*self._path, _EMBEDDED)
        return _Storage(self._file, place, 24) if self._file.exists([*place, _PROPERTIES]) else None


def _fixed_properties(data: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """Id and type -> value of the properties that have no stream of their own."""
    for at in range(0, len(data) - 15, 16):
        kind, number, _, value = struct.unpack_from("<HHIQ", data, at)
        yield (number, kind), value & 0xFFFFFFFF if kind == _LONG else value


def _tidy(text: str) -> str:
    return whole_characters(text).rstrip("\x00").replace("\r\n", "\n").replace("\r", "\n")


def _mail(message: _Storage) -> Mail:
    headers = Headers(HeaderParser(policy=compat32).parsestr(message.text(_HEADERS).lstrip("\n")))
    name, address = _sender(message, headers)
    answered = [headers.ids("References") + headers.ids("In-Reply-To"), _ids(message.text(_REFERENCES, _IN_REPLY_TO))]
    mail = Mail(
        number=1,
        message_id=headers.own_id() or message.text(_MESSAGE_ID).strip("<> "),
        references=tuple(dict.fromkeys(answered[0] or answered[1])),
        subject=" ".join(message.text(_SUBJECT).split()) or headers.first("Subject"),
        name=name,
        address=address,
        sent_at=message.time(_SUBMITTED) or headers.sent_at() or message.time(_DELIVERED),
        recipients=headers.recipients() or _recipients(message),
        lists=headers.lists(),
    )
    mail.asides["header"] += len(mail.subject) + len(name) + sum(len(each) for each, _ in mail.recipients)
    mail.body = _body(message, mail, 0)
    return mail


def _ids(text: str) -> list[str]:
    return [each for each in text.replace("<", " ").replace(">", " ").split() if "@" in each]


def _sender(message: _Storage, headers: Headers) -> tuple[str, str]:
    """Name and address of who wrote; addresses of Exchange that are no mail addresses are left out."""
    written = headers.author()
    addresses = [message.text(number).strip().lower() for number in _SENDER_ADDRESSES]
    address = next((each for each in addresses if "@" in each), written[1])
    name = " ".join(message.text(*_SENDER_NAMES).split()).strip("'\"") or written[0]
    return ("" if name.lower() == address else name), address


def _recipients(message: _Storage) -> list[tuple[str, str]]:
    found = []
    for recipient in message.parts("__recip_version1.0_#"):
        if recipient.fixed.get((_RECIPIENT_TYPE, _LONG)) not in _TO_OR_CC:
            continue
        addresses = (recipient.text(number).strip().lower() for number in _RECIPIENT_ADDRESSES)
        address = next((each for each in addresses if "@" in each), "")
        name = " ".join(recipient.text(_RECIPIENT_NAME).split()).strip("'\"")
        if name or address:
            found.append(("" if name.lower() == address else name, address))
    return found


def _body(message: _Storage, mail: Mail, depth: int) -> Body:
    """The words of a message, and of the messages attached to it as what is quoted."""
    bodies = []
    text = message.text(_BODY)
    html = _html(message)
    if text.strip():
        bodies.append(body_of(text, mail))
        mail.asides["copy"] += len(html)
    elif html.strip():
        bodies.append(body_of(html, mail, html=True))
    elif message.binary(_RTF):
        bodies += _rich_text(message.binary(_RTF), mail)
    for attachment in message.parts("__attach_version1.0_#"):
        inner = attachment.embedded() if depth < _DEEPEST else None
        if inner is None:
            _attachment(attachment, message, mail)
            continue
        headers = Headers(HeaderParser(policy=compat32).parsestr(inner.text(_HEADERS).lstrip("\n")))
        sent_at = inner.time(_SUBMITTED, _DELIVERED)
        author = Author(*_sender(inner, headers), f"{sent_at:%a, %d %b %Y %H:%M:%S %z}" if sent_at else "")
        bodies.append(_body(inner, mail, depth + 1).deeper(author))
    return below_each_other(bodies)


def _rich_text(data: bytes, mail: Mail) -> list[Body]:
    """The words of a message that has them only as compressed RTF; none where they cannot be had."""
    try:
        text, html = body_of_rtf(decompressed(data))
    except ValueError:
        mail.warn("has its text only as rich text (RTF) that is damaged; it was not read")
        return []
    return [body_of(text, mail, html=html)] if text.strip() else []


def _html(message: _Storage) -> str:
    data = message.binary(_HTML)
    return decode_part(data, message.charset(_INTERNET_CODEPAGE, _CODEPAGE)).text if data else message.text(_HTML)


def _attachment(attachment: _Storage, message: _Storage, mail: Mail) -> None:
    name = " ".join(attachment.text(*_FILE_NAMES).split()) or "an attachment"
    if name.lower().endswith(".p7m") and message.text(_CLASS).upper().startswith("IPM.NOTE.SMIME"):
        mail.sealed = "S/MIME"
        return
    mail.attachments.append(name)
