"""From a run's results to its scores, and to those of what it is to be read beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extractor.embedding import load_embedder
from extractor.matching.similarity import Basis, load_calibration
from extractor.scoring.labelled import Labelled
from extractor.scoring.runs import Result, RunInfo, Scores
from extractor.scoring.tally import Scorer, Tally
from extractor.scoring.verdicts import Verdicts


def scorer(basis: Basis = "evidence", verdicts: Verdicts | None = None) -> Scorer:
    """A scorer with the shipped embedder and calibration."""
    return Scorer(load_embedder(), load_calibration(), basis, verdicts)


def count(
    rows: Sequence[Labelled],
    results: Mapping[str, Result],
    info: RunInfo,
    by: Scorer,
    on_row: Callable[[Labelled], None] | None = None,
) -> Scores:
    """The scores of the conversations that have a result; those without one are not counted."""
    tallies = []
    for row in rows:
        result = results.get(row.id)
        if result is not None:
            tallies.append(by.tally(row, result.records, result.usage, result.error))
        if on_row is not None:
            on_row(row)
    return scores_of(tallies, info, by)


def scores_of(tallies: Sequence[Tally], info: RunInfo, by: Scorer) -> Scores:
    """Tallies with what they were counted by; of the dataset's path only the name, so that scores can travel."""
    return Scores(
        run=info.model_copy(update={"dataset_path": Path(info.dataset_path).name}),
        basis=by.basis,
        calibration=by.calibration.version,
        threshold=by.calibration.threshold,
        verdicts=len(by.verdicts) if by.verdicts else 0,
        tallies=tuple(tallies),
    )
