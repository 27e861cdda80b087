"""``decisions eval compare``: two runs, paired; and the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import CHECK_FAILED, DONE, Quiet, Voice, put, put_painted
from extractor.cli.eval.options import ScoresFormat, TableFormat

if TYPE_CHECKING:
    from extractor.scoring.comparing import Comparison

ScoresPath = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run, or a file of scores.")]


def compare(
    first: ScoresPath,
    second: ScoresPath,
    gate: Annotated[bool, typer.Option("--gate", help="Fail where the second run must not replace the first.")] = False,
    margin: Annotated[
        float, typer.Option("--margin", min=0.0, max=1.0, help="Loss of F1 that passes; never over a quarter.")
    ] = 0.05,
    top: Annotated[
        int, typer.Option("--top", min=0, help="Conversations to show, those that changed most first.")
    ] = 10,
    output_format: ScoresFormat = TableFormat.table,
    quiet: Quiet = False,
) -> None:
    """Compare two runs on the conversations that both have: every figure with its paired interval, then what changed.

    The gate fails where the paired 95 % interval of a type's F1 reaches below the margin, where a conversation is
    missing or failed that was not before, where more turns were left unprocessed, where clearly more of the owners
    given are wrong, and where a floor is broken: a record whose words are not in the conversation, or one that was made
    of an instruction in the text.

    Exit codes: 0 compared, and the gate open; 2 the runs cannot be compared; 4 the gate is shut, and why.
    """
    from extractor.scoring.comparing import compare as paired
    from extractor.scoring.comparing import gate as failures_of
    from extractor.scoring.runs import read_scores

    voice = Voice(quiet)
    one, other = read_scores(first), read_scores(second)
    comparison = paired(one, other)
    _show(comparison, top, output_format)
    if comparison.alone:
        voice.warn(f"{len(comparison.alone)} conversations are in one run only and were left out.")
    failures = failures_of(one, other, margin) if gate else []
    for failure in failures:
        where = f": {', '.join(failure.conversations)}" if failure.conversations else ""
        voice.insist(f"Gate: {failure.what}{where}.")
    if gate and not failures:
        voice.say("Gate: open.")
    raise typer.Exit(CHECK_FAILED if failures else DONE)


def _show(comparison: Comparison, top: int, output_format: TableFormat) -> None:
    if output_format is TableFormat.json:
        from extractor.reports.documents import json_text

        put(json_text(_without_nan(comparison.model_dump(mode="python")), indent=1))
        return
    from extractor.reports.evaluation.tables import as_markdown, comparison_tables

    heading = f"{comparison.first}, then {comparison.second}: {comparison.conversations} conversations"
    tables = comparison_tables(comparison, top)
    if output_format is TableFormat.markdown:
        put(f"# {heading}\n\n" + "\n".join(as_markdown(table) for table in tables))
        return
    from extractor.reports.evaluation.terminal import show_tables

    put_painted(lambda console: show_tables(tables, console, heading))


def _without_nan(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nan(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and value != value else value
