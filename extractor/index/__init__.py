"""Passages of conversations and records of the log, found again by meaning. A cache: it can always be made again.

chromadb writes its vector files in place, without a journal. Measured on 1.5.9: a disk that fills up while they are
written leaves a collection that never opens again, and two processes that keep one open damage it for good. So a store,
once published, is never written: a change is made to a copy, the copy is flushed to disk, and one rename makes it the
current one. Whatever stops a change half way, a full disk or a killed process, the index is what it was before.

A copy costs as much as the whole. So the index of records keeps the latest changes in a small file beside the store,
published by the same rename, and makes a copy only when they have become many.
"""

from extractor.index.model import Added, Entry, IndexStatus, Passage, RecordStatus
from extractor.index.passages import PassageIndex
from extractor.index.records import RecordIndex, RecordSession

__all__ = ["Added", "Entry", "IndexStatus", "Passage", "PassageIndex", "RecordIndex", "RecordSession", "RecordStatus"]
