"""When are two records the same? Coefficients fitted on judged pairs, and how well they agree with judges.

``python evals/calibrate_matching.py`` fits a logistic regression on ``evals/matching/own.jsonl`` (pairs of records from
the train half of our own examples) and on half of ``evals/matching/real.jsonl`` (pairs from real meetings: numbers and
answers only, as their words are not ours to keep), measures it on the other half, and writes
``extractor/matching/calibration.json`` and ``evals/results/matching.json``. All pairs were judged by two readers who
saw neither each other's answers nor any similarity.

Judged pairs hardly ever have the right evidence and a wrong claim, as no engine that was judged makes such records. A
fit on them alone would learn that evidence is all, and be fooled by whoever quotes everything. So labels of the train
half with the claims of other labels are added, each counting ``SWAPPED`` of a judged pair; nobody has to judge them.

Pairs on which the judges differ count half for each answer. The halves of the real pairs have no conversation in
common. The agreement on our own pairs is cross-validated: each conversation's pairs are scored by coefficients that
were fitted without them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import GroupKFold

from extractor.matching.similarity import features
from extractor.scoring.counting import scorer
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import SECTIONS, conversation_of
from extractor.scoring.tally import SWEEP

HERE = Path(__file__).resolve().parent
CALIBRATION = HERE.parent / "extractor" / "matching" / "calibration.json"
RESULT = HERE / "results" / "matching.json"
VERSION = "2"
THRESHOLD = 0.5
STRENGTH = 1.0
FOLDS = 5
WITH_EVIDENCE, TEXT_ALONE = ("cosine", "tokens", "said", "region"), ("cosine", "tokens")
SWAPPED = 0.1
EACH = 2
TOLERANCE = 0.05

Pair = dict[str, Any]


def main() -> int:
    """Fit, measure, write; with ``--check`` only say whether what is written is what would be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 4 where more than a little would change"
    )
    options = parser.parse_args()
    own, real = read(HERE / "matching" / "own.jsonl"), read(HERE / "matching" / "real.jsonl")
    seen, unseen = ([pair for pair in real if pair["held_out"] is held] for held in (False, True))
    proven = [pair for pair in seen if pair["region"] is not None]
    wrong = swapped()
    fitted = {
        "with_evidence": fit([*own, *proven, *wrong], WITH_EVIDENCE),
        "text_alone": fit([*own, *seen, *wrong], TEXT_ALONE),
    }
    calibration = {"version": VERSION, "threshold": THRESHOLD} | {name: named(one) for name, one in fitted.items()}
    measured = {
        "own, evidence and text": measure(own, held_out(own, wrong, WITH_EVIDENCE)),
        "own, text alone": measure(own, held_out(own, wrong, TEXT_ALONE)),
        "own, claims swapped": measure(wrong, as_scored(wrong, calibration)),
        "real, fitted on": measure(seen, as_scored(seen, calibration)),
        "real, held out": measure(unseen, as_scored(unseen, calibration)),
        "held out, with evidence": measure(*only(unseen, calibration, with_evidence=True)),
        "held out, text alone": measure(*only(unseen, calibration, with_evidence=False)),
    }
    texts = {CALIBRATION: json.dumps(calibration, indent=1) + "\n", RESULT: json.dumps(measured, indent=1) + "\n"}
    if options.check:
        return (
            0
            if all(alike(json.loads(path.read_text("utf-8")), json.loads(text)) for path, text in texts.items())
            else 4
        )
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    for name, figures in measured.items():
        print(name, {key: value for key, value in figures.items() if key != "sweep"})
    return 0


def alike(one: Any, other: Any) -> bool:
    """Whether two documents say the same, numbers to within ``TOLERANCE``: embeddings differ a little by processor."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= (TOLERANCE if isinstance(one, float) else 1 + TOLERANCE * abs(one))
    return bool(one == other)


def read(path: Path) -> list[Pair]:
    """The judged pairs of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def columns(pairs: Sequence[Pair], names: Sequence[str]) -> NDArray[np.float64]:
    """The features: (pairs, names)."""
    return np.array([[pair[name] for name in names] for pair in pairs], float)


def fit(pairs: Sequence[Pair], names: Sequence[str]) -> LogisticRegression:
    """A regression on every answer of every judge."""
    both = [(pair, answer) for pair in pairs for answer in pair["judges"]]
    weights = [pair.get("weight", 1.0) for pair, _ in both]
    features = columns([pair for pair, _ in both], names)
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(features, [answer for _, answer in both], weights)


def named(model: LogisticRegression) -> dict[str, float]:
    """The coefficients by name, to four digits."""
    names = WITH_EVIDENCE if len(model.coef_[0]) == len(WITH_EVIDENCE) else TEXT_ALONE
    values = dict(zip(names, model.coef_[0], strict=True))
    return {"constant": round(float(model.intercept_[0]), 4)} | {
        key: round(float(one), 4) for key, one in values.items()
    }


def swapped() -> list[Pair]:
    """Every label of the train half with the claims of up to ``EACH`` other labels of its conversation and type."""
    by, random, pairs = scorer(), Random(1), list[Pair]()
    for row in read_dataset(HERE / "examples").part("train"):
        conversation = conversation_of(row)
        for section in SECTIONS:
            gold = by.gold(row, row.gold, section)
            for label in gold:
                others = [other for other in gold if other is not label]
                for other in random.sample(others, min(EACH, len(others))):
                    claim = replace(other, places=label.places)
                    found = features([claim], [label], conversation, by.embedder)
                    pairs.append(
                        {name: float(getattr(found, name)[0, 0]) for name in WITH_EVIDENCE}
                        | {"conversation": row.id, "judges": [False, False], "weight": SWAPPED}
                    )
    return pairs


def held_out(pairs: Sequence[Pair], wrong: Sequence[Pair], names: Sequence[str]) -> NDArray[np.float64]:
    """The probability of each pair by coefficients fitted on other conversations."""
    chances = np.zeros(len(pairs))
    groups = [pair["conversation"] for pair in pairs]
    for train, test in GroupKFold(FOLDS).split(pairs, groups=groups):
        kept = {pairs[n]["conversation"] for n in train}
        model = fit([*(pairs[n] for n in train), *(one for one in wrong if one["conversation"] in kept)], names)
        chances[test] = model.predict_proba(columns([pairs[n] for n in test], names))[:, 1]
    return chances


def as_scored(pairs: Sequence[Pair], calibration: dict[str, Any]) -> NDArray[np.float64]:
    """The probability of each pair by the coefficients; pairs that one of them negates are not among the judged."""
    chances = []
    for pair in pairs:
        kind, names = ("text_alone", TEXT_ALONE) if pair["region"] is None else ("with_evidence", WITH_EVIDENCE)
        weights = calibration[kind]
        odds = weights["constant"] + sum(weights[name] * pair[name] for name in names)
        chances.append(1 / (1 + np.exp(-odds)))
    return np.array(chances)


def only(
    pairs: Sequence[Pair], calibration: dict[str, Any], *, with_evidence: bool
) -> tuple[list[Pair], NDArray[np.float64]]:
    """The pairs where both sides have evidence, or those where one has none, and their probabilities."""
    kept = [pair for pair in pairs if (pair["region"] is not None) is with_evidence]
    return kept, as_scored(kept, calibration)


def measure(pairs: Sequence[Pair], chances: NDArray[np.float64]) -> dict[str, Any]:
    """Agreement with the judges where they agree with each other, their own agreement, and the sweep."""
    first, second = (np.array([pair["judges"][judge] for pair in pairs]) for judge in (0, 1))
    agreed = first == second
    truth, stated = first[agreed], chances[agreed]
    return {
        "pairs": len(pairs),
        "same": int(truth.sum()),
        "judges_agree": int(agreed.sum()),
        "judges_kappa": kappa(first, second),
        **agreement(truth, stated >= THRESHOLD),
        "sweep": {str(one): agreement(truth, stated >= one) for one in SWEEP},
    }


def agreement(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> dict[str, Any]:
    """How many pairs are called as the judges call them, kappa, and the two kinds of error."""
    return {
        "right": int((truth == said).sum()),
        "of": len(truth),
        "kappa": kappa(truth, said),
        "false_matches": int((said & ~truth).sum()),
        "missed_matches": int((truth & ~said).sum()),
    }


def kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float | None:
    """Cohen's kappa, None where one side gives one answer only."""
    if len(set(one.tolist())) < 2 or len(set(other.tolist())) < 2:
        return None
    return round(float(cohen_kappa_score(one, other)), 3)


if __name__ == "__main__":
    raise SystemExit(main())
