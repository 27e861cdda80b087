"""``decisions nightly``: the unattended run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice, put
from extractor.cli.options import EngineName

if TYPE_CHECKING:
    from extractor.nightly.listing import Listing
    from extractor.nightly.run import Result


def nightly(
    engine: EngineName = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read; read, write and send nothing.")
    ] = (False),
    retry: Annotated[bool, typer.Option("--retry-quarantined", help="Try what could not be read before, too.")] = False,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", min=0, help="How long to wait for another run to end.")
    ] = 0.0,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHERE", help="Where extraction runs: local, ray, or ray:ADDRESS.")
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Ray workers; one a processor.")] = None,
    quiet: Quiet = False,
) -> None:
    """Bring the log up to date from the sources in decisions.toml, and tell those who need to know.

    Picks up what is new or changed, proposes records, suggests links, sends the digest. A source that cannot be read is
    set aside with its reason and does not stop the rest. Killed at any moment, the next run does the rest once.

    Exit codes: 0 all done; 1 done in part, what failed is listed; 3 nothing could be done (another run is at work, the
    engine cannot be reached).
    """
    voice = Voice(quiet)
    from extractor.cli.engines import announce
    from extractor.cli.logs import judge_of, log_to_look_at, mirror_of, open_log
    from extractor.errors import UsageError
    from extractor.nightly.run import Nightly, Orders
    from extractor.settings import load_settings
    from extractor.spreading import extractor_for

    settings = load_settings()
    plan, spec = settings.nightly, engine or settings.engine
    if not plan.sources:
        what = "There are no sources for the night."
        raise UsageError(what, "Name them in decisions.toml under [[nightly.sources]]; `decisions init` writes one.")
    orders = Orders(plan, settings.digest, settings.retention, settings.base_folder, retry, wait)
    extractor = extractor_for(on, spec, settings, workers)
    with log_to_look_at(settings) if dry_run else open_log(settings, create=True) as log:
        judge = judge_of(settings, spec, model=plan.link_model)
        run = Nightly(log, extractor, judge, mirror_of(log, settings, voice), orders, voice.say, voice.insist)
        if dry_run:
            _look(run.look(), voice)
        announce(extractor, voice)
        with voice.progress() as progress:
            task = progress.add_task("Adding", total=None)
            run.on_item = lambda done, total, label: progress.update(
                task, completed=done, total=total, description=label[-40:]
            )
            result = run.run()
    _report(result, voice)
    raise typer.Exit(result.exit_code)


def _look(listing: Listing, voice: Voice) -> None:
    from extractor.reports.text import plain

    for name, items in (("new", listing.new), ("changed", listing.changed)):
        put("".join(f"{name:<9}{plain(item.origin)}\n" for item in items))
    for problem in listing.failed:
        voice.insist(f"Error: {problem.label}: {problem.reason}")
    voice.say(
        f"{len(listing.new)} new, {len(listing.changed)} changed, {listing.unchanged} unchanged, "
        f"{listing.quarantined} in quarantine. Nothing was read, written or sent."
    )
    raise typer.Exit(PARTLY if listing.failed else DONE)


def _report(result: Result, voice: Voice) -> None:
    from extractor.reports.text import count

    for problem in result.problems:
        voice.insist(f"Error: {problem.label}: {problem.reason}")
    outcomes = [outcome for one in result.added for outcome in one.outcomes]
    parts = [
        f"{len(result.listing.new)} new, {len(result.listing.changed)} changed, {result.listing.unchanged} unchanged",
        count(sum(len(outcome.new) for outcome in outcomes), "new record"),
        count(sum(len(outcome.suggested) for outcome in outcomes), "suggested revision"),
        count(sum(result.links.links.values()), "suggested link"),
    ]
    if result.listing.quarantined:
        parts.append(f"{result.listing.quarantined} in quarantine")
    put(", ".join(parts) + ".\n")
