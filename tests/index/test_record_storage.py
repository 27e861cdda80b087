"""Whatever happens to a change of the index of records, the index is what it was before or what it was to become."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from record_entries import entries, entry, index_in, own, spawn_records
from test_index_support import fill, resize, small_disk

from extractor.errors import StorageFullError
from extractor.index import RecordIndex, pending, records, store
from extractor.index.collection import Records

ROUNDS = int(os.environ.get("DECISIONS_INDEX_ROUNDS", "3"))
"""Kills in the middle of a change; rounds of two processes; twice as many sizes of a full disk."""
GROUP = 10
MOST = 25
"""Changes that wait before they go into the store: every third group of ten does."""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecordIndex:
    monkeypatch.setattr(records, "MOST", MOST)
    return index_in(tmp_path / "records")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as place:
        yield place


def leftovers(index: RecordIndex) -> list[str]:
    """Files and folders that are neither current nor the lock's."""
    current = store.current(index.folder)
    assert current
    known = {current.path.name, current.pending.name if current.pending else "", store.POINTER_FILE, "index.lock"}
    return sorted({path.name for path in index.folder.iterdir()} - known)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_process_leaves_every_change_it_made_and_at_most_one_more_whole(index):
    index.apply(entries("before", 20), [])
    chance, expected, interrupted = random.Random(11), {f"before-{n}" for n in range(20)}, 0
    for n in range(ROUNDS):
        child = spawn_records("apply", index.folder, f"kill{n}", 2000, GROUP, MOST)
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 2.5))
        child.send_signal(signal.SIGKILL)
        said, _ = child.communicate()
        interrupted += child.returncode == -signal.SIGKILL
        acknowledged = GROUP * len(said.split())
        found = index.ids() - expected
        assert len(found) in (acknowledged, acknowledged + GROUP)
        assert found == {f"kill{n}-{k}" for k in range(len(found))}
        expected |= found
    assert interrupted
    assert index.status().healthy
    index.apply([entry("after")], [])
    assert index.ids() == expected | {"after"}
    assert leftovers(index) == []
    sample = sorted(expected)[:: max(1, len(expected) // 20)]
    assert own(index, sample) == sample


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_replacement_that_is_killed_leaves_the_old_or_the_new(index):
    chance = random.Random(5)
    for _ in range(ROUNDS):
        index.replace_all(entries("old", 50))
        child = spawn_records("replace", index.folder, "new", 3000)
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 2.5))
        child.kill()
        said, _ = child.communicate()
        old, new = {f"old-{k}" for k in range(50)}, {f"new-{k}" for k in range(3000)}
        assert index.ids() in ([new] if said else [old, new])
        index.replace_all(entries("old", 5))
        assert leftovers(index) == []


def test_processes_that_change_it_at_once_lose_nothing(index):
    for n in range(ROUNDS):
        children = [spawn_records("apply", index.folder, f"{side}{n}", 60, GROUP, MOST) for side in ("left", "right")]
        for child in children:
            _, errors = child.communicate(timeout=120)
            assert child.returncode == 0, errors
    expected = {f"{side}{n}-{k}" for n in range(ROUNDS) for side in ("left", "right") for k in range(60)}
    assert index.ids() == expected
    assert index.status().healthy
    sample = sorted(expected)[::17]
    assert own(index, sample) == sample


def test_a_full_disk_costs_nothing_that_was_there_and_the_same_change_completes_later(disk, monkeypatch):
    monkeypatch.setattr(records, "MOST", MOST)
    index = index_in(disk / "records")
    wanted, done, full = entries("a", 1500), 0, 0
    for kilobytes in (*range(1000, 4000, 1500 // ROUNDS), 40_000):
        resize(disk, kilobytes)
        try:
            while done < len(wanted):
                index.apply(wanted[done : done + 250], [])
                done += 250
        except StorageFullError:
            full += 1
        if index.exists:
            assert store.current(index.folder)
            assert len(index.ids()) == done
            if done:
                assert own(index, [f"a-{done - 1}"]) == [f"a-{done - 1}"]
    assert full >= 2
    assert index.status().records == 1500
    assert leftovers(index) == []


def test_on_a_disk_without_a_byte_left_everything_says_so_and_nothing_breaks(disk):
    resize(disk, 8000)
    index = index_in(disk / "records")
    index.apply(entries("a", 100), [])
    fill(disk / "ballast")
    for use in (lambda: index.apply(entries("b", 10), []), index.ids, lambda: index.replace_all(entries("c", 3))):
        with pytest.raises(StorageFullError, match="no room left"):
            use()
    (disk / "ballast").unlink()
    assert index.ids() == {f"a-{n}" for n in range(100)}
    index.apply(entries("b", 10), [])
    assert index.status().records == 110
    assert leftovers(index) == []


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
@pytest.mark.parametrize(("owner", "step"), [(Records, "write"), (pending.Pending, "save"), (store, "_publish")])
def test_a_change_that_stops_half_way_changes_nothing(index, monkeypatch, failure, owner, step):
    index.apply(entries("a", 30), [])
    index.apply(entries("b", 5), [])
    before = store.current(index.folder)
    monkeypatch.setattr(owner, step, lambda *_: (_ for _ in ()).throw(failure))
    with pytest.raises(StorageFullError if isinstance(failure, OSError) else type(failure)):
        index.apply(entries("c", 5 if step == "save" else 40), ["a-1", "b-1"])
    monkeypatch.undo()
    assert store.current(index.folder) == before
    assert index.ids() == {*(f"a-{n}" for n in range(30)), *(f"b-{n}" for n in range(5))}
    index.apply(entries("d", 1), [])
    assert leftovers(index) == []
