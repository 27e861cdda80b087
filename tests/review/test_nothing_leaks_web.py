"""A restricted conversation is not there, on any page and in any call, for whom it is not for.

Two logs are the same but for one conversation, every string of which holds a word of its own. To whoever may not see
it, the two must answer alike, byte for byte, whatever is asked.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from api_world import API, BASE, OneDoor, body, planted
from fastapi import Request
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from kept import EMBEDDER, action, decision, found, keep, question, quote, talk

from extractor.log import linked
from extractor.log.store import Log
from extractor.plan import ServePlan
from extractor.records import Agreement, Alternative, Due, Information
from extractor.review import acts
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.site import Role, Site, Visitor

NOW = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
SOAK = bool(os.environ.get("DECISIONS_SOAK"))
NOWHERE = "d-0000000000000000"
SECRET = re.compile(r"zq\d\dx", re.IGNORECASE)


class Client(TestClient):
    """A client that knows whether to look for words too, and what the document says of each call."""

    searching: bool
    document: dict[str, Any]


class Nobody:
    """A door that knows no one."""

    def visitor(self, request: Request) -> Visitor | None:
        return None


@dataclass
class Pair:
    """The log with the restricted conversation, the same without it; what the former has that the latter has not."""

    with_it: Log
    without: Log
    ids: dict[str, str]
    hidden: dict[str, str]
    number: int
    link: str
    series: int


@pytest.fixture(params=["sqlite", "postgresql"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    cluster = request.getfixturevalue("postgres_cluster") if request.param == "postgresql" else None
    urls = [cluster.new_database() if cluster else None for _ in range(2)]
    with (
        Log.open(tmp_path / "a", urls[0], clock=lambda: NOW) as one,
        Log.open(tmp_path / "b", urls[1], clock=lambda: NOW) as other,
    ):
        for log in (one, other):
            ids = planted(log)
            for name in ("Rita Moss", "Adam Vale"):
                Desk(log, lambda: EMBEDDER).do(name, acts.Comment(record=ids["green"], comment=f"Seen by {name}."))
        yield _restricted(one, other, ids)
    for url in urls:
        if cluster and url:
            cluster.drop(url)


def _restricted(log: Log, other: Log, ids: dict[str, str]) -> Pair:
    """Adds the conversation with a word of its own in every string, and lets only Vera Quill see it."""
    numbers = itertools.count(10)

    def own(words: str) -> str:
        return f"zq{next(numbers)}x {words}"

    name = f"zq{next(numbers)}x-meeting"
    lines = [f"{own('Ann')}: {own('we sell the glasshouse')}.", f"{own('Bo')}: {own('I will call the buyer')}."]
    lines.append(f"{own('Cy')}: {own('what is it worth?')}")
    said = talk(*lines, name=name, title=own("Board, closed"))
    said = said.model_copy(update={"source": own("closed.vtt"), "warnings": (own("one cue was cut"),)})
    mark = quote(said, 0, "we sell the glasshouse")
    more = {
        "topic": own("sale"),
        "rationale": own("money"),
        "category": own("estate"),
        "conditions": (own("if the price holds"),),
        "alternatives": (Alternative(option=own("rent it"), why_not=own("too slow")),),
        "information": (Information(what=own("the price"), state="missing"),),
        "agreement": (Agreement(person=said.participants[0].id, stance="agreed", evidence=(mark,)),),
        "due": Due(text=own("by June"), date=dt.date(2026, 4, 1)),
        "owners": (said.participants[1].id,),
        "flags": (own("odd"),),
    }
    sold = decision(said, own("The glasshouse is sold."), mark, **more)
    call = action(said, own("Call the buyer."), quote(said, 1, "I will call the buyer"), due=Due(text=own("soon")))
    worth = question(said, own("What is it worth?"), quote(said, 2, "what is it worth?"), blocks=own("the sale"))
    keep(log, said, found(said, sold, call, worth))
    desk = Desk(log, lambda: EMBEDDER)
    with log.write() as tx:
        linked.suggest(tx, sold.id, ids["stays"], "contradicts", confidence=0.9, judge="rules-1")
        link = linked.link_id(sold.id, ids["stays"], "contradicts")
    desk.do("Vera Quill", acts.Restrict(conversation=name, people=(own("Wanda"),)))
    edited = {"owners": [own("Xena")], "statement": own("The glasshouse is sold for good.")}
    desk.do("Vera Quill", acts.Edit(record=sold.id, fields=edited, comment=own("so it was")))
    desk.do("Vera Quill", acts.Assign(record=call.id, person=own("Yves")))
    desk.do("Vera Quill", acts.Close(record=worth.id, comment=own("a lot")))
    desk.do("Vera Quill", acts.Reject(record=worth.id, comment=own("never mind")))
    hidden = {"decision": sold.id, "action": call.id, "question": worth.id, "conversation": name}
    return Pair(log, other, ids, hidden, number=4, link=link, series=3)


def client_of(log: Log, name: str | None, role: Role = "reader") -> Client:
    """A client as this person, or as somebody who is not signed in."""
    door: Any = Nobody()
    if name is not None:
        with log.write(name) as tx:
            door = OneDoor(Visitor(name, tx.person(name), role))
    site = Site(Desk(log, lambda: EMBEDDER), ServePlan(), door)
    app = create_app(site)
    client = Client(app, base_url=BASE, headers={"Sec-Fetch-Site": "same-origin"})
    client.searching, client.document = name is not None and role != "reviewer", app.openapi()
    return client


STRANGERS: tuple[tuple[str | None, Role], ...] = (
    ("Rita Moss", "reader"),
    ("Rita Moss", "reviewer"),
    ("Adam Vale", "admin"),
    (None, "reader"),
)


def questions(pair: Pair, client: Client) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address that may be read, with all that could reach into the conversation."""
    words = ["zq1", "glasshouse"] if not SOAK else ["zq1", "zq14x", "glasshouse", "sold buyer", "Xena", "Vera"]
    ids, numbers = [*pair.hidden.values(), pair.link, NOWHERE], [pair.number, pair.series, 99]
    texts: dict[str, list[Any]] = dict.fromkeys(("q", "find", "owner", "decider", "topic", "who"), words)
    texts |= {"record": ids, "next": ids, "at": ["0", "0:0:5"], "before": ["2026-12-01.99"], "text": words}
    texts |= {"meeting": numbers, "series": numbers, "state": ["rejected", "approved"], "format": ["csv", "jsonl"]}
    texts |= {"reason": ["flags", "conflict"], "overdue": ["true"], "open": ["true", "false"], "by": ["meeting"]}
    texts |= {"turn": [0, 1], "unowned": ["true"], "type": ["decision", "open_question"], "mine_too": ["true"]}
    strange = {str(one) for one in (*ids, pair.number, 99)}
    for path, pattern in _paths(pair, client):
        yield path, {}
        nothing_there = not strange.isdisjoint(path.split("/"))
        for name in texts if client.searching and not nothing_there else ():
            for value in texts[name] if takes(client, pattern, name) else ():
                yield path, {name: value}
    yield f"{API}/records", {"state": ["proposed", "approved", "rejected", "merged"], "limit": 200}


def takes(client: Client, pattern: str, name: str) -> bool:
    """Whether an address may heed a parameter: a page any, a call those that are in the document."""
    described = client.document["paths"].get(pattern, {}).get("get", {})
    return not pattern.startswith(API) or name in [one["name"] for one in described.get("parameters", ())]


def _paths(pair: Pair, client: Client) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(client.app.routes):  # type: ignore[attr-defined]
        path, methods = context.path or "", context.methods or set()
        if "GET" not in methods:
            continue
        names = re.findall(r"\{(\w+)(?::\w+)?\}", path)
        known: dict[str, list[object]] = {name: _values(pair, name) for name in names}
        for values in itertools.product(*known.values()):
            filled = path
            for name, value in zip(known, values, strict=True):
                filled = re.sub(rf"\{{{name}(:\w+)?\}}", str(value), filled)
            yield filled, path


def _values(pair: Pair, name: str) -> list[object]:
    if name in ("number", "meeting"):
        return [pair.number, 1, 99]
    return [*pair.hidden.values(), pair.ids["stays"], pair.link, NOWHERE]


def test_no_page_and_no_call_says_a_word_of_it_to_who_may_not_see_it(pair: Pair) -> None:
    asked_for = 0
    for name, role in STRANGERS:
        there, not_there = client_of(pair.with_it, name, role), client_of(pair.without, name, role)
        for path, asked in questions(pair, there):
            one = there.get(path, params=asked, follow_redirects=False)
            other = not_there.get(path, params=asked, follow_redirects=False)
            asked_for += 1
            said = {mark.lower() for mark in SECRET.findall(one.text + str(dict(one.headers)))}
            known = {mark.lower() for mark in SECRET.findall(path + str(asked))}
            assert not said - known, (name, role, path, asked, said - known)
            assert (one.status_code, one.text) == (other.status_code, other.text), (name, role, path, asked)
            assert one.status_code < 500, (path, asked)
    assert asked_for > 300


def test_who_is_named_sees_it_everywhere(pair: Pair) -> None:
    client = client_of(pair.with_it, "Vera Quill", "reviewer")
    hidden = pair.hidden
    assert "zq" in body(client.get(f"{API}/records/{hidden['decision']}"))["text"]
    assert len(body(client.get(f"{API}/meetings/{pair.number}"))["records"]) == 3
    found_by_words = body(client.get(f"{API}/search", params={"q": "glasshouse"}))["items"]
    assert [one["id"] for one in found_by_words] == [hidden["decision"]]
    assert hidden["decision"] in client.get(f"{API}/export").text
    assert SECRET.search(client.get(f"{API}/people", params={"q": "zq"}).text)
    assert body(client.get(f"{API}/series", params={"q": "zq"}))["items"]
    assert hidden["action"] in [one["id"] for one in body(client.get(f"{API}/waiting"))["items"]]
    assert pair.number in [one["number"] for one in body(client.get(f"{API}/meetings"))["items"]]
    body(client.post(f"{API}/acts", json={"act": "comment", "record": hidden["action"], "comment": "Done soon."}))


def refused_acts(pair: Pair, record: str, conversation: str, link: str) -> Iterator[dict[str, Any]]:
    """Every act there is, on a record, a link and a conversation."""
    visible = pair.ids["stays"]
    fields = {"owners": ["a"]}
    part = {"evidence": [0], "fields": fields}
    passages = [{"turn": 0}]
    yield {"act": "approve", "record": record, "seen": 0}
    yield {"act": "approve", "record": record, "fields": fields}
    yield {"act": "edit", "record": record, "fields": fields}
    yield {"act": "reject", "record": record}
    yield {"act": "reopen", "record": record}
    yield {"act": "merge", "record": record, "into": visible}
    yield {"act": "merge", "record": visible, "into": record}
    yield {"act": "split", "record": record, "parts": [part, part]}
    yield {"act": "link", "record": visible, "kind": "relates", "to": record}
    yield {"act": "link", "record": record, "kind": "relates", "to": visible}
    yield {"act": "unlink", "record": record, "link": link}
    yield {"act": "unlink", "record": visible, "link": link}
    yield {"act": "close", "record": record, "comment": "x"}
    yield {"act": "comment", "record": record, "comment": "x"}
    yield {"act": "assign", "record": record, "person": "Rita Moss"}
    yield {"act": "take_revision", "record": record, "revision": "v-1"}
    yield {"act": "dismiss_revision", "record": record, "revision": "v-1"}
    yield {"act": "undo", "record": record}
    said = {"passages": passages, "type": "decision", "fields": {"statement": "x", **fields}}
    yield {"act": "add", "conversation": conversation, **said}
    yield {"act": "restrict", "conversation": conversation, "people": ["Rita Moss"]}
    yield {"act": "restrict", "conversation": conversation}


def test_an_act_on_it_is_refused_as_on_what_never_was(pair: Pair) -> None:
    for name, role in STRANGERS:
        if role == "reader":
            continue
        client = client_of(pair.with_it, name, role)
        hidden = refused_acts(pair, pair.hidden["decision"], pair.hidden["conversation"], pair.link)
        never = refused_acts(pair, NOWHERE, "m-never", "l-never")
        for one, other in zip(hidden, never, strict=True):
            first, second = client.post(f"{API}/acts", json=one), client.post(f"{API}/acts", json=other)
            told = first.text
            for real, made_up in (
                (pair.hidden["decision"], NOWHERE),
                (pair.hidden["conversation"], "m-never"),
                (pair.link, "l-never"),
            ):
                told = told.replace(real, made_up)
            assert (first.status_code, told) == (second.status_code, second.text), one
            assert first.status_code == 404, one


def test_an_act_finds_no_conversation_by_words_of_its_title(pair: Pair) -> None:
    client = client_of(pair.with_it, "Adam Vale", "admin")
    for words in ("zq", "Board", "closed", pair.hidden["conversation"][:5], "glasshouse"):
        asked = {"act": "restrict", "conversation": words, "people": []}
        answer = client.post(f"{API}/acts", json=asked)
        assert answer.status_code == 404, words
        assert not {mark for mark in SECRET.findall(answer.text) if mark not in words}


def test_forms_on_it_are_refused_as_on_what_never_was(pair: Pair) -> None:
    client = client_of(pair.with_it, "Rita Moss", "reviewer")
    record = pair.hidden["decision"]
    for act in ("approve", "reject", "comment", "reopen", "close", "undo"):
        asked = {"act": act, "record": record, "seen": "1", "comment": "x", "next": "/"}
        first = client.post("/acts", data=asked, follow_redirects=False)
        second = client.post("/acts", data=asked | {"record": NOWHERE}, follow_redirects=False)
        assert first.status_code == second.status_code, act
        assert first.text.replace(record, NOWHERE) == second.text, act
    for path in ("add", "restrict"):
        asked = {"type": "decision", "claim": "x", "at": "0", "people": "Rita Moss"}
        first = client.post(f"/meetings/{pair.number}/{path}", data=asked, follow_redirects=False)
        second = client.post(f"/meetings/99/{path}", data=asked, follow_redirects=False)
        assert (first.status_code, second.status_code) == (404, 404)
        assert first.text.replace(f"meeting {pair.number}", "meeting 99") == second.text
