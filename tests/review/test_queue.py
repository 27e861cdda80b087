"""The queue: what a mistake would cost most comes first, page by page, and nobody sees what they may not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from kept import found, keep
from reviewed_world import ADA, BEN, CLEO, WORDS, asked, bought, decided, desk_of, do, kept, meeting
from sqlalchemy import Connection, event, insert

from extractor.log import acting, linked, tables, views, visibility
from extractor.log.erasing import erase_record
from extractor.log.store import Log
from extractor.review import queue
from extractor.review.queue import Item, Waiting, count_suggestions, count_waiting, meetings, suggestions, waiting

PLAIN = Waiting()


def queued(log: Log, wanted: Waiting = PLAIN, **more: Any) -> list[Item]:
    with log.read() as connection:
        return waiting(connection, wanted, **more)


def ids_of(items: Sequence[Item]) -> list[str]:
    return [item.record.id for item in items]


def test_the_costliest_comes_first_and_of_equals_the_latest(log: Log) -> None:
    said = meeting("m-1", *WORDS[:4])
    plain, high, sure, flagged, task, open_one = kept(
        log,
        said,
        decided(said, 0),
        decided(said, 1, significance="high"),
        decided(said, 2, confidence=0.99),
        decided(said, 3, flags=("person-unknown", "person-absent", "due-date-changed")),
        bought(said),
        asked(said, confidence=0.1),
    )
    # Stakes 2 (unknown), 4 (high), 1.5 (action), 1 (question), each times the chance to be wrong; 0.5 a flag.
    assert ids_of(queued(log)) == [flagged, high, plain, open_one, task, sure]
    other = meeting("m-2", WORDS[5])
    (later,) = kept(log, other, decided(other, 0))
    assert ids_of(queued(log))[2:4] == [later, plain]


def test_says_in_words_why_a_record_comes_early(log: Log) -> None:
    said = meeting("m-1", *WORDS[:3])
    old, high, doubtful = kept(
        log,
        said,
        decided(said, 0),
        decided(said, 1, significance="high", flags=("person-unknown",)),
        decided(said, 2, confidence=0.2),
    )
    do(desk_of(log), ADA, "approve", old)
    with log.write() as tx:
        linked.suggest(tx, doubtful, old, "supersedes", confidence=0.6, judge="test")
        linked.suggest(tx, high, doubtful, "contradicts", confidence=0.6, judge="test")
    first, second = queued(log)
    assert (first.record.id, first.conflicts) == (doubtful, (old,))
    assert first.reasons == ("would replace an approved decision", "low confidence")
    assert (second.reasons, second.conflicts) == (("high significance", "person unknown"), ())


def test_a_record_that_is_not_found_again_says_so(log: Log) -> None:
    said = meeting("m-1", *WORDS[:2])
    one, _ = kept(log, said, decided(said, 0), decided(said, 1))
    keep(log, said.model_copy(update={"title": "About m-1, again"}), found(said, decided(said, 1)))
    reasons = {item.record.id: item.reasons for item in queued(log)}
    assert reasons[one] == ("not found when it was read again",)


def test_pages_hold_every_record_once_also_among_equals(log: Log) -> None:
    expected = set()
    for number in range(3):
        said = meeting(f"m-{number}", *WORDS[:3])
        expected |= set(kept(log, said, *(decided(said, turn) for turn in range(3)), bought(said)))
    seen: list[str] = []
    after = None
    while page := queued(log, limit=5, after=after):
        seen += ids_of(page)
        after = page[-1].place
    assert len(seen) == len(expected) == 12
    assert set(seen) == expected
    assert seen == ids_of(queued(log))


def test_filters_by_person_conversation_type_and_reason(log: Log) -> None:
    desk = desk_of(log)
    said, other = meeting("m-1", *WORDS[:2]), meeting("m-2", WORDS[3])
    high, flagged, task = kept(
        log, said, decided(said, 0, significance="high"), decided(said, 1, flags=("person-unknown",)), bought(said)
    )
    plain, doubtful = kept(log, other, decided(other, 0), asked(other, confidence=0.49))
    do(desk, ADA, "assign", task, person=BEN)
    do(desk, ADA, "approve", plain)
    with log.write() as tx:
        linked.suggest(tx, flagged, plain, "contradicts", confidence=0.6, judge="test")
        ben = tx.person(BEN)

    def only(**more: Any) -> set[str]:
        wanted = Waiting(**more)
        with log.read() as connection:
            assert count_waiting(connection, wanted) == len(waiting(connection, wanted))
        return set(ids_of(queued(log, wanted)))

    assert only() == {high, flagged, task, doubtful}
    assert only(who=ben) == {task}
    assert only(unassigned=True) == {high, flagged, doubtful}
    assert only(conversation="m-2") == {doubtful}
    assert only(types=("action_item", "open_question")) == {task, doubtful}
    assert only(reasons=("significance",)) == {high}
    assert only(reasons=("flags",)) == {flagged}
    assert only(reasons=("confidence",)) == {doubtful}
    assert only(reasons=("conflict",)) == {flagged}
    assert only(reasons=("significance", "confidence")) == {high, doubtful}
    assert next(item.assignee for item in queued(log, Waiting(who=ben))) == BEN


def test_words_in_a_record_do_not_pass_for_its_fields(log: Log) -> None:
    said = meeting("m-1", WORDS[0])
    claim = 'We write "significance":"high" and "flags":[] on the door.'
    (one,) = kept(log, said, decided(said, 0, flags=("person-unknown",)).model_copy(update={"statement": claim}))
    assert queued(log, Waiting(reasons=("significance",))) == []
    assert ids_of(queued(log, Waiting(reasons=("flags",)))) == [one]


def test_who_has_approved_the_wording_is_told_and_no_longer_asked(log: Log) -> None:
    desk = desk_of(log, approvals=3)
    said = meeting("m-1", *WORDS[:2])
    one, other = kept(log, said, decided(said, 0), decided(said, 1))
    do(desk, ADA, "approve", one)
    do(desk, BEN, "approve", one)
    do(desk, ADA, "approve", other)
    do(desk, BEN, "edit", other, fields={"topic": "paint"})
    items = {item.record.id: item for item in queued(log)}
    assert (items[one].approvals, items[other].approvals) == ((ADA, BEN), ())
    with log.write(ADA) as tx:
        ada = tx.person(ADA)
        for item in items.values():
            names = {tx.connection.execute(_name(actor)).scalar_one() for actor in _approvers(tx.connection, item)}
            assert set(item.approvals) == names
    assert ids_of(queued(log, Waiting(unapproved_by=ada))) == [other]
    do(desk, BEN, "undo", one)
    do(desk, CLEO, "reopen", other)
    assert {item.record.id: item.approvals for item in queued(log)} == {one: (ADA,), other: ()}


def _approvers(connection: Connection, item: Item) -> set[str]:
    known = views.records_by_id(connection, [item.record.id])[item.record.id]
    return acting.approvers(connection, known)


def _name(actor: str) -> Any:
    people = tables.people
    return people.select().with_only_columns(people.c.name).where(people.c.id == int(actor.partition(":")[2]))


def test_the_stamp_of_an_item_refuses_an_act_once_another_has_acted(log: Log) -> None:
    from extractor.errors import ConflictError

    desk = desk_of(log)
    said = meeting("m-1", WORDS[0])
    (one,) = kept(log, said, decided(said, 0))
    (before,) = queued(log)
    do(desk, BEN, "edit", one, fields={"topic": "paint"})
    with pytest.raises(ConflictError):
        do(desk, ADA, "approve", one, seen=before.stamp)
    (now,) = queued(log)
    do(desk, ADA, "approve", one, seen=now.stamp)
    assert queued(log) == []


def test_erased_records_do_not_wait(log: Log) -> None:
    said = meeting("m-1", *WORDS[:2])
    one, other = kept(log, said, decided(said, 0), decided(said, 1))
    erase_record(log, one, ADA)
    assert ids_of(queued(log)) == [other]


def test_meetings_come_by_the_costliest_record_with_what_waits_in_each(log: Log) -> None:
    some = [meeting(f"m-{number}", *WORDS[:3]) for number in range(3)]
    kept(log, some[0], *(decided(some[0], turn, confidence=0.9) for turn in range(3)))
    kept(log, some[1], decided(some[1], 0, significance="high"))
    (done,) = kept(log, some[2], decided(some[2], 0))
    do(desk_of(log), ADA, "approve", done)
    with log.read() as connection:
        first, second = meetings(connection)
        assert [one.id for one in meetings(connection, 1, 1)] == ["m-0"]
        assert meetings(connection, 5, 2) == []
    assert (first.id, first.title, first.number, first.waiting, first.weight) == ("m-1", "About m-1", 2, 1, 2.0)
    assert (second.id, second.waiting, second.said_on) == ("m-0", 3, "2026-03-04")
    assert second.weight == pytest.approx(0.6)


def test_meetings_are_found_however_many_records_the_first_one_has(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "_WALKED", 2)
    big, small = meeting("m-big", *WORDS[:5]), meeting("m-small", WORDS[0])
    kept(log, big, *(decided(big, turn, significance="high") for turn in range(5)))
    kept(log, small, decided(small, 0))
    with log.read() as connection:
        assert [(one.id, one.waiting) for one in meetings(connection)] == [("m-big", 5), ("m-small", 1)]


def test_what_is_suggested_comes_with_both_ends_while_both_stand(log: Log) -> None:
    desk = desk_of(log)
    said = meeting("m-1", *WORDS[:4])
    old, new, other, quiet = kept(log, said, *(decided(said, turn) for turn in range(4)))
    do(desk, ADA, "approve", new)
    with log.write() as tx:
        linked.suggest(tx, new, old, "supersedes", confidence=0.6, judge="test")
        linked.suggest(tx, other, old, "relates", confidence=0.6, judge="test")
    do(desk, ADA, "approve", quiet)
    again = [decided(said, turn) for turn in range(4)]
    again[3] = again[3].model_copy(update={"status": "tentative"})
    keep(log, said.model_copy(update={"title": "About m-1, again"}), found(said, *again))
    with log.read() as connection:
        all_of_them = suggestions(connection)
        assert count_suggestions(connection) == 3
        pages = [suggestions(connection, 1, after)[0] for after in (None, *(one.place for one in all_of_them[:2]))]
        assert suggestions(connection, 1, all_of_them[-1].place) == []
    assert pages == all_of_them
    assert [one.record.id for one in all_of_them] == [quiet, other, new]
    assert [one.fields for one in all_of_them[0].revisions] == [("status",)]
    ((link,), (replaced,)) = (one.links for one in all_of_them[1:])
    assert (replaced.link.kind, replaced.later.id, replaced.earlier.id) == ("supersedes", new, old)
    assert all_of_them[2].stamp > 0
    do(desk, ADA, "reject", old)
    with log.read() as connection:
        assert [one.record.id for one in suggestions(connection, 1)] == [quiet]
        assert [one.record.id for one in suggestions(connection)] == [quiet]
        assert count_suggestions(connection) == 1
    assert link.earlier.id == old


def test_a_viewer_finds_nothing_of_what_only_others_may_see(log: Log) -> None:
    desk = desk_of(log)
    hidden, seen = meeting("m-hidden", *WORDS[:2]), meeting("m-seen", WORDS[0])
    secret, mine = kept(log, hidden, decided(hidden, 0, significance="high"), decided(hidden, 1))
    (plain,) = kept(log, seen, decided(seen, 0))
    do(desk, ADA, "approve", secret)
    do(desk, ADA, "assign", plain, person=BEN)
    with log.write() as tx:
        linked.suggest(tx, plain, secret, "supersedes", confidence=0.6, judge="test")
        linked.suggest(tx, mine, secret, "contradicts", confidence=0.6, judge="test")
    with log.write(ADA) as tx:
        visibility.restrict(tx, "m-hidden", [ADA])
    for who, shown, open_ones in ((ADA, {mine, plain}, 2), (BEN, {plain}, 0)):
        view = log.seen_by(who)
        with view.read() as connection:
            assert set(ids_of(waiting(connection, PLAIN))) == shown
            assert count_waiting(connection, PLAIN) == len(shown)
            assert len(suggestions(connection)) == count_suggestions(connection) == open_ones
            assert {one.id for one in meetings(connection)} == {"m-seen"} | ({"m-hidden"} if who == ADA else set())
            conflicts = {item.record.id: item.conflicts for item in waiting(connection, PLAIN)}
            assert conflicts[plain] == ((secret,) if who == ADA else ())


def test_counts_stop_where_a_person_is_told_that_there_are_more(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "COUNTED", 2)
    said = meeting("m-1", *WORDS[:5])
    kept(log, said, *(decided(said, turn) for turn in range(5)))
    with log.read() as connection:
        assert count_waiting(connection, PLAIN) == 3


QUESTIONS: dict[str, Callable[[Connection], Any]] = {
    "waiting": lambda connection: waiting(connection, PLAIN, 50, (2.0, 900)),
    "of a meeting": lambda connection: waiting(connection, Waiting(conversation="m-1")),
    "in conflict": lambda connection: waiting(connection, Waiting(reasons=("conflict",))),
    "counted": lambda connection: count_waiting(connection, PLAIN),
    "meetings": meetings,
    "suggestions": suggestions,
}


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("viewer", [False, True])
@pytest.mark.parametrize("asked_for", QUESTIONS)
def test_no_question_of_the_queue_goes_through_all_records(log: Log, asked_for: str, viewer: bool) -> None:
    said = meeting("m-1", *WORDS[:3])
    one, two, _ = kept(log, said, *(decided(said, turn) for turn in range(3)))
    do(desk_of(log), ADA, "approve", one)
    with log.write(ADA) as tx:
        linked.suggest(tx, two, one, "supersedes", confidence=0.6, judge="test")
        tx.connection.execute(insert(tables.restrictions).values(conversation="m-1", person=tx.person(ADA)))
    with (log.seen_by(ADA) if viewer else log).read() as connection:
        plans = _plans(connection, asked_for)
    assert plans
    for plan in plans:
        assert "SCAN records" not in plan.replace("main.", ""), plan
        # By state alone only where that is the order, and what waits is asked for.
        by_state = "ix_records_state_weight_seq" in plan
        assert not by_state or "USE TEMP B-TREE FOR ORDER BY" not in plan, plan


def _plans(connection: Connection, asked_for: str) -> list[str]:
    statements: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        statements.append((statement, parameters))

    event.listen(connection.engine, "before_cursor_execute", note)
    try:
        QUESTIONS[asked_for](connection)
    finally:
        event.remove(connection.engine, "before_cursor_execute", note)
    return [
        "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))
        for statement, parameters in statements
    ]
