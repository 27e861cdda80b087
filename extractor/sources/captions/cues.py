"""Blocks of caption files (WebVTT, SRT, SBV) -> cues: what the formats share.

After the grammar of the W3C (https://www.w3.org/TR/webvtt1/#syntax), and lenient where real files break it: hours may
be missing, a comma may stand before the milliseconds, blank lines may be missing between cues or stand inside one.
Whatever belongs to no cue is reported; nothing is skipped.

Most cues of most files are written by the book, and one match of one pattern reads such a cue. All others are read line
by line; the two ways come to the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.sources.ledger import Ledger

_TIME = r"(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3})\d*)?"
_TIMING = re.compile(rf"[\ufeff\s]*{_TIME}\s*-->\s*{_TIME}(?=\s|$)(.*)$")
_SBV_TIMING = re.compile(rf"[\ufeff \t]*{_TIME}[ \t]*,[ \t]*{_TIME}()[ \t]*$")
_TIME_LIKE = re.compile(r"\d[\d.,]{0,20}:")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_WEBEX = r'(?:\d+ +".*"(?: *\(\d+\))?| *".*" *\(\d+\))'
_CERTAIN_ID = re.compile(rf"\d+$|{_GUID}(?:/\d+(?:-\d+)?)?$|{_WEBEX}$")
_CUT_ID = re.compile(r"\d+$|[0-9a-fA-F]{1,8}(?:-[0-9a-fA-F]{0,12}){0,4}(?:/\d*-?\d*)?$")
_CUT_WEBEX_ID = re.compile(r'\d+ +"[^"]*"? *(?:\(\d*\)?)?$')
_CUT_TIMING = re.compile(r"\d{1,2}(?::\d{0,2}){1,2}(?:[.,]\d{0,3})?\s*+-{0,2}>?\s*+[\d:.,]*+$")
_SENTENCE_END = re.compile(r"[.?!…,;]\s*$")
_BREAK = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"[\ufeff \t\r\n]*+")
_MOST_WORDS_IN_AN_ID = 3
_MOST_DIGITS = 18

# A cue by the book: an id that is certain, the times, lines that begin with a word, and a blank line. The number of
# lines is limited, so that a file without blank lines is not looked through to its end for each of its cues.
_EOL = r"(?>\r\n|\r|\n)"
_EXACT = r"(?:(\d{1,9}):)?(\d{1,2}):(\d\d)[.,](\d{3})"
_WORDS = r"[^\ufeff \t\r\n][^\r\n]*+"
_PAYLOAD = rf"(?P<payload>{_WORDS}(?:{_EOL}{_WORDS}){{0,7}}+)(?:{_EOL}(?=[\r\n]|\Z)|\Z)[\r\n]*+"
_PLAIN_CUE = re.compile(
    rf"(?P<id>\d{{1,18}}|{_GUID}(?:/\d{{1,18}}(?:-\d{{1,18}})?)?)?(?(id){_EOL})"
    rf"(?P<timing>{_EXACT} --> {_EXACT}(?:[ \t][^\r\n]*+)?){_EOL}{_PAYLOAD}"
)
_PLAIN_SBV = re.compile(rf"(?P<id>(?!))?(?P<timing>{_EXACT},{_EXACT}){_EOL}{_PAYLOAD}")


@dataclass(slots=True)
class Cue:
    """One cue. Spans are indices into the text; ``paragraphs`` holds the payload, several where blank lines cut it."""

    number: int
    begin: int
    id: str = ""
    start: float | None = None
    end: float | None = None
    paragraphs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def finish(self) -> int:
        """The index in the text behind the last character."""
        return self.paragraphs[-1][1] if self.paragraphs else self.begin

    @property
    def label(self) -> str:
        """What to call the cue in a message."""
        return f"cue {self.id if _number(self.id) is not None else self.number}"


@dataclass
class Cues:
    """The cues of a file and what was odd about it.

    ``continued`` holds the spans of lines after a blank line that were read as part of the cue before, ``outside``
    those of lines before any cue, ``timeless`` the cues whose times cannot be read. ``dangling`` is where a block
    begins that was cut off before its text.
    """

    cues: list[Cue] = field(default_factory=list)
    continued: list[tuple[int, int]] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)
    timeless: list[Cue] = field(default_factory=list)
    dangling: Cue | None = None


def has_timing(head: str, mark: str) -> bool:
    """Whether a line of ``head`` is a timing line with ``mark`` (``.`` or ``,``) before the milliseconds, or none."""
    for line in head.splitlines()[:40]:
        match = _TIMING.match(line)
        if match and (match[4] is None or line[match.start(4) - 1] == mark):
            return True
    return False


def has_bare_numbers(head: str) -> bool:
    """Whether the times of a timing line of ``head`` are not padded, as ``0:1:2.50``: captions never write them so."""
    for line in head.splitlines()[:40]:
        match = _TIMING.match(line) if "-->" in line else None
        if match and any(len(part or "00") == 1 for part in match.group(2, 3, 6, 7)):
            return True
    return False


def is_sbv_timing(line: str) -> bool:
    """Whether a line is the times of an SBV cue, ``0:00:20.906,0:00:23.906``."""
    return bool(_SBV_TIMING.match(line))


def parse_cues(text: str, ledger: Ledger) -> Cues:
    """Find the cues of ``text`` and mark everything around them (header, ids, timestamps, notes) in the ledger."""
    return _Parser(text, ledger).run()


def parse_sbv_cues(text: str, ledger: Ledger) -> Cues:
    """As :func:`parse_cues`, for SBV."""
    return _SbvParser(text, ledger).run()


def line_number(text: str, index: int) -> int:
    """The number, from 1, of the line that holds ``index``; takes as long as the text before it is."""
    breaks = text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
    return breaks + 1


def _number(name: str) -> int | None:
    """A cue id as a number; None where it is none, or none that anybody counts to."""
    return int(name) if name.isdecimal() and len(name) <= _MOST_DIGITS else None


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int((fraction or "0").ljust(3, "0")) / 1000, 3)


class _Parser:
    """Goes through a text once. A line is known by the index where it begins; at the end of the text there is none."""

    plain = _PLAIN_CUE
    timing = _TIMING

    def __init__(self, text: str, ledger: Ledger) -> None:
        self.text = text
        self.ledger = ledger
        self.found = Cues()
        self.at = 0

    def run(self) -> Cues:
        self._header()
        while self.at < len(self.text):
            if not self._plain_cue():
                self._block()
        return self.found

    def _plain_cue(self) -> bool:
        """Read a cue that is written by the book; False, and nothing is done, where none stands here."""
        match = self.plain.match(self.text, self.at)
        if match is None:
            return False
        payload = match.span("payload")
        if self._may_hold_times(payload):
            return False
        cue = Cue(len(self.found.cues) + 1, self.at)
        named = match["id"]
        if named is not None:
            cue.id = named
            self.ledger.set_aside(self.at, match.end("id"), "cue id")
        self.ledger.set_aside(*match.span("timing"), "timestamp")
        times = match.groups()[-9:-1]
        cue.start, cue.end = _seconds(*times[:4]), _seconds(*times[4:])
        cue.paragraphs.append(payload)
        self.found.cues.append(cue)
        self.at = match.end()
        return True

    # What a line is

    def _line(self, at: int) -> tuple[int, int]:
        """Where the line that begins at ``at`` ends, and where the next one begins."""
        match = _BREAK.search(self.text, at)
        return match.span() if match else (len(self.text), len(self.text))

    def _words(self, at: int) -> str:
        return self.text[at : self._line(at)[0]]

    def _next(self, at: int) -> int:
        return self._line(at)[1]

    def _blank(self, at: int) -> bool:
        return not self._words(at).strip("\ufeff \t")

    def _may_hold_times(self, span: tuple[int, int]) -> bool:
        return self.text.find("-->", *span) >= 0

    def _timing(self, at: int) -> bool:
        """Whether a line is a timing line, broken ones included; an arrow in a sentence is not one."""
        line = self._words(at)
        left, arrow, right = line.partition("-->")
        if not arrow:
            return False
        if self.timing.match(line):
            return True
        if _LETTERS.search(left):
            return False
        return bool(_TIME_LIKE.search(left) or (not left.strip() and _TIME_LIKE.match(right.strip())))

    def _starts_cue(self, at: int) -> bool:
        """Whether a line inside a payload starts the next cue though no blank line stands before it."""
        if self._timing(at):
            return True
        if not self._timing(self._next(at)):
            return False
        name = self._words(at).strip()
        if not _CERTAIN_ID.match(name):
            return False
        before = _number(self.found.cues[-1].id)
        return not name.isdecimal() or (before is not None and _number(name) == before + 1)

    def _at_end(self) -> bool:
        return not self._has_words(self.at, len(self.text))

    def _has_words(self, begin: int, end: int) -> bool:
        match = _BLANKS.match(self.text, begin, end)
        return match is None or match.end() < end

    def _mark(self, at: int, end: int, reason: str) -> None:
        """Set the lines from ``at`` to before ``end`` aside; their line breaks stay line breaks."""
        while at < end:
            stop, following = self._line(at)
            self.ledger.set_aside(at, stop, reason)
            at = following

    # Blocks

    def _header(self) -> None:
        while self.at < len(self.text) and self._blank(self.at):
            self.at = self._next(self.at)
        if self.at < len(self.text) and self._is_word("WEBVTT", self.at):
            self._skip_block("header")

    def _is_word(self, word: str, at: int) -> bool:
        line = self._words(at).lstrip("\ufeff")
        return line == word or line.startswith((f"{word} ", f"{word}\t"))

    def _skip_block(self, reason: str) -> None:
        first = self.at
        self.at = self._next(first)
        while not self._blank(self.at) and not self._timing(self.at) and not self._timing(self._next(self.at)):
            self.at = self._next(self.at)
        self._mark(first, self.at, reason)

    def _block(self) -> None:
        at = self.at
        if self._blank(at):
            self.at = self._next(at)
        elif self._timing(at):
            self._cue(at, at)
        elif self._is_word("NOTE", at):
            self._skip_block("comment")
        elif self._timing(self._next(at)) and self._can_be_id(at):
            self._cue(at, self._next(at))
        elif self._is_style(at):
            self._skip_block("markup")
        elif self._is_word("WEBVTT", at):
            self._skip_block("header")
        elif self._id_before_blank(at):
            self._cue(at, self._after_blanks(self._next(at)))
        else:
            self._text_outside()

    def _can_be_id(self, at: int) -> bool:
        name = self._words(at).strip()
        if _CERTAIN_ID.match(name) or not self.found.cues:
            return True
        if len(name.split()) > _MOST_WORDS_IN_AN_ID or _SENTENCE_END.search(name):
            return False
        return not _CERTAIN_ID.match(self.found.cues[-1].id)

    def _is_style(self, at: int) -> bool:
        if self._words(at).strip() not in ("STYLE", "REGION"):
            return False
        if not self.found.cues:
            return True
        follower = self._words(self._next(at))
        return "::cue" in follower or "{" in follower or follower.startswith("id:")

    def _id_before_blank(self, at: int) -> bool:
        following = self._next(at)
        if not _CERTAIN_ID.match(self._words(at).strip()) or not self._blank(following):
            return False
        return self._timing(self._after_blanks(following))

    def _after_blanks(self, at: int) -> int:
        while at < len(self.text) and self._blank(at):
            at = self._next(at)
        return at

    def _cue(self, first: int, timing: int) -> None:
        cue = Cue(len(self.found.cues) + 1, first)
        if first != timing:
            cue.id = self._words(first).strip()
            self._mark(first, timing, "cue id")
        line = self._words(timing)
        match = self.timing.match(line)
        if match:
            cue.start, cue.end = _seconds(*match.group(1, 2, 3, 4)), _seconds(*match.group(5, 6, 7, 8))
        else:
            self.found.timeless.append(cue)
        self.ledger.set_aside(timing, timing + len(line), "timestamp")
        self.found.cues.append(cue)
        self.at = self._next(timing)
        # A line of blanks right after the times is a line of the payload (YouTube), later it ends it.
        end, following = self._line(self.at)
        if end > self.at and self._blank(self.at):
            cue.paragraphs.append((self.at, end))
            self.at = following
        if not self._blank(self.at) and not self._starts_cue(self.at):
            self._payload(cue)
        elif self._at_end() and not cue.paragraphs:
            self.found.dangling = self.found.cues.pop()

    def _payload(self, cue: Cue) -> None:
        first = end = self.at
        while not self._blank(self.at) and not (self.at > first and self._starts_cue(self.at)):
            end, self.at = self._line(self.at)
        cue.paragraphs.append((first, end))

    def _text_outside(self) -> None:
        """A block without times: cut off at the end of the file, else part of the cue before, if there is one."""
        first = last = end = self.at
        lines = 0
        while not self._blank(self.at) and not (self.at > first and self._starts_block(self.at)):
            last, lines = self.at, lines + 1
            end, self.at = self._line(self.at)
        head = (first, self._line(first)[0])
        if self._at_end() and self._is_cut_off(lines, self.text[last:end].strip()):
            cut = Cue(len(self.found.cues) + 1, first)
            name = self.text[head[0] : head[1]].strip()
            if lines > 1 or name.isdecimal():
                cut.id = name
            self.found.dangling = cut
        elif self.found.cues:
            cue = self.found.cues[-1]
            if any(self._has_words(*span) for span in cue.paragraphs):
                self.found.continued.append(head)
            cue.paragraphs.append((first, end))
        else:
            self.found.outside.append(head)
            self._mark(first, self.at, "text outside a cue")

    def _starts_block(self, at: int) -> bool:
        return self._timing(at) or (self._timing(self._next(at)) and self._can_be_id(at))

    def _is_cut_off(self, lines: int, last: str) -> bool:
        if lines <= 2 and _CUT_TIMING.match(last):
            return True
        before = self.found.cues[-1].id if self.found.cues else ""
        if lines == 1 and '"' in before and _CUT_WEBEX_ID.match(last):
            return True
        if lines > 1 or not self.found.cues or not _CUT_ID.match(last):
            return False
        number = _number(before)
        if number is not None:
            return last.isdecimal() and str(number + 1).startswith(last)
        if last.isdecimal():  # The first digits of a GUID, unless they can be what is said in the cue before.
            return bool(re.match(_GUID, before)) and bool(self.found.cues[-1].paragraphs)
        return bool(before)


class _SbvParser(_Parser):
    """SBV has a comma between the times, and no ids, header or notes."""

    plain = _PLAIN_SBV
    timing = _SBV_TIMING

    def _may_hold_times(self, span: tuple[int, int]) -> bool:
        payload = self.text[slice(*span)]
        return any(is_sbv_timing(line) for line in _BREAK.split(payload))

    def _timing(self, at: int) -> bool:
        return is_sbv_timing(self._words(at))

    def _header(self) -> None:
        return

    def _block(self) -> None:
        if self._blank(self.at):
            self.at = self._next(self.at)
        elif self._timing(self.at):
            self._cue(self.at, self.at)
        else:
            self._text_outside()

    def _starts_cue(self, at: int) -> bool:
        return self._timing(at)

    def _starts_block(self, at: int) -> bool:
        return self._timing(at)
