from __future__ import annotations

import json
import time
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
from extractor.sources.forums import discourse, github
from extractor.sources.forums.cooked import read_cooked
from extractor.sources.forums.github import without_hidden

Read = Callable[..., Reading]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = "https://github.com/harbour/roof"
API = "https://api.github.com/repos/harbour/roof"


def read_json(read: Read, value: Any, expected: str = "github") -> Reading:
    text = json.dumps(value)
    reading = read(text, "thread.json")
    assert reading.format == expected
    assert_accounted(reading, len(text))
    return reading


def stamp(minutes: int) -> str:
    return (NOON + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


# GitHub


def user(login: str, **fields: Any) -> dict[str, Any]:
    return {"login": login, "id": 1, "type": "User", **fields}


def issue(number: int = 12, body: Any = "The roof leaks.", login: str = "mira", **fields: Any) -> dict[str, Any]:
    urls = {"url": f"{API}/issues/{number}", "html_url": f"{SITE}/issues/{number}"}
    known = {**urls, "number": number, "title": f"Repair roof {number}", "user": user(login), "state": "open"}
    return {**known, "body": body, "comments": 0, "created_at": stamp(0), "updated_at": stamp(900), **fields}


def comment(number: int, body: Any, login: str = "kwame", thread: int = 12, **fields: Any) -> dict[str, Any]:
    urls = {"html_url": f"{SITE}/issues/{thread}#issuecomment-{number}", "issue_url": f"{API}/issues/{thread}"}
    times = {"created_at": stamp(number), "updated_at": stamp(number)}
    return {"id": number, **urls, **times, "user": user(login), "body": body, **fields}


def review_comment(number: int, body: str, login: str = "kwame", **fields: Any) -> dict[str, Any]:
    urls = {"html_url": f"{SITE}/pull/12#discussion_r{number}", "pull_request_url": f"{API}/pulls/12"}
    code = {"diff_hunk": "@@ -1 +1 @@\n-tin\n+slate", "path": "roof.py", "pull_request_review_id": 3}
    return {"id": number, **urls, **code, "created_at": stamp(number), "user": user(login), "body": body, **fields}


def test_an_issue_and_its_comments_in_one_object_are_one_conversation(read: Read) -> None:
    reading = read_json(read, issue(comments=2, comments_data=[comment(1, "I can."), comment(2, "When?", "mira")]))
    (conversation,) = reading.conversations
    assert (conversation.id, conversation.title) == ("github:harbour/roof:12", "Repair roof 12")
    assert turns(reading) == [("mira", "The roof leaks."), ("kwame", "I can."), ("mira", "When?")]
    assert [turn.sent_at for turn in conversation.turns] == [NOON + timedelta(minutes=n) for n in range(3)]
    assert conversation.turns[0].edited_at is None
    assert asides(reading)["heading"] == len("Repair roof 12")
    assert conversation.warnings == ()


def test_comments_that_are_not_in_the_file_are_counted(read: Read) -> None:
    reading = read_json(read, issue(comments=3, comments_data=[comment(1, "I can.")]))
    assert "2 comments on “Repair roof 12” are not in the file." in warnings(reading)


def test_every_issue_of_a_list_is_a_conversation_and_one_without_words_is_named(read: Read) -> None:
    reading = read_json(read, [issue(12), issue(13, None), issue(14, "Gutters.")])
    assert [each.id for each in reading.conversations] == ["github:harbour/roof:12", "github:harbour/roof:14"]
    assert "Threads without words were not read: #13 Repair roof 13." in warnings(reading)


def test_pages_of_comments_are_read_together_each_once_and_apart_by_thread(read: Read) -> None:
    pages = [[comment(1, "One."), comment(2, "Two.")], [comment(2, "Two."), comment(3, "Elsewhere.", thread=13)]]
    reading = read_json(read, pages)
    assert [each.id for each in reading.conversations] == [
        "github:harbour/roof:12:comments",
        "github:harbour/roof:13:comments",
    ]
    assert [turn.text for turn in reading.conversations[0].turns] == ["One.", "Two."]
    assert asides(reading)["repeated message"] == len("Two.")


def test_review_comments_answer_each_other_and_their_code_is_no_language(read: Read) -> None:
    reading = read_json(read, [review_comment(1, "Why tin?"), review_comment(2, "Cheaper.", "mira", in_reply_to_id=1)])
    (conversation,) = reading.conversations
    assert [(turn.text, turn.topic, turn.reply_to) for turn in conversation.turns] == [
        ("Why tin?", "roof.py", None),
        ("Cheaper.", "roof.py", 0),
    ]
    assert asides(reading)["code"] == 2 * len("@@ -1 +1 @@\n-tin\n+slate")


def test_a_comment_says_when_it_was_edited_and_who_wrote_it_even_if_the_account_is_gone(read: Read) -> None:
    reading = read_json(
        read, [comment(1, "Edited.", updated_at=stamp(30), user=None), comment(2, "Auto.", "build[bot]")]
    )
    (conversation,) = reading.conversations
    assert conversation.turns[0].edited_at == NOON + timedelta(minutes=30)
    assert [(person.name, person.role) for person in conversation.participants] == [
        ("ghost", None),
        ("build[bot]", "bot"),
    ]


def test_an_account_may_be_its_bare_name_as_in_archives(read: Read) -> None:
    said = {"author": "ines", "body": "Slate or tin?", "createdAt": stamp(0)}
    answer = {"author": "mira", "body": "Tin.", "createdAt": stamp(5)}
    issue = said | {"number": 7, "title": "Roof", "url": f"{SITE}/issues/7", "state": "OPEN", "comments": [answer]}
    assert turns(read_json(read, issue)) == [("ines", "Slate or tin?"), ("mira", "Tin.")]


def test_reactions_are_counted_from_the_summary(read: Read) -> None:
    summary = {"url": "x", "total_count": 3, "+1": 2, "-1": 0, "heart": 1}
    reading = read_json(read, [comment(1, "Agreed?", reactions=summary)])
    (turn,) = reading.conversations[0].turns
    assert [(each.name, each.count) for each in turn.reactions] == [("+1", 2), ("heart", 1)]


def test_what_the_gh_program_writes_is_read_with_its_reviews(read: Read) -> None:
    thumbs = [{"content": "THUMBS_UP", "users": {"totalCount": 2}}]
    about = {"authorAssociation": "MEMBER", "includesCreatedEdit": False, "reactionGroups": thumbs}
    said = {
        "id": "IC_1",
        "author": {"login": "kwame"},
        "body": "Looks good.",
        "createdAt": stamp(2),
        "url": f"{SITE}/pull/12#issuecomment-9",
    }
    reviews = [
        {"id": "R1", "author": {"login": "ines"}, "body": "", "state": "APPROVED", "submittedAt": stamp(3)},
        {
            "id": "R2",
            "author": {"login": "kwame"},
            "body": "Not tin.",
            "state": "CHANGES_REQUESTED",
            "submittedAt": stamp(4),
        },
    ]
    reading = read_json(
        read,
        {
            "title": "Lay slates",
            "body": "Slates.",
            "author": {"login": "mira", "name": "Mira Tan"},
            "createdAt": stamp(0),
            "comments": [{**said, **about}],
            "reviews": reviews,
            "latestReviews": reviews,
        },
    )
    (conversation,) = reading.conversations
    assert conversation.id == "github:harbour/roof:12"
    assert [(turn.speaker, turn.kind, turn.text) for turn in conversation.turns] == [
        ("mira", "message", "Slates."),
        ("kwame", "message", "Looks good."),
        ("ines", "system", "APPROVED"),
        ("kwame", "system", "CHANGES_REQUESTED"),
        ("kwame", "message", "Not tin."),
    ]
    assert [(each.name, each.count) for each in conversation.turns[1].reactions] == [("+1", 2)]


def test_title_body_and_comments_alone_are_enough(read: Read) -> None:
    said = {"author": {"login": "kwame"}, "authorAssociation": "NONE", "body": "Yes.", "createdAt": stamp(1)}
    reading = read_json(read, {"title": "Roof", "body": "Repair?", "comments": [said]})
    assert turns(reading) == [(None, "Repair?"), ("kwame", "Yes.")]
    assert reading.conversations[0].id.startswith("github:")


def test_a_discussion_has_its_answers_one_level_deep(read: Read) -> None:
    reply = {"id": "D2", "author": {"login": "mira"}, "body": "Agreed.", "createdAt": stamp(2)}
    first = {
        "id": "D1",
        "author": None,
        "body": "Slate.",
        "createdAt": stamp(1),
        "replies": {"nodes": [reply]},
        "isAnswer": True,
    }
    discussion = {
        "title": "Slate or tin?",
        "body": "What do we lay?",
        "bodyText": "What do we lay?",
        "url": f"{SITE}/discussions/40",
        "number": 40,
        "author": {"login": "ines"},
        "createdAt": stamp(0),
        "comments": {"totalCount": 3, "nodes": [first]},
        "answer": first,
    }
    reading = read_json(read, {"data": {"repository": {"discussions": {"edges": [{"node": discussion}]}}}})
    (conversation,) = reading.conversations
    assert conversation.id == "github:harbour/roof:40"
    assert turns(reading) == [("ines", "What do we lay?"), ("ghost", "Slate."), ("mira", "Agreed.")]
    assert [turn.reply_to for turn in conversation.turns] == [None, None, 1]
    assert asides(reading)["copy"] == len("What do we lay?")
    assert "2 comments on “Slate or tin?” are not in the file." in warnings(reading)


def test_review_threads_of_a_pull_request_are_read(read: Read) -> None:
    nodes = [
        {"id": "C1", "body": "Why?", "createdAt": stamp(1)},
        {"id": "C2", "body": "Cheaper.", "createdAt": stamp(2)},
    ]
    pull = {"title": "Lay tin", "body": "", "number": 12, "url": f"{SITE}/pull/12", "createdAt": stamp(0)}
    pull["reviewThreads"] = {"nodes": [{"isResolved": True, "path": "roof.py", "comments": {"nodes": nodes}}]}
    reading = read_json(read, {"data": {"repository": {"pullRequest": pull}}})
    (conversation,) = reading.conversations
    assert [(turn.text, turn.topic, turn.reply_to) for turn in conversation.turns] == [
        ("Why?", "roof.py", None),
        ("Cheaper.", "roof.py", 0),
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        {"issue": issue(comments=1), "comments": [comment(1, "I can.")]},
        {"action": "created", "issue": issue(comments=1), "comment": comment(1, "I can."), "sender": user("kwame")},
        {"backend_name": "GitHub", "data": issue(comments=1, comments_data=[comment(1, "I can.")]), "uuid": "1"},
    ],
)
def test_an_issue_beside_its_comments_is_one_conversation(read: Read, wrapped: dict[str, Any]) -> None:
    reading = read_json(read, wrapped)
    assert turns(reading) == [("mira", "The roof leaks."), ("kwame", "I can.")]
    assert reading.conversations[0].warnings == ()


def test_a_timeline_gives_comments_and_no_events(read: Read) -> None:
    said = {**comment(1, "I can."), "event": "commented", "node_id": "x", "actor": user("kwame")}
    closed = {
        "event": "closed",
        "node_id": "y",
        "actor": user("mira"),
        "created_at": stamp(2),
        "url": f"{API}/issues/events/1",
    }
    assert turns(read_json(read, [said, closed])) == [("kwame", "I can.")]


def test_hidden_comments_in_markdown_are_set_aside_and_quoted_lines_stay(read: Read) -> None:
    body = "<!-- How to report -->\r\n> It leaks.\r\n\r\nSince May."
    reading = read_json(read, issue(body=body))
    assert turns(reading) == [("mira", "> It leaks.\r\n\r\nSince May.")]
    assert asides(reading)["markup"] == len("<!-- How to report -->")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a <!-- b --> c", "a  c"),
        ("`<!-- code -->` <!-- no -->", "`<!-- code -->` "),
        ("```\n<!-- code -->\n```\n<!-- no -->x", "```\n<!-- code -->\n```\nx"),
        ("<!-- never ends", "<!-- never ends"),
        ("<!---->" * 20_000, ""),
    ],
)
def test_only_what_nobody_sees_is_hidden(body: str, shown: str) -> None:
    assert without_hidden(body) == (shown, len(body) - len(shown))


@pytest.mark.parametrize(
    "value",
    [{"title": "Roof", "body": "x"}, [{"text": "a", "start": 1}], {"messages": [{"body": "x", "user": "y"}]}, [[]], {}],
)
def test_other_json_is_none_of_githubs(value: Any) -> None:
    assert github.fits(Blob("a.json", json.dumps(value).encode())) == 0.0


def test_a_thread_without_a_word_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="no comment or description with words"):
        read(json.dumps(issue(body=" ")), "thread.json")


# Discourse


def post(number: int, cooked: str, username: str = "mira", **fields: Any) -> dict[str, Any]:
    known = {"id": 800 + number, "topic_id": 55, "post_number": number, "post_type": 1, "version": 1}
    return {**known, "username": username, "name": "", "created_at": stamp(number), "cooked": cooked, **fields}


def topic(*posts: Any, **fields: Any) -> dict[str, Any]:
    stream = {"posts": list(posts), "stream": [each.get("id") for each in posts if isinstance(each, dict)]}
    return {"id": 55, "slug": "slate-or-tin", "title": "Slate or tin?", "post_stream": stream, **fields}


QUOTE = (
    '<aside class="quote no-group" data-username="ines" data-post="1" data-topic="55">\n<div class="title">'
    '<div class="quote-controls"></div><img alt="" class="avatar" src="x">ines:</div>\n<blockquote><p>Tin is cheap.</p>'
    "</blockquote></aside>"
)


def test_a_topic_reads_as_people_see_it(read: Read) -> None:
    reading = read_json(
        read,
        topic(
            post(1, "<p>Slate &amp; tin:</p><ul><li>one</li><li>two</li></ul>", name="Mira Tan"),
            post(
                2,
                "<p>Run <code>x</code>:</p><pre><code>a\n  b</code></pre>",
                "kwame",
                reply_to_post_number=1,
                version=2,
                updated_at=stamp(9),
            ),
        ),
        "discourse",
    )
    (conversation,) = reading.conversations
    assert (conversation.id, conversation.title) == ("discourse:slate-or-tin:55", "Slate or tin?")
    assert turns(reading) == [("mira", "Slate & tin:\n\n- one\n- two"), ("kwame", "Run x:\n\na\n  b")]
    assert [turn.reply_to for turn in conversation.turns] == [None, 0]
    assert conversation.turns[1].edited_at == NOON + timedelta(minutes=9)
    assert conversation.participants[0].aliases == ("Mira Tan",)


def test_what_a_post_quotes_is_no_word_of_it_but_is_kept_with_its_author(read: Read) -> None:
    reading = read_json(read, topic(post(1, f"<p>First.</p>{QUOTE}<p>I disagree.</p>")), "discourse")
    (turn,) = reading.conversations[0].turns
    assert turn.text == "First.\n\nI disagree."
    ((quote),) = turn.quotes
    assert (turn.text[quote.char :], quote.depth, quote.author, quote.text) == (
        "I disagree.",
        1,
        "ines",
        "Tin is cheap.",
    )
    assert asides(reading)["quoted reply"] == len("Tin is cheap.")


def test_quotations_in_typed_text_are_found_and_the_cooked_copy_is_not_read_again(read: Read) -> None:
    raw = '[quote="ines, post:1, topic:55"]\nTin is cheap.\n[/quote]\n\nI *disagree*.'
    reading = read_json(read, topic(post(1, f"{QUOTE}<p>I <em>disagree</em>.</p>", raw=raw)), "discourse")
    (turn,) = reading.conversations[0].turns
    assert turn.text == "I *disagree*."
    assert [(quote.char, quote.author, quote.text) for quote in turn.quotes] == [(0, "ines", "Tin is cheap.")]
    assert asides(reading)["copy"] == len(f"{QUOTE}<p>I <em>disagree</em>.</p>")


def test_previews_pictures_and_emoji_are_told_apart(read: Read) -> None:
    onebox = '<aside class="onebox"><header>example.org</header><article><h3>Slates</h3></article></aside>'
    picture = '<div class="lightbox-wrapper"><img alt="roof.png" src="/a.png"><div class="meta">800x600</div></div>'
    emoji = '<img class="emoji" title=":tada:" alt=":tada:" src="x">'
    reading = read_json(read, topic(post(1, f"<p>See {emoji}</p>{onebox}{picture}")), "discourse")
    assert turns(reading) == [("mira", "See :tada:")]
    assert asides(reading)["link preview"] == len("example.orgSlates")
    assert "Shared files were not read: roof.png." in warnings(reading)


def test_small_actions_and_deleted_posts_are_set_aside(read: Read) -> None:
    reading = read_json(
        read,
        topic(
            post(1, "<p>Hello.</p>"),
            post(2, "<p>Closed.</p>", "system", post_type=3, action_code="closed.enabled"),
            post(3, "<p>(withdrawn)</p>", user_deleted=True),
            post(4, "<p>Spam</p>", deleted_at=stamp(5)),
        ),
        "discourse",
    )
    assert turns(reading) == [("mira", "Hello.")]
    assert asides(reading)["system message"] == len("<p>Closed.</p>")
    assert asides(reading)["deleted"] == len("<p>(withdrawn)</p><p>Spam</p>")


def test_likes_and_reactions_are_counted(read: Read) -> None:
    liked = post(1, "<p>One.</p>", actions_summary=[{"id": 2, "count": 4}])
    reacted = post(
        2,
        "<p>Two.</p>",
        reactions=[{"id": "heart", "type": "emoji", "count": 2}],
        actions_summary=[{"id": 2, "count": 2}],
    )
    (conversation,) = read_json(read, topic(liked, reacted), "discourse").conversations
    assert [[(each.name, each.count) for each in turn.reactions] for turn in conversation.turns] == [
        [("like", 4)],
        [("heart", 2)],
    ]


def test_posts_that_the_file_only_names_are_counted(read: Read) -> None:
    value = topic(post(1, "<p>One.</p>"))
    value["post_stream"]["stream"] += [900, 901]
    assert "2 posts are not in the file" in warnings(read_json(read, value, "discourse"))


def test_a_list_of_posts_gives_a_conversation_for_every_topic(read: Read) -> None:
    latest = [
        post(2, "<p>Two.</p>"),
        post(1, "<p>One.</p>"),
        post(1, "<p>Other.</p>", topic_id=56, topic_title="Gutters"),
    ]
    reading = read_json(read, {"latest_posts": latest}, "discourse")
    said = {each.id: [turn.text for turn in each.turns] for each in reading.conversations}
    assert said == {"discourse:55": ["One.", "Two."], "discourse:56": ["Other."]}


def test_a_post_of_nothing_but_a_quotation_is_named(read: Read) -> None:
    reading = read_json(read, topic(post(1, "<p>One.</p>"), post(2, QUOTE)), "discourse")
    assert "Posts without own words were not read: post 2 of “Slate or tin?”." in warnings(reading)


def test_html_that_never_closes_is_read_in_linear_time() -> None:
    assert read_cooked("<b>x " * 50_000).text.startswith("x x")
    assert read_cooked('<aside class="onebox">' + "<i>x" * 50_000).text == ""
    assert read_cooked('<aside class="quote">' * 3_000 + "x").quotes[0].text == "x"


LINE = st.text(st.characters(categories=["L", "N", "Po"], exclude_characters="`<&"), min_size=1, max_size=30)
SAID = st.lists(st.tuples(st.sampled_from(["mira", "kwame", "ines-r"]), LINE), min_size=1, max_size=8)


@settings(max_examples=40)
@given(SAID)
def test_a_thread_reads_back_as_it_was_written(said: list[tuple[str, str]]) -> None:
    (first, body), rest = said[0], said[1:]
    comments = [comment(number, words, login) for number, (login, words) in enumerate(rest, 1)]
    text = json.dumps(issue(body=body, login=first, comments=len(comments), comments_data=comments))
    reading = github.read(Blob("thread.json", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == said
    text = json.dumps(topic(*(post(number, f"<p>{words}</p>", name) for number, (name, words) in enumerate(said, 1))))
    reading = discourse.read(Blob("topic.json", text.encode()))
    assert_accounted(reading, len(text))
    assert turns(reading) == said
    (conversation,) = reading.conversations
    assert [turn.sent_at for turn in conversation.turns] == [NOON + timedelta(minutes=n + 1) for n in range(len(said))]


KEYS = [
    *comment(1, ""),
    *issue(),
    *post(1, ""),
    "comments",
    "reviews",
    "nodes",
    "replies",
    "state",
    "event",
    "raw",
    "reactions",
]
KEYS += [
    "reactionGroups",
    "users",
    "totalCount",
    "content",
    "post_stream",
    "posts",
    "stream",
    "data",
    "issue",
    "answer",
]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("[quote]<p>x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=8), st.lists(ANY, max_size=3))
def test_values_of_any_type_never_break_the_readers(fields: dict[str, Any], entries: list[Any]) -> None:
    values = [
        {**issue(), **fields, "comments": entries},
        [{**comment(1, "x"), **fields}],
        {**topic(*entries), "title": fields},
    ]
    values.append(topic({**post(1, "x"), **fields}))
    for value in values:
        blob = Blob("thread.json", json.dumps(value).encode())
        for known in (github, discourse):
            assert 0 <= known.fits(blob) <= 1
            with suppress(SourceError):
                assert_accounted(known.read(blob))


def test_the_real_files_are_read_whole(real_files: Path, read: Read) -> None:
    names = {
        "github/github_issue_1": ("github", 1, 1),
        "github/github_issue_comments_1": ("github", 1, 1),
        "github/github_request_pull_request_1_comments": ("github", 2, 1),
        "discourse/discourse_topic_1149.json": ("discourse", 2, 1),
    }
    for name, expected in names.items():
        reading = read((real_files / "formats" / name).read_bytes(), "thread.json")
        assert_accounted(reading)
        people = {person.id for each in reading.conversations for person in each.participants}
        assert (reading.format, sum(len(each.turns) for each in reading.conversations), len(people)) == expected


@pytest.mark.parametrize("damage", ["<![", "<a ", "</a ", "<!--", "<p><b>", '<a b="', "<svg>"])
def test_the_html_of_a_post_may_be_damaged_in_any_way(damage: str) -> None:
    started = time.perf_counter()
    assert "The roof" in read_cooked(f"<p>The roof</p>{damage * 20_000}").text
    assert time.perf_counter() - started < 5
