"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SourceFormat = Annotated[
    str | None, typer.Option("--source-format", metavar="NAME", help="Read every file as this format.")
]
StartedAt = Annotated[
    str | None,
    typer.Option("--started-at", metavar="WHEN", help="When it began: 2026-03-04, or 2026-03-04T09:00."),
]
Speakers = Annotated[
    list[str] | None,
    typer.Option(
        "--speakers",
        metavar="NAMES",
        help="Who speaks: 'Ana Li, Ben' for labels in a text, 'Me=Ana Li, Speaker 1=Ben' to rename; may be repeated.",
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Zone of times that have none: Europe/Berlin, UTC, +02:00."),
]
DateOrder = Annotated[
    str | None,
    typer.Option("--date-order", metavar="ORDER", help="How 3/4/2026 is meant: dmy or mdy."),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to this file and not to standard output.")
]
RecordsOut = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Write to this file and not to standard output; a table becomes Markdown.",
    ),
]
EngineName = Annotated[
    str | None,
    typer.Option("--engine", "-e", metavar="NAME", help="local (the default), openai:MODEL, or openai."),
]
