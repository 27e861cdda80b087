"""The main job keeps what it has when something fails, and says what it does not have."""

from __future__ import annotations

import pytest
from builders import ScriptedEngine, meeting

from extractor.conversation import Coverage
from extractor.drafts import DraftActionItem, DraftEvidence, Drafts
from extractor.errors import AnswerCutOffError, EngineAuthError, EngineTimeoutError
from extractor.extraction import extract, is_complete
from extractor.records import Usage
from extractor.sources import Reading

TALK = meeting("Anna: I'll write the report.", "Ben: Thanks.")
FOUND = Drafts(
    action_items=(
        DraftActionItem(
            task="Write the report",
            owners=("I",),
            evidence=(DraftEvidence(role="owner", turn=0, quote="I'll write the report"),),
        ),
    ),
    usage=Usage(calls=1, input_tokens=10, output_tokens=5),
)


def readings(number: int, error: str | None = None) -> list[Reading]:
    return [
        Reading(path=f"{n}.vtt", conversations=(TALK,), coverage=Coverage.of(0, {}), error=error) for n in range(number)
    ]


def test_usage_is_summed_over_conversations():
    document = extract(readings(3), ScriptedEngine([FOUND] * 3))
    assert (document.usage.calls, document.usage.input_tokens, document.usage.output_tokens) == (3, 30, 15)
    assert is_complete(document)


def test_a_conversation_that_failed_is_named_with_all_its_turns_and_the_others_go_on():
    engine = ScriptedEngine([FOUND, AnswerCutOffError("The answer was cut off.", "Try a larger model."), FOUND])
    document = extract(readings(3), engine)
    failed = document.conversations[1]
    assert [(gap.from_turn, gap.to_turn, gap.reason) for gap in failed.unprocessed] == [
        (0, 1, "The answer was cut off.")
    ]
    assert [len(entry.action_items) for entry in document.conversations] == [1, 0, 1]
    assert not is_complete(document)


def test_an_error_that_would_meet_every_conversation_is_raised_at_the_first():
    with pytest.raises(EngineAuthError):
        extract(readings(2), ScriptedEngine([EngineAuthError("Wrong key.", "Set another.")]))


def test_an_error_that_ends_a_run_later_on_keeps_what_was_done():
    engine = ScriptedEngine([FOUND, EngineAuthError("Wrong key.", "Set another.")])
    document = extract(readings(3), engine)
    assert [len(entry.action_items) for entry in document.conversations] == [1, 0, 0]
    assert [len(entry.unprocessed) for entry in document.conversations] == [0, 1, 1]


def test_where_every_conversation_failed_nothing_was_done_and_the_error_says_so():
    with pytest.raises(EngineTimeoutError):
        extract(readings(2), ScriptedEngine([EngineTimeoutError("No answer.", "Wait.") for _ in range(2)]))


def test_a_source_that_was_read_in_part_makes_the_run_incomplete():
    assert not is_complete(extract(readings(1, "Cut off."), ScriptedEngine([FOUND])))


def test_what_a_failed_conversation_cost_is_in_the_bill():
    refused = AnswerCutOffError("The answer was cut off.", "Try a larger model.")
    refused.calls, refused.input_tokens = 2, 70
    document = extract(readings(2), ScriptedEngine([refused, FOUND]))
    assert (document.usage.calls, document.usage.input_tokens) == (3, 80)
