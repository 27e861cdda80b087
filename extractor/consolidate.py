"""One conversation's drafts -> its records: proven, each once, with people and dates resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from extractor.conversation import Conversation, Participant
from extractor.dates import due
from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion, Drafts, DraftStance
from extractor.grounding import Draft, Grounder, Grounding, claim, record_type
from extractor.merging import Proven, SomeDraft, merged
from extractor.persons import People, Resolved
from extractor.records import (
    ActionItem,
    Agreement,
    ConversationHeader,
    ConversationRecords,
    Decision,
    Due,
    Evidence,
    OpenQuestion,
    Ungrounded,
    UngroundedQuote,
    record_id,
)

_NOTHING_LOCATED: Final = "none of its quotes stands in the conversation"
_SOME_MISSING: Final = "some of its quotes stand nowhere in the conversation"
_STANCE_UNPROVEN: Final = "no words of that person's own prove the stance"

Record = TypeVar("Record", Decision, ActionItem, OpenQuestion)


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
        proven: list[Proven[SomeDraft]] = []
        for draft in drafts:
            found = self.grounder.ground(draft)
            if found.evidence:
                proven.append(Proven(draft, found, self._owners(draft, found).ids))
            else:
                self._refuse(draft, found, None)
        proven.sort(key=lambda one: (_place(_first(one.found.evidence)), claim(one.draft)))
        records: list[Record] = []
        seen: dict[tuple[int, int, int], int] = {}
        for one in merged(proven):
            first = _first(one.found.evidence)
            name = record_id(self.conversation.id, record_type(one.draft), first, seen.get(_place(first), 0))
            seen[_place(first)] = seen.get(_place(first), 0) + 1
            if one.found.missing:
                self._refuse(one.draft, one.found, name)
            records.append(build(name, one.draft, one.found))
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

    def _owners(self, draft: Draft, found: Grounding) -> Resolved:
        return self.people.resolve(draft.owners, found.evidence, ("owner",), absent=True)

    def decision(self, name: str, draft: DraftDecision, found: Grounding) -> Decision:
        deciders = self.people.resolve(draft.decided_by, found.evidence, ("decider", "accepted"))
        owners = self._owners(draft, found)
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
            agreement=self._agreement(name, draft.agreement),
            raised_at=_time_of(found.evidence, ("raised", "proposed")),
            decided_at=_decided_at(draft, found.evidence),
            due=self._due(draft.due, found.evidence),
            confidence=draft.confidence,
            flags=_flags(draft.flags, found.flags, deciders.flags, owners.flags),
            evidence=found.evidence,
        )

    def action_item(self, name: str, draft: DraftActionItem, found: Grounding) -> ActionItem:
        owners = self._owners(draft, found)
        return ActionItem(
            id=name,
            task=draft.task,
            owners=owners.ids,
            due=self._due(draft.due, found.evidence),
            confidence=draft.confidence,
            flags=_flags(draft.flags, found.flags, owners.flags),
            evidence=found.evidence,
        )

    def open_question(self, name: str, draft: DraftOpenQuestion, found: Grounding) -> OpenQuestion:
        raised = self.people.resolve(draft.raised_by, found.evidence, ("raised",))
        owners = self._owners(draft, found)
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

    def _agreement(self, name: str, stances: Iterable[DraftStance]) -> tuple[Agreement, ...]:
        """Stances that the person's own words prove, the last word of each; "silent" needs none, and yields to words.

        A stance without such words goes to ``ungrounded``.
        """
        last: dict[str, Agreement] = {}
        for stance in stances:
            own = self.grounder.ground_all(stance.evidence)
            person = self.people.find(stance.person)
            words = tuple(quote for quote in own if quote.speaker == person)
            if stance.stance != "silent" and not words:
                self._doubt(name, stance)
            elif person is not None and (person not in last or _is_later(words, last[person].evidence)):
                last[person] = Agreement(person=person, stance=stance.stance, evidence=words)
        return tuple(last.values())

    def _doubt(self, name: str, stance: DraftStance) -> None:
        quotes = tuple(UngroundedQuote(turn=quote.turn, quote=quote.quote) for quote in stance.evidence)
        claimed = f"{stance.person}: {stance.stance.replace('_', ' ')}"
        self.ungrounded.append(
            Ungrounded(type="decision", statement=claimed, reason=_STANCE_UNPROVEN, quotes=quotes, record=name)
        )

    def _due(self, words: str | None, evidence: Sequence[Evidence]) -> Due | None:
        """The due date, counted from the day its words were said on."""
        turns = self.conversation.turns
        said = [one for one in evidence if words and words.casefold() in turns[one.turn].text.casefold()]
        sent = turns[_first(said or evidence).turn].sent_at
        return due(words, sent if sent is not None else self.conversation.started_at)


def _is_later(words: Sequence[Evidence], known: Sequence[Evidence]) -> bool:
    return bool(words) and (not known or max(map(_place, words)) > max(map(_place, known)))


def _first(evidence: Sequence[Evidence]) -> Evidence:
    """The quote a record is named and ordered by: the first one in the conversation."""
    return min(evidence, key=_place)


def _place(quote: Evidence) -> tuple[int, int, int]:
    return quote.turn, quote.start_char, quote.end_char


def _time_of(evidence: Sequence[Evidence], roles: tuple[str, ...]) -> float | datetime | None:
    times = [quote for quote in evidence if quote.role in roles]
    return _first(times).time if times else None


def _decided_at(draft: DraftDecision, evidence: Sequence[Evidence]) -> float | datetime | None:
    if draft.status in ("tentative", "deferred"):
        return None
    settled = _time_of(evidence, ("accepted", "decider", "reversed"))
    return settled if settled is not None else max(evidence, key=_place).time


def _flags(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({flag for group in groups for flag in group}))
