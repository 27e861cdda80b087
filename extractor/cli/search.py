"""``decisions search``: records of the log, or passages of conversations, by meaning and by words."""

from __future__ import annotations

import contextlib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import Quiet, Voice, put, put_painted
from extractor.cli.listing import Kinds, States

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from extractor.index import Passage
    from extractor.settings import Settings


class Where(StrEnum):
    """What is searched."""

    log = "log"
    passages = "passages"


class SearchFormat(StrEnum):
    """How hits are printed."""

    text = "text"
    json = "json"


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A question, or words that were said.")],
    where: Annotated[
        Where | None,
        typer.Option(
            "--in",
            help="Search the records of the log, or passages of conversations. Without: the log, where there is one.",
        ),
    ] = None,
    kinds: Kinds = None,
    states: States = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many hits to print.")] = 5,
    output_format: Annotated[SearchFormat, typer.Option("--format", "-f", help="What to print.")] = SearchFormat.text,
    quiet: Quiet = False,
) -> None:
    """Find records of the log, or what was said in conversations, best first.

    Both are found by meaning and by words. --type and --state are for records. The log can be searched by words where
    there is no index.
    """
    voice = Voice(quiet)
    from extractor.errors import UsageError
    from extractor.settings import load_settings

    settings, question = load_settings(), " ".join(words)
    chosen = where or _default(settings, voice)
    if chosen is Where.log:
        _search_log(settings, question, kinds, states, limit, output_format, voice)
        return
    if kinds or states:
        raise UsageError("--type and --state are for records of the log.", "Leave them out, or search --in log.")
    _search_passages(settings, question, limit, output_format, voice)


def _default(settings: Settings, voice: Voice) -> Where:
    """The log where there is one; what was chosen is said."""
    from extractor.cli.logs import log_if_any

    log = log_if_any(settings)
    if log is None:
        voice.say("Searching passages of conversations, as there is no log yet.")
        return Where.passages
    log.close()
    voice.say("Searching the log; passages of conversations with: --in passages")
    return Where.log


def _search_log(
    settings: Settings,
    question: str,
    kinds: Kinds,
    states: States,
    limit: int,
    output_format: SearchFormat,
    voice: Voice,
) -> None:
    from extractor.cli.listing import kinds_of, states_of
    from extractor.cli.logs import mirror_of, open_log, viewer_of
    from extractor.finding import STANDING, find_records
    from extractor.reports.log.answers import hits_json, show_hits

    with open_log(settings) as log:
        mirror = mirror_of(log, settings, voice)
        wanted, types = states_of(states) or STANDING, kinds_of(kinds) or None
        found = find_records(mirror, question, limit, states=wanted, types=types, viewer=viewer_of(settings))
    if found.problem:
        voice.warn(f"Only words were searched, not meaning. {found.problem}")
    if output_format is SearchFormat.json:
        from extractor.reports.documents import json_text

        put(json_text(hits_json(found), indent=2))
        return
    put_painted(lambda console: show_hits(found, console))


def _search_passages(settings: Settings, question: str, limit: int, output_format: SearchFormat, voice: Voice) -> None:
    from extractor.cli.index import open_index
    from extractor.cli.logs import log_if_any, viewer_of
    from extractor.finding import passages_seen

    log = log_if_any(settings)
    with log or contextlib.nullcontext():
        hits = passages_seen(open_index(voice), question, limit, log, viewer_of(settings))
    if output_format is SearchFormat.json:
        from extractor.reports.documents import json_text

        put(json_text([hit.model_dump(mode="json") for hit in hits], indent=2))
        return
    put_painted(lambda console: _show(hits, console))


def _show(hits: Sequence[Passage], console: Console) -> None:
    for hit in _shown(hits):
        console.print(hit)


def _shown(hits: Sequence[Passage]) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from extractor.reports.text import clock, plain

    if not hits:
        return [Text("Nothing in the index comes near that.", "dim")]
    shown: list[RenderableType] = []
    for number, hit in enumerate(hits, 1):
        when = clock(hit.time) or f"turn {hit.from_turn}"
        head = Text.assemble((f"{number}. ", "dim"), (plain(hit.title), "bold"), f"  {when}  ")
        head.append(plain(", ".join(hit.speakers) or "unknown speaker"), "cyan")
        head.append(f"  {hit.score:.2f}", "dim")
        said = Text("\n".join(plain(line) for line in hit.text.splitlines()))
        shown += [head, Padding(said, (0, 0, 0, 3)), Text(f"   {plain(hit.source)}\n", "dim")]
    return shown
