"""Many conversations out of the repository's examples, and the processes that Ray runs them in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from extractor.conversation import Conversation
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import conversation_of

EXAMPLES = Path(__file__).resolve().parents[2] / "evals" / "examples"
NAMES = "Adla Birk Cove Dunn Elke Fenn Gwil Hesk Ines Jory Kell Lund Mika Nell Orla Pyke Quin Rhys Sven Tove".split()


def copies(number: int) -> list[Conversation]:
    """``number`` conversations of the examples, again and again; every one has its own id and its own people."""
    examples = [conversation_of(row) for row in read_dataset(EXAMPLES).rows]
    return [_copy(talk, index) for index, talk in enumerate(islice(cycle(examples), number))]


def _copy(talk: Conversation, index: int) -> Conversation:
    people = tuple(
        person.model_copy(update={"name": f"{NAMES[(place + index) % len(NAMES)]} {person.name}"})
        for place, person in enumerate(talk.participants)
    )
    return talk.model_copy(update={"id": f"{talk.id}-{index}", "source": f"{index}.json", "participants": people})


def workers_of(driver: int) -> dict[int, str]:
    """The Ray workers, by process id, of the Ray that process ``driver`` started, and what they are at (Linux)."""
    parents, titles = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "status").read_text()
                titles[int(folder.name)] = (folder / "cmdline").read_bytes().split(b"\0")[0].decode()
            except OSError:
                continue
            found = re.search(r"^PPid:\t(\d+)", status, re.MULTILINE)
            assert found is not None
            parents[int(folder.name)] = int(found[1])
    ours = {pid for pid in parents if driver in _line_of(pid, parents)}
    return {pid: title for pid, title in titles.items() if pid in ours and re.match(r"ray::(IDLE|work|check)\b", title)}


def _line_of(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid := parents.get(pid, 0):
        yield pid


def at_work(driver: int) -> list[int]:
    """Those of them that have a conversation in hands."""
    return [pid for pid, title in workers_of(driver).items() if title.startswith("ray::work")]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def short(number: int) -> list[Conversation]:
    """The shortest of the first 48 copies."""
    return sorted(copies(48), key=lambda talk: (len(talk.turns), talk.id))[:number]


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors, its user time and its system time."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
