"""Standard output carries the result and nothing else; everything said to a person goes to standard error."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.progress import Progress

    from extractor.errors import DecisionsError

DONE, PARTLY, NOTHING, CHECK_FAILED, OUR_ERROR, INTERRUPTED = 0, 1, 3, 4, 70, 130
"""Exit codes that no error carries; the others are ``DecisionsError.exit_code``."""

PLAIN_WIDTH = 100
"""Columns of a table that goes to a file or a pipe, where no terminal says how wide it is."""

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only errors, and where text is sent.")]
Sources = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Transcripts, threads, folders or globs; - reads standard input.")
]


@dataclass(frozen=True)
class Voice:
    """What a command says to the person, on standard error. ``quiet`` leaves errors and destinations."""

    quiet: bool = False

    def say(self, text: str) -> None:
        """Progress and what to do next; silenced by ``--quiet``."""
        if not self.quiet:
            self.insist(text)

    def warn(self, text: str) -> None:
        """Something that may surprise; silenced by ``--quiet``, as it stands in the output too."""
        self.say(f"Warning: {text}")

    def insist(self, text: str) -> None:
        """Said whatever ``--quiet`` says: errors, and where text is sent."""
        sys.stderr.write(_safe(text) + "\n")
        sys.stderr.flush()

    def progress(self) -> Progress:
        """A progress bar with count and time left, on standard error; invisible when quiet or not on a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        text = TextColumn("{task.description}", markup=False)
        columns = (text, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=console, transient=True, disable=self.quiet or not console.is_terminal)


def _safe(text: str) -> str:
    from extractor.reports.text import plain

    return plain(text)


def stdout_console() -> Console:
    """A console on standard output: as wide as the terminal, or 100 columns without colour where there is none."""
    from rich.console import Console

    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return Console(highlight=False)
    return Console(highlight=False, width=PLAIN_WIDTH)


def _file_console() -> Console:
    import io

    from rich.console import Console

    return Console(file=io.StringIO(), width=PLAIN_WIDTH, color_system=None, highlight=False)


def put(text: str, out: Path | None = None) -> None:
    """Writes a result to the file ``out`` (see ``write_file``) or to standard output."""
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from extractor.cli.outfile import write_file

    write_file(text, out)


def put_painted(paint: Callable[[Console], None], out: Path | None = None) -> None:
    """Writes what ``paint`` prints on a console: as standard output shows it, or as plain text to the file ``out``."""
    console = stdout_console() if out is None else _file_console()
    with console.capture() as captured:
        paint(console)
    put(captured.get(), out)


def report(error: DecisionsError) -> None:
    """Prints an error of ours: what is wrong, then what to do."""
    Voice().insist(f"Error: {error}")
