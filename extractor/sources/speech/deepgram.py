"""Deepgram: the answer to a request for a transcript of a recording.

    {"metadata": {"request_id": "...", "channels": 1},
     "results": {"channels": [{"alternatives": [{"transcript": "...", "words": [
                    {"word": "yes", "punctuated_word": "Yes,", "start": 3.0, "end": 3.5, "speaker": 0}],
                    "paragraphs": {"paragraphs": [{"speaker": 0, "sentences": [{"text", "start", "end"}]}]}}]}],
                 "utterances": [{"transcript": "...", "channel": 0, "speaker": 0, "words": [...]}]}}

The speaker of an utterance is that of most of its words; so the words are read, wherever the answer has them.
"""

from __future__ import annotations

from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import channel_label, label_of, seconds
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, number, string


def fits(blob: Blob) -> float:
    """1.0 for channels with alternatives, or utterances with transcripts, under ``results``."""
    results = mapping(mapping(blob.json).get("results"))
    channels = mappings(results.get("channels"))
    if channels:
        return 1.0 if isinstance(channels[0].get("alternatives"), list) else 0.0
    utterances = mappings(results.get("utterances"))
    return 1.0 if utterances and "transcript" in utterances[0] else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; on several channels each is somebody else, however many speak on it.

    Human language: the first alternative of each channel, as words, else utterances, else paragraphs, else its
    ``transcript`` (used); the others of these, and what analyses repeat (``copy``); further alternatives
    (``alternative``); summaries (``AI notes``); translations (``translation``). Raises SourceError where nobody says
    anything.
    """
    results = mapping(mapping(blob.json).get("results"))
    spoken = Spoken(blob)
    channels = spoken.entries(results.get("channels"), "channel")
    utterances = spoken.entries(results.get("utterances"), "utterance")
    everything = dict(enumerate(channels))
    for each in utterances:
        everything.setdefault(_channel_of(each), {})
    several = len(everything) > 1
    for index, channel in everything.items():
        alternatives = spoken.entries(channel.get("alternatives"), "alternative")
        own = [each for each in utterances if _channel_of(each) == index]
        _Channel(spoken, index if several else None).read(alternatives[0] if alternatives else {}, own)
        for other in alternatives[1:]:
            spoken.aside("alternative", other.get("transcript"), *_texts_of_words(other.get("words")))
    if several:
        spoken.in_order()
    _analyses(spoken, results)
    return reading(blob, FORMAT.name, [spoken])


class _Channel:
    """One channel on its way into ``spoken``. ``index`` is None where it is the only one."""

    def __init__(self, spoken: Spoken, index: int | None) -> None:
        self.spoken = spoken
        self.index = index

    def read(self, best: dict[str, Any], utterances: list[dict[str, Any]]) -> None:
        spoken = self.spoken
        transcript = string(best.get("transcript"))
        paragraphs = mapping(best.get("paragraphs"))
        listed = spoken.entries(paragraphs.get("paragraphs"), "paragraph")
        words = self.words(best.get("words"))
        before = len(spoken.phrases)
        if words:
            spoken.cut(transcript, words)
        elif utterances:
            for place, each in enumerate(utterances, 1):
                self.segment(each, each.get("transcript"), each, f"utterance {place}")
        else:
            for place, each in enumerate(listed, 1):
                for sentence in spoken.entries(each.get("sentences"), f"paragraph {place}, sentence"):
                    self.segment(sentence, sentence.get("text"), each, f"paragraph {place}")
        if not words and len(spoken.phrases) > before:
            spoken.whole(transcript)
        elif not words:
            spoken.segment(self.label(None), transcript)
        self.copies(best, utterances, listed, bool(words))
        spoken.copy(paragraphs.get("transcript"))
        spoken.notes([each.get("summary") for each in mappings(best.get("summaries"))])
        spoken.aside("translation", *(each.get("translation") for each in mappings(best.get("translations"))))

    def label(self, speaker: object) -> str | None:
        label = label_of(speaker)
        return label if self.index is None else channel_label(self.index, label)

    def words(self, value: object) -> list[Word]:
        found = []
        for place, entry in enumerate(self.spoken.entries(value, "word"), 1):
            written = entry.get("punctuated_word", entry.get("word"))
            times = seconds(entry.get("start")), seconds(entry.get("end"))
            found.append(Word(self.spoken.text(written, f"word {place}"), *times, self.label(entry.get("speaker"))))
            if "punctuated_word" in entry:
                self.spoken.copy(entry.get("word"))
        return found

    def segment(self, part: dict[str, Any], text: object, whole: dict[str, Any], place: str) -> None:
        label = self.label(whole.get("speaker"))
        times = seconds(part.get("start")), seconds(part.get("end"))
        self.spoken.segment(label, self.spoken.text(text, place), self.words(part.get("words")), *times)

    def copies(
        self, best: dict[str, Any], utterances: list[dict[str, Any]], paragraphs: list[dict[str, Any]], worded: bool
    ) -> None:
        """Set aside what is said once more in other parts of the answer."""
        spoken = self.spoken
        if worded:
            for each in utterances:
                spoken.copy(each.get("transcript"), *_texts_of_words(each.get("words")))
        if worded or utterances:
            for each in paragraphs:
                spoken.copy(*(sentence.get("text") for sentence in mappings(each.get("sentences"))))
        spoken.copy(*(entity.get("value") for entity in mappings(best.get("entities"))))


def _channel_of(utterance: dict[str, Any]) -> int:
    return int(number(utterance.get("channel")) or 0)


def _texts_of_words(value: object) -> list[object]:
    return [word.get(key) for word in mappings(value) for key in ("word", "punctuated_word")]


def _analyses(spoken: Spoken, results: dict[str, Any]) -> None:
    spoken.notes(mapping(results.get("summary")).get("short"), mapping(results.get("summary")).get("text"))
    for key in ("topics", "intents", "sentiments"):
        spoken.copy(*(each.get("text") for each in mappings(mapping(results.get(key)).get("segments"))))


FORMAT = Format("deepgram", "Deepgram transcripts (JSON)", fits, read, verified=True)
