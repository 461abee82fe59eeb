"""Receiving schools (受援学校) and the units that support them (帮扶单位)."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import json_list, key, ref


class School(SQLModel, table=True):
    """A receiving school. What no source gives (altitude of the 70 schools of 凉山) stays empty."""

    __table_args__ = (UniqueConstraint("county", "name"),)
    id: int | None = key()
    name: str = Field(max_length=80, index=True)
    county: str = Field(max_length=60, index=True)
    province: str | None = Field(default=None, max_length=60)
    city: str | None = Field(
        default=None, max_length=60
    )  # or prefecture: 凉山州 is what teachers wish for, 四川 seldom
    district: str | None = Field(default=None, max_length=60)  # 片区
    is_key: bool = False
    teachers: int | None = Field(default=None, ge=0)
    stages: list[str] = json_list()
    training_body: str | None = Field(default=None, max_length=80)
    central_school_id: int | None = ref("school.id", optional=True)
    central_inferred: bool = False
    altitude: int | None = None  # metres
    conditions: str | None = Field(default=None, max_length=300)  # lodging, travel … in the school's own words
    one_teacher: bool = False  # 一师一校
    remote: bool = False


class SupportUnit(SQLModel, table=True):
    """A unit that supports the schools of a county; with its city, that city is paired with the county."""

    __table_args__ = (UniqueConstraint("county", "name"),)
    id: int | None = key()
    name: str = Field(max_length=80)
    county: str = Field(max_length=60)
    city: str | None = Field(default=None, max_length=60)
    training_body: str | None = Field(default=None, max_length=80)
