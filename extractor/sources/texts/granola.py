"""Granola notes with the transcript pasted below them.

    ### Next Steps
    - ...

    ---

    Chat with meeting transcript: [https://notes.granola.ai/d/...](https://notes.granola.ai/d/...)

    Them: Say yes or no.<two blanks>
    Me: We say yes.<two blanks>

The notes are written by AI. ``Me`` is whoever made the recording, ``Them`` everybody else together, so that no turn of
``Them`` has a speaker unless the user says who it is.
"""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Line
from extractor.sources.reasons import AI_NOTES
from extractor.sources.texts.dialogue import Script, filled_lines, matching
from extractor.sources.texts.linelabels import LineLabel, find_label
from extractor.sources.texts.notes import heading_of, is_transcript_heading
from extractor.sources.transcripts import written_by_ai

_LINK = re.compile(r"https?://(?:notes|app)\.granola\.(?:ai|so)/", re.IGNORECASE)
_CHAT = re.compile(r"\W{0,9}Chat with meeting transcript\b", re.IGNORECASE)
_HEAD = re.compile(
    r"\W{0,9}(?:Meeting title:(?P<title>.*)|(?:date|(?:meeting )?participants|transcript):.*)$", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"\W{0,9}(?:Me|Them|Other|Others):")
_THEM = re.compile(r"\W{0,9}(?:Them|Others?):")
_NOBODY = frozenset(("them", "other", "others"))
_PLACEHOLDERS = _NOBODY | {"me"}
_FEWEST = 3
_MOSTLY = 0.6


def fits(blob: Blob) -> float:
    """1.0 with Granola's link, 0.9 where the lines are labelled ``Me`` and ``Them``."""
    lines = filled_lines(blob)
    if matching(lines, _CHAT) and _LINK.search(blob.head):
        return 1.0
    if matching(lines, _PLACEHOLDER) >= max(_FEWEST, len(lines) * _MOSTLY) and matching(lines, _THEM):
        return 0.9
    return 0.0


def read(blob: Blob) -> Reading:
    """One conversation: the transcript without the notes. Raises SourceError where there are only notes."""
    script = Script(blob)
    script.label_lines(_placeholder)
    if not script.labels:
        begin = _transcript_begins(script)
        _set_aside_notes(script, [(index, line) for index, line in script.filled() if index < begin])
        script.discover()
    else:
        _set_aside_notes(script, script.above_labels())
    if not any(any(each.isalnum() for each in line.text) for _, line in script.filled()):
        what = f"{blob.name} holds Granola's notes, which are written by AI, and no transcript."
        raise SourceError(
            what, "Copy the transcript from Granola too, or read it with --source-format text all the same."
        )
    _warn(script)
    return script.reading(FORMAT.name, nobody=_NOBODY)


FORMAT = Format("granola", "Granola transcripts with notes (text)", fits, read)


def _placeholder(text: str) -> LineLabel | None:
    label = find_label(text)
    if label is None or label.kind != "inline" or label.listed:
        return None
    return label if label.name.casefold() in _PLACEHOLDERS else None


def _transcript_begins(script: Script) -> int:
    """The line after Granola's link, or after the heading of the transcript if that comes later."""
    begin = 0
    for index, line in script.filled():
        heading = heading_of(line.text)
        if _CHAT.match(line.text) or (heading and is_transcript_heading(heading.words)):
            begin = index + 1
    return begin


def _set_aside_notes(script: Script, above: list[tuple[int, Line]]) -> None:
    notes = False
    for index, line in above:
        heading = heading_of(line.text)
        if heading and heading.level == 1 and script.title is None:
            script.title = heading.words
            script.set_aside(index, index + 1, "header")
        elif _CHAT.match(line.text) or (heading and is_transcript_heading(heading.words)):
            script.set_aside(index, index + 1, "boilerplate")
        elif head := _HEAD.match(line.text):
            script.title = script.title or (head["title"] or "").strip() or None
            script.set_aside(index, index + 1, "header")
        else:
            notes = notes or any(each.isalnum() for each in line.text)
            script.set_aside(index, index + 1, AI_NOTES)
    if notes:
        script.warnings.append(written_by_ai("Granola's notes"))


def _warn(script: Script) -> None:
    mapped = script.blob.hints.speakers
    found = {label.name.casefold(): label.name for label in script.labels.values()}
    for folded in sorted(_NOBODY & found.keys() - mapped.keys()):
        script.warnings.append(
            f'"{found[folded]}" is everybody but who made the recording, so these turns have no speaker; '
            "if it is one person, --speakers says who."
        )
    if "me" in found and "me" not in mapped:
        script.warnings.append('"Me" is who made the recording; --speakers says who that is.')
