"""The labelled conversations, read into what the engine itself reads."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.engines.local.segments import Script, script_of

TRAIN_FILES = ("ami.train", "icsi.train", "tc39.train")
DEV_FILES = ("ami.dev", "tc39.dev")
HELD_OUT_FILES = ("w3c.dev", "solid.dev", "ietf.dev")


@dataclass(frozen=True)
class Gold:
    """One labelled record: its wording, and the numbers of its evidence turns where they were annotated."""

    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True)
class Example:
    """A labelled conversation. ``linked`` is whether evidence was annotated; ``complete`` as in the data's README."""

    id: str
    dataset: str
    series: str
    conversation: Conversation
    script: Script
    linked: bool
    complete: frozenset[str]
    gold: dict[str, list[Gold]] = field(default_factory=dict)


def file_of(data: Path, name: str) -> Path:
    """The path of a labelled set such as ``ami.train``."""
    return data / f"{name}.jsonl.gz"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load(path: Path) -> list[Example]:
    """All conversations of one file, in its order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [example_of(json.loads(line)) for line in lines]


def conversation_of(row: dict[str, Any]) -> Conversation:
    """A labelled row's conversation as the engine would get it from a reader."""
    source = row["conversation"]
    speakers = dict.fromkeys(turn["speaker"] for turn in source["turns"] if turn.get("speaker"))
    kind = source["kind"]
    turns = tuple(
        Turn(
            index=number,
            speaker=turn.get("speaker") or None,
            text=turn["text"],
            kind="message" if kind == "thread" else "speech",
            start=turn.get("start"),
            end=turn.get("end"),
        )
        for number, turn in enumerate(source["turns"])
    )
    used = sum(len(turn.text) for turn in turns)
    return Conversation(
        id=str(row["id"]),
        kind=kind,
        title=source.get("title") or "",
        source=str(row["id"]),
        participants=tuple(Participant(id=name, name=name) for name in speakers),
        turns=turns,
        coverage=Coverage.of(used, {}),
    )


def example_of(row: dict[str, Any]) -> Example:
    """A labelled row, read."""
    conversation = conversation_of(row)
    gold = {
        kind: [Gold(entry["text"], tuple(_turns(entry))) for entry in row["gold"].get(kind, [])]
        for kind in ("decisions", "action_items", "problems")
    }
    questions = [issue for issue in row.get("issues", []) if issue.get("kind") == "OIS"]
    gold["questions"] = [Gold(entry["text"], tuple(_turns(entry))) for entry in questions]
    return Example(
        id=str(row["id"]),
        dataset=row["dataset"],
        series=str(row["series"]),
        conversation=conversation,
        script=script_of(conversation),
        linked=bool(row.get("linked")),
        complete=frozenset(row.get("complete", [])),
        gold=gold,
    )


def _turns(entry: dict[str, Any]) -> list[int]:
    return [item["turn"] if isinstance(item, dict) else int(item) for item in entry.get("evidence") or []]
