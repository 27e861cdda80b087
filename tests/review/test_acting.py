"""Acts by plain forms: what is done, where one comes back to, the way back, and what happens when it cannot be done."""

from __future__ import annotations

import re
from html import unescape

import pages_world as world
import pytest
from kept import EMBEDDER
from page_forms import form_for

from extractor.log import events
from extractor.log.store import Log
from extractor.plan import ReviewPlan
from extractor.review import acts
from extractor.review.service import Desk
from extractor.review.web.pages.acting import local_path

ROOF = "The shed's roof is replaced with tin before the autumn."
KEY = "The key stays with whoever closes."
GUTTERS = "What do new gutters cost?"


def _state(log: Log, text: str) -> str:
    return world.records_in(log)[text].state


def test_an_act_leads_back_with_a_notice_that_undoes_it(log: Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    answer = client.post("/acts", data={"act": "approve", "record": ids[ROOF], "next": "/log?q=tin"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log?q=tin")
    page = client.get("/log?q=tin").text
    assert "Approved." in page
    assert "Approved." not in client.get("/log?q=tin").text, "it is said once"
    undo = form_for(page, "undo")
    assert ("next", "/log?q=tin") in undo.pairs
    assert client.post("/acts", data=undo.sent("undo")).headers["location"] == "/log?q=tin"
    assert _state(log, ROOF) == "proposed"
    page = client.get("/log").text
    assert "Undone." in page
    assert 'value="undo"' not in page


def test_the_same_act_once_more_changes_nothing_and_says_so(log: Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    sent = {"act": "reject", "record": ids[KEY], "comment": "It is only a habit."}
    client.post("/acts", data=sent)
    client.get("/log")
    with log.read() as connection:
        head = events.head(connection)
    assert client.post("/acts", data=sent).status_code == 303
    assert "It was so already." in client.get("/log").text
    with log.read() as connection:
        assert events.head(connection) == head


def test_where_two_must_approve_the_notice_says_that_another_must(log: Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log, rules=ReviewPlan(approvals=2))
    client.post("/acts", data={"act": "approve", "record": ids[ROOF]})
    assert "another reviewer must" in client.get("/log").text
    assert _state(log, ROOF) == "proposed"


def test_the_second_reviewer_sees_what_changed_and_loses_nothing_typed(log: Log) -> None:
    ids = world.fill(log)
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    address = f"/records/{ids[ROOF]}"
    theirs = form_for(ana.get(address).text, "edit", "do-edit")
    mine = form_for(ben.get(address).text, "approve", "do-edit")
    done = ana.post("/acts", data=theirs.sent("edit", field__statement="The roof is replaced.", comment="Shorter."))
    assert done.status_code == 303
    sent = mine.sent(
        "approve", field__rationale="It leaks <again> & again.", field__owners="Cleo Marsh", comment="He said so."
    )
    answer = ben.post("/acts", data=sent)
    assert answer.status_code == 409
    page = answer.text
    for words in ("Ana Li", "edited it", "Shorter.", "The roof is replaced.", ROOF.replace("'", "&#39;")):
        assert words in page, words
    assert re.search(r'<time datetime="[^"]+">', page[page.index("What changed") :])
    again = form_for(page, "approve")
    fields = dict(again.pairs)
    assert fields["field.rationale"] == "It leaks <again> & again."
    assert fields["field.owners"] == "Cleo Marsh"
    assert fields["comment"] == "He said so."
    assert "field.statement" not in fields, "what they did not touch is not set back"
    assert _state(log, "The roof is replaced.") == "proposed"
    assert ben.post("/acts", data=again.sent("approve")).status_code == 303
    now = world.records_in(log)["The roof is replaced."]
    assert (now.state, now.owners, now.record.rationale) == (  # type: ignore[union-attr]
        "approved",
        ("Cleo Marsh",),
        "It leaks <again> & again.",
    )


def test_where_both_wrote_the_same_field_both_wordings_stand_on_the_page(log: Log) -> None:
    ids = world.fill(log)
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    address = f"/records/{ids[KEY]}"
    mine = form_for(ben.get(address).text, "edit", "do-edit")
    Desk(log, lambda: EMBEDDER).do(world.ANA, acts.Edit(record=ids[KEY], fields={"statement": "Keys stay inside."}))
    answer = ben.post("/acts", data=mine.sent("edit", field__statement="The key hangs by the door."))
    assert answer.status_code == 409
    assert "It says now: <bdi>Keys stay inside.</bdi>" in answer.text
    assert dict(form_for(answer.text, "edit").pairs)["field.statement"] == "The key hangs by the door."
    assert ana.get(address).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "close", "comment": " "}, "answered with words"),
        ({"act": "merge", "into": "d-none"}, "There is no record"),
        ({"act": "edit", "field.question": ""}, "needs its question"),
        ({"act": "edit", "field.status": "decided"}, "no field status"),
        ({"act": "split", "part.1.field.question": "What?", "part.1.evidence": "0"}, "two parts or more"),
        ({"act": "split", "part.1.field.question": "What?", "part.2.evidence": "0"}, "no words that prove it"),
        ({"act": "link", "to": "x", "kind": "resembles"}, "kind"),
        ({"act": "approve", "seen": "soon"}, "seen"),
        ({"act": "edit", "field.agreement.nobody": "agreed"}, "takes no part"),
        ({"act": "dance"}, "There is no act"),
        ({}, "There is no act"),
        ({"act": "undo"}, "nothing of yours to undo"),
        ({"act": "reject", "comment": "x" * 30_000}, "comment"),
    ],
)
def test_what_does_not_fit_is_said_and_everything_typed_is_kept(log: Log, sent: dict[str, str], said: str) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    with log.read() as connection:
        head = events.head(connection)
    answer = client.post("/acts", data={"record": ids[GUTTERS], "next": "/questions", **sent})
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert 'href="/questions"' in answer.text
    if sent.get("act") not in (None, "dance"):
        kept = dict(form_for(answer.text, sent["act"]).pairs)
        for name, value in sent.items():
            if name not in ("act", "seen") and value.strip():
                assert kept[name] == value, name
    with log.read() as connection:
        assert events.head(connection) == head


def test_a_record_that_is_not_there_is_404(log: Log) -> None:
    answer = world.client_over(log).post("/acts", data={"act": "approve", "record": "d-none"})
    assert answer.status_code == 404
    assert "There is no record d-none" in answer.text


def test_what_was_missed_is_added_from_passages(log: Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    sent = {
        "act": "add",
        "conversation": "m-1",
        "type": "decision",
        "turn": ["11", "10"],
        "start": ["4", ""],
        "end": ["36", ""],
        "role": ["proposed", "accepted"],
        "field.statement": "The old bench goes to the school.",
        "field.owners": "",
        "next": "/meetings/1",
    }
    assert client.post("/acts", data=sent).status_code == 303
    added = world.records_in(log)["The old bench goes to the school."]
    assert added.state == "approved"
    assert [quote.turn for quote in added.record.evidence] == [11, 10]
    assert added.record.evidence[0].quote.startswith("And the old bench") or "bench" in added.record.evidence[0].quote
    page = client.get("/meetings/1").text
    assert "Added." in page
    client.post("/acts", data=form_for(page, "undo").sent("undo"))
    assert _state(log, "The old bench goes to the school.") == "rejected"


def test_a_restriction_is_by_names_one_a_line(log: Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    sent = {
        "act": "restrict",
        "conversation": "m-3",
        "people": "Eve Stone\r\nFinn Roe; Dov Hale",
        "next": "/meetings/3",
    }
    assert client.post("/acts", data=sent).status_code == 303
    assert client.get("/meetings/3").status_code == 200
    assert world.client_over(log, "Finn Roe").get("/meetings/3").status_code == 200
    assert world.client_over(log, "Dov Hale").get("/meetings/3").status_code == 200
    assert world.client_over(log, world.BEN).get("/meetings/3").status_code == 404


@pytest.mark.parametrize(
    "written",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "log",
        "",
        "/" + "a" * 3000,
        "http:/log",
        "///evil.example",
    ],
)
def test_one_comes_back_to_this_site_only(written: str) -> None:
    assert local_path(written) == "/"


@pytest.mark.parametrize("written", ["/", "/log?q=a&state=both", "/meetings/3?turn=500#t512", "/records/d-1#do-link"])
def test_one_comes_back_to_where_one_was(written: str) -> None:
    assert local_path(written) == written


@pytest.mark.parametrize("value", ["approve.<b>.1", "hack.d-1.1", "approve.d-1", "approve.d-1.x", "a" * 500, ""])
def test_a_notice_that_is_not_ours_is_not_shown(log: Log, value: str) -> None:
    client = world.client_over(log)
    client.cookies.set("notice", value)
    answer = client.get("/log")
    assert answer.status_code == 200
    assert 'class="notice done"' not in answer.text
