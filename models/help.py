"""What people hand over beside words: a call for help, and files they sent (their Telegram id, never the bytes)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.types import key, one_of, ref

CALLBACK_STATES = ("open", "taken", "done")
BACKS = ("survey", "talk", "lesson")  # 问卷, 访谈, 课堂观察: what a diagnosis can rest on
WAITS = text("status IN ('open', 'taken')")


class Callback(SQLModel, table=True):
    """找人帮忙: somebody asks a coordinator to get in touch. One is open for a person at a time."""

    __table_args__ = (
        one_of("status", CALLBACK_STATES),
        Index("one_callback_waits", "person_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )
    id: int | None = key()
    person_id: int = ref("person.id")
    status: str = Field(default="open", max_length=20, index=True)
    county: str | None = Field(default=None, max_length=60)  # whose coordinators were asked; None: the programme's
    words: str = Field(default="", max_length=500)
    taken_by: int | None = ref("person.id", optional=True, index=False)
    created_at: datetime
    done_at: datetime | None = None


class Attachment(SQLModel, table=True):
    """A voice message, photo or file, or words of evidence; with `backs` it supports the diagnosis of its need."""

    id: int | None = key()
    person_id: int = ref("person.id")
    kind: str = Field(max_length=20)  # words, or one of services.media.KEPT
    file_id: str | None = Field(default=None, max_length=255)
    size: int | None = None
    words: str = Field(default="", max_length=2000)  # the caption, or the evidence in words
    album: str | None = Field(default=None, max_length=40)  # photos sent together are answered once
    need_id: int | None = ref("need.id", optional=True)
    asked: str | None = Field(default=None, max_length=40)  # the question that was open
    backs: str | None = Field(default=None, max_length=20)
    created_at: datetime
