"""Reactions as chats and forums write them -> reactions of a turn."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.conversation import Reaction


def reactions_by_person(each: Iterable[tuple[str, str | None]]) -> tuple[Reaction, ...]:
    """The reactions where the source has one entry for each person: the name of the reaction and the person's id, None
    where it does not say who it is. Entries without a name count nothing.
    """
    people: dict[str, list[str | None]] = {}
    for name, person in each:
        if name:
            people.setdefault(name, []).append(person)
    return tuple(Reaction(name=name, count=len(who), people=_known(who)) for name, who in people.items())


def reactions_by_name(each: Iterable[tuple[str, float | None, Iterable[str | None]]]) -> tuple[Reaction, ...]:
    """The reactions where the source has one entry for each of them: its name, how often it was given, and by whom, as
    far as the source says. Without a number, those who are known are counted; entries without a name are none.
    """
    found = []
    for name, count, people in each:
        known = _known(people)
        if name:
            found.append(Reaction(name=name, count=int(count) if count is not None else len(known), people=known))
    return tuple(found)


def _known(people: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for person in people if person is not None))
