"""Fireflies.ai: transcripts as its GraphQL API gives them, bare or within the answer, and as they are downloaded.

{"data": {"transcript": {"title": "...", "date": 1778068800000, "sentences": [
    {"index": 0, "speaker_name": "Ana", "speaker_id": 0, "text": "Yes.", "raw_text": "yes", "start_time": 2.3,
     "end_time": 4.4, "ai_filters": {...}}], "summary": {"overview": "...", "action_items": "..."}}}}
    [{"sentence": "Yes.", "startTime": "00:02", "endTime": "00:04", "speaker_name": "Ana", "speaker_id": 0}]
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import clock, label_of
from extractor.sources.speech.turns import Spoken, reading, strings_in
from extractor.sources.values import MILLISECOND, epoch, mapping, mappings, moment, string

_SENTENCE_KEYS = ("speaker_name", "speaker_id", "raw_text")
_TEXT_KEYS = ("text", "sentence", "raw_text")
_NOTES = ("summary", "apps_preview")


def fits(blob: Blob) -> float:
    """1.0 for sentences with the fields of Fireflies."""
    for transcript in _transcripts(blob.json):
        first = mappings(transcript.get("sentences"))[:1]
        if first and any(key in first[0] for key in _TEXT_KEYS) and any(key in first[0] for key in _SENTENCE_KEYS):
            return 1.0
    return 0.0


def _transcripts(value: object) -> list[dict[str, Any]]:
    """The transcripts of an answer: one, or the list of several."""
    first = mappings(value[:1]) if isinstance(value, list) else []
    if first and "sentence" in first[0]:
        return [{"sentences": value}]
    held = mapping(value)
    if "sentences" not in held and isinstance(held.get("data"), dict):
        held = held["data"]
    if "sentences" in held:
        return [held]
    if isinstance(held.get("transcript"), dict):
        return [held["transcript"]]
    several = mappings(held.get("transcripts")) or mappings(value)
    return [each for each in several if "sentences" in each]


def read(blob: Blob) -> Reading:
    """One conversation for every transcript, with its title and the time it began.

    Human language: ``text`` of the sentences, else ``sentence`` or ``raw_text`` (used); the others of these and what
    filters found in them (``copy``); ``title`` (``heading``); summary and answers of apps (``AI notes``). Raises
    SourceError where nobody says anything.
    """
    return reading(blob, FORMAT.name, [_read(blob, each) for each in _transcripts(blob.json)])


def _read(blob: Blob, transcript: dict[str, Any]) -> Spoken:
    spoken = Spoken(blob)
    title = string(transcript.get("title"))
    spoken.title = title.strip() or None
    spoken.aside("heading", title)
    spoken.started_at = _started(transcript)
    names = {label_of(each.get("id")): label_of(each.get("name")) for each in mappings(transcript.get("speakers"))}
    for place, entry in enumerate(spoken.entries(transcript.get("sentences"), "sentence"), 1):
        speaker_id = label_of(entry.get("speaker_id"))
        label = label_of(entry.get("speaker_name")) or names.get(speaker_id) or speaker_id
        texts = [spoken.text(entry.get(key), f"sentence {place}") for key in _TEXT_KEYS]
        text, *others = [each for each in texts if each] or [""]
        times = (clock(entry.get(f"{name}_time", entry.get(f"{name}Time"))) for name in ("start", "end"))
        spoken.segment(label, text, (), *times)
        spoken.copy(*others, *strings_in(entry.get("ai_filters")))
    spoken.notes(*(transcript.get(key) for key in _NOTES))
    return spoken


def _started(transcript: dict[str, Any]) -> datetime | None:
    written = transcript.get("date")
    return epoch(written, MILLISECOND) or moment(written) or moment(transcript.get("dateString"))


FORMAT = Format("fireflies-json", "Fireflies transcripts (JSON)", fits, read)
