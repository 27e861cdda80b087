"""The tables of the log, as SQLAlchemy describes them. Migrations make them; a test holds the two against each other.

Moments are text, ISO 8601 in UTC with microseconds (``2026-03-04T09:00:00.000000Z``), and days ``2026-03-04``, so that
both databases order and return them alike. JSON is canonical text (sorted keys, no blanks), so that equal values are
equal bytes. Numbers that name rows (``seq``) are given inside the write lock and have no gaps.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Append-only, by triggers. ``actor`` is ``machine`` or ``person:N``; ``payload`` holds no word that anybody said."""

salts = Table(
    "salts",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("salt", Text, nullable=False),
)
"""What the digests in events were made with. Erasing a subject's words takes its salt away."""

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("erased_at", Text),
)
"""Everybody whom the log knows: ``key`` is the name folded. An erased person keeps the row, not the name."""

erased_names = Table(
    "erased_names",
    metadata,
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    Column("salt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("person", "digest"),
)
"""Salted digests of the names of erased people, so that a source that is read again does not bring them back."""

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("started_at", Text),
    Column("said_on", Text, index=True),
    Column("series", Integer, ForeignKey("series.id"), index=True),
    Column("turns", Integer, nullable=False),
    Column("participants", Text, nullable=False),
    Column("coverage", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("unprocessed", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("forgotten_at", Text),
    Column("erased_at", Text),
)
"""``content`` is a salted digest of all that was read; ``forgotten_at`` is when retention took the turns away."""

conversation_ids = Table(
    "conversation_ids",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False, index=True),
)
"""Every id a conversation was ever read under: a text that grew has another hash, and keeps its key."""

turns = Table(
    "turns",
    metadata,
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("speaker", Text),
    Column("text", Text, nullable=False),
    Column("rest", Text, nullable=False),
    PrimaryKeyConstraint("conversation", "number"),
)
"""``rest`` is the turn's other fields as JSON, those with a default left out."""

participants = Table(
    "participants",
    metadata,
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("participant", Text, nullable=False),
    Column("person", Integer, ForeignKey("people.id"), nullable=False, index=True),
    PrimaryKeyConstraint("conversation", "participant"),
)

records = Table(
    "records",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("status", Text),
    Column("text", Text, nullable=False),
    Column("topic", Text),
    Column("said_on", Text, nullable=False),
    Column("due_on", Text),
    Column("confidence", Float),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("touched", Boolean, nullable=False),
    Column("merged_into", Text, ForeignKey("records.id")),
    Column("engine", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("reviewed_at", Text),
    Column("erased_at", Text),
    Column("weight", Float, nullable=False, server_default="0"),
    Column("assignee", Integer),
    Column("closed_at", Text),
    _one_of("type", "decision", "action_item", "open_question"),
    _one_of("state", "proposed", "approved", "rejected", "merged"),
    Index(None, "state", "seq"),
    Index(None, "state", "said_on", "seq"),
    Index(None, "state", "weight", "seq"),
    Index(None, "type", "state", "said_on", "seq"),
    Index(None, "assignee", "state", "weight", "seq"),
    Index(None, "closed_at"),
    Index(None, "merged_into"),
    Index(None, "due_on"),
)
"""``body`` is the record of the contract as JSON without its id and evidence. ``found`` is whether the last reading of
the conversation found it; ``touched`` whether a person has said anything of it; ``version`` counts its ``versions``.
``said_on`` is empty where the day is not known: NULLs would keep an index from giving the order. ``weight`` is what a
mistake in it would cost, for the order of review; ``assignee`` the number of the person who is to review it;
``closed_at`` when an action was done or a question answered.
"""

evidence = Table(
    "evidence",
    metadata,
    Column("record", Text, ForeignKey("records.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("speaker", Text),
    Column("time", Text),
    Column("located", Boolean, nullable=False),
    PrimaryKeyConstraint("record", "number"),
)
"""``time`` is JSON: seconds or a moment. ``located`` is False where the words no longer stand in the conversation."""

record_people = Table(
    "record_people",
    metadata,
    Column("record", Text, ForeignKey("records.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    PrimaryKeyConstraint("record", "role", "person"),
    Index(None, "person", "role"),
)
"""``role`` is ``owner``, ``decider`` or ``raiser``."""

versions = Table(
    "versions",
    metadata,
    Column("record", Text, ForeignKey("records.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("engine", Text, nullable=False),
    PrimaryKeyConstraint("record", "version"),
)
"""Every wording a record has had, the present one too; ``content`` is the record of the contract as JSON."""

revisions = Table(
    "revisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("record", Text, ForeignKey("records.id"), nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("engine", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("decided_at", Text),
    _one_of("state", "suggested", "accepted", "dismissed", "withdrawn"),
)
"""What a later reading says of a record that a person has touched. ``fields`` names what differs."""

links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("from_record", Text, ForeignKey("records.id"), nullable=False, index=True),
    Column("to_record", Text, ForeignKey("records.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("confidence", Float),
    Column("judge", Text, nullable=False),
    Column("from_quote", Integer),
    Column("to_quote", Integer),
    Column("created_at", Text, nullable=False),
    Column("decided_at", Text),
    _one_of("kind", "supersedes", "duplicates", "contradicts", "answers", "implements", "relates"),
    _one_of("state", "suggested", "confirmed", "rejected"),
    UniqueConstraint("from_record", "to_record", "kind"),
    Index(None, "state", "kind"),
)
"""``judge`` is who or what said so, with versions; the quotes are numbers of evidence of either record."""

reviews = Table(
    "reviews",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("record", Text, ForeignKey("records.id"), nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("comment", Text),
    Column("version", Integer),
    Column("undo", Text),
    Column("undone_by", Integer),
)
"""``verdict`` is what was done (``approve``, ``reject``, ``edit``, ``merge``, ...); ``seq`` is that of its event.
``version`` is the record's wording that it was said of; ``undo`` says as JSON how to take it back, without any words;
``undone_by`` is the event that did.
"""

sources = Table(
    "sources",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("problem", Text),
    Column("attempts", Integer, nullable=False),
)
"""What was read of a source last: ``version`` is its content's hash, ``engine`` the fingerprint of what read it.
``attempts`` is how often this engine has read this content without getting through all of it.
"""

source_conversations = Table(
    "source_conversations",
    metadata,
    Column("origin", Text, ForeignKey("sources.origin"), nullable=False),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False, index=True),
    PrimaryKeyConstraint("origin", "conversation"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
)
"""Sources that could not be read; each is left alone until its content changes or it is asked for."""

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started_at", Text, nullable=False, index=True),
    Column("finished_at", Text),
    Column("exit_code", Integer),
    Column("first_event", Integer, nullable=False),
    Column("last_event", Integer),
    Column("facts", Text, nullable=False),
)
"""``facts`` is what the run's JSON line says. A run that never finished was killed."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("digest", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text),
    Column("created_at", Text, nullable=False),
    Column("sent_at", Text),
    PrimaryKeyConstraint("digest", "target"),
    _one_of("state", "pending", "sent", "given_up"),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("after_event", Integer, nullable=False),
    Column("last_event", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
)
"""A digest tells of the events after ``after_event`` up to ``last_event``; its words are looked up when it is sent."""

outbox = Table(
    "outbox",
    metadata,
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "subject"),
    _one_of("kind", "record", "conversation", "linking"),
    Index(None, "kind", "seq"),
)
"""Rows whose mirror in the index, or whose links, are to be brought up to date. ``seq`` is the event that asked."""

vectors = Table(
    "vectors",
    metadata,
    Column("record", Text, ForeignKey("records.id"), primary_key=True),
    Column("embedder", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)
"""Of each record's text, little-endian float32: from them the index is made again without embedding anything."""

backups = Table(
    "backups",
    metadata,
    Column("path", Text, primary_key=True),
    Column("made_at", Text, nullable=False),
)
"""Where copies of the log were written, so that an erasure can name those it does not reach."""

restrictions = Table(
    "restrictions",
    metadata,
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("person", Integer, ForeignKey("people.id"), nullable=False),
    PrimaryKeyConstraint("conversation", "person"),
    Index(None, "person"),
)
"""Who may see a conversation that has rows here; one without any is for everybody."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("login", Text, nullable=False, unique=True),
    Column("person", Integer, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
    _one_of("role", "reader", "reviewer", "admin"),
)
"""Who may sign in. ``password`` is an Argon2 hash, None for one who signs in elsewhere only."""

identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False, index=True),
    PrimaryKeyConstraint("issuer", "subject"),
)
"""Accounts by what an OpenID provider calls them."""

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)
"""Signed-in browsers; ``digest`` is the SHA-256 of the secret in the cookie."""

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("accounts.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("scope", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("used_at", Text),
    Column("revoked_at", Text),
    _one_of("scope", "read", "review", "admin"),
)
"""Keys to the API; ``digest`` is the SHA-256 of the secret. None may do more than its account."""
