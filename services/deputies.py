"""休假代理: a coordinator who is away names another person for a span of dates; it begins and ends by itself.

While it is active the deputy holds the same roles, marked with it: cards, /queue and decisions work as for anybody, and
decisions and audit say for whom (Actor.stands_for).
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

import matching
from models import Deputy, Invite, Proposal, Role
from services import audit, counties, people, timing
from services.actor import Actor, actor_of, ask
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import day

LONGEST_DAYS = 120
FARTHEST_DAYS = 366
PEOPLE_SHOWN = 6
CARD = "deputy"
Span = tuple[date, date]


def begin(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """休假代理: who stands in now, and from when to when somebody shall."""
    _coordinators_only(actor)
    ask(actor, "deputy-words")
    tell(session, actor.id, "deputy-ask", _values(session, actor, now), card=CARD)
    return None


def _coordinators_only(actor: Actor) -> None:
    if not actor.own:  # a deputy cannot pass it on
        raise Refused("coordinators-only")


def _values(session: Session, actor: Actor, now: datetime, *, unclear: bool = False) -> dict[str, Any]:
    today = timing.today(now)
    sunday = today + timedelta(days=6 - today.weekday())
    weeks = {"this-week": (today, sunday), "next-week": (sunday + timedelta(days=1), sunday + timedelta(days=7))}
    choices = [[name, *map(day, span)] for name, span in weeks.items()]
    return {"now": named(session, actor.id), "choices": choices, "unclear": unclear}


def named(session: Session, person_id: int) -> list[dict[str, Any]]:
    """Who stands in for a person, and for whom they do, as long as it is not over."""
    concerned = (Deputy.for_id == person_id) | (Deputy.person_id == person_id)
    query = select(Deputy).where(concerned, col(Deputy.status).in_(("planned", "active"))).order_by(col(Deputy.starts))
    return [values(session, deputy, person_id) for deputy in session.exec(query)]


def values(session: Session, deputy: Deputy, reader: int) -> dict[str, Any]:
    """One deputy as either of the two reads it."""
    mine = deputy.for_id == reader
    done = select(func.count()).where(
        Proposal.decided_by == deputy.person_id,
        Proposal.decided_for == deputy.for_id,
        col(Proposal.decided_at) >= deputy.created_at,
    )
    return {
        "id": deputy.id,
        "status": deputy.status,
        "mine": mine,
        "name": actor_of(session, deputy.person_id if mine else deputy.for_id).person.name,
        "starts": day(deputy.starts),
        "ends": day(deputy.ends),
        "decided": session.exec(done).one(),
    }


def choose_days(session: Session, actor: Actor, now: datetime, _: int, choice: str) -> Toast | None:
    """Tapped dates, `YYYYMMDD-YYYYMMDD`: then who."""
    _coordinators_only(actor)
    _ask_who(session, actor, _span(choice, now))
    return None


def _span(choice: str, now: datetime) -> Span:
    first, _, last = choice.partition("-")
    try:
        span = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise NotYours from None
    if not _is_plausible(span, now):
        raise Refused("stale")
    return span


def _is_plausible(span: Span, now: datetime) -> bool:
    starts, ends = span
    latest = timing.today(now) + timedelta(days=FARTHEST_DAYS)
    return timing.today(now) <= starts <= ends <= starts + timedelta(days=LONGEST_DAYS) and starts <= latest


def _ask_who(session: Session, actor: Actor, span: Span, only: list[int] | None = None) -> None:
    ask(actor, None)
    able = _able(session, actor)
    shown = [each for each in able if only is None or each["id"] in only][:PEOPLE_SHOWN]
    update(
        session,
        actor.id,
        "deputy-who",
        {"starts": day(span[0]), "ends": day(span[1]), "people": shown},
        card=CARD,
    )


def _able(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The other coordinators: those of the same county first, then the programme's, then the neighbours'."""
    query = select(Role.person_id, Role.county).where(
        Role.kind == "coordinator", col(Role.ended_at).is_(None), col(Role.deputy_id).is_(None)
    )
    nearest: dict[int, tuple[int, str | None]] = {}
    for person, county in session.exec(query):
        rank = 0 if county in actor.own else 1 if county is None else 2
        if person != actor.id:
            nearest[person] = min(nearest.get(person, (9, None)), (rank, county), key=lambda each: each[0])
    reachable = people.reachable(session, nearest)
    return [
        {"id": person, "name": actor_of(session, person).person.name, "county": nearest[person][1]}
        for person in sorted(reachable, key=lambda person: (nearest[person][0], person))
    ]


def hear(session: Session, actor: Actor, now: datetime, _: int, text: str) -> None:
    """“12月1日到12月10日 由刘主任代”: dates and a name; what is missing is asked."""
    _coordinators_only(actor)
    said = matching.read_reply(text, today=timing.today(now))
    window = said.window if said.window and said.until is None else None
    span = window or ((said.start, said.until or said.start) if said.start else None)
    if span is not None and span[0] < timing.today(now) <= span[1]:
        span = (timing.today(now), span[1])  # this week began on Monday
    if span is None or not _is_plausible(span, now):
        tell(session, actor.id, "deputy-ask", _values(session, actor, now, unclear=True), card=CARD)
        return
    meant = [each["id"] for each in _able(session, actor) if each["name"] and each["name"] in text]
    if len(meant) == 1:
        ask(actor, None)
        _name(session, actor, now, meant[0], span)
    else:
        _ask_who(session, actor, span, meant or None)


def name(session: Session, actor: Actor, now: datetime, person_id: int, choice: str) -> Toast | None:
    """One of the coordinators was tapped."""
    _coordinators_only(actor)
    span = _span(choice, now)
    if person_id not in {each["id"] for each in _able(session, actor)}:
        raise NotYours
    return _name(session, actor, now, person_id, span)


def _name(session: Session, actor: Actor, now: datetime, person_id: int, span: Span) -> Toast:
    overlapping = select(Deputy.id).where(
        Deputy.for_id == actor.id,
        Deputy.person_id == person_id,
        col(Deputy.status).in_(("planned", "active")),
        Deputy.starts <= span[1],
        Deputy.ends >= span[0],
    )
    known = session.exec(overlapping).first() is not None
    if not known:
        make(session, actor, now, person_id, span)
    update(session, actor.id, "deputy-ask", _values(session, actor, now), card=CARD)
    return Toast("already" if known else "done")


def make(session: Session, principal: Actor, now: datetime, person_id: int, span: Span) -> None:
    """From now on it is settled; both are told, and it begins and ends by the clock."""
    deputy = Deputy(for_id=principal.id, person_id=person_id, starts=span[0], ends=span[1], created_at=now)
    deputy_id = audit.begin(session, deputy, principal, now)
    morning = max((counties.settings_of(session, each).day_begins for each in principal.own if each), default=8)
    timing.schedule(session, "deputy-end", deputy_id, timing.at(span[1] + timedelta(days=1), morning))
    if span[0] <= timing.today(now):
        _activate(session, deputy, principal, now)
    else:
        timing.schedule(session, "deputy-start", deputy_id, timing.at(span[0], morning))
    tell(session, person_id, "deputy", values(session, deputy, person_id), card=_card(deputy))


def _activate(session: Session, deputy: Deputy, by: Actor | None, now: datetime) -> None:
    audit.move(session, deputy, "active", by, now)
    stand_in, principal = actor_of(session, deputy.person_id), actor_of(session, deputy.for_id)
    for county in sorted(principal.own, key=lambda county: county or ""):
        people.grant(session, stand_in, now, "coordinator", county=county, by=principal, deputy_id=deputy.id)
    session.flush()


def start(session: Session, deputy_id: int, sequence: int, now: datetime) -> None:
    """The first day has come."""
    deputy = session.get_one(Deputy, deputy_id)
    if deputy.status == "planned" and not timing.put_off(session, "deputy-start", deputy_id, sequence, now):
        _activate(session, deputy, None, now)
        tell(session, deputy.person_id, "deputy", values(session, deputy, deputy.person_id), card=_card(deputy))


def finish(session: Session, deputy_id: int, sequence: int, now: datetime) -> None:
    """The last day has passed."""
    deputy = session.get_one(Deputy, deputy_id)
    if deputy.status in ("planned", "active") and not timing.put_off(session, "deputy-end", deputy_id, sequence, now):
        _over(session, deputy, "ended", None, now)


def cancel(session: Session, actor: Actor, now: datetime, deputy_id: int) -> Toast | None:
    """提前结束, by either of the two."""
    deputy = session.get(Deputy, deputy_id, with_for_update=True, populate_existing=True)
    if deputy is None or actor.id not in (deputy.for_id, deputy.person_id):
        raise NotYours
    if deputy.status not in ("planned", "active"):
        update(session, actor.id, "deputy", values(session, deputy, actor.id), card=_card(deputy))
        return Toast("stale")
    _over(session, deputy, "cancelled", actor, now)
    return Toast("done")


def cancel_all(session: Session, person_id: int, actor: Actor, now: datetime, why: str) -> None:
    """The person leaves: nobody stands in for them any more, nor they for anybody."""
    concerned = (Deputy.for_id == person_id) | (Deputy.person_id == person_id)
    for deputy in session.exec(select(Deputy).where(concerned, col(Deputy.status).in_(("planned", "active")))).all():
        _over(session, deputy, "cancelled", actor, now, why=why)


def _over(session: Session, deputy: Deputy, to: str, actor: Actor | None, now: datetime, why: str = "") -> None:
    assert deputy.id is not None
    audit.move(session, deputy, to, actor, now, why=why)
    for kind in ("deputy-start", "deputy-end"):
        timing.cancel(session, kind, deputy.id, now)
    for role in session.exec(select(Role).where(Role.deputy_id == deputy.id, col(Role.ended_at).is_(None))):
        role.ended_at = now
        audit.note(session, role, "ended", actor, now, why="deputy")
    session.flush()
    for person in (deputy.for_id, deputy.person_id):
        update(session, person, "deputy", values(session, deputy, person), card=_card(deputy))


def invite(session: Session, actor: Actor, now: datetime, _: int, choice: str) -> Toast | None:
    """请别人代: a one-time code for somebody who is not a coordinator yet."""
    _coordinators_only(actor)
    starts, ends = _span(choice, now)
    code = people.create_invite(session, "coordinator", now)
    row = session.exec(select(Invite).order_by(col(Invite.id).desc())).first()
    assert row is not None
    row.deputy_for, row.starts, row.ends = actor.id, starts, ends
    update(session, actor.id, "deputy-code", {"code": code, "starts": day(starts), "ends": day(ends)}, card=CARD)
    return None


def redeem(session: Session, actor: Actor, now: datetime, invite: Invite) -> None:
    """Somebody came with the code: they are the deputy, unless the time is over."""
    assert invite.deputy_for is not None and invite.starts is not None and invite.ends is not None
    principal = actor_of(session, invite.deputy_for)
    if invite.ends >= timing.today(now) and principal.own and principal.id != actor.id:
        make(session, principal, now, actor.id, (invite.starts, invite.ends))


def is_named(session: Session, actor: Actor) -> bool:
    """Whether the person waits for the day from which they stand in for somebody; tells them so."""
    planned = select(Deputy).where(Deputy.person_id == actor.id, Deputy.status == "planned")
    deputy = session.exec(planned).first()
    if deputy is not None:
        tell(session, actor.id, "deputy", values(session, deputy, actor.id), card=_card(deputy))
    return deputy is not None


def _card(deputy: Deputy) -> str:
    return f"deputy:{deputy.id}"
