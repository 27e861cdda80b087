"""WhisperX: Whisper's segments with words that were timed and given to speakers.

    {"segments": [{"start": 0.6, "end": 4.4, "text": " Page 58.", "speaker": "SPEAKER_01",
                   "words": [{"word": "Page", "start": 2.1, "end": 2.8, "score": 0.8, "speaker": "SPEAKER_01"},
                             {"word": "58."}]}],
     "word_segments": [...]}

A word of digits has neither time nor speaker; it belongs to the word before it.
"""

from __future__ import annotations

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.segments import has_voices, read_segments, segments_of


def fits(blob: Blob) -> float:
    """0.95 for segments of Whisper with scores or speakers."""
    first = segments_of(blob.json)
    return 0.95 if first and has_voices(blob.json, first) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; see :func:`~extractor.sources.speech.segments.read_segments`. Raises SourceError where nobody
    says anything.
    """
    return read_segments(blob, FORMAT.name)


FORMAT = Format("whisperx", "WhisperX transcripts (JSON)", fits, read)
