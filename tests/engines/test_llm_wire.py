"""The schema that goes out and the answers that come back."""

import json
from typing import Any

import pytest

from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion
from extractor.engines.wire import (
    WireActionItem,
    WireAnswer,
    WireDecision,
    WireOpenQuestion,
    read_answer,
    response_format,
)
from extractor.errors import AnswerEmptyError, AnswerInvalidError

SHOWN = frozenset(range(10))
ALLOWED_KEYWORDS = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "$ref", "$defs"}


def decision(**changes: Any) -> dict[str, Any]:
    return {
        "evidence": [{"role": "accepted", "turn": 3, "quote": "Blue it is."}],
        "statement": "The tiles will be blue.",
        "status": "decided",
        "flags": [],
        "topic": "tiles",
        "category": None,
        "significance": "low",
        "decided_by": ["Anna"],
        "owners": [],
        "rationale": None,
        "alternatives": [{"option": "red", "why_not": None}],
        "conditions": [],
        "agreement": [
            {"evidence": [{"role": "accepted", "turn": 4, "quote": "Yes."}], "person": "Ben", "stance": "agreed"}
        ],
        "due": None,
        **changes,
    }


def text(**lists: Any) -> str:
    return json.dumps({"decisions": [], "action_items": [], "open_questions": [], **lists})


def objects(node: Any, depth: int = 0) -> list[tuple[dict[str, Any], int]]:
    """Every schema object below ``node`` with its depth, not following references."""
    if isinstance(node, list):
        return [found for part in node for found in objects(part, depth)]
    if not isinstance(node, dict):
        return []
    found = [(node, depth)]
    for key, value in node.items():
        inner = value.values() if key in ("properties", "$defs") else [value] if key in ("items", "anyOf") else []
        for part in inner:
            found += objects(part, depth + 1)
    return found


def test_the_schema_obeys_the_rules_of_strict_mode():
    sent = response_format()
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["strict"] is True
    schema = sent["json_schema"]["schema"]
    assert schema["type"] == "object"
    for node, _ in objects(schema):
        assert set(node) <= ALLOWED_KEYWORDS, node
        assert "$ref" not in node or set(node) == {"$ref"}
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])


def test_the_schema_asks_for_no_confidence():
    assert "confidence" not in json.dumps(response_format())


@pytest.mark.parametrize("wire", [WireDecision, WireActionItem, WireOpenQuestion])
def test_evidence_is_asked_for_before_anything_is_written(wire):
    assert next(iter(wire.model_fields)) == "evidence"


@pytest.mark.parametrize(
    ("wire", "draft"),
    [(WireDecision, DraftDecision), (WireActionItem, DraftActionItem), (WireOpenQuestion, DraftOpenQuestion)],
)
def test_every_field_of_the_wire_is_one_of_the_draft(wire, draft):
    ours = {"confidence", "statement_source"} | ({"flags"} - set(wire.model_fields))
    assert set(wire.model_fields) == set(draft.model_fields) - ours


def test_an_answer_that_meets_the_schema_becomes_drafts():
    item = {
        "evidence": [{"role": "owner", "turn": 5, "quote": "I'll order."}],
        "task": "Order.",
        "owners": ["I"],
        "due": "by Friday",
    }
    question = {
        "evidence": [{"role": "raised", "turn": 6, "quote": "Which shade?"}],
        "question": "Which shade of blue?",
        "raised_by": ["Ben"],
        "owners": [],
        "blocks": "the order",
        "missing_information": None,
    }
    body = text(decisions=[decision()], action_items=[item], open_questions=[question])
    WireAnswer.model_validate_json(body)
    reading = read_answer(body, SHOWN)
    (found,) = reading.decisions
    assert found.statement_source == "written"
    assert found.confidence is None
    assert found.evidence == (DraftEvidence(role="accepted", turn=3, quote="Blue it is."),)
    assert found.agreement[0].person == "Ben"
    assert found.alternatives[0].option == "red"
    assert reading.action_items[0].due == "by Friday"
    assert reading.open_questions[0].blocks == "the order"
    assert reading.error is None
    assert reading.warnings("turns 0 to 9") == []


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n{}\n```",
        "```\n{}\n```",
        "  \n{}\n ",
        "<think>Let me {see}.</think>\n{}",
        "<think>a</think>```json\n{}\n```",
    ],
)
def test_wrapping_around_the_json_is_taken_off(wrapped):
    assert read_answer(wrapped.replace("{}", text(decisions=[decision()])), SHOWN).kept == 1


@pytest.mark.parametrize("nothing", ["", "  \n", "```json\n```", "<think>hm</think>"])
def test_an_answer_without_content_is_empty(nothing):
    with pytest.raises(AnswerEmptyError):
        read_answer(nothing, SHOWN)


@pytest.mark.parametrize(
    "bad",
    [
        '{"decisions": [oops',
        "Sorry, I cannot.",
        "[]",
        "null",
        "17",
        "{}",
        '{"decisions": 3}',
        "[" * 100_000,
        '{"a": ' + "9" * 5000 + "}",
    ],
)
def test_what_is_no_answer_is_invalid(bad):
    with pytest.raises(AnswerInvalidError):
        read_answer(bad, SHOWN)


def test_a_record_that_cites_a_turn_not_shown_is_refused_and_counted():
    bad = decision(evidence=[{"role": "accepted", "turn": 99, "quote": "Blue it is."}])
    reading = read_answer(text(decisions=[decision(), bad]), SHOWN)
    assert len(reading.decisions) == 1
    assert reading.error is None
    (warning,) = reading.warnings("turns 0 to 9")
    assert warning == (
        "Refused from the answer for turns 0 to 9: 1 of 2 decisions (1 with no quote from a turn that was shown)."
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": "agreed"}, "status"),
        ({"status": None}, "status: field required"),
        ({"statement": "  "}, "an empty statement"),
        ({"evidence": []}, "no quote"),
        ({"evidence": [{"role": "accepted", "turn": -1, "quote": "x"}]}, "no quote"),
        ({"evidence": [{"role": "accepted", "turn": 3, "quote": "  "}]}, "no quote"),
        ({"evidence": [{"role": "proof", "turn": 3, "quote": "x"}]}, "evidence.*.role"),
        ({"evidence": [{"role": "accepted", "turn": "three", "quote": "x"}]}, "evidence.*.turn"),
        ({"owners": "Anna"}, "owners"),
    ],
)
def test_a_refused_record_is_named_with_its_reason(change, reason):
    reading = read_answer(text(decisions=[decision(), decision(**change)]), SHOWN)
    assert reading.kept == 1
    ((kind, why),) = reading.refused
    assert kind == "decisions"
    assert reason in why


def test_a_reason_holds_no_text_of_the_record():
    reading = read_answer(text(decisions=[decision(status="SECRET WORDS"), "SECRET WORDS"]), SHOWN)
    assert "SECRET" not in " ".join(reading.warnings("turns 0 to 9"))


def test_a_quote_from_a_turn_not_shown_is_left_out_of_a_record_that_stands_without_it():
    evidence = [{"role": "proposed", "turn": 77, "quote": "Blue?"}, *decision()["evidence"]]
    reading = read_answer(text(decisions=[decision(evidence=evidence)]), SHOWN)
    assert [quote.turn for quote in reading.decisions[0].evidence] == [3]
    (warning,) = reading.warnings("turns 0 to 9")
    assert warning.startswith("Quotes left out of the answer for turns 0 to 9: 1 ")


def test_fields_that_a_server_left_out_count_as_empty():
    bare = {"evidence": decision()["evidence"], "statement": "The tiles will be blue.", "status": "decided", "extra": 1}
    reading = read_answer(text(decisions=[bare]), SHOWN)
    assert reading.decisions[0].owners == ()
    assert reading.decisions[0].due is None


def test_a_confidence_that_nobody_asked_for_is_not_taken():
    assert read_answer(text(decisions=[decision(confidence=0.99)]), SHOWN).decisions[0].confidence is None


def test_an_answer_that_lacks_a_list_is_not_whole():
    reading = read_answer(json.dumps({"decisions": [decision()], "action_items": []}), SHOWN)
    assert reading.kept == 1
    assert reading.missing == ("open_questions",)
    assert "open_questions" in str(reading.error)


def test_an_answer_in_which_no_record_holds_is_invalid():
    reading = read_answer(text(decisions=[{"a": 1}]), SHOWN)
    assert "statement: field required" in str(reading.error)


def test_blank_names_and_words_are_nobody_and_nothing():
    reading = read_answer(text(decisions=[decision(owners=["", " ", "Anna", "Anna"], due=" ", rationale="")]), SHOWN)
    assert reading.decisions[0].owners == ("Anna",)
    assert reading.decisions[0].due is None
    assert reading.decisions[0].rationale is None


def test_half_a_character_in_an_answer_is_replaced():
    reading = read_answer(text(decisions=[decision(statement="Blue \ud800 tiles \U0001f600")]), SHOWN)
    assert reading.decisions[0].statement == "Blue ? tiles \U0001f600"


def test_half_a_character_that_is_not_escaped_is_replaced_alike():
    answer = text(decisions=[decision(statement="Blue * tiles")]).replace("*", "\ud800")
    assert read_answer(answer, SHOWN).decisions[0].statement == "Blue ? tiles"


def test_people_are_named_as_the_caller_maps_them():
    answer = text(decisions=[decision(owners=["Ben"])])
    (found,) = read_answer(answer, SHOWN, {"Anna": "p1", "Ben": "p2"}.__getitem__).decisions
    assert (found.decided_by, found.owners, found.agreement[0].person) == (("p1",), ("p2",), "p2")


def test_only_the_flags_that_were_offered_are_taken():
    reading = read_answer(text(decisions=[decision(flags=["recap", "approved-by-everyone"])]), SHOWN)
    assert reading.decisions[0].flags == ("recap",)
