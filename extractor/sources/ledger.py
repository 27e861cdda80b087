"""The account of a text: every code point is used in a turn or set aside for a reason, and the sum is exact.

A reader marks spans while it works; what it leaves unmarked is white space or shows up as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from extractor.conversation import Coverage
from extractor.sources.characters import INVISIBLE
from extractor.sources.reasons import NOT_UNDERSTOOD

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNMARKED = re.compile(rb"\x00+")
_VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")
_USED = 1


class Line(NamedTuple):
    """One line of a text: the span of its characters, without the line break. ``number`` counts from 1."""

    number: int
    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of ``text``, which end in CR LF, LF or CR and nothing else. A final line break starts no line."""
    lines, start, number = [], 0, 1
    for match in _LINE_END.finditer(text):
        lines.append(Line(number, start, match.start(), text[start : match.start()]))
        start, number = match.end(), number + 1
    if start < len(text):
        lines.append(Line(number, start, len(text), text[start:]))
    return lines


class Ledger:
    """Marks on the code points of one text. A later mark replaces an earlier one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._codes = bytearray(len(text))
        self._reasons: dict[str, int] = {}

    def use(self, start: int, end: int) -> None:
        """Mark a span as text of a turn."""
        self._codes[start:end] = b"\x01" * (end - start)

    def set_aside(self, start: int, end: int, reason: str) -> None:
        """Mark a span as set aside for ``reason``."""
        code = self._reasons.setdefault(reason, len(self._reasons) + 2)
        self._codes[start:end] = bytes((code,)) * (end - start)

    def join(self, after: int, before: int) -> bool:
        """Use one character between two pieces of a turn, for the space that joins them.

        It is the last line break of the gap that is still free, else any other free character. False where there is
        none: then the pieces touch and are joined by nothing.
        """
        for wanted in ("\n", "\r"):
            at = self.text.rfind(wanted, after, before)
            if at >= 0 and self._codes[at] != _USED:
                self._codes[at] = _USED
                return True
        for at in range(before - 1, after - 1, -1):
            if self._codes[at] != _USED:
                self._codes[at] = _USED
                return True
        return False

    def coverage(self) -> Coverage:
        """The account: the characters used, and those set aside by reason."""
        asides = {reason: self._codes.count(code) for reason, code in self._reasons.items()}
        unmarked = StringIO()
        for run in _UNMARKED.finditer(self._codes):
            unmarked.write(self.text[run.start() : run.end()])
        for reason, count in _classify(unmarked.getvalue()).items():
            asides[reason] = asides.get(reason, 0) + count
        return Coverage.of(self._codes.count(_USED), asides)

    def not_understood(self) -> list[int]:
        """Where characters begin that are neither marked nor white space; a reader names them in a warning."""
        first = (_VISIBLE.search(self.text, *run.span()) for run in _UNMARKED.finditer(self._codes))
        return [match.start() for match in first if match]


def _classify(text: str) -> dict[str, int]:
    breaks = text.count("\r") + text.count("\n")
    visible = len(_VISIBLE.findall(text))
    parts = {"line break": breaks, "white space": len(text) - breaks - visible, NOT_UNDERSTOOD: visible}
    return {reason: count for reason, count in parts.items() if count}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on its way into a turn, each character backed by exactly one character of the source.

    ``where`` holds the source index of every character, None where the text is the source's from ``start`` on.
    """

    text: str
    start: int
    where: tuple[int, ...] | None = None

    @property
    def end(self) -> int:
        """The source index after the last character."""
        if self.where is None:
            return self.start + len(self.text)
        return self.where[-1] + 1 if self.where else self.start

    def cut(self, begin: int, end: int) -> Piece:
        """The characters from ``begin`` to ``end``."""
        if self.where is None:
            return Piece(self.text[begin:end], self.start + begin)
        where = self.where[begin:end]
        return Piece(self.text[begin:end], where[0] if where else self.start, where)

    def trimmed(self) -> Piece:
        """Without white space at either end."""
        if self.text.strip() == self.text:
            return self
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, max(left, len(self.text.rstrip())))

    def use(self, ledger: Ledger) -> None:
        """Mark the characters as text of a turn."""
        if self.where is None:
            ledger.use(self.start, self.end)
        else:
            for index in self.where:
                ledger.use(index, index + 1)

    def set_aside(self, ledger: Ledger, reason: str) -> None:
        """Mark the characters as set aside for ``reason``."""
        if self.where is None:
            ledger.set_aside(self.start, self.end, reason)
        else:
            for index in self.where:
                ledger.set_aside(index, index + 1, reason)


def piece_without(line: Line, begin: int, end: int, cuts: Iterable[tuple[int, int]] = ()) -> Piece:
    """The text of a line from ``begin`` to ``end``, without the spans ``cuts`` (in their order), trimmed."""
    inside = [(max(begin, start), min(end, stop)) for start, stop in cuts if start < end and stop > begin]
    if not inside:
        return Piece(line.text[begin:end], line.start + begin).trimmed()
    where: list[int] = []
    for start, stop in inside:
        where += range(begin, start)
        begin = max(begin, stop)
    where += range(begin, end)
    text = "".join(line.text[at] for at in where)
    return Piece(text, line.start, tuple(line.start + at for at in where)).trimmed()
