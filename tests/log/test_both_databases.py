"""SQLite and PostgreSQL give the same answers: every way of reading the log, asked of both."""

from __future__ import annotations

import datetime as dt
import random
import string
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from kept import DAY, EMBEDDER, action, decision, found, keep, question, quote, talk
from sqlalchemy import Connection, select, text

from extractor.errors import LogBusyError, LogError
from extractor.log import (
    events,
    history,
    linked,
    listing,
    naming,
    outbox,
    reviewing,
    runs,
    searching,
    series,
    sources,
    standing,
    tables,
    views,
)
from extractor.log.listing import Filter
from extractor.log.store import Log
from extractor.records import Due

NOW = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)


def fill(log: Log) -> None:
    for number in range(6):
        said = talk(
            f"Ada Lund: We'll paint the shed number {number} green; 50% is done_now.",
            "Ben Ito: I buy the paint's lid.",
            "Cy Roe: Who knows the re-painting's cost?",
            name=f"m-{number}",
            title=f"Shed steering {number}",
            started_at=DAY + dt.timedelta(days=7 * number),
        )
        first = decision(
            said,
            f"Paint the shed number {number} green.",
            quote(said, 0, "paint the shed"),
            decided_by=("ada-lund",),
            topic=f"100% shed_{number}",
        )
        due = Due(text="soon", date=DAY + dt.timedelta(days=number))
        second = action(said, "Buy the paint.", quote(said, 1, "buy the paint"), owners=("ben-ito",), due=due)
        third = question(said, "What does re-painting cost?", quote(said, 2, "Who knows"), raised_by=("cy-roe",))
        keep(log, said, found(said, first, second, third))
    with log.read() as connection:
        names = list(connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars())
    with log.write("Eve Oak") as tx:
        reviewing.approve(tx, names[0], "yes")
        reviewing.reject(tx, names[3])
        reviewing.edit(tx, names[6], {"statement": "Paint it greener."}, EMBEDDER)
        reviewing.merge(tx, names[9], names[6])
        linked.confirm(tx, names[6], names[0], "supersedes")
    with log.write() as tx:
        linked.suggest(tx, names[15], names[6], "relates", confidence=0.4, judge="test")
        sources.put_in_quarantine(tx, "folder:bad.vtt", "v1", "bad.vtt", "no cue")
        sources.put_in_quarantine(tx, "folder:bad.vtt", "v1", "bad.vtt", "no cue")
        outbox.done(tx, outbox.waiting(tx.connection, "record", 3))
    with log.read() as connection:
        said = views.conversation_by_id(connection, "m-2")
    assert said is not None
    again = decision(said, "Paint the shed yellow.", quote(said, 0, "We'll paint the shed"))
    keep(log, said, found(said, again))
    runs.note_run(log, NOW, NOW, 0, 0, "{}")


def first_id(connection: Connection, seq: int) -> str:
    return str(connection.execute(select(tables.records.c.id).where(tables.records.c.seq == seq)).scalar_one())


FILTERS = [
    Filter(),
    Filter(types=("decision", "open_question")),
    Filter(states=("rejected", "merged")),
    Filter(statuses=("decided",)),
    Filter(owner="ben"),
    Filter(decider="Ada Lund"),
    Filter(owner="nobody"),
    Filter(topic="100% SHED_1"),
    Filter(topic="%"),
    Filter(since=DAY + dt.timedelta(days=7), until=DAY + dt.timedelta(days=21)),
    Filter(overdue_on=DAY + dt.timedelta(days=3)),
    Filter(unowned=True),
    Filter(superseded=True),
    Filter(superseded=False, conversation="m-0"),
    Filter(series=1),
]
QUESTIONS = [
    "paint",
    "the shed",
    "50% done_now",
    "lid's",
    "re-painting cost",
    "NOT AND OR *",
    "'; --",
    ":* & | !",
    "zzz",
]

ASKED: dict[str, Callable[[Connection], Any]] = {
    "listed": lambda c: [[one.id for one in listing.listed(c, wanted, 10)] for wanted in FILTERS],
    "listed oldest": lambda c: [[one.id for one in listing.listed(c, wanted, oldest=True)] for wanted in FILTERS],
    "count": lambda c: [listing.count(c, wanted) for wanted in FILTERS],
    "find_people": lambda c: [listing.find_people(c, name) for name in ("Ada Lund", "LUND", "ben", "", "x")],
    "resolve_id": lambda c: listing.resolve_id(c, first_id(c, 2)[:9]),
    "chain_of": lambda c: [one.what for one in history.chain_of(c, first_id(c, 1)).steps],
    "revisions": lambda c: [one.proposed for one in views.revisions_of(c, [first_id(c, 7)])],
    "versions": lambda c: [one.record for one in views.versions_of(c, first_id(c, 7))],
    "links": lambda c: [one.id for one in views.links_of(c, [first_id(c, 7)], rejected=True)],
    "records": lambda c: [
        one.record for one in views.records_by_id(c, [first_id(c, n) for n in range(1, 19)]).values()
    ],
    "conversation": lambda c: views.conversation_by_id(c, "m-3"),
    "conversation_named": lambda c: (naming.conversation_named(c, "m-3"), naming.conversation_named(c, "steering 2")),
    "series_named": lambda c: naming.series_named(c, "shed"),
    "link_named": lambda c: naming.link_named(c, views.links_of(c, [first_id(c, 16)])[0].id[:8]),
    "people_like": lambda c: naming.people_like(c, "Ada"),
    "series": lambda c: series.series_by_id(c, 1),
    "waiting": lambda c: [(one.kind, one.subject) for one in outbox.waiting(c, "record", 5)],
    "pending": lambda c: (outbox.pending(c), outbox.pending(c, "record"), outbox.pending(c, "conversation", "linking")),
    "sources": lambda c: {name: (one.complete, one.quarantined) for name, one in sources.seen_sources(c).items()},
    "source": lambda c: sources.seen_source(c, "folder:m-1.vtt"),
    "quarantined": lambda c: [(one.origin, one.reason, one.attempts) for one in sources.quarantined(c)],
    "events": lambda c: [(one.seq, one.actor, one.kind) for one in events.walk(c)],
    "standing": lambda c: standing.standing_of(c).total,
    "found by words": lambda c: [set(searching.by_words(c, asked, 50, any_rank=True)) for asked in QUESTIONS],
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Any) -> Iterator[tuple[Log, Log]]:
    url = postgres_cluster.new_database()
    folder = tmp_path_factory.mktemp("both")
    with (
        Log.open(folder / "one", clock=lambda: NOW) as one,
        Log.open(folder / "other", url, clock=lambda: NOW) as other,
    ):
        fill(one)
        fill(other)
        yield one, other


@pytest.mark.parametrize("asked", ASKED, ids=lambda name: name.replace(" ", "-"))
def test_both_databases_give_the_same_answer(both: tuple[Log, Log], asked: str) -> None:
    answers = []
    for log in both:
        with log.read() as connection:
            answers.append(ASKED[asked](connection))
    assert answers[0] == answers[1]
    assert answers[0] not in ([], None, {}, 0)


def test_the_tables_of_either_database_are_those_of_the_code(log: Log) -> None:
    with log.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: "_fts" not in (name or "")}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_names_and_titles_of_any_length_are_kept(log: Log) -> None:
    """An index of PostgreSQL holds no more than 2,700 bytes a row, after compression."""
    signs = random.Random(5)
    name, title = ("".join(signs.choices(string.ascii_letters, k=9000)) for _ in range(2))
    said = talk(f"{name}: We paint the shed.", "Ben Ito: Yes.", name="m-1", title=title)
    keep(log, said, found(said, decision(said, "Paint the shed.", quote(said, 0, "paint the shed"))))
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-1")
    assert kept is not None
    assert (kept.title, kept.participants[0].name) == (title, name)


def test_who_waits_for_a_lock_is_told_who_holds_it(log: Log) -> None:
    told: list[str] = []
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with log.exclusive("nightly", "do the night's work", 5):
            held.set()
            let_go.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    try:
        with Log.open(log.database.folder, log.database.url.render_as_string(hide_password=False)) as other:
            with (
                pytest.raises(LogBusyError, match="night's work"),
                other.exclusive("nightly", "the same", 1.5, told.append),
            ):
                pass
            with other.exclusive("something else", "be quick", 1):
                pass
    finally:
        let_go.set()
        holder.join()
    assert len(told) == 1
    with log.exclusive("nightly", "go on", 1):
        pass


def test_a_statement_that_waits_sees_what_others_wrote_meanwhile(log: Log) -> None:
    """Four threads, each with its own connection: numbers without gaps, one chain."""
    failed: list[BaseException] = []

    def add(number: int) -> None:
        try:
            for part in range(4):
                said = talk(f"Ada Lund: We paint shed {number}.", name=f"m-{number}-{part}")
                keep(log, said, found(said, decision(said, f"Paint shed {number}.", quote(said, 0, "We paint"))))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with log.read() as connection:
        events.verify(connection)
        assert connection.execute(text("SELECT count(*), max(seq) FROM records")).one() == (16, 16)
        assert connection.execute(text("SELECT count(*) FROM people")).scalar_one() == 1


def test_a_url_of_no_server_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be reached"):
        Log.open(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")
