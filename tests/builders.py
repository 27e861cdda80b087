"""Conversations for tests, written in a line each, and an engine that says what it is told to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date, datetime

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.drafts import Drafts
from extractor.errors import EngineError
from extractor.records import EngineInfo


def meeting(
    *lines: str, started_at: datetime | date | None = None, aliases: dict[str, tuple[str, ...]] | None = None
) -> Conversation:
    """``meeting("Anna: Let's go.", "Ben: Yes.")``; a line without a name is nobody's. Ten seconds a turn."""
    turns: list[Turn] = []
    people: dict[str, Participant] = {}
    for number, line in enumerate(lines):
        name, mark, text = line.partition(": ")
        if not mark:
            name, text = "", line
        person = name.casefold().replace(" ", "-") or None
        if person:
            people.setdefault(person, Participant(id=person, name=name, aliases=(aliases or {}).get(name, ())))
        start = 10.0 * number
        turns.append(Turn(index=number, speaker=person, text=text, start=start, end=start + 9))
    return Conversation(
        id="c-test",
        kind="meeting",
        title="Test meeting",
        source="test.vtt",
        started_at=started_at,
        participants=tuple(people.values()),
        turns=tuple(turns),
        coverage=Coverage.of(sum(len(turn.text) for turn in turns), {}),
    )


class ScriptedEngine:
    """Hands out the given drafts or errors, one a conversation."""

    info = EngineInfo(name="scripted", model="none", version="0", leaves_machine=False)
    destination = None

    def __init__(self, answers: Iterable[Drafts | EngineError]) -> None:
        self.answers = deque(answers)

    def extract(self, conversation: Conversation) -> Drafts:
        answer = self.answers.popleft()
        if isinstance(answer, EngineError):
            raise answer
        return answer
