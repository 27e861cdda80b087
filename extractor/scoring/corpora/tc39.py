"""Notes of TC39's meetings: ``meetings/2021-01/jan-25.md``.

## The topic
Presenter: Ana Li (AL)
- [slides](...)

AL: What was said, in paragraphs
without a label where it goes on.

### Conclusion/Resolution
- Stage 2
- AL and BM to follow up
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from extractor.errors import SourceError
from extractor.scoring.corpora.material import Converted, Material, RawFile, Skipped
from extractor.scoring.corpora.minuted import Meeting, Section, fences, heading_of, items_of, owners_of

LICENCE = "none stated (public record of Ecma TC39)"

_FOLDER = re.compile(r"(?:^|/)(\d{4})-(\d{2})/(?:[a-z]+-)?(?:(\d{4})-(\d{2})-)?(\d{1,2})\.md$")
_CONCLUSION = re.compile(r"^\W*(?:concl\w*|resolution|outcome)\b", re.IGNORECASE)
_RECAP = re.compile(r"^\W*(?:speaker'?s? )?(?:summary|key points|key takeaways)\b", re.IGNORECASE)
_NO_TOPIC = re.compile(r"^\W*(?:agenda|attend\w+|present|remote attendees|delegates)\W*$", re.IGNORECASE)
_SPEAKER = re.compile(
    r"^(?:\*\*)?([A-Z][A-Z0-9]{1,4}(?:\s*[/,&]\s*[A-Z][A-Z0-9]{1,4})*|\?|[A-Z][a-z]+)(?:\*\*)?\s*:(?:\*\*)?\s*(.*)$"
)
_NO_SPEAKER = frozenset(
    "Presenter Presenters Slides Slide Proposal Spec Notes Note Links Link Repo Issue Issues PR URL TODO FYI NB RE "
    "Conclusion Resolution Summary Reviewers Champion Champions Agenda Topic Update Example".split()
)
_ASIDE = re.compile(r"^[*_]?[(\[].*[)\]][*_]?$|^([*_]).*\1$")
_ABBREVIATED = re.compile(r"([^\W\d_][\w.'’ -]{2,40}?)\s*\(([A-Z][A-Z0-9]{1,4})\)")
_ROW = re.compile(r"^\|\s*([^|]+?)\s*\|\s*([A-Z][A-Z0-9]{1,4})\s*\|")
_TASK = re.compile(
    r"^(?:stage \d )?reviewers?\b|^(?:named )?reviewers\b|\bwill be (?:the )?reviewers?\b", re.IGNORECASE
)


def convert(material: Material) -> Converted:
    """Each topic with a conclusion; ``complete`` is ["decisions"]."""
    for file in material.files(".md"):
        found = _FOLDER.search(file.path)
        if not found:
            if "/meetings/" in f"/{file.path}" and not file.path.lower().endswith(("toc.md", "readme.md", "index.md")):
                yield Skipped(file.path, "its name gives no day")
            continue
        try:
            day = dt.date(int(found[1]), int(found[2]), int(found[5])).isoformat()
            yield from _meeting(file, day)
        except (ValueError, SourceError) as error:
            yield Skipped(file.path, f"it cannot be read: {error}")


def _meeting(file: RawFile, day: str) -> Converted:
    lines = file.text.split("\n")
    meeting = Meeting("tc39", f"tc39-{day}", day, LICENCE, _people(lines))
    reader = _Reader(_level_of_topics(lines), meeting.people if isinstance(meeting.people, dict) else {})
    for fenced, line in fences(lines):
        reader.take(line, fenced)
    reader.close()
    for section in reader.sections:
        yield meeting.row(section, ("decisions",), conclusion=reader.conclusions[section.number])


def _people(lines: list[str]) -> dict[str, str]:
    """The attendees by their abbreviations, from the table or the list at the top."""
    found: dict[str, str] = {}
    for line in lines:
        if line.startswith("## ") and found:
            break
        row = _ROW.match(line)
        pairs = [(row[1], row[2])] if row else _ABBREVIATED.findall(line) if line.count("(") > 2 else []
        found.update({short: name.strip(" ,") for name, short in pairs})
    return found


def _level_of_topics(lines: list[str]) -> int:
    levels = [found[0] for line in lines if (found := heading_of(line)) and not _CONCLUSION.match(found[1])]
    return 2 if levels.count(2) > 1 or 3 not in levels else 3


@dataclass
class _Reader:
    level: int
    people: dict[str, str]
    sections: list[Section] = field(default_factory=list)
    conclusions: dict[int, list[str]] = field(default_factory=dict)
    _passage: list[str] = field(default_factory=list)
    _place: str = "before"
    _blank: bool = True

    def take(self, line: str, fenced: bool) -> None:
        heading = None if fenced else heading_of(line)
        if heading is not None:
            self._head(*heading)
        elif self.sections:
            speaker = None if fenced else self._speaker(line)
            if speaker is not None:
                self._place = "talk"
                self.sections[-1].say(*speaker)
            elif self._place == "conclusion":
                self._passage.append(line)
            elif self._place == "talk" and line.strip() and not re.fullmatch(r"\s*-{3,}\s*", line):
                self._unlabelled(line)
            self._blank = not line.strip()

    def close(self) -> None:
        """End the passage under a conclusion: its items become labels."""
        if not self.sections:
            return
        section = self.sections[-1]
        for item in items_of(self._passage):
            self.conclusions[section.number].append(item)
            task = bool(_TASK.match(item)) or (bool(owners_of(item)) and not re.match(r"[A-Z]+ ?\d", item))
            if task:
                section.actions.append({"text": item, "owner": owners_of(item) or _names_in(item)})
            else:
                section.decisions.append({"text": item})
        self._passage = []

    def _head(self, level: int, words: str) -> None:
        self.close()
        if _CONCLUSION.match(words):
            self._place = "conclusion"
        elif _RECAP.match(words):
            self._place = "recap"
        elif level <= self.level and not (level == 1 and not self.sections) and not _NO_TOPIC.match(words):
            self._place = "before"
            self.sections.append(Section(words, len(self.sections)))
            self.conclusions[self.sections[-1].number] = []
        elif level > self.level:
            self._place = "talk" if self.sections and self.sections[-1].turns else "before"
        else:
            self._place = "before"

    def _speaker(self, line: str) -> tuple[str, str] | None:
        found = _SPEAKER.match(line)
        if not found or found[1] in _NO_SPEAKER:
            return None
        name = found[1]
        known = name.isupper() or name == "?" or any(each.split()[0] == name for each in self.people.values())
        if self._place == "conclusion" and (not found[2] or (self._passage and not self._blank)):
            return None
        return (name, found[2]) if known or self._place == "talk" else None

    def _unlabelled(self, line: str) -> None:
        if _ASIDE.match(line.strip()):
            self.sections[-1].say(None, line)
        else:
            self.sections[-1].go_on(line)


def _names_in(item: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\b[A-Z]{2,4}\b", item.partition(":")[2])))
