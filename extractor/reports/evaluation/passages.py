"""Where in a conversation a claim stands: the quoted turns with the turns around them, the quoted words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.conversation import Conversation, Turn
from extractor.matching.items import Item
from extractor.reports.text import clock, plain
from extractor.scoring.adjudication import CONTEXT

TURNS: Final = 6
"""Quoted turns shown of one claim; labels made from summaries point at dozens."""
AROUND: Final = 280
"""Characters of a turn kept before and after what is marked in it, or of a turn of the context."""
CUT: Final = " […] "

_BLANKS: Final = re.compile(r"(\s+)")


@dataclass(frozen=True)
class Part:
    """Words of a turn; ``marked`` are those that the claim rests on."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """A turn. ``gap`` is whether turns were left out before it; ``cited`` whether the claim rests on it."""

    turn: int
    when: str
    speaker: str
    parts: tuple[Part, ...]
    cited: bool
    gap: bool


@dataclass(frozen=True)
class Passage:
    """The turns of a claim in their order. ``more`` counts quoted turns that are not shown; ``lost`` are quotes, and
    numbers of turns, that are not in the conversation.
    """

    lines: tuple[Line, ...] = ()
    more: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """Words of a turn: code points, end exclusive; the whole turn where ``start`` is None."""

    turn: int
    start: int | None = None
    end: int | None = None
    quote: str | None = None

    def stands_in(self, turns: Sequence[Turn]) -> bool:
        """Whether the turn is there, and in it the words, where they are known."""
        if not 0 <= self.turn < len(turns):
            return False
        return self.quote is None or turns[self.turn].text[self.start : self.end] == self.quote


def visible(text: str) -> str:
    """Untrusted text with its lines kept, blanks as one, and control characters and overrides shown as U+FFFD."""
    pieces = _BLANKS.split(text)
    return "".join(("\n" if "\n" in one else " ") if one.isspace() else plain(one) for one in pieces)


def passage_of(item: Item, conversation: Conversation, around: int = CONTEXT) -> Passage:
    """The turns that a record or a label rests on, with ``around`` turns on each side."""
    spans = spans_of(item)
    there = [span for span in spans if span.stands_in(conversation.turns)]
    cited = sorted({span.turn for span in there})
    shown = cited[:TURNS]
    last = len(conversation.turns) - 1
    near = {one for turn in shown for one in range(max(0, turn - around), min(last, turn + around) + 1)}
    lines = []
    before = None
    for number in sorted(near):
        marks = [span for span in there if span.turn == number]
        lines.append(_line(conversation, number, marks, before is not None and number > before + 1))
        before = number
    lost = tuple(_told(span) for span in spans if span not in there)
    return Passage(tuple(lines), len(cited) - len(shown), tuple(dict.fromkeys(lost)))


def spans_of(item: Item) -> list[Span]:
    """What a record quotes, or where a label points."""
    if item.evidence:
        return [Span(one.turn, one.start_char, one.end_char, one.quote) for one in item.evidence]
    return [Span(place.turn, place.start, place.end) for place in item.places]


def _told(span: Span) -> str:
    return f"“{visible(span.quote)}”" if span.quote else f"turn {span.turn}"


def _line(conversation: Conversation, number: int, marks: Sequence[Span], gap: bool) -> Line:
    turn = conversation.turns[number]
    return Line(
        turn=number,
        when=clock(turn.time_at(0)),
        speaker=plain(conversation.name_of(turn.speaker) or "unknown speaker"),
        parts=_parts(turn.text, marks),
        cited=bool(marks),
        gap=gap,
    )


def _parts(text: str, marks: Iterable[Span]) -> tuple[Part, ...]:
    """A turn's text in parts, long stretches without a mark cut short."""
    parts: list[Part] = []
    done = 0
    for start, end in _joined((0 if one.start is None else one.start, _end(one, text)) for one in marks):
        parts += [Part(visible(_shortened(text[done:start], first=done == 0))), Part(visible(text[start:end]), True)]
        done = end
    parts.append(Part(visible(_shortened(text[done:], first=done == 0, last=True))))
    return tuple(part for part in parts if part.text)


def _end(span: Span, text: str) -> int:
    return len(text) if span.end is None else span.end


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def _shortened(text: str, *, first: bool, last: bool = False) -> str:
    """What stands before the first mark keeps its end, what stands after the last its beginning, the rest both."""
    head, tail = 0 if first and not last else AROUND, 0 if last else AROUND
    if len(text) <= head + tail + len(CUT):
        return text
    kept_head, kept_tail = _to_a_blank(text[:head]), _to_a_blank(text[len(text) - tail :][::-1])[::-1]
    return (kept_head + CUT + kept_tail).removeprefix(" " if first else "")


def _to_a_blank(text: str) -> str:
    """``text`` without the word that was cut at its end; a word that is all of it stays."""
    return (re.match(r".*\S(?=\s)", text, re.DOTALL) or [text])[0]
