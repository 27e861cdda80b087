"""Where an index lies: in a folder of its own, which several processes share under a lock."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from extractor.errors import IndexDamagedError, IndexStoreError
from extractor.index import lock, probe, readers, store
from extractor.index.client import opened
from extractor.index.collection import C, Collection, Kind
from extractor.index.faults import errors_explained
from extractor.index.model import StoreStatus

if TYPE_CHECKING:
    from chromadb.api.client import Client

OnMessage = Callable[[str], None] | None
C_co = TypeVar("C_co", bound=Collection, covariant=True)


class Place(Protocol[C_co]):
    """What an index asks of the place where it lies.

    ``current``, ``salvaged`` and ``changed`` are to be used in a block of ``locked``, ``reading`` is not.
    """

    @property
    def name(self) -> str:
        """The place, for people: without a password."""

    def exists(self) -> bool:
        """Whether there is an index."""

    def generation(self) -> int:
        """How many changes were published; 0 where they are not counted."""

    def locked(self, doing: str) -> AbstractContextManager[None]:
        """Keep others from changing the index; ``doing`` is what for, in the words that they are told."""

    def reading(self, doing: str) -> AbstractContextManager[C_co]:
        """The current collection; it stays readable to the end of the block, whatever others change meanwhile."""

    def current(self) -> AbstractContextManager[C_co]:
        """The current collection, to be read."""

    def salvaged(self) -> AbstractContextManager[C_co]:
        """What can still be read of the current collection, of whatever embedder: all but its vectors."""

    def changed(self, *, empty: bool = False, purge: bool = False) -> AbstractContextManager[C_co]:
        """A collection to write to; what was written counts when the block ends without an exception.

        With ``empty`` it holds nothing at first and takes the place of the current one, which need not be readable.
        With ``purge`` nothing that was there before is left at the end.
        """

    def forget(self) -> None:
        """Remove the index and everything that is left of earlier ones."""

    def status(self) -> tuple[StoreStatus, probe.Finding]:
        """The state of the index, and what was counted in it."""


class FolderPlace(Generic[C]):
    """An index in a folder: chromadb's files, copied for each change, under a lock."""

    def __init__(
        self, folder: Path, kind: Kind[C], collection: str, lock_timeout_s: float, on_message: OnMessage
    ) -> None:
        self.folder = folder
        self.kind = kind
        self.collection = collection
        self._lock_timeout_s = lock_timeout_s
        self._on_message = on_message

    @property
    def name(self) -> str:
        return str(self.folder)

    def exists(self) -> bool:
        return store.exists(self.folder)

    def generation(self) -> int:
        with errors_explained(self.folder, "read the index"):
            return store.generation(self.folder)

    @contextlib.contextmanager
    def locked(self, doing: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            with errors_explained(self.folder, doing):
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(lock.held(self.folder, doing, self._lock_timeout_s, self._on_message))
            yield

    @contextlib.contextmanager
    def reading(self, doing: str) -> Iterator[C]:
        with contextlib.ExitStack() as stack:
            if not self.exists():
                raise missing(self.name, self.kind)
            with self.locked(doing):
                collection = stack.enter_context(self.kept(self.required()))
            yield collection

    @contextlib.contextmanager
    def current(self) -> Iterator[C]:
        with self._opened(self.required()) as collection:
            yield collection

    @contextlib.contextmanager
    def kept(self, found: store.Store) -> Iterator[C]:
        """The collection of a store, which is not swept away before the block ends; entered under the lock."""
        with contextlib.ExitStack() as stack:
            with errors_explained(self.folder, "read the index"):
                stack.enter_context(readers.reading(found.path))
            yield stack.enter_context(self._opened(found))

    @contextlib.contextmanager
    def salvaged(self) -> Iterator[C]:
        with (
            errors_explained(self.folder, "read the index"),
            store.tables_only(self.folder, self.required()) as tables,
            opened(tables) as client,
        ):
            names = self.kind.names(client)
            if not names:
                raise store.damaged(self.folder, f"it holds no {self.kind.holds}")
            yield self.kind.existing(client, self.collection if self.collection in names else names[0])

    @contextlib.contextmanager
    def changed(self, *, empty: bool = False, purge: bool = False) -> Iterator[C]:
        with (
            errors_explained(self.folder, "write the index", writing=True),
            store.staged(self.folder, self.collection, empty=empty, purge=purge) as staging,
            opened(staging) as client,
        ):
            yield self.kind.created(client, self.collection)

    def forget(self) -> None:
        if not self.folder.exists():
            return
        with self.locked("remove the index"), errors_explained(self.folder, "remove the index"):
            store.forget(self.folder)

    def own(self) -> store.Store | None:
        """What is current, None where there is nothing; raises IndexStoreError where it is of another embedder."""
        found = store.current(self.folder)
        if found and found.collection not in (None, self.collection):
            raise other_embedder(self.name, found.collection, self.collection)
        return found

    def required(self) -> store.Store:
        """What is current; raises IndexStoreError where there is nothing."""
        found = store.current(self.folder)
        if found is None:
            raise missing(self.name, self.kind)
        return found

    def status(self) -> tuple[StoreStatus, probe.Finding]:
        if not self.exists():
            return StoreStatus(place=self.name, exists=False, healthy=False), probe.Finding()
        size = store.size_bytes(self.folder)
        generation = 0
        try:
            with self.locked("check the index"):
                current = self.required()
                generation = current.generation
                finding = probe.probed(current.path, self.kind)
        except IndexDamagedError as error:
            finding = probe.Finding(problem=error.what)
        return status_of(self.name, self.kind, self.collection, finding, generation, size), finding

    @contextlib.contextmanager
    def _opened(self, found: store.Store) -> Iterator[C]:
        with errors_explained(self.folder, "read the index"), opened(found.path) as client:
            yield chosen(client, self.kind, self.collection, self.name)


def chosen(client: Client, kind: Kind[C], collection: str, place: str) -> C:
    """The collection of the embedder in use; raises IndexStoreError where there are only others, or none."""
    names = kind.names(client)
    if collection in names:
        return kind.existing(client, collection)
    if names:
        raise other_embedder(place, names[0], collection)
    raise IndexDamagedError(
        f"The index at {place} is damaged: it holds no {kind.holds}.", "Run `decisions index rebuild`."
    )


def status_of(
    place: str, kind: Kind[C], collection: str, finding: probe.Finding, generation: int = 0, size_bytes: int = 0
) -> StoreStatus:
    """The status of an index of which something was found out; ``collection`` is that of the embedder in use."""
    held = finding.collection
    other = other_embedder(place, held, collection).what if held not in (None, collection) else None
    return StoreStatus(
        place=place,
        exists=True,
        healthy=finding.problem is None,
        collection=held,
        embedder=kind.embedder_of(held) if held else None,
        generation=generation,
        size_bytes=size_bytes,
        other_embedder=other is not None,
        problem=finding.problem or other,
    )


def missing(place: str, kind: Kind[C]) -> IndexStoreError:
    """The error where there is no index."""
    return IndexStoreError(f"There is no index yet at {place}.", kind.how_to_fill)


def other_embedder(place: str, there: str | None, wanted: str) -> IndexStoreError:
    """The error where vectors cannot be compared with those in use."""
    return IndexStoreError(
        f"The index at {place} was made with another embedder ({there}; in use is {wanted}).",
        "Run `decisions index rebuild` to make it again with the one in use.",
    )
