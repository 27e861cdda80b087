"""Reviews become labels: what people let stand, word for word, and what they did not, with their reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kept import EMBEDDER
from reviewed_world import ADA, BEN, CLEO, WORDS, bought, decided, desk_of, do, kept, meeting

from extractor.log import visibility
from extractor.log.erasing import erase_conversation, erase_person, erase_record
from extractor.log.store import Log
from extractor.review.acts import ACTS
from extractor.review.labels import Labels, labels_of
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import conversation_of
from extractor.scoring.validation import flaws_of
from extractor.settings import load_settings

BULK = {"confidence": 0.9, "right": 0.2, "agreement": 0.5, "reviewed": 1}


def labelled(log: Log, by: str = ADA) -> Labels:
    with log.seen_by(by).read() as connection:
        return labels_of(connection)


def reviewed(log: Log) -> dict[str, str]:
    """A meeting in which a decision is approved, one edited, one rejected, one merged, and a question missed."""
    desk = desk_of(log)
    said = meeting("m-1", *WORDS[:4])
    right, edited, wrong, twice, task = kept(log, said, *(decided(said, turn) for turn in range(4)), bought(said))
    do(desk, ADA, "approve", right)
    do(desk, ADA, "approve", edited, fields={"statement": "The door gets green.", "owners": [BEN], "due": None})
    do(desk, ADA, "reject", wrong, comment="Nobody agreed to that.")
    do(desk, ADA, "merge", twice, into=right)
    do(desk, BEN, "approve", task)
    passage = {"turn": 5, "start_char": 0, "end_char": 19}
    fields = {"question": "Who has the key?"}
    missed = {"act": "add", "conversation": "m-1", "type": "open_question", "passages": [passage], "fields": fields}
    (added,) = desk.do(BEN, ACTS.validate_python(missed)).records
    return {"right": right, "edited": edited, "wrong": wrong, "twice": twice, "task": task, "missed": added}


def test_gold_is_what_was_approved_as_it_is_worded_and_what_was_missed(log: Log) -> None:
    ids = reviewed(log)
    (row,) = labelled(log).rows
    decisions = {one["record"]: one for one in row["gold"]["decisions"]}
    assert set(decisions) == {ids["right"], ids["edited"]}
    assert decisions[ids["right"]]["text"] == "We paint the roof green."
    assert decisions[ids["right"]]["review"] == "approved"
    assert decisions[ids["edited"]] == {
        "text": "The door gets green.",
        "evidence": [{"turn": 1, "quote": "We paint the door green.", "role": "proposed"}],
        "status": "decided",
        "decided_by": [],
        "owner": [BEN],
        "due": None,
        "record": ids["edited"],
        "review": "edited",
    }
    ((task,), (question,)) = (row["gold"]["action_items"], row["gold"]["open_questions"])
    assert (task["owner"], task["review"]) == ([BEN], "approved")
    assert (question["text"], question["review"]) == ("Who has the key?", "missed")
    assert question["evidence"] == [{"turn": 5, "quote": "Who keeps the key?", "role": "proposed"}]


def test_what_was_refused_stands_beside_with_its_reason(log: Log) -> None:
    ids = reviewed(log)
    found = labelled(log)
    refused = {one["record"]: one for one in found.rows[0]["rejected"]}
    assert set(refused) == {ids["wrong"], ids["twice"]}
    assert refused[ids["wrong"]]["reasons"] == ["Nobody agreed to that."]
    assert (refused[ids["wrong"]]["review"], refused[ids["twice"]]["review"]) == ("rejected", "merged")
    assert found.counts == {"approved": 2, "edited": 1, "missed": 1, "rejected": 1, "merged": 1}


def test_a_type_is_complete_once_nothing_of_it_waits(log: Log) -> None:
    desk = desk_of(log)
    said = meeting("m-1", *WORDS[:2])
    one, other, task = kept(log, said, decided(said, 0), decided(said, 1), bought(said))
    do(desk, ADA, "approve", one)
    assert labelled(log).rows[0]["complete"] == ["open_questions"]
    do(desk, ADA, "reject", other)
    assert labelled(log).rows[0]["complete"] == ["decisions", "open_questions"]
    do(desk_of(log, approvals=2), ADA, "approve", task)
    assert labelled(log).rows[0]["complete"] == ["decisions", "open_questions"]
    do(desk, BEN, "approve", task)
    assert labelled(log).rows[0]["complete"] == ["decisions", "action_items", "open_questions"]


def test_an_approval_in_bulk_is_no_label(log: Log) -> None:
    from extractor.review.bulk import bulk_approve

    past, now = meeting("m-1", WORDS[0]), meeting("m-2", *WORDS[1:3])
    (one,) = kept(log, past, decided(past, 0, confidence=0.95))
    two = desk_of(log, approvals=2, bulk=BULK)
    do(two, ADA, "approve", one)
    do(two, BEN, "approve", one)
    _, doubtful = kept(log, now, decided(now, 0, confidence=0.95), decided(now, 1, confidence=0.1))
    assert len(bulk_approve(desk_of(log, bulk=BULK), ADA)) == 1
    assert [row["id"] for row in labelled(log).rows] == ["m-1"]
    do(desk_of(log), ADA, "approve", doubtful)
    row = next(row for row in labelled(log).rows if row["id"] == "m-2")
    assert [one["record"] for one in row["gold"]["decisions"]] == [doubtful]
    assert row["complete"] == ["action_items", "open_questions"]


def test_what_repeats_another_meeting_is_no_mistake_and_no_label(log: Log) -> None:
    desk = desk_of(log)
    first, second = meeting("m-1", *WORDS[:2]), meeting("m-2", *WORDS[:2])
    old, _ = kept(log, first, decided(first, 0), decided(first, 1))
    new, _ = kept(log, second, decided(second, 0), decided(second, 1))
    do(desk, ADA, "approve", old)
    do(desk, ADA, "merge", new, into=old)
    row = next(row for row in labelled(log).rows if row["id"] == "m-2")
    assert (row["rejected"], row["gold"]["decisions"]) == ([], [])
    assert "decisions" not in row["complete"]


@pytest.mark.parametrize(
    ("erase", "gone"),
    [
        (lambda log, ids: erase_record(log, ids["edited"], CLEO), ["The door gets green"]),
        (lambda log, ids: erase_record(log, ids["wrong"], CLEO), ["Nobody agreed"]),
        (lambda log, ids: erase_conversation(log, "m-1", CLEO), ["paint", "Nobody agreed", "About m-1", ADA]),
        (lambda log, ids: erase_person(log, BEN, CLEO, EMBEDDER), [BEN, "I will buy"]),
    ],
    ids=["a record", "a rejected record", "a conversation", "a person"],
)
def test_nothing_that_was_erased_is_in_a_label(
    log: Log, tmp_path: Path, erase: Callable[[Log, dict[str, str]], Any], gone: list[str]
) -> None:
    ids = reviewed(log)
    before = json.dumps(labelled(log).rows)
    assert all(words in before for words in gone)
    erase(log, ids)
    found = labelled(log)
    after = json.dumps(found.rows)
    assert not [words for words in gone if words in after]
    assert found.rows or found.without_words == 0
    for row in found.rows:
        assert "decisions" not in row["complete"] or "The door gets green" in after


def test_labels_hold_nothing_that_the_viewer_may_not_see(log: Log) -> None:
    reviewed(log)
    said = meeting("m-2", WORDS[6])
    (one,) = kept(log, said, decided(said, 0))
    do(desk_of(log), ADA, "approve", one)
    with log.write(ADA) as tx:
        visibility.restrict(tx, "m-2", [ADA])
    assert {row["id"] for row in labelled(log, ADA).rows} == {"m-1", "m-2"}
    assert {row["id"] for row in labelled(log, BEN).rows} == {"m-1"}


def test_the_rows_are_a_dataset_without_flaws_of_the_same_conversation(log: Log, tmp_path: Path) -> None:
    reviewed(log)
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in labelled(log).rows))
    data = read_dataset(file)
    assert flaws_of(data) == []
    (row,) = data.rows
    again, said = conversation_of(row), meeting("m-1", *WORDS[:4])
    assert [turn.text for turn in again.turns] == [turn.text for turn in said.turns]
    assert row.gold.decisions[0].due_is_labelled


LINES = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Ada Moss>We have to settle the colour of the shed today.

00:00:06.000 --> 00:00:10.000
<v Ben Ito>I propose that we paint the shed green.

00:00:11.000 --> 00:00:15.000
<v Ada Moss>Agreed, we decided to paint the shed green.

00:00:16.000 --> 00:00:20.000
<v Ben Ito>I will order the green paint by Friday.

00:00:21.000 --> 00:00:25.000
<v Cleo Marsh>Who keeps the key of the shed at night?

00:00:26.000 --> 00:00:30.000
<v Ada Moss>We do not know yet.
"""


def test_the_local_engine_is_measured_on_the_teams_own_reviews(decisions: Callable[..., Any], tmp_path: Path) -> None:
    source, out = tmp_path / "shed.vtt", tmp_path / "labels.jsonl"
    source.write_text(LINES)

    def ran(*args: object, code: int = 0) -> Any:
        done = decisions(*args)
        assert done.returncode == code, done.stderr
        return done

    ran("eval", "labels", "--out", out, code=3)
    ran("add", source, "--engine", "local")
    assert "Nothing has been reviewed" in ran("eval", "labels", "--out", out, code=3).stderr
    assert not out.exists()
    found = json.loads(ran("list", "--format", "json").stdout)["records"]
    assert found
    by_type = {one["type"]: one["id"] for one in found}
    assert set(by_type) == {"decision", "action_item"}
    ran("review", "approve", by_type["decision"], "--as", ADA)
    ran("review", "reject", by_type["action_item"], "--why", "He said that last week.", "--as", ADA)
    said = ran("eval", "labels", "--out", out, "--as", ADA)
    assert "1 conversation with 2 labels: 1 approved, 1 rejected." in said.stderr
    assert "No record has been judged by two reviewers" in said.stderr
    ran("eval", "validate", out)
    ran("eval", "run", out, "--out", tmp_path / "run", "--engine", "local", "--no-baselines")
    scores = json.loads(ran("eval", "score", tmp_path / "run", "--format", "json", "--no-baselines").stdout)
    figures = scores["runs"][0]["figures"]
    assert figures["decision.f1"]["value"] == 1.0
    assert (figures["action_item.precision"]["k"], figures["action_item.precision"]["n"]) == (0, 1)
    ran("eval", "labels", "--out", tmp_path / "labels.txt", code=2)


def test_the_command_says_how_far_reviewers_agree(decisions: Callable[..., Any], tmp_path: Path) -> None:
    with Log.open(load_settings().data_folder) as log:
        said = meeting("m-1", *WORDS[:3])
        ids = kept(log, said, *(decided(said, turn) for turn in range(3)))
        two = desk_of(log, approvals=2)
        for one in ids[:2]:
            do(two, ADA, "approve", one)
            do(two, BEN, "approve", one)
        do(two, ADA, "approve", ids[2])
        do(two, BEN, "reject", ids[2])
    done = decisions("eval", "labels", "--as", CLEO)
    assert done.returncode == 0, done.stderr
    assert "Reviewers agreed on 2 of 3 records" in done.stderr
    assert "Ada Moss and Ben Ito 0.00 over 3" in done.stderr
    assert [row["id"] for row in map(json.loads, done.stdout.splitlines())] == ["m-1"]
