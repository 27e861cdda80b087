"""What a flag says of a file later reaches what the log has of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

TALK = (
    "Ada Quist: Welcome everybody.\nMei-Lin Zhao: I propose we repair the crane before week ten.\n"
    "Ada Quist: We decided to repair the crane before week ten. Agreed?\nBo Tarn: Agreed.\n"
    "Mei-Lin Zhao: I will write to the office about the crane.\n"
)


def listed(decisions: Callable, *arguments: str) -> list[dict]:
    done = decisions("list", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["records"]


def test_a_day_that_is_told_later_reaches_the_records_that_are_there(decisions: Callable, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    assert decisions("add", file).returncode == 0
    before = {one["id"]: one["said_on"] for one in listed(decisions)}
    assert before
    assert set(before.values()) == {None}
    assert decisions("review", "approve", next(iter(before)), "--as", "Ada Quist").returncode == 0
    assert decisions("add", file, "--started-at", "2026-06-01").returncode == 0
    assert {one["id"]: one["said_on"] for one in listed(decisions)} == dict.fromkeys(before, "2026-06-01")
    assert decisions("log", "verify").returncode == 0


def test_the_beginning_of_a_name_finds_its_owner(decisions: Callable, tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(TALK)
    assert decisions("add", file).returncode == 0
    assert listed(decisions, "--owner", "mei")
