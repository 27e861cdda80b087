"""Rev.com text transcripts.

    Speaker 1 (00:03):
    What they say.

    Ana Li (00:01:18): Or on the same line.

    Overlapping speakers (00:05:32):
    ...

A long turn has a time such as ``(00:28)`` before a later paragraph.
"""

from __future__ import annotations

import re

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.linelabels import LineLabel, find_label

_LABEL = re.compile(r"(?=[^\s\[(#>*-])[^\n:()]{1,80}(?:\([^\n:()]{1,40}\))? \(\d{1,2}:\d{2}(?::\d{2})?\):(?=\s|$)")
_OTHER_LABEL = re.compile(r"\[|\*\*|[^\n:]{1,80}:(?:\s|$)")
_FEWEST = 2
_MOSTLY = 0.6


def fits(blob: Blob) -> float:
    """0.9 where names with a time in round brackets and a colon are the labels of the text."""
    lines = filled_lines(blob)
    written = matching(lines, _LABEL)
    if written < _FEWEST:
        return 0.0
    others = matching(lines, _OTHER_LABEL)
    return 0.9 if written >= (written + others) * _MOSTLY else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; ``Overlapping speakers`` is nobody. Raises SourceError for a file without words."""
    script = Script(blob)
    script.label_lines(_label)
    return script.reading(FORMAT.name)


FORMAT = Format("rev", "Rev transcripts (text)", fits, read)


def _label(text: str) -> LineLabel | None:
    return find_label(text) if _LABEL.match(text) else None
