"""Telegram: updates seen and waiting, who talks where, what stands behind buttons, invitations and links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "telegram_seen",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "telegram_inbox",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.String(64), nullable=False, index=True),
        sa.Column("person", sa.String(64), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sending", sa.Integer),
        sa.Column("messages", sa.Text, nullable=False),
        sa.Column("card", sa.String(24)),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "telegram_held",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", sa.Float, nullable=False),
    )
    op.create_table(
        "telegram_people",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("admitted", sa.String(20)),
        sa.Column("account", sa.String(64)),
        sa.Column("minute", sa.BigInteger, nullable=False),
        sa.Column("said", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "telegram_talks",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), primary_key=True, index=True),
        sa.Column("conversation_id", sa.String(64), sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("awaiting", sa.String(200)),
    )
    op.create_table(
        "telegram_cards",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "telegram_codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(64)),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False, index=True),
    )


def downgrade() -> None:
    names = ("codes", "cards", "talks", "people", "held", "inbox", "seen")
    for name in names:
        op.drop_table(f"telegram_{name}")
