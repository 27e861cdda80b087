"""Turns -> windows that fit a model: each turn belongs to exactly one window, with a little context before it.

A window's own pieces are what it is asked about; its context is the end of the window before, shown again so that a
proposal and its acceptance are seen together. A turn too long for any window is cut at sentence ends and keeps its
number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

CONTEXT_SHARE: Final = 0.1
SMALLEST_PIECES: Final = 4
SMALLEST_TOKENS: Final = 1000
BYTES_PER_TOKEN: Final = 3

_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*\s+|[。！？]+|\n+")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """A turn, or a part of one that is too long: ``part`` of ``parts``, counted from 1. ``text`` is verbatim."""

    turn: int
    text: str
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Window:
    """What one call shows: pieces repeated as ``context``, then the ``own`` pieces that it is asked about."""

    own: tuple[Piece, ...]
    context: tuple[Piece, ...] = ()

    @property
    def first(self) -> int:
        return self.own[0].turn

    @property
    def last(self) -> int:
        return self.own[-1].turn

    @property
    def shown(self) -> frozenset[int]:
        """The numbers of all turns that can be cited."""
        return frozenset(piece.turn for piece in (*self.context, *self.own))


Cost = Callable[[Piece], int]


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of a text: one for every three bytes of UTF-8.

    English runs to about four bytes a token with current vocabularies, Chinese and Japanese to about three; no
    vocabulary is loaded, since that would need a download.
    """
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


def plan(pieces: Iterable[Piece], budget: int, cost: Cost) -> list[Window]:
    """Windows that cover all pieces in order, each of at most ``budget`` tokens, of about equal size.

    A budget too small for any text still gives windows: the server then says that they do not fit.
    """
    fitting = [part for piece in pieces for part in _fit(piece, int(budget * (1 - 2 * CONTEXT_SHARE)), cost)]
    total = sum(cost(piece) for piece in fitting)
    if total <= budget:
        return [Window(tuple(fitting))] if fitting else []
    room = max(1, int(budget * (1 - CONTEXT_SHARE)))
    target = total / -(-total // room)
    groups: list[list[Piece]] = [[]]
    size = 0
    for piece in fitting:
        need = cost(piece)
        if groups[-1] and (size + need > room or size >= target):
            groups.append([])
            size = 0
        groups[-1].append(piece)
        size += need
    context = [(), *(_tail(group, int(budget * CONTEXT_SHARE), cost) for group in groups[:-1])]
    return [Window(tuple(own), before) for own, before in zip(groups, context, strict=True)]


def split(window: Window, cost: Cost) -> tuple[Window, Window] | None:
    """The window in two halves of about equal cost, or None where it is too small to gain from that.

    Too small is fewer than four pieces of together fewer than 1,000 tokens.
    """
    own = window.own
    total = sum(cost(piece) for piece in own)
    if len(own) < SMALLEST_PIECES and total < SMALLEST_TOKENS:
        return None
    if len(own) == 1:
        left, right = _halve(own[0].text)
        if not left or not right:
            return None
        own = _numbered(own[0].turn, (left, right))
    sums = list(accumulate(cost(piece) for piece in own))
    middle = min(range(1, len(own)), key=lambda n: abs(sums[n - 1] - sums[-1] / 2))
    context = _tail(own[:middle], int(total * CONTEXT_SHARE), cost)
    return Window(own[:middle], window.context), Window(own[middle:], context)


def _tail(pieces: Sequence[Piece], budget: int, cost: Cost) -> tuple[Piece, ...]:
    """The last pieces that together stay within ``budget``."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        budget -= cost(piece)
        if budget < 0:
            break
        kept.append(piece)
    return tuple(reversed(kept))


def _fit(piece: Piece, limit: int, cost: Cost) -> tuple[Piece, ...]:
    """The piece, or its parts where it costs more than ``limit``; together they are its text."""
    if cost(piece) <= limit:
        return (piece,)
    # A part costs its own text and the turn's label; a label alone beyond the limit must not cut for ever.
    label = cost(Piece(piece.turn, ""))
    room = max(limit - label, SMALLEST_TOKENS // 10)
    texts, queue = [], [piece.text]
    while queue:
        text = queue.pop()
        left, right = _halve(text) if estimate_tokens(text) > room else (text, "")
        if left and right:
            queue += [right, left]
        else:
            texts.append(text)
    return _numbered(piece.turn, texts)


def _numbered(turn: int, texts: Sequence[str]) -> tuple[Piece, ...]:
    return tuple(Piece(turn, text, number, len(texts)) for number, text in enumerate(texts, 1))


def _halve(text: str) -> tuple[str, str]:
    """The text in two, at the sentence end nearest its middle, else at a space, else in the middle."""
    middle, reach = len(text) // 2, len(text) // 4
    for boundary in (_SENTENCE_END, _SPACE):
        ends = [found.end() for found in boundary.finditer(text, max(0, middle - reach), middle + reach)]
        if ends:
            at = min(ends, key=lambda end: abs(end - middle))
            return text[:at], text[at:]
    return text[:middle], text[middle:]
