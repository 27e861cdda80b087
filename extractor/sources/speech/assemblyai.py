"""AssemblyAI: a transcript as its API gives it, times in milliseconds.

    {"text": "...", "words": [{"text": "Yes,", "start": 170, "end": 718, "speaker": "A"}],
     "utterances": [{"speaker": "A", "start": 170, "end": 25140, "text": "...", "words": [...]}] or null}

``utterances`` are null without speaker labels. ``/paragraphs`` and ``/sentences`` give lists of the same under these
names. The list alone is read too, and a transcript that a program saved under ``transcript``.
"""

from __future__ import annotations

from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import MILLISECOND, mapping, mappings, string

_UNITS = ("utterances", "paragraphs", "sentences")
_OWN_KEYS = (
    "audio_url", "acoustic_model", "language_model", "speech_model", "audio_duration", "webhook_status_code",
    "speaker_labels", "punctuate",
)  # fmt: skip
_FEWEST_OWN = 2
_NOTES = ("chapters", "summary", "summaries")
_RESULTS = ("sentiment_analysis_results", "entities")
_MOST_LOOKED_AT = 3


def fits(blob: Blob) -> float:
    """1.0 with keys that only AssemblyAI's transcripts have, 0.9 for utterances or words shaped like its."""
    value = _transcript(blob.json)
    if not any(key in value for key in ("text", "words", *_UNITS)):
        return 0.0
    if isinstance(value.get("segments"), list) or "results" in value:
        return 0.0
    if sum(key in value for key in _OWN_KEYS) >= _FEWEST_OWN:
        return 1.0
    parts = (value.get(key) for key in (*_UNITS, "words"))
    listed: list[Any] = next((each for each in parts if isinstance(each, list) and each), [])
    return 0.9 if listed and all(_is_part(each) for each in listed[:_MOST_LOOKED_AT]) else 0.0


def _transcript(value: object) -> dict[str, Any]:
    """The transcript; of a list of utterances one that holds nothing else; empty for anything that is none."""
    if isinstance(value, list):
        alike = bool(value) and all(_is_part(each) and "speaker" in each for each in value[:_MOST_LOOKED_AT])
        return {"utterances": value} if alike else {}
    inner = mapping(mapping(value).get("transcript"))
    return inner if any(isinstance(inner.get(key), list) for key in ("words", *_UNITS)) else mapping(value)


def _is_part(entry: object) -> bool:
    held = mapping(entry)
    times = all(isinstance(held.get(key), int) for key in ("start", "end"))
    return times and isinstance(held.get("text"), str) and "confidence" in held


def read(blob: Blob) -> Reading:
    """One conversation.

    Human language: the ``text`` of utterances, else of paragraphs or sentences, else the words (used); the words, the
    whole ``text`` and what analyses repeat (``copy``); chapters and summaries (``AI notes``); translations
    (``translation``). Raises SourceError where nobody says anything, or the transcript is not done.
    """
    value = _transcript(blob.json)
    status = string(value.get("status"))
    if status and status != "completed":
        raise SourceError(
            f"{blob.name} is a transcript with the status {status[:40]!r}.", "Get it again when it is done."
        )
    spoken = Spoken(blob)
    units, read_from = _units(spoken, value)
    for place, entry in enumerate(units, 1):
        name = f"{read_from.removesuffix('s')} {place}"
        words = _words(spoken, entry.get("words"), name)
        times = seconds(entry.get("start"), MILLISECOND), seconds(entry.get("end"), MILLISECOND)
        spoken.segment(label_of(entry.get("speaker")), spoken.text(entry.get("text"), name), words, *times)
    text = spoken.text(value.get("text"), "the text")
    if spoken.phrases:
        spoken.copy(*(word.get("text") for word in mappings(value.get("words"))))
        spoken.whole(text)
    else:
        spoken.cut(text, _words(spoken, value.get("words"), "the text"))
    _analyses(spoken, value, read_from)
    return reading(blob, FORMAT.name, [spoken])


def _units(spoken: Spoken, value: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
    for key in _UNITS:
        if value.get(key):
            return spoken.entries(value[key], key.removesuffix("s")), key
    return [], ""


def _words(spoken: Spoken, value: object, place: str) -> list[Word]:
    found = []
    for entry in spoken.entries(value, f"{place}, word"):
        times = seconds(entry.get("start"), MILLISECOND), seconds(entry.get("end"), MILLISECOND)
        found.append(Word(spoken.text(entry.get("text"), place), *times, label_of(entry.get("speaker"))))
    return found


def _analyses(spoken: Spoken, value: dict[str, Any], read_from: str) -> None:
    spoken.notes(*(value.get(key) for key in _NOTES))
    others = [key for key in _UNITS if key != read_from]
    for key in (*others, *_RESULTS):
        for entry in mappings(value.get(key)):
            spoken.copy(entry.get("text"), *(word.get("text") for word in mappings(entry.get("words"))))
    for key in ("auto_highlights_result", "content_safety_labels", "iab_categories_result"):
        spoken.copy(*(entry.get("text") for entry in mappings(mapping(value.get(key)).get("results"))))
    spoken.aside("translation", *mapping(value.get("translated_texts")).values())


FORMAT = Format("assemblyai", "AssemblyAI transcripts (JSON)", fits, read, verified=True)
