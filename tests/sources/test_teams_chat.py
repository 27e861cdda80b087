from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from checks import asides, assert_accounted, turns, warnings
from damage import assert_read_or_refused, damaged, lines, quick
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Blob, Reading
from extractor.sources.chats import teams_chat

Read = Callable[..., Reading]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOON_MS = int(NOON.timestamp() * 1000)


def message(content: str, who: str | None = "Mira Tan", after: float = 0, **fields: Any) -> dict[str, Any]:
    sender = {"user": {"id": f"id-{who}", "displayName": who}, "application": None} if who else None
    value = {
        "id": str(NOON_MS + int(after * 1000)),
        "messageType": "message",
        "createdDateTime": (NOON + timedelta(seconds=after)).isoformat(timespec="milliseconds"),
        "lastEditedDateTime": None,
        "deletedDateTime": None,
        "replyToId": None,
        "from": sender,
        "body": {"contentType": "html", "content": content},
        "channelIdentity": {"teamId": "t1", "channelId": "19:c1@thread.tacv2"},
        "attachments": [],
        "mentions": [],
        "reactions": [],
    }
    return {**value, **fields}


def pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: pascal(each) for key, each in value.items()}
    return [pascal(each) for each in value] if isinstance(value, list) else value


def read_messages(read: Read, *messages: dict[str, Any]) -> Reading:
    text = json.dumps(list(messages))
    reading = read(text, "messages.json")
    assert reading.format == "teams-chat"
    assert_accounted(reading, len(text))
    return reading


@pytest.mark.parametrize("shape", [list, lambda all_: {"value": all_}, lambda all_: {"@odata.count": 2, "value": all_}])
@pytest.mark.parametrize("spelling", [lambda value: value, pascal])
def test_lists_and_answers_are_read_in_both_spellings_of_keys(read: Read, shape: Any, spelling: Any) -> None:
    root = message("<p>Do we repair the roof?</p>")
    document = spelling(shape([message("<p>In April.</p>", "Kwame", 60, replyToId=root["id"]), root]))
    reading = read(json.dumps(document), "messages.json")
    assert turns(reading) == [("Mira Tan", "Do we repair the roof?"), ("Kwame", "In April.")]
    (thread,) = reading.conversations
    assert thread.id == f"teams-chat:19:c1@thread.tacv2:{NOON_MS}"
    assert thread.turns[1].reply_to == 0
    assert thread.turns[0].sent_at == NOON


def test_one_message_alone_is_read(read: Read) -> None:
    assert turns(read(json.dumps(message("<p>Hi.</p>")), "m.json")) == [("Mira Tan", "Hi.")]


def test_answers_that_an_expanded_message_holds_are_read(read: Read) -> None:
    root = message("<p>Root.</p>")
    root["replies"] = [message("<p>Answer.</p>", "Kwame", 5, replyToId=root["id"])]
    assert [text for _, text in turns(read_messages(read, root))] == ["Root.", "Answer."]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<p>a &lt; b &amp;&amp; c</p>", "a < b && c"),
        ('<div><div>Ah, <at id="0">Kwame</at>, look</div>\n</div>', "Ah, @Kwame, look"),
        ('<p>Good<emoji id="ghost" alt="\U0001f47b" title="Ghost"></emoji></p>', "Good\U0001f47b"),
        ("<p>one</p>\n<ul><li>two</li></ul>", "one\n\n- two"),
        ('<attachment id="5"></attachment><p>yes</p>', "yes"),
    ],
)
def test_html_reads_as_people_see_it_and_its_tags_are_markup(read: Read, content: str, shown: str) -> None:
    reading = read_messages(read, message(content))
    assert turns(reading) == [("Mira Tan", shown)]
    assert asides(reading)["markup"] == len(content) - min(len(shown), len(content))


def test_plain_text_is_read_as_it_is(read: Read) -> None:
    content = "a <b> & c"
    reading = read_messages(read, message("", body={"contentType": "text", "content": content}))
    assert turns(reading) == [("Mira Tan", content)]


def test_events_and_deleted_messages_are_set_aside(read: Read) -> None:
    event = message("<systemEventMessage/>", None, messageType="unknownFutureValue")
    gone = message("<p>Gone</p>", after=5, deletedDateTime=NOON.isoformat())
    reading = read_messages(read, event, gone, message("<p>Here.</p>", after=9))
    assert turns(reading) == [("Mira Tan", "Here.")]
    assert asides(reading)["system message"] == len("<systemEventMessage/>")
    assert asides(reading)["deleted"] == len("<p>Gone</p>")


def test_a_message_from_nobody_has_no_speaker_and_one_from_a_program_is_a_bots(read: Read) -> None:
    bot = {"user": None, "application": {"id": "a1", "displayName": "Builds"}}
    reading = read_messages(read, message("<p>One.</p>", None), message("<p>Two.</p>", after=1, **{"from": bot}))
    assert turns(reading) == [(None, "One."), ("Builds", "Two.")]
    assert [(person.name, person.role) for person in reading.conversations[0].participants] == [("Builds", "bot")]


def test_a_subject_is_the_title_of_its_thread(read: Read) -> None:
    root = message("<p>What about April?</p>", subject="Roof repairs")
    reading = read_messages(read, root, message("<p>Fine.</p>", "Kwame", 5, replyToId=root["id"]))
    (thread,) = reading.conversations
    assert thread.title == "Roof repairs"
    assert thread.turns[1].reply_to == 0
    assert asides(reading)["heading"] == len("Roof repairs")


def test_a_quoted_message_is_no_part_of_what_the_answer_says(read: Read) -> None:
    first = message("<p>Do we repair the roof?</p>", "Kwame", channelIdentity=None, chatId="19:x@thread.v2")
    quoted = {
        "messageId": first["id"],
        "messagePreview": "Do we repair the roof?",
        "messageSender": {"user": {"id": "id-Kwame", "displayName": "Kwame"}},
    }
    attached = [{"id": first["id"], "contentType": "messageReference", "content": json.dumps(quoted)}]
    content = f'<attachment id="{first["id"]}"></attachment><p>Yes.</p>'
    answer = message(content, after=60, channelIdentity=None, chatId="19:x@thread.v2", attachments=attached)
    reading = read_messages(read, first, answer)
    assert turns(reading) == [("Kwame", "Do we repair the roof?"), ("Mira Tan", "Yes.")]
    turn = reading.conversations[0].turns[1]
    assert turn.reply_to == 0
    assert [(quote.author, quote.text) for quote in turn.quotes] == [("kwame", "Do we repair the roof?")]
    assert asides(reading)["quoted reply"] == len("Do we repair the roof?")


def test_a_reply_written_as_a_blockquote_is_taken_apart(read: Read) -> None:
    first = message("<p>Shall we?</p>", "Kwame")
    block = (
        f'<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="{first["id"]}">'
        '<strong itemprop="mri" itemid="8:x">Kwame</strong><p itemprop="preview">Shall we?</p></blockquote>'
    )
    reading = read_messages(read, first, message(f"{block}<p>We shall.</p>", after=5))
    turn = reading.conversations[0].turns[1]
    assert (turn.text, turn.reply_to) == ("We shall.", 0)
    assert [(quote.author, quote.text) for quote in turn.quotes] == [("kwame", "Shall we?")]


def test_a_message_that_is_passed_on_is_its_authors(read: Read) -> None:
    content = {"originalMessageContent": "<p>We move in May.</p>", "originalMessageSender": message("x", "Zo")["from"]}
    attached = [{"contentType": "forwardedMessageReference", "content": json.dumps(content)}]
    reading = read_messages(read, message('<attachment id="1"></attachment>', attachments=attached))
    assert turns(reading) == [("Zo", "We move in May.")]
    assert reading.conversations[0].turns[0].kind == "quote"


def test_reactions_stay_on_the_message(read: Read) -> None:
    reactions = [
        {"reactionType": "\U0001f44d", "user": {"user": {"id": f"id-{who}", "displayName": who}}} for who in "AB"
    ]
    reading = read_messages(read, message("<p>Ship it?</p>", reactions=reactions))
    (reaction,) = reading.conversations[0].turns[0].reactions
    assert (reaction.name, reaction.count, reaction.people) == ("\U0001f44d", 2, ("a", "b"))


def test_a_card_speaks_for_a_program_that_says_nothing_else(read: Read) -> None:
    card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Build 7"}, {"text": "failed"}]}
    attached = [{"contentType": "application/vnd.microsoft.card.adaptive", "content": json.dumps(card)}]
    reading = read_messages(read, message('<attachment id="1"></attachment>', attachments=attached))
    assert turns(reading) == [("Mira Tan", "Build 7\nfailed")]


def test_shared_files_are_named(read: Read) -> None:
    attached = [{"id": "1", "contentType": "reference", "contentUrl": "https://example.org/a", "name": "offer.pdf"}]
    reading = read_messages(read, message('<attachment id="1"></attachment>', attachments=attached))
    assert turns(reading) == [("Mira Tan", "offer.pdf")]
    assert "Shared files were not read: offer.pdf." in warnings(reading)


def test_edits_are_dated_and_messages_that_are_there_twice_read_once(read: Read) -> None:
    one = message("<p>Hi.</p>", lastEditedDateTime="2026-03-02T13:00:00Z")
    reading = read_messages(read, one, one)
    assert reading.conversations[0].turns[0].edited_at == datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert len(reading.conversations[0].turns) == 1


def test_chats_of_one_file_are_told_apart(read: Read) -> None:
    chats = [message(f"<p>{n}</p>", after=n, channelIdentity=None, chatId=f"19:{n}") for n in (1, 2)]
    assert [each.id for each in read_messages(read, *chats).conversations] == [
        f"teams-chat:19:1:{NOON_MS + 1000}",
        f"teams-chat:19:2:{NOON_MS + 2000}",
    ]


def test_a_file_of_events_only_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="only events"):
        read(json.dumps([message("<systemEventMessage/>", None)]), "messages.json")


def test_one_page_of_an_answer_says_that_there_is_more(read: Read) -> None:
    document = {"@odata.nextLink": "https://example.org", "value": [message("<p>Hi.</p>")]}
    assert "there are more messages than it holds" in warnings(read(json.dumps(document), "m.json"))


def test_a_mail_of_the_same_service_is_no_chat() -> None:
    mail = {"id": "1", "createdDateTime": "x", "from": {}, "body": {"contentType": "html", "content": "x"}}
    assert teams_chat.FORMAT.fits(Blob("m.json", json.dumps([mail]).encode())) == 0


@quick
@given(said=st.lists(st.tuples(st.sampled_from(["Mira", "Kwame"]), lines), min_size=1, max_size=8))
def test_what_is_written_out_is_read_back(said: list[tuple[str, str]]) -> None:
    messages = [
        message("", who, index, body={"contentType": "text", "content": text}) for index, (who, text) in enumerate(said)
    ]
    text = json.dumps(messages)
    reading = teams_chat.FORMAT.read(Blob("m.json", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == said
    times = [turn.sent_at for turn in reading.conversations[0].turns]
    assert times == [NOON + timedelta(seconds=index) for index in range(len(said))]


EVERYTHING = [
    message("<p>One</p>", subject="s", reactions=[{"reactionType": "like", "user": {"user": {"id": "x"}}}]),
    message(
        "<blockquote itemtype='http://schema.skype.com/Reply' itemid='1'>q</blockquote>",
        after=4,
        replyToId=str(NOON_MS),
        attachments=[
            {"contentType": "messageReference", "content": '{"messageId": "1", "messagePreview": "p"}'},
            {"contentType": "reference", "name": "f"},
            {"contentType": "application/vnd.microsoft.card.hero", "content": {"title": "t", "buttons": [{}]}},
        ],
    ),
]


@quick
@given(document=damaged(EVERYTHING))
def test_wrong_values_are_no_traceback(document: Any) -> None:
    assert_read_or_refused(teams_chat.FORMAT, Blob("m.json", json.dumps(document).encode()))


def test_the_real_file_is_recognised_and_holds_only_an_event(real_files: Path, read: Read) -> None:
    path = real_files / "formats" / "msteams-export" / "messages-excerpt.json"
    if not path.is_file():
        pytest.skip("the Teams file is not here")
    assert teams_chat.FORMAT.fits(Blob("m.json", path.read_bytes())) == 1
    with pytest.raises(SourceError, match="only events"):
        read(path.read_bytes(), "messages.json")


def test_the_subject_of_a_message_without_answers_is_its_topic(read: Read) -> None:
    alone = message("We take the second offer.", subject="Roof")
    asked, answer = message("Which?", after=60, subject="Gutters"), message("Both.", "Kwame Osei", 90)
    answer["replyToId"] = asked["id"]
    reading = read_messages(read, alone, asked, answer)
    topics = {turn.text: (each.title, turn.topic) for each in reading.conversations for turn in each.turns}
    assert topics["We take the second offer."][1] == "Roof"
    assert topics["Which?"] == topics["Both."] == ("Gutters", None)


def test_pictures_in_a_message_are_named_as_not_read_and_emoji_are_none(read: Read) -> None:
    reading = read_messages(
        read,
        message('<p>See <img alt="the roof" src="a"> <img src="b"> <img alt="x" itemtype="http://schema/Emoji"></p>'),
    )
    assert "Shared files were not read: the roof and image." in warnings(reading)
