"""Invented meetings in a log with records that wait, for tests of queues, bulk approval and labels."""

from __future__ import annotations

from typing import Any

from kept import EMBEDDER, action, decision, found, keep, question, quote, talk

from extractor.conversation import Conversation
from extractor.log.store import Log
from extractor.plan import ReviewPlan
from extractor.review.acts import ACTS
from extractor.review.service import Desk, Done

ADA, BEN, CLEO = "Ada Moss", "Ben Ito", "Cleo Marsh"
WORDS = ("roof", "door", "fence", "gate", "bench", "path", "pond", "hedge", "lamp", "step")


def meeting(name: str, *subjects: str) -> Conversation:
    """A meeting in which one thing is decided of each subject, a turn each, with an action and a question after."""
    said = [f"{ADA}: We paint the {one} green." for one in subjects]
    return talk(*said, f"{BEN}: I will buy the paint.", f"{CLEO}: Who keeps the key?", name=name, title=f"About {name}")


def decided(said: Conversation, turn: int, **more: Any) -> Any:
    words = said.turns[turn].text
    return decision(said, words, quote(said, turn, words), **more)


def bought(said: Conversation, **more: Any) -> Any:
    turn = len(said.turns) - 2
    return action(said, "Buy the paint.", quote(said, turn, "I will buy the paint"), owners=("ben-ito",), **more)


def asked(said: Conversation, **more: Any) -> Any:
    return question(said, "Who keeps the key?", quote(said, len(said.turns) - 1, "Who keeps the key"), **more)


def kept(log: Log, said: Conversation, *records: Any) -> tuple[str, ...]:
    """Adds a meeting with these records to the log; their ids."""
    ids = tuple(one.id for one in records)
    assert sorted(keep(log, said, found(said, *records)).new) == sorted(ids)
    return ids


def desk_of(log: Log, **rules: Any) -> Desk:
    return Desk(log, lambda: EMBEDDER, ReviewPlan.model_validate(rules))


def do(desk: Desk, by: str, act: str, record: str, **more: Any) -> Done:
    return desk.do(by, ACTS.validate_python({"act": act, "record": record, **more}))
