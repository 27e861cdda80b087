"""What the tests of the index share, and what they run in processes of their own.

python test_index_support.py add FOLDER PREFIX COUNT [GROUP]     add COUNT small conversations
python test_index_support.py hold FOLDER                         hold the lock until standard input ends
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import math
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.index import PassageIndex, passages, ranking


class HashEmbedder:
    """Vectors from hashes of words: the same text has the same vector, like texts have like ones. Counts its calls."""

    def __init__(self, name: str = "hash-v1", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.max_tokens = 64
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded.extend(texts)
        vectors = [sum((self._of(word) for word in re.findall(r"\w+", text.lower())), self._of("")) for text in texts]
        return np.array([vector / np.linalg.norm(vector) for vector in vectors], np.float32).reshape(-1, self.dimension)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [2 + sum(math.ceil(len(run) / 4) for run in re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def _of(self, word: str) -> NDArray[np.float64]:
        return _hashed(word, self.dimension)


@functools.cache
def _hashed(word: str, dimension: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimension)


def talk(key: str, *turns: tuple[str, str], title: str = "Weekly", source: str = "weekly.vtt") -> Conversation:
    """A meeting of (speaker, text) pairs, ten seconds a turn."""
    length = sum(len(text) for _, text in turns)
    return Conversation(
        id=key,
        kind="meeting",
        title=title,
        source=source,
        participants=tuple(Participant(id=name, name=name) for name in dict.fromkeys(name for name, _ in turns)),
        turns=tuple(
            Turn(index=index, speaker=name, text=text, start=10.0 * index) for index, (name, text) in enumerate(turns)
        ),
        coverage=Coverage(characters=length, used=length),
    )


def talks(prefix: str, count: int) -> list[Conversation]:
    """Conversations of one passage each; the word ``PREFIXnumber`` is in the text of that one only."""
    texts = (f"Topic {letters(prefix, n)} was closed. " + "filler " * 12 for n in range(count))
    return [talk(f"{prefix}-{n}", ("Ana", text)) for n, text in enumerate(texts)]


def letters(prefix: str, number: int) -> str:
    """A word without digits for a number."""
    return prefix + "".join("abcdefghij"[int(digit)] for digit in str(number))


def spawn(*arguments: object) -> subprocess.Popen[str]:
    """This file as a program of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """An empty file system of one megabyte."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if sys.platform != "linux" or not shutil.which("mount"):
        pytest.skip("no small file system can be made here: Linux only")
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small file system can be made here: {done.stderr.strip()}")
    yield place
    for _ in range(50):
        if subprocess.run(["umount", str(place)], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def resize(disk: Path, kilobytes: int) -> None:
    """Make a small disk larger or smaller."""
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(disk)], check=True)


def fill(ballast: Path) -> None:
    """Write until the disk is full."""
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"0" * 4096)


def files_with(folder: Path, needle: bytes) -> list[str]:
    """Names of the files in a folder that hold these bytes, or have them in their own name."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if needle in str(file).encode() or (file.is_file() and needle in file.read_bytes())
    ]


def assert_complete(index: PassageIndex, expected: Sequence[Conversation]) -> None:
    """The index is sound and holds the expected one-passage conversations, each once, each found by its own words."""
    status = index.check()
    assert (status.passages, status.conversations) == (len(expected), len(expected))
    for conversation in expected[:: max(1, len(expected) // 12)]:
        topic = " ".join(conversation.turns[0].text.split()[:2])
        assert index.search(topic, limit=1)[0].conversation_id == conversation.id


def main(command: str, folder: str, *rest: str) -> None:
    """Run a command of the module's description."""
    if command == "add":
        prefix, count, *group = rest
        if group:
            passages.GROUP = int(group[0])
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        print(PassageIndex(Path(folder), HashEmbedder()).add(talks(prefix, int(count))).model_dump_json())
    else:
        from extractor.index.lock import held

        with held(Path(folder), "add to the index", 10):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])


def test_a_question_is_asked_by_its_subject_words_and_by_all_where_it_has_no_others():
    assert ranking.subject_words("Which price was the price we chose?") == ["price", "chose"]
    assert ranking.subject_words("What is it?") == ["what", "is", "it"]
