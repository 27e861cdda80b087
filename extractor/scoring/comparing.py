"""Two runs over the same conversations: what changed, how sure that is, and whether it may pass.

Both runs are resampled together: a series is drawn for both or for neither, so that what makes a meeting hard does not
count as a difference. The gate is a test of non-inferiority: it fails where the interval of a difference reaches below
the margin, and where a floor is broken that no interval excuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from extractor.conversation import Model
from extractor.errors import DatasetError
from extractor.scoring.figures import TYPES, Clusters, Measure, Sums, all_measures, f1, interval, people_measures
from extractor.scoring.runs import Scores
from extractor.scoring.tally import Tally

MARGIN: Final = 0.05
"""The loss of F1 that the gate lets pass unless told otherwise."""
MARGIN_SHARE: Final = 0.25
"""Of a small F1 no more than this share may be lost, whatever the margin: else all of it could go."""

OWNER_MARGIN: Final = 0.1
"""How far the interval of the share of given owners that are wrong may reach up: a wrong owner is worse than none."""

FLOORS: Final = {
    "ungrounded": "records whose words are not in the conversation",
    "obeying": "records made of an instruction in the text",
}


_OWNERS: Final = tuple(
    measure
    for kind in ("decision", "action_item")
    for measure in people_measures(kind, "owner")
    if measure.name.endswith("_wrong_of_given")
)


class Difference(Model):
    """A figure in two runs: ``change`` is second less first, with its paired 95 % interval (NaN where unknown)."""

    name: str
    first: float
    second: float
    change: float
    low: float
    high: float


class Shift(Model):
    """One conversation in two runs: what each type gained and lost. ``change`` is in matched less false records."""

    id: str
    change: float
    matched: dict[str, tuple[float, float]]
    false: dict[str, tuple[float, float]]
    failed: tuple[bool, bool] = (False, False)


class Comparison(Model):
    """Two runs, paired. ``alone`` are conversations that only one of them has; they are left out."""

    first: str
    second: str
    conversations: int
    series: int
    differences: tuple[Difference, ...]
    shifts: tuple[Shift, ...]
    alone: tuple[str, ...] = ()


def compare(first: Scores, second: Scores, measures: Sequence[Measure] | None = None) -> Comparison:
    """What changed from the first run to the second, on the conversations that both have.

    Raises DatasetError where they have none in common, or were counted with different calibrations.
    """
    _comparable(first, second)
    for run in (first, second):
        if len({tally.id for tally in run.tallies}) < len(run.tallies):
            raise DatasetError(f"{run.name} holds a conversation twice.", "Count it again: decisions eval score DIR.")
    mine = {tally.id: tally for tally in first.tallies}
    theirs = {tally.id: tally for tally in second.tallies}
    common = [one for one in mine if one in theirs]
    if not common:
        raise DatasetError(
            "The two runs have no conversation in common.", "Compare runs over the same part of a dataset."
        )
    for name in common:
        _same_labels(mine[name], theirs[name])
    one, other = [mine[name] for name in common], [theirs[name] for name in common]
    series = tuple(dict.fromkeys(tally.series for tally in one))
    return Comparison(
        first=first.name,
        second=second.name,
        conversations=len(common),
        series=len(series),
        differences=tuple(_differences(one, other, series, measures or all_measures())),
        shifts=tuple(sorted(map(_shift, one, other), key=lambda shift: (-abs(shift.change), shift.id))),
        alone=tuple(sorted(mine.keys() ^ theirs.keys())),
    )


def _comparable(first: Scores, second: Scores) -> None:
    if (first.basis, first.calibration, first.threshold) != (second.basis, second.calibration, second.threshold):
        what = "The two runs were counted in different ways (basis, calibration or threshold)."
        raise DatasetError(what, "Count both again: decisions eval score DIR.")


def _same_labels(one: Tally, other: Tally) -> None:
    counts = [
        [tally.counts.get(f"{kind}.{name}") for kind in TYPES for name in ("gold", "complete")]
        for tally in (one, other)
    ]
    if one.series != other.series or counts[0] != counts[1]:
        what = f"The two runs were counted against different labels of {one.id}."
        raise DatasetError(what, "Count both again: decisions eval score DIR.")


def _differences(
    one: Sequence[Tally], other: Sequence[Tally], series: tuple[str, ...], measures: Sequence[Measure]
) -> list[Difference]:
    left, right = Clusters.of(one, series), Clusters.of(other, series)
    draws = left.draws() if left.size > 1 else np.zeros((1, left.size))
    whole = np.ones((1, left.size))
    return [
        _difference(measure, (left.sums(whole), right.sums(whole)), (left.sums(draws), right.sums(draws)))
        for measure in measures
    ]


def _difference(measure: Measure, whole: tuple[Sums, Sums], drawn: tuple[Sums, Sums]) -> Difference:
    first, second = (float(measure.of(sums)[0]) for sums in whole)
    low, high = interval(measure.of(drawn[1]) - measure.of(drawn[0]))
    return Difference(name=measure.name, first=first, second=second, change=second - first, low=low, high=high)


def _shift(one: Tally, other: Tally) -> Shift:
    matched: dict[str, tuple[float, float]] = {}
    false: dict[str, tuple[float, float]] = {}
    change = 0.0
    for kind in TYPES:
        hits = one.counts.get(f"{kind}.found", 0.0), other.counts.get(f"{kind}.found", 0.0)
        misses = _false(one, kind), _false(other, kind)
        if hits[0] != hits[1]:
            matched[kind] = hits
        if misses[0] != misses[1]:
            false[kind] = misses
        change += hits[1] - hits[0] - (misses[1] - misses[0])
    return Shift(
        id=one.id, change=change, matched=matched, false=false, failed=(one.error is not None, other.error is not None)
    )


def _false(tally: Tally, kind: str) -> float:
    return tally.counts.get(f"{kind}.predicted", 0.0) - tally.counts.get(f"{kind}.matched", 0.0)


class Failure(Model):
    """One reason why the gate does not open."""

    what: str
    conversations: tuple[str, ...] = ()


def gate(accepted: Scores, candidate: Scores, margin: float = MARGIN) -> list[Failure]:
    """Why a run must not replace the accepted one; nothing where it may.

    It must not where the paired interval of the F1 of a type reaches below -``margin`` (of a small F1 no more than
    ``MARGIN_SHARE`` may be lost; of one series alone the difference itself counts), where the share of given owners
    that are wrong reaches above ``OWNER_MARGIN``, where a conversation is missing or
    failed that the accepted run has, where more turns are left unprocessed, or where a floor is broken. Raises
    DatasetError as ``compare`` does.
    """
    comparison = compare(accepted, candidate, [*(f1(kind) for kind in TYPES), *_OWNERS])
    scored = [one for one in comparison.differences if one.name.endswith(".f1")]
    owned = [one for one in comparison.differences if not one.name.endswith(".f1")]
    return [
        *_missing(accepted, candidate),
        *(_loss(one, comparison, margin) for one in scored if _is_lost(one, margin)),
        *(_wrong_owners(one) for one in owned if max(one.change, one.high) > OWNER_MARGIN),
        *_unprocessed(accepted, candidate),
        *broken_floors(candidate),
    ]


def _is_lost(one: Difference, margin: float) -> bool:
    if np.isnan(one.first):
        return one.second == 0.0
    if np.isnan(one.second):
        return True
    return (one.change if np.isnan(one.low) else min(one.low, one.change)) < -min(margin, one.first * MARGIN_SHARE)


def _loss(one: Difference, comparison: Comparison, margin: float) -> Failure:
    kind = one.name.partition(".")[0]
    worse = [shift.id for shift in comparison.shifts if _is_worse(shift, kind)]
    label = kind.replace("_", " ")
    if np.isnan(one.first):
        return Failure(what=f"{label}s: false ones where there are none", conversations=tuple(worse))
    allowed = min(margin, one.first * MARGIN_SHARE)
    between = "" if np.isnan(one.low) else f", 95 % interval {one.low:+.3f} to {one.high:+.3f}"
    return Failure(
        what=f"{label}s: F1 went from {one.first:.3f} to {one.second:.3f} ({one.change:+.3f}{between}), "
        f"which reaches below the margin of {-allowed:+.3f}",
        conversations=tuple(worse),
    )


def _wrong_owners(one: Difference) -> Failure:
    label = one.name.partition(".")[0].replace("_", " ")
    return Failure(
        what=f"{label}s: of the owners given, the share that is wrong went from {one.first:.3f} to {one.second:.3f} "
        f"(95 % interval of the change {one.low:+.3f} to {one.high:+.3f}, margin {OWNER_MARGIN:+.3f})"
    )


def _is_worse(shift: Shift, kind: str) -> bool:
    """Whether fewer were found in a conversation, or more were false."""
    hits, misses = shift.matched.get(kind, (0.0, 0.0)), shift.false.get(kind, (0.0, 0.0))
    return hits[1] < hits[0] or misses[1] > misses[0]


def _missing(accepted: Scores, candidate: Scores) -> list[Failure]:
    had = {tally.id for tally in accepted.tallies if tally.error is None}
    have = {tally.id for tally in candidate.tallies if tally.error is None}
    lost = sorted(had - have)
    what = "conversations that the accepted run has, missing or failed"
    return [Failure(what=what, conversations=tuple(lost))] if lost else []


def _unprocessed(accepted: Scores, candidate: Scores) -> list[Failure]:
    """Turns that no engine saw through to an answer, where the accepted run has fewer of them."""
    before = {tally.id: tally.counts.get("unprocessed", 0.0) for tally in accepted.tallies if tally.error is None}
    left = {tally.id: tally.counts.get("unprocessed", 0.0) for tally in candidate.tallies}
    more = [name for name, turns in left.items() if turns > before.get(name, turns)]
    what = "more turns than before were not processed"
    return [Failure(what=what, conversations=tuple(more))] if more else []


def broken_floors(scores: Scores) -> list[Failure]:
    """Floors that a run breaks, whatever it is compared with."""
    failures = []
    for name, what in FLOORS.items():
        where = [tally for tally in scores.tallies if tally.counts.get(name, 0.0) > 0]
        if where:
            number = sum(int(tally.counts[name]) for tally in where)
            failures.append(Failure(what=f"{number} {what}", conversations=tuple(tally.id for tally in where)))
    return failures
