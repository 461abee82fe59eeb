"""The schema: one head, up and down and up, equal to the models, and people's rows survive the way up."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel, select

import models  # noqa: F401
from delivery.database import alembic_config, migrate, open_engine
from delivery.store import Store
from models import Account, Card, Inbox, Need, Outbox, Person, Proposal, Role, School
from tests.delivery.rig import NOW, put, say

SCRIPTS = ScriptDirectory.from_config(alembic_config())


def differences(url: str) -> list[object]:
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, SQLModel.metadata))
    finally:
        engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head() -> None:
    assert len(SCRIPTS.get_heads()) == 1


def test_the_migrated_schema_equals_the_models(database_url: str) -> None:
    assert differences(database_url) == []


def test_down_and_up_again(database_url: str) -> None:
    engine = open_engine(database_url)
    try:
        full = tables(engine)
        migrate(database_url, "base")
        assert tables(engine) == set()
        migrate(database_url)
        assert tables(engine) == full
        migrate(database_url)  # nothing to do
    finally:
        engine.dispose()
    assert differences(database_url) == []


def test_rows_survive_every_step_to_the_head(database_url: str) -> None:
    """Filled at the head, then down to just above the first revision and up again where there is more than one."""
    store = Store.open(database_url)
    try:
        store.run_now(lambda session: (say(session, 1, 7), put(session, 7, "x", card="c")))

        def fill(session):  # type: ignore[no-untyped-def]
            person = session.exec(select(Person)).one()
            school = School(name="四开乡中心小学校", county="昭觉县", stages=["小学"])
            session.add(school)
            session.flush()
            session.add(Role(person_id=person.id, kind="school", school_id=school.id, granted_at=NOW))
            session.add(Card(chat=7, name="c", message_id=5))
            need = Need(school_id=school.id, filer_id=person.id, batch="b", text="缺老师", created_at=NOW)
            session.add(need)
            session.flush()
            session.add(Proposal(need_id=need.id, excluded={"title": 1, "years": 2, "subject": 3}, created_at=NOW))

        store.run_now(fill)
        count = {table: _count(store, table) for table in (Person, Account, School, Role, Card, Need, Inbox, Outbox)}
    finally:
        store.close()
    assert set(count.values()) == {1}
    first = SCRIPTS.get_base()
    assert first
    if SCRIPTS.get_current_head() != first:
        engine = open_engine(database_url, foreign_keys=False)
        from alembic import command

        config = alembic_config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, first)
        engine.dispose()
        migrate(database_url)
    store = Store.open(database_url)
    try:
        assert {table: _count(store, table) for table in count} == count
        assert store.run_now(lambda session: session.exec(select(Need.created_at)).one()) == NOW
        counted = store.run_now(lambda session: session.exec(select(Proposal.excluded)).one())
        assert counted == {"years": 3, "subject": 3}, "before 0008 a programme had one rule, years"
    finally:
        store.close()


def _count(store: Store, table: type[SQLModel]) -> int:
    return store.run_now(lambda session: int(session.execute(text(f"SELECT count(*) FROM {table.__tablename__}")).scalar_one()))  # fmt: skip  # noqa: E501
