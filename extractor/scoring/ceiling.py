"""How far people agree who labelled the same conversation: counted by the same code, and so beside a score.

Lists that people wrote from memory have no evidence. Where one such list is among the labels, everything is matched by
its text alone, the engine's records too: only then do the figures stand beside each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from extractor.scoring.counting import scores_of
from extractor.scoring.labelled import SECTIONS, Gold, Labelled, conversation_of
from extractor.scoring.runs import Result, RunInfo, Scores
from extractor.scoring.tally import Scorer, Tally, kept


def ceiling(rows: Sequence[Labelled], results: Mapping[str, Result], info: RunInfo, by: Scorer) -> list[Scores]:
    """Three scores over the conversations that several people labelled, none where there are no such: each other
    reader against the labels, each other reader against each other one, and the run's records against the labels.
    """
    shared = [row for row in rows if row.other_annotators]
    if not shared:
        return []
    by = replace(by, basis="evidence" if all(map(_has_evidence, shared)) else "text", verdicts=None)
    readers = [tally for row in shared for tally in _against_labels(row, by)]
    between = [tally for row in shared for tally in _against_each_other(row, by)]
    engine = [
        by.tally(row, results[row.id].records, results[row.id].usage, results[row.id].error)
        for row in shared
        if row.id in results
    ]
    named = (("other readers", readers), ("readers against each other", between), (info.engine_spec, engine))
    return [
        scores_of(tallies, info.model_copy(update={"engine_spec": name, "answered_by": None}), by)
        for name, tallies in named
        if tallies
    ]


def _has_evidence(row: Labelled) -> bool:
    everyone = (row.gold, *row.other_annotators.values())
    return all(record.evidence for labels in everyone for section in SECTIONS for record in labels.of(section))


def _against_labels(row: Labelled, by: Scorer) -> list[Tally]:
    return [_tally(row, f"{row.id}#{name}", other, row.gold, by) for name, other in row.other_annotators.items()]


def _against_each_other(row: Labelled, by: Scorer) -> list[Tally]:
    pairs = permutations(row.other_annotators.items(), 2)
    return [_halved(_tally(row, f"{row.id}#{one}#{other}", mine, theirs, by)) for (one, mine), (other, theirs) in pairs]


def _halved(tally: Tally) -> Tally:
    """Half of every count: each pair is counted both ways, so that neither is the one who is right."""
    return tally.model_copy(update={"counts": {name: count / 2 for name, count in tally.counts.items()}})


def _tally(row: Labelled, name: str, predicted: Gold, gold: Gold, by: Scorer) -> Tally:
    """One reader's labels taken as predictions, another's as labels; types that a reader left empty count as empty."""
    conversation = conversation_of(row)
    counts: Counter[str] = Counter({"conversations": 1})
    for section in SECTIONS:
        if row.labels(section):
            sides = by.sides(section, by.gold(row, predicted, section), by.gold(row, gold, section), conversation)
            counts.update(sides.counts(complete=True))
    return Tally(id=name, series=row.cluster, counts=kept(counts))
