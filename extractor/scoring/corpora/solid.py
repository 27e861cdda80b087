"""Minutes of the Solid Community Group: ``meetings/2023-11-01.md``.

## Present
* [Ana Li](https://...)

## Topics
### The topic
URL: https://...

* AL: What was said.
  * ...: and more of it

RESOLUTION: Close it.
ACTION: AL to close it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from extractor.errors import SourceError
from extractor.scoring.corpora.material import Converted, Material, RawFile, Skipped
from extractor.scoring.corpora.minuted import OPENING, Meeting, Section, heading_of, items_of, owners_of

LICENCE = "MIT"

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_TALK = re.compile(r"^\W*(?:topics?|minutes|notes|discussion)\W*$", re.IGNORECASE)
_PRESENT = re.compile(r"^\W*(?:present|attend\w+|participants)\W*$", re.IGNORECASE)
_TASKS = re.compile(r"^\W*(?:action items?|actions)\W*$", re.IGNORECASE)
_MARKED = re.compile(
    r"^[\s*+-]*(?:\*\*)?(ACTIONS?|RESOLUTION|RESOLVED|DECISION|PROPOSAL|PROPOSED)(?: ITEMS?)?"
    r"(?:\*\*)?\s*:(?:\*\*)?\s*(.*)$"
)
_SPEAKER = re.compile(r"^(\s*)(?:[*+-]\s+)?([A-Za-z][\w.'’-]{0,14}(?: [A-Z][\w.'’-]{0,14})?)\s*:(?!//)\s+(.*)$")
_GOES_ON = re.compile(r"^\s*[*+-]\s+(?:\.\.\.|…)\s*:?\s*(.*)$")
_NO_SPEAKER = frozenset("url date call chat status repository note topic agenda scribe name".split())
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)|<[^<>]+>")


def convert(material: Material) -> Converted:
    """Each topic with an action or a resolution; ``complete`` is ["action_items"]."""
    for file in material.files(".md"):
        found = _DAY.match(file.name)
        if not found:
            if "meetings/" in file.path and file.name.lower() != "readme.md":
                yield Skipped(file.path, "its name gives no day")
            continue
        try:
            day = dt.date.fromisoformat(found[1]).isoformat()
            yield from _meeting(file, day)
        except (ValueError, SourceError) as error:
            yield Skipped(file.path, f"it cannot be read: {error}")


def _meeting(file: RawFile, day: str) -> Converted:
    reader = _Reader()
    for line in file.text.split("\n"):
        reader.take(line)
    reader.close()
    meeting = Meeting("solid", f"solid-{file.name.removesuffix('.md')}", day, LICENCE, reader.people)
    yield from meeting.rows(reader.sections, ("action_items",))


@dataclass
class _Reader:
    people: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    _place: str = "before"
    _passage: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        heading = heading_of(line)
        if heading is not None:
            self._head(*heading)
        elif self._place in ("present", "tasks"):
            self._passage.append(line)
        elif self._place == "talk":
            self._said(line)

    def close(self) -> None:
        """End the passage under "Present" or "Action Items"."""
        items = [_LINK.sub(lambda found: found[1] or "", item).strip() for item in items_of(self._passage)]
        if self._place == "present":
            self.people += items
        elif self._place == "tasks" and self.sections:
            self.sections[-1].actions += [{"text": item, "owner": owners_of(item)} for item in map(_unmarked, items)]
        self._passage = []

    def _head(self, level: int, words: str) -> None:
        self.close()
        if _PRESENT.match(words):
            self._place = "present"
        elif _TASKS.match(words):
            self._place = "tasks"
        elif level <= 2:
            self._place = "talk" if _TALK.match(words) else "before"
        elif self._place in ("talk", "tasks"):
            self._place = "talk"
            self.sections.append(Section(_LINK.sub(lambda found: found[1] or "", words), len(self.sections)))

    def _said(self, line: str) -> None:
        if not line.strip():
            return
        if not self.sections:
            self.sections.append(Section(OPENING, 0))
        section = self.sections[-1]
        marked, more, spoken = _MARKED.match(line), _GOES_ON.match(line), _SPEAKER.match(line)
        if marked:
            self._minuted(section, marked[1], marked[2].strip())
        elif more and section.turns:
            section.go_on(f"* ...: {more[1]}" if more[1] else "")
        elif spoken and spoken[2].lower() not in _NO_SPEAKER:
            section.say(spoken[2], spoken[3])
        elif section.turns:
            section.go_on(line)

    def _minuted(self, section: Section, mark: str, words: str) -> None:
        if mark.startswith("ACTION") and words:
            section.actions.append({"text": words, "owner": owners_of(words)})
        elif mark in ("RESOLUTION", "RESOLVED", "DECISION") and words:
            section.decisions.append({"text": words})


def _unmarked(item: str) -> str:
    found = _MARKED.match(item)
    return found[2].strip() if found and found[2].strip() else item
