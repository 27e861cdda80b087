"""What people reach on the same conversations is counted as a run is, by text alone where their lists have no proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scoring.toy import ferry, within, written

from extractor.records import EngineInfo
from extractor.scoring.ceiling import ceiling
from extractor.scoring.counting import scorer
from extractor.scoring.figures import figures
from extractor.scoring.labelled import Labelled
from extractor.scoring.runs import RunInfo, Scores

INFO = RunInfo(
    decisions_version="0",
    dataset="toy",
    dataset_path="toy.jsonl",
    dataset_sha256="0",
    conversations=1,
    engine=EngineInfo(name="toy", model="none", version="0", leaves_machine=False),
    engine_spec="toy",
    answered_by="somebody",
    started_at="2026-03-01T09:00:00Z",
)
GOLD = ferry(1)["gold"]
BARE = {section: [one["text"] for one in records] for section, records in GOLD.items()}
NOTHING: dict[str, Any] = {}


def read_by(**others: Any) -> Labelled:
    return Labelled.model_validate(ferry(1, other_annotators=others))


def ceilings(*rows: Labelled) -> dict[str, Scores]:
    return {one.run.engine_spec: one for one in ceiling(rows, {}, INFO, scorer())}


def f1_of(scores: Scores) -> list[float]:
    found = figures(scores.tallies)
    return [found[f"{kind}.f1"].value for kind in ("decision", "action_item")]


def test_where_one_person_labelled_there_is_no_ceiling() -> None:
    assert ceiling([Labelled.model_validate(ferry(1))], {}, INFO, scorer()) == []


def test_readers_who_agree_reach_everything() -> None:
    found = ceilings(read_by(ana=GOLD, ben=GOLD))
    assert list(found) == ["other readers", "readers against each other"]
    for scores in found.values():
        assert scores.basis == "evidence"
        assert f1_of(scores) == [1.0, 1.0]
        assert len(scores.tallies) == 2
        assert scores.run.answered_by is None
    assert figures(found["other readers"].tallies)["decision.owner_right"].k == 2


def test_lists_without_proof_are_matched_by_text_alone() -> None:
    found = ceilings(read_by(ana=BARE))
    assert {one.basis for one in found.values()} == {"text"}
    assert f1_of(found["other readers"]) == [1.0, 1.0]


def test_one_list_without_proof_makes_all_of_it_text_alone() -> None:
    later = Labelled.model_validate(ferry(2, other_annotators={"ana": GOLD}))
    assert {one.basis for one in ceilings(read_by(ana=BARE), later).values()} == {"text"}
    assert {one.basis for one in ceilings(read_by(ana=GOLD), later).values()} == {"evidence"}


def test_a_reader_who_found_nothing_costs_recall_and_not_precision() -> None:
    found = ceilings(read_by(ana=GOLD, ben=NOTHING))["other readers"]
    measured = figures(found.tallies)
    assert (measured["decision.recall"].k, measured["decision.recall"].n) == (1, 2)
    assert measured["decision.precision"].value == 1.0


def test_who_is_taken_as_right_makes_no_difference_between_readers() -> None:
    half = {**GOLD, "action_items": []}
    measured = figures(ceilings(read_by(ana=GOLD, ben=half))["readers against each other"].tallies)
    for name, k, n in (("decision.recall", 1, 1), ("action_item.recall", 0, 0.5), ("action_item.precision", 0, 0.5)):
        assert (measured[name].k, measured[name].n) == (k, n)


def test_the_run_stands_beside_people_on_the_conversations_that_they_share(tmp_path: Path) -> None:
    rows = [ferry(1, other_annotators={"ana": BARE}), ferry(2)]
    done = within("eval", "run", written(tmp_path, rows), "--out", tmp_path / "run", "--engine", "cues")
    assert done.code == 0, done.err
    table = done.out.split("What other labellers reach")[1]
    assert "decisions, other readers" in table
    assert "decisions, cues" in table
    assert "1 conversation that several labelled" in table
    plain = within("eval", "run", written(tmp_path, [ferry(3)]), "--out", tmp_path / "plain", "--engine", "cues")
    assert "What people reach" not in plain.out
