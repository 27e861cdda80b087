"""``decisions link`` and ``decisions unlink``: what a person says two records have to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from extractor.cli.console import Quiet, Voice
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from extractor.records import LinkKind

KINDS = "supersedes, duplicates, contradicts, answers, implements, relates"


def link(
    parts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FROM KIND TO]",
            help=f"Two records, and what the first does to the other, an earlier one: {KINDS}.",
        ),
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", metavar="LINK", help="Confirm a suggested link; may be repeated.")
    ] = None,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say that one record supersedes, answers, ... another, or confirm links that were suggested.

    FROM is the later record: `decisions link d-4f2a supersedes d-91bc`. `decisions show` prints the ids of links.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import open_log, who
    from extractor.errors import UsageError
    from extractor.log import linked, views
    from extractor.log.naming import link_named
    from extractor.settings import load_settings

    if bool(parts) == bool(confirm):
        how = "Write it as: decisions link FROM KIND TO, or: decisions link --confirm LINK."
        raise UsageError("Name either two records and a kind, or links to confirm.", how)
    settings = load_settings()
    with open_log(settings) as log:
        with log.seen_by(who(me, settings)).read() as connection:
            wanted = [_written(connection, parts)] if parts else []
            names = [link_named(connection, name) for name in confirm or ()]
            wanted += [(one.from_record, one.kind, one.to_record) for one in views.links_by_id(connection, names)]
        with log.write(who(me, settings)) as tx:
            made = [linked.confirm(tx, one, other, kind) for one, kind, other in wanted]
    for name, (one, kind, other) in zip(made, wanted, strict=True):
        voice.say(f"{one} {kind} {other}: link {name} is confirmed.")


def unlink(
    parts: Annotated[
        list[str], typer.Argument(metavar="LINK | FROM KIND TO", help="A link by its id, or two records and the kind.")
    ],
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Say that a link does not hold, whether it was suggested or confirmed. It is not suggested again."""
    voice = Voice(quiet)
    from extractor.cli.logs import open_log, who
    from extractor.errors import UsageError
    from extractor.log import linked
    from extractor.log.naming import link_named
    from extractor.settings import load_settings

    if len(parts) not in (1, 3):
        how = "Write it as: decisions unlink LINK, or: decisions unlink FROM KIND TO."
        raise UsageError("Name one link, or two records and a kind.", how)
    settings = load_settings()
    with open_log(settings) as log:
        with log.seen_by(who(me, settings)).read() as connection:
            if len(parts) == 1:
                name = link_named(connection, parts[0])
            else:
                one, kind, other = _written(connection, parts)
                name = link_named(connection, linked.link_id(one, other, kind))
        with log.write(who(me, settings)) as tx:
            gone = linked.reject(tx, name)
    voice.say(f"{gone.from_record} {gone.kind} {gone.to_record}: link {name} is refused, and not suggested again.")


def _written(connection: Connection, parts: Sequence[str]) -> tuple[str, LinkKind, str]:
    """Two records and a kind of link, as written; raises UsageError, NoSuchRecordError."""
    from extractor.errors import UsageError
    from extractor.log.listing import resolve_id
    from extractor.records import LinkKind

    how = "Write it as: FROM KIND TO, for example d-4f2a supersedes d-91bc."
    if len(parts) != 3:
        raise UsageError(f"{' '.join(parts)} is not two records and a kind of link.", how)
    one, written, other = parts
    kind = next((kind for kind in get_args(LinkKind) if kind == written.lower()), None)
    if kind is None:
        raise UsageError(f"{written} is no kind of link.", f"Choose one of: {KINDS}.")
    return resolve_id(connection, one), kind, resolve_id(connection, other)
