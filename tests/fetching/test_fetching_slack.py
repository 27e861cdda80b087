"""Slack's channels as items of the nightly job, against a server on loopback that answers as Slack does."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fetching.fetched import conversation, conversations, found, listed, said, unlisted, versions
from fetching.slack_server import Fault, SlackServer

from extractor.conversation import Conversation
from extractor.errors import FetchError
from extractor.fetching import slack_api
from extractor.sources import read_source

DEPOT, YARD = "C0DEPOT", "C0YARD"
HOUR, DAY = 3600, 86_400


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlackServer]:
    with SlackServer() as server:
        monkeypatch.setenv("SLACK_BOT_TOKEN", server.token)
        server.user("UANA", "Ana Li")
        server.user("UBEN", "Ben Ode")
        server.channel(DEPOT, "depot")
        yield server


def ago(days: float = 0, hours: float = 0) -> float:
    return time.time() - days * DAY - hours * HOUR


def source(slack: SlackServer, *channels: str, **more: Any) -> dict[str, Any]:
    return {"type": "slack", "name": "team", "base_url": slack.url, "channels": channels, "days": 30, **more}


def fill(slack: SlackServer) -> str:
    """A thread, two stretches of loose messages, and notices in the depot; returns the thread's first message."""
    slack.say(DEPOT, "UANA", "Who counts the lamps?", at=ago(days=9))
    slack.say(DEPOT, "UBEN", "I do, with <@UANA>, see <#C0YARD>.", at=ago(days=9, hours=-1))
    slack.say(DEPOT, "UBEN", "joined", at=ago(days=9, hours=-2), subtype="channel_join")
    root = slack.say(DEPOT, "UANA", "Shall we take the night train?", at=ago(days=8))
    for number in range(7):
        slack.reply(DEPOT, root, "UBEN", f"Reason {number}.", at=ago(days=8, hours=-number - 1))
    slack.reply(DEPOT, root, "UANA", "Then we do.", at=ago(days=7), subtype="thread_broadcast")
    slack.say(DEPOT, "UANA", "The lamps are counted.", at=ago(days=3))
    return root


def export(slack: SlackServer, folder: Path) -> list[Conversation]:
    """The conversations of an export of the same workspace."""
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps(list(slack.users.values())))
        archive.writestr("channels.json", json.dumps(list(slack.channels.values())))
        for channel, messages in slack.messages.items():
            name = f"{slack.channels[channel]['name']}/2026-01-01.json"
            archive.writestr(name, json.dumps(list(messages.values())))
    return list(read_source(str(path)).conversations)


def alike(found: Conversation) -> dict[str, Any]:
    """A conversation without what is said of the whole file that it was read from."""
    return found.model_dump(exclude={"source", "warnings", "coverage"})


def test_a_channel_gives_the_conversations_that_an_export_of_it_gives(slack: SlackServer, tmp_path: Path) -> None:
    slack.channel(YARD, "yard", member=False)
    root = fill(slack)
    items = found(tmp_path, **source(slack))
    assert f"team:{DEPOT}/{root}" in items
    assert len(items) == 3
    read = sorted((alike(conversation(item)) for item in items.values()), key=lambda each: each["id"])
    assert read == sorted(map(alike, export(slack, tmp_path)), key=lambda each: each["id"])
    assert [f"team:{each['id'].removeprefix('slack:').replace(':', '/')}" for each in read] == sorted(items)


def test_every_page_is_fetched(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    for number in range(5):
        slack.channel(f"C0MORE{number}", f"more-{number}", member=False)
        slack.user(f"UMORE{number}", f"More {number}")
    item = found(tmp_path, **source(slack, "depot"))[f"team:{DEPOT}/{root}"]
    assert len(said(item)) == 9
    for method in ("users.list", "conversations.list", "conversations.history", "conversations.replies"):
        assert [asked.get("cursor") for asked in slack.asked(method)][:2] == [None, "at:3"]


def test_a_thread_that_grows_keeps_its_key_and_changes_its_version(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    before = found(tmp_path, **source(slack))
    slack.reply(DEPOT, root, "UBEN", "No: by bus.")
    after = found(tmp_path, **source(slack))
    origin = f"team:{DEPOT}/{root}"
    assert [each for each in after if versions(after)[each] != versions(before).get(each)] == [origin]
    assert conversation(after[origin]).id == conversation(before[origin]).id
    assert said(after[origin]) == [*said(before[origin]), "No: by bus."]


@pytest.mark.parametrize("which", ["first", "answer"])
def test_an_edit_is_seen_in_a_first_message_and_in_an_answer(slack: SlackServer, tmp_path: Path, which: str) -> None:
    root = fill(slack)
    answer = slack.reply(DEPOT, root, "UBEN", "Platform four.", at=ago(days=1))
    before = versions(found(tmp_path, **source(slack)))
    slack.edit(DEPOT, root if which == "first" else answer, "Platform five?")
    after = found(tmp_path, **source(slack))
    assert [each for each in after if versions(after)[each] != before[each]] == [f"team:{DEPOT}/{root}"]
    edited = [turn for turn in conversation(after[f"team:{DEPOT}/{root}"]).turns if turn.edited_at is not None]
    assert [turn.text for turn in edited] == ["Platform five?"]


def test_reactions_previews_and_new_names_change_nothing(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    before = versions(found(tmp_path, **source(slack)))
    slack.react(DEPOT, root, "UBEN", "tada")
    slack.messages[DEPOT][root]["attachments"] = [{"from_url": "https://a.example", "id": 1, "title": "Trains"}]
    slack.user("UANA", "Ana Lindqvist")
    after = found(tmp_path, **source(slack))
    assert versions(after) == before
    assert "Ana Lindqvist" in {person.name for person in conversation(after[f"team:{DEPOT}/{root}"]).participants}


def test_a_deleted_answer_changes_its_thread(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    answer = slack.reply(DEPOT, root, "UBEN", "Nonsense.")
    origin = f"team:{DEPOT}/{root}"
    before = found(tmp_path, **source(slack))[origin]
    slack.delete(DEPOT, answer)
    after = found(tmp_path, **source(slack))[origin]
    assert before.version != after.version
    assert "Nonsense." not in said(after)


def test_an_old_thread_is_found_where_an_answer_was_sent_to_the_channel_too(slack: SlackServer, tmp_path: Path) -> None:
    root = slack.say(DEPOT, "UANA", "Shall we move?", at=ago(days=90))
    slack.reply(DEPOT, root, "UBEN", "Some day.", at=ago(days=89))
    assert found(tmp_path, **source(slack)) == {}
    slack.reply(DEPOT, root, "UBEN", "Now.", at=ago(days=1), subtype="thread_broadcast")
    (item,) = found(tmp_path, **source(slack)).values()
    assert item.origin == f"team:{DEPOT}/{root}"
    assert said(item) == ["Shall we move?", "Some day.", "Now."]


def test_a_stretch_across_the_edge_of_the_window_is_read_from_its_beginning(slack: SlackServer, tmp_path: Path) -> None:
    slack.say(DEPOT, "UANA", "An older matter.", at=ago(days=31))
    first = slack.say(DEPOT, "UANA", "Lamps?", at=ago(days=30, hours=5))
    for hours in (4, 3, 2, 1, -1):
        slack.say(DEPOT, "UBEN", f"Hour {hours}.", at=ago(days=30, hours=hours))
    old = slack.say(DEPOT, "UANA", "A thread of its own.", at=ago(days=30, hours=3.5))
    slack.reply(DEPOT, old, "UBEN", "Yes.", at=ago(days=30, hours=3.4))
    (item,) = found(tmp_path, **source(slack)).values()
    assert item.origin == f"team:{DEPOT}/{first}"
    assert said(item) == ["Lamps?", "Hour 4.", "Hour 3.", "Hour 2.", "Hour 1.", "Hour -1."]


def test_the_stretches_of_a_night_keep_their_keys_as_the_window_moves_on(slack: SlackServer, tmp_path: Path) -> None:
    for hours in range(48):
        slack.say(DEPOT, "UBEN", f"Hour {hours}.", at=ago(hours=hours))
    assert versions(found(tmp_path, **source(slack))) == versions(found(tmp_path, **source(slack, days=1)))


def test_messages_without_an_end_are_said_not_to_be_read(slack: SlackServer, tmp_path: Path) -> None:
    for hours in range(60):
        slack.say(DEPOT, "UBEN", f"Hour {hours}.", at=ago(hours=hours))
    (left_out,) = listed(tmp_path, **source(slack, days=1))
    assert left_out in unlisted(tmp_path, **source(slack, days=1))
    assert "without a silence of four hours" in getattr(left_out, "error", "")


def test_when_slack_says_to_wait_it_is_asked_again_no_sooner(slack: SlackServer, tmp_path: Path) -> None:
    fill(slack)
    slack.limit(2)
    assert len(found(tmp_path, **source(slack))) == 3
    assert slack.limited == 1


def test_a_fault_of_slack_is_asked_again(slack: SlackServer, tmp_path: Path) -> None:
    fill(slack)
    slack.faults += [Fault(503), Fault(502, {}, b"<html>")]
    assert len(found(tmp_path, **source(slack))) == 3
    assert len(slack.asked("conversations.list")) == 3


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(429, {"Retry-After": "86400"})],
        [Fault(429, {"Retry-After": "soon"})],
        [Fault(429, {"Retry-After": "0"})] * 3,
        [Fault(503, {}, b"{}")] * 3,
        [Fault(200, {}, b"not json")],
        [Fault(200, {}, b'{"ok": false, "error": "internal_error"}')],
    ],
    ids=["a day", "no number", "no end", "down", "no answer", "its error"],
)
def test_what_does_not_pass_in_time_is_an_error_that_may_pass(
    slack: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: list[Fault]
) -> None:
    monkeypatch.setattr(slack_api, "MOST_RETRIES", 2)
    slack.faults += faults
    with pytest.raises(FetchError) as caught:
        listed(tmp_path, **source(slack))
    assert caught.value.exit_code == 3
    assert caught.value.transient


@pytest.mark.parametrize("error", ["invalid_auth", "token_expired", "token_revoked", "account_inactive"])
def test_a_token_that_is_no_good_is_said_with_its_variable(slack: SlackServer, tmp_path: Path, error: str) -> None:
    slack.error = error
    with pytest.raises(FetchError, match=rf"refuses the token of the source team \({error}\).*SLACK_BOT_TOKEN") as got:
        listed(tmp_path, **source(slack))
    assert not got.value.transient


def test_a_token_that_expires_on_the_way_ends_the_listing(slack: SlackServer, tmp_path: Path) -> None:
    fill(slack)
    items = iter(found(tmp_path, **source(slack)).values())
    slack.error = "token_expired"
    with pytest.raises(FetchError, match="token_expired"):
        listed(tmp_path, **source(slack))
    assert said(next(items))


def test_a_token_that_is_not_set_is_named(slack: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    with pytest.raises(FetchError, match="SLACK_BOT_TOKEN, which is not set"):
        listed(tmp_path, **source(slack))
    monkeypatch.setenv("OTHER", slack.token)
    assert listed(tmp_path, **source(slack, token_env="OTHER")) == []
    assert slack.token not in repr(found(tmp_path, **source(slack, token_env="OTHER")))


@pytest.mark.parametrize("scope", ["channels:read", "groups:read", "users:read", "channels:history"])
def test_a_scope_that_is_missing_is_named(slack: SlackServer, tmp_path: Path, scope: str) -> None:
    fill(slack)
    slack.scopes -= {scope}
    with pytest.raises(FetchError, match=f"SLACK_BOT_TOKEN lacks the scope {scope}"):
        listed(tmp_path, **source(slack))


def test_private_channels_are_asked_for_only_where_one_is_named(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    slack.scopes -= {"groups:read", "groups:history"}
    assert f"team:{DEPOT}/{root}" in found(tmp_path, **source(slack, "#depot"))
    slack.channel("C0BOARD", "board", private=True)
    slack.say("C0BOARD", "UANA", "Between us.")
    (unread,) = unlisted(tmp_path, **source(slack, "depot", "board"))
    assert "lacks the scope groups:read" in unread.error
    slack.scopes |= {"groups:read", "groups:history"}
    items = found(tmp_path, **source(slack, "depot", "board"))
    (private,) = [item for origin, item in items.items() if origin.startswith("team:C0BOARD/")]
    assert conversation(private).title.startswith("#board")


def test_a_channel_that_is_not_there_or_closed_does_not_stop_the_others(slack: SlackServer, tmp_path: Path) -> None:
    root = fill(slack)
    slack.channel(YARD, "yard", member=False)
    everything = listed(tmp_path, **source(slack, "depot", "yard", "cellar", "C0NOWHERE"))
    assert f"team:{DEPOT}/{root}" in {item.origin for item in everything}
    errors = {each.label: each.error for each in unlisted(tmp_path, **source(slack, "depot", "yard", "cellar"))}
    assert sorted(errors) == ["#cellar", "#yard"]
    assert "Invite the bot" in errors["#yard"]
    with pytest.raises(FetchError, match="the bot is not in it"):
        listed(tmp_path, **source(slack, "yard"))


def test_only_channels_that_the_bot_is_in_are_read_where_none_is_named(slack: SlackServer, tmp_path: Path) -> None:
    fill(slack)
    slack.channel(YARD, "yard", member=False)
    slack.say(YARD, "UANA", "Not for the bot.")
    assert {origin.partition("/")[0] for origin in found(tmp_path, **source(slack))} == {f"team:{DEPOT}"}


def test_a_server_that_is_down_is_an_error_that_may_pass(slack: SlackServer, tmp_path: Path) -> None:
    settings = source(slack) | {"base_url": "http://127.0.0.1:9/api/"}
    with pytest.raises(FetchError, match="cannot be reached for the source team") as caught:
        listed(tmp_path, **settings)
    assert caught.value.transient


def test_reading_asks_for_nothing_more_and_can_wait(slack: SlackServer, tmp_path: Path) -> None:
    fill(slack)
    items = found(tmp_path, **source(slack))
    asked = len(slack.requests)
    slack.error = "token_expired"
    assert sum(len(conversations(item)) for item in items.values()) == 3
    assert len(slack.requests) == asked
