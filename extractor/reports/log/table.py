"""A list of records on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.records import Decision
from extractor.reports.log.entries import Entry
from extractor.reports.log.words import (
    STATE_STYLE,
    claim,
    due_of,
    link_words,
    place_words,
    raisers,
    short_due,
    short_ids,
)
from extractor.reports.terminal import STATUS_STYLE
from extractor.reports.text import count, plain

STANDING_WIDTH = 10
PEOPLE_WIDTH = 20
KIND_WORDS = {"action_item": "action", "open_question": "question"}


def show_list(entries: Sequence[Entry], console: Console, today: dt.date) -> None:
    """Prints records: id, statement with day and meeting, status and state, people and due day."""
    shown = {*(entry.record.id for entry in entries), *chain(*(_others(entry) for entry in entries))}
    ids = short_ids(shown)
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("Id", no_wrap=True, style="cyan")
    table.add_column("What", ratio=1)
    table.add_column("Standing", width=STANDING_WIDTH)
    table.add_column("People", width=PEOPLE_WIDTH)
    for entry in entries:
        table.add_row(ids[entry.record.id], _what(entry, ids), _standing(entry), _people(entry, today))
        table.add_row()
    console.print(table)


def _others(entry: Entry) -> list[str]:
    others = [name for names in entry.linked_by.values() for name in names]
    return [*others, entry.record.merged_into] if entry.record.merged_into else others


def _what(entry: Entry, ids: dict[str, str]) -> Text:
    record = entry.record
    cell = Text(claim(record), style="bold")
    cell.append(f"\n{place_words(record)}", style="not bold dim")
    for kind, names in entry.linked_by.items():
        told = ", ".join(ids[name] for name in names)
        cell.append(f"\n{link_words(kind, forward=False)} {told}", style="not bold magenta")
    if record.merged_into:
        cell.append(f"\nmerged into {ids[record.merged_into]}", style="not bold magenta")
    waiting = [count(entry.suggested_revisions, "suggested revision")] if entry.suggested_revisions else []
    waiting += [count(entry.suggested_links, "suggested link")] if entry.suggested_links else []
    waiting += [] if record.found or record.touched else ["not found when last read"]
    if waiting:
        cell.append(f"\n{', '.join(waiting)}", style="not bold yellow")
    return cell


def _standing(entry: Entry) -> Text:
    record = entry.record
    if isinstance(record.record, Decision):
        cell = Text(record.record.status, style=STATUS_STYLE[record.record.status])
    else:
        cell = Text(KIND_WORDS[record.type])
    cell.append(f"\n{record.state}", style=f"not bold {STATE_STYLE[record.state]}")
    if record.closed_at is not None:
        cell.append("\n" + ("done" if record.type == "action_item" else "answered"), style="green")
    return cell


def _people(entry: Entry, today: dt.date) -> Text:
    record, lines = entry.record, list[tuple[str, str, str]]()
    if record.type == "action_item":
        owner = ", ".join(record.owners)
        lines.append(("", owner, "") if owner else ("", "no owner", "yellow"))
    else:
        lines += [("by ", ", ".join(record.deciders or raisers(record)), ""), ("owner ", ", ".join(record.owners), "")]
    late = entry.is_overdue(today)
    lines.append(("overdue " if late else "due ", short_due(due_of(record)), "red" if late else ""))
    cell = Text()
    for label, value, style in lines:
        if value:
            cell.append(f"\n{label}" if cell else label, style=style or "dim")
            cell.append(plain(value), style=style)
    return cell
