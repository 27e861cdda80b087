"""Links judged from features: no key, no network, the same answer for the same records.

A multinomial logistic regression gives a probability for every kind of link and for none. It tells better that two
records are linked than how: a pair that is likely linked (one less the probability of none) is suggested by the
likeliest kind that is sure enough, and as ``relates`` where none is. Coefficients and thresholds stand in
``weights.json`` beside this module; ``evals/fit_linking.py`` fits them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from extractor.errors import ModelError
from extractor.linking.features import NAMES, pairs
from extractor.linking.sides import KINDS, Judged, Quote, Side, possible
from extractor.matching.similarity import stems
from extractor.records import LinkKind, Usage

if TYPE_CHECKING:
    from numpy.typing import NDArray

NONE: Final = "none"
CLASSES: Final = (NONE, *KINDS)
_SETTLING: Final = frozenset({"decider", "accepted", "reversed", "owner"})


@dataclass(frozen=True)
class Weights:
    """``coefficients`` is of shape (classes, features), ``intercepts`` (classes,), on features less ``mean`` over
    ``scale``. ``linked`` is from which probability of any link a pair is suggested, ``thresholds`` from which
    probability of its own a kind is; a kind that has none is suggested as ``relates``.
    """

    version: str
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    coefficients: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    linked: float
    thresholds: Mapping[LinkKind, float]

    def probabilities(self, found: NDArray[np.float64], allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Of every class, shape (pairs, classes): 0 where ``allowed`` says no, and adding up to 1."""
        odds = (found - self.mean) / self.scale @ self.coefficients.T + self.intercepts
        odds = np.where(allowed, odds, -np.inf)
        grown = np.exp(odds - odds.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = grown / grown.sum(axis=1, keepdims=True)
        return result


@cache
def load_weights() -> Weights:
    """The shipped weights; raises ModelError where they are missing or made for other features."""
    try:
        data = json.loads((files("extractor.linking") / "weights.json").read_text(encoding="utf-8"))
        fits = data["features"] == list(NAMES) and data["classes"] == list(CLASSES)
    except (OSError, ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise ModelError("The weights for judging links are missing or damaged.", "Install the package again.")
    return Weights(
        version=data["version"],
        mean=np.array(data["mean"], np.float64),
        scale=np.array(data["scale"], np.float64),
        coefficients=np.array(data["coefficients"], np.float64),
        intercepts=np.array(data["intercepts"], np.float64),
        linked=data["linked"],
        thresholds=data["thresholds"],
    )


class FeatureJudge:
    """A judge that needs nothing but the records; see :class:`extractor.linking.sides.Judge`."""

    name = "features"
    leaves_machine = False
    destination = None
    usage = Usage()

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or load_weights()

    @property
    def version(self) -> str:
        return self._weights.version

    def judge(self, new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> list[Judged]:
        """The links that are likely enough; ``confidence`` is the probability of the kind, with ``relates`` of any."""
        if not earlier:
            return []
        allowed = allowed_classes(new, earlier)
        found = self._weights.probabilities(pairs(new, earlier, similarities), allowed)
        links = []
        for side, row in zip(earlier, found, strict=True):
            choice = chosen(row, self._weights.linked, self._weights.thresholds)
            if choice is not None:
                links.append(Judged(side, choice[0], round(choice[1], 4), *proof(new, side)))
        return links


def allowed_classes(new: Side, earlier: Sequence[Side]) -> NDArray[np.bool_]:
    """Which classes there can be for each pair, shape (earlier, classes); none always can."""
    kinds = [(NONE, *possible(new, side)) for side in earlier]
    return np.array([[one in some for one in CLASSES] for some in kinds], bool)


def chosen(
    row: NDArray[np.float64], linked: float, thresholds: Mapping[LinkKind, float]
) -> tuple[LinkKind, float] | None:
    """The kind that is suggested for a pair with these probabilities of ``CLASSES``, and how sure that is."""
    any_kind = 1.0 - float(row[0])
    if any_kind < linked:
        return None
    sure = [(float(row[number]), kind) for number, kind in enumerate(KINDS, 1) if kind in thresholds]
    reached = [(value, kind) for value, kind in sure if value >= thresholds[kind]]
    if not reached:
        return "relates", any_kind
    value, kind = max(reached, key=lambda pair: pair[0])
    return kind, value


def proof(new: Side, earlier: Side) -> tuple[int | None, int | None]:
    """On each side the quote that shares most words with the other record: of equals one that settles, then the first.

    None on a side without quotes.
    """
    return _nearest(new.quotes, earlier), _nearest(earlier.quotes, new)


def _nearest(quotes: Sequence[Quote], other: Side) -> int | None:
    words = stems(" ".join((other.text, *(quote.text for quote in other.quotes))))

    def worth(number: int) -> tuple[int, bool, int]:
        quote = quotes[number]
        return len(stems(quote.text) & words), quote.role in _SETTLING, -number

    return max(range(len(quotes)), key=worth, default=None)
