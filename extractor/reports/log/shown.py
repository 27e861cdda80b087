"""One record in full on a terminal, its evidence highlighted where it was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.records import Decision, Evidence, OpenQuestion
from extractor.reports.log.gathering import Dossier, Related, Review, Suggestion, TurnInContext
from extractor.reports.log.words import (
    STATE_STYLE,
    TYPE_WORDS,
    claim,
    day_words,
    due_of,
    due_words,
    link_standing,
    link_words,
    moment_words,
    place_words,
    raisers,
)
from extractor.reports.terminal import STATUS_STYLE
from extractor.reports.text import clock, count, flag_words, plain

HIGHLIGHT = "bold black on bright_yellow"
OPEN, CLOSE = "»", "«"
"""Marks of a quote within its turn where there is no colour to show it."""
SHORTENED = 280
"""Code points of a turn shown on either side of a quote, and of a turn without one."""
LABEL_WIDTH = 12
DONE = {
    "approve": "approved",
    "reject": "rejected",
    "edit": "edited",
    "merge": "merged",
    "accept revision": "suggested wording taken over",
    "dismiss revision": "suggested wording dismissed",
    "reopen": "reopened",
    "split": "split",
    "split off": "split off from another record",
    "link": "linked",
    "unlink": "link refused",
    "done": "marked done",
    "answer": "answered",
    "comment": "commented",
    "assign": "given to somebody to review",
    "add": "added",
}
"""What a reviewer's verdicts are called once they were given."""
Fact = tuple[str, str | Text]


def show_record(found: Dossier, console: Console, today: dt.date) -> None:
    """Prints a record with all that belongs to it."""
    console.print(Group(*_heading(found)))
    console.print(_facts(_what_is_known(found, today)))
    _section(console, "Evidence", _evidence(found, marks=console.color_system is None))
    _section(console, "Waiting for a person", [_suggestion(one) for one in found.suggestions])
    _section(console, "Links", [_links(found.links)] if found.links else [])
    _section(console, "Reviews", [_review(one) for one in found.reviews])


def _review(one: Review) -> Text:
    done = DONE.get(one.verdict, one.verdict)
    line = Text(f"{moment_words(one.at)}  {done} by {plain(one.reviewer) or 'nobody known'}")
    return line.append(f": {plain(one.comment)}", style="italic") if one.comment else line


def _heading(found: Dossier) -> Iterable[RenderableType]:
    record = found.record
    head = Text.assemble((record.id, "cyan"), ("  " + TYPE_WORDS[record.type], "dim"))
    if isinstance(record.record, Decision):
        head.append("  ")
        head.append(record.record.status, STATUS_STYLE[record.record.status])
    head.append("  ")
    head.append(record.state, STATE_STYLE[record.state])
    yield Text()
    yield Rule(head, align="left", style="dim")
    yield Padding(Text(claim(record), style="bold"), (0, 0, 1, 0))


def _what_is_known(found: Dossier, today: dt.date) -> Iterable[Fact]:
    record, due = found.record, due_of(found.record)
    yield "Said", f"{day_words(record.said_on)} in {record.title} ({record.source})"
    yield "Decided by", ", ".join(record.deciders)
    yield "Raised by", ", ".join(raisers(record))
    yield "Owner", ", ".join(record.owners) or ("nobody" if record.type == "action_item" else "")
    if due is not None:
        late = found.entry.is_overdue(today)
        words = f"{due_words(due)} (“{due.text}”)" if due.date else due_words(due)
        yield "Due", Text(plain(words), style="red" if late else "")
    yield from _of_its_type(found)
    if record.record.confidence is not None:
        yield "Confidence", f"{100 * record.record.confidence:.0f} %"
    yield "Flags", flag_words(record.record.flags)
    yield "Found by", record.engine + ("" if record.found else "; not found when the conversation was last read")
    wordings = count(record.version, "wording")
    yield (
        "In the log",
        f"since {moment_words(record.created_at)}, {wordings}, changed {moment_words(record.updated_at)}",
    )
    yield "Merged into", record.merged_into or ""
    yield "Merged", ", ".join(found.merged)


def _of_its_type(found: Dossier) -> Iterable[Fact]:
    record = found.record.record
    if isinstance(record, Decision):
        yield "Topic", record.topic or ""
        yield "Why", record.rationale or ""
        for other in record.alternatives:
            yield "Instead of", f"{other.option}: {other.why_not}" if other.why_not else other.option
        for condition in record.conditions:
            yield "Provided", condition
        for stance in record.agreement:
            yield "Agreement", f"{found.record.people.get(stance.person, stance.person)}: {flag_words([stance.stance])}"
        for item in record.information:
            yield "Information", f"{item.what} ({item.state})"
    if isinstance(record, OpenQuestion):
        yield "Blocks", record.blocks or ""
        yield "Missing", record.missing_information or ""


def _facts(known: Iterable[Fact]) -> RenderableType:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(width=LABEL_WIDTH, style="dim")
    table.add_column(ratio=1)
    for label, value in known:
        if value:
            table.add_row(label, value if isinstance(value, Text) else Text(plain(value)))
    return Padding(table, (0, 0, 0, 2))


def _section(console: Console, title: str, parts: Sequence[RenderableType]) -> None:
    if parts:
        console.print(Text(f"\n{title}", style="bold"))
        console.print(Padding(Group(*parts), (0, 0, 0, 2)))


def _evidence(found: Dossier, *, marks: bool) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for number, stretch in enumerate(found.context):
        if number:
            parts.append(Text("···", style="dim"))
        parts.append(_stretch(stretch, marks=marks))
    if found.record.erased_at is not None:
        return [*parts, Text(f"its words were erased on {found.record.erased_at[:10]}", style="yellow")]
    if found.lost:
        why = "no longer in the conversation" if found.turns_kept else "the conversation itself is no longer kept"
        parts += [_lost(quote, found, why) for quote in found.lost]
    return parts


def _stretch(turns: Iterable[TurnInContext], *, marks: bool) -> RenderableType:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(width=1, no_wrap=True)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(max_width=20)
    table.add_column(ratio=1)
    for turn in turns:
        quoted = bool(turn.spans)
        style = "bold" if quoted else "dim"
        words = _words(turn, marks=marks)
        table.add_row(
            Text(">" if quoted else ""),
            str(turn.number),
            turn.when,
            Text(plain(turn.speaker) or "unknown", style),
            words,
        )
    return table


def _words(turn: TurnInContext, *, marks: bool) -> Text:
    """The words of a turn, what is quoted highlighted; what is far from it left out."""
    if not turn.spans:
        return Text(_spaced(_cut(turn.text, keep_start=True, keep_end=False)), style="dim")
    cell, begin = Text(), 0
    for start, end in turn.spans:
        cell.append(_spaced(_cut(turn.text[begin:start], keep_start=begin > 0, keep_end=True)))
        quote = plain(turn.text[start:end])
        cell.append(f"{OPEN}{quote}{CLOSE}" if marks else quote, style=HIGHLIGHT)
        begin = end
    cell.append(_spaced(_cut(turn.text[begin:], keep_start=True, keep_end=False)))
    cell.append(f"  ({', '.join(turn.roles)})", style="dim")
    return cell


def _cut(text: str, *, keep_start: bool, keep_end: bool) -> str:
    """``text`` without its middle, beginning or end where it is long."""
    room = SHORTENED * (keep_start + keep_end)
    if len(text) <= room:
        return text
    head = (text[:SHORTENED].rsplit(None, 1) or [""])[0] if keep_start else ""
    tail = (text[-SHORTENED:].split(None, 1) or [""])[-1] if keep_end else ""
    return f"{head} … {tail}"


def _spaced(text: str) -> str:
    """``plain`` text that keeps a blank at either end, so that it stands apart from what comes beside it."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{plain(text)}{after}"


def _lost(quote: Evidence, found: Dossier, why: str) -> Text:
    speaker = plain(found.record.people.get(quote.speaker or "", "unknown speaker"))
    said = [speaker, clock(quote.time), f"turn {quote.turn}", quote.role]
    text = Text(f"“{plain(quote.quote)}”", style="italic")
    text.append(f" — {', '.join(part for part in said if part)}", style="not italic dim")
    text.append(f"  [{why}]", style="not italic yellow")
    return text


def _suggestion(one: Suggestion) -> RenderableType:
    head = Text.assemble("revision ", (one.id, "cyan"), (f"  {one.engine}, {moment_words(one.created_at)}", "dim"))
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(width=LABEL_WIDTH, style="dim")
    table.add_column(ratio=1)
    for change in one.changes:
        told = Text(plain(change.now or "nothing"), style="red")
        told.append("\n→ ", style="dim")
        told.append(plain(change.suggested or "nothing"), style="green")
        table.add_row(change.name.replace("_", " "), told)
    return Group(head, Padding(table, (0, 0, 0, 2)))


def _links(links: Iterable[Related]) -> RenderableType:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for one in links:
        style = "magenta" if one.link.state == "confirmed" else "yellow"
        body = Text.assemble((claim(one.other), "bold"), ("  " + one.other.id, "cyan"), f"  {one.other.state}")
        body.append(f"\n{place_words(one.other)}", style="dim")
        body.append(f"\nlink {one.link.id}, {link_standing(one.link)}", style="dim")
        table.add_row(Text(link_words(one.link.kind, forward=one.forward), style=style), body)
    return table
