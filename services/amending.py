"""A coordinator corrects somebody's entry, with a trace: a school's order before 批准, a teacher's entry paused or resumed.

Whoever it belongs to is told old → new and by whom; the audit keeps both values.
"""

from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

import matching
from models import Need, Proposal, School, Teacher
from services import audit, people, proposals, teachers, timing
from services.actor import Actor, access_proposal, ask
from services.clean import number
from services.corrections import field_values, set_field
from services.errors import NotYours, Refused
from services.needs import FIELDS, merge
from services.post import Toast, tell, update
from services.snapshots import need_values, places, teacher_values

AMENDABLE = (*FIELDS, "urgent")
SHOWS = {  # field → what of need_values it is
    "what": ("subjects", "topics"),
    "form": ("modes",),
    "when": ("start", "window", "months"),
    "stage": ("stages", "grade"),
    "headcount": ("headcount",),
    "topics": ("topics",),
    "urgent": ("urgent",),
}
PAUSED_SHOWN = 8


def amend(session: Session, actor: Actor, now: datetime, proposal_id: int, choice: str = "") -> Toast | None:
    """改订单: which field; `field` its likely values; `field.value` sets it."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if proposal.status != "open" or places(session, need):
        return proposals.stale(session, actor, proposal)
    name, _, value = choice.partition(".")
    if name and name not in AMENDABLE:
        raise NotYours
    if not name:
        ask(actor, None)
        update(session, actor.id, "amend", _about(session, proposal, need), card=proposals.card_name(proposal))
        return None
    if value and not value.startswith("page"):
        changed = _change(session, actor, now, proposal, need, name, partial(set_field, need, name, value, now))
        update(session, actor.id, "proposal", proposals.card(session, proposal), card=proposals.card_name(proposal))
        return Toast("done" if changed else "already")
    if name == "urgent":
        raise NotYours
    ask(actor, f"amend-{name}", proposal.id)
    page = number(value[4:]) or 0
    values = _about(session, proposal, need) | field_values(session, need, name, now, page=page)
    update(session, actor.id, "draft-field", values, card=proposals.card_name(proposal))
    return None


def _about(session: Session, proposal: Proposal, need: Need) -> dict[str, Any]:
    return {"need": need_values(session, need), "about": proposal.id, "verb": "amend"}


def hear(field: str, session: Session, actor: Actor, now: datetime, proposal_id: int, text: str) -> None:
    """A field's new value in words."""
    proposal, need = access_proposal(session, actor, proposal_id)
    if proposal.status != "open" or places(session, need):
        raise Refused("stale")
    reply = matching.read_reply(text, today=timing.today(now))

    def take() -> None:
        if not merge(need, reply, only=(field,), spans=False) and field == "topics":
            need.topics = [text.strip()[:40]]

    if _change(session, actor, now, proposal, need, field, take):
        ask(actor, None)
        tell(session, actor.id, "proposal", proposals.card(session, proposal), card=proposals.card_name(proposal))
    else:
        values = _about(session, proposal, need) | field_values(session, need, field, now, unclear=True)
        tell(session, actor.id, "draft-field", values, card=proposals.card_name(proposal))


def _change(
    session: Session, actor: Actor, now: datetime, proposal: Proposal, need: Need, field: str, act: Any
) -> bool:
    """Do it; if that changed the order: trace, telling, and candidates by what it says now."""
    before = need_values(session, need)
    act()
    session.add(need)
    session.flush()
    after = need_values(session, need)
    if _held(before, field) == _held(after, field):
        return False
    county = session.get_one(School, need.school_id).county
    details = {"field": field, "before": _held(before, field), "after": _held(after, field)}
    details |= proposals.behalf(actor.stands_for(county))
    audit.move(session, need, need.status, actor, now, why="amended", details=details)
    proposals.rank_anew(session, proposal, need, now)
    session.flush()
    proposals.spread(session, proposal, but=actor.id)
    told = {"field": field, "before": before, "after": after, "by": actor.person.name}
    tell(session, people.speaker(session, need), "need-amended", told)
    return True


def _held(values: dict[str, Any], field: str) -> str:
    return str([values[name] for name in SHOWS[field]])


def entry(session: Session, actor: Actor, now: datetime, teacher_id: int) -> Toast | None:
    """看登记: a teacher as coordinators see them, with 暂停 or 恢复."""
    teacher = _access(session, actor, teacher_id)
    tell(session, actor.id, "entry", teacher_values(teacher), card=f"entry:{teacher_id}")
    return None


def _access(session: Session, actor: Actor, teacher_id: int) -> Teacher:
    """Teachers belong to the whole programme: every coordinator sees them as candidates."""
    teacher = session.get(Teacher, teacher_id, with_for_update=True, populate_existing=True)
    if teacher is None or not actor.is_coordinator or teacher.status not in ("active", "paused"):
        raise NotYours
    return teacher


def switch(session: Session, actor: Actor, now: datetime, teacher_id: int, to: str) -> Toast | None:
    """暂停 and 恢复 by a coordinator: the teacher is told by whom."""
    teacher = _access(session, actor, teacher_id)
    if to not in ("active", "paused"):
        raise NotYours
    before = teacher.status
    if before != to:
        teachers.switch(session, teacher, to, actor, now)
        if teacher.person_id is not None:
            tell(session, teacher.person_id, "entry-switched", {"status": to, "by": actor.person.name})
    update(session, actor.id, "entry", teacher_values(teacher), card=f"entry:{teacher_id}")
    return Toast("done" if before != to else "already")


def paused(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """暂停的老师: whom one might ask to come back, the newest entries first."""
    if not actor.is_coordinator:
        raise Refused("coordinators-only")
    query = select(Teacher).where(Teacher.status == "paused", col(Teacher.person_id).is_not(None))
    found = session.exec(query.order_by(col(Teacher.id).desc()).limit(PAUSED_SHOWN))
    values = {"teachers": [teacher_values(teacher) for teacher in found]}
    tell(session, actor.id, "paused", values, card="paused")
    return None
