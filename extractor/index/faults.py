"""What chromadb, SQLite and the system raise over an index in a folder, turned into errors that say what to do."""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import IndexDamagedError, IndexStoreError, StorageFullError

NEARLY_FULL = 16 * 2**20
"""Free bytes below which a failed write is put down to the lack of space."""


@contextlib.contextmanager
def errors_explained(folder: Path, doing: str, *, writing: bool = False) -> Iterator[None]:
    """Turn what chromadb, SQLite and the system raise into errors that say what to do.

    chromadb often hides that the disk is full ("Error purging logs"), so of a failed write (``writing``) with next to
    no room left, that is taken to be the reason.

    Raises:
        StorageFullError: there is no room.
        IndexDamagedError: chromadb cannot read what is there.
        IndexStoreError: anything else, permissions for one.
    """
    try:
        yield
    except Exception as error:
        explained = _explained(error, folder, doing, writing)
        if explained is None:
            raise
        raise explained from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(folder, error) from error


def _explained(error: Exception, folder: Path, doing: str, writing: bool) -> IndexStoreError | None:
    from chromadb.errors import InternalError, NotFoundError

    if not isinstance(error, OSError | sqlite3.Error | InternalError | NotFoundError | shutil.Error):
        return None
    if _says_full(error) or (writing and shutil.disk_usage(folder).free < NEARLY_FULL):
        return StorageFullError(
            f"There is no room left at {folder} to {doing}; the index is as it was before.",
            "Make space (a change needs about as much as the index itself takes) and run the command again.",
        )
    if isinstance(error, OSError):
        return IndexStoreError(f"Could not {doing} at {folder}: {error}.", "Check the folder and its permissions.")
    return _damaged(folder, error)


def _damaged(folder: Path, error: BaseException) -> IndexDamagedError:
    return IndexDamagedError(
        f"The index at {folder} cannot be read ({str(error).splitlines()[0] if str(error) else type(error).__name__}).",
        "Run `decisions index rebuild`.",
    )


def _says_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return bool(re.search(r"disk is full|No space left|Disk quota exceeded|code: 13\b", str(error)))
