"""Who reads a store: a file a reader, locked while it reads, so that the store is not removed under it.

The lock is the system's: of a reader that was killed, nothing but a file is left, which the next sweep takes away.
Everything here but the end of a reading must happen under the index's lock.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path

PREFIX = "reader-"


@contextlib.contextmanager
def reading(store: Path) -> Iterator[None]:
    """Keep a store from being swept away."""
    from filelock import FileLock

    file = store.with_name(f"{PREFIX}{store.name}.{uuid.uuid4().hex}")
    lock = FileLock(file)
    lock.acquire(timeout=0)
    try:
        yield
    finally:
        lock.release()
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def stores_read(folder: Path) -> set[str]:
    """Names of the stores in a folder that are being read; the files of readers that are gone are removed."""
    from filelock import FileLock, Timeout

    names = set[str]()
    for file in folder.glob(f"{PREFIX}*"):
        lock = FileLock(file)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            names.add(file.stem.removeprefix(PREFIX))
            continue
        lock.release()
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    return names
