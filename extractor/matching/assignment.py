"""Two lists matched one to one so that what the pairs are worth together is as much as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_LEAST: Final = 1e-9
"""What a pair that lies on the threshold is worth: more than none."""
_SURE: Final = 1e-6
"""How near to 0 and 1 probabilities may come before their odds are taken."""


@dataclass(frozen=True)
class Pair:
    """One of each list, by their places: row and column of the array of probabilities."""

    row: int
    column: int
    probability: float


def match(probabilities: NDArray[np.float64], threshold: float) -> list[Pair]:
    """The one-to-one matching of an array of shape (rows, columns) whose probabilities add up to most.

    Pairs under ``threshold`` are forbidden before the assignment: discarding them afterwards would let a hopeless pair
    take its partner away from a good one. In the order of the rows.
    """
    return _pairs(np.where(probabilities >= threshold, probabilities, 0.0), probabilities)


def match_likeliest(probabilities: NDArray[np.float64], threshold: float) -> list[Pair]:
    """As ``match``, but what a pair is worth is by how much its log-odds exceed those of ``threshold``.

    Two middling pairs then do not break up a sure one, as they would where probabilities are added.
    """
    beyond = log_odds(probabilities) - log_odds(np.array(threshold))
    return _pairs(np.where(probabilities >= threshold, beyond + _LEAST, 0.0), probabilities)


def log_odds(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithms of the odds, probabilities kept ``_SURE`` away from 0 and 1."""
    kept = np.clip(probabilities, _SURE, 1.0 - _SURE)
    odds: NDArray[np.float64] = np.log(kept / (1.0 - kept))
    return odds


def _pairs(worth: NDArray[np.float64], probabilities: NDArray[np.float64]) -> list[Pair]:
    """The pairs that are worth most together, without those that are worth nothing."""
    if not worth.size:
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [
        Pair(int(row), int(column), float(probabilities[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if worth[row, column] > 0.0
    ]
