"""Runs the migrations on the connection that bots/state.py hands over, inside its transaction and under its lock."""

from __future__ import annotations

from alembic import context

# SQLite alters a table by copying it (batch mode); PostgreSQL ignores the flag.
context.configure(connection=context.config.attributes["connection"], render_as_batch=True, transactional_ddl=True)
context.run_migrations()
