"""From conversations as they are read to rows that wait for their labels."""

from __future__ import annotations

from typing import Any

from extractor.conversation import Conversation, Turn, TurnKind
from extractor.scoring.labelled import SECTIONS, Labelled


def row_of(conversation: Conversation, dataset: str = "own", series: str = "") -> Labelled:
    """A row with empty lists of records, complete in nothing; speakers stand by name.

    Two speakers of one name keep their ids, as labels must tell them apart.
    """
    names = _labels(conversation)
    ordinary: TurnKind = "message" if conversation.kind == "thread" else "speech"
    return Labelled.model_validate(
        {
            "id": conversation.id,
            "dataset": dataset,
            "split": "",
            "series": series or conversation.id,
            "conversation": {
                "kind": conversation.kind,
                "title": conversation.title,
                "started_at": conversation.started_at and conversation.started_at.isoformat(),
                "turns": [_turn(turn, names, ordinary) for turn in conversation.turns],
            },
            "gold": {section: [] for section in SECTIONS},
            "complete": [],
        }
    )


def as_json(row: Labelled) -> dict[str, Any]:
    """A row as it is written, without fields that hold nothing, but with the lists that wait for labels."""
    data = row.model_dump(mode="json", exclude_defaults=True)
    data["gold"] = {section: data["gold"].get(section, []) for section in SECTIONS}
    return data | {"complete": list(row.complete)}


def _labels(conversation: Conversation) -> dict[str | None, str | None]:
    people = conversation.participants
    shared = {person.name for person in people if sum(other.name == person.name for other in people) > 1}
    return {None: None} | {person.id: person.id if person.name in shared else person.name for person in people}


def _turn(turn: Turn, names: dict[str | None, str | None], ordinary: TurnKind) -> dict[str, Any]:
    fields = turn.model_dump(mode="json", include={"text", "start", "end", "sent_at", "topic"}, exclude_none=True)
    reactions = [
        one.model_dump() | {"people": [names.get(person) or person for person in one.people]} for one in turn.reactions
    ]
    quotes = [one.model_dump() | {"author": names.get(one.author)} for one in turn.quotes]
    return (
        {"speaker": names[turn.speaker]}
        | fields
        | ({} if turn.kind == ordinary else {"kind": turn.kind})
        | ({"reactions": reactions} if reactions else {})
        | ({"quotes": quotes} if quotes else {})
    )
