"""W3C minutes as text: what a browser makes of scribe.perl's page when it is mailed, and the mails of W3C's CCG.

A mail of the Credentials Community Group: an introduction, a rule, a title with the day, a head of fields, and the
minutes, each remark wrapped with its further lines indented.

    CCG Weekly Telecon Minutes for 2025-04-01
    Present:
      Ana Li, Ben, Chen

    Topic: The train
    Ana_Li: Shall we take the train
      on Friday?
    <ben> yes

scribe.perl's page as text: a title and a day, sections at the margin, remarks indented by three blanks and with blank
lines between them.

    Attendees

       Present
              ana, ben

    The train

       Ana: Shall we take the train on
       Friday?
       … it is cheaper

       RESOLUTION: we take the train

    Summary of resolutions
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractor.conversation import TurnKind
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Ledger, Line, lines_of, piece_without
from extractor.sources.people import People, fold_name
from extractor.sources.reasons import ATTENDEES, BOILERPLATE, COPY, HEADER, HEADING, LABEL, MARKUP
from extractor.sources.texts.labels import is_stop_label, names_nobody, reads_like_a_name
from extractor.sources.texts.minutes_parts import CONTINUED, SAVE_AGAIN, Roster, days_in, is_keyword
from extractor.sources.transcripts import Draft, transcript

_MAIL_TITLE = re.compile(
    r"\s{0,20}(?P<title>\S.{0,160}?)\s(?:Transcript|Minutes|Telecon Minutes) for (?P<day>\d{4}-\d{2}-\d{2})\s*$"
)
_FIELD = re.compile(
    r"(?P<field>agenda|topics?|organizers?|scribes?|chairs?|present|regrets|attendees|guests|resolutions?"
    r"|action items?|audio|video|irc log|meeting|date|recording|previous minutes):\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_PEOPLE_FIELDS = frozenset(("present", "regrets", "attendees", "guests", "chair", "chairs"))
_COPIED_FIELDS = frozenset(("topic", "topics", "resolution", "resolutions", "action item", "action items"))
_TOPIC = re.compile(r"(?:sub-?)?topic:\s{0,9}(?P<topic>\S.{0,300})", re.IGNORECASE)
_NICK = re.compile(r"<[ @+%]?(?P<nick>[^<>\n]{1,60})>(?:\s+|$)")
_COLON_NICK = re.compile(r"(?P<label>[^\s:<>][^:\n<>]{0,79}?)\s?:(?:\s+|$)")
_SCRIBING = re.compile(r".{1,80} (?:is|are) scribing(?: for .{1,60})?\.?$")
_RULE = re.compile(r"\s{0,20}(?:[-_=*] ?){8,}\s*$")
_REFERENCE = re.compile(r"\s{1,40}\[\d{1,4}\] \S+\s*$")
_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)")
_END = re.compile(r"\s{0,20}(?:\[End of minutes\]|Minutes (?:manually created|formatted by)\b)", re.IGNORECASE)
_TOOL = re.compile(r"scribe\.perl|scribejs|\[End of minutes\]|Minutes manually created", re.IGNORECASE)
_SECTIONS = (
    (re.compile(r"attendees$", re.IGNORECASE), ATTENDEES),
    (re.compile(r"(?:table of )?contents?$", re.IGNORECASE), COPY),
    (re.compile(r"summary of (?:new )?(?:action|resolution|issue)", re.IGNORECASE), COPY),
    (re.compile(r"(?:scribe\.perl )?diagnostics|references$", re.IGNORECASE), BOILERPLATE),
    (re.compile(r"(?:meeting )?minutes$", re.IGNORECASE), HEADING),
)
_ROLES = re.compile(r"\s{0,9}(?:present|regrets|chairs?|scribes?|guests|absent)\+?\s*$", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} |^\*\*", re.MULTILINE)
_BODY_INDENT = 3
_LONGEST_HEADING = 120
_TAIL = 4096


def fits(blob: Blob) -> float:
    """How surely it is one of the two forms, by its title and its head or by its sections and its last lines."""
    head = blob.head
    lines = [line for line in head.split("\n") if line.strip()]
    if not lines or (head.lstrip("\ufeff \r\n")[:1] in ("<", "{", "[") and not lines[0].lstrip().startswith("[1]")):
        return 0.0
    if any(_MAIL_TITLE.match(line) for line in lines[:60]) and any(
        _FIELD.match(line.strip("\r")) for line in lines[:120]
    ):
        return 0.95
    if _MARKDOWN.search(head):
        return 0.0
    roles = sum(1 for line in lines[:80] if _ROLES.match(line))
    indented = sum(1 for line in lines if line.startswith(" " * _BODY_INDENT))
    if roles >= 2 and any(line.strip().casefold() == "attendees" for line in lines[:60]) and indented * 2 > len(lines):
        return 0.95 if _TOOL.search(blob.text[-_TAIL:]) else 0.85
    return 0.0


@dataclass
class _Minutes:
    blob: Blob
    ledger: Ledger
    people: People = field(default_factory=People)
    roster: Roster = field(default_factory=Roster)
    drafts: list[Draft] = field(default_factory=list)
    title: str | None = None
    day: date | None = None
    topic: str | None = None
    numbered: bool = False

    def aside(self, lines: Sequence[Line], reason: str) -> None:
        for line in lines:
            self.ledger.set_aside(line.start, line.end, reason)

    def heading(self, line: Line, words: str) -> None:
        self.topic = fold_name(words).strip("<>") or None
        self.aside([line], HEADING)

    def remark(self, lines: Sequence[Line]) -> None:
        """A turn of what stands in ``lines``, whose first may begin with who says it."""
        first = lines[0]
        at = len(first.text) - len(first.text.lstrip())
        nick = _NICK.match(first.text, at)
        label = None if nick else self.label_of(first.text, at)
        mark = CONTINUED.match(first.text, at)
        if mark and self.drafts and not nick:
            self._add(self.drafts[-1], first, mark.end(), "\n", at)
            self._go_on(self.drafts[-1], lines[1:])
            return
        name, begin, kind = "", at, "minutes"
        if nick:
            name, begin, kind = fold_name(nick["nick"]), nick.end(), "chat"
        elif label:
            name, begin, kind = label[0], label[1], "speech"
        self._begin(name, kind)
        self.ledger.set_aside(first.start + at, first.start + begin, LABEL)
        self._add(self.drafts[-1], first, begin, " ")
        self._go_on(self.drafts[-1], lines[1:])

    def _begin(self, name: str, kind: str) -> None:
        speaker = self.people.add(name) if name and not names_nobody(name) else None
        kinds: dict[str, TurnKind] = {"chat": "chat", "speech": "speech"}
        self.drafts.append(Draft(speaker, kind=kinds.get(kind, "minutes"), topic=self.topic))

    def _go_on(self, draft: Draft, lines: Sequence[Line]) -> None:
        for line in lines:
            at = len(line.text) - len(line.text.lstrip())
            mark = CONTINUED.match(line.text, at)
            self._add(draft, line, mark.end() if mark else at, "\n" if mark else " ", at)

    def _add(self, draft: Draft, line: Line, begin: int, joiner: str, mark: int | None = None) -> None:
        if mark is not None:
            self.ledger.set_aside(line.start + mark, line.start + begin, MARKUP)
        numbers = [found.span() for found in _NUMBER.finditer(line.text, begin)] if self.numbered else []
        for start, end in numbers:
            self.ledger.set_aside(line.start + start, line.start + end, MARKUP)
        draft.add(piece_without(line, begin, len(line.text), numbers), self.ledger, joiner)

    def label_of(self, text: str, at: int) -> tuple[str, int] | None:
        found = _COLON_NICK.match(text, at)
        if found is None:
            return None
        name = fold_name(found["label"])
        if is_keyword(name) or is_stop_label(name) or "://" in text[at : found.end() + 2]:
            return None
        known = self.roster.lists(name) or name.casefold() in self.blob.hints.speakers
        if not known and (len(name.split()) > 4 or not reads_like_a_name(name) or name[0] in "\"'([*-"):
            return None
        return name, found.end()


def read(blob: Blob) -> Reading:
    """One conversation, a turn for each remark, with the topic it stands under.

    ``... more`` goes on with the speaker before it. The head is set aside as ``attendees`` and ``header``, the contents
    and the summaries, which repeat what the minutes say, as ``copy``. Raises SourceError where nobody says anything.
    """
    minutes = _Minutes(blob, Ledger(blob.text))
    lines = lines_of(blob.text)
    title = next((n for n, line in enumerate(lines) if _MAIL_TITLE.match(line.text[:300])), None)
    if title is not None:
        _read_mail(minutes, lines, title)
    else:
        _read_page(minutes, lines)
    if not any(draft.parts for draft in minutes.drafts):
        raise SourceError(f"{blob.name} holds minutes in which nothing is said.", SAVE_AGAIN)
    warnings = [_CUT_OFF] if title is None and not any(_END.match(line.text) for line in lines[-40:]) else []
    return transcript(
        blob,
        FORMAT.name,
        minutes.drafts,
        minutes.people,
        minutes.ledger,
        warnings,
        title=minutes.title,
        started_at=minutes.day,
        remedy=SAVE_AGAIN,
    )


_CUT_OFF = "The last lines of scribe.perl are not in the file; it may be cut off."


# The mails of the CCG


def _read_mail(minutes: _Minutes, lines: list[Line], title: int) -> None:
    found = _MAIL_TITLE.match(lines[title].text[:300])
    if found:
        minutes.title = fold_name(found["title"])
        minutes.day = next(iter(days_in(found["day"])), None)
    minutes.aside(lines[: title + 1], HEADER)
    body = _read_head(minutes, lines, title + 1)
    for remark in _remarks(lines[body:]):
        first = remark[0].text
        topic = _TOPIC.match(first)
        if topic:
            words = " ".join([topic["topic"], *(line.text for line in remark[1:])])
            minutes.heading(remark[0], words)
            minutes.aside(remark[1:], HEADING)
        elif _SCRIBING.match(first[:200]) and len(remark) == 1:
            minutes.aside(remark, "system message")
        elif _RULE.match(first[:200]):
            minutes.aside(remark, MARKUP)
        else:
            minutes.remark(remark)


def _read_head(minutes: _Minutes, lines: list[Line], begin: int) -> int:
    """Set the fields aside, each with its indented lines; the index of the first line of the minutes."""
    at, last = begin, begin
    for remark in _remarks(lines[begin:]):
        found = _FIELD.match(remark[0].text)
        if found is None or (_TOPIC.match(remark[0].text) and len(remark) == 1):
            break
        name = found["field"].casefold()
        reason = ATTENDEES if name in _PEOPLE_FIELDS else COPY if name in _COPIED_FIELDS else HEADER
        if name in _PEOPLE_FIELDS:
            minutes.roster.add_list(" ".join([found["value"], *(line.text.strip() for line in remark[1:])]))
        minutes.aside(remark, reason)
        last = remark[-1].number
    first = lines[begin].number if begin < len(lines) else 0
    return at + (last - first + 1 if last >= first and last != begin else 0)


def _remarks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines at the margin, each with the indented lines below it."""
    remark: list[Line] = []
    for line in lines:
        if not line.text.strip():
            if remark:
                yield remark
            remark = []
        elif remark and line.text[0] in " \t":
            remark.append(line)
        else:
            if remark:
                yield remark
            remark = [line]
    if remark:
        yield remark


# scribe.perl's page as text


def _read_page(minutes: _Minutes, lines: list[Line]) -> None:
    minutes.numbered = any(_REFERENCE.match(line.text) for line in lines)
    section = HEADER
    for paragraph in _paragraphs(minutes, lines):
        first = paragraph[0]
        words = fold_name(_NUMBER.sub("", first.text[:400])).strip()
        named = next((each for form, each in _SECTIONS if form.match(words)), None) if len(paragraph) == 1 else None
        if _END.match(first.text):
            section = BOILERPLATE
        if named is not None and (section != BOILERPLATE):
            section = "" if named == HEADING else named
            minutes.aside(paragraph, named if named != COPY else HEADING)
        elif section in ("", ATTENDEES, COPY) and _is_heading(minutes, paragraph, section):
            if section == COPY and minutes.drafts:
                minutes.aside(paragraph, COPY)
                continue
            section = ""
            minutes.heading(first, words)
        elif section == HEADER:
            _title(minutes, paragraph)
        elif section == ATTENDEES and not _is_remark(minutes, paragraph):
            _attendees(minutes, paragraph)
        elif section == COPY and not minutes.drafts and _is_remark(minutes, paragraph):
            section = ""
            minutes.remark(paragraph)
        elif section:
            minutes.aside(paragraph, section)
        else:
            for part in _parts(paragraph):
                minutes.remark(part)


def _paragraphs(minutes: _Minutes, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines between blank ones; addresses of links and rules are set aside."""
    paragraph: list[Line] = []
    for line in lines:
        reference = _REFERENCE.match(line.text) if len(line.text) < 600 else None
        rule = _RULE.match(line.text) if len(line.text) < 200 else None
        if reference or rule:
            minutes.aside([line], MARKUP)
        if line.text.strip() and not reference and not rule:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _parts(paragraph: list[Line]) -> Iterator[list[Line]]:
    """A paragraph cut where a line says who types."""
    part: list[Line] = []
    for line in paragraph:
        if part and _NICK.match(line.text.lstrip()[:80]):
            yield part
            part = []
        part.append(line)
    yield part


def _is_heading(minutes: _Minutes, paragraph: list[Line], section: str) -> bool:
    """A line alone that stands nearer to the margin than remarks do, or a level below them."""
    text = paragraph[0].text
    indent = len(text) - len(text.lstrip(" "))
    if len(paragraph) > 1 or len(text) > _LONGEST_HEADING or indent not in (0, 1, 2, _BODY_INDENT + 1):
        return False
    if section == COPY and indent:
        return False
    return not _is_remark(minutes, paragraph) and not CONTINUED.match(text.lstrip())


def _is_remark(minutes: _Minutes, paragraph: list[Line]) -> bool:
    text = paragraph[0].text
    at = len(text) - len(text.lstrip())
    if len(text) - len(text.lstrip(" ")) != _BODY_INDENT:
        return False
    return bool(_NICK.match(text, at)) or minutes.label_of(text, at) is not None


def _title(minutes: _Minutes, paragraph: list[Line]) -> None:
    for line in paragraph:
        words = fold_name(_NUMBER.sub("", line.text[:400])).strip("- ")
        days = days_in(words, minutes.blob.hints.day_first)
        link = _NUMBER.search(line.text[:400]) is not None
        if days and minutes.day is None and not link:
            minutes.day = days[0]
        elif not link and minutes.title is None and words.casefold() not in ("", "w3c", "draft", "[w3c]", "minutes"):
            minutes.title = words
    minutes.aside(paragraph, HEADER)


def _attendees(minutes: _Minutes, paragraph: list[Line]) -> None:
    names = " ".join(line.text.strip() for line in paragraph if not _ROLES.match(line.text))
    minutes.roster.add_list(names)
    minutes.aside(paragraph, ATTENDEES)


FORMAT = Format("minutes-w3c", "W3C minutes (text and mail of scribe.perl and CCG)", fits, read, verified=True)
