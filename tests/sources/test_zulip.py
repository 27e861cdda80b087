from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from damage import assert_read_or_refused, bundle, damaged, lines, quick, tarred, zipped
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Reading
from extractor.sources.chats import zulip

Read = Callable[..., Reading]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EPOCH = NOON.timestamp()
REALM = {
    "zerver_realm": [{"id": 2, "name": "Depot"}],
    "zerver_userprofile": [
        {"id": 10, "full_name": "Mira Tan", "email": "mira@example.org"},
        {"id": 11, "full_name": "Kwame Osei", "email": "kwame@example.org"},
        {"id": 12, "full_name": "Helper", "email": "helper@example.org", "is_bot": True},
    ],
    "zerver_userprofile_mirrordummy": [{"id": 13, "full_name": "Gone Person", "email": "gone@example.org"}],
    "zerver_userprofile_crossrealm": [{"id": 1, "email": "notification-bot@zulip.com"}],
    "zerver_stream": [{"id": 20, "name": "roof", "description": "All about it"}],
    "zerver_recipient": [
        {"id": 30, "type": 2, "type_id": 20},
        {"id": 31, "type": 1, "type_id": 10},
        {"id": 32, "type": 1, "type_id": 11},
        {"id": 33, "type": 3, "type_id": 40},
    ],
    "zerver_subscription": [{"id": n, "user_profile": n, "recipient": 33} for n in (10, 11, 12)],
    "zerver_reaction": [{"id": 1, "user_profile": 11, "message": 1, "emoji_name": "thumbs_up"}],
}


def message(number: int, content: str, sender: int = 10, subject: str = "repairs", **fields: Any) -> dict[str, Any]:
    value = {"id": number, "sender": sender, "recipient": 30, "subject": subject, "content": content}
    html = f"<p>{content}</p>"
    return {**value, "date_sent": EPOCH + number, "last_edit_time": None, "rendered_content": html, **fields}


def files(*parts: list[dict[str, Any]], root: str = "zulip-export-1/", **realm: Any) -> dict[str, str]:
    found = {f"{root}realm.json": json.dumps({**REALM, **realm}), f"{root}attachment.json": "{}"}
    for index, part in enumerate(parts, 1):
        found[f"{root}messages-{index:06}.json"] = json.dumps({"zerver_message": part, "zerver_usermessage": []})
    return found


def read_export(read: Read, *parts: list[dict[str, Any]], **realm: Any) -> Reading:
    reading = read(tarred(files(*parts, **realm)), "export.tar.gz")
    assert reading.format == "zulip"
    assert_accounted(reading)
    return reading


def test_a_topic_is_one_conversation_joined_over_files(read: Read) -> None:
    reading = read_export(
        read, [message(1, "Do we repair it?"), message(2, "Aside.", 11, "other")], [message(3, "Yes.")]
    )
    repairs, other = reading.conversations
    assert [(repairs.name_of(turn.speaker), turn.text) for turn in repairs.turns] == [
        ("Mira Tan", "Do we repair it?"),
        ("Mira Tan", "Yes."),
    ]
    assert (repairs.id, repairs.title) == ("zulip:20:topic:repairs", "#roof > repairs")
    assert [turn.text for turn in other.turns] == ["Aside."]
    assert repairs.turns[0].sent_at == NOON + timedelta(seconds=1)


def test_topics_are_the_same_however_they_are_capitalized(read: Read) -> None:
    reading = read_export(read, [message(1, "One."), message(2, "Two.", subject="Repairs")])
    assert [text for _, text in turns(reading)] == ["One.", "Two."]


def test_messages_without_a_topic_are_cut_at_silences(read: Read) -> None:
    rows = [message(1, "One.", subject=""), message(2, "Two.", subject="", date_sent=EPOCH + 20000)]
    reading = read_export(read, rows)
    assert [[turn.text for turn in each.turns] for each in reading.conversations] == [["One."], ["Two."]]
    assert reading.conversations[0].title == "#roof, 2026-03-02"


def test_direct_messages_to_and_fro_are_one_conversation(read: Read) -> None:
    rows = [message(1, "Psst.", 10, "", recipient=32), message(2, "What?", 11, "\x07", recipient=31)]
    reading = read_export(read, rows)
    assert turns(reading) == [("Mira Tan", "Psst."), ("Kwame Osei", "What?")]
    assert reading.conversations[0].title == "direct messages, 2026-03-02"


def test_messages_to_a_group_are_called_by_its_members(read: Read) -> None:
    reading = read_export(read, [message(1, "All.", 10, "", recipient=33)])
    assert reading.conversations[0].id == "zulip:direct:10,11,12:1"


def test_the_markdown_is_used_and_the_html_beside_it_a_copy(read: Read) -> None:
    reading = read_export(read, [message(1, "**Yes**, @**Kwame Osei|11** and #**roof>other**")])
    assert turns(reading) == [("Mira Tan", "**Yes**, @Kwame Osei and #roof>other")]
    assert asides(reading)["copy"] == len("<p>**Yes**, @**Kwame Osei|11** and #**roof>other**</p>")


def test_a_quoted_message_is_no_part_of_what_the_answer_says(read: Read) -> None:
    content = (
        "@_**Kwame Osei|11** [said](https://example.org/near/1):\n```quote\nWe need **two** weeks.\n```\nNo, three."
    )
    reading = read_export(read, [message(1, content)])
    turn = reading.conversations[0].turns[0]
    assert turn.text == "No, three."
    assert [(quote.author, quote.text, quote.char) for quote in turn.quotes] == [
        ("kwame-osei", "We need **two** weeks.", 0)
    ]
    assert asides(reading)["quoted reply"] == len(content) - len("No, three.") - 1


def test_a_message_that_only_quotes_is_the_quoted_persons(read: Read) -> None:
    content = "@_**Kwame Osei|11** [said](x):\n````quote\nWe need\n```\ncode\n```\n````"
    reading = read_export(read, [message(1, content)])
    assert turns(reading) == [("Kwame Osei", "We need\n```\ncode\n```")]
    assert reading.conversations[0].turns[0].kind == "quote"


def test_an_unclosed_quotation_is_text(read: Read) -> None:
    reading = read_export(read, [message(1, "```quote\nWe need it.")])
    assert turns(reading) == [("Mira Tan", "```quote\nWe need it.")]


def test_reactions_and_edits_stay_on_the_message(read: Read) -> None:
    turn = read_export(read, [message(1, "Ship it?", last_edit_time=EPOCH + 60)]).conversations[0].turns[0]
    assert [(each.name, each.people) for each in turn.reactions] == [("thumbs_up", ("kwame-osei",))]
    assert turn.edited_at == NOON + timedelta(seconds=60)


def test_people_are_found_in_all_tables_and_bots_are_marked(read: Read) -> None:
    reading = read_export(read, [message(5, "One.", 13), message(6, "Two.", 12), message(7, "Three.", 99)])
    people = {person.name: person.role for person in reading.conversations[0].participants}
    assert people == {"Gone Person": None, "Helper": "bot", "99": None}


def test_what_the_server_announces_is_a_system_message(read: Read) -> None:
    reading = read_export(read, [message(1, "Topic was moved.", 1), message(2, "Hi.")])
    assert turns(reading) == [("Mira Tan", "Hi.")]
    assert asides(reading)["system message"] == len("Topic was moved.")


def test_uploads_are_named(read: Read) -> None:
    content = "See [offer.pdf](/user_uploads/2/a/offer.pdf)"
    export = {**files([message(1, content)]), "zulip-export-1/uploads/2/a/offer.pdf": "%PDF"}
    reading = read(tarred(export), "export.tar.gz")
    assert "Shared files were not read: offer.pdf." in warnings(reading)
    assert "hold no messages were not read: zulip-export-1/uploads/2/a/offer.pdf." in warnings(reading)


def test_a_zip_and_a_plain_tar_are_read_like_the_compressed_one(read: Read) -> None:
    export = files([message(1, "Hi.")], root="")
    for data, name in ((tarred(export, "w"), "a.tar"), (zipped(export), "a.zip"), (tarred(export, "w:xz"), "a.tar.xz")):
        assert turns(read(data, name)) == [("Mira Tan", "Hi.")]


def test_a_damaged_part_is_an_error_and_the_others_are_read(read: Read) -> None:
    export = {**files([message(1, "Hi.")]), "zulip-export-1/messages-000002.json": '{"zerver_mess'}
    reading = read(tarred(export), "export.tar.gz")
    assert turns(reading) == [("Mira Tan", "Hi.")]
    assert "messages-000002.json" in (reading.error or "")


def test_recipients_that_are_not_listed_are_named(read: Read) -> None:
    reading = read_export(read, [message(1, "Hi.", recipient=77)])
    assert "1 message has a recipient that the export does not list." in warnings(reading)


def test_an_export_without_messages_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message"):
        read(tarred(files([])), "export.tar.gz")


# The API


def api(number: int, content: str, who: str = "Mira Tan", subject: str = "repairs", **fields: Any) -> dict[str, Any]:
    value = {"id": number, "sender_id": len(who), "sender_full_name": who, "sender_email": f"{len(who)}@example.org"}
    place = {"type": "stream", "stream_id": 20, "display_recipient": "roof", "subject": subject}
    return {**value, **place, "content": content, "timestamp": int(EPOCH) + number, "reactions": [], **fields}


def answer(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"result": "success", "msg": "", "found_newest": True, "messages": list(messages)}


def test_an_answer_of_the_api_is_read_by_topics(read: Read) -> None:
    html = {"content_type": "text/html"}
    text = json.dumps(answer(api(1, "<p>Do we?</p>", **html), api(2, "<p>Yes &amp; no.</p>", "Kwame", **html)))
    reading = read(text, "messages.json")
    assert reading.format == "zulip-json"
    assert_accounted(reading, len(text))
    assert turns(reading) == [("Mira Tan", "Do we?"), ("Kwame", "Yes & no.")]
    assert reading.conversations[0].title == "#roof > repairs"


def test_direct_messages_of_the_api_are_told_apart_by_their_members(read: Read) -> None:
    both = [{"id": 8, "full_name": "Mira Tan"}, {"id": 5, "full_name": "Kwame"}]
    direct = {"type": "private", "display_recipient": both, "subject": "", "stream_id": None}
    reading = read(json.dumps(answer(api(1, "Psst.", **direct), api(2, "What?", "Kwame", **direct))), "m.json")
    assert turns(reading) == [("Mira Tan", "Psst."), ("Kwame", "What?")]
    assert reading.conversations[0].id == "zulip:direct:5,8:1"


def test_reactions_of_the_api_name_people_that_wrote_nothing(read: Read) -> None:
    reactions = [{"emoji_name": "tada", "user_id": 77, "user": {"full_name": "Zo", "email": "z@example.org"}}]
    reading = read(json.dumps(answer(api(1, "Done.", reactions=reactions))), "m.json")
    assert [person.name for person in reading.conversations[0].participants] == ["Mira Tan", "Zo"]


# Properties


@quick
@given(said=st.lists(st.tuples(st.sampled_from([10, 11]), lines), min_size=1, max_size=8))
def test_what_is_written_out_is_read_back(said: list[tuple[int, str]]) -> None:
    rows = [message(number, text, sender) for number, (sender, text) in enumerate(said)]
    reading = zulip.EXPORT.read(bundle(files(rows)))
    assert_accounted(reading)
    names = {10: "Mira Tan", 11: "Kwame Osei"}
    assert turns(reading) == [(names[sender], text) for sender, text in said]
    times = [turn.sent_at for turn in reading.conversations[0].turns]
    assert times == [NOON + timedelta(seconds=number) for number in range(len(said))]


ROWS = [message(1, "@_**Kwame Osei|11** [said](x):\n```quote\nq\n```\nyes"), message(2, "x", recipient=31, subject="")]


@quick
@given(rows=damaged(ROWS), realm=damaged(REALM))
def test_wrong_values_in_an_export_are_no_traceback(rows: Any, realm: Any) -> None:
    assert_read_or_refused(zulip.EXPORT, bundle(files(rows, **realm)))


@quick
@given(document=damaged(answer(api(1, "One.", reactions=[{"emoji_name": "x", "user": {"id": 3}}]))))
def test_wrong_values_in_an_answer_are_no_traceback(document: Any) -> None:
    assert_read_or_refused(zulip.API, Blob("m.json", json.dumps(document).encode()))
