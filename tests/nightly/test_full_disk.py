"""A disk that is full stops a nightly run with a sentence, and costs nothing: with room again, the next one goes on."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from snapshots import snapshot
from teams import Night, Team, minutes
from test_index_support import fill, resize, small_disk

from extractor.embedding import load_embedder
from extractor.errors import LogFullError
from extractor.index import RecordIndex
from extractor.log import checking, outbox, tables
from extractor.log.store import FILE, Log

Snapshot = dict[str, list[Any]]

THINGS = (
    "the harbour crane",
    "the harbour crane",
    "the ferry timetable",
    "the kiln licence",
    "the orchard fence",
    "the choir rota",
    "the archive roof",
    "the lab fridge",
)
"""What each source is about: the second one again what the first one was about, so that there is a link."""
PLAN = '[[nightly.sources]]\ntype = "folder"\nname = "minutes"\npaths = ["minutes"]\n[digest]\nfile = "{}"\n'
ROOMS_KB = (8, 460, 940, 1180, 1420)
"""From less than an empty log takes to less than the log takes while its last source is added."""
PLENTY_KB = 60_000


def team_in(folder: Path, data: str = "data", told: str = ".", digest: str = "digest.md") -> Team:
    team = Team.in_folder(folder, PLAN.format(digest), data, told)
    for number, thing in enumerate(THINGS):
        team.write(
            f"minutes/{number}-{thing.replace(' ', '-')}.txt", minutes(thing, number + 10, f"2026-03-{number + 2:02}")
        )
    return team


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    team = team_in(tmp_path_factory.mktemp("calm"))
    assert team.night("--quiet").code == 0
    found = kept(team)
    assert len(found["conversations"]) == len(THINGS)
    assert len(found["links"]) > 0
    return found


def kept(team: Team) -> Snapshot:
    """What the log says, which is whole. It is read in a copy: on a full disk SQLite cannot even read."""
    copy = team.folder / "copy"
    copy.mkdir()
    for path in team.data.glob(f"{FILE}*"):
        shutil.copy2(path, copy)
    try:
        with Log.open(copy, create=False) as log:
            assert checking.verify(log).problems == ()
            return snapshot(log, team.folder)
    finally:
        shutil.rmtree(copy)


def assert_told(night: Night, code: int | tuple[int, ...], *places: Path) -> None:
    """The run said that there is no room, of each of the places, and what to do."""
    assert night.code in (code if isinstance(code, tuple) else (code,)), night.said
    for place in places:
        lines = [line for line in night.said.splitlines() if str(place) in line]
        assert any("o room left" in line or "No space left" in line for line in lines), night.said
        assert all("Make" in line for line in lines), night.said


def assert_whole(team: Team) -> None:
    """The index follows the log, and nothing waits."""
    embedder = load_embedder()
    index = RecordIndex(team.data / "index" / "records", embedder.name, embedder.dimension)
    with team.log() as log, log.read() as connection:
        assert outbox.pending(connection) == 0
        records = len(connection.execute(tables.records.select()).all())
    assert index.count() == records
    assert index.status().healthy


Mount = Callable[[Path, int], Path]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Mounts an empty file system of so many kilobytes at a place; they go with the test, the last one first."""
    with contextlib.ExitStack() as disks:

        def mounted(place: Path, kilobytes: int) -> Path:
            place.parent.mkdir(exist_ok=True)
            resize(disks.enter_context(small_disk(place)), kilobytes)
            return place

        yield mounted


@pytest.fixture
def disk(tmp_path: Path, mount: Mount) -> Path:
    return mount(tmp_path / "disk", 1000)


@pytest.mark.slow
def test_with_too_little_room_for_the_log_it_has_whole_sources_and_the_next_run_adds_the_rest(
    disk: Path, mount: Mount, tmp_path: Path, undisturbed: Snapshot
) -> None:
    team = team_in(tmp_path, "disk/data")
    mount(team.data / "index", PLENTY_KB)
    added = [0]
    for room in ROOMS_KB:
        resize(disk, room)
        night = team.night("--quiet")
        assert_told(night, (1, 3), team.data / FILE)
        if night.status is None:
            assert not any(added), "only where there is no room for an empty log is nothing told to monitoring"
            assert night.code == 3
            continue
        found = kept(team)
        assert_begins(found, undisturbed)
        assert night.status["exit_code"] == night.code == (1 if len(found["sources"]) > added[-1] else 3)
        added.append(len(found["sources"]))
    assert len(added) < len(ROOMS_KB) + 1, "there was not even room for an empty log"
    assert len({number for number in added if 0 < number < len(THINGS)}) > 1, "it was full between sources"
    resize(disk, PLENTY_KB)
    assert team.night("--quiet").code == 0
    assert kept(team) == undisturbed
    assert_whole(team)


def assert_begins(found: Snapshot, undisturbed: Snapshot) -> None:
    """A log has the first sources of the undisturbed one, whole, and nothing else."""
    assert found["events"] == undisturbed["events"][: len(found["events"])]
    assert [event["kind"] for event in found["events"][-1:]] in ([], ["source.read"])
    for name in ("records", "conversations", "turns"):
        assert all(row in undisturbed[name] for row in found[name]), name


@pytest.mark.slow
def test_without_room_for_the_index_the_log_is_done_and_the_next_run_writes_the_index_and_links(
    mount: Mount, tmp_path: Path, undisturbed: Snapshot
) -> None:
    team = team_in(tmp_path)
    disk = mount(team.data / "index", 200)
    night = team.night()
    assert_told(night, 1, disk / "records")
    assert "is made again" not in night.said, "what has no room is not written a second time"
    found = kept(team)
    assert found["records"] == undisturbed["records"]
    assert found["links"] == []
    assert night.status is not None
    assert night.status["index_pending"] > 0
    resize(disk, PLENTY_KB)
    assert team.night("--quiet").code == 0
    assert kept(team) == undisturbed
    assert_whole(team)


@pytest.mark.slow
def test_without_room_for_the_digest_and_for_monitoring_the_work_is_done_and_they_are_written_later(
    disk: Path, tmp_path: Path, undisturbed: Snapshot
) -> None:
    team = team_in(tmp_path, told="disk", digest="disk/digest.md")
    fill(disk / "ballast")
    night = team.night("--quiet")
    assert_told(night, 1, disk / "digest.md", disk / "status.jsonl", disk / "decisions.prom")
    assert night.status is None
    assert kept(team) == undisturbed
    team.write("minutes/9-the-tram-stop.txt", minutes("the tram stop", 30))
    assert_told(team.night("--quiet"), 1, disk / "digest.md")
    (disk / "ballast").unlink()
    night = team.night("--quiet")
    assert (night.code, night.said) == (0, "")
    assert night.status is not None
    assert night.status["deliveries_failed"] == 0
    digest = (disk / "digest.md").read_text()
    assert "tram stop" in digest, "of two digests that waited, the later one stands"
    assert (disk / "decisions.prom").read_text().endswith("# EOF\n")


def test_a_disk_that_takes_no_more_files_is_a_full_one(disk: Path) -> None:
    resize(disk, PLENTY_KB)
    with Log.open(disk / "data") as log, log.write() as tx:
        tx.event("thing.made", "t-1")
        inodes = len([disk, *disk.rglob("*")])
        subprocess.run(["mount", "-o", f"remount,nr_inodes={inodes}", str(disk)], check=True)
        with pytest.raises(LogFullError, match="no room left"), log.exclusive("nightly", "do the night's work", 0):
            pass
