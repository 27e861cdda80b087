"""tl;dv transcripts as copied or downloaded.

    [00:12] Ana Li: What she says.

    00:00:12 Ana Li            or  **Ana Li** (00:00:12)
    What she says.

The labels are those of plain text; what tells tl;dv is its name or its links. Its notes are written by AI.
"""

from __future__ import annotations

import re

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.notes import notes_before_transcript
from extractor.sources.transcripts import written_by_ai

_VENDOR = re.compile(r"https?://(?:www\.|app\.)?tldv\.io/|\btl;dv\b", re.IGNORECASE)
_TIMED = re.compile(
    r"\W{0,5}\d{1,2}:\d{2}(?::\d{2})?\b.{0,100}$|.{1,90}\(\d{1,2}:\d{2}(?::\d{2})?\)\W{0,4}$|\W{0,5}\d{1,2}:\d{2}(?::\d{2})?\W{1,4}[^:]{1,80}:"
)
_NOTICE = re.compile(
    r"\W{0,9}(?:recorded|transcribed|generated|powered|made)\b.{0,40}\btl;?dv\b|\W{0,9}(?:\w+ ){0,6}https?://\S{0,40}tldv\.io/",
    re.IGNORECASE,
)
_NEAR_THE_TOP = 4000
_NEAR_THE_END = 400
_FEWEST = 2


def fits(blob: Blob) -> float:
    """0.9 where tl;dv is named near the top, or on the last lines, and lines have times."""
    if not _VENDOR.search(blob.head[:_NEAR_THE_TOP]) and not _VENDOR.search(blob.head[-_NEAR_THE_END:]):
        return 0.0
    return 0.9 if matching(filled_lines(blob), _TIMED) >= _FEWEST else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Raises SourceError for a file without words."""
    script = Script(blob)
    if notes_before_transcript(script, AI_NOTES):
        script.warnings.append(written_by_ai("The notes"))
    for index, line in list(script.filled()):
        if _NOTICE.match(line.text):
            script.set_aside(index, index + 1, "boilerplate")
    script.discover()
    return script.reading(FORMAT.name)


FORMAT = Format("tldv", "tl;dv transcripts (text)", fits, read)
