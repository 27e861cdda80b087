"""What the converters of minutes share: sections of turns, lists in Markdown, people at the start of a task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.scoring.corpora.material import Converted, Skipped
from extractor.scoring.labelled import Labelled

NOTHING_SAID = "nobody says anything in it"
NO_LABEL = "nothing is labelled in it"
OPENING = "(opening)"

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.*)$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass
class Section:
    """One topic of a meeting on its way: what was said, and what was minuted of it."""

    title: str
    number: int
    turns: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)

    def say(self, speaker: str | None, text: str) -> None:
        """One more turn; words of nobody go on with what was said before."""
        if text.strip():
            self.turns.append({"speaker": speaker, "text": text.strip()})

    def go_on(self, text: str) -> None:
        """A further line of the last turn."""
        if self.turns and text.strip():
            self.turns[-1]["text"] += f"\n{text.rstrip()}"
        else:
            self.say(None, text)


@dataclass(frozen=True)
class Meeting:
    """What the topics of one meeting have in common."""

    dataset: str
    stem: str
    day: str
    licence: str
    people: list[str] | dict[str, str]

    def name_of(self, section: Section) -> str:
        """The id of a topic."""
        return f"{self.dataset}/{self.stem}-{section.number:02}"

    def rows(self, sections: list[Section], complete: tuple[str, ...]) -> Converted:
        """The topics as labelled conversations, or why they are none; an opening without a word is nothing."""
        for section in sections:
            if section.turns or section.decisions or section.actions or section.title != OPENING:
                yield self.row(section, complete)

    def row(self, section: Section, complete: tuple[str, ...], **extra: Any) -> Labelled | Skipped:
        """A topic as a labelled conversation, or why it is none."""
        name = self.name_of(section)
        if not section.turns:
            return Skipped(f"{name} {section.title}", NOTHING_SAID)
        if not section.decisions and not section.actions:
            return Skipped(f"{name} {section.title}", NO_LABEL)
        return Labelled.model_validate(
            {
                "id": name,
                "dataset": self.dataset,
                "series": f"{self.dataset}-{self.day[:7]}",
                "licence": self.licence,
                "conversation": {
                    "kind": "meeting",
                    "title": section.title,
                    "started_at": self.day,
                    "people": self.people,
                    "turns": section.turns,
                },
                "gold": {"decisions": section.decisions, "action_items": section.actions, **extra},
                "complete": list(complete),
                "linked": False,
            }
        )


def heading_of(line: str) -> tuple[int, str] | None:
    """The level and the words of a Markdown heading."""
    found = _HEADING.match(line)
    return (len(found[1]), found[2]) if found else None


def fences(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Each line with whether it stands in a fenced block or is its fence.

    Where a file has a fence too many, a block ends at the next heading of the second level at the latest.
    """
    uneven = sum(bool(_FENCE.match(line)) for line in lines) % 2 == 1
    inside = False
    for line in lines:
        if uneven and line.startswith("## "):
            inside = False
        if _FENCE.match(line):
            inside = not inside
            yield True, line
        else:
            yield inside, line


def items_of(lines: Iterable[str]) -> list[str]:
    """The items of a passage: each item of its outermost list with those below it, and each paragraph beside them."""
    found: list[str] = []
    outer: int | None = None
    fresh = True
    for line in lines:
        item = _ITEM.match(line)
        if not line.strip():
            fresh = True
        elif item and (outer is None or len(item[1].expandtabs(4)) <= outer):
            outer = len(item[1].expandtabs(4))
            found.append(item[2].strip())
            fresh = False
        elif item and found:
            found[-1] += f"\n  - {item[2].strip()}"
        elif fresh and not line.startswith((" ", "\t")):
            found.append(line.strip())
            fresh, outer = False, None
        elif found:
            found[-1] += f" {line.strip()}"
        else:
            found.append(line.strip())
    return [each for each in found if each.strip("-–—.* ")]


_NAME = r"(?:[A-Z]{2,5}|[a-z][A-Z]{1,3}|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
_LEADING = re.compile(
    rf"^({_NAME}(?:(?:,| and| &| or|, and|/)\s*{_NAME})*)\s*(?::|\bto\b|\bwill\b)\s*(?=\S)(?!be\b|not\b|become\b)"
)
_NOBODY = frozenset(
    "We It They The This That Someone Somebody Everyone Everybody Please All Each Both Team Committee Champions "
    "Champion Reviewers Reviewer Editors Editor Implementers Chairs Chair Proposal Discussion PR PRs Continue "
    "Consensus Stage".split()
)


def owners_of(task: str) -> list[str]:
    """Whom a task starts with: "AB and Cleo to write it", "AB: write it"; empty where it starts with nobody."""
    found = _LEADING.match(task)
    if not found:
        return []
    names = [name.strip() for name in re.split(r",\s*and\b|,|\band\b|&|\bor\b|/", found[1]) if name.strip()]
    return [] if any(name.split()[0] in _NOBODY for name in names) else names
