"""Podcasting 2.0 transcripts: segments of one word or a few, by speakers with names.

    {"version": "1.0.0", "segments": [{"speaker": "Ana", "startTime": 0.5, "endTime": 0.75, "body": "Yes"}]}

After https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
"""

from __future__ import annotations

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import clock, label_of
from extractor.sources.speech.phrases import Word
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import mapping, mappings


def fits(blob: Blob) -> float:
    """1.0 for segments with a ``body`` and a ``startTime``."""
    first = mappings(mapping(blob.json).get("segments"))[:1]
    return 1.0 if first and "body" in first[0] and "startTime" in first[0] else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. Human language: the ``body`` of the segments (used). A segment without a speaker has none.

    Raises SourceError where nobody says anything.
    """
    spoken = Spoken(blob)
    run: list[Word] = []
    for place, entry in enumerate(spoken.entries(mapping(blob.json).get("segments"), "segment"), 1):
        text = spoken.text(entry.get("body"), f"segment {place}")
        word = Word(text, clock(entry.get("startTime")), clock(entry.get("endTime")), label_of(entry.get("speaker")))
        if len(text.split()) == 1:
            run.append(word)
            continue
        spoken.words(run)
        spoken.words([word])
        run = []
    spoken.words(run)
    return reading(blob, FORMAT.name, [spoken])


FORMAT = Format("podcast-transcript", "Podcasting 2.0 transcripts (JSON)", fits, read)
