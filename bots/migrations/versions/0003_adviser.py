"""Accounts, sessions, the audit trail; saved paths with versions and share links; plans of teams."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _who_may_enter()
    _what_advisers_keep()


def _who_may_enter() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("login", sa.String(200), unique=True),
        sa.Column("issuer", sa.String(300)),
        sa.Column("subject", sa.String(300)),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
        sa.Column("password", sa.String(300)),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="accounts_issuer_subject"),
    )
    op.create_table(
        "signed_in",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("handle", sa.String(32), nullable=False, unique=True),
        sa.Column("account", sa.String(32), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("id_token", sa.Text),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "signing_in",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(128), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("target", sa.String(500), nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "login_tries",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("tried", sa.Integer, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
        # No foreign key: the trail outlives the account.
        sa.Column("account", sa.String(32)),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("object", sa.String(80)),
    )


def _what_advisers_keep() -> None:
    op.create_table(
        "saved_paths",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "path_versions",
        sa.Column("path", sa.String(32), sa.ForeignKey("saved_paths.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("change", sa.String(20), nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "path_shares",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("path", sa.String(32), sa.ForeignKey("saved_paths.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("beat", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("progress", sa.String(200)),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
    )


def downgrade() -> None:
    for table in ("plans", "path_shares", "path_versions", "saved_paths", "audit", "login_tries", "signing_in", "signed_in", "accounts"):
        op.drop_table(table)
