"""Azure AI Speech: files of batch transcription (v3, and v2 with its other names) and answers of fast transcription.

    {"source": "...", "combinedRecognizedPhrases": [{"channel": 0, "display": "..."}], "recognizedPhrases": [
        {"recognitionStatus": "Success", "channel": 0, "speaker": 1, "offsetInTicks": 5000000.0,
         "durationInTicks": 9000000.0, "nBest": [{"display": "Hello.", "lexical": "hello"}]}]}          v3
    {"AudioFileResults": [{"CombinedResults": [...], "SegmentResults": [{"RecognitionStatus": "Success",
        "ChannelNumber": null, "SpeakerId": null, "Offset": 400000, "Duration": 900000, "NBest": [...]}]}]}  v2
    {"combinedPhrases": [{"text": "..."}], "phrases": [
        {"speaker": 1, "offsetMilliseconds": 40, "durationMilliseconds": 240, "text": "Hello."}]}        fast

A tick is 100 nanoseconds. Phrases are sorted by channel, not by time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import channel_label, end_of, label_of, seconds
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.transcripts import name_places
from extractor.sources.values import MILLISECOND, mapping, mappings, number, string

_TICK = 1e-7
# What stands before the best way to write what was said: the same without punctuation, numbers or bad words.
_OTHER_SPELLINGS = ("lexical", "itn", "maskeditn")


@dataclass
class _Phrase:
    """A phrase, whatever its version calls its fields."""

    channel: float | None
    speaker: str | None
    text: str
    start: float | None
    end: float | None


def fits(blob: Blob) -> float:
    """1.0 for the names that only Azure gives its lists of phrases."""
    value = mapping(blob.json)
    if isinstance(value.get("recognizedPhrases"), list) or mappings(value.get("AudioFileResults")):
        return 1.0
    first = mappings(value.get("phrases"))[:1]
    fast = isinstance(value.get("combinedPhrases"), list) or (
        bool(first) and "text" in first[0] and ("offsetMilliseconds" in first[0] or "offset" in first[0])
    )
    return 1.0 if fast and isinstance(value.get("phrases"), list) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every recording, in order of time; on several channels each is somebody else.

    Human language: the ``display`` of the best guess of a phrase, or its ``text`` (used); its other spellings, its
    words and the whole text of a channel (``copy``); further guesses (``alternative``). Phrases that were not
    recognized are named in a warning. Raises SourceError where nobody says anything.
    """
    value = mapping(blob.json)
    if isinstance(value.get("phrases"), list):
        return reading(blob, FORMAT.name, [_read_fast(blob, value)])
    parts = [value]
    if "AudioFileResults" in value:
        parts = mappings(value["AudioFileResults"])
    return reading(blob, FORMAT.name, [_read_batch(blob, part) for part in parts])


def _read_fast(blob: Blob, value: dict[str, Any]) -> Spoken:
    spoken = Spoken(blob)
    found = []
    for place, entry in enumerate(spoken.entries(value.get("phrases"), "phrase"), 1):
        start = seconds(entry.get("offsetMilliseconds", entry.get("offset")), MILLISECOND)
        length = seconds(entry.get("durationMilliseconds", entry.get("duration")), MILLISECOND)
        text = spoken.text(entry.get("text"), f"phrase {place}")
        end = end_of(start, length)
        found.append(_Phrase(number(entry.get("channel")), label_of(entry.get("speaker")), text, start, end))
        spoken.copy(*(word.get("text") for word in mappings(entry.get("words"))))
    _add(spoken, found)
    _whole(spoken, [string(each.get("text")) for each in mappings(value.get("combinedPhrases"))])
    return spoken


def _read_batch(blob: Blob, value: dict[str, Any]) -> Spoken:
    spoken = Spoken(blob)
    held = _folded(value)
    found, failed = [], []
    for place, each in enumerate(
        spoken.entries(held.get("recognizedphrases", held.get("segmentresults")), "phrase"), 1
    ):
        entry = _folded(each)
        best, *others = [_folded(guess) for guess in spoken.entries(entry.get("nbest"), f"phrase {place}, guess")] or [
            {}
        ]
        text = spoken.text(best.get("display"), f"phrase {place}")
        start, length = _times(entry)
        if not text.strip() and string(entry.get("recognitionstatus", "Success")) != "Success":
            failed.append(f"phrase {place}")
        spoken.copy(*(best.get(name) for name in _OTHER_SPELLINGS if best.get(name)))
        for guess in (best, *others):
            words = [*mappings(guess.get("words")), *mappings(guess.get("displaywords"))]
            texts = [string(_folded(word).get("word")) or string(_folded(word).get("displaytext")) for word in words]
            spoken.aside("copy" if guess is best else "alternative", *texts)
        for guess in others:
            spoken.aside("alternative", guess.get("display"), *(guess.get(name) for name in _OTHER_SPELLINGS))
        speaker = label_of(entry.get("speaker", entry.get("speakerid")))
        end = end_of(start, length)
        found.append(_Phrase(number(entry.get("channel", entry.get("channelnumber"))), speaker, text, start, end))
    _add(spoken, found)
    combined = [_folded(each) for each in mappings(held.get("combinedrecognizedphrases", held.get("combinedresults")))]
    _whole(spoken, [string(each.get("display")) for each in combined])
    for each in combined:
        spoken.copy(*(each.get(name) for name in _OTHER_SPELLINGS))
    if failed:
        spoken.warnings.append(f"What Azure could not recognize is missing: {name_places(failed)}.")
    return spoken


def _folded(entry: dict[str, Any]) -> dict[str, Any]:
    """The fields by their names in small letters: versions differ in nothing but the capitals of many."""
    return {str(key).lower(): value for key, value in entry.items()}


def _times(entry: dict[str, Any]) -> tuple[float | None, float | None]:
    """Start and length of a phrase in seconds."""
    start = entry.get("offsetinticks", entry.get("offset") if number(entry.get("offset")) is not None else None)
    length = entry.get("durationinticks", entry.get("duration") if number(entry.get("duration")) is not None else None)
    begin = seconds(start, _TICK) if start is not None else seconds(entry.get("offsetinseconds"))
    lasts = seconds(length, _TICK) if length is not None else seconds(entry.get("durationinseconds"))
    return begin, lasts


def _add(spoken: Spoken, found: list[_Phrase]) -> None:
    several = len({each.channel for each in found if each.channel is not None}) > 1
    for each in found:
        label = channel_label(each.channel, each.speaker) if several else each.speaker
        spoken.segment(label, each.text, (), each.start, each.end)
    spoken.in_order()


def _whole(spoken: Spoken, texts: list[str]) -> None:
    for text in texts:
        if spoken.phrases:
            spoken.whole(text)
    if not spoken.phrases:
        for text in texts:
            spoken.segment(None, text)


FORMAT = Format("azure-speech", "Azure AI Speech transcripts (JSON)", fits, read)
