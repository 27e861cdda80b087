"""The errors of a run, one by one: what was said without a label, what was missed, and fields that are wrong.

Where there are more of a kind than are to be shown, those shown are drawn by chance, the same every time, so that they
stand for the whole run and not for its first conversations.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from extractor.conversation import Conversation
from extractor.matching.assignment import Pair
from extractor.matching.items import Item
from extractor.records import ConversationRecords, RecordType
from extractor.reports.evaluation.passages import Passage, passage_of, visible
from extractor.reports.text import plain
from extractor.scoring.adjudication import Nearest, nearest
from extractor.scoring.items import Persons
from extractor.scoring.labelled import TYPE_OF, Labelled, conversation_of
from extractor.scoring.runs import Result
from extractor.scoring.tally import Compared, Scorer, due_verdict, people_verdict
from extractor.scoring.verdicts import Answer

Kind = Literal["false", "missed", "fields"]
KINDS: Final[tuple[Kind, ...]] = ("false", "missed", "fields")
SHOWN: Final = 50
"""Errors of each kind that are shown unless told otherwise."""

_RIGHT: Final = frozenset({"right", "rightly_withheld"})
_WORDS: Final = {
    "incomplete": "somebody is missing",
    "wrong": "wrong",
    "wrongly_withheld": "not given",
    "should_withhold": "made up",
}
NOBODY: Final = "nobody"
NO_DAY: Final = "none"


@dataclass(frozen=True)
class Field:
    """A field of a matched pair that is wrong: what was said, what the label says, and in which way it is wrong."""

    name: str
    predicted: str
    labelled: str
    what: str


@dataclass(frozen=True)
class Error:
    """One error. ``text`` is the record's own sentence or, of a missed label, the label's.

    ``facts`` are its other fields in words. ``nearest`` is the label most like a false prediction, or the prediction
    most like a missed label; of a pair with wrong ``fields`` it is its label. ``verdict`` is what a person said.
    """

    kind: Kind
    type: RecordType
    text: str
    facts: tuple[str, ...]
    passage: Passage
    nearest: Nearest | None
    confidence: float | None = None
    verdict: Answer | None = None
    fields: tuple[Field, ...] = ()
    lot: bytes = b""


@dataclass(frozen=True)
class Talk:
    """The errors of one conversation that are shown, in the order of kind, type and record."""

    id: str
    title: str
    errors: tuple[Error, ...]

    def of(self, kind: Kind) -> list[Error]:
        return [error for error in self.errors if error.kind == kind]


@dataclass(frozen=True)
class Gallery:
    """The errors of a run. ``totals`` gives for each kind how many there are and how many are shown.

    ``failed`` are the conversations that have no records and why; what is labelled there is not among the missed.
    """

    talks: tuple[Talk, ...]
    totals: Mapping[Kind, tuple[int, int]]
    failed: tuple[tuple[str, str], ...] = ()


def gallery(
    rows: Sequence[Labelled],
    results: Mapping[str, Result],
    by: Scorer,
    most: int = SHOWN,
    on_row: Callable[[Labelled], None] = lambda _: None,
) -> Gallery:
    """Every error of the run, at most ``most`` of each kind."""
    talks = []
    failed = []
    for row in rows:
        result = results.get(row.id)
        if result is not None and result.records is not None:
            errors = tuple(errors_of(row, result.records, by))
            talks.append(Talk(row.id, visible(row.conversation.title).strip() or plain(row.id), errors))
        elif result is not None:
            failed.append((plain(row.id), plain(result.error or "no reason is known")))
        on_row(row)
    return _bounded(talks, most, tuple(failed))


def _bounded(talks: Sequence[Talk], most: int, failed: tuple[tuple[str, str], ...]) -> Gallery:
    every = {kind: [error for talk in talks for error in talk.of(kind)] for kind in KINDS}
    kept = {id(one) for kind in KINDS for one in sorted(every[kind], key=lambda error: error.lot)[:most]}
    shown = [replace(talk, errors=tuple(error for error in talk.errors if id(error) in kept)) for talk in talks]
    totals = {kind: (len(found), min(most, len(found))) for kind, found in every.items()}
    return Gallery(tuple(talk for talk in shown if talk.errors), totals, failed)


def errors_of(row: Labelled, records: ConversationRecords, by: Scorer) -> list[Error]:
    """Every error in one conversation. A prediction is false only where its type is labelled exhaustively."""
    conversation = conversation_of(row)
    names = Names(row, conversation, records)
    found: list[Error] = []
    for compared in by.compare(row, records):
        maker = _Maker(row.id, conversation, names, compared)
        if compared.section in row.complete:
            found += [maker.false(number, by) for number in compared.unmatched]
        found += [maker.missed(number) for number in compared.missed]
        found += [error for pair in compared.pairs if (error := maker.pair(pair)) is not None]
    return sorted(found, key=lambda error: KINDS.index(error.kind))


class Names:
    """The names of the people of one conversation, from what the scorer compares them by."""

    def __init__(self, row: Labelled, conversation: Conversation, records: ConversationRecords) -> None:
        persons = Persons(conversation)
        labels = [record for section in TYPE_OF for record in row.gold.of(section)]
        said = [name for record in labels for name in (*(record.owner or ()), *(record.decided_by or ()))]
        said += [person.name for person in records.conversation.participants]
        self._names = {persons.key(name): name for name in reversed(said)}
        self._names |= {person.id: person.name for person in conversation.participants}

    def of(self, people: Iterable[str]) -> str:
        """Names in their alphabetical order, ``nobody`` for none."""
        return ", ".join(sorted(plain(self._names.get(person, person)) for person in people)) or NOBODY


@dataclass(frozen=True)
class _Maker:
    """Makes the errors of one type in one conversation."""

    conversation_id: str
    conversation: Conversation
    names: Names
    compared: Compared

    @property
    def type(self) -> RecordType:
        return TYPE_OF[self.compared.section]

    def false(self, number: int, by: Scorer) -> Error:
        item = self.compared.predicted[number]
        return replace(
            self._error("false", item, number),
            nearest=nearest(self.compared, number),
            verdict=by.verdicts.of(self.conversation_id, self.type, item) if by.verdicts else None,
        )

    def missed(self, number: int) -> Error:
        return replace(self._error("missed", self.compared.gold[number], number), nearest=self._likest(number))

    def pair(self, pair: Pair) -> Error | None:
        predicted, gold = self.compared.predicted[pair.row], self.compared.gold[pair.column]
        fields = tuple(wrong_fields(predicted, gold, self.names))
        if not fields:
            return None
        label = Nearest(text=gold.text, probability=round(pair.probability, 3), taken=True)
        return replace(self._error("fields", predicted, pair.row), nearest=label, fields=fields, facts=())

    def _error(self, kind: Kind, item: Item, number: int) -> Error:
        key = f"{self.conversation_id}\x1f{self.type}\x1f{kind}\x1f{item.text}\x1f{number}"
        return Error(
            kind=kind,
            type=self.type,
            text=visible(item.text),
            facts=tuple(_facts(item, self.names)),
            passage=passage_of(item, self.conversation),
            nearest=None,
            confidence=item.confidence,
            lot=hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest(),
        )

    def _likest(self, number: int) -> Nearest | None:
        """The prediction most like a label, None where nothing of the type was predicted."""
        if not self.compared.predicted:
            return None
        chances = self.compared.probabilities[:, number]
        place = int(np.argmax(chances))
        taken = any(pair.row == place for pair in self.compared.pairs)
        text = self.compared.predicted[place].text
        return Nearest(text=text, probability=round(float(chances[place]), 3), taken=taken)


def wrong_fields(predicted: Item, gold: Item, names: Names) -> list[Field]:
    """The labelled fields in which a prediction differs from its label, as ``scoring.tally`` counts them."""
    found = []
    if None not in (gold.status, predicted.status) and gold.status != predicted.status:
        found.append(Field("status", str(predicted.status), str(gold.status), "wrong"))
    for name, said, labelled in (
        ("owner", predicted.owners, gold.owners),
        ("decider", predicted.decided_by, gold.decided_by),
    ):
        if said is not None and labelled is not None and (verdict := people_verdict(said, labelled)) not in _RIGHT:
            found.append(Field(name, names.of(said), names.of(labelled), _WORDS[verdict]))
    if gold.due_labelled and (verdict := due_verdict(predicted, gold)) not in _RIGHT:
        found.append(Field("due date", _due(predicted), _due(gold), _WORDS[verdict]))
    return found


def _facts(item: Item, names: Names) -> list[str]:
    facts: list[str] = [item.status] if item.status else []
    facts += [f"decided by {names.of(item.decided_by)}"] if item.decided_by else []
    facts += [f"owner {names.of(item.owners)}"] if item.owners else []
    return [*facts, *([f"due {_due(item)}"] if item.due_text else [])]


def _due(item: Item) -> str:
    if item.due_text is None:
        return NO_DAY
    return f"“{plain(item.due_text)}”{_day(item.due)}"


def _day(day: dt.date | None) -> str:
    return f" ({day:%a %d %b %Y})" if day else ""
