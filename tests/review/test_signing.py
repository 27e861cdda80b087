"""Signing in and out, one's own account, and an administrator's pages; the API does the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from door_world import HERE, PASSWORD, Clock, Team
from fastapi.testclient import TestClient
from kept import EMBEDDER

from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.review import access, credentials
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.attempts import MOST_KEYS, PER_ADDRESS, PER_LOGIN, WINDOW_S, Attempts, network_of
from extractor.review.web.door import LocalDoor
from extractor.review.web.site import Site

API, NEW = "/api/v1", "another long phrase"


@pytest.fixture
def team(log: Log) -> Team:
    return Team(log)


@pytest.fixture
def here(tmp_path: Path) -> Any:
    with Log.open(tmp_path) as log:
        yield log


def browser_at(log: Log, door: LocalDoor) -> TestClient:
    app = create_app(Site(Desk(log, lambda: EMBEDDER), ServePlan(), door))
    return TestClient(app, base_url=HERE, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False)


def test_signing_in_leads_to_the_page_that_was_asked_for_and_signing_out_ends_it(team: Team) -> None:
    team.account("ana")
    browser = team.browser()
    asked = browser.get("/log?q=shed")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/log%3Fq%3Dshed")
    answer = browser.post("/sign-in", data={"login": "ana", "password": PASSWORD, "next": "/log?q=shed"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log?q=shed")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert browser.get("/log").status_code == 200
    assert browser.get("/sign-in?next=/log").headers["location"] == "/log"
    held = dict(browser.cookies)
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert browser.get("/log").status_code == 303
    stolen = team.browser()
    stolen.cookies.update(held)
    assert stolen.get("/log").status_code == 303, "the session is over, whoever has the cookie"


def test_over_tls_the_cookie_is_tied_to_the_host(log: Log) -> None:
    team = Team(
        log, ServePlan(accounts=True, url="https://decisions.example.org"), address="https://decisions.example.org"
    )
    team.account("ana")
    browser = team.browser()
    answer = browser.post("/sign-in", data={"login": "ana", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-decisions_session=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]
    assert browser.get("/log").status_code == 200


@pytest.mark.parametrize("after", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(team: Team, after: str) -> None:
    team.account("ana")
    answer = team.browser().post("/sign-in", data={"login": "ana", "password": PASSWORD, "next": after})
    assert answer.headers["location"] == "/"


def test_a_sign_in_is_a_new_session_whatever_the_browser_brought(team: Team) -> None:
    team.account("ana")
    browser = team.browser()
    browser.cookies.set("decisions_session", "chosen-by-somebody-else")
    browser.post("/sign-in", data={"login": "ana", "password": PASSWORD})
    values = {cookie.value for cookie in browser.cookies.jar}
    other = team.browser()
    other.cookies.set("decisions_session", "chosen-by-somebody-else")
    assert other.get("/log").status_code == 303
    assert values - {"chosen-by-somebody-else"}


def test_what_is_wrong_is_not_told_apart(team: Team) -> None:
    team.account("ana")
    told = set()
    for login in ("ana", "nobody"):
        answer = team.browser().post("/sign-in", data={"login": login, "password": "wrong"})
        assert answer.status_code == 401
        told.add(answer.text.replace(login, "LOGIN"))
    assert len(told) == 1


def test_only_so_many_wrong_passwords_may_be_tried_on_a_login(team: Team) -> None:
    team.account("ana")
    team.account("ben")
    now = [0.0]
    team.door.attempts = Attempts(lambda: now[0])
    browser = team.browser()
    for _ in range(3):
        browser.post("/sign-in", data={"login": "ana", "password": PASSWORD})
        browser.post("/sign-out")
    for _ in range(PER_LOGIN):
        assert browser.post("/sign-in", data={"login": "ana", "password": "x"}).status_code == 401
    refused = browser.post("/sign-in", data={"login": "ANA ", "password": PASSWORD})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(WINDOW_S))
    assert browser.post("/sign-in", data={"login": "ben", "password": PASSWORD}).status_code == 303
    now[0] = WINDOW_S
    assert browser.post("/sign-in", data={"login": "ana", "password": PASSWORD}).status_code == 303


def test_only_so_many_may_be_tried_from_an_address_and_memory_is_bounded() -> None:
    attempts = Attempts(lambda: 0.0)
    for number in range(PER_ADDRESS):
        assert not attempts.take({f"login {number}": PER_LOGIN, "from here": PER_ADDRESS})
    assert attempts.take({"login new": PER_LOGIN, "from here": PER_ADDRESS})
    assert not attempts.take({"login new": PER_LOGIN, "from there": PER_ADDRESS})
    for number in range(MOST_KEYS + 10):
        attempts.take({f"login {number}": PER_LOGIN})
    assert len(attempts._made) == MOST_KEYS
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert network_of("::ffff:192.0.2.7") == "192.0.2.7"


def test_the_link_signs_in_once_and_looking_at_it_uses_nothing_up(here: Log) -> None:
    told: list[str] = []
    door = LocalDoor(here, "Ana Li", on_link=told.append)
    browser, link, key = browser_at(here, door), door.link, door.key
    for _ in range(3):
        assert "Open the log" in browser.get(link).text
    assert browser.get("/log").status_code == 303
    answer = browser.post("/sign-in/link", data={"key": key})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get(f"{API}/me").json()["role"] == "admin"
    assert told == [door.link]
    assert door.link != link
    other = browser_at(here, door)
    assert other.get(link).status_code == 403
    assert other.post("/sign-in/link", data={"key": key}).status_code == 403
    assert other.get("/log").status_code == 303
    assert "terminal" in other.get("/sign-in").text
    browser.post("/sign-out")
    assert browser.get("/log").status_code == 303


def test_a_session_at_this_machine_ends_too(here: Log) -> None:
    clock = Clock()
    here.clock = clock
    door = LocalDoor(here, "Ana Li", ServePlan(session_hours=10, idle_hours=2))
    browser = browser_at(here, door)
    browser.post("/sign-in/link", data={"key": door.key})
    for _ in range(9):
        clock.on(hours=1)
        assert browser.get("/log").status_code == 200
    clock.on(hours=1)
    assert browser.get("/log").status_code == 303


def test_a_cookie_beside_a_token_counts_for_nothing(team: Team) -> None:
    team.account("ana", "admin")
    browser = team.signed_in("ana")
    for header in ("Bearer dec_wrong", "Bearer ", "Basic YW5hOng=", "x"):
        answer = browser.get(f"{API}/me", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert browser.get(f"{API}/me").status_code == 200


def test_a_token_is_shown_once_used_and_revoked_on_the_page(team: Team) -> None:
    team.account("ana", "reviewer")
    browser = team.signed_in("ana")
    made = browser.post("/account/tokens", data={"name": "nightly", "scope": "read", "days": "30"})
    found = re.search(r"dec_[\w-]{43}", made.text)
    assert found
    assert found[0] not in browser.get("/account").text
    program = team.program(found[0])
    assert program.get(f"{API}/me").json() | {"number": 0} == {
        "name": "Ana Li",
        "number": 0,
        "role": "reader",
        "by_token": True,
        "approvals_needed": 1,
    }
    assert program.post(f"{API}/acts", json={"act": "comment", "record": "d-1", "comment": "x"}).status_code == 403
    assert program.get("/account").status_code == 403
    assert browser.post("/account/tokens", data={"name": "x", "scope": "admin"}).status_code == 422
    browser.post("/account/tokens/1/revoke")
    assert program.get(f"{API}/me").status_code == 401


def test_a_token_makes_no_token_and_no_password(team: Team) -> None:
    ana = team.account("ana", "reviewer")
    _, secret = team.token(ana, "review")
    program = team.program(secret)
    assert program.post(f"{API}/tokens", json={"name": "heir"}).status_code == 403
    assert program.delete(f"{API}/tokens/1").status_code == 403
    assert program.put(f"{API}/password", json={"password": PASSWORD, "new": NEW}).status_code == 403
    assert program.post("/account/tokens", data={"name": "heir"}).status_code == 403


@pytest.mark.parametrize("by", ["page", "api"])
def test_a_password_is_changed_by_who_knows_it_and_other_browsers_are_signed_out(team: Team, by: str) -> None:
    team.account("ana")
    mine, other = team.signed_in("ana"), team.signed_in("ana")

    def change(password: str, new: str) -> int:
        if by == "api":
            return mine.put(f"{API}/password", json={"password": password, "new": new}).status_code
        return mine.post("/account/password", data={"password": password, "new": new}).status_code

    assert change("wrong", NEW) == 422
    assert change(PASSWORD, "short") == 422
    assert other.get("/account").status_code == 200
    assert change(PASSWORD, NEW) in (200, 204)
    assert mine.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    team.signed_in("ana", NEW)
    for _ in range(PER_LOGIN):
        change("wrong", NEW)
    assert change(NEW, PASSWORD) == 429


def test_signing_out_everywhere_ends_every_session(team: Team) -> None:
    team.account("ana")
    mine, other = team.signed_in("ana"), team.signed_in("ana")
    mine.post("/account/sign-out-everywhere")
    assert (mine.get("/account").status_code, other.get("/account").status_code) == (303, 303)


def test_an_administrator_adds_changes_and_disables_accounts_on_the_page(team: Team) -> None:
    team.account("root", "admin")
    admin = team.signed_in("root")
    sent = {"login": "ana", "name": "Ana Li", "role": "reader", "password": PASSWORD}
    assert admin.post("/admin/accounts", data=sent).status_code == 303
    assert admin.post("/admin/accounts", data=sent).status_code == 422
    ana = team.signed_in("ana")
    assert ana.get("/admin").status_code == 403
    assert admin.post("/admin/accounts/2", data={"do": "role", "role": "admin"}).status_code == 303
    assert ana.get("/admin").status_code == 200, "the role holds from the next request on"
    assert admin.post("/admin/accounts/2", data={"do": "role", "role": "owner"}).status_code == 422
    assert admin.post("/admin/accounts/2", data={"do": "password", "password": NEW}).status_code == 303
    assert ana.get("/log").status_code == 303
    ana = team.signed_in("ana", NEW)
    assert admin.post("/admin/accounts/2", data={"do": "disable"}).status_code == 303
    assert ana.get("/log").status_code == 303
    assert "is the last administrator" in admin.post("/admin/accounts/1", data={"do": "disable"}).text
    assert admin.post("/admin/accounts/2", data={"do": "enable"}).status_code == 303
    for number, status in ((9, 422), (10**25, 422), (0, 422)):
        assert admin.post(f"/admin/accounts/{number}", data={"do": "enable"}).status_code == status
    assert {actor for actor, kind, _ in team.happened() if kind == "account.disabled"} == {"person:1"}
    assert PASSWORD not in admin.get("/admin").text


def test_an_administrator_does_the_same_over_the_api(team: Team) -> None:
    root = team.account("root", "admin")
    admin = team.program(team.token(root, "admin")[1])
    made = admin.post(f"{API}/accounts", json={"login": "ana", "name": "Ana Li", "password": PASSWORD})
    assert (made.status_code, made.json()["role"], made.json()["has_password"]) == (201, "reader", True)
    changed = admin.patch(f"{API}/accounts/2", json={"role": "reviewer", "disabled": True})
    assert (changed.json()["role"], changed.json()["disabled"]) == ("reviewer", True)
    assert admin.patch(f"{API}/accounts/2", json={"disabled": False, "password": NEW}).json()["disabled"] is False
    team.signed_in("ana", NEW)
    assert [one["login"] for one in admin.get(f"{API}/accounts").json()["items"]] == ["ana", "root"]
    assert admin.patch(f"{API}/accounts/9", json={"role": "reader"}).status_code == 404
    assert admin.patch(f"{API}/accounts/1", json={"role": "reader"}).status_code == 422
    token = admin.post(f"{API}/tokens", json={"name": "heir", "scope": "read", "days": 3}).json()
    assert team.program(token["secret"]).get(f"{API}/accounts").status_code == 403
    assert len(admin.get(f"{API}/accounts/1/tokens").json()["items"]) == 2
    assert admin.delete(f"{API}/tokens/{token['number']}").status_code == 204
    assert team.program(token["secret"]).get(f"{API}/me").status_code == 401
    assert admin.delete(f"{API}/tokens/99").status_code == 404


def test_the_one_person_at_this_machine_prepares_accounts_and_has_none(here: Log) -> None:
    door = LocalDoor(here, "Ana Li")
    browser = browser_at(here, door)
    browser.post("/sign-in/link", data={"key": door.key})
    assert browser.get("/account").status_code == 404
    assert browser.get(f"{API}/tokens").status_code == 404
    assert browser.post("/sign-in", data={"login": "a", "password": "b"}).status_code == 404
    sent = {"login": "ben", "name": "Ben Oak", "role": "reviewer", "password": PASSWORD}
    assert browser.post("/admin/accounts", data=sent).status_code == 303
    assert "Nobody signs in with these yet" in browser.get("/admin").text
    assert access.checked(here, "ben", PASSWORD) is not None


def test_a_program_uses_its_token_at_this_machine_too(here: Log) -> None:
    with here.write() as tx:
        account = access.add(tx, "ben", "Ben Oak", "reviewer")
        _, secret = credentials.make_token(tx, account.number, "x", "read", 1)
    browser = browser_at(here, LocalDoor(here, "Ana Li"))
    assert browser.get(f"{API}/me", headers={"Authorization": f"Bearer {secret}"}).json()["name"] == "Ben Oak"
