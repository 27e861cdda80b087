"""Options that the commands of ``decisions eval`` share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class TableFormat(StrEnum):
    """How scores are printed."""

    table = "table"
    markdown = "markdown"
    json = "json"


DatasetPath = Annotated[
    Path, typer.Argument(metavar="DATASET", help="Labelled conversations: .jsonl, .jsonl.gz, .json, or a folder.")
]
RunPath = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a stored run.")]
ScoresFormat = Annotated[TableFormat, typer.Option("--format", "-f", help="How to print the scores.")]
VerdictsFile = Annotated[
    Path | None,
    typer.Option(
        "--verdicts", metavar="FILE", help="Judgements of unmatched predictions; DIR/verdicts.jsonl if there."
    ),
]
Beside = Annotated[
    list[Path] | None,
    typer.Option("--beside", metavar="DIR", help="Another run or file of scores to print beside; may be repeated."),
]
Baselines = Annotated[
    bool, typer.Option("--baselines/--no-baselines", help="Run the baselines that cost nothing beside it.")
]
DatasetOverride = Annotated[
    Path | None, typer.Option("--dataset", metavar="PATH", help="Where the dataset lies now, if it was moved.")
]
