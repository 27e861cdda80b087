"""What could lose decisions in silence: alike minutes, old exports, odd words, sources that nothing takes."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from kept import DAY, EMBEDDER, Hashed, keep, talk
from sqlalchemy import select, text
from worded import Reader, decided, item

from extractor.adding import Adder, ItemResult
from extractor.conversation import Conversation
from extractor.errors import EngineServerError, LogBusyError, NoSuchRecordError, UsageError
from extractor.fetching import Item
from extractor.index import PassageIndex, RecordIndex
from extractor.linking.sides import Judged, Side
from extractor.linking.suggesting import IN_A_ROW, suggest_links
from extractor.log import database, listing, outbox, reviewing, rows, searching, tables, views
from extractor.log.store import Log
from extractor.mirroring import Mirror
from extractor.records import ConversationRecords, Usage
from extractor.sources import Reading

FORM = (
    "Ada Lund: Welcome to the meeting of the allotment society.",
    "Ben Ito: The minutes of the last meeting are taken as read.",
    "Ada Lund: The treasurer has nothing to report, and the gate was locked every night.",
    "Ben Ito: The water is on from seven to nine, as it was before.",
)
sqlite_only = pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)


def add(log: Log, *items: Item, reader: Reader | None = None) -> list[ItemResult]:
    return list(Adder(log, reader or Reader(), EMBEDDER).add(items))


def texts(log: Log) -> dict[str, list[str]]:
    """What the log has found, by conversation."""
    table = tables.records
    kept: dict[str, list[str]] = {}
    with log.read() as connection:
        for row in connection.execute(select(table).where(table.c.found).order_by(table.c.seq)):
            kept.setdefault(row.conversation, []).append(row.text)
    return kept


def week(thing: str, number: int) -> Conversation:
    """Minutes of one form; the weeks differ in one sentence."""
    day = DAY + dt.timedelta(days=7 * number)
    return talk(*FORM, f"Ada Lund: We buy {thing}.", name=f"c-{thing}", title="Allotment society", started_at=day)


@sqlite_only
@pytest.mark.parametrize("apart", [True, False], ids=["a-source-each", "in-one-source"])
def test_minutes_of_one_form_stay_as_many_meetings_as_there_were(log: Log, apart: bool) -> None:
    weeks = [week("spades", 0), week("seeds", 1), week("hoses", 2)]
    items = [item(f"minutes:{one.id}", one) for one in weeks] if apart else [item("minutes:all", *weeks)]
    add(log, *items)
    assert texts(log) == {
        "c-spades": ["We buy spades."],
        "c-seeds": ["We buy seeds."],
        "c-hoses": ["We buy hoses."],
    }


@sqlite_only
def test_of_alike_conversations_in_one_source_the_one_that_grew_keeps_its_key(log: Log) -> None:
    spades, seeds = week("spades", 0), week("seeds", 0)
    add(log, item("minutes:all", spades, seeds))
    grown = talk(*FORM, "Ada Lund: We buy spades.", "Ben Ito: We paint the gate.", name="c-later", title=spades.title)
    add(log, item("minutes:all", grown, seeds))
    assert texts(log) == {"c-spades": ["We buy spades.", "We paint the gate."], "c-seeds": ["We buy seeds."]}


@sqlite_only
def test_an_old_export_of_a_thread_takes_nothing_away_from_it(log: Log) -> None:
    lines = ("Ada Lund: We buy spades.", "Ben Ito: Fine.", "Ada Lund: We paint the gate.")
    add(log, item("team:C1/1", talk(*lines, name="slack:C1:1")))
    reader = Reader()
    (result,) = add(log, item("files:old.zip", talk(*lines[:2], name="slack:C1:1")), reader=reader)
    assert (reader.read, result.unchanged) == ([], 1)
    assert texts(log) == {"slack:C1:1": ["We buy spades.", "We paint the gate."]}
    add(log, item("team:C1/1", talk(*lines[:2], name="slack:C1:1")))
    assert texts(log) == {"slack:C1:1": ["We buy spades."]}, "what was deleted at its source is gone"


@sqlite_only
def test_of_two_conversations_with_one_id_the_one_that_does_not_count_is_named(log: Log) -> None:
    one, other = (talk(f"Ada Lund: We buy {thing}.", name="zoom:7") for thing in ("spades", "seeds"))
    (result,) = add(log, item("minutes:a", one, other))
    assert texts(log) == {"zoom:7": ["We buy seeds."]}
    assert any("zoom:7" in warning for warning in result.warnings)
    (result,) = add(log, item("minutes:b", other, other))
    assert result.warnings == []


def _unreadable() -> list[Reading]:
    raise KeyError("a fault of ours")


@sqlite_only
def test_a_source_over_which_the_program_fails_does_not_stop_the_rest(log: Log) -> None:
    def half(conversation: Conversation) -> ConversationRecords:
        records = decided(conversation)
        if conversation.id != "m-bad":
            return records
        return records.model_copy(
            update={"decisions": tuple(one.model_copy(update={"evidence": ()}) for one in records.decisions)}
        )

    unread = Item("s:unread", "1", "unread", _unreadable)
    bad, good = talk("Ada Lund: We sell the boat.", name="m-bad"), talk("Ada Lund: We buy spades.", name="m-good")
    results = add(log, unread, item("s:bad", bad), item("s:good", good), reader=Reader(half))
    assert [one.quarantined for one in results] == [False, True, False]
    assert ["KeyError" in (results[0].problem or ""), "ValueError" in (results[1].problem or "")] == [True, True]
    assert results[2].problem is None
    assert texts(log) == {"m-good": ["We buy spades."]}


def test_what_the_database_refuses_is_set_aside_and_the_rest_go_on(postgres_url: str, tmp_path: Path) -> None:
    name = "m-" + "".join(random.Random(3).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6000))
    with Log.open(tmp_path, postgres_url) as log:
        long, good = talk("Ada Lund: We sell the boat.", name=name), talk("Ada Lund: We buy spades.", name="m-good")
        results = add(log, item("s:long", long), item("s:good", good))
        assert [one.quarantined for one in results] == [True, False]
        assert texts(log) == {"m-good": ["We buy spades."]}


def test_words_are_found_as_they_are_written(log: Log) -> None:
    said = talk("Ada Lund: We meet in the Hauptstraße.", "Ben Ito: We print his re\u0301sume\u0301.", name="m-1")
    keep(log, said, decided(said))
    with log.read() as connection:
        for written in ("Hauptstraße", "HAUPTSTRAßE", "re\u0301sume\u0301"):
            assert len(searching.by_words(connection, written, 5, any_rank=True)) == 1, written


def test_a_record_of_any_length_is_kept_and_found_by_how_it_begins(log: Log) -> None:
    signs = random.Random(4)
    long = " ".join("".join(signs.choices("abcdefgh", k=9)) for _ in range(130_000))
    said = talk(f"Ada Lund: We read aloud: {long}.", name="m-1")
    keep(log, said, decided(said))
    with log.read() as connection:
        assert len(searching.by_words(connection, "aloud", 5)) == 1
        assert len(next(iter(texts(log).values()))[0]) > 10 * rows.SEARCHED


def test_a_writer_who_waits_too_long_for_another_says_so(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.2)
    held, let_go = threading.Event(), threading.Event()
    with Log.open(tmp_path, postgres_url) as log:

        def hold() -> None:
            with log.write() as tx:
                tx.event("thing.made", "t-1")
                held.set()
                let_go.wait(60)

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            assert held.wait(60)
            with pytest.raises(LogBusyError), log.write():
                pass
        finally:
            let_go.set()
            holder.join()
        with log.write() as tx:
            tx.event("thing.made", "t-2")


@sqlite_only
def test_only_a_person_merges_records_and_only_ones_that_have_words(log: Log) -> None:
    said = talk("Ada Lund: We buy spades.", "Ben Ito: We buy seeds.", name="m-1")
    one, other = keep(log, said, decided(said)).new
    with pytest.raises(UsageError, match="Only a person"), log.write() as tx:
        reviewing.merge(tx, one, other)
    with log.write() as tx:
        tx.connection.execute(tables.records.update().where(tables.records.c.id == other).values(erased_at=tx.at))
    with pytest.raises(UsageError, match="erased"), log.write("Eve Oak") as tx:
        reviewing.merge(tx, one, other)


def test_what_no_database_can_hold_is_no_fault(log: Log) -> None:
    """Arguments that are not UTF-8 come as lone surrogates."""
    odd = "wi\udcffth"
    said = talk("Ada Lund: We buy spades.", name="m-1")
    (name,) = keep(log, said, decided(said)).new
    with log.write(odd) as tx:
        reviewing.approve(tx, name, odd)
        reviewing.edit(tx, name, {"statement": odd, "topic": odd}, EMBEDDER)
    with log.read() as connection:
        assert views.records_by_id(connection, [name])[name].text == "wi\ufffdth"
        assert listing.count(connection, listing.Filter(topic=odd, owner=None)) == 1
        with pytest.raises(NoSuchRecordError):
            listing.resolve_id(connection, "d-\udcff\udcff")


class Down:
    """A judge whose server fails, ``works`` times out of every ``among``."""

    name, version, leaves_machine, destination = "down", "1", True, None
    usage = Usage()

    def __init__(self, works: Callable[[int], bool]) -> None:
        self.works = works
        self.calls = 0

    def judge(self, new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> list[Judged]:
        self.calls += 1
        if not self.works(self.calls):
            raise EngineServerError("The server failed.", "Try it again.")
        return []


@pytest.fixture
def mirror(log: Log, tmp_path: Path) -> Mirror:
    return mirror_in(log, tmp_path, EMBEDDER)


def mirror_in(log: Log, folder: Path, embedder: Hashed) -> Mirror:
    records = RecordIndex(folder / "records", embedder.name, embedder.dimension)
    return Mirror(log, records, PassageIndex(folder / "passages", embedder), embedder)


def keep_many(log: Log, number: int) -> None:
    for place in range(number):
        said = talk("Ada Lund: We paint the shed green.", name=f"m-{place}")
        keep(log, said, decided(said))


@sqlite_only
def test_a_judge_whose_server_is_down_is_not_asked_about_every_record(log: Log, mirror: Mirror) -> None:
    keep_many(log, 12)
    mirror.follow()
    judge = Down(lambda _: False)
    done = suggest_links(log, judge, mirror.records, EMBEDDER.name)
    assert judge.calls == IN_A_ROW
    assert done.unjudged[-1][0] == f"{11 - IN_A_ROW} more"
    with log.read() as connection:
        assert outbox.pending(connection, "linking") == 11
    judge = Down(lambda call: call % 2 == 0)
    done = suggest_links(log, judge, mirror.records, EMBEDDER.name)
    assert (judge.calls, len(done.unjudged)) == (11, 6), "one that fails now and then goes on"


@sqlite_only
def test_records_that_wait_for_links_are_judged_after_a_change_of_the_embedder(
    log: Log, mirror: Mirror, tmp_path: Path
) -> None:
    keep_many(log, 3)
    mirror.follow()
    other = Hashed()
    other.name = "hashed-11111111"
    later = mirror_in(log, tmp_path, other)
    later.rebuild()
    judge = Down(lambda _: True)
    suggest_links(log, judge, later.records, other.name)
    assert judge.calls == 2
    with log.read() as connection:
        assert set(connection.execute(select(tables.vectors.c.embedder)).scalars()) == {other.name}


@sqlite_only
def test_damaged_passages_are_made_again_from_the_log(log: Log, mirror: Mirror, tmp_path: Path) -> None:
    keep_many(log, 2)
    mirror.follow()
    for stored in tmp_path.glob("passages/**/chroma.sqlite3"):
        stored.write_bytes(b"not a database" * 1000)
    keep_many(log, 3)
    assert mirror.follow().rebuilt
    assert {one.conversation_id for one in mirror.passages.search("paint the shed", 9)} == {"m-0", "m-1", "m-2"}


def test_readers_see_one_state_and_writers_begin_as_such(log: Log) -> None:
    with log.write() as tx:
        tx.event("thing.made", "t-1")
    with log.read() as connection:
        before = connection.execute(text("SELECT count(*) FROM events")).scalar_one()
        with log.write() as tx:
            tx.event("thing.made", "t-2")
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == before
