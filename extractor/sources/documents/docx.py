"""Word documents: how they become text for every reader here, and the one that reads any document with speakers.

Of the file, ``word/document.xml`` is read: its paragraphs in order, those in tables and text boxes too, with line
breaks and tabs. Words marked as deleted are set aside as ``deleted``, hidden ones as ``hidden text``, the repetition of
a text box for old programs as ``copy``. Comments, notes, headers and footers are counted and named, not read. All else
is ``structure``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from extractor.conversation import Conversation, Coverage
from extractor.errors import SourceError
from extractor.sources import texts
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.decoding import Decoded
from extractor.sources.documents.word import Document, document_of, is_word
from extractor.sources.texts.labels import clean_label, is_stop_label, names_nobody, reads_like_a_name

_FEWEST_BOLD_LABELS = 2

Fits = Callable[[Blob], float]
Read = Callable[[Blob], Reading]


@dataclass(frozen=True)
class TextBlob(Blob):
    """The text of a document as a source of its own, under the document's name."""

    written: str = ""

    @cached_property
    def decoded(self) -> Decoded:
        return Decoded(self.written, "utf-8")


_document = lru_cache(maxsize=1)(document_of)
"""A document is looked at by every format of this family before one of them reads it."""


def opened(blob: Blob) -> tuple[Document, TextBlob]:
    """A document and its text; raises SourceError where it cannot be read."""
    if not is_word(blob.data):
        raise SourceError(f"{blob.name} is no Word document.", "Name another format, or none.")
    try:
        document = _document(blob.data)
    except SourceError as error:
        raise SourceError(f"{blob.name} cannot be read: {error.what}", error.remedy) from None
    return document, TextBlob(blob.name, blob.data, blob.hints, document.text)


def text_of(blob: Blob) -> TextBlob | None:
    """The text of a document, for ``fits``; None where it is none or cannot be read."""
    try:
        return opened(blob)[1]
    except SourceError:
        return None


def rebuilt(reading: Reading, document: Document, format_name: str) -> Reading:
    """The reading of a document's text as that of the document itself."""
    beside = Coverage.of(0, document.asides)
    unread = f"Of the document, the {_listed(document.unread)} were not read." if document.unread else None
    found: list[Conversation] = []
    for conversation in reading.conversations:
        warnings = (*conversation.warnings, unread) if unread and not found else conversation.warnings
        coverage = conversation.coverage
        if len(reading.conversations) == 1:
            coverage = _whole(document, [coverage, beside])
        found.append(conversation.model_copy(update={"coverage": coverage, "warnings": warnings}))
    coverage = _whole(document, [reading.coverage or Coverage.of(0, {}), beside])
    error = (
        f"{reading.path} is read in part: {document.problem}. Save or export it again." if document.problem else None
    )
    return replace(
        reading,
        format=format_name,
        conversations=tuple(found),
        coverage=coverage,
        error=error or reading.error,
    )


def in_documents(name: str, label: str, fits: Fits, read: Read) -> Format:
    """The format of Word documents whose text is what ``fits`` and ``read`` take for a text format."""

    def fits_document(blob: Blob) -> float:
        text = text_of(blob)
        return fits(text) if text is not None else 0.0

    def read_document(blob: Blob) -> Reading:
        document, text = opened(blob)
        return rebuilt(read(text), document, name)

    return Format(name, label, fits_document, read_document)


def _whole(document: Document, parts: list[Coverage]) -> Coverage:
    accounted = Coverage.sum_of(parts).characters
    return Coverage.of_structured(max(document.characters, accounted), parts)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def fits(blob: Blob) -> float:
    """0.3: any Word document, where no format with a signature is in it."""
    return 0.3 if is_word(blob.data) else 0.0


def read(blob: Blob) -> Reading:
    """The conversation in a document, read as the text format that it looks like.

    Names in bold type before a colon are taken for speakers. Raises SourceError for a document that is damaged,
    declares entities or holds no words.
    """
    document, text = opened(blob)
    known = max(texts.FORMATS, key=lambda each: each.fits(text))
    hints = replace(text.hints, speakers={**_bold_labels(document), **text.hints.speakers})
    return rebuilt(known.read(replace(text, hints=hints)), document, FORMAT.name)


FORMAT = Format("docx", "Word documents with speaker labels (.docx)", fits, read)


def _bold_labels(document: Document) -> dict[str, str]:
    """The labels in bold type, by their folded form, where the document has several turns with one."""
    names = [clean_label(words.rstrip().removesuffix(":")) for words in document.bold if words.rstrip().endswith(":")]
    counted = Counter(name for name in names if _is_name(name))
    if counted.total() < _FEWEST_BOLD_LABELS:
        return {}
    return {name.casefold(): name for name in counted}


def _is_name(name: str) -> bool:
    return reads_like_a_name(name) and not is_stop_label(name) and not names_nobody(name)
