"""Words of a conversation that a person selects as proof of what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractor.errors import UsageError
from extractor.review import acts
from extractor.review.terminal.words import shown

if TYPE_CHECKING:
    from extractor.conversation import Conversation


def passage_of(said: Conversation, turn: int, words: str | None = None) -> acts.Passage:
    """A turn, or words of it as they are shown; raises UsageError for a turn or words that are not there."""
    if not 0 <= turn < len(said.turns):
        raise UsageError(f"There is no turn {turn}.", f"Turns are numbered 0 to {len(said.turns) - 1}.")
    if words is None:
        return acts.Passage(turn=turn)
    start, end = _span(shown(said.turns[turn].text), words)
    return acts.Passage(turn=turn, start_char=start, end_char=end)


def selected(said: Conversation, written: str) -> acts.Passage:
    """``3`` or ``3: some words`` as a passage; raises UsageError as ``passage_of``."""
    number, mark, words = written.partition(":")
    if not number.strip().isdecimal():
        raise UsageError(f"{number.strip()} is no number of a turn.", "Write it as 3, or as 3: and words of the turn.")
    return passage_of(said, int(number), words.strip() if mark and words.strip() else None)


def people_of(said: Conversation) -> Mapping[str, str]:
    """Names of those who take part, by their ids."""
    return {person.id: person.name for person in said.participants}


def _span(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text, blanks of any kind and number alike."""
    import re

    wanted = words.split()
    found = re.search(r"\s+".join(map(re.escape, wanted)), text) if wanted else None
    if found is None:
        raise UsageError("These words do not stand in the turn.", "Leave words away at the ends, change none.")
    return found.start(), found.end()
