"""Everything timed is a row here. APScheduler only ticks; a row carries a stable kind, never a Python path."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.types import big, key

OPEN = text("done_at IS NULL")


class Due(SQLModel, table=True):
    """Something that happens to one subject at one instant. (kind, subject, sequence) makes scheduling idempotent."""

    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "sequence"),
        Index("ix_due_open", "due_at", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = key()
    kind: str = Field(max_length=40)
    subject_id: int = big()
    sequence: int = 0
    due_at: datetime
    attempts: int = 0
    done_at: datetime | None = None
    outcome: str | None = Field(default=None, max_length=20)  # done, cancelled, parked
