"""Alembic's environment: one transaction on the connection that delivery.database.migrate hands over."""

import sqlmodel.sql.sqltypes  # noqa: F401  the datetime type of every column
from alembic import context
from sqlmodel import SQLModel

import models  # noqa: F401  registers the tables

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run `python bot.py migrate`, or delivery.database.migrate from code")
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
