"""Records by their words: SQLite's FTS5 and PostgreSQL's ``tsvector``, and the two rankings that are joined.

Common words cost much and say little: a query is made of the question's rarest words, as long as they match no more
than ``MATCHES`` records, so that a search takes as long in a large log as in a small one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

MATCHES: Final = 400
"""Records that are ranked by their words."""
WORDS: Final = 24
"""Words of a question that are looked at."""
RRF_K: Final = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""
ANY_END: Final = "*"
"""Ends a word that is the beginning of words."""
SHORTEST: Final = 2
"""Letters from which a beginning is looked for."""
LONGEST_ENDING: Final = 4
"""Letters that a stemmer may have taken from the word that somebody begins to type."""
_WORD: Final = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(
    "a an the and or but of to in on at for from by with as is are was were be been being it its this that these those "
    "we they he she i you our their his her your my will would shall should can could do does did has have had not so "
    "there then than if what who when where why how which about into out up down over just".split()
)


def by_words(
    connection: Connection, question: str, limit: int, *, any_rank: bool = False, unfinished: bool = False
) -> list[str]:
    """Ids of records that have the question's telling words, best first; those without any are not among them.

    ``any_rank`` is for a person, who may search for common words alone: records that have all of them then, or at
    least the rarest, the newest first. To rank them would mean to go through all that have them. ``unfinished`` says
    that the last word may be the beginning of one, as while somebody types.
    """
    words = telling_words(question)
    if unfinished and words and question[-1:].isalnum():
        words = [*words[:-1], _begun(connection, words[-1])]
    counts = {word: _matches(connection, word) for word in words}
    chosen: list[str] = []
    total = 0
    known = sorted((word for word in words if counts[word]), key=lambda word: (counts[word], words.index(word)))
    for word in known:
        if total + counts[word] > MATCHES:
            break
        chosen.append(word)
        total += counts[word]
    if chosen or not known or not any_rank:
        return _ranked(connection, chosen, limit) if chosen else []
    return _newest(connection, known, limit) or _newest(connection, known[:1], limit)


def telling_words(question: str) -> list[str]:
    """The words of a question that say what it is about, each once, composed and in small letters, as both databases
    have them: folded further, ``Straße`` would be looked for as ``strasse``.
    """
    found = dict.fromkeys(word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", question)))
    telling = [word for word in found if word not in _STOP and (len(word) > 1 or word.isdigit())]
    return (telling or list(found))[:WORDS]


def fused(rankings: Iterable[Sequence[str]], weights: Sequence[float] | None = None) -> dict[str, float]:
    """Reciprocal rank fusion: a score for each id, best first."""
    scores: dict[str, float] = {}
    for number, ranking in enumerate(rankings):
        weight = weights[number] if weights is not None else 1.0
        for rank, name in enumerate(ranking, 1):
            scores[name] = scores.get(name, 0.0) + weight / (RRF_K + rank)
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def _matches(connection: Connection, word: str) -> int:
    """How many records have a word, counted no further than one beyond ``MATCHES``."""
    statement = _COUNT[connection.dialect.name]
    return int(connection.execute(text(statement), {"word": _term(connection, word), "most": MATCHES + 1}).scalar_one())


def _ranked(connection: Connection, words: Sequence[str], limit: int) -> list[str]:
    joined = (" OR " if connection.dialect.name == "sqlite" else " | ").join(_term(connection, word) for word in words)
    values: Mapping[str, object] = {"query": joined, "limit": limit}
    return [str(name) for name in connection.execute(text(_RANK[connection.dialect.name]), values).scalars()]


def _newest(connection: Connection, words: Sequence[str], limit: int) -> list[str]:
    """Records that have all of these words, those that entered the log last first."""
    joined = (" AND " if connection.dialect.name == "sqlite" else " & ").join(_term(connection, word) for word in words)
    values: Mapping[str, object] = {"query": joined, "limit": limit}
    return [str(name) for name in connection.execute(text(_NEWEST[connection.dialect.name]), values).scalars()]


def _begun(connection: Connection, word: str) -> str:
    """A word that somebody types, as a beginning with ``ANY_END``: both databases keep stems, so that ``decisi`` begins
    no word that is kept, and ``decis`` does. The word itself where it is one, or begins none.
    """
    if len(word) < SHORTEST or _matches(connection, word):
        return word
    for length in range(len(word), max(SHORTEST, len(word) - LONGEST_ENDING) - 1, -1):
        begun = word[:length] + ANY_END
        if _matches(connection, begun):
            return begun
    return word


def _term(connection: Connection, word: str) -> str:
    """A word as the database's query language has it: quoted, so that nothing in it is an operator."""
    begun, word = word.endswith(ANY_END), word.removesuffix(ANY_END)
    if connection.dialect.name == "sqlite":
        return f'"{word}"*' if begun else f'"{word}"'
    return f"'{word}':*" if begun else f"'{word}'"


_COUNT: Final = {
    "sqlite": "SELECT count(*) FROM (SELECT records_fts.rowid FROM records_fts "
    "JOIN records ON records.seq = records_fts.rowid WHERE records_fts MATCH :word LIMIT :most)",
    "postgresql": "SELECT count(*) FROM (SELECT records_fts.seq FROM records_fts "
    "JOIN records ON records.seq = records_fts.seq WHERE words @@ to_tsquery('english', :word) LIMIT :most) AS found",
}
_RANK: Final = {
    "sqlite": "SELECT records.id FROM records_fts JOIN records ON records.seq = records_fts.rowid "
    "WHERE records_fts MATCH :query ORDER BY bm25(records_fts, 2.0, 1.0), records.seq DESC LIMIT :limit",
    "postgresql": "SELECT records.id FROM records_fts JOIN records ON records.seq = records_fts.seq, "
    "to_tsquery('english', :query) AS query WHERE words @@ query "
    "ORDER BY ts_rank_cd(words, query, 1) DESC, records.seq DESC LIMIT :limit",
}
_NEWEST: Final = {
    "sqlite": "SELECT records.id FROM records_fts JOIN records ON records.seq = records_fts.rowid "
    "WHERE records_fts MATCH :query ORDER BY records_fts.rowid DESC LIMIT :limit",
    "postgresql": "SELECT records.id FROM records_fts JOIN records ON records.seq = records_fts.seq "
    "WHERE words @@ to_tsquery('english', :query) ORDER BY records_fts.seq DESC LIMIT :limit",
}
