"""Whether a stated confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from extractor.records import RecordType
from extractor.scoring.figures import ROUNDS, SEED, Figure, interval
from extractor.scoring.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS: Final = 10


@dataclass(frozen=True)
class Bin:
    """Predictions of like confidence: their mean confidence, the share of them that is right, and their number."""

    stated: float
    right: float
    number: int


@dataclass(frozen=True)
class Reliability:
    """Confidence against outcome.

    ``ece`` is the expected calibration error over bins of equal size (Naeini et al. 2015); ``auroc`` the probability
    that a right prediction is stated more confidently than a wrong one, ties counting half.
    """

    bins: tuple[Bin, ...]
    ece: Figure
    auroc: Figure
    number: int


@dataclass(frozen=True)
class _Series:
    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]


def reliability(tallies: Sequence[Tally], kind: RecordType, rounds: int = ROUNDS // 4) -> Reliability | None:
    """Of all predictions of one type that state a confidence, None where none does. Intervals are over series."""
    groups = _by_series(tallies, kind)
    if not groups:
        return None
    every = _joined(groups)
    random = np.random.default_rng(SEED)
    rounds = rounds if len(groups) > 1 else 0
    drawn = [
        _joined([groups[number] for number in random.integers(0, len(groups), len(groups))]) for _ in range(rounds)
    ]
    errors = interval(np.array([calibration_error(one.confidence, one.right) for one in drawn]))
    areas = interval(np.array([auroc(one.confidence, one.right) for one in drawn]))
    return Reliability(
        bins=tuple(_bins(every)),
        ece=Figure(
            name=f"{kind}.ece", value=calibration_error(every.confidence, every.right), low=errors[0], high=errors[1]
        ),
        auroc=Figure(name=f"{kind}.auroc", value=auroc(every.confidence, every.right), low=areas[0], high=areas[1]),
        number=len(every.right),
    )


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Mean distance between stated confidence and share right, weighted by size, over bins of equal size.

    Equal confidences stay in one bin: what they are worth does not hang on the order of the dataset.
    """
    parts = _parts(confidence, bins)
    gaps = [len(part) * abs(float(confidence[part].mean()) - float(right[part].mean())) for part in parts]
    return sum(gaps) / len(right) if len(right) else float("nan")


def auroc(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Area under the ROC curve by ranks; NaN where all are right or none is."""
    positives = int(right.sum())
    negatives = len(right) - positives
    if not positives or not negatives:
        return float("nan")
    from scipy.stats import rankdata

    ranks = rankdata(scores)
    return float((ranks[right].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def curve(tallies: Sequence[Tally], kind: RecordType) -> list[tuple[float, float, float]]:
    """(confidence, precision, recall) as predictions are shown from the most confident down, equal ones together.

    Recall is of the labels of the conversations that are labelled exhaustively.
    """
    groups = _by_series(tallies, kind)
    gold = sum(tally.counts.get(f"{kind}.gold", 0.0) for tally in tallies if f"{kind}.predicted" in tally.counts)
    if not groups or not gold:
        return []
    every = _joined(groups)
    order = np.argsort(-every.confidence, kind="stable")
    hits = np.cumsum(every.right[order])
    ranked = every.confidence[order]
    last = [place for place in range(len(ranked)) if place + 1 == len(ranked) or ranked[place + 1] != ranked[place]]
    return [(float(ranked[n]), float(hits[n]) / (n + 1), min(1.0, float(hits[n]) / gold)) for n in last]


def _by_series(tallies: Sequence[Tally], kind: RecordType) -> list[_Series]:
    groups: dict[str, list[tuple[float, bool]]] = {}
    for tally in tallies:
        found = [(one.confidence, one.right) for one in tally.stated if one.type == kind]
        if found:
            groups.setdefault(tally.series, []).extend(found)
    return [
        _Series(np.array([one[0] for one in group]), np.array([one[1] for one in group], bool))
        for group in groups.values()
    ]


def _joined(groups: Sequence[_Series]) -> _Series:
    return _Series(np.concatenate([one.confidence for one in groups]), np.concatenate([one.right for one in groups]))


def _parts(confidence: NDArray[np.float64], bins: int) -> list[NDArray[np.int64]]:
    order = np.argsort(confidence, kind="stable")
    ends = [len(part) for part in np.array_split(order, min(bins, len(order)) or 1)]
    cuts = np.cumsum(ends)[:-1]
    ranked = confidence[order]
    cuts = np.unique([int(np.searchsorted(ranked, ranked[cut - 1], side="right")) for cut in cuts])
    return [part for part in np.split(order, cuts.astype(int)) if len(part)]


def _bins(every: _Series) -> list[Bin]:
    return [
        Bin(float(every.confidence[part].mean()), float(every.right[part].mean()), len(part))
        for part in _parts(every.confidence, BINS)
    ]
