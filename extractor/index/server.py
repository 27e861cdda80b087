"""An index on a Chroma server, which several machines share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Generic

from extractor.index import probe
from extractor.index.client import Address, connected
from extractor.index.collection import C, Kind
from extractor.index.model import StoreStatus
from extractor.index.place import FolderPlace, OnMessage, chosen, missing, status_of

if TYPE_CHECKING:
    from chromadb.api.client import Client

NEXT = "next-"
COMPLETE = "complete"


def place_of(
    folder: Path,
    kind: Kind[C],
    embedder: str,
    dimension: int,
    lock_timeout_s: float,
    on_message: OnMessage,
    server: str | None,
) -> FolderPlace[C] | ServerPlace[C]:
    """Where an index lies: on the server, where there is one, else in the folder."""
    name = kind.collection_name(embedder, dimension)
    if server:
        return ServerPlace(Address.parsed(server), kind, name)
    return FolderPlace(folder, kind, name, lock_timeout_s, on_message)


class ServerPlace(Generic[C]):
    """An index in a collection of a server. The server sees to locks, and to crashes of its own.

    Changes are made in place, in batches: one that is broken off is there in part, and is to be made again. A
    collection that takes another's place is filled under another name first. What is deleted is no longer found, but
    the server's files may hold its bytes until ``chroma vacuum`` is run where the server runs.
    """

    def __init__(self, address: Address, kind: Kind[C], collection: str) -> None:
        self.address = address
        self.kind = kind
        self.collection = collection

    @property
    def name(self) -> str:
        return str(self.address)

    def exists(self) -> bool:
        with connected(self.address) as client:
            self._end_replacement(client)
            return bool(self.kind.names(client))

    def generation(self) -> int:
        return 0

    def locked(self, doing: str) -> AbstractContextManager[None]:
        del doing
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def reading(self, doing: str) -> Iterator[C]:
        del doing
        with self.current() as collection:
            yield collection

    @contextlib.contextmanager
    def current(self) -> Iterator[C]:
        with connected(self.address) as client:
            found = self.held(client)
            if found is None:
                raise missing(self.name, self.kind)
            yield found

    def held(self, client: Client) -> C | None:
        """The collection of the embedder in use, None where there is no index."""
        self._end_replacement(client)
        return chosen(client, self.kind, self.collection, self.name) if self.kind.names(client) else None

    @contextlib.contextmanager
    def salvaged(self) -> Iterator[C]:
        with connected(self.address) as client:
            self._end_replacement(client)
            names = self.kind.names(client)
            if not names:
                raise missing(self.name, self.kind)
            yield self.kind.existing(client, self.collection if self.collection in names else names[0])

    @contextlib.contextmanager
    def changed(self, *, empty: bool = False, purge: bool = False) -> Iterator[C]:
        del purge
        with connected(self.address) as client:
            if empty:
                with self._replaced(client) as collection:
                    yield collection
            else:
                self.held(client)
                yield self.kind.created(client, self.collection)

    def forget(self) -> None:
        with connected(self.address) as client:
            for name in [*self.kind.names(client), *self._drafts(client)]:
                client.delete_collection(name)

    def status(self) -> tuple[StoreStatus, probe.Finding]:
        with connected(self.address) as client:
            self._end_replacement(client)
            names = self.kind.names(client)
            if not names:
                return StoreStatus(place=self.name, exists=False, healthy=False), probe.Finding()
            name = self.collection if self.collection in names else names[0]
            held = self.kind.existing(client, name)
            finding = probe.Finding(name, held.count(), held.conversations())
        return status_of(self.name, self.kind, self.collection, finding), finding

    def _end_replacement(self, client: Client) -> None:
        """Do the last step of a replacement that was broken off before it."""
        draft = NEXT + self.collection
        if self.collection not in self.kind.names(client) and draft in self._drafts(client):
            found = client.get_collection(draft, embedding_function=None)
            if (found.metadata or {}).get(COMPLETE):
                found.modify(name=self.collection)

    @contextlib.contextmanager
    def _replaced(self, client: Client) -> Iterator[C]:
        """A new collection, which takes the place of all others of this kind when the block ends."""
        draft = NEXT + self.collection
        for name in self._drafts(client):
            client.delete_collection(name)
        yield self.kind.created(client, draft)
        filled = client.get_collection(draft, embedding_function=None)
        filled.modify(metadata={COMPLETE: True})
        for name in self.kind.names(client):
            client.delete_collection(name)
        filled.modify(name=self.collection)

    def _drafts(self, client: Client) -> list[str]:
        return [found.name for found in client.list_collections() if found.name.startswith(NEXT + self.kind.prefix)]
