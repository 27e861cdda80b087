from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from damage import assert_read_or_refused, bundle, damaged, lines, quick
from hypothesis import given
from hypothesis import strategies as st

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources import Blob, Reading, bundles, read_source
from extractor.sources.chats import slack, slack_json

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
    assert "first message of the thread is not in the export, or was set aside" in warnings(reading)


def test_people_without_a_profile_have_the_name_by_which_slack_mentions_them(read: Read) -> None:
    joined = message("<@U7|ines.m> has joined the channel", "U7", subtype="channel_join")
    posted = message("ask <@U9|nobody>", "U8", 1, bot_id="B1", subtype="bot_message")
    answer = {"ok": True, "has_more": False, "messages": [message("Hello <@U7>.", "U7", 2), joined, posted]}
    reading = read(json.dumps([answer, {"messages": [message("Later.", "U9", 3)]}]), "history.json")
    said = {turn.text: each.name_of(turn.speaker) for each in reading.conversations for turn in each.turns}
    assert said == {"Hello @ines.m.": "ines.m", "ask @nobody": "B1", "Later.": "U9"}


def test_a_profile_comes_before_the_name_of_a_mention(read: Read) -> None:
    profile = {"display_name": "Ines Mora", "name": "ines"}
    day = [message("<@U7|ines.m> set the topic"), message("Fine.", "U7", 1, user_profile=profile)]
    (conversation,) = read(json.dumps(day), "2026-03-02.json").conversations
    assert conversation.name_of(conversation.turns[1].speaker) == "Ines Mora"


def test_only_where_there_are_threads_the_rule_speaks_of_them(read: Read) -> None:
    day = [message("One."), message("Two.", after=90000)]
    rule = "#depot were cut into conversations at silences of more than 4 hours."
    assert f"Messages of {rule}" in warnings(read_days(read, {"depot/2026-03-02.json": day}))
    thread = [
        message("Root.", after=5, thread_ts=f"{NOON + 5}.000000"),
        message("Answer.", after=9, thread_ts=f"{NOON + 5}.000000"),
    ]
    reading = read_days(read, {"depot/2026-03-02.json": [*day, *thread]})
    assert "Messages of #depot outside threads were cut" in warnings(reading)


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
    monkeypatch.setattr(bundles, "MAX_MEMBER_BYTES", 5000)
    days = {"depot/2026-03-02.json": [message("Hi.")], "depot/2026-03-03.json": [message("x" * 9000)]}
    reading = read(export(days), "export.zip")
    assert reading.error is not None
    assert "depot/2026-03-03.json" in reading.error


def test_an_export_that_unpacks_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MAX_TOTAL_BYTES", 100)
    with pytest.raises(SourceError, match="when unpacked"):
        read(export({"depot/2026-03-02.json": [message("Hi.")]}), "export.zip")


def test_paths_that_climb_out_of_the_archive_are_harmless(read: Read) -> None:
    reading = read_days(read, {"depot/2026-03-02.json": [message("Hi.")]}, **{"../../etc/2026-03-02.json": "[]"})
    assert texts(reading.conversations[0]) == ["Hi."]


def test_a_zip_that_is_no_slack_export_is_refused(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes/a.txt", "Hello")
    with pytest.raises(SourceError, match="no Slack export"):
        read(buffer.getvalue(), "a.zip", source_format="slack")


def test_an_export_without_messages_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without a message"):
        read(export({"depot/2026-03-02.json": []}), "export.zip")


@pytest.mark.parametrize("day", [{}, [], [1], [{}], [{"ts": 5, "text": 7}], [{"ts": "9" * 30, "text": "x"}], "x"])
def test_days_of_another_shape_are_no_traceback(read: Read, day: Any) -> None:
    days = {"depot/2026-03-02.json": [message("Hi.")], "depot/2026-03-03.json": day}
    assert texts(read_days(read, days).conversations[0]) == ["Hi."]


def test_the_unpacked_folder_reads_like_the_archive(read: Read, tmp_path: Path) -> None:
    data = export({"depot/2026-03-02.json": [message("Hi.")]}, prefix="Acme/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    unpacked = read_source(str(tmp_path / "Acme"))
    assert unpacked.format == "slack"
    assert [each.turns for each in unpacked.conversations] == [each.turns for each in read(data, "e.zip").conversations]


@pytest.mark.parametrize("name", ["__uploads/F1/offer.pdf", "depot/attachments/F1-offer.pdf"])
def test_the_files_that_slackdump_lays_beside_are_named(read: Read, name: str) -> None:
    shared = message("Here.", files=[{"id": "F1", "name": "offer.pdf"}])
    reading = read_days(read, {"depot/2026-03-02.json": [shared]}, **{name: b"%PDF"})
    assert f"hold no messages were not read: {name}." in warnings(reading)
    assert "Shared files were not read: offer.pdf." in warnings(reading)


def test_canvases_and_transcripts_of_huddles_are_named(read: Read) -> None:
    members = {"canvases.json": [{"id": "F1"}], "huddle_transcripts.json": []}
    reading = read_days(read, {"depot/2026-03-02.json": [message("Hi.")]}, **members)
    assert "canvases.json and huddle_transcripts.json" in warnings(reading)


def test_a_canvas_is_called_by_its_title(read: Read) -> None:
    canvas = {"id": "F1", "name": "Untitled", "title": "Weekly sync", "filetype": "quip"}
    reading = read_days(read, {"depot/2026-03-02.json": [message("See.", files=[canvas])]})
    assert "Shared files were not read: Weekly sync." in warnings(reading)


def test_an_organizations_export_holds_one_export_a_workspace(read: Read) -> None:
    shared = [message("For all.", after=5)]
    people = [{"id": "U7", "name": "zo", "profile": {"real_name": "Zo Ek"}}]
    reading = read_days(
        read,
        {"depot/2026-03-02.json": shared},
        **{
            "org_users.json": people,
            "teams/north/channels.json": [{"id": "C7", "name": "north"}, *CHANNELS],
            "teams/north/users.json": [],
            "teams/north/north/2026-03-02.json": [message("Up here.", "U7")],
            "teams/north/depot/2026-03-02.json": shared,
        },
    )
    found = {each.id.rpartition(":")[0]: texts(each) for each in reading.conversations}
    assert found == {"slack:C1": ["For all."], "slack:C7": ["Up here."]}
    assert reading.conversations[0].name_of(reading.conversations[0].turns[0].speaker) == "Zo Ek"
    assert asides(reading)["repeated message"] == len("For all.")


def test_profiles_in_messages_name_people_that_no_table_lists(read: Read) -> None:
    profile = {"real_name": "Zo Ek", "display_name": ""}
    day = [message("Ask <@U8>.", "U1"), message("Me?", "U8", 5, user_profile=profile)]
    conversation = read_days(read, {"depot/2026-03-02.json": day}).conversations[0]
    assert texts(conversation) == ["Ask @Zo Ek.", "Me?"]
    assert conversation.name_of(conversation.turns[1].speaker) == "Zo Ek"


def test_a_message_by_nobody_has_no_speaker(read: Read) -> None:
    entry = {"type": "message", "ts": f"{NOON}.1", "text": "Who am I?"}
    (conversation,) = read_days(read, {"depot/2026-03-02.json": [entry]}).conversations
    assert conversation.turns[0].speaker is None


def test_bots_that_post_under_several_names_are_several_people(read: Read) -> None:
    day = [message(name, "", n, bot_id="B1", username=name) for n, name in enumerate(("Builds", "Alarms"))]
    (conversation,) = read_days(read, {"depot/2026-03-02.json": day}).conversations
    assert [conversation.name_of(turn.speaker) for turn in conversation.turns] == ["Builds", "Alarms"]


def test_what_a_program_lays_out_beside_its_text_is_read_once(read: Read) -> None:
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "Vote now"}, "accessory": {"text": {"text": "Edit"}}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Blue*: 3"}},
        {"type": "actions", "elements": [{"type": "button", "text": {"text": "Close"}}]},
    ]
    reading = read_days(read, {"depot/2026-03-02.json": [message("Vote now", "", bot_id="B1", blocks=blocks)]})
    assert texts(reading.conversations[0]) == ["Vote now\n*Blue*: 3"]
    assert (asides(reading)["copy"], asides(reading)["button"]) == (len("Vote now"), len("EditClose"))


def test_a_table_that_the_text_leaves_out_is_read(read: Read) -> None:
    def cell(text: str) -> dict[str, Any]:
        return {"type": "raw_text", "text": text}

    table = {"type": "table", "rows": [[cell("Roof"), cell("May")], [cell("Door"), cell("June")]]}
    reading = read_days(read, {"depot/2026-03-02.json": [message("The plan", blocks=[table])]})
    assert texts(reading.conversations[0]) == ["The plan\nRoof | May\nDoor | June"]


def test_a_message_that_is_passed_on_is_its_authors_and_one_with_a_comment_is_a_quotation(read: Read) -> None:
    shared = {
        "is_share": True,
        "author_id": "U2",
        "author_name": "kwame",
        "text": "We move.",
        "fallback": "[x] We move.",
    }
    day = [message("", attachments=[shared]), message("Really?", after=5, attachments=[shared])]
    reading = read_days(read, {"depot/2026-03-02.json": day})
    first, second = reading.conversations[0].turns
    assert (first.speaker, first.text, first.kind) == ("kwame-osei", "We move.", "quote")
    assert (second.speaker, second.text) == ("mira", "Really?")
    assert [(quote.author, quote.text) for quote in second.quotes] == [("kwame-osei", "We move.")]


def test_a_comment_on_a_file_is_what_its_author_wrote(read: Read) -> None:
    comment = {"comment": "Thanks.", "user": "U2"}
    entry = message("<@U2> commented on a file: Thanks.", "", subtype="file_comment", comment=comment)
    (conversation,) = read_days(read, {"depot/2026-03-02.json": [entry]}).conversations
    assert (conversation.turns[0].speaker, conversation.turns[0].text) == ("kwame-osei", "Thanks.")


def test_a_thousand_files_without_a_name_are_no_traceback(read: Read) -> None:
    nameless = message("", files=[{}] * 1000)
    reading = read_days(read, {"depot/2026-03-02.json": [nameless, message("Hi.", after=5)]})
    assert texts(reading.conversations[0]) == ["Hi."]
    assert f"were not read: #depot {NOON}.000000" in warnings(reading)


def test_a_folder_with_a_list_of_channels_alone_is_no_export() -> None:
    assert slack.EXPORT.fits(bundle({"channels.json": "[]", "talk.vtt": "WEBVTT"})) == 0
    assert slack.EXPORT.fits(bundle({"channels.json": "[]", "users.json": "[]"})) == 1


# One file


def read_json(read: Read, document: Any) -> Reading:
    text = json.dumps(document)
    reading = read(text, "dump.json")
    assert reading.format == "slack-json"
    assert_accounted(reading, len(text))
    return reading


THREAD = [
    message("Do we repair the roof?", thread_ts=f"{NOON}.000000"),
    message("In April.", "U2", 60, thread_ts=f"{NOON}.000000"),
]


@pytest.mark.parametrize(
    ("document", "key"),
    [
        (THREAD, ""),
        ({"ok": True, "messages": THREAD, "has_more": False}, ""),
        ({"channel_id": "C0DEPOT1", "name": "depot", "messages": THREAD}, "C0DEPOT1:"),
        ([{"ok": True, "messages": THREAD[:1]}, {"ok": True, "messages": THREAD[1:]}], ""),
        (
            {"messages": {"matches": [{**each, "channel": {"id": "C0DEPOT1", "name": "d"}} for each in THREAD]}},
            "C0DEPOT1:",
        ),
        ([{**each, "channel_name": "depot"} for each in THREAD], "depot:"),
        ([{"backend_name": "Slack", "data": each} for each in THREAD], ""),
    ],
)
def test_every_shape_that_holds_messages_is_read(read: Read, document: Any, key: str) -> None:
    reading = read_json(read, document)
    assert turns(reading) == [("U1", "Do we repair the roof?"), ("U2", "In April.")]
    assert reading.conversations[0].id == f"slack:{key}{NOON}.000000"
    assert reading.conversations[0].turns[1].reply_to == 0


def test_the_answers_that_slackdump_nests_join_their_thread(read: Read) -> None:
    root = {**THREAD[0], "slackdump_thread_replies": [THREAD[1]], "replies": [{"user": "U2", "ts": THREAD[1]["ts"]}]}
    reading = read_json(
        read, {"channel_id": "C0DEPOT1", "name": "depot", "messages": [root, message("Aside.", after=9)]}
    )
    assert [texts(each) for each in reading.conversations] == [["Do we repair the roof?", "In April."], ["Aside."]]
    assert reading.conversations[1].title == "#depot, 2026-03-02"


def test_one_message_alone_is_read_with_the_name_in_it(read: Read) -> None:
    entry = message("Hi.", user_profile={"real_name": "Zo Ek", "name": "zo"})
    assert turns(read_json(read, entry)) == [("Zo Ek", "Hi.")]


def test_an_answer_with_more_pages_says_so(read: Read) -> None:
    reading = read_json(read, {"ok": True, "messages": [message("Hi.")], "has_more": True})
    assert "there are more messages than it holds" in warnings(reading)


def test_a_refusal_of_the_api_is_an_error_that_names_it(read: Read) -> None:
    with pytest.raises(SourceError, match="refuses \\(not_in_channel\\)"):
        read(json.dumps({"ok": False, "error": "not_in_channel"}), "answer.json")


def test_entries_that_are_no_messages_are_counted(read: Read) -> None:
    reading = read_json(read, [message("Hi."), message("Ho.", after=5), 7])
    assert "1 entry is no message" in warnings(reading)


@pytest.mark.parametrize("other", [{"text": "x", "ts": "today"}, [{"ts": "1", "text": "x"}], {"messages": []}, [1], {}])
def test_json_of_others_is_not_slacks(other: Any) -> None:
    assert slack_json.FORMAT.fits(Blob("a.json", json.dumps(other).encode())) == 0


# Properties

talks = st.lists(st.tuples(st.sampled_from(["U1", "U2"]), lines, st.booleans()), min_size=1, max_size=8)
NAMES = {"U1": "mira", "U2": "Kwame Osei"}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@quick
@given(said=talks)
def test_what_is_written_out_is_read_back(said: list[tuple[str, str, bool]]) -> None:
    entries = [
        message(escaped(text), user, index, **({"thread_ts": f"{NOON}.000000"} if answers or not index else {}))
        for index, (user, text, answers) in enumerate(said)
    ]
    files = {"users.json": json.dumps(USERS), "channels.json": json.dumps(CHANNELS)}
    whole = slack.EXPORT.read(bundle({**files, "depot/2026-03-02.json": json.dumps(entries)}))
    dump = slack_json.FORMAT.read(Blob("dump.json", json.dumps({"messages": entries, "users": USERS}).encode()))
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    expected = {(NAMES[user], text, start + timedelta(seconds=n)) for n, (user, text, _) in enumerate(said)}
    for reading in (whole, dump):
        assert_accounted(reading)
        read_back = [
            (each.name_of(turn.speaker), turn.text, turn.sent_at)
            for each in reading.conversations
            for turn in each.turns
        ]
        assert len(read_back) == len(said)
        assert set(read_back) == expected


EVERYTHING = [
    {**THREAD[0], "edited": {"ts": "1772452800.1"}, "reactions": [{"name": "x", "users": ["U1"], "count": 1}]},
    {**THREAD[1], "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "t"}]}, {"type": "table"}]},
    message("", bot_id="B", attachments=[{"title": "t", "fields": [{"value": "v"}], "blocks": [{"type": "section"}]}]),
    message("m", after=4, attachments=[{"is_share": True, "author_id": "U2", "text": "q"}], files=[{"name": "f"}]),
    message("c", subtype="file_comment", comment={"comment": "c", "user": "U2"}, file={"title": "f"}),
]


@quick
@given(entries=damaged(EVERYTHING), users=damaged(USERS), channels=damaged(CHANNELS))
def test_wrong_values_in_an_export_are_no_traceback(entries: Any, users: Any, channels: Any) -> None:
    members = {"users.json": users, "channels.json": channels, "depot/2026-03-02.json": entries}
    assert_read_or_refused(slack.EXPORT, bundle({name: json.dumps(value) for name, value in members.items()}))


@quick
@given(document=damaged({"ok": True, "channel": "C0DEPOT1", "messages": EVERYTHING}))
def test_wrong_values_in_a_dump_are_no_traceback(document: Any) -> None:
    assert_read_or_refused(slack_json.FORMAT, Blob("dump.json", json.dumps(document).encode()))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("slack/testarchive.zip", (20, 147, 7)),
        ("slack-small/thread_with_broadcast_reply.json", (1, 3, 2)),
        ("slack-small/message_with_user_mentions.json", (1, 1, 1)),
        ("slack-slackdump/CHY5HUESG.json", (8, 14, 3)),
        ("slack-slackdump/bot_message.json", (1, 1, 1)),
        ("slack-api/slack_history.json", (3, 6, 4)),
    ],
)
def test_the_real_files_are_read(real_files: Path, name: str, counts: tuple[int, int, int]) -> None:
    path = real_files / "formats" / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    reading = read_source(str(path))
    people = {person.id for each in reading.conversations for person in each.participants}
    said = sum(len(each.turns) for each in reading.conversations)
    assert (len(reading.conversations), said, len(people)) == counts
    assert_accounted(reading)
