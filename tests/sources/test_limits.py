"""Sources that are large, deep or hostile: a conversation or a clear error, in memory that grows with the file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractor.errors import SourceError
from extractor.reports.accounts import as_markdown, rows_of
from extractor.sources import Reading, read_source, reading

REPO = Path(__file__).resolve().parents[2]
CUES = 1_000_000 if os.environ.get("DECISIONS_SOAK") else 100_000
MULTIPLE = 40
"""Bytes of memory that reading a text may take for each of its bytes, on top of what the process has before."""

READ = """
import resource, sys
from pathlib import Path
from extractor.sources import read_source
page, before = resource.getpagesize(), Path("/proc/self/statm")
used = int(before.read_text().split()[0]) * page
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]) * size + 64 * 1024 * 1024,) * 2)
found = read_source(sys.argv[1])
print(sum(len(each.turns) for each in found.conversations), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def cues(number: int) -> Iterator[str]:
    yield "WEBVTT\n\n"
    for index in range(number):
        hour, minute, second = index // 3600, index // 60 % 60, index % 60
        time = f"{hour:02}:{minute:02}:{second:02}"
        said = f"Speaker {index // 10 % 7}: we take the train number {index}."
        yield f"{index + 1}\n{time}.000 --> {time}.900\n{said}\n\n"


def lines(number: int) -> Iterator[str]:
    for index in range(number):
        yield f"Speaker {index // 3 % 7}: we take the train number {index}.\n"


@pytest.mark.parametrize(
    ("name", "make", "turns"),
    [("long.vtt", cues, CUES // 10), ("long.txt", lines, CUES // 3)],
)
def test_a_very_long_transcript_is_read_in_memory_that_grows_with_it_alone(
    tmp_path: Path, name: str, make: Callable[[int], Iterator[str]], turns: int
) -> None:
    path = tmp_path / name
    with path.open("w") as file:
        file.writelines(make(CUES))
    command = [sys.executable, "-c", READ, str(path), str(MULTIPLE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPO)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[0]) in (turns, turns + 1)


def test_a_line_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(SourceError, match=r"larger than 512 MB\. Split"):
        read_source(str(path))


def test_input_that_never_ends_is_refused_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_SOURCE_BYTES", 10_000_000)
    with pytest.raises(SourceError, match="larger than 9 MB"):
        read_source("/dev/zero")


UNITS = ("a", " ", ":", "[", "{", "(", "*", "<", ">", "-->", "Ana: ", "&amp;", "\u202e", "0:0", "\u00a0", "1,", "\\")
DEEP = ("[" * 200_000, '{"a":' * 200_000, "[" * 500 + "]" * 500, '{"messages":' * 900 + "1" + "}" * 900)


@pytest.mark.parametrize("name", ["a.txt", "a.vtt", "a.json", "a.eml"])
@pytest.mark.parametrize("unit", UNITS)
def test_one_line_of_the_same_over_and_over_is_read_or_refused_at_once(
    read: Callable[..., Reading], name: str, unit: str
) -> None:
    said = "Something was read."
    try:
        read("Ana: yes.\nBen: no.\n" + unit * (2_000_000 // len(unit)), name)
    except SourceError as error:
        said = str(error)
    assert said.endswith(".")


@pytest.mark.parametrize("content", DEEP)
def test_json_nested_too_deeply_is_an_error_that_says_so(read: Callable[..., Reading], content: str) -> None:
    with pytest.raises(SourceError, match=r"nested too deeply|damaged|no known shape|no format"):
        read(content, "deep.json")


def test_marks_that_reorder_a_line_are_kept_in_the_words_and_shown_as_replaced(read: Callable[..., Reading]) -> None:
    found = read("Ana \u202eiL: Yes, \u2066we\u2069 do.\nBen: \ufffd No.\nAna \u202eiL: Fine.\nBen: Fine.\n", "a.txt")
    (conversation,) = found.conversations
    assert "\u2066we\u2069" in conversation.turns[0].text
    assert not set("\u202e\u2066\u2069") & set(as_markdown(rows_of([found])))


def test_halves_of_surrogate_pairs_become_replacement_characters(read: Callable[..., Reading]) -> None:
    found = read('{"text": "Yes \\ud83d.", "segments": [{"start": 0, "end": 1, "text": "Yes \\ud83d."}]}', "a.json")
    assert found.conversations[0].turns[0].text == "Yes \ufffd."
