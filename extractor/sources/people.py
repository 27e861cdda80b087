"""Names as they stand in sources -> participants with stable ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.conversation import Participant
from extractor.sources.characters import INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_PRONOUN = (
    r"(?:she|her|hers|he|him|his|they|them|theirs|ze|zir|hir|xe|xem|it|its|any|all|ella|él|elle|iel|sie|er|ona|on)"
)
_PRONOUNS = re.compile(rf"\s*[(\[]\s*{_PRONOUN}(?:\s*[/,|]\s*{_PRONOUN})+\s*[)\]]\s*$", re.IGNORECASE)


def fold_name(name: str) -> str:
    """A name without invisible marks, its white space folded to single blanks."""
    return " ".join(_INVISIBLE.sub("", name).split())


def without_pronouns(name: str) -> str:
    """A name without a suffix such as ``(she/her)``; unchanged where nothing else would be left."""
    return _PRONOUNS.sub("", name) or name


def slug(name: str) -> str:
    """A name as an id: lower-case, letters and digits kept, every run of anything else one ``-``."""
    folded = unicodedata.normalize("NFKC", name).lower()
    kept = "".join(character if character.isalnum() else " " for character in folded)
    return "-".join(kept.split()) or "speaker"


@dataclass
class _Person:
    id: str
    name: str
    number: int
    role: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)


class People:
    """The people of one source, in the order in which they turn up.

    One participant per distinct name; names are the same where they differ in case, white space or a pronoun suffix
    only. Where the source has ids of its own, they tell people of one name apart: pass them as ``key``.
    """

    def __init__(self) -> None:
        self._people: dict[str, _Person] = {}
        self._by_key: dict[str, _Person] = {}
        self._numbers: dict[str, int] = {}

    def add(self, name: str, *, key: str | None = None, aliases: Iterable[str] = (), role: str | None = None) -> str:
        """The participant id of ``name``, who is added where not known yet. Spellings are kept as aliases."""
        written = fold_name(name)
        bare = without_pronouns(written) or "speaker"
        found = self._by_key.get(f"name:{bare.casefold()}" if key is None else f"key:{key}")
        if found is None:
            found = _Person(self._free_id(slug(bare)), bare, len(self._people), role)
            self._people[found.id] = found
            self._by_key[f"name:{bare.casefold()}" if key is None else f"key:{key}"] = found
        for alias in (written, bare, *map(fold_name, aliases)):
            if alias and alias != found.name:
                found.aliases[alias] = None
        return found.id

    def participants(self, ids: Iterable[str] | None = None) -> tuple[Participant, ...]:
        """All people, or those with ``ids``, in the order in which they turned up."""
        known = self._people
        wanted = known.values() if ids is None else [known[each] for each in set(ids) if each in known]
        return tuple(
            Participant(id=person.id, name=person.name, aliases=tuple(person.aliases), role=person.role)
            for person in sorted(wanted, key=lambda person: person.number)
        )

    def _free_id(self, wanted: str) -> str:
        number = self._numbers.get(wanted, 0)
        free = wanted
        while free in self._people:
            number = max(number, 1) + 1
            free = f"{wanted}-{number}"
        self._numbers[wanted] = number
        return free
