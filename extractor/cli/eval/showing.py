"""A run's scores, beside what keeps them honest: baselines, other runs, and what people reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import Voice, put, put_painted
from extractor.cli.eval.options import TableFormat
from extractor.cli.eval.stored import verdicts_of

if TYPE_CHECKING:
    from extractor.reports.evaluation.tables import Table
    from extractor.scoring.labelled import Labelled
    from extractor.scoring.runs import Result, RunFolder, RunInfo, Scores


BASELINES = ("cues", "everything")


def counted(
    rows: Sequence[Labelled],
    results: Mapping[str, Result],
    folder: RunFolder,
    verdicts: Path | None,
    baselines: bool,
    voice: Voice,
) -> list[Scores]:
    """The run's scores, written to its folder, then, if asked for, those of the baselines on the same conversations."""
    from extractor.scoring.counting import count, scorer

    by = scorer(verdicts=verdicts_of(folder, verdicts))
    info = folder.info()
    with voice.progress() as progress:
        task = progress.add_task("Scoring", total=len(rows))
        scores = count(rows, results, info, by, lambda _: progress.advance(task))
    folder.write_scores(scores)
    done = [row for row in rows if row.id in results]
    names = [name for name in BASELINES if baselines and name != info.engine_spec]
    return [scores, *(baseline(name, done, info, voice) for name in names)]


def baseline(name: str, rows: Sequence[Labelled], info: RunInfo, voice: Voice) -> Scores:
    """A baseline over the same conversations; it costs nothing, so it is never stored."""
    from extractor.scoring.baselines import engine_named
    from extractor.scoring.counting import count, scorer
    from extractor.scoring.running import run
    from extractor.settings import load_settings

    settings = load_settings()
    with voice.progress() as progress:
        task = progress.add_task(f"Baseline: {name}", total=len(rows))
        results = {}
        for result in run(rows, lambda: engine_named(name, settings)):
            results[result.id] = result
            progress.advance(task)
    engine = engine_named(name, settings).info
    return count(
        rows, results, info.model_copy(update={"engine": engine, "engine_spec": name, "answered_by": None}), scorer()
    )


def ceilings(rows: Sequence[Labelled], results: Mapping[str, Result], info: RunInfo) -> list[Scores]:
    """What people reach who labelled the same conversations; see ``scoring.ceiling``."""
    from extractor.scoring.ceiling import ceiling
    from extractor.scoring.counting import scorer

    return ceiling(rows, results, info, scorer())


def tables_of(runs: Sequence[Scores], human: Sequence[Scores]) -> list[Table]:
    """Every table of a run."""
    from extractor.reports.evaluation.tables import ceiling_table, score_tables

    tables = score_tables(runs)
    return [*tables, ceiling_table(human)] if human else tables


def show(runs: Sequence[Scores], human: Sequence[Scores], output_format: TableFormat) -> None:
    """Prints the scores."""
    from extractor.reports.evaluation.tables import as_markdown, heading

    if output_format is TableFormat.json:
        from extractor.reports.documents import json_text
        from extractor.reports.evaluation.tables import as_data

        put(json_text(as_data(runs, human), indent=1))
        return
    tables = tables_of(runs, human)
    if output_format is TableFormat.markdown:
        put(f"# {heading(runs[0])}\n\n" + "\n".join(as_markdown(table) for table in tables))
        return
    from extractor.reports.evaluation.terminal import show_tables

    put_painted(lambda console: show_tables(tables, console, heading(runs[0])))
