"""Evidence in the turns around it, cut into stretches that are marked and stretches that are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.reports.text import clock
from extractor.review.terminal.words import short, shown

if TYPE_CHECKING:
    from extractor.conversation import Conversation, Turn
    from extractor.records import Evidence

AROUND: Final = 3
"""Turns before and after a quote that are shown with it."""
BESIDE: Final = 700
"""Characters before and after the marked words of a long turn that are shown."""
LONGEST: Final = 20_000
"""Characters of one turn that are shown where the whole conversation is."""


@dataclass(frozen=True)
class Stretch:
    """Words that are marked as evidence, or not; safe to print."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """One turn: who, when, what; or ``skipped`` turns that are not shown. ``roles`` say what its marks prove."""

    number: int
    who: str = ""
    when: str = ""
    stretches: tuple[Stretch, ...] = ()
    roles: tuple[str, ...] = ()
    skipped: int = 0

    @property
    def marked(self) -> bool:
        return any(one.marked for one in self.stretches)


def around(said: Conversation, quotes: Sequence[Evidence], beside: int = AROUND) -> list[Line]:
    """The turns with the quotes, and ``beside`` turns before and after each; gaps between them counted."""
    last = len(said.turns) - 1
    wanted = {
        number
        for quote in quotes
        if 0 <= quote.turn <= last
        for number in range(max(quote.turn - beside, 0), min(quote.turn + beside, last) + 1)
    }
    lines: list[Line] = []
    before = -1
    for number in sorted(wanted):
        if number > before + 1:
            lines.append(Line(number, skipped=number - before - 1))
        lines.append(line_of(said, number, quotes, BESIDE))
        before = number
    if lines and before < last:
        lines.append(Line(last, skipped=last - before))
    return lines


def everything(said: Conversation, quotes: Sequence[Evidence]) -> list[Line]:
    """The whole conversation, a line a turn."""
    return [line_of(said, number, quotes, LONGEST) for number in range(len(said.turns))]


def line_of(said: Conversation, number: int, quotes: Iterable[Evidence], most: int) -> Line:
    """One turn with its quotes marked; far from them, no more than ``most`` characters at a stretch."""
    turn = said.turns[number]
    here = [quote for quote in quotes if quote.turn == number and 0 <= quote.start_char < quote.end_char]
    names = {person.id: person.name for person in said.participants}
    return Line(
        number,
        short(names.get(turn.speaker or "", turn.speaker or ""), 60) or "Somebody",
        clock(turn.start if turn.start is not None else turn.sent_at),
        tuple(_stretches(turn, here, most)),
        tuple(dict.fromkeys(quote.role for quote in here)),
    )


def _stretches(turn: Turn, quotes: Iterable[Evidence], most: int) -> Iterable[Stretch]:
    at, text = 0, turn.text
    for start, end in _merged((quote.start_char, min(quote.end_char, len(text))) for quote in quotes):
        if start > at:
            yield Stretch(_cut(text[at:start], most, end=at > 0))
        yield Stretch(_cut(text[start:end], LONGEST, end=True), marked=True)
        at = end
    if at < len(text):
        yield Stretch(_cut(text[at:], most, end=True))


def _cut(text: str, most: int, *, end: bool) -> str:
    """No more than ``most`` characters: the beginning of what follows a mark, the end of what comes before it."""
    if len(text) <= most:
        return shown(text)
    sign = f"[… {len(text) - most:,} more characters …]"
    return f"{shown(text[:most])} {sign}" if end else f"{sign} {shown(text[-most:])}"


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found
