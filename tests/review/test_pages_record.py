"""The page of one record over HTTP: what it says, the words that prove it, links, history, and a form for every act."""

from __future__ import annotations

import datetime as dt
import re

import pages_world as world
import pytest
from kept import EMBEDDER, ENGINE, decision, found, keep, question, quote, talk
from page_forms import form_for, forms_in

from extractor.conversation import Conversation
from extractor.log.intake import Proposal, propose
from extractor.log.store import Log
from extractor.records import Agreement, Alternative, Decision, Due, Information, Roles
from extractor.review import acts
from extractor.review.service import Desk

ROOF = "The shed's roof is replaced with tin before the autumn."
KEY = "The key stays with whoever closes."
LOCK = "A code lock replaces the key."


def _meeting() -> Conversation:
    return talk(
        "Ana Li: The fence leans to the street.",
        "Ben Okafor: I would rather paint it now, before the frost.",
        "Cleo Marsh: If the posts are treated first, fine.",
        "Ana Li: Then we paint the shed green in May.",
        "Ben Okafor: Agreed, and I order the treatment.",
        "Dov Hale: And the gate?",
        name="m-7",
        title="Paint",
    )


def _rich(said: Conversation) -> Decision:
    return decision(
        said,
        "The shed is painted green in May.",
        quote(said, 3, "we paint the shed green in May", "decider"),
        quote(said, 4, "Agreed", "accepted"),
        decided_by=("ana-li",),
        owners=("ben-okafor",),
        significance="high",
        topic="Shed",
        rationale="Frost ruins wood.",
        alternatives=(Alternative(option="Wait for spring", why_not="the frost gets in"),),
        conditions=("The posts are treated first",),
        information=(Information(what="Price of the treatment", state="missing"),),
        roles=Roles(accountable=("ana-li",), consulted=("cleo-marsh",)),
        agreement=(
            Agreement(
                person="cleo-marsh",
                stance="agreed_with_reservations",
                evidence=(quote(said, 2, "If the posts are treated first, fine", "objected"),),
            ),
            Agreement(person="dov-hale", stance="silent"),
        ),
        due=Due(text="in May", date=dt.date(2026, 5, 31)),
        confidence=0.82,
    )


def _kept(log: Log) -> str:
    said = _meeting()
    keep(log, said, found(said, _rich(said)))
    return world.ids_in(log)["The shed is painted green in May."]


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_all_that_the_record_says(log: Log) -> None:
    text = _text(world.client_over(log).get(f"/records/{_kept(log)}").text)
    for words in (
        "The shed is painted green in May.",
        "Decided by Ana Li",
        "Owners Ben Okafor",
        "31 May 2026",
        "said as “ in May ”",
        "Frost ruins wood.",
        "Wait for spring because the frost gets in",
        "The posts are treated first",
        "missing Price of the treatment",
        "Accountable Ana Li",
        "Consulted Cleo Marsh",
        "Cleo Marsh agreed with reservations If the posts are treated first, fine",
        "Dov Hale silent",
        "high: right in about 82 of 100 such cases",
        "A proposal: nobody has approved it yet.",
    ):
        assert words in text, words


def test_every_quote_is_marked_in_its_turn_with_the_way_to_its_place(log: Log) -> None:
    page = world.client_over(log).get(f"/records/{_kept(log)}").text
    assert "Then <mark>we paint the shed green in May</mark>." in page
    assert "<mark>Agreed</mark>, and I order the treatment." in page
    assert 'href="/meetings/1?turn=3#t3"' in page
    assert "I would rather paint it now" in page, "turns before and after are shown"
    client = world.client_over(log)
    assert client.get("/meetings/1?turn=3").status_code == 200


def test_links_are_shown_from_both_ends_and_confirmed_from_either(log: Log) -> None:
    ids = world.fill(log)
    world.suggest_link(log, ids[LOCK], ids[KEY], "supersedes")
    client = world.client_over(log)
    assert "Perhaps supersedes" in client.get(f"/records/{ids[LOCK]}").text
    earlier = client.get(f"/records/{ids[KEY]}").text
    assert "Perhaps superseded by" in earlier
    assert client.post("/acts", data=form_for(earlier, "link", "").sent("link")).status_code == 303
    assert "It no longer holds" in client.get(f"/records/{ids[KEY]}").text
    later = client.get(f"/records/{ids[LOCK]}").text
    assert "Supersedes" in later
    assert client.post("/acts", data=form_for(later, "unlink").sent("unlink")).status_code == 303
    assert "It no longer holds" not in client.get(f"/records/{ids[KEY]}").text


def test_a_suggested_wording_stands_beside_ours_field_by_field_and_can_be_taken(log: Log) -> None:
    record = _kept(log)
    client = world.client_over(log)
    client.post("/acts", data={"act": "approve", "record": record})
    said = _meeting()
    other = _rich(said).model_copy(update={"statement": "The shed is painted green in June.", "owners": ("dov-hale",)})
    with log.write() as tx:
        propose(tx, Proposal(said, found(said, other), ENGINE.model_copy(update={"version": "2"}), "again"), EMBEDDER)
    page = client.get(f"/records/{record}").text
    assert "A later reading says it otherwise" in page
    assert '<ins dir="auto">Dov Hale</ins>' in page
    assert '<del dir="auto">Ben Okafor</del>' in page
    assert client.post("/acts", data=form_for(page, "take_revision").sent("take_revision")).status_code == 303
    after = client.get(f"/records/{record}").text
    assert "A later reading says it otherwise" not in after
    assert '<h1 id="claim"><bdi>The shed is painted green in June.' in after


def test_history_names_every_act_with_who_when_and_what_they_said(log: Log) -> None:
    record = _kept(log)
    for name, act in (
        (world.BEN, acts.Comment(record=record, comment="The neighbours like it.")),
        (world.ANA, acts.Approve(record=record)),
        ("Cleo Marsh", acts.Edit(record=record, fields={"topic": "Garden"}, comment="There are two sheds.")),
        (world.ANA, acts.Reject(record=record, comment="Not yet.")),
        (world.ANA, acts.Undo(record=record)),
    ):
        Desk(log, lambda: EMBEDDER).do(name, act)
    page = world.client_over(log).get(f"/records/{record}").text
    text = _text(page[page.index('id="history"') :])
    places = [
        text.index(words)
        for words in (
            "decided in the conversation",
            "It entered the log",
            "Ben Okafor commented The neighbours like it.",
            "Ana Li approved it",
            "Cleo Marsh edited it: topic There are two sheds.",
            "Ana Li rejected it Not yet.",
            "Ana Li undid what they did",
        )
    ]
    assert places == sorted(places)
    assert re.search(r"rejected it</p>\s*<blockquote.*?taken back", page, re.DOTALL)
    comments = _text(page[page.index('id="comments"') : page.index('id="history"')])
    assert "The neighbours like it." in comments
    assert "Not yet." not in comments, "what was taken back is in the history alone"


def _offered(html: str) -> set[str]:
    found = {value for form in forms_in(html) for name, value in (*form.pairs, *form.buttons) if name == "act"}
    return found - {"undo"}


@pytest.mark.parametrize(
    ("state", "fitting"),
    [
        ("proposed", {"approve", "edit", "reject", "merge", "split", "link", "comment", "assign"}),
        ("approved", {"edit", "reject", "reopen", "merge", "split", "link", "comment"}),
        ("rejected", {"reopen", "comment"}),
        ("merged", {"reopen", "comment"}),
    ],
)
def test_the_forms_are_those_that_fit_the_state(log: Log, state: str, fitting: set[str]) -> None:
    ids = world.fill(log)
    to_state: dict[str, acts.OnRecord] = {
        "approved": acts.Approve(record=ids[ROOF]),
        "rejected": acts.Reject(record=ids[ROOF]),
        "merged": acts.Merge(record=ids[ROOF], into=ids[KEY]),
    }
    if state in to_state:
        Desk(log, lambda: EMBEDDER).do(world.ANA, to_state[state])
    assert _offered(world.client_over(log).get(f"/records/{ids[ROOF]}").text) == fitting


def test_another_record_is_found_by_its_words_to_merge_into(log: Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    coffee, again = ids["Coffee is ordered in bulk from June on."], ids["Coffee is ordered in bulk."]
    page = client.get(f"/records/{again}?find=coffee+bulk&for=merge").text
    assert f'value="{coffee}"' in page
    assert '<details class="act" id="do-merge" open>' in page
    sent = form_for(page, "merge", "do-merge").sent("merge", into=coffee)
    assert client.post("/acts", data=sent).status_code == 303
    page = client.get(f"/records/{again}").text
    assert "was merged into it" in page
    assert "Merged into it" in client.get(f"/records/{coffee}").text


def test_what_is_edited_as_it_stands_in_the_form_stays_the_same(log: Log) -> None:
    record = _kept(log)
    client = world.client_over(log)
    before = world.records_in(log)["The shed is painted green in May."]
    form = form_for(client.get(f"/records/{record}").text, "edit", "do-edit")
    assert client.post("/acts", data=form.sent("edit")).status_code == 303
    assert world.records_in(log)["The shed is painted green in May."] == before


def test_every_field_of_a_decision_can_be_edited_without_scripts(log: Log) -> None:
    record = _kept(log)
    client = world.client_over(log)
    form = form_for(client.get(f"/records/{record}").text, "edit", "do-edit")
    sent = form.sent(
        "edit",
        field__statement="The shed is painted green.",
        field__status="tentative",
        field__owners="Cleo; Dov Hale",
        field__due="2026-06-12",
        field__alternatives="Wait for spring | the frost gets in\r\nSteel posts",
        field__conditions="Dry weather\r\nTreated posts",
        field__information="present: Price of the treatment",
        field__roles__responsible="Ben",
        **{"field.agreement.dov-hale": "objected"},
    )
    assert client.post("/acts", data=sent).status_code == 303
    now = world.records_in(log)["The shed is painted green."].record
    assert isinstance(now, Decision)
    assert (now.status, now.owners, now.statement_source) == ("tentative", ("cleo-marsh", "dov-hale"), "written")
    assert now.due == Due(text="2026-06-12", date=dt.date(2026, 6, 12))
    assert now.alternatives[1] == Alternative(option="Steel posts")
    assert now.conditions == ("Dry weather", "Treated posts")
    assert now.information == (Information(what="Price of the treatment", state="present"),)
    assert now.roles == Roles(responsible=("ben-okafor",), accountable=("ana-li",), consulted=("cleo-marsh",))
    stances = {one.person: one.stance for one in now.agreement}
    assert stances == {"cleo-marsh": "agreed_with_reservations", "dov-hale": "objected"}
    assert now.agreement[0].evidence, "the words that prove a stance stay"


def test_a_record_is_split_by_its_quotes(log: Log) -> None:
    record = _kept(log)
    client = world.client_over(log)
    form = form_for(client.get(f"/records/{record}").text, "split", "do-split")
    sent = form.sent("split", part__1__field__statement="The shed is painted.")
    sent |= {"part.2.field.statement": ["Ben orders the treatment."], "part.2.evidence": ["1"]}
    assert client.post("/acts", data=sent).status_code == 303
    assert {"The shed is painted.", "Ben orders the treatment."} <= set(world.records_in(log))


def test_an_answered_question_shows_its_answer_and_can_be_asked_again(log: Log) -> None:
    said = _meeting()
    keep(log, said, found(said, question(said, "What becomes of the gate?", quote(said, 5, "And the gate?"))))
    record = world.ids_in(log)["What becomes of the gate?"]
    client = world.client_over(log)
    page = client.get(f"/records/{record}").text
    answer = form_for(page, "close", "do-close").sent("close", comment="It stays.")
    assert client.post("/acts", data=answer).status_code == 303
    page = client.get(f"/records/{record}").text
    assert re.search(r"Answered, says\s+<bdi>Ana Li</bdi>", page)
    assert "It stays." in page
    assert client.post("/acts", data=form_for(page, "reopen", "do-reopen").sent("reopen")).status_code == 303
    assert "Answered, says" not in client.get(f"/records/{record}").text


def test_a_record_that_is_not_there_is_404_and_never_an_error_of_ours(log: Log) -> None:
    client = world.client_over(log)
    for name in ("d-0000000000000000", "%00", "a" * 3000, "%F0%9F%99%82", "..%2F..%2Fetc"):
        assert client.get(f"/records/{name}").status_code == 404, name


def test_erased_words_leave_a_page_that_says_so(log: Log) -> None:
    from extractor.log.tables import records

    record = _kept(log)
    with log.write() as tx:
        tx.connection.execute(
            records.update()
            .where(records.c.id == record)
            .values(erased_at=tx.at, text="", body='{"statement":"","statement_source":"written","status":"decided"}')
        )
    page = world.client_over(log).get(f"/records/{record}")
    assert page.status_code == 200
    assert "words were erased" in page.text
    assert _offered(page.text) == set()


def test_words_that_would_turn_the_line_are_shown_as_such_and_stay_unless_edited(log: Log) -> None:
    said = _meeting()
    words = "Paint \u202eneerg\u202c it."
    keep(log, said, found(said, decision(said, words, quote(said, 3, "we paint the shed green"))))
    record = world.ids_in(log)[words]
    client = world.client_over(log)
    page = client.get(f"/records/{record}").text
    assert "\u202e" not in page
    assert "Paint \ufffdneerg\ufffd it." in page
    sent = form_for(page, "edit", "do-edit").sent("edit", field__topic="Paint")
    assert client.post("/acts", data=sent).status_code == 303
    assert world.records_in(log)[words].record.topic == "Paint"  # type: ignore[union-attr]
