"""The paragraphs of a Word document (.docx), read as a stream: no tree, no external entity, no document type.

The XML is WordprocessingML (ECMA-376 part 1, chapter 17). A document type declaration is refused before anything of it
is looked at, so that no entity can expand; Word writes none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from extractor.errors import SourceError
from extractor.sources.bundles import member_of_zip, names_in_zip
from extractor.sources.reasons import BOILERPLATE, NOTES

MAX_XML_BYTES = 128 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_MAIN = re.compile(r"word/document\d{0,3}\.xml$")
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SIDE_PARTS = (
    ("word/comments", "comments", "comment"),
    ("word/footnotes", "footnotes", NOTES),
    ("word/endnotes", "endnotes", NOTES),
    ("word/header", "headers", BOILERPLATE),
    ("word/footer", "footers", BOILERPLATE),
)
_SINGLE = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011"}
_HEADING = re.compile(r"heading ([1-6])$", re.IGNORECASE)
_STYLE_ID = re.compile(r"Heading([1-6])$")
_LINE_BREAKS = re.compile(r"[\r\n]+")
_OFF = ("0", "false", "off")
_PIECE = 1 << 16


@dataclass
class Paragraph:
    """One paragraph: its text with line breaks as ``\\n``, its style's id, and how much of its start is bold."""

    style: str = ""
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    all_bold: bool = True

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, text: str, *, bold: bool) -> None:
        if self.all_bold and bold:
            self.bold += len(text)
        elif text.strip():
            self.all_bold = False
        self.parts.append(text)


@dataclass(frozen=True)
class Document:
    """A document as text.

    ``text`` has one paragraph after another with an empty line between, and ``#`` marks before headings. ``bold`` are
    the words in bold type that paragraphs begin with. ``characters`` is the length of the document's XML, ``asides``
    counts the words in the file that are not in ``text``, by reason. ``unread`` names the parts beside the text that
    hold words. ``problem`` says where the XML is damaged; the text goes up to there.
    """

    text: str
    bold: tuple[str, ...]
    characters: int
    asides: dict[str, int]
    unread: tuple[str, ...] = ()
    problem: str | None = None


def is_word(data: bytes) -> bool:
    """Whether ``data`` are a zip with a Word document in it."""
    return data.startswith(_ZIP) and _main_part(data) is not None


@lru_cache(maxsize=1)
def document_of(data: bytes) -> Document:
    """The text of a document. The last one is kept, as several formats look at it.

    Raises SourceError where it is no Word document, too large, damaged from the start on, or declares entities.
    """
    part = _main_part(data)
    if part is None:
        raise SourceError("It is no Word document.", "Export the transcript as text, VTT or SRT.")
    xml = member_of_zip(data, part, MAX_XML_BYTES)
    body = _Body()
    problem = _parse(xml, body, part)
    if problem is not None and not any(paragraph.text.strip() for paragraph in body.paragraphs):
        raise SourceError(f"{part} in the document is damaged.", "Save or export the document again.")
    levels = _heading_levels(data)
    asides, unread = _side_parts(data)
    asides.update(body.asides)
    bold = [paragraph.text[: paragraph.bold].strip() for paragraph in body.paragraphs if paragraph.bold]
    return Document(
        "\n\n".join(_marked(paragraph, levels) for paragraph in body.paragraphs),
        tuple(words for words in bold if words),
        len(_decoded(xml)),
        {reason: count for reason, count in asides.items() if count},
        tuple(unread),
        problem,
    )


def _main_part(data: bytes) -> str | None:
    names = names_in_zip(data) or []
    return next((name for name in sorted(names) if _MAIN.match(name)), None)


def _marked(paragraph: Paragraph, levels: dict[str, int]) -> str:
    text = paragraph.text
    known = _STYLE_ID.match(paragraph.style)
    level = levels.get(paragraph.style) or (int(known[1]) if known else 0)
    return f"{'#' * level} {text.lstrip()}" if level and text.strip() and "\n" not in text.strip() else text


def _decoded(xml: bytes) -> str:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        return xml.decode("utf-16", "replace")
    return xml.decode("utf-8", "replace")


def _parse(xml: bytes, handler: _Handler, part: str) -> str | None:
    """Feed a part to ``handler``; what is wrong with it, None where it is whole."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data

    def refuse(*_: object) -> None:
        raise SourceError(f"{part} in the document declares entities, which can expand without limit.", "Save it anew.")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for begin in range(0, len(xml), _PIECE):
            parser.Parse(xml[begin : begin + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        handler.finish()
        return f"{part} in the document is damaged at line {error.lineno}, column {error.offset}"
    except (ValueError, LookupError):
        handler.finish()
        return f"{part} in the document is in an encoding that is not known"
    handler.finish()
    return None


def _local(name: str, namespaces: Iterable[str] = _NAMESPACES) -> str:
    """The name of an element of these namespaces without its namespace, empty for any other."""
    namespace, _, local = name.rpartition(" ")
    return local if namespace in namespaces else ""


def _attribute(attributes: dict[str, str], wanted: str) -> str:
    return next((value for name, value in attributes.items() if _local(name) == wanted), "")


class _Handler:
    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters between tags."""

    def finish(self) -> None:
        """Nothing more comes."""


class _Body(_Handler):
    """Paragraphs in the order in which they end; one in a text box comes before the one it hangs on."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.asides: Counter[str] = Counter()
        self._open: list[Paragraph] = []
        self._depths: Counter[str] = Counter()
        self._bold = False
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name, (_COMPATIBILITY,)) == "Fallback":
            self._depths["Fallback"] += 1
        local = _local(name)
        if not local:
            return
        self._depths[local] += 1
        if local == "p":
            self._open.append(Paragraph())
        elif local == "r":
            self._bold = self._hidden = False
        elif local == "pStyle" and self._open:
            self._open[-1].style = _attribute(attributes, "val")
        elif local in ("b", "vanish") and self._depths["r"] and self._depths["rPr"]:
            on = _attribute(attributes, "val").lower() not in _OFF
            self._bold, self._hidden = (on, self._hidden) if local == "b" else (self._bold, on)
        elif local in _SINGLE and self._depths["r"] and not self._depths["rPr"]:
            self._say(_SINGLE[local])

    def end(self, name: str) -> None:
        if _local(name, (_COMPATIBILITY,)) == "Fallback":
            self._depths["Fallback"] -= 1
        local = _local(name)
        if local:
            self._depths[local] -= 1
        if local == "p" and self._open:
            self._close()

    def data(self, text: str) -> None:
        if self._depths["delText"]:
            self.asides["deleted"] += len(text)
        elif self._depths["t"]:
            self._say(_LINE_BREAKS.sub(" ", text))

    def finish(self) -> None:
        while self._open:
            self._close()

    def _close(self) -> None:
        paragraph = self._open.pop()
        if not self._depths["Fallback"]:
            self.paragraphs.append(paragraph)

    def _say(self, text: str) -> None:
        depths = self._depths
        if depths["Fallback"]:
            self.asides["copy"] += len(text)
        elif depths["del"] or depths["moveFrom"]:
            self.asides["deleted"] += len(text)
        elif self._hidden:
            self.asides["hidden text"] += len(text)
        elif self._open:
            self._open[-1].add(text, bold=self._bold)


class _Styles(_Handler):
    """The heading level of each style, by its id; names of styles are English whatever the language of Word."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "style":
            self._style = _attribute(attributes, "styleId")
        elif local == "name" and self._style:
            written = _attribute(attributes, "val")
            heading = _HEADING.match(written)
            if heading or written.lower() == "title":
                self.levels[self._style] = int(heading[1]) if heading else 1


class _Words(_Handler):
    """How many characters of text a part holds."""

    def __init__(self) -> None:
        self.characters = 0
        self._depth = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += _local(name) == "t"

    def end(self, name: str) -> None:
        self._depth -= _local(name) == "t"

    def data(self, text: str) -> None:
        if self._depth and text.strip():
            self.characters += len(text)


def _heading_levels(data: bytes) -> dict[str, int]:
    styles = _Styles()
    with suppress(SourceError):
        _parse(member_of_zip(data, "word/styles.xml", MAX_XML_BYTES), styles, "word/styles.xml")
    return styles.levels


def _side_parts(data: bytes) -> tuple[Counter[str], list[str]]:
    """The characters of the parts beside the text by reason, and what those are called that hold any."""
    asides: Counter[str] = Counter()
    unread: dict[str, None] = {}
    for name in sorted(names_in_zip(data) or []):
        found = next((part for part in _SIDE_PARTS if name.startswith(part[0]) and name.endswith(".xml")), None)
        if found is None:
            continue
        _, called, reason = found
        words = _Words()
        try:
            problem = _parse(member_of_zip(data, name, MAX_XML_BYTES), words, name)
        except SourceError:
            problem = "unreadable"
        asides[reason] += words.characters
        if words.characters or problem:
            unread[called] = None
    return asides, list(unread)
