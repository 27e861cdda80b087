"""What a mistake in a proposed record would cost, which is the order in which people review.

The expected loss of leaving it as it is: what is at stake times the chance that it is wrong, and more where it is at
odds with what was approved or where whatever extracted it had doubts of its own. The figures are ours; only the order
that they give matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select

from extractor.log import tables, views
from extractor.records import ActionItem, Decision

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import Record

STAKES: Final = {"high": 4.0, "medium": 2.0, "low": 1.0}
UNKNOWN_STAKE: Final = 2.0
STAKE_OF_ACTION: Final = 1.5
STAKE_OF_QUESTION: Final = 1.0
UNKNOWN_CHANCE: Final = 0.5
"""Of being wrong, where the engine gives no confidence."""
CONFLICT: Final = 4.0
"""A decision that would replace or contradict an approved one comes before any that is new."""
FLAG: Final = 0.5
CONFLICTING: Final = ("supersedes", "contradicts")


def weight_of(record: Record, *, conflicts: bool = False) -> float:
    """The weight of a record by itself, and by whether it ``conflicts`` with an approved one."""
    if isinstance(record, Decision):
        stake = STAKES.get(record.significance or "", UNKNOWN_STAKE)
    else:
        stake = STAKE_OF_ACTION if isinstance(record, ActionItem) else STAKE_OF_QUESTION
    chance = UNKNOWN_CHANCE if record.confidence is None else 1.0 - record.confidence
    return round(stake * chance + FLAG * min(len(record.flags), 3) + (CONFLICT if conflicts else 0.0), 4)


def weigh(tx: Transaction, ids: Iterable[str]) -> None:
    """Writes the weights of records anew, after a link or a state has changed."""
    known = views.records_by_id(tx.connection, ids)
    at_odds = conflicting(tx, known)
    rows = [
        {"name": one.id, "value": weight_of(one.record, conflicts=one.id in at_odds)}
        for one in known.values()
        if one.erased_at is None
    ]
    if rows:
        table = tables.records
        statement = table.update().where(table.c.id == bindparam("name")).values(weight=bindparam("value"))
        tx.connection.execute(statement, rows)


def conflicting(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Which of these records a link, suggested or confirmed, sets against an approved one."""
    links, records = tables.links, tables.records
    # A subquery that gives a value: SQLite, which keeps no statistics, joins all approved records otherwise.
    state = select(records.c.state).where(records.c.id == links.c.to_record).scalar_subquery()
    found: set[str] = set()
    for batch in views.batches(ids):
        wanted = (
            select(links.c.from_record)
            .where(links.c.from_record.in_(batch), links.c.kind.in_(CONFLICTING), links.c.state != "rejected")
            .where(state == "approved")
        )
        found.update(tx.connection.execute(wanted).scalars())
    return found


def weigh_around(tx: Transaction, record: str) -> None:
    """Writes the weights of a record and of the later ones that are linked to it anew."""
    links = tables.links
    later = select(links.c.from_record).where(links.c.to_record == record, links.c.kind.in_(CONFLICTING))
    weigh(tx, [record, *tx.connection.execute(later).scalars()])
