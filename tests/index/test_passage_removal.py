"""Passages that are taken out of the index are gone: not found, and after a replacement without a trace."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_index_support import HashEmbedder, assert_complete, files_with, talk, talks

from extractor.errors import IndexStoreError
from extractor.index import PassageIndex, store

CANARY = "xylophonequokka"
SECRET = talk("c-secret", ("Ana", f"We never speak of the {CANARY} again. " + "filler " * 12), source=f"{CANARY}.vtt")


@pytest.fixture
def index(tmp_path: Path) -> PassageIndex:
    return PassageIndex(tmp_path / "index", HashEmbedder())


@pytest.fixture
def embedder(index: PassageIndex) -> HashEmbedder:
    assert isinstance(index.embedder, HashEmbedder)
    return index.embedder


def test_what_is_removed_is_not_found_and_removing_it_again_does_nothing(index):
    assert index.remove(["c-secret"]) == 0
    assert not index.folder.exists()
    index.add([SECRET, *talks("p", 20)])
    assert index.remove(["c-secret", "p-3", "never-there"]) == 2
    assert_complete(index, [*talks("p", 3), *talks("p", 20)[4:]])
    assert all(hit.conversation_id not in ("c-secret", "p-3") for hit in index.search(CANARY, limit=30))
    before = store.current(index.folder)
    assert index.remove(["c-secret", "p-3"]) == 0
    assert store.current(index.folder) == before


@pytest.mark.parametrize("rows", [20, pytest.param(1100, marks=pytest.mark.soak)])
def test_after_a_replacement_no_byte_of_what_was_removed_is_in_any_file(index, embedder, rows):
    kept = talks("p", rows)
    index.add([SECRET, *kept])
    vector = embedder.embed([f"Ana: {SECRET.turns[0].text.strip()}"])[0].tobytes()
    assert files_with(index.folder, CANARY.encode())
    assert files_with(index.folder, vector)
    index.remove(["c-secret"])
    calls = len(embedder.embedded)
    assert index.replace_all(kept) == rows
    assert files_with(index.folder, CANARY.encode()) == []
    assert files_with(index.folder, vector) == []
    assert len(embedder.embedded) == calls, "vectors that are there are taken over"
    assert_complete(index, kept)


def test_a_replacement_computes_what_is_new_and_mends_what_is_damaged(index, embedder):
    assert index.replace_all(talks("p", 5)) == 5
    calls, seen = len(embedder.embedded), list[tuple[int, int]]()
    assert index.replace_all(talks("p", 8), lambda done, total: seen.append((done, total))) == 8
    assert len(embedder.embedded) == calls + 3
    assert seen[-1] == (8, 8)
    (index.folder / store.POINTER_FILE).write_text("{}")
    assert index.replace_all(talks("p", 8)) == 8
    assert len(embedder.embedded) == calls + 3 + 8
    assert_complete(index, talks("p", 8))


def test_a_replacement_leaves_nothing_behind_even_while_another_process_reads(index):
    index.add([SECRET, *talks("p", 20)])
    code = (
        "import sys; from test_index_support import *; p = PassageIndex(Path(sys.argv[1]), HashEmbedder())._place\n"
        "with p.reading('search the index') as passages:\n"
        "    print(passages.count(), flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(index.folder)]
    tests = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=tests) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "21\n"
        index.remove(["c-secret"])
        assert files_with(index.folder, CANARY.encode()), "the store that is read stays"
        index.replace_all(talks("p", 20))
        assert files_with(index.folder, CANARY.encode()) == []
        reader.communicate()
    assert_complete(index, talks("p", 20))


def test_what_cannot_be_removed_is_an_error_and_not_passed_over(index, monkeypatch):
    index.add([SECRET])
    remove = store.shutil.rmtree

    def refuse(path: Path, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(store.shutil, "rmtree", refuse)
    for use in (lambda: index.replace_all(talks("p", 3)), index.forget):
        with pytest.raises(IndexStoreError, match="Permission denied"):
            use()
    monkeypatch.setattr(store.shutil, "rmtree", remove)
    index.replace_all(talks("p", 3))
    assert files_with(index.folder, CANARY.encode()) == []


def test_a_forgotten_index_is_none(index):
    index.forget()
    index.add([SECRET, *talks("p", 20)])
    index.forget()
    assert not index.status().exists
    assert [path.name for path in index.folder.iterdir()] == ["index.lock"]
    index.add(talks("p", 3))
    assert_complete(index, talks("p", 3))


@pytest.mark.soak
def test_memory_that_chromadb_writes_out_unused_never_reaches_a_published_store(index):
    for n in range(5):
        heap = [bytes(CANARY * size, "ascii") for size in (10, 100, 1000, 10_000) for _ in range(40)]
        del heap
        index.replace_all(talks(f"p{n}x", 5))
        assert files_with(index.folder, CANARY.encode()) == []
        (header,) = index.folder.glob("store-*/*/header.bin")
        assert int.from_bytes(header.read_bytes()[20:28], "little") == 0, "no row is in the vector files yet"
        assert not any(header.with_name("data_level0.bin").read_bytes())
        assert not any(header.with_name("length.bin").read_bytes())
