"""The history of a record: those it replaced, repeats or was replaced by, and what happened to each, by time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.log.history import HAPPENED
from extractor.reports.log.entries import record_data
from extractor.reports.log.lists import SCHEMA_VERSION
from extractor.reports.log.words import STATE_STYLE, claim, link_standing, link_words, place_words, short_ids
from extractor.reports.text import plain

if TYPE_CHECKING:
    from extractor.log.history import Chain, Step

SHOWN_QUOTE: Final = 160
_EXPLAINED: Final = frozenset(
    "record.edited record.undone record.assigned record.closed record.split record.split_off record.reverted".split()
)
"""Events whose detail is told as it is."""


def show_history(chain: Chain, console: Console) -> None:
    """Prints the records of a chain, oldest first, then what happened, oldest first."""
    ids = short_ids(record.id for record in (*chain.records, *chain.others))
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(ratio=1)
    for record in chain.records:
        body = Text(claim(record), style="bold")
        body.append(f"\n{place_words(record)} · ", style="not bold dim")
        body.append(record.state, style=f"not bold {STATE_STYLE[record.state]}")
        for link in chain.links:
            if link.from_record == record.id:
                words = f"{link_words(link.kind, forward=True)} {ids.get(link.to_record, link.to_record)}"
                style = "not bold magenta" if link.state == "confirmed" else "not bold yellow"
                body.append(f"\n{words} ({link_standing(link)})", style=style)
        table.add_row(ids[record.id], body)
    console.print(Padding(table, (1, 0)))
    console.print(_timeline(chain, ids))


def _timeline(chain: Chain, ids: Mapping[str, str]) -> Table:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True, width=1)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(ratio=1)
    several = len(chain.records) > 1
    for step in chain.steps:
        mark = Text("●", style="green") if step.said else Text("○", style="dim")
        table.add_row(_when(step.at), mark, ids.get(step.record, step.record) if several else "", _what(step, ids))
    return table


def _when(at: dt.datetime | dt.date) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if isinstance(at, dt.datetime) else at.isoformat()


def _what(step: Step, ids: Mapping[str, str]) -> Text:
    text = Text(HAPPENED.get(step.what, step.what.replace(".", " ").replace("_", " ")))
    if step.said:
        if step.who:
            text.append(f" by {plain(step.who)}")
        if step.detail:
            text.append(f": “{_short(plain(step.detail))}”", style="italic")
        return text
    if step.what.startswith("link."):
        kind, _, other = step.detail.partition(" ")
        text.append(f": {link_words(kind, forward=True)} {ids.get(other, other)}")
    elif step.what == "record.merged" and step.detail:
        into = step.detail.removeprefix("into ")
        text.append(f" into {ids.get(into, into)}")
    elif step.detail and step.what in _EXPLAINED:
        text.append(f": {_named(step.detail, ids)}")
    text.append(f" by {plain(step.who)}" if step.who else " (machine)", style="" if step.who else "dim")
    if step.comment:
        text.append(f": “{_short(plain(step.comment))}”", style="italic")
    return text


def _named(detail: str, ids: Mapping[str, str]) -> str:
    """A detail with ids of records as short as the others."""
    return " ".join(
        ids.get(word.rstrip(","), word.rstrip(",")) + "," * word.endswith(",") for word in plain(detail).split()
    )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_QUOTE else text[:SHOWN_QUOTE].rsplit(None, 1)[0] + " …"


def history_json(chain: Chain) -> dict[str, Any]:
    """The chain as JSON for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "records": [record_data(record) for record in chain.records],
        "links": [json.loads(link.model_dump_json()) for link in chain.links],
        "others": [record_data(record) for record in chain.others],
        "steps": [
            {
                "at": step.at.isoformat(),
                "record": step.record,
                "what": step.what,
                "who": step.who,
                "detail": step.detail,
                "said": step.said,
                "comment": step.comment,
            }
            for step in chain.steps
        ],
    }
