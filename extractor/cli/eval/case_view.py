"""A case on the terminal, on standard error: the claim, its words in context, and the nearest label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from extractor.reports.text import plain

if TYPE_CHECKING:
    from extractor.scoring.adjudication import Case, Line

HELP = "r right   l an unmatched label   d duplicate   w wrong   u unclear   s skip   b back   q stop"


def show_case(case: Case, number: int, total: int) -> None:
    """Prints one case and the keys."""
    console = Console(stderr=True, highlight=False)
    console.rule(Text(f"{number} of {total}: {plain(case.title or case.conversation)}"), align="left")
    stated = f", confidence {case.confidence:.2f}" if case.confidence is not None else ""
    status = f", {case.status}" if case.status else ""
    head = Text(f"{case.type.replace('_', ' ')}{status}{stated}\n", style="dim")
    console.print(Panel(head + Text(plain(case.claim), style="bold"), expand=False))
    for line in case.context:
        console.print(_line(line))
    if case.nearest is None:
        console.print(Text("\nNo label of this type in the conversation.", style="dim"))
    else:
        taken = ", matched to another prediction" if case.nearest.taken else ""
        console.print(Text(f"\nNearest label ({case.nearest.probability:.2f}{taken}):", style="dim"))
        console.print(Text(plain(case.nearest.text)))
    console.print(Text(f"\n{HELP}", style="dim"))


def _line(line: Line) -> Text:
    text = Text(f"[{line.turn}] {plain(line.speaker or 'unknown speaker')}: ", style="cyan")
    if line.start is None or line.end is None:
        return text + Text(plain(line.text), style="not bold")
    before, quote, after = line.text[: line.start], line.text[line.start : line.end], line.text[line.end :]
    return text + Text(_part(before)) + Text(_part(quote), style="bold black on yellow") + Text(_part(after))


def _part(text: str) -> str:
    """Part of a line made safe, with the space that parts it from the next."""
    return plain(f"|{text}|")[1:-1]
