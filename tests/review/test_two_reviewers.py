"""A team may say that one person's word is not enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from review.test_acts import ACTS, SPLIT, revised
from review_world import ADA, BEN, World, world_in

from extractor.log import acting, checking
from extractor.log.store import Log
from extractor.plan import ReviewPlan

CY = "Cy Roe"


@pytest.fixture
def world(log: Log) -> Iterator[World]:
    made = world_in(log, ReviewPlan(approvals=2))
    yield made
    assert checking.verify(made.log).problems == ()


def approvers(world: World, record: str) -> int:
    known = world.record(record)
    with world.log.read() as connection:
        return len(acting.approvers(connection, known))


def test_it_takes_two_different_people(world: World) -> None:
    seen = world.stamp(world.decision)
    first = world.do(ADA, "approve", world.decision, seen=seen)
    assert (first.waits, world.record(world.decision).state) == (True, "proposed")
    again = world.do(ADA, "approve", world.decision, seen=seen)
    assert (again.waits, again.event) == (True, None)
    second = world.do(BEN, "approve", world.decision, seen=seen)
    assert (second.waits, world.record(world.decision).state) == (False, "approved")
    assert world.do(CY, "approve", world.decision, seen=seen).event is None


def test_other_words_between_have_to_be_approved_again(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    assert world.do(BEN, "approve", world.decision, fields={"statement": "Paint it red."}).waits
    assert world.record(world.decision).state == "proposed"
    assert approvers(world, world.decision) == 1
    assert not world.do(ADA, "approve", world.decision).waits


def test_words_that_are_brought_back_keep_their_approval(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    world.do(BEN, "edit", world.decision, fields={"statement": "Paint it red."})
    assert approvers(world, world.decision) == 0
    world.do(BEN, "undo", world.decision)
    assert approvers(world, world.decision) == 1
    assert not world.do(BEN, "approve", world.decision).waits


@pytest.mark.parametrize("way", ["edit", "split", "take_revision"])
def test_nobody_changes_the_words_of_what_is_published_alone(world: World, way: str) -> None:
    revision = revised(world) if way == "take_revision" else ""
    for who in (ADA, BEN):
        world.do(who, "approve", world.decision)
    before = world.state()
    more = {
        "edit": {"fields": {"statement": "Paint it red."}},
        "split": {"parts": SPLIT},
        "take_revision": {"revision": revision},
    }[way]
    done = world.do(BEN, way, world.decision, **more)
    assert {world.record(name).state for name in done.records} == {"proposed"}
    if way != "split":
        world.do(BEN, "undo", world.decision)
        assert world.state() == before
    else:
        world.do(BEN, "undo", world.decision)
        assert world.record(world.decision).state == "approved"


def test_a_comment_does_not_take_an_approval_away(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    world.do(BEN, "comment", world.decision, comment="Good.")
    assert not world.do(BEN, "approve", world.decision).waits


def test_reopening_takes_them_away_and_an_approval_taken_back_is_none(world: World) -> None:
    for who in (ADA, BEN):
        world.do(who, "approve", world.decision)
    world.do(CY, "reopen", world.decision)
    assert approvers(world, world.decision) == 0
    assert world.do(ADA, "approve", world.decision).waits
    world.do(ADA, "undo", world.decision)
    assert world.do(BEN, "approve", world.decision).waits


def test_what_one_adds_waits_for_another(world: World) -> None:
    act, _, more = ACTS["add"](world)
    done = world.do(ADA, act, **more)
    assert (done.waits, world.record(done.records[0]).state) == (True, "proposed")
    assert not world.do(BEN, "approve", done.records[0]).waits


def test_a_rejection_in_between_is_told_to_who_approves_second(world: World) -> None:
    from extractor.errors import ConflictError

    seen = world.stamp(world.decision)
    world.do(ADA, "approve", world.decision, seen=seen)
    with pytest.raises(ConflictError, match="approved, which takes another approval by Ada Lund"):
        world.do(BEN, "reject", world.decision, seen=seen)
