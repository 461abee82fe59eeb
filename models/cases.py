"""Labelled cases: what a school's text was read as, and what its people made of it. For the county's own use.

Texts are masked before they are stored (services/masking.py): no name, no number, nobody's account.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import json_list, key, ref


class ReadingCase(SQLModel, table=True):
    """One text with all its orders: as the reader gave them, and as the school filed them."""

    __table_args__ = (UniqueConstraint("batch"),)
    id: int | None = key()
    batch: str = Field(max_length=32)  # of the needs it came from
    person_id: int = ref("person.id")  # who pressed 提交; forgetting them forgets the case
    county: str = Field(max_length=60, index=True)
    text: str = Field(max_length=4096)
    read_on: date  # 下学期 means another term on another day
    read: list[dict[str, Any]] = json_list()
    corrected: list[dict[str, Any]] = json_list()  # labels of tests/matching/eval, with what else counts as right
    fields: list[str] = json_list()  # which fields a person changed; none: confirmed as read
    created_at: datetime
