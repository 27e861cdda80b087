"""``decisions history``: a decision from first raised to superseded."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from extractor.cli.console import put, put_painted


class TextOrJson(StrEnum):
    """For people, or for programs."""

    text = "text"
    json = "json"


Format = Annotated[TextOrJson, typer.Option("--format", "-f", help="What to print.")]


def history(
    record: Annotated[str, typer.Argument(metavar="ID", help="A record by its id, or the first characters of it.")],
    output_format: Format = TextOrJson.text,
) -> None:
    """Show the chain that a record is part of: what it replaced or repeats, what replaced it, and what happened when.

    Filled marks are what people said in the conversation, hollow ones what happened in the log, with who did it.
    """
    from extractor.cli.logs import log_as_seen
    from extractor.log.history import chain_of
    from extractor.log.listing import resolve_id

    with log_as_seen() as log, log.read() as connection:
        chain = chain_of(connection, resolve_id(connection, record))
    from extractor.reports.log.timeline import history_json, show_history

    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text(history_json(chain), indent=2))
        return
    put_painted(lambda console: show_history(chain, console))
