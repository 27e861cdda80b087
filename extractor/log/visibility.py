"""Restricted conversations: who may see them, and a way to read the log in which they are not there at all.

A viewer's connection has temporary views that bear the tables' names, in which nothing of a conversation stands that
the viewer may not see: neither its words, nor its records, nor what hangs on these. Both databases look for a name
among what is temporary first. So no query can forget to ask, one that is written next year neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect, select

from extractor.errors import NoSuchRecordError
from extractor.log import tables
from extractor.log.erased import name_key
from extractor.log.views import batches, number_of, subject_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

NOBODY: Final = 0
"""A viewer who is nobody in particular: sees what everybody sees."""
_OF_CONVERSATION: Final = {
    "conversations": "id",
    "conversation_ids": "conversation",
    "turns": "conversation",
    "participants": "conversation",
    "source_conversations": "conversation",
    "restrictions": "conversation",
    "records": "conversation",
}
_OF_RECORD: Final = ("evidence", "record_people", "versions", "revisions", "reviews", "vectors")
UNSEEN: Final = (
    *("quarantine", "runs", "digests", "deliveries", "outbox", "salts", "sources", "backups"),
    *("identities", "sessions", "tokens", "erased_names"),
)
"""Tables for the job and its operator, and for who lets people in: a viewer finds them empty."""


def view_statements(schema: str, viewer: str) -> Iterator[str]:
    """What makes a connection a viewer's. ``viewer`` is SQL for the person's number, ``schema`` that of the tables.

    Each row is looked up by its own keys: a list of all that is hidden would be made anew for every query.
    """
    of = _Hidden(schema, viewer)
    conditions = {table: f"NOT {of.conversation(f'{table}.{column}')}" for table, column in _OF_CONVERSATION.items()}
    conditions |= {table: f"NOT {of.record(f'{table}.record')}" for table in _OF_RECORD}
    conditions["links"] = f"NOT {of.record('links.from_record')} AND NOT {of.record('links.to_record')}"
    conditions["events"] = of.event()
    conditions["people"] = f"{of.known_elsewhere()} OR NOT ({of.named_within()})"
    conditions |= dict.fromkeys(UNSEEN, "1 = 0")
    for table, condition in conditions.items():
        yield f"CREATE TEMPORARY VIEW {table} AS SELECT * FROM {schema}.{table} WHERE {condition}"
    yield f"CREATE TEMPORARY VIEW series AS {of.series()}"


class _Hidden:
    """SQL that says whether something is hidden from a viewer."""

    def __init__(self, schema: str, viewer: str) -> None:
        self.schema = schema
        self.viewer = viewer
        named = f"SELECT conversation FROM {schema}.restrictions WHERE person = {viewer}"
        self.all = f"SELECT conversation FROM {schema}.restrictions WHERE conversation NOT IN ({named})"

    def conversation(self, column: str) -> str:
        """Whether the conversation with the id in a column is."""
        limits = f"SELECT 1 FROM {self.schema}.restrictions AS limits WHERE limits.conversation = {column}"
        return f"(EXISTS ({limits}) AND NOT EXISTS ({limits} AND limits.person = {self.viewer}))"

    def record(self, column: str) -> str:
        """Whether the record with the id in a column is."""
        where = f"proved.id = {column} AND {self.conversation('proved.conversation')}"
        return f"EXISTS (SELECT 1 FROM {self.schema}.records AS proved WHERE {where})"

    def event(self) -> str:
        """Whether an event is about nothing that is hidden, nor about a link that there is no more."""
        link = f"SELECT 1 FROM {self.schema}.links AS linked WHERE linked.id = events.subject"
        hidden = f"{self.record('linked.from_record')} OR {self.record('linked.to_record')}"
        number = "CASE WHEN events.subject LIKE 'conversation:%' THEN CAST(substr(events.subject, 14) AS integer) END"
        numbered = f"SELECT 1 FROM {self.schema}.conversations AS meeting WHERE meeting.seq = {number}"
        return (
            f"NOT {self.record('events.subject')} AND NOT EXISTS ({link} AND ({hidden}))"
            f" AND NOT EXISTS ({numbered} AND {self.conversation('meeting.id')})"
            f" AND (events.kind NOT LIKE 'link.%' OR EXISTS ({link}))"
        )

    def named_within(self) -> str:
        """Whether a person takes part in what is hidden, is named by a record of it, or may see or review it."""
        within = {
            "participants": self.conversation("found.conversation"),
            "record_people": self.record("found.record"),
            "restrictions": self.conversation("found.conversation"),
        }
        found = [self._of_person(table, condition) for table, condition in within.items()]
        reviewing = f"SELECT assignee FROM {self.schema}.records WHERE conversation IN ({self.all})"
        return " OR ".join([*found, f"people.id IN ({reviewing} AND assignee IS NOT NULL)"])

    def known_elsewhere(self) -> str:
        """Whether a person is known from anything that is not hidden."""
        elsewhere = {
            "accounts": "TRUE",
            "participants": f"NOT {self.conversation('found.conversation')}",
            "record_people": f"NOT {self.record('found.record')}",
        }
        found = [self._of_person(table, condition) for table, condition in elsewhere.items()]
        acting = f"SELECT reviewer FROM {self.schema}.reviews WHERE NOT {self.record('reviews.record')}"
        return " OR ".join([*found, f"'person:' || people.id IN ({acting})"])

    def _of_person(self, table: str, condition: str) -> str:
        """Whether a row that names a person meets a condition.

        Records are asked for in the order of their index: PostgreSQL hopes to meet one of a person with many soon in
        the table itself, and reads all of it for a person with none.
        """
        rows = f"SELECT 1 FROM {self.schema}.{table} AS found WHERE found.person = people.id AND {condition}"
        order = " ORDER BY found.role" if table == "record_people" else ""
        return f"(({rows}{order} LIMIT 1) IS NOT NULL)"

    def series(self) -> str:
        """Series of meetings; one that is known from hidden ones too bears the title of a meeting that is not."""
        meetings = f"SELECT meeting.title FROM {self.schema}.conversations AS meeting WHERE meeting.series = series.id"
        within = f"SELECT series FROM {self.schema}.conversations WHERE id IN ({self.all}) AND series IS NOT NULL"
        seen = f"{meetings} AND NOT {self.conversation('meeting.id')}"
        return (
            f"SELECT id, key, CASE WHEN id IN ({within}) THEN ({seen} ORDER BY meeting.seq LIMIT 1) ELSE title END"
            f" AS title, created_at FROM {self.schema}.series WHERE EXISTS ({seen}) OR id NOT IN ({within})"
        )


def person_numbered(connection: Connection, name: str) -> int:
    """The number of the person with this name, ``NOBODY`` for one whom the log does not know."""
    found = connection.execute(select(tables.people.c.id).where(tables.people.c.key == name_key(name))).scalar()
    return int(found) if found is not None else NOBODY


def may_see(connection: Connection, conversation: str, person: int) -> bool:
    """Whether a conversation is unrestricted, or the person is one of those who may see it."""
    named = allowed(connection, conversation)
    return not named or person in named


def allowed(connection: Connection, conversation: str) -> set[int]:
    """The numbers of the people who may see a conversation; nobody named, everybody may."""
    table = tables.restrictions
    wanted = select(table.c.person).where(table.c.conversation == conversation)
    return set(connection.execute(wanted).scalars())


def restrict(tx: Transaction, conversation: str, names: Iterable[str]) -> set[int]:
    """Lets only these people see a conversation, and whoever restricts it; returns their numbers.

    Without any name everybody may see it again. Raises NoSuchRecordError where a person does it who may not see it.
    """
    from extractor.log.transaction import person_of

    actor, before = person_of(tx.actor), allowed(tx.connection, conversation)
    if actor is not None and before and actor not in before:
        raise NoSuchRecordError(f"There is no conversation {conversation} in the log.", "See `decisions list`.")
    people = {tx.person(name) for name in names}
    if people and actor is not None:
        people.add(actor)
    if people == before:
        return people
    table = tables.restrictions
    tx.connection.execute(table.delete().where(table.c.conversation == conversation))
    for person in sorted(people):
        tx.connection.execute(table.insert().values(conversation=conversation, person=person))
    subject = subject_of(number_of(tx.connection, conversation))
    said: dict[str, Any] = {"people": sorted(people)} if people else {}
    tx.event("conversation.restricted" if people else "conversation.opened", subject, **said)
    return people


def restrict_source(tx: Transaction, conversation: str, names: Iterable[str]) -> None:
    """Lets only these people see what is read from a source, unless somebody has said who may see it already."""
    events = tables.events
    subject = subject_of(number_of(tx.connection, conversation))
    said = select(events.c.seq).where(
        events.c.subject == subject, events.c.kind.in_(("conversation.restricted", "conversation.opened"))
    )
    if tx.connection.execute(said.limit(1)).first() is None:
        restrict(tx, conversation, names)


def hidden_from(connection: Connection, person: int) -> set[str]:
    """Every id, by which a conversation was ever read, of those that a person may not see."""
    table, ids = tables.restrictions, tables.conversation_ids
    seen = select(table.c.conversation).where(table.c.person == person)
    hidden = select(table.c.conversation).where(table.c.conversation.not_in(seen))
    found = set(connection.execute(hidden).scalars())
    return found | set(connection.execute(select(ids.c.id).where(ids.c.conversation.in_(hidden))).scalars())


def hidden_among(connection: Connection, conversations: Iterable[str]) -> set[str]:
    """Which of these conversations a viewer's connection does not show."""
    table, wanted = tables.conversations, set(conversations)
    shown: set[str] = set()
    for batch in batches(sorted(wanted)):
        shown.update(connection.execute(select(table.c.id).where(table.c.id.in_(batch))).scalars())
    return wanted - shown


def restricted_so_far(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The names of those who may see each restricted conversation; also of a log that knows no restrictions yet."""
    table, people = tables.restrictions, tables.people
    if not inspect(connection).has_table(table.name):
        return {}
    rows = connection.execute(
        select(table.c.conversation, people.c.name).join(people, people.c.id == table.c.person).order_by(people.c.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for conversation, name in rows:
        found[conversation] = (*found.get(conversation, ()), name)
    return found


def restrict_again(log: Log, known: dict[str, tuple[str, ...]]) -> None:
    """Restricts what another, later state of the log had restricted to the people who might see it there."""
    table = tables.conversations
    with log.write() as tx:
        for conversation, names in sorted(known.items()):
            there = tx.connection.execute(select(table.c.id).where(table.c.id == conversation)).first()
            if there is not None:
                restrict(tx, conversation, names)
