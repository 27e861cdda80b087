"""The ``decisions`` command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import (
    accounts,
    add,
    ask,
    console,
    doctor,
    erase,
    eval,
    extract,
    formats,
    history,
    index,
    init,
    linking,
    listing,
    log,
    nightly,
    read,
    restrict,
    review,
    schema,
    search,
    serve,
    show,
    streams,
)

app = typer.Typer(
    name="decisions",
    help="Turns meetings and threads into a decision log people trust: every record with the words that prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
READ, LOG, MEASURE, SET_UP = "Read", "The log", "Measure", "Set-up"
"""Panels of ``decisions --help``."""

app.command("extract", short_help="Print what was decided, with the words.", rich_help_panel=READ)(extract.extract)
app.command("read", short_help="Print the conversation itself.", rich_help_panel=READ)(read.read)
app.command("formats", short_help="List what can be read.", rich_help_panel=READ)(formats.formats)
app.command("schema", short_help="Print the JSON Schema of the output.", rich_help_panel=READ)(schema.schema)

app.command("add", short_help="Propose what was decided to the log.", rich_help_panel=LOG)(add.add)
app.command("nightly", short_help="Bring the log up to date, unattended.", rich_help_panel=LOG)(nightly.nightly)
app.command("list", short_help="List records by what is true of them.", rich_help_panel=LOG)(listing.list_records)
app.command("show", short_help="Show a record, its evidence in context.", rich_help_panel=LOG)(show.show)
app.command("history", short_help="Show a record from first raised to superseded.", rich_help_panel=LOG)(
    history.history
)
app.command("search", short_help="Find records, or what was said.", rich_help_panel=LOG)(search.search)
app.command("ask", short_help="Answer a question from the log.", rich_help_panel=LOG)(ask.ask)
app.add_typer(review.app, name="review", short_help="Approve, reject, edit, merge.", rich_help_panel=LOG)
app.command("serve", short_help="Review and read the log in the browser.", rich_help_panel=LOG)(serve.serve)
app.command("restrict", short_help="Say who may see a conversation.", rich_help_panel=LOG)(restrict.restrict)
app.command("link", short_help="Say what two records have to do with each other.", rich_help_panel=LOG)(linking.link)
app.command("unlink", short_help="Say that a link does not hold.", rich_help_panel=LOG)(linking.unlink)
app.command("erase", short_help="Erase words for good.", rich_help_panel=LOG)(erase.erase)
app.add_typer(log.app, name="log", short_help="Check, copy and look after the log.", rich_help_panel=LOG)

app.add_typer(eval.app, name="eval", short_help="Measure an engine on labelled conversations.", rich_help_panel=MEASURE)

app.command("init", short_help="Write a decisions.toml to begin with.", rich_help_panel=SET_UP)(init.init)
app.command("doctor", short_help="Check the installation.", rich_help_panel=SET_UP)(doctor.doctor)
app.add_typer(accounts.app, name="account", short_help="Say who may sign in.", rich_help_panel=SET_UP)
app.add_typer(index.app, name="index", short_help="Keep passages ready for search.", rich_help_panel=SET_UP)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"decisions {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads transcripts and threads; writes down what was decided, by whom, what is to be done and what is open."""


def main() -> None:
    """The console script: runs a command and ends with its exit code, without a traceback for a user's mistake."""
    from extractor.errors import DecisionsError

    streams.guard()
    try:
        app(prog_name="decisions")
    except DecisionsError as error:
        console.report(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, SystemExit) as end:
        if isinstance(end, SystemExit) and end.code != console.INTERRUPTED:
            raise
        console.Voice().insist("Interrupted.")
        sys.exit(console.INTERRUPTED)
    except Exception as error:
        if os.environ.get("DECISIONS_DEBUG"):
            raise
        console.Voice().insist(
            f"Error: this is a fault of decisions itself ({type(error).__name__}: {error}). "
            "Run the command again with DECISIONS_DEBUG=1 and report what it prints."
        )
        sys.exit(console.OUR_ERROR)


if __name__ == "__main__":
    main()
