"""How a log stands, on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.log.canonical import parsed_moment
from extractor.reports.log.lists import SCHEMA_VERSION
from extractor.reports.log.words import moment_words
from extractor.reports.text import count, plain

if TYPE_CHECKING:
    from extractor.log.sources import Quarantined
    from extractor.log.standing import Delivery, Run, Standing

STATES = ("proposed", "approved", "rejected", "merged")
NAMES = {"decision": "decisions", "action_item": "action items", "open_question": "open questions"}
LABEL_WIDTH = 12


def show_status(found: Standing, place: str, console: Console) -> None:
    """Prints how a log stands."""
    table = _columns(LABEL_WIDTH)
    for label, value in _facts(found, place):
        if value:
            table.add_row(label, value if isinstance(value, Text) else Text(plain(value)))
    console.print(table)
    if found.total:
        console.print(Padding(_records(found), (1, 0)))
    _section(console, "Last runs", [_run(run) for run in found.runs])
    _section(console, "Last digests", [_delivery(one) for one in found.deliveries])
    if found.quarantine:
        console.print(Text("In quarantine", style="bold"))
        show_quarantine(found.quarantine, console)


def _facts(found: Standing, place: str) -> Iterable[tuple[str, str | Text]]:
    yield "log", place
    yield "schema", f"{found.schema}, made {moment_words(found.created_at)}"
    yield "holds", f"{count(found.conversations, 'conversation')}, {count(found.total, 'record')}"
    yield "chain", f"{count(found.head.seq, 'event')}, head {found.head.hash[:16]}"
    waiting = [count(found.proposed, "proposed record"), count(found.revisions, "suggested revision")]
    yield "waiting", ", ".join([*waiting, count(found.links, "suggested link")])
    if found.index_is_stale:
        yield "index", Text("of another state of the log; make it anew: decisions index rebuild", "yellow")
    elif found.behind:
        yield "index", f"{count(found.behind, 'change')} behind; the next add or nightly brings it up to date"
    else:
        yield "index", "up to date"
    if found.unlinked:
        yield "links", f"{count(found.unlinked, 'record')} yet to be compared with earlier ones"
    if found.to_clean:
        told = f"{count(found.to_clean, 'erasure')} not yet out of every file; the next nightly cleans them"
        yield "erasing", Text(told, "yellow")


def _records(found: Standing) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("")
    for state in STATES:
        table.add_column(state, justify="right", header_style="dim")
    for kind, name in NAMES.items():
        states = found.records.get(kind, {})
        table.add_row(name, *(f"{states.get(state, 0):,}" for state in STATES))
    return table


def _run(run: Run) -> Text:
    line = Text(moment_words(run.started_at) + "  ")
    if run.finished_at is None:
        return line.append("was stopped before it ended", style="red")
    seconds = (parsed_moment(run.finished_at) - parsed_moment(run.started_at)).total_seconds()
    style = {0: "green", 1: "yellow"}.get(run.exit_code or 0, "red")
    line.append(f"exit code {run.exit_code}", style=style)
    return line.append(f", {count(run.events, 'event')}, {seconds:,.1f} s")


def _delivery(one: Delivery) -> Text:
    style = {"sent": "green", "pending": "yellow"}.get(one.state, "red")
    line = Text(f"{moment_words(one.made_at)}  {plain(one.target)}: ")
    line.append(one.state.replace("_", " "), style=style)
    if one.state != "sent":
        line.append(f" after {count(one.attempts, 'attempt')}")
        line.append(f" ({plain(one.problem)})" if one.problem else "")
    return line


def _section(console: Console, title: str, lines: Sequence[Text]) -> None:
    if lines:
        console.print(Text(title, style="bold"))
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2)))
        console.print()


def show_quarantine(found: Sequence[Quarantined], console: Console) -> None:
    """Prints sources that could not be read: what they are, why, since when."""
    for one in found:
        console.print(Text.assemble(("  " + plain(one.origin), "bold")))
        console.print(Padding(Text(plain(one.reason)), (0, 0, 0, 4)))
        told = f"since {moment_words(one.since)}, {count(one.attempts, 'attempt')}"
        console.print(Padding(Text(told, style="dim"), (0, 0, 1, 4)))


def _columns(width: int) -> Table:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(width=width, style="dim")
    table.add_column(ratio=1)
    return table


def status_json(found: Standing, place: str) -> dict[str, Any]:
    """How a log stands as JSON for programs."""
    return {"schema_version": SCHEMA_VERSION, "log": place, **asdict(found)}
