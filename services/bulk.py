"""批量批准: what is clear by a named rule (bulk.toml) is shown as one list, and one tap approves all of it still clear.

Each order is approved as by hand, with its own audit row. What changed since the list was shown is left out and named.
"""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from models import BulkApproval, Need, Proposal, School, Teacher
from services import audit, decisions
from services.actor import Actor, access_proposal
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import need_values, teacher_values

LEFT_OUT = ("decided", "changed", "taken")


@cache
def rule() -> dict[str, Any]:
    """When a proposal is clear."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def is_clear(proposal: Proposal) -> bool:
    """Nothing was asked or marked, and the best candidate fits in everything and leads."""
    if proposal.status != "open" or proposal.question or proposal.marked or not proposal.candidates:
        return False
    best, *others = proposal.candidates
    leads = not others or best["score"] - others[0]["score"] >= rule()["lead"]
    return bool(best["tier"] == rule()["tier"] and not best["relax"] and leads)


def clear_of(session: Session, actor: Actor) -> list[Proposal]:
    """The actor's proposals that are clear, by order, so that rows are locked in one order everywhere."""
    query = (
        select(Proposal)
        .join(Need, col(Need.id) == Proposal.need_id)
        .join(School, col(School.id) == Need.school_id)
        .where(Proposal.status == "open")
        .order_by(col(Proposal.need_id))
    )
    if not actor.is_programme:
        query = query.where(col(School.county).in_(actor.counties))
    return [proposal for proposal in session.exec(query) if is_clear(proposal)]


def ask(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """批量批准: one line for each, and one question."""
    if not actor.is_coordinator:
        raise Refused("coordinators-only")
    found = clear_of(session, actor)[: rule()["most"]]
    if not found:
        return Toast("nothing-clear")
    items = [[proposal.id, proposal.candidates[0]["teacher"]] for proposal in found]
    bulk = BulkApproval(person_id=actor.id, items=items, created_at=now)
    audit.begin(session, bulk, actor, now, why=rule()["name"])
    tell(session, actor.id, "bulk", _values(session, bulk), card=_card(bulk))
    return None


def _values(session: Session, bulk: BulkApproval) -> dict[str, Any]:
    left_out = dict(bulk.left_out)
    items = []
    for proposal_id, teacher_id in bulk.items:
        need = session.get_one(Need, session.get_one(Proposal, proposal_id).need_id)
        teacher = teacher_values(session.get_one(Teacher, teacher_id))
        why = left_out.get(proposal_id)
        items.append({"need": need_values(session, need), "teacher": teacher, "left_out": why})
    return {"id": bulk.id, "status": bulk.status, "items": items, "lead": rule()["lead"]}


def approve(session: Session, actor: Actor, now: datetime, bulk_id: int) -> Toast | None:
    """One tap: all of the list that is still as it was shown."""
    bulk = session.get(BulkApproval, bulk_id, with_for_update=True, populate_existing=True)
    if bulk is None or bulk.person_id != actor.id or not actor.is_coordinator:
        raise NotYours
    if bulk.status != "open":
        update(session, actor.id, "bulk", _values(session, bulk), card=_card(bulk))
        return Toast("already")
    outcomes = [(item, _approve_one(session, actor, now, *item)) for item in bulk.items]
    bulk.left_out = [[item[0], why] for item, why in outcomes if why is not None]
    audit.move(session, bulk, "done", actor, now, why=rule()["name"])
    session.flush()
    update(session, actor.id, "bulk", _values(session, bulk), card=_card(bulk))
    return Toast("done")


def _approve_one(session: Session, actor: Actor, now: datetime, proposal_id: int, teacher_id: int) -> str | None:
    """None, or why it was left out."""
    try:
        proposal, need = access_proposal(session, actor, proposal_id)
    except NotYours:
        return "changed"
    if proposal.status != "open":
        return "decided"
    best = proposal.candidates[0]["teacher"] if is_clear(proposal) else None
    if best != teacher_id:
        return "changed"
    toast = decisions.offer_place(session, actor, now, proposal, need, [], why=rule()["name"])
    return None if toast.key == "approved" else "taken"


def _card(bulk: BulkApproval) -> str:
    return f"bulk:{bulk.id}"
