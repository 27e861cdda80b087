"""What is printed is true to the document, and text from files can do nothing to the page or the terminal."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from builders import ScriptedEngine, meeting
from rich.console import Console

from extractor.conversation import Coverage
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion, Drafts
from extractor.extraction import extract
from extractor.records import Document, Unprocessed
from extractor.reports.documents import as_json, as_json_lines, as_markdown
from extractor.reports.terminal import show
from extractor.reports.text import clock, count, markdown, plain
from extractor.sources import Reading

WARNINGS = ("2 of 3 decisions were refused.", "1 of 9 decisions were refused.", "Half of it was guessed.")
HOSTILE = "\x1b[31mred\x07 <script>alert(1)</script> [a](b) `c` \u202eback | # head\nnew"


def document(
    text: str = "We move the launch to June.", speaker: str = "Anna Berg", flags: tuple[str, ...] = ()
) -> Document:
    talk = meeting(f"{speaker}: {text}", "Ben Ito: I'll tell sales. What about schools?")
    person = talk.participants[0].id
    drafts = Drafts(
        decisions=(
            DraftDecision(
                statement=text,
                statement_source="quoted",
                status="decided",
                decided_by=(person,),
                confidence=0.85,
                flags=flags,
                evidence=(DraftEvidence(role="accepted", turn=0, quote=text),),
            ),
        ),
        action_items=(
            DraftActionItem(
                task="Tell sales",
                owners=("I",),
                flags=flags,
                due="by Friday",
                evidence=(DraftEvidence(role="owner", turn=1, quote="I'll tell sales"),),
            ),
        ),
        open_questions=(
            DraftOpenQuestion(
                question="What about schools?",
                raised_by=("Ben",),
                flags=flags,
                evidence=(DraftEvidence(role="raised", turn=1, quote="What about schools?"),),
            ),
        ),
        unprocessed=(Unprocessed(from_turn=1, to_turn=1, reason="The answer was cut off."),),
        warnings=WARNINGS,
    )
    readings = [
        Reading(path="talk.vtt", conversations=(talk,), coverage=Coverage.of(0, {})),
        Reading(path="bad.pdf", error="bad.pdf is a PDF. Export the text."),
    ]
    return extract(readings, ScriptedEngine([drafts]))


def on_terminal(doc: Document, width: int) -> str:
    console = Console(width=width, force_terminal=True, color_system=None, record=True, highlight=False)
    with console.capture() as captured:
        show(doc, console)
    return captured.get()


def test_the_json_meets_the_published_schema_and_reads_back_the_same():
    doc = document()
    text = as_json(doc)
    jsonschema.validate(json.loads(text), Document.model_json_schema(mode="serialization"))
    assert Document.model_validate_json(text) == doc


def test_every_field_of_the_contract_is_there_also_where_nothing_fills_it():
    decision = json.loads(as_json(document()))["conversations"][0]["decisions"][0]
    expected = (
        "id statement statement_source status category topic significance decided_by owners roles rationale "
        "alternatives conditions information agreement raised_at decided_at due confidence flags evidence"
    )
    assert set(decision) == set(expected.split())
    assert decision["roles"] == {"responsible": [], "accountable": [], "consulted": [], "informed": []}


def test_json_lines_hold_every_record_and_everything_that_is_missing():
    lines = [json.loads(line) for line in as_json_lines(document()).splitlines()]
    kinds = ["decision", "action_item", "open_question", "unprocessed", *["warning"] * 3, "source_error"]
    assert [line["type"] for line in lines] == kinds
    assert [line["warning"] for line in lines if line["type"] == "warning"] == list(WARNINGS)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_the_table_tells_who_when_and_in_which_words_at_any_width(width: int):
    shown = " ".join(on_terminal(document(), width).split())
    for expected in (
        "decided",
        "Anna Berg",
        "0:00",
        "by Friday",
        "I'll tell sales",
        "What about schools?",
    ):
        assert expected in shown
    assert "not processed" in shown


def test_the_table_ends_with_the_warnings_one_of_each_kind():
    shown = " ".join(on_terminal(document(), 100).split())
    assert "Warning: 2 of 3 decisions were refused. (and 1 more like this)" in shown
    assert "1 of 9" not in shown
    assert "Warning: Half of it was guessed." in shown


def test_flags_are_shown_in_words_beside_every_kind_of_record():
    flagged = document(flags=("a-quote-was-not-found", "person-ambiguous"))
    words = "a quote was not found, person ambiguous"
    assert " ".join(on_terminal(flagged, 200).split()).count("person ambiguous") == 3
    assert as_markdown(flagged).count(f"*{words}*") == 3


@pytest.mark.parametrize("flag", ["recap", "imposed"])
def test_a_decision_that_was_not_taken_here_does_not_look_like_one_that_was(flag: str):
    def status(doc: Document) -> str:
        console = Console(width=100, force_terminal=True, color_system="standard", highlight=False)
        with console.capture() as captured:
            show(doc, console)
        return next(line for line in captured.get().splitlines() if "decided" in line).split("decided")[0][-10:]

    assert status(document(flags=(flag,))) != status(document()) == status(document(flags=("person-ambiguous",)))
    assert flag in on_terminal(document(flags=(flag,)), 100)
    assert f"**decided**, *{flag}*" in as_markdown(document(flags=(flag,)))


def test_half_a_character_breaks_no_output():
    doc = document(speaker="Eve \udcff")
    for text in (as_json(doc), as_json_lines(doc), as_markdown(doc), on_terminal(doc, 100)):
        assert "\ufffd" in text
        text.encode("utf-8")


def test_markdown_tells_the_same_and_names_what_was_not_read():
    text = as_markdown(document())
    for expected in ("### We move the launch to June.", "**decided**", "by Friday", "> I'll tell sales", "## Not read"):
        assert expected in text


def test_hostile_text_moves_no_cursor_and_reorders_no_line():
    shown = on_terminal(document(HOSTILE, "Eve \x1b[2J\u202e"), 100)
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", re.sub(r"\x1b\[[0-9;]*m", "", shown)
    )
    assert "\x1b[2J" not in shown
    assert "\x1b[31m" not in shown


def test_hostile_text_becomes_no_markup():
    text = as_markdown(document(HOSTILE))
    assert "<script>" not in text
    assert "[a](b)" not in text
    assert "\x1b" not in text


def test_markdown_escapes_what_would_start_a_list_or_a_heading():
    assert markdown("# one") == r"\# one"
    assert markdown("1. one") == r"1\. one"
    assert markdown("- one") == r"\- one"


def test_times_and_counts_read_like_a_person_writes_them():
    assert [clock(0.0), clock(754.2), clock(3723.0), clock(None)] == ["0:00", "12:34", "1:02:03", ""]
    assert [count(1, "decision"), count(1204, "turn"), count(0, "turn")] == ["1 decision", "1,204 turns", "0 turns"]


def test_plain_text_keeps_letters_of_every_script_and_emoji():
    assert plain("Łukasz 田中 👩‍🚀 é") == "Łukasz 田中 👩‍🚀 é"
