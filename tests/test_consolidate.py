"""Drafts become records: proven, each once, with people and dates resolved and nothing lost in silence."""

from __future__ import annotations

from datetime import date

from builders import meeting

from extractor.consolidate import consolidate, same_wording
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion, Drafts, DraftStance
from extractor.persons import AMBIGUOUS, UNKNOWN
from extractor.records import Decision

TALK = meeting(
    "Anna Berg: I think we should move the launch to June.",
    "Ben Ito: Yes, let's move the launch to June.",
    "Anna Berg: I'll tell sales by Friday, and Carla will write the page.",
    "Ben Ito: We will see. What about schools?",
    "Anna Lund: Good question, nobody knows.",
    started_at=date(2026, 3, 4),
)


def quote(role, turn, words):
    return DraftEvidence(role=role, turn=turn, quote=words)


def decision(statement="The launch moves to June.", status="decided", evidence=None, **fields):
    evidence = evidence or (quote("accepted", 1, "let's move the launch to June"),)
    return DraftDecision(statement=statement, statement_source="written", status=status, evidence=evidence, **fields)


def action(task="Tell sales", evidence=None, **fields):
    return DraftActionItem(task=task, evidence=evidence or (quote("owner", 2, "I'll tell sales by Friday"),), **fields)


def only(records):
    assert len(records) == 1
    return records[0]


def test_every_quote_is_the_turn_s_own_text_at_the_offsets_given():
    record = only(consolidate(TALK, Drafts(decisions=(decision(),))).decisions)
    for one in record.evidence:
        assert TALK.turns[one.turn].text[one.start_char : one.end_char] == one.quote


def test_a_draft_without_a_quote_in_the_text_is_no_record_but_is_kept_for_diagnosis():
    result = consolidate(TALK, Drafts(decisions=(decision(evidence=(quote("accepted", 1, "we ship in May"),)),)))
    assert not result.decisions
    assert only(result.ungrounded).record is None
    assert only(only(result.ungrounded).quotes).quote == "we ship in May"


def test_a_record_that_loses_one_of_its_quotes_says_so():
    evidence = (quote("accepted", 1, "let's move the launch to June"), quote("rationale", 1, "sales asked for it"))
    result = consolidate(TALK, Drafts(decisions=(decision(evidence=evidence),)))
    assert only(result.ungrounded).record == only(result.decisions).id
    assert "a-quote-was-not-found" in only(result.decisions).flags


def test_i_is_whoever_speaks_the_quote_and_we_is_nobody():
    assert only(consolidate(TALK, Drafts(action_items=(action(owners=("I",)),))).action_items).owners == ("anna-berg",)
    record = only(consolidate(TALK, Drafts(action_items=(action(owners=("we",)),))).action_items)
    assert record.owners == ()
    assert record.flags == ()


def test_a_first_name_counts_only_where_one_person_bears_it():
    record = only(consolidate(TALK, Drafts(action_items=(action(owners=("Ben",)),))).action_items)
    assert record.owners == ("ben-ito",)
    record = only(consolidate(TALK, Drafts(action_items=(action(owners=("Anna",)),))).action_items)
    assert (record.owners, record.flags) == ((), (AMBIGUOUS,))


def test_somebody_absent_may_own_a_task_where_the_quoted_turn_names_them():
    draft = action("Write the page", (quote("owner", 2, "Carla will write the page"),), owners=("Carla",))
    result = consolidate(TALK, Drafts(action_items=(draft,)))
    owner = only(only(result.action_items).owners)
    person = next(one for one in result.conversation.participants if one.id == owner)
    assert (person.name, person.role) == ("Carla", "mentioned")


def test_a_name_that_nobody_said_owns_nothing():
    record = only(consolidate(TALK, Drafts(action_items=(action(owners=("Zoe",)),))).action_items)
    assert (record.owners, record.flags) == ((), (UNKNOWN,))


def test_somebody_who_is_only_talked_about_decided_nothing():
    evidence = (quote("accepted", 2, "Carla will write the page"),)
    record = only(consolidate(TALK, Drafts(decisions=(decision(evidence=evidence, decided_by=("Carla",)),))).decisions)
    assert record.decided_by == ()


def test_a_due_date_counts_from_the_conversation_s_day():
    record = only(consolidate(TALK, Drafts(action_items=(action(due="by Friday"),))).action_items)
    assert record.due is not None
    assert (record.due.text, record.due.date) == ("by Friday", date(2026, 3, 6))


def test_a_repeat_is_folded_into_the_first_mention():
    again = decision("The launch moves to June", evidence=(quote("proposed", 0, "move the launch to June"),))
    record = only(consolidate(TALK, Drafts(decisions=(decision(), again))).decisions)
    assert [one.turn for one in record.evidence] == [0, 1]


def test_the_last_word_on_a_tentative_decision_is_its_status():
    first = decision(status="tentative", evidence=(quote("proposed", 0, "move the launch to June"),))
    record = only(consolidate(TALK, Drafts(decisions=(first, decision()))).decisions)
    assert record.status == "decided"


def test_a_decision_and_its_rejection_are_two_records():
    later = decision(status="rejected", evidence=(quote("reversed", 3, "We will see."),))
    assert len(consolidate(TALK, Drafts(decisions=(decision(), later))).decisions) == 2


def test_sentences_with_other_figures_or_a_negation_do_not_say_the_same():
    assert same_wording("We ship on the 12th of May", "we ship on the 12th of May.")
    assert not same_wording("We ship on the 12th of May", "We ship on the 13th of May")
    assert not same_wording("We will ship the beta in May", "We will not ship the beta in May")


def test_agreement_needs_the_person_s_own_words_and_silence_is_said_to_be_silence():
    stances = (
        DraftStance(person="Ben Ito", stance="agreed", evidence=(quote("accepted", 1, "Yes"),)),
        DraftStance(person="Anna Berg", stance="agreed", evidence=(quote("accepted", 1, "Yes"),)),
        DraftStance(person="Anna Lund", stance="silent"),
    )
    record: Decision = only(consolidate(TALK, Drafts(decisions=(decision(agreement=stances),))).decisions)
    assert [(one.person, one.stance) for one in record.agreement] == [("ben-ito", "agreed"), ("anna-lund", "silent")]


def test_records_come_in_the_order_they_were_said_with_ids_that_repeat_on_the_same_input():
    drafts = Drafts(
        decisions=(
            decision("Schools are left open.", "deferred", (quote("raised", 3, "What about schools?"),)),
            decision(),
        ),
        open_questions=(DraftOpenQuestion(question="Schools?", evidence=(quote("raised", 3, "What about schools?"),)),),
    )
    one, other = consolidate(TALK, drafts), consolidate(TALK, drafts)
    assert [record.evidence[0].turn for record in one.decisions] == [1, 3]
    assert one == other
    ids = [record.id for record in (*one.decisions, *one.open_questions)]
    assert len(set(ids)) == 3


def test_when_it_was_raised_and_decided_comes_from_the_quotes():
    evidence = (quote("proposed", 0, "move the launch to June"), quote("accepted", 1, "Yes"))
    record = only(consolidate(TALK, Drafts(decisions=(decision(evidence=evidence),))).decisions)
    assert (record.raised_at, record.decided_at) == (0.0, 10.0)
    record = only(consolidate(TALK, Drafts(decisions=(decision(status="tentative", evidence=evidence),))).decisions)
    assert record.decided_at is None
