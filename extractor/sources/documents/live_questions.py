"""The questions of a Teams live event, as people save them.

    Ana Li                                       who asks, or ``Anonymous``
    3/5/2026 4:31:46 PM                          when, in some files
    Is there sound?                              the words, which may have paragraphs

    Ben Roe
    There is.(Ana Li asked "Is there sound?")    an answer repeats the question, of Anonymous the words alone

A question that is published stands in the file twice, as it was asked and as it was published. It is read once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.sources.documents.pasted_chat import Chat, Message
from extractor.sources.ledger import Line
from extractor.sources.texts.labels import LONGEST_NAME, clean_label, reads_like_a_name

_STAMP = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}[:.]\d{2}[:.]\d{2}(?:[\s\u202f]?[ap]\.?m\.?)?$", re.IGNORECASE
)
_ASKED = ' asked "'
_ANONYMOUS = ("anonymous", "anonym", "anonyme", "anónimo", "anônimo", "anoniem", "anonimo")
_PROSE = re.compile(r"[?!…,:;]$|[.?!]\s+\w+\s|\w{3}\.$")
_MOST_WORDS = 8
_MOST_BRACKETS = 40
_LONGEST_ANSWER = 20_000
_FEWEST = 2
_HALF = 0.5


@dataclass
class Questions:
    """What was asked and answered. ``cuts`` says where the words of a line end, before the question it repeats, by the
    line's index; ``copies`` counts what stands there twice."""

    chat: Chat = field(default_factory=Chat)
    cuts: dict[int, int] = field(default_factory=dict)
    copies: int = 0


@dataclass
class _Entry:
    """A question or an answer: the place of its first line, that of its words, and where the question repeated in it
    begins in them."""

    first: int
    name: str
    stamp: str = ""
    words: list[tuple[int, str]] = field(default_factory=list)
    cut: int | None = None
    asked: str = ""

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.words)


def questions_in(lines: Sequence[str]) -> int:
    """How many of the lines with text are of a live event for sure: those that repeat a question, or a moment below
    a name."""
    moments = sum(1 for above, line in pairwise(lines) if _is_stamp(line) and not _is_stamp(above))
    return max(moments, sum(1 for line in lines if _repeats_question(line)))


def read_questions(filled: Sequence[tuple[int, Line]], gaps: Sequence[bool]) -> Questions | None:
    """The questions and answers in the lines with text; ``gaps`` tells of each whether it begins a paragraph.

    None where the text has too few of them to be such a file.
    """
    entries = _stamped(filled) or _paragraphs(filled, gaps)
    if not entries:
        return None
    _find_repeated(entries)
    return _Sorter(filled, entries).sort()


def _is_stamp(line: str) -> bool:
    return len(line) <= LONGEST_NAME and bool(_STAMP.match(line.strip()))


def _stamped(filled: Sequence[tuple[int, Line]]) -> list[_Entry]:
    """The entries of a file whose names have a moment below them."""
    stamps = {place for place in range(1, len(filled)) if _is_stamp(filled[place][1].text)}
    names = {place - 1: filled[place][1].text.strip() for place in stamps if place - 1 not in stamps}
    entries: list[_Entry] = []
    for place, (_, line) in enumerate(filled):
        if place in names:
            entries.append(_Entry(place, line.text.strip(), names[place]))
        elif entries and place - 1 not in names:
            entries[-1].words.append((place, line.text))
    return entries if len(entries) >= _FEWEST else []


def _paragraphs(filled: Sequence[tuple[int, Line]], gaps: Sequence[bool]) -> list[_Entry]:
    """The entries of a file without moments: paragraphs that begin with a name, and those behind that do not."""
    answers = sum(1 for _, line in filled if _repeats_question(line.text))
    starts = [place for place, gap in enumerate(gaps) if gap or place == 0]
    whole = [place for place in starts if place + 1 < len(filled) and not gaps[place + 1]]
    if not answers or len(whole) < len(starts) * _HALF:
        return []
    counts = Counter(filled[place][1].text.strip() for place in whole)
    named = {place for place in whole if _can_ask(filled[place][1].text.strip(), counts)}
    entries: list[_Entry] = []
    for place, (_, line) in enumerate(filled):
        if place in named:
            entries.append(_Entry(place, line.text.strip()))
        elif entries:
            entries[-1].words.append((place, line.text))
    return entries


def _can_ask(name: str, counts: Counter[str]) -> bool:
    if len(name) > LONGEST_NAME or len(name.split()) > _MOST_WORDS or _PROSE.search(name):
        return False
    return any(each.isalpha() for each in name) and (counts[name] >= _FEWEST or reads_like_a_name(name))


def _repeats_question(line: str) -> bool:
    return _ASKED in line and len(line) <= _LONGEST_ANSWER and _question_at(line) is not None


def _question_at(text: str) -> int | None:
    """Where ``(Ana Li (Nordwind) asked "...`` begins."""
    asked = text.find(_ASKED)
    while asked >= 0:
        begin = max(0, asked - LONGEST_NAME)
        before = text[begin:asked]
        for at, character in enumerate(before):
            if character == "(" and "\n" not in before[at:] and _is_balanced(before[at + 1 :]):
                return begin + at
        asked = text.find(_ASKED, asked + 1)
    return None


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _find_repeated(entries: Sequence[_Entry]) -> None:
    """Find in the answers where the question begins that they repeat."""
    for entry in entries:
        text = entry.text
        ends = len(text) <= _LONGEST_ANSWER and text.rstrip().endswith('")')
        entry.cut = _question_at(text) if ends else None
        if entry.cut is not None:
            entry.asked = _key(text[text.index(_ASKED, entry.cut) + len(_ASKED) : text.rindex('")')])
    asked = {_key(entry.text) for entry in entries if entry.cut is None}
    for entry in entries:
        text = entry.text.rstrip()
        if entry.cut is not None or not text.endswith(")") or len(text) > _LONGEST_ANSWER:
            continue
        at = text.find("(")
        for _ in range(_MOST_BRACKETS):
            question = _key(text[at + 1 : -1]) if at >= 0 else ""
            if question and question in asked:
                entry.cut, entry.asked = at, question
                break
            at = text.find("(", at + 1) if at >= 0 else at


def _key(text: str) -> str:
    return " ".join(text.split())


class _Sorter:
    """Says of each line what it is."""

    def __init__(self, filled: Sequence[tuple[int, Line]], entries: Sequence[_Entry]) -> None:
        self.filled = filled
        self.entries = entries
        self.found = Questions()

    def sort(self) -> Questions:
        seen: set[tuple[str, str]] = set()
        said: dict[str, int] = {}
        for entry in self.entries:
            key = _key(entry.text)
            if (entry.name, key) in seen and key:
                self._copy(entry)
                continue
            seen.add((entry.name, key))
            index = self.filled[entry.first][0]
            name = clean_label(entry.name)
            message = Message("" if name.casefold() in _ANONYMOUS else name, entry.stamp, quotes=said.get(entry.asked))
            self.found.chat.messages[index] = message
            if entry.stamp:
                self.found.chat.asides[self.filled[entry.first + 1][0]] = "timestamp"
            self._cut(entry)
            said.setdefault(_key(entry.text[: entry.cut]), index)
        return self.found

    def _copy(self, entry: _Entry) -> None:
        self.found.copies += 1
        places = [entry.first, *((entry.first + 1,) if entry.stamp else ()), *(place for place, _ in entry.words)]
        for place in places:
            self.found.chat.asides[self.filled[place][0]] = "copy"

    def _cut(self, entry: _Entry) -> None:
        """Set the repeated question aside, which may go over several lines."""
        if entry.cut is None:
            return
        at = 0
        for place, text in entry.words:
            index, begin = self.filled[place][0], entry.cut - at
            if begin <= 0:
                self.found.chat.asides[index] = "quoted reply"
            elif begin < len(text):
                self.found.cuts[index] = begin
            at += len(text) + 1
