"""Follow-up surveys (回访): three ratings 1–5 and one optional sentence, one row per person asked."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import json_list, key, one_of, ref

SURVEY_STATES = ("open", "answered", "lapsed", "cancelled")
SURVEY_ROLES = ("school", "teacher")


class Survey(SQLModel, table=True):
    """One person's survey about one placement. The rated never enter their own rating: each side rates the other."""

    __table_args__ = (
        one_of("status", SURVEY_STATES),
        one_of("role", SURVEY_ROLES),
        UniqueConstraint("placement_id", "kind", "person_id"),
    )
    id: int | None = key()
    placement_id: int = ref("placement.id")
    kind: str = Field(default="end", max_length=20)
    role: str = Field(max_length=20)
    person_id: int = ref("person.id")
    status: str = Field(default="open", max_length=20, index=True)
    ratings: list[int] = json_list()
    comment: str | None = Field(default=None, max_length=1000)
    reminders: int = Field(default=0, ge=0, le=3)
    opened_at: datetime
    answered_at: datetime | None = None
