"""HTML of mails and messages -> text, in one pass over the tags."""

from __future__ import annotations

import re
from html import unescape

from extractor.sources.html_tags import attributes_of, tokens

_BLOCKS = frozenset(
    "p div br tr table ul ol li h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer dl dt dd body "
    "form fieldset address main aside nav figure figcaption center".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table".split())
_SKIPPED = frozenset(("style", "script", "title", "noscript"))
_CELLS = frozenset(("td", "th"))
_DEEPEST_QUOTE = 9
_INDENT = re.compile(r"border(?:-left)?\s*:\s*(?:none|0|medium none)", re.IGNORECASE)
_CITE = re.compile(r"gmail_quote|protonmail_quote|yahoo_quoted|cite", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|protonmail_signature_block(?!-empty)|applemailsignature|ydp[0-9a-z]*signature"
    r"|^signature$|^ms-outlook-mobile-signature$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"divRplyFwdMsg|OutlookMessageHeader", re.IGNORECASE)

QUOTE_MARKUP = re.compile(
    r"gmail_quote|gmail_attr|type\s*=\s*[\"']?cite|moz-cite-prefix|divRplyFwdMsg|appendonsend|yahoo_quoted|yahoo_quote"
    r"|OutlookMessageHeader|protonmail_quote|ms-outlook-mobile-reference-message|zmail_extra|stopSpelling"
    r"|mail-editor-reference-message|mailbox_signature|AppleMailSignature|gmail_signature|moz-signature",
    re.IGNORECASE,
)
"""Ids and classes by which mail programs mark quoted mails and signatures."""


def html_to_text(html: str) -> str:
    """The words of ``html``, a line for each block, blank lines between paragraphs, quotations marked with ``> ``.

    A blockquote that is only an indent (without border) is no quotation. A mail program's signature begins with a line
    ``-- ``, and the headers of a quoted mail with a divider, where the markup tells them.
    """
    reader = _Text()
    for token in tokens(html, _SKIPPED):
        if not token.markup:
            reader.data(html[token.start : token.end])
        elif token.closing:
            reader.end(token.name)
        elif token.name:
            reader.start(token.name, token.written)
    return reader.text()


class _Text:
    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._quotes: list[bool] = []
        self._nested = 0
        self._preformatted = 0
        self._head = False

    @property
    def _depth(self) -> int:
        return min(self._nested, _DEEPEST_QUOTE)

    def text(self) -> str:
        self._break()
        lines: list[str] = []
        for depth, line in self._lines:
            blank = not line
            if blank and (not lines or not lines[-1].strip("> ")):
                continue
            lines.append(f"{'> ' * depth}{line}".rstrip() if depth else line)
        while lines and not lines[-1].strip("> "):
            lines.pop()
        return "\n".join(lines).strip("\n")

    def start(self, tag: str, attributes: str) -> None:
        if tag == "head":
            self._head = True
        elif tag == "body":
            self._head = False
        if tag in _CELLS:
            self._line.append(" ")
        if tag in _BLOCKS:
            ended = self._break()
            if tag in _PARAGRAPHS or (tag == "br" and not ended):
                self._lines.append((self._depth, ""))
            if tag == "li":
                self._line.append("- ")
        if tag == "pre":
            self._preformatted += 1
        elif tag == "blockquote":
            self._quotes.append(_is_quote(attributes))
            self._nested += self._quotes[-1]
        elif attributes and tag in ("div", "table", "span", "pre"):
            self._mark(attributes)

    def _mark(self, attributes: str) -> None:
        """A line for what only the markup says: that a signature or a quoted mail begins."""
        if (
            "ignature" not in attributes
            and "divRplyFwdMsg" not in attributes
            and "OutlookMessageHeader" not in attributes
        ):
            return
        names = [value for name, value in attributes_of(attributes).items() if name in ("class", "id")]
        words = [word for value in names for word in value.split()]
        if any(_SIGNATURE.search(word) for word in words):
            self._break()
            if not self._lines or self._lines[-1][1] != "-- ":
                self._lines.append((self._depth, "-- "))
        elif any(_FORWARDED.search(word) for word in words):
            self._break()
            self._lines.append((self._depth, "-----Original Message-----"))

    def end(self, tag: str) -> None:
        if tag == "head":
            self._head = False
        elif tag == "pre":
            self._break()
            self._preformatted = max(0, self._preformatted - 1)
        if tag in _BLOCKS and tag != "br":
            self._break()
            if tag == "blockquote" and self._quotes:
                self._nested -= self._quotes.pop()
            if tag in _PARAGRAPHS:
                self._lines.append((self._depth, ""))

    def data(self, data: str) -> None:
        if not data or self._head:
            return
        text = unescape(data) if "&" in data else data
        if not self._preformatted:
            self._line.append(text)
            return
        first, *rest = text.split("\n")
        self._line.append(first)
        for line in rest:
            self._break()
            self._line.append(line)

    def _break(self) -> bool:
        """Ends a line; whether there was one."""
        written = "".join(self._line)
        self._line = []
        line = written.rstrip() if self._preformatted else " ".join(written.split())
        if line == "--" and written.strip("\n\r\t") in ("-- ", "--\u00a0"):
            line = "-- "
        if line or (self._preformatted and self._lines and self._lines[-1][1]):
            self._lines.append((self._depth, line))
        return bool(line)


def _is_quote(attributes: str) -> bool:
    """Whether a blockquote quotes; False for one that a mail program uses to indent."""
    values = attributes_of(attributes)
    if _CITE.search(values.get("class", "")) or values.get("type", "").lower() == "cite" or "cite" in values:
        return True
    return not _INDENT.search(values.get("style", ""))
