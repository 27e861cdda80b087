"""``decisions add``: from files to proposals in the log."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put
from extractor.cli.options import DateOrder, EngineName, SourceFormat, Speakers, StartedAt, Timezone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.adding import ItemResult
    from extractor.fetching import Item
    from extractor.linking.sides import Judge
    from extractor.linking.suggesting import Suggested
    from extractor.log.store import Log
    from extractor.mirroring import Mirror


class AddFormat(StrEnum):
    """How what became of each source is printed."""

    text = "text"
    json = "json"


def add(
    files: Sources,
    engine: EngineName = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHERE", help="Where extraction runs: local, ray, or ray:ADDRESS.")
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Ray workers; one a processor.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Extract what has not changed, too.")] = False,
    link_model: Annotated[
        bool, typer.Option("--link-model", help="Let the language model judge links, where one is the engine.")
    ] = False,
    visible_to: Annotated[
        list[str] | None,
        typer.Option(
            "--visible-to", metavar="NAME", help="Let only this person, and you, see what is read; may be repeated."
        ),
    ] = None,
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    speakers: Speakers = None,
    timezone: Timezone = None,
    date_order: DateOrder = None,
    output_format: Annotated[AddFormat, typer.Option("--format", "-f", help="What to print.")] = AddFormat.text,
    quiet: Quiet = False,
) -> None:
    """Read conversations and propose their decisions, action items and open questions to the log.

    What is there already is found again and not doubled; a file that has not changed is not read twice. New records
    are linked to earlier ones by suggestions. Nothing counts as decided before a person approves it.

    Exit codes: 0 all done; 1 done in part, what failed is listed; 2 nothing could be read; 3 the log or the engine
    could not be used.
    """
    voice = Voice(quiet)
    from extractor.adding import Adder, is_done
    from extractor.cli.engines import announce
    from extractor.cli.logs import judge_of, mirror_of, open_log, who
    from extractor.cli.readings import Told, items_of
    from extractor.errors import EngineError
    from extractor.log.intake import fingerprint
    from extractor.log.sources import seen_source
    from extractor.settings import load_settings
    from extractor.spreading import extractor_for

    settings = load_settings()
    spec = engine or settings.engine
    found = items_of(files, voice, Told(source_format, started_at, speakers, timezone, date_order))
    if visible_to:
        found = found.seen_only_by((*visible_to, who(None, settings)))
    with extractor_for(on, spec, settings, workers) as extractor, open_log(settings, create=True) as log:
        mirror = mirror_of(log, settings, voice)
        with log.read() as connection:
            mark = fingerprint(extractor.info)
            todo = [
                item for item in found.items if again or not is_done(item, seen_source(connection, item.origin), mark)
            ]
        results: list[ItemResult] = []
        stopped: EngineError | None = None
        if todo:
            announce(extractor, voice)
        with voice.progress() as progress:
            task = progress.add_task("Adding", total=len(todo))
            try:
                for done in Adder(log, extractor, mirror.embedder, again=again).add(todo):
                    results.append(done)
                    progress.update(task, completed=len(results))
            except EngineError as error:
                if not any(one.outcomes or one.unchanged for one in results):
                    raise
                stopped = error
        _restricted(log, found.items)
        mirror.follow(voice.say)
        links = _linked(log, judge_of(settings, spec, model=link_model), mirror)
    _report(results, len(found.items) - len(todo), links, output_format, voice)
    if stopped is not None and len(results) < len(todo):
        voice.insist(f"Error: {len(todo) - len(results)} of {len(todo)} sources were not added: {stopped}")
    failed = bool(found.failed or links.unjudged or stopped) or any(not one.complete for one in results)
    nothing = failed and not any(one.outcomes or one.unchanged for one in results) and len(todo) == len(found.items)
    raise typer.Exit((2 if nothing else PARTLY) if failed else DONE)


def _restricted(log: Log, items: Sequence[Item]) -> None:
    """What was read of these sources before is for the same people as what is read of them now."""
    from extractor.log.sources import conversations_from
    from extractor.log.visibility import restrict_source

    if not any(item.visible_to for item in items):
        return
    with log.write() as tx:
        for item in items:
            for conversation in conversations_from(tx.connection, item.origin):
                restrict_source(tx, conversation, item.visible_to)


def _linked(log: Log, judge: Judge, mirror: Mirror) -> Suggested:
    """Links to what is new; where the judge cannot work, what was added stays, and the next run links it."""
    from extractor.errors import EngineError
    from extractor.linking.suggesting import Suggested, suggest_links

    try:
        return suggest_links(log, judge, mirror.records, mirror.embedder.name)
    except EngineError as error:
        return Suggested(unjudged=[("what is new", str(error))])


def _report(
    results: Sequence[ItemResult], unchanged: int, links: Suggested, output_format: AddFormat, voice: Voice
) -> None:
    from extractor.reports.text import count, one_of_each_kind

    for said in one_of_each_kind((warning, warning) for one in results for warning in one.warnings):
        voice.warn(said)
    for one in results:
        if one.problem is not None:
            voice.insist(f"Error: {one.problem}")
    for name, reason in links.unjudged:
        voice.insist(f"Error: the links of {name}: {reason}")
    outcomes = [outcome for one in results for outcome in one.outcomes]
    new = sum(len(outcome.new) for outcome in outcomes)
    if output_format is AddFormat.json:
        from extractor.reports.documents import json_text

        put(json_text([_as_json(one) for one in results], indent=2))
    else:
        for one in results:
            put("".join(_line(one.item.label, outcome) for outcome in one.outcomes))
    if not outcomes and not unchanged and not any(one.unchanged for one in results):
        return
    parts = [count(len(outcomes), "conversation"), count(new, "new record")]
    parts += [count(sum(len(outcome.suggested) for outcome in outcomes), "suggested revision")]
    parts += [count(sum(links.links.values()), "suggested link")]
    if unchanged:
        parts.append(count(unchanged, "unchanged source"))
    voice.say(", ".join(parts) + ".")
    if new:
        voice.say("See them with: decisions list --state proposed")


def _line(label: str, outcome: object) -> str:
    from extractor.log.intake import Outcome
    from extractor.reports.text import plain

    assert isinstance(outcome, Outcome)
    if outcome.skipped:
        return f"{plain(label)}: skipped, {outcome.skipped}\n"
    told = [
        f"{len(ids)} {name}"
        for name, ids in (
            ("new", outcome.new),
            ("updated", outcome.updated),
            ("with a suggested revision", outcome.suggested),
            ("as before", outcome.unchanged),
            ("not found again", outcome.not_found),
        )
        if ids
    ]
    return f"{plain(label)}: {', '.join(told) or 'nothing found'}\n"


def _as_json(one: ItemResult) -> dict[str, object]:
    return {
        "origin": one.item.origin,
        "version": one.item.version,
        "problem": one.problem,
        "unchanged": one.unchanged,
        "conversations": [
            {
                "conversation": outcome.conversation,
                "new": outcome.new,
                "updated": outcome.updated,
                "suggested": outcome.suggested,
                "unchanged": outcome.unchanged,
                "not_found": outcome.not_found,
                "skipped": outcome.skipped,
            }
            for outcome in one.outcomes
        ],
    }
