"""The pages of meetings: everything of a meeting is on its page, and what was missed can be added from it."""

from __future__ import annotations

import re
from html import unescape

import pages_world as world
import pytest
from kept import DAY, decision, found, keep, quote, talk

from extractor.conversation import Coverage
from extractor.log import reviewing, store
from extractor.records import Unprocessed
from extractor.review.acts import Restrict
from extractor.review.service import Desk
from extractor.review.web import meeting


def _words(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _turn(html: str, number: int) -> str:
    """The words of a turn, as the browser has them between its tags."""
    inside = re.search(rf'<span class="said" data-turn="{number}">(.*?)</span></div>', html, re.DOTALL)
    assert inside, number
    text = re.sub(r'<a class="ref.*?</a>', "", inside.group(1), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", text))


def test_the_list_has_every_meeting_newest_first_with_what_waits(log: store.Log) -> None:
    world.fill(log)
    page = world.client_over(log).get("/meetings").text
    assert re.findall(r'meeting-title" href="(/meetings/\d+)"', page) == ["/meetings/3", "/meetings/2", "/meetings/1"]
    assert "7 waiting" in _words(page)
    assert "6 waiting" in _words(page)


def test_the_list_goes_on_page_by_page_and_shows_each_meeting_once(
    log: store.Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting, "PER_PAGE", 2)
    for number in range(5):
        said = talk(f"Ana: Talk {number}.", name=f"m-{number}", title=f"T{number}", started_at=DAY if number else None)
        keep(log, said, found(said))
    client, address, seen = world.client_over(log), "/meetings", []
    while address:
        page = client.get(address).text
        seen += re.findall(r'meeting-title" href="/meetings/(\d+)"', page)
        more = re.search(r'href="(/meetings\?before=[^"]+)" rel="next"', page)
        address = unescape(more.group(1)) if more else ""
    assert seen == ["5", "4", "3", "2", "1"]


def test_every_word_of_every_turn_is_on_the_page_as_it_was_said(log: store.Log) -> None:
    world.fill(log)
    said, _ = world.first_meeting()
    page = world.client_over(log).get("/meetings/1").text
    for turn in said.turns:
        assert f'id="t{turn.index}"' in page
        assert _turn(page, turn.index) == turn.text


def test_records_stand_beside_the_turn_that_proves_them_in_every_state(log: store.Log) -> None:
    ids = world.fill(log)
    with log.write("Ana Li") as tx:
        reviewing.approve(tx, ids["The key stays with whoever closes."])
        reviewing.reject(tx, ids["The meeting moves to Thursdays."], "only an idea")
        reviewing.merge(tx, ids["Coffee is ordered in bulk from June on."], ids["Coffee is ordered in bulk."])
    page = world.client_over(log).get("/meetings/1").text
    for text, state in (
        ("The key stays with whoever closes.", "approved"),
        ("The meeting moves to Thursdays.", "rejected"),
        ("Coffee is ordered in bulk from June on.", "merged"),
        ("What do new gutters cost?", "proposed"),
    ):
        note = page[page.index(f'id="note-{ids[text]}"') :].split("</article>")[0]
        assert text in unescape(note)
        assert f"state-{state}" in note
    mark = page.index(f'id="quote-{ids["The meeting moves to Thursdays."]}-0"')
    assert page.index('id="t8"') < mark < page.index('id="t9"')


def test_quotes_that_overlap_are_each_marked_and_named(log: store.Log) -> None:
    said = talk("Ana: We paint the shed green and buy brushes.", name="m-1")
    one = decision(said, "Green.", quote(said, 0, "paint the shed green"))
    two = decision(said, "Brushes.", quote(said, 0, "shed green and buy brushes"))
    keep(log, said, found(said, one, two))
    page = world.client_over(log).get("/meetings/1").text
    assert _turn(page, 0) == said.turns[0].text
    assert [page.count(f'href="#note-{record.id}"') for record in (one, two)] == [2, 2]  # in the list, at the quote


def test_what_was_set_aside_or_not_read_is_said_with_its_reason(log: store.Log) -> None:
    said = talk("Ana: We paint it.", "Ben: Yes.", name="m-1").model_copy(
        update={"coverage": Coverage.of(15, {"time stamps": 7}), "warnings": ("Two cues overlap.",)}
    )
    records = found(said).model_copy(
        update={"unprocessed": (Unprocessed(from_turn=1, to_turn=1, reason="the answer was cut off"),)}
    )
    keep(log, said, records)
    words = _words(world.client_over(log).get("/meetings/1").text)
    for told in ("15 of 22 characters", "7 characters: time stamps", "Two cues overlap.", "the answer was cut off"):
        assert told in words
    assert "not read to the end" in words


def test_a_record_that_a_later_reading_did_not_find_is_named_so(log: store.Log) -> None:
    said, records = world.third_meeting()
    keep(log, said, records)
    fewer = records.model_copy(update={"decisions": records.decisions[:1]})
    said = said.model_copy(update={"turns": (*said.turns[:3], said.turns[3].model_copy(update={"text": "Brushes."}))})
    keep(log, said, fewer)
    words = _words(world.client_over(log).get("/meetings/1").text)
    assert "The latest reading did not find it again." in words


def test_a_long_meeting_comes_in_pages_and_an_address_with_a_turn_opens_the_one_it_is_on(log: store.Log) -> None:
    said = talk(*(f"Ana: Turn {number} is about paint." for number in range(950)), name="m-1")
    keep(log, said, found(said, decision(said, "Paint.", quote(said, 900, "about paint"))))
    client = world.client_over(log)
    first, last = client.get("/meetings/1").text, client.get("/meetings/1?turn=900").text
    assert 'id="t399"' in first
    assert 'id="t400"' not in first
    assert "turns 400–799" in first
    assert 'id="t900"' in last
    assert 'class="quote' in last
    assert "/meetings/1?turn=900#note-" in first


def test_a_turn_can_be_added_as_what_was_missed_without_a_script(log: store.Log) -> None:
    world.fill(log)
    client = world.client_over(log)
    form = client.get("/meetings/1/add?at=11").text
    assert "the old bench goes to the school" in unescape(form)
    at = re.search(r'name="at" value="([^"]+)"', form)
    assert at
    sent = {
        "type": "decision",
        "claim": "The old bench is given to the school.",
        "owners": "Cleo Marsh",
        "at": at.group(1),
        "words": "the old  bench goes to\r\nthe school",
        "role": "accepted",
    }
    answer = client.post("/meetings/1/add", data=sent)
    assert answer.status_code == 303, answer.text
    record = world.records_in(log)["The old bench is given to the school."]
    said, _ = world.first_meeting()
    only = record.record.evidence[0]
    assert only.quote == "the old bench goes to the school" == said.turns[11].text[only.start_char : only.end_char]
    assert (record.state, record.record.owners, only.role) == ("approved", ("cleo-marsh",), "accepted")
    assert f"#note-{record.id}" in answer.headers["location"]


def test_a_place_counts_code_points_so_that_an_emoji_before_it_moves_nothing(log: store.Log) -> None:
    world.fill(log)
    said, _ = world.first_meeting()
    start = said.turns[9].text.index("order it in bulk")
    client = world.client_over(log)
    place = f"9:{start}:{start + 16}"
    assert ">\norder it in bulk</textarea>" in client.get(f"/meetings/1/add?at={place}").text
    sent = {"type": "action_item", "claim": "Somebody orders.", "at": place, "words": "order it in bulk"}
    assert client.post("/meetings/1/add", data=sent).status_code == 303
    assert world.records_in(log)["Somebody orders."].record.evidence[0].start_char == start


def test_several_passages_prove_one_record(log: store.Log) -> None:
    world.fill(log)
    sent = {
        "type": "open_question",
        "claim": "Who asked for the bench?",
        "at": ["7", "11"],
        "words": ["The flower pot was never safe", "they asked twice"],
        "role": ["raised", "raised"],
    }
    assert world.client_over(log).post("/meetings/1/add", data=sent).status_code == 303
    assert len(world.records_in(log)["Who asked for the bench?"].record.evidence) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": "words that nobody said"}, "do not stand in turn 11"),
        ({"claim": "  "}, "needs its statement"),
        ({"words": ""}, "needs the words that prove it"),
        ({"role": "sworn"}, "sworn"),
    ],
)
def test_a_form_that_cannot_be_added_comes_back_with_all_that_was_typed(
    log: store.Log, change: dict[str, str], told: str
) -> None:
    world.fill(log)
    sent = {
        "type": "decision",
        "claim": "A claim typed with care.",
        "comment": "A remark typed with care.",
        "owners": "Somebody <Else>",
        "at": "11",
        "words": "the old bench",
        "role": "proposed",
    }
    before = world.ids_in(log)
    answer = world.client_over(log).post("/meetings/1/add", data=sent | change)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert told in page
    for typed in (sent | change)["claim"].strip(), sent["comment"], sent["owners"]:
        assert typed in page
    assert "<Else>" not in answer.text
    assert world.ids_in(log) == before


def test_nothing_of_a_restricted_meeting_is_shown_to_others(log: store.Log) -> None:
    ids = world.fill(log)
    Desk(log, lambda: None).do(world.ANA, Restrict(conversation="m-3", people=(world.ANA,)))  # type: ignore[arg-type,return-value]
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    assert ana.get("/meetings/3").status_code == 200
    assert "restricted" in ana.get("/meetings").text
    assert "Paint group" not in ben.get("/meetings").text
    assert ben.get("/meetings/3").status_code == ben.get("/meetings/99").status_code == 404
    assert ben.get("/meetings/3/add?at=0").status_code == 404
    assert ben.post("/meetings/3/restrict", data={"people": ""}).status_code == 404
    page = ben.get("/").text
    assert "Paint group" not in page
    assert ben.get(f"/?record={ids['The shed is painted green.']}").status_code == 404


def test_a_reviewer_restricts_a_meeting_on_its_page_and_opens_it_again(log: store.Log) -> None:
    world.fill(log)
    ana, ben = world.client_over(log), world.client_over(log, world.BEN)
    assert ana.post("/meetings/3/restrict", data={"people": "Eve Stone\r\n"}).status_code == 303
    assert ben.get("/meetings/3").status_code == 404
    assert "Only Ana Li, Eve Stone may see" in _words(ana.get("/meetings/3").text)
    assert ana.post("/meetings/3/restrict", data={"people": ""}).status_code == 303
    assert ben.get("/meetings/3").status_code == 200


def test_a_reader_sees_the_meeting_but_no_forms(log: store.Log) -> None:
    world.fill(log)
    reader = world.client_over(log, role="reader")
    page = reader.get("/meetings/1").text
    assert "Then let's do tin" in unescape(page)
    assert "/meetings/1/add" not in page
    assert reader.get("/meetings/1/add?at=1").status_code == 403
    assert reader.post("/meetings/1/add", data={"type": "decision", "claim": "x", "at": "1"}).status_code == 403
    assert reader.post("/meetings/1/restrict", data={"people": "Me"}).status_code == 403


def test_markup_in_a_transcript_is_text(log: store.Log) -> None:
    bad = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    said = talk(f"Ana: {bad} we agree.", name="m-1", title=bad)
    keep(log, said, found(said, decision(said, bad, quote(said, 0, bad))))
    client = world.client_over(log)
    for address in ("/meetings", "/meetings/1", "/meetings/1/add?at=0", "/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "alert(1)" in page
