"""Figures and their intervals: right against known results, wider where meetings hang together, the same every time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from extractor.scoring.comparing import broken_floors, compare, gate
from extractor.scoring.confidence import auroc, calibration_error, curve, reliability
from extractor.scoring.figures import exact_interval, figures, sweep
from extractor.scoring.runs import RunInfo, Scores
from extractor.scoring.tally import SWEEP, Stated, Tally


def tally(name: str, matched: int, predicted: int, gold: int, series: str = "", **more: float) -> Tally:
    counts: dict[str, float] = {
        "conversations": 1,
        "decision.matched": matched,
        "decision.found": matched,
        "decision.predicted": predicted,
        "decision.gold": gold,
        "decision.complete": 1,
        "records": predicted,
    }
    return Tally(id=name, series=series or name, counts=counts | more)


def scores(tallies: list[Tally], **more: object) -> Scores:
    run = RunInfo.model_validate(
        {
            "decisions_version": "1",
            "dataset": "toy",
            "dataset_path": "toy.jsonl",
            "dataset_sha256": "0",
            "conversations": len(tallies),
            "engine": {"name": "toy", "model": "none", "version": "1", "leaves_machine": False},
            "engine_spec": "toy",
            "started_at": "2026-03-01T00:00:00Z",
        }
    )
    return Scores.model_validate({"run": run, "calibration": "1", "threshold": 0.5, "tallies": tallies} | more)


def test_precision_recall_and_f1_are_those_of_the_pooled_counts() -> None:
    found = figures([tally("a", 3, 4, 6), tally("b", 1, 4, 2)])
    assert found["decision.precision"].value == 4 / 8
    assert found["decision.recall"].value == 4 / 8
    assert found["decision.f1"].value == 0.5
    assert (found["decision.precision"].k, found["decision.precision"].n) == (4, 8)
    assert math.isnan(found["action_item.f1"].value)


def test_recall_counts_labels_that_are_no_grounds_for_precision() -> None:
    partly = Tally(id="b", series="b", counts={"conversations": 1, "decision.gold": 4, "decision.found": 2})
    found = figures([tally("a", 2, 4, 2), partly])
    assert found["decision.precision"].value == 0.5
    assert found["decision.recall"].value == 4 / 6


def test_whole_series_are_drawn_so_their_likeness_widens_the_interval() -> None:
    alike = [tally(f"{n}", 8 * (n < 10), 8, 8, series="s1" if n < 10 else "s2") for n in range(20)]
    apart = [one.model_copy(update={"series": one.id}) for one in alike]
    within, without = figures(alike)["decision.recall"], figures(apart)["decision.recall"]
    assert within.value == without.value == 0.5
    assert (within.low, within.high) == (0.0, 1.0)
    assert without.high - without.low < 0.6


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random, hits = np.random.default_rng(3), 0
    for _ in range(100):
        drawn = [tally(f"{n}", int(random.binomial(6, 0.4)), 6, 6) for n in range(40)]
        figure = figures(drawn)["decision.recall"]
        hits += figure.low <= 0.4 <= figure.high
    assert 88 <= hits <= 100


def test_nothing_of_many_is_not_certainly_nothing() -> None:
    found = figures([tally(f"{n}", 5, 5, 5) for n in range(6)])
    assert found["ungrounded"].value == 0.0
    assert found["ungrounded"].high == pytest.approx(1 - 0.025 ** (1 / 30))
    assert exact_interval(0, 10) == (0.0, pytest.approx(0.3085, abs=1e-4))
    assert exact_interval(4, 10) == (pytest.approx(0.1216, abs=1e-4), pytest.approx(0.7376, abs=1e-4))


def test_one_series_alone_has_no_interval() -> None:
    figure = figures([tally("a", 3, 4, 6, "s"), tally("b", 1, 4, 2, "s")])["decision.f1"]
    assert math.isnan(figure.low)
    assert math.isnan(figure.high)


def test_adjudicated_precision_counts_what_people_found_right() -> None:
    judged = {"decision.judged.right": 2, "decision.judged.wrong": 1, "decision.judged.unclear": 1}
    found = figures([tally("a", 4, 8, 4, **judged)])
    assert found["decision.precision"].value == 4 / 8
    assert found["decision.precision_adjudicated"].value == pytest.approx(6 / 7)
    half = figures(
        [tally("a", 4, 8, 4, **{"decision.judged.right": 1, "decision.judged.wrong": 1, "decision.unjudged": 2})]
    )
    assert not half["decision.precision_adjudicated"].known, "two are left to judge"
    assert (half["decision.unmatched_right"].k, half["decision.unmatched_right"].n) == (1, 2)
    assert not figures([tally("a", 4, 8, 4, **{"decision.unjudged": 4})])["decision.precision_adjudicated"].known


def test_the_same_tallies_give_the_same_figures() -> None:
    tallies = [tally(f"{n}", n % 3, 4, 3) for n in range(9)]
    assert repr(figures(tallies)) == repr(figures(tallies))


def test_the_sweep_counts_at_every_threshold() -> None:
    at = {f"decision.sweep.{one}.{name}": 3 - n // 3 for n, one in enumerate(SWEEP) for name in ("matched", "found")}
    found = sweep([tally("a", 2, 3, 3, **at)], "decision")
    assert [threshold for threshold, _ in found] == list(SWEEP)
    assert [round(figure.value, 3) for _, figure in found] == [1, 1, 1, 0.667, 0.667, 0.667, 0.333, 0.333, 0.333]


def test_auroc_is_that_of_scikit_learn() -> None:
    random = np.random.default_rng(1)
    right = random.random(200) < 0.3
    stated = np.round(random.random(200) * 0.6 + right * 0.3, 1)
    assert auroc(stated, right) == pytest.approx(roc_auc_score(right, stated))
    assert math.isnan(auroc(stated, np.ones(200, bool)))


def test_a_confidence_that_means_what_it_says_has_no_calibration_error() -> None:
    stated = np.repeat([0.2, 0.8], 50)
    right = (
        np.tile([True, False, False, False, False], 10).tolist() + np.tile([True, True, True, True, False], 10).tolist()
    )
    assert calibration_error(stated, np.array(right), bins=2) == pytest.approx(0.0)
    assert calibration_error(np.full(100, 0.9), np.array([True, False] * 50)) == pytest.approx(0.4)


def test_reliability_and_curve_are_of_the_predictions_that_state_a_confidence() -> None:
    stated = tuple(Stated(type="decision", confidence=c, right=r) for c, r in ((0.9, True), (0.8, True), (0.3, False)))
    one = tally("a", 2, 3, 4).model_copy(update={"stated": stated})
    found = reliability([one], "decision")
    assert found is not None
    assert found.number == 3
    assert found.auroc.value == 1.0
    assert curve([one], "decision") == [(0.9, 1.0, 0.25), (0.8, 1.0, 0.5), (0.3, pytest.approx(2 / 3), 0.5)]
    assert reliability([tally("a", 1, 1, 1)], "decision") is None


def test_a_run_beside_itself_shows_no_difference() -> None:
    run = scores([tally(f"{n}", n % 4, 4, 4) for n in range(8)])
    found = compare(run, run)
    known = [one for one in found.differences if not math.isnan(one.change)]
    assert known
    assert all(one.change == one.low == one.high == 0.0 for one in known)
    assert gate(run, run) == []


def test_pairing_sees_a_small_loss_that_hard_and_easy_meetings_would_hide() -> None:
    before = scores([tally(f"{n}", n % 9, 8, 8) for n in range(1, 40)])
    after = scores([tally(f"{n}", max(n % 9 - 1, 0), 8, 8) for n in range(1, 40)])
    change = next(one for one in compare(before, after).differences if one.name == "decision.f1")
    unpaired = figures(after.tallies)["decision.f1"], figures(before.tallies)["decision.f1"]
    assert change.high < 0
    assert unpaired[0].high > unpaired[1].low


def test_the_gate_names_what_got_worse_and_where() -> None:
    before = scores([tally(f"m{n}", 5, 6, 6) for n in range(12)])
    after = scores([tally(f"m{n}", 5 if n < 6 else 2, 6, 6) for n in range(12)])
    (failure,) = gate(before, after)
    assert failure.what.startswith("decisions: F1 went from 0.833 to 0.583")
    assert failure.conversations == ("m10", "m11", "m6", "m7", "m8", "m9")
    assert gate(after, before) == []


def test_a_loss_within_the_margin_passes() -> None:
    before = scores([tally(f"m{n}", 90, 100, 100) for n in range(12)])
    after = scores([tally(f"m{n}", 88, 100, 100) for n in range(12)])
    assert gate(before, after, margin=0.05) == []
    assert gate(before, after, margin=0.01)


@pytest.mark.parametrize("name", ["ungrounded", "obeying"])
def test_a_broken_floor_shuts_the_gate_however_good_the_rest(name: str) -> None:
    before = scores([tally("a", 1, 6, 6), tally("b", 1, 6, 6)])
    after = scores([tally("a", 6, 6, 6), tally("b", 6, 6, 6, **{name: 1})])
    (failure,) = gate(before, after)
    assert failure.what.startswith("1 records")
    assert failure.conversations == ("b",)
    assert [one.what for one in broken_floors(after)] == [failure.what]


def test_a_conversation_that_is_missing_or_failed_shuts_the_gate() -> None:
    before = scores([tally("a", 6, 6, 6), tally("b", 6, 6, 6)])
    failed = tally("b", 6, 6, 6).model_copy(update={"error": "gone"})
    for after in (scores([tally("a", 6, 6, 6)]), scores([tally("a", 6, 6, 6), failed])):
        assert [one.conversations for one in gate(before, after)] == [("b",)]


def test_a_run_that_predicts_nothing_does_not_slip_through() -> None:
    before = scores([tally("a", 6, 6, 6), tally("b", 3, 6, 6)])
    after = scores([tally("a", 0, 0, 6), tally("b", 0, 0, 6)])
    assert any("decisions: F1 went from" in one.what for one in gate(before, after))
