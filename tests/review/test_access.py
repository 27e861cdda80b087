"""Accounts, passwords, sessions and tokens, in both databases."""

from __future__ import annotations

import json

import pytest
from argon2 import PasswordHasher
from door_world import PASSWORD, Team, password_hash
from kept import EMBEDDER
from sqlalchemy import select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.log import checking, events, tables
from extractor.log.erasing import erase_person
from extractor.log.store import Log
from extractor.review import access, credentials


@pytest.fixture
def team(log: Log) -> Team:
    return Team(log)


def stored(log: Log) -> str:
    """Every row of the tables about access and every event, as text."""
    with log.read() as connection:
        kept = (tables.accounts, tables.sessions, tables.tokens, tables.identities, tables.events)
        return "\n".join(str(tuple(row)) for table in kept for row in connection.execute(select(table)))


def test_who_has_an_account_is_let_in_by_its_password_alone(team: Team) -> None:
    made = team.account("ana", "reviewer")
    assert access.checked(team.log, "ana", PASSWORD) == made
    assert access.checked(team.log, " ANA ", PASSWORD) == made
    assert access.checked(team.log, "ana", PASSWORD + "x") is None
    assert access.checked(team.log, "nobody", PASSWORD) is None
    team.account("ben", password=False)
    assert access.checked(team.log, "ben", "") is None
    assert access.checked(team.log, "ben", "nobody's password") is None


def test_every_refusal_takes_one_check_of_a_hash(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.account("ana")
    team.account("ben", password=False)
    checks: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            checks.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(access, "_HASHER", Counting())
    for login in ("ana", "ben", "nobody", "x" * 5000):
        assert access.checked(team.log, login, "wrong " * 500) is None
    assert len(checks) == 4
    assert len(set(checks)) == 1, "all with the same parameters"


def test_a_hash_of_other_parameters_is_made_anew_at_the_next_sign_in(team: Team) -> None:
    with team.log.write() as tx:
        weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
        access.add(tx, "ana", "Ana Li", "reader", weak)
    assert access.checked(team.log, "ana", "a wrong one") is None
    assert "m=8192" in stored(team.log)
    assert access.checked(team.log, "ana", PASSWORD) is not None
    assert "m=8192" not in stored(team.log)
    assert access.checked(team.log, "ana", PASSWORD) is not None


@pytest.mark.parametrize("password", ["short", "x" * 1001, "ana-the-long-login"])
def test_a_password_that_is_too_short_too_long_or_the_login_is_none(password: str) -> None:
    with pytest.raises(UsageError, match="password is"):
        access.hashed(password, "Ana-the-long-LOGIN")


def test_a_password_is_the_same_however_its_letters_are_composed(team: Team) -> None:
    with team.log.write() as tx:
        access.add(tx, "zoe", "Zoe Ray", "reader", access.hashed("caf\u00e9 au lait, deux"))
    assert access.checked(team.log, "zoe", "cafe\u0301 au lait, deux") is not None


def test_a_login_is_taken_once_and_so_is_a_person(team: Team) -> None:
    team.account("ana", name="Ana Li")
    for login, name in (
        ("ANA", "Other One"),
        ("ana2", "ana  li"),
        ("", "X"),
        ("a b", "X"),
        ("a\u202eb", "X"),
        ("x", " "),
    ):
        with pytest.raises(UsageError), team.log.write() as tx:
            access.add(tx, login, name, "reader")
    with team.log.read() as connection:
        assert [one.login for one in access.listed(connection)] == ["ana"]


def test_the_last_administrator_stays_one(team: Team) -> None:
    ana, ben = team.account("ana", "admin"), team.account("ben", "admin")
    with team.log.write() as tx:
        access.disable(tx, ben.number)
    for act in (lambda tx: access.disable(tx, ana.number), lambda tx: access.set_role(tx, ana.number, "reader")):
        with pytest.raises(UsageError, match="last administrator"), team.log.write() as tx:
            act(tx)
    with team.log.write() as tx:
        access.enable(tx, ben.number)
        access.set_role(tx, ana.number, "reader")
    with team.log.read() as connection:
        assert access.has_admin(connection)


def test_a_session_lasts_as_long_as_it_is_used_and_no_longer_than_is_set(team: Team) -> None:
    ana = team.account("ana", "reviewer")
    secret = credentials.begin_session(team.log, ana.number, hours=10)
    for _ in range(9):
        team.clock.on(hours=1)
        known = credentials.of_session(team.log, secret, idle_hours=2)
        assert known is not None
        assert (known.account, known.name, known.role) == (ana.number, "Ana Li", "reviewer")
    team.clock.on(hours=1)
    assert credentials.of_session(team.log, secret, idle_hours=2) is None
    idle = credentials.begin_session(team.log, ana.number, hours=10)
    team.clock.on(hours=2, seconds=1)
    assert credentials.of_session(team.log, idle, idle_hours=2) is None
    assert credentials.of_session(team.log, "made up", idle_hours=2) is None


def test_sessions_that_are_over_are_cleared_away(team: Team) -> None:
    ana = team.account("ana")
    for _ in range(3):
        credentials.begin_session(team.log, ana.number, hours=1)
        team.clock.on(hours=2)
    with team.log.read() as connection:
        assert len(connection.execute(select(tables.sessions)).all()) == 1


def test_a_new_password_and_a_disabled_account_end_sessions(team: Team) -> None:
    ana = team.account("ana")
    kept, other = (credentials.begin_session(team.log, ana.number, 10) for _ in range(2))
    with team.log.write() as tx:
        access.set_password(tx, ana.number, password_hash(), but_session=credentials.digest_of(kept))
    assert credentials.of_session(team.log, other, 10) is None
    assert credentials.of_session(team.log, kept, 10) is not None
    _, token = team.token(ana)
    with team.log.write() as tx:
        access.disable(tx, ana.number)
    assert credentials.of_session(team.log, kept, 10) is None
    assert credentials.of_token(team.log, token) is None
    assert access.checked(team.log, "ana", PASSWORD) is None
    with team.log.write() as tx:
        access.enable(tx, ana.number)
    assert access.checked(team.log, "ana", PASSWORD) is not None
    assert credentials.of_session(team.log, kept, 10) is None
    assert credentials.of_token(team.log, token) is None


@pytest.mark.parametrize(
    ("role", "scope", "becomes"),
    [
        ("admin", "read", "reader"),
        ("admin", "review", "reviewer"),
        ("admin", "admin", "admin"),
        ("reader", "read", "reader"),
    ],
)
def test_a_token_may_do_what_its_scope_says(team: Team, role: str, scope: str, becomes: str) -> None:
    _, secret = team.token(team.account("ana", role), scope)  # type: ignore[arg-type]
    known = credentials.of_token(team.log, secret)
    assert known is not None
    assert known.role == becomes


def test_a_token_never_does_more_than_its_account(team: Team) -> None:
    ana, _ = team.account("ana", "admin"), team.account("ben", "admin")
    _, secret = team.token(ana, "admin")
    with team.log.write() as tx:
        access.set_role(tx, ana.number, "reader")
    known = credentials.of_token(team.log, secret)
    assert known is not None
    assert known.role == "reader"
    with pytest.raises(UsageError, match="may not have a token"):
        team.token(ana, "review")


def test_a_token_ends_on_its_day_and_when_it_is_revoked(team: Team) -> None:
    ana, ben = team.account("ana"), team.account("ben")
    _, lasting = team.token(ana, days=None)
    number, short = team.token(ana, days=30)
    team.clock.on(days=29)
    assert credentials.of_token(team.log, short) is not None
    team.clock.on(days=1)
    assert credentials.of_token(team.log, short) is None
    assert credentials.of_token(team.log, lasting) is not None
    with pytest.raises(NoSuchRecordError), team.log.write() as tx:
        credentials.revoke_token(tx, number, account=ben.number)
    with team.log.write() as tx:
        credentials.revoke_token(tx, number - 1, account=ana.number)
    assert credentials.of_token(team.log, lasting) is None


def test_the_use_of_a_token_is_noted_once_a_minute(team: Team) -> None:
    ana = team.account("ana")
    _, secret = team.token(ana)
    noted = []
    for _ in range(5):
        credentials.of_token(team.log, secret)
        with team.log.read() as connection:
            noted.append(credentials.tokens_of(connection, ana.number)[0].used_at)
        team.clock.on(seconds=25)
    assert None not in noted
    assert len(set(noted)) == 2


def test_no_secret_is_stored_and_no_login_stands_in_an_event(team: Team) -> None:
    ana = team.account("ana.lovelace", "admin")
    _, token = team.token(ana, "admin")
    session = credentials.begin_session(team.log, ana.number, 10)
    everything = stored(team.log)
    for secret in (token, token.removeprefix(credentials.MARK), session, PASSWORD):
        assert secret not in everything
    with team.log.read() as connection:
        told = json.dumps([(one.actor, one.kind, one.subject, one.payload) for one in events.walk(connection)])
    assert "lovelace" not in told
    assert credentials.digest_of(token) not in told


def test_what_changes_an_account_is_an_event_and_the_log_verifies(team: Team) -> None:
    team.account("root", "admin")
    with team.log.write("Root Li") as tx:
        made = access.add(tx, "ana", "Ana Li", "reader")
        access.set_role(tx, made.number, "reviewer")
        access.set_role(tx, made.number, "reviewer")
        access.set_password(tx, made.number, password_hash())
        token, _ = credentials.make_token(tx, made.number, "x", "review", 3)
        credentials.revoke_token(tx, token.number)
        credentials.revoke_token(tx, token.number)
        access.link_identity(tx, made.number, "https://login.example.org", "subject-1")
        access.disable(tx, made.number)
        access.enable(tx, made.number)
    kinds = [kind for actor, kind, subject in team.happened() if subject == "account:2" and actor == "person:1"]
    assert kinds == [
        "account.added",
        "account.role_changed",
        "account.password_changed",
        "token.made",
        "token.revoked",
        "account.linked",
        "account.disabled",
        "account.enabled",
    ]
    assert checking.verify(team.log).ok


def test_an_erased_person_signs_in_no_more(team: Team) -> None:
    ana = team.account("ana")
    _, token = team.token(ana)
    session = credentials.begin_session(team.log, ana.number, 10)
    erase_person(team.log, "Ana Li", "Root Li", EMBEDDER)
    assert access.checked(team.log, "ana", PASSWORD) is None
    assert credentials.of_token(team.log, token) is None
    assert credentials.of_session(team.log, session, 10) is None
    for act in (lambda tx: access.enable(tx, ana.number), lambda tx: access.add(tx, "ana", "Ana Li", "reader")):
        with pytest.raises(UsageError, match="erased"), team.log.write() as tx:
            act(tx)
