"""What events call a conversation: a number, which says nothing of the id and the words that erasure takes away."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept import EMBEDDER, ENGINE, decision, found, keep, quote
from sqlalchemy import select

from extractor.conversation import Conversation, text_id
from extractor.log import checking, events, reviewing, tables
from extractor.log.erasing import erase_conversation, erase_person
from extractor.log.intake import Proposal, propose
from extractor.log.retaining import retain
from extractor.log.store import Log
from extractor.plan import Retention
from extractor.sources import read_source

WORDS = "the zebra vault under the quay opens at nineteen past four"
MESSAGE_ID = "zebra.19.vault@quay.example"
MAIL = f"""\
Message-ID: <{MESSAGE_ID}>
From: Ada Lund <ada@quay.example>
Date: Wed, 4 Mar 2026 10:00:00 +0000
Subject: The quay

I say {WORDS}.
"""
ANSWER = f"""\
Message-ID: <other@quay.example>
In-Reply-To: <{MESSAGE_ID}>
From: Ben Ito <ben@quay.example>
Date: Wed, 4 Mar 2026 11:00:00 +0000
Subject: Re: The quay

Agreed.
"""
FROM = "From a@quay.example Wed Mar  4 10:00:00 2026\n"
SAID = f"Ada Lund: I say {WORDS}.\nBen Ito: Agreed.\n"
FORMS = {
    "a mail, by its Message-Id": (f"mail:{MESSAGE_ID}", "mbox", f"{FROM}{MAIL}\n", f"{FROM}{ANSWER}\n"),
    "a transcript, by a hash of its text": ("c-", "txt", SAID, "Cy Roe: Who has the key?\n"),
}


def conversation_in(path: Path, text: str) -> Conversation:
    path.write_text(text)
    (conversation,) = read_source(str(path)).conversations
    return conversation


def lived(log: Log, before: Conversation, after: Conversation, origin: str) -> None:
    """The whole life of a conversation in the log."""
    for said in (before, after):
        outcome = keep(log, said, found(said, decision(said, f"Know {WORDS}.", quote(said, 0, WORDS))), origin)
    with log.write("Eve Oak") as tx:
        reviewing.approve(tx, outcome.unchanged[0], WORDS)
    newer = ENGINE.model_copy(update={"version": "2"})
    with log.write() as tx:
        propose(tx, Proposal(after, found(after), newer, origin), EMBEDDER)
    retain(log, Retention(transcripts_days=1))
    erase_person(log, "Ben Ito", "Eve Oak", EMBEDDER)
    erase_conversation(log, outcome.conversation, "Eve Oak")


@pytest.mark.parametrize("form", FORMS)
def test_no_event_holds_an_id_that_tells_of_a_conversation_through_its_whole_life(
    log: Log, tmp_path: Path, form: str
) -> None:
    begins, ending, text, more = FORMS[form]
    path = tmp_path / f"2026-03-04 quay.{ending}"
    before, after = (conversation_in(path, said) for said in (text, text + more))
    assert all(one.id.startswith(begins) for one in (before, after))
    lived(log, before, after, f"folder:{path}")
    assert checking.verify(log).problems == ()
    with log.read() as connection:
        ids = set(connection.execute(select(tables.conversation_ids.c.id)).scalars())
        rows = [" ".join(map(str, row)) for row in connection.execute(select(tables.events))]
        told = [one for one in events.walk(connection) if one.kind.startswith("conversation.")]
        added = [one for one in events.walk(connection) if one.kind == "record.added"]
    assert ids == {before.id, after.id}
    hashes = {text_id((turn.speaker, turn.text) for turn in one.turns) for one in (before, after)}
    for secret in (MESSAGE_ID, *ids, *hashes):
        assert not [row for row in rows if secret.removeprefix("c-") in row]
    steps = "added grown read_again forgotten redacted erased"
    assert [one.kind.partition(".")[2] for one in told] == steps.split()
    assert {one.subject for one in told} == {"conversation:1"}
    assert [one.payload["conversation"] for one in added] == [1]
