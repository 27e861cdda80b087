"""The body of a mail -> what its author wrote in it, what it quotes of whom, and what is signature or footer.

Nothing is deleted: every character belongs to a part, in the order of the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.sources.mail import closings, quoted_headers
from extractor.sources.mail.attribution import Author, Found, find_attributions

OWN = "own"
QUOTED = "quoted reply"
QUOTE_HEADER = "quotation header"
SIGNATURE = "signature"
BANNER = "banner"
FOOTER = "footer"
ENCRYPTED = "encrypted"

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_MARKS = re.compile(r"[ \t]{0,8}>(?:[ \t]{0,2}>)*[ \t]?")
_FLOWED_MARKS = re.compile(r">+ ?")
_DEEPEST = 64
_LONGEST_LINE = 600
_LINES_OF_BARE_SIGNATURE = 12
_LINES_OF_FOOTER_HEAD = 6
_LINES_OF_SCRUBBED = 8
_MOST_LEGAL_PARAGRAPHS = 4
_NO_LINE = 1 << 30


class Part(NamedTuple):
    """A stretch of a body.

    ``reason`` is ``OWN`` for what the author wrote, ``QUOTED`` for what an earlier mail says, else why it is set aside.
    ``text`` is verbatim, with line breaks and quotation marks; ``bare`` is without the marks. ``level`` is 0 for the
    mail itself, 1 for what it quotes, 2 for what that quotes, and so on; ``origin`` is the number of the quoted mail
    in ``Body.origins``, -1 for the mail itself.
    """

    reason: str
    text: str
    bare: str
    level: int = 0
    origin: int = -1


@dataclass(frozen=True)
class Origin:
    """A quoted mail, as far as the quoting one says whose it is. ``level`` is 1 for the one that is answered."""

    level: int
    author: Author = field(default_factory=Author)


@dataclass(frozen=True)
class Body:
    """A body in parts; their texts put together are the body."""

    parts: tuple[Part, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def own(self) -> str:
        """What the author wrote, without white space at the ends."""
        return "".join(part.text for part in self.parts if part.reason == OWN).strip()

    def deeper(self, author: Author) -> Body:
        """The same body as that of a mail which is quoted as a whole."""
        parts = (
            part._replace(
                reason=QUOTED if part.reason == OWN else part.reason, level=part.level + 1, origin=part.origin + 1
            )
            for part in self.parts
        )
        origins = (Origin(origin.level + 1, origin.author) for origin in self.origins)
        return Body(tuple(parts), (Origin(1, author), *origins))

    def shallower(self, newest: int) -> Body:
        """The same body as that of its quoted mail number ``newest``."""
        parts = []
        for part in self.parts:
            if part.origin == newest:
                part = part._replace(reason=OWN if part.reason == QUOTED else part.reason, origin=-1)
            parts.append(part._replace(level=max(0, part.level - 1)))
        origins = (Origin(max(1, origin.level - 1), origin.author) for origin in self.origins)
        return Body(tuple(parts), tuple(origins))


def depth_and_text(line: str, *, flowed: bool = False) -> tuple[int, str]:
    """How many quotation marks a line begins with, and the line without them."""
    match = (_FLOWED_MARKS if flowed else _MARKS).match(line)
    if match is None:
        return 0, line
    return min(match.group().count(">"), _DEEPEST), line[match.end() :]


def joined(bodies: Iterable[Body]) -> Body:
    """Several bodies one below the other, as one."""
    parts: list[Part] = []
    origins: list[Origin] = []
    for body in bodies:
        shift = len(origins)
        parts += (part._replace(origin=part.origin + shift) if part.origin >= 0 else part for part in body.parts)
        origins += body.origins
    return Body(tuple(parts), tuple(origins))


def split_body(body: str, *, flowed: bool = False) -> Body:
    """The parts of a plain-text body. ``flowed`` is whether it is ``format=flowed`` (RFC 3676): then only a ``>`` at
    the very beginning of a line is a quotation mark.
    """
    walker = _Walker(body, flowed)
    walker.walk()
    return Body(tuple(walker.parts()), tuple(walker.origins))


class _Walker:
    """Goes down the lines of a body; ``reasons``, ``levels`` and ``sources`` say of each line what it is.

    Quotations are nested in two ways: by marks in front of the lines, and by standing below the headers of a quoted
    mail or below ``On ... wrote:``. ``_unmarked`` counts the second kind by the marks under which it happened.
    """

    def __init__(self, body: str, flowed: bool) -> None:
        self.raw: list[str] = _LINE.findall(body)
        marked = [depth_and_text(line, flowed=flowed) for line in self.raw]
        self.depths = [depth for depth, _ in marked]
        self.bare = [bare for _, bare in marked]
        self.lines = [line.strip() for line in self.bare]
        self.attributions = find_attributions(self.lines, self.depths)
        self.origins: list[Origin] = []
        self.reasons: list[str] = []
        self.places: list[tuple[int, int]] = []
        self._unmarked: dict[int, int] = {}
        self._current: list[int] = [-1]
        self._known: dict[tuple[int, Author], int] = {}
        self._spoken: set[int] = set()
        self._least_below = _least_below(self.lines, self.depths)

    # Where a line stands

    def _level(self, depth: int) -> int:
        return depth + sum(count for under, count in self._unmarked.items() if under <= depth)

    def _origin(self, level: int) -> int:
        """The quoted mail of a level; one that nothing is said of is made where there is none."""
        while len(self._current) <= level:
            self.origins.append(Origin(len(self._current)))
            self._current.append(len(self.origins) - 1)
        return self._current[level]

    def _begin(self, depth: int, author: Author, marked: bool) -> None:
        """A quoted mail begins below the current line, which has ``depth`` marks."""
        for under in [under for under in self._unmarked if under > depth]:
            del self._unmarked[under]
        if not marked:
            self._unmarked[depth] = self._unmarked.get(depth, 0) + 1
        level = self._level(depth) + marked
        if level > 1:
            self._origin(level - 1)
        del self._current[level:]
        known = self._known.get((level, author)) if any(author) else None
        if known is None:
            self.origins.append(Origin(level, author))
            known = len(self.origins) - 1
            self._known[level, author] = known
        self._current.append(known)

    def _end(self, depth: int) -> None:
        """What was quoted without marks is over."""
        if self._unmarked.get(depth, 0):
            self._unmarked[depth] -= 1
            del self._current[self._level(depth) + 1 :]

    def _take(self, count: int, reason: str) -> None:
        """The next ``count`` lines are set aside for ``reason``; of the quoted mail in which they stand."""
        for _ in range(count):
            level = self._level(self.depths[len(self.reasons)])
            self._put(level, self._origin(level), reason)

    def _put(self, level: int, origin: int, reason: str) -> None:
        place = (level, origin)
        same = self.places and self.places[-1] == place
        self.places.append(self.places[-1] if same else place)  # one object for many lines
        self.reasons.append(reason)

    def _say(self) -> None:
        index = len(self.reasons)
        level = self._level(self.depths[index])
        origin = self._origin(level)
        self._spoken.update((origin,) if self.lines[index] else ())
        self._put(level, origin, QUOTED if level else OWN)

    # What a line is

    def walk(self) -> None:
        while len(self.reasons) < len(self.raw):
            index = len(self.reasons)
            telling = 0 < len(self.lines[index]) <= _LONGEST_LINE
            if not (telling and (self._quotation_begins(index) or self._closing(index))):
                self._say()
        self._join_gaps()
        self._mark_legal_footers()

    def _quotation_begins(self, index: int) -> bool:
        """Takes the lines that say whose mail is quoted below, if they stand here."""
        found = self.attributions.get(index)
        if found is not None:
            return self._attributed(found)
        line, depth = self.lines[index], self.depths[index]
        if quoted_headers.END.match(line):
            self._take(1, QUOTE_HEADER)
            self._end(depth)
            return True
        announced = bool(quoted_headers.DIVIDER.match(line))
        if announced or (quoted_headers.RULE.match(line) and self._may_start_block(self._filled(index + 1))):
            return self._below_divider(index, announced)
        block = quoted_headers.header_block(self.lines, self.depths, index)
        if block is None:
            return False
        self._described(depth, block.lines, block.author, self._all_marked(index + block.lines, depth))
        return True

    def _attributed(self, found: Found) -> bool:
        depth = self.depths[found.start]
        marked = self._deeper_follows(found.end, depth)
        if not marked and not found.sure:
            return False
        block = None if marked else self._block_after(found.end)
        author = block.author if block is not None else found.author
        self._described(depth, found.end - found.start, author, marked)
        self._take_block(found.end, block)
        return True

    def _described(self, depth: int, lines: int, author: Author, marked: bool = False) -> None:
        """The next lines say whose mail is quoted: one below, or that in which they stand, before its first word."""
        level = self._level(depth)
        silent = level > 0 and self._origin(level) not in self._spoken and not marked
        self._take(lines, QUOTE_HEADER)
        if silent:
            self.origins[self._current[level]] = Origin(level, author)
        else:
            self._begin(depth, author, marked)

    def _below_divider(self, index: int, announced: bool) -> bool:
        start = self._filled(index + 1)
        depth = self.depths[index]
        block = None
        if start < len(self.lines) and self.depths[start] == depth:
            block = quoted_headers.header_block(self.lines, self.depths, start, announced=announced)
            if block is None and announced:
                block = quoted_headers.unknown_block(self.lines, self.depths, start)
        if block is None and not announced:
            return False
        self._take(1, QUOTE_HEADER)
        below = index + 1 if block is None else start + block.lines
        marked = self._deeper_follows(below, depth) if block is None else self._all_marked(below, depth)
        self._begin(depth, block.author if block is not None else Author(), marked)
        self._take_block(index + 1, block)
        return True

    def _take_block(self, after: int, block: quoted_headers.Block | None) -> None:
        if block is not None:
            self._take(self._filled(after) - after + block.lines, QUOTE_HEADER)

    def _block_after(self, index: int) -> quoted_headers.Block | None:
        """The headers that some programs write below ``On ... wrote:`` as well."""
        start = self._filled(index)
        if not self._may_start_block(start) or self.depths[start] != self.depths[index - 1]:
            return None
        return quoted_headers.header_block(self.lines, self.depths, start)

    def _may_start_block(self, index: int) -> bool:
        return index < len(self.lines) and quoted_headers.may_start_block(self.lines[index])

    def _filled(self, index: int) -> int:
        """The first line from ``index`` on that is not blank, of the next few."""
        last = min(index + 4, len(self.lines))
        while index < last and not self.lines[index]:
            index += 1
        return index

    def _deeper_follows(self, index: int, depth: int) -> bool:
        after = self._filled(index)
        return after < len(self.lines) and self.depths[after] > depth

    def _all_marked(self, index: int, depth: int) -> bool:
        """Whether all lines from ``index`` on have more than ``depth`` marks: who is named above wrote them."""
        return index < len(self.lines) and depth < self._least_below[index] < _NO_LINE

    def _closing(self, index: int) -> bool:
        """Takes a signature, a footer, a banner or armour, if one begins here."""
        line, depth = self.lines[index], self.depths[index]
        if line[0] == "-" and closings.PGP.match(line):
            self._take_armour(index)
        elif closings.SIGNATURE_MARK.match(line) and self._is_signature(index):
            self._take(self._end_of(index) - index, SIGNATURE)
        elif self._is_list_footer(index):
            self._take(self._end_of(index) - index, FOOTER)
        elif closings.SCRUBBED.match(line) and "scrubbed" in self._next_lines(index):
            self._take(min(_LINES_OF_SCRUBBED, len(self.raw) - index), FOOTER)
        elif self._origin(self._level(depth)) not in self._spoken and closings.BANNER.match(line):
            self._take(1, BANNER)
        elif closings.is_device(line):
            self._take(1, SIGNATURE)
        else:
            return False
        return True

    def _is_list_footer(self, index: int) -> bool:
        line = self.lines[index]
        if closings.GROUP_FOOTER.match(line):
            return True
        return bool(closings.LIST_FOOTER.match(line) and closings.LIST_WORDS.search(self._next_lines(index)))

    def _next_lines(self, index: int) -> str:
        return "\n".join(line[:_LONGEST_LINE] for line in self.lines[index : index + _LINES_OF_FOOTER_HEAD])

    def _take_armour(self, index: int) -> None:
        """A PGP signature or an encrypted text whole; of a signed text only the lines that begin it."""
        match = closings.PGP.match(self.lines[index])
        kind = match[2] if match is not None else ""
        if kind == "SIGNED MESSAGE":
            end = index + 1
            while end < len(self.lines) and closings.PGP_HEADER.match(self.lines[end]):
                end += 1
            self._take(end - index, SIGNATURE)
            return
        end = index + 1
        while end < len(self.lines) and not closings.PGP.match(self.lines[end]):
            end += 1
        self._take(min(end + 1, len(self.raw)) - index, ENCRYPTED if kind == "MESSAGE" else SIGNATURE)

    def _is_signature(self, index: int) -> bool:
        """Whether ``--`` starts a signature: with a blank after it always, bare only near the end of its mail."""
        if self.bare[index].rstrip("\n") == "-- ":
            return True
        near = index + _LINES_OF_BARE_SIGNATURE
        return any(self._ends_at(after, index) for after in range(index + 1, min(near, len(self.raw)) + 1))

    def _end_of(self, index: int) -> int:
        """Where a signature or footer that begins here ends: where something is quoted, or the quotation is over."""
        return next((end for end in range(index + 1, len(self.raw) + 1) if self._ends_at(end, index)), len(self.raw))

    def _ends_at(self, end: int, index: int) -> bool:
        if end >= len(self.raw):
            return True
        line = self.lines[end]
        if self.depths[end] != self.depths[index]:
            return bool(line) or self.depths[end] > 0
        if not line or len(line) > _LONGEST_LINE:
            return False
        attributed = self.attributions.get(end)
        if attributed is not None and (attributed.sure or self._deeper_follows(attributed.end, self.depths[end])):
            return True
        if quoted_headers.DIVIDER.match(line) or quoted_headers.END.match(line):
            return True
        block = self._may_start_block(end) and quoted_headers.header_block(self.lines, self.depths, end)
        return bool(block)

    # Afterwards

    def _join_gaps(self) -> None:
        """Blank lines within a quotation belong to it, also where they carry no marks."""
        last = -1
        for index, line in enumerate(self.lines):
            if not line:
                continue
            if last >= 0 and self.places[last] == self.places[index] and self.reasons[last] == self.reasons[index]:
                for gap in range(last + 1, index):
                    self.places[gap], self.reasons[gap] = self.places[index], self.reasons[index]
            elif last >= 0 and self.reasons[last] == QUOTE_HEADER:
                for gap in range(last + 1, index):
                    self.places[gap], self.reasons[gap] = self.places[last], QUOTE_HEADER
            last = index

    def _mark_legal_footers(self) -> None:
        """Mark the last paragraphs of each mail as footer where they are legal boilerplate and not all there is."""
        by_origin: dict[int, list[int]] = {}
        for index, (_, origin) in enumerate(self.places):
            if self.reasons[index] in (OWN, QUOTED):
                by_origin.setdefault(origin, []).append(index)
        for indices in by_origin.values():
            for _ in range(_MOST_LEGAL_PARAGRAPHS):
                indices = _trimmed(indices, lambda index: not self.lines[index].strip("-_=* \t"))
                begin = len(indices)
                while begin and self.lines[indices[begin - 1]]:
                    begin -= 1
                text = "\n".join(self.lines[index] for index in indices[begin:])
                if not begin or not closings.is_legal(text):
                    break
                if not any(self.lines[index] for index in indices[:begin]):
                    break
                for index in indices[begin:]:
                    self.reasons[index] = FOOTER
                indices = indices[:begin]
        if FOOTER in self.reasons:
            self._mark_rules()

    def _mark_rules(self) -> None:
        """The ruled lines around a footer are part of it."""
        filled = [index for index, line in enumerate(self.lines) if line]
        before = [-1, *filled[:-1]]
        after = [*filled[1:], -1]
        for index, above, below in zip(filled, before, after, strict=True):
            if self.reasons[index] not in (OWN, QUOTED) or not closings.RULE.match(self.lines[index]):
                continue
            if any(other >= 0 and self.reasons[other] == FOOTER for other in (above, below)):
                self.reasons[index] = FOOTER

    def parts(self) -> Iterable[Part]:
        """Lines of the same kind that follow each other, as one part."""
        start = 0
        for index in range(1, len(self.raw) + 1):
            if index < len(self.raw) and self._same(start, index):
                continue
            level, origin = self.places[start]
            text, bare = "".join(self.raw[start:index]), "".join(self.bare[start:index])
            yield Part(self.reasons[start], text, bare, level, origin)
            start = index

    def _same(self, one: int, other: int) -> bool:
        return self.reasons[one] == self.reasons[other] and self.places[one] == self.places[other]


def _least_below(lines: list[str], depths: list[int]) -> list[int]:
    """For each line, how many marks those lines have at least that stand there or below, blank ones left out."""
    least, found = _NO_LINE, []
    for line, depth in zip(reversed(lines), reversed(depths), strict=True):
        least = min(least, depth) if line else least
        found.append(least)
    return found[::-1]


def _trimmed(indices: list[int], drop: Callable[[int], bool]) -> list[int]:
    end = len(indices)
    while end and drop(indices[end - 1]):
        end -= 1
    return indices[:end]
