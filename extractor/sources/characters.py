"""Characters that nobody sees."""

from __future__ import annotations

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Byte order mark, joiners and marks of direction: for :meth:`str.strip`, and for a class in a pattern."""
