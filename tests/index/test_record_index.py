"""The index of records finds what is alike, forgets what it is told to, and sees what others change."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from record_entries import entries, entry, index_in, own, spawn_records, vector
from test_index_support import HashEmbedder, files_with, talks

from extractor.errors import IndexDamagedError, IndexLockedError, IndexStoreError
from extractor.index import Entry, PassageIndex, RecordIndex, lock, records, store


@pytest.fixture
def index(tmp_path: Path) -> RecordIndex:
    return index_in(tmp_path / "records")


def stored_at(index: RecordIndex) -> store.Store:
    current = store.current(index.folder)
    assert current
    return current


def store_names(index: RecordIndex) -> list[str]:
    return sorted(path.name for path in index.folder.glob(f"{store.STORE_PREFIX}*"))


def test_before_the_first_change_nothing_is_found_and_nothing_is_made(index):
    assert index.nearest(np.zeros((2, 32), np.float32), 5) == [[], []]
    assert (index.exists, index.generation, index.count(), index.ids()) == (False, 0, 0, set())
    assert not index.status().exists
    index.apply([], [])
    index.forget()
    assert not index.folder.exists()


def test_the_most_alike_come_first_with_their_cosine(index):
    index.apply(entries("far", 30), [])
    near = Entry("near", 7 * (vector("x") + 0.1 * vector("y")), "decision")
    index.apply([entry("same", "x"), near], [])
    (hits,) = index.nearest(3 * vector("x")[None], 5)
    assert [key for key, _ in hits[:2]] == ["same", "near"]
    assert hits[0][1] == pytest.approx(1, abs=1e-5)
    wanted = vector("x") @ near.vector / np.linalg.norm(near.vector)
    assert hits[1][1] == pytest.approx(wanted, abs=1e-5)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert len(hits) == 5


@pytest.mark.parametrize("most", [5, 10_000])
def test_only_the_types_asked_for_are_found_however_rare(index, monkeypatch, most):
    monkeypatch.setattr(records, "MOST", most)
    index.apply(entries("a", 6), [])
    index.apply([entry(f"d-{n}") for n in range(900)], [])
    index.apply([entry("rare", type="open_question")], ["a-2", "a-5"])
    questions = np.stack([vector(f"d-{n}") for n in range(4)])
    assert [[key for key, _ in hits] for hits in index.nearest(questions, 3, ["open_question"])] == [["rare"]] * 4
    both = index.nearest(questions, 900, ["open_question", "action_item"])
    assert [{key for key, _ in hits} for hits in both] == [{"rare", "a-1", "a-4"}] * 4
    assert index.nearest(questions, 3, []) == [[]] * 4
    assert index.nearest(questions[:0], 3) == []


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_the_index_holds_what_a_dictionary_would(index, monkeypatch, seed):
    monkeypatch.setattr(records, "MOST", 12)
    chance, wanted = random.Random(seed), dict[str, str]()
    for step in range(25):
        upserts = {f"k-{chance.randrange(40)}": f"v-{chance.randrange(1000)}" for _ in range(chance.randrange(6))}
        deletes = [f"k-{chance.randrange(40)}" for _ in range(chance.randrange(4))]
        index.apply([entry(key, like) for key, like in upserts.items()], deletes)
        wanted = {key: like for key, like in (wanted | upserts).items() if key not in deletes}
        if step % 4 == 0 and wanted:
            assert index.ids() == wanted.keys()
            found = index.nearest(np.stack([vector(like) for like in wanted.values()]), 40)
            for (key, like), hits in zip(wanted.items(), found, strict=True):
                exact = {other: vector(like) @ vector(likes) for other, likes in wanted.items()}
                assert dict(hits) == pytest.approx(exact, abs=1e-4)
                assert exact[hits[0][0]] == pytest.approx(exact[key])
    assert index.status().healthy
    assert len(store_names(index)) == 1


def test_the_same_change_again_changes_nothing(index):
    index.apply(entries("a", 5), [])
    index.apply(entries("b", 5), ["a-1", "never-there"])
    before = index.generation, stored_at(index)
    index.apply(entries("b", 5), ["a-1", "never-there"])
    assert (index.generation, stored_at(index)) == before
    assert index.count() == 9


def test_of_two_entries_of_one_id_the_later_counts_and_a_deletion_over_both(index):
    index.apply(entries("a", 3), [])
    index.apply([entry("b", "x"), entry("c", "x"), entry("b", "y")], ["c"])
    assert index.ids() == {"a-0", "a-1", "a-2", "b"}
    assert index.nearest(vector("y")[None], 1)[0][0] == ("b", pytest.approx(1, abs=1e-5))


def test_a_few_changes_are_kept_beside_the_store_and_many_go_into_it(index, monkeypatch):
    monkeypatch.setattr(records, "MOST", 20)
    index.apply(entries("a", 50), [])
    first = stored_at(index)
    assert first.pending is None
    index.apply(entries("b", 15), ["a-3"])
    assert stored_at(index).path == first.path
    assert stored_at(index).pending
    index.apply(entries("c", 5), [])
    merged = stored_at(index)
    assert (merged.path != first.path, merged.pending, merged.generation) == (True, None, 3)
    assert index.count() == 69
    assert not list(index.folder.glob(f"{store.PENDING_PREFIX}*"))


@pytest.mark.parametrize("bad", [np.ones(31, np.float32), np.full(32, np.nan, np.float32)])
def test_a_vector_that_is_none_is_refused_and_nothing_changes(index, bad):
    index.apply(entries("a", 3), [])
    with pytest.raises(ValueError, match="the vector of bad is not 32 numbers"):
        index.apply([entry("good"), Entry("bad", bad, "decision")], [])
    with pytest.raises(ValueError):
        index.replace_all([entry("good"), Entry("bad", bad, "decision")])
    assert (index.count(), index.generation, len(store_names(index))) == (3, 1, 1)


def test_vectors_of_another_embedder_are_never_mixed_in(index):
    index.apply(entries("a", 3), [])
    other = index_in(index.folder, "hash-v2")
    for use in (lambda: other.nearest(vector("x")[None], 1), lambda: other.apply(entries("b", 1), [])):
        with pytest.raises(IndexStoreError, match="another embedder"):
            use()
    status = other.status()
    assert (status.other_embedder, status.embedder, status.collection) == (True, "hash-v1", "records-hash-v1-32")
    other.replace_all(entries("b", 2))
    assert other.ids() == {"b-0", "b-1"}
    assert other.status().problem is None


def test_an_index_of_the_other_kind_is_left_alone(index, tmp_path):
    passages = PassageIndex(tmp_path / "passages", HashEmbedder(dimension=32))
    passages.add(talks("p", 3))
    index.apply(entries("a", 3), [])
    for use in (
        lambda: index_in(passages.folder).apply(entries("a", 1), []),
        lambda: index_in(passages.folder).nearest(vector("x")[None], 1),
        lambda: PassageIndex(index.folder, HashEmbedder(dimension=32)).search("topic"),
        lambda: PassageIndex(index.folder, HashEmbedder(dimension=32)).add(talks("p", 1)),
    ):
        with pytest.raises(IndexStoreError):
            use()
    assert (passages.check().passages, index.count()) == (3, 3)


def test_a_session_sees_what_is_changed_here_and_by_others(index, monkeypatch):
    monkeypatch.setattr(records, "MOST", 20)
    with index.session() as session:
        assert session.nearest(vector("a-0")[None], 1) == [[]]
        index.apply(entries("a", 30), [])
        assert session.nearest(vector("a-0")[None], 1)[0][0][0] == "a-0"
        child = spawn_records("apply", index.folder, "b", 30, 10, 20)
        _, errors = child.communicate(timeout=60)
        assert child.returncode == 0, errors
        assert session.nearest(vector("b-29")[None], 1)[0][0][0] == "b-29"
        index.replace_all(entries("c", 3))
        assert session.ids() == {"c-0", "c-1", "c-2"}
        index.forget()
        assert session.ids() == set()


def test_a_store_that_is_read_stays_until_its_reader_is_gone(index, monkeypatch):
    monkeypatch.setattr(records, "MOST", 5)
    index.apply(entries("a", 10), [])
    first = store_names(index)
    reader = spawn_records("read", index.folder)
    assert reader.stdin
    assert reader.stdout
    assert reader.stdout.readline() == "10\n"
    for n in range(3):
        index.apply(entries(f"b{n}", 10), [])
    assert len(store_names(index)) == 2
    assert set(first) < set(store_names(index))
    reader.stdin.write("\n")
    reader.stdin.flush()
    assert reader.stdout.readline() == "40\n"
    read = store_names(index)
    index.apply(entries("c", 10), [])
    assert len(store_names(index)) == 2
    reader.kill()
    reader.communicate()
    index.apply(entries("d", 10), [])
    assert len(store_names(index)) == 1
    assert not set(store_names(index)) & set(read)
    assert not list(index.folder.glob("reader-*"))


def test_a_reader_does_not_keep_others_from_writing(index):
    index.apply(entries("a", 3), [])
    with index.session() as session:
        session.ids()
        index_in(index.folder, lock_timeout_s=0).apply(entries("b", 3), [])
        assert len(session.ids()) == 6


def test_who_waits_gives_up_in_time(index):
    index.apply(entries("a", 3), [])
    waiting = index_in(index.folder, lock_timeout_s=0)
    with lock.held(index.folder, "test", 0):
        for use in (lambda: waiting.apply(entries("b", 1), []), waiting.ids, lambda: waiting.replace_all([])):
            with pytest.raises(IndexLockedError, match="holds it to test"):
                use()


def test_what_is_replaced_or_forgotten_leaves_no_byte_even_while_it_is_read(index, monkeypatch):
    monkeypatch.setattr(records, "MOST", 5)
    canary, words = b"canary-record", vector("a-0").tobytes()
    index.apply([*entries("a", 20), entry(canary.decode(), "a-0")], [])
    index.apply([entry(canary.decode() + "-2", "a-1")], [canary.decode()])
    assert len(files_with(index.folder, canary)) >= 2
    assert files_with(index.folder, words)
    reader = spawn_records("read", index.folder)
    assert reader.stdin
    assert reader.stdout
    assert reader.stdout.readline() == "21\n"
    index.replace_all(entries("b", 20))
    assert (files_with(index.folder, canary), files_with(index.folder, words)) == ([], [])
    reader.stdin.write("\n")
    reader.stdin.flush()
    assert reader.stdout.readline() == "20\n"
    index.forget()
    assert (index.exists, files_with(index.folder, b"b-1"), store_names(index)) == (False, [], [])
    reader.communicate()
    assert reader.returncode == 0


def test_replacing_counts_what_is_done_and_holds_exactly_what_was_given(index):
    index.apply(entries("a", 5), [])
    seen: list[int] = []
    index.replace_all((entry for entry in entries("b", 7)), seen.append)
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert (index.ids(), index.generation) == ({f"b-{n}" for n in range(7)}, 2)
    index.replace_all([])
    assert (index.exists, index.count(), index.nearest(vector("x")[None], 3)) == (True, 0, [[]])
    index.apply(entries("c", 2), [])
    assert own(index, ["c-1"]) == ["c-1"]


@pytest.mark.parametrize("damage", ["pointer", "store", "pending", "pending lost", "database"])
def test_damage_is_told_and_mended_by_replacing(index, damage):
    index.apply(entries("a", 30), [])
    index.apply(entries("b", 3), [])
    current = stored_at(index)
    assert current.pending
    if damage == "pointer":
        (index.folder / store.POINTER_FILE).write_text("[]")
    elif damage == "store":
        current.path.rename(index.folder / "elsewhere")
    elif damage == "pending":
        current.pending.write_bytes(current.pending.read_bytes()[:-200])
    elif damage == "pending lost":
        current.pending.unlink()
    else:
        (current.path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)
    status = index.status()
    assert (status.healthy, bool(status.problem)) == (False, True)
    with pytest.raises(IndexDamagedError) as caught:
        index.nearest(vector("x")[None], 1)
    assert "decisions index rebuild" in caught.value.remedy
    index.replace_all(entries("a", 30))
    assert index.status().healthy
    assert index.status().records == 30
    assert own(index, ["a-7"]) == ["a-7"]


def test_status_counts_what_is_there(index):
    index.apply(entries("a", 10), [])
    index.apply(entries("b", 3), ["a-1"])
    status = index.status()
    assert (status.exists, status.healthy, status.records, status.generation) == (True, True, 12, 2)
    assert status.size_bytes == sum(file.stat().st_size for file in index.folder.rglob("*") if file.is_file())
    assert (status.collection, status.embedder, status.place) == ("records-hash-v1-32", "hash-v1", str(index.folder))
