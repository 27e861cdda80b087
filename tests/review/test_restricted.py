"""Who may see a conversation, and that this outlives readings, erasures and copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import EMBEDDER, ENGINE, decision, found, keep, quote, talk
from review_world import ADA, BEN, World, proposals, world_in
from sqlalchemy import func, select

from extractor.adding import Adder
from extractor.errors import NoSuchRecordError, UsageError
from extractor.fetching import Item
from extractor.log import checking, tables, views, visibility
from extractor.log.backup import backup, restore
from extractor.log.erasing import erase_conversation, erase_person
from extractor.log.store import Log

CY = "Cy Roe"


@pytest.fixture
def world(log: Log) -> Iterator[World]:
    made = world_in(log)
    yield made
    assert checking.verify(made.log).problems == ()


def sees(log: Log, viewer: str | int, record: str) -> bool:
    with log.seen_by(viewer).read() as connection:
        return record in views.records_by_id(connection, [record])


def test_only_those_who_are_named_see_it_and_who_says_so(world: World) -> None:
    assert sees(world.log, CY, world.decision)
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    assert [sees(world.log, who, world.decision) for who in (ADA, BEN, CY, visibility.NOBODY)] == [
        True,
        True,
        False,
        False,
    ]
    assert sees(world.log, CY, world.old)
    world.do(BEN, "restrict", conversation="m-2")
    assert sees(world.log, CY, world.decision)


def test_to_say_the_same_again_changes_nothing(world: World) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    head = world.head()
    assert world.do(ADA, "restrict", conversation="m-2", people=[BEN, ADA]).event is None
    assert world.head() == head


@pytest.mark.parametrize(
    ("act", "more"),
    [
        ("approve", {}),
        ("comment", {"comment": "Hm."}),
        ("edit", {"fields": {"topic": "x"}}),
        ("undo", {}),
        ("assign", {"person": CY}),
        ("split", {"parts": [{"evidence": [0]}, {"evidence": [1]}]}),
    ],
)
def test_who_may_not_see_a_record_can_do_nothing_with_it(world: World, act: str, more: dict[str, object]) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    head = world.head()
    for record in (world.decision, "d-0000000000000000"):
        with pytest.raises(NoSuchRecordError) as refused:
            world.do(CY, act, record, **more)
        assert refused.value.what == f"There is no record {record} in the log.", "as if it were not there"
    assert world.head() == head


def test_nor_name_it_in_an_act_on_another(world: World) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    head = world.head()
    for act, more in (("merge", {"into": world.decision}), ("link", {"kind": "relates", "to": world.decision})):
        with pytest.raises(NoSuchRecordError):
            world.do(CY, act, world.old, **more)
    for act, more in (
        ("restrict", {"conversation": "m-2"}),
        ("restrict", {"conversation": "Shed, second", "people": [CY]}),
        ("add", {"conversation": "m-2", "type": "decision", "passages": [{"turn": 0}], "fields": {"statement": "So."}}),
    ):
        with pytest.raises((NoSuchRecordError, UsageError), match="no conversation"):
            world.do(CY, act, **more)
    assert world.head() == head


def test_what_is_read_again_stays_restricted(world: World) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    said = world.said
    new = decision(said, "The ladder goes to the school.", quote(said, 3, "The ladder goes to the school"))
    (added,) = world.read_again(*proposals(said), new).new
    assert not sees(world.log, CY, added)
    assert sees(world.log, BEN, added)


def test_a_reviewer_of_both_keeps_their_name_where_others_see_their_acts(world: World) -> None:
    world.do(ADA, "comment", world.old, comment="Hm.")
    said = talk("Dee Fox: Nobody else was there.", name="m-3", title="Alone")
    keep(world.log, said, found(said))
    world.do("Dee Fox", "restrict", conversation="m-3", people=["Dee Fox"])
    with world.log.seen_by(CY).read() as connection:
        assert "Dee Fox" not in connection.execute(select(tables.people.c.name)).scalars().all()
    world.do("Dee Fox", "comment", world.old, comment="So it is.")
    with world.log.seen_by(CY).read() as connection:
        assert "Dee Fox" in connection.execute(select(tables.people.c.name)).scalars().all()


def test_a_series_bears_the_title_of_a_meeting_that_is_seen(log: Log) -> None:
    for number, day in ((1, "2026-03-04 reorganisation 7"), (2, "reorganisation 8")):
        said = talk("Ada Lund: So.", name=f"s-{number}", title=day)
        keep(log, said, found(said))
    with log.write(ADA) as tx:
        visibility.restrict(tx, "s-1", [ADA])
    with log.seen_by(CY).read() as connection:
        assert connection.execute(select(tables.series.c.title)).scalars().all() == ["reorganisation 8"]
    with log.seen_by(ADA).read() as connection:
        assert connection.execute(select(tables.series.c.title)).scalars().all() == ["2026-03-04 reorganisation 7"]


class Reads:
    """An extractor that finds one decision in what it is given."""

    info = ENGINE

    def each(self, conversations):  # type: ignore[no-untyped-def]
        from extractor.records import Usage
        from extractor.spreading import Extracted

        for one in conversations:
            words = one.turns[0].text
            yield Extracted(one, found(one, decision(one, words, quote(one, 0, words))), None, Usage())


def test_a_source_may_be_restricted_from_its_first_transaction_on(log: Log, tmp_path: Path) -> None:
    from extractor.sources import read_sources

    def item(name: str, words: str) -> Item:
        path = tmp_path / f"{name}.txt"
        path.write_text(f"Ada Lund: {words}\nBen Ito: Yes, I agree with that.\n")
        version = str(hash(words)).rjust(64, "0")
        return Item(f"secret:{name}", version, name, lambda: list(read_sources([str(path)])), visible_to=(BEN,))

    broken = Item("secret:bad", "1" * 64, "layoffs.vtt", lambda: list(read_sources([str(tmp_path / "no.vtt")])), (BEN,))
    results = list(Adder(log, Reads(), EMBEDDER).add([item("one", "We close the office."), broken]))  # type: ignore[arg-type]
    (name,) = results[0].outcomes[0].new
    assert sees(log, BEN, name)
    assert not sees(log, CY, name)
    with log.read() as connection:
        kinds = [event.kind for event in checking.events.walk(connection)]
        for table in (tables.sources, tables.quarantine):
            assert {row.label for row in connection.execute(select(table))} == {"a restricted source"}
        reason = connection.execute(select(tables.quarantine.c.reason)).scalar_one()
    assert "no.vtt" not in reason
    assert "conversation.restricted" in kinds
    with log.write(BEN) as tx:
        visibility.restrict(tx, results[0].outcomes[0].conversation, [])
    list(Adder(log, Reads(), EMBEDDER, again=True).add([item("one", "We close the office.")]))  # type: ignore[arg-type]
    assert sees(log, CY, name), "what a person has opened stays open"
    assert checking.verify(log).ok


def test_erasing_a_conversation_leaves_nobody_who_may_see_it_by_name_and_shows_it_to_nobody(world: World) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN, CY])
    erase_conversation(world.log, "m-2", ADA)
    with world.log.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.restrictions)).scalar_one() == 1
    assert not sees(world.log, visibility.NOBODY, world.decision)
    with world.log.seen_by(visibility.NOBODY).read() as connection:
        assert connection.execute(select(tables.conversations.c.id)).scalars().all() == ["m-1"]


def with_account(world: World, name: str) -> None:
    at = "2026-04-01T09:00:00.000000Z"
    with world.log.write(ADA) as tx:
        connection, person = tx.connection, tx.person(name)
        connection.execute(
            tables.accounts.insert().values(
                id=1, login="ben.ito@example.org", person=person, role="admin", password="$argon2id$x", created_at=at
            )
        )
        connection.execute(tables.identities.insert().values(issuer="https://id.example", subject="ben", account=1))
        connection.execute(
            tables.sessions.insert().values(digest="d" * 64, account=1, created_at=at, seen_at=at, expires_at=at)
        )
        connection.execute(
            tables.tokens.insert().values(
                id=1, account=1, name="Ben's script", digest="e" * 64, scope="read", created_at=at
            )
        )


def test_erasing_a_person_takes_their_account_and_their_rights(world: World) -> None:
    with_account(world, BEN)
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    world.do(ADA, "assign", world.decision, person=BEN)
    erase_person(world.log, BEN, ADA, EMBEDDER)
    with world.log.read() as connection:
        account = connection.execute(select(tables.accounts)).one()
        left = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.identities, tables.sessions, tables.tokens)
        ]
        allowed = visibility.allowed(connection, "m-2")
        person = visibility.person_numbered(connection, ADA)
    assert (account.login, account.password, left) == ("erased-1", None, [0, 0, 0])
    assert account.disabled_at is not None
    assert allowed == {person}
    assert world.record(world.decision).assignee is None


def test_what_only_an_erased_person_might_see_is_not_for_everybody_then(world: World) -> None:
    world.do(BEN, "restrict", conversation="m-2", people=[BEN])
    erase_person(world.log, BEN, ADA, EMBEDDER)
    assert not sees(world.log, CY, world.question)
    assert not sees(world.log, visibility.NOBODY, world.question)


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
def test_a_copy_carries_who_may_see_what_and_accounts(world: World, tmp_path: Path) -> None:
    with_account(world, CY)
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    backup(world.log, tmp_path / "copy.db")
    (tmp_path / "back").mkdir()
    restore(tmp_path / "copy.db", tmp_path / "back", embedder=EMBEDDER)
    with Log.open(tmp_path / "back") as back:
        assert not sees(back, CY, world.decision)
        assert sees(back, BEN, world.decision)
        assert checking.verify(back).ok
        with back.read() as connection:
            assert connection.execute(select(func.count()).select_from(tables.tokens)).scalar_one() == 1


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
def test_a_copy_from_before_shows_nothing_that_is_restricted_since(world: World, tmp_path: Path) -> None:
    backup(world.log, tmp_path / "copy.db")
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    world.log.close()
    restore(tmp_path / "copy.db", tmp_path / "data", embedder=EMBEDDER, force=True)
    assert not sees(world.log, CY, world.decision)
    assert sees(world.log, BEN, world.decision)


def test_who_may_see_what_is_not_changed_beside_the_events(world: World) -> None:
    world.do(ADA, "restrict", conversation="m-2", people=[BEN])
    with world.log.write() as tx:
        rows = tx.connection.execute(select(tables.restrictions)).all()
        tx.connection.execute(tables.restrictions.delete())
    assert any("Who may see conversation 2" in one for one in checking.verify(world.log).problems)
    with world.log.write() as tx:
        for row in rows:
            tx.connection.execute(tables.restrictions.insert().values(row._asdict()))
