"""A log with a restricted conversation that has a word of its own in every field, and ways to look for that word.

Whatever shows the log to people adds a probe: ``@probe`` on a function that takes a :class:`Secret` and the name of who
looks, and returns all that they are shown as text. ``tests/review/test_nothing_leaks.py`` asks every probe as somebody
who may not see the conversation, and as somebody who may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kept import EMBEDDER, ENGINE, action, decision, found, keep, question, quote, talk
from review_world import Ticking

from extractor.conversation import Participant
from extractor.log import acting, linked, reviewing, tending, views, visibility
from extractor.log.intake import Proposal, propose
from extractor.log.store import Log
from extractor.records import Alternative, Due

WORD: Final = "zqxcanary"
"""Begins every secret word; the rest names the field that it stands in."""
INSIDER, OUTSIDER, PUBLIC = "Ada Lund", "Cy Roe", "Ben Ito"
PLAIN_WORDS: Final = "office paint shed close steering lease"
"""Words of the secret and of what is public that tell nothing, to search for."""


@dataclass
class Secret:
    """The log, its data folder, the ids of what is hidden (``records``, ``links``, ``revision``) and of what is not."""

    log: Log
    home: Path
    records: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    revision: str = ""
    public: list[str] = field(default_factory=list)
    number: int = 0
    """The conversation's number in the log."""


Probe = Callable[[Secret, str], str]
PROBES: dict[str, Probe] = {}


def probe(function: Probe) -> Probe:
    """Adds a way to look at the log."""
    PROBES[function.__name__] = function
    return function


def leaked(text: str) -> list[str]:
    """The secret words in a text."""
    import re

    return sorted(set(re.findall(rf"{WORD}\w*", text, re.IGNORECASE)))


def secret_word(name: str) -> str:
    return f"{WORD.capitalize()}{name}"


def hide(log: Log, home: Path, embedder: Any = EMBEDDER) -> Secret:
    """Fills an empty log."""
    log.clock = Ticking()
    made = Secret(log, home)
    seen = talk("Ada Lund: We paint the shed of the office.", "Ben Ito: I buy paint.", name="m-public", title="Shed")
    open_records = [
        decision(seen, "Paint the shed of the office.", quote(seen, 0, "paint the shed of the office")),
        action(seen, "Buy paint.", quote(seen, 1, "buy paint"), owners=("ben-ito",)),
    ]
    with log.write() as tx:
        made.public = propose(tx, Proposal(seen, found(seen, *open_records), ENGINE, "folder:public.vtt"), embedder).new
    said = talk(
        f"{secret_word('speaker')} Lund: We close the office {secret_word('turn')} and end the lease.",
        f"Ada Lund: I tell the {secret_word('landlord')} about the lease.",
        "Ada Lund: Who pays for the paint of the office?",
        name=f"m-secret-{WORD}id",
        title=f"Steering {secret_word('title')}",
    ).model_copy(update={"source": f"{WORD}source.vtt", "warnings": (f"Odd {secret_word('warning')}.",)})
    speaker = f"{WORD}speaker-lund"
    people = (Participant(id="owner-1", name=secret_word("owner"), aliases=(secret_word("alias"),)),)

    def records(statement: str) -> list[Any]:
        return [
            decision(
                said,
                statement,
                quote(said, 0, f"close the office {secret_word('turn')}"),
                topic=secret_word("topic"),
                rationale=secret_word("rationale"),
                conditions=(secret_word("condition"),),
                alternatives=(Alternative(option=secret_word("option"), why_not=secret_word("whynot")),),
                flags=(secret_word("flag"),),
                decided_by=(speaker,),
                significance="high",
            ),
            action(
                said,
                f"Tell the {secret_word('task')} about the lease.",
                quote(said, 1, f"tell the {secret_word('landlord')} about the lease"),
                owners=("owner-1",),
                due=Due(text=secret_word("due"), date=None),
            ),
            question(
                said,
                f"Who pays for the paint, {secret_word('question')}?",
                quote(said, 2, "Who pays for the paint of the office"),
                raised_by=(speaker,),
                blocks=secret_word("blocks"),
                missing_information=secret_word("missing"),
            ),
        ]

    origin = f"folder:{WORD}origin.vtt"
    first = records(f"Close the office, {secret_word('statement')}.")
    with log.write() as tx:
        found_ = found(said, *first, mentioned=people)
        made.records = propose(tx, Proposal(said, found_, ENGINE, origin), embedder).new
    with log.write(INSIDER) as tx:
        visibility.restrict(tx, said.id, [INSIDER])
        tending.comment(tx, made.records[0], f"But {secret_word('comment')}.")
        reviewing.edit(tx, made.records[1], {"task": f"Tell {secret_word('edited')}."}, embedder, secret_word("why"))
        reviewing.approve(tx, made.records[2])
        tending.close(tx, made.records[2], f"Forty, {secret_word('answer')}.")
        tending.assign(tx, made.records[:1], secret_word("assignee"))
        linked.confirm(tx, made.records[1], made.public[1], "relates")
        reviewing.approve(tx, made.public[0])
    with log.write() as tx:
        linked.suggest(tx, made.records[0], made.public[0], "supersedes", confidence=0.9, judge="test")
        other = [records(f"Close the office at once, {secret_word('revision')}.")[0], *first[1:]]
        found_ = found(said, *other, mentioned=people)
        propose(tx, Proposal(said, found_, ENGINE, origin), embedder)
    with log.read() as connection:
        made.links = [link.id for link in views.links_of(connection, made.records)]
        made.revision = views.revisions_of(connection, made.records[:1])[0].id
        made.number = views.number_of(connection, said.id)
        assert len(made.links) == 2
        assert acting.stamps(connection, made.records)[made.records[0]]
    keep(log, said2 := talk("Ben Ito: The paint is dry.", name="m-later", title="Shed again"), found(said2))
    return made
