"""Column types and small helpers that every table shares.

Datetimes are annotated plainly (`datetime`): SQLModel's own type stores UTC and refuses naive values. `sa_column` for a
datetime is forbidden, it comes back eight hours wrong from SQLite (reliability fact 75; a test looks for it).
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Integer, Table
from sqlmodel import Field, SQLModel

# Names for constraints, so that a migration can find them again on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# Ids of Telegram's size: BIGINT on PostgreSQL; SQLite autoincrements only INTEGER, which is 64 bits there anyway.
BigId = BigInteger().with_variant(Integer, "sqlite")


def key() -> Any:
    """Primary key of a table."""
    return Field(default=None, primary_key=True, sa_type=BigId)


def ref(target: str, *, optional: bool = False, index: bool = True, **options: Any) -> Any:
    """Foreign key to `target` ("table.column")."""
    if optional:
        options.setdefault("default", None)
    return Field(foreign_key=target, sa_type=BigId, nullable=optional, index=index, **options)


def big(**options: Any) -> Any:
    """A plain integer of Telegram's size."""
    return Field(sa_type=BigId, **options)


def _list() -> list[Any]:  # a plain function: pydantic asks a class for its signature at every row
    return []


def _map() -> dict[str, Any]:
    return {}


def json_list() -> Any:
    """A JSON column that starts as an empty list."""
    return Field(default_factory=_list, sa_type=JSON)


def json_map() -> Any:
    """A JSON column that starts as an empty object."""
    return Field(default_factory=_map, sa_type=JSON)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A CHECK that `column` holds one of `values`; its name says table-independently which column it guards."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=f"{column}_known")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements prepared once: in hot paths they cost a third of the ORM's."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table
