"""``decisions erase``: words out of the log for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice, put
from extractor.cli.history import Format, TextOrJson
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.erasing import Report
    from extractor.log.store import Log
    from extractor.settings import Settings


def erase(
    conversation: Annotated[
        str | None,
        typer.Option("--conversation", metavar="ID", help="All words of this conversation: its id or its title."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="NAME", help="All words and the name of this person, by the whole name."),
    ] = None,
    record: Annotated[
        str | None, typer.Option("--record", metavar="ID", help="All words of this record, not of its conversation.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; needed where nobody can answer.")] = False,
    output_format: Format = TextOrJson.text,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Erase the words of a conversation, a person or a record from the log and its index, for good.

    What happened and when stays known, without words, and the chain of events still verifies. Reading the same source
    again brings nothing back. What is out of reach (sources, backups, what was sent) is listed.

    Exit codes: 0 done; 1 erased, but files are still to be cleaned; 2 wrong usage; 3 the log could not be used.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import open_log, who
    from extractor.errors import UsageError
    from extractor.settings import load_settings

    if sum(one is not None for one in (conversation, person, record)) != 1:
        raise UsageError("Name one thing to erase.", "Give --conversation, --person or --record.")
    settings = load_settings()
    actor = who(me, settings)
    with open_log(settings) as log:
        with log.read() as connection:
            name, told = _meant(connection, conversation, person, record)
        _ask(told, yes)
        kind = "conversation" if conversation is not None else "person" if person is not None else "record"
        report = _erased(log, kind, name, actor, settings, voice)
    _print(report, output_format, voice)
    raise typer.Exit(PARTLY if report.unfinished else DONE)


def _meant(connection: Connection, conversation: str | None, person: str | None, record: str | None) -> tuple[str, str]:
    """What is to be erased, by its id or name, and what it is in words."""
    from extractor.log.listing import resolve_id
    from extractor.log.naming import conversation_named, titled
    from extractor.log.views import records_by_id

    if conversation is not None:
        name = conversation_named(connection, conversation)
        return name, f"the conversation {name} ({titled(connection, name)}) and its records"
    if record is not None:
        name = resolve_id(connection, record)
        return name, f"the record {name} ({records_by_id(connection, [name])[name].text})"
    return _person(connection, person or "")


def _person(connection: Connection, written: str) -> tuple[str, str]:
    """The person of this name; a part of one is not enough for what cannot be undone."""
    from extractor.errors import NoSuchRecordError
    from extractor.log.naming import people_like

    same, like = people_like(connection, written)
    if same is None and like:
        what = f"The log knows nobody called {written}; there is {', '.join(like)}."
        raise NoSuchRecordError(what, "Write the whole name.")
    return written, f"the person {same or written}: every word they said, and their name"


def _ask(told: str, yes: bool) -> None:
    from extractor.errors import UsageError
    from extractor.reports.text import plain

    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody was there to confirm erasing {plain(told)}.", "Give --yes.")
    typer.confirm(f"Erase {plain(told)}? This cannot be undone.", abort=True, err=True)


def _erased(log: Log, kind: str, name: str, actor: str, settings: Settings, voice: Voice) -> Report:
    from extractor.cli.logs import mirror_of
    from extractor.log import erasing

    mirror = mirror_of(log, settings, voice)

    def rebuild() -> object:
        return mirror.rebuild(voice.say)

    if kind == "conversation":
        return erasing.erase_conversation(log, name, actor, rebuild=rebuild)
    if kind == "record":
        return erasing.erase_record(log, name, actor, rebuild=rebuild)
    return erasing.erase_person(log, name, actor, mirror.embedder, rebuild=rebuild)


def _print(report: Report, output_format: TextOrJson, voice: Voice) -> None:
    from dataclasses import asdict

    from extractor.reports.documents import json_text
    from extractor.reports.text import plain

    if output_format is TextOrJson.json:
        put(json_text(asdict(report), indent=2))
    else:
        counts = ", ".join(_counted(name, number) for name, number in report.counts.items())
        lines = [f"Erased: {counts or 'nothing, as it was erased before'}."]
        if report.records:
            lines.append(f"Records without words from now on: {', '.join(report.records)}.")
        if report.beyond:
            lines += ["", "Out of reach, where the words may still be:"]
            lines += [f"  {one.kind:<10}  {plain(one.where)}. {plain(one.remedy)}" for one in report.beyond]
        put("\n".join(lines) + "\n")
    if report.unfinished:
        voice.insist(f"Error: The words are erased, but not yet from every file. {report.unfinished}")


def _counted(name: str, number: int) -> str:
    """``2 records changed``, ``1 record changed``."""
    first, blank, rest = name.partition(" ")
    return f"{number:,} {first.removesuffix('s') if number == 1 else first}{blank}{rest}"
