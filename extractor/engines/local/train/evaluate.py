"""What scores of turns are worth: ranking and regions against annotated evidence, deciding turns against weak labels.

Any ranker of turns can be measured: the model, a cue list, the last turns, TF-IDF. All use the same candidates rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local.regions import peaks
from extractor.engines.local.train.data import Example
from extractor.engines.local.train.metrics import auroc, average_precision, bootstrap, f_measure, region_counts
from extractor.engines.local.train.rows import Rows
from extractor.engines.local.train.weak import lexical_turn, ranking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = list[NDArray[np.float64]]

UNSCORED = -30.0
LEAST_TURNS = 6  # turns below which finding the deciding turn of a topic says nothing
MEAN_SHARE = 0.3
"""Chosen on tc39.dev among 0, 0.3 and 1: turns are long there, and one that speaks of deciding in several sentences is
likelier to decide. Turns of one segment are ranked as before."""


@dataclass(frozen=True)
class Value:
    """A figure and its 90 % bootstrap interval over conversations."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def turn_scores(rows: Rows, log_odds: NDArray[np.float64]) -> Scores:
    """For each conversation (turns, heads): the score of a turn's best segment plus ``MEAN_SHARE`` of their mean."""
    found = []
    for number, example in enumerate(rows.examples):
        part = log_odds[rows.edges[number] : rows.edges[number + 1]]
        turns = np.array([segment.turn for segment in example.script.segments], np.int64)
        scores = np.full((len(example.conversation.turns), log_odds.shape[1]), UNSCORED)
        np.maximum.at(scores, turns, part)
        sums, counts = np.zeros_like(scores), np.zeros(len(scores))
        np.add.at(sums, turns, part)
        np.add.at(counts, turns, 1)
        found.append(scores + MEAN_SHARE * sums / np.maximum(counts, 1)[:, None])
    return found


def turn_times(example: Example) -> list[float]:
    """Seconds at which each turn begins, by the engine's own clock."""
    first: dict[int, float] = {}
    for segment in example.script.segments:
        first.setdefault(segment.turn, segment.time)
    times, last = [], 0.0
    for turn in example.conversation.turns:
        last = first.get(turn.index, last)
        times.append(last)
    return times


def evidence_turns(example: Example, kind: str) -> NDArray[np.bool_]:
    """Which turns are annotated evidence of a kind of record."""
    marked = np.zeros(len(example.conversation.turns), bool)
    marked[[turn for gold in example.gold[kind] for turn in gold.evidence]] = True
    return marked


def turn_ranking(examples: Sequence[Example], kind: str, scores: Scores) -> tuple[Value, Value]:
    """Average precision and AUROC of turns, over all linked conversations together."""
    kept = [(evidence_turns(e, kind), s) for e, s in zip(examples, scores, strict=True) if e.linked]

    def measured(which: NDArray[np.int64], measure: object) -> float:
        labels = np.concatenate([kept[i][0] for i in which])
        values = np.concatenate([kept[i][1] for i in which])
        return average_precision(labels, values) if measure == "ap" else auroc(labels, values)

    every = np.arange(len(kept))
    results = []
    for measure in ("ap", "auroc"):
        low, high = bootstrap(lambda which, m=measure: measured(which, m), len(kept), rounds=300)  # type: ignore[misc]
        results.append(Value(measured(every, measure), low, high))
    return results[0], results[1]


def counted_regions(
    examples: Sequence[Example], kind: str, scores: Scores, threshold: float, tolerance: float
) -> list[tuple[int, int, int, int]]:
    """Region counts (see ``region_counts``) of each linked conversation at a threshold."""
    counts = []
    for example, score in zip(examples, scores, strict=True):
        if not example.linked:
            continue
        times = turn_times(example)
        chosen = [times[i] for i in peaks(np.asarray(score, np.float32), times, threshold)]
        regions = [[times[turn] for turn in gold.evidence] for gold in example.gold[kind] if gold.evidence]
        counts.append(region_counts(chosen, regions, tolerance))
    return counts


def best_threshold(examples: Sequence[Example], kind: str, scores: Scores, tolerance: float) -> float:
    """The threshold with the highest region F on these conversations, among quantiles of the scores."""
    pooled = np.concatenate([s for e, s in zip(examples, scores, strict=True) if e.linked])
    candidates = np.unique(np.quantile(pooled, 1 - np.geomspace(2e-4, 0.06, 40)))
    measured = [f_measure(counted_regions(examples, kind, scores, t, tolerance))[2] for t in candidates]
    return float(candidates[int(np.argmax(measured))])


def region_f(
    examples: Sequence[Example], kind: str, scores: Scores, threshold: float, tolerance: float
) -> tuple[float, float, Value]:
    """Precision, recall, and F with its interval, of peaks within ``tolerance`` seconds of evidence."""
    counts = counted_regions(examples, kind, scores, threshold, tolerance)
    precision, recall, value = f_measure(counts)
    low, high = bootstrap(lambda which: f_measure([counts[i] for i in which])[2], len(counts), rounds=500)
    return precision, recall, Value(value, low, high)


def deciding_turn(examples: Sequence[Example], kind: str, scores: Scores) -> tuple[int, Value, Value, Value]:
    """Topics measured, and top-1, top-3 and mean reciprocal rank of the deciding turn, a weak label made from words."""
    ranks = np.array(ranks_of(examples, kind, scores), np.float64)
    values = []
    for measure in (lambda r: r <= 1, lambda r: r <= 3, lambda r: 1 / r):
        per_topic = np.asarray(measure(ranks), np.float64)  # type: ignore[no-untyped-call]
        low, high = bootstrap(lambda which, p=per_topic: float(p[which].mean()), len(ranks))  # type: ignore[misc]
        values.append(Value(float(per_topic.mean()), low, high))
    return len(ranks), values[0], values[1], values[2]


def ranks_of(examples: Sequence[Example], kind: str, scores: Scores) -> list[int]:
    """Rank of the deciding turn in every conversation of at least ``LEAST_TURNS`` turns that has one."""
    ranks = []
    for example, score in zip(examples, scores, strict=True):
        relevant = lexical_turn(example, kind)
        if len(score) >= LEAST_TURNS and relevant:
            ranks.append(ranking(relevant, score))
    return ranks
