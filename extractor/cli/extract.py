"""``decisions extract``: from files to records, without a log."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put, put_painted
from extractor.cli.options import DateOrder, EngineName, RecordsOut, SourceFormat, Speakers, StartedAt, Timezone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extractor.drafts import Engine
    from extractor.records import Document
    from extractor.sources import Reading


class OutputFormat(StrEnum):
    """How the records are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"


def extract(
    files: Sources,
    engine: EngineName = None,
    output_format: Annotated[OutputFormat, typer.Option("--format", "-f", help="What to print.")] = OutputFormat.table,
    out: RecordsOut = None,
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    speakers: Speakers = None,
    timezone: Timezone = None,
    date_order: DateOrder = None,
    quiet: Quiet = False,
) -> None:
    """Read conversations and print their decisions, action items and open questions, each with its words.

    Nothing is stored. The local engine is used unless you choose another: it needs no key and no network.

    Exit codes: 0 all done; 1 done in part, what failed is listed; 2 nothing could be read; 3 the engine could not run.
    """
    voice = Voice(quiet)
    from extractor.cli.engines import announce, chosen_engine
    from extractor.cli.outfile import check_out
    from extractor.cli.readings import Told, readings_of
    from extractor.extraction import is_complete

    check_out(out)
    running = chosen_engine(engine)
    readings = readings_of(files, voice, Told(source_format, started_at, speakers, timezone, date_order), out)
    announce(running, voice)
    document = _run(readings, running, voice)
    if out is not None and output_format is OutputFormat.table:
        output_format = OutputFormat.markdown
    _print(document, output_format, out)
    if out is not None:
        voice.say(f"Written to {out}.")
    _closing(document, readings, voice)
    raise typer.Exit(DONE if is_complete(document) else PARTLY)


def _run(readings: Sequence[Reading], engine: Engine, voice: Voice) -> Document:
    from extractor.conversation import Conversation
    from extractor.extraction import extract as run
    from extractor.reports.text import plain

    total = sum(len(reading.conversations) for reading in readings)
    with voice.progress() as progress:
        task = progress.add_task("Extracting", total=total)
        started = 0

        def step(conversation: Conversation) -> None:
            nonlocal started
            progress.update(task, description=plain(conversation.title)[:40], completed=started)
            started += 1

        return run(readings, engine, step)


def _print(document: Document, output_format: OutputFormat, out: Path | None) -> None:
    if output_format is OutputFormat.table:
        from extractor.reports.terminal import show

        put_painted(lambda console: show(document, console))
        return
    from extractor.reports import documents

    render = {
        OutputFormat.json: documents.as_json,
        OutputFormat.jsonl: documents.as_json_lines,
        OutputFormat.markdown: documents.as_markdown,
    }[output_format]
    put(render(document), out)


def _closing(document: Document, readings: Sequence[Reading], voice: Voice) -> None:
    """Says what the engine warned of, what was not processed, and what it cost."""
    from extractor.reports.text import turns

    said = {warning for reading in readings for one in reading.conversations for warning in one.warnings}
    for entry in document.conversations:
        for warning in entry.warnings:
            if warning not in said:
                voice.warn(f"{entry.conversation.source}: {warning}")
        for gap in entry.unprocessed:
            voice.insist(f"Error: {entry.conversation.source}: {turns(gap)} not processed: {gap.reason}")
    usage = document.usage
    if usage.calls:
        tokens = f"{usage.input_tokens:,} tokens in ({usage.cached_tokens:,} cached), {usage.output_tokens:,} out"
        voice.say(f"{usage.calls} calls, {tokens}, {usage.seconds:.1f} s.")
