"""The parts of a mail whose headers do not say rightly what stands between them, found by their look."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy

_DELIMITER = re.compile(rb"(?:^|(?<=\n))--(-{0,20}[^\s\"\\-](?:[^\r\n\"\\]{0,68}[^\s\"\\])?)[ \t]*\r?\n")
_HEADER = re.compile(rb"Content-[A-Za-z-]{2,40}:", re.IGNORECASE)
_MOST_LOOKED_AT = 20


def is_broken(message: EmailMessage) -> bool:
    """Whether a message is said to have parts, and none was found."""
    return message.get_content_maintype() == "multipart" and not message.is_multipart()


def repaired(words: str, policy: EmailPolicy[EmailMessage]) -> EmailMessage:
    """What stands in a mail, as parts where there is a line that stands between parts, else as plain text."""
    data = _bytes(words)
    boundary = _boundary(data)
    kind = b"text/plain" if boundary is None else b'multipart/mixed; boundary="' + boundary + b'"'
    found = message_from_bytes(b"Content-Type: " + kind + b"\n\n" + data, policy=policy)
    assert isinstance(found, EmailMessage)
    return found


def holds_parts(words: str) -> bool:
    """Whether what stands before or after the parts of a mail looks like more of them."""
    return "--" in words and _boundary(_bytes(words)) is not None


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogateescape")


def _boundary(data: bytes) -> bytes | None:
    """What follows ``--`` on the first line that headers of a part follow, or that closes later."""
    for _, match in zip(range(_MOST_LOOKED_AT), _DELIMITER.finditer(data), strict=False):
        if _HEADER.match(data, match.end()) or data.find(b"\n--" + match[1] + b"--", match.end()) >= 0:
            return match[1]
    return None
