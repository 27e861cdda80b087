"""Scores to candidates: the best segment of each stretch of talk."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

APART = 30.0  # seconds on either side of a candidate within which there is no second one
PER_HOUR = {"decision": 10.0, "action": 6.0, "question": 4.0}
LEAST = {"decision": 3, "action": 3, "question": 2}


def peaks(
    scores: NDArray[np.float32],
    times: Sequence[float],
    threshold: float,
    limit: int | None = None,
    apart: float = APART,
    usable: Callable[[int], bool] | None = None,
) -> list[int]:
    """Indices of candidates, best first: the highest score, then the highest ``apart`` seconds away from it, and so on.

    Scores below ``threshold`` are never taken, nor indices that ``usable`` refuses (which then do not suppress their
    neighbours either). Of equal scores the earlier wins.
    """
    chosen: list[int] = []
    for index in np.argsort(-np.asarray(scores, np.float64), kind="stable"):
        if scores[index] < threshold or (limit is not None and len(chosen) >= limit):
            break
        if any(abs(times[index] - times[other]) <= apart for other in chosen):
            continue
        if usable is None or usable(int(index)):
            chosen.append(int(index))
    return chosen


def most_for(kind: str, seconds: float) -> int:
    """How many candidates of a kind are shown for a conversation of this length."""
    return max(LEAST[kind], math.ceil(PER_HOUR[kind] * seconds / 3600.0))
