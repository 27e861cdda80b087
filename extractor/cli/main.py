"""The ``decisions`` command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import console, doctor, eval, extract, formats, index, read, schema, search, streams

app = typer.Typer(
    name="decisions",
    help="Turns meetings and threads into a decision log people trust: every record with the words that prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract", short_help="Print what was decided, with the words.")(extract.extract)
app.command("read", short_help="Print the conversation itself.")(read.read)
app.command("formats", short_help="List what can be read.")(formats.formats)
app.command("search", short_help="Find what was said.")(search.search)
app.add_typer(index.app, name="index", short_help="Keep passages ready for search.")
app.add_typer(eval.app, name="eval", short_help="Measure an engine on labelled conversations.")
app.command("schema", short_help="Print the JSON Schema of the output.")(schema.schema)
app.command("doctor", short_help="Check the installation.")(doctor.doctor)


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
