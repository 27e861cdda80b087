"""The parts of minutes in Markdown: who was there, the head, the agenda, and what was said, told by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extractor.sources.ledger import Line
from extractor.sources.texts.frontmatter import read_front_matter
from extractor.sources.texts.linelabels import find_label
from extractor.sources.texts.markdown import FENCE, LIST_ITEM
from extractor.sources.texts.minutes_parts import Roster, days_in, is_outcome, plain
from extractor.sources.texts.notes import heading_of

Part = Literal["blank", "heading", "attendees", "header", "agenda", "copy", "markup", "table", "code", "body"]

MARK = re.compile(r"[ \t]*+(?:>[ \t]?)*+[ \t]*+(?:(?:[-*+•]|\d{1,3}[.)])[ \t]++)?(?:\[[ xX]\][ \t]++)?")
"""What stands before the words of a line: blanks, marks of quotations, of lists and of tasks."""

_RULE = re.compile(r"[ \t]*+(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:- ){2,}-|(?:\* ){2,}\*)[ \t]*+$")
_TABLE = re.compile(r"[ \t]*+\|.*\|[ \t]*+$")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}[-:| \t]*+$")
_ONLY_TAGS = re.compile(r"[ \t]*+(?:<[a-zA-Z/!][^<>]*+>[ \t]*+)++$")
_INDENTED = re.compile(r"(?:\t| {2,})\S")
_FIELD = re.compile(r"(?P<key>[^:\n|]{2,50}?)[ \t]*+:(?=[\s*_]|$)[ \t*_]*+(?P<value>.*)$")
_BOLD_LINE = re.compile(r"[ \t]*+(?:\*\*|__)(?P<words>[^*_\n]{2,80})(?:\*\*|__):?[ \t]*+$")

_QUALIFIERS = (
    r"(?:in[- ]person|remote(?:ly)?|virtual|online|voting|non-voting|other|external|meeting|core|tsc|tc|wg|present"
    r"|members?|name of|list of|people|delegates?)"
)
_ATTENDED = re.compile(
    rf"(?:{_QUALIFIERS} ){{0,3}}(?:attendees?|attendance|attending|participants?|participation|in attendance"
    r"|roll[- ]call|regrets|apologies|absent|absentees|absences|invited|invitees|guests?|observers?"
    r"|presenters?|presented by|scribes?(?:\(s\))?|note[- ]?takers?|minutes? takers?|minute[- ]taker"
    r"|teilnehmer|anwesend|entschuldigt|participantes|asistentes|présents|absents)"
    r"(?: \(.{1,40}\))?$",
    re.IGNORECASE,
)
_ATTENDED_WEAKLY = re.compile(
    r"(?:people )?(?:present|members present|chairs?|chaired by|hosts?|facilitators?|moderators?|secretary"
    r"|organi[sz]ers?|leads?|who)$",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:proposed |draft |meeting |today'?s )?(?:agenda|table of contents|contents?|toc|tagesordnung)(?: items)?$",
    re.IGNORECASE,
)
_INFORMATION = re.compile(
    r"(?:meeting|call|general)? ?(?:info(?:rmation)?|details|logistics|metadata|date(?: (?:and|&) time)?|time|location"
    r"|links?|resources|connection details|how to join|join|video|recordings?|meeting link)$",
    re.IGNORECASE,
)
_INFORMATION_FIELD = re.compile(
    r"(?:meeting |call |start |end )?(?:date|time|dates?,? (?:and|&) times?|date/time|when|where|location|place|venue"
    r"|links?|zoom|video|recording|agenda|title|meeting|duration|time ?zone|previous minutes|youtube|slack|status|irc"
    r"|document|meeting type|type|facilitation|platform|room|day|datum|uhrzeit|ort|fecha|lieu)$",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"(?:list|summary) of (?:new |all )?(?:action(?:s| items)?|resolutions?|decisions?)\b", re.IGNORECASE
)
_SILENT = re.compile(
    r"(?:meeting |call )?(?:minutes|notes|discussion|discussions|log|meeting minutes|meeting notes|protokoll)$",
    re.IGNORECASE,
)
_TABLE_NAME = re.compile(r"(?:full )?name|attendee|participant|delegate|who|member", re.IGNORECASE)
_TABLE_SHORT = re.compile(r"abbr|initial|acronym|short|tla\b|alias", re.IGNORECASE)
_SENTENCE = re.compile(r"[.?!][\"')*_]*\s*$")
_FEW_WORDS = 6


@dataclass
class Sections:
    """What the parts are: one for every line, and what the head says."""

    parts: list[Part] = field(default_factory=list)
    roster: Roster = field(default_factory=Roster)
    title: str | None = None
    topics: dict[int, str | None] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    title_day: date | None = None


def attends(words: str) -> bool:
    """Whether a heading or a label says that people who were there, or not, are listed."""
    return len(words) < 80 and bool(_ATTENDED.match(words))


def informs(words: str) -> bool:
    """Whether a label is one of a meeting's head, as ``Date`` is."""
    return len(words) < 80 and bool(_INFORMATION_FIELD.match(words))


def is_agenda(words: str) -> bool:
    """Whether a heading or a label says that the agenda is listed."""
    return len(words) < 80 and bool(_AGENDA.match(words))


def field_of(text: str) -> tuple[str, str] | None:
    """The key and the value of ``**Date:** 2026-03-04`` or ``- Date: ...``, without Markdown in the key."""
    mark = MARK.match(text)
    found = _FIELD.match(text[mark.end() if mark else 0 :][:20000])
    if found is None or "://" in found["key"]:
        return None
    return plain(found["key"]), found["value"].strip()


class Divider:
    """Divides minutes into their parts, line by line."""

    def __init__(self, lines: Sequence[Line], day_first: bool | None) -> None:
        self.lines = lines
        self.found = Sections()
        self._day_first = day_first
        self._section: Part = "body"
        self._level = 0
        self._listed = False
        self._gap = False
        self._fenced = False
        self._comment = False
        self._table: list[str] | None = None
        self._said = False

    def divide(self) -> Sections:
        """All lines, each with its part."""
        matter = read_front_matter(self.lines)
        self.found.parts = ["header"] * matter.lines
        self.found.title = matter.title
        if isinstance(matter.started_at, date):
            self.found.days.append(date(matter.started_at.year, matter.started_at.month, matter.started_at.day))
        for index in range(matter.lines, len(self.lines)):
            part = self._part(index, self.lines[index].text)
            self._gap = part == "blank"
            if not _TABLE.match(self.lines[index].text):
                self._table = None
            self._said = self._said or part in ("body", "table", "code")
            self.found.parts.append(part)
        self._decide_agenda()
        return self.found

    def _part(self, index: int, text: str) -> Part:
        if self._fenced or self._comment:
            return self._inside(text)
        if not text.strip("\ufeff \t"):
            return "blank"
        if FENCE.match(text):
            self._fenced = True
            return "markup"
        if text.lstrip().startswith("<!--"):
            self._comment = "-->" not in text
            return "markup"
        heading = heading_of(text)
        if heading is not None:
            self._head(index, heading.level, plain(heading.words).rstrip(": "))
            return "heading"
        if self._is_underlined(index, text):
            self._head(index, 2 if self._said else 1, plain(text))
            return "heading"
        if _RULE.match(text) or _TABLE_RULE.match(text) or _ONLY_TAGS.match(text):
            return "markup"
        part = self._line(text)
        if part == "body" and (bold := _BOLD_LINE.match(text)) and not is_outcome(text) and not _SENTENCE.search(text):
            self.found.topics[index] = plain(bold["words"]).rstrip(":") or None
            return "heading"
        return part

    def _is_underlined(self, index: int, text: str) -> bool:
        """Whether a line that stands alone is a heading by the rule below it."""
        below = self.lines[index + 1].text.rstrip() if index + 1 < len(self.lines) else ""
        alone = index == 0 or not self.lines[index - 1].text.strip()
        if not alone or len(below) < 3 or (below.strip("=") and below.strip("-")) or LIST_ITEM.match(text):
            return False
        return len(text) < 160 and not _TABLE.match(text) and not _RULE.match(text)

    def _inside(self, text: str) -> Part:
        if self._comment:
            self._comment = "-->" not in text
            return "markup"
        if FENCE.match(text):
            self._fenced = False
            return "markup"
        return "code" if self._section == "body" else self._section

    def _head(self, index: int, level: int, words: str) -> None:
        days = days_in(words, self._day_first)
        self.found.days += days
        if self.found.title is None:
            self.found.title = words or None
            self.found.title_day = days[0] if len(set(days)) == 1 else None
        under = self._section == "attendees" and level > self._level
        weakly = (under or self._section == "header") and bool(_ATTENDED_WEAKLY.match(words))
        section: Part = "body"
        if attends(words) or weakly:
            section = "attendees"
        elif is_agenda(words):
            section = "agenda"
        elif _INFORMATION.match(words):
            section = "header"
        elif _COPY.match(words):
            section = "copy"
        elif under:
            return
        self._section, self._level, self._listed = section, level, False
        silent = section not in ("body", "copy") or _SILENT.match(words) or (level == 1 and not self._said)
        self.found.topics[index] = None if silent else words or None

    def _line(self, text: str) -> Part:
        if self._section == "attendees" and self._still_listed(text):
            self._attendee(text)
            return "attendees"
        if self._section == "attendees":
            self._section = "body"
        opened = self._opens(text)
        if opened is not None:
            return opened
        if self._section in ("agenda", "header", "copy"):
            return self._section
        if not self._said and self.found.title is not None and self._names_day(text):
            return "header"
        return "table" if _TABLE.match(text) else "body"

    def _names_day(self, text: str) -> bool:
        """Whether a short line above the minutes is there for its date, and not what somebody on the list says."""
        label = find_label(text)
        roster = self.found.roster
        if label is not None and label.name.casefold() in (*roster.names, *roster.short):
            return False
        words = plain(text)
        days = days_in(words, self._day_first) if len(words) < 80 and "://" not in words else []
        self.found.days += days
        return bool(days)

    def _still_listed(self, text: str) -> bool:
        """Whether a line goes on with the list of people: an entry, a row, or the names themselves."""
        if _TABLE.match(text) or _INDENTED.match(text) or text.strip() in ("-", "–", "none", "None"):
            return True
        mark = MARK.match(text)
        words = plain(text[mark.end() if mark else 0 :])
        key = field_of(text)
        if key is not None and (attends(key[0]) or _ATTENDED_WEAKLY.match(key[0])):
            return True
        label = find_label(text)
        if label is not None and label.kind != "block" and len(text) - label.begin > 1 and not LIST_ITEM.match(text):
            return False
        if key is not None and informs(key[0]):
            return False
        if LIST_ITEM.match(text):
            return not is_outcome(text) and not (_SENTENCE.search(words) and len(words.split()) > _FEW_WORDS)
        if self._listed and self._gap:
            return attends(words) or bool(_ATTENDED_WEAKLY.match(words))
        return not (_SENTENCE.search(words) and len(words.split()) > _FEW_WORDS) and not is_agenda(words.rstrip(":"))

    def _attendee(self, text: str) -> None:
        key = field_of(text)
        if key is not None and (attends(key[0]) or _ATTENDED_WEAKLY.match(key[0])):
            self.found.roster.add_list(key[1])
            return
        if _TABLE.match(text):
            self._row([plain(cell) for cell in text.strip().strip("|").split("|")])
            return
        mark = MARK.match(text)
        words = plain(text[mark.end() if mark else 0 :])
        if attends(words.rstrip(":")) or _ATTENDED_WEAKLY.match(words.rstrip(":")):
            return
        self._listed = True
        if LIST_ITEM.match(text) and "," not in words:
            self.found.roster.add(words)
        else:
            self.found.roster.add_list(words)

    def _row(self, cells: list[str]) -> None:
        """A row of the table of attendees: its first says which column has names and which abbreviations."""
        self._listed = True
        if self._table is None:
            self._table = cells
            if any(_TABLE_NAME.match(cell) for cell in cells):
                return
        name = next((n for n, cell in enumerate(self._table) if _TABLE_NAME.match(cell)), 0)
        short = next((n for n, cell in enumerate(self._table) if _TABLE_SHORT.search(cell)), -1)
        if name < len(cells) and cells[name]:
            self.found.roster.add(cells[name], cells[short].strip() if 0 <= short < len(cells) else "")

    def _opens(self, text: str) -> Part | None:
        """What a line is that is the title of a part, or a field of the head; None for any other line."""
        bold = _BOLD_LINE.match(text)
        words = plain(bold["words"] if bold else text).rstrip(":") if bold or len(text) < 60 else ""
        key = field_of(text)
        early = not self._said or self._section == "header"
        name, value = key if key is not None else (words, "")
        if attends(name) or (early and _ATTENDED_WEAKLY.match(name)):
            if value:
                self.found.roster.add_list(value)
            elif not (key is None and LIST_ITEM.match(text)):
                self._section, self._level, self._listed = "attendees", 7, False
            return "attendees"
        if is_agenda(name) and not value and early:
            self._section, self._level = "agenda", 7
            return "agenda"
        if key is not None and early and informs(name):
            self.found.days += days_in(value, self._day_first)
            if self.found.title is None and name.casefold() in ("title", "meeting"):
                self.found.title = plain(value) or None
            return "header"
        return None

    def _decide_agenda(self) -> None:
        """An agenda is only a list where the minutes follow it; else the minutes are in it."""
        parts = self.found.parts
        agenda = [index for index, part in enumerate(parts) if part == "agenda"]
        if not agenda:
            return
        after = any(part in ("body", "table", "code") for part in parts[agenda[0] :])
        noted = sum(1 for index in agenda if self._notes(index))
        if after and not noted:
            return
        for index in agenda:
            bare = plain(self.lines[index].text).rstrip(":")
            parts[index] = "header" if is_agenda(bare) else "table" if _TABLE.match(self.lines[index].text) else "body"

    def _notes(self, index: int) -> bool:
        """Whether a line of an agenda says what was said about a point."""
        text = self.lines[index].text
        label = find_label(text)
        named = label is not None and label.kind == "inline" and self.found.roster.lists(label.name)
        return is_outcome(text) or bool(named)
