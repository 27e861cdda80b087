"""Lines of a text -> turns, for readers that know of each line what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from extractor.conversation import TurnKind
from extractor.sources.ledger import Ledger, Line, Piece
from extractor.sources.people import People
from extractor.sources.texts.labels import names_nobody
from extractor.sources.transcripts import Draft

_DATA_LINK = re.compile(r"[ \t]{0,9}\[image\d{1,6}\]:[ \t]{0,9}<?data:")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!<>~|-])")


class Talk:
    """Turns in the making. What one person says in a row is one turn, with the times of its parts as marks."""

    def __init__(self, ledger: Ledger, speakers: frozenset[str] = frozenset()) -> None:
        self.ledger = ledger
        self.people = People()
        self.drafts: list[Draft] = []
        self.nameless = 0
        self._declared = speakers
        self._open = False
        self._fresh = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has the word, so that a line without a label goes on with it."""
        return self._open

    def close(self) -> None:
        """What follows is not said by the last speaker."""
        self._open = False

    def speaker(self, name: str | None) -> str | None:
        """The id of a speaker; None where the label is empty or says that nobody knows."""
        if not name or (names_nobody(name) and name.casefold() not in self._declared):
            self.nameless += 1
            return None
        return self.people.add(name)

    def begin(
        self,
        name: str | None,
        start: float | None = None,
        *,
        end: float | None = None,
        kind: TurnKind = "speech",
        sent_at: datetime | None = None,
        reply_to: Draft | None = None,
    ) -> Draft:
        """Somebody begins to speak, or goes on at ``start`` where they spoke last; messages never go on."""
        speaker = self.speaker(name)
        last = self.drafts[-1] if self.drafts and self._open else None
        goes_on = last is not None and kind == "speech" == last.kind and speaker is not None and last.speaker == speaker
        if last is None or not goes_on:
            last = Draft(speaker, start, end, kind, sent_at, reply_to=reply_to)
            self.drafts.append(last)
        if start is not None:
            last.mark(start)
        last.end = end if end is not None else last.end
        self._open = self._fresh = True
        return last

    def mark(self, start: float) -> None:
        """What the open turn goes on with is said at ``start``."""
        if self._open:
            self.drafts[-1].mark(start)

    def say(self, line: Line, begin: int = 0, *, gap: bool = False, joiner: str = " ", escapes: bool = False) -> None:
        """The rest of a line from ``begin`` on is said; ``gap`` is whether an empty line stands before it."""
        if not self._open:
            self.begin(None)
        draft = self.drafts[-1]
        separator = "\n" if gap or (self._fresh and draft.parts) else joiner
        if "![" in line.text or "\\" in line.text or _DATA_LINK.match(line.text):
            begin += len(line.text[begin:]) - len(line.text[begin:].lstrip())
            self.ledger.set_aside(line.start + begin, line.end, "markup")
        for start, end in spans_of_words(line.text, begin):
            for at, to in _unescaped(line.text, start, end) if escapes else ((start, end),):
                draft.add(Piece(line.text[at:to], line.start + at), self.ledger, separator)
                separator = ""
            separator = " "
        self._fresh = False


def spans_of_words(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of a line from ``begin`` on that are words: between images, without white space at either end."""
    at = begin
    for start, stop in [*images(text), (len(text), len(text))]:
        if start >= at:
            words = text[at:start]
            left = at + len(words) - len(words.lstrip())
            right = at + len(words.rstrip())
            if left < right:
                yield left, right
        at = max(at, stop)


def _unescaped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span without the backslashes of Markdown, those of a hard line break included."""
    for match in _ESCAPE.finditer(text, start, end):
        if start < match.start():
            yield start, match.start()
        start = match.end()
    end = start + len(text[start:end].rstrip("\\ \t"))
    if start < end:
        yield start, end


def images(text: str) -> list[tuple[int, int]]:
    """The spans of Markdown images, which may hold megabytes of data."""
    if _DATA_LINK.match(text):
        return [(0, len(text))]
    found, at = [], text.find("![")
    while at >= 0:
        middle = text.find("]", at)
        opening = text[middle + 1 : middle + 2] if middle >= 0 else ""
        close = text.find(")" if opening == "(" else "]", middle + 2) if opening in ("(", "[") and opening else -1
        if close < 0:
            if middle < 0 or opening:
                break
            at = text.find("![", middle)
            continue
        found.append((at, close + 1))
        at = text.find("![", close)
    return found
