"""What may lie between an invitation and the school's yes: a question to the school, the consent of the teacher's unit."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.types import key, one_of, ref

QUESTION_STATES = ("open", "answered", "dropped")
UNIT_CONSENT_STATES = ("open", "given", "denied", "dropped")


class Question(SQLModel, table=True):
    """先问学校一句: one sentence of the invited teacher, relayed to the school, and what the school answered."""

    __table_args__ = (one_of("status", QUESTION_STATES),)
    id: int | None = key()
    offer_id: int = ref("offer.id")
    person_id: int = ref("person.id")  # who asks
    status: str = Field(default="open", max_length=20)
    text: str = Field(max_length=300)
    answer: str | None = Field(default=None, max_length=300)
    answered_by: int | None = ref("person.id", optional=True)
    answered_at: datetime | None = None
    created_at: datetime


class UnitConsent(SQLModel, table=True):
    """The consent of the 派出单位: its person taps it with a one-time code, or a coordinator records the evidence."""

    __table_args__ = (one_of("status", UNIT_CONSENT_STATES),)
    id: int | None = key()
    offer_id: int = ref("offer.id", unique=True, index=False)
    status: str = Field(default="open", max_length=20)
    code_hash: str | None = Field(default=None, max_length=64, unique=True)  # as with Invite, only the SHA-256
    expires_at: datetime | None = None
    person_id: int | None = ref("person.id", optional=True)  # who redeemed the code and speaks for the unit
    evidence: str | None = Field(default=None, max_length=300)  # in the words of the coordinator who recorded it
    decided_by: int | None = ref("person.id", optional=True, index=False)
    decided_at: datetime | None = None
    created_at: datetime
