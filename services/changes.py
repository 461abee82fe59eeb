"""An order after it was filed: its card, 修改, 撤回 and 够了. Those concerned are told once.

A change is prepared on a draft that amends the order (`Need.amends_id`): the same card, questions and buttons as a new order,
and nothing holds until 提交. What then differs is kept with the order, so that cards say old → new.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from models import Need, Offer, Placement
from services import audit, colleagues, corrections, needs, offers, people, proposals
from services.actor import Actor, access_need, access_order, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, tell_all, update
from services.snapshots import day, need_values, places

SHOWN = 30  # orders one can page through
CHANGEABLE = ("open", "returned")
LIVE = (*CHANGEABLE, "filled")
WITHDRAW_REASONS = ("unneeded", "found", "mistake", "unsaid")
ENOUGH_REASONS = ("enough", "waited", "unsaid")
COPIED: tuple[str, ...] = ("subjects", "stages", "grade", "modes", "headcount", "headcount_said", "topics", "urgent")
COPIED += ("start", "window_from", "window_until", "months", "until", "evidence")
ASKED_FOR = ("what", "form", "stage", "when", "topics")  # what a teacher agrees to; numbers are not their business


# ---- the order's card


def listed(session: Session, actor: Actor, now: datetime, _: int = 0, choice: str = "") -> Toast | None:
    """我的订单: the filed orders that are not over, newest first."""
    query = (
        select(Need)
        .where(col(Need.school_id).in_(actor.schools), col(Need.status).in_(LIVE))
        .order_by(col(Need.id).desc())
        .limit(SHOWN)
    )
    found = [need_values(session, need) for need in session.exec(query)]
    page = number(choice.removeprefix("page")) or 0
    (update if choice else tell)(session, actor.id, "orders", {"needs": found, "page": page}, card="orders")
    return None


def show(session: Session, actor: Actor, now: datetime, need_id: int, choice: str = "") -> Toast | None:
    """A filed order with what can be done about it; `back` returns to it from a question."""
    need = access_need(session, actor, need_id)
    if need.status == "draft":
        raise Refused("stale")
    if (actor.person.asked or "").startswith("evidence-"):
        ask(actor, None)
    (update if choice else tell)(session, actor.id, "order-card", _values(session, need), card=card_name(need.id))
    return None


def _values(session: Session, need: Need) -> dict[str, Any]:
    from services import home

    return {
        "need": home.progress(session, need),
        "can_change": need.status in CHANGEABLE,
        "can_end": _way_to_end(session, need),
        "helping": len(helping(session, need)),
    }


def helping(session: Session, need: Need) -> list[Placement]:
    """Who helps with an order at this moment and may be rated by colleagues."""
    query = select(Placement).where(Placement.need_id == need.id, Placement.status == "active")
    return [each for each in session.exec(query.order_by(col(Placement.id))) if colleagues.asked(each)]


def _way_to_end(session: Session, need: Need) -> str | None:
    """撤回 as long as nobody is helping; 够了 once a part of the places is filled."""
    if need.status not in LIVE:
        return None
    if need.status != "filled" and places(session, need, ("confirmed",)):
        return "enough"
    return None if _is_running(session, need) else "withdraw"


def _is_running(session: Session, need: Need) -> bool:
    query = select(Placement.id).where(
        Placement.need_id == need.id, col(Placement.status).in_(("active", "ended", "closed"))
    )
    return session.exec(query).first() is not None


def show_present(session: Session, actor: Actor, need: Need) -> None:
    """The order's card as it stands, in place."""
    update(session, actor.id, "order-card", _values(session, need), card=card_name(need.id))


def _stale(session: Session, actor: Actor, need: Need) -> Toast:
    show_present(session, actor, need)
    return Toast("stale")


def card_name(need_id: int | None) -> str:
    """The card of a filed order."""
    return f"order:{need_id}"


# ---- 撤回


def withdraw_ask(session: Session, actor: Actor, now: datetime, need_id: int, choice: str = "") -> Toast | None:
    """撤回: the reason first, then what will happen and one more tap."""
    need = access_need(session, actor, need_id)
    if choice in WITHDRAW_REASONS:
        view, more = "withdraw-sure", {"reason": choice, **_hanging(session, need)}
    elif not choice or choice.startswith("page"):
        view, more = "withdraw-ask", {"page": number(choice.removeprefix("page")) or 0}
    else:
        raise NotYours
    if not _may_withdraw(session, need):
        return _stale(session, actor, need)
    update(session, actor.id, view, {"need": need_values(session, need), **more}, card=card_name(need.id))
    return None


def _may_withdraw(session: Session, need: Need) -> bool:
    if need.status in LIVE and _is_running(session, need):
        raise Refused("placement-runs")
    return need.status in LIVE


def _hanging(session: Session, need: Need) -> dict[str, int]:
    """How many teachers would hear of it: asked, and settled."""
    return {
        "asked": places(session, need, ("open", "accepted")),
        "settled": places(session, need, ("confirmed",)),
    }


def withdraw(session: Session, actor: Actor, now: datetime, need_id: int, reason: str) -> Toast | None:
    """撤回 with its reason: nobody is asked any more, and what was settled is cancelled."""
    need = access_need(session, actor, need_id)
    if reason not in WITHDRAW_REASONS:
        raise NotYours
    if not _may_withdraw(session, need):
        return _stale(session, actor, need)
    ask(actor, None)
    need.ended_why, need.closed_at = reason, now
    audit.move(session, need, "cancelled", actor, now, why=reason)
    seen = proposals.withdraw(session, need, actor, now, why=reason)
    for offer in _offers(session, need, ("open", "accepted", "confirmed")):
        offers.call_off(session, offer, need, actor, now, why="withdrawn")
    session.flush()
    update(session, actor.id, "order-card", _values(session, need), card=card_name(need.id))
    values = {"need": need_values(session, need), "reason": reason}
    _tell_others(session, actor, need, "order-withdrawn", values, coordinators=not seen)
    return Toast("withdrawn")


# ---- 够了


def enough_ask(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """够了，不再要了: why no more people are wanted than have been found."""
    need = access_order(session, actor, need_id)
    if not _may_be_enough(session, need):
        return _ended_for(session, actor, need)
    values = {"need": need_values(session, need), "is_school": need.school_id in actor.schools}
    tell(session, actor.id, "enough-ask", values, card=f"enough:{need.id}")
    return None


def enough(session: Session, actor: Actor, now: datetime, need_id: int, reason: str) -> Toast | None:
    """The school or its coordinator is content with a part: the rest is looked for no more."""
    need = access_order(session, actor, need_id)
    if reason not in ENOUGH_REASONS:
        raise NotYours
    if not _may_be_enough(session, need):
        return _ended_for(session, actor, need)
    wanted, need.headcount = need.headcount, places(session, need, ("confirmed",))
    need.headcount_said, need.ended_why = True, reason
    audit.move(session, need, "filled", actor, now, why=reason, details={"headcount": f"{wanted} → {need.headcount}"})
    proposals.withdraw(session, need, actor, now, why=reason)
    for offer in _offers(session, need, ("open", "accepted")):
        offers.call_off(session, offer, need, actor, now, why="enough")
    _close_if_over(session, need, actor, now)
    session.flush()
    values = {"need": need_values(session, need), "wanted": wanted, "reason": reason}
    update(session, actor.id, "order-enough", values, card=f"enough:{need.id}")
    _tell_others(session, actor, need, "order-enough", values)
    return Toast("done")


def _may_be_enough(session: Session, need: Need) -> bool:
    return need.status in CHANGEABLE and 0 < places(session, need, ("confirmed",)) < need.headcount


def _ended_for(session: Session, actor: Actor, need: Need) -> Toast:
    values = {"need": need_values(session, need), "wanted": None, "reason": need.ended_why}
    update(session, actor.id, "order-enough", values, card=f"enough:{need.id}")
    return Toast("stale")


def _close_if_over(session: Session, need: Need, actor: Actor, now: datetime) -> None:
    """Whoever came has left already: then the order is over."""
    found = session.exec(select(Placement.status).where(Placement.need_id == need.id)).all()
    if all(status in ("closed", "cancelled") for status in found):
        need.closed_at = now
        audit.move(session, need, "closed", actor, now, why="enough")


# ---- 修改


def change(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """修改 of a filed order: a draft of it, corrected like any other."""
    need = access_need(session, actor, need_id)
    if need.status not in CHANGEABLE:
        return _stale(session, actor, need)
    query = select(Need).where(Need.amends_id == need.id, Need.entered_by == actor.id, Need.status == "draft")
    draft = session.exec(query).first()
    if draft is not None and _is_outdated(draft, need):
        audit.move(session, draft, "cancelled", actor, now, why="outdated")
        draft = None
    if draft is None:
        draft = Need(
            **need.model_dump(include={*COPIED, "school_id", "filer_id", "text", "asked_slots"}),
            amends_id=need.id,
            entered_by=actor.id,
            batch=uuid4().hex,
            created_at=now,
        )
        audit.begin(session, draft, actor, now, why=f"changes {need.id}")
    assert draft.id is not None
    return corrections.edit(session, actor, now, draft.id)


def _is_outdated(draft: Need, need: Need) -> bool:
    return need.changed_at is not None and need.changed_at >= draft.created_at


def take_over(session: Session, actor: Actor, now: datetime, draft: Need) -> Toast:
    """提交 of a change: the order takes it over, candidates are looked for anew, a teacher who was asked is asked again."""
    need = access_need(session, actor, draft.amends_id or 0)
    made = _differences(session, need, draft)
    held = places(session, need)
    if draft.headcount < held:
        raise Refused("places-held", n=str(held))
    audit.move(session, draft, "cancelled", actor, now, why=f"changes {need.id}")
    ask(actor, None)
    if need.status not in CHANGEABLE or _is_outdated(draft, need):
        update(session, actor.id, "order-card", _values(session, need), card=needs.card_name(draft))
        return Toast("stale")
    if made:
        _take_over(session, actor, now, need, draft, made)
    session.flush()
    again = bool({change["field"] for change in made} & set(ASKED_FOR)) and places(session, need, ("open",)) > 0
    values = {"need": need_values(session, need), "changed": made, "again": again}
    update(session, actor.id, "change-filed", values, card=needs.card_name(draft))
    return Toast("done")


def _take_over(
    session: Session, actor: Actor, now: datetime, need: Need, draft: Need, made: list[dict[str, Any]]
) -> None:
    fields = {change["field"] for change in made}
    asked = _offers(session, need, ("open", "accepted")) if fields & set(ASKED_FOR) else []
    before = {offer.id: offers.unmet(session, offer, need, now) for offer in asked}
    for field in COPIED:
        setattr(need, field, getattr(draft, field))
    need.changed, need.changed_at = made, now
    audit.move(session, need, "open", actor, now, why="changed", details=_in_short(made))
    proposals.withdraw(session, need, actor, now, why="changed")
    for offer in asked:
        if offers.unmet(session, offer, need, now) <= before[offer.id]:
            offers.ask_again(session, offer, need, actor, now, other_dates=bool(fields & {"when", "form"}))
        else:
            offers.call_off(session, offer, need, actor, now, why="changed")
    if places(session, need, ("confirmed",)) >= need.headcount:
        audit.move(session, need, "filled", actor, now, why="changed")
    anew = proposals.propose(session, need, now)
    values = {"need": need_values(session, need), "changed": made}
    _tell_others(session, actor, need, "order-changed", values, coordinators=anew is None)


def _differences(session: Session, need: Need, draft: Need) -> list[dict[str, Any]]:
    """Field by field what was and what shall be, as views take it."""
    was, shall = _by_field(need), _by_field(draft)
    return [{"field": field, "old": was[field], "new": shall[field]} for field in was if was[field] != shall[field]]


def _by_field(need: Need) -> dict[str, dict[str, Any]]:
    window = [day(need.window_from), day(need.window_until)] if need.window_from else None
    return {
        "what": {"subjects": list(need.subjects)},
        "form": {"modes": list(need.modes)},
        "when": {"start": day(need.start), "window": window, "months": need.months},
        "stage": {"stages": list(need.stages), "grade": need.grade},
        "headcount": {"headcount": need.headcount},
        "topics": {"topics": list(need.topics)},
        "urgent": {"urgent": need.urgent},
    }


def _in_short(made: list[dict[str, Any]]) -> dict[str, str]:
    """For the audit."""

    def short(values: dict[str, Any]) -> str:
        return ", ".join(f"{name} {value}" for name, value in values.items())

    return {change["field"]: f"{short(change['old'])} → {short(change['new'])}" for change in made}


# ---- who is concerned


def _offers(session: Session, need: Need, states: tuple[str, ...]) -> list[Offer]:
    query = select(Offer).where(Offer.need_id == need.id, col(Offer.status).in_(states)).order_by(col(Offer.id))
    return list(session.exec(query))


def _tell_others(
    session: Session, actor: Actor, need: Need, view: str, values: dict[str, Any], *, coordinators: bool = True
) -> None:
    """Whoever speaks for the school, and the coordinators unless their cards say it already; not the actor."""
    told = set(proposals.deciders(session, need)) if coordinators else set()
    tell_all(session, sorted({people.speaker(session, need), *told} - {actor.id}), view, values)
