"""Faults that a review of the site's security found, and that do not come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from door_world import PASSWORD, Team
from kept import EMBEDDER
from pages_world import client_over, fill, ids_in
from sqlalchemy import select

from extractor.errors import LogError, UsageError
from extractor.log import tables, visibility
from extractor.log.backup import backup, restore
from extractor.log.store import Log
from extractor.review import access
from extractor.review.web.attempts import PER_LOGIN, Attempts, limits_from

COMPOSED = "a" + "\u0301\u0323" * 80_000
"""A text that one may send, and that takes minutes to compose."""
MANY = "9" * 25


@pytest.fixture
def team(log: Log) -> Team:
    return Team(log)


def test_a_login_or_password_that_is_slow_to_compose_holds_nobody_up(team: Team) -> None:
    assert access.folded(COMPOSED) == access.folded(COMPOSED[: access.LONGEST])
    for login, password in ((COMPOSED, PASSWORD), ("ana", COMPOSED)):
        answer = team.browser().post("/sign-in", data={"login": login, "password": password})
        assert answer.status_code == 401
    with pytest.raises(UsageError, match="too long"):
        access.hashed(COMPOSED)
    with team.log.write() as tx, pytest.raises(UsageError, match="no login"):
        access.add(tx, COMPOSED, "Ana Li", "reader")


def test_those_who_begin_single_sign_on_elsewhere_do_not_keep_others_out() -> None:
    attempts = Attempts()
    assert not any(attempts.take(limits_from(f"203.0.113.{number}")) for number in range(PER_LOGIN * 3))


def test_a_password_that_a_proxy_asked_for_does_not_make_a_request_our_own(team: Team) -> None:
    team.account("ana")
    browser = team.signed_in("ana")
    foreign = {"Sec-Fetch-Site": "cross-site", "Authorization": "Basic YW5hOng="}
    for path in ("/sign-out", "/theme", "/sign-in"):
        assert browser.post(path, headers=foreign).status_code == 403
    assert browser.get("/log").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/meetings/{MANY}",
        f"/?meeting={MANY}",
        f"/?after=0.5,{MANY}",
        "/?after=nan,1",
        f"/log?before=2026-03-04.000000000000{MANY}",
        f"/actions?before=.000000000000{MANY}",
    ],
)
def test_a_number_that_is_too_large_is_no_fault_of_ours(log: Log, path: str) -> None:
    fill(log)
    assert client_over(log).get(path).status_code < 500


@pytest.mark.parametrize("people", ["x" * 600, "\n".join(f"Person {number}" for number in range(1500))])
def test_names_that_are_none_are_told_to_who_restricts_a_meeting(log: Log, people: str) -> None:
    fill(log)
    answer = client_over(log).post("/meetings/1/restrict", data={"people": people})
    assert (answer.status_code, "no names of people" in answer.text) == (422, True)


def test_no_text_of_an_act_is_longer_than_one_may_be(log: Log) -> None:
    fill(log)
    act = {"act": "edit", "record": ids_in(log)["The door stays blue."], "fields": {"owners": ["x" * 20_001]}}
    assert client_over(log).post("/api/v1/acts", json=act).status_code == 422


def test_what_is_wrong_with_the_log_tells_a_visitor_nothing_of_where_it_lies(log: Log) -> None:
    client = client_over(log)

    def broken(_request: object) -> None:
        raise LogError("The log at /srv/secret/log.db could not be used (Ana Li said so).", "Verify it.")

    client.app.state.site.door.visitor = broken  # type: ignore[attr-defined]
    for path in ("/log", "/api/v1/me"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "secret" not in answer.text
        assert "Ana Li" not in answer.text


def test_every_table_is_filtered_or_empty_for_a_viewer(log: Log) -> None:
    made = " ".join(visibility.view_statements("main", "0"))
    open_to_all = {"meta", "accounts"}
    assert {name for name in tables.metadata.tables if f"TEMPORARY VIEW {name} AS" not in made} == open_to_all
    team = Team(log)
    team.token(team.account("ana"))
    team.signed_in("ana")
    with log.seen_by(visibility.NOBODY).read() as connection:
        for table in (tables.tokens, tables.sessions, tables.identities):
            assert connection.execute(select(table)).all() == []


def test_a_backup_gives_nobody_back_what_was_taken_from_them_since(log: Log, tmp_path: Path) -> None:
    fill(log)
    team = Team(log)
    ana, ben = team.account("ana", "admin"), team.account("ben", "admin")
    with log.write() as tx:
        visibility.restrict(tx, "m-1", ["Ana Li", "Ben Li"])
    backup(log, tmp_path / "log.bak")
    with log.write() as tx:
        access.set_role(tx, ben.number, "reader")
        access.set_password(tx, ana.number, access.hashed("another long phrase"))
        visibility.restrict(tx, "m-1", ["Ana Li"])
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    log.close()
    restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    with Log.open(log.database.folder, url) as back:
        with back.read() as connection:
            assert access.named(connection, "ben").role == "reader"
            assert visibility.allowed(connection, "m-1") == {ana.person}
        assert access.checked(back, "ana", PASSWORD) is None
        assert access.checked(back, "ana", "another long phrase") is not None
