"""From a segment to a quote: which neighbouring segments of the same turn belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.engines.local import cues
from extractor.engines.local.segments import Script, Segment
from extractor.engines.local.statements import content_words, is_acknowledgement

MOST_SEGMENTS = 3
MOST_WORDS = 45
FEW_CONTENT = 3  # content words below which a quote leans on the sentence before it

_FINISHED = re.compile(r"[.!?…][\"'”’)\]]*$")
_TRAILS_OFF = re.compile(r"(?:\.\.\.|…|--|—|\b(?:and|or|but|so|the|a|to|um|uh|that|because)[.,]?)$", re.IGNORECASE)


def quote_around(script: Script, index: int) -> tuple[int, int]:
    """First and last index of the segments, all of one turn, that make a quote of the segment ``index``.

    An unfinished sentence is completed, forwards and backwards; a sentence with little content takes the one before it
    along, else the one after it.
    """
    segments = script.segments
    first = last = index
    while _may_grow(segments, first, last) and _same(segments, last, last + 1) and not _finished(segments[last]):
        last += 1
    while _may_grow(segments, first, last) and _same(segments, first, first - 1) and not _finished(segments[first - 1]):
        first -= 1
    if content_words(_text(segments, first, last)) < FEW_CONTENT and _may_grow(segments, first, last):
        for neighbour in (first - 1, last + 1):
            if _same(segments, index, neighbour) and content_words(segments[neighbour].text) >= 2:
                first, last = min(first, neighbour), max(last, neighbour)
                break
    while first < index and is_acknowledgement(segments[first].text):
        first += 1
    return first, last


def after(script: Script, index: int, seconds: float, most: int, others: bool = True) -> list[int]:
    """Indices of segments that follow within so many seconds, at most ``most``; ``others``: only other speakers'."""
    return _around(script, index, range(index + 1, len(script.segments)), seconds, most, others)


def before(script: Script, index: int, seconds: float, most: int, others: bool = False) -> list[int]:
    """Indices of segments that precede within so many seconds, nearest first; see :func:`after`."""
    return _around(script, index, range(index - 1, -1, -1), seconds, most, others)


def accepted_by(script: Script, index: int, seconds: float = 25.0, most: int = 6) -> list[int]:
    """Segments of other speakers that plainly accept what the segment ``index`` says, in order.

    Bare back-channels ("mm-hmm", "right") do not count unless the segment asked for consent, nor does anything after a
    reply that objects or asks back.
    """
    asked = cues.has("question", script.segments[index].text) or cues.has("propose", script.segments[index].text)
    found: list[int] = []
    for candidate in after(script, index, seconds, most):
        text = script.segments[candidate].text
        objects = cues.has("object", text) and not cues.has("no_objection", text)
        if objects or _NEGATIVE.match(text):
            break
        consents = cues.has("assent", text) or (asked and _CONSENT.match(text) is not None)
        if consents and not _DOUBTFUL.search(text):
            found.append(candidate)
        elif "?" in text:
            break
    return found


def settled_by(script: Script, index: int, seconds: float = 15.0) -> list[int]:
    """The next other speaker's segment where it settles what the segment ``index`` states ("yes, do it like that")."""
    found = after(script, index, seconds, most=1)
    return [number for number in found if _SETTLES.match(script.segments[number].text)]


_SETTLES = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|okay|ok|great|perfect|sure|alright|all right|fine|good|agreed)\b[\s,.!]*)*"
    r"(?:let(?:'|’)s do (?:it|that|this)|do (?:it|that) (?:like that|that way|then)|please do\b|(?:we(?:'|’)ll|we) do"
    r" (?:it|that) (?:like that|that way)|let(?:'|’)s go (?:with|for) (?:that|it)"
    r"|that(?:'|’)s (?:settled|decided|the plan))",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"^\W*(?:no|nope|nah|not really|i (?:don(?:'|’)t|disagree)|actually no|but|hmm)\b(?! (?:objections?|problem"
    r"|worries))",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"\b(?:but|not sure|don(?:'|’)t|do not|however|except|unless|not|if)\b|\?", re.IGNORECASE)
_CONSENT = re.compile(
    r"^\W*(?:(?:yeah|yes|yep|yup|ok|okay|sure|agreed|alright|all right|absolutely|definitely|perfect|great|of course"
    r"|will do|deal|done)\b[\s,.!]*)+"
    r"(?:$|i(?:'|’)(?:ll|m)|i (?:can|will|agree|think)|let(?:'|’)s|we (?:can|should)|that|sounds|makes|go|do|please"
    r"|thanks?|thank|no)",
    re.IGNORECASE,
)


def _around(
    script: Script, index: int, candidates: Sequence[int], seconds: float, most: int, others: bool
) -> list[int]:
    segments, origin = script.segments, script.segments[index]
    found: list[int] = []
    for candidate in candidates:
        segment = segments[candidate]
        if len(found) >= most or abs(segment.time - origin.time) > seconds:
            break
        if not segment.foreign and (not others or segment.speaker != origin.speaker):
            found.append(candidate)
    return found


def _may_grow(segments: Sequence[Segment], first: int, last: int) -> bool:
    return last - first + 1 < MOST_SEGMENTS and sum(s.words for s in segments[first : last + 1]) < MOST_WORDS


def _same(segments: Sequence[Segment], index: int, neighbour: int) -> bool:
    if not 0 <= neighbour < len(segments):
        return False
    return segments[neighbour].turn == segments[index].turn and not segments[neighbour].foreign


def _finished(segment: Segment) -> bool:
    return bool(_FINISHED.search(segment.text)) and not _TRAILS_OFF.search(segment.text)


def _text(segments: Sequence[Segment], first: int, last: int) -> str:
    return " ".join(segment.text for segment in segments[first : last + 1])
