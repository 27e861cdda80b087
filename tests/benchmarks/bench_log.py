"""The log with 1,000, 10,000 and 100,000 decisions: how long each operation takes, and how that grows.

    python tests/benchmarks/bench_log.py [--most 100000] [--rounds 15] [--postgresql]

Medians and 95th percentiles in milliseconds, and the exponent b of time = a * n^b between the smallest and the largest
log. Vectors are sums of word vectors drawn by chance, so that records with words in common are near: what is measured
is the log and the index, not the embedding model, which costs the same whatever the size of the log.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.index import PassageIndex, RecordIndex
from extractor.linking.by_features import FeatureJudge
from extractor.linking.candidates import POOL, candidates, side_of, vectors_of
from extractor.log import searching
from extractor.log.history import chain_of
from extractor.log.intake import Proposal, propose
from extractor.log.listing import Filter, listed
from extractor.log.sources import seen_sources
from extractor.log.store import Log
from extractor.log.views import conversation_by_id, links_of, records_by_id
from extractor.mirroring import Mirror
from extractor.records import ConversationHeader, ConversationRecords, Decision, EngineInfo, Evidence, record_id

SIZES = (1_000, 10_000, 100_000)
A_MEETING = 10
ENGINE = EngineInfo(name="bench", model="bench", version="1", leaves_machine=False)
PEOPLE = tuple(f"Person {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")


class WordVectors:
    """An embedder for the bench: a text is the sum of its words."""

    name, dimension, max_tokens = "bench", 384, 256

    def __init__(self) -> None:
        self._words: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = [sum((self._word(word) for word in text.lower().split()), np.zeros(self.dimension)) for text in texts]
        found = np.array(rows, np.float32).reshape(len(texts), self.dimension)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _word(self, word: str) -> np.ndarray:
        if word not in self._words:
            seed = int.from_bytes(word.encode()[:8].ljust(8, b"\0"), "big") % 2**32
            self._words[word] = np.random.default_rng(seed).standard_normal(self.dimension)
        return self._words[word]


class Text:
    """Sentences with the word frequencies of speech: a few words very often, most of them hardly ever."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        letters = "bcdfghklmnprstvz"
        self._words = sorted(
            {a + v + b + w for a in letters for v in "aeiou" for b in letters for w in ("", "er", "on")}
        )
        self._chance.shuffle(self._words)
        self._weights = [1.0 / (rank + 10) for rank in range(len(self._words))]

    def sentence(self, words: int = 14) -> str:
        return " ".join(self._chance.choices(self._words, self._weights, k=words)).capitalize() + "."


def meeting(number: int, text: Text) -> tuple[Conversation, ConversationRecords]:
    """A meeting with ten decisions."""
    name, day = f"meeting-{number}", dt.date(2016, 1, 1) + dt.timedelta(days=number % 3650)
    people = tuple(Participant(id=one.lower().replace(" ", "-"), name=one) for one in PEOPLE[number % 15 :][:5])
    said = [text.sentence() for _ in range(A_MEETING * 3)]
    turns = tuple(
        Turn(index=place, speaker=people[place % len(people)].id, text=one, start=float(place * 10))
        for place, one in enumerate(said)
    )
    characters = sum(map(len, said))
    conversation = Conversation(
        id=name,
        kind="meeting",
        title=f"Series {number % 50} {day}",
        source=f"{name}.vtt",
        started_at=day,
        participants=people,
        turns=turns,
        coverage=Coverage(characters=characters, used=characters),
    )
    decisions = []
    for place in range(0, len(turns), 3):
        turn = turns[place]
        quote = Evidence(
            role="accepted", turn=place, quote=turn.text, start_char=0, end_char=len(turn.text), speaker=turn.speaker
        )
        decisions.append(
            Decision(
                id=record_id(name, "decision", quote, 0),
                statement=turn.text,
                statement_source="quoted",
                status="decided",
                owners=(people[place % 5].id,) if place % 2 else (),
                decided_by=(people[0].id,),
                confidence=0.5,
                evidence=(quote,),
            )
        )
    header = ConversationHeader(
        id=name,
        kind="meeting",
        title=conversation.title,
        source=conversation.source,
        started_at=day,
        turns=len(turns),
        participants=people,
    )
    return conversation, ConversationRecords(
        conversation=header, decisions=tuple(decisions), coverage=conversation.coverage
    )


def fill(log: Log, upto: int, have: int, embedder: WordVectors, text: Text) -> None:
    """Adds meetings until there are ``upto`` decisions, fifty meetings a transaction; none waits to be linked."""
    for start in range(have // A_MEETING, upto // A_MEETING, 50):
        with log.write() as tx:
            for number in range(start, min(start + 50, upto // A_MEETING)):
                conversation, records = meeting(number, text)
                propose(tx, Proposal(conversation, records, ENGINE, f"bench:{number}"), embedder)
            tx.connection.exec_driver_sql("DELETE FROM outbox WHERE kind IN ('linking', 'conversation')")


class Bench:
    """One log with its index, and the operations on it."""

    def __init__(self, folder: Path, url: str | None, embedder: WordVectors) -> None:
        self.log = Log.open(folder, url)
        self.embedder = embedder
        self.text = Text(1)
        self.chance = random.Random(2)
        self.records = RecordIndex(folder / "records", embedder.name, embedder.dimension)
        passages = PassageIndex(folder / "passages", embedder)
        self.mirror = Mirror(self.log, self.records, passages, embedder)
        self._open = contextlib.ExitStack()
        with self.log.read() as connection:
            self.size = int(connection.exec_driver_sql("SELECT count(*) FROM records").scalar_one())
        self.extra = 10_000_000 + self.size

    def grow(self, size: int) -> None:
        if self.size < size:
            fill(self.log, size, self.size, self.embedder, self.text)
            self.size = size
        self.mirror.follow()
        if self.log.database.dialect == "postgresql":  # what autovacuum does on a server that is not thrown away
            with self.log.database.outside() as connection:
                connection.exec_driver_sql("ANALYZE")
        began = time.perf_counter()
        self.session = self._open.enter_context(self.records.session())
        self.session.nearest(self.embedder.embed([self.text.sentence()]), POOL)
        self.opened_ms = (time.perf_counter() - began) * 1000

    def add(self) -> None:
        """One meeting of ten decisions, proposed and in the index of records."""
        self.extra += 1
        conversation, records = meeting(self.extra, self.text)
        with self.log.write() as tx:
            propose(tx, Proposal(conversation, records, ENGINE, f"bench:{self.extra}"), self.embedder)
            tx.connection.exec_driver_sql("DELETE FROM outbox WHERE kind = 'conversation'")
        self.mirror.follow()

    def list_proposed(self) -> None:
        with self.log.read() as connection:
            listed(connection, Filter(states=("proposed",)), 50)

    def list_owner(self) -> None:
        with self.log.read() as connection:
            listed(connection, Filter(owner="Person C", since=dt.date(2020, 1, 1)), 50)

    def search(self) -> None:
        question = self.text.sentence(6)
        with self.log.read() as connection:
            words = searching.by_words(connection, question, 50, any_rank=True)
            near = self.session.nearest(self.embedder.embed([question]), 50)[0]
            fused = searching.fused([words, [name for name, _ in near]])
            records_by_id(connection, list(fused)[:10])

    def show(self) -> None:
        with self.log.read() as connection:
            name = self._any(connection)
            record = records_by_id(connection, [name])[name]
            conversation_by_id(connection, record.conversation)
            links_of(connection, [name])

    def history(self) -> None:
        with self.log.read() as connection:
            chain_of(connection, self._any(connection))

    def suggest(self) -> None:
        """Candidates of a new record and their judgement, the index being open, as it is for all records of a run."""
        with self.log.read() as connection:
            name = self._any(connection, newest=True)
            vector = vectors_of(connection, [name], self.embedder.name)[name]
            near = [one for one, _ in self.session.nearest(vector[None, :], POOL)[0]]
            record = records_by_id(connection, [name])[name]
            found = candidates(connection, record, near, self.embedder.name)
            JUDGE.judge(side_of(record), [one.side for one in found], [one.similarity for one in found])

    def nothing_new(self) -> None:
        """What a night without news asks of the log."""
        with self.log.read() as connection:
            seen_sources(connection)
        self.mirror.follow()

    def _any(self, connection: object, *, newest: bool = False) -> str:
        where = "WHERE seq > (SELECT max(seq) FROM records) - 200 " if newest else ""
        statement = f"SELECT id FROM records {where}ORDER BY seq LIMIT 1 OFFSET {self.chance.randrange(190)}"
        return str(connection.exec_driver_sql(statement).scalar())  # type: ignore[attr-defined]


JUDGE = FeatureJudge()
OPERATIONS = (
    "add",
    "list_proposed",
    "list_owner",
    "search",
    "show",
    "history",
    "suggest",
    "nothing_new",
)


def measured(operation: Callable[[], None], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, after one round that does not count."""
    operation()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        operation()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return statistics.median(times), times[min(len(times) - 1, math.ceil(0.95 * len(times)) - 1)]


@contextlib.contextmanager
def databases(postgresql: bool) -> Iterator[list[tuple[str, Callable[[], str | None]]]]:
    """Names, and what gives the URL of a new database of each."""
    if not postgresql:
        yield [("sqlite", lambda: None)]
        return
    import postgres

    with postgres.cluster() as cluster:
        yield [("sqlite", lambda: None), ("postgresql", cluster.new_database)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--postgresql", action="store_true", help="PostgreSQL too, in a cluster of its own")
    parser.add_argument("--folder", type=Path, help="keep the SQLite logs here, and use those that are here")
    given = parser.parse_args()
    sizes = [size for size in SIZES if size <= given.most]
    with databases(given.postgresql) as found, tempfile.TemporaryDirectory() as folder:
        for name, new_url in found:
            embedder = WordVectors()
            logs = [Bench((given.folder or Path(folder)) / f"{name}-{size}", new_url(), embedder) for size in sizes]
            for size, bench in zip(sizes, logs, strict=True):
                began = time.perf_counter()
                bench.grow(size)
                print(f"{name}: {size:,} decisions, made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
            table = {
                operation: [measured(getattr(bench, operation), given.rounds) for bench in logs]
                for operation in OPERATIONS
            }
            show(name, sizes, table)
            opened = ", ".join(f"{bench.opened_ms:.0f}" for bench in logs)
            print(f"opening the index of records, which a process does once: {opened} ms")


def show(name: str, sizes: Sequence[int], table: dict[str, list[tuple[float, float]]]) -> None:
    print(f"\n{name:<14}" + "".join(f"{f'{size:,}':>18}" for size in sizes) + f"{'last/first':>12}{'exponent':>10}")
    for operation, times in table.items():
        ratio = times[-1][0] / times[0][0]
        exponent = math.log(ratio) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.0
        cells = "".join(f"{f'{median:.1f} ({p95:.1f})':>18}" for median, p95 in times)
        print(f"{operation:<14}{cells}{ratio:>12.2f}{exponent:>10.2f}")


if __name__ == "__main__":
    main()
