"""Erased people are known again by salted digests of their names, and by nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from extractor.index.model import storable
from extractor.log.events import digest
from extractor.log.redacting import words_of
from extractor.log.tables import erased_names, people

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_KEY: Final = 300
"""Characters of a key; of four bytes each at most."""
NAME_WORDS: Final = range(2, 6)
"""Words of a full name that is found in a text by its digest."""


def name_key(name: str) -> str:
    """A person's name as the log tells people apart: folded, single blanks."""
    return as_key(" ".join(storable(name).strip().casefold().split()))


def as_key(text: str) -> str:
    """A text as part of a key: an index of PostgreSQL holds no row of more than 2,700 bytes."""
    if len(text) <= LONGEST_KEY:
        return text
    return f"{text[:LONGEST_KEY]}#{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def digested(names: Iterable[str]) -> set[str]:
    """The forms of a person's names that are kept as digests: as people are told apart, and as words in a text."""
    forms: set[str] = set()
    for name in names:
        forms.add(name_key(name))
        words = words_of(name)
        if len(words) in NAME_WORDS:
            forms.add(" ".join(words))
    return forms - {""}


class ErasedNames:
    """The names of erased people, as they stood when this was made."""

    def __init__(self, connection: Connection) -> None:
        self._people: dict[str, dict[str, int]] = {}
        """People by the digests of their names, by the salt of these: there is one salt, unless a log was restored."""
        rows = connection.execute(select(erased_names.c.person, erased_names.c.salt, erased_names.c.digest))
        for row in rows:
            self._people.setdefault(row.salt, {})[row.digest] = row.person

    def __bool__(self) -> bool:
        return bool(self._people)

    @property
    def salt(self) -> str | None:
        """The salt under which more names are to be kept, so that looking for one is quick; None for a new one."""
        return next(iter(self._people), None)

    def bearer(self, name: str) -> int | None:
        """The number of the erased person who bore this name, None where nobody did."""
        return self._bearer(name_key(name))

    def named_in(self, texts: Iterable[str]) -> dict[int, set[str]]:
        """Names of several words that stand in texts, folded, by the person."""
        runs: set[str] = set()
        for text in texts:
            words = words_of(text)
            for size in NAME_WORDS:
                runs.update(" ".join(words[start : start + size]) for start in range(len(words) - size + 1))
        found: dict[int, set[str]] = {}
        for run in runs:
            person = self._bearer(run)
            if person is not None:
                found.setdefault(person, set()).add(run)
        return found

    def _bearer(self, key: str) -> int | None:
        found = (known.get(digest(salt, key)) for salt, known in self._people.items())
        return next((person for person in found if person is not None), None)


def in_order(connection: Connection) -> list[int]:
    """Erased people in the order in which they were."""
    wanted = select(people.c.id).where(people.c.erased_at.is_not(None)).order_by(people.c.erased_at, people.c.id)
    return [int(number) for number in connection.execute(wanted).scalars()]
