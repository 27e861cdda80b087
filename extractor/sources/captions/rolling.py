"""Captions that roll: each line stays on the screen while the next one comes, and so stands in several cues."""

from __future__ import annotations

from extractor.sources.captions.payload import Spoken
from extractor.sources.ledger import Ledger, Piece

_MOST_LINES = 4
_FEWEST = 3
_REPEATING_SHARE = 0.4
_ROLLING_SHARE = 0.2


def drop_repeats(spoken: list[Spoken], ledger: Ledger, *, only_rolling: bool = False) -> int:
    """Set aside the lines at the start of cues that are the last ones of the cue before, and say how many they were.

    Nothing is done unless the file is made of such cues. With ``only_rolling``, some of them must also bring a new
    line: people do say the same thing twice.
    """
    shown = [[piece for said in entry.utterances for piece in said.pieces] for entry in spoken]
    repeats = {index: many for index in range(1, len(shown)) if (many := _overlap(shown[index - 1], shown[index]))}
    if len(repeats) < max(_FEWEST, len(shown) * _REPEATING_SHARE):
        return 0
    rolling = sum(1 for index, many in repeats.items() if many < len(shown[index]))
    if only_rolling and rolling < max(2, len(shown) * _ROLLING_SHARE):
        return 0
    for index, many in repeats.items():
        for piece in shown[index][:many]:
            piece.set_aside(ledger, "copy")
        _cut(spoken[index], many)
    return sum(repeats.values())


def _overlap(before: list[Piece], after: list[Piece]) -> int:
    """How many lines ``before`` ends and ``after`` begins with."""
    for many in range(min(len(before), len(after), _MOST_LINES), 0, -1):
        if all(one.text == other.text for one, other in zip(before[-many:], after[:many], strict=True)):
            return many
    return 0


def _cut(entry: Spoken, many: int) -> None:
    for said in entry.utterances:
        taken = min(many, len(said.pieces))
        said.pieces = said.pieces[taken:]
        many -= taken
