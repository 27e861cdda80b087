"""The index as others use it: add, search, status, check, rebuild."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.chunking import chunk_turns
from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.errors import IndexDamagedError, IndexStoreError, UsageError
from extractor.index import lock, probe, ranking, store
from extractor.index.collection import (
    Found,
    Passages,
    collection_name,
    collections,
    created,
    embedder_of,
    errors_explained,
    existing,
    opened,
)
from extractor.index.model import Added, IndexStatus, Metadata, Passage, Row, passage_of, row_of, storable, without_lead

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
POOL = 50
"""Passages that the search by meaning and the search by word each hand on to be ranked together."""
WORD_MATCHES = 1000
"""Passages that are ranked by word: the question's rarest words are taken as long as they match no more than this."""
QUESTION_WORDS = 32

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
    """An index of passages in a folder of its own.

    Several processes may use one folder: each operation takes the index's lock, opens what it needs, and closes it
    again; texts are embedded before the lock is taken. Every operation may raise IndexLockedError (another process held
    the lock for longer than ``lock_timeout_s``), IndexDamagedError, StorageFullError, and IndexStoreError.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        lock_timeout_s: float = 60,
        on_message: Callable[[str], None] | None = None,
    ) -> None:
        """An index in ``folder``, which is made by the first ``add``.

        Args:
            folder: holds the index and nothing else.
            embedder: what makes the vectors; a folder holds those of one embedder only.
            lock_timeout_s: seconds to wait for other processes.
            on_message: told, in a sentence, what a person may want to know: whom the index waits for.
        """
        self.folder = folder
        self.embedder = embedder
        self.lock_timeout_s = lock_timeout_s
        self.on_message = on_message
        self._name = collection_name(embedder.name, embedder.dimension)

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
        if not store.exists(self.folder):
            raise self._missing()
        if limit < 1 or (conversations is not None and not conversations):
            return []
        vector = self.embedder.embed([question])[0]
        pool = max(POOL, 2 * limit)
        with self._locked("search the index"), self._reading() as passages:
            found = {hit.row.id: hit for hit in passages.nearest(vector, pool, conversations)}
            word_scores = _word_scores(passages, question, conversations)
            by_word = sorted(word_scores, key=lambda key: (-word_scores[key], key))[:pool]
            absent = [key for key in by_word if key not in found]
            vectors = passages.vectors(absent)
            found.update({row.id: Found(row, float(vector @ vectors[row.id])) for row in passages.rows(absent)})
        order = ranking.blended({key: hit.similarity for key, hit in found.items()}, word_scores)
        return _apart([found[key] for key in order], limit)

    def status(self) -> IndexStatus:
        """What is in the folder and whether it can be trusted, found out in a process of its own.

        A damaged vector file may crash who reads it; a crash there is a finding here.
        """
        if not store.exists(self.folder):
            return IndexStatus(folder=str(self.folder), exists=False, healthy=False)
        size = store.size_bytes(self.folder)
        try:
            with self._locked("check the index"):
                current = self._current()
                finding = probe.probed(current.path)
        except IndexDamagedError as error:
            return IndexStatus(folder=str(self.folder), exists=True, healthy=False, size_bytes=size, problem=error.what)
        other = finding.collection not in (None, self._name)
        return IndexStatus(
            folder=str(self.folder),
            exists=True,
            healthy=finding.problem is None,
            collection=finding.collection,
            embedder=embedder_of(finding.collection) if finding.collection else None,
            generation=current.generation,
            passages=finding.passages,
            conversations=finding.conversations,
            size_bytes=size,
            other_embedder=other,
            problem=finding.problem or (self._other(finding.collection).what if other and finding.collection else None),
        )

    def check(self) -> IndexStatus:
        """The status of an index that is well.

        Raises:
            IndexStoreError: there is no index yet.
            IndexDamagedError: it is damaged.
        """
        status = self.status()
        if not status.exists:
            raise self._missing()
        if not status.healthy:
            raise IndexDamagedError(
                status.problem or f"The index at {self.folder} is damaged.", "Run `decisions index rebuild`."
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
        if not store.exists(self.folder):
            raise self._missing()
        vectors: Vectors = {}
        while True:
            with self._locked("rebuild the index"):
                rows = self._stored_rows()
                missing = [row for row in rows if row.id not in vectors]
                if not missing:
                    self._replace_all(rows, vectors)
                    return len(rows)
            self._embed(missing, vectors, _from(progress, len(rows) - len(missing), len(rows)))

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
        with self._locked("add to the index"):
            known: dict[str, Metadata] = {}
            if store.exists(self.folder):
                with self._reading() as passages:
                    known = passages.of_conversations(group)
            change = _Change.between(rows, known)
            missing = [row for row in change.new if row.id not in vectors]
            if change and not missing:
                with (
                    errors_explained(self.folder, "write the index", writing=True),
                    store.staged(self.folder) as staging,
                    opened(staging) as client,
                ):
                    passages = created(client, self._name)
                    passages.write(change.new, vectors)
                    passages.describe(change.redescribed, known)
                    passages.delete(change.stale)
            return change, missing

    def _replace_all(self, rows: Sequence[Row], vectors: Vectors) -> None:
        with (
            errors_explained(self.folder, "rebuild the index", writing=True),
            store.staged(self.folder, empty=True) as staging,
            opened(staging) as client,
        ):
            created(client, self._name).write(rows, vectors)

    def _stored_rows(self) -> list[Row]:
        """Every row's text and metadata, read around the vector files."""
        current = self._current()
        try:
            with (
                errors_explained(self.folder, "read the index"),
                store.tables_only(self.folder, current) as tables,
                opened(tables) as client,
            ):
                names = collections(client)
                if not names:
                    raise store.beyond_repair(self.folder, "it holds no collection of passages")
                passages = existing(client, self._name if self._name in names else names[0])
                return list(passages.rows(passages.ids()))
        except IndexDamagedError as error:
            raise store.beyond_repair(self.folder, "its texts cannot be read") from error

    @contextlib.contextmanager
    def _locked(self, doing: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            with errors_explained(self.folder, doing):
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(lock.held(self.folder, doing, self.lock_timeout_s, self.on_message))
            yield

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Passages]:
        """The current collection, open for reading; under the lock."""
        current = self._current()
        with errors_explained(self.folder, "read the index"), opened(current.path) as client:
            names = collections(client)
            if self._name not in names:
                raise self._other(names[0]) if names else store.beyond_repair(self.folder, "it holds no passages")
            yield existing(client, self._name)

    def _current(self) -> store.Store:
        current = store.current(self.folder)
        if current is None:
            raise self._missing()
        return current

    def _missing(self) -> IndexStoreError:
        return IndexStoreError(
            f"There is no index yet at {self.folder}.", "Add transcripts with `decisions index add PATH`."
        )

    def _other(self, name: str) -> IndexStoreError:
        return IndexStoreError(
            f"The index at {self.folder} was made with another embedder ({name}; in use is {self._name}).",
            "Run `decisions index rebuild` to make it again with the one in use.",
        )


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


def _word_scores(passages: Passages, question: str, conversations: Sequence[str] | None) -> dict[str, float]:
    """BM25 of the passages that have the question's rarer words, by id."""
    asked = ranking.subject_words(question)[:QUESTION_WORDS]
    matches = {word: passages.ids_matching(ranking.pattern(word), WORD_MATCHES + 1, conversations) for word in asked}
    chosen = dict[str, int]()
    ids = dict[str, None]()
    for word in sorted((word for word in asked if matches[word]), key=lambda word: len(matches[word])):
        if len(ids) + len(matches[word]) > WORD_MATCHES:
            break
        chosen[word] = len(matches[word])
        ids.update(dict.fromkeys(matches[word]))
    return ranking.bm25(chosen, passages.texts(ids), chosen, passages.count())


def _apart(hits: Sequence[Found], limit: int) -> list[Passage]:
    """The first hits as passages that share nothing: where two do, the later in the conversation gives way.

    It gives up the turn it repeats; where that is not enough, the hit of lower rank is left out.
    """
    kept = list[tuple[Row, Passage]]()
    for hit in hits:
        if len(kept) == limit:
            break
        row, score = hit.row, _cosine(hit.similarity)
        passage = passage_of(row, score)
        for place, (other_row, other) in enumerate(kept):
            if not passage.overlaps(other):
                continue
            if (passage.from_turn, passage.from_char) > (other.from_turn, other.from_char):
                row = without_lead(row) or row
                passage = passage_of(row, score)
            elif shorter := without_lead(other_row):
                kept[place] = shorter, passage_of(shorter, other.score)
        if not any(passage.overlaps(other) for _, other in kept):
            kept.append((row, passage))
    return [passage for _, passage in kept]


def _cosine(value: float) -> float:
    return max(-1.0, min(1.0, value)) if math.isfinite(value) else 0.0
