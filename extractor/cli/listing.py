"""``decisions list``: records of the log by what is true of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from extractor.cli.console import Quiet, Voice, put, put_painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from extractor.records import RecordType, ReviewState, Status
    from extractor.reports.log.entries import Entry

SHOWN = 50
"""Records in a table where no ``--limit`` says otherwise; programs get all."""


class Kind(StrEnum):
    """Types of records."""

    decision = "decision"
    action_item = "action_item"
    open_question = "open_question"


class StateName(StrEnum):
    """States of review; ``all`` is every one of them."""

    proposed = "proposed"
    approved = "approved"
    rejected = "rejected"
    merged = "merged"
    all = "all"


class StatusName(StrEnum):
    """Statuses of decisions."""

    decided = "decided"
    tentative = "tentative"
    deferred = "deferred"
    rejected = "rejected"
    reversed = "reversed"


class ListFormat(StrEnum):
    """How records are listed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"
    csv = "csv"


Kinds = Annotated[list[Kind] | None, typer.Option("--type", "-t", help="Only this type; may be repeated.")]
States = Annotated[
    list[StateName] | None,
    typer.Option("--state", help="Only this state of review; may be repeated. Without: proposed and approved."),
]
Statuses = Annotated[
    list[StatusName] | None, typer.Option("--status", help="Only decisions of this status; may be repeated.")
]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="NAME", help="Only what this person owns; a part of the name will do.")
]
Decider = Annotated[str | None, typer.Option("--decider", metavar="NAME", help="Only what this person decided.")]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="WORDS", help="Only decisions with these words in their topic.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Only what was said on this day or later: 2026-03-04.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Only what was said on this day or earlier.")]
Overdue = Annotated[
    bool, typer.Option("--overdue", help="Only what is due before today and not linked as done or replaced.")
]
Unowned = Annotated[bool, typer.Option("--unowned", help="Only action items and settled decisions that nobody owns.")]
Superseded = Annotated[
    bool | None,
    typer.Option("--superseded/--standing", help="Only what another record replaced, or only what none did."),
]
Open = Annotated[
    bool | None,
    typer.Option("--open/--closed", help="Only what nobody has said is done, answered or replaced; or only what is."),
]
Series = Annotated[
    str | None, typer.Option("--series", metavar="NAME", help="Only this series of meetings: its title or number.")
]
InConversation = Annotated[
    str | None, typer.Option("--conversation", metavar="ID", help="Only this conversation: its id or title.")
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", metavar="N", min=0, help=f"At most so many, 0 for all; without, {SHOWN} in a table."),
]
ListOut = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", metavar="FILE", help="Write to this file and not to standard output; a table becomes Markdown."
    ),
]


def list_records(
    kinds: Kinds = None,
    states: States = None,
    statuses: Statuses = None,
    owner: Owner = None,
    decider: Decider = None,
    topic: Topic = None,
    since: Since = None,
    until: Until = None,
    overdue: Overdue = False,
    unowned: Unowned = False,
    superseded: Superseded = None,
    still_open: Open = None,
    series: Series = None,
    conversation: InConversation = None,
    limit: Limit = None,
    output_format: Annotated[ListFormat, typer.Option("--format", "-f", help="What to print.")] = ListFormat.table,
    out: ListOut = None,
    quiet: Quiet = False,
) -> None:
    """List decisions, action items and open questions of the log, the latest first.

    Without filters: everything that is proposed or approved. An id can be shortened wherever one is asked for, as it is
    here. JSON, JSON Lines, Markdown and CSV hold all that fits, unless --limit says otherwise.

    Exit codes: 0 also when nothing fits; 2 wrong usage; 3 the log could not be read.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import log_as_seen
    from extractor.cli.outfile import check_out
    from extractor.log.listing import Filter, count, listed
    from extractor.log.naming import conversation_named, series_named
    from extractor.reports.log.entries import entries_of

    check_out(out)
    if out is not None and output_format is ListFormat.table:
        output_format = ListFormat.markdown
    if limit is None:
        limit = SHOWN if output_format is ListFormat.table else 0
    today = dt.date.today()
    with log_as_seen() as log, log.read() as connection:
        wanted = Filter(
            types=kinds_of(kinds),
            states=states_of(states),
            statuses=_statuses(statuses),
            owner=owner,
            decider=decider,
            topic=topic,
            since=_day("--since", since),
            until=_day("--until", until),
            overdue_on=today if overdue else None,
            unowned=unowned,
            superseded=superseded,
            open=still_open,
            conversation=conversation_named(connection, conversation) if conversation is not None else None,
            series=series_named(connection, series) if series is not None else None,
        )
        nobody = _nobody(connection, (owner, decider))
        total = count(connection, wanted)
        entries = entries_of(connection, listed(connection, wanted, limit or None))
    if entries or output_format is not ListFormat.table:
        _print(entries, total, output_format, out, today)
    _closing(len(entries), total, nobody, wanted == Filter(), voice)


def kinds_of(kinds: Iterable[Kind] | None) -> tuple[RecordType, ...]:
    """The types of the contract that are named."""
    from extractor.records import RecordType

    return tuple(name for name in get_args(RecordType) if name in (kinds or ()))


def states_of(states: Iterable[StateName] | None) -> tuple[ReviewState, ...]:
    """The states of review that are named; ``all`` names each."""
    from extractor.records import ReviewState

    named = set(states or ())
    return tuple(name for name in get_args(ReviewState) if name in named or StateName.all in named)


def _statuses(statuses: Iterable[StatusName] | None) -> tuple[Status, ...]:
    from extractor.records import Status

    return tuple(name for name in get_args(Status) if name in (statuses or ()))


def _day(flag: str, written: str | None) -> dt.date | None:
    """``2026-03-04`` as a day; raises UsageError."""
    from extractor.errors import UsageError

    try:
        return dt.date.fromisoformat(written) if written is not None else None
    except ValueError:
        raise UsageError(f"{flag} {written} is no day.", "Write it as 2026-03-04.") from None


def _nobody(connection: Connection, names: Iterable[str | None]) -> list[str]:
    """The names that are nobody's in the log."""
    from extractor.log.listing import find_people

    return [name for name in names if name is not None and not find_people(connection, name)]


def _print(entries: Sequence[Entry], total: int, output_format: ListFormat, out: Path | None, today: dt.date) -> None:
    if output_format is ListFormat.table:
        from extractor.reports.log.table import show_list

        put_painted(lambda console: show_list(entries, console, today))
        return
    from extractor.reports.log import lists

    text = {
        ListFormat.json: lambda: lists.as_json(entries, total),
        ListFormat.jsonl: lambda: lists.as_json_lines(entries),
        ListFormat.markdown: lambda: lists.as_markdown(entries, today),
        ListFormat.csv: lambda: lists.as_csv(entries),
    }[output_format]()
    put(text, out)


def _closing(shown: int, total: int, nobody: Sequence[str], everything: bool, voice: Voice) -> None:
    """Says how much there is, or why there is nothing and what to try."""
    from extractor.reports.text import count

    for name in nobody:
        voice.say(f"Nobody in the log is called {name}.")
    if total == 0 and everything:
        voice.say("The log holds no record that is proposed or approved. Add conversations with: decisions add PATH")
    elif total == 0:
        voice.say("No record in the log fits. Leave a filter out, or look into every state with: --state all")
    elif shown < total:
        voice.say(f"{shown:,} of {count(total, 'record')}; all with: -n 0")
    else:
        voice.say(f"{count(total, 'record')}.")
