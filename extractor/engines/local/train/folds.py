"""Out-of-fold scores: every conversation scored by a model that saw no conversation of its series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local.train.fitting import Recipe, log_odds, train
from extractor.engines.local.train.rows import Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5


def fold_of(series: Sequence[str]) -> list[int]:
    """A fold for each conversation: series, in order of name, dealt out in turn, so that a series is never divided."""
    numbers = {name: index % FOLDS for index, name in enumerate(sorted(set(series)))}
    return [numbers[name] for name in series]


def out_of_fold(sets: Sequence[Rows], scored: Sequence[int], recipe: Recipe) -> dict[int, NDArray[np.float64]]:
    """Log-odds of all rows of the sets with the numbers ``scored``, by set; the other sets are always trained on."""
    series = [f"{number}:{example.series}" for number in scored for example in sets[number].examples]
    folds = iter(fold_of([name.split(":", 1)[1] for name in series]))
    fold_by_row = {
        number: np.array([next(folds) for _ in sets[number].examples])[sets[number].example] for number in scored
    }
    result = {number: np.zeros(sets[number].labels.shape, np.float64) for number in scored}
    for fold in range(FOLDS):
        held_out = [
            fold_by_row[number] == fold if number in fold_by_row else np.zeros(len(rows.labels), bool)
            for number, rows in enumerate(sets)
        ]
        linear = train(sets, recipe, held_out)
        for number in scored:
            part = held_out[number]
            result[number][part] = log_odds(linear, sets[number])[part]
    return result
