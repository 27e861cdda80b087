"""Forgetting with time: what is due goes, once; the rest stays; nothing forgotten comes back with the same source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import EMBEDDER, decision, files_with, found, keep, quote, talk
from sqlalchemy import select

from extractor.log import checking, events, outbox, reviewing, tables, views
from extractor.log.erasing import erase_person
from extractor.log.retaining import Forgotten, retain
from extractor.log.sources import put_in_quarantine
from extractor.log.store import Log
from extractor.plan import Retention

WORDS = "the ferry to the island leaves at dawn"


class Clock:
    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 10, 3, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, days: int) -> None:
        self.now += dt.timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(log_url: str | None, tmp_path: Path, clock: Clock) -> Iterator[Log]:
    with Log.open(tmp_path / "data", log_url, clock=clock) as opened:
        yield opened


def add(log: Log, name: str, day: dt.date | None) -> str:
    said = talk(f"Ada Lund: I say {WORDS}. And more that nobody quotes.", name=name, started_at=day)
    keep(log, said, found(said, decision(said, f"Know {WORDS}.", quote(said, 0, WORDS))))
    with log.read() as connection:
        table = tables.records
        return str(connection.execute(select(table.c.id).where(table.c.conversation == name)).scalar_one())


def turns(log: Log, name: str) -> int:
    with log.read() as connection:
        kept = views.conversation_by_id(connection, name)
    assert kept is not None
    return len(kept.turns)


def head(log: Log) -> int:
    with log.read() as connection:
        return events.head(connection).seq


def record(log: Log, name: str) -> views.LogRecord:
    with log.read() as connection:
        return views.records_by_id(connection, [name])[name]


def test_without_a_plan_nothing_is_forgotten(log: Log, clock: Clock) -> None:
    add(log, "m-1", dt.date(2020, 1, 1))
    clock.later(3650)
    before = head(log)
    assert retain(log, Retention()) == Forgotten()
    assert head(log) == before


def test_transcripts_are_forgotten_when_they_are_older_than_the_plan_says(log: Log, clock: Clock) -> None:
    old = add(log, "m-1", dt.date(2026, 2, 7))
    add(log, "m-2", dt.date(2026, 2, 8))
    add(log, "m-3", None)
    plan = Retention(transcripts_days=30)
    assert retain(log, plan).conversations == 1
    assert (turns(log, "m-1"), turns(log, "m-2"), turns(log, "m-3")) == (0, 1, 1)
    assert record(log, old).record.evidence[0].quote == WORDS
    assert record(log, old).text == f"Know {WORDS}."
    clock.later(31)
    assert retain(log, plan).conversations == 2
    assert checking.verify(log).problems == ()


def test_a_second_night_writes_nothing(log: Log, clock: Clock) -> None:
    name = add(log, "m-1", dt.date(2026, 1, 1))
    with log.write("Eve Oak") as tx:
        reviewing.reject(tx, name)
    with log.write() as tx:
        put_in_quarantine(tx, "folder:bad.vtt", "v1", "bad.vtt", "no cue in it")
    clock.later(40)
    plan = Retention(transcripts_days=30, rejected_days=30, runs_days=30)
    assert retain(log, plan) == Forgotten(1, 1, 1)
    before = head(log)
    clock.later(400)
    assert not retain(log, plan)
    assert head(log) == before
    assert checking.verify(log).problems == ()


def test_a_source_that_did_not_change_does_not_bring_its_turns_back(log: Log) -> None:
    add(log, "m-1", dt.date(2026, 1, 1))
    retain(log, Retention(transcripts_days=30))
    before = head(log)
    add(log, "m-1", dt.date(2026, 1, 1))
    assert turns(log, "m-1") == 0
    with log.read() as connection:
        assert [one.kind for one in events.walk(connection, after=before)] == ["source.read"]


def test_the_index_follows(log: Log) -> None:
    add(log, "m-1", dt.date(2026, 1, 1))
    with log.write() as tx:
        outbox.done(tx, outbox.waiting(tx.connection, "conversation"))
    retain(log, Retention(transcripts_days=30))
    with log.read() as connection:
        assert [due.subject for due in outbox.waiting(connection, "conversation")] == ["m-1"]


def test_a_rejected_record_loses_its_words_and_is_not_proposed_again(log: Log, clock: Clock) -> None:
    name = add(log, "m-1", dt.date(2026, 3, 4))
    with log.write("Eve Oak") as tx:
        reviewing.reject(tx, name, "never said")
    plan = Retention(rejected_days=10)
    clock.later(9)
    assert not retain(log, plan)
    clock.later(2)
    assert retain(log, plan).records == 1
    assert (record(log, name).text, record(log, name).state) == ("", "rejected")
    with log.read() as connection:
        assert connection.execute(select(tables.reviews.c.comment)).scalars().all() == [None]
    assert add(log, "m-1", dt.date(2026, 3, 4)) == name
    assert checking.verify(log).problems == ()


def test_a_rejected_record_of_a_forgotten_transcript_is_not_proposed_again(log: Log, clock: Clock) -> None:
    name = add(log, "m-1", dt.date(2026, 3, 4))
    with log.write("Eve Oak") as tx:
        reviewing.reject(tx, name)
    clock.later(50)
    assert retain(log, Retention(transcripts_days=30, rejected_days=30)) == Forgotten(1, 1, 0)
    assert add(log, "m-1", dt.date(2026, 3, 4)) == name


def test_notes_on_runs_and_reasons_of_quarantine_go_and_the_source_stays_put(log: Log, clock: Clock) -> None:
    with log.write() as tx:
        put_in_quarantine(tx, "folder:bad.vtt", "v1", "bad.vtt", "no cue in it")
        tx.upsert(tables.runs, {"id": tx.at}, {"started_at": tx.at, "first_event": 1, "facts": "{}"})
    clock.later(8)
    assert retain(log, Retention(runs_days=7)).notes == 2
    with log.read() as connection:
        assert connection.execute(select(tables.runs)).first() is None
        bad = connection.execute(select(tables.quarantine)).one()
    assert (bad.origin, bad.version, bad.reason) == ("folder:bad.vtt", "v1", "[erased]")


def test_forgotten_words_are_in_no_file_of_sqlite_any_more(tmp_path: Path, clock: Clock) -> None:
    said = "And more that nobody quotes"
    with Log.open(tmp_path, clock=clock) as log:
        add(log, "m-1", dt.date(2026, 1, 1))
        assert files_with(tmp_path, said)
        retain(log, Retention(transcripts_days=30))
        assert files_with(tmp_path, said) == []


def test_words_of_rejected_records_are_in_no_file_of_sqlite_any_more(tmp_path: Path, clock: Clock) -> None:
    with Log.open(tmp_path, clock=clock) as log:
        name = add(log, "m-1", dt.date(2026, 1, 1))
        with log.write("Eve Oak") as tx:
            reviewing.edit(tx, name, {"statement": "Quaggas graze upon the moor."}, EMBEDDER)
            reviewing.reject(tx, name)
        clock.later(50)
        assert files_with(tmp_path, "Quaggas") or files_with(tmp_path, "quagga")
        retain(log, Retention(rejected_days=30))
        assert files_with(tmp_path, "Quaggas") == []
        assert files_with(tmp_path, "quagga") == []


def test_a_person_can_be_erased_from_a_transcript_that_was_forgotten(log: Log) -> None:
    name = add(log, "m-1", dt.date(2026, 1, 1))
    retain(log, Retention(transcripts_days=30))
    report = erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    assert report.records == (name,)
    assert turns(log, "m-1") == 0
    assert checking.verify(log).problems == ()
