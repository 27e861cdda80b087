"""Tables of scores on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from extractor.reports.evaluation.tables import Table
from extractor.reports.text import plain


def show_tables(tables: Iterable[Table], console: Console, heading: str = "") -> None:
    """Prints every table with its note, under a heading."""
    if heading:
        console.print(Text(plain(heading), style="bold"))
        console.print()
    for table in tables:
        drawn = RichTable(title=Text(plain(table.title)), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for number, column in enumerate(table.columns):
            drawn.add_column(Text(plain(column)), justify="left" if number == 0 else "right", overflow="fold")
        for row in table.rows:
            drawn.add_row(*(Text(plain(cell)) for cell in row))
        console.print(drawn)
        if table.note:
            console.print(Text(plain(table.note)))
            console.print()
