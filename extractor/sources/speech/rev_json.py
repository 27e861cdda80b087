"""Rev and Rev AI: monologues of words and marks, blanks among the marks.

    {"monologues": [{"speaker": 0, "elements": [
        {"type": "text", "value": "Yes", "ts": 1.0, "end_ts": 1.2}, {"type": "punct", "value": ", "},
        {"type": "text", "value": "we", "ts": 1.3, "end_ts": 1.4}, ...]}],
     "speakers": [{"id": 0, "name": "Speaker 1"}]}

Rev writes times as ``timestamp``, ``00:00:01,500``; a speaker can be an object, or be named under ``speaker_info``.
"""

from __future__ import annotations

from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import clock, label_of
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, string


def fits(blob: Blob) -> float:
    """1.0 for monologues with elements."""
    first = mappings(mapping(blob.json).get("monologues"))[:1]
    return 1.0 if first and isinstance(first[0].get("elements"), list) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Human language: the ``value`` of the elements (used); tags such as ``laugh`` are ``markup``.

    Raises SourceError where nobody says anything.
    """
    value = mapping(blob.json)
    spoken = Spoken(blob)
    names = {label_of(each.get("id")): label_of(each.get("name")) for each in mappings(value.get("speakers"))}
    for place, monologue in enumerate(spoken.entries(value.get("monologues"), "monologue"), 1):
        label = _speaker(monologue, names)
        words = []
        for element in spoken.entries(monologue.get("elements"), f"monologue {place}, element"):
            if element.get("type") == "tag":
                spoken.aside("markup", string(element.get("value")) or string(element.get("name")))
                continue
            text = spoken.text(element.get("value"), f"monologue {place}")
            start = clock(element.get("ts", element.get("timestamp")))
            end = clock(element.get("end_ts", element.get("end_timestamp")))
            words.append(Word(text, start, end, label, ""))
        spoken.words(words)
    return reading(blob, FORMAT.name, [spoken])


def _speaker(monologue: dict[str, Any], names: dict[str | None, str | None]) -> str | None:
    info = label_of(monologue.get("speaker_info")) or label_of(monologue.get("speaker_name"))
    label = label_of(monologue.get("speaker"))
    return info or names.get(label) or label


FORMAT = Format("rev-json", "Rev transcripts (JSON)", fits, read)
