"""One person under several spellings is one participant, and two people who share a name stay two."""

from __future__ import annotations

import pytest

from extractor.conversation import Conversation, Coverage, Participant, Quotation, Reaction, Turn
from extractor.sources.spellings import merge_spellings, rename


def spoken(*names: str) -> Conversation:
    """A conversation with one turn for each name, each a participant of its own."""
    people = tuple(Participant(id=f"p{number}", name=name) for number, name in enumerate(names))
    turns = tuple(Turn(index=number, speaker=person.id, text="Yes.") for number, person in enumerate(people))
    coverage = Coverage.of(4 * len(turns), {})
    return Conversation(
        id="c", kind="meeting", title="t", source="s", participants=people, turns=turns, coverage=coverage
    )


def names(conversation: Conversation) -> list[str]:
    return [person.name for person in conversation.participants]


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("Mateo van den Berg", "Mateo Van Den Berg (M)", "Mateo van den Berg"),
        ("Mateo Van Den Berg (M)", "Mateo van den Berg", "Mateo van den Berg"),
        ("Sho Lindqvist | Nordwind", "Sho Lindqvist |nordwind", "Sho Lindqvist | Nordwind"),
        ("Ana Li", "Ana Li || Quiet Labs", "Ana Li"),
        ("Ana Li", "Ana Li [remote]", "Ana Li"),
        ("Ana Li (she/her)", "Ana Li", "Ana Li"),
        ("Ana Li (Guest)", "Ana Li", "Ana Li"),
        ("Ana Li (Invitée)", "Ana Li", "Ana Li"),
        ("Rey, Johanna", "Johanna Rey", "Rey, Johanna"),
        ("Tomi", "Tomi\u2019s iPhone ", "Tomi"),
        ("Ana Li's MacBook Pro", "Ana Li", "Ana Li"),
        ("iPhone von Ana Li", "Ana Li", "Ana Li"),
        ("Iven Rask's Presentation", "Iven Rask", "Iven Rask"),
        ("Łukasz Nowak", "Lukasz Nowak", "Łukasz Nowak"),
        ("Rufus.Woodfield", "Rufus Woodfield", "Rufus.Woodfield"),
        ("Pavel 🚲", "pavel", "Pavel 🚲"),
        ("Ana Li - Quiet Labs", "Ana Li", "Ana Li"),
    ],
)
def test_one_person_under_two_spellings_is_one_participant(one: str, other: str, kept: str) -> None:
    merged = merge_spellings(spoken(one, other))
    (person,) = merged.participants
    assert person.name == kept
    assert set(person.aliases) == {one, other} - {kept}
    assert {turn.speaker for turn in merged.turns} == {person.id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Li (Ops)", "Ana Li (Labs)"),  # two affiliations behind one name
        ("Milo", "Milo (Ops)"),  # a first name alone
        ("Ana Li", "Ana Lin"),
        ("Mira + Jo 🚗", "Mira"),
        ("Mira and Jo", "Mira"),
        ("iPhone", "iPhone (2)"),
        ("Speaker 1", "Speaker 2"),
        ("Speaker 1", "Speaker 11"),
        ("User (1)", "User (2)"),
        ("田中 太郎", "田中 次郎"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert names(merge_spellings(spoken(one, other))) == [one, other]


def test_a_third_spelling_without_affiliation_joins_neither_of_two_people_of_one_name() -> None:
    assert len(merge_spellings(spoken("Ana Li (Ops)", "Ana Li (Labs)", "Ana Li")).participants) == 3


def test_two_people_whom_the_source_gives_one_name_stay_two() -> None:
    assert names(merge_spellings(spoken("Ana Li", "Ana Li"))) == ["Ana Li", "Ana Li"]


def test_merging_reaches_reactions_and_quotations() -> None:
    conversation = spoken("Ana Li", "Ana Li (Ops)")
    marked = conversation.turns[0].model_copy(
        update={
            "reactions": (Reaction(name="+1", count=2, people=("p0", "p1")),),
            "quotes": (Quotation(char=0, depth=1, author="p1", text="Yes."),),
        }
    )
    merged = merge_spellings(conversation.model_copy(update={"turns": (marked, conversation.turns[1])}))
    assert merged.turns[0].reactions[0].people == ("p0",)
    assert merged.turns[0].quotes[0].author == "p0"
    Conversation.model_validate(merged.model_dump())


def test_people_are_called_as_the_user_says_by_any_of_their_names() -> None:
    conversation = merge_spellings(spoken("Speaker 1", "Ben Ode", "Ben Ode (Ops)"))
    renamed = rename(conversation, {"speaker 1": "Ana Li", "ben ode (ops)": "Benjamin Ode"})
    assert names(renamed) == ["Ana Li", "Benjamin Ode"]
    assert renamed.participants[0].aliases == ("Speaker 1",)


def test_two_labels_that_get_one_name_become_one_person_and_join_who_has_it_already() -> None:
    renamed = rename(spoken("Me", "Ana Li", "Ana's phone", "Jo"), {"me": "Ana Li", "ana's phone": "Ana Li"})
    assert names(renamed) == ["Ana Li", "Jo"]
    assert [turn.speaker for turn in renamed.turns] == ["p1", "p1", "p1", "p3"]


def test_a_name_of_any_length_is_looked_at_in_an_instant() -> None:
    assert len(merge_spellings(spoken("(" * 100_000, "a " * 100_000, "'s " * 50_000)).participants) == 3
