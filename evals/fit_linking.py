"""How are links judged without a model? Coefficients and thresholds, fitted on the train half of the labelled links.

``python evals/fit_linking.py`` fits a multinomial logistic regression on every pair of a record and one of the eight
earlier ones that sound most like it; pairs that nobody judged count as no link. The strength of the penalty and all
thresholds are chosen on probabilities that were made without the pair's own series (one series left out at a time): the
penalty by log loss; ``linked``, from which probability of any link a pair is suggested, as the lowest with a precision
of ``LINKED_PRECISION``; and for each kind the lowest from which at least ``KIND_PRECISION`` of the pairs are of that
kind, ``LEAST_RIGHT`` of them or more. A kind for which there is no such threshold is only suggested as ``relates``.
The test half is not read. Writes ``extractor/linking/weights.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from calibrate_matching import alike
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from extractor.embedding import load_embedder
from extractor.linking.by_features import CLASSES, Weights, allowed_classes, chosen
from extractor.linking.features import NAMES, pairs
from extractor.linking.sides import KINDS
from extractor.scoring.link_labels import read_link_labels
from extractor.scoring.link_pairs import link_tasks

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "extractor" / "linking" / "weights.json"
VERSION = "1"
STRENGTHS = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
"""Inverse strengths of the L2 penalty that are tried."""
SMALLEST_SCALE = 0.05
"""Features that hardly vary are not blown up."""
LINKED_PRECISION = 0.75
KIND_PRECISION = 0.6
LEAST_RIGHT = 3


@dataclass(frozen=True)
class Rows:
    """Features (pairs, features), classes that there can be (pairs, classes), true classes and series (pairs,)."""

    features: NDArray[np.float64]
    allowed: NDArray[np.bool_]
    kinds: NDArray[np.int64]
    series: NDArray[np.str_]


def main() -> int:
    """Fit, say how good that is on series left out, write; with ``--check`` only say whether it would be the same."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 4 where the weights would differ")
    options = parser.parse_args()
    rows = read()
    strength = min(STRENGTHS, key=lambda one: loss(rows, held_out(rows, one)))
    unseen = held_out(rows, strength)
    linked = lowest(1.0 - unseen[:, 0], rows.kinds > 0, LINKED_PRECISION) or 1.0
    found = {kind: lowest(unseen[:, at], rows.kinds == at, KIND_PRECISION) for at, kind in enumerate(KINDS, 1)}
    thresholds = {kind: limit for kind, limit in found.items() if limit is not None and kind != "relates"}
    weights = as_json(fitted(rows, strength), linked, thresholds)
    if options.check:
        return 0 if alike(json.loads(WEIGHTS.read_text(encoding="utf-8")), weights) else 4
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows.kinds)} pairs, {int((rows.kinds > 0).sum())} linked; inverse penalty {strength}")
    print(f"linked from {linked}, kinds from {thresholds}")
    report(rows, unseen, linked, thresholds)
    return 0


def read() -> Rows:
    """The pairs of the train half."""
    labels = read_link_labels(HERE / "links" / "labels.json", [HERE / "examples", HERE / "links" / "series"])
    tasks = link_tasks(labels, "train", load_embedder())
    return Rows(
        features=np.vstack([pairs(task.new, task.earlier, task.similarities) for task in tasks]),
        allowed=np.vstack([allowed_classes(task.new, task.earlier) for task in tasks]),
        kinds=np.array([CLASSES.index(task.labels.get(side.id, "none")) for task in tasks for side in task.earlier]),
        series=np.array([task.series for task in tasks for _ in task.earlier]),
    )


def fitted(rows: Rows, strength: float, kept: NDArray[np.bool_] | None = None) -> Weights:
    """Weights from the pairs that are kept; a kind that none of them has cannot be chosen."""
    kept = np.ones(len(rows.kinds), bool) if kept is None else kept
    features = rows.features[kept]
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), SMALLEST_SCALE)
    model = LogisticRegression(C=strength, max_iter=5000).fit((features - mean) / scale, rows.kinds[kept])
    coefficients, intercepts = np.zeros((len(CLASSES), features.shape[1])), np.full(len(CLASSES), -50.0)
    coefficients[model.classes_], intercepts[model.classes_] = model.coef_, model.intercept_
    return Weights(VERSION, mean, scale, coefficients, intercepts, 0.0, {})


def held_out(rows: Rows, strength: float) -> NDArray[np.float64]:
    """Probabilities (pairs, classes), each series' by weights that were fitted without it."""
    result = np.zeros(rows.allowed.shape)
    for one in sorted(set(rows.series.tolist())):
        inside = rows.series == one
        weights = fitted(rows, strength, ~inside)
        result[inside] = weights.probabilities(rows.features[inside], rows.allowed[inside])
    return result


def loss(rows: Rows, chances: NDArray[np.float64]) -> float:
    """Mean log loss of the true classes."""
    return float(-np.log(np.maximum(chances[np.arange(len(rows.kinds)), rows.kinds], 1e-9)).mean())


def lowest(chances: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float | None:
    """The lowest threshold that is precise enough, None where there is none."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(right[order])
    fine = (hits / np.arange(1, len(order) + 1) >= precision) & (hits >= LEAST_RIGHT)
    return round(float(chances[order[np.flatnonzero(fine)[-1]]]) - 5e-4, 3) if fine.any() else None


def as_json(weights: Weights, linked: float, thresholds: dict[Any, float]) -> dict[str, Any]:
    """The document that the judge reads, numbers to four digits."""
    return {
        "version": VERSION,
        "linked": linked,
        "thresholds": thresholds,
        "features": list(NAMES),
        "classes": list(CLASSES),
        "mean": weights.mean.round(4).tolist(),
        "scale": weights.scale.round(4).tolist(),
        "coefficients": weights.coefficients.round(4).tolist(),
        "intercepts": weights.intercepts.round(4).tolist(),
    }


def report(rows: Rows, chances: NDArray[np.float64], linked: float, thresholds: dict[Any, float]) -> None:
    """Prints, for series left out, what is suggested as each kind and how much of it is right."""
    choices = [chosen(row, linked, thresholds) for row in chances]
    said = Counter(choice[0] for choice in choices if choice)
    right = Counter(
        choice[0] for choice, kind in zip(choices, rows.kinds, strict=True) if choice and choice[0] == CLASSES[kind]
    )
    true = Counter(CLASSES[kind] for kind in rows.kinds)
    for kind in KINDS:
        print(f"{kind:12} right {right[kind]} of {said[kind]} suggested, {true[kind]} to find")
    sound = sum(1 for choice, kind in zip(choices, rows.kinds, strict=True) if choice and kind > 0)
    print(f"{'any link':12} right {sound} of {sum(said.values())} suggested, {int((rows.kinds > 0).sum())} to find")


if __name__ == "__main__":
    raise SystemExit(main())
