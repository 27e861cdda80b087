"""Mail: single messages (``.eml``) and mailboxes (``.mbox``) -> one conversation a thread."""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.decoding import refuse_known_binary
from extractor.sources.mail.message import parse_message
from extractor.sources.mail.readings import reading_of
from extractor.sources.mail.written import Dates

_HEAD_BYTES = 1 << 18
_FROM_LINE = re.compile(
    rb"(?:^|(?<=\n))From [^\r\n]{1,200}\d:\d\d[^\r\n]{0,40}\d{4}(?: ?[+-]\d{4})?[ \t]*\r?\n(?=[!-9;-~]+:|>?From )"
)
_EMLX = re.compile(rb"[ \t]*(\d{1,10})[ \t]*\r?\n")
_ESCAPED = re.compile(rb"(?m)^>(>*From )")
_HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)")
_SIGNS = frozenset(
    (b"date", b"message-id", b"subject", b"to", b"received", b"mime-version", b"return-path", b"delivered-to")
)
_FEWEST_SIGNS = 2
_MIME_TYPE = re.compile(rb"content-type:\s*(?:(multipart|message)|text)/", re.IGNORECASE)


def fits_mbox(blob: Blob) -> float:
    """1.0 for what begins with the line ``From address date``; such a file may hold one mail."""
    head = blob.data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n")
    return 1.0 if _FROM_LINE.match(head) else 0.0


def fits_eml(blob: Blob) -> float:
    """High for what begins with the headers of a mail."""
    head = _message(blob.data)[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n")
    names, at, mime = set(), 0, None
    while (match := _HEADER.match(head, at)) is not None:
        names.add(match[1].lower())
        mime = mime or _MIME_TYPE.match(head, at)
        at = match.end()
    if mime is not None and (mime[1] or names & {b"mime-version", b"from"}):
        return 0.95 if b"from" in names else 0.8
    fewest = _FEWEST_SIGNS if at < _HEAD_BYTES else 1  # a header can go on beyond what is looked at
    if b"from" not in names or len(names & _SIGNS) < fewest:
        return 0.0
    return 0.95 if names & {b"message-id", b"received", b"mime-version", b"return-path"} else 0.8


def read_eml(blob: Blob) -> Reading:
    """The conversation of one message. Raises SourceError where it is no mail or nobody says anything in it."""
    refuse_known_binary(blob.data, blob.name)
    mail = parse_message(_message(blob.data), 1, Dates(blob.hints.day_first))
    return reading_of(blob.name, EML.name, [mail], blob.hints, sha256=blob.sha256)


def _message(data: bytes) -> bytes:
    """A mail without what Apple's ``.emlx`` puts around it: its length on the first line, and a property list."""
    length = _EMLX.match(data)
    return data[length.end() : length.end() + int(length[1])] if length is not None else data


def read_mbox(blob: Blob) -> Reading:
    """One conversation for every thread of a mailbox. Raises SourceError where there is no message with words."""
    refuse_known_binary(blob.data, blob.name)
    mails = [parse_message(raw, number) for number, raw in enumerate(split_mbox(blob.data), 1)]
    if not mails:
        raise SourceError(f"{blob.name} is no mailbox.", "Export the mails as .mbox or .eml.")
    return reading_of(blob.name, MBOX.name, mails, blob.hints, sha256=blob.sha256)


def split_mbox(data: bytes) -> list[bytes]:
    """The messages of a mailbox without their ``From `` lines; lines escaped as ``>From `` are restored."""
    starts = [match.span() for match in _FROM_LINE.finditer(data)]
    if not starts:
        return []
    if data[: starts[0][0]].strip(b"\xef\xbb\xbf \t\r\n"):
        starts.insert(0, (0, 0))
    ends = [begin for begin, _ in starts[1:]] + [len(data)]
    raw = [data[body:end] for (_, body), end in zip(starts, ends, strict=True)]
    return [_ESCAPED.sub(rb"\1", message) if b"\n>" in message else message for message in raw]


EML = Format("eml", "mails (.eml)", fits_eml, read_eml, verified=True)
MBOX = Format("mbox", "mailboxes (.mbox)", fits_mbox, read_mbox, verified=True)
