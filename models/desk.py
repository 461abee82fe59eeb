"""The coordinators' desk: what a county has settled for itself, who stands in for whom, lists approved in one tap."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models.types import json_list, json_map, key, one_of, ref

DEPUTY_STATES = ("planned", "active", "ended", "cancelled")
BULK_STATES = ("open", "done")


class CountySettings(SQLModel, table=True):
    """What a county may settle for itself; a county without a row has these defaults."""

    id: int | None = key()
    county: str = Field(max_length=60, unique=True)
    answer_days: int = Field(default=3, ge=1, le=30)  # a teacher's time to answer an offer
    confirm_reminder_days: list[int] = Field(default_factory=lambda: [2, 5], sa_type=JSON)
    idle_days: int = Field(
        default=3, ge=1, le=30
    )  # until a decision nobody took is reminded, and again until the next level
    day_begins: int = Field(default=8, ge=8, le=12)  # hours between which people are reminded; never more than 8 to 21
    day_ends: int = Field(default=21, ge=16, le=21)
    # A programme's own rules: years of service at least, the title at least, where teachers come from.
    min_years: int = Field(default=0, ge=0, le=40)
    min_title: str = Field(default="any", max_length=20)
    origin: str = Field(default="any", max_length=20)
    more: dict[str, Any] = json_map()  # what later parts settle by county; surveys: its choices within the plan


class Deputy(SQLModel, table=True):
    """One coordinator stands in for another from day to day; while it is active the deputy holds roles that name it."""

    __table_args__ = (one_of("status", DEPUTY_STATES),)
    id: int | None = key()
    for_id: int = ref("person.id")  # who is away
    person_id: int = ref("person.id")  # who decides meanwhile
    starts: date
    ends: date
    status: str = Field(default="planned", max_length=20)
    created_at: datetime


class BulkApproval(SQLModel, table=True):
    """What one coordinator was shown as clear; 批准 acts on exactly that."""

    __table_args__ = (one_of("status", BULK_STATES),)
    id: int | None = key()
    person_id: int = ref("person.id")
    status: str = Field(default="open", max_length=20)
    items: list[list[int]] = json_list()  # proposal, teacher
    left_out: list[list[Any]] = json_list()  # proposal, why: what had changed when it was approved
    created_at: datetime
