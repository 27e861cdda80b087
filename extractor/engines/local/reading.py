"""One conversation as the engine sees it: its segments, their scores, its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.conversation import Conversation
from extractor.engines.local.people import People
from extractor.engines.local.segments import Script

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Reading:
    """A conversation, its script, and log-odds for each head (arrays of one value a segment)."""

    conversation: Conversation
    script: Script
    scores: Mapping[str, NDArray[np.float32]]
    people: People

    def quote(self, first: int, last: int) -> str:
        """The verbatim text from one segment to another of the same turn."""
        segments = self.script.segments
        return self.conversation.turns[segments[first].turn].text[segments[first].start : segments[last].end]


def genre_of(script: Script) -> str:
    """Which weights and calibration apply, by form alone: ``speech`` (a clock), ``minutes`` (none), or ``thread``."""
    if script.written:
        return "thread"
    return "speech" if script.timed else "minutes"
