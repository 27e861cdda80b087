"""Headers of a mail -> names, addresses, ids and times."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from extractor.sources.decoding import whole_characters
from extractor.sources.mail.charsets import decode_word

_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_ADDRESS = re.compile(r"[^\s<>@\"(),;:]{1,100}@[^\s<>@\"(),;:]{1,250}")
_PIPERMAIL = re.compile(r"(\S{1,100}) at (\S{1,250})(?: \((.*)\))?$")
_VIA = re.compile(r"\s+via\s+\S.*$")
_LIST_ID = re.compile(r"<\s*([^<>\s.]+)\.([^<>\s]+)\s*>")
_NOBODY = re.compile(r"(?:no-?reply|do-?not-?reply|undisclosed|mailer-daemon|postmaster)\b", re.IGNORECASE)
_LONGEST_AUTHOR = 4_000
_LONGEST_RECIPIENTS = 100_000
_YEARS = range(1970, 2101)


class Headers:
    """The headers of one message, decoded when asked for.

    Decoded here: the parsers of the standard library's policy drop what they cannot parse, and raise on some of it.
    """

    def __init__(self, message: Message) -> None:
        self._raw: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._raw.setdefault(name.lower(), []).append(str(value))

    def raw(self, name: str) -> list[str]:
        """All values of a header as they stand in the mail, line breaks folded to blanks."""
        return [" ".join(_whole(value).split()) for value in self._raw.get(name.lower(), ())]

    def first(self, name: str) -> str:
        """The first value on one line, decoded; empty where there is none."""
        values = self._raw.get(name.lower())
        return " ".join(decoded(values[0]).split()) if values else ""

    def ids(self, name: str) -> list[str]:
        """The Message-Ids in a header, without angle brackets."""
        return _ID.findall(self.first(name))

    def own_id(self) -> str:
        """The Message-Id, also one without angle brackets; empty where there is none."""
        found = self.ids("Message-ID") or self.first("Message-ID").split()
        return found[0] if found else ""

    def author(self) -> tuple[str, str]:
        """Name and address of the From header; either may be empty."""
        values = self.raw("From")
        return author_of(values[0][:_LONGEST_AUTHOR]) if values else ("", "")

    def recipients(self) -> list[tuple[str, str]]:
        """Names and addresses of To and Cc. Addresses that nobody reads are left out."""
        written = [value[:_LONGEST_RECIPIENTS] for name in ("To", "Cc") for value in self.raw(name)]
        found = []
        for name, address in _addresses(written):
            if _ADDRESS.fullmatch(address) and not _NOBODY.match(address):
                found.append((_tidy(decoded(name), address), address.lower()))
        return found

    def lists(self) -> set[str]:
        """The addresses of the mailing lists that the mail went through."""
        found: set[str] = set()
        for name in ("List-Post", "X-BeenThere", "Mailing-List", "X-Mailing-List"):
            for value in self.raw(name):
                found.update(address.removeprefix("mailto:").lower() for address in _ADDRESS.findall(value[:1000]))
        for value in self.raw("List-Id"):
            found.update(f"{match[1]}@{match[2]}".lower() for match in _LIST_ID.finditer(value[:1000]))
        return found

    def sent_at(self) -> datetime | None:
        """When the mail was sent: its Date, else when a server received it. A time without zone is UTC."""
        written = [self.first("Date"), *(value.rpartition(";")[2] for value in self.raw("Received"))]
        return next((moment for text in written if (moment := mail_date(text)) is not None), None)


def mail_date(text: str) -> datetime | None:
    """A date as mails have it (RFC 5322); one without a zone is UTC, as the standard says."""
    try:
        moment = parsedate_to_datetime(" ".join(text.split()))
        if moment.year not in _YEARS:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def decoded(value: str) -> str:
    """A header's value with its encoded words decoded, and bytes that are no ASCII read as UTF-8."""
    value = _whole(value)
    if "=?" not in value:
        return value
    try:
        chunks = decode_header(value)
    except (ValueError, LookupError, HeaderParseError):
        return value
    words = [chunk if isinstance(chunk, str) else decode_word(chunk, charset) for chunk, charset in chunks]
    return whole_characters("".join(words))


def _whole(value: str) -> str:
    """A header as the standard library keeps it, its bytes that are no ASCII read as UTF-8."""
    try:
        return value.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return whole_characters(value)


def author_of(written: str) -> tuple[str, str]:
    """Name and address of who a From header names; either may be empty."""
    pipermail = _PIPERMAIL.match(decoded(written))
    if pipermail:
        return (pipermail[3] or "").strip(), f"{pipermail[1]}@{pipermail[2]}".lower()
    parsed = _addresses([written])
    if len(parsed) == 1 and _ADDRESS.fullmatch(parsed[0][1]):
        name, address = decoded(parsed[0][0]), parsed[0][1].lower()
    else:
        text = decoded(written)
        found = _ADDRESS.search(text)
        address = found.group().strip(".,;:").lower() if found else ""
        again = _addresses([text])
        name = again[0][0] if again and again[0][0] else text.split("<")[0].strip().strip('"')
    return _tidy(_VIA.sub("", name), address), address


def _addresses(written: list[str]) -> list[tuple[str, str]]:
    try:
        return getaddresses(written)
    except (RecursionError, ValueError, IndexError, TypeError):
        return []


def _tidy(name: str, address: str) -> str:
    name = " ".join(name.split()).strip("'\" ")
    return "" if name.lower() == address.lower() else name
