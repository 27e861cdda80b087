"""What safety and search by word cost: the index beside plain chromadb on the same vectors.

    python tests/benchmarks/bench_index.py [CHUNKS...]        1000 and 10000 when none are given

Vectors are made up, so the time of embedding is left out. Prints, for each size, rows a second of one ``add`` into an
empty index, of a small ``add`` into the full one, and milliseconds a search, each with its ratio to plain chromadb.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.index import PassageIndex
from extractor.index.client import opened
from extractor.index.collection import PASSAGES, batches

DIMENSION = 384
WORDS_A_CHUNK = 100
CHUNKS_A_TALK = 50
SMALL = 50
QUESTIONS = 50


class RandomVectors:
    """An embedder that costs next to nothing: a vector from the hash of the text, a token a word."""

    name = "random"
    dimension = DIMENSION
    max_tokens = WORDS_A_CHUNK + 8

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [1 + len(text.split()) for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
        return vector / np.linalg.norm(vector)


def vocabulary(size: int = 20_000) -> tuple[list[str], list[float]]:
    """Words, and how often they are used: as in real text, the n-th most common in proportion to 1/n."""
    letters = random.Random(1)
    words = ["".join(letters.choices("aeioulnrstdmpk", k=letters.randint(2, 9))) for _ in range(size)]
    return words, [1 / (rank + 1) for rank in range(size)]


def talks(prefix: str, chunks: int) -> list[Conversation]:
    """Conversations of one turn a chunk, each turn as long as the window takes."""
    words, weights = vocabulary()
    chance = random.Random(prefix)
    made = list[Conversation]()
    for start in range(0, chunks, CHUNKS_A_TALK):
        texts = [
            " ".join(chance.choices(words, weights, k=WORDS_A_CHUNK)) for _ in range(min(CHUNKS_A_TALK, chunks - start))
        ]
        length = sum(map(len, texts))
        made.append(
            Conversation(
                id=f"{prefix}-{start}",
                kind="meeting",
                title="Benchmark",
                source=f"{prefix}-{start}.vtt",
                participants=(Participant(id="ana", name="Ana"),),
                turns=tuple(Turn(index=n, speaker="ana", text=text, start=float(n)) for n, text in enumerate(texts)),
                coverage=Coverage(characters=length, used=length),
            )
        )
    return made


def seconds(work: Callable[[], Any]) -> float:
    """How long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def plain_upsert(folder: Path, index: PassageIndex, conversations: Sequence[Conversation]) -> float:
    """Seconds that chromadb takes to write the rows which the index would, in one open client."""
    rows = [row for rows in index._rows(conversations, None).values() for row in rows]
    vectors = dict(zip((row.id for row in rows), index.embedder.embed([row.text for row in rows]), strict=True))
    with opened(folder) as client:
        collection = PASSAGES.created(client, "passages-plain")
        return seconds(lambda: collection.write(rows, vectors))


def plain_query(folder: Path, questions: NDArray[np.float32]) -> float:
    """Median seconds of a query by vector, the store opened and closed for each as the index does."""

    def ask(vector: NDArray[np.float32]) -> None:
        with opened(folder) as client:
            PASSAGES.created(client, "passages-plain").nearest(vector, 10)

    return statistics.median(seconds(lambda v=vector: ask(v)) for vector in questions)


def measure(chunks: int, folder: Path) -> None:
    """Print the figures of one size."""
    embedder = RandomVectors()
    index = PassageIndex(folder / "index", embedder)
    many, few = talks("many", chunks), talks("few", SMALL)
    prepared = seconds(lambda: [embedder.embed(batch) for batch in batches(t.text for c in many for t in c.turns)])
    ours = seconds(lambda: index.add(many)) - prepared
    ours_small = seconds(lambda: index.add(few))
    plain = plain_upsert(folder / "plain", index, many)
    plain_small = plain_upsert(folder / "plain", index, few)
    words, weights = vocabulary()
    chance = random.Random(2)
    questions = [" ".join(chance.choices(words, weights, k=8)) for _ in range(QUESTIONS)]
    ours_search = statistics.median(seconds(lambda q=question: index.search(q)) for question in questions)
    plain_search = plain_query(folder / "plain", embedder.embed(questions))
    passages = index.check().passages - SMALL
    print(f"{passages:,} chunks of {WORDS_A_CHUNK} words, {DIMENSION} dimensions")
    for what, mine, theirs, rows in (
        ("add", ours, plain, passages),
        (f"add {SMALL} more", ours_small, plain_small, SMALL),
    ):
        print(f"  {what:12} {rows / mine:8,.0f} rows/s   chromadb {rows / theirs:8,.0f}   time x {mine / theirs:.2f}")
    ratio = ours_search / plain_search
    print(f"  {'search':12} {ours_search * 1e3:8.1f} ms       chromadb {plain_search * 1e3:8.1f}   time x {ratio:.2f}")


def main(arguments: Sequence[str]) -> None:
    """Measure every size asked for."""
    for chunks in [int(argument) for argument in arguments] or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(chunks, Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
