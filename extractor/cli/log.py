"""``decisions log``: the log as a thing to look after: checks, copies, how it stands, what could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import CHECK_FAILED, DONE, Quiet, Voice, put, put_painted
from extractor.cli.history import Format, TextOrJson
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from extractor.log.store import Log
    from extractor.settings import Settings

app = typer.Typer(help="Check, copy and look after the log.", no_args_is_help=True)


@app.command("status")
def status(output_format: Format = TextOrJson.text) -> None:
    """Say where the log is, what it holds, what waits for a person, and what the last nights did."""
    from extractor.cli.logs import open_log
    from extractor.log.standing import standing_of

    with open_log() as log:
        with log.read() as connection:
            found = standing_of(connection)
        place = log.shown
    from extractor.reports.log.status import show_status, status_json

    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text(status_json(found, place), indent=2))
        return
    put_painted(lambda console: show_status(found, place, console))


@app.command("verify")
def verify(
    expected: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="HEAD",
            help="A line that `decisions log head` printed, or its hash: it must stand in the chain.",
        ),
    ] = None,
    output_format: Format = TextOrJson.text,
    quiet: Quiet = False,
) -> None:
    """Walk the chain of events, and hold everything in the log against what they say.

    A row that was changed behind the log's back is found, and so is a changed event. Who can write the database could
    write all of it anew: only a --head that was kept elsewhere tells that.

    Exit codes: 0 all is well; 2 wrong usage; 3 the log could not be read; 4 something was changed, and what is listed.
    """
    voice = Voice(quiet)
    from dataclasses import asdict

    from extractor.cli.logs import open_log
    from extractor.log import checking
    from extractor.reports.text import count

    with open_log() as log:
        found = checking.verify(log, expected)
    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text({"ok": found.ok, **asdict(found)}, indent=2))
    elif found.ok and found.head is not None:
        kept = f"{count(found.records, 'record')} and {count(found.conversations, 'conversation')}"
        put(f"The chain of {count(found.events, 'event')} verifies, and {kept} are what it says.\n")
        put(f"{found.head.hash}\n")
    for problem in found.problems:
        voice.insist(f"Error: {problem}")
    if not found.ok:
        voice.insist("Do not trust what was changed; restore a backup with `decisions log restore`.")
    raise typer.Exit(DONE if found.ok else CHECK_FAILED)


@app.command("head")
def head() -> None:
    """Print the end of the chain in one line, to keep where nobody who writes the log can change it.

    `decisions log verify --head LINE` tells later whether what came before it is still the same.
    """
    from extractor.cli.logs import open_log
    from extractor.log.checking import head_line

    with open_log() as log:
        put(head_line(log) + "\n")


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; an earlier backup of this log is replaced.")],
    quiet: Quiet = False,
) -> None:
    """Write a verified copy of the log to a file while others go on writing.

    Of a log in SQLite it is a database, of one in PostgreSQL an archive of pg_dump. It holds every word of the log:
    keep it as safe.
    """
    from extractor.cli.logs import open_log
    from extractor.log.backup import backup as copied
    from extractor.reports.text import count

    with open_log() as log:
        copy = copied(log, file)
    held = f"{count(copy.rows.get('records', 0), 'record')}, {count(copy.head.seq, 'event')}"
    Voice(quiet).say(f"Written and verified: {copy.path} ({held}).")


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `decisions log backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the log that is there; it is kept beside the new one.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Bring a backup back as the log, all of it or nothing. Words that were erased since are erased from it again.

    Exit codes: 0 done; 2 the file is no backup, or a log is there; 3 it could not be written; 4 its chain does not
    verify.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import open_log
    from extractor.embedding import load_embedder
    from extractor.log.backup import restore as restored
    from extractor.reports.text import count
    from extractor.settings import load_settings

    settings = load_settings()
    found = restored(file, settings.data_folder, settings.log, embedder=load_embedder(), force=force)
    held = f"{count(found.copy.rows.get('records', 0), 'record')}, {count(found.copy.head.seq, 'event')}"
    voice.say(f"Restored from {file} ({held}).")
    if found.kept is not None:
        voice.say(f"The log that was there is kept as {found.kept}.")
    if found.erased:
        voice.say(f"{count(found.erased, 'erasure')} made since the backup were made again.")
    if found.may_hold_erased:
        voice.warn("What was erased since the backup was made is back, as no log knows of it: erase it again.")
    with open_log(settings) as log:
        _follow(log, settings, voice)


def _follow(log: Log, settings: Settings, voice: Voice) -> None:
    """Makes the index anew of a log that was restored; where it cannot be, the next run does."""
    from extractor.cli.logs import mirror_of
    from extractor.errors import IndexStoreError, LogBusyError
    from extractor.log.cleaning import finish_erasures

    mirror = mirror_of(log, settings, voice)
    try:
        mirror.rebuild(voice.say)
        finish_erasures(log)
    except (IndexStoreError, LogBusyError) as error:
        voice.warn(f"The index is not made anew yet. {error}")


@app.command("quarantine")
def quarantine(
    release: Annotated[
        list[str] | None,
        typer.Option("--release", metavar="ORIGIN", help="Try this source again on the next night; may be repeated."),
    ] = None,
    output_format: Format = TextOrJson.text,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """List the sources that could not be read and are left alone until they change, with the reason.

    `decisions nightly --retry-quarantined` tries all of them again.
    """
    voice = Voice(quiet)
    from dataclasses import asdict

    from extractor.cli.logs import open_log, who
    from extractor.log.sources import quarantined
    from extractor.log.sources import release as released
    from extractor.settings import load_settings

    settings = load_settings()
    with open_log(settings) as log:
        if release:
            with log.write(who(me, settings)) as tx:
                for origin in release:
                    released(tx, origin)
            for origin in release:
                voice.say(f"{origin} is read again on the next night.")
            return
        with log.read() as connection:
            found = quarantined(connection)
    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text([asdict(one) for one in found], indent=2))
        return
    if not found:
        voice.say("No source is in quarantine.")
        return
    from extractor.reports.log.status import show_quarantine

    put_painted(lambda console: show_quarantine(found, console))
