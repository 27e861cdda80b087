from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from reports.digest_samples import FROM, HOSTILE, TO, hostile, large, night, quiet, record
from slack_sdk.models.blocks import Block as SlackBlock

from extractor.reports.digest.mail import as_html
from extractor.reports.digest.model import Digest, DigestCounts, DigestRecord
from extractor.reports.digest.page import SHOWN, SUBJECT_CHARACTERS, page_of, subject_of
from extractor.reports.digest.slack import BLOCK_CHARACTERS, BLOCKS, MESSAGE_CHARACTERS, as_slack
from extractor.reports.digest.written import as_json, as_markdown, as_text

RENDERED = {
    "markdown": as_markdown,
    "text": as_text,
    "html": as_html,
    "slack": lambda digest: json.dumps(as_slack(digest), ensure_ascii=False),
}
EVERY = pytest.mark.parametrize("name", RENDERED)


class Tags(HTMLParser):
    """Every tag and attribute of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def texts(block: Any) -> list[str]:
    """The texts of a Slack block, however deep."""
    if isinstance(block, dict):
        own = [block["text"]] if isinstance(block.get("text"), str) else []
        return own + [text for value in block.values() for text in texts(value)]
    return [text for value in block for text in texts(value)] if isinstance(block, list) else []


@EVERY
def test_every_form_says_what_was_decided_who_owns_it_and_what_proves_it(name: str):
    shown = RENDERED[name](night())
    for words in (
        "The kiosk gets a second printer in hall 1",
        "decided by Mira Holt",
        "owner Jon Abara",
        "Fine, then hall two gets its own printer",
        "12:04",
        "Kiosk weekly",
        "d-0000000000000001",
    ):
        assert words in shown


@EVERY
def test_what_was_decided_comes_before_what_needs_somebody_and_problems_come_last(name: str):
    shown = RENDERED[name](night()).casefold()
    titles = [
        "decided (3",
        "discussed, not settled",
        "would replace an earlier",
        "overdue (1",
        "waiting for review",
        "problems (1",
    ]
    places = [
        shown.index(title if name != "html" else title.partition(" (")[0] + " <span" if "(" in title else title)
        for title in titles
    ]
    assert places == sorted(places)


@EVERY
def test_a_proposal_is_not_told_as_a_decision(name: str):
    digest = night(new=(record(1, statement="Maybe a tram stop", status="tentative"),), oldest=())
    shown = RENDERED[name](digest)
    assert "tentative" in shown
    assert "decided by" not in shown.partition("Would replace")[0]
    titles = [section.title for section in page_of(digest).sections]
    assert "Decided" not in titles
    assert "Discussed, not settled" in titles


def test_a_decision_against_something_says_so():
    (item,) = [item for item in page_of(night()).sections[0].items if item.text.startswith("Paper vouchers")]
    assert item.tags == ("decided against",)


def test_what_is_not_reviewed_is_said_to_count_for_nothing_and_what_is_approved_is_not():
    assert "until a person approves" in page_of(night()).sections[0].note
    approved = page_of(night(new=(record(1, state="approved"),))).sections[0]
    assert approved.note == ""
    assert "approved" in approved.items[0].tags


@EVERY
def test_a_link_shows_both_records_and_how_sure_it_is(name: str):
    shown = RENDERED[name](night())
    assert "Hall 1 and hall 2 share a printer" in shown
    assert "86% sure" in shown


@EVERY
def test_a_suggested_change_shows_what_stands_and_what_is_suggested(name: str):
    assert "2026-04-01 → 2026-05-01" in RENDERED[name](night())


@EVERY
def test_a_cut_list_says_how_many_more_there_are(name: str):
    digest = night(new=tuple(record(n) for n in range(40)), oldest=())
    assert re.search(r"and (\d+) more", RENDERED[name](digest))
    if name != "slack":
        assert f"and {40 - SHOWN} more" in RENDERED[name](digest)


def test_records_that_are_shown_as_new_are_not_shown_again_as_waiting():
    (waiting,) = [section for section in page_of(night()).sections if section.title == "Waiting for review"]
    assert [item.text for item in waiting.items] == ["Night shifts are swapped by Friday noon"]
    assert waiting.total == 12
    assert waiting.more == 12 - 1 - 7


@EVERY
def test_a_night_without_news_says_so(name: str):
    assert quiet().is_empty
    assert "Nothing new." in RENDERED[name](quiet())


def test_what_has_long_been_standing_is_no_news():
    old = night(
        new=(), changed=(), superseded=(), links=(), counts=DigestCounts(waiting=8, overdue=1, unowned=1, problems=1)
    )
    assert old.is_empty
    for count in ("newly_overdue", "new_problems", "changed", "decided", "open_questions", "links", "superseded"):
        assert not old.model_copy(update={"counts": old.counts.model_copy(update={count: 1})}).is_empty


def test_the_subject_has_the_counts_that_matter_and_no_others():
    assert subject_of(night()) == (
        "Kiosk team: 3 decisions, 1 unsettled matter, 2 action items, 1 open question; "
        "12 to review; 1 overdue; 1 without an owner; 1 problem"
    )
    assert subject_of(quiet()) == "Kiosk team: nothing new"
    assert subject_of(quiet(counts=DigestCounts(decided=1, problems=2))) == "Kiosk team: 1 decision; 2 problems"


def test_the_subject_is_one_short_line_whatever_the_log_is_called():
    for name in (HOSTILE, "x" * 5000, "", "\r\n"):
        subject = subject_of(night(log_name=name))
        assert subject.isprintable()
        assert len(subject) <= SUBJECT_CHARACTERS


@EVERY
def test_no_control_character_and_no_direction_override_gets_through(name: str):
    shown = RENDERED[name](hostile())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


def test_markdown_of_hostile_text_has_no_markup_but_ours():
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(as_markdown(hostile()))
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "table_open",
        "s_open",
        "fence",
        "code_block",
    }
    headings = [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert len(headings) == 1 + len(page_of(hostile()).sections)
    assert [child.content for child in inline if child.type == "code_inline"] == ["decisions show ID"]


def test_markdown_of_hostile_text_reads_as_the_text_that_it_is():
    digest = night(new=(record(1, statement="*A* <b> [x](y) & `z` 1_000_000 ~~no~~"),), oldest=())
    tokens = MarkdownIt("commonmark").parse(as_markdown(digest))
    read = "".join(child.content for token in tokens for child in token.children or [])
    assert "*A* <b> [x](y) & `z` 1_000_000 ~~no~~" in read


def test_html_of_hostile_text_has_the_same_elements_as_that_of_plain_text():
    names = ("new", "oldest", "changed", "superseded", "links", "overdue", "unowned", "problems")
    tame = json.loads(as_json(hostile()))
    tame = {key: value for key, value in tame.items() if key not in ("subject", "is_empty")}
    plain = Digest.model_validate_json(
        json.dumps(tame).replace(json.dumps(HOSTILE.replace("\ud83d", "\ufffd"))[1:-1], "word")
    )
    assert "word" in plain.log_name
    assert all(getattr(plain, name) for name in names)
    found, expected = Tags(as_html(hostile())), Tags(as_html(plain))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in expected.tags]
    assert "<script>alert(1)</script>" in found.text


def test_html_asks_for_nothing_from_elsewhere():
    page = Tags(as_html(hostile()))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "a", "form", "object", "svg", "base"}
    attributes = [(name, value or "") for _, given in page.tags for name, value in given.items()]
    assert not [
        name for name, _ in attributes if name in ("src", "href", "background", "action") or name.startswith("on")
    ]
    assert not [value for name, value in attributes if name == "style" and ("url(" in value or "expression" in value)]


def test_html_is_readable_in_the_dark_and_without_its_style_sheet():
    page = as_html(night())
    assert "prefers-color-scheme: dark" in page
    without = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    headings = [given for tag, given in Tags(without).tags if tag in ("h1", "h2")]
    assert headings
    assert all("color:" in (given["style"] or "") for given in headings)


@pytest.mark.parametrize("digest", [night(), quiet(), hostile(), large()], ids=["night", "quiet", "hostile", "large"])
def test_slack_gets_no_more_than_it_takes(digest: Digest):
    message = as_slack(digest)
    blocks = message["blocks"]
    assert len(blocks) <= BLOCKS
    assert len(json.dumps(blocks, ensure_ascii=False)) <= MESSAGE_CHARACTERS
    for block in blocks:
        assert len("".join(texts(block))) <= BLOCK_CHARACTERS
        assert block["type"] in ("header", "context", "rich_text")
    assert len(blocks[0]["text"]["text"]) <= 150


@pytest.mark.parametrize("digest", [night(), quiet(), hostile(), large()], ids=["night", "quiet", "hostile", "large"])
def test_slacks_own_library_finds_the_blocks_valid(digest: Digest):
    blocks = as_slack(digest)["blocks"]
    parsed = SlackBlock.parse_all(blocks)
    assert [block.to_dict()["type"] for block in parsed] == [block["type"] for block in blocks]


def test_slack_parses_nothing_of_a_text_and_pings_nobody():
    message = as_slack(hostile())
    assert message["text"].startswith("&lt;!channel&gt; &lt;!here&gt; &lt;@U012AB3CD&gt;")
    assert "mrkdwn" not in json.dumps(message)
    found = texts(message["blocks"])
    assert any("!channel>" in text for text in found)
    assert not [text for text in found if re.search(r"<[!@#h]", text)]


def test_slack_ends_with_the_digests_whole_id():
    digest = night(id="d" * 64)
    assert texts(as_slack(digest)["blocks"][-1])[-1].endswith(f"Digest {'d' * 64}.")


def test_slack_shows_the_new_decisions_of_a_large_night_first_and_says_how_many_there_are():
    message = as_slack(large())
    decided = next(block for block in message["blocks"] if block["type"] == "rich_text")
    shown = "".join(texts(decided))
    assert shown.startswith("Decided (400)")
    assert re.search(r"and 39\d more", shown)
    assert shown.count("Decision ") >= 3


def test_json_keeps_every_text_as_it_is_and_reads_back_as_the_same_digest():
    digest = night(log_name="Kiosk \u202e <b> & team")
    read = json.loads(as_json(digest))
    assert read["log_name"] == "Kiosk \u202e <b> & team"
    assert read.pop("subject") == subject_of(digest)
    assert read.pop("is_empty") is False
    assert Digest.model_validate_json(json.dumps(read)) == digest


def test_json_of_one_digest_is_always_the_same_bytes():
    assert as_json(night()).encode() == as_json(night()).encode()
    as_json(hostile()).encode()


@pytest.mark.parametrize("bad", ["", "two words", "a\r\nBcc: x", "<a@b>", "ä", "x" * 65, "-a", "a/b"])
def test_an_id_that_could_break_a_header_is_refused(bad: str):
    with pytest.raises(ValueError, match="id"):
        night(id=bad)


def test_counts_below_what_is_listed_are_refused():
    with pytest.raises(ValueError, match=r"counts\.decided"):
        night(counts=DigestCounts())


def test_times_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="timezone"):
        night(to_time=dt.datetime(2026, 3, 12, 2, 30))


def test_long_texts_and_long_lists_of_people_are_cut():
    crowd = record(1, statement="word " * 500, owners=tuple(f"Person {n}" for n in range(40)), quote="x" * 5000)
    item = page_of(night(new=(crowd,), oldest=())).sections[0].items[0]
    assert item.text.endswith("…")
    assert len(item.text) <= 300
    assert len(item.quote) <= 240
    assert any(fact.endswith("Person 4 and 35 more") for fact in item.facts)


def test_a_record_with_nothing_but_an_id_and_a_type_is_shown():
    bare = DigestRecord(id="d-1", type="decision", statement="")
    digest = night(new=(bare,), oldest=())
    for render in RENDERED.values():
        assert "(no words)" in render(digest)


def test_the_period_names_its_zone():
    zone = dt.timezone(dt.timedelta(hours=2), "CEST")
    page = page_of(night(from_time=FROM.astimezone(zone), to_time=TO.astimezone(zone)))
    assert page.period == "2026-03-11 04:30 to 2026-03-12 04:30 CEST"
