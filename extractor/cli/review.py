"""``decisions review``: what a person may do with records, one verb each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli.console import Quiet, Voice
from extractor.cli.logs import Me
from extractor.cli.show import RecordIds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.log.transaction import Transaction

app = typer.Typer(help="Approve, reject, edit and merge records of the log.", no_args_is_help=True)
revision = typer.Typer(help="Take over or dismiss what a later reading suggests.", no_args_is_help=True)
app.add_typer(revision, name="revision", short_help="Take over or dismiss suggested wordings.")

Why = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="A remark, kept with the review.")]
RevisionIds = Annotated[
    list[str],
    typer.Argument(metavar="REVISION", help="Suggested revisions by their ids; `decisions show` prints them."),
]
OneRecord = Annotated[str, typer.Argument(metavar="ID", help="A record by its id, or the first characters of it.")]


@app.command("approve")
def approve(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that records are right: they enter the published log."""
    from extractor.log import reviewing

    _each(ids, me, lambda tx, name: reviewing.approve(tx, name, why), "approved", Voice(quiet))


@app.command("reject")
def reject(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that records are wrong: they do not come back, however often their conversation is read again."""
    from extractor.log import reviewing

    _each(ids, me, lambda tx, name: reviewing.reject(tx, name, why), "rejected", Voice(quiet))


@app.command("merge")
def merge(
    record: OneRecord,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The record that stays, which is the same.")],
    why: Why = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say that a record is the same as another one, which stays."""
    from extractor.cli.logs import open_log, who
    from extractor.log import reviewing
    from extractor.log.listing import resolve_id
    from extractor.settings import load_settings

    settings = load_settings()
    with open_log(settings) as log, log.write(who(me, settings)) as tx:
        one, other = resolve_id(tx.connection, record), resolve_id(tx.connection, into)
        reviewing.merge(tx, one, other, why)
    Voice(quiet).say(f"{one} is merged into {other}.")


@app.command("edit")
def edit(
    record: OneRecord,
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help="Fields as in the JSON of `decisions show`: statement, status, topic, rationale, owners, due, ... "
            "People by name, several parted by semicolons; nothing after = empties a field.",
        ),
    ],
    why: Why = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Word a record anew: decisions review edit d-4f2a status=tentative owners='Ana Li; Ben' due=2026-06-12.

    The earlier wording is kept, and no later reading of the conversation changes the record from now on.
    """
    from extractor.cli.edits import changes_of
    from extractor.embedding import load_embedder
    from extractor.log import reviewing

    def do(tx: Transaction, name: str) -> None:
        known = reviewing.record_in(tx, name)
        reviewing.edit(tx, name, changes_of(known, changes), load_embedder(), why)

    _each([record], me, do, "edited", Voice(quiet))


@revision.command("accept")
def accept(ids: RevisionIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Take over the wording that a later reading suggests."""
    from extractor.embedding import load_embedder
    from extractor.log import reviewing

    def do(tx: Transaction, name: str) -> None:
        reviewing.accept_revision(tx, name, load_embedder(), why)

    _each(ids, me, do, "taken over", Voice(quiet), revisions=True)


@revision.command("dismiss")
def dismiss(ids: RevisionIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Keep the wording that is there; the same is not suggested again."""
    from extractor.log import reviewing

    _each(
        ids, me, lambda tx, name: reviewing.dismiss_revision(tx, name, why), "dismissed", Voice(quiet), revisions=True
    )


def _each(
    ids: Sequence[str],
    me: str | None,
    do: Callable[[Transaction, str], Any],
    done: str,
    voice: Voice,
    *,
    revisions: bool = False,
) -> None:
    """Does something with each record, or revision, all in one transaction: with all of them, or with none."""
    from extractor.cli.logs import open_log, who
    from extractor.log.listing import resolve_id
    from extractor.log.naming import revision_named
    from extractor.settings import load_settings

    settings = load_settings()
    named = revision_named if revisions else resolve_id
    with open_log(settings) as log, log.write(who(me, settings)) as tx:
        names = list(dict.fromkeys(named(tx.connection, name) for name in ids))
        for name in names:
            do(tx, name)
    for name in names:
        voice.say(f"{name} is {done}.")
