"""From labelled rows to linear weights on raw features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, diags, vstack

from extractor.engines.local.train.logistic import Linear, Penalties, fit
from extractor.engines.local.train.rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SEED = 20
NEGATIVES_KEPT = 0.3  # share of the segments without any label that are trained on, each then weighing 1 / 0.3


@dataclass(frozen=True)
class Recipe:
    """How one set of weights is trained: penalties, and how much the rows of a dataset weigh (default 1)."""

    penalties: Penalties
    dataset_weights: Mapping[str, float]


SPEECH = Recipe(Penalties(dense=0.02, cheap=0.003, sparse=3e-4), {"icsi": 0.5, "tc39": 0.2})
WRITTEN = Recipe(Penalties(dense=0.05, cheap=0.01, sparse=1e-3), {"icsi": 0.1, "tc39": 1.0})


def train(sets: Sequence[Rows], recipe: Recipe, held_out: Sequence[NDArray[np.bool_]] | None = None) -> Linear:
    """Weights for raw features, from all rows but those that ``held_out`` (one mask a set) marks."""
    random = np.random.default_rng(SEED)
    dense, cheap, sparse, labels, weights = [], [], [], [], []
    for number, rows in enumerate(sets):
        positive = rows.labels.max(axis=1) > 0
        kept = positive | (random.random(len(positive)) < NEGATIVES_KEPT)
        if held_out is not None:
            kept &= ~held_out[number]
        share = np.array([_weight(example.dataset, recipe) for example in rows.examples], np.float32)[rows.example]
        correction = np.where(positive, 1.0, 1.0 / NEGATIVES_KEPT).astype(np.float32)
        dense.append(rows.dense[kept])
        cheap.append(rows.cheap[kept])
        sparse.append(rows.sparse[kept])
        labels.append(rows.labels[kept])
        weights.append((rows.weights * (share * correction)[:, None])[kept])
    return _standardised_fit(
        np.vstack(dense), np.vstack(cheap), vstack(sparse).tocsr(), np.vstack(labels), np.vstack(weights), recipe
    )


def log_odds(linear: Linear, rows: Rows) -> NDArray[np.float64]:
    """Log-odds of every row: (rows, heads)."""
    total = rows.dense @ linear.dense + rows.cheap @ linear.cheap + rows.sparse @ linear.sparse + linear.bias
    return np.asarray(total, np.float64)


def _weight(dataset: str, recipe: Recipe) -> float:
    return next((weight for name, weight in recipe.dataset_weights.items() if dataset.lower().startswith(name)), 1.0)


def _standardised_fit(
    dense: Floats, cheap: Floats, sparse: csr_matrix, labels: Floats, weights: Floats, recipe: Recipe
) -> Linear:
    """Fit on standardised columns (sparse ones scaled by rarity) and fold the scales into the weights."""
    dense_mean, dense_scale = dense.mean(axis=0), dense.std(axis=0) + 1e-6
    cheap_mean, cheap_scale = cheap.mean(axis=0), cheap.std(axis=0) + 1e-3
    frequency = np.asarray((sparse > 0).mean(axis=0)).ravel()
    rarity = np.log(1.0 / (frequency + 1e-5)).astype(np.float32)
    dense -= dense_mean
    dense /= dense_scale
    cheap = (cheap - cheap_mean) / cheap_scale
    linear = fit(dense, cheap, (sparse @ diags(rarity)).tocsr().astype(np.float32), labels, weights, recipe.penalties)
    on_dense = linear.dense / dense_scale[:, None]
    on_cheap = linear.cheap / cheap_scale[:, None]
    bias = linear.bias - dense_mean @ on_dense - cheap_mean @ on_cheap
    as_floats = [np.asarray(part, np.float32) for part in (on_dense, on_cheap, linear.sparse * rarity[:, None], bias)]
    return Linear(*as_floats)
