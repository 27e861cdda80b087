"""Slips of whoever labels are found and said in words that help, and the notes of a dataset's maker are let alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scoring.toy import ferry, within, written

from extractor.errors import DatasetError
from extractor.scoring.datasets import read_dataset, scan_dataset
from extractor.scoring.validation import flaws_of, remarks_of


def flaws(folder: Path, *rows: dict[str, Any]) -> list[str]:
    return [flaw.what for flaw in flaws_of(read_dataset(written(folder, rows)))]


def remarks(folder: Path, *rows: dict[str, Any]) -> list[str]:
    return [remark.what for remark in remarks_of(read_dataset(written(folder, rows)))]


def changed(*path: str | int, value: Any) -> dict[str, Any]:
    """A labelled conversation with one thing changed."""
    row = place = ferry(1)
    for part in path[:-1]:
        place = place[part]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    return row


# Keys.


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        (("gold", "decision"), "'decisions'"),
        (("gold", "Action-Items"), "'action_items'"),
        (("gold", "actions"), "decisions, action_items, open_questions"),
        (("gold", "risks"), "decisions, action_items, open_questions"),
        (("gold", "decisions", 0, "owners"), "'owner'"),
        (("gold", "decisions", 0, "due_date"), "'due'"),
        (("gold", "decisions", 0, "decidedby"), "'decided_by'"),
        (("gold", "decisions", 0, "stauts"), "'status'"),
        (("gold", "decisions", 0, "evidence", 0, "qoute"), "'quote'"),
        (("conversation", "startedAt"), "'started_at'"),
        (("conversation", "turns", 0, "speeker"), "'speaker'"),
        (("conversation", "turns", 0, "start_time"), "'start'"),
        (("completed",), "'complete'"),
    ],
)
def test_a_key_that_looks_like_a_slip_is_a_flaw(tmp_path, path, meant):
    found = flaws(tmp_path, changed(*path, value=[]))
    (what,) = found
    assert repr(path[-1]) in what
    assert meant in what


@pytest.mark.parametrize(
    "path",
    [
        ("gold", "problems"),
        ("gold", "conclusion"),
        ("gold", "decisions", 0, "hardness"),
        ("gold", "decisions", 0, "status_before"),
        ("conversation", "room"),
        ("series_id",),
        ("conversation", "turns", 0, "act"),
        ("conversation", "turns", 0, "speaker_id"),
        ("stage",),
        ("tier",),
        ("licence",),
        ("issues",),
        ("broken_links",),
    ],
)
def test_notes_of_the_maker_are_none(tmp_path, path):
    assert flaws(tmp_path, changed(*path, value=["something"])) == []


def test_a_slip_in_every_turn_is_said_once(tmp_path):
    row = ferry(1)
    for turn in row["conversation"]["turns"]:
        turn["speeker"] = turn.pop("speaker")
    (what,) = flaws(tmp_path, row)
    assert "'speeker' stands there 4 times" in what


def test_labels_of_further_annotators_are_held_to_the_same(tmp_path):
    (what,) = flaws(tmp_path, ferry(1, other_annotators={"Bo": {"decision": []}}))
    assert "other_annotators 'Bo'" in what


# Gaps.


def test_a_decision_without_a_status_among_others_with_one_is_a_flaw(tmp_path):
    row = ferry(1)
    row["gold"]["decisions"].append({"text": "The pier is painted.", "evidence": [2]})
    assert flaws(tmp_path, row) == ["decisions[1] has no status, and others have one"]
    del row["gold"]["decisions"][0]["status"]
    assert flaws(tmp_path, row) == [], "where none has one, statuses were not labelled"


def test_a_record_without_evidence_among_others_with_some_is_a_flaw_unless_evidence_was_annotated(tmp_path):
    row = ferry(1)
    row["gold"]["action_items"][0]["evidence"] = []
    assert flaws(tmp_path, row) == ["action_items[0] has no evidence, and others have some"]
    assert flaws(tmp_path, row | {"linked": True}) == []
    row["gold"]["decisions"][0]["evidence"] = []
    assert flaws(tmp_path, row) == [], "where none has any, evidence was not labelled"


# Remarks.


@pytest.mark.parametrize(
    ("name", "known"),
    [("Ines", True), ("otto ", True), ("the second crew", True), ("Bo Li", True), ("Inez", False), ("pain", False)],
)
def test_a_name_that_nobody_bears_or_mentions_is_a_remark(tmp_path, name, known):
    row = changed("gold", "decisions", 0, "decided_by", value=[name])
    row["conversation"]["people"] = ["Bo Li"]
    assert flaws(tmp_path, row) == []
    assert [name in what for what in remarks(tmp_path, row)] == ([] if known else [True])


def test_types_that_are_complete_nowhere_are_a_remark(tmp_path):
    (what,) = remarks(tmp_path, ferry(1, complete=[]), ferry(2, complete=[]))
    assert "no row names a type" in what
    (what,) = remarks(tmp_path, ferry(1, complete=["decisions"]), ferry(2, complete=[]))
    assert "no row names action_items" in what
    assert remarks(tmp_path, ferry(1), ferry(2, complete=[])) == []


def test_remarks_change_no_exit_code(tmp_path):
    done = within("eval", "validate", written(tmp_path, [ferry(1, complete=[])]))
    assert (done.code, done.out) == (0, "")
    assert "Remark: toy: no row names a type" in done.err
    assert "toy: 1 conversation, 39 words, 1 decision, 1 action item, 0 open questions; no flaws." in done.err


# The schema.


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("gold", "decisions", 0, "status"), "decidd", "gold.decisions[0].status: must be one of 'decided', "),
        (("gold", "decisions", 0, "status"), "decidd", ', not "decidd"'),
        (("gold", "decisions", 0, "text"), 5, "gold.decisions[0].text: must be text, not 5"),
        (("gold", "decisions", 0, "owner"), 5, "gold.decisions[0].owner: must be a list, not 5"),
        (("gold", "decisions", 0, "evidence"), ["x"], 'evidence[0]: must be an object, not "x"'),
        (("gold", "decisions", 0, "evidence", 0, "turn"), 1.5, "evidence[0].turn: must be a whole number, not 1.5"),
        (("gold", "decisions", 0, "due"), {"text": "soon", "date": "Friday"}, "due.date: must be a date (2026-03-05)"),
        (("conversation", "started_at"), "2026-13-45", "conversation.started_at: must be a date (2026-03-05) or"),
        (("conversation", "started_at"), "last Friday", "conversation.started_at: must be a date (2026-03-05) or"),
        (("conversation", "people"), 7, "conversation.people: must be a list or an object, not 7"),
        (("conversation", "turns", 0, "start"), "soon", 'conversation.turns[0].start: must be a number, not "soon"'),
        (("linked",), "perhaps", 'linked: must be true or false, not "perhaps"'),
        (("id",), None, "id: must be text, not null"),
        (("gold",), [], "gold: must be an object, not a list"),
    ],
)
def test_what_a_field_must_hold_is_said_in_plain_words(tmp_path, path, value, says):
    (flaw,) = scan_dataset(written(tmp_path, [changed(*path, value=value)])).flaws
    assert says in flaw.what
    assert flaw.place == "toy.jsonl, line 1"
    for word in ("Input", "input", "valid ", "union", "tuple"):
        assert word not in flaw.what


def test_a_row_tells_everything_that_is_wrong_with_its_schema(tmp_path):
    row = changed("gold", "decisions", 0, "status", value="x" * 999)
    row["conversation"]["turns"] = [{"speaker": "Ines"}] * 40
    del row["id"]
    (flaw,) = scan_dataset(written(tmp_path, [row])).flaws
    assert "id: field required, but missing" in flaw.what
    assert "conversation.turns[0].text: field required, but missing (and 39 more of this kind)" in flaw.what
    assert "status: must be one of" in flaw.what
    assert len(flaw.what) < 500


@pytest.mark.parametrize("text", ["[]", "5", '"x"', "null"])
def test_json_that_is_no_object_is_a_flaw(tmp_path, text):
    (tmp_path / "toy.jsonl").write_text(text)
    (flaw,) = scan_dataset(tmp_path / "toy.jsonl").flaws
    assert flaw.what.startswith("the row: must be an object, not ")


@pytest.mark.parametrize("text", ["9" * 5000, '{"id": "a", "size": -' + "9" * 5000 + "}", "[" * 100_000])
def test_json_beyond_what_can_be_read_is_a_flaw(tmp_path, text):
    path = tmp_path / "toy.jsonl"
    path.write_text(f"{json.dumps(ferry(1))}\n{text}\n")
    data = read_dataset(path)
    assert [row.id for row in data.rows] == ["ferry-1"]
    assert [flaw.place for flaw in data.flaws] == ["toy.jsonl, line 2"]


@pytest.mark.parametrize("beside", [[], [ferry(2)]])
def test_a_row_that_cannot_be_read_is_reported_whether_or_not_others_can(tmp_path, beside):
    bad = changed("gold", "decisions", 0, "status", value="decidd")
    done = within("eval", "validate", written(tmp_path, [bad, *beside]))
    assert done.code == 4
    (line,) = done.out.splitlines()
    assert line.startswith("toy.jsonl, line 1: gold.decisions[0].status: must be one of")
    assert "; 1 flaw." in done.err


def test_a_dataset_without_a_readable_row_is_still_refused_for_scoring_and_the_format_is_said(tmp_path):
    with pytest.raises(DatasetError, match=r"holds no labelled conversation.*decisions eval prepare"):
        read_dataset(written(tmp_path, [{"id": "a"}]))
    (tmp_path / "toy.jsonl").write_text("\n")
    done = within("eval", "validate", tmp_path / "toy.jsonl")
    assert done.code == 2
    assert '"gold": {"decisions"' in done.err


def test_the_real_datasets_have_no_flaw_but_what_was_minuted_twice(shared_data: Path) -> None:
    for path in sorted((shared_data / "labelled").glob("*.jsonl.gz")):
        assert [one for one in flaws_of(read_dataset(path)) if "hold the same text" not in one.what] == []
