"""``decisions doctor``: what is installed, what would run and why, and what to do about what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from extractor.cli.console import CHECK_FAILED, DONE, put_painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from extractor.diagnosis import Finding


def doctor() -> None:
    """Check the installation: packages, engine, model files, index, key (never shown), permissions.

    Exit code 0 when nothing is wrong, 4 when something is; each line that is wrong says what to do.
    """
    from extractor.diagnosis import diagnose

    findings = diagnose()
    put_painted(lambda console: _show(findings, console))
    raise typer.Exit(CHECK_FAILED if any(finding.state == "wrong" for finding in findings) else DONE)


def _show(findings: Sequence[Finding], console: Console) -> None:
    for finding in findings:
        console.print(_line(finding), soft_wrap=True)


def _line(finding: Finding) -> object:
    from rich.text import Text

    from extractor.reports.text import plain

    mark, style = {"good": ("ok   ", "green"), "note": ("note ", "yellow"), "wrong": ("WRONG", "bold red")}[
        finding.state
    ]
    line = Text.assemble((mark, style), "  ", (f"{finding.subject:<12}", "bold"), plain(finding.what))
    if finding.remedy:
        line.append(f" {plain(finding.remedy)}", style)
    return line
