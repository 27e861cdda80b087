"""Log-odds of candidates to probabilities (Platt scaling: a logistic regression on one number)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from numpy.typing import NDArray


def platt(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the log-odds that a candidate is right; slope at least 0, so that order is kept."""
    if right.all() or not right.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=1e4, max_iter=1000).fit(scores[:, None], right)
    slope = max(float(fitted.coef_[0, 0]), 0.0)
    return slope, float(fitted.intercept_[0])


def probability(scores: NDArray[np.float64], slope: float, offset: float) -> NDArray[np.float64]:
    """The calibrated probability of each score."""
    return np.asarray(1.0 / (1.0 + np.exp(-(slope * scores + offset))))
