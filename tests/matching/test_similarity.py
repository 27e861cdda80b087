"""The matching is one to one, as good as can be, and never uses a pair that is too unlike."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring.oracle import examples

from extractor.embedding import load_embedder
from extractor.matching.assignment import match, match_likeliest
from extractor.matching.items import Item, Place
from extractor.matching.similarity import (
    SAME_TURN,
    contradicts,
    features,
    load_calibration,
    nearness,
    probabilities,
)
from extractor.scoring.labelled import conversation_of


@given(st.data())
def test_no_other_matching_is_worth_more(data: st.DataObject) -> None:
    rows, columns = data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))
    shape = st.lists(st.floats(0, 1, width=16), min_size=rows * columns, max_size=rows * columns)
    array = np.array(data.draw(shape), float).reshape(rows, columns)
    found = match(array, 0.5)
    assert len({pair.row for pair in found}) == len(found) == len({pair.column for pair in found})
    assert all(pair.probability >= 0.5 for pair in found)
    best = 0.0
    for order in permutations(range(max(rows, columns)), rows):
        pairs = [(row, column) for row, column in enumerate(order) if column < columns and array[row, column] >= 0.5]
        best = max(best, sum(array[row, column] for row, column in pairs))
    assert sum(pair.probability for pair in found) == pytest.approx(best)


def test_a_hopeless_pair_takes_no_label_from_a_good_one() -> None:
    # Discarding weak pairs after the assignment would leave one match here: 0.4 + 0.6 beats 0.9 alone.
    found = match(np.array([[0.9, 0.6], [0.4, 0.0]]), 0.5)
    assert [(pair.row, pair.column) for pair in found] == [(0, 0)]


def test_greedy_matching_would_lose_a_pair() -> None:
    found = match(np.array([[0.9, 0.8], [0.8, 0.0]]), 0.5)
    assert [(pair.row, pair.column) for pair in found] == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("The kiosk will open on Sundays.", "The kiosk will not open on Sundays.", True),
        ("The kiosk won't open on Sundays.", "The kiosk will open on Sundays", True),
        ("The kiosk will not open on Sundays.", "The kiosk won't open on Sundays.", False),
        ("The kiosk stays closed on Sundays.", "The kiosk will not open on Sundays.", False),
        ("The kiosk will open on Sundays.", "No budget is set aside for the barge.", False),
        (
            "Paint the large wooden sign for the kiosk on the pier and hang it up by Sunday.",
            'Paint the large wooden sign ("no dogs") for the kiosk on the pier and hang it up by Sunday.',
            False,
        ),
        ("The kiosk is opened on Sundays.", "The kiosk is not open on Sundays.", True),
        ("The kiosk costs 5,000 euros a year.", "The kiosk costs 9,000 euros a year.", True),
        ("The kiosk costs 5,000 euros a year.", "The kiosk costs 5,000 euros.", False),
        ("The kiosk costs 5,000 euros a year.", "The kiosk costs little.", False),
        ("The kiosk costs 5,000 euros a year.", "The kiosk costs 5000 euros a year.", False),
        ("The kiosk opens at 10:00 on 03 March.", "The kiosk opens at 10 on 3 March.", False),
        ("The kiosk opens from 10 to 20.", "The kiosk opens from 10 to 30.", True),
        (
            "The boat is not lent to anyone who is not a member until the oars are counted.",
            "The boat is not lent to non-members until the oars are counted.",
            False,
        ),
    ],
)
def test_the_same_words_negated_contradict(one: str, other: str, opposed: bool) -> None:
    assert contradicts(one, other) is opposed
    assert contradicts(other, one) is opposed


def test_evidence_is_the_nearer_the_closer_it_lies() -> None:
    row = next(row for row in examples() if row.conversation.kind == "meeting" and len(row.conversation.turns) > 60)
    conversation = conversation_of(row)
    touching = nearness([Place(5, 0, 9)], [Place(5, 4, 20)], conversation)
    apart = nearness([Place(5, 0, 4)], [Place(5, 4, 20)], conversation)
    near = nearness([Place(5)], [Place(6)], conversation)
    far = nearness([Place(5)], [Place(55)], conversation)
    assert touching == 1.0
    assert apart == SAME_TURN
    assert SAME_TURN >= near > far == 0.0
    assert np.isnan(nearness([], [Place(5)], conversation))


def test_a_paraphrase_matches_and_a_neighbouring_matter_does_not() -> None:
    row = examples()[0]
    said = [Item("p", "From May on the ferry takes bicycles for nothing."), Item("q", "Greta orders new life vests.")]
    gold = [Item("0", "Bicycles will travel free on the ferry from May."), Item("1", "The ferry's café closes at six.")]
    found = features(said, gold, conversation_of(row), load_embedder(), "text")
    chances = probabilities(found, load_calibration())
    assert [(pair.row, pair.column) for pair in match(chances, load_calibration().threshold)] == [(0, 0)]


def test_a_short_label_is_read_with_the_title() -> None:
    talk = examples()[0].conversation.model_copy(update={"title": "Opening hours of the tool shed"})
    conversation = conversation_of(examples()[0].model_copy(update={"conversation": talk}))
    said = [Item("p", "The tool shed will be open until nine in the evening.")]
    short = features(said, [Item("0", "Until nine.")], conversation, load_embedder(), "text").cosine[0, 0]
    plain = load_embedder().embed([said[0].text, "Until nine."])
    assert short > float(plain[0] @ plain[1])


def test_two_middling_pairs_do_not_break_up_a_sure_one() -> None:
    chances = np.array([[0.98, 0.6], [0.6, 0.0]])
    assert [(pair.row, pair.column) for pair in match(chances, 0.3)] == [(0, 1), (1, 0)]
    assert [(pair.row, pair.column) for pair in match_likeliest(chances, 0.3)] == [(0, 0)]


def test_the_likeliest_matching_uses_pairs_on_the_threshold_and_none_below() -> None:
    found = match_likeliest(np.array([[0.3, 0.0], [0.0, 0.29]]), 0.3)
    assert [(pair.row, pair.column, pair.probability) for pair in found] == [(0, 0, 0.3)]
    assert match_likeliest(np.zeros((0, 3)), 0.3) == []
    assert [(pair.row, pair.column) for pair in match_likeliest(np.ones((2, 2)), 0.3)] == [(0, 0), (1, 1)]
