"""``decisions index``: passages of conversations for search by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from extractor.cli.console import CHECK_FAILED, DONE, PARTLY, Quiet, Sources, Voice, put
from extractor.cli.options import DateOrder, SourceFormat, Speakers, StartedAt, Timezone

if TYPE_CHECKING:
    from extractor.index import PassageIndex

app = typer.Typer(help="Keep the passages of conversations ready for `decisions search`.", no_args_is_help=True)


def open_index(voice: Voice) -> PassageIndex:
    """The index where the settings say it lies, with the shipped embedder; it says whom it waits for."""
    from extractor.embedding import load_embedder
    from extractor.index import PassageIndex
    from extractor.settings import load_settings

    settings = load_settings()
    return PassageIndex(settings.index_folder, load_embedder(), settings.lock_timeout, voice.say)


@app.command("add")
def add(
    files: Sources,
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    speakers: Speakers = None,
    timezone: Timezone = None,
    date_order: DateOrder = None,
    quiet: Quiet = False,
) -> None:
    """Add conversations to the index. What is there already stays; what changed is replaced."""
    voice = Voice(quiet)
    from extractor.cli.readings import Told, readings_of
    from extractor.reports.text import count

    readings = readings_of(files, voice, Told(source_format, started_at, speakers, timezone, date_order))
    conversations = [conversation for reading in readings for conversation in reading.conversations]
    index = open_index(voice)
    with voice.progress() as progress:
        task = progress.add_task("Indexing", total=None)
        added = index.add(conversations, lambda done, total: progress.update(task, completed=done, total=total))
    said = f"{count(added.conversations, 'conversation')}: {count(added.chunks_new, 'new passage')}"
    voice.say(f"{said}, {added.chunks_unchanged:,} there already, {added.chunks_removed:,} replaced.")
    voice.say('Search them with: decisions search "words"')
    raise typer.Exit(PARTLY if any(reading.error for reading in readings) else DONE)


@app.command("status")
def status() -> None:
    """Say where the index lies, what it holds and whether it is sound (exit code 4 if it is not)."""
    found = open_index(Voice()).status()
    facts = {
        "folder": str(found.folder),
        "conversations": f"{found.conversations:,}",
        "passages": f"{found.passages:,}",
        "size": f"{found.size_bytes / 1e6:,.1f} MB",
        "embedder": found.embedder or "-",
        "state": found.problem or ("sound" if found.exists else "empty"),
    }
    put("".join(f"{name:<15}{fact}\n" for name, fact in facts.items()))
    raise typer.Exit(CHECK_FAILED if found.problem else DONE)


@app.command("rebuild")
def rebuild(quiet: Quiet = False) -> None:
    """Make the index again from the passages it holds, with the embedder in force."""
    voice = Voice(quiet)
    kept = open_index(voice).rebuild()
    voice.say(f"The index is made again, with {kept:,} passages.")
