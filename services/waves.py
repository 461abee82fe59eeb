"""The waves (轮) of the surveys: a placement's dates say when which opens, and whom it asks.

Each wave is a due row of the placement, its sequence is the wave's number. Dates that move take the waves with them that
have not opened yet. The plan is data, services/survey_plan.toml, with what the placement keeps of its county's choices.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from models import Need, Placement, Teacher
from services import colleagues, people, survey_plan, surveys, timing
from services.actor import lock_need
from services.survey_plan import Group, Wave

KIND = "survey-wave"
HOUR = 10


def schedule(session: Session, placement: Placement, now: datetime) -> None:
    """Fix or move every wave that has not opened; a day that has passed already means: now, in the daytime."""
    assert placement.id is not None
    asked_of_it = survey_plan.of(placement.plan).waves
    for kind, wave in survey_plan.plan().waves.items():
        if wave.is_last or timing.happened(session, KIND, placement.id, wave.number):
            continue
        day = asked_of_it[kind].day(placement.start, placement.end) if kind in asked_of_it else None
        if day is None:
            timing.cancel(session, KIND, placement.id, now, wave.number)
        else:
            timing.schedule(session, KIND, placement.id, max(timing.at(day, HOUR), timing.awake(now)), wave.number)


def run(session: Session, placement_id: int, number: int, now: datetime) -> None:
    """A wave is due. Not at night, not for a placement that is over or not over yet, not when it is too late to matter."""
    placement = session.get_one(Placement, placement_id)
    lock_need(session, placement.need_id)
    session.refresh(placement)
    wave = survey_plan.of(placement.plan).numbered(number)
    if wave is None:
        return
    states = ("ended", "closed") if wave.follows else ("agreed", "active")
    day = wave.day(placement.start, placement.end)
    if placement.status not in states or day is None or timing.today(now) > day + timedelta(days=wave.lapse_days):
        return
    if (waking := timing.awake(now)) > now:
        timing.schedule(session, KIND, placement_id, waking, number)
    else:
        surveys.open_wave(session, placement, wave, asked(session, placement, wave), now)


def end(session: Session, placement: Placement, now: datetime) -> None:
    """The placement is over: the wave of the end opens with it."""
    for wave in survey_plan.of(placement.plan).waves.values():
        if wave.is_last:
            surveys.open_wave(session, placement, wave, asked(session, placement, wave), now)


def cancel(session: Session, placement: Placement, now: datetime) -> None:
    """What has not opened of a placement will not open."""
    assert placement.id is not None
    timing.cancel(session, KIND, placement.id, now)


def asked(session: Session, placement: Placement, wave: Wave) -> list[tuple[Group, int]]:
    """(group, person) of everybody the wave asks. The rated is asked as teacher only, and nobody twice for one group."""
    need = session.get_one(Need, placement.need_id)
    teacher = session.get_one(Teacher, placement.teacher_id).person_id
    school = people.speaker(session, need)
    groups = {
        "school": [school],
        "teacher": [teacher] if teacher is not None else [],
        "colleague": [person for person in colleagues.of(session, placement) if person != school],
        "students": [school],
    }
    return [
        (group, person) for group in wave.ask for person in groups[group] if (group == "teacher") == (person == teacher)
    ]
