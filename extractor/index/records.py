"""The index of records as others use it: vectors of what the log holds, found by likeness."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import IndexDamagedError
from extractor.index import store
from extractor.index.collection import RECORDS, Near, Records
from extractor.index.faults import errors_explained
from extractor.index.following import FolderReader, ServerReader
from extractor.index.model import Entry, RecordStatus
from extractor.index.pending import MOST, Pending, pending_of, unit
from extractor.index.place import FolderPlace, OnMessage
from extractor.index.server import place_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AMPLE = (1, 4)
"""Twice the limit and ``SPARE`` more are asked for, then this many times as many, before a filter is used.

A query costs 2 ms with 100,000 records, 8 ms with four times as many answers, and 25 ms with a filter by type that a
third of them pass."""
SPARE = 20


class RecordSession:
    """Many questions to one index, which is opened once. It follows the changes that this and other processes make."""

    def __init__(self, reader: FolderReader | ServerReader) -> None:
        self._reader = reader

    def nearest(
        self, vectors: NDArray[np.float32], limit: int, types: Sequence[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """As ``RecordIndex.nearest``."""
        if not len(vectors) or limit < 1 or (types is not None and not types):
            return [[] for _ in vectors]
        asked = unit(vectors)
        return self._reader.ask(lambda records, pending: _nearest(records, pending, asked, limit, types))

    def ids(self) -> set[str]:
        """As ``RecordIndex.ids``."""
        return self._reader.ask(_ids)


class RecordIndex:
    """An index of the log's records, in a folder of its own or on a Chroma server.

    It can always be made again from the log, with ``replace_all``. In a folder, a change is in the index wholly or not
    at all, whatever stops it; several processes may use one folder, under a lock that reading needs only to open. On a
    server, a change that was broken off may be there in part: make it again. Every operation may raise IndexLockedError
    (another process held the lock for longer than ``lock_timeout_s``), IndexDamagedError, StorageFullError, and
    IndexStoreError (the server does not answer, the vectors are of another embedder).
    """

    def __init__(
        self,
        folder: Path,
        embedder: str,
        dimension: int,
        lock_timeout_s: float = 60,
        on_message: OnMessage = None,
        server: str | None = None,
    ) -> None:
        """An index in ``folder``, which is made by the first change.

        Args:
            folder: holds the index and nothing else; not that of a ``PassageIndex``.
            embedder: the name of what makes the vectors; an index holds those of one embedder only.
            dimension: the length of a vector.
            lock_timeout_s: seconds to wait for other processes.
            on_message: told, in a sentence, what a person may want to know: whom the index waits for.
            server: the URL of a Chroma server, ``http[s]://[user:password@]host[:port][/database]``: the index lies
                there, and ``folder`` is not used.

        Raises:
            UsageError: ``server`` is no such URL.
        """
        self.folder = folder
        self.dimension = dimension
        self._place = place_of(folder, RECORDS, embedder, dimension, lock_timeout_s, on_message, server)

    @property
    def exists(self) -> bool:
        """Whether there is an index yet."""
        return self._place.exists()

    @property
    def generation(self) -> int:
        """How many changes were made; 0 where there is no index yet, and on a server, which does not count them."""
        return self._place.generation()

    def apply(self, upserts: Sequence[Entry], deletes: Sequence[str]) -> None:
        """Add entries, overwrite those with the same id, and take others out, all in one change.

        Doing the same again changes nothing. Of two entries with one id the later counts; one that is also to be
        deleted is.

        Raises:
            ValueError: a vector is not of shape (dimension,), or holds a value that is no number.
        """
        lost = frozenset(deletes)
        wanted = {entry.id: entry for entry in self._verified(upserts) if entry.id not in lost}
        if not wanted and not lost:
            return
        if isinstance(self._place, FolderPlace):
            self._apply_in_folder(self._place, wanted, lost)
        else:
            with self._place.changed() as records:
                records.delete(sorted(lost))
                records.write(wanted.values())

    def replace_all(self, entries: Iterable[Entry], progress: Callable[[int], None] | None = None) -> None:
        """Make the index anew, of exactly these entries; it does not matter what state it is in.

        In a folder, no byte of what was there before is left when this returns, even if other processes still read it.
        On a server the old is no longer found, but its files may hold bytes of it until ``chroma vacuum`` is run there.

        Args:
            entries: taken one by one, under the index's lock; each id once.
            progress: told how many are done.

        Raises:
            ValueError: as for ``apply``.
            IndexStoreError: it could not be written, or something of the old could not be removed; do it again.
        """
        with self._place.locked("rebuild the index"), self._place.changed(empty=True, purge=True) as records:
            records.write(self._counted(self._verified(entries), progress))

    def forget(self) -> None:
        """Remove the index: nothing of it is left but, in a folder, its lock.

        Raises:
            IndexStoreError: something could not be removed; do it again.
        """
        self._place.forget()

    @contextlib.contextmanager
    def session(self) -> Iterator[RecordSession]:
        """The index, opened once for many questions. Others may change it meanwhile; the session sees it."""
        place = self._place
        reader = FolderReader(place) if isinstance(place, FolderPlace) else ServerReader(place)
        with contextlib.closing(reader):
            yield RecordSession(reader)

    def nearest(
        self, vectors: NDArray[np.float32], limit: int, types: Sequence[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """For each vector the records most similar to it, best first, as far as the approximate index finds them.

        Args:
            vectors: of shape (n, dimension).
            limit: at most so many for each.
            types: decision, action_item, open_question; all when not given.

        Returns:
            ``n`` lists of ids with cosine similarities in [-1, 1], empty where there is no index yet.
        """
        with self.session() as session:
            return session.nearest(vectors, limit, types)

    def ids(self) -> set[str]:
        """The ids of all records."""
        with self.session() as session:
            return session.ids()

    def count(self) -> int:
        """How many records there are."""
        return len(self.ids())

    def status(self) -> RecordStatus:
        """The state of the index, found out in a process of its own: a damaged vector file may crash who reads it."""
        status, _ = self._place.status()
        found = RecordStatus.model_validate(status.model_dump())
        if not status.exists or status.problem:
            return found
        try:
            return found.model_copy(update={"records": self.count()})
        except IndexDamagedError as error:
            return found.model_copy(update={"healthy": False, "problem": error.what})

    def _apply_in_folder(self, place: FolderPlace[Records], wanted: dict[str, Entry], lost: frozenset[str]) -> None:
        with place.locked("add to the index"):
            found = place.own()
            before = pending_of(self.folder, found)
            after = before.after(wanted, lost)
            if after is before and found:
                return
            if found and len(after) <= MOST:
                with errors_explained(self.folder, "write the index", writing=True):
                    store.publish_pending(self.folder, place.collection, after.save)
                return
            with place.changed() as records:
                records.delete(sorted(after.gone))
                records.write(after.entries.values())

    def _verified(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        import numpy as np

        for entry in entries:
            if entry.vector.shape != (self.dimension,) or not np.isfinite(entry.vector).all():
                raise ValueError(f"the vector of {entry.id} is not {self.dimension} numbers")
            yield entry

    @staticmethod
    def _counted(entries: Iterable[Entry], progress: Callable[[int], None] | None) -> Iterator[Entry]:
        for done, entry in enumerate(entries, 1):
            yield entry
            if progress:
                progress(done)


def _nearest(
    records: Records | None, pending: Pending, vectors: NDArray[np.float32], limit: int, types: Sequence[str] | None
) -> list[list[tuple[str, float]]]:
    """Those of the store that count, and those that are pending. A filter by type is slow, so it comes last."""

    def counts(hit: Near) -> bool:
        return not pending.covers(hit.id) and (types is None or hit.type in types)

    stored = [list[Near]() for _ in vectors]
    asked = [((2 * limit + SPARE) * times, None) for times in AMPLE] + [(limit + len(pending), types)]
    for number, among in asked:
        short = [n for n, hits in enumerate(stored) if len(hits) < limit]
        if short and records is not None:
            for n, hits in zip(short, records.nearest(vectors[short], number, among), strict=True):
                stored[n] = [hit for hit in hits if counts(hit)]
    waiting = pending.nearest(vectors, limit, types)
    best = (
        sorted(a + b, key=lambda hit: (-hit.similarity, hit.id))[:limit] for a, b in zip(stored, waiting, strict=True)
    )
    return [[(hit.id, max(-1.0, min(1.0, hit.similarity))) for hit in hits] for hits in best]


def _ids(records: Records | None, pending: Pending) -> set[str]:
    stored = records.ids() if records is not None else []
    return {key for key in stored if not pending.covers(key)} | pending.entries.keys()
