"""The local engine's rules: segments, cleaning, status, owners, deadlines, language."""

from __future__ import annotations

import pytest
from builders import meeting

from extractor.conversation import Participant
from extractor.engines.local.actions import is_task
from extractor.engines.local.due import due_in
from extractor.engines.local.language import language_of, warning_for
from extractor.engines.local.people import People, commits, owners_of
from extractor.engines.local.regions import most_for, peaks
from extractor.engines.local.segments import HARD_LIMIT, script_of, split_turn
from extractor.engines.local.statements import cleaned, content_words, is_acknowledgement
from extractor.engines.local.status import is_personal_call, status_of

PEOPLE = People(
    [
        Participant(id="ann", name="Ann Smith"),
        Participant(id="bob-1", name="Bob Jones (Acme)"),
        Participant(id="bob-2", name="Bob Miller"),
        Participant(id="kim", name="kimchi.eth"),
        Participant(id="will", name="Will Turner"),
        Participant(id="rb", name="RB"),
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "Okay. So, e.g. we ship it on 3.5 nodes? Yes!  Fine…",
        "> somebody else's words\nMy own words.\n```\ncode = 1\n```\nMore of mine",
        "  leading space, trailing space  ",
        "no punctuation " * 60,
        "",
        "\n\n",
        "naïve café 🎉 done. 好的。 ok",
        "a\u2028b\r\nc",
    ],
)
def test_segments_are_verbatim_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = split_turn(text)
    assert spans == sorted(spans)
    rest = text
    for start, end, _ in reversed(spans):
        assert text[start:end].strip() == text[start:end] != ""
        rest = rest[:start] + rest[end:]
    assert not rest.strip()


def test_a_sentence_without_punctuation_is_cut_at_clauses_and_at_a_limit() -> None:
    assert max(len(part.split()) for part in _parts("word " * 100)) <= HARD_LIMIT
    long = "we talked for a long time about the many things one could do with the old server room, and then we left it"
    assert len(_parts(long)) == 2


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split_turn(text)]


def test_quoted_lines_and_code_are_foreign_and_system_turns_are_left_out() -> None:
    assert [foreign for _, _, foreign in split_turn("> quoted\nown")] == [True, False]
    conversation = meeting("Ann: Hello there.", "Ann joined the channel.")
    turns = (conversation.turns[0], conversation.turns[1].model_copy(update={"kind": "system"}))
    script = script_of(conversation.model_copy(update={"turns": turns}))
    assert [segment.text for segment in script.segments] == ["Hello there."]


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Um, so yeah, I think we, we should, uh, go with the the blue one", "We should, go with the blue one."),
        ("And then we'll have, like, two buttons", "We'll have two buttons."),
        ("w-- we need the new index", "We need the new index."),
        ("- **Decision**: use `foo_bar` now", "Decision: use foo_bar now."),
        ("It is very very slow", "It is very very slow."),
        ("um, uh", ""),
    ],
)
def test_statements_lose_fillers_repairs_and_leading_markers_only(spoken: str, written: str) -> None:
    assert cleaned(spoken) == written


def test_acknowledgements_are_known_from_statements_with_content() -> None:
    assert all(is_acknowledgement(text) for text in ("Yeah, let's do that.", "Okay, sounds good.", "+1", "Right."))
    assert not any(is_acknowledgement(text) for text in ("Yes, we ship the beta on Monday.", "Okay?", "The beta."))
    assert content_words("Yeah, so let's do that then") == 0


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Let's go with option B.", "decided"),
        ("So we'll use Postgres for the log.", "decided"),
        ("We decided to ship on Friday.", "decided"),
        ("We're going to drop the speech feature.", "decided"),
        ("Resolved: adopt the draft.", "decided"),
        ("Maybe we should use Postgres?", "tentative"),
        ("I think we should use Postgres.", "tentative"),
        ("I'd propose that we merge it.", "tentative"),
        ("We'll see.", "tentative"),
        ("So we're going to talk about the budget.", "tentative"),
        ("Let's come back to this next week.", "deferred"),
        ("Let's take it offline.", "deferred"),
        ("We won't support the old browser.", "rejected"),
        ("Let's not do that.", "rejected"),
        ("We don't have consensus yet.", "rejected"),
        ("We’re not going to ship it.", "rejected"),
        ("I do not quite see how we could settle this for good today.", "tentative"),
        ("We're using the old parser here.", "tentative"),
        ("Once the numbers are final, we will run it again.", "tentative"),
        ("The plan is to make the decision in two weeks.", "deferred"),
        ("If we dropped it, we would move to version two.", "tentative"),
    ],
)
def test_a_proposal_is_not_a_decision(text: str, status: str) -> None:
    assert status_of(text, accepted=False) == status


def test_an_accepted_proposal_is_decided_and_only_an_explicit_call_names_a_decider() -> None:
    assert status_of("I'd propose that we merge it.", accepted=True) == "decided"
    assert is_personal_call("Okay, I'll make the call: blue.")
    assert not is_personal_call("We decided on blue.")


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("I'll send the draft by Friday.", ["speaker"]),
        ("I’m going to prepare the slides.", ["speaker"]),
        ("I can take that.", ["speaker"]),
        ("I'll ask Ann to send it.", ["speaker"]),
        ("Ann will write the report.", ["ann"]),
        ("Can you check that, Ann?", ["ann"]),
        ("Ann, can you check the numbers?", ["ann"]),
        ("@kimchi.eth please review this", ["kim"]),
        ("ACTION: RB to write tests", ["rb"]),
        ("Bob Jones will write it.", ["bob-1"]),
        ("Ann and RB will do it.", ["ann", "rb"]),
        ("Bob will write it.", []),
        ("We will write it.", []),
        ("Somebody should write it.", []),
        ("You will write it.", []),
        ("He said I'll write it.", []),
        ("I will not write it.", []),
        ("Maybe if I'll write it.", []),
        ("Ann will be on vacation.", []),
        ("We spoke to Ann about it.", []),
        ("It will turner out fine.", []),
    ],
)
def test_owners_are_those_plainly_named_or_speaking_for_themselves(text: str, owners: list[str]) -> None:
    assert owners_of(text.replace("’", "'"), "speaker", PEOPLE, []) == owners


def test_a_request_without_a_name_belongs_to_the_one_who_accepts_it() -> None:
    assert owners_of("Can you write the report?", "ann", PEOPLE, ["rb"]) == ["rb"]
    assert owners_of("Can you write the report?", "ann", PEOPLE, []) == []
    assert owners_of("The report is late.", "ann", PEOPLE, ["rb"]) == []


def test_managing_the_conversation_is_no_task() -> None:
    for text in ("I'll share my screen.", "Can you hear me?", "I'll hand over to Ann.", "Let me just start."):
        assert not is_task(text)
    assert is_task("I'll send the report to the board.")
    assert not commits("I'll be honest with you.")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll send it by Friday.", "by Friday"),
        ("Done before the next call, I hope", "before the next call"),
        ("Let me do it tomorrow morning", "tomorrow morning"),
        ("We need this next week", "next week"),
        ("Finish by the end of the month please", "by the end of the month"),
        ("Ready by March 3rd.", "by March 3rd"),
        ("in two weeks we know", "in two weeks"),
        ("We met last week by the lake", None),
        ("I march on", None),
    ],
)
def test_deadlines_are_quoted_as_said(text: str, due: str | None) -> None:
    assert due_in(text) == due


def test_a_deadline_of_a_decision_must_be_said_as_a_limit() -> None:
    assert due_in("We ship next week", strict=True) is None
    assert due_in("We ship by next week", strict=True) == "by next week"


def test_peaks_keep_their_distance_and_their_number() -> None:
    import numpy as np

    scores = np.array([1.0, 3.0, 2.0, 2.0, -1.0], np.float32)
    times = [0.0, 10.0, 20.0, 50.0, 100.0]
    assert peaks(scores, times, threshold=0.0) == [1, 3]
    assert peaks(scores, times, threshold=0.0, limit=1) == [1]
    assert peaks(scores, times, threshold=0.0, usable=lambda index: index != 1) == [2]
    assert peaks(scores, times, threshold=9.0) == []
    assert (most_for("decision", 3600), most_for("action", 3600), most_for("question", 3600)) == (10, 6, 4)


GERMAN = (
    "Guten Morgen zusammen, wir haben heute beschlossen, dass wir das neue System erst im Herbst einführen. Anna "
    "kümmert sich um die Unterlagen und schickt sie bis Freitag an alle. Danach sprechen wir noch über die Kosten."
)


def test_another_language_is_named_and_english_or_too_little_text_is_not() -> None:
    assert language_of(GERMAN) == "de"
    assert language_of(GERMAN[:150]) is None
    assert (
        language_of("So what we want to do today is talk about the fork and whether the clients merged it. " * 4)
        is None
    )
    assert language_of("erigon besu nethermind teku prysm geth reth 7702 pectra glamsterdam fusaka " * 6) is None
    assert warning_for("de") == (
        "This conversation seems to be in German (de); the local engine was made for English and may miss most of it."
    )
