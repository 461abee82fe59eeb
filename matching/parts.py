"""The named parts of a score. The wording belongs to locales: `part-{name}-{level}` with the part's values.

    subject  shared {subject} · sibling {subject} {asked}
    stage    shared {stage} · adjacent {stage} {asked}
    form     shared {form} · missing {form}
    topic    shared {topic} {words} · broader {topic} {words} · none {topic}
    dates    whole · later {date} · late {date} {days} · open · other {days}
    stay     cycle · year · short {date}
    load     free {capacity} · some {load} {capacity}
    title    top {title} · senior {title} · first {title} · other {title}
    years    many {years} · some {years} · few {years}

A part is left out when the order does not ask for it or the teacher has not said it: missing data is neutral.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from matching.dates import first_day, slack_days, start_window
from matching.terms import load_table, mode_traits, terms
from matching.types import NeedFields, Part, TeacherFields

CYCLE_MONTHS = 36
YEAR_MONTHS = 10


@cache
def weights() -> dict[str, Any]:
    """weights.toml: every number with its reason."""
    return load_table("weights")


def part(name: str, level: str, **values: str) -> Part:
    """A part at its usual points."""
    return Part(name, level, float(weights()[name][level]), values)


def _shared(asked: tuple[str, ...], has: tuple[str, ...]) -> str:
    return next((name for name in asked if name in has), "")


def subject_part(need: NeedFields, teacher: TeacherFields) -> Part | None:
    """Same subject, or a neighbouring one."""
    if not need.subjects:
        return None
    shared = _shared(need.subjects, teacher.subjects)
    if shared:
        return part("subject", "shared", subject=shared)
    near = next((own for own in teacher.subjects for asked in need.subjects if {own, asked} in terms().siblings), "")
    return part("subject", "sibling", subject=near, asked=need.subjects[0])


def stage_part(need: NeedFields, teacher: TeacherFields) -> Part | None:
    """Same stage, or one step away."""
    if not asks_stage(need):
        return None
    shared = _shared(need.stages, teacher.stages)
    if shared:
        return part("stage", "shared", stage=shared)
    return part("stage", "adjacent", stage=next(iter(teacher.stages), ""), asked=need.stages[0])


def asks_stage(need: NeedFields) -> bool:
    """特殊教育 has no stages of its own: whoever teaches it fits."""
    special = {name for name, key in terms().ids["subject"].items() if key == "special"}
    return bool(need.stages) and not set(need.subjects) & special


def form_part(need: NeedFields, teacher: TeacherFields) -> Part | None:
    """One of the accepted forms of help is offered, or not."""
    if not need.modes:
        return None
    shared = _shared(need.modes, teacher.modes)
    return part("form", "shared", form=shared) if shared else part("form", "missing", form=need.modes[0])


def dates_part(need: NeedFields, teacher: TeacherFields, today: date) -> Part:
    """When the teacher could begin, against the window the order leaves."""
    late, short = slack_days(need, teacher, today)
    if late or short:
        return part("dates", "other", days=str(late + short))
    if teacher.available_from is None and teacher.available_until is None:
        return part("dates", "open")
    begin, (opens, closes) = first_day(need, teacher, today), start_window(need, today)
    if begin > closes:
        return part("dates", "late", date=begin.isoformat(), days=str((begin - closes).days))
    return part("dates", "whole") if begin <= max(today, opens) else part("dates", "later", date=begin.isoformat())


def stay_part(need: NeedFields, teacher: TeacherFields, today: date) -> Part | None:
    """How long a posting could last, against the three years a class keeps its teachers."""
    if teacher.available_until is None or not any(mode_traits(m).stays for m in need.modes if m in terms().traits):
        return None
    months = (teacher.available_until - first_day(need, teacher, today)).days / 30.4
    if months >= CYCLE_MONTHS:
        return part("stay", "cycle")
    level = "year" if months >= YEAR_MONTHS else "short"
    return part("stay", level, **({} if level == "year" else {"date": teacher.available_until.isoformat()}))


def load_part(teacher: TeacherFields) -> Part:
    """Places held against capacity."""
    if not teacher.load:
        return part("load", "free", capacity=str(teacher.capacity))
    return part("load", "some", load=str(teacher.load), capacity=str(teacher.capacity))


def title_part(teacher: TeacherFields) -> Part | None:
    """The professional title."""
    if not teacher.title:
        return None
    for level, words in weights()["titles"].items():
        if any(word in teacher.title for word in words):
            return part("title", level, title=teacher.title)
    return part("title", "other", title=teacher.title)


def years_part(teacher: TeacherFields) -> Part | None:
    """Years of service."""
    if teacher.years is None:
        return None
    level = "many" if teacher.years >= 10 else "some" if teacher.years >= 3 else "few"
    return part("years", level, years=str(teacher.years))
