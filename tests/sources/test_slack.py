from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from checks import asides, assert_accounted, warnings

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources import Reading, slack_export

Read = Callable[..., Reading]

USERS = [
    {
        "id": "U1",
        "name": "mira.t",
        "real_name": "Mira Tan",
        "profile": {"display_name": "mira", "real_name": "Mira Tan"},
    },
    {"id": "U2", "name": "kwame", "profile": {"display_name": "", "real_name": "Kwame Osei"}},
    {"id": "U3", "name": "helper", "is_bot": True, "profile": {"real_name": "Helper"}},
]
CHANNELS = [{"id": "C1", "name": "depot", "members": ["U1", "U2"]}]
NOON = 1772452800


def message(text: str, user: str = "U1", after: float = 0, **fields: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "text": text, "ts": f"{NOON + after:.6f}", **fields}


def export(days: dict[str, list[dict[str, Any]]], prefix: str = "", **members: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, value in {"users.json": USERS, "channels.json": CHANNELS, **days, **members}.items():
            content = value if isinstance(value, (str, bytes)) else json.dumps(value)
            archive.writestr(prefix + name, content)
    return buffer.getvalue()


def read_days(read: Read, days: dict[str, list[dict[str, Any]]], **members: Any) -> Reading:
    reading = read(export(days, **members), "export.zip")
    assert_accounted(reading)
    return reading


def texts(conversation: Conversation) -> list[str]:
    return [turn.text for turn in conversation.turns]


def test_a_thread_is_one_conversation_joined_over_days(read: Read) -> None:
    root = message("Do we repair the roof?", thread_ts=f"{NOON}.000000")
    reading = read_days(
        read,
        {
            "depot/2026-03-02.json": [root, message("Unrelated.", "U2", 60)],
            "depot/2026-03-03.json": [message("Yes, in April.", "U2", 90000, thread_ts=f"{NOON}.000000")],
        },
    )
    thread, channel = sorted(reading.conversations, key=lambda each: -len(each.turns))
    assert thread.id == f"slack:C1:{NOON}.000000"
    assert (thread.kind, thread.title) == ("thread", "Do we repair the roof?")
    assert texts(thread) == ["Do we repair the roof?", "Yes, in April."]
    assert [turn.reply_to for turn in thread.turns] == [None, 0]
    assert thread.started_at == thread.turns[0].sent_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert (channel.title, texts(channel)) == ("#depot, 2026-03-02", ["Unrelated."])


def test_a_silence_of_more_than_four_hours_starts_a_new_conversation(read: Read) -> None:
    hours = [0, 3.9, 7.8, 11.9]
    day = [message(f"At {hour}.", after=hour * 3600) for hour in hours]
    reading = read_days(read, {"depot/2026-03-02.json": day})
    assert [texts(each) for each in reading.conversations] == [["At 0.", "At 3.9.", "At 7.8."], ["At 11.9."]]
    assert reading.conversations[0].id == f"slack:C1:{NOON}.000000"


def test_people_have_the_names_that_slack_shows_and_the_others_as_aliases(read: Read) -> None:
    reading = read_days(
        read, {"depot/2026-03-02.json": [message("One."), message("Two.", "U2", 1), message("3", "U9", 2)]}
    )
    people = {person.id: (person.name, person.aliases) for person in reading.conversations[0].participants}
    assert people == {
        "mira": ("mira", ("Mira Tan", "mira.t")),
        "kwame-osei": ("Kwame Osei", ("kwame",)),
        "u9": ("U9", ()),
    }


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<@U1> and <@U2|k>: hi <@U9>", "@mira and @k: hi @U9"),
        ("<!here> <!subteam^S1|@ops> <!channel>", "@here @ops @channel"),
        ("see <#C1|depot> or <#C1>", "see #depot or #depot"),
        (
            "<https://example.org/a|the page> <https://example.org>",
            "the page (https://example.org/a) https://example.org",
        ),
        ("<mailto:a@example.org|a@example.org>", "a@example.org"),
        ("a &lt; b &amp;&amp; c &gt; d &copy;", "a < b && c > d &copy;"),
        ("*bold* `x`\nnext", "*bold* `x`\nnext"),
    ],
)
def test_message_markup_reads_as_people_see_it(read: Read, raw: str, shown: str) -> None:
    reading = read_days(read, {"depot/2026-03-02.json": [message(raw)]})
    assert texts(reading.conversations[0]) == [shown]
    assert reading.coverage is not None
    assert reading.coverage.used == len(raw)


def test_a_bot_speaks_through_its_attachments_and_is_marked_as_bot(read: Read) -> None:
    bot = {
        "subtype": "bot_message",
        "text": "",
        "bot_id": "B1",
        "username": "Builds",
        "attachments": [{"fallback": "Build 7 failed"}],
    }
    reading = read_days(read, {"depot/2026-03-02.json": [{"type": "message", "ts": f"{NOON}.1", **bot}]})
    (conversation,) = reading.conversations
    assert texts(conversation) == ["Build 7 failed"]
    assert [(person.name, person.role) for person in conversation.participants] == [("Builds", "bot")]


def test_a_message_of_blocks_only_is_read(read: Read) -> None:
    section = [
        {"type": "text", "text": "R&D says "},
        {"type": "user", "user_id": "U2"},
        {"type": "emoji", "name": "tada"},
    ]
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": word}]} for word in ("one", "two")]
    blocks = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": section}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": items}]},
    ]
    reading = read_days(read, {"depot/2026-03-02.json": [message("", blocks=blocks)]})
    assert texts(reading.conversations[0]) == ["R&D says @Kwame Osei:tada:\none\ntwo"]


def test_joins_are_set_aside_as_system_messages_and_tombstones_as_deleted(read: Read) -> None:
    joined = message("<@U1> has joined the channel", subtype="channel_join")
    gone = message("This message was deleted.", "USLACKBOT", 5, subtype="tombstone", thread_ts=f"{NOON + 5}.000000")
    reply = message("I still agree.", "U2", 9, thread_ts=f"{NOON + 5}.000000")
    reading = read_days(read, {"depot/2026-03-02.json": [joined, gone, reply]})
    assert asides(reading)["system message"] == len(joined["text"])
    assert asides(reading)["deleted"] == len(gone["text"])
    (conversation,) = reading.conversations
    assert texts(conversation) == ["I still agree."]
    assert conversation.turns[0].reply_to is None
    assert "first message of the thread is not in the export" in warnings(reading)


def test_a_reply_that_is_shown_in_the_channel_too_is_read_once(read: Read) -> None:
    root = message("Root.", thread_ts=f"{NOON}.000000")
    reply = message("To everyone.", "U2", 5, thread_ts=f"{NOON}.000000", subtype="thread_broadcast", root=root)
    reading = read_days(read, {"depot/2026-03-02.json": [root, reply, reply]})
    (conversation,) = reading.conversations
    assert texts(conversation) == ["Root.", "To everyone."]
    assert asides(reading)["repeated message"] == len("To everyone.")


def test_reactions_stay_on_the_turn_with_the_people_who_gave_them(read: Read) -> None:
    reactions = [{"name": "+1", "users": ["U2", "U9"], "count": 3}]
    reading = read_days(read, {"depot/2026-03-02.json": [message("Ship it?", reactions=reactions)]})
    (conversation,) = reading.conversations
    (reaction,) = conversation.turns[0].reactions
    assert (reaction.name, reaction.count, reaction.people) == ("+1", 3, ("kwame-osei", "u9"))
    assert {person.id for person in conversation.participants} == {"mira", "kwame-osei", "u9"}


def test_link_previews_are_not_what_somebody_said(read: Read) -> None:
    preview = [{"fallback": "A page about roofs"}]
    reading = read_days(read, {"depot/2026-03-02.json": [message("Look: <https://example.org>", attachments=preview)]})
    assert asides(reading)["link preview"] == len("A page about roofs")


def test_shared_files_are_named(read: Read) -> None:
    shared = message("", files=[{"name": "offer.pdf"}])
    reading = read_days(read, {"depot/2026-03-02.json": [shared, message("Here it is.", after=9)]})
    assert texts(reading.conversations[0]) == ["offer.pdf", "Here it is."]
    assert "Shared files were not read: offer.pdf." in warnings(reading)


def test_direct_and_group_messages_are_read(read: Read) -> None:
    reading = read_days(
        read,
        {"D1/2026-03-02.json": [message("Psst.")], "mpdm-a--b-1/2026-03-02.json": [message("All.", after=1)]},
        **{"dms.json": [{"id": "D1", "members": ["U1", "U2"]}], "mpims.json": [{"id": "G1", "name": "mpdm-a--b-1"}]},
    )
    assert [each.id.rsplit(":", 1)[0] for each in reading.conversations] == ["slack:D1", "slack:G1"]
    assert reading.conversations[0].title == "direct messages, 2026-03-02"


def test_an_export_inside_a_folder_is_read(read: Read) -> None:
    data = export({"depot/2026-03-02.json": [message("Hi.")]}, prefix="Acme export/")
    assert texts(read(data, "export.zip").conversations[0]) == ["Hi."]


def test_other_members_are_named(read: Read) -> None:
    reading = read_days(read, {"depot/2026-03-02.json": [message("Hi.")]}, **{"depot/plan.html": "<p>x</p>"})
    assert "were not read: depot/plan.html." in warnings(reading)


def test_half_a_character_pair_does_not_break_the_output(read: Read) -> None:
    day = '[{"type":"message","user":"U1","ts":"1772452800.1","text":"ok \\ud83d"}]'
    reading = read(export({}, **{"depot/2026-03-02.json": day}), "export.zip")
    assert texts(reading.conversations[0]) == ["ok \ufffd"]


def test_a_damaged_day_is_an_error_and_the_others_are_read(read: Read) -> None:
    days: dict[str, Any] = {"depot/2026-03-02.json": [message("Hi.")], "depot/2026-03-03.json": '[{"text": "cut o'}
    reading = read(export(days), "export.zip")
    assert texts(reading.conversations[0]) == ["Hi."]
    assert reading.error is not None
    assert "depot/2026-03-03.json" in reading.error


def test_a_member_that_unpacks_too_large_is_not_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_export, "MAX_MEMBER_BYTES", 5000)
    days = {"depot/2026-03-02.json": [message("Hi.")], "depot/2026-03-03.json": [message("x" * 9000)]}
    reading = read(export(days), "export.zip")
    assert reading.error is not None
    assert "depot/2026-03-03.json" in reading.error


def test_an_export_that_unpacks_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_export, "MAX_TOTAL_BYTES", 100)
    with pytest.raises(SourceError, match="when unpacked"):
        read(export({"depot/2026-03-02.json": [message("Hi.")]}), "export.zip")


def test_paths_that_climb_out_of_the_archive_are_harmless(read: Read) -> None:
    reading = read_days(read, {"depot/2026-03-02.json": [message("Hi.")]}, **{"../../etc/2026-03-02.json": "[]"})
    assert texts(reading.conversations[0]) == ["Hi."]


def test_a_zip_that_is_no_slack_export_is_refused(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes/a.txt", "Hello")
    for options in ({}, {"source_format": "slack"}):
        with pytest.raises(SourceError, match="no Slack export"):
            read(buffer.getvalue(), "a.zip", **options)


def test_an_export_without_messages_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message"):
        read(export({"depot/2026-03-02.json": []}), "export.zip")


@pytest.mark.parametrize("day", [{}, [], [1], [{}], [{"ts": 5, "text": 7}], [{"ts": "9" * 30, "text": "x"}], "x"])
def test_days_of_another_shape_are_no_traceback(read: Read, day: Any) -> None:
    days = {"depot/2026-03-02.json": [message("Hi.")], "depot/2026-03-03.json": day}
    assert texts(read_days(read, days).conversations[0]) == ["Hi."]
