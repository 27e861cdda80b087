"""Where extraction runs, from what ``--on`` says to what does it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, Self

from extractor.conversation import Conversation
from extractor.drafts import Engine
from extractor.engines.choice import connection_from, engine_from
from extractor.errors import UsageError
from extractor.extraction import Extracted, each
from extractor.records import EngineInfo
from extractor.settings import Settings

_ADDRESS: Final = re.compile(r"auto|(?:ray://)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")


class Extractor(Protocol):
    """An engine over many conversations. A context manager: ``each`` works within it only.

    ``info`` and ``destination`` are there before it is entered, so that they can be announced before any text leaves.
    """

    @property
    def info(self) -> EngineInfo: ...

    @property
    def destination(self) -> str | None:
        """Where the text goes, for a person to read, or None where it stays on this machine.

        A Ray cluster at an address counts as elsewhere, also where ``info.leaves_machine`` is False: that says what the
        engine does, wherever it runs.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def each(self, conversations: Iterable[Conversation]) -> Iterator[Extracted]:
        """One result a conversation, in the order given, each as soon as it is there.

        An engine's error is a result. After one that is ``terminal`` nothing new is begun: the conversations that are
        left have the same error, but for those that were on their way, whose results are kept. ModelError is raised.
        """
        ...


@dataclass(frozen=True)
class Place:
    """What ``--on`` says: Ray or this process; ``address`` is None for a Ray of our own on this machine."""

    ray: bool = False
    address: str | None = None


def where(on: str | None) -> Place:
    """``local`` or None: this process. ``ray``: worker processes on this machine. ``ray:ADDRESS``: a Ray cluster.

    ``ADDRESS`` is ``HOST:PORT`` of its head, from a machine that is part of the cluster; ``auto`` for the cluster that
    runs on this machine; or ``ray://HOST:PORT`` from elsewhere (Ray Client). Raises UsageError for anything else.
    """
    if on is None or on == "local":
        return Place()
    kind, colon, address = on.partition(":")
    if kind == "ray" and not colon:
        return Place(ray=True)
    found = _ADDRESS.fullmatch(address)
    if kind == "ray" and found is not None and 0 < int(found["port"] or 1) < 65536:
        return Place(ray=True, address=address)
    raise UsageError(f"Extraction cannot run on {on!r}.", "Choose local, ray, ray:HOST:PORT, ray:ray://HOST:PORT.")


def here(engine: Engine) -> Extractor:
    """The engine in this process, one conversation after another."""
    return _Here(engine)


def on_ray(spec: str, settings: Settings, address: str | None = None, workers: int | None = None) -> Extractor:
    """The engine that ``spec`` names, in each of ``workers`` Ray workers of one processor.

    Without an ``address`` Ray runs on this machine while the extractor is entered, with a worker for each processor
    this process may use unless ``workers`` says otherwise. It asks for a token and listens on loopback only, unless the
    program had imported Ray before. With one, all processors of
    that cluster are used, or ``workers`` of them; every machine of it must have the same version of ``decisions``
    installed in the Python that its Ray runs in (same minor version of Python, same Ray), which is checked for the
    engine. Processors of another make may differ in the last digit of a confidence.

    A worker that dies costs nothing: its conversation is given to another, at most three times over; then its error is
    WorkerLostError. At most eight conversations a worker are held in memory. The key of a language model goes to the
    workers with each conversation, encrypted only if the cluster is, and into no log or environment.

    Raises:
        UsageError: Ray is not installed, the engine has no such name, or ``workers`` is less than 1; on entering, where
            a cluster has fewer processors than ``workers``.
        EngineSetupError: the engine cannot start here; on entering, Ray or the engine on a worker cannot, or the engine
            there is another than here.
        EngineUnreachableError: on entering, there is no cluster at ``address``.
    """
    from extractor.spreading.ray_pool import Job, RayExtractor
    from extractor.spreading.ray_session import RaySession

    session = RaySession(address, workers)
    engine = engine_from(spec, settings)
    connection = connection_from(spec, settings)
    key = connection.api_key if connection is not None else None
    if connection is not None:
        settings = settings.model_copy(update={"openai_base_url": connection.base_url})
    return RayExtractor(Job(spec, settings, key, engine.info, engine.destination), session)


def extractor_for(on: str | None, spec: str, settings: Settings, workers: int | None = None) -> Extractor:
    """The engine that ``spec`` names, run where ``on`` says; raises what ``where`` and ``on_ray`` do."""
    place = where(on)
    if place.ray:
        return on_ray(spec, settings, place.address, workers)
    return here(engine_from(spec, settings))


@dataclass(frozen=True)
class _Here:
    engine: Engine

    @property
    def info(self) -> EngineInfo:
        return self.engine.info

    @property
    def destination(self) -> str | None:
        return self.engine.destination

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def each(self, conversations: Iterable[Conversation]) -> Iterator[Extracted]:
        return each(self.engine, conversations)
