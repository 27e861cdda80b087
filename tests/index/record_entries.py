"""What the tests of the index of records share, and what they run in processes of their own.

python record_entries.py apply FOLDER PREFIX COUNT GROUP [MOST]   apply COUNT entries, GROUP at a time; one line each
python record_entries.py replace FOLDER PREFIX COUNT              replace everything by COUNT entries
python record_entries.py read FOLDER                              keep a session open; a line in, the count out
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.index import Entry, RecordIndex, records

TYPES = ("decision", "action_item", "open_question")
DIMENSION = 32


def index_in(folder: Path, embedder: str = "hash-v1", **options: object) -> RecordIndex:
    return RecordIndex(folder, embedder, DIMENSION, **options)


def vector(key: str) -> NDArray[np.float32]:
    """A vector of length 1, always the same for a key."""
    made = np.random.default_rng(list(key.encode())).normal(size=DIMENSION).astype(np.float32)
    return made / np.linalg.norm(made)


def entry(key: str, like: str | None = None, type: str = "decision") -> Entry:
    return Entry(key, vector(like or key), type)


def entries(prefix: str, count: int, start: int = 0) -> list[Entry]:
    """Entries named PREFIX-number, of the three types in turn."""
    return [entry(f"{prefix}-{n}", type=TYPES[n % 3]) for n in range(start, start + count)]


def own(index: RecordIndex, keys: Iterable[str]) -> list[str | None]:
    """What is found first for the vector of each key."""
    keys = list(keys)
    return [hits[0][0] if hits else None for hits in index.nearest(np.stack([vector(key) for key in keys]), 1)]


def spawn_records(*arguments: object) -> subprocess.Popen[str]:
    """This file as a program of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def main(command: str, folder: str, *rest: str) -> None:
    index = index_in(Path(folder))
    if command == "apply":
        prefix, count, group, *most = rest
        records.MOST = int(most[0]) if most else records.MOST
        print("ready", flush=True)
        for start in range(0, int(count), int(group)):
            index.apply(entries(prefix, int(group), start), [])
            print(start, flush=True)
    elif command == "replace":
        prefix, count = rest
        print("ready", flush=True)
        index.replace_all(entries(prefix, int(count)))
        print("done", flush=True)
        sys.stdin.read()
    else:
        with index.session() as session:
            print(len(session.ids()), flush=True)
            for _ in sys.stdin:
                print(len(session.ids()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
