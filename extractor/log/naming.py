"""What people write to name something in the log -> its id: the beginning of an id, or words of a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from extractor.errors import NoSuchRecordError
from extractor.log import tables
from extractor.log.erased import name_key
from extractor.log.series import title_key

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Select

SHORTEST: Final = 4
"""Characters of an id that are enough to look for it."""
NAMED: Final = 5
"""Things named where several are meant."""


def link_named(connection: Connection, written: str) -> str:
    """The id of the one link whose id begins with what was written; raises NoSuchRecordError for none or several."""
    remedy = "`decisions show` of one of its records prints it."
    return _by_id(connection, tables.links.c.id, written, "link", remedy)


def revision_named(connection: Connection, written: str) -> str:
    """As ``link_named``, of revisions that wait for a person."""
    remedy = "`decisions show` of its record prints it."
    return _by_id(connection, tables.revisions.c.id, written, "suggested revision", remedy)


def conversation_named(connection: Connection, written: str) -> str:
    """The id of the conversation that is meant: by any id it was ever read under, its beginning, or its title.

    Raises NoSuchRecordError for none or several.
    """
    ids, table = tables.conversation_ids, tables.conversations
    name = written.strip()
    exact = connection.execute(select(ids.c.conversation).where(ids.c.id == name)).scalar()
    if exact is not None:
        return str(exact)
    begins = select(ids.c.conversation).where(ids.c.id.startswith(name, autoescape=True))
    found = _few(connection, begins.distinct()) if len(name) >= SHORTEST else []
    if not found and name:
        titled = or_(table.c.title == name, table.c.title.icontains(name, autoescape=True))
        found = _few(connection, select(table.c.id).where(titled))
    return _one(found, name, "conversation", "`decisions list --format json` has the ids of conversations.")


def series_named(connection: Connection, written: str) -> int:
    """The number of the series that is meant: its number, or words of its title.

    Raises NoSuchRecordError for none or several.
    """
    table, name = tables.series, written.strip()
    if name.isdecimal():
        found = connection.execute(select(table.c.id).where(table.c.id == int(name))).scalars().all()
    else:
        found = connection.execute(select(table.c.id).where(table.c.key == title_key(name))).scalars().all()
        if not found and name:
            titled = table.c.title.icontains(name, autoescape=True)
            found = connection.execute(select(table.c.id).where(titled)).scalars().all()
    remedy = "Write more of its title, or its number."
    return int(_one([str(one) for one in found[: NAMED + 1]], name, "series of meetings", remedy))


def _by_id(connection: Connection, column: Column[str], written: str, what: str, remedy: str) -> str:
    name = written.strip()
    if connection.execute(select(column).where(column == name)).scalar() is not None:
        return name
    begins = select(column).where(column.startswith(name, autoescape=True))
    return _one(_few(connection, begins) if len(name) >= SHORTEST else [], name, what, remedy)


def _few(connection: Connection, wanted: Select[str]) -> list[str]:
    """A few of what fits, in a stable order."""
    return sorted(str(one) for one in connection.execute(wanted.limit(NAMED + 1)).scalars())


def _one(found: Sequence[str], name: str, what: str, remedy: str) -> str:
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(found[:NAMED]) + (" and others" if len(found) > NAMED else "")
        raise NoSuchRecordError(f"{name} may be any of {names}.", "Write more of it.")
    raise NoSuchRecordError(f"There is no {what} {name} in the log.", remedy)


def titled(connection: Connection, conversation: str) -> str:
    """The title of a conversation; empty where it was erased."""
    table = tables.conversations
    return str(connection.execute(select(table.c.title).where(table.c.id == conversation)).scalar() or "")


def people_names(connection: Connection) -> dict[int, str]:
    """The names of people by their numbers."""
    return {row.id: row.name for row in connection.execute(select(tables.people.c.id, tables.people.c.name))}


def people_like(connection: Connection, written: str) -> tuple[str | None, list[str]]:
    """The name of the person who bears it whole (in any case) or whose number it is; and names it is a part of."""
    table = tables.people
    rows = connection.execute(select(table.c.id, table.c.key, table.c.name).where(table.c.erased_at.is_(None))).all()
    key = name_key(written)
    same = next((row.name for row in rows if key in (row.key, str(row.id))), None)
    words = key.split()
    return same, sorted(row.name for row in rows if words and has_words(row.key, words))[:NAMED]


def has_words(key: str, words: Iterable[str]) -> bool:
    """Whether each word is one of a folded name, or the beginning of one: ``mei`` of ``mei-lin zhao``."""
    parts = key.split()
    return all(any(part.startswith(word) for part in parts) for word in words)
