"""The rules that give labelled decisions a status. All texts are invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import GoldRecord
from extractor.scoring.statuses import status_of


def of(text: str, dataset: str = "tc39.dev", **labels: object) -> str | None:
    return status_of(GoldRecord.model_validate({"text": text, **labels}), dataset)


def test_a_labelled_status_always_stands() -> None:
    assert of("Not advancing.", status="decided") == "decided"
    assert of("Rename the file.", "w3c.dev", status="deferred", votes={"+1": 9}) == "deferred"


@pytest.mark.parametrize(
    "text",
    ["Stage 2", "Conclusion: stage one", "Consensus on the change", "The pump will be renamed", "Keep the old valve"],
)
def test_what_a_conclusion_says_was_taken_is_decided(text: str) -> None:
    assert of(text) == "decided"


@pytest.mark.parametrize(
    "text",
    [
        "Stage 3, conditional on a review by the editors",
        "Consensus on the valve, pending tests",
        "Stage 2 acceptance\n  - after the reviewers are satisfied with the drawing",
        "Provisional consensus for copper",
        "Conditional advancement to Stage 3",
    ],
)
def test_a_condition_makes_it_tentative(text: str) -> None:
    assert of(text) == "tentative"


@pytest.mark.parametrize(
    "text",
    [
        "Will revisit on Thursday",
        "Discussion to continue on the list",
        "Decision deferred until the figures are there",
        "No consensus yet",
        "No promotion - bring back in the autumn meeting",
        "Further discussion needed",
        "Not stage 3 yet",
    ],
)
def test_what_is_to_be_looked_at_again_is_deferred(text: str) -> None:
    assert of(text) == "deferred"


@pytest.mark.parametrize(
    "text",
    [
        "Not advancing",
        "No consensus for copper",
        "Consensus not reached",
        "The proposal was withdrawn by its author: withdrawn",
        "Does not reach stage 1",
        "Do not merge the PR",
        "It isn't worth the change",
    ],
)
def test_what_was_turned_down_is_rejected(text: str) -> None:
    assert of(text) == "rejected"


@pytest.mark.parametrize("text", ["Demoted to stage 1", "Revert the change of last year", "Back out the copper valve"])
def test_what_is_taken_back_is_reversed(text: str) -> None:
    assert of(text) == "reversed"


def test_what_is_not_rolled_back_is_not_reversed() -> None:
    assert of("We won't roll it back") == "decided"


@pytest.mark.parametrize(
    "text",
    [
        "Was not seeking advancement",
        "Stage 3 reviewers: AB, CD",
        "AB to write the text",
        "Reason:",
        "No conclusion",
        "Pump",
    ],
)
def test_where_nothing_is_said_of_an_outcome_there_is_no_status(text: str) -> None:
    assert of(text) is None


def test_a_refusal_where_nothing_was_asked_for_says_nothing() -> None:
    assert of("Remains at stage 3. Purely a report.", polarity="negative") is None


def test_a_refusal_beside_a_choice_is_decided() -> None:
    assert of("No consensus on the whole plan. The first half is agreed.") == "decided"


def test_a_negative_conclusion_without_a_cue_is_rejected_and_a_positive_one_has_no_status() -> None:
    assert of("Doubts about the copper", polarity="negative") == "rejected"
    assert of("Doubts about the copper", polarity="positive") is None


def test_design_described_in_a_conclusion_is_a_choice_and_in_a_summary_a_refusal() -> None:
    assert of("The lamp will not have a dimmer.") == "decided"
    assert of("The lamp will not have a dimmer.", "ami.train") == "rejected"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The lamp will be sold in green.", "decided"),
        ("The lamp will use a switch instead of a dimmer.", "decided"),
        ("It will cost no more than nine euros.", "decided"),
        ("The lamp will have a dimmer if the budget allows it.", "tentative"),
        ("A tentative decision was made to hire a painter.", "tentative"),
        ("The choice of colours was postponed.", "deferred"),
        ("The group will consider including a dimmer.", "deferred"),
        ("The group discussed whether to hire a painter.", None),
    ],
)
def test_a_summary_is_decided_unless_it_says_otherwise(text: str, status: str | None) -> None:
    assert of(text, "icsi.train") == status


def test_a_resolution_is_decided_whatever_its_words_say() -> None:
    assert of("Reject plans that are pending.", "w3c.dev", votes={"+1": 4, "-1": 1}) == "decided"
    assert of("Close it.", "solid") == "decided"


def test_votes_against_a_resolution_belong_to_no_resolution() -> None:
    assert of("Rename the page.", "w3c.dev", votes={"+1": 1, "-1": 4}) is None


def test_votes_decide_elsewhere_where_the_words_say_nothing() -> None:
    assert of("Copper", "ours", votes={"+1": 3, "-1": 1}) == "decided"
    assert of("Copper", "ours", votes={"+1": 1, "-1": 3}) == "rejected"
    assert of("Copper", "ours", votes={"+1": 2, "-1": 2}) is None
    assert of("Not advancing", "ours", votes={"+1": 3}) == "rejected"


def test_real_labels_get_every_status_and_mostly_the_ordinary_one(shared_data: Path) -> None:
    found: Counter[str | None] = Counter()
    for name in ("tc39.dev", "w3c.dev", "ami.dev"):
        for row in read_dataset(shared_data / "labelled" / f"{name}.jsonl.gz").rows:
            found.update(status_of(record, name) for record in row.gold.decisions)
    assert set(found) == {None, "decided", "tentative", "deferred", "rejected", "reversed"}
    assert found["decided"] > found.total() / 2
