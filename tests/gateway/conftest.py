"""A database with the gateway's tables: SQLite, or what TEST_DATABASE_URL names."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import models.gateway  # noqa: F401  (registers the tables)
from delivery.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{tmp_path}/gateway.db")
    tables = [table for name, table in SQLModel.metadata.tables.items() if name.startswith("gateway_")]
    SQLModel.metadata.drop_all(opened.engine, tables)
    SQLModel.metadata.create_all(opened.engine, tables)
    yield opened
    opened.close()
