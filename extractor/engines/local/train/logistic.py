"""Logistic regression for several heads at once, with its own L2 penalty for each block of features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Penalties:
    """L2 strength of each block, per unit of summed sample weight of positives and negatives alike."""

    dense: float
    cheap: float
    sparse: float


@dataclass(frozen=True)
class Linear:
    """Weights of ``heads`` linear models on standardised columns; a column of weights is a head."""

    dense: Floats
    cheap: Floats
    sparse: Floats
    bias: Floats


def fit(
    dense: Floats,
    cheap: Floats,
    sparse: csr_matrix,
    labels: Floats,
    weights: Floats,
    penalties: Penalties,
    iterations: int = 100,
) -> Linear:
    """Minimise weighted log loss plus penalties with L-BFGS, from zero: the same input gives the same weights.

    ``labels`` and ``weights`` are (rows, heads); a weight of 0 leaves a row out of a head.
    """
    heads = labels.shape[1]
    sizes = [dense.shape[1], cheap.shape[1], sparse.shape[1]]
    strength = np.repeat([penalties.dense, penalties.cheap, penalties.sparse], sizes)[:, None]
    edges = np.cumsum(sizes)
    totals = weights.sum(axis=0)
    transposed = sparse.T.tocsr()
    base = (labels * weights).sum(axis=0) / totals
    start = np.zeros((edges[-1] + 1, heads))
    start[-1] = np.log(base / (1 - base))

    def objective(flat: Doubles) -> tuple[float, Doubles]:
        parameters = flat.reshape(-1, heads)
        single = parameters.astype(np.float32)
        logits = dense @ single[: edges[0]] + cheap @ single[edges[0] : edges[1]]
        logits = logits + sparse @ single[edges[1] : edges[2]] + single[-1]
        loss = (weights * (np.logaddexp(0, logits) - labels * logits)).sum(axis=0) / totals
        residual = (weights * (1 / (1 + np.exp(-logits)) - labels) / totals).astype(np.float32)
        gradient = np.vstack(
            [dense.T @ residual, cheap.T @ residual, transposed @ residual, residual.sum(axis=0)[None]]
        )
        gradient = gradient.astype(np.float64)
        gradient[:-1] += strength * parameters[:-1]
        penalty = 0.5 * float((strength * parameters[:-1] ** 2).sum())
        return float(loss.sum()) + penalty, gradient.ravel()

    found = minimize(
        objective, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 12}
    )
    solution = found.x.reshape(-1, heads).astype(np.float32)
    return Linear(solution[: edges[0]], solution[edges[0] : edges[1]], solution[edges[1] : edges[2]], solution[-1])
