"""A store on a fresh, migrated database: SQLite, and PostgreSQL as well where tests/conftest.py finds one."""

from collections.abc import Iterator

import pytest

from delivery.store import Store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()
