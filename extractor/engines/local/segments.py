"""Turns into sentence-like segments with offsets, and a conversation into one sequence of them.

A turn may be one word or ten minutes of speech, according to the source; what is scored and quoted is a segment: one
sentence, or a part of one where punctuation is missing. Everything downstream sees segments and runs of one speaker's
segments, so it makes no difference whether a source merged consecutive cues of a speaker or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractor.conversation import Conversation

WORDS_PER_SECOND = 2.5  # usual speaking rate (150 words a minute); stands in for clock time where a source has none
SOFT_LIMIT = 18  # words after which a comma or a conjunction ends a segment
HARD_LIMIT = 40  # words after which a segment ends anywhere

_WORD = re.compile(r"\S+")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]*_]*$")
_ABBREVIATION = re.compile(
    r"^[\"'(\[]*(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|prof|st|no|fig|sec|approx|resp|al|[A-Za-z])\.$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;:–—]$|^--?$")
_CONJUNCTIONS = frozenset({"and", "but", "so", "because", "or", "then", "however", "although", "whereas", "which"})
_QUOTED_LINE = re.compile(r"^\s*>")
_FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass(frozen=True)
class Segment:
    """A span of one turn: ``text`` is ``turn.text[start:end]``, offsets in code points.

    ``time`` is seconds from the start of the conversation, estimated from the words spoken where the source has no
    clock. ``speaker`` is a participant id; ``foreign`` marks text that is not the speaker's own words (a quoted line
    of somebody else's message, a code block): it is context, never evidence.
    """

    turn: int
    start: int
    end: int
    text: str
    speaker: str | None
    time: float
    foreign: bool = False

    @cached_property
    def words(self) -> int:
        """Number of words, separated by white space."""
        return len(self.text.split())


@dataclass(frozen=True)
class Script:
    """A conversation as one sequence of segments, in order. ``timed`` is whether the source has a clock."""

    segments: tuple[Segment, ...]
    timed: bool
    written: bool

    @cached_property
    def runs(self) -> list[int]:
        """For each segment the number of its run: consecutive segments of one speaker, across turns."""
        numbers: list[int] = []
        for index, segment in enumerate(self.segments):
            same = index > 0 and self.segments[index - 1].speaker == segment.speaker
            numbers.append((numbers[-1] if same else numbers[-1] + 1) if numbers else 0)
        return numbers


def split_turn(text: str) -> list[tuple[int, int, bool]]:
    """Spans of a turn's text as (start, end, foreign), in order, without the white space between them.

    Lines that begin with ``>`` and fenced code blocks are foreign; other text is split into sentences, and sentences
    longer than ``SOFT_LIMIT`` words at clause boundaries.
    """
    spans: list[tuple[int, int, bool]] = []
    position, fenced = 0, False
    for line in text.splitlines(keepends=True):
        is_fence = bool(_FENCE.match(line))
        foreign = fenced or is_fence or bool(_QUOTED_LINE.match(line))
        fenced = fenced != is_fence
        if foreign:
            stripped = line.strip()
            if stripped:
                start = position + line.index(stripped)
                spans.append((start, start + len(stripped), True))
        else:
            spans.extend((position + a, position + b, False) for a, b in _sentences(line))
        position += len(line)
    return spans


def _sentences(line: str) -> list[tuple[int, int]]:
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(line)]
    spans: list[tuple[int, int]] = []
    first = 0
    for index, (_, end, word) in enumerate(words):
        count = index - first + 1
        following = words[index + 1][2].lower() if index + 1 < len(words) else ""
        sentence_end = bool(_ENDS_SENTENCE.search(word)) and not _ABBREVIATION.match(word)
        clause_end = count >= SOFT_LIMIT and (bool(_CLAUSE_END.search(word)) or following in _CONJUNCTIONS)
        remaining = len(words) - index - 1
        if not following or sentence_end or (clause_end and remaining >= 4) or count >= HARD_LIMIT:
            spans.append((words[first][0], end))
            first = index + 1
    return spans


def script_of(conversation: Conversation) -> Script:
    """The conversation's segments. Turns of kind ``system`` and empty turns have none."""
    timed = sum(turn.start is not None for turn in conversation.turns) * 2 > len(conversation.turns)
    clock = 0.0
    segments: list[Segment] = []
    for turn in conversation.turns:
        if turn.kind == "system":
            continue
        spans = split_turn(turn.text)
        lengths = [len(turn.text[a:b].split()) for a, b, _ in spans]
        if timed and turn.start is not None:
            clock = turn.start
        rate = WORDS_PER_SECOND
        if timed and turn.start is not None and turn.end is not None and turn.end > turn.start:
            rate = max(sum(lengths) / (turn.end - turn.start), 0.1)
        for (start, end, foreign), length in zip(spans, lengths, strict=True):
            segments.append(Segment(turn.index, start, end, turn.text[start:end], turn.speaker, clock, foreign))
            clock += length / rate
    written = conversation.kind == "thread" or (
        not timed and bool(conversation.turns) and all(turn.kind != "speech" for turn in conversation.turns)
    )
    return Script(tuple(segments), timed, written)
