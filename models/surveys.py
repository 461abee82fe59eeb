"""Follow-up surveys (回访), one row per person asked, and the colleagues (同伴) who are asked about one placement."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import json_list, key, one_of, ref

SURVEY_STATES = ("open", "answered", "lapsed", "cancelled")
SURVEY_ROLES = ("school", "teacher", "colleague", "students")  # students: totals of a class, entered by the school


class Survey(SQLModel, table=True):
    """What one person is asked about one placement in one wave. The rated never enter their own rating."""

    __table_args__ = (
        one_of("status", SURVEY_STATES),
        one_of("role", SURVEY_ROLES),
        UniqueConstraint("placement_id", "kind", "role", "person_id"),
    )
    id: int | None = key()
    placement_id: int = ref("placement.id")
    kind: str = Field(default="end", max_length=20)  # the wave, a key of services/surveys.toml
    role: str = Field(max_length=20)
    person_id: int = ref("person.id")
    status: str = Field(default="open", max_length=20, index=True)
    ratings: list[int] = json_list()
    totals: list[int] = json_list()  # students only: how many slips ticked 1, 2, 3, 4 and 5
    comment: str | None = Field(default=None, max_length=1000)
    reminders: int = Field(default=0, ge=0, le=3)
    opened_at: datetime
    answered_at: datetime | None = None


class Colleague(SQLModel, table=True):
    """A colleague (同伴) of one placement: works beside the supporting teacher, answers the waves meant for colleagues."""

    __table_args__ = (UniqueConstraint("placement_id", "person_id"),)
    id: int | None = key()
    placement_id: int = ref("placement.id")
    person_id: int = ref("person.id")
    joined_at: datetime
    ended_at: datetime | None = None
