"""``decisions formats``: what can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.cli.console import put_painted

if TYPE_CHECKING:
    from rich.console import Console


def formats() -> None:
    """List the formats that can be read, with their names for --source-format.

    A format is found out by content, not by the name of the file.
    """
    put_painted(_show)


def _show(console: Console) -> None:
    from rich import box
    from rich.table import Table

    from extractor.sources.registry import EVERY

    table = Table("Name", "What it is", "Tried on", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for known in EVERY:
        table.add_row(known.name, known.label, "real exports" if known.verified else "the documented shape")
    console.print(table)
