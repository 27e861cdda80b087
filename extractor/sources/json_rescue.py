"""A JSON text that breaks off or is damaged -> what stands before the damage, as if it had ended there."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_CLOSES = {"[": "]", "{": "}"}


class Rescued(NamedTuple):
    """``value`` is made of the first ``characters`` of the text."""

    value: Any
    characters: int


def rescue(text: str, damaged_at: int) -> Rescued | None:
    """What stands in whole objects and lists before the index ``damaged_at``; None where that is nothing."""
    opened: list[str] = []
    end, open_then = 0, ""
    for match in _TOKEN.finditer(text, 0, damaged_at):
        token = text[match.start()]
        if token in _CLOSES:
            opened.append(token)
        elif token != '"':
            if not opened or _CLOSES[opened.pop()] != token:
                break
            end, open_then = match.end(), "".join(opened)
    if not end or not open_then:
        return None
    closed = "".join(_CLOSES[mark] for mark in reversed(open_then))
    try:
        return Rescued(json.loads(text[:end] + closed), end)
    except (ValueError, RecursionError):
        return None
