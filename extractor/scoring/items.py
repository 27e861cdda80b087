"""The two sides of a score as items: what an engine predicted, and what was labelled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.conversation import Conversation
from extractor.matching.items import Item, Place, claim_of, places_of
from extractor.persons import People
from extractor.records import ActionItem, ConversationRecords, Decision, OpenQuestion, Status
from extractor.scoring.labelled import GoldEvidence, GoldRecord, Section

RECAP: Final = "recap"


class Persons:
    """Names of one conversation as keys that can be compared, however they were written."""

    def __init__(self, conversation: Conversation) -> None:
        self._people = People(conversation)

    def key(self, name: str) -> str:
        """The id of the participant whom a name means, else the name itself, folded."""
        return self._people.find(name) or " ".join(name.casefold().split())

    def keys(self, names: Iterable[str] | None) -> frozenset[str] | None:
        return None if names is None else frozenset(self.key(name) for name in names)


def predicted_items(records: ConversationRecords, section: Section, persons: Persons) -> list[Item]:
    """The records of one type.

    A decision flagged ``recap`` is none: the engine itself says that it was taken before this conversation. One that
    was taken here all the same is thereby missed.
    """
    names = {person.id: person.name for person in records.conversation.participants if person.role == "mentioned"}
    found: Iterable[Decision | ActionItem | OpenQuestion] = getattr(records, section)
    return [_predicted(record, persons, names) for record in found if RECAP not in record.flags]


def _predicted(record: Decision | ActionItem | OpenQuestion, persons: Persons, names: dict[str, str]) -> Item:
    def people(ids: Iterable[str]) -> frozenset[str]:
        return frozenset(persons.key(names.get(one, one)) for one in ids)

    due = record.due if not isinstance(record, OpenQuestion) else None
    return Item(
        id=record.id,
        text=claim_of(record),
        places=places_of(record.evidence),
        status=record.status if isinstance(record, Decision) else None,
        owners=people(record.owners),
        decided_by=people(record.decided_by) if isinstance(record, Decision) else None,
        due=due.date if due else None,
        due_text=due.text if due else None,
        confidence=record.confidence,
        evidence=record.evidence,
    )


def gold_items(
    gold: Iterable[GoldRecord], conversation: Conversation, persons: Persons, statuses: Iterable[Status | None]
) -> list[Item]:
    """The labels of one type; ``statuses`` gives the status of each, None where none can be said."""
    return [
        Item(
            id=str(number),
            text=record.text,
            places=tuple(_place(one, conversation) for one in record.evidence),
            status=status,
            owners=persons.keys(record.owner),
            decided_by=persons.keys(record.decided_by),
            due=record.due.date if record.due else None,
            due_text=record.due.text if record.due else None,
            due_labelled=record.due_is_labelled,
        )
        for number, (record, status) in enumerate(zip(gold, statuses, strict=True))
    ]


def _place(evidence: GoldEvidence, conversation: Conversation) -> Place:
    if evidence.quote is None or not 0 <= evidence.turn < len(conversation.turns):
        return Place(evidence.turn)
    start = conversation.turns[evidence.turn].text.find(evidence.quote)
    return Place(evidence.turn, start, start + len(evidence.quote)) if start >= 0 else Place(evidence.turn)
