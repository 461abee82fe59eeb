"""提交: from the card of drafts to filed orders, after one look at what the school has filed already.

The look never blocks. An order typed for somebody else (代填) goes to that person first; a draft that amends a filed order
is taken over by it (services/changes.py).
"""

from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlmodel import Session, col, or_, select

from models import Need, Person, School
from services import audit, cases, changes, home, needs, people, proposals, timing
from services.actor import Actor, access_need, ask
from services.post import Toast, tell, update
from services.snapshots import day, need_values

SIMILAR_DAYS = 60
REMINDER_DAYS = 2  # until the owner of what somebody filled in is reminded, once
ALIKE = 80.0  # of 100, for topics where no subject was named


def submit(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """提交: file every order of the card, unless something similar is shown first."""
    return _submit(session, actor, now, need_id, anyway=False)


def submit_anyway(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """还是提交: what was similar has been seen."""
    return _submit(session, actor, now, need_id, anyway=True)


def _submit(session: Session, actor: Actor, now: datetime, need_id: int, *, anyway: bool) -> Toast | None:
    need = access_need(session, actor, need_id)
    if need.status != "draft":
        needs.show_present(session, actor, need)
        return Toast("already")
    batch = needs.batch_of(session, need)
    if needs.next_question(batch) is not None:
        needs.show(session, actor, batch)
        return Toast("one-question-left")
    if need.amends_id is not None:
        return changes.take_over(session, actor, now, need)
    before = None if anyway else similar(session, batch, now)
    if before is not None:
        _show_similar(session, actor, need, before)
        return None
    owner = people.owner_of(session, need)
    if need.entered_by == actor.id and owner not in (None, actor.id):
        assert owner is not None
        return _ask_owner(session, actor, now, batch, owner)
    return _file(session, actor, now, batch)


def _file(session: Session, actor: Actor, now: datetime, batch: list[Need]) -> Toast:
    ask(actor, None)
    for draft in batch:
        draft.filed_at = now
        audit.move(session, draft, "open", actor, now)
    cases.keep(session, batch[0], actor, now)
    session.flush()
    values = {"batch": [need_values(session, draft) for draft in batch]}
    unsaid = bool(actor.schools) and session.get_one(School, batch[0].school_id).conditions is None
    update(session, actor.id, "draft-filed", {**values, "ask_conditions": unsaid}, card=needs.card_name(batch[0]))
    typist = batch[0].entered_by
    if typist not in (None, actor.id):
        assert typist is not None
        tell(session, typist, "draft-filed", {**values, "owner": actor.person.name}, card=needs.card_name(batch[0]))
    for draft in batch:
        proposals.propose(session, draft, now)
    return Toast("filed")


def _ask_owner(session: Session, actor: Actor, now: datetime, batch: list[Need], owner: int) -> Toast:
    """The school's person gets the card to confirm; until then it is a draft."""
    ask(actor, None)
    tell(session, owner, "draft-card", needs.card(session, owner, batch), card=needs.card_name(batch[0]))
    values = {"batch": [need_values(session, draft) for draft in batch], "owner": session.get_one(Person, owner).name}
    update(session, actor.id, "behalf-sent", values, card=needs.card_name(batch[0]))
    timing.schedule(session, "behalf-reminder", batch[0].id or 0, timing.awake(now + timedelta(days=REMINDER_DAYS)))
    return Toast("done")


def remind_owner(session: Session, need_id: int, sequence: int, now: datetime) -> None:
    """The card that somebody filled in still waits: its owner gets it once more, and the typist hears that it waits."""
    need = session.get_one(Need, need_id)
    owner = people.owner_of(session, need)
    if need.status != "draft" or need.entered_by is None or owner in (None, need.entered_by):
        return
    if timing.put_off(session, "behalf-reminder", need_id, sequence, now):
        return
    assert owner is not None
    batch = needs.batch_of(session, need)
    tell(session, owner, "draft-card", needs.card(session, owner, batch), card=needs.card_name(need), bulk=True)
    values = {"need": need_values(session, need), "name": session.get_one(Person, owner).name}
    tell(session, need.entered_by, "behalf-waiting", values, bulk=True)


# ---- something similar


def similar(session: Session, batch: list[Need], now: datetime) -> Need | None:
    """The newest order that the school or the same person filed lately, is not over, and asks for nearly the same."""
    draft = batch[0]
    query = (
        select(Need)
        .where(
            or_(col(Need.school_id) == draft.school_id, col(Need.filer_id) == draft.filer_id),
            col(Need.status).in_(changes.LIVE),
            col(Need.filed_at) >= now - timedelta(days=SIMILAR_DAYS),
        )
        .order_by(col(Need.filed_at).desc(), col(Need.id).desc())
    )
    return next((need for need in session.exec(query) if any(_is_alike(need, each) for each in batch)), None)


def _is_alike(one: Need, other: Need) -> bool:
    if set(one.subjects) != set(other.subjects) or not _may_meet(one.stages, other.stages):
        return False
    if not _may_meet(one.modes, other.modes):
        return False
    return bool(one.subjects) or any(fuzz.partial_ratio(a, b) >= ALIKE for a in one.topics for b in other.topics)


def _may_meet(one: list[str], other: list[str]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _show_similar(session: Session, actor: Actor, need: Need, before: Need) -> None:
    values = {
        "about": need.id,
        "similar": home.progress(session, before),
        "name": session.get_one(Person, before.filer_id).name,
        "own": before.filer_id == actor.id,
        "filed": day(timing.today(before.filed_at)) if before.filed_at else None,
    }
    update(session, actor.id, "similar-ask", values, card=needs.card_name(need))
