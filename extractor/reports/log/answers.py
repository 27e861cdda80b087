"""What a search of the log found, and what a question was answered, on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from extractor.answering import NOT_SAID, standing
from extractor.reports.log.entries import record_data
from extractor.reports.log.lists import SCHEMA_VERSION
from extractor.reports.log.words import STATE_STYLE, TYPE_WORDS, claim, place_words, short_ids
from extractor.reports.terminal import STATUS_STYLE
from extractor.reports.text import plain

if TYPE_CHECKING:
    from extractor.answering import Answer, Cited
    from extractor.finding import Found, Hit

SHOWN_PASSAGE: Final = 400
SHOWN_RECORDS: Final = 5
"""Records shown where nobody wrote an answer; there may be as many passages as there are."""


def show_hits(found: Found, console: Console) -> None:
    """Prints the records that were found, best first."""
    if not found.hits:
        console.print(Text("Nothing in the log comes near that.", style="dim"))
        return
    ids = short_ids(hit.record.id for hit in found.hits)
    for number, hit in enumerate(found.hits, 1):
        console.print(_hit(number, hit, ids))


def _hit(number: int, hit: Hit, ids: Mapping[str, str]) -> RenderableType:
    record = hit.record
    head = Text.assemble((f"{number}. ", "dim"), (claim(record), "bold"))
    facts = Text.assemble((ids[record.id], "cyan"), (f"  {TYPE_WORDS[record.type]}  ", "dim"))
    if record.status:
        facts.append(f"{record.status}  ", style=STATUS_STYLE[record.status])
    facts.append(record.state, style=STATE_STYLE[record.state])
    facts.append(f"  {place_words(record)}", style="dim")
    return Group(head, Padding(facts, (0, 0, 1, 3)))


def hits_json(found: Found) -> dict[str, Any]:
    """The records that were found as JSON for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "hits": [
            {
                "score": round(hit.score, 6),
                "words": hit.words,
                "similarity": round(hit.similarity, 4) if hit.similarity is not None else None,
                **record_data(hit.record),
            }
            for hit in found.hits
        ],
        "problem": found.problem,
    }


def show_answer(answer: Answer, console: Console) -> None:
    """Prints an answer, then what it rests on; without a model, what the log has on the question."""
    numbers = _numbers(answer)
    if not answer.said:
        console.print(Text(NOT_SAID, style="bold"))
        return
    if answer.sentences:
        text = Text()
        for sentence in answer.sentences:
            marks = "".join(f"[{numbers[one]}]" for one in sentence.cites)
            text.append(f"{plain(sentence.text)} ").append(f"{marks} ", style="cyan")
        console.print(Padding(text, (0, 0, 1, 0)))
    by_id = {one.id: one for one in answer.passages}
    ids = short_ids(one.id for one in answer.passages if one.kind == "record")
    for name, number in numbers.items():
        console.print(_source(number, by_id[name], ids, numbers))


def _numbers(answer: Answer) -> dict[str, int]:
    """The numbers under which sources are shown: those that are cited, or all where nobody wrote an answer."""
    if answer.written_by is not None:
        names = [one for sentence in answer.sentences for one in sentence.cites]
    else:
        records = [one.id for one in answer.passages if one.kind == "record"]
        names = [*records[:SHOWN_RECORDS], *(one.id for one in answer.passages if one.kind == "passage")]
    return {name: number for number, name in enumerate(dict.fromkeys(names), 1)}


def _source(number: int, one: Cited, ids: Mapping[str, str], numbers: Mapping[str, int]) -> RenderableType:
    where = " · ".join(part for part in (one.said_on.isoformat() if one.said_on else "", plain(one.title)) if part)
    if one.kind == "passage":
        head = Text.assemble((f"[{number}] ", "cyan"), ("said in the conversation  ", "dim"), (where, "dim"))
        text = plain(one.text)
        shown = text if len(text) <= SHOWN_PASSAGE else text[:SHOWN_PASSAGE].rsplit(None, 1)[0] + " …"
        return Group(head, Padding(Text(shown), (0, 0, 1, 4)))
    head = Text.assemble((f"[{number}] ", "cyan"), (plain(one.text), "bold"))
    facts = Text.assemble((ids[one.id], "cyan"), (f"  {where}  ", "dim"))
    facts.append(standing(replace(one, state="approved"), numbers))
    facts.append(f"  {one.state}", style=STATE_STYLE.get(one.state or "", ""))
    parts: list[RenderableType] = [facts]
    people = [("decided by ", one.decided_by), ("owner ", one.owners)]
    told = ", ".join(label + plain(", ".join(names)) for label, names in people if names)
    if told or one.due:
        parts.append(Text(", ".join(part for part in (told, f"due {one.due}" if one.due else "") if part), style="dim"))
    for quote in one.quotes[:1]:
        line = Text(f"“{plain(quote.text)}”", style="italic")
        parts.append(line.append(f" — {plain(quote.speaker or 'unknown speaker')}", style="not italic dim"))
    return Group(head, Padding(Group(*parts), (0, 0, 1, 4)))


def answer_json(answer: Answer, problems: Sequence[str]) -> dict[str, Any]:
    """An answer as JSON for programs."""
    return {
        "schema_version": SCHEMA_VERSION,
        "question": answer.question,
        "said": answer.said,
        "written_by": answer.written_by,
        "sentences": [asdict(one) for one in answer.sentences],
        "sources": [_source_data(one) for one in answer.passages],
        "unproven": list(answer.unproven),
        "left_out": list(answer.left_out),
        "problems": list(problems),
        "usage": answer.usage.model_dump(mode="json"),
    }


def _source_data(one: Cited) -> dict[str, Any]:
    data = asdict(one)
    return {**data, **{name: day.isoformat() for name in ("said_on", "due") if (day := data[name]) is not None}}
