"""Measures of a ranking of turns, of detected regions and of probabilities, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def average_precision(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Area under precision against recall, ties as they stand; NaN without positives."""
    if not labels.any():
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = labels[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def auroc(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Probability that a positive scores above a negative, ties counting half. NaN where a class is missing."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[inverse]
    return float((ranks[labels].sum() - positives * (positives + 1) / 2.0) / (positives * negatives))


def region_counts(
    peaks: Sequence[float], regions: Sequence[Sequence[float]], tolerance: float
) -> tuple[int, int, int, int]:
    """Peaks that lie within ``tolerance`` seconds of any gold region, peaks, gold regions found, gold regions.

    A region is the times (seconds) of the evidence turns of one gold record.
    """
    hit = sum(any(abs(peak - time) <= tolerance for region in regions for time in region) for peak in peaks)
    found = sum(any(abs(peak - time) <= tolerance for peak in peaks for time in region) for region in regions)
    return hit, len(peaks), found, len(regions)


def f_measure(counts: Sequence[tuple[int, int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F of region counts summed over conversations."""
    hit, peaks, found, gold = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0, 0)
    precision = hit / peaks if peaks else 0.0
    recall = found / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def calibration_error(outcomes: NDArray[np.bool_], probabilities: NDArray[np.float64], bins: int = 8) -> float:
    """Expected calibration error over bins of equal size: mean distance between stated and observed frequency."""
    if not len(outcomes):
        return float("nan")
    parts = np.array_split(np.argsort(probabilities, kind="stable"), min(bins, len(outcomes)))
    gaps = [len(part) * abs(float(probabilities[part].mean()) - float(outcomes[part].mean())) for part in parts]
    return sum(gaps) / len(outcomes)


def bootstrap(
    statistic: Callable[[NDArray[np.int64]], float], size: int, rounds: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """90 % percentile interval of a statistic of ``size`` conversations, resampled with replacement."""
    random = np.random.default_rng(seed)
    draws = [statistic(random.integers(0, size, size)) for _ in range(rounds)]
    kept = [draw for draw in draws if not np.isnan(draw)]
    return float(np.percentile(kept, 5)), float(np.percentile(kept, 95))
