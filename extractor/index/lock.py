"""The index's lock: one process opens the index at a time, and who waits is told for whom."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from extractor.errors import IndexLockedError

LOCK_FILE = "index.lock"
OWNER_FILE = "index.owner.json"
PATIENCE_S = 1.0
"""Seconds of waiting that are not worth a message."""


@contextlib.contextmanager
def held(folder: Path, doing: str, timeout_s: float, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of the index in ``folder``, which must exist.

    Args:
        folder: where the index lies.
        doing: what the lock is for, in a word or two, for the message that others see.
        timeout_s: seconds to wait.
        on_wait: told once who holds the lock, when it is not had within a second.

    Raises:
        IndexLockedError: the lock was not had in time.
        OSError: the lock file cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK_FILE)
    began = time.monotonic()
    try:
        lock.acquire(timeout=min(PATIENCE_S, timeout_s))
    except Timeout:
        left = timeout_s - (time.monotonic() - began)
        if left > 0 and on_wait:
            on_wait(f"Waiting for the index: {owner(folder)}.")
        try:
            lock.acquire(timeout=max(0.0, left))
        except Timeout as error:
            raise IndexLockedError(
                f"The index at {folder} is in use: {owner(folder)}, for longer than {timeout_s:g} s.",
                "Try again when that process is done.",
            ) from error
    try:
        _sign(folder, doing)
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / OWNER_FILE).unlink(missing_ok=True)
        lock.release()


def owner(folder: Path) -> str:
    """Who holds the lock, as far as is known: ``process 4711 holds it to search the index since ...``."""
    try:
        signed = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
        return f"process {int(signed['pid'])} holds it to {signed['doing']} since {signed['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process holds it"


def _sign(folder: Path, doing: str) -> None:
    """Leave a note for those who wait. On a full disk they do without."""
    note = {"pid": os.getpid(), "doing": doing, "since": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")}
    with contextlib.suppress(OSError):
        (folder / OWNER_FILE).write_text(json.dumps(note), encoding="utf-8")
