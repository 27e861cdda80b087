"""``decisions read``: the conversation itself, so that anyone can check a quote."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put, put_painted
from extractor.cli.options import Out, SourceFormat, StartedAt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from extractor.conversation import Conversation


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
    from extractor.cli.outfile import check_out
    from extractor.cli.readings import readings_of

    check_out(out)
    readings = readings_of(files, voice, source_format, started_at)
    conversations = [conversation for reading in readings for conversation in reading.conversations]
    if output_format is ReadFormat.json:
        from extractor.reports.documents import json_text

        sources = [reading.report.model_dump(mode="json") for reading in readings]
        body = {"sources": sources, "conversations": [one.model_dump(mode="json") for one in conversations]}
        put(json_text(body, indent=2), out)
    else:
        put_painted(lambda console: _show(conversations, console), out)
    raise typer.Exit(PARTLY if any(reading.error for reading in readings) else DONE)


def _show(conversations: Sequence[Conversation], console: Console) -> None:
    from extractor.reports.terminal import show_conversation

    for conversation in conversations:
        show_conversation(conversation, console)
