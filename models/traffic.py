"""What comes in and what goes out: the row is the queue, memory is only a bell (prototype trap 2).

Leases, `not_before` and `received_at` are real time in epoch seconds; business time never enters here.
"""

from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.types import big, json_map, key, ref

OPEN = text("done_at IS NULL")


class Inbox(SQLModel, table=True):
    """One raw update, committed before the offset moves."""

    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index("ix_inbox_person_open", "person_id", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_inbox_open", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = key()
    channel: str = Field(default="telegram", max_length=20)
    update_id: int = big()
    person_id: int = ref("person.id", index=False)  # whose turn it is; rows of one person run one after the other
    raw: str
    received_at: float
    worker: str | None = Field(default=None, max_length=40)
    lease_until: float = 0
    attempts: int = 0
    done_at: float | None = None
    outcome: str | None = Field(default=None, max_length=20)  # done, parked


class Outbox(SQLModel, table=True):
    """One message to send, as what to say (view and values), not as finished prose."""

    __table_args__ = (
        Index("ix_outbox_chat_open", "chat", "bulk", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_outbox_open", "bulk", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = key()
    key: str = Field(max_length=32, unique=True)  # sent along as idempotency key
    channel: str = Field(default="telegram", max_length=20)
    chat: int = big()
    person_id: int = ref("person.id")
    act: str = Field(max_length=20)  # send, edit, answer, strip (the buttons of a message that was sent anew)
    view: str = Field(max_length=60)
    content: dict[str, Any] = json_map()
    language: str = Field(default="zh-CN", max_length=10)
    card: str | None = Field(default=None, max_length=60)
    bulk: bool = False
    not_before: float = 0
    worker: str | None = Field(default=None, max_length=40)
    lease_until: float = 0
    attempts: int = 0
    created_at: float
    done_at: float | None = None
    outcome: str | None = Field(default=None, max_length=20)  # sent, dead, dropped
    error: str | None = Field(default=None, max_length=200)


class Card(SQLModel, table=True):
    """Which message of a chat shows a card at present, so that a change edits it in place."""

    __table_args__ = (UniqueConstraint("chat", "name"),)
    id: int | None = key()
    channel: str = Field(default="telegram", max_length=20)
    chat: int = big()
    name: str = Field(max_length=60)
    message_id: int = big()
