"""Damaged files, ours and real ones: a conversation or an error that says what is wrong, in bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from material import FIXTURES

HERE = Path(__file__).parent
REPO = HERE.parent.parent
SOAK = bool(os.environ.get("DECISIONS_SOAK"))
MUTANTS = 200 if SOAK else 6
PARTS = 6


def read_mutants(files: list[Path]) -> dict[str, object]:
    """What became of the mutants of ``files``, which are read in a process of its own."""
    command = [sys.executable, str(HERE / "fuzzing.py"), "--mutants", str(MUTANTS), *map(str, files)]
    path = os.pathsep.join((str(REPO), str(HERE)))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path})
    assert done.stdout, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def check(files: list[Path], record: object) -> None:
    found = read_mutants(files)
    print(f"{found['mutants']} mutants of {len(files)} files: {found['conversations']} conversations, "
          f"{found['errors']} errors, the slowest {found['slowest']} s")  # fmt: skip
    assert found["failures"] == []
    assert found["mutants"] == MUTANTS * len(files)
    record("mutants", found["mutants"])  # type: ignore[operator]


def test_a_damaged_file_of_ours_is_a_conversation_or_an_error(record_property: object) -> None:
    check(sorted(path for path in FIXTURES.rglob("*") if path.is_file()), record_property)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_real_file_is_a_conversation_or_an_error(
    part: int, real_files: Path, record_property: object
) -> None:
    folders = (real_files / "formats", real_files / "meetings")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != "SOURCE")
    check(files[part::PARTS], record_property)
