"""``decisions eval labels``: from reviews to a labelled dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, NOTHING, Quiet, Voice, put
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from extractor.review.agreement import Agreement
    from extractor.review.labels import Labels


def labels(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The dataset to write, .jsonl; else it is shown.")
    ] = None,
    conversation: Annotated[
        list[str] | None,
        typer.Option("--conversation", metavar="NAME", help="Only this one, by id or title; may be repeated."),
    ] = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Write your team's reviews as labelled conversations: approved, edited, missed, and what was rejected and why.

    A type is named complete where none of it waits for review in the conversation. What you may not see, what was
    erased and what was approved in bulk is left out.

    Exit codes: 0 done; 2 wrong usage; 3 nothing has been reviewed yet.
    """
    from extractor.cli.logs import open_log, who
    from extractor.cli.outfile import check_out
    from extractor.errors import UsageError
    from extractor.log.naming import conversation_named
    from extractor.reports.documents import json_text
    from extractor.review.labels import labels_of
    from extractor.settings import load_settings

    if out is not None and out.suffix != ".jsonl":
        raise UsageError(f"--out {out} is no dataset by its name.", "It must end in .jsonl.")
    check_out(out)
    settings, voice = load_settings(), Voice(quiet)
    with open_log(settings) as log, log.seen_by(who(me, settings)).read() as connection:
        wanted = [conversation_named(connection, one) for one in conversation] if conversation else None
        found = labels_of(connection, wanted)
    if not found.rows:
        voice.insist("Nothing has been reviewed yet that could be a label. Review some records: decisions review.")
        raise typer.Exit(NOTHING)
    put("".join(json_text(row) for row in found.rows), out)
    _tell(found, voice, out)
    raise typer.Exit(DONE)


def _tell(found: Labels, voice: Voice, out: Path | None) -> None:
    from extractor.reports.text import count

    said = ", ".join(f"{number} {how}" for how, number in sorted(found.counts.items()))
    voice.say(f"{count(len(found.rows), 'conversation')} with {count(found.counts.total(), 'label')}: {said}.")
    if found.without_words:
        voice.say(f"Left out: {count(found.without_words, 'conversation')} whose words the log does not keep any more.")
    _tell_agreement(found.agreement, voice)
    voice.say(
        "People see what an engine proposed and add what they notice: what everybody missed counts against nobody. "
        f"Next: decisions eval run {out or 'FILE'} --out DIR"
    )


def _tell_agreement(agreement: Agreement, voice: Voice) -> None:
    from extractor.reports.text import count

    if not agreement.both:
        voice.say("No record has been judged by two reviewers, so how far they agree is not known.")
        return
    kappas = "; ".join(
        f"{one.one} and {one.other} {one.value:.2f} over {one.both}"
        for one in agreement.kappas
        if one.value is not None
    )
    voice.say(
        f"Reviewers agreed on {agreement.agreed} of {count(agreement.both, 'record')} that two or more of them judged "
        f"(Cohen's kappa: {kappas or 'not defined, all said the same'})."
    )
