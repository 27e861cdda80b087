"""What holds for every format that can be read: none is left out, as each has a writer in ``writers_every.py``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from checks import assert_accounted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers import Turn, Writer, expected, long_talk, moment, talks, weight, words_in
from writers_every import WRITERS

from extractor.sources import Reading, read_source
from extractor.sources.registry import EVERY

HERE = Path(__file__).resolve().parent
SOAK = bool(os.environ.get("DECISIONS_SOAK"))

thorough = settings(
    max_examples=300 if SOAK else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_there_is_a_writer_for_every_format_and_for_nothing_else() -> None:
    assert {writer.format for writer in WRITERS.values()} == {known.name for known in EVERY}


@pytest.mark.parametrize("name", WRITERS)
@thorough
@given(data=st.data())
def test_a_conversation_is_found_out_and_reads_back_the_same(name: str, data: st.DataObject) -> None:
    writer = WRITERS[name]
    talk = data.draw(talks(writer))
    times = writer.clock(talk)
    written = writer.write(talk, times)
    with tempfile.TemporaryDirectory() as folder:
        path = saved(written, Path(folder) / "export")
        reading, again = read_source(str(path)), read_source(str(path))
    assert reading.format == writer.format
    assert_same(reading, expected(writer, talk, times), writer)
    assert_words_are_the_files(reading, words_in(writer, written))
    assert reading.error is None
    assert_accounted(reading, writer.characters(written) if writer.characters and isinstance(written, bytes) else None)
    assert reading == again


def saved(written: bytes | dict[str, bytes], path: Path) -> Path:
    """Write a file, or a folder of files, under a name that says nothing of its format."""
    for name, content in written.items() if isinstance(written, dict) else [("", written)]:
        file = path / name if name else path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


def assert_same(reading: Reading, wanted: list[Turn], writer: Writer) -> None:
    """The turns are those that were written: who says what, and when."""
    (conversation,) = reading.conversations
    found = [
        Turn(
            conversation.name_of(turn.speaker),
            turn.text,
            None if not writer.times
            else turn.start if writer.times == "start"
            else turn.sent_at and (turn.sent_at.replace(tzinfo=None) - moment(0).replace(tzinfo=None)).total_seconds(),
        )
        for turn in conversation.turns
    ]  # fmt: skip
    if not writer.voiced:
        assert {turn.speaker for turn in found} == {None}
        assert " ".join(turn.text for turn in found) == " ".join(turn.text for turn in wanted)
        assert found[0].time == wanted[0].time
        assert {turn.time for turn in found} <= {turn.time for turn in wanted}
    else:
        assert found == wanted


def assert_words_are_the_files(reading: Reading, words: list[str]) -> None:
    """Every word of a turn stands in the file, and none more often than there."""
    said = Counter(word for each in reading.conversations for turn in each.turns for word in turn.text.split())
    assert not said - Counter(words)


# Large files

LARGE = 20_000_000 if SOAK else 1_000_000
LARGEST = list(WRITERS if SOAK else {writer.format: name for name, writer in reversed(WRITERS.items())}.values())
WORST_RATIO = 10
"""How much longer four times as much may take: 4 where the time is linear, 16 where it is quadratic."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[..., dict[str, Any]]]:
    """Reads files in a process that has done nothing else, each in a fork of it with a limit of its memory."""
    command = [sys.executable, str(HERE / "writers_limits.py")]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def read(**question: Any) -> dict[str, Any]:
            stdin.write(json.dumps(question) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline())
            return answer

        yield read
        stdin.close()


@pytest.mark.parametrize("name", LARGEST)
def test_a_large_file_is_read_in_memory_and_time_that_grow_with_it_alone(
    name: str, tmp_path: Path, reader: Callable[..., dict[str, Any]]
) -> None:
    writer = WRITERS[name]
    sizes = (min(LARGE, writer.most_bytes) // 4, min(LARGE, writer.most_bytes))
    files = [large(writer, size) for size in sizes]
    small, much = (str(saved(each, tmp_path / f"export{number}")) for number, each in enumerate(files))
    found = reader(small=small, large=much, size=weight(files[1]), worst=WORST_RATIO)
    assert found.get("failure") is None, found["failure"]
    assert found["format"] == writer.format
    assert found["ratio"] <= WORST_RATIO


def large(writer: Writer, size: int) -> bytes | dict[str, bytes]:
    """A conversation written out in about ``size`` bytes."""
    sample = long_talk(writer, size // 64)
    share = size / 64 / weight(writer.write(sample, writer.clock(sample)))
    talk = long_talk(writer, int(size * share))
    return writer.write(talk, writer.clock(talk))
