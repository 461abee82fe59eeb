"""Who speaks: persons, the accounts they speak through, their roles, consents, invitations and introductions.

A Person is one human; an Account is one way to reach them. Roles end, they are never deleted. What the bot asked a person
last stands on the person, because a free-text reply answers that question and no newer one.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.types import big, json_list, json_map, key, one_of, ref

ROLES = ("school", "teacher", "coordinator")
ACTIVE = text("ended_at IS NULL")
INTRODUCTION_STATES = ("draft", "open", "approved", "declined")


class Person(SQLModel, table=True):
    """One human being who talks to the bot."""

    id: int | None = key()
    name: str | None = Field(default=None, max_length=60)
    language: str = Field(default="zh-CN", max_length=10)
    asked: str | None = Field(default=None, max_length=40)  # the open question, a key of services.dialogue.QUESTIONS
    asked_id: int | None = Field(default=None, sa_type=big().sa_type)  # what the question is about
    kept_text: str | None = Field(default=None, max_length=4096)  # said before the bot could use it; read once it can
    muted: list[str] = json_list()  # topics of reminders the person does not want (services.muting.TOPICS)
    forgotten_at: datetime | None = None
    created_at: datetime


class Account(SQLModel, table=True):
    """One way to reach a person: a Telegram account now, a web chat later."""

    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: int | None = key()
    channel: str = Field(default="telegram", max_length=20)
    external_id: int = big()
    person_id: int = ref("person.id")
    unreachable_at: datetime | None = None
    moved_from_id: int | None = big(default=None, nullable=True)  # whose account it was before that person moved
    created_at: datetime


class Role(SQLModel, table=True):
    """What a person may do, and where. A coordinator without county is programme level: all counties."""

    __table_args__ = (
        one_of("kind", ROLES),
        Index("ix_role_active", "person_id", "kind", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    )
    id: int | None = key()
    person_id: int = ref("person.id")
    kind: str = Field(max_length=20)
    school_id: int | None = ref("school.id", optional=True)
    county: str | None = Field(default=None, max_length=60)
    granted_by: int | None = ref("person.id", optional=True, index=False)
    deputy_id: int | None = big(default=None, nullable=True)  # held only while standing in for somebody
    granted_at: datetime
    ended_at: datetime | None = None


class Consent(SQLModel, table=True):
    """That a person agreed to a version of the privacy notice, and when (PIPL 14, 17; reliability fact 99)."""

    id: int | None = key()
    person_id: int = ref("person.id")
    version: str = Field(max_length=20)
    given_at: datetime
    withdrawn_at: datetime | None = None


class Invite(SQLModel, table=True):
    """A one-time code, stored only as its SHA-256. The code itself names no role and no id."""

    __table_args__ = (one_of("role", ROLES),)
    id: int | None = key()
    code_hash: str = Field(max_length=64, unique=True)
    role: str = Field(max_length=20)
    school_id: int | None = ref("school.id", optional=True)
    teacher_id: int | None = ref("teacher.id", optional=True)
    county: str | None = Field(default=None, max_length=60)
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = ref("person.id", optional=True, index=False)
    deputy_for: int | None = big(default=None, nullable=True)  # the code makes its bearer that person's deputy …
    starts: date | None = None  # … from day to day
    ends: date | None = None
    created_at: datetime


class Introduction(SQLModel, table=True):
    """A stranger who says who they are; a coordinator confirms it."""

    __table_args__ = (one_of("status", INTRODUCTION_STATES), one_of("role", ROLES))
    id: int | None = key()
    person_id: int = ref("person.id")
    role: str = Field(max_length=20)
    status: str = Field(default="draft", max_length=20)
    words: str = Field(default="", max_length=500)
    school_id: int | None = ref("school.id", optional=True)
    decided_by: int | None = ref("person.id", optional=True, index=False)
    decided_at: datetime | None = None
    created_at: datetime


class Audit(SQLModel, table=True):
    """Every change of state: who, when, from, to, why. Rows are only ever added."""

    __table_args__ = (Index("ix_audit_subject", "entity", "entity_id"),)
    id: int | None = key()
    at: datetime
    actor_id: int | None = ref("person.id", optional=True)  # None: the clock or the command line
    entity: str = Field(max_length=30)
    entity_id: int = big()
    before: str | None = Field(default=None, max_length=30)
    after: str = Field(max_length=30)
    why: str = Field(default="", max_length=200)
    details: dict[str, str] = json_map()
