"""``decisions index``: passages of conversations, and the log's records, for search by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from extractor.cli.console import CHECK_FAILED, DONE, PARTLY, Quiet, Sources, Voice, put
from extractor.cli.options import DateOrder, SourceFormat, Speakers, StartedAt, Timezone

if TYPE_CHECKING:
    from extractor.index import PassageIndex, RecordStatus

app = typer.Typer(
    help="Keep passages of conversations, and the records of the log, ready for `decisions search`.",
    no_args_is_help=True,
)


def open_index(voice: Voice) -> PassageIndex:
    """The index of passages where the settings say it lies, that of the log too; it says whom it waits for."""
    from extractor.embedding import load_embedder
    from extractor.index import PassageIndex
    from extractor.settings import load_settings

    settings = load_settings()
    folder, wait = settings.index_folder / "passages", settings.lock_timeout
    return PassageIndex(folder, load_embedder(), wait, voice.say, server=settings.chroma_url)


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
    """Add conversations to the index. What is there already stays; what changed is replaced.

    What `decisions add` puts into the log is in the index without this. Where there is a log, an index that is made
    again holds what the log holds and nothing else.
    """
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
        "place": found.place,
        "conversations": f"{found.conversations:,}",
        "passages": f"{found.passages:,}",
        "size": f"{found.size_bytes / 1e6:,.1f} MB",
        "embedder": found.embedder or "-",
        "state": found.problem or ("sound" if found.exists else "empty"),
    }
    records = _records()
    if records is not None:
        facts["log's records"] = f"{records.records:,}, {records.problem or ('sound' if records.exists else 'empty')}"
    put("".join(f"{name:<15}{fact}\n" for name, fact in facts.items()))
    broken = found.problem or (records is not None and records.problem)
    raise typer.Exit(CHECK_FAILED if broken else DONE)


def _records() -> RecordStatus | None:
    """The state of the index of the log's records, None where there is no log."""
    from extractor.cli.logs import log_if_any, mirror_of
    from extractor.settings import load_settings

    settings = load_settings()
    log = log_if_any(settings)
    if log is None:
        return None
    with log:
        return mirror_of(log, settings, Voice()).records.status()


@app.command("rebuild")
def rebuild(quiet: Quiet = False) -> None:
    """Make the index again, with the embedder in force: from the log, or without one from the passages it holds."""
    voice = Voice(quiet)
    from extractor.cli.logs import log_if_any, mirror_of
    from extractor.reports.text import count
    from extractor.settings import load_settings

    settings = load_settings()
    log = log_if_any(settings)
    if log is None:
        kept = open_index(voice).rebuild()
        voice.say(f"The index is made again, with {kept:,} passages.")
        return
    with log, voice.progress() as progress:
        task = progress.add_task("Indexing", total=None)
        made = mirror_of(log, settings, voice).rebuild(voice.say, lambda done: progress.update(task, completed=done))
    held = f"{count(made.records, 'record')} and {count(made.conversations, 'conversation')}"
    voice.say(f"The index is made again from the log, with {held}.")
