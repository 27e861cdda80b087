"""Mail: single messages (``.eml``) and mailboxes (``.mbox``) -> one conversation a thread."""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.decoding import refuse_known_binary
from extractor.sources.mail_message import parse_message
from extractor.sources.mail_threads import Mailbox

_HEAD_BYTES = 1 << 14
_FROM_LINE = re.compile(rb"(?:^|(?<=\n))From [^\r\n]{1,200}\d{4}(?: ?[+-]\d{4})?[ \t]*\r?\n(?=[!-9;-~]+:|>?From )")
_HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)")
_SIGNS = frozenset(
    (b"date", b"message-id", b"subject", b"to", b"received", b"mime-version", b"return-path", b"delivered-to")
)
_FEWEST_SIGNS = 2


def fits_mbox(blob: Blob) -> float:
    head = blob.data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n")
    return 1.0 if _FROM_LINE.match(head) else 0.0


def fits_eml(blob: Blob) -> float:
    head = blob.data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n")
    names, at = set(), 0
    while (match := _HEADER.match(head, at)) is not None:
        names.add(match[1].lower())
        at = match.end()
    if b"from" not in names or len(names & _SIGNS) < _FEWEST_SIGNS:
        return 0.0
    return 0.95 if names & {b"message-id", b"received", b"mime-version", b"return-path"} else 0.8


def read_eml(blob: Blob) -> Reading:
    """The conversation of one message. Raises SourceError where it is no mail or nobody says anything in it."""
    refuse_known_binary(blob.data, blob.name)
    return _read(blob, [blob.data], EML.name)


def read_mbox(blob: Blob) -> Reading:
    """One conversation for every thread of a mailbox. Raises SourceError where there is no message with words."""
    refuse_known_binary(blob.data, blob.name)
    return _read(blob, split_mbox(blob.data), MBOX.name)


def split_mbox(data: bytes) -> list[bytes]:
    """The messages of a mailbox without their ``From `` lines; lines escaped as ``>From `` are restored."""
    starts = [match.span() for match in _FROM_LINE.finditer(data)]
    ends = [begin for begin, _ in starts[1:]] + [len(data)]
    raw = [data[body:end] for (_, body), end in zip(starts, ends, strict=True)]
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", message) for message in raw]


def _read(blob: Blob, raw: list[bytes], format_name: str) -> Reading:
    if not raw:
        raise SourceError(f"{blob.name} is no mailbox.", "Export the mails as .mbox or .eml.")
    mailbox = Mailbox(blob.name, [parse_message(each, number) for number, each in enumerate(raw, 1)])
    conversations = mailbox.conversations()
    if not conversations:
        what = "a mail" if len(raw) == 1 else "a mailbox"
        raise SourceError(f"{blob.name} is {what} without a word of text.", "Export the mails with their text.")
    return Reading(blob.name, blob.sha256, format_name, conversations, mailbox.coverage(), mailbox.error())


EML = Format("eml", "mails (.eml)", fits_eml, read_eml)
MBOX = Format("mbox", "mailboxes (.mbox)", fits_mbox, read_mbox)
