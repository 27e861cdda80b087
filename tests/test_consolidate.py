"""Drafts become records: proven, each once, with people and dates resolved and nothing lost in silence."""

from __future__ import annotations

from datetime import date

from builders import meeting

from extractor.consolidate import consolidate
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion, Drafts, DraftStance
from extractor.merging import content
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


def same_wording(one, other):
    return bool(content(one)) and content(one) == content(other)


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


SHARED = meeting(
    "Anna Berg: I will write the migration and Ben will do the review.",
    "Ben Ito: Which database, and which cloud?",
    "Cem Kaya: We take Postgres. And we host at Hetzner.",
    "Ben Ito: I will look into it.",
    "Cem Kaya: I will look into it.",
)


def test_two_tasks_in_one_sentence_stay_two_with_their_own_owners():
    sentence = SHARED.turns[0].text
    drafts = Drafts(
        action_items=(
            action("Write the migration", (quote("owner", 0, sentence),), owners=("Anna Berg",)),
            action("Review the migration", (quote("owner", 0, sentence),), owners=("Ben Ito",)),
        )
    )
    found = consolidate(SHARED, drafts).action_items
    assert sorted(record.owners for record in found) == [("anna-berg",), ("ben-ito",)]


def test_two_decisions_on_one_question_stay_two():
    raised = quote("raised", 1, "Which database, and which cloud?")
    drafts = Drafts(
        decisions=(
            decision("Postgres is the database.", evidence=(raised, quote("accepted", 2, "We take Postgres."))),
            decision("Hosting is at Hetzner.", evidence=(raised, quote("accepted", 2, "And we host at Hetzner."))),
            decision("Oracle is not used.", "tentative", (raised,)),
        )
    )
    assert len(consolidate(SHARED, drafts).decisions) == 3


def test_the_same_words_of_two_people_are_two_tasks():
    drafts = Drafts(
        action_items=(
            action("I will look into it.", (quote("owner", 3, "I will look into it."),), owners=("I",)),
            action("I will look into it.", (quote("owner", 4, "I will look into it."),), owners=("I",)),
        )
    )
    assert [record.owners for record in consolidate(SHARED, drafts).action_items] == [("ben-ito",), ("cem-kaya",)]


def test_opposites_exchanged_names_and_contracted_negations_do_not_say_the_same():
    pairs = [
        ("Enable the feature flags", "Disable the feature flags"),
        ("We need two reviewers", "We need ten reviewers"),
        ("We move from Stripe to Adyen", "We move from Adyen to Stripe"),
        ("Anna reports to Ben", "Ben reports to Anna"),
        ("We should ship on Friday", "We shouldn't ship on Friday"),
        ("We ship on Friday", "We don’t ship on Friday"),
        ("Maria writes the plan", "Mario writes the plan"),
    ]
    assert [pair for pair in pairs if same_wording(*pair)] == []
    assert same_wording("We don't ship on Friday", "We don’t ship on Friday.")


def test_paraphrases_of_one_quote_are_one_record():
    words = (quote("accepted", 1, "let's move the launch to June"),)
    drafts = Drafts(
        decisions=(
            decision("The launch is moved to June.", evidence=words),
            decision("They move the launch to June.", evidence=words),
        )
    )
    assert len(consolidate(TALK, drafts).decisions) == 1


def test_a_later_due_date_stands_and_the_change_is_flagged():
    words = (quote("owner", 2, "I'll tell sales by Friday"),)
    drafts = Drafts(
        action_items=(
            action("Tell sales", words, owners=("I",), due="by Friday"),
            action("Tell sales", words, owners=("I",), due="by Monday"),
        )
    )
    record = only(consolidate(TALK, drafts).action_items)
    assert record.due is not None
    assert (record.due.text, record.flags) == ("by Monday", ("due-date-changed",))


def test_somebody_s_last_word_is_their_stance_and_a_stance_without_words_is_ungrounded():
    talk = meeting("Anna: We take Acme.", "Ben: Fine.", "Ben: No, wait, I am against Acme.")
    stances = (
        DraftStance(person="Ben", stance="agreed", evidence=(quote("accepted", 1, "Fine."),)),
        DraftStance(person="Ben", stance="objected", evidence=(quote("objected", 2, "I am against Acme"),)),
        DraftStance(person="Anna", stance="objected", evidence=(quote("objected", 0, "never Acme"),)),
    )
    draft = decision("Acme is taken.", evidence=(quote("accepted", 0, "We take Acme."),), agreement=stances)
    result = consolidate(talk, Drafts(decisions=(draft,)))
    assert [(one.person, one.stance) for one in only(result.decisions).agreement] == [("ben", "objected")]
    assert only(result.ungrounded).statement == "Anna: objected"


def test_thousands_of_drafts_are_merged_in_a_moment():
    talk = meeting(*(f"Anna: We settle point number {n}." for n in range(3000)))
    drafts = Drafts(
        decisions=tuple(
            decision(f"Point {n} is settled.", evidence=(quote("accepted", n, f"We settle point number {n}."),))
            for n in range(3000)
        )
    )
    assert len(consolidate(talk, drafts).decisions) == 3000


def test_a_decision_said_again_in_the_same_telling_words_is_one_record():
    line = "We cut the onboarding sequence down to three emails."
    talk = meeting(f"Anna: {line}", "Ben: Fine.", f"Anna: As I said. {line}")
    drafts = Drafts(
        decisions=tuple(
            DraftDecision(
                statement=line, statement_source="quoted", status="decided", evidence=(quote("accepted", turn, line),)
            )
            for turn in (0, 2)
        )
    )
    assert [one.turn for one in only(consolidate(talk, drafts).decisions).evidence] == [0, 2]
