"""Passages of conversations, found again by meaning and by word. A cache over chromadb: it can always be made again.

chromadb writes its vector files in place, without a journal. Measured on 1.5.9: a disk that fills up while they are
written leaves a collection that never opens again, and two processes that keep one open damage it for good. So a store,
once published, is never written: a change is made to a copy, the copy is flushed to disk, and one rename makes it the
current one. Whatever stops a change half way, a full disk or a killed process, the index is what it was before.
"""

from extractor.index.model import Added, IndexStatus, Passage
from extractor.index.passages import PassageIndex

__all__ = ["Added", "IndexStatus", "Passage", "PassageIndex"]
