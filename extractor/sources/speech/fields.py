"""Fields of recognizers' JSON as what they mean: seconds, clock times, labels of speakers; nothing here raises."""

from __future__ import annotations

import re
from datetime import timedelta

from extractor.sources.values import number, string

_LATEST_S = timedelta(days=366).total_seconds()
_CLOCK = re.compile(r"\s*(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?\s*$")
_SECONDS = re.compile(r"\s*(\d{1,9}(?:\.\d{0,9})?)s\s*$")
_NAMES = ("display_name", "name", "label", "id")


def seconds(value: object, unit: float = 1.0) -> float | None:
    """A time of ``unit`` seconds each as seconds from the start; None for what is none, or before the start."""
    count = number(value)
    if count is None:
        return None
    found = round(count * unit, 6)
    return found if 0 <= found <= _LATEST_S else None


def end_of(start: float | None, length: float | None) -> float | None:
    """The end of what begins at ``start`` and lasts ``length`` seconds; None where one is not known."""
    return round(start + length, 6) if start is not None and length is not None else None


def clock(value: object) -> float | None:
    """A time such as ``00:01:02,500``, ``1:02`` or a number of seconds, in seconds."""
    match = _CLOCK.match(value) if isinstance(value, str) else None
    if match is None:
        return seconds(value)
    whole = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    return seconds(whole + float(f"0.{match[4] or 0}"))


def duration(value: object) -> float | None:
    """A protocol-buffer duration in seconds: ``"12.900s"`` or ``{"seconds": "12", "nanos": 900000000}``."""
    if isinstance(value, dict):
        whole, nanos = value.get("seconds"), value.get("nanos")
        parts = [number(part) for part in (whole, nanos) if part is not None]
        if any(part is None for part in parts):
            return None
        return seconds((number(whole) or 0.0) + (number(nanos) or 0.0) / 1e9)
    match = _SECONDS.match(value) if isinstance(value, str) else None
    return seconds(match[1] if match else value)


def label_of(value: object) -> str | None:
    """A speaker as a label: as written, ``Speaker 2`` for the number 2; None where there is none."""
    if isinstance(value, dict):
        held = (value.get(key) for key in _NAMES)
        return next((label for each in held if not isinstance(each, dict) and (label := label_of(each))), None)
    if isinstance(value, str):
        written = string(value).strip()
        return f"Speaker {written}" if written.isdecimal() else written or None
    count = number(value)
    if count is None or count < 0 or count != int(count):
        return None
    return f"Speaker {int(count)}"


def channel_label(channel: object, speaker: str | None) -> str | None:
    """The label of somebody on one of several channels, each of which numbers its speakers anew."""
    index = number(channel)
    name = f"Channel {int(index)}" if index is not None else string(channel).strip()
    return " ".join(part for part in (name, speaker) if part) or None
