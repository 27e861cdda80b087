"""Which drafts of a conversation say the same, so that each thing stands once.

Two records where there should be one cost a reviewer a key press; one where there should be two loses something in
silence. So drafts are folded together only where the words leave no doubt; when unsure, both stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from rapidfuzz import fuzz

from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion
from extractor.grounding import Draft, Grounding, claim
from extractor.records import Evidence

DUE_CHANGED: Final = "due-date-changed"
ALIKE: Final = 60.0
"""Token-sort similarity (rapidfuzz, 0 to 100) from which two claims on one and the same quote are one claim."""
TELLING_WORDS: Final = 5
"""Content words from which the same words said again mean the same thing again."""
SETTLING: Final = frozenset({"accepted", "decider", "owner", "reversed"})
"""Roles of the quotes that make a record; what was only raised or proposed may lead to several."""

_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_CONTRACTED: Final = re.compile(r"(?:n't|not)$")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:ing|ed|es|s)$")
_EMPTY: Final = frozenset(
    "a an the that this it is are was were be been being we will shall would should do does did to of in on at for by "
    "with and so then our have has had".split()
)

SomeDraft = TypeVar("SomeDraft", DraftDecision, DraftActionItem, DraftOpenQuestion)


@dataclass(frozen=True)
class Proven(Generic[SomeDraft]):
    """A draft with what is left of its quotes, and the participants it names as owners (ids)."""

    draft: SomeDraft
    found: Grounding
    owners: tuple[str, ...] = ()

    @cached_property
    def key(self) -> tuple[str, ...]:
        return content(claim(self.draft))

    @cached_property
    def turns(self) -> frozenset[int]:
        return frozenset(quote.turn for quote in self.found.evidence)


def content(sentence: str) -> tuple[str, ...]:
    """The words that carry a sentence, in order, without endings; every negation is ``not``.

    Two sentences with the same content say the same: "We'll move the launch to May" and "The launch moves ..." do not
    (another order may mean another thing: from A to B, from B to A), "we move the launch to May" does.
    """
    words: list[str] = []
    for word in _WORD.findall(sentence.casefold().replace("\u2019", "'")):
        if _CONTRACTED.search(word):
            words.append("not")
            continue
        stem = word.partition("'")[0]
        if stem not in _EMPTY:
            words.append(_ENDING.sub("", stem))
    return tuple(words)


def merged(proven: Sequence[Proven[SomeDraft]]) -> list[Proven[SomeDraft]]:
    """Folds repeats into their first mention; ``proven`` must be in the order of the conversation.

    The later one's status and due date stand, as the conversation's last word; a draft whose status contradicts
    (decided, then rejected) or whose owner is another person is no repeat, and stays.
    """
    kept: list[Proven[SomeDraft]] = []
    by_key: dict[tuple[str, ...], list[int]] = {}
    by_turn: dict[int, list[int]] = {}
    one: Proven[SomeDraft]
    for one in proven:
        near = {*by_key.get(one.key, ()), *(place for turn in one.turns for place in by_turn.get(turn, ()))}
        place = next((place for place in sorted(near) if _repeats(kept[place], one)), None)
        if place is None:
            place = len(kept)
            kept.append(one)
        else:
            kept[place] = _fold(kept[place], one)
        by_key.setdefault(one.key, []).append(place)
        for turn in one.turns:
            by_turn.setdefault(turn, []).append(place)
    return kept


def _repeats(earlier: Proven[SomeDraft], later: Proven[SomeDraft]) -> bool:
    if not _compatible(earlier, later):
        return False
    same_quote = any(_is_same(a, b) for a in _settling(earlier) for b in _settling(later))
    if earlier.key == later.key:
        spoken = _is_quoted(earlier.draft) or _is_quoted(later.draft)
        return same_quote or len(earlier.key) >= (TELLING_WORDS if spoken else 1)
    return same_quote and not _is_quoted(earlier.draft) and not _is_quoted(later.draft) and _alike(earlier, later)


def _compatible(earlier: Proven[SomeDraft], later: Proven[SomeDraft]) -> bool:
    if earlier.owners and later.owners and set(earlier.owners) != set(later.owners):
        return False
    one, other = earlier.draft, later.draft
    if isinstance(one, DraftDecision) and isinstance(other, DraftDecision):
        return one.status == other.status or one.status in ("tentative", "deferred")
    return True


def _is_quoted(draft: Draft) -> bool:
    """Whether the claim may be somebody's own words: "I'll look into it", said twice, may be two things."""
    return not isinstance(draft, DraftDecision) or draft.statement_source == "quoted"


def _settling(one: Proven[Any]) -> list[Evidence]:
    """The quotes that make the record, or all of them where none has such a role."""
    return [quote for quote in one.found.evidence if quote.role in SETTLING] or list(one.found.evidence)


def _is_same(one: Evidence, other: Evidence) -> bool:
    """Whether two quotes share more than half of the longer one."""
    if one.turn != other.turn:
        return False
    shared = min(one.end_char, other.end_char) - max(one.start_char, other.start_char)
    return shared * 2 > max(one.end_char - one.start_char, other.end_char - other.start_char)


def _alike(earlier: Proven[Any], later: Proven[Any]) -> bool:
    """Whether two claims on the same quote are the same claim in other words: alike, with equal figures and "not"s."""
    if sorted(_marks(earlier.key)) != sorted(_marks(later.key)):
        return False
    one, other = claim(earlier.draft).casefold(), claim(later.draft).casefold()
    return fuzz.token_sort_ratio(one, other, score_cutoff=ALIKE) >= ALIKE


def _marks(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word == "not" or word[0].isdigit()]


def _fold(earlier: Proven[SomeDraft], later: Proven[SomeDraft]) -> Proven[SomeDraft]:
    """The earlier draft with what the later one adds; lists are joined, single values kept where there are any."""
    one, other = earlier.draft, later.draft
    confidences = [draft.confidence for draft in (one, other) if draft.confidence is not None]
    update: dict[str, Any] = {"confidence": max(confidences, default=None)}
    for name in type(one).model_fields:
        old: Any = getattr(one, name)
        new: Any = getattr(other, name)
        if isinstance(old, tuple):
            update[name] = tuple(dict.fromkeys((*old, *new)))
        elif old is None:
            update.setdefault(name, new)
    if isinstance(one, DraftDecision) and isinstance(other, DraftDecision):
        update["status"] = other.status
    if not isinstance(one, DraftOpenQuestion) and not isinstance(other, DraftOpenQuestion) and one.due and other.due:
        update["due"] = other.due
        if one.due.casefold() != other.due.casefold():
            update["flags"] = tuple(dict.fromkeys((*update["flags"], DUE_CHANGED)))
    return Proven(one.model_copy(update=update), _join(earlier.found, later.found), earlier.owners or later.owners)


def _join(earlier: Grounding, later: Grounding) -> Grounding:
    return Grounding(
        evidence=tuple(dict.fromkeys((*earlier.evidence, *later.evidence))),
        missing=tuple(dict.fromkeys((*earlier.missing, *later.missing))),
        flags=tuple(dict.fromkeys((*earlier.flags, *later.flags))),
    )
