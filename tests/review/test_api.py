"""The JSON API, over real logs on both databases."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from api_world import API, World, body, planted
from fastapi.testclient import TestClient

from extractor.log.events import verify
from extractor.log.store import Log
from extractor.plan import ReviewPlan


@pytest.fixture
def world(log: Log) -> World:
    return World(log, planted(log))


@pytest.fixture
def client(world: World) -> TestClient:
    return world.client()


def texts(answer: Any) -> list[str]:
    return [item["text"] for item in answer["items"]]


def test_says_who_one_is_and_what_one_may_do(world: World) -> None:
    me = body(world.client("Ana Li", "reader").get(f"{API}/me"))
    assert (me["name"], me["role"], me["approvals_needed"], me["by_token"]) == ("Ana Li", "reader", 1, False)


def test_what_waits_comes_in_the_order_of_what_a_mistake_costs(world: World, client: TestClient) -> None:
    found = body(client.get(f"{API}/waiting"))
    weights = [item["weight"] for item in found["items"]]
    assert weights == sorted(weights, reverse=True)
    assert found["count"] == {"number": 5, "more": False}
    assert "high significance" in next(i for i in found["items"] if i["id"] == world.ids["green"])["reasons"]


def test_pages_of_what_waits_hold_each_record_once(client: TestClient) -> None:
    seen, cursor = [], None
    while True:
        page = body(client.get(f"{API}/waiting", params={"limit": 2} | ({"cursor": cursor} if cursor else {})))
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5


def test_what_waits_can_be_asked_for_by_meeting_type_reason_and_person(world: World, client: TestClient) -> None:
    ids = world.ids
    body(client.post(f"{API}/acts", json={"act": "assign", "record": ids["stays"], "person": "Ana Li"}))
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"meeting": 2}, ["The pond stays."]),
        ({"type": "action_item"}, ["Buy the paint."]),
        ({"reason": "confidence"}, ["The pond stays."]),
        ({"who": "Ana Li"}, ["The pond stays."]),
        ({"who": "me"}, []),
        ({"who": "nobody", "type": "open_question"}, ["Who pays for the brushes?"]),
    ]
    for asked, wanted in cases:
        assert texts(body(client.get(f"{API}/waiting", params=asked))) == wanted
    assert texts(body(world.client("Ana Li").get(f"{API}/waiting", params={"who": "me"}))) == ["The pond stays."]
    body(client.get(f"{API}/waiting", params={"who": "Zacharias"}), 404)


def test_records_can_be_asked_for_by_everything_a_list_filters(world: World, client: TestClient) -> None:
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"owner": "ben"}, ["Buy the paint."]),
        ({"mine": True}, []),
        ({"topic": "wat"}, ["The pond stays."]),
        ({"since": "2026-03-05"}, ["The shed is painted blue."]),
        ({"until": "2026-03-05", "type": "decision"}, ["The pond stays.", "The shed is painted green."]),
        ({"overdue": True}, ["Buy the paint."]),
        ({"unowned": True, "until": "2026-03-05"}, ["The pond stays.", "The shed is painted green."]),
        ({"meeting": 2}, ["The pond stays."]),
        ({"state": "rejected"}, []),
        ({"status": "tentative"}, []),
        ({"open": False}, []),
        ({"series": 1, "type": "open_question"}, ["Who pays for the brushes?"]),
    ]
    for asked, wanted in cases:
        found = body(client.get(f"{API}/records", params=asked))
        assert texts(found) == wanted, asked
        assert found["count"]["number"] == len(wanted), asked
    assert texts(body(world.client("Ben Oak").get(f"{API}/records", params={"mine": True}))) == ["Buy the paint."]
    body(client.get(f"{API}/records", params={"meeting": 99}), 404)


def test_pages_of_records_hold_each_once_newest_first(client: TestClient) -> None:
    whole = body(client.get(f"{API}/records"))["items"]
    seen: list[Any] = []
    asked: dict[str, Any] = {"limit": 2}
    while True:
        page = body(client.get(f"{API}/records", params=asked))
        seen += page["items"]
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert seen == whole
    assert [one["said_on"] for one in seen] == sorted((one["said_on"] for one in seen), reverse=True)


def test_a_done_action_is_neither_open_nor_overdue(world: World, client: TestClient) -> None:
    assert body(client.get(f"{API}/counts"))["open_actions"]["number"] == 1
    body(client.post(f"{API}/acts", json={"act": "close", "record": world.ids["paint"]}))
    counts = body(client.get(f"{API}/counts"))
    assert (counts["open_actions"]["number"], counts["overdue"]["number"]) == (0, 0)
    assert texts(body(client.get(f"{API}/records", params={"open": False}))) == ["Buy the paint."]


def test_a_record_comes_with_its_evidence_in_context_links_and_acts(world: World, client: TestClient) -> None:
    green, blue = world.ids["green"], world.ids["blue"]
    body(client.post(f"{API}/acts", json={"act": "comment", "record": green, "comment": "Which green?"}))
    found = body(client.get(f"{API}/records/{green}", params={"around": 1}))
    assert [turn["number"] for turn in found["context"][0]] == [0, 1]
    [marked] = found["context"][0][0]["quotes"]
    assert found["context"][0][0]["text"][marked["start_char"] : marked["end_char"]] == "paint the shed green"
    assert [(link["kind"], link["forward"], link["other"]["id"]) for link in found["links"]] == [
        ("supersedes", False, blue)
    ]
    assert [(one["verdict"], one["reviewer"], one["comment"]) for one in found["reviews"]] == [
        ("comment", "Rita Moss", "Which green?")
    ]


def test_what_is_suggested_is_listed_with_its_links(world: World, client: TestClient) -> None:
    found = body(client.get(f"{API}/suggestions"))
    assert [(one["record"]["id"], one["links"][0]["other"]["id"]) for one in found["items"]] == [
        (world.ids["blue"], world.ids["green"])
    ]
    body(client.post(f"{API}/acts", json={"act": "unlink", "record": world.ids["blue"], "link": _link(found)}))
    assert body(client.get(f"{API}/suggestions"))["items"] == []


def _link(found: Any) -> str:
    return str(found["items"][0]["links"][0]["id"])


def test_history_and_versions_tell_who_worded_it_when(world: World, client: TestClient) -> None:
    name = world.ids["stays"]
    body(client.post(f"{API}/acts", json={"act": "edit", "record": name, "fields": {"statement": "The pond moves."}}))
    said = [(one["version"], one["actor"]) for one in body(client.get(f"{API}/records/{name}/versions"))["items"]]
    assert said == [(1, "machine"), (2, "Rita Moss")]
    steps = body(client.get(f"{API}/records/{name}/history"))["steps"]
    assert [(one["what"], one["who"]) for one in steps][-1] == ("record.edited", "Rita Moss")


def test_a_meeting_comes_with_its_turns_its_records_and_its_coverage(client: TestClient) -> None:
    listed = body(client.get(f"{API}/meetings", params={"limit": 2}))
    assert [one["number"] for one in listed["items"]] == [3, 2]
    rest = body(client.get(f"{API}/meetings", params={"limit": 2, "cursor": listed["next"]}))
    assert ([one["number"] for one in rest["items"]], rest["next"]) == ([1], None)
    found = body(client.get(f"{API}/meetings/1"))
    assert len(found["turns"]) == found["turn_count"] == 3
    assert {one["text"] for one in found["records"]} == {
        "The shed is painted green.",
        "Buy the paint.",
        "Who pays for the brushes?",
    }
    assert found["coverage"]["characters"] > 0
    assert [one["number"] for one in body(client.get(f"{API}/waiting/meetings"))["items"]]
    body(client.get(f"{API}/meetings/77"), 404)


def test_people_and_series_complete_what_is_typed(client: TestClient) -> None:
    assert [one["name"] for one in body(client.get(f"{API}/people", params={"q": "oa"}))["items"]] == ["Ben Oak"]
    assert [one["title"] for one in body(client.get(f"{API}/series", params={"q": "pond"}))["items"]] == ["Pond round"]
    assert body(client.get(f"{API}/people", params={"q": "%"}))["items"] == []


def test_search_finds_words_of_the_claim_and_of_the_quotes(client: TestClient) -> None:
    assert texts(body(client.get(f"{API}/search", params={"q": "brushes"}))) == ["Who pays for the brushes?"]
    assert texts(body(client.get(f"{API}/search", params={"q": "pond", "type": "action_item"}))) == []
    body(client.get(f"{API}/search"), 422)


def test_an_act_answers_with_the_record_as_it_is_now(world: World, client: TestClient) -> None:
    seen = body(client.get(f"{API}/records/{world.ids['green']}"))["stamp"]
    done = body(client.post(f"{API}/acts", json={"act": "approve", "record": world.ids["green"], "seen": seen}))
    assert done["records"] == [world.ids["green"]]
    assert (done["now"][0]["state"], done["waits"]) == ("approved", False)
    again = body(client.post(f"{API}/acts", json={"act": "approve", "record": world.ids["green"], "seen": seen}))
    assert again["event"] is None


def test_the_second_of_two_reviewers_is_told_what_the_first_did(world: World, client: TestClient) -> None:
    name = world.ids["green"]
    seen = body(client.get(f"{API}/records/{name}"))["stamp"]
    fields = {"statement": "The shed is painted dark green."}
    body(client.post(f"{API}/acts", json={"act": "edit", "record": name, "seen": seen, "fields": fields}))
    other = world.client("Tom Reed")
    told = body(other.post(f"{API}/acts", json={"act": "reject", "record": name, "seen": seen}), 409)
    assert told["record"]["text"] == fields["statement"]
    assert [(one["what"], one["who"], one["detail"]) for one in told["since"]] == [
        ("record.edited", "Rita Moss", "statement")
    ]
    now = told["record"]["stamp"]
    body(other.post(f"{API}/acts", json={"act": "reject", "record": name, "seen": now}))


def test_a_batch_is_done_whole_or_not_at_all(world: World, client: TestClient) -> None:
    ids = world.ids
    good = [{"act": "approve", "record": ids["green"]}, {"act": "reject", "record": ids["stays"], "comment": "no"}]
    body(client.post(f"{API}/acts/batch", json={"acts": [*good, {"act": "approve", "record": "d-none"}]}), 404)
    assert body(client.get(f"{API}/records/{ids['green']}"))["state"] == "proposed"
    done = body(client.post(f"{API}/acts/batch", json={"acts": good}))
    assert [one["now"][0]["state"] for one in done["items"]] == ["approved", "rejected"]
    body(client.post(f"{API}/acts/batch", json={"acts": [good[0]] * 101}), 422)
    body(client.post(f"{API}/acts/batch", json={"acts": []}), 422)
    with world.log.read() as connection:
        verify(connection)


def test_a_batch_that_meets_others_work_does_nothing_and_says_so(world: World, client: TestClient) -> None:
    ids = world.ids
    body(client.post(f"{API}/acts", json={"act": "reject", "record": ids["green"]}))
    acts = [{"act": "approve", "record": ids["stays"]}, {"act": "approve", "record": ids["green"], "seen": 0}]
    told = body(world.client("Tom Reed").post(f"{API}/acts/batch", json={"acts": acts}), 409)
    assert told["record"]["id"] == ids["green"]
    assert body(client.get(f"{API}/records/{ids['stays']}"))["state"] == "proposed"


def test_where_two_must_approve_the_first_is_told_that_it_waits(world: World) -> None:
    world.rules = ReviewPlan(approvals=2)
    asked = {"act": "approve", "record": world.ids["green"]}
    first, second = world.client("Rita Moss"), world.client("Tom Reed")
    assert body(first.post(f"{API}/acts", json=asked))["waits"]
    assert world.ids["green"] not in [one["id"] for one in body(first.get(f"{API}/waiting"))["items"]]
    [mine] = [
        one
        for one in body(first.get(f"{API}/waiting", params={"mine_too": True}))["items"]
        if one["id"] == world.ids["green"]
    ]
    assert mine["approvals"] == ["Rita Moss"]
    assert not body(second.post(f"{API}/acts", json=asked))["waits"]


def test_a_missed_decision_is_added_from_words_of_the_transcript(client: TestClient) -> None:
    asked = {
        "act": "add",
        "conversation": "m-2",
        "type": "decision",
        "passages": [{"turn": 1, "role": "accepted"}],
        "fields": {"statement": "All agree on the pond.", "owners": ["Dev"]},
    }
    [made] = body(client.post(f"{API}/acts", json=asked))["now"]
    assert (made["state"], made["owners"]) == ("approved", ["Dev Rush"])
    assert made["record"]["evidence"][0]["quote"] == "Agreed."


def test_a_suggestion_or_a_link_of_another_record_is_not_taken(world: World, client: TestClient) -> None:
    link = _link(body(client.get(f"{API}/suggestions")))
    body(client.post(f"{API}/acts", json={"act": "unlink", "record": world.ids["stays"], "link": link}), 404)
    for act in ("take_revision", "dismiss_revision"):
        body(client.post(f"{API}/acts", json={"act": act, "record": world.ids["stays"], "revision": "v-1"}), 404)


def test_the_export_holds_what_the_list_holds_and_no_formula(world: World, client: TestClient) -> None:
    evil = "=HYPERLINK(1)"
    fields = {"statement": evil, "topic": "+1", "owners": ["@cmd", "-2"]}
    body(client.post(f"{API}/acts", json={"act": "edit", "record": world.ids["stays"], "fields": fields}))
    lines = client.get(f"{API}/export").text.splitlines()
    listed = [one["id"] for one in body(client.get(f"{API}/records"))["items"]]
    assert [json.loads(line)["id"] for line in lines] == listed
    answer = client.get(f"{API}/export", params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == listed
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert f"'{evil}" in {row["text"] for row in rows}
    assert "attachment" in answer.headers["content-disposition"]
    assert len(client.get(f"{API}/export", params={"meeting": 2}).text.splitlines()) == 1


HUGE = 10**30
BAD_QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("/waiting", {"cursor": "x"}),
    ("/waiting", {"cursor": "WzFlOTk5LDFd"}),
    ("/waiting", {"cursor": "W1tbW1tbW1s"}),
    ("/records", {"cursor": "WyIiLDk5OTk5OTk5OTk5OTk5OTk5OTk5OTld"}),
    ("/records", {"cursor": "WyJcdTAwMDAiLDFd"}),
    ("/meetings", {"cursor": "WzEsMl0"}),
    ("/records", {"since": "0000-01-01"}),
    ("/records", {"since": "2026-02-30"}),
    ("/records", {"until": "99999-01-01"}),
    ("/records", {"since": "1700000000"}),
    ("/records", {"series": HUGE}),
    ("/records", {"limit": HUGE}),
    ("/records", {"limit": 0}),
    ("/records", {"staet": "approved"}),
    ("/records", {"state": "erased"}),
    ("/meetings/" + str(HUGE), {}),
    ("/meetings/-1", {}),
    ("/meetings/1", {"turn": HUGE}),
    ("/records/d-1", {"around": HUGE}),
    ("/waiting/meetings", {"offset": HUGE}),
    ("/search", {"q": "x" * 501}),
    ("/export", {"format": "xlsx"}),
]


def test_a_question_that_cannot_be_answered_is_told_what_is_wrong(client: TestClient) -> None:
    for path, asked in BAD_QUERIES:
        answer = client.get(API + path, params=asked)
        assert answer.status_code == 422, (path, asked, answer.text)
        assert set(answer.json()) == {"error", "remedy"}
        assert all(said.endswith(".") for said in answer.json().values()), answer.text


def test_words_that_no_log_holds_find_nothing(client: TestClient) -> None:
    for word in ("a\x00b", "\ufffd", "%00", "\ud800".encode("utf-8", "surrogatepass")):
        for path, name in (
            ("/search", "q"),
            ("/people", "q"),
            ("/series", "q"),
            ("/records", "owner"),
            ("/records", "decider"),
            ("/records", "topic"),
        ):
            assert body(client.get(API + path, params={name: word}))["items"] == [], (path, name, word)
    assert client.get(f"{API}/records/d%00").status_code == 404
    assert client.get(f"{API}/records/%ff%fe").status_code == 404


def test_an_act_that_no_log_can_hold_is_refused(world: World, client: TestClient) -> None:
    name = world.ids["green"]
    for asked in (
        f'{{"act": "comment", "record": "{name}", "comment": "a\\u0000b"}}',
        f'{{"act": "comment", "record": "{name}", "comment": "a\\ud800b"}}',
        '{"act": "approve", "record": "d\\u0000"}',
        f'{{"act": "approve", "record": "{name}", "seen": 99999999999999999999}}',
        f'{{"act": "approve", "record": "{name}", "seen": -1}}',
        f'{{"act": "edit", "record": "{name}", "fields": {{"confidence": NaN}}}}',
        f'{{"act": "edit", "record": "{name}", "fields": {{"confidence": 1e999}}}}',
        '{{"act": "edit", "record": "{}", "fields": {{"raised_at": 1{}}}}}'.format(name, "0" * 400),
        f'{{"act": "edit", "record": "{name}", "fields": {{"due": {{"text": "x", "date": "0000-00-00"}}}}}}',
        f'{{"act": "edit", "record": "{name}", "fields": {{"owners": ["\\ud83d"]}}}}',
        f'{{"act": "edit", "record": "{name}", "fields": {{"no\\u0000field": 1}}}}',
        f'{{"act": "edit", "record": "{name}", "fields": {{"evidence": []}}}}',
        '{{"act": "edit", "record": "{}", "fields": {{"topic": {}}}}}'.format(name, "[" * 500 + "]" * 500),
        f'{{"act": "undo", "record": "{name}", "number": 1e400}}',
        f'{{"act": "split", "record": "{name}", "parts": [{{"evidence": [-1]}}, {{"evidence": [0]}}]}}',
        f'{{"act": "merge", "record": "{name}", "into": "{name}"}}',
        f'{{"act": "publish", "record": "{name}"}}',
        f'{{"record": "{name}"}}',
        "[]",
        "null",
    ):
        told = client.post(f"{API}/acts", content=asked, headers={"content-type": "application/json"})
        assert told.status_code == 422, (asked[:100], told.text)
        assert set(told.json()) == {"error", "remedy"}
    with world.log.read() as connection:
        verify(connection)


def test_what_is_no_json_is_refused(client: TestClient) -> None:
    for content, kind in (
        (b"{", "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"act=approve", "application/x-www-form-urlencoded"),
        (b'{"act": "approve", "record": "d-1"}', "text/plain"),
        (b'{"act": "approve", "record": "d-1"}', "application/xml"),
        (b"", "application/json"),
    ):
        told = client.post(f"{API}/acts", content=content, headers={"content-type": kind})
        assert told.status_code in (400, 415, 422), (content[:20], kind, told.text)
        assert set(told.json()) == {"error", "remedy"}
