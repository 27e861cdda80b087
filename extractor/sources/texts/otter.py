"""Otter.ai text exports.

    Ana Li  0:03<two blanks>
    What she says, a paragraph long.

    Unknown Speaker  1:02:07<two blanks>
    ...

    Transcribed by https://otter.ai

Two blanks stand before and behind the time. Above may be the title, the day, ``SUMMARY KEYWORDS`` and ``SPEAKERS``.
People edit these files: names get bold, blanks and the last line get lost. Where Otter knows no speakers, only the
times stand there.
"""

from __future__ import annotations

import re
from datetime import datetime

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Line
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.labels import reads_like_a_name
from extractor.sources.texts.linelabels import LineLabel, find_label
from extractor.sources.transcripts import written_by_ai

_CREDIT = re.compile(
    r"\W{0,9}(?:\d{1,3}:\d{2} )?Transcribed by \W{0,4}(?:https?://)?(?:www\.)?otter\.ai\W{0,40}(?:https?://otter\.ai\W{0,4})?$",
    re.I,
)
_LABEL = re.compile(r"(?=\S).{1,90}?(?:\*\*|__)?(?<! ) {2}\d{1,3}:\d{2}(?::\d{2})?(?: {0,2}|\\)$")
_ANY_TIME = re.compile(r"\S.{0,90}[ \t(]\d{1,3}:\d{2}(?::\d{2})?\)?:?[ \t]{0,4}$")
_CREATED = re.compile(
    r"\w{3,9},? (?P<day>\w{3,9} \d{1,2},? \d{4}),?\s{1,3}(?:at )?(?P<time>\d{1,2}:\d{2}\s?[AP]M)", re.I
)
_KEYWORDS = ("summary keywords", "summary", "outline", "action items")
_TAIL = 400
_FEWEST = 2
_MOSTLY = 0.6


def fits(blob: Blob) -> float:
    """1.0 with Otter's last line, 0.9 where the lines with a time are mostly written as Otter does."""
    lines = filled_lines(blob)
    written, times = matching(lines, _LABEL), matching(lines, _ANY_TIME)
    if lines and _ends_with_credit(blob.text):
        return 1.0
    if written >= _FEWEST and written >= times * _MOSTLY:
        return 0.9
    return 0.0


def _ends_with_credit(text: str) -> bool:
    tail = text[-_TAIL:].rstrip().rsplit("\n", 1)[-1].strip()
    return bool(_CREDIT.match(tail))


def read(blob: Blob) -> Reading:
    """One conversation; ``Unknown Speaker`` is nobody. Raises SourceError for a file without words."""
    script = Script(blob)
    filled = list(script.filled())
    if filled and _CREDIT.match(filled[-1][1].text.strip()):
        script.set_aside(filled[-1][0], filled[-1][0] + 1, "boilerplate")
    names = {label.name for _, line in filled if (label := _exact(line.text))}
    script.label_lines(lambda text: _label(text, names))
    _read_header(script)
    return script.reading(FORMAT.name)


FORMAT = Format("otter", "Otter.ai transcripts (text)", fits, read, verified=True)


def _exact(text: str) -> LineLabel | None:
    """A label as Otter writes it."""
    return find_label(text) if _LABEL.match(text) else None


def _label(text: str, names: set[str]) -> LineLabel | None:
    """A label, also one that was edited: with one blank, a dash or brackets, if the name can be one."""
    exact = _exact(text)
    if exact:
        return exact
    label = find_label(text)
    if label is None or label.kind != "block" or label.time is None:
        return None
    return label if label.name in names or (label.strong and reads_like_a_name(label.name)) else None


def _read_header(script: Script) -> None:
    """Title, day and keywords above the first turn."""
    filled = script.above_labels()
    if not script.labels or not filled:
        return
    created = next((n for n, (_, line) in enumerate(filled) if _CREATED.match(line.text.strip())), None)
    keywords = next((n for n, (_, line) in enumerate(filled) if _is_keywords(line)), None)
    if created is not None:
        script.started_at = script.started_at or _moment(filled[created][1].text)
        script.title = script.title or (filled[0][1].text.strip("# \t") if created == 1 else None)
    if created is not None or keywords is not None:
        notes = False
        for index, line in filled:
            notes = _is_keywords(line) or (notes and line.text.strip().casefold() != "speakers")
            script.set_aside(index, index + 1, AI_NOTES if notes else "header")
    if keywords is not None:
        script.warnings.append(written_by_ai("Otter's keywords and summary"))


def _is_keywords(line: Line) -> bool:
    return line.text.strip("#*_: \t").casefold() in _KEYWORDS


def _moment(text: str) -> datetime | None:
    match = _CREATED.match(text.strip())
    if match is None:
        return None
    written = f"{match['day'].replace(',', '')} {match['time'].replace(' ', '').upper()}"
    for pattern in ("%b %d %Y %I:%M%p", "%B %d %Y %I:%M%p"):
        try:
            return datetime.strptime(written, pattern)
        except ValueError:
            continue
    return None
