"""Is a conversation without an id of its own a grown or edited version of one that is known?

A platform's own id says so by itself. An id that begins with ``c-`` is a hash of the text, and changes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import LCSseq

SAME: Final = 0.5
"""The share of ``same_conversation`` from which two conversations are one: half of the words.

2,164 pairs of different conversations of one series (AMI, ICSI, TC39, W3C, Solid and IETF meetings and threads, Zoom
transcripts, and the train half of ``evals/examples``) came to 0.27 at most; 531 of these with a third of one turn's
words cut off to 0.65 at least, and with a name corrected throughout to 0.9.
"""
EDITED: Final = 0.8
"""The share of the shorter turn's words, in order, from which it is the same turn before or after an edit."""
LONGER: Final = 3
"""How many times as long the longer one may be: anything is found somewhere in something long."""
NEARBY: Final = 2
"""Turns before and after the expected place among which an edited one is looked for; keeps the work linear."""
LONGEST_GAP: Final = 100
"""Turns in a row, none of which stands in the other conversation as it is, from which they are not looked at."""

_WORD: Final = re.compile(r"\w+")


def same_conversation(old: Sequence[tuple[str | None, str]], new: Sequence[tuple[str | None, str]]) -> float:
    """The share of the old conversation, in [0, 1], that the new one says again in the same order.

    Both are turns (speaker, text). A turn counts by its number of words, so that the "yeah" of any two meetings weighs
    little. It is said again word for word, blanks, capitals and punctuation aside, or edited in its place. Who speaks
    is not looked at: tools name speakers anew. 0 where there was nothing.
    """
    before, after = [_plain(text) for _, text in old], [_plain(text) for _, text in new]
    weights = [text.count(" ") + 1 if text else 0 for text in before]
    if not any(weights):
        return 0.0
    again = 0
    for gap, other in _gaps(before, after):
        again -= sum(weights[turn] for turn in gap)
        again += sum(weights[turn] for turn in _edited(before, gap, after, other))
    return (sum(weights) + again) / sum(weights)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold())) or text.strip()


def _gaps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[range, range]]:
    """The stretches of the old turns that do not stand in the new ones, each with what stands there instead."""
    first, instead = 0, 0
    equal = [block for block in LCSseq.opcodes(before, after) if block.tag == "equal"]
    for start, end, there, till in [
        *((block.src_start, block.src_end, block.dest_start, block.dest_end) for block in equal),
        (len(before), len(before), len(after), len(after)),
    ]:
        if start > first:
            yield range(first, start), range(instead, there)
        first, instead = end, till


def _edited(before: Sequence[str], gap: range, after: Sequence[str], other: range) -> Iterator[int]:
    """The old turns of a gap that stand edited in the other gap, in the same order."""
    if not other or max(len(gap), len(other)) > LONGEST_GAP:
        return
    free = other.start
    for number, turn in enumerate(gap):
        expected = other.start + number * len(other) // len(gap)
        for place in range(max(free, expected - NEARBY), min(other.stop, expected + NEARBY + 1)):
            if _is_edited(before[turn], after[place]):
                free = place + 1
                yield turn
                break


def _is_edited(one: str, other: str) -> bool:
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if not shorter or len(longer) > LONGER * len(shorter):
        return False
    return LCSseq.similarity(shorter, longer) >= EDITED * len(shorter)
