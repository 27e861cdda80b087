"""The index of passages as others use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.chunking import chunk_turns
from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.errors import IndexDamagedError, UsageError
from extractor.index import searching
from extractor.index.collection import PASSAGES
from extractor.index.model import Added, IndexStatus, Metadata, Passage, Row, row_of, storable
from extractor.index.place import OnMessage, missing
from extractor.index.server import place_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = dict[str, NDArray[np.float32]]

CHUNK_TOKENS = 200
"""Size of a chunk.

Measured with 16 questions on real calls and 356 annotated decisions of AMI and ICSI meetings as questions, mean share
of them with the right passage first, and among the first five: 0.35 and 0.57 for chunks of 64 tokens, 0.44 and 0.62 for
128, 0.43 and 0.65 for 200, 0.47 and 0.65 for 256. With the same amount of text to read, all but 64 do equally well.
"""
GROUP = 2000
"""Chunks that are written at a time: an interrupted ``add`` keeps the groups that are done."""
EMBEDDED_AT_ONCE = 64
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Change:
    """What has to happen to the rows of some conversations for the index to hold the wanted ones and no others."""

    new: list[Row]
    redescribed: list[Row]
    unchanged: int
    stale: list[str]

    @classmethod
    def between(cls, wanted: Sequence[Row], known: dict[str, Metadata]) -> _Change:
        kept = [row for row in wanted if row.id in known]
        return cls(
            new=[row for row in wanted if row.id not in known],
            redescribed=[row for row in kept if dict(known[row.id]) != dict(row.metadata)],
            unchanged=len(kept),
            stale=sorted(known.keys() - {row.id for row in wanted}),
        )

    def __bool__(self) -> bool:
        return bool(self.new or self.redescribed or self.stale)


class PassageIndex:
    """An index of passages, in a folder of its own or on a Chroma server.

    Several processes may use one folder: each operation takes the index's lock, opens what it needs, and closes it
    again; a search holds it only while it opens. Texts are embedded before the lock is taken. Every operation may raise
    IndexLockedError (another process held the lock for longer than ``lock_timeout_s``), IndexDamagedError,
    StorageFullError, and IndexStoreError.

    On a server, which keeps no lock, a rebuild and a ``replace_all`` lose what others add meanwhile.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        lock_timeout_s: float = 60,
        on_message: OnMessage = None,
        server: str | None = None,
    ) -> None:
        """An index in ``folder``, which is made by the first ``add``.

        Args:
            folder: holds the index and nothing else.
            embedder: what makes the vectors; an index holds those of one embedder only.
            lock_timeout_s: seconds to wait for other processes.
            on_message: told, in a sentence, what a person may want to know: whom the index waits for.
            server: the URL of a Chroma server, ``http[s]://[user:password@]host[:port][/database]``: the index lies
                there, and ``folder`` is not used.

        Raises:
            UsageError: ``server`` is no such URL.
        """
        self.folder = folder
        self.embedder = embedder
        self._place = place_of(folder, PASSAGES, embedder.name, embedder.dimension, lock_timeout_s, on_message, server)

    def add(
        self, conversations: Sequence[Conversation], progress: Progress | None = None, *, sha256: str | None = None
    ) -> Added:
        """Put conversations into the index; one that is there already is brought up to date, by its id.

        Adding the same again changes nothing. Of two conversations with one id the later counts. Work is done in groups
        of about 2,000 chunks, each of which is in the index wholly or not at all: after a failure, what was done stays,
        and adding again does the rest.

        Args:
            conversations: what to add.
            progress: told how many chunks are done, and of how many.
            sha256: of the source they were read from, kept beside their passages.
        """
        wanted = self._rows(conversations, sha256)
        total = sum(map(len, wanted.values()))
        added, done = Added(), 0
        for group in _groups(wanted):
            rows = [row for key in group for row in wanted[key]]
            vectors: Vectors = {}
            while True:
                change, missing = self._apply(group, rows, vectors)
                if not missing:
                    break
                self._embed(missing, vectors, _from(progress, done + len(rows) - len(missing), total))
            done += len(rows)
            if progress:
                progress(done, total)
            added += Added(
                conversations=len(group),
                chunks_new=len(change.new),
                chunks_unchanged=change.unchanged,
                chunks_removed=len(change.stale),
            )
        return added

    def search(self, question: str, limit: int = 10, *, conversations: Sequence[str] | None = None) -> list[Passage]:
        """The passages that best answer to a question, best first, found by meaning and by word.

        Args:
            question: anything from a word to a sentence.
            limit: at most so many passages, none of which overlap: a turn at the border of two is given once.
            conversations: the ids of the conversations to look in; all when not given.

        Raises:
            UsageError: the question is empty.
            IndexStoreError: there is no index yet, or it was made with another embedder.
        """
        if not question.strip():
            raise UsageError("The question is empty.", "Ask with at least one word.")
        if not self._place.exists():
            raise missing(self._place.name, PASSAGES)
        if limit < 1 or (conversations is not None and not conversations):
            return []
        vector = self.embedder.embed([question])[0]
        with self._place.reading("search the index") as passages:
            return searching.best(passages, question, vector, limit, conversations)

    def status(self) -> IndexStatus:
        """What is in the folder and whether it can be trusted, found out in a process of its own.

        A damaged vector file may crash who reads it; a crash there is a finding here.
        """
        status, finding = self._place.status()
        counted = {"passages": finding.rows, "conversations": finding.conversations}
        return IndexStatus.model_validate({**status.model_dump(), **counted})

    def check(self) -> IndexStatus:
        """The status of an index that is well.

        Raises:
            IndexStoreError: there is no index yet.
            IndexDamagedError: it is damaged.
        """
        status = self.status()
        if not status.exists:
            raise missing(self._place.name, PASSAGES)
        if not status.healthy:
            raise IndexDamagedError(
                status.problem or f"The index at {self._place.name} is damaged.", "Run `decisions index rebuild`."
            )
        return status

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index again from the texts it holds, with the embedder in use; returns the number of passages.

        Vectors are computed anew, and only texts are read, so it mends damaged vector files and moves to another
        embedder. Passages keep the size they were cut to: where the new embedder reads less than the old one, add the
        transcripts again.

        Raises:
            IndexStoreError: there is no index yet.
            IndexDamagedError: the texts cannot be read either.
        """
        if not self._place.exists():
            raise missing(self._place.name, PASSAGES)
        vectors: Vectors = {}
        while True:
            with self._place.locked("rebuild the index"):
                rows = self._stored_rows()
                absent = [row for row in rows if row.id not in vectors]
                if not absent:
                    with self._place.changed(empty=True) as passages:
                        passages.write(rows, vectors)
                    return len(rows)
            self._embed(absent, vectors, _from(progress, len(rows) - len(absent), len(rows)))

    def remove(self, conversations: Sequence[str]) -> int:
        """Take conversations out, by their ids; returns how many passages they had.

        They are no longer found, but bytes of them may be left in chromadb's files: ``replace_all`` leaves none.
        """
        if not self._place.exists():
            return 0
        with self._place.locked("remove from the index"):
            with self._place.current() as passages:
                known = sorted(passages.of_conversations(map(storable, conversations)))
            if known:
                with self._place.changed() as passages:
                    passages.delete(known)
        return len(known)

    def replace_all(self, conversations: Sequence[Conversation], progress: Progress | None = None) -> int:
        """Make the index again from these conversations alone; returns the number of passages.

        It does not matter what state it is in. Vectors of passages that it holds already are taken over where it is
        sound; others are computed. In a folder, no byte of anything else is left when this returns, even if other
        processes still read it: they find what is new on their next search. On a server, see there.

        Raises:
            IndexStoreError: it could not be written, or something of the old could not be removed; do it again.
        """
        rows = list({row.id: row for each in self._rows(conversations, None).values() for row in each}.values())
        vectors = self._sound_vectors([row.id for row in rows])
        absent = [row for row in rows if row.id not in vectors]
        self._embed(absent, vectors, _from(progress, len(rows) - len(absent), len(rows)))
        with self._place.locked("rebuild the index"), self._place.changed(empty=True, purge=True) as passages:
            passages.write(rows, vectors)
        return len(rows)

    def forget(self) -> None:
        """Remove the index: nothing of it is left but, in a folder, its lock.

        Raises:
            IndexStoreError: something could not be removed; do it again.
        """
        self._place.forget()

    def _rows(self, conversations: Sequence[Conversation], sha256: str | None) -> dict[str, list[Row]]:
        """The rows of each conversation, by its id as stored."""
        window = min(CHUNK_TOKENS, self.embedder.max_tokens)
        wanted = dict[str, list[Row]]()
        for conversation in conversations:
            chunks = chunk_turns(conversation, self.embedder.count_tokens, window)
            rows = [row_of(conversation, chunk, sha256) for chunk in chunks if chunk.text]
            wanted[storable(conversation.id)] = rows
        return wanted

    def _embed(self, rows: Sequence[Row], vectors: Vectors, progress: Callable[[int], None]) -> None:
        for start in range(0, len(rows), EMBEDDED_AT_ONCE):
            batch = rows[start : start + EMBEDDED_AT_ONCE]
            embedded = self.embedder.embed([row.text for row in batch])
            vectors.update(zip((row.id for row in batch), embedded, strict=True))
            progress(start + len(batch))

    def _apply(self, group: Sequence[str], rows: Sequence[Row], vectors: Vectors) -> tuple[_Change, list[Row]]:
        """Bring a group of conversations up to date, unless vectors are missing: then those rows are returned."""
        with self._place.locked("add to the index"):
            known: dict[str, Metadata] = {}
            if self._place.exists():
                with self._place.current() as passages:
                    known = passages.of_conversations(group)
            change = _Change.between(rows, known)
            absent = [row for row in change.new if row.id not in vectors]
            if change and not absent:
                with self._place.changed() as passages:
                    passages.write(change.new, vectors)
                    passages.describe(change.redescribed, known)
                    passages.delete(change.stale)
            return change, absent

    def _sound_vectors(self, ids: Sequence[str]) -> Vectors:
        """Vectors of these ids that the index holds; none where it is damaged, or of another embedder."""
        status = self.status()
        if not status.exists or status.problem:
            return {}
        with self._place.reading("read the index") as passages:
            return passages.vectors(ids)

    def _stored_rows(self) -> list[Row]:
        """Every row's text and metadata, read around the vector files."""
        try:
            with self._place.salvaged() as passages:
                return list(passages.rows(passages.ids()))
        except IndexDamagedError as error:
            raise IndexDamagedError(
                f"The index at {self._place.name} is damaged, and its texts cannot be read.",
                "Delete that folder and add the transcripts again with `decisions index add PATH`.",
            ) from error


def _from(progress: Progress | None, base: int, total: int) -> Callable[[int], None]:
    """A progress callback that counts on from ``base``."""

    def report(done: int) -> None:
        if progress:
            progress(base + done, total)

    return report


def _groups(wanted: dict[str, list[Row]]) -> Iterator[list[str]]:
    """Conversations in groups of about ``GROUP`` rows."""
    group, size = list[str](), 0
    for key, rows in wanted.items():
        group.append(key)
        size += len(rows)
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group
