"""The text of HTML -> its words with their places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Run(NamedTuple):
    """Text without white space other than single blanks, from ``start`` in the source; an entity's where it is one.

    ``spaced`` is whether white space stands before it.
    """

    text: str
    start: int
    end: int
    spaced: bool


_WORDS = re.compile(r"\S+(?: \S+)*")


def runs(html: str, start: int, end: int) -> Iterator[Run]:
    """The words of the text from ``start`` to ``end``, entities decoded. A last run without text tells of a space."""
    at, spaced = start, False
    for entity in _ENTITY.finditer(html, start, end):
        for run in _words(html, at, entity.start(), spaced):
            spaced = run.spaced if not run.text else False
            if run.text:
                yield run
        at = entity.end()
        text = unescape(entity.group())
        if text.isspace():
            spaced = True
        else:
            yield Run(text, entity.start(), entity.end(), spaced)
            spaced = False
    yield from _words(html, at, end, spaced)


def _words(html: str, start: int, end: int, spaced: bool) -> Iterator[Run]:
    at = start
    for words in _WORDS.finditer(html, start, end):
        yield Run(words.group(), words.start(), words.end(), spaced or words.start() > at)
        at, spaced = words.end(), False
    if at < end or spaced:
        yield Run("", end, end, True)
