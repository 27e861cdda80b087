"""Speech without speakers -> paragraphs: cut at silences and, from a certain length on, at the ends of sentences."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_PAUSE_S = 2.0
"""A longer silence ends a paragraph; in seconds."""

_PARAGRAPH_CHARACTERS = 400
_LONGEST_PARAGRAPH_CHARACTERS = 1200
_SENTENCE_ENDS = frozenset(".?!…。？！．؟।‽")
_CLOSING = frozenset("\"'”’»)]」』")


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends in a mark that ends a sentence, quotation marks, brackets and blanks behind it aside."""
    index = len(text) - 1
    while index >= 0 and (text[index] in _CLOSING or text[index].isspace()):
        index -= 1
    return index >= 0 and text[index] in _SENTENCE_ENDS


def is_pause(end: float | None, start: float | None) -> bool:
    """Whether between words that end at ``end`` and others that begin at ``start`` seconds nobody speaks for long."""
    return end is not None and start is not None and start - end > LONGEST_PAUSE_S


def ends_paragraph(length: int, parts: Sequence[str]) -> bool:
    """Whether a paragraph of ``length`` characters ends behind the last of its ``parts``."""
    if length < _PARAGRAPH_CHARACTERS:
        return False
    return length >= _LONGEST_PARAGRAPH_CHARACTERS or ends_sentence(parts[-1])
