"""Requests to a language model put in all at once, and its answers replayed from a folder: for the scripts beside this.

``--ask URL`` sends every request to a server (a spool that waits for somebody to answer does not keep anybody waiting:
the request is there once it was sent); ``--take-over SPOOL`` takes over its answers; without either, the answers in
``--answers`` are replayed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from calibrate_matching import alike

from extractor.engines.connection import Connection, connect
from extractor.errors import EngineError
from extractor.scoring.answers import REPLAY_KEY, AnswerStore, serving, take_over

MODEL = "reader"
"""Stands for the model in requests; ``ABOUT.json`` beside the answers says what answered."""
SENT_WITHIN_S = 20.0
SENT_TOGETHER = 24
Work = TypeVar("Work")
Result = TypeVar("Result")


def add_options(parser: argparse.ArgumentParser, answers: Path) -> None:
    """The options that every measurement with a model has."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit 4 where the figures would differ")
    parser.add_argument("--answers", type=Path, default=answers, help="folder of recorded answers")
    parser.add_argument("--ask", metavar="URL", help="put all requests to a server and do not wait for answers")
    parser.add_argument("--take-over", type=Path, metavar="SPOOL", help="take over a spool's answers first")


@contextmanager
def connected(options: argparse.Namespace) -> Iterator[tuple[Connection, AnswerStore | None]]:
    """A connection to the server that is asked, else to the recorded answers."""
    if options.ask:
        yield connect(MODEL, base_url=options.ask, api_key=REPLAY_KEY, timeout_s=SENT_WITHIN_S, max_retries=0), None
        return
    if options.take_over:
        print(f"{take_over(options.take_over, options.answers)} answers taken over.")
    store = AnswerStore(options.answers)
    with serving(store) as address:
        yield connect(MODEL, base_url=address, api_key=REPLAY_KEY, timeout_s=60.0, max_retries=0), store


def each(
    work: Sequence[Work], do: Callable[[Work], Result], together: int = SENT_TOGETHER
) -> list[Result | EngineError]:
    """What is done with each piece of work, in their order; an engine's error in place of what could not be done."""

    def tried(one: Work) -> Result | EngineError:
        try:
            return do(one)
        except EngineError as error:
            return error

    with ThreadPoolExecutor(together) as pool:
        return list(pool.map(tried, work))


def store(document: Any, file: Path, check: bool) -> int:
    """Writes the figures, or says by the exit code whether they are those that are written: 0, else 4."""
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    if check:
        return 0 if alike(json.loads(file.read_text(encoding="utf-8")), json.loads(text)) else 4
    file.write_text(text, encoding="utf-8")
    return 0
