from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from damage import assert_read_or_refused, damaged, lines, quick, zipped
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Reading, read_sources
from extractor.sources.chats import mattermost

Read = Callable[..., Reading]

NOON = 1772452800000
USERS = [
    {"username": "mira", "nickname": "Mi", "first_name": "Mira", "last_name": "Tan", "email": "mira@example.org"},
    {"username": "kwame", "nickname": "", "first_name": "", "last_name": "", "email": "kwame@example.org"},
]


def post(message: str, user: str = "mira", after: float = 0, **fields: Any) -> dict[str, Any]:
    value = {"team": "depot", "channel": "roof", "user": user, "message": message, "create_at": NOON + after * 1000}
    return {"type": "post", "post": {**value, **fields}}


def reply(message: str, user: str, after: float, **fields: Any) -> dict[str, Any]:
    return {"user": user, "message": message, "create_at": NOON + after * 1000, **fields}


def export(*entries: dict[str, Any]) -> str:
    head = [
        {"type": "version", "version": 1},
        {"type": "team", "team": {"name": "depot", "display_name": "The depot", "description": ""}},
        {
            "type": "channel",
            "channel": {"team": "depot", "name": "roof", "display_name": "Roof repairs", "header": "h"},
        },
        *({"type": "user", "user": user} for user in USERS),
    ]
    return "\n".join(json.dumps(entry) for entry in (*head, *entries)) + "\n"


def read_export(read: Read, *entries: dict[str, Any]) -> Reading:
    text = export(*entries)
    reading = read(text, "export.jsonl")
    assert reading.format == "mattermost"
    assert_accounted(reading, len(text))
    return reading


def test_a_post_and_its_replies_are_one_thread(read: Read) -> None:
    nested = [reply("In April.", "kwame", 60), reply("Agreed.", "mira", 120)]
    reading = read_export(read, post("Do we repair the roof?", replies=nested))
    (thread,) = reading.conversations
    assert turns(reading) == [
        ("Mira Tan", "Do we repair the roof?"),
        ("kwame", "In April."),
        ("Mira Tan", "Agreed."),
    ]
    assert [turn.reply_to for turn in thread.turns] == [None, 0, 0]
    assert thread.id == f"mattermost:depot/roof:{NOON}:mira"
    assert thread.started_at == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_reply_with_a_time_before_its_post_still_follows_it(read: Read) -> None:
    reading = read_export(read, post("First.", after=60, replies=[reply("Second.", "kwame", 0)]))
    assert [text for _, text in turns(reading)] == ["First.", "Second."]


def test_posts_are_put_in_the_order_in_which_they_were_written(read: Read) -> None:
    reading = read_export(read, post("Two.", after=60), post("One."), post("Three.", after=90))
    assert [text for _, text in turns(reading)] == ["One.", "Two.", "Three."]
    assert reading.conversations[0].title == "Roof repairs, 2026-03-02"


def test_people_are_called_by_their_full_names_and_have_the_others_as_aliases(read: Read) -> None:
    reading = read_export(read, post("One."), post("Two.", "kwame", 1), post("Three.", "gone", 2))
    people = [(person.name, person.aliases) for person in reading.conversations[0].participants]
    assert people == [("Mira Tan", ("Mi", "mira")), ("kwame", ()), ("gone", ())]


@pytest.mark.parametrize(
    "fields",
    [
        {"message": "mira joined the channel."},
        {"message": "kwame added to the channel by mira."},
        {"message": "kwame was removed from the channel."},
        {"message": "mira updated the channel header from: a to: b"},
        {"message": "Anything.", "type": "system_header_change"},
    ],
)
def test_notices_are_system_messages(read: Read, fields: dict[str, Any]) -> None:
    reading = read_export(read, post(**fields), post("mira joined the channel of rivers, I think.", "kwame", 5))
    assert [text for _, text in turns(reading)] == ["mira joined the channel of rivers, I think."]
    assert asides(reading)["system message"] == len(fields["message"])


def test_direct_messages_are_told_apart_by_their_members(read: Read) -> None:
    def direct(message: str, members: list[str], after: float) -> dict[str, Any]:
        inner = {"channel_members": members, "user": "mira", "message": message, "create_at": NOON + after * 1000}
        return {"type": "direct_post", "direct_post": inner}

    reading = read_export(
        read,
        {"type": "direct_channel", "direct_channel": {"members": ["mira", "kwame"], "header": ""}},
        direct("Psst.", ["mira", "kwame"], 0),
        direct("Again.", ["kwame", "mira"], 1),
        direct("All three.", ["kwame", "mira", "gone"], 2),
    )
    assert [[turn.text for turn in each.turns] for each in reading.conversations] == [
        ["Psst.", "Again."],
        ["All three."],
    ]
    assert reading.conversations[0].title == "direct messages, 2026-03-02"


def test_reactions_stay_on_the_post_with_the_people_who_gave_them(read: Read) -> None:
    given_ = [{"user": "kwame", "emoji_name": "+1"}, {"user": "mira", "emoji_name": "+1"}, {"user": "kwame"}]
    reading = read_export(read, post("Ship it?", reactions=given_))
    (reaction,) = reading.conversations[0].turns[0].reactions
    assert (reaction.name, reaction.count, reaction.people) == ("+1", 2, ("kwame", "mira-tan"))


def test_a_webhook_speaks_under_its_own_name_through_its_attachments(read: Read) -> None:
    props = {
        "from_webhook": "true",
        "override_username": "Builds",
        "attachments": [{"fallback": "x", "title": "Build 7", "fields": [{"title": "State", "value": "failed"}]}],
    }
    reading = read_export(read, post("", props=props), post("", props=json.dumps(props), after=1))
    assert turns(reading) == [("Builds", "Build 7\nState\nfailed")] * 2
    assert reading.conversations[0].participants[0].role == "bot"


def test_shared_files_are_named_and_edits_are_dated(read: Read) -> None:
    shared = [{"path": "20260302/teams/t/offer.pdf"}]
    reading = read_export(read, post("", attachments=shared), post("Here.", after=5, edit_at=NOON + 9000))
    assert [text for _, text in turns(reading)] == ["offer.pdf", "Here."]
    assert "Shared files were not read: offer.pdf." in warnings(reading)
    assert reading.conversations[0].turns[1].edited_at == datetime(2026, 3, 2, 12, 0, 9, tzinfo=UTC)


def test_a_damaged_line_is_an_error_and_the_others_are_read(read: Read) -> None:
    text = export(post("Hi.")) + '{"type": "post", "post": {"mess'
    reading = read(text, "export.jsonl")
    assert turns(reading) == [("Mira Tan", "Hi.")]
    assert reading.error is not None
    assert "line 7" in reading.error
    assert_accounted(reading, len(text))


def test_posts_that_are_there_twice_are_read_once_and_others_of_the_same_moment_are_kept(read: Read) -> None:
    reading = read_export(read, post("Hi."), post("Hi."), post("Ho."))
    assert [text for _, text in turns(reading)] == ["Hi.", "Ho."]
    assert asides(reading)["repeated message"] == len("Hi.")


def test_an_export_archive_is_one_source_with_its_files_named(read: Read) -> None:
    files = {"import.jsonl": export(post("Hi.")), "data/20260302/offer.pdf": b"%PDF", "data/x/roof.png": b"\x89PNG"}
    reading = read(zipped(files), "export.zip")
    assert reading.format == "mattermost-export"
    assert turns(reading) == [("Mira Tan", "Hi.")]
    assert "Shared files of the export were not read: offer.pdf and roof.png." in warnings(reading)


def test_a_folder_with_other_files_beside_the_lines_is_not_swallowed(tmp_path: Path) -> None:
    (tmp_path / "export.jsonl").write_text(export(post("Hi.")))
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hello there.</v>\n")
    found = {reading.format for reading in read_sources([str(tmp_path)])}
    assert found == {"mattermost", "webvtt"}


# The API


def api_post(number: str, message: str, user: str = "u1", after: float = 0, **fields: Any) -> dict[str, Any]:
    value = {"id": number, "create_at": NOON + after * 1000, "update_at": NOON, "edit_at": 0, "delete_at": 0}
    return {**value, "user_id": user, "channel_id": "c1", "root_id": "", "message": message, "type": "", **fields}


def answer(*posts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"order": [each["id"] for each in posts], "posts": {each["id"]: each for each in posts}, **fields}


def test_an_answer_of_the_api_is_read_with_its_threads(read: Read) -> None:
    posts = [api_post("p2", "In April.", "u2", 60, root_id="p1"), api_post("p1", "Do we repair the roof?")]
    text = json.dumps(answer(*posts))
    reading = read(text, "posts.json")
    assert reading.format == "mattermost-json"
    assert_accounted(reading, len(text))
    assert turns(reading) == [("u1", "Do we repair the roof?"), ("u2", "In April.")]
    assert reading.conversations[0].id == "mattermost:c1:p1"
    assert reading.conversations[0].turns[1].reply_to == 0


def test_a_list_of_posts_and_a_list_of_answers_are_read_too(read: Read) -> None:
    posts = [api_post("p1", "One."), api_post("p2", "Two.", after=1)]
    for document in (posts, [answer(posts[0]), answer(posts[1])]):
        assert [text for _, text in turns(read(json.dumps(document), "posts.json"))] == ["One.", "Two."]


def test_deleted_posts_and_notices_are_set_aside(read: Read) -> None:
    posts = [
        api_post("p1", "Gone.", delete_at=NOON + 5),
        api_post("p2", "mira joined the channel.", type="system_join_channel"),
        api_post("p3", "Still here.", after=9, edit_at=NOON + 10000),
    ]
    reading = read(json.dumps(answer(*posts)), "posts.json")
    assert [text for _, text in turns(reading)] == ["Still here."]
    assert (asides(reading)["deleted"], asides(reading)["system message"]) == (5, 24)
    assert reading.conversations[0].turns[0].edited_at == datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)


def test_people_have_the_names_of_the_notices_that_they_came_where_nothing_else_says_who_they_are(read: Read) -> None:
    joined = [
        api_post("p0", "kwame joined the team.", "u2", type="system_join_team", props={"username": "kwame"}),
        api_post("p1", "mira joined the channel.", "u1", type="system_join_channel", props={"username": "mira"}),
        api_post("p2", "mira added x.", "u3", type="system_add_to_channel", props={"username": "mira"}),
    ]
    said = [api_post(f"p{n}", f"From u{n}.", f"u{n}", n) for n in (1, 2, 3)]
    for post in said:
        post["id"] += "-said"
    users = [{"id": "u1", "username": "mira.t", "first_name": "Mira", "last_name": "Tan"}]
    reading = read(json.dumps({**answer(*joined, *said), "users": users}), "posts.json")
    assert [who for who, _ in turns(reading)] == ["Mira Tan", "kwame", "u3"]


def test_reactions_and_files_are_in_the_metadata(read: Read) -> None:
    metadata = {"reactions": [{"user_id": "u2", "emoji_name": "tada"}], "files": [{"name": "plan.pdf"}]}
    reading = read(json.dumps(answer(api_post("p1", "Done.", metadata=metadata))), "posts.json")
    assert [(each.name, each.people) for each in reading.conversations[0].turns[0].reactions] == [("tada", ("u2",))]
    assert "plan.pdf" in warnings(reading)


def test_one_page_of_an_answer_says_that_there_is_more(read: Read) -> None:
    reading = read(json.dumps(answer(api_post("p1", "Hi."), prev_post_id="p0")), "posts.json")
    assert "there are more messages than it holds" in warnings(reading)


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ({"id": "u1", "create_at": 1, "username": "mira", "email": "m@example.org", "roles": "user"}, "user"),
        ({"id": "c1", "create_at": 1, "team_id": "t", "display_name": "Roof", "header": "", "purpose": ""}, "channel"),
    ],
)
def test_a_user_or_a_channel_alone_is_no_conversation(read: Read, record: dict[str, Any], what: str) -> None:
    for document in (record, [record]):
        with pytest.raises(SourceError, match=f"describes a Mattermost {what} and holds no messages"):
            read(json.dumps(document), "record.json")


# Properties

talks = st.lists(st.tuples(st.sampled_from(["mira", "kwame"]), lines, st.booleans()), min_size=1, max_size=8)


@quick
@given(said=talks)
def test_what_is_written_out_is_read_back(said: list[tuple[str, str, bool]]) -> None:
    entries: list[dict[str, Any]] = []
    for index, (user, text, answers) in enumerate(said):
        if answers and entries:
            entries[-1]["post"].setdefault("replies", []).append(reply(f"{index} {text}", user, index))
        else:
            entries.append(post(f"{index} {text}", user, index))
    text = export(*entries)
    reading = mattermost.FORMAT.read(Blob("export.jsonl", text.encode()))
    assert_accounted(reading, len(text))
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    names = {"mira": "Mira Tan", "kwame": "kwame"}
    expected = {(names[user], f"{i} {line}", start + timedelta(seconds=i)) for i, (user, line, _) in enumerate(said)}
    found = {
        (each.name_of(turn.speaker), turn.text, turn.sent_at) for each in reading.conversations for turn in each.turns
    }
    assert found == expected


EVERYTHING = [
    *({"type": "user", "user": user} for user in USERS),
    post("One.", reactions=[{"user": "mira", "emoji_name": "x"}], replies=[reply("Two.", "kwame", 5, edit_at=NOON)]),
    post("", props={"from_webhook": "true", "override_username": "B", "attachments": [{"text": "t", "fields": [{}]}]}),
]


@quick
@given(entries=damaged(EVERYTHING))
def test_wrong_values_in_an_export_are_no_traceback(entries: Any) -> None:
    text = export(post("Hi.")) + "\n".join(json.dumps(entry) for entry in entries)
    assert_read_or_refused(mattermost.FORMAT, Blob("export.jsonl", text.encode()))


@quick
@given(document=damaged(answer(api_post("p1", "One.", metadata={"reactions": [{"user_id": "u"}], "files": [{}]}))))
def test_wrong_values_in_an_answer_are_no_traceback(document: Any) -> None:
    assert_read_or_refused(mattermost.API, Blob("posts.json", json.dumps(document).encode()))


def test_the_real_files_are_read(real_files: Path) -> None:
    folder = real_files / "formats" / "mattermost"
    if not folder.is_dir():
        pytest.skip("the Mattermost files are not here")
    found = {reading.path.rpartition("/")[2]: reading for reading in read_sources([str(folder)])}
    bulk, api = found["guestExport-excerpt.jsonl"], found["mattermost_posts.json"]
    assert sum(len(each.turns) for each in bulk.conversations) == 3
    assert len({person.id for each in bulk.conversations for person in each.participants}) == 3
    assert [len(each.turns) for each in api.conversations] == [3, 2]
    assert "describes a Mattermost user" in (found["mattermost_user_sduenas.json"].error or "")
