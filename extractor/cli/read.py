"""``decisions read``: the conversation itself, so that anyone can check a quote."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put, stdout_console
from extractor.cli.options import Out, SourceFormat, StartedAt


class ReadFormat(StrEnum):
    """How a conversation is printed."""

    text = "text"
    json = "json"


def read(
    files: Sources,
    output_format: Annotated[ReadFormat, typer.Option("--format", "-f", help="What to print.")] = ReadFormat.text,
    out: Out = None,
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    quiet: Quiet = False,
) -> None:
    """Print the conversations in the files: who said what and when, and what of each file is no speech.

    With --format json: one object with `sources` and `conversations`, each with its turns.
    """
    voice = Voice(quiet)
    from extractor.cli.readings import readings_of

    readings = readings_of(files, voice, source_format, started_at)
    conversations = [conversation for reading in readings for conversation in reading.conversations]
    if output_format is ReadFormat.json or out is not None:
        import json

        sources = [reading.report.model_dump(mode="json") for reading in readings]
        body = {"sources": sources, "conversations": [one.model_dump(mode="json") for one in conversations]}
        put(json.dumps(body, ensure_ascii=False, indent=2) + "\n", out)
    else:
        from extractor.reports.terminal import show_conversation

        console = stdout_console()
        for conversation in conversations:
            show_conversation(conversation, console)
    raise typer.Exit(PARTLY if any(reading.error for reading in readings) else DONE)
