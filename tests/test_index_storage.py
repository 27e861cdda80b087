"""Whatever happens to a write, the index is what it was before or what it was to become."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_index_support import HashEmbedder, assert_complete, fill, resize, small_disk, spawn, talks

from extractor.errors import IndexDamagedError, StorageFullError
from extractor.index import PassageIndex, passages, probe, store
from extractor.index.collection import PASSAGES, Passages

ROUNDS = int(os.environ.get("DECISIONS_INDEX_ROUNDS", "3"))
"""Rounds of two processes adding at once; kills in the middle of a write; twice as many sizes of a full disk."""


@pytest.fixture
def index(tmp_path: Path) -> PassageIndex:
    return PassageIndex(tmp_path / "index", HashEmbedder())


def vector_files(index: PassageIndex, name: str) -> list[Path]:
    current = store.current(index.folder)
    assert current
    return list(current.path.glob(f"*/{name}"))


def probed_here(index: PassageIndex) -> probe.Finding:
    """What ``status`` finds out, without the second that a process of its own takes."""
    current = store.current(index.folder)
    assert current
    return probe.probe(current.path, PASSAGES.prefix)


def stores(index: PassageIndex) -> list[Path]:
    return list(index.folder.glob(f"{store.STORE_PREFIX}*"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as place:
        yield place


def test_a_full_disk_costs_nothing_that_was_there_and_the_same_add_completes_later(disk, monkeypatch):
    monkeypatch.setattr(passages, "GROUP", 250)
    index = PassageIndex(disk / "index", HashEmbedder(dimension=128))
    wanted = talks("p", 1300)
    said, kept = list[str](), 0
    for kilobytes in (*range(1000, 7000, 3000 // ROUNDS), 40_000):
        resize(disk, kilobytes)
        try:
            index.add(wanted)
        except StorageFullError as error:
            said.append(error.what)
        assert len(stores(index)) <= 1
        if store.exists(index.folder):
            finding = probed_here(index)
            assert (finding.problem, finding.rows >= kept) == (None, True)
            kept = finding.rows
            if kept:
                assert index.search(wanted[kept - 1].turns[0].text, limit=1)[0].conversation_id == f"p-{kept - 1}"
    assert len(said) >= ROUNDS
    assert all("There is no room left" in what for what in said)
    assert_complete(index, wanted)
    assert index.add(wanted).chunks_new == 0


def test_on_a_disk_without_a_byte_left_everything_says_so_and_nothing_breaks(disk):
    resize(disk, 8000)
    index = PassageIndex(disk / "index", HashEmbedder())
    index.add(talks("p", 1100))
    fill(disk / "ballast")
    for use in (lambda: index.search("Topic pbaaa"), lambda: index.add(talks("q", 400)), index.rebuild):
        with pytest.raises(StorageFullError, match="no room left"):
            use()
    (disk / "ballast").unlink()
    assert_complete(index, talks("p", 1100))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_killed_add_leaves_a_sound_index_and_the_next_one_completes(index):
    index.add(talks("before", 20))
    chance = random.Random(7)
    interrupted = 0
    for n in range(ROUNDS):
        child = spawn("add", index.folder, f"kill{n}x", 600, 100)
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.3, 1.6))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        interrupted += child.returncode == -signal.SIGKILL
        assert probed_here(index).problem is None
    assert interrupted
    for n in range(ROUNDS):
        index.add(talks(f"kill{n}x", 600))
    assert_complete(index, [c for n in range(ROUNDS) for c in talks(f"kill{n}x", 600)] + talks("before", 20))
    assert len(stores(index)) == 1


def test_two_processes_that_add_at_once_lose_nothing(index):
    for n in range(ROUNDS):
        children = [spawn("add", index.folder, f"{side}{n}x", 40, 20) for side in ("left", "right")]
        for child in children:
            _, errors = child.communicate(timeout=120)
            assert child.returncode == 0, errors
    assert_complete(index, [c for n in range(ROUNDS) for side in ("left", "right") for c in talks(f"{side}{n}x", 40)])


@pytest.mark.parametrize(
    "failure",
    [KeyboardInterrupt(), OSError(28, "No space left on device"), pytest.param(MemoryError(), marks=pytest.mark.soak)],
)
def test_a_write_that_stops_half_way_changes_nothing(index, monkeypatch, failure):
    index.add(talks("p", 30))
    before = store.current(index.folder)
    monkeypatch.setattr(Passages, "delete", lambda *_: (_ for _ in ()).throw(failure))
    with pytest.raises(StorageFullError if isinstance(failure, OSError) else type(failure)):
        index.add(talks("q", 30))
    monkeypatch.undo()
    assert store.current(index.folder) == before
    assert stores(index) == [before.path]
    assert_complete(index, talks("p", 30))


@pytest.mark.parametrize("file", ["index_metadata.pickle", "data_level0.bin"])
def test_damaged_vectors_are_noticed_and_mended_from_the_texts(index, file):
    wanted = talks("p", 1050)
    index.add(wanted)
    (damaged,) = vector_files(index, file)
    with damaged.open("r+b") as content:
        content.truncate(damaged.stat().st_size // 3)
    status = index.status()
    assert not status.healthy
    assert status.problem
    with pytest.raises(IndexDamagedError) as caught:
        index.check()
    assert "decisions index rebuild" in caught.value.remedy
    assert index.rebuild() == 1050
    assert_complete(index, wanted)


def test_a_search_in_damaged_vectors_says_what_to_do(index):
    index.add(talks("p", 1050))
    (damaged,) = vector_files(index, "index_metadata.pickle")
    damaged.write_bytes(b"")
    with pytest.raises(IndexDamagedError, match="cannot be read") as caught:
        index.search("Topic pbb")
    assert "decisions index rebuild" in caught.value.remedy


def test_an_index_whose_texts_are_lost_too_says_to_add_the_transcripts_again(index):
    index.add(talks("p", 50))
    current = store.current(index.folder)
    (current.path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    assert not index.status().healthy
    with pytest.raises(IndexDamagedError) as caught:
        index.rebuild()
    assert "decisions index add" in caught.value.remedy


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell and no SIGSEGV on Windows")
def test_a_reader_that_crashes_or_fails_is_a_finding(monkeypatch, tmp_path):
    for script, problem in (("kill -SEGV $$", "crashes (SIGSEGV)"), ("echo boom >&2; exit 3", "fails (boom)")):
        monkeypatch.setattr(probe, "command", lambda *_, script=script: ["/bin/sh", "-c", script])
        assert problem in (probe.probed(tmp_path, PASSAGES).problem or "")


def test_a_rebuild_leaves_the_same_passages(index):
    index.add(talks("p", 40))
    before = index.search("Topic pdd", limit=5)
    assert index.rebuild() == 40
    assert index.search("Topic pdd", limit=5) == before
    assert len(stores(index)) == 1
