"""Deadlines as said: "by Friday", "before the next call", "tomorrow"."""

from __future__ import annotations

import re

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:the )?(?:{_MONTH} {_NUMBER}|{_NUMBER}(?: of)? {_MONTH}|{_ORDINAL}|\d{{4}}-\d\d-\d\d)"
_SPAN = r"(?:week|month|quarter|sprint|year|meeting|call|session|plenary|standup|stand-up|release|day)"
_POINT = (
    rf"(?:(?:this|next|the following|coming|end of|the end of(?: the| this| next)?|the next|our next|early next"
    rf"|late next|mid) )*"
    rf"(?:{_DAY}(?: (?:morning|afternoon|evening|night))?|{_SPAN}|weekend|tomorrow|tonight|today|eod|eow|cob|noon"
    rf"|midnight|q[1-4]"
    rf"|{_DATE}|{_MONTH})"
)
_LIMITED = re.compile(rf"\b(?:by|before|until|no later than|due(?: on)?|within|ahead of) {_POINT}(?!\w)", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b(?:in|within) (?:the next )?(?:a|an|one|two|three|four|five|six|a couple of|a few|\d+) (?:hour|day|week"
    r"|month)s?\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\b(?:tomorrow(?: (?:morning|afternoon|evening))?|tonight|eod|(?:early |late )?(?:next|this) (?:week|month"
    rf"|{_DAY}|sprint|quarter)"
    rf"|on {_DAY}|on {_DATE}|later (?:today|this week)|at the end of (?:the|this|next) (?:week|month|day|quarter)"
    r"|(?:at|for|in) the next (?:meeting|call|session|plenary|sprint))(?!\w)",
    re.IGNORECASE,
)


def due_in(text: str, strict: bool = False) -> str | None:
    """The deadline in a text, in its own words, None without one. ``strict``: only if said as a limit ("by ...")."""
    patterns = (_LIMITED,) if strict else (_LIMITED, _WITHIN, _PLAIN)
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            return found.group()
    return None
