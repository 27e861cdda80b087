"""Untrusted text made safe to show, and times and people in words.

Names, quotes and titles come from files that anybody may have written. On a terminal they must not move the cursor,
reorder the line or ring the bell; in Markdown they must not become markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from extractor.records import ConversationHeader, Unprocessed

Names = Mapping[str, str]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\d*)([-+.)])(?=\s)")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(text: str) -> str:
    """``text`` on one line, with control characters and direction overrides shown as U+FFFD."""
    return "".join(_visible(char) for char in " ".join(text.split()))


def _visible(char: str) -> str:
    if char in _BIDI or unicodedata.category(char) in ("Cc", "Cs", "Co"):
        return "\ufffd"
    return char


def markdown(text: str) -> str:
    """``text`` on one line, with every character that Markdown or HTML would read as markup escaped."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text).replace("&", "&amp;"))
    return _LINE_START.sub(r"\1\\\2", escaped)


def clock(time: float | date | None) -> str:
    """``754.2`` as ``12:34``, past an hour ``1:02:03``; a moment as ``2026-03-04 09:15``, a
    day as ``2026-03-04``; nothing as ``""``.
    """
    if time is None:
        return ""
    if isinstance(time, datetime):
        return time.strftime("%Y-%m-%d %H:%M")
    if isinstance(time, date):
        return time.isoformat()
    minutes, seconds = divmod(int(time), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def names_of(header: ConversationHeader) -> dict[str, str]:
    """Participants' ids to the names they go by."""
    return {person.id: person.name for person in header.participants}


def people(ids: Iterable[str], names: Names) -> str:
    """Names joined by commas; an id that is nobody's stands for itself."""
    return ", ".join(names.get(person, person) for person in ids)


def count(number: int, noun: str) -> str:
    """``1 decision``, ``1,204 decisions``."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def turns(gap: Unprocessed) -> str:
    """``Turn 7 was``, ``Turns 7 to 9 were``: the beginning of a sentence on turns that were not processed."""
    if gap.from_turn == gap.to_turn:
        return f"Turn {gap.from_turn} was"
    return f"Turns {gap.from_turn} to {gap.to_turn} were"


def flag_words(flags: Iterable[str]) -> str:
    """``person-ambiguous`` as ``person ambiguous``; several joined by commas."""
    return ", ".join(flag.replace("-", " ") for flag in flags)


def one_of_each_kind(warnings: Iterable[tuple[str, str]]) -> list[str]:
    """Of pairs of a warning and how it is told: the first told of each kind, with the number of those like it.

    Warnings of one kind differ in figures alone.
    """
    kinds: dict[str, list[str]] = {}
    for warning, told in warnings:
        kinds.setdefault(re.sub(r"\d+", "#", warning), []).append(told)
    return [f"{told[0]} (and {len(told) - 1} more like this)" if told[1:] else told[0] for told in kinds.values()]


def percent(part: int, whole: int) -> str:
    """A share as whole per cent; of nothing, ``0 %``. Never 100 % unless it is all, nor 0 % unless it is nothing."""
    share = 100 * part // whole if whole else 0
    return "under 1 %" if part and not share else f"{share} %"
