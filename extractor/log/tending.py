"""What a person does around a record without judging it: comment, give it to somebody, say that it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from extractor.errors import UsageError
from extractor.index.model import storable
from extractor.log import acting, tables

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction


def comment(tx: Transaction, record: str, words: str) -> None:
    """A person remarks on a record."""
    known = acting.for_act(tx, record)
    if not words.strip():
        raise UsageError("The comment is empty.", "Write what there is to say.")
    if acting.has_said(tx, known.id, words):
        return
    table = tables.records
    tx.connection.execute(table.update().where(table.c.id == known.id).values(touched=True))
    acting.acted(tx, known, "record.commented", "comment", words.strip(), undo={})


def assign(tx: Transaction, records: Iterable[str], name: str | None) -> None:
    """A person gives records to somebody to review, or to nobody."""
    person = tx.person(name) if name is not None and name.strip() else None
    table = tables.records
    for record in records:
        known = acting.for_act(tx, record)
        before = tx.connection.execute(select(table.c.assignee).where(table.c.id == known.id)).scalar()
        if before == person:
            continue
        tx.connection.execute(table.update().where(table.c.id == known.id).values(assignee=person))
        acting.acted(tx, known, "record.assigned", "assign", undo={"assignee": before}, to=person)


def close(tx: Transaction, record: str, words: str | None = None) -> None:
    """A person says that an action is done, or that a question is answered: ``words`` are the answer.

    Raises UsageError for a decision, which is superseded by another one instead.
    """
    known = acting.for_act(tx, record)
    if known.type == "decision":
        raise UsageError(f"{known.id} is a decision.", "Name the decision that replaces it: `decisions link`.")
    if known.state in ("rejected", "merged"):
        raise UsageError(f"{known.id} is {known.state}.", f"Reopen it first: `decisions review reopen {known.id}`.")
    if known.type == "open_question" and not (words or "").strip():
        raise UsageError("A question is answered with words.", "Write the answer.")
    if known.closed_at is not None:
        if words and words.strip() and not _closed_with(tx, known.id, words):
            what = f"{known.id} is {'answered' if known.type == 'open_question' else 'done'} already."
            raise UsageError(what, f"Add a comment, or reopen it first: `decisions review reopen {known.id}`.")
        return
    acting.set_values(tx, known.id, closed_at=tx.at)
    verdict = "done" if known.type == "action_item" else "answer"
    acting.acted(tx, known, "record.closed", verdict, words, undo={"closed_at": None})


def _closed_with(tx: Transaction, record: str, words: str) -> bool:
    """Whether these are the words that a record was closed with."""
    table = tables.reviews
    closing = select(table.c.comment).where(
        table.c.record == record, table.c.verdict.in_(("done", "answer")), table.c.undone_by.is_(None)
    )
    last = tx.connection.execute(closing.order_by(table.c.seq.desc()).limit(1)).scalar()
    return (last or "").strip() == storable(words).strip()
