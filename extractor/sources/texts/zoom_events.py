"""What a Zoom chat writes as messages though it is none: which message an answer is to, and reactions.

They name a message by its beginning, which Zoom cuts after 17 to 50 characters, sometimes within an emoji. Several
messages may begin so; the latest one before is meant as far as anybody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.sources.transcripts import Draft

_REPLIES = ('Replying to "', "Replying to «", "Reply to «", 'Ответ на "', "Ответ на «")
_END_OF_QUOTE = re.compile(r'["»]:?[ \t]{0,9}(?:\r\n|\r|\n|\Z)\s*+')
_LONGEST_QUOTE = 2000
_LONGEST_EMOJI = 60
_SHORTEST_PREFIX = 5
# What stands before the quoted words, between them and the emoji, and behind it.
_REACTIONS = (
    ('Reacted to "', '" with ', ""),
    ("Reacted to ", ' with "', '"'),
    ('Реакция на "', '" с помощью ', ""),
)
_REMOVALS = (
    re.compile(r'Removed an? "?(?P<emoji>[^\s"]{1,60})"? reaction from "?(?P<quote>[^\ue000]+?)"?\s*\Z'),
    re.compile(r'Элемент (?P<emoji>\S{1,60}) удал[её]н из "(?P<quote>[^\ue000]+?)"\s*\Z'),
)


@dataclass(frozen=True, slots=True)
class Event:
    """A reaction to the message that begins with ``quote``, or with ``removed``, one that is taken back."""

    quote: str
    emoji: str
    removed: bool = False


def reply_in(body: str) -> tuple[str, int] | None:
    """The words that an answer quotes and where the answer begins; None where ``body`` is no answer."""
    opening = next((words for words in _REPLIES if body.startswith(words)), None)
    if opening is None:
        return None
    end = _END_OF_QUOTE.search(body, len(opening), len(opening) + _LONGEST_QUOTE)
    return (body[len(opening) : end.start()], end.end()) if end else None


def reaction_in(body: str) -> Event | None:
    """The reaction that ``body`` is; None where it is a message."""
    body = body.strip()
    for before, between, behind in _REACTIONS:
        at = body.rfind(between, len(before)) if body.startswith(before) and body.endswith(behind) else -1
        if at > 0:
            emoji = body[at + len(between) : len(body) - len(behind)]
            if emoji.strip() and len(emoji) <= _LONGEST_EMOJI and not set(emoji) & set('\r\n"'):
                return Event(body[len(before) : at], emoji.strip())
    for pattern in _REMOVALS:
        match = pattern.match(body) if body.startswith(("Removed a", "Элемент ")) else None
        if match:
            return Event(match["quote"], match["emoji"], removed=True)
    return None


class Links:
    """The messages so far, to be found by their beginning. ``quotes`` are all that will ever be asked for, so that what
    is kept does not grow with the length of the chat.
    """

    def __init__(self, quotes: Iterable[str]) -> None:
        self._whole: dict[str, Draft | None] = {}
        self._begun: dict[int, dict[str, Draft | None]] = {}
        for quote in quotes:
            words, prefix = _key(quote)
            self._whole[words] = None
            if prefix:
                self._begun.setdefault(len(prefix), {})[prefix] = None

    def add(self, draft: Draft) -> None:
        """A message that was written after all others."""
        words = _folded(draft.text)
        if words in self._whole:
            self._whole[words] = draft
        for length, known in self._begun.items():
            if words[:length] in known:
                known[words[:length]] = draft

    def find(self, quote: str) -> Draft | None:
        """The latest message that ``quote`` is, or is the beginning of where it says that it was cut."""
        words, prefix = _key(quote)
        begun = self._begun.get(len(prefix), {}).get(prefix) if prefix else None
        return begun or self._whole.get(words)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _key(quote: str) -> tuple[str, str]:
    """A quote as the whole of a message, and as the beginning of one; the latter empty where it was not cut."""
    words = _folded(quote)
    cut = words.removesuffix("...").removesuffix("…")
    prefix = cut.rstrip("\ufffd ") if len(cut) < len(words) else ""
    return words, prefix[:_LONGEST_QUOTE] if len(prefix) >= _SHORTEST_PREFIX else ""
