from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Reading
from extractor.sources.chats import telegram

Read = Callable[..., Reading]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = {"user1": "Mira Tan", "user2": "Kwame Osei"}


def message(number: int, text: Any, user: str = "user1", **fields: Any) -> dict[str, Any]:
    at = NOON + timedelta(minutes=number)
    known = {"id": number, "type": "message", "date": at.strftime("%Y-%m-%dT%H:%M:%S")}
    who = {"date_unixtime": str(int(at.timestamp())), "from": NAMES.get(user), "from_id": user}
    return {**known, **who, "text": text, **fields}


def service(number: int, action: str, **fields: Any) -> dict[str, Any]:
    at = NOON + timedelta(minutes=number)
    known = {"id": number, "type": "service", "date": at.strftime("%Y-%m-%dT%H:%M:%S"), "actor": "Mira Tan"}
    return {**known, "actor_id": "user1", "action": action, "text": "", **fields}


def chat(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"name": "Roof team", "type": "private_supergroup", "id": 700, **fields, "messages": list(messages)}


def read_chat(read: Read, *messages: Any, **fields: Any) -> Reading:
    reading = read(json.dumps(chat(*messages, **fields)), "result.json")
    assert_accounted(reading)
    return reading


def test_a_chat_reads_with_people_times_in_utc_and_replies(read: Read) -> None:
    reading = read_chat(
        read, message(1, "Do we repair the roof?"), message(2, "Yes, in April.", "user2", reply_to_message_id=1)
    )
    (conversation,) = reading.conversations
    assert (conversation.id, conversation.title) == ("telegram:700:1", "Roof team, 2026-03-02")
    assert turns(reading) == [("Mira Tan", "Do we repair the roof?"), ("Kwame Osei", "Yes, in April.")]
    assert [turn.reply_to for turn in conversation.turns] == [None, 0]
    assert conversation.turns[0].sent_at == NOON + timedelta(minutes=1)


def test_text_in_parts_is_one_text_and_its_copy_is_not_read_again(read: Read) -> None:
    parts = ["See ", {"type": "text_link", "text": "the plan", "href": "https://example.org"}, " now."]
    entities = [{"type": "plain", "text": "See "}, {"type": "text_link", "text": "the plan"}, {"text": " now."}]
    reading = read_chat(read, message(1, parts, text_entities=entities))
    assert turns(reading) == [("Mira Tan", "See the plan now.")]
    assert asides(reading)["copy"] == len("See the plan now.")


def test_a_time_without_unixtime_has_no_zone(read: Read) -> None:
    reading = read_chat(read, message(1, "Hello.", date_unixtime=None))
    assert reading.conversations[0].turns[0].sent_at == datetime(2026, 3, 2, 12, 1)


def test_a_deleted_account_goes_by_its_id_and_by_its_name_where_the_export_has_it(read: Read) -> None:
    gone = message(2, "Two.", **{"from": None, "from_id": "user9"})
    reading = read_chat(
        read,
        message(1, "One."),
        gone,
        message(3, "Three.", **{"from": None}),
        message(4, "4", **{"from": None, "from_id": None}),
    )
    assert [name for name, _ in turns(reading)] == ["Mira Tan", "user9", "Mira Tan", None]


def test_service_messages_are_set_aside(read: Read) -> None:
    reading = read_chat(read, service(1, "edit_group_title", title="Roof"), message(2, "Hello."))
    assert turns(reading) == [("Mira Tan", "Hello.")]
    assert asides(reading)["system message"] == len("Roof")


def test_a_topic_is_a_conversation_with_the_answers_in_it_and_its_last_title(read: Read) -> None:
    reading = read_chat(
        read,
        service(1, "topic_created", title="Slates"),
        message(2, "Which slates?", reply_to_message_id=1),
        message(600, "The grey ones.", "user2", reply_to_message_id=2),
        message(601, "In the general topic."),
        service(602, "topic_edit", new_title="Grey slates", reply_to_message_id=1),
    )
    topic, general = reading.conversations
    assert (topic.id, topic.title) == ("telegram:700:1", "Roof team: Grey slates")
    assert [turn.text for turn in topic.turns] == ["Which slates?", "The grey ones."]
    assert [turn.reply_to for turn in topic.turns] == [None, 0]
    assert [turn.text for turn in general.turns] == ["In the general topic."]


def test_answers_that_answer_each_other_in_a_circle_are_read(read: Read) -> None:
    reading = read_chat(
        read,
        service(1, "topic_created", title="Slates"),
        message(2, "One.", reply_to_message_id=3),
        message(3, "Two.", reply_to_message_id=2),
    )
    assert [text for _, text in turns(reading)] == ["One.", "Two."]


def test_forwarded_words_are_quoted_from_their_author_and_not_said_by_who_forwards_them(read: Read) -> None:
    reading = read_chat(
        read,
        message(1, "We sell in May.", forwarded_from="Ines Roca", forwarded_from_id="user7"),
        message(2, "Somebody said no.", forwarded_from=None),
        message(3, "I said so before.", forwarded_from="Mira Tan", forwarded_from_id="user1"),
    )
    (conversation,) = reading.conversations
    said = [(conversation.name_of(turn.speaker), turn.kind) for turn in conversation.turns]
    assert said == [("Ines Roca", "quote"), (None, "quote"), ("Mira Tan", "message")]
    assert "2 forwarded messages are read as quoted" in warnings(reading)


def test_a_poll_reads_as_its_question_and_answers_with_the_votes(read: Read) -> None:
    answers = [{"text": "Slate", "voters": 4, "chosen": True}, {"text": "Tin", "voters": 0, "chosen": False}]
    poll = {"question": "What do we lay?", "closed": True, "total_voters": 4, "answers": answers}
    reading = read_chat(read, message(1, "", poll=poll))
    assert turns(reading) == [("Mira Tan", "What do we lay?\nSlate\nTin")]
    (turn,) = reading.conversations[0].turns
    assert [(each.name, each.count) for each in turn.reactions] == [("Slate", 4)]


def test_reactions_name_those_whom_the_export_names(read: Read) -> None:
    recent = [{"from": "Kwame Osei", "from_id": "user2", "date": "2026-03-02T12:09:00"}]
    reactions = [{"type": "emoji", "count": 2, "emoji": "\N{THUMBS UP SIGN}", "recent": recent}]
    reading = read_chat(read, message(1, "Agreed?", reactions=reactions, edited_unixtime=str(int(NOON.timestamp()))))
    (turn,) = reading.conversations[0].turns
    assert [(each.count, each.people) for each in turn.reactions] == [(2, ("kwame-osei",))]
    assert turn.edited_at == NOON


def test_media_without_words_are_named_and_documents_and_stickers_speak(read: Read) -> None:
    left_out = "(File not included. Change data exporting settings to download.)"
    reading = read_chat(
        read,
        message(1, "", photo=left_out),
        message(2, "", file="files/plan.pdf", file_name="plan.pdf"),
        message(3, "", file=left_out, media_type="sticker", sticker_emoji="\N{THUMBS UP SIGN}"),
        message(4, "The roof.", photo="photos/photo_1.jpg"),
    )
    assert [text for _, text in turns(reading)] == ["plan.pdf", "\N{THUMBS UP SIGN}", "The roof."]
    assert "Messages without words were not read: 2026-03-02 12:01." in warnings(reading)
    assert "Shared files were not read: plan.pdf and photo_1.jpg." in warnings(reading)
    assert asides(reading)["attachment"] == 2 * len(left_out) + len("files/plan.pdf") + len("photos/photo_1.jpg")


def test_a_channels_post_is_by_who_signed_it(read: Read) -> None:
    posts = [message(1, "Open on Monday.", "channel5", author="Mira Tan", **{"from": "Harbour News"})]
    posts.append(message(2, "Closed.", "channel5", **{"from": "Harbour News"}))
    reading = read_chat(read, *posts, type="public_channel")
    assert [name for name, _ in turns(reading)] == ["Mira Tan", "Harbour News"]


def test_the_full_export_gives_conversations_of_every_chat(read: Read) -> None:
    chats = [
        chat(message(1, "In the first.")),
        chat(message(1, "In the second."), id=701, name=None, type="personal_chat"),
    ]
    export = {
        "about": "Here is your data.",
        "contacts": {"about": "", "list": []},
        "chats": {"about": "", "list": chats},
    }
    reading = read(json.dumps({**export, "left_chats": {"list": [chat(message(5, "Left."), id=702)]}}), "result.json")
    assert_accounted(reading)
    assert {each.id for each in reading.conversations} == {"telegram:700:1", "telegram:701:1", "telegram:702:5"}
    assert asides(reading)["boilerplate"] == len("Here is your data.")


def test_an_export_without_a_message_says_so(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message in it"):
        read(json.dumps(chat()), "result.json")


def test_a_discord_export_is_none_of_telegrams() -> None:
    export = {"guild": {}, "channel": {}, "messages": [{"type": "message", "text": "", "from": ""}]}
    assert telegram.fits(Blob("a.json", json.dumps(export).encode())) == 0.0
    assert telegram.fits(Blob("a.json", b'{"messages": [{"role": "user", "text": "x"}]}')) == 0.0


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([*NAMES]), st.lists(LINE, min_size=1, max_size=3)), min_size=1, max_size=8))
def test_a_chat_reads_back_as_it_was_written(said: list[tuple[str, list[str]]]) -> None:
    entries = [
        message(
            number,
            parts[0] if len(parts) == 1 else [parts[0], *({"type": "bold", "text": part} for part in parts[1:])],
            who,
        )
        for number, (who, parts) in enumerate(said, 1)
    ]
    text = json.dumps(chat(*entries), ensure_ascii=False)
    reading = telegram.read(Blob("result.json", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == [(NAMES[who], "".join(parts)) for who, parts in said]
    (conversation,) = reading.conversations
    assert [turn.sent_at for turn in conversation.turns] == [NOON + timedelta(minutes=n + 1) for n in range(len(said))]


KEYS = [*message(1, ""), "poll", "answers", "question", "reactions", "recent", "forwarded_from", "reply_to_message_id"]
KEYS += [
    "photo",
    "file_name",
    "inline_bot_buttons",
    "contact_information",
    "action",
    "title",
    "author",
    "sticker_emoji",
]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("service"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.lists(ANY | st.dictionaries(st.sampled_from(KEYS), ANY, max_size=6), max_size=3), ANY)
def test_values_of_any_type_never_break_the_reader(entries: list[Any], about: Any) -> None:
    for export in (chat(*entries, name=about, type=about, id=about), {"chats": {"list": entries}, "about": about}):
        blob = Blob("result.json", json.dumps(export).encode())
        telegram.fits(blob)
        with suppress(SourceError):
            assert_accounted(telegram.read(blob))


def test_the_real_file_is_read_whole(real_files: Path, read: Read) -> None:
    reading = read((real_files / "formats" / "telegram" / "DM_2A_7M.json").read_bytes(), "result.json")
    assert_accounted(reading)
    assert reading.format == "telegram"
    assert sum(len(each.turns) for each in reading.conversations) == 4
    assert len({person.id for each in reading.conversations for person in each.participants}) == 2
    assert "were not read: 2022-06-10" in warnings(reading)
