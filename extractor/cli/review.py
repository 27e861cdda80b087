"""``decisions review``: the records that wait, one a screen; and what may be done with any record, one verb each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli import bulk
from extractor.cli.console import Quiet, Voice
from extractor.cli.listing import Kind
from extractor.cli.logs import Me
from extractor.cli.show import RecordIds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    from extractor.log.store import Log
    from extractor.log.views import LogRecord
    from extractor.review.acts import Add, OnRecord
    from extractor.review.service import Desk, Done
    from extractor.settings import Settings

app = typer.Typer(help="Go through what waits for review; or approve, reject, edit and merge records by their ids.")
revision = typer.Typer(help="Take over or dismiss what a later reading suggests.", no_args_is_help=True)
app.command("bulk", short_help="Approve what an engine is sure of, where the team allows it.")(bulk.bulk)
app.add_typer(revision, name="revision", short_help="Take over or dismiss suggested wordings.")
STATE_FILE = "review.json"
"""Where in the data folder it is noted where each reviewer stopped."""

Why = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="A remark, kept with the review.")]
RevisionIds = Annotated[
    list[str],
    typer.Argument(metavar="REVISION", help="Suggested revisions by their ids; `decisions show` prints them."),
]
OneRecord = Annotated[str, typer.Argument(metavar="ID", help="A record by its id, or the first characters of it.")]
Changes = Annotated[
    list[str],
    typer.Argument(
        metavar="FIELD=VALUE",
        help="Fields as in the JSON of `decisions show`: statement, status, topic, rationale, owners, due, ... "
        "People by name, several parted by semicolons; nothing after = empties a field.",
    ),
]


@app.callback(invoke_without_command=True)
def review(
    context: typer.Context,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of a screen: for scripts, screen readers.")] = (
        False
    ),
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Only what waits in this one: its id or title.")
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what is given to you to review.")] = False,
    me: Me = None,
) -> None:
    """Go through what waits for review, the costliest mistakes first, one record a screen; ? shows the keys."""
    if context.invoked_subcommand is not None:
        return
    from extractor.cli.logs import open_log, who
    from extractor.review import terminal
    from extractor.settings import load_settings

    settings = load_settings()
    name = who(me, settings)
    with open_log(settings) as log:
        state, seen = settings.data_folder / STATE_FILE, log.seen_by(name)
        code = terminal.run(_desk(log, settings), name, seen, state, plain=plain, conversation=conversation, mine=mine)
    raise typer.Exit(code)


@app.command("approve")
def approve(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that records are right: they enter the published log."""
    from extractor.review import acts

    def act(known: LogRecord) -> OnRecord:
        return acts.Approve(record=known.id, comment=why)

    _each(ids, me, act, "approved", Voice(quiet))


@app.command("reject")
def reject(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that records are wrong: they do not come back, however often their conversation is read again."""
    from extractor.review import acts

    _each(ids, me, lambda known: acts.Reject(record=known.id, comment=why), "rejected", Voice(quiet))


@app.command("reopen")
def reopen(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that what was said of records is open again: they wait for review, are not answered, are not done."""
    from extractor.review import acts

    _each(ids, me, lambda known: acts.Reopen(record=known.id, comment=why), "open again", Voice(quiet))


@app.command("undo")
def undo(
    ids: RecordIds,
    number: Annotated[
        int | None, typer.Option("--act", metavar="N", min=1, help="The act with this number; without, your last one.")
    ] = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Take back what you did last with records; the history tells of both."""
    from extractor.review import acts

    _each(ids, me, lambda known: acts.Undo(record=known.id, number=number), "as it was before", Voice(quiet))


@app.command("done")
def done(ids: RecordIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Say that actions are done."""
    from extractor.review import acts

    _each(ids, me, lambda known: acts.Close(record=known.id, comment=why), "done", Voice(quiet))


@app.command("answer")
def answer(
    record: OneRecord,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The answer.")],
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say what the answer to a question is."""
    from extractor.review import acts

    _each([record], me, lambda known: acts.Close(record=known.id, comment=words), "answered", Voice(quiet))


@app.command("comment")
def comment(
    record: OneRecord,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The remark.")],
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Remark on a record."""
    from extractor.review import acts

    _each([record], me, lambda known: acts.Comment(record=known.id, comment=words), "commented", Voice(quiet))


@app.command("assign")
def assign(
    ids: RecordIds,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Who is to review them; without, nobody in particular.")
    ] = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Give records to somebody to review."""
    from extractor.review import acts

    said = f"for {to} to review" if to else "for anybody to review"
    _each(ids, me, lambda known: acts.Assign(record=known.id, person=to), said, Voice(quiet))


@app.command("merge")
def merge(
    record: OneRecord,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The record that stays, which is the same.")],
    why: Why = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say that a record is the same as another one, which stays."""
    from extractor.log.listing import resolve_id
    from extractor.review import acts

    def act(connection: Connection) -> list[OnRecord]:
        one, other = resolve_id(connection, record), resolve_id(connection, into)
        return [acts.Merge(record=one, into=other, comment=why)]

    for did in _done(act, me):
        one, other = did.records
        Voice(quiet).say(f"{one} is merged into {other}.")


@app.command("edit")
def edit(record: OneRecord, changes: Changes, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Word a record anew: decisions review edit d-4f2a status=tentative owners='Ana Li; Ben' due=2026-06-12.

    The earlier wording is kept, and no later reading of the conversation changes the record from now on.
    """
    from extractor.review import acts
    from extractor.review.fields import changes_of

    def act(known: LogRecord) -> OnRecord:
        return acts.Edit(record=known.id, fields=changes_of(known, changes), comment=why)

    _each([record], me, act, "edited", Voice(quiet))


@app.command("split")
def split(
    record: OneRecord,
    parts: Annotated[
        list[str],
        typer.Option(
            "--part",
            metavar="N,N:WORDS",
            help="A part: the numbers of its quotes, from 1 as `decisions show` has them in order, and what it says. "
            "Given for each part.",
        ),
    ],
    why: Why = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say that a record is several: decisions review split d-4f2a --part '1:The roof is green.' --part '2,3:...'."""
    from extractor.errors import UsageError
    from extractor.log.views import CLAIM_FIELD
    from extractor.review import acts

    if len(parts) < 2:
        raise UsageError("To split a record takes two parts or more.", "Give --part for each; or edit the record.")

    def act(known: LogRecord) -> OnRecord:
        made = [_part(CLAIM_FIELD[known.type], one) for one in parts]
        return acts.Split(record=known.id, parts=tuple(made), comment=why)

    _each([record], me, act, "split", Voice(quiet))


@app.command("missed")
def missed(
    conversation: Annotated[str, typer.Argument(metavar="CONVERSATION", help="A conversation by its id or title.")],
    statement: Annotated[str, typer.Option("--statement", metavar="WORDS", help="What the record says.")],
    turn: Annotated[int, typer.Option("--turn", metavar="N", min=0, help="The turn that proves it, from 0.")],
    words: Annotated[
        str | None, typer.Option("--words", metavar="WORDS", help="Words of that turn; all of it when not given.")
    ] = None,
    kind: Annotated[Kind, typer.Option("--type", "-t", help="What was missed.")] = Kind.decision,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]", help="More fields, as with `decisions review edit`.")
    ] = None,
    why: Why = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Add a record that was missed, from words of a conversation."""
    from extractor.log.naming import conversation_named

    def act(connection: Connection) -> list[Add]:
        name = conversation_named(connection, conversation)
        return [_added(connection, name, kind, (turn, words), statement, changes or (), why)]

    for did in _done(act, me):
        Voice(quiet).say(f"{did.records[0]} is added{', and waits for another reviewer' if did.waits else ''}.")


@revision.command("accept")
def accept(ids: RevisionIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Take over the wording that a later reading suggests."""
    from extractor.review import acts

    _revised(ids, me, lambda of, name: acts.TakeRevision(record=of, revision=name, comment=why), "taken over", quiet)


@revision.command("dismiss")
def dismiss(ids: RevisionIds, why: Why = None, me: Me = None, quiet: Quiet = False) -> None:
    """Keep the wording that is there; the same is not suggested again."""
    from extractor.review import acts

    _revised(ids, me, lambda of, name: acts.DismissRevision(record=of, revision=name, comment=why), "dismissed", quiet)


def _each(ids: Sequence[str], me: str | None, act: Callable[[LogRecord], OnRecord], done: str, voice: Voice) -> None:
    """Does something with each record, all in one transaction: with all of them, or with none."""
    from extractor.log.listing import resolve_id
    from extractor.log.views import records_by_id

    def wanted(connection: Connection) -> list[OnRecord]:
        names = dict.fromkeys(resolve_id(connection, name) for name in ids)
        return [act(known) for known in records_by_id(connection, names).values()]

    for did in _done(wanted, me):
        waits = ", and waits for another reviewer" if did.waits else ""
        made = f" into {', '.join(did.records)}" if done == "split" else ""
        voice.say(f"{did.records[0]} is {done}{made}{waits}.")


def _revised(ids: Sequence[str], me: str | None, act: Callable[[str, str], OnRecord], done: str, quiet: bool) -> None:
    """As ``_each``, of suggested revisions."""
    from extractor.log.naming import revision_named
    from extractor.log.views import record_of_revision

    names: list[str] = []

    def wanted(connection: Connection) -> list[OnRecord]:
        names.extend(dict.fromkeys(revision_named(connection, name) for name in ids))
        return [act(record_of_revision(connection, name), name) for name in names]

    _done(wanted, me)
    for name in names:
        Voice(quiet).say(f"{name} is {done}.")


def _done(wanted: Callable[[Connection], Sequence[OnRecord | Add]], me: str | None) -> list[Done]:
    """Does acts, which are made from the log as this person sees it."""
    from extractor.cli.logs import open_log, who
    from extractor.settings import load_settings

    settings = load_settings()
    name = who(me, settings)
    with open_log(settings) as log:
        with log.seen_by(name).read() as connection:
            acts = wanted(connection)
        return _desk(log, settings).do_all(name, list(acts))


def _desk(log: Log, settings: Settings) -> Desk:
    from extractor.embedding import load_embedder
    from extractor.review.service import Desk

    return Desk(log, load_embedder, settings.review)


def _part(claim: str, written: str) -> Any:
    """``1,3:The roof is green.`` as a part; raises UsageError."""
    from extractor.errors import UsageError
    from extractor.review import acts

    numbers, mark, words = written.partition(":")
    try:
        evidence = tuple(int(one) - 1 for one in numbers.split(","))
    except ValueError:
        evidence = ()
    if not mark or not words.strip() or not evidence or min(evidence) < 0:
        raise UsageError(f"{written} is no part of a record.", "Write it as '1,2:What it says.'.")
    return acts.SplitPart(fields={claim: words.strip()}, evidence=evidence)


def _added(
    connection: Connection,
    conversation: str,
    kind: Kind,
    place: tuple[int, str | None],
    statement: str,
    changes: Iterable[str],
    why: str | None,
) -> Add:
    """The act that adds a record; raises UsageError for words that the turn does not hold, or holds twice."""
    from extractor.errors import UsageError
    from extractor.log.views import CLAIM_FIELD, conversation_by_id
    from extractor.review import acts
    from extractor.review.fields import fields_of

    turn, words = place
    said = conversation_by_id(connection, conversation)
    passage = acts.Passage(turn=turn)
    if words is not None and said is not None and turn < len(said.turns):
        text = said.turns[turn].text
        times = text.count(words)
        if times != 1:
            what = f"Turn {turn} holds these words {'twice or more' if times else 'nowhere'}."
            raise UsageError(what, f"It says: {text[:300]}")
        start = text.index(words)
        passage = acts.Passage(turn=turn, start_char=start, end_char=start + len(words))
    people = {person.id: person.name for person in said.participants} if said is not None else {}
    fields = {CLAIM_FIELD[kind.value]: statement, **fields_of(people, changes)}
    return acts.Add(conversation=conversation, type=kind.value, passages=(passage,), fields=fields, comment=why)
