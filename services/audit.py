"""Changes of state happen here and nowhere else, so that none is without its audit row: who, when, from, to, why."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session, SQLModel

from models import Audit
from models.types import table_of
from services.actor import Actor

_ADD = table_of(Audit).insert()


class Stateful(Protocol):
    """A row with an id and a status."""

    id: int | None
    status: str


def move(
    session: Session,
    row: Stateful,
    to: str,
    actor: Actor | None,
    now: datetime,
    why: str = "",
    details: dict[str, str] | None = None,
) -> None:
    """Set a row's status and write down the step. `actor` None means the clock."""
    before, row.status = row.status, to
    session.add(row)
    note(session, row, to, actor, now, before=before, why=why, details=details)


def begin(session: Session, row: Stateful, actor: Actor | None, now: datetime, why: str = "") -> int:
    """Add a new row with the status it has, and write down that it began. Returns its id."""
    session.add(row)
    session.flush()
    note(session, row, row.status, actor, now, why=why)
    assert row.id is not None
    return row.id


def note(
    session: Session,
    row: object,
    after: str,
    actor: Actor | None,
    now: datetime,
    *,
    before: str | None = None,
    why: str = "",
    details: dict[str, str] | None = None,
) -> None:
    """An audit row about `row` (a table row with an id)."""
    assert isinstance(row, SQLModel)
    values = {
        "at": now,
        "actor_id": actor.id if actor else None,
        "entity": str(row.__tablename__),
        "entity_id": getattr(row, "id"),  # noqa: B009
        "before": before,
        "after": after,
        "why": why[:200],
        "details": details or {},
    }
    session.connection().execute(_ADD, values)
