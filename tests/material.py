"""The project's own labelled conversations as source files, for tests of what reads, keeps and follows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
FIXTURES = REPO / "tests" / "sources" / "fixtures"
EXAMPLES = REPO / "evals" / "examples"
SERIES = REPO / "evals" / "links" / "series"


def labelled(folder: Path = EXAMPLES) -> Iterator[dict[str, Any]]:
    """The labelled conversations of a folder, by name."""
    for file in sorted(folder.glob("*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def as_vtt(conversation: dict[str, Any], turns: slice = slice(None)) -> str:
    """A conversation as the captions of a recording: one cue a turn, with its speaker."""
    lines = ["WEBVTT", ""]
    clock = 0.0
    for turn in conversation["turns"]:
        start = turn["start"] if isinstance(turn.get("start"), int | float) else clock
        end = turn["end"] if isinstance(turn.get("end"), int | float) else start + max(2.0, len(turn["text"]) / 15)
        clock = max(clock, end)
        turn["cue"] = f"{_stamp(start)} --> {_stamp(end)}"
    for turn in conversation["turns"][turns]:
        said = " ".join(turn["text"].split())
        lines += [turn["cue"], f"<v {turn['speaker'] or 'Unknown'}>{said}</v>", ""]
    return "\n".join(lines)


def write_sources(folder: Path, how_many: int, *, prefix: str = "") -> list[Path]:
    """So many of the examples as files; further ones are the first again, under other speakers' names."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [*labelled(), *labelled(SERIES)]
    files = []
    for number in range(how_many):
        row = rows[number % len(rows)]
        copy = number // len(rows)
        conversation = json.loads(json.dumps(row["conversation"]))
        if copy:
            for turn in conversation["turns"]:
                turn["text"] = f"{turn['text']} Take {copy}."
        day = str(conversation.get("started_at") or "2026-03-02")[:10]
        file = folder / f"{prefix}{row['id']}-{copy}-{day}.vtt" if copy else folder / f"{prefix}{row['id']}-{day}.vtt"
        file.write_text(as_vtt(conversation), encoding="utf-8")
        files.append(file)
    return files


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02d}:{minutes:02d}:{rest:06.3f}"
