"""Whatever a reviewer does can be taken back by them, and then all is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from review.test_acts import ACTS, SPLIT, linked_to, revised
from review_world import ADA, BEN, World, proposals, world_in
from sqlalchemy import select

from extractor.errors import ConflictError, UsageError
from extractor.log import acting, checking, tables, views
from extractor.log.store import Log
from extractor.plan import ReviewPlan


@pytest.fixture
def world(log: Log) -> Iterator[World]:
    made = world_in(log)
    yield made
    assert checking.verify(made.log).problems == ()


def without(state: dict[str, list[Any]], records: set[str]) -> dict[str, list[Any]]:
    """What stands in the log of other records than these."""
    return {name: [row for row in rows if not records & set(row)] for name, rows in state.items()}


@pytest.mark.parametrize("what", ACTS)
def test_every_act_can_be_taken_back(world: World, what: str) -> None:
    act, record, more = ACTS[what](world)
    before = world.state()
    done = world.do(ADA, act, record, **more)
    undone = world.do(ADA, "undo", done.records[0])
    assert undone.event is not None
    made = {row[0] for row in world.state()["records"]} - {row[0] for row in before["records"]}
    assert without(world.state(), made) == before
    assert {world.record(name).state for name in made} <= {"rejected", "merged"}, "what was made stands no more"
    with pytest.raises(UsageError, match=r"nothing of yours to undo"):
        world.do(ADA, "undo", done.records[0])


def test_an_act_is_taken_back_by_its_number_and_only_once(world: World) -> None:
    first = world.do(ADA, "comment", world.decision, comment="One.").event
    world.do(ADA, "assign", world.decision, person=BEN)
    assert world.do(ADA, "undo", world.decision, number=first).event is not None
    assert world.record(world.decision).assignee is not None
    assert world.do(ADA, "undo", world.decision, number=first).event is None
    with pytest.raises(UsageError):
        world.do(ADA, "undo", world.decision, number=first + 10_000)


def test_nobody_takes_back_what_another_did(world: World) -> None:
    done = world.do(ADA, "approve", world.decision)
    for more in ({}, {"number": done.event}):
        with pytest.raises(UsageError, match="nothing of yours"):
            world.do(BEN, "undo", world.decision, **more)


def test_what_another_built_on_is_not_taken_back(world: World) -> None:
    first = world.do(ADA, "edit", world.decision, fields={"topic": "sheds"}).event
    world.do(BEN, "approve", world.decision)
    with pytest.raises(UsageError, match="acted on since: approve"):
        world.do(ADA, "undo", world.decision, number=first)
    assert world.record(world.decision).state == "approved"
    world.do(BEN, "comment", world.action, comment="Hm.")
    world.do(ADA, "assign", world.decision, person=ADA)
    world.do(BEN, "assign", world.decision, person=BEN)
    with pytest.raises(UsageError, match="acted on since: assign"):
        world.do(ADA, "undo", world.decision)


def test_an_edit_and_its_approval_are_taken_back_together(world: World) -> None:
    before = world.state()
    world.do(ADA, "approve", world.decision, fields={"statement": "Paint it green."})
    world.do(ADA, "undo", world.decision)
    assert world.state() == before


def test_a_split_whose_part_somebody_approved_stays(world: World) -> None:
    _, part = world.do(ADA, "split", world.decision, parts=SPLIT).records
    world.do(BEN, "approve", part)
    with pytest.raises(UsageError, match=r"split off, has been acted on since: approve"):
        world.do(ADA, "undo", world.decision)
    world.do(BEN, "undo", part)
    world.do(ADA, "undo", world.decision)
    assert world.record(part).merged_into == world.decision
    with pytest.raises(UsageError, match="nothing of yours"):
        world.do(ADA, "undo", part)


def test_a_link_that_was_made_and_taken_back_may_be_suggested_again(world: World) -> None:
    world.do(ADA, "link", world.decision, kind="supersedes", to=world.old)
    world.do(ADA, "undo", world.decision)
    name = linked_to(world)
    with world.log.read() as connection:
        (link,) = views.links_by_id(connection, [name])
    assert link.state == "suggested"


def test_a_wording_taken_back_gives_way_to_one_suggested_since(world: World) -> None:
    first = revised(world)
    world.do(ADA, "take_revision", world.decision, revision=first)
    one, *rest = proposals(world.said)
    world.read_again(one.model_copy(update={"statement": "Paint the shed black."}), *rest)
    world.do(ADA, "undo", world.decision)
    with world.log.read() as connection:
        (open_one,) = views.revisions_of(connection, [world.decision])
    assert open_one.id != first


def test_quotes_that_moved_since_an_edit_stand_where_they_are_now(world: World) -> None:
    from kept import talk
    from review_world import LINES

    world.do(ADA, "edit", world.decision, fields={"statement": "Paint it."})
    said = talk("Cy Roe: Good morning.", *LINES, name="m-2", title="Shed, second")
    world.read_again(*proposals(talk(*LINES, name="m-2"))[1:], said=said)
    world.do(ADA, "undo", world.decision)
    assert {quote.turn for quote in world.record(world.decision).record.evidence} == {1}


def test_the_history_tells_of_both(world: World) -> None:
    from extractor.log.history import chain_of

    world.do(ADA, "reject", world.decision)
    world.do(ADA, "undo", world.decision)
    with world.log.read() as connection:
        steps = [(step.what, step.who, step.detail) for step in chain_of(connection, world.decision).steps]
    assert ("record.rejected", ADA, "before proposed") in steps
    assert steps[-1] == ("record.undone", ADA, "rejection")


TEXTS = ("Paint it green.", "Paint it blue.", "Leave it.")
JUDGING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("approve", {}),
    ("approve", {"fields": {"statement": "Paint it red."}}),
    ("edit", {"fields": {"topic": "sheds"}}),
    ("edit", {"fields": {"owners": ["Cy Roe"]}}),
    ("reject", {"comment": "No."}),
    ("reopen", {}),
)
ASIDE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("comment", {"comment": "Hm."}),
    ("assign", {"person": BEN}),
    ("assign", {"person": None}),
    ("close", {"comment": "Forty."}),
)


class TwoReviewers(RuleBasedStateMachine):
    """Two people do anything in any order, on any record, with what they saw last or not, and a machine reads again.

    The events, the rows and the search agree at the end; a refused act leaves no trace; an act that is taken back at
    once leaves all as it was.
    """

    @initialize(approvals=st.integers(1, 2))
    def begin(self, approvals: int) -> None:
        self.folder = TemporaryDirectory(prefix="decisions-")
        self.world = world_in(Log.open(Path(self.folder.name)), ReviewPlan(approvals=approvals))
        self.seen: dict[tuple[str, str], int] = {}

    def names(self) -> list[str]:
        with self.world.log.read() as connection:
            table = tables.records
            return list(connection.execute(select(table.c.id).order_by(table.c.seq)).scalars())

    def one(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([self.world.decision] * 3 + self.names()), label="record")

    def attempt(self, by: str, act: str, record: str | None, undoes: bool, **more: Any) -> None:
        before, head = self.world.state(), self.world.head()
        try:
            done = self.world.do(by, act, record, **more)
        except (UsageError, ConflictError):
            assert (self.world.state(), self.world.head()) == (before, head)
            return
        assert (done.event is None) == (self.world.head() == head)
        if undoes and done.event is not None and act not in ("undo", "add", "split"):
            self.world.do(by, "undo", record)
            assert self.world.state() == before

    @rule(by=st.sampled_from((ADA, BEN)), way=st.sampled_from(JUDGING), undoes=st.booleans(), data=st.data())
    def judge(self, by: str, way: tuple[str, dict[str, Any]], undoes: bool, data: st.DataObject) -> None:
        record = self.one(data)
        seen = {"seen": self.seen[by, record]} if (by, record) in self.seen else {}
        self.attempt(by, way[0], record, undoes, **way[1], **seen)

    @rule(by=st.sampled_from((ADA, BEN)), data=st.data())
    def approve(self, by: str, data: st.DataObject) -> None:
        self.attempt(by, "approve", self.one(data), False)

    @rule(by=st.sampled_from((ADA, BEN)), way=st.sampled_from(ASIDE), undoes=st.booleans(), data=st.data())
    def aside(self, by: str, way: tuple[str, dict[str, Any]], undoes: bool, data: st.DataObject) -> None:
        self.attempt(by, way[0], self.one(data), undoes, **way[1])

    @rule(by=st.sampled_from((ADA, BEN)), data=st.data())
    def undo(self, by: str, data: st.DataObject) -> None:
        self.attempt(by, "undo", self.one(data), False)

    @rule(by=st.sampled_from((ADA, BEN)), data=st.data())
    def look(self, by: str, data: st.DataObject) -> None:
        record = self.one(data)
        self.seen[by, record] = self.world.stamp(record)

    @rule(by=st.sampled_from((ADA, BEN)), undoes=st.booleans(), data=st.data())
    def merge(self, by: str, undoes: bool, data: st.DataObject) -> None:
        self.attempt(by, "merge", self.one(data), undoes, into=self.one(data))

    @rule(
        by=st.sampled_from((ADA, BEN)),
        kind=st.sampled_from(("supersedes", "answers")),
        undoes=st.booleans(),
        data=st.data(),
    )
    def link(self, by: str, kind: str, undoes: bool, data: st.DataObject) -> None:
        self.attempt(by, "link", self.one(data), undoes, kind=kind, to=self.one(data))

    @rule(by=st.sampled_from((ADA, BEN)), undoes=st.booleans(), data=st.data())
    def unlink(self, by: str, undoes: bool, data: st.DataObject) -> None:
        with self.world.log.read() as connection:
            links = views.links_of(connection, self.names(), rejected=True)
        if links:
            link = data.draw(st.sampled_from(links), label="link")
            self.attempt(by, "unlink", link.from_record, undoes, link=link.id)

    @rule(by=st.sampled_from((ADA, BEN)), data=st.data())
    def split(self, by: str, data: st.DataObject) -> None:
        self.attempt(by, "split", self.one(data), False, parts=SPLIT)

    @rule(by=st.sampled_from((ADA, BEN)), turn=st.integers(0, 4), text=st.sampled_from(TEXTS))
    def add(self, by: str, turn: int, text: str) -> None:
        passages, fields = [{"turn": turn}], {"statement": text}
        self.attempt(by, "add", None, False, conversation="m-2", type="decision", passages=passages, fields=fields)

    @rule(text=st.sampled_from(TEXTS))
    def read_again(self, text: str) -> None:
        one, *rest = proposals(self.world.said)
        outcome = self.world.read_again(one.model_copy(update={"statement": text}), *rest)
        assert len(outcome.new) <= 1

    @rule(by=st.sampled_from((ADA, BEN)), takes=st.booleans(), undoes=st.booleans(), data=st.data())
    def decide_on_a_wording(self, by: str, takes: bool, undoes: bool, data: st.DataObject) -> None:
        with self.world.log.read() as connection:
            waiting = views.revisions_of(connection, self.names())
        if waiting:
            one = data.draw(st.sampled_from(waiting), label="wording")
            act = "take_revision" if takes else "dismiss_revision"
            self.attempt(by, act, one.record, undoes, revision=one.id)

    @invariant()
    def approvals_are_enough(self) -> None:
        if not hasattr(self, "world"):
            return
        with self.world.log.read() as connection:
            for record in views.records_by_id(connection, self.names()).values():
                if record.state == "approved" and self.world.desk.rules.approvals == 2:
                    assert len(acting.approvers(connection, record)) == 2
                assert (record.merged_into is not None) == (record.state == "merged")

    def teardown(self) -> None:
        if hasattr(self, "world"):
            assert checking.verify(self.world.log).problems == ()
            self.world.log.close()
            self.folder.cleanup()


TwoReviewers.TestCase.settings = settings(
    max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTwoReviewers = TwoReviewers.TestCase
