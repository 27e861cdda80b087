"""Minutes of W3C working groups: scribejs's Markdown (``_minutes/2020-05-12-did.md``) and scribe2's pages.

### 1. The topic
{: #section1}

**Ana Li:** what was said
… and more of it

> *Ben Moss:* what was typed

> **Proposed resolution: Adopt it.** *(Ana Li)*
{: .proposed_resolution}

> *Ben Moss:* +1

> ***Resolution #1: Adopt it.***
{: #resolution1 .resolution}

> ***Action #1: publish it (Ben Moss)***
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field

from extractor.errors import SourceError
from extractor.scoring.corpora.material import Converted, Material, RawFile, Skipped
from extractor.scoring.corpora.minuted import OPENING, Meeting, Section, heading_of, owners_of
from extractor.sources.texts import minutes_html

LICENCE = "W3C Software and Document License"

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
_SPOKEN = re.compile(r"^\*{2,3}([^*:]{1,60}):\*\*\s*(.*)$")
_TYPED = re.compile(r"^>\s*\*([^*:]{1,60}):\*\s*(.*)$")
_MORE = re.compile(r"^(?:…|\.\.\.)\s*(.*)$")
_MARKED = re.compile(
    r"^>?\s*\*{0,3}(Proposed resolution|PROPOSAL|PROPOSED|Resolution|RESOLVED|Action|Summary)(?: ?#?\d+)?\s*:\s*"
    r"(.*?)\s*\*{0,3}\s*(?:\*\(([^()]*)\)\*)?\s*$",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"^(?:\{:.*\}|<!--.*-->)\s*$")
_PRESENT = re.compile(r"^\*\*(?:Present|Guests|Chair):\*\*\s*(.*)$")
_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+")
_LISTED = re.compile(r"^(?:resolutions?|action items?|actions)$", re.IGNORECASE)
_OWNED = re.compile(r"^(.*?)\s*\(([^()]{2,80})\)\s*$")
_VOTE = re.compile(r"^([+-][01]|0)(?![\w.])")
VOTES = ("+1", "+0", "-0", "-1")


def convert(material: Material) -> Converted:
    """Each section with a resolution or an action; ``complete`` is ["decisions"]."""
    for file in material.files(".md", ".html", ".htm"):
        folder = f"/{file.path}"
        if not ("/_minutes/" in folder or "/minutes/" in folder.lower() or "/" not in file.path):
            continue
        found = _DAY.search(file.name)
        if not found:
            if file.name not in ("index.md", "index.html", "resolutions.md", "README.md"):
                yield Skipped(file.path, "its name gives no day")
            continue
        try:
            day = dt.date.fromisoformat(found[1]).isoformat()
            yield from _page(file, day) if file.name.lower().endswith(("html", "htm")) else _markdown(file, day)
        except (ValueError, SourceError) as error:
            yield Skipped(file.path, f"it cannot be read: {error}")


def _meeting(file: RawFile, day: str, people: list[str]) -> Meeting:
    return Meeting("w3c", f"w3c-{file.name.rpartition('.')[0]}", day, LICENCE, people)


def _markdown(file: RawFile, day: str) -> Converted:
    reader = _Reader()
    for line in file.text.split("\n"):
        reader.take(line)
    meeting = _meeting(file, day, list(dict.fromkeys(reader.people)))
    yield from meeting.rows(reader.sections, ("decisions",))


def _page(file: RawFile, day: str) -> Converted:
    """A page of scribe2, turned into the same sections by the headings that the product's reader gives as topics."""
    blob = file.blob
    if not minutes_html.fits(blob):
        yield Skipped(file.path, "it is no page of scribe2")
        return
    sections: list[Section] = []
    meetings = minutes_html.read(blob).conversations
    voters = _Voters()
    for turn in (turn for meeting in meetings for turn in meeting.turns):
        title = turn.topic or OPENING
        if not sections or sections[-1].title != title:
            sections.append(Section(title, len(sections)))
            voters = _Voters()
        marked = _MARKED.match(turn.text.replace("\n", " "))
        if marked:
            _minuted(sections[-1], voters, marked[1], marked[2], marked[3])
        else:
            voters.hear(turn.speaker, turn.text)
            sections[-1].say(turn.speaker, turn.text)
    people = [person.name for meeting in meetings for person in meeting.participants]
    yield from _meeting(file, day, people).rows(sections, ("decisions",))


class _Voters:
    """Who voted how on each proposal of a section; the last vote of a person counts."""

    def __init__(self) -> None:
        self._on: list[tuple[str, dict[str, str]]] = []

    def propose(self, words: str) -> None:
        self._on.append((words, {}))

    def hear(self, speaker: str | None, text: str) -> None:
        """A turn: a vote where it starts with one."""
        vote = _VOTE.match(text.strip())
        if vote and speaker and self._on:
            self._on[-1][1][speaker] = "+0" if vote[1] == "0" else vote[1]

    def counted(self, resolution: str) -> dict[str, int]:
        """The votes on the last proposal with the words of the resolution, or where none has them on the last one."""
        same = [votes for words, votes in self._on if _folded(words) == _folded(resolution)]
        votes = same[-1] if same else self._on[-1][1] if self._on else {}
        counts = Counter(votes.values())
        return {vote: counts[vote] for vote in VOTES if counts[vote]}


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().lower()


def _minuted(section: Section, voters: _Voters, mark: str, words: str, by: str | None) -> None:
    kind, words = mark.lower(), words.strip().strip("*").strip()
    if kind.startswith("propos"):
        voters.propose(words)
    elif kind == "summary":
        section.say(by, words)
    elif kind == "action":
        owned = _OWNED.match(words)
        owner = [name.strip() for name in owned[2].split(",")] if owned else owners_of(words)
        section.actions.append({"text": owned[1] if owned else words, "owner": owner})
    elif words:
        section.decisions.append({"text": words, "votes": voters.counted(words)})


@dataclass
class _Reader:
    people: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    _open: bool = False
    _rules: int = 0
    _ended: bool = False
    _voters: _Voters = field(default_factory=_Voters)

    def take(self, line: str) -> None:
        present = _PRESENT.match(line)
        heading = heading_of(line)
        if present and not self._open:
            self.people += [name.strip() for name in present[1].split(",") if name.strip()]
        elif line.startswith("{:toc}"):
            self._open = True
            self._start(OPENING)
        elif self._open and heading is not None:
            self._head(*heading)
        elif self._open and not self._ended and not _ATTRIBUTES.match(line):
            self._said(line.rstrip())

    def _head(self, level: int, words: str) -> None:
        title = _NUMBER.sub("", words).strip()
        if _LISTED.match(title):
            self._ended = True
        elif not self._ended and level >= 3:
            self._start(title)

    def _start(self, title: str) -> None:
        self.sections.append(Section(title, len(self.sections)))
        self._voters = _Voters()

    def _said(self, line: str) -> None:
        section = self.sections[-1]
        marked, spoken, typed, more = (each.match(line) for each in (_MARKED, _SPOKEN, _TYPED, _MORE))
        if marked and not spoken and not typed:
            _minuted(section, self._voters, marked[1], marked[2], marked[3])
        elif spoken or typed:
            said = spoken or typed
            assert said is not None
            self._voters.hear(said[1].strip(), said[2])
            section.say(said[1].strip(), said[2])
        elif more and section.turns:
            section.go_on(more[1])
        elif line.strip() and not re.fullmatch(r"[-*_ ]{3,}", line) and section.turns:
            section.go_on(line.lstrip("> "))
