"""``decisions eval score``: a stored run, counted again."""

from __future__ import annotations

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice
from extractor.cli.eval.options import (
    Baselines,
    Beside,
    DatasetOverride,
    RunPath,
    ScoresFormat,
    TableFormat,
    VerdictsFile,
)


def score(
    run: RunPath,
    dataset: DatasetOverride = None,
    verdicts: VerdictsFile = None,
    beside: Beside = None,
    baselines: Baselines = True,
    output_format: ScoresFormat = TableFormat.table,
    quiet: Quiet = False,
) -> None:
    """Count a stored run again, with the labels, the calibration and the judgements there are now; nothing is run.

    Exit codes: 0 counted; 1 counted, with conversations that failed or are missing; 2 wrong folder or dataset.
    """
    from extractor.cli.eval.showing import ceilings, counted, show
    from extractor.cli.eval.stored import rows_of
    from extractor.scoring.runs import RunFolder, read_scores

    voice = Voice(quiet)
    others = [read_scores(path) for path in beside or []]
    folder = RunFolder(run)
    info, rows = rows_of(folder, dataset, voice)
    results = folder.results()
    show(
        [*counted(rows, results, folder, verdicts, baselines, voice), *others],
        ceilings(rows, results, info),
        output_format,
    )
    found = [results.get(row.id) for row in rows]
    for result in found:
        if result is not None and result.error is not None:
            voice.insist(f"Error: {result.id}: {result.error}")
    missing = found.count(None)
    if missing:
        voice.insist(f"Error: {missing} of {len(rows)} conversations have no result and are not counted.")
    raise typer.Exit(DONE if all(one is not None and one.error is None for one in found) else PARTLY)
