"""One conversation's drafts -> its records: proven, each once, with people and dates resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeVar

from rapidfuzz import fuzz

from extractor.conversation import Conversation, Participant
from extractor.dates import due
from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion, Drafts, DraftStance
from extractor.grounding import Draft, Grounder, Grounding, claim, record_type
from extractor.persons import People
from extractor.records import (
    ActionItem,
    Agreement,
    ConversationHeader,
    ConversationRecords,
    Decision,
    Evidence,
    OpenQuestion,
    Ungrounded,
    record_id,
)

SAME_WORDING: Final = 88.0
"""Token-sort similarity (rapidfuzz, 0 to 100) from which two sentences with the same figures say the same thing."""

_NOTHING_LOCATED: Final = "none of its quotes stands in the conversation"
_SOME_MISSING: Final = "some of its quotes stand nowhere in the conversation"
_FIGURES: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|without|don't|won't|can't|cannot|isn't|aren't|doesn't|didn't)\b", re.I
)

Record = TypeVar("Record", Decision, ActionItem, OpenQuestion)
SomeDraft = TypeVar("SomeDraft", DraftDecision, DraftActionItem, DraftOpenQuestion)


def consolidate(conversation: Conversation, drafts: Drafts) -> ConversationRecords:
    """The conversation's records, in the order they were said; what could not be proven goes to ``ungrounded``."""
    work = _Work(conversation)
    decisions = work.records(drafts.decisions, work.decision)
    actions = work.records(drafts.action_items, work.action_item)
    questions = work.records(drafts.open_questions, work.open_question)
    return ConversationRecords(
        conversation=header(conversation, work.people.mentioned.values()),
        decisions=decisions,
        action_items=actions,
        open_questions=questions,
        coverage=conversation.coverage,
        unprocessed=drafts.unprocessed,
        ungrounded=tuple(work.ungrounded),
        warnings=(*conversation.warnings, *drafts.warnings),
    )


def header(conversation: Conversation, mentioned: Iterable[Participant] = ()) -> ConversationHeader:
    """A conversation's header, with the people whom only its records name after those who take part."""
    return ConversationHeader(
        id=conversation.id,
        kind=conversation.kind,
        title=conversation.title,
        source=conversation.source,
        started_at=conversation.started_at,
        turns=len(conversation.turns),
        participants=(*conversation.participants, *mentioned),
    )


@dataclass
class _Work:
    """The state of one conversation's consolidation."""

    conversation: Conversation
    ungrounded: list[Ungrounded] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grounder = Grounder(self.conversation)
        self.people = People(self.conversation)

    def records(
        self, drafts: Sequence[SomeDraft], build: Callable[[str, SomeDraft, Grounding], Record]
    ) -> tuple[Record, ...]:
        """Grounds, merges, orders and names the drafts of one type."""
        grounded = [(draft, self.grounder.ground(draft)) for draft in drafts]
        for draft, found in grounded:
            if not found.evidence:
                self._refuse(draft, found, None)
        proven = [(draft, found) for draft, found in grounded if found.evidence]
        proven.sort(key=lambda pair: (_place(_primary(pair[1].evidence)), claim(pair[0])))
        records: list[Record] = []
        seen: dict[tuple[int, int, int], int] = {}
        for draft, found in merged(proven):
            first = _primary(found.evidence)
            span = (first.turn, first.start_char, first.end_char)
            name = record_id(self.conversation.id, record_type(draft), first, seen.get(span, 0))
            seen[span] = seen.get(span, 0) + 1
            if found.missing:
                self._refuse(draft, found, name)
            records.append(build(name, draft, found))
        return tuple(records)

    def _refuse(self, draft: Draft, found: Grounding, record: str | None) -> None:
        self.ungrounded.append(
            Ungrounded(
                type=record_type(draft),
                statement=claim(draft),
                reason=_SOME_MISSING if record else _NOTHING_LOCATED,
                quotes=found.missing,
                record=record,
            )
        )

    def decision(self, name: str, draft: DraftDecision, found: Grounding) -> Decision:
        deciders = self.people.resolve(draft.decided_by, found.evidence, ("decider", "accepted"))
        owners = self.people.resolve(draft.owners, found.evidence, ("owner",), absent=True)
        return Decision(
            id=name,
            statement=draft.statement,
            statement_source=draft.statement_source,
            status=draft.status,
            category=draft.category,
            topic=draft.topic,
            significance=draft.significance,
            decided_by=deciders.ids,
            owners=owners.ids,
            rationale=draft.rationale,
            alternatives=draft.alternatives,
            conditions=draft.conditions,
            agreement=self._agreement(draft.agreement),
            raised_at=_time_of(found.evidence, ("raised", "proposed")),
            decided_at=_decided_at(draft, found.evidence),
            due=due(draft.due, self._said_on(found.evidence)),
            confidence=draft.confidence,
            flags=_flags(draft.flags, found.flags, deciders.flags, owners.flags),
            evidence=found.evidence,
        )

    def action_item(self, name: str, draft: DraftActionItem, found: Grounding) -> ActionItem:
        owners = self.people.resolve(draft.owners, found.evidence, ("owner",), absent=True)
        return ActionItem(
            id=name,
            task=draft.task,
            owners=owners.ids,
            due=due(draft.due, self._said_on(found.evidence)),
            confidence=draft.confidence,
            flags=_flags(draft.flags, found.flags, owners.flags),
            evidence=found.evidence,
        )

    def open_question(self, name: str, draft: DraftOpenQuestion, found: Grounding) -> OpenQuestion:
        raised = self.people.resolve(draft.raised_by, found.evidence, ("raised",))
        owners = self.people.resolve(draft.owners, found.evidence, ("owner",), absent=True)
        return OpenQuestion(
            id=name,
            question=draft.question,
            raised_by=raised.ids,
            owners=owners.ids,
            blocks=draft.blocks,
            missing_information=draft.missing_information,
            confidence=draft.confidence,
            flags=_flags(draft.flags, found.flags, raised.flags, owners.flags),
            evidence=found.evidence,
        )

    def _agreement(self, stances: Iterable[DraftStance]) -> tuple[Agreement, ...]:
        """Stances that the person's own words prove; "silent" needs none."""
        kept: dict[str, Agreement] = {}
        for stance in stances:
            own = self.grounder.ground_all(stance.evidence)
            for person in self.people.resolve([stance.person], own, ("accepted", "objected")).ids:
                words = tuple(quote for quote in own if quote.speaker == person)
                if words or stance.stance == "silent":
                    kept.setdefault(person, Agreement(person=person, stance=stance.stance, evidence=words))
        return tuple(kept.values())

    def _said_on(self, evidence: Sequence[Evidence]) -> datetime | date | None:
        sent = self.conversation.turns[_primary(evidence).turn].sent_at
        return sent if sent is not None else self.conversation.started_at


def merged(proven: Sequence[tuple[SomeDraft, Grounding]]) -> list[tuple[SomeDraft, Grounding]]:
    """Folds repeats into their first mention; ``proven`` must be in the order of the conversation.

    Two drafts repeat each other when most of their first quotes is the same span, or when they are worded alike with
    the same figures and the same negations. The later one's status stands, as the conversation's last word; a draft
    whose status contradicts (decided, then rejected) is no repeat but a change, and stays.
    """
    kept: list[tuple[SomeDraft, Grounding]] = []
    for draft, found in proven:
        for position, (earlier, known) in enumerate(kept):
            if _compatible(earlier, draft) and (_same_span(known, found) or same_wording(claim(earlier), claim(draft))):
                kept[position] = (_fold(earlier, draft), _fold_grounding(known, found))
                break
        else:
            kept.append((draft, found))
    return kept


def same_wording(one: str, other: str) -> bool:
    """Whether two sentences say the same: alike in words, equal in figures and in whether they negate."""
    if sorted(_FIGURES.findall(one)) != sorted(_FIGURES.findall(other)):
        return False
    if bool(_NEGATION.search(one)) != bool(_NEGATION.search(other)):
        return False
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) >= SAME_WORDING


def _compatible(earlier: Draft, later: Draft) -> bool:
    if not (isinstance(earlier, DraftDecision) and isinstance(later, DraftDecision)):
        return True
    return earlier.status == later.status or earlier.status == "tentative" or earlier.status == "deferred"


def _same_span(one: Grounding, other: Grounding) -> bool:
    a, b = _primary(one.evidence), _primary(other.evidence)
    if a.turn != b.turn:
        return False
    shared = min(a.end_char, b.end_char) - max(a.start_char, b.start_char)
    return shared * 2 > min(a.end_char - a.start_char, b.end_char - b.start_char)


def _fold(earlier: SomeDraft, later: SomeDraft) -> SomeDraft:
    """The earlier draft with what the later one adds; lists are joined, single values kept where there are any."""
    confidences = [one.confidence for one in (earlier, later) if one.confidence is not None]
    update: dict[str, object] = {"confidence": max(confidences, default=None)}
    for name in type(earlier).model_fields:
        old: Any = getattr(earlier, name)
        new: Any = getattr(later, name)
        if isinstance(old, tuple):
            update[name] = tuple(dict.fromkeys((*old, *new)))
        elif old is None:
            update.setdefault(name, new)
    if isinstance(earlier, DraftDecision) and isinstance(later, DraftDecision):
        update["status"] = later.status
    return earlier.model_copy(update=update)


def _fold_grounding(earlier: Grounding, later: Grounding) -> Grounding:
    return Grounding(
        evidence=tuple(dict.fromkeys((*earlier.evidence, *later.evidence))),
        missing=tuple(dict.fromkeys((*earlier.missing, *later.missing))),
        flags=tuple(dict.fromkeys((*earlier.flags, *later.flags))),
    )


def _primary(evidence: Sequence[Evidence]) -> Evidence:
    """The quote a record is named and ordered by: the first one in the conversation."""
    return min(evidence, key=_place)


def _place(quote: Evidence) -> tuple[int, int, int]:
    return quote.turn, quote.start_char, quote.end_char


def _time_of(evidence: Sequence[Evidence], roles: tuple[str, ...]) -> float | datetime | None:
    times = [quote for quote in evidence if quote.role in roles]
    return _primary(times).time if times else None


def _decided_at(draft: DraftDecision, evidence: Sequence[Evidence]) -> float | datetime | None:
    if draft.status in ("tentative", "deferred"):
        return None
    settled = _time_of(evidence, ("accepted", "decider", "reversed"))
    return settled if settled is not None else max(evidence, key=_place).time


def _flags(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({flag for group in groups for flag in group}))
