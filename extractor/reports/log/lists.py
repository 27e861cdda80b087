"""A list of records as JSON, JSON Lines, Markdown and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Final

from extractor.records import Evidence
from extractor.reports.documents import json_text
from extractor.reports.log.entries import Entry, entry_data
from extractor.reports.log.words import claim, day_words, due_of, due_words, link_words, raisers
from extractor.reports.text import clock, markdown, plain

SCHEMA_VERSION: Final = 1
COLUMNS: Final = (
    *("id", "type", "state", "status", "text", "topic", "said_on", "owners", "decided_by", "raised_by", "due"),
    *("due_text", "superseded_by", "conversation", "title", "source", "updated_at"),
)
"""Columns of the CSV; several people or ids are joined by semicolons."""
HEADINGS: Final = {"decision": "Decisions", "action_item": "Action items", "open_question": "Open questions"}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula at the beginning of a cell, in full width too (OWASP, CSV injection)."""


def as_json(entries: Sequence[Entry], total: int) -> str:
    """All in one object: ``total`` is how many there are, whatever the list holds."""
    records = [entry_data(entry) for entry in entries]
    return json_text({"schema_version": SCHEMA_VERSION, "total": total, "records": records}, indent=2)


def as_json_lines(entries: Sequence[Entry]) -> str:
    """One record a line."""
    return "".join(json_text(entry_data(entry)) for entry in entries)


def as_csv(entries: Sequence[Entry]) -> str:
    """One row a record, below a heading; what a spreadsheet would run as a formula has an apostrophe before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_harmless(value) for value in _row(entry)])
    return file.getvalue()


def _row(entry: Entry) -> list[str]:
    record, due = entry.record, due_of(entry.record)
    return [
        *(record.id, record.type, record.state, record.status or "", record.text),
        getattr(record.record, "topic", None) or "",
        record.said_on.isoformat() if record.said_on else "",
        *("; ".join(names) for names in (record.owners, record.deciders, raisers(record))),
        due.date.isoformat() if due and due.date else "",
        due.text if due else "",
        "; ".join(entry.linked_by.get("supersedes", ())),
        *(record.conversation, record.title, record.source, record.updated_at),
    ]


def _harmless(value: str) -> str:
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_markdown(entries: Sequence[Entry], today: dt.date) -> str:
    """The list for people: a section for each type, every record with the words that prove it."""
    parts: list[str] = []
    for kind, heading in HEADINGS.items():
        of_kind = [entry for entry in entries if entry.record.type == kind]
        if of_kind:
            parts += [f"# {heading}", "", *(line for entry in of_kind for line in _section(entry, today))]
    return "\n".join(parts)


def _section(entry: Entry, today: dt.date) -> list[str]:
    record = entry.record
    lines = [f"## {markdown(claim(record))}", "", ", ".join(facts(entry, today)), ""]
    for number, quote in enumerate(record.record.evidence):
        lines += quoted(quote, record.people, lost=number in record.lost_quotes)
    return lines


def facts(entry: Entry, today: dt.date) -> list[str]:
    """What is known of a record, each part as Markdown."""
    record, due = entry.record, due_of(entry.record)
    told = [f"**{record.status}**"] if record.status else []
    told += [record.state, f"`{record.id}`", f"{day_words(record.said_on)} in *{markdown(record.title)}*"]
    for label, names in (
        ("decided by", record.deciders),
        ("raised by", raisers(record)),
        ("owner", record.owners),
    ):
        if names:
            told.append(f"{label} {markdown(', '.join(names))}")
    if record.type == "action_item" and not record.owners:
        told.append("no owner")
    if due is not None:
        told.append(f"{'**overdue**' if entry.is_overdue(today) else 'due'} {markdown(due_words(due))}")
    for kind, others in entry.linked_by.items():
        told.append(f"{link_words(kind, forward=False)} {', '.join(f'`{name}`' for name in others)}")
    return told


def quoted(quote: Evidence, people: dict[str, str], *, lost: bool) -> list[str]:
    """A quote as Markdown, with who said it and when; marked where it stands no longer in the conversation."""
    said = [markdown(people.get(quote.speaker or "", "unknown speaker")), clock(quote.time), f"turn {quote.turn}"]
    said += [quote.role, "**no longer in the conversation**" if lost else ""]
    return [f"> {markdown(quote.quote)}", ">", f"> — {', '.join(part for part in said if part)}", ""]
