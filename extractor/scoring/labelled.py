"""Labelled conversations: the format of every dataset, read into models.

``evals/LABELLING.md`` says what the labels mean. A field that is left out was not labelled and is not scored; one that
is empty was labelled as empty.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from extractor.conversation import Conversation, ConversationKind, Coverage, Participant, Reaction, Turn, TurnKind
from extractor.records import EvidenceRole, RecordType, Status

Section = Literal["decisions", "action_items", "open_questions"]
SECTIONS: Final[tuple[Section, ...]] = ("decisions", "action_items", "open_questions")
TYPE_OF: Final[dict[Section, RecordType]] = {
    "decisions": "decision",
    "action_items": "action_item",
    "open_questions": "open_question",
}


class Row(BaseModel):
    """Base of what a dataset holds: immutable, and open to notes of its maker's own."""

    model_config = ConfigDict(frozen=True, extra="allow")


class LabelledQuotation(Row):
    """Words of an earlier message that stand in a message before code point ``char``."""

    char: int = 0
    depth: int = 1
    author: str | None = None
    text: str


class LabelledTurn(Row):
    """A turn by the name of its speaker; ``start`` and ``end`` are seconds."""

    speaker: str | None = None
    text: str
    kind: TurnKind | None = None
    start: float | None = None
    end: float | None = None
    sent_at: dt.datetime | None = None
    topic: str | None = None
    reactions: tuple[Reaction, ...] = ()
    quotes: tuple[LabelledQuotation, ...] = ()


class LabelledTalk(Row):
    """The conversation. ``people`` are those present: names, or labels of speakers and the names they stand for."""

    kind: ConversationKind
    title: str = ""
    started_at: dt.datetime | dt.date | None = None
    people: tuple[str, ...] | dict[str, str] | None = None
    turns: tuple[LabelledTurn, ...]

    @field_validator("started_at", mode="before")
    @classmethod
    def a_day_stays_a_day(cls, value: object) -> object:
        return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value


class GoldEvidence(Row):
    """A turn that proves a record, and where it was labelled the exact words."""

    turn: int
    quote: str | None = None
    role: EvidenceRole | None = None


class GoldDue(Row):
    """A deadline: the words as said, and the day they mean where that is certain."""

    text: str
    date: dt.date | None = None


class GoldRecord(Row):
    """One labelled record. ``owner``, ``decided_by`` and ``status`` are None where they were not labelled."""

    text: str
    evidence: tuple[GoldEvidence, ...] = ()
    status: Status | None = None
    owner: tuple[str, ...] | None = None
    decided_by: tuple[str, ...] | None = None
    due: GoldDue | None = None
    polarity: str | None = None
    votes: dict[str, int] | None = None

    @field_validator("evidence", mode="before")
    @classmethod
    def turns_may_be_bare_numbers(cls, value: object) -> object:
        if isinstance(value, list | tuple):
            return [{"turn": one} if isinstance(one, int) else one for one in value]
        return () if value is None else value

    @field_validator("owner", "decided_by", mode="before")
    @classmethod
    def one_name_is_a_list_of_one(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @property
    def due_is_labelled(self) -> bool:
        return "due" in self.model_fields_set


class Gold(Row):
    """The labels of one conversation, or what another reader labelled in it."""

    decisions: tuple[GoldRecord, ...] = ()
    action_items: tuple[GoldRecord, ...] = ()
    open_questions: tuple[GoldRecord, ...] = ()

    @field_validator("decisions", "action_items", "open_questions", mode="before")
    @classmethod
    def records_may_be_bare_sentences(cls, value: object) -> object:
        return [{"text": one} if isinstance(one, str) else one for one in value] if isinstance(value, list) else value

    def of(self, section: Section) -> tuple[GoldRecord, ...]:
        records: tuple[GoldRecord, ...] = getattr(self, section)
        return records


class Labelled(Row):
    """A labelled conversation.

    ``complete`` names the types that are labelled exhaustively: only there does a prediction without a label count as
    false. ``instructions`` are words that try to instruct whoever reads the conversation. ``other_annotators`` holds
    what further readers labelled in the same conversation.
    """

    id: str
    dataset: str = ""
    split: str = ""
    series: str = ""
    conversation: LabelledTalk
    gold: Gold
    complete: tuple[str, ...] = ()
    linked: bool | None = None
    traits: tuple[str, ...] = ()
    instructions: tuple[GoldEvidence, ...] = ()
    other_annotators: dict[str, Gold] = Field(default_factory=dict)

    @property
    def cluster(self) -> str:
        """What it is resampled with: its series, or itself where it belongs to none."""
        return self.series or self.id

    def labels(self, section: Section) -> bool:
        """Whether this type is labelled here at all."""
        return section in self.complete or bool(self.gold.of(section))

    @property
    def annotated(self) -> bool:
        """Whether records point at turns."""
        records = [record for section in SECTIONS for record in self.gold.of(section)]
        return bool(self.linked) or any(record.evidence for record in records)


def conversation_of(row: Labelled) -> Conversation:
    """The conversation as an engine gets it from a reader; a speaker's label is the participant's id."""
    talk = row.conversation
    kind: TurnKind = "message" if talk.kind == "thread" else "speech"
    turns = tuple(
        Turn.model_validate(_turn_fields(turn, number) | {"kind": turn.kind or kind})
        for number, turn in enumerate(talk.turns)
    )
    return Conversation(
        id=row.id,
        kind=talk.kind,
        title=talk.title,
        source=row.id,
        started_at=talk.started_at,
        participants=_participants(talk),
        turns=turns,
        coverage=Coverage.of(sum(len(turn.text) for turn in turns), {}),
    )


def _turn_fields(turn: LabelledTurn, number: int) -> dict[str, Any]:
    fields = {name: getattr(turn, name) for name in ("text", "start", "end", "sent_at", "topic", "reactions")}
    quotes = [quote.model_dump(include={"char", "depth", "author", "text"}) for quote in turn.quotes]
    return fields | {"index": number, "speaker": turn.speaker or None, "quotes": quotes}


def _participants(talk: LabelledTalk) -> tuple[Participant, ...]:
    """Those who speak, then those who are quoted, then those who were there and did not speak."""
    known = talk.people if isinstance(talk.people, dict) else {}
    present = [] if isinstance(talk.people, dict) else list(talk.people or ())
    labels = [turn.speaker for turn in talk.turns if turn.speaker]
    quoted = [quote.author for turn in talk.turns for quote in turn.quotes if quote.author]
    people: dict[str, Participant] = {}
    for label in dict.fromkeys([*labels, *quoted]):
        name = known.get(label) or _by_initials(label, present) or label
        people[label] = Participant(id=label, name=name, aliases=(label,) if name != label else ())
    named = {person.name for person in people.values()}
    for label in [*known, *present]:
        name = known.get(label, label)
        if label not in people and name not in named:
            people[label] = Participant(id=label, name=name, aliases=(label,) if name != label else ())
    return tuple(people.values())


def _by_initials(label: str, names: list[str]) -> str | None:
    """The one name whose initials a label in capitals is."""
    if not (label.isalpha() and label.isupper() and 2 <= len(label) <= 4):
        return None
    found = [name for name in names if "".join(word[0] for word in name.split()).upper() == label]
    return found[0] if len(found) == 1 else None
