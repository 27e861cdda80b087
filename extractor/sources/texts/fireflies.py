"""Fireflies.ai transcripts as text: what its tools and its downloads write.

    [00:02 - 00:04] Ana Li: What she says.

    Ana Li (00:03)            or  **Ana Li (00:00):** What she says.
    What she says.

Summary, outline and action items, which are written by AI, stand above or below.
"""

from __future__ import annotations

import re

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.linelabels import LineLabel, find_label
from extractor.sources.texts.notes import notes_before_transcript
from extractor.sources.transcripts import written_by_ai

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?"
_RANGE_LABEL = re.compile(rf"[ \t]{{0,8}}\[{_CLOCK} ?[-\u2013] ?{_CLOCK}\][ \t]+[^\n:]{{1,80}}:")
_BOLD_LABEL = re.compile(r"\*\*[^\n:*()]{1,80} \(\d{1,2}:\d{2}(?::\d{2})?\)(?::\*\*|\*\*:?)")
_TIMED = re.compile(r".{0,90}[\[( ]\d{1,2}:\d{2}")
_VENDOR = re.compile(r"\bfireflies\.ai\b", re.IGNORECASE)
_NEAR_THE_TOP = 4000
_FEWEST = 2
_MOSTLY = 0.6


def fits(blob: Blob) -> float:
    """0.9 for ranges in square brackets before the names, or for Fireflies' name and labels with times."""
    lines = filled_lines(blob)
    ranges, timed = matching(lines, _RANGE_LABEL), matching(lines, _TIMED)
    if ranges >= max(_FEWEST, len(lines) * _MOSTLY):
        return 0.9
    if matching(lines, _BOLD_LABEL) >= max(_FEWEST, timed * _MOSTLY):
        return 0.8
    named = _VENDOR.search(blob.head[:_NEAR_THE_TOP]) is not None
    if named and (ranges >= _FEWEST or timed >= max(_FEWEST, len(lines) / 4)):
        return 0.9
    return 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Raises SourceError for a file without words."""
    script = Script(blob)
    if notes_before_transcript(script, AI_NOTES):
        script.warnings.append(written_by_ai("The summary and the notes"))
    script.label_lines(_range_label)
    if len(script.labels) < _FEWEST:
        script.discover()
    return script.reading(FORMAT.name)


FORMAT = Format("fireflies", "Fireflies transcripts (text)", fits, read)


def _range_label(text: str) -> LineLabel | None:
    return find_label(text) if _RANGE_LABEL.match(text) else None
