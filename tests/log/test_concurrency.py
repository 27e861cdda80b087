"""Eight processes add to one log at the same time, some of them the same file: nothing is lost, and nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from kept import decision, found, keep, quote, talk
from sqlalchemy import func, select

from extractor.conversation import Conversation
from extractor.index import RecordIndex
from extractor.log import checking, outbox, reviewing, tables
from extractor.log.store import Log

REPO = Path(__file__).resolve().parents[2]
PROCESSES = 8
OWN = 12 if os.environ.get("DECISIONS_SOAK") else 2
"""Files that one process alone is given; it shares one more with the process before it and one with the next."""
THINGS = ("crane", "ferry", "kiln", "orchard", "choir", "archive", "fridge", "oven", "shed", "tram", "mill", "quay")


def minutes(number: int) -> str:
    thing = f"{THINGS[number % len(THINGS)]} {number // len(THINGS) + 1}"
    return (
        f"Ada Quist: Welcome. First the {thing}.\n"
        f"Bo Tarn: I propose we repair the {thing} before week {number + 10}.\n"
        f"Ada Quist: We decided to repair the {thing} before week {number + 10}. Agreed?\n"
        f"Cy Dorn: Agreed.\n"
        f"Bo Tarn: I will write to the office about the {thing} by Friday.\n"
        f"Cy Dorn: Do we know who pays for the {thing}?\n"
    )


@dataclass
class Crowd:
    """A data folder, or a database, that several processes add to; ``files`` is what each is given."""

    folder: Path
    url: str | None
    files: list[list[Path]] = field(default_factory=list)

    def __post_init__(self) -> None:
        sources = self.folder / "minutes"
        sources.mkdir(parents=True)
        shared = [self._write(sources, f"shared-{number}", number) for number in range(PROCESSES)]
        for process in range(PROCESSES):
            first = PROCESSES + process * OWN
            own = [self._write(sources, f"own-{number}", number) for number in range(first, first + OWN)]
            self.files.append([shared[process], *own, shared[(process + 1) % PROCESSES]])

    def _write(self, folder: Path, name: str, number: int) -> Path:
        path = folder / f"{name}.txt"
        path.write_text(minutes(number), encoding="utf-8")
        return path

    def begin(self, files: list[Path]) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONS_")}
        environment |= {"PYTHONPATH": str(REPO), "DECISIONS_HOME": str(self.folder / "data"), "OMP_NUM_THREADS": "1"}
        if self.url is not None:
            environment["DECISIONS_LOG"] = self.url
        command = [sys.executable, "-m", "extractor.cli.main", "add", *map(str, files)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=pipe, stderr=pipe, text=True)

    def log(self) -> Log:
        return Log.open(self.folder / "data", self.url, create=False)


def rows(log: Log) -> dict[str, Any]:
    """What a log says, whoever said it when: numbers that depend on the order of arrival and folders are left out."""
    records, quotes, conversations = tables.records, tables.evidence, tables.conversations
    spans = (quotes.c.number, quotes.c.turn, quotes.c.start_char, quotes.c.end_char, quotes.c.quote, quotes.c.located)
    wanted = {
        "conversations": select(conversations.c.id, conversations.c.title, conversations.c.turns),
        "records": select(records.c.id, records.c.conversation, records.c.text),
        "evidence": select(quotes.c.record, *spans),
        "people": select(tables.people.c.name),
        "sources": select(tables.sources.c.origin, tables.sources.c.complete),
        "read from": select(tables.source_conversations.c.origin, tables.source_conversations.c.conversation),
    }
    found: dict[str, Any] = {}
    with log.read() as connection:
        for name, statement in wanted.items():
            found[name] = sorted(
                tuple(Path(value).name if str(value).startswith("files:") else value for value in row)
                for row in connection.execute(statement)
            )
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The log of one process that is given every file."""
    crowd = Crowd(tmp_path_factory.mktemp("alone"), None)
    run = crowd.begin(sorted({path for files in crowd.files for path in files}))
    _, said = run.communicate(timeout=500)
    assert run.returncode == 0, said
    with crowd.log() as log:
        return rows(log)


def test_eight_processes_at_once_leave_the_log_that_one_alone_would(
    log_url: str | None, tmp_path: Path, expected: dict[str, Any]
) -> None:
    crowd = Crowd(tmp_path, log_url)
    broken = tmp_path / "minutes" / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    runs = [crowd.begin([*files, *([broken] if place == 0 else [])]) for place, files in enumerate(crowd.files)]
    ended = [(*run.communicate(timeout=500), run.returncode) for run in runs]
    for place, (_, said, code) in enumerate(ended):
        assert code == (1 if place == 0 else 0), said
        assert "locked" not in said.casefold(), said
        assert "Traceback" not in said, said
    with crowd.log() as log:
        found = rows(log)
        assert found == expected
        assert len(found["sources"]) == len(found["conversations"]) == PROCESSES * (OWN + 1)
        assert len(found["records"]) > len(found["conversations"])
        assert checking.verify(log).ok
        _nothing_is_twice(log, found)
    _index_is_whole(tmp_path / "data", {record[0] for record in found["records"]})


def _nothing_is_twice(log: Log, found: dict[str, Any]) -> None:
    """Each thing was entered by one event, and nothing of it was changed by whoever came second."""
    links = tables.links
    with log.read() as connection:
        assert outbox.pending(connection) == 0
        kinds = Counter(connection.execute(select(tables.events.c.kind)).scalars())
        ends = connection.execute(select(links.c.from_record, links.c.to_record, links.c.kind)).all()
        assert connection.execute(select(func.count()).select_from(tables.revisions)).scalar_one() == 0
        assert connection.execute(select(tables.quarantine.c.attempts)).scalars().all() == [1]
    told = {kind: number for kind, number in kinds.items() if kind.startswith(("record.", "conversation."))}
    assert told == {"record.added": len(found["records"]), "conversation.added": len(found["conversations"])}
    assert len(ends) == len(set(ends))


def _index_is_whole(data: Path, records: set[str]) -> None:
    from extractor.embedding import load_embedder

    embedder = load_embedder()
    index = RecordIndex(data / "index" / "records", embedder.name, embedder.dimension)
    with index.session() as session:
        assert session.ids() == records
    assert index.count() == len(records)
    assert index.status().healthy


# The same without engines and models, so that the writers meet all the time, from the making of the log on.

WRITERS = 8
MEETINGS = 60 if os.environ.get("DECISIONS_SOAK") else 6


def write_much(number: int, folder: Path, url: str | None, ready: Barrier, ended: Queue[str]) -> None:
    """One writer: meetings of its own, each reviewed at once, and between them one that all others have too."""
    ready.wait(120)
    try:
        with Log.open(folder, url) as log:
            for turn in range(MEETINGS):
                for name in (f"own-{number}-{turn}", f"shared-{turn}"):
                    conversation = meeting_of(name)
                    said = conversation.turns[1].text
                    record = decision(conversation, f"The {name} is repaired.", quote(conversation, 1, said))
                    outcome = keep(log, conversation, found(conversation, record))
                    if name.startswith("own"):
                        with log.write(f"Reviewer {number}") as tx:
                            reviewing.approve(tx, outcome.new[0])
        ended.put("")
    except BaseException as error:
        ended.put(f"{type(error).__name__}: {error}")
        raise


def meeting_of(name: str) -> Conversation:
    return talk("Ada Quist: Shall we?", f"Bo Tarn: We repair the {name}.", name=name, title=name)


def test_writers_that_meet_from_the_first_moment_on_lose_nothing_and_do_nothing_twice(
    log_url: str | None, tmp_path: Path
) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready, ended = spawn.Barrier(WRITERS), spawn.Queue()
    writers = [
        spawn.Process(target=write_much, args=(number, tmp_path / "data", log_url, ready, ended))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    assert [ended.get(timeout=300) for _ in writers] == [""] * WRITERS
    for writer in writers:
        writer.join(60)
    names = {f"shared-{turn}" for turn in range(MEETINGS)}
    names |= {f"own-{number}-{turn}" for number in range(WRITERS) for turn in range(MEETINGS)}
    with Log.open(tmp_path / "data", log_url, create=False) as log:
        assert checking.verify(log).ok
        with log.read() as connection:
            records = connection.execute(select(tables.records).order_by(tables.records.c.seq)).all()
            assert {row.conversation for row in records} == names
            assert [row.seq for row in records] == list(range(1, len(names) + 1))
            assert {row.state for row in records if row.conversation.startswith("own")} == {"approved"}
            assert sorted(connection.execute(select(tables.people.c.name)).scalars()) == sorted(
                ["Ada Quist", "Bo Tarn", *(f"Reviewer {number}" for number in range(WRITERS))]
            )
            kinds = Counter(connection.execute(select(tables.events.c.kind)).scalars())
            assert kinds["conversation.added"] == kinds["record.added"] == len(names)
            assert kinds["record.approved"] == WRITERS * MEETINGS
            assert kinds["source.read"] == 2 * WRITERS * MEETINGS
            assert set(kinds) == {"conversation.added", "record.added", "record.approved", "source.read"}
