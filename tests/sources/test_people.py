from __future__ import annotations

import pytest

from extractor.sources.people import People, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Li", "ana-li"),
        ("@jo / Johanna Rey (Ops)", "jo-johanna-rey-ops"),
        ("Łukasz Nowak", "łukasz-nowak"),
        ("0xNova", "0xnova"),
        ("田中 太郎", "田中-太郎"),
        ("🚲", "speaker"),
    ],
)
def test_an_id_keeps_letters_and_digits_of_every_alphabet(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_differ_only_in_marks_get_ids_of_their_own() -> None:
    people = People()
    assert [people.add(name) for name in ("Jo (Ops)", "Jo Ops", "jo  (ops)", "🚲", "🚀")] == [
        "jo-ops",
        "jo-ops-2",
        "jo-ops",
        "speaker",
        "speaker-2",
    ]


def test_ids_of_the_source_tell_people_of_one_name_apart() -> None:
    people = People()
    assert people.add("Alex", key="U1") == "alex"
    assert people.add("Alex", key="U2") == "alex-2"
    assert people.add("Alex", key="U1") == "alex"


@pytest.mark.parametrize("suffix", ["(she/her)", "(SHE/HER)", "[they/them/theirs]", "(he, him)"])
def test_a_pronoun_suffix_is_an_alias_and_not_a_name(suffix: str) -> None:
    people = People()
    people.add(f"Ana Li {suffix}")
    (person,) = people.participants()
    assert (person.name, person.aliases) == ("Ana Li", (f"Ana Li {suffix}",))


def test_invisible_marks_and_white_space_make_no_new_person() -> None:
    people = People()
    assert people.add("\u200eAna\u00a0 Li ") == people.add("Ana Li")
    assert len(people.participants()) == 1
