"""Marks of Markdown at the start of a line, which plain text has too."""

from __future__ import annotations

import re

FENCE = re.compile(r"[ \t]*+(?:```|~~~)")
"""Opens or closes a block of code."""
LIST_ITEM = re.compile(r"\s*+(?:[-*+•]|\d{1,3}[.)])\s")
RULE = re.compile(r"\s*+(?:-{3,}|\*{3,}|_{3,}|={3,})\s*+$")
