"""Chunks fit the window, follow the turns, and lose nothing."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.chunking import Chunk, chunk_turns
from extractor.conversation import Conversation, Coverage, Participant, Turn

NAMES = {"ana": "Ana", "bo": "Bo Lind", "long": "The Right Honourable Member for " + "Llanfair " * 12}


def conversation(*turns: tuple[str | None, str]) -> Conversation:
    length = sum(len(text) for _, text in turns)
    return Conversation(
        id="c-1",
        kind="meeting",
        title="Weekly",
        source="weekly.vtt",
        participants=tuple(Participant(id=key, name=name) for key, name in NAMES.items()),
        turns=tuple(Turn(index=index, speaker=speaker, text=text) for index, (speaker, text) in enumerate(turns)),
        coverage=Coverage(characters=length, used=length),
    )


def by_word(texts: Sequence[str]) -> list[int]:
    """Like WordPiece: pieces of four letters, every other sign one token, two special tokens; blanks count nothing."""
    return [2 + sum(math.ceil(len(run) / 4) for run in re.findall(r"\w+|[^\w\s]", text)) for text in texts]


def by_length(texts: Sequence[str]) -> list[int]:
    """Like a byte tokenizer: costs of parts do not add up to the cost of the whole, and blanks count."""
    return [3 + math.ceil(len(text.encode("utf-8", "surrogatepass")) / 3) for text in texts]


def covered(chunks: Sequence[Chunk], talk: Conversation) -> list[set[int]]:
    """For each turn, the characters that lie in some chunk."""
    seen: list[set[int]] = [set() for _ in talk.turns]
    for chunk in chunks:
        for turn in talk.turns[chunk.from_turn : chunk.to_turn + 1]:
            start = chunk.from_char if turn.index == chunk.from_turn else 0
            end = chunk.to_char if turn.index == chunk.to_turn else len(turn.text)
            seen[turn.index].update(range(start, end))
    return seen


turns = st.lists(
    st.tuples(
        st.sampled_from([None, *NAMES]),
        st.one_of(
            st.text(max_size=60),
            st.text(alphabet="ab .!?\n", max_size=400),
            st.text(alphabet="xyz", min_size=200, max_size=600),
            st.sampled_from(["", " ", "Agreed.", "Yes, let us ship it on Friday. Any objections?"]),
        ),
    ),
    max_size=12,
)


@given(turns, st.integers(16, 80), st.sampled_from([by_word, by_length]))
@settings(max_examples=100, deadline=None)
def test_every_character_is_in_a_chunk_and_no_chunk_exceeds_the_window(spoken, window, count):
    talk = conversation(*spoken)
    chunks = chunk_turns(talk, count, window)
    assert covered(chunks, talk) == [set(range(len(turn.text))) for turn in talk.turns]
    assert all(chunk.tokens == count([chunk.text])[0] <= window for chunk in chunks)


@given(turns, st.integers(16, 80))
@example([(None, "0:"), (None, "0:"), ("ana", "x" * 200)], 20)
@settings(max_examples=100, deadline=None)
def test_chunks_keep_the_order_of_the_conversation_and_say_what_they_repeat(spoken, window):
    talk = conversation(*spoken)
    chunks = chunk_turns(talk, by_word, window)
    assert chunks == chunk_turns(talk, by_word, window)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    ends = [(chunk.to_turn, chunk.to_char) for chunk in chunks]
    assert ends == sorted(set(ends))
    for before, chunk in pairwise(chunks):
        start = (chunk.from_turn, chunk.from_char)
        if chunk.lead:
            assert start == (before.to_turn, 0)
            assert before.text.endswith(chunk.text[: chunk.lead].removesuffix("\n"))
        elif talk.turns[chunk.from_turn].text.strip():
            assert start >= ends[before.ordinal]


def test_short_turns_share_a_chunk_and_every_line_names_its_speaker():
    talk = conversation(("ana", "Shall we ship on Friday?"), ("bo", " Yes. \n"), (None, "Fine."))
    (chunk,) = chunk_turns(talk, by_word, 64)
    assert chunk.text == "Ana: Shall we ship on Friday?\nBo Lind: Yes.\nFine."
    assert (chunk.from_turn, chunk.from_char, chunk.to_turn, chunk.to_char, chunk.lead) == (0, 0, 2, 5, 0)


def test_a_short_last_turn_opens_the_next_chunk_so_that_question_and_answer_stay_together():
    talk = conversation(("ana", "one " * 25), ("bo", "Who owns it?"), ("ana", "two " * 20))
    first, second = chunk_turns(talk, by_word, 40)
    assert first.text.endswith("Who owns it?")
    assert second.text.startswith("Bo Lind: Who owns it?\nAna: two")
    assert second.text[second.lead :].startswith("Ana: two")


def test_a_turn_that_fits_a_chunk_is_never_split():
    talk = conversation(*[("ana", f"Point {n}. " + "word " * (n % 17)) for n in range(60)])
    for chunk in chunk_turns(talk, by_word, 32):
        assert (chunk.from_char, chunk.to_char) == (0, len(talk.turns[chunk.to_turn].text))


def test_a_long_turn_is_split_at_sentences_and_names_its_speaker_in_each_chunk():
    talk = conversation(("ana", "We tried the first one. It broke at once. So we take the second. Nobody objects."))
    chunks = chunk_turns(talk, by_word, 20)
    assert len(chunks) > 1
    assert all(chunk.text.startswith("Ana: ") and chunk.text.endswith(".") for chunk in chunks)


def test_speech_without_punctuation_is_split_between_words():
    talk = conversation(("ana", "alpha beta gamma delta " * 30))
    words = {word for chunk in chunk_turns(talk, by_word, 24) for word in chunk.text.removeprefix("Ana: ").split()}
    assert words == {"alpha", "beta", "gamma", "delta"}


def test_text_without_blanks_is_split_all_the_same():
    talk = conversation(("ana", "x" * 5000))
    chunks = chunk_turns(talk, by_word, 32)
    assert "".join(chunk.text.removeprefix("Ana: ") for chunk in chunks) == "x" * 5000


def test_a_name_too_long_for_the_window_is_left_out():
    (chunk,) = chunk_turns(conversation(("long", "Agreed.")), by_word, 32)
    assert chunk.text == "Agreed."


def test_chunks_of_a_conversation_that_grew_begin_like_those_before():
    spoken = [("ana", f"Point {n}. " + "word " * (n % 13)) for n in range(40)]
    before = chunk_turns(conversation(*spoken[:30]), by_word, 40)
    after = chunk_turns(conversation(*spoken), by_word, 40)
    assert after[: len(before) - 1] == before[:-1]


def test_a_conversation_without_text_has_no_chunks():
    assert chunk_turns(conversation(), by_word, 32) == []
    assert chunk_turns(conversation(("ana", "")), by_word, 32) == []


def test_a_window_too_small_for_any_sentence_is_refused():
    with pytest.raises(ValueError, match="at least 16"):
        chunk_turns(conversation(("ana", "Hello.")), by_word, 15)


@pytest.mark.parametrize("text", ["Yes. No. ", "word ", "x", "…", "\n"])
def test_time_grows_in_proportion_to_the_text(text):
    def seconds(repeats: int) -> float:
        talk = conversation(("ana", text * repeats), ("bo", text * repeats))
        began = time.perf_counter()
        chunk_turns(talk, by_word, 200)
        return time.perf_counter() - began

    small, large = (min(seconds(n) for _ in range(2)) for n in (2_000, 16_000))
    assert large < 8 * 4 * max(small, 0.005)
