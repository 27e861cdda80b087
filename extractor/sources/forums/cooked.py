"""The HTML of a Discourse post -> its words, what it quotes of others, and what it links to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from extractor.sources.html_tags import attributes_of, tokens

_BLOCKS = frozenset(
    "p div br tr table ul ol li h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer aside details"
    " summary figure dl dt dd".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table aside details".split())
_VOID = frozenset("br hr img input meta link wbr source col area base embed track".split())
_UNSEEN = frozenset(("svg", "template"))
_DEEPEST_QUOTE = 9
_BETWEEN_CELLS = " | "


@dataclass
class Quoted:
    """What a post quotes: of ``author`` (a user name), at ``char`` of the post's own words."""

    author: str | None
    char: int
    depth: int
    text: str


@dataclass
class Cooked:
    """The words of a post. ``asides`` are other words in it by reason, ``pictures`` the names of its pictures."""

    text: str
    quotes: list[Quoted] = field(default_factory=list)
    asides: Counter[str] = field(default_factory=Counter)
    pictures: list[str] = field(default_factory=list)


class _Lines:
    """Lines of text in the making: blocks on lines of their own, blank lines between paragraphs."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.depth = 0

    def end_line(self) -> None:
        line = " ".join("".join(self.parts).split())
        self.parts = []
        if line:
            self.lines.append("> " * self.depth + line)

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def verbatim(self, text: str) -> None:
        self.lines += [("> " * self.depth + line).rstrip() for line in text.strip("\n").split("\n")]

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip()


@dataclass
class _Open:
    """An element that is not closed yet. ``what`` is what it does to the words in it."""

    tag: str
    what: str = ""


class _Reader:
    """Collects own words in one place and those of each quotation and link preview in others."""

    def __init__(self) -> None:
        self.cooked = Cooked("")
        self._open: list[_Open] = []
        self._places: list[_Lines] = [_Lines()]
        self._quotes: list[tuple[str | None, int]] = []
        self._asides: list[str] = []
        self._unseen = 0
        self._code: list[str] | None = None

    # Elements

    def start(self, tag: str, written: str) -> None:
        values = {name: unescape(value) for name, value in attributes_of(written).items()}
        classes = values.get("class", "").split()
        if tag == "img":
            self._picture(values, classes)
        element = _Open(tag, self._effect(tag, classes))
        if tag not in _VOID:
            self._open.append(element)
        if element.what == "quote":
            self._begin_quote(values)
        elif element.what in ("link preview", "markup"):
            self._break(tag)
            self._asides.append(element.what)
        elif element.what == "unseen":
            self._unseen += 1
        elif element.what == "code":
            self._break(tag)
            self._code = []
        elif tag in _BLOCKS:
            self._break(tag)
            if tag == "blockquote":
                self._here.depth = min(self._here.depth + 1, _DEEPEST_QUOTE)
        self._begin_item(tag)

    def end(self, tag: str) -> None:
        if tag in _VOID or not any(element.tag == tag for element in self._open[-64:]):
            return
        while self._open:
            element = self._open.pop()
            self._end(element)
            if element.tag == tag:
                return

    def _effect(self, tag: str, classes: list[str]) -> str:
        if tag == "aside" and "quote" in classes:
            return "quote"
        if (tag == "aside" and "onebox" in classes) or (tag == "div" and "lazyYT" in classes):
            return "link preview"
        if "title" in classes and self._quotes and self._open and self._open[-1].what == "quote":
            return "markup"
        if "meta" in classes or "quote-controls" in classes or "cooked-selection-barrier" in classes:
            return "markup"
        if tag in _UNSEEN:
            return "unseen"
        return "code" if tag == "pre" and self._code is None else ""

    def _begin_item(self, tag: str) -> None:
        if tag == "li":
            self._here.parts.append("- ")
        elif tag in ("td", "th") and self._here.parts:
            self._here.parts.append(_BETWEEN_CELLS)

    def _end(self, element: _Open) -> None:
        if element.what == "quote":
            self._end_quote()
        elif element.what in ("link preview", "markup"):
            self._asides.pop()
        elif element.what == "unseen":
            self._unseen -= 1
        elif element.what == "code":
            self._here.verbatim("".join(self._code or ()))
            self._code = None
            self._here.blank()
        elif element.tag in _BLOCKS:
            inner = self._break(element.tag)
            if element.tag == "blockquote":
                inner.depth = max(0, inner.depth - 1)

    def _break(self, tag: str) -> _Lines:
        self._here.end_line()
        if tag in _PARAGRAPHS and not (self._quotes and tag == "blockquote"):
            self._here.blank()
        return self._here

    @property
    def _here(self) -> _Lines:
        return self._places[-1]

    # Quotations

    def _begin_quote(self, values: dict[str, str]) -> None:
        self._here.end_line()
        self._here.blank()
        self._quotes.append((values.get("data-username") or None, len(self._places[0].lines)))
        place = _Lines()
        place.depth = -1
        self._places.append(place)

    def _end_quote(self) -> None:
        author, line = self._quotes.pop()
        text = self._places.pop().text()
        if text:
            self.cooked.quotes.append(Quoted(author, line, len(self._quotes) + 1, text))

    # Words

    def data(self, data: str) -> None:
        if self._unseen:
            return
        if self._asides:
            self.cooked.asides[self._asides[-1]] += len(data)
        elif self._code is not None:
            self._code.append(data)
        else:
            self._here.parts.append(data)

    def _picture(self, values: dict[str, str], classes: list[str]) -> None:
        name = values.get("alt") or values.get("title") or ""
        if "emoji" in classes:
            self.data(name)
        elif "avatar" not in classes and not self._asides and len(self._places) == 1:
            self.cooked.pictures.append(name.strip() or values.get("src", "").rpartition("/")[2] or "a picture")

    def finish(self) -> Cooked:
        while self._open:
            self._end(self._open.pop())
        own = self._places[0]
        own.end_line()
        starts, at = [], 0
        for line in own.lines:
            starts.append(at)
            at += len(line) + 1
        text = "\n".join(own.lines)
        lead = len(text) - len(text.lstrip())
        self.cooked.text = text.strip()
        for quote in self.cooked.quotes:
            char = starts[quote.char] if quote.char < len(starts) else at
            quote.char = max(0, min(char - lead, len(self.cooked.text)))
        return self.cooked


def read_cooked(html: str) -> Cooked:
    """The words of a post: a line for each block, blank lines between paragraphs, quoted blocks marked with ``> ``.

    What it quotes of other posts, previews of links, and what belongs to pictures are no words of it.
    """
    reader = _Reader()
    for token in tokens(html):
        if not token.markup:
            reader.data(unescape(html[token.start : token.end]))
        elif token.closing:
            reader.end(token.name)
        elif token.name:
            reader.start(token.name, token.written)
    return reader.finish()
