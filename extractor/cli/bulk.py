"""``decisions review bulk``: many records at one stroke, where the team's own reviews allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, NOTHING, Quiet, Voice, put
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from extractor.plan import BulkPlan
    from extractor.review.bulk import Offer


def bulk(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be approved, and approve nothing.")
    ] = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="NAME", help="Only in this one, by id or title.")
    ] = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Approve what an engine is sure of, where your team's reviews prove that it may be trusted with that.

    Off unless decisions.toml says under \\[review.bulk] from which confidence on. Each is logged as one in bulk.

    Exit codes: 0 done; 2 it is off, or wrong usage; 3 nothing may be approved so.
    """
    from extractor.cli.logs import open_log, who
    from extractor.embedding import load_embedder
    from extractor.log.naming import conversation_named
    from extractor.reports.text import count
    from extractor.review.bulk import bulk_approve, offers
    from extractor.review.service import Desk
    from extractor.settings import load_settings

    settings, voice = load_settings(), Voice(quiet)
    name, plan = who(me, settings), settings.review.bulk
    with open_log(settings) as log:
        with log.seen_by(name).read() as connection:
            wanted = conversation_named(connection, conversation) if conversation else None
            found = offers(connection, plan, wanted)
        _tell(found, plan, voice)
        allowed = [record for offer in found if offer.refused is None for record in offer.records]
        if not allowed:
            raise typer.Exit(NOTHING)
        if dry_run:
            put("".join(f"{record}\n" for record in allowed))
            voice.say(f"{count(len(allowed), 'record')} would be approved.")
            raise typer.Exit(DONE)
        done = bulk_approve(Desk(log, load_embedder, settings.review), name, wanted)
    put("".join(f"{one.records[0]}\n" for one in done))
    waiting = sum(one.waits for one in done)
    more = f"; {waiting} of them wait for another reviewer" if waiting else ""
    voice.say(f"{count(len(done), 'record')} approved{more}.")
    raise typer.Exit(DONE)


def _tell(found: list[Offer], plan: BulkPlan | None, voice: Voice) -> None:
    from extractor.reports.text import count

    if not found:
        voice.insist("Nothing waits that an engine is sure enough of and that needs no look.")
    for offer in found:
        said = offer.measured
        waiting = f"{said.engine}: {count(len(offer.records), 'record')} could be approved in bulk"
        if offer.refused:
            voice.insist(f"{waiting}, but may not be. {offer.refused}")
        elif plan is not None:
            voice.say(
                f"{waiting}. Reviewers left {said.left} of {said.reviewed} such records as they were "
                f"(at least {said.right:.0%} at 95 % certainty)."
            )
