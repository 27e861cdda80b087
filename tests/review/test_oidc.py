"""Signing in with an OpenID Connect provider that really answers, and one that answers wrongly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from door_world import Team
from joserfc.jwk import RSAKey
from oidc_provider import CLIENT, SECRET, IdToken, Provider, provider

from extractor.errors import SettingsError
from extractor.log import visibility
from extractor.log.store import Log
from extractor.plan import OpenIdPlan, ServePlan
from extractor.review import access
from extractor.review.web.openid import VALID_S, OpenId

START, EMAIL = "/sign-in/openid", "ana@example.org"


@pytest.fixture
def at() -> Iterator[Provider]:
    """A provider at which Ana signs in."""
    with provider(email=EMAIL, email_verified=True, name="Ana Li") as made:
        yield made


def team_with(log: Log, at: Provider, role: Any = None, **plan: Any) -> Team:
    openid = OpenIdPlan(issuer=at.url, client_id=CLIENT, role=role, name="Allotment ID")
    return Team(log, ServePlan(accounts=True, oidc=openid, **plan), OpenId(openid, SECRET))


@pytest.fixture
def team(log: Log, at: Provider) -> Team:
    return team_with(log, at, "reader")


def way_back(browser: Any, after: str = "/log") -> str:
    """Goes to the provider as a browser does, and gives the path and query that it sends the browser back to."""
    there = browser.get(START, params={"next": after})
    assert there.status_code == 303, there.text
    back = urlsplit(httpx2.get(there.headers["location"]).headers["location"])
    return f"{back.path}?{back.query}"


def name_of(browser: Any) -> str | None:
    answer = browser.get("/api/v1/me")
    return answer.json()["name"] if answer.status_code == 200 else None


def test_who_comes_for_the_first_time_gets_an_account_and_is_led_on(team: Team, at: Provider) -> None:
    browser = team.browser()
    assert "Sign in with Allotment ID" in browser.get("/sign-in").text
    answer = browser.get(way_back(browser), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")
    assert name_of(browser) == "Ana Li"
    with team.log.read() as connection:
        account = access.named(connection, EMAIL)
    assert (account.role, account.has_password) == ("reader", False)
    again = team.browser()
    at.person.update(email="new@example.org", name="Somebody Else")
    again.get(way_back(again))
    assert name_of(again) == "Ana Li", "known by the provider's subject, whatever else it says now"
    asked = at.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 20
    assert len(asked["state"]) >= 20
    assert not at.refused


def test_an_account_with_the_verified_address_is_who_comes(log: Log, at: Provider) -> None:
    team = team_with(log, at)
    team.account(EMAIL.upper(), "reviewer", "Ana Li", password=False)
    browser = team.browser()
    assert browser.get(way_back(browser)).status_code == 303
    assert browser.get("/api/v1/me").json()["role"] == "reviewer"
    at.person["sub"] = "another-subject"
    other = team.browser()
    assert other.get(way_back(other)).status_code == 403, "an address that somebody else has now"
    assert name_of(other) is None


def test_without_a_role_for_newcomers_nobody_unknown_is_let_in(log: Log, at: Provider) -> None:
    team = team_with(log, at)
    browser = team.browser()
    answer = browser.get(way_back(browser))
    assert answer.status_code == 403
    assert "There is no account for you here." in answer.text
    assert name_of(browser) is None


def test_an_address_that_nobody_verified_lets_nobody_in(log: Log, at: Provider) -> None:
    team = team_with(log, at)
    team.account(EMAIL, "admin", password=False)
    for verified in (False, "true", 1, None):
        at.person["email_verified"] = verified
        browser = team.browser()
        assert browser.get(way_back(browser)).status_code == 403


def test_an_unverified_address_becomes_no_login(team: Team, at: Provider) -> None:
    at.person.update(email="boss@example.org", email_verified=False, name="Cy")
    browser = team.browser()
    assert browser.get(way_back(browser)).status_code == 303
    with team.log.read() as connection:
        assert [one.login for one in access.listed(connection)] == ["oidc:subject-1"]


def test_a_name_alone_makes_nobody_somebody_who_may_see_what_others_may_not(team: Team, at: Provider) -> None:
    from kept import decision, found, keep, quote, talk

    said = talk("Vera Quill: We sell the glasshouse.", name="m-9", title="Board")
    keep(team.log, said, found(said, decision(said, "It is sold.", quote(said, 0, "We sell the glasshouse"))))
    with team.log.write("Vera Quill") as tx:
        visibility.restrict(tx, "m-9", ["Vera Quill"])
    at.person["name"] = "Vera Quill"
    browser = team.browser()
    browser.get(way_back(browser))
    assert name_of(browser) == f"Vera Quill ({EMAIL})"
    assert browser.get("/api/v1/meetings").json()["items"] == []


def test_a_disabled_account_is_not_let_in(team: Team, at: Provider) -> None:
    browser = team.browser()
    browser.get(way_back(browser))
    with team.log.write() as tx:
        access.disable(tx, access.named(tx.connection, EMAIL).number)
    again = team.browser()
    assert again.get(way_back(again)).status_code == 403
    assert name_of(again) is None


def other_key(token: IdToken) -> None:
    token.key = RSAKey.generate_key(2048, {"kid": "one"})


def other_audience_for_us(token: IdToken) -> None:
    token.claims.update(aud="another-client", azp=CLIENT)


FORGED: dict[str, Callable[[IdToken], object]] = {
    "wrong nonce": lambda token: token.claims.update(nonce="another"),
    "no nonce": lambda token: token.claims.pop("nonce"),
    "wrong audience": lambda token: token.claims.update(aud="another-client"),
    "another audience, said to be for us": other_audience_for_us,
    "wrong issuer": lambda token: token.claims.update(iss="https://evil.example"),
    "expired": lambda token: token.claims.update(exp=int(time.time()) - 1000),
    "no end": lambda token: token.claims.pop("exp"),
    "no subject": lambda token: token.claims.pop("sub"),
    "unsigned": IdToken.unsigned,
    "signed with the public key": IdToken.signed_with_public_key,
    "signed with the client's secret": IdToken.signed_with_client_secret,
    "another key": other_key,
    "no token at all": lambda token: setattr(token, "written", "a.b.c"),
}


@pytest.mark.parametrize("listed", [["RS256"], ["RS256", "none", "HS256"], ["none", "HS256"]], ids=str)
@pytest.mark.parametrize("how", FORGED)
def test_a_forged_token_lets_nobody_in(tmp_path: Path, at: Provider, how: str, listed: list[str]) -> None:
    at.metadata["id_token_signing_alg_values_supported"] = listed
    with Log.open(tmp_path) as log:
        team = team_with(log, at, "reader")
        browser = team.browser()
        if "RS256" not in listed:
            assert browser.get(START).status_code == 503
            return
        at.change = FORGED[how]  # type: ignore[assignment]
        answer = browser.get(way_back(browser))
        assert answer.status_code == 403
        assert "does not verify" in answer.text
        assert name_of(browser) is None
        at.change = None
        assert browser.get(way_back(browser)).status_code == 303, "the same without the forgery"


def test_an_answer_is_good_once(team: Team) -> None:
    browser = team.browser()
    back = way_back(browser)
    cookie = dict(browser.cookies)
    assert browser.get(back).status_code == 303
    replayed = team.browser()
    replayed.cookies.update(cookie)
    answer = replayed.get(back)
    assert answer.status_code == 403
    assert "not under way" in answer.text
    assert name_of(replayed) is None


def test_an_answer_is_good_in_the_browser_that_asked_alone(team: Team) -> None:
    asked, other = team.browser(), team.browser()
    way_back(other)
    back = way_back(asked)
    assert "another browser" in other.get(back).text
    assert name_of(other) is None
    without = team.browser()
    assert without.get(way_back(asked)).status_code == 403


def test_an_answer_with_a_made_up_state_or_none_is_refused(team: Team) -> None:
    browser = team.browser()
    way_back(browser)
    for query in ("", "?code=x", "?code=x&state=made-up", "?state="):
        assert browser.get(f"{START}/back{query}").status_code == 403


def test_a_sign_in_that_takes_too_long_is_over(log: Log, at: Provider) -> None:
    team = team_with(log, at, "reader")
    now = [0.0]
    assert team.openid is not None
    team.openid._clock = lambda: now[0]
    browser = team.browser()
    back = way_back(browser)
    now[0] = VALID_S + 1.0
    assert "not under way" in browser.get(back).text


def test_another_providers_answer_is_refused(team: Team) -> None:
    browser = team.browser()
    back = way_back(browser).partition("&iss=")[0]
    assert browser.get(f"{back}&iss=https://evil.example").status_code == 403


def test_a_provider_that_says_no_or_is_another_or_is_away_is_told_of(log: Log, at: Provider) -> None:
    team = team_with(log, at, "reader")
    browser = team.browser()
    at.denies = True
    assert "did not let you in" in browser.get(way_back(browser)).text
    at.metadata["issuer"] = "https://evil.example"
    assert "does not verify" in team_with(log, at).browser().get(START).text
    away = OpenIdPlan(issuer="http://127.0.0.1:9", client_id=CLIENT)
    gone = Team(log, ServePlan(accounts=True, oidc=away), OpenId(away, SECRET))
    answer = gone.browser().get(START)
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text


def test_what_userinfo_says_counts_for_the_same_subject_alone(team: Team, at: Provider) -> None:
    at.person, at.more = {"sub": "s-1"}, {"email": EMAIL, "email_verified": True, "name": "Ana Li"}
    browser = team.browser()
    assert browser.get(way_back(browser)).status_code == 303
    at.more["sub"] = "s-2"
    assert team.browser().get(way_back(browser)).status_code == 403


def test_a_client_whose_secret_goes_into_the_form_is_let_in_too(log: Log, at: Provider) -> None:
    at.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    team = team_with(log, at, "reader")
    browser = team.browser()
    browser.get(way_back(browser))
    assert at.refused == ["secret"], "this provider wants it in the header: it was in the form"


def test_the_way_back_is_the_address_that_others_use(log: Log, at: Provider) -> None:
    team = team_with(log, at, "reader", url="https://decisions.example.org/")
    team.browser().get(START, headers={"Host": "decisions.example.org"})
    there = team.browser().get(START)
    assert "redirect_uri=https%3A%2F%2Fdecisions.example.org%2Fsign-in%2Fopenid%2Fback" in there.headers["location"]
    assert there.headers["set-cookie"].startswith("__Host-decisions_openid=")


def test_next_leads_nowhere_else(team: Team) -> None:
    for after in ("https://evil.example", "//evil.example", "/\\evil.example"):
        browser = team.browser()
        assert browser.get(way_back(browser, after)).headers["location"] == "/"


def test_what_is_needed_to_begin_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECISIONS_OIDC_SECRET", raising=False)
    with pytest.raises(SettingsError, match="DECISIONS_OIDC_SECRET is not set"):
        OpenId.of(OpenIdPlan(issuer="https://login.example.org", client_id="x"))
    with pytest.raises(SettingsError, match="no https address"):
        OpenId.of(OpenIdPlan(issuer="http://login.example.org", client_id="x"))
