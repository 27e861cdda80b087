"""The index finds what was said, by meaning and by word, and keeps in step with the conversations."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_index_support import HashEmbedder, assert_complete, letters, spawn, talk, talks

from extractor.embedding import load_embedder
from extractor.errors import IndexDamagedError, IndexLockedError, IndexStoreError, UsageError
from extractor.index import PassageIndex, lock, passages, store
from extractor.index.ranking import words

BUDGET = talk(
    "c-budget",
    ("Ana", "The licence costs 12.50 per seat, EIP-7702 aside. " + "We looked at the figures for long. " * 4),
    ("Bo", "I will ask the vendor for a discount. " + "They were slow to answer the last time. " * 4),
    ("Ana", "Then we decide on Friday whether to renew. " + "Nothing else is open on this. " * 4),
    title="Budget",
    source="budget.vtt",
)


@pytest.fixture
def index(tmp_path: Path) -> PassageIndex:
    return PassageIndex(tmp_path / "index", HashEmbedder())


@pytest.fixture
def embedder(index: PassageIndex) -> HashEmbedder:
    assert isinstance(index.embedder, HashEmbedder)
    return index.embedder


def generation(index: PassageIndex) -> int:
    current = store.current(index.folder)
    return current.generation if current else 0


def test_searching_before_anything_was_added_says_what_to_do(index):
    with pytest.raises(IndexStoreError) as caught:
        index.search("anything")
    assert caught.value.what.startswith("There is no index yet at ")
    assert caught.value.remedy == "Add transcripts with `decisions index add PATH`."
    assert not index.folder.exists()
    for ask in (index.check, index.rebuild):
        with pytest.raises(IndexStoreError, match="no index yet"):
            ask()


def test_a_passage_says_where_it_was_said_and_by_whom(index):
    added = index.add([BUDGET, *talks("other", 20)])
    assert (added.conversations, added.chunks_unchanged, added.chunks_removed) == (21, 0, 0)
    best = index.search("ask the vendor for a discount")[0]
    assert (best.source, best.conversation_id, best.title) == ("budget.vtt", "c-budget", "Budget")
    assert (best.from_turn, best.to_turn, best.time, best.speakers) == (1, 1, 10.0, ("Bo",))
    assert best.text == f"Bo: {BUDGET.turns[1].text.strip()}"
    assert 0 < best.score <= 1


def test_adding_the_same_again_changes_nothing_and_embeds_nothing(index, embedder):
    first = index.add([BUDGET])
    before, calls = generation(index), len(embedder.embedded)
    again = index.add([BUDGET])
    assert (again.chunks_new, again.chunks_unchanged, again.chunks_removed) == (0, first.chunks_new, 0)
    assert (generation(index), len(embedder.embedded)) == (before, calls)


def test_times_that_no_decimal_matches_exactly_are_no_change(index):
    spoken = talk("c-1", *[("Ana", f"Point {letters('p', n)}. " + "We spoke of it at length. " * 5) for n in range(9)])
    turns = tuple(turn.model_copy(update={"start": 109.02000000000001 + turn.index / 7}) for turn in spoken.turns)
    spoken = spoken.model_copy(update={"turns": turns})
    index.add([spoken])
    index.add([spoken])
    assert generation(index) == 1
    assert index.search("Point pa")[0].time == pytest.approx(109.02, abs=0.001)


def test_a_conversation_that_grew_replaces_its_end_and_keeps_the_rest(index):
    turns = [("Ana", f"Point {letters('p', n)}. " + "We spoke of it at length. " * 5) for n in range(12)]
    index.add([talk("c-grows", *turns[:9])])
    added = index.add([talk("c-grows", *turns)])
    assert added.chunks_unchanged >= 7
    fresh = PassageIndex(index.folder.parent / "fresh", HashEmbedder())
    fresh.add([talk("c-grows", *turns)])
    assert index.status().passages == fresh.status().passages
    assert index.search("Point pbb")[0].from_turn == 11


def test_text_that_was_taken_out_of_a_conversation_is_no_longer_found(index):
    index.add([talk("c-1", ("Ana", "Zanzibar is where we go.")), *talks("other", 5)])
    added = index.add([talk("c-1", ("Ana", "We stay at home."))])
    assert (added.chunks_new, added.chunks_removed) == (1, 1)
    assert all("Zanzibar" not in hit.text for hit in index.search("Zanzibar"))


def test_a_file_that_moved_is_shown_at_its_new_place_without_embedding_it_again(index, embedder):
    index.add([BUDGET], sha256="0" * 64)
    calls = len(embedder.embedded)
    added = index.add([BUDGET.model_copy(update={"source": "archive/budget.vtt"})])
    assert added.chunks_new == 0
    assert len(embedder.embedded) == calls
    assert index.search("discount")[0].source == "archive/budget.vtt"


def test_of_two_conversations_with_one_id_the_later_counts(index):
    added = index.add([talk("c-1", ("Ana", "First version.")), talk("c-1", ("Ana", "Second version."))])
    assert (added.conversations, added.chunks_new) == (1, 1)
    assert [hit.text for hit in index.search("version")] == ["Ana: Second version."]


def test_progress_counts_every_chunk(index, monkeypatch):
    monkeypatch.setattr(passages, "GROUP", 10)
    seen: list[tuple[int, int]] = []
    index.add(talks("p", 35), lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (35, 35)


@pytest.mark.parametrize("question", ["EIP-7702", "eip 7702", "what about 7702?", "12.50", "seats at 12.50 each"])
def test_rare_names_and_numbers_are_found_by_the_word(index, question):
    index.add(
        [BUDGET, *talks("other", 200), talk("c-not", ("Ana", "Numbers like 112.50 and 77021 mean something else."))]
    )
    assert index.search(question)[0].conversation_id == "c-budget"


def test_words_are_compared_without_case_and_numbers_whole():
    assert words("EIP7702, EIP-7702: 12.50 at 10:30, don't Ärger") == [
        *("eip", "7702", "eip", "7702", "12.50", "at", "10:30", "don't", "ärger")
    ]


def test_meaning_is_found_where_no_word_is_shared(tmp_path):
    index = PassageIndex(tmp_path / "index", load_embedder())
    index.add(
        [
            talk("c-cars", ("Ana", "Our van broke down, so buying another automobile comes first.")),
            talk("c-food", ("Bo", "Lunch is ordered from the Italian place round the corner.")),
            talk("c-cats", ("Cy", "My kitten has been asleep under that desk since Monday.")),
        ]
    )
    assert index.search("which vehicle")[0].conversation_id == "c-cars"
    assert index.search("who has pets?")[0].conversation_id == "c-cats"
    assert index.check().healthy


def test_passages_found_never_overlap_and_a_turn_at_a_border_is_given_once(index):
    spoken = [("Ana", "The harbour project needs a crane. " * 6), ("Bo", "Which harbour crane?")] * 10
    index.add([talk("c-1", *spoken)])
    hits = index.search("harbour crane", limit=50)
    assert len(hits) > 5
    assert not any(hit.overlaps(other) for hit in hits for other in hits if hit is not other)
    assert sum(hit.text.count("Which harbour crane?") for hit in hits) <= 10
    for hit in hits:
        spans = [turn.text for turn in talk("c-1", *spoken).turns[hit.from_turn : hit.to_turn + 1]]
        assert len(hit.text.splitlines()) == len(spans)
        assert hit.time == 10.0 * hit.from_turn


def test_no_more_passages_than_asked_for_and_only_from_the_conversations_named(index):
    index.add(talks("p", 30))
    assert len(index.search("topic", limit=4)) == 4
    hits = index.search("topic", conversations=["p-3", "p-7"])
    assert {hit.conversation_id for hit in hits} == {"p-3", "p-7"}
    assert index.search("topic", conversations=[]) == []


def test_an_empty_question_is_refused(index):
    index.add([BUDGET])
    with pytest.raises(UsageError, match="empty"):
        index.search("  ")


def test_text_that_a_database_cannot_hold_is_indexed_all_the_same(index):
    index.add([talk("c-\ud800", ("Ana", "Before \x00 and after \ud83d the needle."))])
    (hit,) = index.search("needle")
    assert hit.text == "Ana: Before \ufffd and after \ufffd the needle."
    assert index.add([talk("c-\ud800", ("Ana", "Before \x00 and after \ud83d the needle."))]).chunks_new == 0


def test_conversations_without_words_leave_no_passages(index):
    assert index.add([talk("c-1", ("Ana", " \n "))]).chunks_new == 0


def test_vectors_of_another_embedder_are_never_mixed_in(index):
    index.add(talks("p", 5))
    other = PassageIndex(index.folder, HashEmbedder("hash-v2", 32))
    for use in (lambda: other.search("topic"), lambda: other.add(talks("q", 1))):
        with pytest.raises(IndexStoreError, match="another embedder") as caught:
            use()
        assert "decisions index rebuild" in caught.value.remedy
    status = other.status()
    assert (status.healthy, status.other_embedder, status.embedder) == (True, True, "hash-v1")
    assert other.rebuild() == 5
    assert_complete(other, talks("p", 5))
    with pytest.raises(IndexStoreError, match="another embedder"):
        index.search("topic")


def test_status_counts_what_is_there(index):
    assert (index.status().exists, index.status().problem) == (False, None)
    index.add(talks("p", 7))
    status = index.check()
    assert (status.passages, status.conversations, status.generation) == (7, 7, 1)
    assert status.collection == "passages-hash-v1-64"
    assert status.size_bytes == sum(file.stat().st_size for file in index.folder.rglob("*") if file.is_file())


def test_chromadb_is_loaded_when_used_and_never_its_own_embedding_function(index, monkeypatch):
    code = "import sys, extractor.index; sys.exit(any(m in sys.modules for m in ('chromadb', 'numpy', 'filelock')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    from chromadb.utils.embedding_functions import DefaultEmbeddingFunction
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    def refuse(self: object, input: object = None) -> None:
        raise AssertionError("the default embedding function was loaded")

    for function in (DefaultEmbeddingFunction, ONNXMiniLM_L6_V2):
        monkeypatch.setattr(function, "__call__", refuse)
    monkeypatch.setattr(ONNXMiniLM_L6_V2, "_download_model_if_not_exists", refuse)
    index.add([BUDGET])
    assert index.search("discount")
    index.rebuild()


def test_settings_of_other_programs_do_not_reach_the_index(index, tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("ANONYMIZED_TELEMETRY=true\nMIGRATIONS=none\nALLOW_RESET=maybe\n")
    monkeypatch.chdir(tmp_path)
    index.add([BUDGET])
    assert index.search("discount")


def test_texts_are_embedded_while_the_lock_is_free(index, embedder, monkeypatch):
    embed = embedder.embed

    def embed_with_lock(texts):
        index.folder.mkdir(exist_ok=True)
        with lock.held(index.folder, "test", 0):
            return embed(texts)

    monkeypatch.setattr(embedder, "embed", embed_with_lock)
    index.add([BUDGET])
    assert index.search("discount")
    assert index.rebuild() == index.status().passages


def test_who_waits_is_told_for_whom_and_gives_up_in_time(index):
    index.add([BUDGET])
    said: list[str] = []
    waiting = PassageIndex(index.folder, HashEmbedder(), lock_timeout_s=1.2, on_message=said.append)
    holder = spawn("hold", index.folder)
    assert holder.stdout
    assert holder.stdout.readline() == "ready\n"
    try:
        with pytest.raises(IndexLockedError, match=f"process {holder.pid} holds it to add to the index since 20"):
            waiting.search("discount")
        assert said == [f"Waiting for the index: {lock.owner(index.folder)}."]
    finally:
        holder.communicate()
    assert waiting.search("discount")


def test_a_search_sees_what_another_process_added_meanwhile(index):
    index.add(talks("mine", 3))
    assert index.search("topic")
    adder = spawn("add", index.folder, "theirs", 3)
    _, errors = adder.communicate(timeout=60)
    assert adder.returncode == 0, errors
    assert index.search(f"Topic {letters('theirs', 2)}")[0].conversation_id == "theirs-2"
    index.add(talks("later", 3))
    assert_complete(index, talks("mine", 3) + talks("theirs", 3) + talks("later", 3))


def test_a_folder_that_cannot_be_written_is_an_error_that_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexStoreError, match="Could not add to the index at"):
        PassageIndex(tmp_path / "file" / "index", HashEmbedder()).add([BUDGET])


def test_a_lost_or_unreadable_pointer_is_damage_that_says_what_to_do(index):
    index.add([BUDGET])
    (index.folder / store.POINTER_FILE).write_text("{}")
    assert index.status().problem
    for use in (lambda: index.search("discount"), index.rebuild, index.check, lambda: index.add([BUDGET])):
        with pytest.raises(IndexDamagedError):
            use()
