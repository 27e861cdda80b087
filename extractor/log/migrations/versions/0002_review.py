"""Review: what waits and for whom, acts that can be taken back, restricted conversations, accounts."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The schema of this revision."""
    op.add_column("records", sa.Column("weight", sa.Float(), server_default="0", nullable=False))
    op.add_column("records", sa.Column("assignee", sa.Integer(), nullable=True))
    op.add_column("records", sa.Column("closed_at", sa.Text(), nullable=True))
    for columns in (
        ("state", "weight", "seq"),
        ("type", "state", "said_on", "seq"),
        ("assignee", "state", "weight", "seq"),
        ("closed_at",),
        ("merged_into",),
    ):
        op.create_index(op.f(f"ix_records_{'_'.join(columns)}"), "records", list(columns))
    _weigh()
    op.add_column("reviews", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("reviews", sa.Column("undo", sa.Text(), nullable=True))
    op.add_column("reviews", sa.Column("undone_by", sa.Integer(), nullable=True))
    op.create_table(
        "restrictions",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=op.f("fk_restrictions_conversation")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_restrictions_person")),
        sa.PrimaryKeyConstraint("conversation", "person", name=op.f("pk_restrictions")),
    )
    op.create_index(op.f("ix_restrictions_person"), "restrictions", ["person"])
    _accounts()


def _weigh() -> None:
    """Weights of what waits, as far as a record says them by itself."""
    records = sa.table("records", *map(sa.column, ("id", "state", "type", "body", "weight")))
    connection = op.get_bind()
    waiting = sa.select(records.c.id, records.c.type, records.c.body).where(records.c.state == "proposed")
    weights = []
    for row in connection.execute(waiting).all():
        body = json.loads(row.body)
        stake = {"action_item": 1.5, "open_question": 1.0}.get(row.type) or {"high": 4.0, "low": 1.0}.get(
            body.get("significance") or "", 2.0
        )
        confidence = body.get("confidence")
        doubt = stake * (0.5 if confidence is None else 1.0 - confidence)
        weights.append({"name": row.id, "value": round(doubt + 0.5 * min(len(body.get("flags") or ()), 3), 4)})
    if weights:
        changed = records.update().where(records.c.id == sa.bindparam("name"))
        connection.execute(changed.values(weight=sa.bindparam("value")), weights)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('reader', 'reviewer', 'admin')", name=op.f("ck_accounts_role")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_accounts_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_index(op.f("ix_accounts_person"), "accounts", ["person"])
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_identities_account")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_account"), "identities", ["account"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_sessions_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=True),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'review', 'admin')", name=op.f("ck_tokens_scope")),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=op.f("fk_tokens_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_account"), "tokens", ["account"])
