"""What chromadb's collections hold, and how it is read and written: passages, and the vectors of records.

Facts this rests on (chromadb 1.5.9, measured): ``query`` is approximate, so rows are listed by ``get``; ``upsert``
merges metadata, and a value of None takes a key out; vectors are always given, so no embedding function is ever
loaded; with 100,000 rows a query with a filter takes ten times as long as one without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from extractor.index.model import Entry, Metadata, Row

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from numpy.typing import NDArray

BATCH = 1000
"""Rows a call: below chromadb's limit (5461) and below SQLite's on variables."""

LARGE_BATCH = 5000
"""Rows a call where nothing but ids, vectors and types is written: 30 % faster than a thousand at a time."""

T = TypeVar("T")


class Found(NamedTuple):
    """A row that was found, and its cosine similarity to the question in [-1, 1]."""

    row: Row
    similarity: float


class Near(NamedTuple):
    """A record that was found, its type, and its cosine similarity to what was asked in [-1, 1]."""

    id: str
    type: str
    similarity: float


class Collection:
    """A collection that is open: what does not depend on what is in it."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection

    def count(self) -> int:
        """Rows in the collection."""
        return int(self._collection.count())

    def ids(self) -> list[str]:
        """The ids of all rows."""
        return list(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors by id, of those that are there."""
        found = dict[str, Any]()
        for batch in batches(ids):
            got = self._collection.get(ids=batch, include=["embeddings"])
            found.update(zip(got["ids"], got["embeddings"], strict=True))
        return found

    def delete(self, ids: Iterable[str]) -> None:
        """Take rows out; one that is not there is none the less."""
        for batch in batches(ids):
            self._collection.delete(ids=batch)

    def distances(self, vector: NDArray[np.float32], limit: int) -> list[float]:
        """Cosine distances in [0, 2] of the rows nearest to a vector, smallest first."""
        got = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        return [float(distance) for distance in got["distances"][0]]

    def conversations(self) -> int:
        """How many conversations the rows are of; 0 where that is not kept."""
        return 0

    def holes(self) -> str | None:
        """What rows lack besides vectors, in a sentence."""
        return None


class Passages(Collection):
    """Passages with their texts and where they were said."""

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

    def conversations(self) -> int:
        """How many conversations the passages are of."""
        return len({metadata["conversation"] for metadata in self._collection.get(include=["metadatas"])["metadatas"]})

    def holes(self) -> str | None:
        """Whether passages lack their text, in a sentence."""
        ids = self.ids()
        rows = sum(1 for _ in self.rows(ids))
        return None if rows == len(ids) else f"Of {len(ids)} passages, {rows} have a text."

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

    def nearest(
        self, vector: NDArray[np.float32], limit: int, conversations: Sequence[str] | None = None
    ) -> list[Found]:
        """The rows most similar to a vector, best first, as far as the approximate index finds them."""
        got = self._collection.query(
            query_embeddings=[vector],
            n_results=limit,
            where=_where("conversation", conversations),
            include=["documents", "metadatas", "distances"],
        )
        rows = map(Row, got["ids"][0], got["documents"][0], got["metadatas"][0])
        return [Found(row, 1 - float(distance)) for row, distance in zip(rows, got["distances"][0], strict=True)]

    def ids_matching(self, pattern: str, limit: int, conversations: Sequence[str] | None = None) -> list[str]:
        """The ids of at most ``limit`` rows whose text matches a regular expression in the syntax of Rust."""
        got = self._collection.get(
            where_document={"$regex": pattern}, where=_where("conversation", conversations), limit=limit, include=[]
        )
        return list(got["ids"])


class Records(Collection):
    """Vectors of records and their types: no text."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Add entries, or overwrite those with the same id."""
        for batch in batches(entries, LARGE_BATCH):
            self._collection.upsert(
                ids=[entry.id for entry in batch],
                embeddings=[entry.vector for entry in batch],
                metadatas=[{"type": entry.type} for entry in batch],
            )

    def nearest(self, vectors: NDArray[np.float32], limit: int, types: Sequence[str] | None = None) -> list[list[Near]]:
        """For each vector the records most similar to it, best first, as far as the approximate index finds them."""
        got = self._collection.query(
            query_embeddings=list(vectors),
            n_results=limit,
            where=_where("type", types),
            include=["metadatas", "distances"],
        )
        return [
            [
                Near(key, str(metadata["type"]), 1 - float(distance))
                for key, metadata, distance in zip(*found, strict=True)
            ]
            for found in zip(got["ids"], got["metadatas"], got["distances"], strict=True)
        ]


C = TypeVar("C", bound=Collection)


@dataclass(frozen=True)
class Kind(Generic[C]):
    """A kind of index: what its collections are called, how they are used, and what helps where there is none."""

    prefix: str
    wrap: Callable[[Any], C]
    holds: str
    how_to_fill: str

    def collection_name(self, embedder: str, dimension: int) -> str:
        """The name of the collection that holds an embedder's vectors."""
        return f"{self.prefix}{embedder}-{dimension}"

    def embedder_of(self, collection: str) -> str:
        """The name of the embedder whose vectors a collection holds."""
        return collection.removeprefix(self.prefix).rpartition("-")[0]

    def names(self, client: Client) -> list[str]:
        """Names of the collections of this kind; in a store one, but for what others put there."""
        return sorted(found.name for found in client.list_collections() if found.name.startswith(self.prefix))

    def existing(self, client: Client, name: str) -> C:
        """A collection that is there."""
        return self.wrap(client.get_collection(name, embedding_function=None))

    def created(self, client: Client, name: str) -> C:
        """A collection, made if it is not there: cosine distance, vectors always given."""
        configuration: Any = {"hnsw": {"space": "cosine"}}
        return self.wrap(client.get_or_create_collection(name, configuration=configuration, embedding_function=None))


PASSAGES = Kind("passages-", Passages, "passages", "Add transcripts with `decisions index add PATH`.")
RECORDS = Kind("records-", Records, "records", "Run `decisions index rebuild`.")
KINDS: tuple[Kind[Any], ...] = (PASSAGES, RECORDS)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def _where(key: str, values: Sequence[str] | None) -> dict[str, Any] | None:
    return None if values is None else {key: {"$in": list(values)}}
