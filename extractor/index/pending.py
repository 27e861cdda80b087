"""Changes to an index of records that are not in chromadb yet: few, in one small file, searched one by one.

A change to chromadb's files costs a copy of them all; a change here costs a file of at most ``MOST`` rows.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.index import store
from extractor.index.collection import Near
from extractor.index.model import Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 2000
"""Changes that may wait.

Merging them costs a copy of the store: 6 s with 100,000 records, that is 3 ms a change. Looking through this many takes
no longer than a query of chromadb does.
"""


@dataclass(frozen=True, eq=False)
class Pending:
    """Entries that count instead of what the store holds under their ids, and ids of which it counts none."""

    entries: dict[str, Entry]
    gone: frozenset[str]

    @classmethod
    def none(cls) -> Pending:
        """Nothing is pending."""
        return cls({}, frozenset())

    @classmethod
    def load(cls, path: Path) -> Pending:
        """What a file holds; raises OSError, ValueError, KeyError, EOFError or zipfile.BadZipFile."""
        import numpy as np

        with np.load(path, allow_pickle=False) as file:
            ids, types, gone = ([text.decode() for text in file[name].tolist()] for name in ("ids", "types", "gone"))
            rows = zip(ids, file["vectors"], types, strict=True)
            return cls({key: Entry(key, vector, kind) for key, vector, kind in rows}, frozenset(gone))

    def save(self, path: Path) -> None:
        """Write to a file that is not there yet."""
        import numpy as np

        entries = list(self.entries.values())
        with path.open("xb") as file:
            np.savez(
                file,
                ids=np.array([entry.id.encode() for entry in entries], np.bytes_),
                types=np.array([entry.type.encode() for entry in entries], np.bytes_),
                vectors=np.array([entry.vector for entry in entries], np.float32),
                gone=np.array([key.encode() for key in sorted(self.gone)], np.bytes_),
            )

    def __len__(self) -> int:
        return len(self.entries) + len(self.gone)

    def covers(self, key: str) -> bool:
        """Whether what the store holds under this id does not count."""
        return key in self.entries or key in self.gone

    def after(self, upserts: Mapping[str, Entry], deletes: Set[str]) -> Pending:
        """What is pending after a change, in which no id is to be both; ``self`` where nothing changes."""
        new = {key: entry for key, entry in upserts.items() if not _same(self.entries.get(key), entry)}
        if not new and deletes <= self.gone:
            return self
        kept = {key: entry for key, entry in self.entries.items() if key not in deletes}
        return Pending({**kept, **new}, (self.gone | deletes) - new.keys())

    def nearest(self, vectors: NDArray[np.float32], limit: int, types: Sequence[str] | None) -> list[list[Near]]:
        """For each vector, of length 1, the entries most similar to it, best first."""
        import numpy as np

        entries = [entry for entry in self.entries.values() if types is None or entry.type in types]
        if not entries:
            return [[] for _ in vectors]
        similarities = vectors @ unit(np.stack([entry.vector for entry in entries])).T
        return [
            [Near(entries[n].id, entries[n].type, float(row[n])) for n in np.argsort(-row, kind="stable")[:limit]]
            for row in similarities
        ]


def pending_of(folder: Path, found: store.Store | None) -> Pending:
    """What is pending for a store in ``folder``; raises IndexDamagedError where its file cannot be read."""
    if found is None or found.pending is None:
        return Pending.none()
    try:
        return Pending.load(found.pending)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise store.damaged(folder, f"{found.pending.name} is not readable ({error})") from error


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors, a row each, at length 1; a vector of nothing but zeros stays as it is."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _same(one: Entry | None, other: Entry) -> bool:
    import numpy as np

    return one is not None and one.type == other.type and np.array_equal(one.vector, other.vector)
