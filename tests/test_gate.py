"""The gate: engines are held to what was accepted of them, on the half of our examples that nothing is tuned to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from extractor.drafts import Engine
from extractor.engines.local.engine import LocalEngine
from extractor.engines.local.model import Model
from extractor.scoring.answers import REPLAY_KEY, serving
from extractor.scoring.baselines import engine_named
from extractor.scoring.comparing import gate
from extractor.scoring.counting import count, scorer
from extractor.scoring.datasets import read_dataset
from extractor.scoring.figures import figures
from extractor.scoring.running import run
from extractor.scoring.runs import Scores, read_scores, scores_as_json
from extractor.scoring.verdicts import read_verdicts
from extractor.settings import Settings

REPO = Path(__file__).resolve().parent.parent
EVALS = REPO / "evals"
EXAMPLES, BASELINES, ANSWERS = EVALS / "examples", EVALS / "baselines", EVALS / "answers"
MARGIN = 0.02
"""The loss of F1 that passes. The local engine gives the same records every time, so that nothing is lost by chance."""

Decisions = Callable[..., subprocess.CompletedProcess[str]]


@cache
def accepted(name: str) -> Scores:
    return read_scores(BASELINES / f"{name}.json")


def measured(name: str, make: Callable[[], Engine]) -> Scores:
    """The scores of an engine on the test half, under the description of the accepted run."""
    rows = read_dataset(EXAMPLES).part("test")
    results = {result.id: result for result in run(rows, make)}
    verdicts = read_verdicts(BASELINES / f"{name}.verdicts.jsonl")
    return count(rows, results, accepted(name).run, scorer(verdicts=verdicts))


def complaint(scores: Scores) -> str:
    failures = gate(accepted("local"), scores, MARGIN)
    return "\n".join(f"{failure.what}: {', '.join(failure.conversations)}" for failure in failures)


def test_the_local_engine_is_no_worse_than_what_was_accepted() -> None:
    worse = complaint(measured("local", LocalEngine))
    assert not worse, f"the local engine got worse on our own test half:\n{worse}"


def test_a_raised_threshold_shuts_the_gate_and_it_says_why(
    monkeypatch: pytest.MonkeyPatch, decisions: Decisions, tmp_path: Path
) -> None:
    threshold = Model.threshold
    monkeypatch.setattr(Model, "threshold", lambda self, genre, head: threshold(self, genre, head) + 1.5)
    scores = measured("local", LocalEngine)
    assert "F1 went from" in complaint(scores)
    (tmp_path / "raised.json").write_text(scores_as_json(scores))
    raised = tmp_path / "raised.json"
    done = decisions("eval", "compare", BASELINES / "local.json", raised, "--gate", "--margin", MARGIN)
    assert done.returncode == 4
    assert "Gate: action items: F1 went from" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("spec", ["openai:reader", "plain:reader"])
def test_recorded_answers_give_the_published_score_without_a_key(spec: str) -> None:
    name = spec.partition(":")[0]
    with serving(ANSWERS) as address:
        scores = measured(name, lambda: engine_named(spec, Settings(), base_url=address, api_key=REPLAY_KEY))
    assert not [tally.id for tally in scores.tallies if tally.error]
    published = figures(accepted(name).tallies)
    for measure, figure in figures(scores.tallies).items():
        # Embeddings differ a little by processor, and with them a match that lies on the threshold.
        assert figure.value == pytest.approx(published[measure].value, abs=0.02, nan_ok=True), measure


def test_no_accepted_run_breaks_a_floor() -> None:
    for name in ("local", "openai", "plain"):
        for tally in accepted(name).tallies:
            assert tally.counts.get("ungrounded", 0) == 0, (name, tally.id)
            assert tally.counts.get("obeyed", 0) == 0, (name, tally.id)


def test_what_was_accepted_is_of_the_examples_as_they_are() -> None:
    data = read_dataset(EXAMPLES)
    for name in ("local", "openai", "plain", "cues", "everything"):
        assert accepted(name).run.dataset_sha256 == data.sha256, f"score {name} again: make results"
        assert {tally.id for tally in accepted(name).tallies} == {row.id for row in data.part("test")}


@pytest.mark.parametrize("script", ["write_results.py", pytest.param("calibrate_matching.py", marks=pytest.mark.soak)])
def test_what_is_published_is_what_the_stored_data_say(script: str) -> None:
    done = subprocess.run([sys.executable, EVALS / script, "--check"], capture_output=True, text=True, cwd=REPO)
    assert done.returncode == 0, done.stderr


def test_recorded_answers_say_who_gave_them() -> None:
    about = json.loads((ANSWERS / "ABOUT.json").read_text())
    assert about["model_class"]
    assert about["date"]


@pytest.mark.parametrize(
    "script", [pytest.param("fit_linking.py", marks=pytest.mark.soak), "measure_links.py", "measure_answering.py"]
)
def test_what_is_published_of_links_and_answers_is_what_is_measured(script: str) -> None:
    done = subprocess.run(
        [sys.executable, EVALS / script, "--check"], capture_output=True, text=True, cwd=REPO, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
