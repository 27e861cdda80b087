"""What stands in the tables is held against what the events say last: nothing can be changed beside them unseen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from kept import EMBEDDER, action, decision, found, keep, quote, talk
from sqlalchemy import select, text

from extractor.errors import UsageError
from extractor.log import checking, linked, reviewing, tables, views
from extractor.log.erasing import erase_conversation, erase_person, erase_record
from extractor.log.store import Log


def lived_in(log: Log) -> list[str]:
    """A log in which every kind of thing happened; returns the ids of its records."""
    for number in (1, 2, 3):
        said = talk("Ada Lund: We paint the shed green.", "Ben Ito: I buy the paint.", name=f"m-{number}")
        records = [decision(said, "Paint the shed green.", quote(said, 0, "paint the shed green"), topic="shed")]
        keep(log, said, found(said, *records, action(said, "Buy the paint.", quote(said, 1, "buy the paint"))))
    with log.read() as connection:
        names = list(connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars())
    with log.write("Eve Oak") as tx:
        reviewing.approve(tx, names[0], "yes")
        reviewing.edit(tx, names[0], {"statement": "Paint it green."}, EMBEDDER)
        reviewing.reject(tx, names[1])
        reviewing.merge(tx, names[2], names[0])
        linked.confirm(tx, names[4], names[0], "supersedes")
    with log.write() as tx:
        linked.suggest(tx, names[5], names[3], "relates", confidence=0.5, judge="test")
    said = talk("Dee Fox: Hello.", "Ada Lund: We paint the shed green.", "Ben Ito: I buy the paint.", name="m-1")
    again = decision(said, "Paint the shed dark green.", quote(said, 1, "We paint the shed green"))
    keep(log, said, found(said, again))
    return names


def changed(log: Log, statement: str) -> None:
    with log.write() as tx:
        tx.connection.execute(text(statement))


def test_a_log_that_was_lived_in_is_well(log: Log) -> None:
    lived_in(log)
    report = checking.verify(log)
    assert report.problems == ()
    assert report.ok
    assert (report.records, report.conversations) == (6, 3)
    assert report.head is not None
    with log.read() as connection:
        assert report.events == report.head.seq == len(list(checking.events.walk(connection)))


def test_it_stays_well_after_every_kind_of_erasure(log: Log) -> None:
    names = lived_in(log)
    erase_record(log, names[3], "Eve Oak")
    assert checking.verify(log).problems == ()
    erase_person(log, "Ben Ito", "Eve Oak", EMBEDDER)
    assert checking.verify(log).problems == ()
    erase_conversation(log, "m-3", "Eve Oak")
    assert checking.verify(log).problems == ()


TAMPERINGS = {
    "a record's words": ("UPDATE records SET body = replace(body, 'Paint it', 'Leave it') WHERE seq = 1", "Record"),
    "a record's state": ("UPDATE records SET state = 'approved' WHERE seq = 2", "rejected"),
    "a proposal's state": ("UPDATE records SET state = 'rejected' WHERE seq = 4", "proposed"),
    "a quote": (
        "UPDATE evidence SET quote = 'paint the shed red' WHERE record = {fifth}",
        "Record",
    ),
    "where a quote stands": (
        "UPDATE evidence SET turn = 1 WHERE record = {fifth}",
        "Record",
    ),
    "what a record was merged into": (
        "UPDATE records SET merged_into = {fifth} WHERE seq = 3",
        "merged",
    ),
    "an earlier wording": (
        "UPDATE versions SET content = replace(content, 'green', 'blue') WHERE version = 1",
        "Wording 1",
    ),
    "a wording taken out": ("DELETE FROM versions WHERE version = 2", "gone"),
    "a suggested revision": ("UPDATE revisions SET content = replace(content, 'dark', 'pale')", "Revision"),
    "a turn": ("UPDATE turns SET text = 'Hello!' WHERE number = 0 AND conversation = 'm-1'", "Conversation m-1"),
    "a title": ("UPDATE conversations SET title = 'Boat' WHERE id = 'm-2'", "Conversation m-2"),
    "who said it": (
        "UPDATE turns SET speaker = 'ben-ito' WHERE number = 0 AND conversation = 'm-2'",
        "Conversation m-2",
    ),
    "a turn taken out": ("DELETE FROM turns WHERE conversation = 'm-3' AND number = 1", "Conversation m-3"),
    "a link's state": ("UPDATE links SET state = 'confirmed' WHERE kind = 'relates'", "Link"),
    "a link's kind": ("UPDATE links SET kind = 'contradicts' WHERE kind = 'relates'", "Link"),
    "a link turned round": ("UPDATE links SET from_record = to_record, to_record = from_record", "Link"),
    "a link taken out": ("DELETE FROM links WHERE kind = 'relates'", "gone"),
    "a review's author": ("UPDATE reviews SET reviewer = 'person:1'", "Review"),
    "a record without words": ("UPDATE records SET erased_at = '2026-01-01' WHERE seq = 1", "erased"),
    "a conversation without words": ("UPDATE conversations SET erased_at = '2026-01-01' WHERE id = 'm-2'", "erased"),
    "a record's row that means nothing": ("UPDATE records SET body = '{{}}' WHERE seq = 4", "cannot be read"),
    "the search": ("DELETE FROM records_fts", "search"),
    "the vectors": ("DELETE FROM vectors", "vector"),
}


@pytest.mark.parametrize("what", TAMPERINGS, ids=lambda name: name.replace(" ", "-"))
def test_a_change_beside_the_events_is_found(log: Log, what: str) -> None:
    lived_in(log)
    statement, told = TAMPERINGS[what]
    changed(log, statement.format(fifth="(SELECT id FROM records WHERE seq = 5)"))
    report = checking.verify(log)
    assert any(told in problem for problem in report.problems), report.problems
    assert report.head is not None


def test_a_record_put_in_without_an_event_is_found(log: Log) -> None:
    names = lived_in(log)
    with log.write() as tx:
        row = tx.connection.execute(select(tables.records).where(tables.records.c.id == names[3])).one()
        values = {**row._asdict(), "id": "d-0000000000000000", "seq": 99}
        tx.connection.execute(tables.records.insert().values(values))
    assert "Record d-0000000000000000 is in the log without an event." in checking.verify(log).problems


def test_a_record_taken_out_is_found(log: Log) -> None:
    names = lived_in(log)
    for table in ("evidence", "versions", "record_people", "vectors", "outbox", "revisions"):
        column = "subject" if table == "outbox" else "record"
        changed(log, f"DELETE FROM {table} WHERE {column} = '{names[3]}'")
    changed(log, "DELETE FROM links WHERE kind = 'relates'")
    changed(log, f"DELETE FROM records WHERE id = '{names[3]}'")
    assert f"Record {names[3]} is gone." in checking.verify(log).problems


def test_a_conversation_under_another_id_is_found(log: Log) -> None:
    lived_in(log)
    table = tables.conversations
    with log.write() as tx:
        row = tx.connection.execute(select(table).where(table.c.id == "m-2")).one()
        tx.connection.execute(table.insert().values({**row._asdict(), "id": "m-9", "seq": 9}))
        for key in (key for other in tables.metadata.tables.values() for key in other.foreign_keys):
            if key.column is table.c.id:
                column = key.parent
                tx.connection.execute(column.table.update().where(column == "m-2").values({column.name: "m-9"}))
        tx.connection.execute(table.delete().where(table.c.id == "m-2"))
        tx.connection.execute(table.update().where(table.c.id == "m-9").values(seq=row.seq))
    assert checking.verify(log).problems == ("Conversation m-9 is not what was read.",)


def test_a_conversation_taken_out_is_found(log: Log) -> None:
    keep(log, said := talk("Ada Lund: We paint the shed green.", name="m-1"), found(said))
    changed(log, "DELETE FROM outbox")
    for table in ("turns", "participants", "conversation_ids", "source_conversations"):
        changed(log, f"DELETE FROM {table}")
    changed(log, "DELETE FROM conversations")
    assert checking.verify(log).problems == ("Conversation 1 of the log is gone.",)


def test_words_put_back_after_an_erasure_are_found(log: Log) -> None:
    names = lived_in(log)
    erase_record(log, names[3], "Eve Oak")
    with log.write() as tx:
        with_words = tx.connection.execute(
            select(tables.records.c.body).where(tables.records.c.id == names[5])
        ).scalar()
        changed_row = tables.records.update().where(tables.records.c.id == names[3])
        tx.connection.execute(changed_row.values(body=with_words, text="Buy the paint."))
    assert any("were erased and are there" in one for one in checking.verify(log).problems)


def test_sqlite_says_when_the_file_is_damaged(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        lived_in(log)
        with log.database.outside() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("INSERT INTO source_conversations VALUES ('nowhere', 'm-1')")
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        assert any("source_conversations" in one for one in checking.verify(log).problems)


def test_the_head_is_exported_in_a_line_that_is_checked_later(log: Log) -> None:
    lived_in(log)
    line = checking.head_line(log)
    name, log_id, seq, value, at = line.split()
    assert (name, len(log_id), len(value)) == ("decisions-log", 16, 64)
    assert at.endswith("Z")
    with log.write() as tx:
        tx.event("thing.made", "t")
    assert checking.verify(log, line).ok
    report = checking.verify(log, value)
    assert report.ok
    assert report.head is not None
    assert report.head.seq == int(seq) + 1


@pytest.mark.parametrize("wrong", ["", "abc", "decisions-log 0123456789abcdef 3 " + "a" * 64, "z" * 64])
def test_a_head_that_is_none_or_of_another_log_is_refused(log: Log, wrong: str) -> None:
    with pytest.raises(UsageError):
        checking.verify(log, wrong)


def test_a_head_that_is_not_in_the_chain_is_a_broken_chain(log: Log) -> None:
    lived_in(log)
    report = checking.verify(log, "a" * 64)
    assert report.chain_broken
    assert not report.ok
    assert report.head is None


def test_many_problems_are_counted(tmp_path: Path) -> None:
    with Log.open(tmp_path) as log:
        said = talk(*(f"Ada Lund: We buy boat number {number}." for number in range(120)))
        keep(
            log,
            said,
            found(
                said, *(decision(said, f"Buy boat {n}.", quote(said, n, f"buy boat number {n}")) for n in range(120))
            ),
        )
        changed(log, "UPDATE records SET body = replace(body, 'Buy', 'Sell')")
        report = checking.verify(log)
        assert len(report.problems) == 101
        assert report.problems[-1] == "There are 20 more problems."


@pytest.mark.parametrize("sign", ['"', "\\", "\t", "\r", "\x00", "\ud800", "\U0001f600", "\u2028", "\\u0000", "\\N"])
def test_whatever_sign_was_said_the_log_is_well(log: Log, sign: str) -> None:
    said = talk(f"Ada Lund: We paint{sign}it, {sign}.", f"B{sign}n Ito: {sign}", name="m-7", title=f"Pa{sign}nt")
    records = found(said, decision(said, f"Paint {sign} it.", quote(said, 0, f"paint{sign}it"), topic=sign))
    keep(log, said, records)
    assert checking.verify(log).problems == ()
    with log.read() as connection:
        before = checking.events.head(connection)
    keep(log, said, records)
    with log.read() as connection:
        assert [one.kind for one in checking.events.walk(connection, after=before.seq)] == ["source.read"]


def test_a_conversation_comes_back_as_it_was_read(log: Log) -> None:
    for started_at in (dt.date(2026, 3, 4), dt.datetime(2026, 3, 4), dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC), None):
        said = talk("Ada Lund: Hello.", "Ben Ito: Hi.", name=f"m-{started_at}", started_at=started_at)
        keep(log, said, found(said))
        with log.read() as connection:
            assert views.conversation_by_id(connection, said.id) == said
