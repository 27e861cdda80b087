"""Predictions and labels, matched one to one so that the sum of their probabilities is as large as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Pair:
    """A prediction and a label, by their places in the two lists."""

    predicted: int
    gold: int
    probability: float


def match(probabilities: NDArray[np.float64], threshold: float) -> list[Pair]:
    """The optimal one-to-one matching of an array of shape (predictions, labels).

    Pairs under ``threshold`` are forbidden before the assignment: discarding them afterwards would let a hopeless pair
    take a label away from a good one. In the order of the predictions.
    """
    if not probabilities.size:
        return []
    from scipy.optimize import linear_sum_assignment

    gain = np.where(probabilities >= threshold, probabilities, 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [
        Pair(int(row), int(column), float(probabilities[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if probabilities[row, column] >= threshold
    ]
