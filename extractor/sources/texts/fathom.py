"""Fathom transcripts as copied or saved.

    Weekly sync - April 09
    VIEW RECORDING - 62 mins (No highlights): https://fathom.video/share/...

    ---

    0:02 - Ana Li (Nordwind)
      What he says.
      ACTION ITEM: Send the plan - WATCH: https://fathom.video/share/...?timestamp=27.9  And he goes on.

Between the words stand ``ACTION ITEM:`` lines (written by AI) and ``SCREEN SHARING:`` lines (by the program); they end
with their link, and the words go on behind it. A summary may stand above, and nothing but one in what Fathom mails.
"""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.labels import clean_label
from extractor.sources.texts.linelabels import LineLabel
from extractor.sources.transcripts import written_by_ai

_VIEW = re.compile(r"\W{0,9}VIEW RECORDING - \d{1,4} min")
_LINK = re.compile(r"https?://(?:www\.)?fathom\.(?:video|ai)/", re.IGNORECASE)
_LABEL = re.compile(
    r"[ \t]{0,8}\*{0,2}\[?@?(?P<time>\d{1,3}:\d{2}(?::\d{2})?)\]?(?:\([^()\s]{1,300}\))?\*{0,2}"
    r"[ \t]+-(?:[ \t]+|$)(?P<name>.{0,120})$"
)
_MARKER = re.compile(r"[ \t]*+(?P<kind>[A-Z][A-Z ]{2,30}):[ \t]")
_WATCH = re.compile(r"[ \t]-[ \t]WATCH:[ \t]*+\S++")
_WATCH_BELOW = re.compile(r"[ \t]*+-[ \t]WATCH:[ \t]*+\S++")
_AI_MARKERS = ("ACTION ITEM", "HIGHLIGHT", "KEY POINT", "INSIGHT", "FEEDBACK", "BOOKMARK", "NOTE", "QUESTION")
_FEWEST = 2


def fits(blob: Blob) -> float:
    """1.0 with Fathom's link to the recording, 0.9 with labels and links of its own."""
    lines = filled_lines(blob)
    if matching(lines, _VIEW):
        return 1.0
    if _LINK.search(blob.head) and matching(lines, _LABEL) >= _FEWEST:
        return 0.9
    return 0.0


def read(blob: Blob) -> Reading:
    """One conversation, with the first line as its title. Raises SourceError where there is no transcript."""
    script = Script(blob)
    script.label_lines(_label)
    if not script.labels:
        what = f"{blob.name} holds Fathom's summary, which is written by AI, and no transcript."
        raise SourceError(what, "Copy the transcript from Fathom, or read it with --source-format text all the same.")
    _read_header(script)
    if _cut_markers(script):
        script.warnings.append(written_by_ai("Fathom's notes between the words"))
    return script.reading(FORMAT.name)


FORMAT = Format("fathom", "Fathom transcripts (text)", fits, read)


def _label(text: str) -> LineLabel | None:
    match = _LABEL.match(text)
    if match is None:
        return None
    return LineLabel(clean_label(match["name"]), len(text), "block", True, match["time"])


def _read_header(script: Script) -> None:
    """The title, the link and, where there is one, the summary above the first turn."""
    notes = False
    for index, line in script.above_labels():
        words = line.text.strip()
        is_link = bool(_VIEW.match(words))
        if script.title is None and not is_link and any(each.isalnum() for each in words):
            script.title = words.strip("#* \t")
        elif not is_link and any(each.isalnum() for each in words):
            notes = True
            script.set_aside(index, index + 1, AI_NOTES)
            continue
        script.set_aside(index, index + 1, "header")
    if notes:
        script.warnings.append(written_by_ai("Fathom's summary", plural=False))


def _cut_markers(script: Script) -> bool:
    """Cut out what Fathom writes between the words. Whether some of it was written by AI."""
    found, awaited = False, False
    for index, line in list(script.filled()):
        marker = _MARKER.match(line.text)
        below = _WATCH_BELOW.match(line.text) if awaited else None
        awaited = False
        if below:
            script.cut(index, 0, below.end(), AI_NOTES)
            continue
        if marker is None or index in script.labels:
            continue
        watch = _WATCH.search(line.text, marker.end() - 1)
        if watch is None and marker["kind"] not in _AI_MARKERS:
            continue
        reason = "system message" if marker["kind"] == "SCREEN SHARING" else AI_NOTES
        found = found or reason == AI_NOTES
        awaited = watch is None
        script.cut(index, 0, watch.end() if watch else len(line.text), reason)
    return found
