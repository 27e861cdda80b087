"""An index on disk: a folder a store, a file of changes that wait to go into it, and a file that names the two.

    index.lock            the lock
    current.json          {"layout": 1, "store": "store-3f2a...", "generation": 7, "collection": "records-...",
                           "pending": "pending-9c1e....npz"}
    store-3f2a.../        chromadb's files, whose vectors are never written once ``current.json`` names them
    pending-9c1e....npz   written once, never again
    reader-...            who reads which store

Everything here but ``exists``, ``stamp`` and ``generation`` must be called under the lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import IndexDamagedError
from extractor.index import readers, residue

POINTER_FILE = "current.json"
STORE_PREFIX = "store-"
PENDING_PREFIX = "pending-"
LAYOUT = 1


@dataclass(frozen=True)
class Store:
    """What is current: a store, the collection in it, and changes that came after it.

    ``generation`` grows by one with each change that is published. ``collection`` is None in pointers of version 0.1.
    """

    path: Path
    generation: int
    collection: str | None = None
    pending: Path | None = None


def exists(folder: Path) -> bool:
    """Whether an index was ever published in this folder."""
    return (folder / POINTER_FILE).is_file()


def stamp(folder: Path) -> bytes | None:
    """Something that changes with every change that is published; None where there is no index."""
    try:
        return (folder / POINTER_FILE).read_bytes()
    except FileNotFoundError:
        return None


def current(folder: Path) -> Store | None:
    """What is current, None where there is no index yet.

    Raises:
        IndexDamagedError: the pointer is unreadable, of another layout, or names something that is not there.
    """
    found = _named(folder)
    if found is None:
        return None
    if not found.path.is_dir():
        raise damaged(folder, f"{found.path.name} is missing")
    if found.pending and not found.pending.is_file():
        raise damaged(folder, f"{found.pending.name} is missing")
    return found


def generation(folder: Path) -> int:
    """How many changes were published; raises IndexDamagedError where that cannot be read."""
    found = _named(folder)
    return found.generation if found else 0


def damaged(folder: Path, problem: str) -> IndexDamagedError:
    """The error for an index of which something is lost."""
    return IndexDamagedError(f"The index at {folder} is damaged: {problem}.", "Run `decisions index rebuild`.")


@contextlib.contextmanager
def staged(folder: Path, collection: str, *, empty: bool = False, purge: bool = False) -> Iterator[Path]:
    """A store to write to, which becomes the current one, with nothing pending, when the block ends.

    It begins as a copy of the current store, or empty where there is none or ``empty`` is given; in the latter case it
    does not matter what state the current one is in. When the block raises, it is removed and what is current stays.
    What a killed process left behind is removed first. With ``purge``, all that was there before is gone at the end,
    whoever reads it; without, a store that is being read stays until the next change.

    Raises:
        OSError: with ``purge``, something could not be removed.
    """
    before = _known(folder) if empty else current(folder)
    _sweep(folder, before)
    staging = folder / f"{STORE_PREFIX}{uuid.uuid4().hex}"
    try:
        if before and not empty:
            shutil.copytree(before.path, staging)
        else:
            staging.mkdir()
        yield staging
        residue.overwrite(staging)
        _flush(staging)
        after = Store(staging, before.generation + 1 if before else 1, collection)
        draft = _draft(folder, after)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _publish(folder, draft)
    _sweep(folder, after, purge=purge)


def publish_pending(folder: Path, collection: str, save: Callable[[Path], Any]) -> None:
    """Make other changes the pending ones of the current store.

    Args:
        folder: where the index lies; there must be one.
        collection: the name of the collection they belong to.
        save: writes them to the file that is named.
    """
    before = current(folder)
    assert before
    _sweep(folder, before)
    file = folder / f"{PENDING_PREFIX}{uuid.uuid4().hex}.npz"
    try:
        save(file)
        _sync(file)
        after = Store(before.path, before.generation + 1, collection, file)
        draft = _draft(folder, after)
    except BaseException:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        raise
    _publish(folder, draft)
    _sweep(folder, after)


def forget(folder: Path) -> None:
    """Remove the index, whoever reads it; only the lock stays.

    Raises:
        OSError: something could not be removed.
    """
    (folder / POINTER_FILE).unlink(missing_ok=True)
    _sweep(folder, None, purge=True)


@contextlib.contextmanager
def tables_only(folder: Path, store: Store) -> Iterator[Path]:
    """A throw-away copy of a store without its vector files, which chromadb opens however damaged those are.

    Texts and metadata are read from it; vectors cannot be.
    """
    copy = folder / f"{STORE_PREFIX}{uuid.uuid4().hex}"
    try:
        copy.mkdir()
        for file in store.path.iterdir():
            if file.is_file():
                shutil.copy2(file, copy)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def size_bytes(folder: Path) -> int:
    """Bytes of all files in the folder."""
    total = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += file.stat().st_size if file.is_file() else 0
    return total


def _named(folder: Path) -> Store | None:
    """What the pointer names, be it there or not."""
    content = stamp(folder)
    if content is None:
        return None
    try:
        pointer = json.loads(content)
        if pointer["layout"] != LAYOUT:
            raise ValueError(f"layout {pointer['layout']!r}")
        pending = pointer.get("pending")
        return Store(
            folder / Path(pointer["store"]).name,
            int(pointer["generation"]),
            pointer.get("collection"),
            folder / Path(pending).name if pending else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, f"{POINTER_FILE} is not readable ({error})") from error


def _known(folder: Path) -> Store | None:
    with contextlib.suppress(IndexDamagedError):
        return current(folder)
    return None


def _sweep(folder: Path, keep: Store | None, *, purge: bool = False) -> None:
    """Remove every store and every pending file but those to keep; without ``purge``, stores that are read stay too."""
    read = readers.stores_read(folder)
    for path in folder.glob(f"{STORE_PREFIX}*"):
        if (keep and path == keep.path) or (path.name in read and not purge):
            continue
        shutil.rmtree(path, ignore_errors=not purge)
    for path in (*folder.glob(f"{PENDING_PREFIX}*"), folder / f"{POINTER_FILE}.new"):
        if keep is None or path != keep.pending:
            with contextlib.nullcontext() if purge else contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the system write a folder's files to the disk, and then the folders themselves."""
    folders = [path, *(entry for entry in path.rglob("*") if entry.is_dir())]
    for entry in path.rglob("*"):
        if entry.is_file():
            _sync(entry)
    if os.name == "posix":
        for entry in folders:
            _sync(entry)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _draft(folder: Path, store: Store) -> Path:
    """The next pointer file, flushed, still under another name."""
    draft = folder / f"{POINTER_FILE}.new"
    pointer = {
        "layout": LAYOUT,
        "store": store.path.name,
        "generation": store.generation,
        "collection": store.collection,
        "pending": store.pending.name if store.pending else None,
    }
    draft.write_text(json.dumps(pointer), encoding="utf-8")
    _sync(draft)
    return draft


def _publish(folder: Path, draft: Path) -> None:
    draft.replace(folder / POINTER_FILE)
    if os.name == "posix":
        _sync(folder)
