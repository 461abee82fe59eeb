"""The typed values that go into and come out of the engine.

Everything here is frozen and plain: no behaviour beyond small conversions. Subjects, stages and forms of help are
the Chinese words of the evaluation set; they are what is stored and compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any

Span = tuple[int, int]
"""[start, end) in code points of the original text."""

EVIDENCE_KEYS = ("subjects", "stage", "grade", "mode", "headcount", "start", "months", "topics", "urgent")


@dataclass(frozen=True, slots=True)
class NeedFields:
    """One order as far as the text fixes it; what it does not fix stays None or empty."""

    subjects: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    grade: int | None = None
    modes: tuple[str, ...] = ()  # accepted forms of help; more than one = either-or
    headcount: int | None = None
    start: date | None = None
    months: float | None = None
    until: date | None = None  # last day, when the text says it
    topics: tuple[str, ...] = ()
    urgent: bool = False
    window: tuple[date, date] | None = None  # first and last day on which the text lets the order begin
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, compare=False)

    @property
    def mode(self) -> str | None:
        """The only accepted form of help, or None when there is none or a choice."""
        return self.modes[0] if len(self.modes) == 1 else None

    @property
    def stage(self) -> str | list[str] | None:
        """The stage as the command line prints it: nothing, one word, or a list."""
        if len(self.stages) > 1:
            return list(self.stages)
        return self.stages[0] if self.stages else None

    def to_json(self) -> dict[str, Any]:
        """The shape `bot.py read` prints."""
        return {
            "subjects": list(self.subjects),
            "stage": self.stage,
            "grade": self.grade,
            "mode": self.mode,
            "headcount": self.headcount,
            "start": self.start.isoformat() if self.start else None,
            "months": self.months,
            "topics": list(self.topics),
            "urgent": self.urgent,
            "evidence": {key: [list(span) for span in spans] for key, spans in self.evidence.items()},
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message is, and the orders in it (none unless kind is "need")."""

    kind: str  # need | offer | resource | question | complaint | greeting | spam
    needs: tuple[NeedFields, ...] = ()


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    return tuple(str(item) for item in value if item) if isinstance(value, list | tuple) else ()


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return int(value)
    except (ValueError, OverflowError):
        return None


def _months(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        months = float(value)
    except (ValueError, OverflowError):
        return None
    return months if 0 <= months < inf else None


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 5 else None


def _text(value: object) -> str | None:
    return str(value) if value else None


@dataclass(frozen=True, slots=True)
class TeacherFields:
    """One supporting teacher as the engine sees them."""

    id: str = ""
    name: str | None = None
    unit: str | None = None
    subjects: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    title: str | None = None
    years: int | None = None
    bio: str = ""
    available_from: date | None = None
    available_until: date | None = None
    capacity: int = 1
    origin_city: str | None = None
    load: int = 0  # places held now
    paused: bool = False
    regions: tuple[str, ...] = ()  # counties, cities or provinces they would like to go to
    not_regions: tuple[str, ...] = ()  # where they will not go
    max_altitude: int | None = None  # metres above which they will not work
    min_months: float | None = None  # shorter or longer stays are not for them
    max_months: float | None = None
    rating: float | None = None  # mean of the 1-5 marks schools gave after earlier placements
    ratings: int = 0  # how many marks that mean rests on

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> TeacherFields:
        """A teacher from a loose dictionary; unknown keys are ignored, bad values become missing ones."""
        capacity = _number(row.get("capacity"))
        return cls(
            id=str(row.get("id") or ""),
            name=_text(row.get("name")),
            unit=_text(row.get("unit")),
            subjects=_words(row.get("subjects")),
            stages=_words(row.get("stages")),
            modes=_words(row.get("modes")),
            topics=_words(row.get("topics")),
            title=_text(row.get("title")),
            years=_number(row.get("years")),
            bio=str(row.get("bio") or ""),
            available_from=_day(row.get("available_from")),
            available_until=_day(row.get("available_until")),
            capacity=1 if capacity is None else max(0, capacity),
            origin_city=_text(row.get("origin_city")),
            load=max(0, _number(row.get("load")) or 0),
            paused=row.get("paused") is True,
            regions=_words(row.get("regions")),
            not_regions=_words(row.get("not_regions")),
            max_altitude=_number(row.get("max_altitude")),
            min_months=_months(row.get("min_months")),
            max_months=_months(row.get("max_months")),
            rating=_share(row.get("rating")),
            ratings=max(0, _number(row.get("ratings")) or 0),
        )


@dataclass(frozen=True, slots=True)
class Site:
    """What is known about where an order comes from, beside its text. Everything left out is neutral."""

    school: str | None = None
    county: str | None = None
    city: str | None = None  # or prefecture: 凉山州 is what teachers wish for, 四川 seldom
    province: str | None = None
    altitude: int | None = None  # metres
    partners: tuple[str, ...] = ()  # supporting cities, counties or units paired with this county or school
    min_years: int | None = None  # a programme's own rules: years of service at least
    min_title: str | None = None  # first | senior | top
    origins: tuple[str, ...] = ()  # a programme's own rules: only from these cities or units (none: from anywhere)
    one_teacher: bool = False  # 一师一校
    remote: bool = False  # a remote school: filled first by `assign`


@dataclass(frozen=True, slots=True)
class Part:
    """One named share of a score. No wording: locales word `part-{name}-{level}` with `values`."""

    name: str
    level: str
    points: float
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher in the order they are proposed; score is the exact sum of the parts' points."""

    teacher_id: str
    score: float
    parts: tuple[Part, ...]
    tier: int  # 1 fits, 2 near
    relax: tuple[str, ...] = ()  # what would have to be relaxed: dates, form, stage, subject, or subject and stage


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who is proposed for one order, whether anybody fits in everything, and why the others are out."""

    candidates: tuple[Candidate, ...] = ()
    full_match: bool = False
    excluded: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ModeTraits:
    """What a form of help means for dates and places."""

    stays: bool  # a lasting stay: a posting, an apprenticeship
    sends_out: bool  # the school sends its own people
    event: bool  # takes place on a day, not over months
    remote: bool  # nobody travels
