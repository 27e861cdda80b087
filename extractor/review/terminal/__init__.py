"""``decisions review`` in a terminal: one decision a screen, one key an act; or in plain lines."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.log.store import Log
    from extractor.review.queue import Waiting
    from extractor.review.service import Desk
    from extractor.review.terminal.session import Session

INTERRUPTED: Final = 130


def run(
    desk: Desk,
    by: str,
    log: Log,
    state_file: Path,
    *,
    plain: bool,
    conversation: str | None = None,
    mine: bool = False,
) -> int:
    """Lets a person go through what waits; returns the exit code: 0, or 130 where they pressed Ctrl-C.

    Args:
        desk: where acts are done.
        by: the person's name.
        log: the log as this person sees it, ``Log.seen_by``.
        state_file: where it is noted where each person stopped; made where it is not there.
        plain: prompts and answers in lines, on any input and output.
        conversation: only what waits in this one: its id, the beginning of it, or words of its title.
        mine: only what is assigned to this person.

    Raises:
        UsageError: there is no terminal for the screen.
        NoSuchRecordError: no conversation, or several, are meant.
    """
    if not plain:
        _refuse_without_terminal()
    from extractor.review.terminal.session import Session

    session = Session(desk, by, log, _wanted(desk, by, log, conversation, mine=mine), state_file)
    session.begin()
    if session.empty:
        sys.stdout.write("Nothing waits for your review.\n")
        return 0
    code = _plain(session) if plain else _screen(session)
    sys.stdout.write(summary(session) + "\n")
    return code


def summary(session: Session) -> str:
    """What was done, counted, and what still waits: ``You approved 4, rejected 2. 24 still wait.``"""
    from extractor.review.queue import COUNTED

    done = ", ".join(f"{verb} {number}" for verb, number in session.tally.items() if number > 0)
    left = session.waiting
    many = f"{COUNTED:,}+" if left > COUNTED else f"{left:,}"
    waits = "Nothing waits any more." if not left else f"{many} still {'waits' if left == 1 else 'wait'}."
    return f"You {done}. {waits}" if done else f"You decided nothing. {waits}"


def _wanted(desk: Desk, by: str, log: Log, conversation: str | None, *, mine: bool) -> Waiting:
    from extractor.log.naming import conversation_named
    from extractor.log.visibility import person_numbered
    from extractor.review.queue import Waiting

    with log.read() as connection:
        number = person_numbered(connection, by)
        only = conversation_named(connection, conversation) if conversation else None
    return Waiting(
        who=number if mine else None,
        conversation=only,
        unapproved_by=number if desk.rules.approvals > 1 else None,
    )


def _plain(session: Session) -> int:
    from extractor.review.terminal.plain import Plain

    try:
        Plain(session, sys.stdin, sys.stdout).run()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        return INTERRUPTED
    return 0


def _screen(session: Session) -> int:
    from extractor.review.terminal.app import ReviewApp

    return ReviewApp(session).run() or 0


def _refuse_without_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("There is no terminal to review on.", "Use `decisions review --plain`.")
