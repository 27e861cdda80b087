"""The local engine on real labelled conversations, and the parts of its training that need no training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractor.engines.local.engine import LocalEngine
from extractor.engines.local.train import data
from extractor.engines.local.train.calibration import platt, probability
from extractor.engines.local.train.evaluate import turn_times
from extractor.engines.local.train.folds import fold_of
from extractor.engines.local.train.metrics import auroc, average_precision, calibration_error, f_measure, region_counts
from extractor.engines.local.train.weak import lexical_turn, ranking


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ami.dev", "tc39.dev", "w3c.dev", "solid.dev", "ietf.dev"])
def test_real_conversations_give_few_records_and_only_verbatim_quotes(shared_data: Path, name: str) -> None:
    engine = LocalEngine()
    for example in data.load(data.file_of(shared_data / "labelled", name))[:3]:
        turns = example.conversation.turns
        drafts = engine.extract(example.conversation)
        hours = max(turn_times(example)[-1] / 3600, 0.3)
        assert len(drafts.decisions) <= 10 * hours + 3
        assert len(drafts.action_items) <= 6 * hours + 3
        assert len(drafts.open_questions) <= 4 * hours + 2
        for record in (*drafts.decisions, *drafts.action_items, *drafts.open_questions):
            assert all(evidence.quote in turns[evidence.turn].text for evidence in record.evidence)
            assert all(evidence.quote for evidence in record.evidence)


def test_average_precision_and_auroc_of_a_known_ranking() -> None:
    labels = np.array([True, False, True, False])
    scores = np.array([4.0, 3.0, 2.0, 1.0])
    assert average_precision(labels, scores) == pytest.approx((1 + 2 / 3) / 2)
    assert auroc(labels, scores) == pytest.approx(0.75)
    assert auroc(labels, np.zeros(4)) == pytest.approx(0.5)


def test_a_region_is_found_within_the_tolerance_and_counted_once() -> None:
    assert region_counts([10.0, 100.0], [[15.0, 300.0], [500.0]], 10.0) == (1, 2, 1, 2)
    assert f_measure([(1, 2, 1, 2), (1, 1, 1, 1)]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert f_measure([(0, 0, 0, 1)]) == (0.0, 0.0, 0.0)


def test_calibration_turns_scores_into_frequencies() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(size=4000)
    right = random.random(4000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    slope, offset = platt(scores, right)
    assert (slope, offset) == (pytest.approx(2, abs=0.3), pytest.approx(-1, abs=0.2))
    assert calibration_error(right, probability(scores, slope, offset)) < 0.03


def test_a_series_is_never_divided_between_folds() -> None:
    folds = fold_of(["b", "a", "b", "c", "a"])
    assert folds[0] == folds[2]
    assert folds[1] == folds[4]


def test_the_rank_of_a_deciding_turn_counts_ties_against_it() -> None:
    assert ranking([1], np.array([0.0, 2.0, 2.0, 3.0])) == 3
    assert ranking([0, 3], np.array([0.0, 2.0, 2.0, 3.0])) == 1


def test_the_weakly_labelled_turn_is_worded_like_a_decision_and_late() -> None:
    row = {
        "id": "t",
        "dataset": "own",
        "series": "s",
        "conversation": {
            "kind": "meeting",
            "title": "Naming",
            "turns": [
                {"speaker": "A", "text": "The blue theme got consensus elsewhere."},
                {"speaker": "B", "text": "I like the blue theme very much."},
                {"speaker": "A", "text": "Okay, we have consensus on the blue theme."},
                {"speaker": "B", "text": "Lunch?"},
            ],
        },
        "gold": {"decisions": [{"text": "Consensus on the blue theme"}], "action_items": []},
    }
    example = data.example_of(row)
    assert lexical_turn(example, "decisions") == [2]
