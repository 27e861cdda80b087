"""A document on a terminal: what was decided, by whom, when it was said, and the words that prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rapidfuzz import fuzz
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.conversation import Conversation, Coverage, Turn
from extractor.records import (
    ActionItem,
    ConversationHeader,
    ConversationRecords,
    Decision,
    Document,
    Due,
    Evidence,
    OpenQuestion,
)
from extractor.reports.text import (
    Names,
    clock,
    count,
    flag_words,
    names_of,
    one_of_each_kind,
    people,
    percent,
    plain,
    turns,
)

STATUS_STYLE = {
    "decided": "bold green",
    "tentative": "yellow",
    "deferred": "cyan",
    "rejected": "red",
    "reversed": "magenta",
}
NOT_NEW = frozenset({"recap", "imposed"})
"""Flags of a decision that this conversation did not take; its status is not in the colour of one that it took."""
NOT_NEW_STYLE = "yellow"
LAST_COLUMN = 18
"""Columns of the terminal for status or person: the same in every table, so that they stand in line."""
SAME = 85
"""Similarity (rapidfuzz, 0 to 100) from which a statement is a quote but for fillers and its first letter."""
SHOWN_QUOTES = 2
"""Quotes shown under a record; the others are counted."""
TELLING = ("accepted", "decider", "reversed", "owner", "proposed", "raised", "objected", "rationale")
"""Roles of quotes, those first that say most about why the record is there."""


def show(document: Document, console: Console) -> None:
    """Prints every conversation of the document."""
    for entry in document.conversations:
        console.print(_conversation(entry))
    in_source = Counter(entry.conversation.source for entry in document.conversations)
    for source in document.sources:
        if in_source[source.path] > 1 and source.coverage is not None:
            show_account(source.path, source.coverage, console)


def _conversation(entry: ConversationRecords) -> RenderableType:
    names = names_of(entry.conversation)
    parts: list[RenderableType] = [_heading(entry.conversation, entry.conversation.turns)]
    if entry.decisions:
        parts.append(_section(count(len(entry.decisions), "decision"), "Status", _decision_rows(entry, names)))
    if entry.action_items:
        parts.append(_section(count(len(entry.action_items), "action item"), "Owner", _action_rows(entry, names)))
    if entry.open_questions:
        title = count(len(entry.open_questions), "open question")
        parts.append(_section(title, "Raised by", _question_rows(entry, names)))
    if len(parts) == 1:
        parts.append(Padding(Text("Nothing was found.", style="dim"), (1, 0, 0, 2)))
    parts.append(_footer(entry))
    return Group(*parts)


def _heading(shown: ConversationHeader | Conversation, number_of_turns: int) -> RenderableType:
    facts = [f"{clock(shown.started_at)}{_zone(shown.started_at)}"] if shown.started_at else []
    facts += [count(len(shown.participants), "participant"), count(number_of_turns, "turn")]
    title = Text.assemble((plain(shown.title), "bold"), ("  " + " · ".join(facts), "dim"))
    return Group(Text(), Rule(title, align="left", style="dim"))


def _zone(moment: date) -> str:
    return f" {moment:%Z}" if isinstance(moment, datetime) and moment.tzinfo else ""


Row = tuple[str, Text, Text]


def _section(title: str, last_column: str, rows: Iterable[Row]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), show_edge=False, pad_edge=False)
    table.add_column("When", justify="right", style="dim", no_wrap=True)
    table.add_column(title, ratio=1, header_style="bold")
    table.add_column(last_column, width=LAST_COLUMN)
    for when, body, last in rows:
        table.add_row(when, body, last)
        table.add_row()
    return Padding(table, (1, 0, 0, 0))


def _decision_rows(entry: ConversationRecords, names: Names) -> Iterable[Row]:
    for decision in entry.decisions:
        yield _when(decision.evidence), _body(decision.statement, decision.evidence, names), _status(decision, names)


def _action_rows(entry: ConversationRecords, names: Names) -> Iterable[Row]:
    for action in entry.action_items:
        yield _when(action.evidence), _body(action.task, action.evidence, names), _owner(action, names)


def _question_rows(entry: ConversationRecords, names: Names) -> Iterable[Row]:
    for question in entry.open_questions:
        yield (
            _when(question.evidence),
            _body(question.question, question.evidence, names),
            _raised(question, names),
        )


def _when(evidence: Sequence[Evidence]) -> str:
    first = min(evidence, key=lambda quote: (quote.turn, quote.start_char))
    return clock(first.time) or f"turn {first.turn}"


def _body(sentence: str, evidence: Sequence[Evidence], names: Names) -> Text:
    """The statement, then its most telling quotes; one line for both where the statement is that quote."""
    by_role = {quote.role: quote for quote in reversed(evidence)}
    ranked = sorted(evidence, key=lambda quote: (by_role[quote.role] != quote, TELLING.index(quote.role)))
    telling = ranked[:SHOWN_QUOTES]
    quotes = [quote for quote in evidence if quote in telling]
    itself = next((quote for quote in quotes if _says_the_same(sentence, quote.quote)), None)
    body = Text(style="bold")
    if itself is None:
        body.append(plain(sentence))
    else:
        body.append(f"“{plain(itself.quote)}”")
        body.append(f" — {_speaker(itself, names)}", style="not bold dim")
    for quote in quotes:
        if quote is not itself:
            body.append(f"\n“{plain(quote.quote)}”", style="not bold italic")
            body.append(f" — {_speaker(quote, names)}", style="not bold dim")
    if len(evidence) > SHOWN_QUOTES:
        body.append(f"\nand {count(len(evidence) - SHOWN_QUOTES, 'more quote')}", style="not bold dim")
    return body


def _says_the_same(sentence: str, quote: str) -> bool:
    return fuzz.ratio(sentence.casefold(), quote.casefold()) >= SAME


def _speaker(quote: Evidence, names: Names) -> str:
    return plain(names.get(quote.speaker or "", "unknown speaker"))


def _status(decision: Decision, names: Names) -> Text:
    style = NOT_NEW_STYLE if NOT_NEW.intersection(decision.flags) else STATUS_STYLE[decision.status]
    cell = Text(decision.status, style=style)
    _add_flags(cell, decision.flags)
    _add(cell, "by ", people(decision.decided_by, names))
    _add(cell, "owner ", people(decision.owners, names))
    _add_due(cell, decision.due)
    return cell


def _owner(action: ActionItem, names: Names) -> Text:
    cell = Text(plain(people(action.owners, names))) if action.owners else Text("no owner", style="yellow")
    _add_flags(cell, action.flags)
    _add_due(cell, action.due)
    return cell


def _raised(question: OpenQuestion, names: Names) -> Text:
    raised_by = plain(people(question.raised_by, names))
    cell = Text(raised_by) if raised_by else Text("unknown", style="dim")
    _add_flags(cell, question.flags)
    return cell


def _add(cell: Text, label: str, value: str) -> None:
    if value:
        cell.append(f"\n{label}", style="not bold dim")
        cell.append(plain(value), style="not bold default")


def _add_flags(cell: Text, flags: Sequence[str]) -> None:
    if flags:
        cell.append(f"\n{plain(flag_words(flags))}", style="not bold dim yellow")


def _add_due(cell: Text, due: Due | None) -> None:
    if due is not None:
        _add(cell, "due ", f"{due.date:%a %d %b %Y}" if due.date else due.text)


def _footer(entry: ConversationRecords) -> RenderableType:
    lines = [Text(f"Every character is accounted for: {_account(entry.coverage)}.", "dim")]
    lines += [Text(f"{turns(gap)} not processed: {plain(gap.reason)}", "red") for gap in entry.unprocessed]
    if entry.ungrounded:
        claims = count(len(entry.ungrounded), "claim")
        lines.append(Text(f"{claims} left out or cut down: a quote could not be found in the text.", "yellow"))
    lines += _warnings(entry.warnings)
    return Padding(Group(*lines), (0, 0, 1, 2))


def _account(coverage: Coverage) -> str:
    """``66 % words, 20 % timestamp, 9 % speaker label, 5 % other``: the three largest parts set aside by name."""
    parts = sorted(coverage.set_aside, key=lambda part: -part.characters)
    told = [(coverage.used, "words"), *((part.characters, part.reason) for part in parts[:3])]
    other = sum(part.characters for part in parts[3:])
    told += [(other, "other")] if other else []
    return ", ".join(f"{percent(number, coverage.characters)} {name}" for number, name in told if number)


def _warnings(warnings: Sequence[str]) -> list[Text]:
    told = one_of_each_kind((warning, warning) for warning in warnings)
    return [Text(f"Warning: {plain(warning)}", "yellow") for warning in told]


def show_conversation(conversation: Conversation, console: Console) -> None:
    """Prints a conversation itself: time, speaker, words."""
    console.print(_heading(conversation, len(conversation.turns)))
    names = {person.id: person.name for person in conversation.participants}
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(max_width=22, style="bold")
    table.add_column(ratio=1)
    topic = None
    for turn in conversation.turns:
        if turn.topic and turn.topic != topic:
            table.add_row("", "", Text(plain(turn.topic), style="underline"))
        topic = turn.topic
        when = clock(turn.time_at(0)) or str(turn.index)
        speaker = plain(names.get(turn.speaker or "", "unknown"))
        table.add_row(when, speaker, _message(turn, names))
    console.print(table)
    lines = [Text(_used_and_set_aside(conversation.coverage), "dim")]
    console.print(Padding(Group(*lines, *_warnings(conversation.warnings)), (1, 0, 1, 0)))


def show_account(path: str, coverage: Coverage, console: Console) -> None:
    """Prints where the characters of a source went that became several conversations."""
    console.print(Padding(Text(f"All of {plain(path)}: {_used_and_set_aside(coverage)}", "dim"), (0, 0, 1, 0)))


def _used_and_set_aside(coverage: Coverage) -> str:
    aside = ", ".join(f"{part.reason} {part.characters:,}" for part in coverage.set_aside) or "nothing"
    share = percent(coverage.used, coverage.characters)
    return f"{share} of {coverage.characters:,} characters are text of turns; set aside: {aside}."


def _message(turn: Turn, names: Names) -> Text:
    """The words of a turn with what it quotes where it quotes it, and the reactions to it."""
    cell, begin = Text(style="dim" if turn.kind == "quote" else ""), 0
    for quote in turn.quotes:
        cell.append(_lines(turn.text[begin : quote.char]))
        begin = quote.char
        author = f"{names.get(quote.author, quote.author)}: " if quote.author else ""
        lines = _lines(f"{author}{quote.text}").replace("\n", f"\n{'>' * quote.depth} ")
        cell.append(f"\n{'>' * quote.depth} {lines}\n" if cell else f"{'>' * quote.depth} {lines}\n", style="dim")
    cell.append(_lines(turn.text[begin:]).lstrip("\n"))
    for reaction in turn.reactions:
        cell.append(f"  :{plain(reaction.name)}: {reaction.count}", style="dim")
    return cell


def _lines(text: str) -> str:
    return "\n".join(plain(line) for line in text.splitlines())
