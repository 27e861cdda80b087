"""A toy dataset about a ferry, and a language model on loopback that finds what its labels say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines.loopback import Reply, Request, answer, failure
from typer.testing import CliRunner

from extractor.cli.main import app
from extractor.errors import DecisionsError

KEY = "sk-test-1234567890abcdef"
_UNSAID: dict[str, Any] = {
    "flags": [], "topic": "ferry", "category": None, "significance": "low", "decided_by": [], "owners": [],
    "rationale": None, "alternatives": [], "conditions": [], "agreement": [], "due": None,
}  # fmt: skip


def ferry(number: int, **more: Any) -> dict[str, Any]:
    """A labelled conversation on route ``number``, with a decision, an action item and no open question."""
    turns = [
        {"speaker": "Ines", "text": f"Shall bicycles go free on route {number}?"},
        {"speaker": "Otto", "text": f"Agreed, we will go with free bicycles on route {number}."},
        {"speaker": "Ines", "text": "I'll write the notice by Friday, and please bring paint."},
        {"speaker": "Otto", "text": "The second crew is a matter for another evening, I would say."},
    ]
    gold = {
        "decisions": [_gold("Bicycles go free.", 1, "free bicycles", status="decided", owner=["Otto"])],
        "action_items": [_gold("Ines writes the notice.", 2, "I'll write the notice", owner=["Ines"])],
        "open_questions": [],
    }
    talk = {"kind": "meeting", "title": f"Ferry, route {number}", "turns": turns}
    name = f"ferry-{number}"
    split = "dev" if number % 2 else "train"
    labels: dict[str, Any] = {"gold": gold, "complete": list(gold)}
    return {"id": name, "dataset": "toy", "split": split, "series": name, "conversation": talk, **labels} | more


def _gold(text: str, turn: int, quote: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "evidence": [{"turn": turn, "quote": quote}], **more}


def written(folder: Path, rows: Iterable[dict[str, Any]], name: str = "toy.jsonl") -> Path:
    """The rows as a dataset in ``folder``."""
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def finds(request: Request) -> Reply:
    """What a good model answers: the decision of the conversation that is asked about."""
    return answer(decisions=[decision(route_of(request))])


def decision(route: int) -> dict[str, Any]:
    """A decision as the model states it."""
    quote = {"role": "accepted", "turn": 1, "quote": f"we will go with free bicycles on route {route}"}
    claim = {"evidence": [quote], "statement": f"Bicycles go free on route {route}.", "status": "decided"}
    return claim | _UNSAID


def route_of(request: Request) -> int:
    """Which conversation a request is about."""
    found = re.search(r"bicycles on route (\d+)", request.user)
    assert found is not None
    return int(found[1])


@dataclass
class Failing:
    """A model that answers with ``status`` for the routes in ``routes``, and else finds what is there."""

    routes: set[int] = field(default_factory=set)
    status: int = 500

    def __call__(self, request: Request) -> Reply:
        return failure(self.status) if route_of(request) in self.routes else finds(request)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def within(*args: object, stdin: str | None = None, columns: int = 160) -> Ended:
    """The command line run in this process, as ``cli.main.main`` runs it; a fault of ours is raised."""
    done = CliRunner().invoke(app, [*map(str, args)], input=stdin, env={"COLUMNS": str(columns)})
    if isinstance(done.exception, DecisionsError):
        return Ended(done.exception.exit_code, done.stdout, f"{done.stderr}Error: {done.exception}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ended(done.exit_code, done.stdout, done.stderr)


def lines_of(folder: Path) -> list[dict[str, Any]]:
    """The stored results, without the seconds that each took."""
    found = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    for one in found:
        del one["usage"]["seconds"]
    return found
