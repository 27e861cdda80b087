"""One record in full as JSON and Markdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from extractor.reports.documents import json_text
from extractor.reports.log.entries import record_data
from extractor.reports.log.gathering import Dossier, Related, TurnInContext
from extractor.reports.log.lists import SCHEMA_VERSION, facts, quoted
from extractor.reports.log.words import claim, link_standing, link_words, moment_words
from extractor.reports.text import markdown


def as_json(found: Sequence[Dossier]) -> str:
    """Every record with its evidence in context, links, suggestions and reviews."""
    return json_text({"schema_version": SCHEMA_VERSION, "records": [_data(one) for one in found]}, indent=2)


def _data(found: Dossier) -> dict[str, Any]:
    return {
        **record_data(found.record),
        "context": [[asdict(turn) for turn in stretch] for stretch in found.context],
        "turns_kept": found.turns_kept,
        "links": [_link(one) for one in found.links],
        "suggestions": [asdict(one) for one in found.suggestions],
        "reviews": [asdict(one) for one in found.reviews],
        "merged": list(found.merged),
    }


def _link(one: Related) -> dict[str, Any]:
    return {
        **one.link.model_dump(mode="json"),
        "forward": one.forward,
        "other": {"id": one.other.id, "type": one.other.type, "text": one.other.text, "state": one.other.state},
    }


def as_markdown(found: Iterable[Dossier], today: dt.date) -> str:
    """Every record for people, its quotes bold within what was said around them."""
    return "\n".join(line for one in found for line in _record(one, today))


def _record(found: Dossier, today: dt.date) -> list[str]:
    record = found.record
    lines = [f"# {markdown(claim(record))}", "", ", ".join(facts(found.entry, today)), ""]
    for stretch in found.context:
        lines += [*(f"> {_turn(turn)}\n>" for turn in stretch), ""]
    for quote in found.lost:
        lines += quoted(quote, record.people, lost=True)
    for suggestion in found.suggestions:
        lines += [f"Suggested revision `{suggestion.id}` of {moment_words(suggestion.created_at)}:", ""]
        for change in suggestion.changes:
            now, then = markdown(change.now or "nothing"), markdown(change.suggested or "nothing")
            lines.append(f"- {change.name.replace('_', ' ')}: {now} → {then}")
        lines.append("")
    for one in found.links:
        words = link_words(one.link.kind, forward=one.forward)
        standing = f"`{one.other.id}`, {one.other.state}; link `{one.link.id}`, {link_standing(one.link)}"
        lines.append(f"- {words}: {markdown(claim(one.other))} ({standing})")
    return [*lines, ""] if found.links else lines


def _turn(turn: TurnInContext) -> str:
    said, begin = "", 0
    for start, end in turn.spans:
        said += f"{_kept(turn.text[begin:start])}**{markdown(turn.text[start:end])}**"
        begin = end
    said += _kept(turn.text[begin:])
    when = f" ({turn.when})" if turn.when else ""
    return f"*{markdown(turn.speaker or 'unknown')}*{when}: {said.strip()}"


def _kept(text: str) -> str:
    """Text as Markdown that keeps a blank at either end."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{markdown(text)}{after}"
