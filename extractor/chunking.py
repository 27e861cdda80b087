"""Turns to chunks that fit an embedder's window, on turn boundaries wherever a turn fits.

Short turns are packed together: "Agreed." alone means nothing, next to what it answers it does. Where a chunk ends, its
last turn, if short, opens the next one too, so that a question and its answer are never torn apart by the border. A
turn longer than a chunk is split at sentences, a sentence at words, a word at characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.conversation import Conversation, Turn

CountTokens = Callable[[Sequence[str]], list[int]]

SMALLEST_WINDOW = 16
SHORT_SHARE = 5
"""A turn is short when it takes at most a fifth of a chunk: the most that an overlap can repeat."""
LABEL_SHARE = 4
"""A speaker's name that takes more than a quarter of a chunk is left out of it."""
SECTION = 64
"""Characters of the sections of a run without blanks: below the 100 from which BERT reads it as one unknown word."""

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++|[。！？]++\s*+|\n\s*+")
_WORD = re.compile(r"\s*+\S++\s*+|\s++")
"""Nothing here backtracks or reads a run twice: a line of a million dots takes no longer than one of words."""


@dataclass(frozen=True)
class Chunk:
    """A stretch of a conversation that fits the window.

    It runs from character ``from_char`` of turn ``from_turn`` to character ``to_char`` of turn ``to_turn``, the turn
    included, the character not; both count code points of the turn's text. ``text`` is what is shown and embedded: a
    line a turn, each beginning with its speaker's name where one is known, blanks at the ends of a line left out.
    ``tokens`` counts ``text`` as the embedder does, special tokens included. The first ``lead`` characters of ``text``
    are the turn that ends the chunk before, repeated, with the line break after it; what is new begins with the next.
    """

    conversation_id: str
    ordinal: int
    from_turn: int
    to_turn: int
    from_char: int
    to_char: int
    text: str
    tokens: int
    lead: int = 0


@dataclass(frozen=True)
class _Unit:
    """A part of a turn that is never divided further when chunks are packed; ``cost`` is in tokens."""

    turn: int
    start: int
    end: int
    cost: int = 0


@dataclass
class _Packed:
    """Units of one chunk in order, and what they cost with a label for each turn."""

    units: list[_Unit] = field(default_factory=list)
    cost: int = 0

    def add(self, units: Iterable[_Unit], label: int) -> None:
        for unit in units:
            self.cost += unit.cost + (0 if self.holds(unit.turn) else label)
            self.units.append(unit)

    def holds(self, turn: int) -> bool:
        return bool(self.units) and self.units[-1].turn == turn


def chunk_turns(conversation: Conversation, count_tokens: CountTokens, max_tokens: int) -> list[Chunk]:
    """Chunks of a conversation, in its order; every character of every turn is in at least one.

    Args:
        conversation: what to cut.
        count_tokens: tokens of each text with special tokens included, as ``Embedder.count_tokens``. Called a few
            times, with many texts each time.
        max_tokens: no chunk's text counts more than this, special tokens and speakers' names included.

    Raises:
        ValueError: ``max_tokens`` is less than 16.
    """
    if max_tokens < SMALLEST_WINDOW:
        raise ValueError(f"max_tokens must be at least {SMALLEST_WINDOW}, not {max_tokens}")
    turns = [turn for turn in conversation.turns if turn.text]
    special, *name_tokens = count_tokens(["", *(f"{person.name}: " for person in conversation.participants)])
    room = max_tokens - special
    costs = {person.id: n - special for person, n in zip(conversation.participants, name_tokens, strict=True)}
    names = {person.id: f"{person.name}: " for person in conversation.participants if person.name.strip()}
    labels = {turn.index: names.get(turn.speaker or "", "") for turn in turns}
    label_costs = {turn.index: costs.get(turn.speaker or "", 0) for turn in turns}
    for turn in turns:
        if label_costs[turn.index] > room // LABEL_SHARE:
            labels[turn.index], label_costs[turn.index] = "", 0

    def count(texts: Sequence[str]) -> list[int]:
        return [n - special for n in count_tokens(texts)] if texts else []

    units = _units(turns, count, {index: room - cost for index, cost in label_costs.items()})
    packed = _pack(units, label_costs, room)
    texts = {turn.index: turn.text for turn in turns}

    def render(chunk: Sequence[_Unit]) -> str:
        return _render(chunk, texts, labels)

    fitting = _fit(packed, render, count, room)
    before = [None, *(chunk[-1] for chunk, _ in fitting)]
    return [
        Chunk(
            conversation_id=conversation.id,
            ordinal=ordinal,
            from_turn=chunk[0].turn,
            to_turn=chunk[-1].turn,
            from_char=chunk[0].start,
            to_char=chunk[-1].end,
            text=render(chunk),
            tokens=tokens + special,
            lead=_lead(chunk, before[ordinal], render),
        )
        for ordinal, (chunk, tokens) in enumerate(fitting)
    ]


def _units(turns: Sequence[Turn], count: CountTokens, room: dict[int, int]) -> list[list[_Unit]]:
    """The units of each turn: sentences, words of sentences that are too long, characters of words that are."""
    texts = {turn.index: turn.text for turn in turns}
    units = [_Unit(turn.index, 0, len(turn.text)) for turn in turns]
    for split in (_sentences, _words, _sections, _characters):
        parts = list[_Unit]()
        for unit in units:
            if split is _sentences or unit.cost > room[unit.turn]:
                text = texts[unit.turn][unit.start : unit.end]
                parts.extend(_Unit(unit.turn, unit.start + a, unit.start + b, -1) for a, b in split(text))
            else:
                parts.append(unit)
        fresh = [index for index, unit in enumerate(parts) if unit.cost < 0]
        tokens = count([texts[parts[index].turn][parts[index].start : parts[index].end] for index in fresh])
        for index, cost in zip(fresh, tokens, strict=True):
            parts[index] = replace(parts[index], cost=cost)
        units = parts
    by_turn: dict[int, list[_Unit]] = {turn.index: [] for turn in turns}
    for unit in units:
        by_turn[unit.turn].append(unit)
    return list(by_turn.values())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Words with the blanks around them, and the sections of those too long for an embedder to read as one."""
    for match in _WORD.finditer(text):
        if match.end() - match.start() <= SECTION:
            yield match.span()
        else:
            yield from ((match.start() + a, match.start() + b) for a, b in _sections(match.group()))


def _sections(text: str) -> Iterator[tuple[int, int]]:
    return ((start, min(start + SECTION, len(text))) for start in range(0, len(text), SECTION))


def _characters(text: str) -> Iterator[tuple[int, int]]:
    return ((start, start + 1) for start in range(len(text)))


def _pack(turns: Sequence[Sequence[_Unit]], labels: dict[int, int], room: int) -> list[list[_Unit]]:
    """Units to chunks of at most ``room`` tokens, as far as their costs add up."""
    chunks = list[list[_Unit]]()
    current = _Packed()
    for units in turns:
        label = labels[units[0].turn]
        cost = label + sum(unit.cost for unit in units)
        if current.cost + cost <= room:
            current.add(units, label)
            continue
        repeats_only = False
        if cost <= room or current.cost > room // SHORT_SHARE:
            if current.units:
                chunks.append(current.units)
            current = _overlap(current, labels, room, cost)
            repeats_only = bool(current.units)
        for unit in units:
            needed = unit.cost + (0 if current.holds(unit.turn) else label)
            if current.units and current.cost + needed > room:
                if not repeats_only:
                    chunks.append(current.units)
                current = _Packed()
            current.add([unit], label)
            repeats_only = False
    if current.units:
        chunks.append(current.units)
    return chunks


def _overlap(closed: _Packed, labels: dict[int, int], room: int, following: int) -> _Packed:
    """What the next chunk repeats of the one just closed: its last turn, where that is whole, short, and leaves room.

    ``following`` is the cost of the next turn. A turn that fills a chunk by itself is not torn for an overlap's sake.
    """
    repeated = _Packed()
    if not closed.units or closed.units[0].turn == closed.units[-1].turn:
        return repeated
    last = closed.units[-1].turn
    units = [unit for unit in closed.units if unit.turn == last]
    repeated.add(units, labels[last])
    fits = repeated.cost + following <= room or following > room
    return repeated if repeated.cost <= room // SHORT_SHARE and fits else _Packed()


def _fit(
    chunks: Sequence[list[_Unit]], render: Callable[[Sequence[_Unit]], str], count: CountTokens, room: int
) -> list[tuple[list[_Unit], int]]:
    """The chunks with their true token counts, those over ``room`` halved until they fit.

    Costs of units add up for WordPiece, which never reads across a blank; other tokenizers may count a chunk higher
    than its parts.
    """
    fitting = list[tuple[list[_Unit], int]]()
    for units, tokens in zip(chunks, count([render(units) for units in chunks]), strict=True):
        halves = _halves(units) if tokens > room else []
        fitting.extend(_fit(halves, render, count, room) if halves else [(units, tokens)])
    return fitting


def _halves(units: list[_Unit]) -> list[list[_Unit]]:
    """A chunk in two, within its unit where it has only one; nothing for a single character."""
    middle = len(units) // 2
    if middle:
        return [units[:middle], units[middle:]]
    (unit,) = units
    within = (unit.start + unit.end) // 2
    return [[replace(unit, end=within)], [replace(unit, start=within)]] if within > unit.start else []


def _lead(chunk: Sequence[_Unit], before: _Unit | None, render: Callable[[Sequence[_Unit]], str]) -> int:
    """How much of the chunk's text repeats the turn in which the chunk before ends; ``before`` is its last unit."""
    if before is None or (chunk[0].turn, chunk[0].start) >= (before.turn, before.end) or chunk[-1].turn == before.turn:
        return 0
    repeated = render([unit for unit in chunk if unit.turn == before.turn])
    return len(repeated) + 1 if repeated else 0


def _render(units: Sequence[_Unit], texts: dict[int, str], labels: dict[int, str]) -> str:
    """A line for each turn of which there is more than blanks."""
    spans: dict[int, tuple[int, int]] = {}
    for unit in units:
        start, _ = spans.get(unit.turn, (unit.start, unit.end))
        spans[unit.turn] = start, unit.end
    lines = ((turn, texts[turn][start:end].strip()) for turn, (start, end) in spans.items())
    return "\n".join(labels[turn] + line for turn, line in lines if line)
