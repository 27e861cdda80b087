"""``decisions restrict``: who may see a conversation and all that comes from it."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli.console import Quiet, Voice
from extractor.cli.logs import Me


def restrict(
    conversation: Annotated[str, typer.Argument(metavar="CONVERSATION", help="A conversation by its id or title.")],
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="NAME", help="Who may see it, besides you; may be repeated.")
    ] = None,
    everyone: Annotated[bool, typer.Option("--everyone", help="Let everybody see it again.")] = False,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Let only some people see a conversation: its words, its records, and whatever is made of them.

    For everybody else it is not there: in lists, search, answers, counts and digests. Who has the log's files can read
    it all the same.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import open_log, who
    from extractor.embedding import load_embedder
    from extractor.errors import UsageError
    from extractor.log.erased import name_key
    from extractor.log.naming import conversation_named, titled
    from extractor.log.visibility import restricted_so_far
    from extractor.review import acts
    from extractor.review.service import Desk
    from extractor.settings import load_settings

    if bool(to) == everyone:
        raise UsageError("Say who may see it.", "Give --to NAME, or --everyone.")
    settings = load_settings()
    name = who(me, settings)
    with open_log(settings) as log:
        with log.seen_by(name).read() as connection:
            meant = conversation_named(connection, conversation)
            title, before = titled(connection, meant), restricted_so_far(connection).get(meant, ())
        Desk(log, load_embedder).do(name, acts.Restrict(conversation=meant, people=tuple(to or ())))
    seen_by = "everybody" if everyone else ", ".join(dict.fromkeys((*(to or ()), name)))
    voice.say(f"{title or meant} is seen by {seen_by}.")
    kept = {name_key(one) for one in (*(to or ()), name)}
    gone = [one for one in before if name_key(one) not in kept]
    if gone and not everyone:
        voice.say(f"Not any more by {', '.join(gone)}: --to names all who may see it.")
