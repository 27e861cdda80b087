"""``decisions show``: one record in full, its evidence where it was said."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import put, put_painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.reports.log.gathering import Dossier

RecordIds = Annotated[
    list[str], typer.Argument(metavar="ID", help="Records by their ids, or the first 4 or more characters of them.")
]


class ShowFormat(StrEnum):
    """How records are shown."""

    text = "text"
    json = "json"
    markdown = "markdown"


def show(
    ids: RecordIds,
    context: Annotated[
        int, typer.Option("--context", "-c", metavar="N", min=0, max=50, help="Turns around each quote.")
    ] = 2,
    output_format: Annotated[ShowFormat, typer.Option("--format", "-f", help="What to print.")] = ShowFormat.text,
) -> None:
    """Show records with everything the log has of them: words, people, evidence in its context, links, revisions.

    Quotes are highlighted within what was said around them; one that no longer stands in the conversation is marked.
    """
    from extractor.cli.logs import log_as_seen
    from extractor.log.listing import resolve_id
    from extractor.log.views import records_by_id
    from extractor.reports.log.gathering import dossier

    with log_as_seen() as log, log.read() as connection:
        names = [resolve_id(connection, name) for name in ids]
        known = records_by_id(connection, names)
        found = [dossier(connection, known[name], context) for name in dict.fromkeys(names)]
    _print(found, output_format)


def _print(found: Sequence[Dossier], output_format: ShowFormat) -> None:
    today = dt.date.today()
    if output_format is ShowFormat.text:
        from extractor.reports.log.shown import show_record

        for one in found:
            put_painted(lambda console, one=one: show_record(one, console, today))  # type: ignore[misc]
        return
    from extractor.reports.log import records

    put(records.as_json(found) if output_format is ShowFormat.json else records.as_markdown(found, today))
