"""Conversations to Ray's workers and their records back: a window of them on their way, results in the order given."""

from __future__ import annotations

import functools
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Self

from pydantic import SecretStr

from extractor.conversation import Conversation
from extractor.drafts import Engine
from extractor.engines.choice import engine_from
from extractor.errors import (
    DecisionsError,
    EngineError,
    EngineSetupError,
    EngineUnreachableError,
    WorkerLostError,
)
from extractor.extraction import Extracted, extracted
from extractor.records import ConversationRecords, EngineInfo, Usage
from extractor.settings import Settings
from extractor.spreading.ray_session import RaySession

IN_FLIGHT_PER_WORKER: Final = 8
"""Enough for the others to go on while one reads a conversation several times as long as theirs."""
RETRIES: Final = 3

Outcome = tuple[ConversationRecords | DecisionsError, Usage]


@dataclass(frozen=True)
class Job:
    """What a worker builds its engine from, and what that engine must then be."""

    spec: str
    settings: Settings
    api_key: SecretStr | None
    info: EngineInfo
    destination: str | None


class RayExtractor:
    """An :class:`extractor.spreading.Extractor` on Ray."""

    def __init__(self, job: Job, session: RaySession) -> None:
        self._job = job
        self._session = session
        self._packed = pickle.dumps(job)
        self._work: Any = None

    @property
    def info(self) -> EngineInfo:
        return self._job.info

    @property
    def destination(self) -> str | None:
        if self._session.address is None:
            return self._job.destination
        cluster = f"the Ray cluster at {self._session.address}"
        return f"{cluster}, and from there to {self._job.destination}" if self._job.destination else cluster

    def __enter__(self) -> Self:
        try:
            self._session.open()
            self._work = self._remote(work)
            self._check_worker()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self._work = None
        self._session.close()

    def each(self, conversations: Iterable[Conversation]) -> Iterator[Extracted]:
        """See :class:`extractor.spreading.Extractor`; ``conversations`` is read ahead by as many as are on their way.

        Raises RuntimeError outside the context.
        """
        left = iter(conversations)
        under_way = deque[tuple[Conversation, Any]]()
        window = IN_FLIGHT_PER_WORKER * self._session.workers
        ended: EngineError | None = None
        try:
            while True:
                if self._work is None:
                    raise RuntimeError("an extractor on Ray works while it is entered only")
                if ended is None:
                    for conversation in islice(left, window - len(under_way)):
                        under_way.append((conversation, self._work.remote(self._packed, conversation)))
                if not under_way:
                    break
                one = _result(*under_way.popleft())
                if one.error is not None and one.error.terminal:
                    ended = ended or one.error
                yield one
        finally:
            _cancel(reference for _, reference in under_way)
        for conversation in left:
            yield Extracted(conversation, error=ended)

    def _remote(self, function: Any) -> Any:
        import ray

        strategy = self._session.scheduling
        return ray.remote(num_cpus=1, max_retries=RETRIES, scheduling_strategy=strategy)(function)

    def _check_worker(self) -> None:
        """Has one worker build the engine, before any text is sent."""
        import ray

        try:
            error = ray.get(self._remote(check).remote(self._packed))
        except ray.exceptions.RayError as fault:
            what = f"A Ray worker cannot run the engine: {str(fault).strip().splitlines()[-1]}"
            raise EngineSetupError(what, "Install the same version of decisions on every machine.") from fault
        if error is not None:
            raise error


def work(job: bytes, conversation: Conversation) -> Outcome:
    """On a worker: one conversation's records or its error."""
    try:
        one = extracted(_engine(job), conversation)
    except DecisionsError as error:
        return error, Usage()
    result = one.records if one.records is not None else one.error
    assert result is not None
    return result, one.usage


def check(job: bytes) -> DecisionsError | None:
    """On a worker: what keeps the engine from starting there."""
    try:
        _engine(job)
    except DecisionsError as error:
        return error
    return None


@functools.lru_cache(maxsize=1)
def _engine(packed: bytes) -> Engine:
    """The engine of this worker process: built once, and on one thread, as there is a worker for each processor."""
    job: Job = pickle.loads(packed)
    engine = engine_from(job.spec, job.settings, api_key=job.api_key, threads=1)
    if (engine.info, engine.destination) != (job.info, job.destination):
        what = f"A Ray worker has the engine {_named(engine.info)}; here it is {_named(job.info)}."
        raise EngineSetupError(what, "Install the same version of decisions on every machine of the cluster.")
    return engine


def _named(info: EngineInfo) -> str:
    return f"{info.name} ({info.model}, {info.version})"


def _result(conversation: Conversation, reference: Any) -> Extracted:
    import ray.exceptions as faults

    try:
        outcome, usage = _fetched(reference)
    except faults.RayTaskError:
        raise
    except (faults.LocalRayletDiedError, faults.RaySystemError, faults.RpcError):
        gone = EngineUnreachableError("Ray stopped while it worked.", "Run the command again: it goes on from here.")
        return Extracted(conversation, error=gone)
    except faults.RayError:
        what = f"The worker process died over this conversation, {RETRIES + 1} times."
        return Extracted(conversation, error=WorkerLostError(what, "Give it more memory, or leave out --on ray."))
    if isinstance(outcome, EngineError):
        return Extracted(conversation, error=outcome, usage=usage)
    if isinstance(outcome, DecisionsError):
        raise outcome
    return Extracted(conversation, outcome, usage=usage)


def _fetched(reference: Any) -> Outcome:
    import ray

    outcome: Outcome = ray.get(reference)
    return outcome


def _cancel(references: Iterable[Any]) -> None:
    import ray

    if ray.is_initialized():
        for reference in references:
            ray.cancel(reference)
