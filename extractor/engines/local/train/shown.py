"""What the engine would show of labelled conversations: for calibration, for thresholds, and to measure all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local.candidates import best
from extractor.engines.local.model import HEADS
from extractor.engines.local.people import People
from extractor.engines.local.reading import Reading
from extractor.engines.local.train.data import Example
from extractor.engines.local.train.evaluate import turn_times
from extractor.engines.local.train.metrics import f_measure
from extractor.engines.local.train.rows import Rows
from extractor.engines.local.train.weak import lexical_turn

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST = -5.0  # log-odds; lower candidates are never worth showing
KIND = {"decision": "decisions", "action": "action_items"}
SECONDS = 10.0  # a record is right within this distance of annotated evidence
FLAT = 0.02  # differences in F that do not decide between thresholds
TURNS = 1  # or within so many turns of a weakly labelled turn


@dataclass(frozen=True)
class Shown:
    """One conversation's records above ``LOWEST``, best first: scores, whether each is right, which gold each finds."""

    scores: NDArray[np.float64]
    right: NDArray[np.bool_]
    finds: list[set[int]]
    gold: int


def shown(rows: Rows, log_odds: NDArray[np.float64], head: str, seconds: float = SECONDS) -> list[Shown]:
    """What would be shown of each conversation that has evidence annotated, or a weakly labelled turn."""
    result = []
    for number, example in enumerate(rows.examples):
        regions = _regions(example, head)
        if regions is None or not example.script.segments:
            continue
        part = log_odds[rows.edges[number] : rows.edges[number + 1]].astype(np.float32)
        people = People(example.conversation.participants)
        scores = {name: part[:, column] for column, name in enumerate(HEADS)}
        drafts = best(Reading(example.conversation, example.script, scores, people), head, LOWEST)
        times = turn_times(example) if example.linked else [float(i) for i in range(len(example.conversation.turns))]
        reach = seconds if example.linked else float(TURNS)
        finds = [
            {
                place
                for place, region in enumerate(regions)
                if any(
                    abs(times[evidence.turn] - times[turn]) <= reach for evidence in draft.evidence for turn in region
                )
            }
            for _, draft in drafts
        ]
        result.append(
            Shown(np.array([s for s, _ in drafts]), np.array([bool(f) for f in finds], bool), finds, len(regions))
        )
    return result


def pooled(found: Sequence[Shown]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Scores of all records shown, and whether each is right."""
    return np.concatenate([s.scores for s in found]), np.concatenate([s.right for s in found])


def precision_recall_f(found: Sequence[Shown], threshold: float) -> tuple[float, float, float]:
    """Precision of records, recall of gold regions, and F at a threshold."""
    counts = []
    for one in found:
        kept = int((one.scores >= threshold).sum())
        hit = set().union(*one.finds[:kept]) if kept else set[int]()
        counts.append((int(one.right[:kept].sum()), kept, len(hit), one.gold))
    return f_measure(counts)


def best_cut(found: Sequence[Shown], fewest: bool = True) -> float:
    """The highest threshold, in steps of 0.1, with F within ``FLAT`` of the best; without ``fewest`` the lowest."""
    steps = np.arange(LOWEST, 2.0, 0.1)
    measured = np.array([precision_recall_f(found, step)[2] for step in steps])
    return float(steps[np.nonzero(measured >= measured.max() - FLAT)[0][-1 if fewest else 0]])


def _regions(example: Example, head: str) -> list[list[int]] | None:
    """Evidence turns of each gold record; None where nothing says where records are."""
    if example.linked:
        return [list(gold.evidence) for gold in example.gold[KIND[head]] if gold.evidence]
    turns = lexical_turn(example, KIND[head])
    return [[turn] for turn in turns] if turns else None
