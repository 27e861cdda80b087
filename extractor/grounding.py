"""Draft -> evidence located in the text, or refused.

A model says what was said and in which turn; only code says where. A quote is looked for in the turn it cites: first
exactly, then with typographic quotes, dashes, ellipses, white space and case levelled. Where the cited turn does not
hold it and exactly one other turn does, the evidence moves there and the record is flagged; a quote that is nowhere,
or in several other places, proves nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractor.conversation import Conversation, Turn
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion
from extractor.records import Evidence, EvidenceRole, RecordType, UngroundedQuote

MOVED: Final = "quote-found-in-another-turn"
PARTLY: Final = "a-quote-was-not-found"
MIN_MOVABLE: Final = 20
"""A quote shorter than this many characters is never looked for outside its turn: it would match by chance."""

_NO_BLANKS_FROM: Final = "\u0e00"
"""From here on (Thai, CJK and others) scripts put no blanks between words, so a cut between letters is no cut word."""

Draft = DraftDecision | DraftActionItem | DraftOpenQuestion

_LEVELLED: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
}


@dataclass(frozen=True)
class Located:
    """A span of one turn, in code points, end exclusive."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True)
class Grounding:
    """What became of one draft's quotes: ``evidence`` in the order given, ``missing`` quotes, and what to flag."""

    evidence: tuple[Evidence, ...]
    missing: tuple[UngroundedQuote, ...]
    flags: tuple[str, ...]


def levelled(text: str) -> tuple[str, list[int]]:
    """``text`` with quotes, dashes, ellipses, white space and case levelled, and for each character its origin.

    The list holds, for every character of the result, the index in ``text`` it came from, and one entry more:
    ``len(text)``. Runs of white space become one blank; leading and trailing blanks go.
    """
    out: list[str] = []
    origin: list[int] = []
    blank = True
    for position, char in enumerate(text):
        if char.isspace() or unicodedata.category(char) == "Cf":
            if not blank and char.isspace():
                out.append(" ")
                origin.append(position)
                blank = True
            continue
        for piece in unicodedata.normalize("NFD", _LEVELLED.get(char, char)).casefold():
            out.append(piece)
            origin.append(position)
        blank = False
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    origin.append(len(text))
    return "".join(out), origin


def locate(quote: str, turn: Turn) -> Located | None:
    """Where ``quote`` stands in ``turn``: the first place it stands exactly, else the first it does when levelled."""
    return locate_in(quote, turn.index, turn.text)


def locate_in(quote: str, index: int, text: str) -> Located | None:
    """As :func:`locate`, for a turn's number and text."""
    wanted = quote.strip()
    if not wanted:
        return None
    start = _find_whole(text, wanted)
    if start is not None:
        return Located(index, start, start + len(wanted))
    needle, _ = levelled(wanted)
    return _locate_level(needle, index, levelled(text))


def _locate_level(needle: str, index: int, level: tuple[str, list[int]]) -> Located | None:
    hay, origin = level
    at = _find_whole(hay, needle) if needle else None
    if at is None:
        return None
    return Located(index, origin[at], origin[at + len(needle) - 1] + 1)


def _find_whole(text: str, wanted: str) -> int | None:
    """The first place where ``wanted`` stands as whole words ("no" is not in "know"), or None."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _inside_word(text, at) and not _inside_word(text, end):
            return at
        at = text.find(wanted, at + 1)
    return None


def _inside_word(text: str, cut: int) -> bool:
    if not 0 < cut < len(text):
        return False
    before, after = text[cut - 1], text[cut]
    return before.isalnum() and after.isalnum() and max(before, after) < _NO_BLANKS_FROM


class Grounder:
    """Grounds drafts in one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._turns: Sequence[Turn] = conversation.turns
        self._levels: dict[int, tuple[str, list[int]]] = {}

    def ground(self, draft: Draft) -> Grounding:
        """Locates each quote of ``draft``; identical spans of one role are kept once."""
        evidence: list[Evidence] = []
        missing: list[UngroundedQuote] = []
        flags: list[str] = []
        for claimed in draft.evidence:
            found = self._find(claimed)
            if found is None:
                missing.append(UngroundedQuote(turn=claimed.turn, quote=claimed.quote))
                continue
            if found.turn != claimed.turn:
                flags.append(MOVED)
            located = self.evidence(found, claimed.role)
            if located not in evidence:
                evidence.append(located)
        if evidence and missing:
            flags.append(PARTLY)
        return Grounding(tuple(evidence), tuple(missing), tuple(dict.fromkeys(flags)))

    def ground_all(self, claimed: Sequence[DraftEvidence]) -> tuple[Evidence, ...]:
        """The evidence among ``claimed`` that can be located; used for what hangs on a record, such as a stance."""
        found = [(self._find(one), one.role) for one in claimed]
        return tuple(dict.fromkeys(self.evidence(span, role) for span, role in found if span is not None))

    def evidence(self, span: Located, role: EvidenceRole) -> Evidence:
        """The contract's evidence for a span, its quote cut from the turn's own text."""
        turn = self._turns[span.turn]
        return Evidence(
            role=role,
            turn=span.turn,
            quote=turn.text[span.start : span.end],
            start_char=span.start,
            end_char=span.end,
            speaker=turn.speaker,
            time=turn.time_at(span.start),
        )

    def _find(self, claimed: DraftEvidence) -> Located | None:
        if 0 <= claimed.turn < len(self._turns):
            span = locate(claimed.quote, self._turns[claimed.turn])
            if span is not None:
                return span
        if len(claimed.quote.strip()) < MIN_MOVABLE:
            return None
        needle, _ = levelled(claimed.quote)
        elsewhere = [span for turn in self._turns if (span := _locate_level(needle, turn.index, self._level(turn)))]
        return elsewhere[0] if len(elsewhere) == 1 else None

    def _level(self, turn: Turn) -> tuple[str, list[int]]:
        if turn.index not in self._levels:
            self._levels[turn.index] = levelled(turn.text)
        return self._levels[turn.index]


def record_type(draft: Draft) -> RecordType:
    """The type of record a draft would become."""
    if isinstance(draft, DraftDecision):
        return "decision"
    return "action_item" if isinstance(draft, DraftActionItem) else "open_question"


def claim(draft: Draft) -> str:
    """The sentence a draft stands for."""
    if isinstance(draft, DraftDecision):
        return draft.statement
    return draft.task if isinstance(draft, DraftActionItem) else draft.question
