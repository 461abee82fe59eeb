"""Databases for tests: SQLite always, PostgreSQL as well when TEST_DATABASE_URL names a server we may make databases on."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from delivery.database import migrate
from tests.world import World

SERVER = os.environ.get("TEST_DATABASE_URL", "")
ENGINES = ["sqlite", *(["postgresql"] if SERVER else [])]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    name = f"bangfu_template_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}"')
    migrate(_url(name))
    yield name
    _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database of each engine in turn."""
    with _database(request, tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def shared_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The whole program once for all tests of a module, for matrices. On SQLite: what differs is shown by single worlds."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copy(sqlite_template, folder / "test.db")
    with World(f"sqlite:///{folder / 'test.db'}", folder) as running:
        yield running


@contextmanager
def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        path = folder / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    name = f"bangfu_test_{uuid4().hex[:12]}"
    template = request.getfixturevalue("postgresql_template")
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _on_server(f'ALTER DATABASE "{name}" SET synchronous_commit TO off')  # no test pulls the plug of the server
    yield _url(name)
    _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    """The whole program on a fresh database."""
    with World(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def make_world(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], World]]:
    """Several worlds in one test, on SQLite."""
    open_worlds: list[World] = []

    def make() -> World:
        folder = tmp_path / f"world-{len(open_worlds)}"
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "test.db")
        made = World(f"sqlite:///{folder / 'test.db'}", folder).__enter__()
        open_worlds.append(made)
        return made

    yield make
    for made in open_worlds:
        made.__exit__(None, None, None)


def _url(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _on_server(statement: str) -> None:
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Under CI a skipped test is a failure: what is not run proves nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = 1


CANARY = "canary-token-that-must-never-be-logged"  # in the token of every bot that tests start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever a test printed, logged or raised: a token in it fails that test."""
    report = yield
    if CANARY in report.capstdout + report.capstderr + report.caplog + str(report.longrepr or ""):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} let the bot's token out"
    return report
