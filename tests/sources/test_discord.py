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
from extractor.sources import Blob, Hints, Reading
from extractor.sources.chats import discord

Read = Callable[..., Reading]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIRA = {"id": "900000000000000001", "name": "mira.t", "discriminator": "0000", "nickname": "Mira Tan", "isBot": False}
KWAME = {"id": "900000000000000002", "name": "kwame", "discriminator": "4411", "nickname": None, "isBot": False}
HELPER = {"id": "900000000000000003", "name": "Helper", "discriminator": "0001", "nickname": "Helper", "isBot": True}


def message(number: int, text: str, author: dict[str, Any] = MIRA, **fields: Any) -> dict[str, Any]:
    at = NOON + timedelta(minutes=number)
    plain = {"attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}
    known = {"id": str(5000 + number), "type": "Default", "timestamp": at.isoformat(), "content": text}
    return {**known, "author": author, **plain, **fields}


def channel(*messages: Any, **fields: Any) -> str:
    about = {
        "id": "77",
        "type": "GuildTextChat",
        "categoryId": "7",
        "category": "Depot",
        "name": "roof",
        "topic": "Slates",
    }
    export = {"guild": {"id": "1", "name": "Harbour Trust"}, "channel": {**about, **fields}, "dateRange": {}}
    return json.dumps({**export, "messages": list(messages), "messageCount": len(messages)})


def read_channel(read: Read, *messages: Any, **fields: Any) -> Reading:
    reading = read(channel(*messages, **fields), "export.json")
    assert_accounted(reading)
    return reading


def test_a_channel_reads_with_people_times_and_replies(read: Read) -> None:
    answer = message(3, "Yes, in April.", KWAME, reference={"messageId": "5001", "channelId": "77", "guildId": "1"})
    reading = read_channel(read, message(1, "Do we repair the roof?"), answer)
    (conversation,) = reading.conversations
    assert turns(reading) == [("Mira Tan", "Do we repair the roof?"), ("kwame", "Yes, in April.")]
    assert (conversation.id, conversation.title) == ("discord:77:5001", "#roof, 2026-03-02")
    assert [turn.reply_to for turn in conversation.turns] == [None, 0]
    assert conversation.turns[0].sent_at == NOON + timedelta(minutes=1)
    assert {person.name: person.aliases for person in conversation.participants} == {
        "Mira Tan": ("mira.t",),
        "kwame": ("kwame#4411",),
    }


def test_notices_are_set_aside_whatever_they_are(read: Read) -> None:
    notices = [message(2, "Pinned a message.", type="ChannelPinnedMessage"), message(3, "Boosted!", type="8")]
    reading = read_channel(read, message(1, "Hello."), *notices)
    assert turns(reading) == [("Mira Tan", "Hello.")]
    assert asides(reading)["system message"] == len("Pinned a message.") + len("Boosted!")


def test_a_link_preview_is_no_word_of_the_writer_but_the_embeds_of_a_bot_are(read: Read) -> None:
    embed = {"title": "Slates", "description": "All about slates", "fields": [{"name": "Price", "value": "40"}]}
    reading = read_channel(
        read, message(1, "See https://example.org", embeds=[embed]), message(2, "Alert", HELPER, embeds=[embed])
    )
    own = "Slates\nAll about slates\nPrice\n40"
    assert turns(reading) == [("Mira Tan", "See https://example.org"), ("Helper", f"Alert\n{own}")]
    assert asides(reading)["link preview"] == len(own)
    assert [person.role for person in reading.conversations[0].participants] == [None, "bot"]


def test_reactions_carry_the_emoji_the_count_and_those_who_are_named(read: Read) -> None:
    reaction = {"emoji": {"id": "", "name": "\N{THUMBS UP SIGN}"}, "count": 3, "users": [KWAME]}
    reading = read_channel(read, message(1, "Agreed?", reactions=[reaction]))
    (turn,) = reading.conversations[0].turns
    assert [(each.name, each.count, each.people) for each in turn.reactions] == [("\N{THUMBS UP SIGN}", 3, ("kwame",))]


def test_files_and_stickers_speak_where_nothing_is_written(read: Read) -> None:
    file = {"id": "1", "url": "https://cdn.example.org/a/plan.pdf?x=1", "fileName": "plan.pdf"}
    sticker = {"id": "2", "name": "Wave", "format": "Png", "sourceUrl": ""}
    reading = read_channel(
        read,
        message(1, "", attachments=[file]),
        message(2, "", KWAME, stickers=[sticker]),
        message(3, "Both", attachments=[{**file, "fileName": None}], stickers=[sticker]),
    )
    assert turns(reading) == [("Mira Tan", "plan.pdf"), ("kwame", "Wave"), ("Mira Tan", "Both")]
    assert asides(reading)["attachment"] == len("Wave")
    assert "Shared files were not read: plan.pdf and plan.pdf." in warnings(reading)


def test_a_message_without_a_word_is_named(read: Read) -> None:
    reading = read_channel(read, message(1, "Hello."), message(2, ""))
    assert "Messages without words were not read: 2026-03-02 12:02." in warnings(reading)


def test_forwarded_words_are_a_quotation_by_nobody_known(read: Read) -> None:
    forwarded = {"timestamp": NOON.isoformat(), "content": "We sell in May.", "attachments": [], "embeds": []}
    reference = {"type": "Forward", "messageId": "5000", "channelId": "78"}
    reading = read_channel(read, message(1, "", forwardedMessage=forwarded, reference=reference))
    (turn,) = reading.conversations[0].turns
    assert (turn.speaker, turn.kind, turn.text, turn.reply_to) == (None, "quote", "We sell in May.", None)


def test_a_thread_is_one_conversation_however_long_nobody_writes(read: Read) -> None:
    reading = read_channel(
        read,
        message(1, "First."),
        message(1000, "Last."),
        type="GuildPublicThread",
        name="Slate or tin",
        categoryId="77",
    )
    (conversation,) = reading.conversations
    assert (conversation.id, conversation.title) == ("discord:77:77", "Slate or tin")
    assert len(conversation.turns) == 2


def test_a_channel_is_cut_at_long_silences_and_says_so(read: Read) -> None:
    reading = read_channel(read, message(1, "First."), message(1000, "Last."))
    assert [len(each.turns) for each in reading.conversations] == [1, 1]
    assert "silences of more than 4 hours" in warnings(reading)


def test_an_edited_message_has_the_time_of_the_edit(read: Read) -> None:
    reading = read_channel(read, message(1, "Now.", timestampEdited="2026-03-02T13:00:00.1234567+01:00"))
    assert reading.conversations[0].turns[0].edited_at == NOON + timedelta(microseconds=123456)


def test_mentions_that_were_left_as_ids_are_resolved(read: Read) -> None:
    reading = read_channel(
        read, message(1, f"<@{KWAME['id']}> and <@!31> <:slate:123>", mentions=[KWAME]), message(2, "Yes.", KWAME)
    )
    assert turns(reading)[0][1] == "@kwame and @31 :slate:"


def test_the_id_dates_a_message_whose_time_is_missing(read: Read) -> None:
    number = str((int(NOON.timestamp() * 1000) - 1420070400000) << 22)
    reading = read_channel(read, message(1, "When?", timestamp=None, id=number))
    assert reading.conversations[0].turns[0].sent_at == NOON


def test_a_message_that_stands_twice_is_read_once(read: Read) -> None:
    reading = read_channel(read, message(1, "Once."), message(1, "Once."))
    assert turns(reading) == [("Mira Tan", "Once.")]
    assert asides(reading)["repeated message"] == len("Once.")


def test_a_file_that_holds_fewer_messages_than_it_says_warns(read: Read) -> None:
    export = {**json.loads(channel(message(1, "Hello."))), "messageCount": 9}
    assert "says that it holds 9 messages, but 1 are in it" in warnings(read(json.dumps(export), "export.json"))


CSV = (
    "AuthorID,Author,Date,Content,Attachments,Reactions\r\n"
    '"1","mira#1","2026-03-02T12:00:00.0000000+00:00","Do we ""repair"" the roof?\nNow?","","+1 (2),ok (1)"\r\n'
    '"2","kwame","2026-03-02T12:05:00.0000000+00:00","","https://cdn.example.org/plan.pdf",""\r\n'
    '"2","kwame","2026-03-02T12:06:00.0000000+00:00","Pinned a message.","",""\r\n'
)


def test_the_csv_export_is_read_too(read: Read) -> None:
    reading = read(CSV, "roof.csv")
    assert_accounted(reading, len(CSV))
    assert reading.format == "discord"
    assert turns(reading) == [("mira#1", 'Do we "repair" the roof?\nNow?'), ("kwame", "plan.pdf")]
    first = reading.conversations[0].turns[0]
    assert first.sent_at == NOON
    assert [(each.name, each.count) for each in first.reactions] == [("+1", 2), ("ok", 1)]
    assert asides(reading)["system message"] == len("Pinned a message.")


def test_csv_dates_in_the_order_of_the_computer_ask_which_it_is(read: Read) -> None:
    text = 'AuthorID,Author,Date,Content,Attachments,Reactions\n"1","mira","3/4/2026 7:33 PM","Now.","",""\n'
    with pytest.raises(SourceError, match=r"3/4/2026 can be 3 April as well as 4 March.*--date-order dmy"):
        read(text, "roof.csv")
    (turn,) = read(text, "roof.csv", hints=Hints(day_first=False)).conversations[0].turns
    assert turn.sent_at == datetime(2026, 3, 4, 19, 33)


RULE = "=" * 62
TEXT = f"""{RULE}
Guild: Harbour Trust
Channel: Depot / roof
Topic: Slates
{RULE}

[3/13/2026 7:33 PM] mira#1 (pinned)
Do we repair
the roof?

- yes

{{Attachments}}
https://cdn.example.org/plan.pdf?x=1

{{Embed}}
Slates
All about slates

{{Reactions}}
+1 (2) ok


[3/13/2026 7:34 PM] kwame
Pinned a message.


[3/13/2026 7:35 PM] kwame
Yes [or no]
{RULE}


{RULE}
Exported 3 message(s)
{RULE}
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_text_export_is_read_too(read: Read, line_break: str) -> None:
    text = TEXT.replace("\n", line_break)
    reading = read(text, "roof.txt")
    assert_accounted(reading, len(text))
    said = [("mira#1", "Do we repair\nthe roof?\n\n- yes"), ("kwame", f"Yes [or no]\n{RULE}")]
    assert turns(reading) == said
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(words) for _, words in said)
    (conversation,) = reading.conversations
    assert conversation.title == "Depot / roof, 2026-03-13"
    assert [turn.sent_at for turn in conversation.turns] == [
        datetime(2026, 3, 13, 19, 33),
        datetime(2026, 3, 13, 19, 35),
    ]
    assert [(each.name, each.count) for each in conversation.turns[0].reactions] == [("+1", 2), ("ok", 1)]
    assert asides(reading)["link preview"] == len("{Embed}SlatesAll about slates")
    assert asides(reading)["system message"] == len("Pinned a message.")
    assert "Shared files were not read: plan.pdf." in warnings(reading)


def test_an_export_without_a_message_says_so(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message in it"):
        read(channel(), "export.json")


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="<"), min_size=1, max_size=30)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([MIRA, KWAME]), LINE), min_size=1, max_size=8))
def test_a_channel_reads_back_as_it_was_written(said: list[tuple[dict[str, Any], str]]) -> None:
    text = channel(*(message(number, words, author) for number, (author, words) in enumerate(said)))
    reading = discord.read(Blob("export.json", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == [(author["nickname"] or author["name"], words) for author, words in said]
    (conversation,) = reading.conversations
    assert [turn.sent_at for turn in conversation.turns] == [NOON + timedelta(minutes=n) for n in range(len(said))]


KEYS = [*message(1, ""), "forwardedMessage", "reference", "components", "timestampEdited"]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*KEYS, *MIRA, "emoji"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.lists(ANY | st.dictionaries(st.sampled_from(KEYS), ANY, max_size=5), max_size=3), ANY, ANY)
def test_values_of_any_type_never_break_the_reader(entries: list[Any], about: Any, count: Any) -> None:
    export = {"guild": {"name": about}, "channel": {"type": about, "name": about, "id": about}, "messages": entries}
    blob = Blob("export.json", json.dumps({**export, "messageCount": count}).encode())
    assert discord.fits(blob) == 1.0
    with suppress(SourceError):
        assert_accounted(discord.read(blob))


def test_the_real_files_are_read_whole(real_files: Path, read: Read) -> None:
    counts = {}
    for name in ("DM_2A_2M.json", "GC_3A_5M.json"):
        reading = read((real_files / "formats" / "discord" / name).read_bytes(), name)
        assert_accounted(reading)
        assert reading.format == "discord"
        people = {person.id for each in reading.conversations for person in each.participants}
        counts[name] = (sum(len(each.turns) for each in reading.conversations), len(people))
    assert counts == {"DM_2A_2M.json": (2, 2), "GC_3A_5M.json": (3, 3)}
