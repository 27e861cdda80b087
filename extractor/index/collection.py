"""The only place that talks to chromadb: open a store, read and write its passages, close it.

Facts this rests on (chromadb 1.5.9, measured): ``query`` is approximate, so rows are listed by ``get``; ``upsert``
merges metadata, and a value of None takes a key out; vectors are always given, so no embedding function is ever
loaded; ``close()`` ends the per-process cache that would otherwise show a store as it was when first opened.
"""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from extractor.errors import IndexDamagedError, IndexStoreError, StorageFullError
from extractor.index.model import Metadata, Row

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from numpy.typing import NDArray

PREFIX = "passages-"
BATCH = 1000
"""Rows a call: below chromadb's limit (5461) and below SQLite's on variables."""
NEARLY_FULL = 16 * 2**20
"""Free bytes below which a failed write is put down to the lack of space."""

T = TypeVar("T")


class Found(NamedTuple):
    """A row that was found, and its cosine similarity to the question in [-1, 1]."""

    row: Row
    similarity: float


class Passages:
    """One collection of a store that is open."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection

    def count(self) -> int:
        """Rows in the collection."""
        return int(self._collection.count())

    def ids(self) -> list[str]:
        """The ids of all rows."""
        return list(self._collection.get(include=[])["ids"])

    def rows(self, ids: Iterable[str]) -> Iterator[Row]:
        """The rows with these ids that are there, in no particular order."""
        for batch in batches(ids):
            got = self._collection.get(ids=batch, include=["documents", "metadatas"])
            yield from map(Row, got["ids"], got["documents"], got["metadatas"])

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Texts by id, of the rows that are there."""
        found = dict[str, str]()
        for batch in batches(ids):
            got = self._collection.get(ids=batch, include=["documents"])
            found.update(zip(got["ids"], got["documents"], strict=True))
        return found

    def of_conversations(self, conversations: Iterable[str]) -> dict[str, Metadata]:
        """Metadata of every row of these conversations, by id."""
        found = dict[str, Metadata]()
        for batch in batches(conversations):
            got = self._collection.get(where={"conversation": {"$in": batch}}, include=["metadatas"])
            found.update(zip(got["ids"], got["metadatas"], strict=True))
        return found

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors by id, of those that are there."""
        found = dict[str, Any]()
        for batch in batches(ids):
            got = self._collection.get(ids=batch, include=["embeddings"])
            found.update(zip(got["ids"], got["embeddings"], strict=True))
        return found

    def write(self, rows: Iterable[Row], vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Add rows, or overwrite those with the same id, with their vectors."""
        for batch in batches(rows):
            self._collection.upsert(
                ids=[row.id for row in batch],
                embeddings=[vectors[row.id] for row in batch],
                documents=[row.text for row in batch],
                metadatas=[dict(row.metadata) for row in batch],
            )

    def describe(self, rows: Iterable[Row], before: Mapping[str, Metadata]) -> None:
        """Give rows that are there other metadata; ``before`` is what they have, by id."""
        for batch in batches(rows):
            blank = (dict.fromkeys(before[row.id]) for row in batch)
            self._collection.update(
                ids=[row.id for row in batch],
                metadatas=[{**empty, **row.metadata} for empty, row in zip(blank, batch, strict=True)],
            )

    def delete(self, ids: Iterable[str]) -> None:
        """Take rows out."""
        for batch in batches(ids):
            self._collection.delete(ids=batch)

    def nearest(
        self, vector: NDArray[np.float32], limit: int, conversations: Sequence[str] | None = None
    ) -> list[Found]:
        """The rows most similar to a vector, best first, as far as the approximate index finds them."""
        got = self._collection.query(
            query_embeddings=[vector],
            n_results=limit,
            where=_where(conversations),
            include=["documents", "metadatas", "distances"],
        )
        rows = map(Row, got["ids"][0], got["documents"][0], got["metadatas"][0])
        return [Found(row, 1 - float(distance)) for row, distance in zip(rows, got["distances"][0], strict=True)]

    def ids_matching(self, pattern: str, limit: int, conversations: Sequence[str] | None = None) -> list[str]:
        """The ids of at most ``limit`` rows whose text matches a regular expression in the syntax of Rust."""
        got = self._collection.get(
            where_document={"$regex": pattern}, where=_where(conversations), limit=limit, include=[]
        )
        return list(got["ids"])


@contextlib.contextmanager
def opened(store: Path) -> Iterator[Client]:
    """A chromadb client on a store, closed at the end. One at a time in a process, under the index's lock."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path = str(store.resolve())
    settings = Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
    try:
        client = cast("Client", chromadb.PersistentClient(path=path, settings=settings))
    except BaseException:
        # A client that fails to start stays in chromadb's cache, where every later one for this path would find it.
        SharedSystemClient._identifier_to_system.pop(path, None)
        SharedSystemClient._identifier_to_refcount.pop(path, None)
        raise
    try:
        yield client
    finally:
        client.close()


def collection_name(embedder: str, dimension: int) -> str:
    """The name of the collection that holds an embedder's vectors."""
    return f"{PREFIX}{embedder}-{dimension}"


def embedder_of(collection: str) -> str:
    """The name of the embedder whose vectors a collection holds."""
    return collection.removeprefix(PREFIX).rpartition("-")[0]


def collections(client: Client) -> list[str]:
    """Names of the collections of passages in a store; one, but for what others put there."""
    return sorted(collection.name for collection in client.list_collections() if collection.name.startswith(PREFIX))


def existing(client: Client, name: str) -> Passages:
    """A collection that is there."""
    return Passages(client.get_collection(name, embedding_function=None))


def created(client: Client, name: str) -> Passages:
    """A collection, made if it is not there: cosine distance, vectors always given."""
    configuration: Any = {"hnsw": {"space": "cosine"}}
    return Passages(client.get_or_create_collection(name, configuration=configuration, embedding_function=None))


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


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most ``BATCH``."""
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _where(conversations: Sequence[str] | None) -> dict[str, Any] | None:
    return None if conversations is None else {"conversation": {"$in": list(conversations)}}
