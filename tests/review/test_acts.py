"""What each act of a reviewer does; twice is once; an edit keeps what was there; nothing is done by a machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kept import EMBEDDER, decision, question, quote, talk
from review_world import ADA, BEN, LINES, World, proposals, world_in
from sqlalchemy import select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import checking, linked, reviewing, tables, tending, undoing, views, visibility, wording
from extractor.log.history import HAPPENED, chain_of
from extractor.log.store import Log
from extractor.log.wording import BY_HAND

SPLIT = [
    {"fields": {"statement": "Paint the shed green."}, "evidence": [0]},
    {"fields": {"statement": "Leave the door blue."}, "evidence": [1]},
]
LADDER = {"turn": 3, "start_char": 0, "end_char": 31}


@pytest.fixture
def world(log: Log) -> Iterator[World]:
    made = world_in(log)
    yield made
    assert checking.verify(made.log).problems == ()


def revised(world: World) -> str:
    """The id of a wording that a later reading suggests for the decision, which a person has touched."""
    with world.log.write(BEN) as tx:
        tending.comment(tx, world.decision, "Hm.")
    first, *rest = proposals(world.said)
    world.read_again(first.model_copy(update={"statement": "Paint the shed dark green."}), *rest)
    with world.log.read() as connection:
        (suggested,) = views.revisions_of(connection, [world.decision])
    return suggested.id


def linked_to(world: World) -> str:
    """The id of a link that is suggested between the decision and the earlier one."""
    with world.log.write() as tx:
        linked.suggest(tx, world.decision, world.old, "supersedes", confidence=0.6, judge="test")
    return linked.link_id(world.decision, world.old, "supersedes")


def merged(world: World) -> str:
    world.do(BEN, "merge", world.decision, into=world.old)
    return world.decision


ACTS: dict[str, Callable[[World], tuple[str, str | None, dict[str, Any]]]] = {
    "approve": lambda world: ("approve", world.decision, {"comment": "Good."}),
    "edit and approve": lambda world: ("approve", world.decision, {"fields": {"statement": "Paint it green."}}),
    "edit": lambda world: ("edit", world.decision, {"fields": {"owners": ["Ben Ito"], "topic": "sheds"}}),
    "edit what is due": lambda world: ("edit", world.action, {"fields": {"due": {"text": "May", "date": None}}}),
    "reject": lambda world: ("reject", world.decision, {"comment": "Nobody said so."}),
    "reopen": lambda world: ("reopen", merged(world), {}),
    "merge": lambda world: ("merge", world.decision, {"into": world.old}),
    "split": lambda world: ("split", world.decision, {"parts": SPLIT}),
    "link": lambda world: ("link", world.decision, {"kind": "supersedes", "to": world.old}),
    "confirm a link": lambda world: (
        "link",
        world.decision,
        {"kind": "supersedes", "to": linked_to(world) and world.old},
    ),
    "unlink": lambda world: ("unlink", world.decision, {"link": linked_to(world)}),
    "answer": lambda world: ("close", world.question, {"comment": "Forty."}),
    "done": lambda world: ("close", world.action, {}),
    "comment": lambda world: ("comment", world.decision, {"comment": "Which green?"}),
    "assign": lambda world: ("assign", world.decision, {"person": BEN}),
    "take a revision": lambda world: ("take_revision", world.decision, {"revision": revised(world)}),
    "dismiss a revision": lambda world: ("dismiss_revision", world.decision, {"revision": revised(world)}),
    "add": lambda world: (
        "add",
        None,
        {
            "conversation": "m-2",
            "type": "decision",
            "passages": [LADDER],
            "fields": {"statement": "The ladder goes to the school.", "decided_by": ["Ben Ito"]},
            "comment": "Missed.",
        },
    ),
}
"""Every act, with what it takes."""


@pytest.mark.parametrize("what", ACTS)
def test_an_act_is_an_event_by_who_did_it_and_twice_is_once(world: World, what: str) -> None:
    act, record, more = ACTS[what](world)
    before = world.head()
    done = world.do(ADA, act, record, **more)
    assert done.event == world.head() > before
    with world.log.read() as connection:
        events = list(checking.events.walk(connection, after=before))
        names = dict(connection.execute(select(tables.people.c.id, tables.people.c.name)).all())
        notes = connection.execute(select(tables.reviews).where(tables.reviews.c.seq > before)).all()
    assert {names[int(event.actor.partition(":")[2])] for event in events} == {ADA}
    assert notes
    again = world.do(ADA, act, record, **more)
    assert (again.event, again.records) == (None, done.records)
    assert world.head() == done.event


@pytest.mark.parametrize("what", ACTS)
def test_the_history_says_what_happened_in_words(world: World, what: str) -> None:
    act, record, more = ACTS[what](world)
    done = world.do(ADA, act, record, **more)
    with world.log.read() as connection:
        steps = chain_of(connection, done.records[0]).steps
    assert {step.what for step in steps} <= HAPPENED.keys()
    assert any(step.who == ADA for step in steps)
    if more.get("comment"):
        assert more["comment"] in {step.comment for step in steps}


def test_an_approved_record_is_published_and_a_rejected_one_is_not(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    world.do(ADA, "reject", world.action)
    assert world.record(world.decision).state == "approved"
    assert world.record(world.action).state == "rejected"
    with pytest.raises(UsageError, match=r"is rejected\. Reopen it first"):
        world.do(ADA, "approve", world.action)
    world.do(ADA, "reopen", world.action)
    world.do(ADA, "approve", world.action)
    assert world.record(world.action).state == "approved"


def test_an_edit_keeps_what_was_there(world: World) -> None:
    before = world.record(world.decision)
    world.do(ADA, "edit", world.decision, fields={"statement": "Paint the shed dark green.", "owners": ["ben"]})
    after = world.record(world.decision)
    assert (after.text, after.owners, after.record.evidence) == (
        "Paint the shed dark green.",
        (BEN,),
        before.record.evidence,
    )
    with world.log.read() as connection:
        first, second = views.versions_of(connection, world.decision)
    assert (first.record, first.actor) == (before.record, "machine")
    assert (second.record, second.actor.partition(":")[0]) == (after.record, "person")


def test_nothing_is_changed_where_only_one_of_several_acts_fits(world: World) -> None:
    before, head = world.state(), world.head()
    wanted = [("approve", world.decision, {}), ("edit", world.action, {"fields": {"task": ""}})]
    from extractor.review import acts

    with pytest.raises(UsageError, match="needs its task"):
        world.desk.do_all(
            ADA, [acts.ACTS.validate_python({"act": act, "record": on, **more}) for act, on, more in wanted]
        )
    assert (world.state(), world.head()) == (before, head)


def test_a_split_gives_each_part_its_quotes_and_its_state(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    one, other = world.do(ADA, "split", world.decision, parts=SPLIT).records
    assert one == world.decision
    assert [world.record(name).text for name in (one, other)] == ["Paint the shed green.", "Leave the door blue."]
    quotes = [[quote.quote for quote in world.record(name).record.evidence] for name in (one, other)]
    assert quotes == [["paint the shed green"], ["the door stays blue"]]
    assert [world.record(name).state for name in (one, other)] == ["approved", "approved"]
    with pytest.raises(UsageError, match="has no quote 7"):
        world.do(ADA, "split", other, parts=[{"evidence": [0]}, {"evidence": [7]}])


def test_a_part_keeps_the_mark_of_a_quote_that_stands_nowhere_any_more(world: World) -> None:
    other = talk("Ada Lund: We paint the shed green, and the door goes.", *LINES[1:], name="m-2", title="Shed, second")
    world.read_again(*proposals(world.said)[1:], said=other)
    assert world.record(world.decision).lost_quotes == (1,)
    one, part = world.do(ADA, "split", world.decision, parts=SPLIT).records
    assert [world.record(name).lost_quotes for name in (one, part)] == [(), (0,)]


def test_what_was_missed_is_added_with_its_words_and_who_said_them(world: World) -> None:
    act, _, more = ACTS["add"](world)
    (name,) = world.do(ADA, act, **more).records
    added = world.record(name)
    (words,) = added.record.evidence
    assert (words.quote, words.speaker, words.time) == ("The ladder goes to the school.", "ben-ito", 30.0)
    assert (added.state, added.engine, added.deciders, added.title) == ("approved", BY_HAND, (BEN,), "Shed, second")


@pytest.mark.parametrize(
    ("passages", "fields", "said"),
    [
        ([{"turn": 9}], {"statement": "So."}, "no turn 9"),
        ([{"turn": 0, "start_char": 2, "end_char": 3}], {"statement": "So."}, "No words are selected"),
        ([{"turn": 0, "start_char": 900}], {"statement": "So."}, "No words are selected"),
        ([LADDER], {}, "needs its statement"),
        ([LADDER], {"statement": "So.", "colour": "red"}, "no field colour"),
        ([LADDER], {"statement": "So.", "status": "perhaps"}, "status"),
    ],
)
def test_what_cannot_be_added_is_refused(world: World, passages: list[Any], fields: Any, said: str) -> None:
    head = world.head()
    with pytest.raises(UsageError, match=said):
        world.do(ADA, "add", conversation="m-2", type="decision", passages=passages, fields=fields)
    assert world.head() == head


def test_what_a_person_added_or_split_is_found_again_when_the_conversation_is_read_again(world: World) -> None:
    act, _, more = ACTS["add"](world)
    (added,) = world.do(ADA, act, **more).records
    parts = world.do(ADA, "split", world.decision, parts=SPLIT).records
    said = world.said
    words = {name: world.record(name).text for name in (added, *parts)}
    whole = [
        decision(said, "The ladder is for the school.", quote(said, 3, "The ladder goes to the school")),
        decision(said, "The shed is painted green.", quote(said, 0, "paint the shed green")),
        decision(said, "The door stays blue.", quote(said, 0, "the door stays blue")),
        *proposals(said)[1:],
    ]
    outcome = world.read_again(*whole)
    assert outcome.new == []
    assert {*outcome.unchanged, *outcome.suggested} >= {added, *parts}
    assert {name: world.record(name).text for name in words} == words
    again = world.read_again(*proposals(said))
    assert again.new == [], "nor does a reading that takes both parts for one"


def test_what_was_added_and_taken_back_may_be_added_again(world: World) -> None:
    act, _, more = ACTS["add"](world)
    (added,) = world.do(ADA, act, **more).records
    world.do(ADA, "undo", added)
    assert world.record(added).state == "rejected"
    assert world.do(ADA, act, **more).records == (added,)
    assert world.record(added).state == "approved"


def test_a_question_is_answered_with_words_and_may_be_opened_again(world: World) -> None:
    with pytest.raises(UsageError, match="answered with words"):
        world.do(ADA, "close", world.question)
    world.do(ADA, "close", world.question, comment="Forty.")
    assert world.record(world.question).closed_at is not None
    with pytest.raises(UsageError, match="answered already"):
        world.do(ADA, "close", world.question, comment="Fifty.")
    world.do(BEN, "reopen", world.question)
    assert world.record(world.question).closed_at is None
    with pytest.raises(UsageError, match="is a decision"):
        world.do(ADA, "close", world.decision)


def test_a_comment_with_an_act_that_changes_nothing_is_not_lost(world: World) -> None:
    world.do(ADA, "approve", world.decision)
    done = world.do(BEN, "approve", world.decision, comment="I was there, it is so.")
    assert done.event is not None
    with world.log.read() as connection:
        comments = connection.execute(select(tables.reviews.c.verdict, tables.reviews.c.comment)).all()
    assert ("comment", "I was there, it is so.") in [tuple(row) for row in comments]


def test_a_record_is_given_to_somebody_to_review(world: World) -> None:
    world.do(ADA, "assign", world.decision, person="Cy Roe")
    with world.log.read() as connection:
        assert world.record(world.decision).assignee == visibility.person_numbered(connection, "Cy Roe")
    world.do(ADA, "assign", world.decision, person=None)
    assert world.record(world.decision).assignee is None


def test_links_and_wordings_of_other_records_are_not_touched(world: World) -> None:
    link, revision = linked_to(world), revised(world)
    for act, more in (("unlink", {"link": link}), ("take_revision", {"revision": revision})):
        with pytest.raises(NoSuchRecordError):
            world.do(ADA, act, world.action, **more)
        with pytest.raises(NoSuchRecordError):
            world.do(ADA, act, world.decision, **dict.fromkeys(more, "x-0000"))


@pytest.mark.parametrize("act", [act for act in ACTS if act != "add"])
def test_an_act_on_a_record_that_is_not_there_is_refused(world: World, act: str) -> None:
    written, _, more = ACTS[act](world)
    with pytest.raises((NoSuchRecordError, UsageError)):
        world.do(ADA, written, "d-0000000000000000", **more)


def test_a_machine_can_do_none_of_it(world: World) -> None:
    revision, link = revised(world), linked_to(world)
    part = wording.Part({}, (0,))
    nobody = [
        lambda tx: reviewing.approve(tx, world.decision),
        lambda tx: reviewing.reject(tx, world.decision),
        lambda tx: reviewing.reopen(tx, world.decision),
        lambda tx: reviewing.merge(tx, world.decision, world.old),
        lambda tx: reviewing.edit(tx, world.decision, {"topic": "x"}, EMBEDDER),
        lambda tx: reviewing.accept_revision(tx, revision, EMBEDDER),
        lambda tx: reviewing.dismiss_revision(tx, revision),
        lambda tx: wording.split(tx, world.decision, [part, part], EMBEDDER),
        lambda tx: wording.add_missed(tx, "m-2", "decision", [wording.Passage(3)], {"statement": "So."}, EMBEDDER),
        lambda tx: linked.confirm(tx, world.decision, world.old, "relates"),
        lambda tx: linked.reject(tx, link),
        lambda tx: tending.comment(tx, world.decision, "Hm."),
        lambda tx: tending.assign(tx, [world.decision], BEN),
        lambda tx: tending.close(tx, world.action),
        lambda tx: undoing.undo(tx, world.decision, EMBEDDER),
    ]
    head = world.head()
    for act in nobody:
        with pytest.raises(UsageError, match=r"(?i)only a person"), world.log.write() as tx:
            act(tx)
    with pytest.raises(UsageError, match="Only a person"):
        world.do("  ", "approve", world.decision)
    assert world.head() == head


def test_a_record_whose_words_were_erased_takes_no_act(world: World) -> None:
    from extractor.log.erasing import erase_record

    erase_record(world.log, world.decision, ADA)
    for act, more in (("approve", {}), ("comment", {"comment": "Hm."}), ("edit", {"fields": {"topic": "x"}})):
        with pytest.raises(UsageError, match="were erased"):
            world.do(ADA, act, world.decision, **more)


def test_a_question_found_again_after_its_answer_stays_answered(world: World) -> None:
    world.do(ADA, "close", world.question, comment="Forty.")
    one, two, _ = proposals(world.said)
    world.read_again(one, two, question(world.said, "How much is paint?", quote(world.said, 2, "what the paint costs")))
    assert world.record(world.question).closed_at is not None
