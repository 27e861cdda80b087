"""Two meetings about a shed in a log: what was decided at the first is decided otherwise at the second."""

from __future__ import annotations

import datetime as dt

from kept import action, decision, found, question, talk
from kept import quote as untimed

from extractor.cli.console import Voice
from extractor.cli.logs import mirror_of
from extractor.conversation import Conversation
from extractor.embedding import load_embedder
from extractor.log import linked
from extractor.log.intake import Proposal, propose
from extractor.log.store import Log
from extractor.records import Alternative, Due, EngineInfo, Evidence
from extractor.settings import load_settings

ENGINE = EngineInfo(name="scripted", model="none", version="1", leaves_machine=False)
OTHER_ENGINE = EngineInfo(name="scripted", model="none", version="2", leaves_machine=False)
FIRST = talk(
    "Anna Berg: Shall we talk about the shed?",
    "Ben Okoro: I say the roof is green.",
    "Anna Berg: Agreed, the roof of the shed is green.",
    "Ben Okoro: I will order the paint by Friday.",
    "Cleo Marsh: Who keeps the key at night?",
    "Anna Berg: No idea.",
    name="m-first",
    started_at=dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC),
)
SECOND = talk(
    "Anna Berg: The green paint is sold out.",
    "Ben Okoro: Then the roof is red after all.",
    "Anna Berg: Fine, red it is.",
    name="m-second",
    started_at=dt.datetime(2026, 3, 18, 9, 0, tzinfo=dt.UTC),
)


def quote(conversation: Conversation, turn: int, words: str, role: str = "proposed") -> Evidence:
    """Words of a turn as evidence, with the seconds at which the turn begins."""
    return untimed(conversation, turn, words, role).model_copy(update={"time": conversation.turns[turn].start})


def first() -> tuple[object, ...]:
    return (
        decision(
            FIRST,
            "The shed gets a green roof.",
            quote(FIRST, 1, "the roof is green", "proposed"),
            quote(FIRST, 2, "the roof of the shed is green", "accepted"),
            decided_by=("anna-berg",),
            rationale="It hides the moss.",
            alternatives=(Alternative(option="A black roof", why_not="too hot"),),
        ),
        action(
            FIRST,
            "Order the paint.",
            quote(FIRST, 3, "I will order the paint by Friday", "owner"),
            owners=("ben-okoro",),
            due=Due(text="by Friday", date=dt.date(2026, 3, 6)),
        ),
        question(FIRST, "Who keeps the key at night?", quote(FIRST, 4, "Who keeps the key"), raised_by=("cleo-marsh",)),
    )


def second() -> tuple[object, ...]:
    return (decision(SECOND, "The shed gets a red roof.", quote(SECOND, 2, "Fine, red it is", "accepted")),)


def fill(log: Log) -> dict[str, str]:
    """Fills a log; the ids of the records: ``green``, ``paint``, ``key``, ``red``. The index follows."""
    embedder = load_embedder()
    with log.write() as tx:
        one = propose(tx, Proposal(FIRST, found(FIRST, *first()), ENGINE, "notes:first.vtt"), embedder)
        two = propose(tx, Proposal(SECOND, found(SECOND, *second()), ENGINE, "notes:second.vtt"), embedder)
        ids = dict(zip(("green", "paint", "key", "red"), (*one.new, *two.new), strict=True))
        linked.suggest(tx, ids["red"], ids["green"], "supersedes", confidence=0.82, judge="features/1")
    mirror_of(log, load_settings(), Voice(quiet=True)).follow()
    return ids


def read_again(log: Log, statement: str) -> None:
    """The first meeting read again by another engine, which words its decision otherwise."""
    green, *others = first()
    changed = green.model_copy(update={"statement": statement})  # type: ignore[attr-defined]
    with log.write() as tx:
        propose(tx, Proposal(FIRST, found(FIRST, changed, *others), OTHER_ENGINE, "notes:first.vtt"), load_embedder())
