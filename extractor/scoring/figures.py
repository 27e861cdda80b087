"""Figures from counts: each a value with the counts behind it and a 95 % interval.

Intervals are percentile bootstraps over series, as meetings of one series share people and wording: whole series are
drawn with replacement, the counts of what was drawn are added up, and the figure is computed again. Where that has no
spread, as for a rate of nothing or of everything, the exact binomial interval of Clopper and Pearson (1934) stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from extractor.conversation import Model
from extractor.records import RecordType
from extractor.scoring.tally import SWEEP, Tally
from extractor.scoring.verdicts import ANSWERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES: Final[tuple[RecordType, ...]] = ("decision", "action_item", "open_question")
LEVEL: Final = 0.95
ROUNDS: Final = 2000
SEED: Final = 20_260_301

Counts: TypeAlias = Mapping[str, "NDArray[np.float64]"]
Value: TypeAlias = Callable[["Sums"], "NDArray[np.float64]"]


class Figure(Model):
    """A figure: ``value`` in [0, 1] (NaN where nothing was there to count), the interval, and k of n for a rate."""

    name: str
    value: float
    low: float
    high: float
    k: float | None = None
    n: float | None = None

    @property
    def known(self) -> bool:
        return not np.isnan(self.value)


class Sums:
    """Counts of several samples at once: every name gives an array with one sum a sample, zero for unknown names."""

    def __init__(self, counts: Counts, samples: int, whole: Mapping[str, float]) -> None:
        self._counts = counts
        self._zero = np.zeros(samples)
        self._whole = whole

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        return self._counts.get(name, self._zero)

    def whole(self, name: str) -> float:
        """The count over all series, whatever was drawn."""
        return self._whole.get(name, 0.0)


@dataclass(frozen=True)
class Measure:
    """How a figure is computed: ``top`` over ``bottom`` for a rate, else ``value``.

    ``trials`` is whether what ``bottom`` counts can be right or wrong one by one, as characters cannot. ``parts`` are
    the two rates that an F1 is made of.
    """

    name: str
    top: Value | None = None
    bottom: Value | None = None
    value: Value | None = None
    trials: bool = True
    parts: tuple[Measure, Measure] | None = None

    def of(self, sums: Sums) -> NDArray[np.float64]:
        if self.value is not None:
            found: NDArray[np.float64] = self.value(sums)
            return found
        assert self.top is not None
        assert self.bottom is not None
        return ratio(self.top(sums), self.bottom(sums))


def ratio(top: NDArray[np.float64], bottom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Element by element, NaN where ``bottom`` is zero."""
    result: NDArray[np.float64] = np.divide(top, bottom, out=np.full(np.shape(bottom), np.nan), where=bottom > 0)
    return result


def rate(name: str, top: str, *bottom: str) -> Measure:
    """The share of the count ``top`` in the sum of the counts ``bottom``."""
    return Measure(name, lambda sums: sums[top], lambda sums: sum((sums[one] for one in bottom), sums[""]))


def f1(kind: str, prefix: str = "") -> Measure:
    """The harmonic mean of precision (over conversations labelled exhaustively) and recall (over all that are).

    NaN where no conversation is labelled exhaustively, or where there was nothing to find and nothing was predicted; 0
    where there was something to find and nothing was predicted, or the reverse.
    """

    parts = (
        rate("", f"{kind}.{prefix}matched", f"{kind}.predicted"),
        rate("", f"{kind}.{prefix}found", f"{kind}.gold"),
    )

    def value(sums: Sums) -> NDArray[np.float64]:
        precision, recall = (part.of(sums) for part in parts)
        looked_for = sums[f"{kind}.complete"] > 0
        precision = np.where(np.isnan(precision) & looked_for, 0.0, precision)
        recall = np.where(np.isnan(recall) & (sums[f"{kind}.predicted"] > 0), 0.0, recall)
        return harmonic(precision, recall)

    return Measure(f"{kind}.f1", value=value, parts=parts)


def harmonic(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The harmonic mean, 0 where both are."""
    both = one + other
    return np.where(np.isnan(both), np.nan, 2 * one * other / np.where(both > 0, both, 1.0))


def adjudicated(kind: str) -> Measure:
    """Precision with what people judged right counted as right; those judged unclear count as neither.

    NaN while predictions are left to judge, or nothing was judged at all.
    """

    right, judged = judged_right(kind), judged_either_way(kind)

    def true(sums: Sums) -> NDArray[np.float64]:
        return sums[f"{kind}.matched"] + right(sums)

    def every(sums: Sums) -> NDArray[np.float64]:
        return np.where(all_judged(kind, sums), sums[f"{kind}.matched"] + judged(sums), 0.0)

    return Measure(f"{kind}.precision_adjudicated", true, every)


def judged_right(kind: str) -> Value:
    """How many predictions without a label were judged right."""
    return lambda sums: sums[f"{kind}.judged.right"] + sums[f"{kind}.judged.label"]


def judged_either_way(kind: str) -> Value:
    """How many predictions without a label were judged right or wrong; those judged unclear are neither."""
    right = judged_right(kind)
    return lambda sums: right(sums) + sums[f"{kind}.judged.wrong"] + sums[f"{kind}.judged.duplicate"]


def all_judged(kind: str, sums: Sums) -> bool:
    """Whether people judged something, and nothing is left to judge; of the run, whatever was drawn of it."""
    judged = sum(sums.whole(f"{kind}.judged.{one}") for one in ANSWERS)
    return judged > 0 and not sums.whole(f"{kind}.unjudged")


def unmatched_right(kind: str) -> Measure:
    """Of the predictions without a label that people judged, the share that is right: also of a sample of them."""
    return Measure(f"{kind}.unmatched_right", judged_right(kind), judged_either_way(kind))


def recall_adjudicated(kind: str) -> Measure:
    """Recall with the labels that people saw in predictions where the matcher did not; NaN as for the precision."""

    def found(sums: Sums) -> NDArray[np.float64]:
        return np.minimum(sums[f"{kind}.found"] + sums[f"{kind}.judged.label"], sums[f"{kind}.gold"])

    def gold(sums: Sums) -> NDArray[np.float64]:
        return np.where(all_judged(kind, sums), sums[f"{kind}.gold"], 0.0)

    return Measure(f"{kind}.recall_adjudicated", found, gold)


_NAMED: Final = ("right", "incomplete", "wrong", "wrongly_withheld")
_NOBODY: Final = ("should_withhold", "rightly_withheld")


def measures_of(kind: RecordType) -> list[Measure]:
    """Everything that is measured of one type."""
    measures = [
        f1(kind),
        rate(f"{kind}.precision", f"{kind}.matched", f"{kind}.predicted"),
        adjudicated(kind),
        rate(f"{kind}.recall", f"{kind}.found", f"{kind}.gold"),
        recall_adjudicated(kind),
        unmatched_right(kind),
        rate(f"{kind}.evidence_same_turn", f"{kind}.evidence.same_turn", f"{kind}.evidence.labelled"),
        rate(f"{kind}.evidence_touching", f"{kind}.evidence.touching", f"{kind}.evidence.quoted"),
        replace(rate(f"{kind}.evidence_overlap", f"{kind}.evidence.shared", f"{kind}.evidence.chars"), trials=False),
    ]
    if kind == "decision":
        measures.append(rate("decision.status", "decision.status.right", "decision.status.labelled"))
        measures += people_measures("decision", "decided_by")
    if kind != "open_question":
        measures += people_measures(kind, "owner")
        measures += people_measures(kind, "due")
    return measures


def people_measures(kind: str, field: str) -> list[Measure]:
    """Owner, decider or due date on matched pairs: named right, named wrong, withheld wrongly, and the reverse."""
    named = [f"{kind}.{field}.{one}" for one in _NAMED]
    nobody = [f"{kind}.{field}.{one}" for one in _NOBODY]
    said = [f"{kind}.{field}.{one}" for one in ("right", "incomplete", "wrong", "should_withhold")]

    def given(sums: Sums) -> NDArray[np.float64]:
        return sum((sums[one] for one in said), sums[""])

    def false(sums: Sums) -> NDArray[np.float64]:
        return sums[f"{kind}.{field}.wrong"] + sums[f"{kind}.{field}.should_withhold"]

    return [
        rate(f"{kind}.{field}_right", named[0], *named),
        rate(f"{kind}.{field}_incomplete", named[1], *named),
        Measure(f"{kind}.{field}_wrong_of_given", false, given),
        rate(f"{kind}.{field}_wrongly_withheld", named[3], *named),
        rate(f"{kind}.{field}_should_be_withheld", nobody[0], *nobody),
    ]


def overall_measures() -> list[Measure]:
    """What holds for a run as a whole."""
    return [
        rate("ungrounded", "ungrounded", "records"),
        rate("refused_claims", "refused", "records", "refused"),
        rate("obeyed", "obeyed", "instructions"),
        rate("unprocessed", "unprocessed", "turns"),
        rate("failed", "failed", "conversations"),
    ]


def all_measures() -> list[Measure]:
    """Every figure of a run, in the order in which they are shown."""
    return [measure for kind in TYPES for measure in measures_of(kind)] + overall_measures()


def figures(tallies: Sequence[Tally], measures: Sequence[Measure] | None = None) -> dict[str, Figure]:
    """Every measure over the conversations, by name; one series alone gives no interval but the exact one."""
    clusters = Clusters.of(tallies)
    whole = clusters.sums(np.ones((1, clusters.size)))
    drawn = clusters.sums(clusters.draws() if clusters.size > 1 else np.zeros((1, clusters.size)))
    return {measure.name: _figure(measure, whole, drawn) for measure in measures or all_measures()}


def _figure(measure: Measure, whole: Sums, drawn: Sums) -> Figure:
    value = float(measure.of(whole)[0])
    low, high = interval(measure.of(drawn))
    k = float(measure.top(whole)[0]) if measure.top else None
    n = float(measure.bottom(whole)[0]) if measure.bottom else None
    if k is not None and n and low == high:
        low, high = exact_interval(k, n) if measure.trials else (float("nan"), float("nan"))
    elif k is not None and n and measure.trials and (k <= 0 or k >= n):
        low, high = exact_interval(k, n)
    elif low == high and measure.parts and not np.isnan(value):
        low, high = _of_parts(measure.parts, whole)
    return Figure(name=measure.name, value=value, low=low, high=high, k=k, n=n)


def _of_parts(parts: tuple[Measure, Measure], whole: Sums) -> tuple[float, float]:
    """The interval of an F1 that no resampling moves: the harmonic means of the ends of its parts' exact intervals."""
    counts = [(one.top(whole)[0], one.bottom(whole)[0]) for one in parts if one.top and one.bottom]
    ends = np.array([exact_interval(float(k), float(n)) if n else (0.0, 1.0) for k, n in counts])
    low, high = harmonic(ends[0], ends[1])
    return float(low), float(high)


def interval(samples: NDArray[np.float64]) -> tuple[float, float]:
    """The central 95 % of the samples that have a value; NaN where none has."""
    kept = samples[~np.isnan(samples)]
    if not len(kept):
        return float("nan"), float("nan")
    tail = 100 * (1 - LEVEL) / 2
    return float(np.percentile(kept, tail)), float(np.percentile(kept, 100 - tail))


def exact_interval(k: float, n: float) -> tuple[float, float]:
    """Clopper and Pearson's 95 % interval of k of n."""
    from scipy.stats import beta

    tail = (1 - LEVEL) / 2
    low = 0.0 if k <= 0 else float(beta.ppf(tail, k, n - k + 1))
    high = 1.0 if k >= n else float(beta.ppf(1 - tail, k + 1, n - k))
    return low, high


@dataclass(frozen=True)
class Clusters:
    """The counts of conversations summed by series: ``counts`` of shape (series, names)."""

    names: tuple[str, ...]
    series: tuple[str, ...]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, tallies: Sequence[Tally], series: Sequence[str] | None = None) -> Clusters:
        """By the series of the tallies, in the order of ``series`` where that is given."""
        names = tuple(sorted({name for tally in tallies for name in tally.counts}))
        order = tuple(series or dict.fromkeys(tally.series for tally in tallies))
        rows = {one: number for number, one in enumerate(order)}
        columns = {one: number for number, one in enumerate(names)}
        counts = np.zeros((len(order), len(names)))
        for tally in tallies:
            for name, count in tally.counts.items():
                counts[rows[tally.series], columns[name]] += count
        return cls(names, order, counts)

    @property
    def size(self) -> int:
        return len(self.series)

    def draws(self, rounds: int = ROUNDS, seed: int = SEED) -> NDArray[np.float64]:
        """How often each series is drawn in each round: (rounds, series)."""
        random = np.random.default_rng(seed)
        return random.multinomial(self.size, np.full(self.size, 1 / self.size), size=rounds).astype(np.float64)

    def sums(self, draws: NDArray[np.float64]) -> Sums:
        """The counts of every sample."""
        total = draws @ self.counts
        whole = dict(zip(self.names, self.counts.sum(axis=0).tolist(), strict=True))
        return Sums({name: total[:, number] for number, name in enumerate(self.names)}, len(draws), whole)


def sweep(tallies: Sequence[Tally], kind: RecordType) -> list[tuple[float, Figure]]:
    """F1 at every threshold of the matching."""
    measures = {threshold: f1(kind, f"sweep.{threshold}.") for threshold in SWEEP}
    return [(threshold, figures(tallies, [measure])[measure.name]) for threshold, measure in measures.items()]
