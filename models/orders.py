"""The order through its life: Need (需求) → Proposal (推荐) → Offer (邀约) → Placement (帮扶安排), and its dates moved.

A need with headcount n has n places; each place gets its own proposal, offer and placement, one open proposal at a time.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.types import BigId, big, json_list, json_map, key, one_of, ref

NEED_STATES = ("draft", "open", "returned", "filled", "closed", "declined", "cancelled")
PROPOSAL_STATES = ("open", "returned", "approved", "declined", "withdrawn")
OFFER_STATES = ("open", "accepted", "confirmed", "declined", "expired", "refused", "withdrawn")
PLACEMENT_STATES = ("agreed", "active", "ended", "closed", "cancelled")
DATE_MOVE_STATES = ("open", "agreed", "declined", "withdrawn", "replaced", "dropped")
SIDES = ("school", "teacher")

PROPOSAL_WAITS = text("status IN ('open', 'returned')")
IS_OPEN = text("status = 'open'")


class Need(SQLModel, table=True):
    """One order of a school. While it is a draft it is also the dialogue: its first missing slot is the next question."""

    __table_args__ = (one_of("status", NEED_STATES),)
    id: int | None = key()
    school_id: int = ref("school.id")
    filer_id: int = ref("person.id")
    batch: str = Field(max_length=32, index=True)  # the orders read from one text share a card
    status: str = Field(default="draft", max_length=20, index=True)
    text: str = Field(max_length=4096)  # what the school said, as it said it
    subjects: list[str] = json_list()
    stages: list[str] = json_list()
    grade: int | None = Field(default=None, ge=1, le=12)
    modes: list[str] = json_list()
    headcount: int = Field(default=1, ge=1, le=999)
    headcount_said: bool = False  # 1 is assumed and shown as assumed
    start: date | None = None
    window_from: date | None = None  # first and last day on which the text lets the order begin (下学期 …)
    window_until: date | None = None
    months: float | None = Field(default=None, ge=0, le=120)
    until: date | None = None  # the last day, when the text says it
    topics: list[str] = json_list()
    urgent: bool = False
    evidence: dict[str, list[list[int]]] = json_map()  # field → spans in `text`, code points
    as_read: dict[str, Any] = json_map()  # what the reader gave, before anybody answered or corrected anything
    asked_slots: list[str] = json_list()  # at most two, then the coordinator asks
    reopens_id: int | None = ref("need.id", optional=True)  # the order whose feedback led to this one
    amends_id: int | None = Field(default=None, sa_type=BigId)  # a draft that changes this filed order
    entered_by: int | None = Field(default=None, sa_type=BigId)  # 代填: who typed it for the school
    changed: list[dict[str, Any]] = json_list()  # field, old, new: what the school changed last, after it was filed
    changed_at: datetime | None = None
    ended_why: str | None = Field(default=None, max_length=40)  # withdrawn or given up before it was full
    filed_at: datetime | None = None
    closed_at: datetime | None = None
    created_at: datetime


class Proposal(SQLModel, table=True):
    """Ranked candidates for one place of a need, waiting for a coordinator. The machine proposes, the person decides."""

    __table_args__ = (
        one_of("status", PROPOSAL_STATES),
        Index(
            "one_proposal_waits", "need_id", unique=True, sqlite_where=PROPOSAL_WAITS, postgresql_where=PROPOSAL_WAITS
        ),
    )
    id: int | None = key()
    need_id: int = ref("need.id")
    status: str = Field(default="open", max_length=20, index=True)
    candidates: list[dict[str, Any]] = json_list()  # teacher, score, tier, relax, parts: stored, never reconstructed
    excluded: dict[str, int] = json_map()
    full_match: bool = False
    marked: int = Field(default=0, ge=0)  # index of the candidate that 批准 would take
    question: str | None = Field(default=None, max_length=1000)
    answer: str | None = Field(default=None, max_length=4096)
    decided_by: int | None = ref("person.id", optional=True, index=False)
    decided_for: int | None = big(default=None, nullable=True)  # the person whose deputy decided
    decided_at: datetime | None = None
    unanswered_at: datetime | None = None  # 退回, and the school did not answer in time
    escalated_at: datetime | None = None  # nobody decided in time: the programme level has it too
    created_at: datetime


class Offer(SQLModel, table=True):
    """The invitation of one teacher to one place."""

    __table_args__ = (
        one_of("status", OFFER_STATES),
        UniqueConstraint("proposal_id"),
    )
    id: int | None = key()
    proposal_id: int = ref("proposal.id")
    need_id: int = ref("need.id")
    teacher_id: int = ref("teacher.id")
    status: str = Field(default="open", max_length=20, index=True)
    start: date | None = None
    end: date | None = None
    old_start: date | None = None  # the dates the teacher was invited for and asked to change (换个时间)
    old_end: date | None = None
    deadline: datetime
    extended: bool = False  # the deadline moved once, by the time the school took to answer a question
    reason: str | None = Field(default=None, max_length=40)
    reminded_on: date | None = None  # the day a coordinator last had the school reminded
    relaxed: list[dict[str, Any]] = json_list()  # limit, asked, given: what differs from the order, agreed on at 批准
    answered_at: datetime | None = None
    created_at: datetime


class Placement(SQLModel, table=True):
    """Both sides said yes: who helps where, from when to when."""

    __table_args__ = (one_of("status", PLACEMENT_STATES), UniqueConstraint("offer_id"))
    id: int | None = key()
    offer_id: int = ref("offer.id")
    need_id: int = ref("need.id")
    teacher_id: int = ref("teacher.id")
    school_id: int = ref("school.id")
    status: str = Field(default="agreed", max_length=20, index=True)
    start: date
    end: date
    plan: dict[str, Any] = json_map()  # what its county had chosen of the surveys (services/survey_plan.py)
    colleague_hash: str | None = Field(default=None, max_length=64, unique=True, index=True)  # of the colleague code
    created_at: datetime
    closed_at: datetime | None = None


class DateMove(SQLModel, table=True):
    """改日期: other dates that one side of a placement asks for. Nothing moves until the other side agrees."""

    __table_args__ = (
        one_of("status", DATE_MOVE_STATES),
        one_of("side", SIDES),
        Index("one_date_move_waits", "placement_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )
    id: int | None = key()
    placement_id: int = ref("placement.id")
    person_id: int = ref("person.id")  # who asks …
    side: str = Field(max_length=20)  # … and for whom
    status: str = Field(default="open", max_length=20, index=True)
    start: date
    end: date
    deadline: datetime  # until then the other side is waited for; then the coordinators can decide
    raised_at: datetime | None = None  # they have been asked to
    decided_by: int | None = ref("person.id", optional=True, index=False)
    decided_at: datetime | None = None
    created_at: datetime
