"""WebVTT: Zoom, Teams, Webex, Stream, YouTube, Whisper and everybody else's ``.vtt``."""

from __future__ import annotations

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.captions.cues import has_bare_numbers, has_timing
from extractor.sources.captions.reader import read_captions


def fits(blob: Blob) -> float:
    """1.0 with the header, 0.85 with timing lines alone, and little where their numbers are not padded."""
    head = blob.head.lstrip("\ufeff \t\r\n")
    if head.startswith("WEBVTT") and (len(head) == 6 or head[6].isspace()):
        return 1.0
    if not has_timing(head, "."):
        return 0.0
    if has_bare_numbers(head):
        return 0.5
    return 0.6 if blob.name.lower().endswith(".srt") else 0.85


def read(blob: Blob) -> Reading:
    """One conversation; its turns have start and end in seconds. Raises SourceError where no cue is whole."""
    return read_captions(blob, "webvtt", "WebVTT")


FORMAT = Format("webvtt", "WebVTT captions (.vtt)", fits, read, verified=True)
