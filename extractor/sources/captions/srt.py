"""SubRip captions (``.srt``)."""

from __future__ import annotations

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.captions.cues import has_timing
from extractor.sources.captions.reader import read_captions


def fits(blob: Blob) -> float:
    """Sure of timing lines without the signature of WebVTT."""
    head = blob.head.lstrip("\ufeff \t\r\n")
    if head.startswith("WEBVTT"):
        return 0.0
    if has_timing(head, ","):
        return 0.95
    return 0.8 if blob.name.lower().endswith(".srt") and has_timing(head, ".") else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; its turns have start and end in seconds. Raises SourceError where no cue is whole."""
    return read_captions(blob, "srt", "SubRip")


FORMAT = Format("srt", "SubRip captions (.srt)", fits, read, verified=True)
