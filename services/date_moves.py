"""改日期: other dates for help that both sides have agreed on. One side asks, the other agrees, and only then they move.

A coordinator can move them directly, and decide for a side that does not answer (services/date_watch.py). What has begun
keeps its first day. Whoever is asked answers one pair of dates: a newer request is another row with buttons of its own.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

import matching
from models import DateMove, Need, Placement, School
from services import date_watch, placement_cards, placements, proposals, spans, timing
from services.actor import Actor, access_date_move, access_need, access_placement, ask
from services.clean import number
from services.date_watch import OTHER
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import RUNS, date_move_values, day, placement_values
from services.spans import Span

QUESTION = "redate"
LONGER_DAYS = (7, 14, 28)  # tapped once it has begun
FRIDAY = 4


# ---- where one gets to it


def listed(session: Session, actor: Actor, now: datetime, need_id: int, choice: str = "") -> Toast | None:
    """看安排: who helps for an order; a single one is opened at once."""
    need = access_need(session, actor, need_id)
    query = select(Placement).where(Placement.need_id == need.id, col(Placement.status).in_(RUNS))
    found = list(session.exec(query.order_by(col(Placement.id))))
    if not found:
        raise Refused("stale")
    if len(found) == 1:
        return show(session, actor, now, found[0].id or 0)
    page = number(choice.removeprefix("page")) or 0
    values = {"id": need_id, "placements": [placement_values(session, each) for each in found], "page": page}
    (update if choice else tell)(session, actor.id, "helpers", values, card=f"helpers:{need_id}")
    return None


def show(session: Session, actor: Actor, now: datetime, placement_id: int, choice: str = "") -> Toast | None:
    """The card of a placement, at the end of the chat; `back` returns to it from a question."""
    placement, _, side = access_placement(session, actor, placement_id)
    _show(session, actor, placement, side, fresh=not choice)
    return None


def _show(session: Session, actor: Actor, placement: Placement, side: str, *, fresh: bool = False) -> None:
    """How it stands; no dates are asked for any more."""
    if actor.person.asked == QUESTION:
        ask(actor, None)
    placement_cards.show(session, actor.id, placement, side, fresh=fresh)


def _stale(session: Session, actor: Actor, placement: Placement, side: str, *, fresh: bool = False) -> Toast:
    """An old or second tap, or one that comes after the other side asked: how it stands."""
    _show(session, actor, placement, side, fresh=fresh)
    move = placement_cards.waiting(session, placement)
    return Toast("redate-theirs" if move is not None and side == OTHER[move.side] else "stale")


# ---- which dates


def choose(session: Session, actor: Actor, now: datetime, placement_id: int, choice: str = "") -> Toast | None:
    """改日期: likely dates to tap, or words; a page of them, or `back` from the second look."""
    placement, _, side = access_placement(session, actor, placement_id)
    if not _may_ask(session, placement, side):
        return _stale(session, actor, placement, side, fresh=not choice)
    page = number(choice.removeprefix("page")) or 0
    _ask_when(session, actor, placement, side, now, page=page, fresh=not choice)
    return None


def _may_ask(session: Session, placement: Placement, side: str) -> bool:
    """Not about what is over, and not while the other side waits for this one's answer."""
    move = placement_cards.waiting(session, placement)
    return placement.status in RUNS and (move is None or side in (move.side, "coordinator"))


def _ask_when(
    session: Session,
    actor: Actor,
    placement: Placement,
    side: str,
    now: datetime,
    *,
    page: int = 0,
    fault: str | None = None,
    fresh: bool = False,
) -> None:
    ask(actor, QUESTION, placement.id)
    values = {
        **placement_cards.values(session, placement),
        "side": side,
        "choices": [[day(first), day(last)] for first, last in _likely(placement, now)],
        "page": page,
        "fault": fault,
    }
    (tell if fresh else update)(session, actor.id, "redate-ask", values, card=placement_cards.card(placement))


def _likely(placement: Placement, now: datetime) -> list[Span]:
    """Later by weeks; what has begun may also end this week."""
    if placement.status == "agreed":
        return spans.later(placement.start, placement.end, now)
    today = timing.today(now)
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    lasts = [max(placement.end, today) + timedelta(days=days) for days in LONGER_DAYS]
    return [(placement.start, last) for last in (*lasts, *((friday,) if friday < placement.end else ()))]


def hear(session: Session, actor: Actor, now: datetime, placement_id: int, text: str) -> None:
    """Dates in words; what was read is shown before anybody is asked."""
    placement, _, side = access_placement(session, actor, placement_id)
    if not _may_ask(session, placement, side):
        _stale(session, actor, placement, side, fresh=True)
        return
    if side == "school" and _is_order(text, now):
        raise Refused("stale")  # then it is read as one (services/dialogue.py)
    days = _said(text, placement, now)
    fault = _fault(placement, *days, now) if days else "unclear"
    if days is None or fault:
        _ask_when(session, actor, placement, side, now, fault=fault, fresh=True)
    else:
        _ask_once(session, actor, placement, side, days, fresh=True)


def _is_order(text: str, now: datetime) -> bool:
    reading = matching.read(text, today=timing.today(now))
    return reading.kind == "need" and any(need.subjects for need in reading.needs)


def _said(text: str, placement: Placement, now: datetime) -> Span | None:
    if placement.status == "agreed":
        first, last = spans.said(text, placement.start, placement.end, now)
    else:
        first, last = placement.start, spans.last_said(text, placement.start, placement.end, now)
    return (first, last) if first and last else None


def _fault(placement: Placement, first: date, last: date, now: datetime) -> str | None:
    """Why these dates cannot be agreed on, or None."""
    if last < first:
        return "order"
    begun = placement.status == "active"
    if (last if begun else first) < timing.today(now):
        return "past"
    if (first, last) == (placement.start, placement.end):
        return "same"
    meant = last <= spans.end(first, spans.LONGEST_MONTHS) if begun else spans.can_be_meant(first, last, now)
    return None if meant else "far"


def _tapped(placement: Placement, choice: str) -> Span:
    """The dates a button carries; what has begun keeps its first day."""
    days = spans.tapped(choice)
    if days is None:
        raise NotYours
    return (placement.start, days[1]) if placement.status == "active" else days


def check(session: Session, actor: Actor, now: datetime, placement_id: int, choice: str) -> Toast | None:
    """Tapped dates: old and new once more, and who has to agree."""
    placement, _, side = access_placement(session, actor, placement_id)
    days = _tapped(placement, choice)
    if not _may_ask(session, placement, side):
        return _stale(session, actor, placement, side)
    if fault := _fault(placement, *days, now):
        _ask_when(session, actor, placement, side, now, fault=fault)
        return None
    _ask_once(session, actor, placement, side, days)
    return None


def _ask_once(
    session: Session, actor: Actor, placement: Placement, side: str, days: Span, *, fresh: bool = False
) -> None:
    ask(actor, QUESTION, placement.id)
    values = {**placement_values(session, placement), "side": side, "to": [day(each) for each in days]}
    (tell if fresh else update)(session, actor.id, "redate-sure", values, card=placement_cards.card(placement))


# ---- asking the other side


def send(session: Session, actor: Actor, now: datetime, placement_id: int, choice: str) -> Toast | None:
    """问老师, 问学校: the other side is asked; what one asked before counts no more. A coordinator moves the dates."""
    placement, need, side = access_placement(session, actor, placement_id)
    days, before = _tapped(placement, choice), placement_cards.waiting(session, placement)
    if not _may_ask(session, placement, side):
        return _stale(session, actor, placement, side)
    if side != "coordinator" and before is not None and (before.start, before.end) == days:
        _show(session, actor, placement, side)
        return Toast("already")
    if fault := _fault(placement, *days, now):
        _ask_when(session, actor, placement, side, now, fault=fault)
        return None
    if before is not None:
        to, why = ("dropped", "moved by a coordinator") if side == "coordinator" else ("replaced", "")
        date_watch.finish(session, before, to, actor, now, why=why)
    if side == "coordinator":
        _carry_out(session, actor, side, placement, need, days, now, before)
        return Toast("done")
    date_watch.begin(session, placement, need, actor, now, side, days)
    asked = date_watch.persons(session, placement, need, OTHER[side])
    for person in asked:
        if before is not None:  # its buttons meant other dates
            shown = {**placement_values(session, placement), "move": date_move_values(before), "why": "replaced"}
            update(session, person, "redate-over", shown, card=placement_cards.card(placement))
        placement_cards.show(session, person, placement, OTHER[side], fresh=True)
    _show_all(session, actor, placement, need, side, but=asked)
    return Toast("redate-asked")


def take_back(session: Session, actor: Actor, now: datetime, move_id: int) -> Toast | None:
    """不改了: whoever asked leaves the dates as they are."""
    move, placement, need, side = access_date_move(session, actor, move_id)
    if move.status != "open" or side != move.side:
        return _stale(session, actor, placement, side)
    date_watch.finish(session, move, "withdrawn", actor, now)
    date_watch.tell_over(session, move, placement, need, "withdrawn", but=actor)
    _show_all(session, actor, placement, need, side)
    return Toast("done")


# ---- the answer


def agree(session: Session, actor: Actor, now: datetime, move_id: int) -> Toast | None:
    """同意, or 按新日期 by a coordinator for a side that does not answer: now everything moves."""
    move, placement, need, side = access_date_move(session, actor, move_id)
    if not _may_decide(move, side):
        return _stale(session, actor, placement, side)
    if _fault(placement, move.start, move.end, now):
        date_watch.over(session, move, placement, need, None, now, why="late")
        return _stale(session, actor, placement, side)
    date_watch.finish(session, move, "agreed", actor, now, details=_trace(session, actor, side, need, move))
    _carry_out(session, actor, side, placement, need, (move.start, move.end), now, move)
    return Toast("done")


def decline(session: Session, actor: Actor, now: datetime, move_id: int) -> Toast | None:
    """不同意, or 不改 by a coordinator: nothing moves, and whoever asked reads what they can do next."""
    move, placement, need, side = access_date_move(session, actor, move_id)
    if not _may_decide(move, side):
        return _stale(session, actor, placement, side)
    date_watch.finish(session, move, "declined", actor, now, details=_trace(session, actor, side, need, move))
    shown = {**placement_values(session, placement), "move": date_move_values(move), "by": _decider(actor, side)}
    for to in (move.side, OTHER[move.side]) if side == "coordinator" else (move.side,):
        for person in date_watch.persons(session, placement, need, to, move):
            tell(session, person, "redate-declined", {**shown, "side": to})
    _show_all(session, actor, placement, need, side)
    return Toast("redate-declined")


def _may_decide(move: DateMove, side: str) -> bool:
    """The other side; the coordinators once it did not answer in time."""
    theirs = side == "coordinator" and move.raised_at is not None
    return move.status == "open" and (theirs or side == OTHER[move.side])


def _trace(session: Session, actor: Actor, side: str, need: Need, move: DateMove | None = None) -> dict[str, str]:
    """For the audit: for which side a coordinator decided, and for whom if they were a deputy."""
    if side != "coordinator":
        return {}
    county = session.get_one(School, need.school_id).county
    behalf = {"behalf": OTHER[move.side]} if move is not None else {}
    return {**behalf, **proposals.behalf(actor.stands_for(county))}


def _decider(actor: Actor, side: str) -> str | None:
    """Which coordinator decided; None if it was one of the sides."""
    return (actor.person.name or "") if side == "coordinator" else None


def _carry_out(
    session: Session,
    actor: Actor,
    side: str,
    placement: Placement,
    need: Need,
    days: Span,
    now: datetime,
    move: DateMove | None,
) -> None:
    """The dates move, those concerned are told once, and every card shows the new ones."""
    also = date_watch.persons(session, placement, need, move.side, move) if move is not None else []
    details = _trace(session, actor, side, need)
    placements.move(session, placement, *days, actor, now, by=_decider(actor, side), also=also, details=details)
    _show_all(session, actor, placement, need, side)


def _show_all(
    session: Session, actor: Actor, placement: Placement, need: Need, side: str, but: Collection[int] = ()
) -> None:
    """Whoever acted sees how it stands now, and so does every phone with the card."""
    _show(session, actor, placement, side)
    placement_cards.refresh(session, placement, need, but=(actor.id, *but))
