"""Forty conversations in a log, each record reviewed, and what becomes of that when they are read again.

The 24 of the test half of ``evals/examples``, as a language model read them with two prompts (``evals/answers``), and
16 of the train half, as the local engine read them where it finds ``ENOUGH``, else as they are labelled.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from random import Random
from typing import Literal, TypeAlias

import pytest
from matching.rereading import every, judged, part, read_by
from scoring.oracle import quick_scorer
from sqlalchemy import select

from extractor.consolidate import header
from extractor.conversation import Conversation, Participant, Turn
from extractor.embedding import Embedder
from extractor.log import intake, reviewing, tables, views
from extractor.log.conversations import key_of
from extractor.log.intake import Outcome, Proposal, propose
from extractor.log.store import Log
from extractor.log.views import CLAIM_FIELD, LogRecord
from extractor.matching.identity import Known, Record, same_records, type_of
from extractor.matching.items import claim_of
from extractor.records import ConversationRecords, EngineInfo, record_id
from extractor.scoring.items import Persons, predicted_items
from extractor.scoring.labelled import SECTIONS, Labelled, conversation_of

ENOUGH = 3
"""Records the local engine must find in a conversation of the train half to be its first reader."""
OTHERS = 16
SEEN_FIRST = 0.6
"""The share of the turns that a conversation has when it is read first and grows later."""
NOTICE = Turn(index=0, speaker=None, text="This meeting is being recorded.", kind="system")
VERDICTS = ("approve",) * 4 + ("reject",) * 3 + ("edit",) * 3

Label: TypeAlias = tuple[str, int]
Reader: TypeAlias = Literal["first", "engine", "prompt"]


@dataclass(frozen=True)
class Subject:
    """A labelled conversation, by which engine each reader reads it, and what each finds."""

    row: Labelled
    engines: Mapping[Reader, str]
    readings: Mapping[Reader, ConversationRecords]


@cache
def subjects() -> tuple[Subject, ...]:
    """The forty, those of the test half first."""
    tested = [_subject(row, "test", first="openai", engine="local", prompt="plain") for row in part("test")]
    labelled = [row for row in part("train") if any(row.gold.of(section) for section in SECTIONS)]
    return (*tested, *(_other(row) for row in labelled[:OTHERS]))


def _other(row: Labelled) -> Subject:
    enough = len(every(read_by("local", "train")[row.id])) >= ENOUGH
    first, engine = ("local", "labels") if enough else ("labels", "local")
    return _subject(row, "train", first=first, engine=engine, prompt="written")


def _subject(row: Labelled, half: str, **engines: str) -> Subject:
    readings = {
        who: written()[row.id] if how == "written" else read_by(how, half)[row.id] for who, how in engines.items()
    }
    return Subject(row, engines, readings)  # type: ignore[arg-type]


@cache
def written() -> Mapping[str, ConversationRecords]:
    """Records of the train half that were judged by reading to be a label (``evals/matching``), one for each label."""
    found: dict[str, list[Record]] = defaultdict(list)
    for group in judged():
        of_label: set[int] = set()
        for (place, label), same in group.same.items():
            if same and label not in of_label:
                of_label |= {other for (one, other), both in group.same.items() if one == place and both}
                found[group.row.id].append(group.written[place].model_copy(update={"owners": ()}))
    return {row.id: renamed(conversation_of(row), found[row.id])[0] for row in part("train")}


def renamed(
    conversation: Conversation, records: Sequence[Record], mentioned: Sequence[Participant] = ()
) -> tuple[ConversationRecords, dict[str, str]]:
    """Records as an engine would hand them over of this conversation; and the ids they had, by those they have now."""
    formerly: dict[str, str] = {}
    kept: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        first = min(record.evidence, key=lambda quote: (quote.turn, quote.start_char, quote.end_char))
        ordinal = 0
        while (name := record_id(conversation.id, type_of(record), first, ordinal)) in formerly:
            ordinal += 1
        formerly[name] = record.id
        kept[type_of(record)].append(record.model_copy(update={"id": name}))
    found = ConversationRecords.model_validate(
        {
            "conversation": header(conversation, mentioned),
            "decisions": kept["decision"],
            "action_items": kept["action_item"],
            "open_questions": kept["open_question"],
            "coverage": conversation.coverage,
        }
    )
    return found, formerly


@dataclass(frozen=True)
class State:
    """A conversation at one time: with its own id or its text's, its first turns or all, a turn before or not."""

    by_text: bool = False
    share: float = 1.0
    before: bool = False

    def conversation(self, row: Labelled) -> Conversation:
        whole = conversation_of(row)
        turns = list(whole.turns[: self.seen(row)])
        if self.before:
            moved = [turn.model_copy(update={"index": turn.index + 1, "reply_to": None}) for turn in turns]
            turns = [NOTICE, *moved]
        name = row.id
        if self.by_text:
            said = "\n".join(f"{turn.speaker}: {turn.text}" for turn in turns)
            name = "c-" + hashlib.sha256(said.encode()).hexdigest()[:16]
        return whole.model_copy(update={"id": name, "turns": tuple(turns)})

    def seen(self, row: Labelled) -> int:
        return max(1, round(self.share * len(row.conversation.turns)))

    def read(self, subject: Subject, reader: Reader) -> tuple[Conversation, ConversationRecords, dict[str, Label]]:
        """The conversation, what the reader finds in it, and which label each record is, by its id."""
        row, records = subject.row, subject.readings[reader]
        there = [one for one in every(records) if all(quote.turn < self.seen(row) for quote in one.evidence)]
        if self.before:
            there = [_moved(one) for one in there]
        conversation = self.conversation(row)
        mentioned = [one for one in records.conversation.participants if one.role == "mentioned"]
        found, formerly = renamed(conversation, there, mentioned)
        labels = labels_of(row, records)
        known = {name: labels[before] for name, before in formerly.items() if before in labels}
        return conversation, found, known


def _moved(record: Record) -> Record:
    quotes = tuple(quote.model_copy(update={"turn": quote.turn + 1}) for quote in record.evidence)
    return record.model_copy(update={"evidence": quotes})


def labels_of(row: Labelled, records: ConversationRecords) -> dict[str, Label]:
    """The label of each record that is one, by its id, as the scorer matches them."""
    scorer, conversation = quick_scorer(), conversation_of(row)
    found: dict[str, Label] = {}
    for section in SECTIONS:
        items = predicted_items(records, section, Persons(conversation))
        sides = scorer.sides(section, items, scorer.gold(row, row.gold, section), conversation)
        found |= {items[pair.row].id: (section, pair.column) for pair in sides.pairs}
    return found


@dataclass
class Pairing:
    """What identity made of one reading: places in what was known and in what was found, and both lists."""

    known: Sequence[Known] = ()
    found: Sequence[Record] = ()
    pairs: list[tuple[int, int, float]] = field(default_factory=list)

    @property
    def unmatched(self) -> list[Record]:
        taken = {new for _, new, _ in self.pairs}
        return [record for place, record in enumerate(self.found) if place not in taken]


@contextlib.contextmanager
def watching() -> Iterator[Pairing]:
    """Looks on while the log matches what is found to what it knows."""
    seen = Pairing()

    def looked_on(
        known: Sequence[Known], found: Sequence[Record], conversation: Conversation, embedder: Embedder
    ) -> list[tuple[int, int, float]]:
        seen.known, seen.found = known, found
        seen.pairs = same_records(known, found, conversation, embedder)
        return seen.pairs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "same_records", looked_on)
        yield seen


@dataclass
class Counts:
    """What became of the rows. The lists hold words, so that a failure can be read."""

    conversations: int = 0
    reviewed: Counter[str] = field(default_factory=Counter)
    found: int = 0
    matched: int = 0
    new: int = 0
    reworded: int = 0
    """Rows that no person had touched and that took on other words."""
    suggested: int = 0
    both_labelled: int = 0
    """Records found on a known row, where both are a label."""
    merged: list[tuple[str, str]] = field(default_factory=list)
    """Those of them where it is not the same label."""
    doubled: list[tuple[str, str]] = field(default_factory=list)
    returned: list[tuple[str, str]] = field(default_factory=list)
    overwritten: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        live = self.reviewed["approve"] + self.reviewed["edit"]
        return (
            f"{self.conversations} conversations, {self.reviewed.total()} records reviewed {dict(self.reviewed)}; "
            f"{self.found} found again: {self.matched} on known rows, {self.new} new, {self.suggested} revisions "
            f"suggested, {self.reworded} reworded; doubled {len(self.doubled)} of {live}, returned "
            f"{len(self.returned)} of {self.reviewed['reject']}, overwritten {len(self.overwritten)} of "
            f"{self.reviewed.total()}, wrongly merged {len(self.merged)} of {self.both_labelled}"
        )


@dataclass
class Bench:
    """A log in which one conversation after another is read, reviewed, and read again; ``counts`` adds up."""

    log: Log
    counts: Counts = field(default_factory=Counts)
    labels: dict[str, Label] = field(default_factory=dict)
    """Which label each row is: by its first reading, or by the last whose words it took on."""
    twice: set[frozenset[str]] = field(default_factory=set)
    """Pairs of live rows that are the same label, or say the same."""

    def read_first(self, subject: Subject, state: State) -> None:
        """Takes a conversation into the log, and a person's verdict on every record, by lot."""
        outcome = self._read(subject, state, "first")
        self.counts.conversations += 1
        self._find_doubles(outcome.conversation)
        with self.log.write("Odile Brandt") as tx:
            for record in views.records_by_id(tx.connection, outcome.new).values():
                verdict = Random(f"{subject.row.id} {record.type} {record.text}").choice(VERDICTS)
                self.counts.reviewed[verdict] += 1
                if verdict == "approve":
                    reviewing.approve(tx, record.id)
                elif verdict == "reject":
                    reviewing.reject(tx, record.id)
                else:
                    reviewing.edit(tx, record.id, self._edited(subject, record), quick_scorer().embedder)

    def read_again(self, subject: Subject, state: State, reader: Reader) -> Outcome:
        """Reads it once more, and counts what that did to what was there."""
        with self.log.read() as connection:
            key = key_of(connection, state.conversation(subject.row), _origin(subject))
        assert key is not None, subject.row.id
        before = self._rows(key)
        outcome = self._read(subject, state, reader)
        after = self._rows(key)
        for name, row in before.items():
            if row.touched and _kept(after[name]) != _kept(row):
                self.counts.overwritten.append((row.text, after[name].text))
            elif after[name].text != row.text:
                self.counts.reworded += 1
        for name in outcome.new:
            back = [row for row in before.values() if row.state == "rejected" and self._same(row, after[name])]
            self.counts.returned += [(row.text, after[name].text) for row in back]
        self.counts.doubled += self._find_doubles(key)
        return outcome

    def _edited(self, subject: Subject, record: LogRecord) -> dict[str, object]:
        """Other words of the same meaning, those of its label where it has one; and another owner, or none."""
        words = f"As settled in {subject.row.conversation.title}: {record.text[:1].lower()}{record.text[1:]}"
        if record.id in self.labels:
            section, number = self.labels[record.id]
            words = subject.row.gold.of(section)[number].text
        if words == record.text:
            words = f"To be noted: {words[:1].lower()}{words[1:]}"
        others = [one for one in sorted(record.people) if one not in record.record.owners]
        return {CLAIM_FIELD[record.type]: words, "owners": tuple(others[:1])}

    def _read(self, subject: Subject, state: State, reader: Reader) -> Outcome:
        conversation, found, labels = state.read(subject, reader)
        engine = EngineInfo(name=subject.engines[reader], model="recorded", version="1", leaves_machine=False)
        proposal = Proposal(conversation, found, engine, _origin(subject))
        with watching() as seen, self.log.write() as tx:
            outcome = propose(tx, proposal, quick_scorer().embedder)
        if seen.known:
            self.counts.found += len(seen.found)
            self.counts.matched += len(seen.pairs)
            self.counts.new += len(outcome.new)
            self.counts.suggested += len(outcome.suggested)
        self._learn(seen, outcome, labels)
        return outcome

    def _learn(self, seen: Pairing, outcome: Outcome, labels: Mapping[str, Label]) -> None:
        """Notes which label each row is now, and what was put on a row of another label."""
        for old, new, _ in seen.pairs:
            row, found = seen.known[old], seen.found[new]
            if found.id in labels and row.id in self.labels:
                self.counts.both_labelled += 1
                if labels[found.id] != self.labels[row.id]:
                    self.counts.merged.append((row.claims[0], claim_of(found)))
            if found.id in labels and row.id in outcome.updated:
                self.labels[row.id] = labels[found.id]
        for found, name in zip(seen.unmatched, outcome.new, strict=True):
            if found.id in labels:
                self.labels[name] = labels[found.id]

    def _rows(self, conversation: str) -> dict[str, LogRecord]:
        table = tables.records
        with self.log.read() as connection:
            of_it = select(table.c.id).where(table.c.conversation == conversation).order_by(table.c.seq)
            return views.records_by_id(connection, connection.execute(of_it).scalars())

    def _find_doubles(self, conversation: str) -> list[tuple[str, str]]:
        """Live rows that are one thing and were not before, in their words."""
        live = [row for row in self._rows(conversation).values() if row.state in ("proposed", "approved")]
        found = [(one, other) for one, other in combinations(live, 2) if self._same(one, other)]
        new = [(one, other) for one, other in found if frozenset((one.id, other.id)) not in self.twice]
        self.twice |= {frozenset((one.id, other.id)) for one, other in new}
        return [(one.text, other.text) for one, other in new]

    def _same(self, one: LogRecord, other: LogRecord) -> bool:
        if one.type != other.type:
            return False
        label = self.labels.get(one.id)
        return (label is not None and label == self.labels.get(other.id)) or _plain(one.text) == _plain(other.text)


def _origin(subject: Subject) -> str:
    return f"folder:{subject.row.id}.txt"


def _kept(row: LogRecord) -> tuple[object, ...]:
    """All of a record that a person may have touched: everything but where its quotes stand now."""
    quotes = [(quote.role, quote.quote, quote.speaker) for quote in row.record.evidence]
    return row.state, row.merged_into, row.record.model_dump(exclude={"evidence"}), quotes


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
