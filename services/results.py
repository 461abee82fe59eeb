"""What the answers come to: the weighted score of a placement with its counts, how many answered each wave, and what follows.

Only coordinators read it. Nothing is averaged over a group that did not answer: it is named, and the score is provisional.
A group the county does not ask is named too, but nothing is missing without it.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from models import Need, Placement, School, Survey, Teacher
from services import audit, people, proposals, survey_plan, totals
from services.actor import Actor, access_placement, lock_need, must_coordinate
from services.post import Toast, tell, tell_all, update
from services.snapshots import placement_values
from services.survey_plan import Plan, plan

GROUPS = ("school", "teacher", "colleague", "students")


def settle(session: Session, placement: Placement, kind: str, now: datetime) -> None:
    """Once nobody is waited for in a wave after the help, the coordinators get the result; they close or reopen the order."""
    lock_need(session, placement.need_id)
    query = select(Survey.id).where(Survey.placement_id == placement.id, Survey.kind == kind, Survey.status == "open")
    if placement.status not in ("ended", "closed") or not plan().wave(kind).follows or session.exec(query).first():
        return
    need = session.get_one(Need, placement.need_id)
    county = session.get_one(School, need.school_id).county
    people_told, _ = people.coordinators_of(session, county)
    tell_all(session, people_told, "result", result(session, placement), card=_card(placement))


def result(session: Session, placement: Placement) -> dict[str, Any]:
    """The score, each group's mean and count in the wave that makes it, and how many answered each wave."""
    query = select(Survey).where(Survey.placement_id == placement.id).order_by(col(Survey.id))
    surveys = list(session.exec(query))
    counted = [survey for survey in surveys if survey.kind == plan().score]
    groups = [_group(role, [survey for survey in counted if survey.role == role]) for role in GROUPS]
    return {
        "placement": placement_values(session, placement),
        "score": score({group["role"]: group["mean"] for group in groups}, survey_plan.of(placement.plan)),
        "groups": groups,
        "comments": [each.comment for each in counted if each.status == "answered" and each.comment],
        "waves": _waves(surveys),
    }


def score(means: dict[str, float | None], asked: Plan) -> dict[str, Any]:
    """The weighted mean of the groups that answered, with the shares used, the groups missing and those never asked."""
    weights = asked.weights
    present = {group: weight for group, weight in weights.items() if means.get(group) is not None}
    total = sum(present.values())
    mean = sum(weight * (means[group] or 0) for group, weight in present.items()) / total if total else None
    return {
        "mean": round(mean, 2) if mean is not None else None,
        "shares": {group: round(100 * weight / total) for group, weight in present.items()},
        "missing": [group for group in weights if group not in present],
        "not_asked": [group for group in plan().weights if group not in weights],
    }


def _group(role: str, surveys: list[Survey]) -> dict[str, Any]:
    answered = [survey for survey in surveys if survey.status == "answered"]
    slips = [sum(counts) for counts in zip(*(survey.totals for survey in answered if survey.totals), strict=True)]
    marks = [mark for survey in answered for mark in survey.ratings]
    mean = totals.mean(slips) if slips else sum(marks) / len(marks) if marks else None
    return {
        "role": role,
        "asked": len(surveys),
        "answered": len(answered),
        "slips": sum(slips),
        "mean": round(mean, 2) if mean is not None else None,
    }


def _waves(surveys: list[Survey]) -> list[dict[str, Any]]:
    found = []
    for kind in plan().waves:
        asked = [survey for survey in surveys if survey.kind == kind]
        if asked:
            answered = sum(survey.status == "answered" for survey in asked)
            found.append({"kind": kind, "asked": len(asked), "answered": answered})
    return found


def to_close(session: Session, actor: Actor) -> list[Placement]:
    """Placements whose feedback is in, waiting for 结束 or 再次帮扶 by this coordinator; the oldest first."""
    waited_for = select(Survey.placement_id).where(Survey.status == "open", Survey.kind == plan().score)
    query = (
        select(Placement)
        .join(School)
        .where(Placement.status == "ended", col(Placement.id).not_in(waited_for))
        .order_by(col(Placement.end), col(Placement.id))
    )
    if not actor.is_programme:
        query = query.where(col(School.county).in_(actor.counties))
    return list(session.exec(query))


def open_result(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """A line of /queue: the result again, at the end of the chat."""
    placement, _ = _access_result(session, actor, placement_id)
    tell(session, actor.id, "result", result(session, placement), card=_card(placement))
    return None


def close(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """结束: the help is done."""
    placement, need = _access_result(session, actor, placement_id)
    if placement.status != "ended":
        return _stale(session, actor, placement)
    _close(session, actor, placement, need, now, why="done")
    return Toast("done")


def reopen(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """再次帮扶: the order is opened anew with a reference to this one."""
    placement, need = _access_result(session, actor, placement_id)
    if placement.status != "ended":
        return _stale(session, actor, placement)
    _close(session, actor, placement, need, now, why="reopened")
    again = Need(**need.model_dump(exclude={"id", "status", "batch", "filed_at", "closed_at", "created_at"}))
    again.status, again.batch, again.reopens_id = "open", uuid4().hex, need.id
    again.headcount, again.start, again.created_at, again.filed_at = 1, None, now, now
    again.window_from = again.window_until = again.until = None
    audit.begin(session, again, actor, now, why=f"reopens {need.id}")
    tell(session, people.speaker(session, need), "need-reopened", {"id": again.id, "old": need.id})
    proposals.propose(session, again, now)
    return Toast("done")


def _close(session: Session, actor: Actor, placement: Placement, need: Need, now: datetime, why: str) -> None:
    placement.closed_at = now
    audit.move(session, placement, "closed", actor, now, why=why)
    session.flush()
    query = select(Placement).where(Placement.need_id == need.id)
    if need.status == "filled" and all(other.status in ("closed", "cancelled") for other in session.exec(query)):
        need.closed_at = now
        audit.move(session, need, "closed", actor, now, why=why)
    county = session.get_one(School, need.school_id).county
    for person in people.coordinators_of(session, county)[0]:
        update(session, person, "result", result(session, placement), card=_card(placement))
    tell(session, people.speaker(session, need), "need-closed", placement_values(session, placement))
    teacher = session.get_one(Teacher, placement.teacher_id)
    if teacher.person_id is not None:
        tell(session, teacher.person_id, "placement-closed", placement_values(session, placement))


def _access_result(session: Session, actor: Actor, placement_id: int) -> tuple[Placement, Need]:
    placement, need, _ = access_placement(session, actor, placement_id)
    must_coordinate(session, actor, need)
    return placement, need


def _stale(session: Session, actor: Actor, placement: Placement) -> Toast:
    update(session, actor.id, "result", result(session, placement), card=_card(placement))
    return Toast("stale")


def _card(placement: Placement) -> str:
    return f"result:{placement.id}"
