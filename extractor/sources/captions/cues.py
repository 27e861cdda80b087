"""Blocks of caption files (WebVTT, SRT) -> cues: what the two formats share.

After the grammar of the W3C (https://www.w3.org/TR/webvtt1/#syntax), and lenient where real files break it: hours may
be missing, a comma may stand before the milliseconds, blank lines may be missing between cues or stand inside one.
Whatever belongs to no cue is reported; nothing is skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.sources.ledger import Ledger, Line, lines_of

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3})\d*)?"
_TIMING = re.compile(rf"[\ufeff\s]*{_TIME}\s*-->\s*{_TIME}(?=\s|$)(.*)$")
_ARROW = "-->"
_TIME_LIKE = re.compile(r"\d[\d:.,]*:[\d:.,]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_CERTAIN_ID = re.compile(rf'\d+$|{_GUID}(?:/\d+(?:-\d+)?)?$|\d+ ".*" *\(\d+\)$')
_CUT_ID = re.compile(r"\d+$|[0-9a-fA-F]{1,8}(?:-[0-9a-fA-F]{0,12}){0,4}(?:/\d*-?\d*)?$")
_CUT_TIMING = re.compile(r"\d{1,2}(?::\d{0,2}){1,2}(?:[.,]\d{0,3})?\s*-{0,2}>?\s*[\d:.,]*$")
_SENTENCE_END = re.compile(r"[.?!…,;]\s*$")
_MOST_WORDS_IN_AN_ID = 3


@dataclass
class Cue:
    """One cue. Spans are indices into the text; ``paragraphs`` holds the payload, several where blank lines cut it."""

    number: int
    line: int
    begin: int
    id: str = ""
    start: float | None = None
    end: float | None = None
    paragraphs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def finish(self) -> int:
        return self.paragraphs[-1][1] if self.paragraphs else self.begin

    @property
    def label(self) -> str:
        """What to call the cue in a message."""
        return f"cue {self.id if self.id.isdigit() else self.number}"


@dataclass
class Cues:
    """The cues of a file and what was odd about it.

    ``continued`` holds the lines where text after a blank line was read as part of the cue before, ``outside`` those of
    text before any cue, ``timeless`` the cues whose times cannot be read. ``dangling`` is where a block begins that
    was cut off before its text.
    """

    cues: list[Cue] = field(default_factory=list)
    continued: list[Line] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)
    timeless: list[Cue] = field(default_factory=list)
    dangling: Cue | None = None


def has_timing(head: str, mark: str) -> bool:
    """Whether a line of ``head`` is a timing line with ``mark`` (``.`` or ``,``) before the milliseconds, or none."""
    for line in head.splitlines()[:40]:
        match = _TIMING.match(line)
        if match and (match[4] is None or line[match.start(4) - 1] == mark):
            return True
    return False


def parse_cues(text: str, ledger: Ledger) -> Cues:
    """Find the cues of ``text`` and mark everything around them (header, ids, timestamps, notes) in the ledger."""
    return _Parser(text, ledger).run()


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int((fraction or "0").ljust(3, "0")) / 1000, 3)


class _Parser:
    def __init__(self, text: str, ledger: Ledger) -> None:
        self.text = text
        self.ledger = ledger
        self.lines = lines_of(text)
        self.found = Cues()
        self.at = 0

    def run(self) -> Cues:
        self._header()
        while self.at < len(self.lines):
            self._block()
        return self.found

    # What a line is

    def _blank(self, index: int) -> bool:
        return index >= len(self.lines) or not self.lines[index].text.strip("\ufeff \t")

    def _timing(self, index: int) -> bool:
        """Whether a line is a timing line, broken ones included; an arrow in a sentence is not one."""
        if index >= len(self.lines):
            return False
        line = self.lines[index].text
        if _ARROW not in line:
            return False
        left, _, right = line.partition(_ARROW)
        if _TIMING.match(line):
            return True
        if _LETTERS.search(left):
            return False
        return bool(_TIME_LIKE.search(left) or (not left.strip() and _TIME_LIKE.match(right.strip())))

    def _starts_cue(self, index: int) -> bool:
        """Whether a line inside a payload starts the next cue though no blank line stands before it."""
        if self._timing(index):
            return True
        if not self._timing(index + 1):
            return False
        name = self.lines[index].text.strip()
        if not _CERTAIN_ID.match(name):
            return False
        before = self.found.cues[-1].id
        return not name.isdigit() or (before.isdigit() and int(name) == int(before) + 1)

    def _at_end(self) -> bool:
        return all(self._blank(index) for index in range(self.at, len(self.lines)))

    def _mark(self, first: int, last: int, reason: str) -> None:
        """Set the lines ``first`` to ``last`` (not included) aside; their line breaks stay line breaks."""
        for line in self.lines[first:last]:
            self.ledger.set_aside(line.start, line.end, reason)

    # Blocks

    def _header(self) -> None:
        while self.at < len(self.lines) and self._blank(self.at):
            self.at += 1
        if self.at < len(self.lines) and self._is_word("WEBVTT", self.at):
            self._skip_block("header")

    def _is_word(self, word: str, index: int) -> bool:
        line = self.lines[index].text.lstrip("\ufeff")
        return line == word or line.startswith((f"{word} ", f"{word}\t"))

    def _skip_block(self, reason: str) -> None:
        first = self.at
        self.at += 1
        while not self._blank(self.at) and not self._timing(self.at) and not self._timing(self.at + 1):
            self.at += 1
        self._mark(first, self.at, reason)

    def _block(self) -> None:
        index = self.at
        if self._blank(index):
            self.at += 1
        elif self._timing(index):
            self._cue(index, index)
        elif self._is_word("NOTE", index):
            self._skip_block("note")
        elif self._timing(index + 1) and self._can_be_id(index):
            self._cue(index, index + 1)
        elif self._is_style(index):
            self._skip_block("style")
        elif self._is_word("WEBVTT", index):
            self._skip_block("header")
        elif self._id_before_blank(index):
            timing = index + 1
            while self._blank(timing):
                timing += 1
            self._cue(index, timing)
        else:
            self._text_outside()

    def _can_be_id(self, index: int) -> bool:
        name = self.lines[index].text.strip()
        if _CERTAIN_ID.match(name) or not self.found.cues:
            return True
        if len(name.split()) > _MOST_WORDS_IN_AN_ID or _SENTENCE_END.search(name):
            return False
        return not _CERTAIN_ID.match(self.found.cues[-1].id)

    def _is_style(self, index: int) -> bool:
        if self.lines[index].text.strip() not in ("STYLE", "REGION"):
            return False
        if not self.found.cues:
            return True
        follower = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        return "::cue" in follower or "{" in follower or follower.startswith("id:")

    def _id_before_blank(self, index: int) -> bool:
        if not _CERTAIN_ID.match(self.lines[index].text.strip()) or not self._blank(index + 1):
            return False
        after = index + 1
        while after < len(self.lines) and self._blank(after):
            after += 1
        return self._timing(after)

    def _cue(self, first: int, timing: int) -> None:
        head = self.lines[first]
        cue = Cue(len(self.found.cues) + 1, head.number, head.start)
        if first != timing:
            cue.id = head.text.strip()
            self._mark(first, timing, "cue id")
        line = self.lines[timing]
        match = _TIMING.match(line.text)
        if match:
            cue.start, cue.end = _seconds(*match.group(1, 2, 3, 4)), _seconds(*match.group(5, 6, 7, 8))
        else:
            self.found.timeless.append(cue)
        self._mark(timing, timing + 1, "timestamp")
        self.found.cues.append(cue)
        self.at = timing + 1
        # A line of blanks right after the times is a line of the payload (YouTube), later it ends it.
        if self.at < len(self.lines) and self.lines[self.at].text and self._blank(self.at):
            cue.paragraphs.append((self.lines[self.at].start, self.lines[self.at].end))
            self.at += 1
        if not self._blank(self.at) and not self._starts_cue(self.at):
            self._payload(cue)
        elif self._at_end() and not cue.paragraphs:
            self.found.dangling = self.found.cues.pop()

    def _payload(self, cue: Cue) -> None:
        first = self.at
        while not self._blank(self.at) and not (self.at > first and self._starts_cue(self.at)):
            self.at += 1
        cue.paragraphs.append((self.lines[first].start, self.lines[self.at - 1].end))

    def _text_outside(self) -> None:
        """A block without times: cut off at the end of the file, else part of the cue before, if there is one."""
        first = self.at
        while not self._blank(self.at) and not (self.at > first and self._starts_block(self.at)):
            self.at += 1
        block = self.lines[first : self.at]
        if self._at_end() and self._is_cut_off(block):
            self.found.dangling = Cue(len(self.found.cues) + 1, block[0].number, block[0].start)
            if len(block) > 1 or block[0].text.strip().isdigit():
                self.found.dangling.id = block[0].text.strip()
        elif self.found.cues:
            self.found.cues[-1].paragraphs.append((block[0].start, block[-1].end))
            self.found.continued.append(block[0])
        else:
            self.found.outside.append(block[0])
            self._mark(first, self.at, "text outside a cue")

    def _starts_block(self, index: int) -> bool:
        return self._timing(index) or (self._timing(index + 1) and self._can_be_id(index))

    def _is_cut_off(self, block: list[Line]) -> bool:
        last = block[-1].text.strip()
        if len(block) <= 2 and _CUT_TIMING.match(last):
            return True
        if len(block) > 1 or not self.found.cues or not _CUT_ID.match(last):
            return False
        before = self.found.cues[-1].id
        if before.isdigit():
            following = str(int(before) + 1)
            return last.isdigit() and following.startswith(last)
        return bool(re.match(_GUID, before)) if last.isdigit() else bool(before)
