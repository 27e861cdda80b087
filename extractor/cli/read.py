"""``decisions read``: the conversation itself, so that anyone can check a quote."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put, put_painted
from extractor.cli.options import DateOrder, Out, SourceFormat, Speakers, StartedAt, Timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from extractor.sources import Reading


class ReadFormat(StrEnum):
    """How a conversation is printed."""

    text = "text"
    json = "json"
    table = "table"


def read(
    files: Sources,
    output_format: Annotated[ReadFormat, typer.Option("--format", "-f", help="What to print.")] = ReadFormat.text,
    out: Out = None,
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    speakers: Speakers = None,
    timezone: Timezone = None,
    date_order: DateOrder = None,
    quiet: Quiet = False,
) -> None:
    """Print the conversations in the files: who said what and when, and what of each file is no speech.

    With --format json: one object with `sources` and `conversations`, each with its turns. With --format table: one
    row of Markdown for each file, with its format, its turns and speakers, and where its characters went.

    Exit codes: 0 all read; 1 read in part, what failed is listed; 2 nothing could be read.
    """
    voice = Voice(quiet)
    from extractor.cli.outfile import check_out
    from extractor.cli.readings import Told, readings_of

    check_out(out)
    readings = readings_of(files, voice, Told(source_format, started_at, speakers, timezone, date_order), out)
    if output_format is ReadFormat.table:
        from extractor.reports.accounts import as_markdown, rows_of

        put(as_markdown(rows_of(readings)), out)
    elif output_format is ReadFormat.json:
        from extractor.reports.documents import json_text

        conversations = [conversation for reading in readings for conversation in reading.conversations]
        sources = [reading.report.model_dump(mode="json") for reading in readings]
        body = {"sources": sources, "conversations": [one.model_dump(mode="json") for one in conversations]}
        put(json_text(body, indent=2), out)
    else:
        put_painted(lambda console: _show(readings, console), out)
    raise typer.Exit(PARTLY if any(reading.error for reading in readings) else DONE)


def _show(readings: Sequence[Reading], console: Console) -> None:
    from extractor.reports.terminal import show_account, show_conversation

    for reading in readings:
        for conversation in reading.conversations:
            show_conversation(conversation, console)
        if len(reading.conversations) > 1 and reading.coverage is not None:
            show_account(reading.path, reading.coverage, console)
