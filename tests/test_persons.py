"""A name in a draft becomes a participant only where it can mean nobody else and the words prove it."""

from __future__ import annotations

from datetime import datetime

import pytest
from builders import meeting

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.persons import ABSENT, AMBIGUOUS, UNKNOWN, UNPROVEN, People, Resolved
from extractor.records import Evidence, EvidenceRole

NOBODY = Resolved(())


def said(talk: Conversation, *turns: int, role: EvidenceRole = "owner") -> list[Evidence]:
    """Whole turns as quotes."""
    return [
        Evidence(
            role=role,
            turn=turn,
            quote=talk.turns[turn].text,
            start_char=0,
            end_char=len(talk.turns[turn].text),
            speaker=talk.turns[turn].speaker,
            time=talk.turns[turn].start,
        )
        for turn in turns
    ]


def owners(talk: Conversation, name: str, *turns: int) -> Resolved:
    return People(talk).resolve([name], said(talk, *turns), ("owner",), absent=True)


def deciders(talk: Conversation, name: str, *turns: int) -> Resolved:
    return People(talk).resolve([name], said(talk, *turns, role="decider"), ("decider",))


def between(*people: Participant, text: str = "Anna, Berg, Alex: all of you.") -> Conversation:
    """One turn of nobody's, and these participants."""
    return Conversation(
        id="c",
        kind="meeting",
        title="",
        source="",
        started_at=datetime(2026, 3, 4),
        participants=people,
        turns=(Turn(index=0, speaker=None, text=text),),
        coverage=Coverage.of(len(text), {}),
    )


GROUPS = [
    "We all",
    "You guys",
    "both of us",
    "folks",
    "one of us",
    "the devs",
    "Everybody else",
    "wir",
    "Team members",
    "the team",
    "we'll",
    "n/a",
]


@pytest.mark.parametrize("name", GROUPS)
def test_a_word_for_a_group_is_nobody_even_where_it_is_said(name: str):
    talk = meeting(f"Anna: {name} will write the page.", "Ben: Yes.")
    assert owners(talk, name, 0) == NOBODY
    assert deciders(talk, name, 0) == NOBODY


@pytest.mark.parametrize("name", ["Carla and me", "The Architect", "the new intern", "Carla's Team", "intern"])
def test_a_mention_with_a_pronoun_an_article_a_group_or_no_capital_is_no_person(name: str):
    talk = meeting(f"Anna: Then {name} will write the page.")
    assert owners(talk, name, 0) == Resolved((), (UNKNOWN,))


def test_a_name_that_the_turn_writes_small_is_no_name():
    talk = meeting("Anna: Then grace will write the page.", "Anna: Then Grace will.")
    assert owners(talk, "Grace", 0) == Resolved((), (UNKNOWN,))
    assert owners(talk, "Grace", 1) == Resolved(("mentioned-grace",), (ABSENT,))


def test_somebody_absent_may_own_and_is_flagged_but_decides_nothing():
    talk = meeting("Anna: Carla Diaz will write the page.")
    people = People(talk)
    assert people.resolve(["Carla Diaz"], said(talk, 0), ("owner",), absent=True) == Resolved(
        ("mentioned-carla-diaz",), (ABSENT,)
    )
    assert [person.name for person in people.mentioned.values()] == ["Carla Diaz"]
    assert deciders(talk, "Carla Diaz", 0) == Resolved((), (UNKNOWN,))


LONG = meeting(
    "Dora Ek: Good morning.",
    "Cem Kaya: Who takes the migration?",
    "Anna Berg: It should be done by Friday, says Ben.",
    "Ben Ito: Fine.",
    "Eva Falk: Sure.",
    "Fay Gold: Next point.",
    aliases={"Eva Falk": ("evi",)},
)


def test_a_decider_speaks_a_quote_or_is_named_in_a_quoted_turn():
    assert deciders(LONG, "Anna Berg", 2) == Resolved(("anna-berg",))
    assert deciders(LONG, "Ben Ito", 2) == Resolved(("ben-ito",))
    for name in ("Cem Kaya", "Eva Falk", "Dora Ek"):
        assert deciders(LONG, name, 2) == Resolved((), (UNPROVEN,))


def test_an_owner_may_also_speak_right_before_or_in_the_two_turns_after():
    for name, person in [("Cem Kaya", "cem-kaya"), ("Ben Ito", "ben-ito"), ("Eva Falk", "eva-falk")]:
        assert owners(LONG, name, 2) == Resolved((person,))
    for name in ("Dora Ek", "Fay Gold"):
        assert owners(LONG, name, 2) == Resolved((), (UNPROVEN,))


@pytest.mark.parametrize("words", ["eva falk does it", "EVI does it", "Eva's task", "that is for Falk"])
def test_a_name_an_alias_or_a_part_of_the_name_in_any_case_is_proof(words: str):
    anna, eva = Participant(id="a", name="Anna Berg"), Participant(id="e", name="Eva Falk", aliases=("evi",))
    assert deciders(between(anna, eva, text=words), "e", 0) == Resolved(("e",))


@pytest.mark.parametrize("words", ["Evaluate it", "eva.", "the falkland report"])
def test_a_name_within_another_word_or_shared_with_another_is_no_proof(words: str):
    eva, other = Participant(id="e", name="Eva Falk"), Participant(id="o", name="Eva Horn")
    assert deciders(between(eva, other, text=words), "e", 0) == Resolved((), (UNPROVEN,))


def test_a_name_stands_between_letters_where_a_script_has_no_blanks():
    talk = between(Participant(id="z", name="\u5f20\u4f1f"), text="\u8bf7\u5f20\u4f1f\u5199\u62a5\u544a")
    assert deciders(talk, "z", 0) == Resolved(("z",))


def test_a_pronoun_that_is_somebody_s_name_proves_nothing():
    talk = between(Participant(id="p1", name="You"), text="Can you do that?")
    assert owners(talk, "p1", 0) == Resolved((), (UNPROVEN,))


def test_i_needs_no_further_proof_and_is_unclear_where_two_speak():
    assert owners(LONG, "I", 2) == Resolved(("anna-berg",))
    assert owners(LONG, "I", 2, 3) == Resolved((), (AMBIGUOUS,))


ANNA, ANNA_BERG = Participant(id="anna", name="Anna"), Participant(id="anna-berg", name="Anna Berg")


def test_a_first_or_a_last_name_that_one_person_has_is_that_person():
    ben = Participant(id="b", name="Ben Ito")
    assert deciders(between(ANNA_BERG, ben), "Anna", 0) == Resolved(("anna-berg",))
    assert deciders(between(ANNA_BERG, ben), "Berg", 0) == Resolved(("anna-berg",))


def test_a_name_that_is_whole_for_one_and_part_for_another_is_ambiguous():
    assert deciders(between(ANNA, ANNA_BERG), "Anna", 0) == Resolved((), (AMBIGUOUS,))
    assert deciders(between(ANNA, ANNA_BERG), "Anna Berg", 0) == Resolved(("anna-berg",))
    assert deciders(between(ANNA, ANNA_BERG, text="So says Anna."), "Anna Berg", 0) == Resolved((), (UNPROVEN,))


def test_an_exact_id_is_its_bearer_whatever_else_it_may_mean():
    assert deciders(between(ANNA, ANNA_BERG), "anna", 0) == Resolved(("anna",))
    swapped = between(Participant(id="Alex", name="Bo", aliases=("Alex",)), Participant(id="bo", name="Alex"))
    assert deciders(swapped, "Alex", 0).ids == ("Alex",)


def test_a_whole_name_beats_an_alias():
    alex, other = Participant(id="1", name="Alex"), Participant(id="2", name="Sasha Kim", aliases=("Alex",))
    assert deciders(between(alex, other), "Alex", 0) == Resolved(("1",))
    shared = Participant(id="3", name="Alex Roe")
    assert deciders(between(shared, other), "Alex", 0) == Resolved((), (AMBIGUOUS,))


@pytest.mark.parametrize("name", ["Alex (alex)", "alex (ALEX)", " Alex  (alex) "])
def test_a_namesake_is_known_by_name_and_id(name: str):
    talk = between(Participant(id="alex", name="Alex"), Participant(id="alex-2", name="Alex"))
    assert deciders(talk, name, 0) == Resolved(("alex",))
    assert deciders(talk, "Alex", 0) == Resolved((), (AMBIGUOUS,))


def test_find_names_the_one_participant_who_is_meant_and_needs_no_proof():
    people = People(LONG)
    assert people.find("Dora") == "dora-ek"
    assert [people.find(name) for name in ("I", "we", "Zoe")] == [None, None, None]
