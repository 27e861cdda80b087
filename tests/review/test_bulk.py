"""Approval in bulk: never unless a team says so and its own reviews prove it, and then it says what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reviewed_world import ADA, BEN, CLEO, WORDS, asked, decided, desk_of, do, kept, meeting
from sqlalchemy import select
from typer import Typer
from typer.testing import CliRunner

from extractor.cli.bulk import bulk
from extractor.errors import UsageError
from extractor.log import checking, events, linked, tables, views, visibility
from extractor.log.naming import people_names
from extractor.log.store import Log
from extractor.plan import BulkPlan
from extractor.review.agreement import agreement_of, judged_records, kappa, lower_bound
from extractor.review.bulk import Offer, bulk_approve, measure, offers, refusal
from extractor.review.service import Desk
from extractor.settings import load_settings

BULK = {"confidence": 0.9, "right": 0.5, "agreement": 0.8, "reviewed": 5}
PLAN = BulkPlan.model_validate(BULK)


def reviewed(log: Log, number: int = 10, wrong: int = 0, alone: int = 0, name: str = "m-past") -> list[str]:
    """A past meeting: Ada and Ben judged each of its records, ``wrong`` of them to be wrong, ``alone`` by Ada only."""
    said = meeting(name, *WORDS[:number])
    ids = kept(log, said, *(decided(said, turn, confidence=0.95) for turn in range(number)))
    two = desk_of(log, approvals=2)
    for place, one in enumerate(ids):
        if place < wrong:
            do(two, ADA, "reject", one)
        else:
            do(desk_of(log) if place >= number - alone else two, ADA, "approve", one)
            if place < number - alone:
                do(two, BEN, "approve", one)
    return list(ids)


def waiting_now(log: Log, name: str = "m-now", **more: Any) -> tuple[str, ...]:
    said = meeting(name, *WORDS[:3])
    return kept(log, said, *(decided(said, turn, confidence=0.95, **more) for turn in range(3)))


def offered(log: Log, plan: BulkPlan | None = PLAN, by: str = ADA) -> list[Offer]:
    with log.seen_by(by).read() as connection:
        return offers(connection, plan)


def state(log: Log, record: str) -> str:
    with log.read() as connection:
        return views.records_by_id(connection, [record])[record].state


def test_it_is_off_unless_a_team_sets_it(log: Log) -> None:
    reviewed(log)
    ids = waiting_now(log)
    with pytest.raises(UsageError, match="off"):
        bulk_approve(desk_of(log), ADA)
    assert [state(log, one) for one in ids] == ["proposed"] * 3


def test_it_approves_what_an_engine_is_sure_of_and_each_event_says_so(log: Log) -> None:
    past = reviewed(log)
    ids = waiting_now(log)
    done = bulk_approve(desk_of(log, bulk=BULK), ADA)
    assert {one.records[0] for one in done} == set(ids)
    assert not any(one.waits for one in done)
    with log.read() as connection:
        bulk = {one.subject for one in events.walk(connection) if one.payload.get("bulk") is True}
        numbers = [one.seq for one in events.walk(connection) if one.payload.get("bulk") is True]
    assert bulk == set(ids)
    assert sorted(one.event or 0 for one in done) == numbers
    assert [state(log, one) for one in (*ids, *past)] == ["approved"] * 13
    assert checking.verify(log).problems == ()
    assert bulk_approve(desk_of(log, bulk=BULK), ADA) == []


def test_where_two_must_approve_one_in_bulk_is_one_of_them(log: Log) -> None:
    reviewed(log)
    one, two, three = waiting_now(log)
    rules = {"bulk": BULK, "approvals": 2}
    do(desk_of(log, **rules), BEN, "approve", one)
    assert [done.waits for done in sorted(bulk_approve(desk_of(log, **rules), ADA), key=lambda d: d.waits)] == [
        False,
        True,
        True,
    ]
    assert [state(log, name) for name in (one, two, three)] == ["approved", "proposed", "proposed"]
    bulk_approve(desk_of(log, **rules), ADA)
    assert state(log, two) == "proposed"
    bulk_approve(desk_of(log, **rules), BEN)
    assert [state(log, name) for name in (two, three)] == ["approved", "approved"]


def test_what_asks_for_a_look_is_left_for_one(log: Log) -> None:
    past = reviewed(log)
    said = meeting("m-now", *WORDS[:7])
    sure, high, flagged, doubtful, none, clash, edited = kept(
        log,
        said,
        decided(said, 0, confidence=0.9),
        decided(said, 1, confidence=0.95, significance="high"),
        decided(said, 2, confidence=0.95, flags=("person-unknown",)),
        decided(said, 3, confidence=0.89),
        decided(said, 4),
        decided(said, 5, confidence=0.95),
        decided(said, 6, confidence=0.95),
    )
    with log.write() as tx:
        linked.suggest(tx, clash, past[0], "contradicts", confidence=0.5, judge="test")
    do(desk_of(log), BEN, "edit", edited, fields={"topic": "paint"})
    done = bulk_approve(desk_of(log, bulk=BULK), ADA)
    assert [one.records for one in done] == [(sure,)]
    assert {state(log, one) for one in (high, flagged, doubtful, none, clash, edited)} == {"proposed"}


@pytest.mark.parametrize(
    ("past", "why"),
    [
        ({"number": 4}, "Only 4 records with a confidence of 0.9 or more have been reviewed one by one; it takes 5."),
        ({"wrong": 4}, "Reviewers left 6 of 10 records .* proves 31% at 95 % certainty; it takes 50%."),
        ({"alone": 6}, "Only 4 records .* have been judged by two people; it takes 5."),
    ],
)
def test_says_in_one_sentence_why_it_may_not_be_done(log: Log, past: dict[str, Any], why: str) -> None:
    reviewed(log, **past)
    ids = waiting_now(log)
    with pytest.raises(UsageError, match=why):
        bulk_approve(desk_of(log, bulk=BULK), ADA)
    (offer,) = offered(log)
    assert offer.refused is not None
    assert ". " not in offer.refused
    assert {state(log, one) for one in ids} == {"proposed"}


def test_reviewers_who_disagree_forbid_it(log: Log) -> None:
    ids = reviewed(log)
    for one in ids[:3]:
        do(desk_of(log), BEN, "reopen", one)
        do(desk_of(log), BEN, "reject", one)
    waiting_now(log)
    (offer,) = offered(log, PLAN.model_copy(update={"right": 0.3}))
    assert (offer.measured.reviewed, offer.measured.left) == (10, 7)
    assert (offer.measured.agreement.agreed, offer.measured.agreement.both) == (7, 10)
    assert offer.refused == ("Two reviewers agreed on 7 of 10 records with a confidence of 0.9 or more; it takes 80%.")


def test_what_was_edited_later_was_not_right_and_what_was_taken_back_was(log: Log) -> None:
    desk = desk_of(log)
    ids = reviewed(log)
    do(desk, BEN, "edit", ids[0], fields={"topic": "paint"})
    do(desk, BEN, "edit", ids[1], fields={"topic": "paint"})
    do(desk, BEN, "undo", ids[1])
    do(desk, CLEO, "reject", ids[2])
    do(desk, CLEO, "undo", ids[2])
    with log.read() as connection:
        judged = judged_records(connection)
    engine = judged[0].engine
    measured = measure(judged, engine, PLAN)
    assert (measured.reviewed, measured.left) == (10, 9)
    assert measured.right == lower_bound(9, 10)


def test_approvals_in_bulk_prove_nothing(log: Log) -> None:
    reviewed(log)
    waiting_now(log)
    bulk_approve(desk_of(log, bulk=BULK), ADA)
    waiting_now(log, "m-next")
    (offer,) = offered(log)
    assert offer.measured.reviewed == 10


def test_engines_are_judged_each_by_its_own_reviews(log: Log) -> None:
    reviewed(log)
    with log.read() as connection:
        judged = judged_records(connection)
    other = measure(judged, "another engine", PLAN)
    assert (other.reviewed, other.left, other.right) == (0, 0, 0.0)
    assert refusal(other, PLAN) is not None


def test_nothing_is_approved_that_the_person_may_not_see(log: Log) -> None:
    reviewed(log)
    hidden = waiting_now(log, "m-hidden")
    seen = waiting_now(log, "m-seen")
    with log.write(ADA) as tx:
        visibility.restrict(tx, "m-hidden", [ADA])
    done = bulk_approve(desk_of(log, bulk=BULK), BEN)
    assert {one.records[0] for one in done} == set(seen)
    assert {state(log, one) for one in hidden} == {"proposed"}


def test_only_in_the_conversation_that_is_named(log: Log) -> None:
    reviewed(log)
    one, other = waiting_now(log, "m-one"), waiting_now(log, "m-other")
    bulk_approve(desk_of(log, bulk=BULK), ADA, "m-one")
    assert ({state(log, name) for name in one}, {state(log, name) for name in other}) == ({"approved"}, {"proposed"})


def test_what_somebody_judges_in_the_meantime_is_left_alone(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.review import bulk

    reviewed(log)
    one, *others = waiting_now(log)
    found_first = bulk._approved

    def meanwhile(desk: Desk, by: str, batch: Any, seen: Any) -> Any:
        do(desk, BEN, "edit", one, fields={"topic": "paint"})
        return found_first(desk, by, batch, seen)

    monkeypatch.setattr(bulk, "_approved", meanwhile)
    done = bulk_approve(desk_of(log, bulk=BULK), ADA)
    assert {done_one.records[0] for done_one in done} == set(others)
    assert state(log, one) == "proposed"


def test_two_who_word_a_record_the_same_agree_and_two_who_do_not_disagree(log: Log) -> None:
    said = meeting("m-1", *WORDS[:4])
    edited, disputed, refused, alone = kept(log, said, *(decided(said, turn) for turn in range(3)), asked(said))
    two = desk_of(log, approvals=2)
    do(two, ADA, "approve", edited, fields={"topic": "paint"})
    do(two, BEN, "approve", edited)
    do(two, ADA, "approve", disputed)
    do(two, BEN, "edit", disputed, fields={"topic": "paint"})
    do(two, ADA, "reject", refused)
    do(two, BEN, "reopen", refused)
    do(two, BEN, "approve", refused)
    do(two, ADA, "approve", alone)
    with log.read() as connection:
        judged = judged_records(connection)
        found = agreement_of(judged, people_names(connection))
    words = {one.record: list(one.words.values()) for one in judged}
    assert words[edited] == ["reworded", "reworded"]
    assert words[disputed] == ["right", "reworded"]
    assert words[refused] == ["wrong", "right"]
    assert words[alone] == ["right"]
    assert (found.agreed, found.both, found.share) == (1, 3, 1 / 3)
    (pair,) = found.kappas
    assert ((pair.one, pair.other), pair.both) == ((ADA, BEN), 3)


def test_kappa_is_that_of_the_textbook_and_undefined_where_all_say_the_same() -> None:
    # 2x2 table 20, 5 / 10, 15: p_o = 0.7, p_e = 0.5, kappa = 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "n"), ("n", "y")]) == -1.0
    assert kappa([("y", "y")] * 5) is None
    assert kappa([]) is None


def test_the_lower_bound_is_wilsons() -> None:
    stats = pytest.importorskip("scipy.stats")
    for hits, total in ((9, 10), (50, 50), (0, 7), (190, 200)):
        expected = stats.binomtest(hits, total).proportion_ci(0.95, method="wilson").low
        assert lower_bound(hits, total) == pytest.approx(expected, abs=1e-12)
    assert lower_bound(0, 0) == 0.0


def test_reviews_of_what_was_erased_count_for_nothing(log: Log) -> None:
    from extractor.log.erasing import erase_record

    ids = reviewed(log)
    erase_record(log, ids[0], ADA)
    with log.read() as connection:
        assert ids[0] not in {one.record for one in judged_records(connection)}
        assert connection.execute(select(tables.reviews.c.record)).scalars().all().count(ids[0]) >= 2


def test_the_command_says_first_and_approves_then(tmp_path: Path) -> None:
    app = Typer(pretty_exceptions_enable=False)
    app.command()(bulk)

    def ran(*arguments: str) -> Any:
        return CliRunner().invoke(app, [*arguments, "--as", ADA])

    with Log.open(load_settings().data_folder) as log:
        ids = waiting_now(log)
        off = ran("--dry-run")
        assert isinstance(off.exception, UsageError)
        settings = "".join(f"{name} = {value}\n" for name, value in BULK.items())
        Path("decisions.toml").write_text(f"[review.bulk]\n{settings}")
        refused = ran()
        assert (refused.exit_code, refused.stdout) == (3, "")
        assert "Only 0 records" in refused.stderr
        reviewed(log)
        dry = ran("--dry-run")
        assert (dry.exit_code, set(dry.stdout.split())) == (0, set(ids))
        assert state(log, ids[0]) == "proposed"
        done = ran()
        assert (done.exit_code, set(done.stdout.split())) == (0, set(ids))
        assert "3 records approved." in done.stderr
        assert "Reviewers left 10 of 10 such records as they were" in done.stderr
        assert state(log, ids[0]) == "approved"
        assert ran().exit_code == 3
