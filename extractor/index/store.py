"""The index on disk: a folder a store, and a file that names the current one.

    index.lock         the lock
    current.json       {"layout": 1, "store": "store-3f2a...", "generation": 7}
    store-3f2a.../     chromadb's files, never written once ``current.json`` names them

Everything here must be called under the lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import IndexDamagedError

POINTER_FILE = "current.json"
STORE_PREFIX = "store-"
LAYOUT = 1


@dataclass(frozen=True)
class Store:
    """The current store; ``generation`` grows by one with each that is published."""

    path: Path
    generation: int


def exists(folder: Path) -> bool:
    """Whether an index was ever published in this folder."""
    return (folder / POINTER_FILE).is_file()


def current(folder: Path) -> Store | None:
    """The current store, None where there is no index yet.

    Raises:
        IndexDamagedError: the pointer is unreadable, of another layout, or names a store that is not there.
    """
    if not exists(folder):
        return None
    try:
        pointer = json.loads((folder / POINTER_FILE).read_text(encoding="utf-8"))
        if pointer["layout"] != LAYOUT:
            raise ValueError(f"layout {pointer['layout']!r}")
        store = Store(folder / Path(pointer["store"]).name, int(pointer["generation"]))
    except (ValueError, KeyError, TypeError) as error:
        raise beyond_repair(folder, f"{POINTER_FILE} is not readable ({error})") from error
    if not store.path.is_dir():
        raise beyond_repair(folder, f"{store.path.name} is missing")
    return store


def beyond_repair(folder: Path, problem: str) -> IndexDamagedError:
    """The error for an index of which nothing can be saved."""
    return IndexDamagedError(
        f"The index at {folder} is damaged: {problem}.",
        "Delete that folder and add the transcripts again with `decisions index add PATH`.",
    )


@contextlib.contextmanager
def staged(folder: Path, *, empty: bool = False) -> Iterator[Path]:
    """A store to write to, which becomes the current one when the block ends without an exception.

    It begins as a copy of the current store, or empty where there is none or ``empty`` is given. When the block raises,
    it is removed and the current store stays. Stores that a killed process left behind are removed first.
    """
    before = current(folder)
    _sweep(folder, before)
    staging = folder / f"{STORE_PREFIX}{uuid.uuid4().hex}"
    try:
        if before and not empty:
            shutil.copytree(before.path, staging)
        else:
            staging.mkdir()
        yield staging
        _flush(staging)
        draft = _draft(folder, Store(staging, before.generation + 1 if before else 1))
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    draft.replace(folder / POINTER_FILE)
    if os.name == "posix":
        _sync(folder)
    if before:
        shutil.rmtree(before.path, ignore_errors=True)


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


def _sweep(folder: Path, keep: Store | None) -> None:
    for path in folder.glob(f"{STORE_PREFIX}*"):
        if keep is None or path != keep.path:
            shutil.rmtree(path, ignore_errors=True)


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
    pointer = {"layout": LAYOUT, "store": store.path.name, "generation": store.generation}
    draft.write_text(json.dumps(pointer), encoding="utf-8")
    _sync(draft)
    return draft
