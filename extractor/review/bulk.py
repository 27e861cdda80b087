"""Approving many records at one stroke: only where a team's own reviews say that it may, and never by default.

It may be done with records of an engine that it gives enough confidence, once reviewers have left enough of those that
they looked at one by one as they were, and two of them have agreed on them often enough. What the queue names a reason
to look at, and what a person has worded, is never among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from extractor.errors import UsageError
from extractor.log import acting, events, reviewing, tables, views
from extractor.log.wording import BY_HAND
from extractor.review.agreement import Agreement, Judged, agreement_of, judged_records, lower_bound
from extractor.review.queue import Item, items_of
from extractor.review.service import Done

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.plan import BulkPlan
    from extractor.review.service import Desk

OFF: Final = "Bulk approval is off."
TURN_ON: Final = "Say under [review.bulk] in decisions.toml from which confidence on it may be done."
ONE_BY_ONE: Final = "Review them one by one; these reviews are what it is measured by."
_AT_ONCE: Final = 200
"""Records approved in one transaction: others wait no longer than that."""


@dataclass(frozen=True)
class Measured:
    """What a team's reviews say of an engine's records with enough confidence.

    Of ``reviewed`` that people settled one by one, ``left`` were approved in the engine's words; ``right`` is the lower
    end of the 95 % interval of that share. ``agreement`` is over those that two people judged.
    """

    engine: str
    reviewed: int
    left: int
    right: float
    agreement: Agreement


@dataclass(frozen=True)
class Offer:
    """What waits of one engine and could be approved in bulk; ``refused`` says in a sentence why it may not be."""

    measured: Measured
    records: tuple[str, ...]
    refused: str | None


def offers(connection: Connection, plan: BulkPlan | None, conversation: str | None = None) -> list[Offer]:
    """For each engine with records that wait and have enough confidence, what the team's reviews say of it.

    ``connection`` is the viewer's. Raises UsageError where bulk approval is off.
    """
    if plan is None:
        raise UsageError(OFF, TURN_ON)
    by_engine: dict[str, list[str]] = {}
    for item in _candidates(connection, plan, conversation):
        by_engine.setdefault(item.record.engine, []).append(item.record.id)
    judged = judged_records(connection) if by_engine else []
    found = []
    for engine, ids in sorted(by_engine.items()):
        measured = measure(judged, engine, plan)
        found.append(Offer(measured, tuple(ids), refusal(measured, plan)))
    return found


def measure(judged: Sequence[Judged], engine: str, plan: BulkPlan) -> Measured:
    """What reviews say of an engine's records with at least the plan's confidence."""
    sure = [one for one in judged if one.engine == engine and (one.confidence or 0.0) >= plan.confidence]
    settled = [one for one in sure if one.state != "proposed" or not one.as_found]
    left = sum(one.state == "approved" and one.as_found for one in settled)
    return Measured(engine, len(settled), left, lower_bound(left, len(settled)), agreement_of(sure, {}))


def refusal(measured: Measured, plan: BulkPlan) -> str | None:
    """Why an engine's records may not be approved in bulk, in a sentence; None where they may."""
    sure = f"with a confidence of {plan.confidence:g} or more"
    both = measured.agreement
    if measured.reviewed < plan.reviewed:
        return f"Only {measured.reviewed} records {sure} have been reviewed one by one; it takes {plan.reviewed}."
    if measured.right < plan.right:
        return (
            f"Reviewers left {measured.left} of {measured.reviewed} records {sure} as they were, which proves "
            f"{measured.right:.0%} at 95 % certainty; it takes {plan.right:.0%}."
        )
    if both.both < plan.reviewed:
        return f"Only {both.both} records {sure} have been judged by two people; it takes {plan.reviewed}."
    if (both.share or 0.0) < plan.agreement:
        return f"Two reviewers agreed on {both.agreed} of {both.both} records {sure}; it takes {plan.agreement:.0%}."
    return None


def bulk_approve(desk: Desk, by: str, conversation: str | None = None) -> list[Done]:
    """Approves all that may be, as the person with this name; the event of each says that it was done in bulk.

    Where the team's rules ask for two people, this is one of them. What somebody else judges in the meantime is left
    alone. Raises UsageError where bulk approval is off, or the reviews do not allow it for any engine.
    """
    with desk.log.seen_by(by).read() as connection:
        found = offers(connection, desk.rules.bulk, conversation)
        allowed = [record for offer in found if offer.refused is None for record in offer.records]
        seen = acting.stamps(connection, allowed)
    if found and not allowed:
        raise UsageError(found[0].refused or OFF, ONE_BY_ONE)
    done: list[Done] = []
    for batch in views.batches(allowed, _AT_ONCE):
        done += _approved(desk, by, batch, seen)
    return done


def _approved(desk: Desk, by: str, batch: Sequence[str], seen: dict[str, int]) -> list[Done]:
    done: list[Done] = []
    with desk.log.write(by) as tx:
        now = acting.stamps(tx.connection, batch)
        for record in batch:
            if now[record] != seen[record]:
                continue
            before = events.head(tx.connection).seq
            published = reviewing.approve(tx, record, needed=desk.rules.approvals, bulk=True)
            after = events.head(tx.connection).seq
            done.append(Done((record,), after if after > before else None, waits=not published))
    return done


def _candidates(connection: Connection, plan: BulkPlan, conversation: str | None) -> Iterator[Item]:
    """What waits with enough confidence, in an engine's words, and without anything that asks for a look."""
    columns, versions = tables.records.c, tables.versions
    wanted = (
        select(columns.id)
        .join(versions, (versions.c.record == columns.id) & (versions.c.version == columns.version))
        .where(columns.state == "proposed", columns.erased_at.is_(None), columns.engine != BY_HAND)
        .where(columns.confidence >= plan.confidence, versions.c.actor == "machine")
    )
    if conversation is not None:
        wanted = wanted.where(columns.conversation == conversation)
    ids = connection.execute(wanted.order_by(columns.seq)).scalars().all()
    for batch in views.batches(ids):
        yield from (item for item in items_of(connection, views.records_by_id(connection, batch)) if not item.reasons)
