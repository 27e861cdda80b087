"""Erasing words: nothing of them is left in any file, the rest of the log stays, and the chain verifies."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import postgres
import pytest
from kept import (
    EMBEDDER,
    Hashed,
    action,
    decision,
    files_with,
    found,
    keep,
    question,
    quote,
    talk,
)
from sqlalchemy import select

from extractor.conversation import Conversation, Participant, Quotation, Reaction
from extractor.errors import NoSuchRecordError, UsageError
from extractor.index import PassageIndex, RecordIndex
from extractor.index.model import Entry
from extractor.log import checking, reviewing, tables, views
from extractor.log.backup import backup
from extractor.log.cleaning import finish_erasures, to_clean
from extractor.log.erasing import erase_conversation, erase_person, erase_record
from extractor.log.sources import put_in_quarantine
from extractor.log.store import Log

CANARY = "the zebra vault under the quay opens at nineteen past four"
ADA_SAID = f"I propose that {CANARY}."


def secret(name: str = "m-1") -> Conversation:
    return talk(
        f"Ada Lund: {ADA_SAID}",
        "Ben Ito: Agreed, and Ada Lund keeps the key.",
        "Cy Roe: Should we tell the harbour?",
        name=name,
        title="Quay steering",
    )


def of_secret(said: Conversation) -> Any:
    return found(
        said,
        decision(
            said,
            "Open the vault.",
            quote(said, 0, CANARY),
            quote(said, 1, "Ada Lund keeps the key", "accepted"),
            decided_by=("ben-ito",),
            owners=("ada-lund",),
        ),
        question(said, "Do we tell the harbour?", quote(said, 2, "tell the harbour", "raised")),
    )


def other() -> Conversation:
    return talk("Dee Fox: We paint the shed green.", "Ben Ito: I will buy the paint.", name="m-2", title="Shed")


def of_other(said: Conversation) -> Any:
    return found(
        said,
        decision(said, "Paint the shed green.", quote(said, 0, "paint the shed green")),
        action(said, "Buy the paint.", quote(said, 1, "buy the paint", "owner"), owners=("ben-ito",)),
    )


def ids(log: Log, conversation: str) -> list[str]:
    table = tables.records
    with log.read() as connection:
        wanted = select(table.c.id).where(table.c.conversation == conversation).order_by(table.c.seq)
        return list(connection.execute(wanted).scalars())


def record_of(log: Log, name: str) -> views.LogRecord:
    with log.read() as connection:
        return views.records_by_id(connection, [name])[name]


class Indexes:
    """Both indexes of a log, as they are kept beside it."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.records = RecordIndex(log.database.folder / "records", Hashed.name, Hashed.dimension)
        self.passages = PassageIndex(log.database.folder / "index", EMBEDDER)

    def rebuild(self) -> None:
        with self.log.read() as connection:
            names = connection.execute(select(tables.conversations.c.id)).scalars().all()
            told = [views.conversation_by_id(connection, name) for name in names]
            rows = connection.execute(select(tables.vectors)).all()
        self.passages.replace_all([one for one in told if one is not None and one.turns])
        self.records.replace_all(Entry(row.record, np.frombuffer(row.vector, "<f4"), "decision") for row in rows)


def spread(log: Log) -> str:
    """The canary wherever words can lie; returns the id of the record it was edited into."""
    said = secret()
    keep(log, said, of_secret(said))
    keep(log, other(), of_other(other()))
    first, second = ids(log, "m-1")
    with log.write("Eve Oak") as tx:
        reviewing.edit(tx, first, {"statement": f"Know that {CANARY}.", "topic": CANARY}, EMBEDDER, f"I add: {CANARY}!")
        reviewing.approve(tx, first, f"Yes: {CANARY}")
        reviewing.approve(tx, ids(log, "m-2")[0], f"Unlike '{CANARY}', this is harmless")
        reviewing.reject(tx, second)
    changed = decision(said, f"It was said that {CANARY}, at last.", quote(said, 0, ADA_SAID), owners=("ada-lund",))
    keep(log, said, found(said, changed))
    with log.read() as connection:
        (revision,) = views.revisions_of(connection, [first])
    with log.write("Eve Oak") as tx:
        reviewing.dismiss_revision(tx, revision.id, f"No, {CANARY}")
    with log.write() as tx:
        put_in_quarantine(tx, "folder:m-1.vtt", "v2", f"{CANARY}.vtt", f"Line 3 is no cue: {CANARY}")
        put_in_quarantine(tx, "folder:else.vtt", "v1", "else.vtt", f"Line 9 is no cue: {CANARY}")
        _note_run_with_words(tx)
    return first


def _note_run_with_words(tx: Any) -> None:
    facts = f'{{"problems":["else.vtt: {CANARY}"],"seconds":3}}'
    values = {"started_at": tx.at, "first_event": 1, "facts": facts}
    tx.upsert(tables.runs, {"id": tx.at}, values)


def dump(log: Log, cluster: postgres.Cluster) -> str:
    name = str(log.database.url.database)
    return cluster.run("pg_dump", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", postgres.USER, name)


def bytes_on_disk(log: Log, words: str, request: pytest.FixtureRequest) -> list[str]:
    """Where words stand: in files of the data folder, and of the PostgreSQL database: dump, tables and statistics."""
    hits = files_with(log.database.folder, words)
    if log.database.path is None:
        cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
        hits += ["pg_dump"] if words in dump(log, cluster) else []
        with log.database.outside() as connection:
            connection.exec_driver_sql("CHECKPOINT")
            number = connection.exec_driver_sql(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).scalar()
        hits += files_with(cluster.folder / "data" / "base" / str(number), words)
    return hits


@pytest.mark.parametrize("what", ["conversation", "person"])
def test_not_a_byte_of_a_canary_is_left(log: Log, request: pytest.FixtureRequest, what: str) -> None:
    first = spread(log)
    indexes = Indexes(log)
    indexes.rebuild()
    assert bytes_on_disk(log, CANARY, request)
    if what == "conversation":
        report = erase_conversation(log, "m-1", "Eve Oak", rebuild=indexes.rebuild)
    else:
        report = erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER, rebuild=indexes.rebuild)
    assert report.unfinished is None
    assert bytes_on_disk(log, CANARY, request) == []
    assert first in report.records
    assert record_of(log, first).text == ""
    assert record_of(log, first).state == "approved"
    assert checking.verify(log).problems == ()
    with log.read() as connection:
        assert to_clean(connection) == []


def test_what_others_said_elsewhere_stays_word_for_word(log: Log) -> None:
    spread(log)
    before = [record_of(log, name) for name in ids(log, "m-2")]
    erase_conversation(log, "m-1", "Eve Oak")
    assert [record_of(log, name) for name in ids(log, "m-2")] == before
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-2")
        assert kept is not None
        assert [turn.text for turn in kept.turns] == [turn.text for turn in other().turns]


def test_a_conversation_leaves_no_name_that_is_known_from_nowhere_else(log: Log) -> None:
    spread(log)
    erase_conversation(log, "m-1", "Eve Oak")
    with log.read() as connection:
        names = set(connection.execute(select(tables.people.c.name)).scalars())
        titles = set(connection.execute(select(tables.series.c.title)).scalars())
    assert names == {"Ben Ito", "Dee Fox", "Eve Oak"}
    assert "Quay steering" not in titles


def test_rows_stay_as_tombstones(log: Log) -> None:
    first = spread(log)
    with log.read() as connection:
        versions = len(views.versions_of(connection, first))
    report = erase_conversation(log, "m-1", "Eve Oak")
    assert report.counts["conversations"] == 1
    assert report.counts["records"] == 2
    assert report.counts["turns"] == 3
    assert report.counts["comments"] == 3
    kept = record_of(log, first)
    assert kept.erased_at is not None
    first_quote = kept.record.evidence[0]
    assert (first_quote.turn, first_quote.quote, first_quote.speaker) == (0, "", None)
    with log.read() as connection:
        assert len(views.versions_of(connection, first)) == versions
        assert [one.record.statement for one in views.versions_of(connection, first)] == [""] * versions
        assert connection.execute(select(tables.salts.c.subject).where(tables.salts.c.subject == first)).first() is None
    with pytest.raises(UsageError), log.write("Eve Oak") as tx:
        reviewing.approve(tx, ids(log, "m-1")[1])


def test_the_same_source_read_again_brings_nothing_back(log: Log) -> None:
    said = secret()
    spread(log)
    erase_conversation(log, "m-1", "Eve Oak")
    outcome = keep(log, said, of_secret(said))
    assert outcome.skipped
    with log.read() as connection:
        assert connection.execute(select(tables.turns).where(tables.turns.c.conversation == "m-1")).first() is None


def test_a_text_that_changed_after_its_erasure_does_not_come_back_from_the_same_source(log: Log) -> None:
    said = secret("c-1111111111111111")
    keep(log, said, of_secret(said), "folder:quay.vtt")
    erase_conversation(log, said.id, "Eve Oak")
    grown = said.model_copy(update={"id": "c-2222222222222222"})
    assert keep(log, grown, of_secret(grown), "folder:quay.vtt").skipped
    elsewhere = other().model_copy(update={"id": "c-3333333333333333"})
    assert not keep(log, elsewhere, of_other(elsewhere), "folder:shed.vtt").skipped


def test_what_is_out_of_reach_is_named(log: Log, tmp_path: Path) -> None:
    spread(log)
    backup(log, tmp_path / "copy.bak")
    report = erase_conversation(log, "m-1", "Eve Oak")
    where = {(one.kind, one.where) for one in report.beyond}
    assert ("backup", str(tmp_path / "copy.bak")) in where
    assert ("source", "folder:m-1.vtt") in where
    kinds = {one.kind for one in report.beyond}
    assert ("database" in kinds) == (log.database.path is None)


def test_a_copy_that_a_killed_process_left_half_made_is_removed(log: Log, tmp_path: Path) -> None:
    spread(log)
    backup(log, tmp_path / "copy.bak")
    half = tmp_path / ".copy.bak.part"
    half.write_text(CANARY)
    erase_conversation(log, "m-1", "Eve Oak")
    assert not half.exists()


def test_unknown_things_are_refused(log: Log) -> None:
    for erase in (erase_conversation, erase_record):
        with pytest.raises(NoSuchRecordError):
            erase(log, "nothing", "Eve Oak")
    with pytest.raises(NoSuchRecordError):
        erase_person(log, "Nobody Here", "Eve Oak", EMBEDDER)


def test_erasing_twice_changes_nothing(log: Log) -> None:
    spread(log)
    erase_conversation(log, "m-1", "Eve Oak")
    with log.read() as connection:
        before = checking.events.head(connection)
    again = erase_conversation(log, "m-1", "Eve Oak")
    assert again.counts == {}
    assert erase_person(log, "Dee Fox", "Eve Oak", EMBEDDER).counts
    assert erase_person(log, "Dee Fox", "Eve Oak", EMBEDDER).counts == {}
    with log.read() as connection:
        assert checking.events.verify(connection, before.hash).seq > before.seq


# A record


def test_an_erased_record_is_not_proposed_again(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    first, second = ids(log, "m-1")
    report = erase_record(log, first, "Eve Oak")
    assert ("transcript", "m-1") in {(one.kind, one.where) for one in report.beyond}
    again = found(
        said,
        decision(said, "We open it at last.", quote(said, 0, f"propose that {CANARY}")),
        question(said, "Do we tell the harbour?", quote(said, 2, "tell the harbour", "raised")),
    )
    assert keep(log, said, again).new == []
    assert ids(log, "m-1") == [first, second]
    assert record_of(log, first).text == ""
    assert record_of(log, second).text == "Do we tell the harbour?"
    assert checking.verify(log).problems == ()


def test_an_erased_record_is_not_proposed_again_from_a_thread_that_grew(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    first = ids(log, "m-1")[0]
    erase_record(log, first, "Eve Oak")
    lines = [f"{said.name_of(turn.speaker)}: {turn.text}" for turn in said.turns]
    grown = talk("Dee Fox: Good morning.", *lines, name="m-1", title="Quay steering")
    again = found(grown, decision(grown, "Open the vault.", quote(grown, 1, CANARY)))
    assert keep(log, grown, again).new == []
    assert record_of(log, first).record.evidence[0].turn == 1
    assert checking.verify(log).problems == ()


# A person


def test_a_person_leaves_everything_but_their_number(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-1")
        everything = " ".join(
            str(value)
            for table in tables.metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
            if not isinstance(value, bytes)
        )
    assert kept is not None
    assert [turn.text for turn in kept.turns] == [
        "[erased]",
        "Agreed, and Erased person 1 keeps the key.",
        "Should we tell the harbour?",
    ]
    assert kept.turns[0].speaker == "erased-person-1"
    assert "lund" not in everything.casefold()
    assert "ada" not in everything.casefold().split()


def test_quotes_of_others_stay_word_for_word_where_they_stand_now(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    (first, second) = ids(log, "m-1")
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-1")
    assert kept is not None
    for name in (first, second):
        for one in record_of(log, name).record.evidence:
            assert kept.turns[one.turn].text[one.start_char : one.end_char] == one.quote
    assert [one.quote for one in record_of(log, first).record.evidence] == [
        "[erased]",
        "Erased person 1 keeps the key",
    ]
    assert record_of(log, first).owners == ("Erased person 1",)
    assert record_of(log, first).record.owners == ("erased-person-1",)


def test_a_record_whose_quotes_were_all_theirs_is_erased(log: Log) -> None:
    said = secret()
    keep(log, said, found(said, decision(said, "Open it.", quote(said, 0, CANARY))))
    (only,) = ids(log, "m-1")
    report = erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    assert report.records == (only,)
    assert record_of(log, only).erased_at is not None


def test_a_person_does_not_come_back_with_the_same_source(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    first = ids(log, "m-1")[0]
    before = record_of(log, first)
    with log.read() as connection:
        head = checking.events.head(connection)
    outcome = keep(log, said, of_secret(said))
    assert (outcome.new, outcome.updated, outcome.suggested, outcome.not_found) == ([], [], [], [])
    assert record_of(log, first) == before
    with log.read() as connection:
        kinds = [one.kind for one in checking.events.walk(connection, after=head.seq)]
        assert kinds == ["source.read"]


def test_a_person_does_not_come_back_with_another_conversation(log: Log) -> None:
    said = secret()
    keep(log, said, of_secret(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    later = talk(
        "Ada Lund: We meet again at the old mill by noon.",
        "Ben Ito: Ada Lund means tomorrow. ADA, so?",
        "Cy Roe: Fine.",
        name="m-9",
        title="Ada Lund and Ben Ito",
    )
    records = found(
        later,
        decision(later, "Meet at the old mill.", quote(later, 0, "the old mill"), quote(later, 1, "tomorrow")),
        decision(later, "Ada Lund meets.", quote(later, 0, "We meet again")),
        mentioned=[Participant(id="mentioned-ada-lund", name="Ada Lund", role="mentioned")],
    )
    outcome = keep(log, later, records)
    assert len(outcome.new) == 1
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-9")
        numbers = connection.execute(select(tables.people.c.id, tables.people.c.name)).all()
    assert kept is not None
    assert kept.title == "Erased person 1 and Ben Ito"
    assert [turn.text for turn in kept.turns] == [
        "[erased]",
        "Erased person 1 means tomorrow. ADA, so?",
        "Fine.",
    ]
    assert [one.name for one in kept.participants].count("Erased person 1") == 1
    assert sorted(row.name for row in numbers) == ["Ben Ito", "Cy Roe", "Erased person 1", "Eve Oak"]


def test_somebody_who_is_only_spoken_of_is_not_named_any_more(log: Log) -> None:
    said = talk("Ben Ito: Ada   LUND called, and ada-lund wrote.", "Cy Roe: Who is Ada?", name="m-3", title="Calls")
    keep(log, secret(), of_secret(secret()))
    keep(log, said, found(said, action(said, "Call Ada Lund back.", quote(said, 0, "called"))))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-3")
    assert kept is not None
    assert kept.turns[0].text == "Erased person 1 called, and Erased person 1 wrote."
    assert kept.turns[1].text == "Who is Ada?"
    (only,) = ids(log, "m-3")
    assert record_of(log, only).text == "Call Erased person 1 back."
    assert record_of(log, only).record.evidence[0].quote == "called"
    assert keep(log, said, found(said, action(said, "Call Ada Lund back.", quote(said, 0, "called")))).new == []
    assert checking.verify(log).problems == ()


def test_names_that_others_share_stay(log: Log) -> None:
    said = talk(
        "Ada Lund: Hello.", "Ada Quist: Hello, Ada.", "Ben Ito: Lund and Quist, the Lunds, and ada.", name="m-4"
    )
    keep(log, said, found(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-4")
    assert kept is not None
    assert [turn.text for turn in kept.turns[1:]] == [
        "Hello, Ada.",
        "Erased person 1 and Quist, the Lunds, and ada.",
    ]


def test_two_people_who_left_one_after_the_other_stay_away_together(log: Log) -> None:
    said = talk("Ada Lund: Hello.", "Ada Quist: Hello, Ada.", "Ben Ito: Ada and Ada Quist.", name="m-4")
    keep(log, said, found(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    erase_person(log, 2, "Eve Oak", EMBEDDER)
    with log.read() as connection:
        before = views.conversation_by_id(connection, "m-4")
        head = checking.events.head(connection)
    keep(log, said, found(said))
    with log.read() as connection:
        assert views.conversation_by_id(connection, "m-4") == before
        assert [one.kind for one in checking.events.walk(connection, after=head.seq)] == ["source.read"]
    assert before is not None
    assert "Quist" not in before.model_dump_json()


def test_reactions_quotations_and_aliases_follow(log: Log) -> None:
    said = talk("Ada Lund: The bell rings thrice at dawn.", "Ben Ito: Ring ada@example.org, or @adal.", name="m-5")
    ada = Participant(id="ada-lund", name="Ada Lund", aliases=("ada@example.org", "adal"))
    repeated = Quotation(char=0, depth=1, author="ada-lund", text="The bell rings thrice at dawn.")
    unsigned = Quotation(char=5, depth=1, author=None, text="> The bell rings thrice at dawn.")
    second = said.turns[1].model_copy(
        update={"reactions": (Reaction(name="ok", count=1, people=("ada-lund",)),), "quotes": (repeated, unsigned)}
    )
    said = said.model_copy(update={"participants": (ada, said.participants[1]), "turns": (said.turns[0], second)})
    keep(log, said, found(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-5")
    assert kept is not None
    turn = kept.turns[1]
    assert turn.text == "Ring Erased person 1, or Erased person 1."
    assert [one.text for one in turn.quotes] == ["[erased]", "[erased]"]
    assert turn.quotes[0].author == "erased-person-1"
    assert turn.reactions[0].people == ("erased-person-1",)


def test_the_chain_of_a_series_stays_when_a_name_leaves_its_title(log: Log) -> None:
    for number in (1, 2):
        said = talk("Ada Lund: Hello.", "Ben Ito: Hi.", name=f"m-{number}", title="Ada Lund and Ben Ito, weekly")
        keep(log, said, found(said))
    erase_person(log, "Ada Lund", "Eve Oak", EMBEDDER)
    later = talk("Ada Lund: Hello there.", "Ben Ito: Hi.", name="m-3", title="Ada Lund and Ben Ito, weekly")
    keep(log, later, found(later))
    with log.read() as connection:
        table = tables.conversations
        assert connection.execute(select(table.c.series)).scalars().all() == [1, 1, 1]
        assert connection.execute(select(tables.series.c.title)).scalars().all() == [
            "Erased person 1 and Ben Ito, weekly"
        ]


# Breaking off

KILLED = """
import os, signal, sys
sys.path[:0] = [{tests!r}, {repo!r}]
from pathlib import Path
from kept import EMBEDDER
from extractor.log import cleaning, erasing
from extractor.log.store import Log
def stop(*_):
    os.kill(os.getpid(), signal.SIGKILL)
point = sys.argv[3]
log = Log.open(Path(sys.argv[1]), sys.argv[2] or None)
if point == "before-commit":
    erasing.note_cleaning = stop
elif point == "after-commit":
    erasing.finish_erasures = stop
elif point == "in-cleaning":
    cleaning._clean_database = stop
erasing.erase_conversation(log, "m-1", "Eve Oak", rebuild=stop if point == "in-index" else None)
"""


@pytest.mark.parametrize("point", ["before-commit", "after-commit", "in-index", "in-cleaning"])
def test_an_erasure_that_is_killed_is_completed_by_the_next_run(
    log: Log, request: pytest.FixtureRequest, point: str
) -> None:
    spread(log)
    folder, url = log.database.folder, "" if log.database.path else str(log.database.url.render_as_string(False))
    tests = Path(__file__).resolve().parent.parent
    script = KILLED.format(tests=str(tests), repo=str(tests.parent))
    done = subprocess.run([sys.executable, "-c", script, folder, url, point], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert bytes_on_disk(log, CANARY, request)
    if point == "before-commit":
        assert not finish_erasures(log)
        erase_conversation(log, "m-1", "Eve Oak")
    else:
        assert finish_erasures(log)
    assert bytes_on_disk(log, CANARY, request) == []
    assert checking.verify(log).problems == ()


def test_a_reader_from_before_puts_the_cleaning_off(log: Log, request: pytest.FixtureRequest) -> None:
    spread(log)
    with log.read() as reader:
        reader.execute(select(tables.turns)).all()
        report = erase_conversation(log, "m-1", "Eve Oak", timeout_s=0.3)
        assert report.unfinished is not None
    assert finish_erasures(log)
    assert bytes_on_disk(log, CANARY, request) == []


def test_words_in_a_write_ahead_log_that_a_kill_left_are_erased_too(tmp_path: Path) -> None:
    """The words lie in the write-ahead log only, as the process that wrote them was killed before a checkpoint."""
    tests = Path(__file__).resolve().parent.parent
    script = (
        f"import os, signal, sys; sys.path[:0] = [{str(tests)!r}, {str(tests / 'log')!r}, {str(tests.parent)!r}]\n"
        "from pathlib import Path\nfrom extractor.log.store import Log\nimport test_erasing\n"
        "log = Log.open(Path(sys.argv[1]))\ntest_erasing.spread(log)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert "log.db-wal" in files_with(tmp_path, CANARY)
    with Log.open(tmp_path) as log:
        erase_conversation(log, "m-1", "Eve Oak")
        assert files_with(tmp_path, CANARY) == []


def test_a_failing_index_leaves_the_cleaning_for_later(log: Log) -> None:
    from extractor.errors import IndexStoreError

    spread(log)

    def fail() -> None:
        raise IndexStoreError("The index is away.", "Bring it back.")

    report = erase_conversation(log, "m-1", "Eve Oak", rebuild=fail)
    assert report.unfinished == "The index is away. Bring it back."
    assert record_of(log, ids(log, "m-1")[0]).text == ""
    assert finish_erasures(log)
