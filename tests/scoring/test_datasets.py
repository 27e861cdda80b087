"""Datasets are read as they are, and what is wrong in them is said."""

from __future__ import annotations

import gzip
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from scoring.oracle import EXAMPLES

from extractor.errors import DatasetError
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import Labelled, conversation_of
from extractor.scoring.validation import flaws_of


def row(name: str = "ferry-1", **more: Any) -> dict[str, Any]:
    turns = [{"speaker": "Ines", "text": "Bicycles go free, then."}, {"speaker": "Otto", "text": "Fine by me."}]
    gold = {"decisions": [{"text": "Bicycles go free.", "owner": "Ines", "evidence": [0]}]}
    talk = {"kind": "meeting", "title": "Ferry", "turns": turns}
    return {"id": name, "series": name, "conversation": talk, "gold": gold, "complete": ["decisions"]} | more


def written(folder: Path, *rows: Any, name: str = "toy.jsonl") -> Path:
    path = folder / name
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in rows)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["toy.jsonl", "toy.jsonl.gz"])
def test_a_dataset_is_lines_of_json(tmp_path: Path, name: str) -> None:
    data = read_dataset(written(tmp_path, row("a"), "", row("b"), name=name))
    assert data.name == "toy"
    assert [one.id for one in data.rows] == ["a", "b"]
    assert data.rows[0].gold.decisions[0].owner == ("Ines",)
    assert data.rows[0].gold.decisions[0].evidence[0].turn == 0


def test_a_folder_of_files_is_a_dataset(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(row("one"), indent=1))
    written(tmp_path, row("two"), row("three"), name="more.jsonl")
    assert [one.id for one in read_dataset(tmp_path).rows] == ["two", "three", "one"]


def test_a_line_that_is_no_conversation_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    data = read_dataset(written(tmp_path, row("a"), "{not json", {"id": "b"}, row("c")))
    assert [one.id for one in data.rows] == ["a", "c"]
    assert [flaw.place for flaw in data.flaws] == ["toy.jsonl, line 2", "toy.jsonl, line 3"]
    assert "conversation: field required" in str(data.flaws[1])


def test_a_line_ends_only_where_json_lines_end(tmp_path: Path) -> None:
    odd = row("a") | {"conversation": {"kind": "thread", "turns": [{"text": "one\u2028two\u0085three"}]}}
    path = tmp_path / "toy.jsonl"
    path.write_text(json.dumps(odd, ensure_ascii=False) + "\r\n" + json.dumps(row("b")), encoding="utf-8")
    data = read_dataset(path)
    assert [one.id for one in data.rows] == ["a", "b"]
    assert data.rows[0].conversation.turns[0].text == "one\u2028two\u0085three"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("gone.jsonl", None, "There is no dataset"),
        ("toy.txt", b"x", "no dataset by its name"),
        ("toy.jsonl", b"\n", "holds no labelled conversation"),
        ("toy.jsonl.gz", b"\x1f\x8b\x08junk", "is damaged"),
        ("toy.jsonl", b"\xff\xfe\x00", "is damaged"),
    ],
)
def test_what_is_no_dataset_is_refused(tmp_path: Path, name: str, data: bytes | None, says: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DatasetError, match=says):
        read_dataset(tmp_path / name)


def test_a_sample_is_the_same_every_time_and_holds_the_smaller_one(tmp_path: Path) -> None:
    data = read_dataset(written(tmp_path, *(row(f"m{n}") for n in range(40))))
    ten, twenty = ([one.id for one in data.part(sample=size)] for size in (10, 20))
    assert len(ten) == 10
    assert set(ten) < set(twenty)
    assert ten == [one.id for one in data.part(sample=10)]
    assert ten != [one.id for one in data.part(limit=10)]


def test_a_split_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    data = read_dataset(written(tmp_path, row("a", split="train"), row("b", split="dev")))
    assert [one.id for one in data.part("dev")] == ["b"]
    with pytest.raises(DatasetError, match=r"no split 'test'.*dev, train"):
        data.part("test")


def test_people_may_be_labels_with_names_or_names_with_initials(tmp_path: Path) -> None:
    turns = [{"speaker": "IO", "text": "Hello there."}]
    named = row("a") | {"conversation": {"kind": "meeting", "people": {"IO": "Ines Ott"}, "turns": turns}}
    present = row("b") | {"conversation": {"kind": "meeting", "people": ["Ines Ott", "Bo Li"], "turns": turns}}
    for one in (named, present):
        conversation = conversation_of(Labelled.model_validate(one))
        assert (conversation.participants[0].name, conversation.participants[0].aliases) == ("Ines Ott", ("IO",))
        assert conversation.turns[0].speaker == "IO"
    assert [person.name for person in conversation.participants] == ["Ines Ott", "Bo Li"]


def gold(**more: Any) -> dict[str, Any]:
    return {"gold": {"decisions": [{"text": "Bicycles go free.", "evidence": [{"turn": 0}]} | more]}}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (gold(evidence=[2]), "there is no turn 2, the last is 1"),
        (gold(evidence=[-1]), "there is no turn -1"),
        (gold(evidence=[{"turn": 1, "quote": "Bicycles"}]), "the quote does not stand in turn 1"),
        (gold(evidence=[{"turn": 1, "quote": " "}]), "is empty"),
        (gold(text="  "), "decisions[0] has no text"),
        (gold(owner=[""]), "names somebody without a name"),
        ({"complete": ["choices"]}, "'choices', which is no type of record"),
        ({"conversation": {"kind": "meeting", "turns": []}}, "the conversation has no turns"),
        ({"instructions": [{"turn": 0, "quote": "gone"}]}, "instructions[0]: the quote does not stand"),
        (
            {"gold": {"decisions": [{"text": "Same."}, {"text": "same. "}]}},
            "decisions hold the same text 2 times",
        ),
        (
            {"conversation": {"kind": "meeting", "turns": [{"text": " "}, {"text": "b", "start": 2.0, "end": 1.0}]}},
            "turn 1 ends before it starts",
        ),
    ],
)
def test_every_flaw_is_found(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    assert flaws_of(read_dataset(written(tmp_path, row()))) == []
    flaws = flaws_of(read_dataset(written(tmp_path, row() | change)))
    assert any(says in str(flaw) for flaw in flaws), [str(flaw) for flaw in flaws]


def test_ids_that_repeat_and_series_in_two_splits_are_flaws(tmp_path: Path) -> None:
    rows = [row("a", series="s", split="train"), row("a", series="s", split="dev")]
    said = [str(flaw) for flaw in flaws_of(read_dataset(written(tmp_path, *rows)))]
    assert said == [
        "toy: the id 'a' stands 2 times",
        "toy: the series 's' stands in several splits: dev, train",
    ]


def test_the_real_datasets_are_sound(shared_data: Path) -> None:
    for path in sorted((shared_data / "labelled").glob("*.jsonl.gz")):
        data = read_dataset(path)
        assert not data.flaws
        for one in data.rows:
            assert len(conversation_of(one).turns) == len(one.conversation.turns)


def test_our_own_examples_are_what_they_claim_to_be() -> None:
    data = read_dataset(EXAMPLES)
    assert flaws_of(data) == []
    words = {one.id: sum(len(turn.text.split()) for turn in one.conversation.turns) for one in data.rows}
    records = sum(
        len(one.gold.of(section)) for one in data.rows for section in ("decisions", "action_items", "open_questions")
    )
    assert len(data.rows) >= 40
    assert records >= 250
    assert sum(words.values()) >= 40_000
    assert sum(count > 2_500 for count in words.values()) >= 8
    assert sum(not one.gold.decisions for one in data.rows) >= 10
    assert sum(bool(one.instructions) for one in data.rows) >= 6
    assert {one.split for one in data.rows} == {"train", "test"}


def test_no_two_of_our_examples_share_their_wording() -> None:
    grams = []
    for one in read_dataset(EXAMPLES).rows:
        said = re.findall(r"\w+", " ".join(turn.text for turn in one.conversation.turns).casefold())
        grams.append({tuple(said[n : n + 8]) for n in range(len(said) - 7)})
    assert max(len(one & other) / min(len(one), len(other)) for one, other in combinations(grams, 2)) < 0.01
