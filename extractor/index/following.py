"""Readers of an index of records that stay open: they follow what this and other processes change."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TypeVar

from extractor.errors import IndexDamagedError
from extractor.index import store
from extractor.index.client import connected, server_errors_explained
from extractor.index.collection import Records
from extractor.index.faults import errors_explained
from extractor.index.pending import Pending, pending_of
from extractor.index.place import FolderPlace
from extractor.index.server import ServerPlace

T = TypeVar("T")
Question = Callable[[Records | None, Pending], T]
"""Asked of the store (None where there is none) and of the changes that are not in it yet."""


class FolderReader:
    """A reader of an index in a folder. The store it reads is spared by others until it has followed them."""

    def __init__(self, place: FolderPlace[Records]) -> None:
        self._place = place
        self._stack = contextlib.ExitStack()
        self._stamp: bytes | None = None
        self._store: store.Store | None = None
        self._records: Records | None = None
        self._pending = Pending.none()

    def ask(self, question: Question[T]) -> T:
        """The answer to a question, of the index as it is now."""
        for last in (False, True):
            self._follow()
            try:
                with errors_explained(self._place.folder, "read the index"):
                    return question(self._records, self._pending)
            except IndexDamagedError:
                # A store that was purged while it was read is no damage, if there is another by now.
                if last or store.stamp(self._place.folder) == self._stamp:
                    raise
        raise AssertionError("the second try returns or raises")

    def close(self) -> None:
        """Let go of the store."""
        self._stack.close()
        self._store = self._records = self._stamp = None

    def _follow(self) -> None:
        folder = self._place.folder
        with errors_explained(folder, "read the index"):
            if store.stamp(folder) == self._stamp:
                return
        if not self._place.exists():
            self.close()
            return
        with self._place.locked("read the index"):
            stamp, found = store.stamp(folder), self._place.own()
            pending = pending_of(folder, found)
            if found is None or self._store is None or found.path != self._store.path:
                self.close()
                self._records = self._stack.enter_context(self._place.kept(found)) if found else None
            self._stamp, self._store, self._pending = stamp, found, pending


class ServerReader:
    """A reader of an index on a server, where nothing is pending."""

    def __init__(self, place: ServerPlace[Records]) -> None:
        self._place = place
        self._stack = contextlib.ExitStack()
        self._client = self._stack.enter_context(connected(place.address))

    def ask(self, question: Question[T]) -> T:
        """The answer to a question, of the index as it is now."""
        with server_errors_explained(self._place.address):
            return question(self._place.held(self._client), Pending.none())

    def close(self) -> None:
        """Let go of the connection."""
        self._stack.close()
