"""Events: append-only in either database, and a chain in which every kind of tampering shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from kept import decision, found, keep, quote, talk
from sqlalchemy import text

from extractor.errors import ChainBrokenError, LogError
from extractor.log import events
from extractor.log.store import Log


def _three_events(log: Log) -> None:
    with log.write("Ben Ito") as tx:
        tx.event("thing.made", "t-1", size=3)
        tx.event("thing.made", "t-2", size=4)
    with log.write() as tx:
        tx.event("thing.lost", "t-1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'person:9' WHERE seq = 1",
        "UPDATE events SET payload = payload",
        "DELETE FROM events WHERE seq = 3",
        "DELETE FROM events",
    ],
)
def test_the_database_refuses_to_change_an_event(log: Log, statement: str) -> None:
    _three_events(log)
    with pytest.raises(LogError, match="append-only"), log.write() as tx:
        tx.connection.execute(text(statement))
    with log.read() as connection:
        assert events.verify(connection).seq == 3


def test_postgresql_refuses_to_empty_events(postgres_url: str, tmp_path: Any) -> None:
    with Log.open(tmp_path, postgres_url) as log:
        _three_events(log)
        with pytest.raises(LogError, match="append-only"), log.write() as tx:
            tx.connection.execute(text("TRUNCATE events CASCADE"))


def test_a_replaced_event_is_refused_too(tmp_path: Any) -> None:
    with Log.open(tmp_path) as log:
        _three_events(log)
        with pytest.raises(LogError, match="append-only"), log.write() as tx:
            tx.connection.execute(text("INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2"))


def test_numbers_have_no_gaps_and_the_actor_is_a_number(log: Log) -> None:
    _three_events(log)
    with log.read() as connection:
        found_events = list(events.walk(connection))
        assert [one.seq for one in found_events] == [1, 2, 3]
        assert [one.actor for one in found_events] == ["person:1", "person:1", "machine"]
        assert [one.seq for one in events.walk(connection, subject="t-1")] == [1, 3]
        assert [one.seq for one in events.walk(connection, after=2)] == [3]


def test_a_change_that_fails_leaves_no_event(log: Log) -> None:
    _three_events(log)
    with pytest.raises(LogError), log.write() as tx:  # noqa: PT012
        tx.event("thing.made", "t-3")
        tx.connection.execute(text("DELETE FROM events"))
    with log.read() as connection:
        assert events.head(connection).seq == 3


def test_an_empty_chain_verifies(log: Log) -> None:
    with log.read() as connection:
        assert events.verify(connection) == events.Head(0, events.GENESIS)
        with pytest.raises(ChainBrokenError):
            events.verify(connection, "1" * 64)


def _resealed(seq: int) -> Callable[[Any], None]:
    """An event written anew with a hash that fits its own words: those after it give it away."""

    def tamper(execute: Any) -> None:
        row = execute("SELECT previous, seq, at, kind, subject, payload FROM events WHERE seq = ?", (seq,)).fetchone()
        value = events._hash(row[0], row[1], row[2], "person:7", row[3], row[4], row[5])
        execute("UPDATE events SET actor = 'person:7', hash = ? WHERE seq = ?", (value, seq))

    return tamper


TAMPERINGS: dict[str, Callable[[Any], object]] = {
    "another actor": lambda run: run("UPDATE events SET actor = 'machine' WHERE seq = 1"),
    "another moment": lambda run: run("UPDATE events SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2"),
    "another kind": lambda run: run("UPDATE events SET kind = 'thing.kept' WHERE seq = 3"),
    "another subject": lambda run: run("UPDATE events SET subject = 't-9' WHERE seq = 2"),
    "another payload": lambda run: run("""UPDATE events SET payload = '{"size":5}' WHERE seq = 1"""),
    "another hash": lambda run: run("UPDATE events SET hash = ? WHERE seq = 3", ("a" * 64,)),
    "resealed": _resealed(2),
    "one taken out": lambda run: run("DELETE FROM events WHERE seq = 2"),
    "the first taken out": lambda run: run("DELETE FROM events WHERE seq = 1"),
    "taken out and closed up": lambda run: (
        run("DELETE FROM events WHERE seq = 2"),
        run("UPDATE events SET seq = 2 WHERE seq = 3"),
    ),
    "two exchanged": lambda run: (
        run("UPDATE events SET seq = -1 WHERE seq = 1"),
        run("UPDATE events SET seq = 1 WHERE seq = 2"),
        run("UPDATE events SET seq = 2 WHERE seq = -1"),
    ),
    "one put in": lambda run: run(
        "INSERT INTO events SELECT 4, at, actor, kind, subject, payload, previous, hash FROM events WHERE seq = 3"
    ),
}


def _tamper(log: Log, how: Callable[[Any], object]) -> None:
    """As somebody with the file would: the triggers are taken away first."""
    assert log.database.path is not None
    connection = sqlite3.connect(log.database.path, isolation_level=None)
    connection.execute("DROP TRIGGER events_are_not_changed")
    connection.execute("DROP TRIGGER events_are_not_deleted")
    how(connection.execute)
    connection.close()


@pytest.mark.parametrize("how", TAMPERINGS, ids=lambda name: name.replace(" ", "-"))
def test_tampering_breaks_the_chain(tmp_path: Any, how: str) -> None:
    with Log.open(tmp_path) as log:
        _three_events(log)
        _tamper(log, TAMPERINGS[how])
        with log.read() as connection, pytest.raises(ChainBrokenError) as caught:
            events.verify(connection)
    assert caught.value.exit_code == 4


def test_events_cut_off_at_the_end_show_only_against_an_exported_head(tmp_path: Any) -> None:
    with Log.open(tmp_path) as log:
        _three_events(log)
        with log.read() as connection:
            exported = events.head(connection).hash
        _tamper(log, lambda run: run("DELETE FROM events WHERE seq = 3"))
        with log.read() as connection:
            assert events.verify(connection).seq == 2
            with pytest.raises(ChainBrokenError, match="not in the chain"):
                events.verify(connection, exported)


def test_an_earlier_head_still_stands_in_a_longer_chain(log: Log) -> None:
    _three_events(log)
    with log.read() as connection:
        exported = events.head(connection).hash
    with log.write() as tx:
        tx.event("thing.made", "t-4")
    with log.read() as connection:
        assert events.verify(connection, exported).seq == 4


def test_events_hold_no_word_of_what_was_said(log: Log) -> None:
    said = talk("Ada Lund: We paint the shed green in May.", "Ben Ito: Agreed.")
    keep(log, said, found(said, decision(said, "Paint the shed green.", quote(said, 0, "paint the shed green"))))
    with log.read() as connection:
        written = " ".join(
            connection.execute(text("SELECT payload || ' ' || subject || ' ' || actor FROM events")).scalars()
        )
    assert "record.added" not in written
    for word in ("shed", "green", "May", "Ada", "Lund", "ada-lund", "Agreed", "vtt"):
        assert word not in written
