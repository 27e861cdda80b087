"""``decisions eval adjudicate``: a person says which predictions without a label are right all the same."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice, put
from extractor.cli.eval.options import DatasetOverride, RunPath, VerdictsFile
from extractor.cli.eval.stored import VERDICTS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.scoring.adjudication import Case
    from extractor.scoring.verdicts import Answer, Verdict, Verdicts

KEYS: Final[dict[str, Answer]] = {"r": "right", "l": "label", "d": "duplicate", "w": "wrong", "u": "unclear"}

LOCK_TIMEOUT_S: Final = 30.0
"""Seconds to wait for another judge's write, which takes milliseconds."""


def adjudicate(
    run: RunPath,
    to_file: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write the cases to a file instead, - for the screen.")
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Take the verdicts that were filled in there.")
    ] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="N cases drawn by chance, the same every time.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also those that are judged already.")] = False,
    judge: Annotated[str | None, typer.Option("--judge", metavar="NAME", help="Who judges; your login name.")] = None,
    dataset: DatasetOverride = None,
    verdicts: VerdictsFile = None,
    quiet: Quiet = False,
) -> None:
    """Judge, one key each, the predictions that no label answers to; every verdict is stored at once and reused.

    A prediction is shown with its words in context and the nearest label; of identical ones in a conversation only the
    first. Keys: r right (the labels lack it), l what an unmatched label says, d duplicate, w wrong, u unclear, s skip,
    b back, q stop. Several people may judge at a time; of two verdicts on a claim the later one counts.

    Exit codes: 0 all are judged; 1 some are left; 2 wrong folder, file or usage.
    """
    from extractor.errors import UsageError
    from extractor.reports.text import count
    from extractor.scoring.runs import RunFolder
    from extractor.scoring.verdicts import read_verdicts

    voice = Voice(quiet)
    RunFolder(run).info()
    store = verdicts or run / VERDICTS_FILE
    known = read_verdicts(store)
    name = judge or _login()
    if from_file is not None:
        missing = _take(from_file, store, name, voice)
        voice.say(_next(run, verdicts))
        raise typer.Exit(PARTLY if missing else DONE)
    left = _cases(run, dataset, known, sample, again, voice)
    if to_file is not None:
        from extractor.scoring.adjudication import as_lines

        put(as_lines(left), None if str(to_file) == "-" else to_file)
        words = count(len(left), "case")
        voice.say(f'{words}. Fill in each "verdict", then: decisions eval adjudicate {run} --from FILE')
        raise typer.Exit(DONE)
    if left and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("There is no terminal to judge in.", "Write the cases to a file with --to, then take --from.")
    missing = _judge(left, store, name)
    known = read_verdicts(store)
    voice.say(f"{count(len(known), 'verdict')} in {store}; {count(missing, 'case')} left.")
    if len(known):
        voice.say(_next(run, verdicts))
    raise typer.Exit(PARTLY if missing else DONE)


def _next(run: Path, verdicts: Path | None) -> str:
    """What to do after judging: stored scores stay as they are until somebody counts again."""
    given = f" --verdicts {verdicts}" if verdicts else ""
    return f"Run decisions eval score {run}{given} before compare: until then that shows the figures without them."


def _cases(
    run: Path, dataset: Path | None, known: Verdicts, sample: int | None, again: bool, voice: Voice
) -> list[Case]:
    """The cases to judge; of identical claims in one conversation, which share a verdict, the first."""
    from extractor.cli.eval.stored import rows_of
    from extractor.scoring.adjudication import cases, sampled
    from extractor.scoring.counting import scorer
    from extractor.scoring.runs import RunFolder

    folder = RunFolder(run)
    _, rows = rows_of(folder, dataset, voice)
    asked: dict[tuple[str, str, str], Case] = {}
    for case in cases(rows, folder.results(), scorer(verdicts=known)):
        asked.setdefault((case.conversation, case.type, case.key), case)
    found = list(asked.values())
    if sample is not None:
        found = sampled(found, sample)
    return [case for case in found if again or case.verdict is None]


def _take(path: Path, store: Path, judge: str, voice: Voice) -> int:
    """Stores what was filled in; returns how many cases have no verdict."""
    from extractor.reports.text import count
    from extractor.scoring.adjudication import read_judged

    found, left = read_judged(path, judge)
    known = _store(found, store)
    voice.say(f"{count(len(found), 'verdict')} taken, {left} cases without one; {len(known)} in {store}.")
    return left


def _judge(left: Sequence[Case], store: Path, judge: str) -> int:
    """Asks for each case; returns how many were left."""
    import click

    from extractor.cli.eval.case_view import show_case
    from extractor.scoring.adjudication import judged

    place, answered = 0, set[int]()
    while place < len(left):
        show_case(left[place], place + 1, len(left))
        try:
            key = click.getchar().lower()
        except EOFError:
            break
        if key == "q":
            break
        if key == "b":
            place = max(0, place - 1)
        elif key == "s":
            place += 1
        elif key in KEYS:
            _store([judged(left[place], KEYS[key], judge)], store)
            answered.add(place)
            place += 1
    return len(left) - len(answered)


def _login() -> str:
    """Nobody's name where the account has none, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _store(found: Iterable[Verdict], store: Path) -> Verdicts:
    """Adds verdicts to those that are on disk by now, under a lock, and returns all of them.

    Raises DatasetError where the file cannot be read, written or locked.
    """
    from filelock import FileLock, Timeout

    from extractor.errors import DatasetError
    from extractor.scoring.runs import replace_file
    from extractor.scoring.verdicts import as_lines, read_verdicts

    lock = FileLock(store.with_name(f".{store.name}.lock"))
    try:
        lock.acquire(timeout=LOCK_TIMEOUT_S)
    except Timeout:
        raise DatasetError(f"{store} is held by another process.", "Try again when that process is done.") from None
    except OSError as error:
        what = f"{store} cannot be written: {error.strerror}."
        raise DatasetError(what, "Make room there, or choose another place.") from None
    try:
        known = read_verdicts(store)
        for verdict in found:
            known.add(verdict)
        replace_file(store, as_lines(known))
    finally:
        lock.release()
    return known
