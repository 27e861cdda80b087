"""The inbox over HTTP: what waits and in which order, the chosen record with its evidence, acts by plain forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pages_world as world
import pytest
from fastapi.testclient import TestClient
from kept import decision, found, keep, quote, talk

from extractor.log import reviewing, store, tables
from extractor.plan import ReviewPlan
from extractor.review.web import inbox

ROOF = "The shed's roof is replaced with tin before the autumn."
THURSDAYS = "The meeting moves to Thursdays."


def _listed(html: str) -> list[str]:
    """What the list says waits, in its order."""
    return [unescape(one) for one in re.findall(r'item-text"><bdi>(.*?)</bdi>', html)]


def _chosen(html: str) -> str:
    title = re.search(r'id="record-title"[^>]*><bdi>(.*?)</bdi>', html)
    return unescape(title.group(1)) if title else ""


def _form(html: str, act: str) -> dict[str, str]:
    """The fields of the form of an act, as a browser without scripts sends them."""
    forms = re.findall(r'<form [^>]*action="/acts".*?</form>', html, re.DOTALL)
    form = next(one for one in forms if f'value="{act}"' in one)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {"act": act, **{name: unescape(value) for name, value in hidden}}


def test_what_waits_is_listed_by_what_a_mistake_would_cost_and_the_first_is_chosen(log: store.Log) -> None:
    world.fill(log)
    page = world.client_over(log).get("/").text
    assert _listed(page)[:2] == [THURSDAYS, ROOF]
    assert len(_listed(page)) == 18
    assert _chosen(page) == THURSDAYS
    assert "low confidence" in page
    assert "right in about 31 of 100 such cases" in page


def test_an_empty_inbox_says_how_something_comes_in(log: store.Log) -> None:
    page = world.client_over(log).get("/").text
    assert "decisions add FILE" in page
    assert _listed(page) == []


def test_the_chosen_record_shows_every_quote_in_its_turn_with_a_way_there_and_back(log: store.Log) -> None:
    ids = world.fill(log)
    page = world.client_over(log).get(f"/?record={ids[ROOF]}").text
    assert _chosen(page) == ROOF
    for number, turn in ((0, 3), (1, 2)):
        place = f"quote-{ids[ROOF]}-{number}"
        assert f'href="#{place}"' in page
        assert page.index(f'id="t{turn}"') < page.index(f'id="{place}"') < page.index(f'id="t{turn + 1}"')
        assert f'href="#evidence-{number}"' in page
        assert f'id="evidence-{number}"' in page
    assert page.count('<mark class="quote chosen') == 2
    for said in ("Ana Li", "Ben Okafor", "high significance"):
        assert said in page


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("type=open_question", {"Who pays for the coffee?", "What do new gutters cost?"}),
        ("meeting=2&type=action_item", {"Cleo buys the code lock."}),
        ("reason=flags", {THURSDAYS}),
        ("reason=significance&reason=confidence", {ROOF, THURSDAYS}),
        ("who=me", set()),
    ],
)
def test_filters_stand_in_the_address(log: store.Log, query: str, wanted: set[str]) -> None:
    world.fill(log)
    page = world.client_over(log).get(f"/?{query}").text
    assert set(_listed(page)) == wanted
    assert f'<span class="count">{len(wanted)}</span></h1>' in page


def test_what_is_given_to_somebody_is_theirs_to_filter_by(log: store.Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    form = _form(client.get(f"/?record={ids[ROOF]}").text, "assign")
    assert client.post("/acts", data=form | {"person": world.BEN}).status_code == 303
    assert _listed(world.client_over(log, world.BEN).get("/?who=me").text) == [ROOF]
    assert ROOF not in _listed(client.get("/?who=nobody").text)


def test_by_meeting_the_list_is_that_of_one_meeting_with_the_others_beside_it(log: store.Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    page = client.get("/?by=meeting").text
    assert len(_listed(page)) == 7
    assert page.count("of-title") == 3
    assert len(_listed(client.get("/?by=meeting&meeting=3").text)) == 6


def test_a_long_list_comes_in_pages_that_leave_nothing_out(log: store.Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PER_PAGE", 4)
    ids = world.fill(log)
    client, address, seen = world.client_over(log), "/", []
    while address:
        page = client.get(address).text
        seen += _listed(page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        address = unescape(more.group(1)) if more else ""
    assert sorted(seen) == sorted(ids)


def test_approving_is_one_button_and_the_next_record_comes(log: store.Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    form = _form(client.get(f"/?record={ids[THURSDAYS]}").text, "approve")
    answer = client.post("/acts", data=form)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert _chosen(page) == ROOF
    assert THURSDAYS not in _listed(page)
    assert world.records_in(log)[THURSDAYS].state == "approved"


def test_the_last_act_can_be_undone_from_wherever_one_is(log: store.Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    form = _form(client.get(f"/?record={ids[ROOF]}").text, "reject")
    client.post("/acts", data=form | {"comment": "nothing was decided"})
    page = client.get("/").text
    assert "Your last act: reject" in page
    answer = client.post("/acts", data=_form(page, "undo"))
    assert _chosen(client.get(answer.headers["location"]).text) == ROOF
    assert world.records_in(log)[ROOF].state == "proposed"
    assert "Your last act" not in client.get("/").text


def test_the_last_act_of_another_is_not_offered_to_undo(log: store.Log) -> None:
    ids = world.fill(log)
    with log.write(world.BEN) as tx:
        reviewing.approve(tx, ids[ROOF])
    assert "Your last act" not in world.client_over(log).get("/").text


def test_editing_and_approving_is_one_form(log: store.Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    form = _form(client.get(f"/?record={ids[ROOF]}").text, "approve")
    client.post(
        "/acts", data=form | {"field.statement": "The roof becomes tin.", "field.owners": "Ben Okafor; Dov Hale"}
    )
    record = world.records_in(log)["The roof becomes tin."]
    assert (record.state, record.owners, record.version) == ("approved", ("Ben Okafor", "Dov Hale"), 2)


def test_records_that_say_the_same_are_offered_to_merge_into(log: store.Log) -> None:
    ids = world.fill(log)
    client = world.client_over(log)
    early, late = "Coffee is ordered in bulk from June on.", "Coffee is ordered in bulk."
    page = client.get(f"/?record={ids[early]}").text
    assert f'name="into" value="{ids[late]}"' in page
    answer = client.post("/acts", data=_form(page, "merge") | {"into": ids[late]})
    assert answer.status_code == 303
    assert world.records_in(log)[early].merged_into == ids[late]


def test_a_record_to_merge_into_is_found_by_its_words_wherever_it_is(log: store.Log) -> None:
    ids = world.fill(log)
    page = world.client_over(log).get(f"/?record={ids[ROOF]}&find=budget+brushes").text
    assert f'name="into" value="{ids["The budget for paint is two hundred."]}"' in page
    assert f'name="into" value="{ids["Finn brings brushes."]}"' not in page


def test_a_conflict_with_an_approved_decision_comes_first_and_leads_to_it(log: store.Log) -> None:
    ids = world.fill(log)
    key, lock = ids["The key stays with whoever closes."], ids["A code lock replaces the key."]
    with log.write(world.BEN) as tx:
        reviewing.approve(tx, key)
    world.suggest_link(log, lock, key, "supersedes")
    client = world.client_over(log)
    page = client.get("/").text
    assert _chosen(page) == "A code lock replaces the key."
    assert "would replace an approved decision" in page
    assert f'href="/records/{key}"' in page
    client.post("/acts", data=_form(page, "link"))
    with log.read() as connection:
        assert connection.execute(tables.links.select()).one().state == "confirmed"


def test_suggested_changes_have_a_list_of_their_own(log: store.Log) -> None:
    ids = world.fill(log)
    world.suggest_link(
        log, ids["Coffee is ordered in bulk."], ids["Coffee is ordered in bulk from June on."], "duplicates"
    )
    client = world.client_over(log)
    assert "by=suggested" in client.get("/").text
    page = client.get("/?by=suggested").text
    assert _listed(page) == ["Coffee is ordered in bulk."]


def _judge(by: TestClient, record: str, act: str, **more: str) -> None:
    assert by.post("/acts", data=_form(by.get(f"/?record={record}").text, act) | more).status_code == 303


def test_the_second_of_two_reviewers_is_shown_what_changed_and_keeps_what_they_typed(log: store.Log) -> None:
    ids = world.fill(log)
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    form = _form(ben.get(f"/?record={ids[ROOF]}").text, "edit")
    _judge(ana, ids[ROOF], "reject", comment="it is only a proposal")
    answer = ben.post("/acts", data=form | {"field.statement": "Words that Ben typed for long."})
    assert answer.status_code == 409
    assert "Words that Ben typed for long." in unescape(answer.text)
    assert "Ana Li" in answer.text
    assert ROOF in world.records_in(log)


def test_two_reviewers_who_say_the_same_do_not_conflict(log: store.Log) -> None:
    ids = world.fill(log)
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    form = _form(ben.get(f"/?record={ids[ROOF]}").text, "approve")
    _judge(ana, ids[ROOF], "approve")
    assert ben.post("/acts", data=form).status_code == 303


def test_where_two_must_approve_the_first_ones_list_goes_on_without_it(log: store.Log) -> None:
    ids = world.fill(log)
    rules = ReviewPlan(approvals=2)
    ana, ben = world.client_over(log, rules=rules), world.client_over(log, world.BEN, rules=rules)
    _judge(ana, ids[ROOF], "approve")
    assert ROOF not in _listed(ana.get("/").text)
    assert ROOF in _listed(ben.get("/").text)
    assert "Approved by Ana Li" in ben.get(f"/?record={ids[ROOF]}").text
    _judge(ben, ids[ROOF], "approve")
    assert world.records_in(log)[ROOF].state == "approved"


def test_a_long_transcript_is_shown_around_its_quotes_and_says_what_it_leaves_out(log: store.Log) -> None:
    said = talk(*(f"Ana: Turn {number} is about paint." for number in range(300)), name="m-1")
    keep(log, said, found(said, decision(said, "Paint.", quote(said, 40, "about"), quote(said, 200, "about"))))
    page = world.client_over(log).get("/").text
    shown = [int(number) for number in re.findall(r'class="said" data-turn="(\d+)"', page)]
    assert shown == [*range(28, 53), *range(188, 213)]
    assert [part.strip() for part in re.findall(r"turns (\d+–\d+)</a>", page)] == ["0–27", "53–187", "213–299"]


def test_every_key_is_named_in_the_help_and_has_something_to_do(log: store.Log) -> None:
    world.fill(log)
    page = world.client_over(log).get("/").text
    keys = page[page.index('<dialog id="keys"') :]
    for key in "jkaermucs":
        assert f"<kbd>{key}</kbd>" in keys
    assert {"a", "e", "r", "m", "c", "s"} <= set(re.findall(r'data-key="(.)"', page))


def test_a_reader_sees_what_waits_but_no_forms(log: store.Log) -> None:
    world.fill(log)
    page = world.client_over(log, role="reader").get("/").text
    assert _chosen(page) == THURSDAYS
    assert 'action="/acts"' not in page


@pytest.mark.parametrize("address", ["/?record=d-0000", "/?meeting=99"])
def test_what_is_not_there_is_not_found(log: store.Log, address: str) -> None:
    world.fill(log)
    assert world.client_over(log).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/?after=x,y", "/?type=opinion", "/?after=nan,1", "/?meeting=x"])
def test_an_address_that_makes_no_sense_is_refused_and_not_an_error_of_ours(log: store.Log, address: str) -> None:
    world.fill(log)
    assert world.client_over(log).get(address).status_code in (200, 422)


@pytest.fixture
def statements(log: store.Log) -> Callable[[], int]:
    """Counts the statements that reading takes."""
    from sqlalchemy import event

    with log.seen_by(1).read():
        pass
    counted = [0]
    event.listen(log.database._viewing, "before_cursor_execute", lambda *_: counted.__setitem__(0, counted[0] + 1))
    return lambda: counted[0]


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_log(
    log: store.Log, statements: Callable[[], int]
) -> None:
    ids = world.fill(log)
    client = world.client_over(log)

    def taken() -> int:
        before = statements()
        client.get(f"/?record={ids[ROOF]}")
        return statements() - before

    few = taken()
    for number in range(30):
        said = talk(f"Ana: We settle matter {number}.", name=f"x-{number}", title=f"T{number}")
        keep(log, said, found(said, decision(said, f"Matter {number}.", quote(said, 0, "We settle matter"))))
    assert taken() <= few + 2
