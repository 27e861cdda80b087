"""An oracle: records made of the labels themselves. What is then spoilt in them is all that the scorer may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from extractor.consolidate import header
from extractor.conversation import Conversation
from extractor.embedding import load_embedder
from extractor.records import (
    ActionItem,
    ConversationRecords,
    Decision,
    Due,
    Evidence,
    OpenQuestion,
    record_id,
)
from extractor.scoring.counting import scorer
from extractor.scoring.datasets import read_dataset
from extractor.scoring.figures import Figure, figures
from extractor.scoring.items import Persons
from extractor.scoring.labelled import GoldEvidence, GoldRecord, Labelled, conversation_of
from extractor.scoring.tally import Scorer

EXAMPLES = Path(__file__).resolve().parents[2] / "evals" / "examples"
Record = TypeVar("Record", Decision, ActionItem, OpenQuestion)
Rows = Sequence[Labelled]
Records = dict[str, ConversationRecords]


@cache
def examples() -> tuple[Labelled, ...]:
    """The labelled examples of the repository."""
    return read_dataset(EXAMPLES).rows


def oracle(row: Labelled) -> ConversationRecords:
    """Records that say what the labels say, with the labels' own words as their proof."""
    conversation = conversation_of(row)
    persons = Persons(conversation)
    return ConversationRecords(
        conversation=header(conversation),
        decisions=tuple(_decision(one, conversation, persons, n) for n, one in enumerate(row.gold.decisions)),
        action_items=tuple(_action(one, conversation, persons, n) for n, one in enumerate(row.gold.action_items)),
        open_questions=tuple(_question(one, conversation, n) for n, one in enumerate(row.gold.open_questions)),
        coverage=conversation.coverage,
    )


def quotes(labels: Sequence[GoldEvidence], conversation: Conversation) -> tuple[Evidence, ...]:
    found = []
    for label in labels:
        turn = conversation.turns[label.turn]
        start = turn.text.index(label.quote or "")
        found.append(
            Evidence(
                role="accepted",
                turn=label.turn,
                quote=label.quote or "",
                start_char=start,
                end_char=start + len(label.quote or ""),
                speaker=turn.speaker,
            )
        )
    return tuple(found)


def _due(label: GoldRecord) -> Due | None:
    return Due(text=label.due.text, date=label.due.date) if label.due else None


def _people(names: Sequence[str] | None, persons: Persons) -> tuple[str, ...]:
    return tuple(persons.key(name) for name in names or ())


def _decision(label: GoldRecord, conversation: Conversation, persons: Persons, number: int) -> Decision:
    evidence = quotes(label.evidence, conversation)
    return Decision(
        id=record_id(conversation.id, "decision", evidence[0], number),
        statement=label.text,
        statement_source="written",
        status=label.status or "decided",
        owners=_people(label.owner, persons),
        decided_by=_people(label.decided_by, persons),
        due=_due(label),
        confidence=0.9,
        evidence=evidence,
    )


def _action(label: GoldRecord, conversation: Conversation, persons: Persons, number: int) -> ActionItem:
    evidence = quotes(label.evidence, conversation)
    return ActionItem(
        id=record_id(conversation.id, "action_item", evidence[0], number),
        task=label.text,
        owners=_people(label.owner, persons),
        due=_due(label),
        evidence=evidence,
    )


def _question(label: GoldRecord, conversation: Conversation, number: int) -> OpenQuestion:
    evidence = quotes(label.evidence, conversation)
    return OpenQuestion(
        id=record_id(conversation.id, "open_question", evidence[0], number), question=label.text, evidence=evidence
    )


@cache
def every_oracle() -> Records:
    return {row.id: oracle(row) for row in examples()}


class Remembering:
    """The shipped embedder, which computes the vector of each text once in a process."""

    def __init__(self) -> None:
        self._embedder = load_embedder()
        self._vectors: dict[str, np.ndarray] = {}
        self.name, self.dimension, self.max_tokens = (
            self._embedder.name,
            self._embedder.dimension,
            self._embedder.max_tokens,
        )

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._embedder.count_tokens(texts)


@cache
def quick_scorer() -> Scorer:
    """The scorer of the product, on an embedder that remembers."""
    return replace(scorer(), embedder=Remembering())


def scored(records: Records, rows: Rows | None = None) -> dict[str, Figure]:
    """All figures of these records."""
    by = quick_scorer()
    return figures([by.tally(row, records[row.id]) for row in rows or examples()])


def spoilt(change: Callable[[Labelled, ConversationRecords], ConversationRecords]) -> dict[str, Figure]:
    """All figures when ``change`` has been done to every oracle."""
    known = every_oracle()
    return scored({row.id: change(row, known[row.id]) for row in examples()})


def moved(before: dict[str, Figure], after: dict[str, Figure]) -> set[str]:
    """Names of the figures whose value changed."""

    def same(name: str) -> bool:
        one, other = before[name], after[name]
        return (not one.known and not other.known) or one.value == other.value

    return {name for name in before if not same(name)}
