"""Ray, started on this machine or joined at an address, so that nothing is printed and nothing is left behind."""

from __future__ import annotations

import importlib.util
import logging
import os
import secrets
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from extractor.errors import EngineSetupError, EngineUnreachableError, UsageError

CONNECT_SECONDS: Final = 10.0
OBJECT_STORE_BYTES: Final = 128 * 2**20
"""Room for conversations of more than 100 kB on their way; Ray's own choice is 30% of the memory."""

_TOKEN: Final = secrets.token_hex(32)
"""Ray reads its token once in a process's life, so every session that this process starts has the same."""

_PREFIX: Final = "decisions-ray-"
_LOCK: Final = "driver.lock"
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_QUIET: Final[dict[str, str | None]] = {
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",  # Else it prints to standard output that a worker died.
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # Else, under `uv run`, it copies the working directory to the workers.
}
_CLOSED: Final[dict[str, str | None]] = {
    "RAY_AUTH_MODE": None,  # Then Ray asks for the token, also where the program imported it before.
    "RAY_AUTH_TOKEN": _TOKEN,
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # What it means: listen on the loopback interface only.
    "RAY_USAGE_STATS_ENABLED": "0",
    "OPENAI_API_KEY": None,
}


class RaySession:
    """One connection to Ray. Raises UsageError where Ray is not installed or ``workers`` is less than 1."""

    def __init__(self, address: str | None, workers: int | None) -> None:
        if not _is_installed():
            raise UsageError("Ray is not installed.", "Install it: pip install 'decisions[ray]'.")
        if workers is not None and workers < 1:
            raise UsageError(f"{workers} workers cannot extract anything.", "Give 1 or more.")
        self.address = address
        self._asked = workers
        self._folder: FileLock | None = None
        self._group: Any = None
        self._ray: Any = None
        self.workers = 0
        """How many conversations are worked on at once; known once it is open."""

    def open(self) -> None:
        """Starts or joins Ray; errors as in :func:`extractor.spreading.on_ray`. ``close`` it after an error, too."""
        with _signals_kept():
            self._start() if self.address is None else self._join(self.address)

    def close(self) -> None:
        """Ends what ``open`` started, and waits for it."""
        if self._group is not None:
            with suppress(Exception):
                self._ray.util.remove_placement_group(self._group)
        if self._ray is not None:
            self._ray.shutdown(wait_for_processes=True)
        if self._folder is not None:
            _remove(self._folder)

    @property
    def scheduling(self) -> Any:
        """Ray's scheduling strategy for a task: within the processors set apart for it, where some are."""
        if self._group is None:
            return "DEFAULT"
        from ray.util.scheduling_strategies import PlacementGroupSchedulingStrategy

        return PlacementGroupSchedulingStrategy(placement_group=self._group)

    def _start(self) -> None:
        self.workers = self._asked or _processors()
        self._folder = _own_folder()
        with _environment(**_QUIET, **_CLOSED):
            import ray

            self._ray = ray
            try:
                ray.init(
                    address="local",
                    num_cpus=self.workers,
                    num_gpus=0,
                    include_dashboard=False,
                    object_store_memory=OBJECT_STORE_BYTES,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                    _temp_dir=str(Path(self._folder.lock_file).parent),
                )
            except Exception as error:
                raise EngineSetupError(f"Ray did not start: {_line(error)}.", "Leave out --on ray.") from error

    def _join(self, address: str) -> None:
        with _environment(**_QUIET):
            _check_reachable(address)
            import ray

            self._ray = ray
            try:
                ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
            except Exception as error:
                what = f"The Ray cluster at {address} cannot be joined: {_line(error)}."
                remedy = "Check the address; Ray and Python must have the same versions here and there."
                raise EngineUnreachableError(what, remedy) from error
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        processors = int(resources.get("CPU", 0))
        self.workers = self._asked or processors
        if not 0 < self.workers <= processors:
            what = f"The Ray cluster at {address} has {processors} processors."
            raise UsageError(what, "Ask for fewer workers." if processors else "Add machines to it.")
        if self._asked is not None:
            self._group = ray.util.placement_group([{"CPU": 1}] * self.workers)


def _is_installed() -> bool:
    try:
        return importlib.util.find_spec("ray") is not None
    except (ImportError, ValueError):
        return False


def _own_folder() -> FileLock:
    """A new folder for Ray's sockets and logs, and for conversations that its memory has no room for, locked.

    What drivers that were killed have left is removed: folders of this user that nobody holds the lock of.
    """
    # A socket's path may have 107 characters, which the user's own temporary folder may use up.
    base = Path("/tmp") if os.name == "posix" else Path(tempfile.gettempdir())
    for old in base.glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):
            if _is_ours(old) and (old / _LOCK).exists():
                lock = FileLock(old / _LOCK, blocking=False)
                lock.acquire()
                _remove(lock)
    lock = FileLock(Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base)) / _LOCK)
    lock.acquire()
    return lock


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _remove(folder: FileLock) -> None:
    shutil.rmtree(Path(folder.lock_file).parent, ignore_errors=True)
    folder.release()


def _check_reachable(address: str) -> None:
    """Ray itself takes minutes to find out that nobody listens at ``HOST:PORT``, and fills standard error with it."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host:
        return
    if host in _LOOPBACK and not address.startswith("ray://"):
        import ray

        # As Ray does: it cannot join a head that listens on loopback only.
        host = ray.util.get_node_ip_address()  # type: ignore[no-untyped-call]
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()
    except OSError as error:
        what = f"There is no Ray cluster at {address}: {error.strerror or error}."
        raise EngineUnreachableError(what, "Check the address, and that the cluster runs.") from None


@contextmanager
def _environment(**values: str | None) -> Iterator[None]:
    """Environment variables for Ray and the processes that it starts, and no longer; None takes one away."""
    before = {name: os.environ.get(name) for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def _signals_kept() -> Iterator[None]:
    """``ray.init`` puts its own handler of SIGTERM in the place of the program's."""
    handler = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if handler is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, handler)


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
