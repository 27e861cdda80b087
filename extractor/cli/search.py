"""``decisions search``: passages by meaning and by words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import Voice, put, put_painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from extractor.index import Passage


class Where(StrEnum):
    """What is searched."""

    passages = "passages"


class SearchFormat(StrEnum):
    """How hits are printed."""

    text = "text"
    json = "json"


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A question, or words that were said.")],
    where: Annotated[Where, typer.Option("--in", help="What to search.")] = Where.passages,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many hits to print.")] = 5,
    output_format: Annotated[SearchFormat, typer.Option("--format", "-f", help="What to print.")] = SearchFormat.text,
) -> None:
    """Find what was said: source, speaker, time and score of each passage, best first."""
    del where
    from extractor.cli.index import open_index

    hits = open_index(Voice()).search(" ".join(words), limit=limit)
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
