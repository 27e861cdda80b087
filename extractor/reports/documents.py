"""A document as JSON, JSON Lines or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extractor.records import (
    ActionItem,
    ConversationRecords,
    Decision,
    Document,
    Due,
    Evidence,
    OpenQuestion,
)
from extractor.reports.text import Names, clock, count, flag_words, markdown, names_of, people, percent, turns
from extractor.sources.decoding import whole_characters


def as_json(document: Document) -> str:
    """The document of the contract, indented, with a line break at the end."""
    return json_text(document.model_dump(mode="json"), indent=2)


def as_json_lines(document: Document) -> str:
    """One record a line, with its type and its conversation's id, title and source; then what is missing.

    Turns that were not processed, quotes that were not found and warnings are lines too, as are sources that failed, so
    that a reader of the lines alone misses nothing.
    """
    return "".join(json_text(line) for line in _lines(document))


def json_text(value: object, indent: int | None = None) -> str:
    """``value`` as JSON with a line break at the end, on one line unless indented; half characters are U+FFFD."""
    return whole_characters(json.dumps(value, ensure_ascii=False, indent=indent)) + "\n"


def _lines(document: Document) -> Iterator[dict[str, Any]]:
    for entry in document.conversations:
        place = {
            "conversation": entry.conversation.id,
            "title": entry.conversation.title,
            "source": entry.conversation.source,
        }
        groups = {
            "decision": entry.decisions,
            "action_item": entry.action_items,
            "open_question": entry.open_questions,
            "unprocessed": entry.unprocessed,
        }
        for kind, records in groups.items():
            for record in records:
                yield {"type": kind, **place, **record.model_dump(mode="json")}
        for ungrounded in entry.ungrounded:
            values = ungrounded.model_dump(mode="json")
            yield {"type": "ungrounded", **place, "claimed": values.pop("type"), **values}
        for warning in entry.warnings:
            yield {"type": "warning", **place, "warning": warning}
    for source in document.sources:
        if source.error:
            yield {"type": "source_error", "source": source.path, "error": source.error}


def as_markdown(document: Document) -> str:
    """The document for people, one section a conversation, every record with its words."""
    parts = [_conversation(entry) for entry in document.conversations]
    failed = [f"- {markdown(s.path)}: {markdown(s.error)}" for s in document.sources if s.error]
    if failed:
        parts.append("## Not read\n\n" + "\n".join(failed) + "\n")
    return "\n".join(parts)


def _conversation(entry: ConversationRecords) -> str:
    names = names_of(entry.conversation)
    lines = [f"# {markdown(entry.conversation.title)}", "", _facts(entry), ""]
    if entry.decisions:
        lines += ["## Decisions", ""]
        for decision in entry.decisions:
            lines += _decision(decision, names)
    if entry.action_items:
        lines += ["## Action items", ""]
        for action in entry.action_items:
            lines += _action(action, names)
    if entry.open_questions:
        lines += ["## Open questions", ""]
        for question in entry.open_questions:
            lines += _question(question, names)
    if not (entry.decisions or entry.action_items or entry.open_questions):
        lines += ["Nothing was found.", ""]
    lines += _notes(entry)
    return "\n".join(lines)


def _facts(entry: ConversationRecords) -> str:
    header = entry.conversation
    facts = [clock(header.started_at)] if header.started_at else []
    facts += [count(header.turns, "turn"), count(len(header.participants), "participant")]
    share = percent(entry.coverage.used, entry.coverage.characters)
    return " · ".join([*facts, f"{share} of {entry.coverage.characters:,} characters are text of turns"])


def _decision(decision: Decision, names: Names) -> list[str]:
    facts = [f"**{decision.status}**", *_flags(decision.flags)]
    if decision.decided_by:
        facts.append(f"decided by {markdown(people(decision.decided_by, names))}")
    if decision.owners:
        facts.append(f"owner {markdown(people(decision.owners, names))}")
    return _record(decision.statement, facts, decision.due, decision.evidence, names)


def _action(action: ActionItem, names: Names) -> list[str]:
    owner = f"owner {markdown(people(action.owners, names))}" if action.owners else "no owner"
    return _record(action.task, [owner, *_flags(action.flags)], action.due, action.evidence, names)


def _question(question: OpenQuestion, names: Names) -> list[str]:
    facts = [f"raised by {markdown(people(question.raised_by, names))}"] if question.raised_by else []
    facts += _flags(question.flags)
    return _record(question.question, facts, None, question.evidence, names)


def _flags(flags: tuple[str, ...]) -> list[str]:
    return [f"*{markdown(flag_words(flags))}*"] if flags else []


def _record(
    sentence: str, facts: list[str], due: Due | None, evidence: tuple[Evidence, ...], names: Names
) -> list[str]:
    if due is not None:
        facts.append(f"due {due.date or markdown(due.text)}")
    lines = [f"### {markdown(sentence)}", ""]
    if facts:
        lines += [", ".join(facts), ""]
    for quote in evidence:
        said = [markdown(names.get(quote.speaker or "", "unknown speaker")), clock(quote.time), f"turn {quote.turn}"]
        lines += [f"> {markdown(quote.quote)}", ">", f"> — {', '.join(part for part in said if part)}", ""]
    return lines


def _notes(entry: ConversationRecords) -> list[str]:
    notes = [f"{turns(gap)} not processed: {gap.reason}" for gap in entry.unprocessed]
    if entry.ungrounded:
        notes.append(f"{count(len(entry.ungrounded), 'claim')} without a quote that can be found; left out.")
    notes += entry.warnings
    return ["## Notes", "", *(f"- {markdown(note)}" for note in notes), ""] if notes else []
