"""Supporting teachers (支援教师): what they can give, when and how."""

import secrets
from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from models.types import json_list, key, one_of, ref

TEACHER_STATES = ("draft", "active", "paused", "left")
ONE_DRAFT = text("status = 'draft'")
EDITION_BITS = 40  # so that millions of them add up to less than 64 bits


def new_edition() -> int:
    """A number no other state of the same row has."""
    return secrets.randbits(EDITION_BITS)


class Teacher(SQLModel, table=True):
    """A supporting teacher. Without a person the row came from a table and nobody can be asked yet."""

    __table_args__ = (
        one_of("status", TEACHER_STATES),
        Index("one_teacher_draft", "person_id", unique=True, sqlite_where=ONE_DRAFT, postgresql_where=ONE_DRAFT),
    )
    id: int | None = key()
    code: str | None = Field(default=None, max_length=30, unique=True)  # the id a table gave
    person_id: int | None = ref("person.id", optional=True)
    status: str = Field(default="draft", max_length=20, index=True)
    name: str | None = Field(default=None, max_length=60)
    unit: str | None = Field(default=None, max_length=80)
    subjects: list[str] = json_list()
    stages: list[str] = json_list()
    modes: list[str] = json_list()
    topics: list[str] = json_list()
    title: str | None = Field(default=None, max_length=40)
    years: int | None = Field(default=None, ge=0, le=80)
    bio: str = Field(default="", max_length=4096)
    available_from: date | None = None
    available_until: date | None = None
    capacity: int = Field(default=1, ge=0, le=99)
    origin_city: str | None = Field(default=None, max_length=60)
    regions: list[str] = json_list()  # counties, cities or provinces they would like to go to
    not_regions: list[str] = json_list()  # where they will not go
    max_altitude: int | None = Field(default=None, ge=0, le=6000)  # metres above which they will not work
    min_months: float | None = Field(default=None, ge=0, le=36)  # shorter or longer stays are not for them
    max_months: float | None = Field(default=None, ge=0, le=36)
    contact_hours: str | None = Field(default=None, max_length=40)  # when to reach them, in their words
    made_up: bool = False
    asked_slots: list[str] = json_list()
    created_at: datetime
    # Another with every change, also one made by UPDATE: what was made from the row says from which edition of it.
    edition: int = Field(default_factory=new_edition, sa_type=BigInteger, sa_column_kwargs={"onupdate": new_edition})


class TeacherIndex(SQLModel, table=True):
    """What the engine cut from a teacher in the pool (matching.StoredTeacher), without what may change beside the row.

    It counts as long as `edition` is the teacher's and `made` the vocabulary's; services/index.py makes it anew.
    """

    teacher_id: int = ref("teacher.id", index=False, primary_key=True, ondelete="CASCADE")
    edition: int = Field(sa_type=BigInteger)
    made: str = Field(max_length=12)
    subjects: str = Field(sa_type=Text)
    stages: str = Field(sa_type=Text)
    modes: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    years: int
    from_day: int
    until_day: int
    capacity: int
    paused: bool
    regions: str = Field(sa_type=Text)
    not_regions: str = Field(sa_type=Text)
    max_altitude: int
    min_months: float
    max_months: float
    origins: str = Field(sa_type=Text)
    concepts: bytes
    words: str = Field(sa_type=Text)
    pairs: bytes
