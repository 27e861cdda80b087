"""Words that must do no harm wherever they are shown: a stored corpus, by kind, and a seeded sample of it.

All of them are invented. Those that are scripts to somebody set ``window.__pwned`` when they run, and those that lead
elsewhere lead to ``evil.example``: so whoever opens them sees at once whether one did.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kept import action, decision, found, keep, question, quote, talk

from extractor.log.intake import Outcome
from extractor.log.store import Log
from extractor.records import Agreement, Alternative, Due, Information

STRINGS: Final = Path(__file__).with_name("hostile_strings.json")
SOAK: Final = bool(os.environ.get("DECISIONS_SOAK"))
_OBEYED: Final = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Hostile:
    """One string of the corpus; ``name`` is its kind and its number among those of that kind."""

    kind: str
    name: str
    text: str

    @property
    def words(self) -> str:
        """The string without what no source, form or call can hand over: halves of surrogate pairs, and NUL."""
        return self.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")

    @property
    def line(self) -> str:
        """``words`` on one line, no longer than a title, a name or a topic is in any export."""
        return " ".join(self.words.split())[:400] or "\u2400"


@cache
def corpus() -> tuple[Hostile, ...]:
    """All strings: as they are stored, or made by the rule that is stored (a million times the same letter)."""
    kinds = json.loads(STRINGS.read_text(encoding="utf-8"))
    return tuple(
        Hostile(kind, f"{kind}-{number}", one if isinstance(one, str) else one["repeat"] * one["times"])
        for kind, strings in kinds.items()
        for number, one in enumerate(strings)
    )


def sample(each: int, seed: int = 0) -> tuple[Hostile, ...]:
    """``each`` strings of every kind, the same for a seed and among those of a larger sample, and the longest of all.

    With SOAK, the whole corpus.
    """
    if SOAK:
        return corpus()
    chosen = {max(corpus(), key=lambda one: len(one.text)).name}
    for kind in dict.fromkeys(one.kind for one in corpus()):
        names = [one.name for one in corpus() if one.kind == kind]
        random.Random(f"{kind} {seed}").shuffle(names)
        chosen.update(names[:each])
    return tuple(one for one in corpus() if one.name in chosen)


def obeyed(text: str) -> Iterator[str]:
    """The characters of a text that a terminal would obey or that would turn its lines around."""
    yield from _OBEYED.findall(text)


def spoil(log: Log, text: str, number: int) -> Outcome:
    """Adds a meeting that has these words for whatever a meeting and its records have words for."""
    said = talk("Ana Li: Hello.", "Ben Oak: x", name=f"m-{number}", title=f"T {text}")
    turn = said.turns[1].model_copy(update={"text": f"So {text} it is.", "topic": f"H {text}"})
    people = tuple(one.model_copy(update={"name": f"{one.name[:3]} {number} {text}"}) for one in said.participants)
    said = said.model_copy(update={"turns": (said.turns[0], turn), "participants": people, "source": f"{text}.vtt"})
    proof, ana, ben = quote(said, 1, turn.text), people[0].id, people[1].id
    due = Due(text=f"by {text}")
    made = decision(
        said,
        f"S {text}",
        proof,
        quote(said, 1, f"{text} it is", "accepted"),
        topic=text,
        category=text,
        rationale=f"R {text}",
        alternatives=(Alternative(option=f"O {text}", why_not=f"W {text}"),),
        conditions=(f"C {text}",),
        information=(Information(what=f"I {text}", state="missing", evidence=(proof,)),),
        agreement=(Agreement(person=ben, stance="objected", evidence=(proof,)),),
        decided_by=(ana,),
        owners=(ana, ben),
        due=due,
        significance="high",
    )
    task = action(said, f"A {text}", quote(said, 1, "So"), owners=(ben,), due=due)
    asked = {"raised_by": (ana,), "blocks": f"B {text}", "missing_information": f"M {text}"}
    open_ = question(said, f"Q {text}", quote(said, 1, "it is."), **asked)
    return keep(log, said, found(said, made, task, open_), f"folder:{text}-{number}.vtt")
