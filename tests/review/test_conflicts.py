"""Two reviewers never overwrite each other in silence: the second is shown what changed, unless they agree."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from review.test_acts import SPLIT, revised
from review_world import ADA, BEN, World, proposals, world_in
from sqlalchemy import select

from extractor.errors import ConflictError
from extractor.log import checking, tables
from extractor.log.store import Log

OTHERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "edited": ("edit", {"fields": {"statement": "Paint it red."}}, "edited by Ada Lund"),
    "rejected": ("reject", {}, "rejected by Ada Lund"),
    "merged": ("merge", {}, "merged by Ada Lund"),
    "split": ("split", {"parts": SPLIT}, "split by Ada Lund"),
    "approved": ("approve", {}, "approved by Ada Lund"),
    "edited and approved": ("approve", {"fields": {"topic": "x"}}, "edited by Ada Lund, approved by Ada Lund"),
}
MINE: dict[str, tuple[str, dict[str, Any]]] = {
    "approve": ("approve", {}),
    "approve with other words": ("approve", {"fields": {"statement": "Paint it blue."}}),
    "edit": ("edit", {"fields": {"statement": "Paint it blue."}}),
    "reject": ("reject", {"comment": "typed for long"}),
    "merge": ("merge", {}),
    "split": ("split", {"parts": [{"evidence": [1]}, {"evidence": [0]}]}),
    "reopen": ("reopen", {}),
}
AGREE = {
    ("approved", "approve"),
    ("rejected", "reject"),
    ("merged", "merge"),
    ("edited", "reopen"),
    ("split", "reopen"),
}
"""What the other did, and what the same is."""


@pytest.fixture
def world(log: Log) -> Iterator[World]:
    made = world_in(log)
    yield made
    assert checking.verify(made.log).problems == ()


def into(world: World, act: str, more: dict[str, Any]) -> dict[str, Any]:
    return {**more, "into": world.old} if act == "merge" else more


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mine", MINE)
@pytest.mark.parametrize("others", OTHERS)
def test_the_second_is_told_what_changed_unless_they_agree(world: World, others: str, mine: str) -> None:
    seen = world.stamp(world.decision)
    act, more, told = OTHERS[others]
    world.do(ADA, act, world.decision, **into(world, act, more))
    before, head = world.state(), world.head()
    act, more = MINE[mine]
    more = into(world, act, more)
    if (others, mine) in AGREE:
        assert world.do(BEN, act, world.decision, seen=seen, **{**more, "comment": None}).event is None
        return
    with pytest.raises(ConflictError) as refused:
        world.do(BEN, act, world.decision, seen=seen, **more)
    assert told in refused.value.what
    assert refused.value.record == world.decision
    assert (world.state(), world.head()) == (before, head)


def test_what_both_write_alike_is_no_conflict(world: World) -> None:
    seen = world.stamp(world.decision)
    words = {"fields": {"statement": "Paint it red."}}
    world.do(ADA, "edit", world.decision, seen=seen, **words)
    assert world.do(BEN, "edit", world.decision, seen=seen, **words).event is None


def test_who_looks_again_may_go_on(world: World) -> None:
    seen = world.stamp(world.decision)
    world.do(ADA, "edit", world.decision, fields={"statement": "Paint it red."})
    with pytest.raises(ConflictError):
        world.do(BEN, "reject", world.decision, seen=seen)
    world.do(BEN, "reject", world.decision, seen=world.stamp(world.decision))
    assert world.record(world.decision).state == "rejected"


def test_nobody_is_in_conflict_with_themself_or_with_a_remark(world: World) -> None:
    seen = world.stamp(world.decision)
    world.do(BEN, "edit", world.decision, fields={"topic": "sheds"})
    world.do(ADA, "comment", world.decision, comment="Hm.")
    world.do(ADA, "assign", world.decision, person=BEN)
    world.do(BEN, "approve", world.decision, seen=seen)
    assert world.record(world.decision).state == "approved"


def test_remarks_are_taken_whatever_came_between(world: World) -> None:
    seen = world.stamp(world.decision)
    world.do(ADA, "reject", world.decision)
    world.do(BEN, "comment", world.decision, comment="But why?", seen=seen)
    world.do(BEN, "assign", world.decision, person=BEN, seen=seen)


def test_a_later_reading_that_words_it_anew_is_told_too(world: World) -> None:
    seen = world.stamp(world.decision)
    one, *rest = proposals(world.said)
    world.read_again(one.model_copy(update={"statement": "Paint the shed dark green."}), *rest)
    with pytest.raises(ConflictError, match="worded anew by a later reading"):
        world.do(BEN, "approve", world.decision, seen=seen)


def test_another_ones_answer_and_another_ones_wording_are_told(world: World) -> None:
    revision, seen = revised(world), world.stamp(world.decision)
    world.do(ADA, "take_revision", world.decision, revision=revision)
    assert world.do(BEN, "take_revision", world.decision, revision=revision, seen=seen).event is None
    with pytest.raises(ConflictError, match="suggested wording taken over by Ada Lund"):
        world.do(BEN, "edit", world.decision, fields={"topic": "x"}, seen=seen)
    seen = world.stamp(world.question)
    world.do(ADA, "close", world.question, comment="Forty.")
    with pytest.raises(ConflictError, match="closed by Ada Lund"):
        world.do(BEN, "reject", world.question, seen=seen)


def test_what_the_other_took_back_is_told(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    seen = world.stamp(world.decision)
    world.do(ADA, "undo", world.decision)
    with pytest.raises(ConflictError, match="taken back by Ada Lund"):
        world.do(BEN, "edit", world.decision, fields={"topic": "x"}, seen=seen)


def test_of_many_at_once_one_is_first_and_all_others_are_told(world: World) -> None:
    seen = world.stamp(world.decision)

    def attempt(number: int) -> str:
        try:
            world.do(f"Reviewer {number}", "edit", world.decision, seen=seen, fields={"topic": f"sheds {number}"})
        except ConflictError as error:
            return error.what
        return "done"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(8)))
    assert answers.count("done") == 1
    assert all("edited by Reviewer" in one for one in answers if one != "done")
    with world.log.read() as connection:
        edits = connection.execute(select(tables.reviews.c.seq).where(tables.reviews.c.verdict == "edit")).all()
    assert len(edits) == 1
