"""An engine over a dataset: a result for every conversation, also for one that failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Final

from extractor.consolidate import consolidate
from extractor.drafts import Engine
from extractor.errors import EngineError
from extractor.records import Usage
from extractor.scoring.labelled import Labelled, conversation_of
from extractor.scoring.runs import Result

GRACE_S: Final = 3.0
"""Seconds for which an interrupted run waits for the conversations under way; the local engine needs less for one."""


def run(rows: Sequence[Labelled], make_engine: Callable[[], Engine], jobs: int = 1) -> Iterator[Result]:
    """A result for each row, as it is done; ``jobs`` conversations at a time, each thread with an engine of its own.

    An error that would meet every conversation alike (a wrong key, an unreachable server) ends the run: it is raised
    once what is under way has been yielded, and what is left has no result. Where whoever asks for results stops (an
    interruption), no further row is begun, and ``GRACE_S`` is all that is waited for those under way.
    """
    outcomes: SimpleQueue[Result | Exception | None] = SimpleQueue()
    left, taking, ended = iter(rows), threading.Lock(), threading.Event()

    def work() -> None:
        engine = None
        try:
            while not ended.is_set():
                with taking:
                    row = next(left, None)
                if row is None:
                    break
                engine = engine or make_engine()
                outcomes.put(result_of(row, engine))
        except Exception as error:
            ended.set()
            outcomes.put(error)
        finally:
            outcomes.put(None)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(jobs, len(rows)))]
    for worker in workers:
        worker.start()
    errors: list[Exception] = []
    try:
        yield from _drained(outcomes, len(workers), errors)
    finally:
        ended.set()
        until = time.monotonic() + GRACE_S
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))
    if errors:
        raise errors[0]


def _drained(
    outcomes: SimpleQueue[Result | Exception | None], working: int, errors: list[Exception]
) -> Iterator[Result]:
    """Results until every thread that was ``working`` has said that it is done; what they raised goes to ``errors``."""
    while working:
        outcome = outcomes.get()
        if outcome is None:
            working -= 1
        elif isinstance(outcome, Exception):
            errors.append(outcome)
        else:
            yield outcome


def result_of(row: Labelled, engine: Engine) -> Result:
    """One conversation's result; raises EngineError only where every other conversation would fail alike."""
    conversation = conversation_of(row)
    began = time.perf_counter()
    try:
        drafts = engine.extract(conversation)
        records = consolidate(conversation, drafts)
    except EngineError as error:
        if error.terminal:
            raise
        spent = Usage(calls=error.calls, input_tokens=error.input_tokens, output_tokens=error.output_tokens)
        return Result(id=row.id, usage=_timed(spent, began), error=error.what)
    except Exception as error:
        # A fault of ours in one conversation is a result like any other; the run goes on and names it.
        return Result(id=row.id, usage=_timed(Usage(), began), error=f"{type(error).__name__}: {error}")
    return Result(id=row.id, records=records, usage=_timed(drafts.usage, began))


def _timed(usage: Usage, began: float) -> Usage:
    return usage.model_copy(update={"seconds": round(time.perf_counter() - began, 3)})
