"""Minutes in Markdown: headings are topics, and each point, paragraph or remark is a turn.

    # Meeting of the garden group, 4 March 2026
    **Attendees:** Ana Li (AL), Ben Okoro (BO)

    ## The train
    AL: Shall we take the train?
    ... it is cheaper
    - **Ben:** yes
    - nobody has looked at the prices
    RESOLUTION: we take the train

What names nobody is in nobody's words, and has no speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractor.conversation import TurnKind
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Ledger, Line, Piece, lines_of
from extractor.sources.people import People
from extractor.sources.reasons import ATTENDEES, COPY, HEADER, HEADING, LABEL, MARKUP
from extractor.sources.texts import minutes_w3c
from extractor.sources.texts.labels import is_stop_label, names_nobody, reads_like_a_name
from extractor.sources.texts.linelabels import LineLabel, find_label
from extractor.sources.texts.minutes_parts import CONTINUED, SAVE_AGAIN, days_in, is_keyword, is_outcome, plain
from extractor.sources.texts.minutes_sections import MARK, Divider, Part, attends, field_of, informs, is_agenda
from extractor.sources.texts.notes import Heading, heading_of, is_transcript_heading
from extractor.sources.transcripts import Draft, name_places, transcript

_LINES_TO_LOOK_AT = 500
_MINUTES = re.compile(
    r"\b(?:minutes|meeting|call|calls|telecon|teleconference|sync|standup|stand-up|retro|plenary|f2f|working session"
    r"|protokoll|sitzung|besprechung|réunion|reunión)\b",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:.{0,80}\b)?(?:meeting |call |irc )?(?:minutes|meeting notes|protokoll)\b", re.IGNORECASE)
_OUTCOMES = re.compile(
    r"(?:new |key |summary of )?(?:action items?|actions|decisions?|decisions made|resolutions?|next steps|todos?"
    r"|to-dos?|follow[- ]ups?|conclusions?|conclusion/resolution|beschlüsse|aufgaben)$",
    re.IGNORECASE,
)
_OUTCOME_LIST = re.compile(r"(?:list|summary) of (?:new |all )?(?:action|resolution|decision)", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{2,4}$")
_TIMED = 3
_ENOUGH = 3
_DAYS_APART = 8
_DENSE = 0.3
_VERY_DENSE = 0.5
_TWICE = 2
_LINK_LINE = re.compile(r"-{1,2}>[ \t]")
_QUOTED = ("[[", "]]")
_SEVERAL = re.compile(r"\s*(?:/|&|\+|,|\band\b)\s*")
_CAPITAL = re.compile(r"[^\Wa-zß-öø-ÿ\d_]")
_BULLET = re.compile(r"[ \t]*+(?:>[ \t]?)*+[ \t]*+(?:[-*+•]|\d{1,3}[.)])[ \t]")
_REASONS: dict[Part, str] = {"attendees": ATTENDEES, "header": HEADER, "agenda": HEADER, "markup": MARKUP}


def fits(blob: Blob) -> float:
    """How many signs of a meeting there are: attendees, a day, the title of a meeting, an agenda, outcomes, minutes.

    0 with fewer than three, and for what is a transcript: a heading that says so, or labels with times.
    """
    lines = [line for line in blob.head.split("\n", _LINES_TO_LOOK_AT)[:_LINES_TO_LOOK_AT] if line.strip()]
    if not lines or blob.head.lstrip("\ufeff \r\n")[:1] in ("<", "{") or minutes_w3c.fits(blob):
        return 0.0
    signs: Counter[str] = Counter()
    structured = 0
    timed = 0
    for line in lines:
        text = line.rstrip("\r")
        heading = heading_of(text)
        structured += heading is not None or bool(_BULLET.match(text[:40]))
        if heading is not None and is_transcript_heading(heading.words):
            return 0.0
        label = find_label(text)
        timed += label is not None and label.time is not None
        _count_signs(text, heading, signs)
    if timed >= _TIMED or not structured or not any(signs[sign] for sign in ("attendees", "minutes")):
        return 0.0
    if len(signs) < _ENOUGH:
        return 0.0
    return 0.6 if signs["attendees"] and (signs["minutes"] or signs["outcomes"]) else 0.55


def _count_signs(text: str, title: Heading | None, signs: Counter[str]) -> None:
    heading, level = (plain(title.words).rstrip(": "), title.level) if title else (None, 0)
    key = field_of(text[:300])
    words = (
        heading if heading is not None else key[0] if key else plain(text[:80]).rstrip(":") if len(text) < 60 else ""
    )
    signs.update(("attendees",) if attends(words) else ())
    signs.update(("agenda",) if is_agenda(words) else ())
    signs.update(("outcomes",) if is_outcome(text[:80]) or (heading and _OUTCOMES.match(words)) else ())
    if heading is not None:
        signs.update(("minutes",) if _NOTES.match(words) else ())
        signs.update(("title",) if _MINUTES.search(words) and (level == 1 or days_in(words)) else ())
    if days_in(key[1] if key and informs(key[0]) else words):
        signs.update(("day",))


def read(blob: Blob) -> Reading:
    """One conversation, a turn for each remark, point or paragraph, with the heading it stands under as its topic.

    Attendees, head and agenda are set aside, and of what a summary repeats. An abbreviation that the attendees explain
    stands for the name. Raises SourceError for minutes without a point.
    """
    minutes = _Minutes(blob)
    minutes.walk()
    if not any(draft.parts for draft in minutes.drafts):
        raise SourceError(f"{blob.name} holds minutes without a point.", "Give the minutes of a meeting.")
    return transcript(
        blob,
        FORMAT.name,
        minutes.drafts,
        minutes.people,
        minutes.ledger,
        minutes.warnings(),
        title=minutes.sections.title,
        started_at=minutes.day,
        remedy=SAVE_AGAIN,
    )


class _Minutes:
    def __init__(self, blob: Blob) -> None:
        self.blob = blob
        self.ledger = Ledger(blob.text)
        self.lines = lines_of(blob.text)
        self.people = People()
        self.drafts: list[Draft] = []
        self.sections = Divider(self.lines, blob.hints.day_first).divide()
        abbreviated = bool(self.sections.roster.short)
        candidates = _candidates(self.lines, self.sections.parts)
        self.labels = _labels(candidates, self._is_known, abbreviated=abbreviated)
        self._doubtful = candidates.labels.keys() - self.labels.keys()
        self.several: list[str] = []
        self.day, self._days_apart = _day([self.sections.title_day] if self.sections.title_day else self.sections.days)
        self._topic: str | None = None
        self._open = False
        self._point = False
        self._spoken: tuple[str | None, TurnKind] | None = None
        self._quoted = False
        self._one_a_line = self._marks_continuations()
        self._said: set[str] = set()

    def _marks_continuations(self) -> bool:
        """Whether the scribe marks what goes on with a speaker, so that a line without a mark is somebody else's."""
        body = (line.text for line, part in zip(self.lines, self.sections.parts, strict=True) if part == "body")
        return sum(1 for text in body if CONTINUED.match(text.lstrip()[:80])) >= _TWICE

    def _is_known(self, name: str) -> bool:
        return self.sections.roster.lists(name) or name.casefold() in self.blob.hints.speakers

    def warnings(self) -> list[str]:
        found = []
        if self._days_apart:
            days = name_places([str(day) for day in self._days_apart])
            found.append(f"The minutes name several days ({days}), so no date was taken.")
        if self.several:
            found.append(f"What several people say at once has no speaker: {name_places(self.several)}.")
        return found

    def walk(self) -> None:
        """Go over the lines: what is said becomes turns, everything else is set aside."""
        before: Part = "blank"
        for index, (line, part) in enumerate(zip(self.lines, self.sections.parts, strict=True)):
            before, above = part, before
            if part == "blank":
                self._open = self._open and self._quoted
            elif part == "heading":
                self._headed(index, line)
            elif part == "copy":
                self._copied(index, line)
            elif part in _REASONS:
                self.ledger.set_aside(line.start, line.end, _REASONS[part])
                self._open = self._open and part == "markup" and (self._quoted or above == "table")
            elif part in ("table", "code"):
                self._open = self._open and (part == "code" or above in ("table", "markup"))
                self._plain(line, 0, "\n")
            else:
                self._body(index, line)

    def _headed(self, index: int, line: Line) -> None:
        self.ledger.set_aside(line.start, line.end, HEADING)
        if index in self.sections.topics:
            self._topic = self.sections.topics[index]
        self._open, self._point, self._spoken, self._quoted = False, False, None, False

    def _copied(self, index: int, line: Line) -> None:
        """A line of a summary: a copy where the minutes have said it, else a point of its own."""
        if _bare(line.text) in self._said:
            self.ledger.set_aside(line.start, line.end, COPY)
            self._open = False
        else:
            self._body(index, line)

    def _body(self, index: int, line: Line) -> None:
        text = line.text
        mark = MARK.match(text)
        begin = mark.end() if mark else 0
        self.ledger.set_aside(line.start, line.start + begin, MARKUP)
        self._said.add(_bare(text))
        bracket = text.strip()[:2]
        if bracket in _QUOTED and len(text.strip()) == 2:
            self._quoted = bracket == "[["
            self.ledger.set_aside(line.start, line.end, MARKUP)
            return
        label = self.labels.get(index)
        if label is not None and label.kind != "nick" and _BULLET.match(text) and self._is_owner():
            label = None
        more = CONTINUED.match(text, begin)
        if label is not None:
            self._labelled(line, label, begin)
        elif more is not None and self._spoken is not None:
            self.ledger.set_aside(line.start + begin, line.start + more.end(), MARKUP)
            self._more(line, more.end())
        elif _BULLET.match(text) or is_outcome(text[:80]) or _LINK_LINE.match(text, begin):
            self._begin(None, "minutes")
            self._point = bool(_BULLET.match(text))
            self._plain(line, begin, " ")
        else:
            if self._one_a_line and self._open and self.drafts[-1].speaker and not self._quoted:
                self._open = False
            if index in self._doubtful:
                self._spoken = None
            goes_on = self._point and self.drafts and text[:1] in " \t"
            self._open = self._open or bool(goes_on)
            self._plain(line, begin, "\n" if self._quoted or goes_on else " ")

    def _is_owner(self) -> bool:
        """Whether a name before a colon is who is to do something, as in a list of actions, and not who speaks."""
        return self._topic is not None and bool(_OUTCOMES.match(self._topic) or _OUTCOME_LIST.match(self._topic))

    def _begin(self, speaker: str | None, kind: TurnKind) -> None:
        self.drafts.append(Draft(speaker, kind=kind, topic=self._topic))
        self._open, self._point = True, False

    def _plain(self, line: Line, begin: int, joiner: str) -> None:
        if not self._open:
            self._begin(None, "minutes")
        piece = Piece(line.text[begin:], line.start + begin).trimmed()
        self.drafts[-1].add(piece, self.ledger, joiner)

    def _more(self, line: Line, begin: int) -> None:
        """Words that go on with the last speaker, as a line of the same turn where nothing stands between."""
        speaker, kind = self._spoken or (None, "minutes")
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.speaker != speaker or last.kind != kind:
            self._begin(speaker, kind)
        self._open = True
        self._plain(line, begin, "\n")

    def _labelled(self, line: Line, label: LineLabel, begin: int) -> None:
        names = [name for name in _SEVERAL.split(label.name) if name]
        kind: TurnKind = "chat" if label.kind == "nick" else "speech"
        if len(names) > 1 and label.kind != "nick":
            self.several.append(f"line {line.number}")
            self._begin(None, kind)
            self._plain(line, begin, " ")
        else:
            self._begin(self._speaker(label.name), kind)
            self.ledger.set_aside(line.start + begin, line.start + begin + label.begin, LABEL)
            self._plain(line, begin + label.begin, " ")
        self._spoken = (self.drafts[-1].speaker, kind)

    def _speaker(self, name: str) -> str | None:
        if names_nobody(name) or not name:
            return None
        full = self.sections.roster.short.get(name.casefold())
        return self.people.add(full, aliases=(name,)) if full else self.people.add(name)


def _day(days: Sequence[date]) -> tuple[date | None, list[date]]:
    """The first day that the minutes name, or none and all of them where they are no days of one meeting."""
    ordered = sorted(set(days))
    if not ordered or (ordered[-1] - ordered[0]).days < _DAYS_APART:
        return (ordered[0] if ordered else None), []
    return None, ordered


def _bare(text: str) -> str:
    """A line without marks and without a keyword before its colon, to tell whether it repeats another."""
    mark = MARK.match(text)
    words = plain(text[mark.end() if mark else 0 :])
    key, colon, rest = words.partition(":")
    return (rest.strip() if colon and is_keyword(key) else words).casefold().rstrip(".")


# Labels


@dataclass
class _Candidates:
    """What the lines of the body begin with that can be a label, by the line's index.

    ``openings`` counts the lines that the scribe does not mark as going on, ``followed`` holds the names (case-folded)
    behind whose words such a line follows.
    """

    labels: dict[int, LineLabel] = field(default_factory=dict)
    openings: int = 0
    followed: set[str] = field(default_factory=set)


def _candidates(lines: Sequence[Line], parts: Sequence[Part]) -> _Candidates:
    found = _Candidates()
    before: LineLabel | None = None
    for index, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if part not in ("body", "copy"):
            before = before if part == "blank" else None
            continue
        mark = MARK.match(line.text)
        begin = mark.end() if mark else 0
        if CONTINUED.match(line.text, begin):
            found.followed.update((before.name.casefold(),) if before else ())
            continue
        found.openings += 1
        label = find_label(line.text[begin:])
        before = None
        if label is not None and label.kind in ("inline", "nick") and _can_be_label(label, line.text[begin:]):
            before = found.labels[index] = label
    return found


def _labels(found: _Candidates, known: Callable[[str], bool], *, abbreviated: bool) -> dict[int, LineLabel]:
    """Which lines of the body begin with who says them, by the line's index.

    Sure are nicknames in angle brackets and people who are listed (``known``). Others are somebody where the text is a
    dialogue and they come back or go on, where nearly every remark has a label, or where people go by abbreviations and
    it looks like one (``abbreviated``).
    """
    candidates = found.labels
    counts = Counter(label.name.casefold() for label in candidates.values())
    listed = {name for name in counts if known(name)}
    if abbreviated:
        listed |= {label.name.casefold() for label in candidates.values() if _INITIALS.match(label.name)}
    again = {
        label.name.casefold()
        for label in candidates.values()
        if (counts[label.name.casefold()] >= _TWICE or label.name.casefold() in found.followed) and _is_name(label.name)
    }
    labelled = sum(counts[name] for name in listed | again)
    dialogue = labelled >= found.openings * _DENSE
    names = listed | (again if dialogue or listed else set())
    if labelled >= found.openings * _VERY_DENSE and len(names) > 1:
        names |= {label.name.casefold() for label in candidates.values() if _is_plain_name(label.name)}
    return {index: label for index, label in candidates.items() if _accepts(label, names, known)}


def _accepts(label: LineLabel, names: set[str], known: Callable[[str], bool]) -> bool:
    if label.kind == "nick" or label.name.casefold() in names:
        return True
    several = [name.casefold() for name in _SEVERAL.split(label.name) if name]
    return len(several) > 1 and all(name in names or known(name) for name in several)


def _can_be_label(label: LineLabel, text: str) -> bool:
    """Whether the words before a colon are not ones that minutes are full of."""
    if label.kind == "nick":
        return bool(label.name) and label.begin < len(text)
    name = label.name
    if is_keyword(name) or is_stop_label(name) or attends(name) or informs(name) or name.startswith(("->", "[")):
        return False
    return len(name.split()) <= 6 and not (text[label.begin :].lstrip().startswith("//"))


def _is_name(name: str) -> bool:
    return reads_like_a_name(name) and len(name.split()) <= 4


def _is_plain_name(name: str) -> bool:
    """Whether a label that comes once is a name: one or two words with a capital each."""
    words = name.split()
    return len(words) <= 2 and reads_like_a_name(name) and all(_CAPITAL.match(word) for word in words)


FORMAT = Format("minutes", "minutes (Markdown)", fits, read, verified=True)
