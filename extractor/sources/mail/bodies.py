"""The bodies of mails that were saved without their headers: text and HTML with the thread quoted below."""

from __future__ import annotations

import quopri
import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.html_text import QUOTE_MARKUP, html_to_text
from extractor.sources.mail import closings, quoted_headers
from extractor.sources.mail.attribution import find_attributions
from extractor.sources.mail.body import depth_and_text
from extractor.sources.mail.formats import fits_eml, fits_mbox
from extractor.sources.mail.message import Mail, body_of
from extractor.sources.mail.readings import reading_of
from extractor.sources.mail.written import Dates
from extractor.sources.transcripts import cut_off, encoding_warnings

_MARKED, _UNMARKED, _SIGNED = 0.85, 0.7, 0.55
_HTML_CHARACTERS = 1 << 19
_OTHER_KINDS = re.compile(
    r"\s*(?:<[a-z!?]|\{|\[\s*[{\[\"\d]|WEBVTT|#!|%|---\s*\n)|(?:[^\n]*\n)*?(?:[ ]{0,3}#{1,6}[ ]\S|```|~~~)",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:html|body|div|p|blockquote|br|table|meta|!doctype html)\b", re.IGNORECASE)
_WORD_HTML = re.compile(r"class\s*=\s*[\"']?MsoNormal", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"=\n")
_ESCAPED = re.compile(r"=(?:3D|20|[C-F][0-9A-F]=[89AB][0-9A-F])")
_ESCAPED_WORD = re.compile(
    r"\w=(?:C[2-9A-F]|[DE][0-9A-F])=[89AB][0-9A-F]|(?:^|\s)=(?:C[2-9A-F]|[DE][0-9A-F])=[89AB][0-9A-F]"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_LAST_LINES = 10


# Text


def fits_text(blob: Blob) -> float:
    """Whether a text is the body of a mail: it says whose mail is quoted below, or ends as mail programs end mails.

    Quotation marks alone do not count, and text with headings or code of Markdown is none.
    """
    head = blob.head
    if not head.strip() or _OTHER_KINDS.match(head) or fits_mbox(blob) or fits_eml(blob):
        return 0.0
    return _likeness(_plain(head.replace("\r\n", "\n")))


def _likeness(text: str) -> float:
    depths, lines = [], []
    for line in text.split("\n"):
        depth, bare = depth_and_text(line)
        depths.append(depth)
        lines.append(bare.strip())
    score = 0.0
    for found in find_attributions(lines, depths).values():
        after = next((i for i in range(found.end, min(found.end + 3, len(lines))) if lines[i]), None)
        marked = after is not None and depths[after] > depths[found.start]
        if marked and (found.sure or found.author.address):
            return _MARKED
        if found.sure and found.author.address:
            score = _UNMARKED
        elif found.sure and found.author.name and _CLOCK.search(found.author.written):
            score = max(score, _SIGNED)
    return max(score, _likeness_of_headers(lines, depths)) or _likeness_of_end(text)


def _likeness_of_headers(lines: list[str], depths: list[int]) -> float:
    for index, line in enumerate(lines):
        if quoted_headers.may_start_block(line):
            block = quoted_headers.header_block(lines, depths, index)
            if block is not None and (block.author.address or block.author.written):
                return _UNMARKED
    filled = [line for line in lines if line]
    if filled and (closings.BANNER.match(filled[0][:600]) or closings.is_device(filled[-1][:200])):
        return _SIGNED
    return 0.0


def _likeness_of_end(text: str) -> float:
    """Whether a text ends with a signature below ``-- ``, or as mailing lists end mails."""
    last = text.rstrip().split("\n")[-_LAST_LINES:]
    if any(line == "-- " for line in last[1:-1]) or any(closings.GROUP_FOOTER.match(line) for line in last):
        return _SIGNED
    ruled = [index for index, line in enumerate(last) if closings.LIST_FOOTER.match(line)]
    return _SIGNED if ruled and closings.LIST_WORDS.search("\n".join(last[ruled[-1] :])) else 0.0


def read_text(blob: Blob) -> Reading:
    """The thread in the body of one mail. The author of the newest mail is unknown, unless the text begins with the
    headers of a mail. Raises SourceError where there are no words.
    """
    raw = blob.text
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    mail = Mail(1)
    mail.asides["line break"] += len(raw) - len(text)
    plain = _plain(text)
    mail.asides["markup"] += len(text) - len(plain)
    mail.body = body_of(plain, mail)
    return _read(blob, mail, TEXT.name)


def _plain(text: str) -> str:
    """The text; decoded where it was saved as quoted-printable, as mails are sent."""
    if not text.isascii():
        return text
    breaks = sum(1 for _ in zip(range(2), _SOFT_BREAK.finditer(text), strict=False))
    if not (_ESCAPED.search(text) if breaks > 1 else breaks and _ESCAPED_WORD.search(text)):
        return text
    try:
        return quopri.decodestring(text.encode("ascii")).decode("utf-8")
    except UnicodeDecodeError:
        return text


# HTML


def fits_html(blob: Blob) -> float:
    """Whether HTML is the body of a mail: it has the marks of a mail program's quotation or signature, or the words
    with which such programs introduce what they quote.
    """
    head = blob.head
    if not head.lstrip("\ufeff \t\r\n").startswith("<") or not _HTML.search(head[:8192]):
        return 0.0
    if QUOTE_MARKUP.search(blob.text[:_HTML_CHARACTERS]):
        return 0.9
    score = _likeness(html_to_text(blob.text[:_HTML_CHARACTERS] if _WORD_HTML.search(head) else head))
    return _UNMARKED if score >= _UNMARKED else 0.0


def read_html(blob: Blob) -> Reading:
    """As :func:`read_text`, from HTML."""
    mail = Mail(1)
    mail.body = body_of(blob.text, mail, html=True)
    return _read(blob, mail, HTML.name)


def _read(blob: Blob, mail: Mail, format_name: str) -> Reading:
    if not any(character.isalnum() for character in mail.body.text):
        raise SourceError(f"{blob.name} holds no words.", "Export the mails with their text.")
    _promote(mail, blob.hints.day_first)
    error = cut_off(blob, "Export the mails again.")
    return reading_of(
        blob.name,
        format_name,
        [mail],
        blob.hints,
        sha256=blob.sha256,
        title=blob.stem,
        warnings=encoding_warnings(blob),
        error=error,
    )


def _promote(mail: Mail, day_first: bool | None) -> None:
    """Where the text begins with the headers of a mail, as when a mail is saved as text, that mail is the newest."""
    firsts = [number for number, origin in enumerate(mail.body.origins) if origin.level == 1]
    marked = any(part.text != part.bare for part in mail.body.parts if part.origin in firsts)
    if mail.body.own or len(firsts) != 1 or marked:
        return
    author = mail.body.origins[firsts[0]].author
    mail.name, mail.address, mail.sent_at = author.name, author.address, Dates(day_first).read(author.written)
    mail.body = mail.body.shallower(firsts[0])


TEXT = Format("mail-text", "mails without headers, with what they quote (text)", fits_text, read_text)
HTML = Format("mail-html", "mails without headers, with what they quote (HTML)", fits_html, read_html, verified=True)
