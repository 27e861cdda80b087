"""The log, questions and actions over HTTP: what is listed, filters in the address, pages of a list, search."""

from __future__ import annotations

import re
from html import unescape

import pages_world as world
import pytest
from kept import EMBEDDER, decision, found, keep, quote, talk
from page_forms import form_for

from extractor.log import listing
from extractor.log.searching import by_words
from extractor.log.store import Log
from extractor.review import acts
from extractor.review.service import Desk
from extractor.review.web import browsing
from extractor.review.web.rendering import marked, shown, verbatim

ROOF = "The shed's roof is replaced with tin before the autumn."
KEY = "The key stays with whoever closes."
LOCK = "A code lock replaces the key."
TIN = "Ben orders the tin."
GUTTERS = "What do new gutters cost?"


def _listed(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="claim"><a href="/records/[^"]+"><bdi>(.*?)</bdi>', html)]


def _approve(log: Log, *texts: str) -> dict[str, str]:
    ids = world.fill(log)
    desk = Desk(log, lambda: EMBEDDER)
    for text in texts:
        desk.do(world.ANA, acts.Approve(record=ids[text]))
    return ids


def test_the_log_shows_what_is_published_and_leads_to_the_proposals(log: Log) -> None:
    _approve(log, ROOF, LOCK)
    client = world.client_over(log)
    page = client.get("/log").text
    assert _listed(page) == [LOCK, ROOF]
    assert 'href="/log?state=both"' in page
    assert len(_listed(client.get("/log?state=both").text)) == 18
    assert "Published only" in client.get("/log?state=both").text


def test_a_log_without_anything_published_says_how_many_proposals_wait(log: Log) -> None:
    assert "decisions add FILE" in world.client_over(log).get("/log").text
    world.fill(log)
    page = world.client_over(log).get("/log").text
    assert "Nothing is published yet" in page
    assert "18 proposals wait" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=action_item&owner=ben", ["Ben closes the account at the corner shop.", TIN]),
        ("decider=ana+li", [ROOF]),
        ("type=open_question&until=2026-03-31", [GUTTERS]),
        ("since=2026-04-02&until=2026-04-30&type=action_item", ["Finn brings brushes."]),
        ("owner=nobody+by+that+name", []),
        ("superseded=only", [KEY]),
    ],
)
def test_filters_stand_in_the_address(log: Log, query: str, expected: list[str]) -> None:
    ids = world.fill(log)
    Desk(log, lambda: EMBEDDER).do(world.ANA, acts.LinkTo(record=ids[LOCK], kind="supersedes", to=ids[KEY]))
    page = world.client_over(log).get(f"/log?state=both&{query}").text
    assert sorted(_listed(page)) == sorted(expected)


def test_a_series_of_meetings_can_be_chosen(log: Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    number = re.search(r'<option value="(\d+)">Paint group</option>', client.get("/log").text)
    assert number is not None
    assert len(_listed(client.get(f"/log?state=both&series={number[1]}").text)) == 6


@pytest.mark.parametrize("query", ["since=yesterday", "type=rumour", "series=x", "before=nowhere", "state=hidden"])
def test_a_filter_that_is_none_is_said_and_left_out(log: Log, query: str) -> None:
    _approve(log, ROOF)
    answer = world.client_over(log).get(f"/log?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert _listed(answer.text) == [ROOF]


def test_words_find_records_while_they_are_typed(log: Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    for typed in ("gutt", "gutte", "gutters", "GUTTERS cost"):
        assert _listed(client.get("/log", params={"state": "both", "q": typed}).text)[:1] == [GUTTERS], typed
    with log.read() as connection:
        assert by_words(connection, "gutt", 10) == []
        assert by_words(connection, "replacemen", 10, unfinished=True), "a stem that was gone past is found"


def test_search_and_filters_narrow_together(log: Log) -> None:
    _approve(log, LOCK)
    client = world.client_over(log)
    assert set(_listed(client.get("/log?q=lock&state=both").text)) == {LOCK, "Cleo buys the code lock."}
    assert _listed(client.get("/log?q=lock").text) == [LOCK]
    assert _listed(client.get("/log?q=lock&state=both&type=action_item").text) == ["Cleo buys the code lock."]
    nothing = client.get("/log?q=submarine").text
    assert _listed(nothing) == []
    assert "Try fewer or other words" in nothing


def test_every_record_stands_on_exactly_one_page_of_the_list(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    world.fill(log)
    monkeypatch.setattr(browsing, "PER_PAGE", 7)
    client, address, seen = world.client_over(log), "/log?state=both", list[str]()
    for _ in range(5):
        page = client.get(address).text
        seen += _listed(page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        if more is None:
            break
        address = unescape(more[1])
    with log.read() as connection:
        every = [one.text for one in listing.listed(connection, listing.Filter())]
    assert seen == every


def test_hostile_words_are_shown_and_never_markup(log: Log) -> None:
    words = '<script>alert(1)</script> "onmouseover=x \x1b[31m \u202eevil'
    said = talk(f"Ana Li: {words}", name="m-9", title=f"T {words}")
    keep(log, said, found(said, decision(said, words, quote(said, 0, "alert(1)"))))
    client = world.client_over(log)
    for looked_for in (words, ""):
        page = client.get("/log", params={"state": "both", "q": looked_for}).text
        assert "<script>alert" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "\u241b[31m" in page


def test_pictures_of_control_characters_keep_every_offset() -> None:
    text = "a\x00b\u202ec\x9bd\ne\u2028"
    assert len(shown(text)) == len(text)
    assert shown(text) == "a\u2400b\ufffdc\ufffdd\ne\ufffd"
    assert shown("שלום 🙂\u200d 👍🏽") == "שלום 🙂\u200d 👍🏽"
    assert verbatim("<b>&") == "&lt;b&gt;&amp;"


def test_spans_are_marked_by_code_points_and_escaped() -> None:
    assert marked("🙂<a> b", [(1, 4)]) == "🙂<mark>&lt;a&gt;</mark> b"
    assert marked("abc", [(0, 2), (1, 3)]) == "<mark>ab</mark><mark>c</mark>"
    assert marked("abc", [(2, 9), (5, 7)]) == "ab<mark>c</mark>"


def test_actions_are_open_overdue_mine_without_owner_and_done(log: Log) -> None:
    ids = _approve(log, TIN, "Ben closes the account at the corner shop.", "Cleo buys the code lock.")
    ben = world.client_over(log, world.BEN)
    both = [TIN, "Ben closes the account at the corner shop."]
    assert sorted(_listed(ben.get("/actions").text)) == sorted([*both, "Cleo buys the code lock."])
    assert sorted(_listed(ben.get("/actions?show=mine").text)) == sorted(both)
    assert _listed(ben.get("/actions?show=overdue").text) == ["Ben closes the account at the corner shop."]
    assert "Every open action has an owner" in ben.get("/actions?show=unowned").text
    page = ben.get("/actions").text
    form = next(form for form in (form_for(page, "close"),) if form.action == "/acts")
    assert ben.post("/acts", data=form.sent("close")).status_code == 303
    done = _listed(ben.get("/actions?show=done").text)
    assert len(done) == 1
    assert done[0] not in _listed(ben.get("/actions").text)
    assert ids[done[0]] == dict(form.pairs)["record"]


def test_a_question_is_answered_and_given_an_owner_in_place(log: Log) -> None:
    _approve(log, GUTTERS)
    client = world.client_over(log)
    page = client.get("/questions").text
    assert _listed(page) == [GUTTERS]
    assert _listed(client.get("/questions?show=unowned").text) == [GUTTERS]
    owner = form_for(page, "edit")
    assert client.post("/acts", data=owner.sent("edit", field__owners="Dov Hale; Cleo")).status_code == 303
    page = client.get("/questions").text
    assert "Dov Hale" in page
    assert "Cleo Marsh" in page
    assert _listed(client.get("/questions?show=unowned").text) == []
    answer = form_for(page, "close").sent("close", comment="Four hundred, says the roofer.")
    assert client.post("/acts", data=answer).headers["location"].startswith("/questions")
    assert _listed(client.get("/questions").text) == []
    assert _listed(client.get("/questions?show=done").text) == [GUTTERS]
    assert _listed(client.get("/questions?show=all").text) == [GUTTERS]


def test_a_reader_is_offered_no_acts(log: Log) -> None:
    ids = _approve(log, GUTTERS)
    reader = world.client_over(log, role="reader")
    for address in ("/log", "/questions", "/actions", f"/records/{ids[GUTTERS]}"):
        page = reader.get(address)
        assert page.status_code == 200
        assert 'action="/acts"' not in page.text
    assert reader.post("/acts", data={"act": "approve", "record": ids[ROOF]}).status_code == 403


def test_nothing_of_a_restricted_meeting_is_listed_found_or_counted(log: Log) -> None:
    ids = _approve(log, ROOF)
    Desk(log, lambda: EMBEDDER).do(world.ANA, acts.Restrict(conversation="m-1", people=(world.ANA,)))
    other = world.client_over(log, "Eve Stone")
    for address in ("/log?state=all", "/log?state=all&q=roof+tin", "/actions?state=both", "/questions?state=both"):
        assert "tin before" not in other.get(address).text, address
    assert other.get(f"/records/{ids[ROOF]}").status_code == 404
    assert len(_listed(other.get("/log?state=both").text)) == 11
    assert ROOF in _listed(world.client_over(log).get("/log").text)


def test_light_or_dark_is_kept_without_scripts(log: Log) -> None:
    client = world.client_over(log)
    answer = client.post("/theme", data={"theme": "dark", "next": "/log?q=tin"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log?q=tin")
    assert 'data-theme="dark"' in client.get("/log").text
    client.post("/theme", data={"theme": "system", "next": "/log"})
    assert "data-theme" not in client.get("/log").text
