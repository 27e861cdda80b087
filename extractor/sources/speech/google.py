"""Google Cloud Speech-to-Text: the answers of its API, v1 and v2, and the files it writes.

    {"results": [{"alternatives": [{"transcript": "Yes.", "words": [
        {"word": "Yes.", "startTime": "0.400s" or {"seconds": "0", "nanos": 400000000}, "speakerTag": 1}]}]}]}

v2 says ``startOffset`` and ``speakerLabel``. With speaker tags, the last result of v1 repeats the words of all results
before it, and only there are they tagged. Answers of long jobs stand under ``response``; those of v2 about several
files under ``results`` by the files' addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import channel_label, duration, label_of
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings, number, string

# How many of the words before it a result has to have to be their repetition.
_REPEATED_SHARE = 0.9
_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9f]+")
_WRAPPERS = ("response", "result", "inlineResult", "inline_result", "transcript")


def fits(blob: Blob) -> float:
    """1.0 for results with alternatives that have a transcript or words as Google names their fields."""
    return 1.0 if any(_is_result(each) for _, results in _files(blob.json) for each in results[:3]) else 0.0


def _is_result(result: object) -> bool:
    held = mapping(result)
    if "type" in held or "final" in held or "result_index" in held:
        return False
    first = mappings(held.get("alternatives"))[:1]
    return bool(first) and ("transcript" in first[0] or "words" in first[0]) and "timestamps" not in first[0]


def _files(value: object) -> Iterator[tuple[str | None, list[Any]]]:
    """The results of each file that an answer is about, with the address of the file where there is one."""
    results = _unwrapped(value).get("results")
    if isinstance(results, list):
        yield None, results
    elif isinstance(results, dict):
        for address, one in results.items():
            found = _unwrapped(one).get("results")
            if isinstance(found, list):
                yield str(address), found


def _unwrapped(value: object) -> dict[str, Any]:
    """The object that has the results, which operations and files of v2 put into others."""
    held = mapping(value)
    for _ in _WRAPPERS:
        if "results" in held:
            break
        held = next((held[key] for key in _WRAPPERS if isinstance(held.get(key), dict)), {})
    return held


def read(blob: Blob) -> Reading:
    """One conversation for every file.

    Human language: the first alternative of each result (used), the same as words (``copy``), further alternatives
    and results that are not final (``alternative``). Raises SourceError where nobody says anything.
    """
    recordings = []
    for address, results in _files(blob.json):
        spoken = Spoken(blob)
        if address is not None:
            spoken.title = PurePosixPath(string(address)).stem or None
        _read_file(spoken, spoken.entries(results, "result"))
        recordings.append(spoken)
    return reading(blob, FORMAT.name, recordings)


def _read_file(spoken: Spoken, results: list[dict[str, Any]]) -> None:
    final = [each for each in results if each.get("isFinal", each.get("is_final", True)) is not False]
    final = final or results
    kept = {id(each) for each in final}
    for each in results:
        if id(each) not in kept:
            spoken.aside("alternative", *_texts(each, 0))
    for each in final:
        for place in range(1, len(mappings(each.get("alternatives")))):
            spoken.aside("alternative", *_texts(each, place))
    said = [_Result(spoken, each, place) for place, each in enumerate(final, 1)]
    channels = {each.channel for each in said}
    if len(channels) > 1:
        _read_channels(spoken, said)
    elif said and said[-1].repeats(said[:-1]):
        _read_tagged(spoken, said[:-1], said[-1])
    else:
        for one in said:
            spoken.cut(one.transcript, one.words)


def _read_channels(spoken: Spoken, results: list[_Result]) -> None:
    for each in results:
        for word in each.words:
            word.speaker = channel_label(each.channel, word.speaker)
        if each.words:
            spoken.cut(each.transcript, each.words)
        else:
            spoken.segment(channel_label(each.channel, None), each.transcript)
    spoken.in_order()


def _read_tagged(spoken: Spoken, before: list[_Result], last: _Result) -> None:
    """Read the results ``before`` the last, their speakers taken from the last, which repeats their words."""
    for each in before:
        spoken.copy(*(word.text for word in each.words))
    spoken.copy(last.transcript)
    if sum(len(each.words) for each in before) != len(last.words):
        spoken.words(last.words)
        for each in before:
            spoken.whole(each.transcript)
        return
    begin = 0
    for each in before:
        end = begin + len(each.words)
        spoken.cut(each.transcript, last.words[begin:end])
        begin = end


def _texts(result: dict[str, Any], place: int) -> list[object]:
    alternative = mappings(result.get("alternatives"))[place:][:1]
    return [
        text
        for each in alternative
        for text in (each.get("transcript"), *(word.get("word") for word in mappings(each.get("words"))))
    ]


class _Result:
    """The first alternative of a result."""

    def __init__(self, spoken: Spoken, result: dict[str, Any], place: int) -> None:
        best = mapping(next(iter(spoken.entries(result.get("alternatives"), "alternative")), None))
        self.channel = number(result.get("channelTag", result.get("channel_tag")))
        self.transcript = spoken.text(best.get("transcript"), f"result {place}")
        self.words = [_word(spoken, each, place) for each in spoken.entries(best.get("words"), "word")]

    def repeats(self, before: list[_Result]) -> bool:
        """Whether this result has the words of all results ``before`` it once more, and who speaks them."""
        if not before:
            return False
        earlier = [(word.text, word.start) for each in before for word in each.words]
        if not any(word.speaker for word in self.words) or any(word.speaker for each in before for word in each.words):
            return False
        if not earlier:
            return sum(len(each.transcript.split()) for each in before) * _REPEATED_SHARE <= len(self.words)
        again = {(word.text, word.start) for word in self.words}
        return sum(each in again for each in earlier) >= len(earlier) * _REPEATED_SHARE


def _word(spoken: Spoken, entry: dict[str, Any], place: int) -> Word:
    text = spoken.text(entry.get("word"), f"result {place}")
    # Japanese words carry their reading behind a bar.
    written, _, reading_of_it = text.partition("|")
    if written and _KANA.fullmatch(reading_of_it):
        spoken.aside("copy", f"|{reading_of_it}")
        text = written
    start, end = (_time(entry, name) for name in ("start", "end"))
    speaker = next(
        (entry[key] for key in ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag") if entry.get(key)), None
    )
    return Word(text, start, end, label_of(speaker))


def _time(entry: dict[str, Any], name: str) -> float | None:
    keys = (f"{name}Time", f"{name}Offset", f"{name}_time", f"{name}_offset")
    found = duration(next((entry[key] for key in keys if key in entry), None))
    # A time of nought is left out of JSON that is made of protocol buffers.
    return 0.0 if found is None and name == "start" and any(key in entry for key in ("endTime", "endOffset")) else found


FORMAT = Format("google-stt", "Google Cloud Speech-to-Text transcripts (JSON)", fits, read, verified=True)
