"""Conversations with records for tests of the log, as an engine would find them, and an embedder that costs nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from builders import meeting
from numpy.typing import NDArray

from extractor.conversation import Conversation, Participant
from extractor.log.intake import Outcome, Proposal, propose
from extractor.log.sources import note_source
from extractor.log.store import Log
from extractor.records import (
    ActionItem,
    ConversationHeader,
    ConversationRecords,
    Decision,
    EngineInfo,
    Evidence,
    OpenQuestion,
    record_id,
)

ENGINE = EngineInfo(name="scripted", model="none", version="1", leaves_machine=False)
DAY = dt.date(2026, 3, 4)


class Hashed:
    """An embedder whose vectors are made of hashes: equal texts, equal vectors."""

    name = "hashed-00000000"
    dimension = 16
    max_tokens = 256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [np.frombuffer(hashlib.sha512(text.encode()).digest(), np.uint32)[:16] for text in texts]
        vectors = np.array(rows, np.float64).reshape(len(texts), self.dimension) + 1.0
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) + 2 for text in texts]


EMBEDDER = Hashed()


def talk(*lines: str, name: str = "m-1", title: str = "Shed steering", **more: Any) -> Conversation:
    """A meeting with an id and a title of its own, on ``DAY``."""
    made = meeting(*lines, started_at=more.pop("started_at", DAY), **more)
    return made.model_copy(update={"id": name, "title": title})


def quote(conversation: Conversation, turn: int, words: str, role: str = "proposed") -> Evidence:
    """Words of a turn as evidence."""
    said = conversation.turns[turn]
    start = said.text.index(words)
    end = start + len(words)
    return Evidence.model_validate(
        {"role": role, "turn": turn, "quote": words, "start_char": start, "end_char": end, "speaker": said.speaker}
    )


def decision(conversation: Conversation, statement: str, *quotes: Evidence, **more: Any) -> Decision:
    source = more.pop("statement_source", "written")
    name = record_id(conversation.id, "decision", quotes[0], 0)
    return Decision(id=name, statement=statement, statement_source=source, status="decided", evidence=quotes, **more)


def action(conversation: Conversation, task: str, *quotes: Evidence, **more: Any) -> ActionItem:
    return ActionItem(id=record_id(conversation.id, "action_item", quotes[0], 0), task=task, evidence=quotes, **more)


def question(conversation: Conversation, asked: str, *quotes: Evidence, **more: Any) -> OpenQuestion:
    name = record_id(conversation.id, "open_question", quotes[0], 0)
    return OpenQuestion(id=name, question=asked, evidence=quotes, **more)


def found(
    conversation: Conversation, *records: Decision | ActionItem | OpenQuestion, mentioned: Sequence[Participant] = ()
) -> ConversationRecords:
    """What an engine found in a conversation."""
    return ConversationRecords(
        conversation=ConversationHeader(
            **conversation.model_dump(include={"id", "kind", "title", "source", "started_at"}),
            turns=len(conversation.turns),
            participants=(*conversation.participants, *mentioned),
        ),
        decisions=tuple(one for one in records if isinstance(one, Decision)),
        action_items=tuple(one for one in records if isinstance(one, ActionItem)),
        open_questions=tuple(one for one in records if isinstance(one, OpenQuestion)),
        coverage=conversation.coverage,
    )


def keep(log: Log, conversation: Conversation, records: ConversationRecords, origin: str | None = None) -> Outcome:
    """Adds a conversation to the log as one source."""
    origin = origin or f"folder:{conversation.id}.vtt"
    with log.write() as tx:
        outcome = propose(tx, Proposal(conversation, records, ENGINE, origin), EMBEDDER)
        kept = [] if outcome.skipped else [outcome.conversation]
        note_source(
            tx,
            origin,
            hashlib.sha256(repr(conversation).encode()).hexdigest(),
            engine="scripted",
            label=origin.partition(":")[2],
            conversations=kept,
            complete=True,
        )
    return outcome


def files_with(folder: Path, words: str) -> list[str]:
    """Files under a folder in which words stand, in UTF-8 or UTF-16."""
    forms = [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]
    hits = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(form in path.read_bytes() for form in forms):
            hits.append(str(path.relative_to(folder)))
    return hits
