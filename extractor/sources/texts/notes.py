"""Notes that stand beside a transcript in one file: found by their headings, and set aside by who wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from extractor.sources.ledger import Line
from extractor.sources.texts.labels import SECTION_LABELS

if TYPE_CHECKING:
    from extractor.sources.texts.dialogue import Script

_HEADING = re.compile(r"[ \t]*+(#{1,6})[ \t]++(\S.*)$", re.DOTALL)
_LONGEST_HEADING = 200
_TRANSCRIPT = re.compile(
    r"(?:(?:full|raw|verbatim|complete|meeting|call|original|edited) )?"
    r"(?:transcript(?:ion)?s?|transcripción|transcrição|transkript(?:ion)?|trascrizione|transcriptie|文字起こし)$",
    re.IGNORECASE,
)
_NO_NOTES = frozenset(("attendees", "participants", "agenda", "references", "links", "discussion"))
_NOTE_HEADINGS = (SECTION_LABELS - _NO_NOTES) | frozenset(
    (
        "overview", "outline", "chapters", "key points", "meeting notes", "meeting purpose", "meeting summary",
        "ai summary", "ai notes", "ai meeting summary", "shorthand bullets", "gist", "keywords", "topics discussed",
        "key decisions", "action points", "tasks", "insights", "key insights", "executive summary", "short summary",
        "notes", "highlights", "questions", "summary keywords", "recap", "next steps and action items",
    )
)  # fmt: skip


class Heading(NamedTuple):
    """A Markdown heading: its level from 1 to 6, and its words without marks."""

    level: int
    words: str


def heading_of(text: str) -> Heading | None:
    """The Markdown heading that a line is."""
    match = _HEADING.match(text) if text.lstrip(" \t").startswith("#") else None
    if match is None:
        return None
    return Heading(len(match[1]), match[2].rstrip("# \t").strip("*_ \t") or match[2].strip())


def is_transcript_heading(words: str) -> bool:
    """Whether the words of a heading say that the transcript begins."""
    return len(words) <= _LONGEST_HEADING and bool(_TRANSCRIPT.match(_bare(words)))


def is_notes_heading(words: str) -> bool:
    """Whether the words of a heading say that notes begin, as ``Summary`` and ``Action items`` do."""
    return len(words) <= _LONGEST_HEADING and _bare(words).casefold() in _NOTE_HEADINGS


def _bare(words: str) -> str:
    kept = re.sub(r"^\W+|\W+$", "", words)
    return " ".join(kept.split())


def _heading_words(text: str) -> str:
    heading = heading_of(text)
    return heading.words if heading else text.strip() if len(text) <= _LONGEST_HEADING else ""


def notes_before_transcript(script: Script, reason: str) -> bool:
    """Set aside the notes above a heading such as ``## Transcript``, and below the transcript under one of its level.

    Nothing is, where there is no such heading or nothing above it is headed like notes. Whether something was.
    """
    filled = list(script.filled())
    begin = next((n for n, (_, line) in enumerate(filled) if is_transcript_heading(_heading_words(line.text))), None)
    if begin is None or begin + 1 == len(filled):
        return False
    above = [n for n in range(begin) if is_notes_heading(_heading_words(filled[n][1].text))]
    if above:
        for index, line in filled[:begin]:
            if index >= filled[above[0]][0] or not _is_title(line.text):
                script.set_aside(index, index + 1, reason if index >= filled[above[0]][0] else "header")
    own = heading_of(filled[begin][1].text)
    below = _notes_below(filled, begin, own.level if own else 0)
    for index, _ in filled[below:]:
        script.set_aside(index, index + 1, reason)
    return bool(above) or below < len(filled)


def _is_title(text: str) -> bool:
    heading = heading_of(text)
    return heading is not None and heading.level == 1


def _notes_below(filled: Sequence[tuple[int, Line]], begin: int, level: int) -> int:
    """Where, behind the transcript, notes under a heading of its level begin; the number of lines where none do."""
    for n in range(begin + 1, len(filled)):
        heading = heading_of(filled[n][1].text)
        if heading and 0 < heading.level <= level and is_notes_heading(heading.words):
            return n
    return len(filled)
