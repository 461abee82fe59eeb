"""A stranger without a code says who they are; a coordinator confirms it. School names are proposed, never assumed.

A colleague, whom nobody vetted, comes the same way and stays a colleague.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from models import Introduction, School
from services import audit, home, moves, people, waiting
from services.actor import Actor, actor_of, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, holders, tell, tell_all, update
from services.schools import propose_schools


def join(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """我也要登记, by a colleague."""
    if actor.is_admitted:
        home.show(session, actor)
        return Toast("already")
    begin(session, actor)
    return None


def begin(session: Session, actor: Actor) -> None:
    """Ask who this is."""
    waiting = _latest(session, actor.id)
    if waiting is not None and waiting.status == "open":
        tell(session, actor.id, "intro-waiting")
        return
    tell(session, actor.id, "intro-role", {"colleague": actor.is_colleague}, card="intro")


def choose_role(session: Session, actor: Actor, now: datetime, role: str) -> Toast | None:
    """我是学校老师 / 我是支援教师: then one free sentence."""
    if actor.is_admitted:
        home.show(session, actor)
        return Toast("already")
    if role not in ("school", "teacher"):
        raise NotYours
    latest = _latest(session, actor.id)
    if latest is not None and latest.status == "open":
        update(session, actor.id, "intro-waiting", card="intro")
        return Toast("already")
    if latest is None or latest.status != "draft":
        latest = Introduction(person_id=actor.id, role=role, created_at=now)
        audit.begin(session, latest, actor, now)
    latest.role = role
    ask(actor, "intro-words", latest.id)
    update(session, actor.id, "intro-words", {"role": role}, card="intro")
    return None


def hear_words(session: Session, actor: Actor, now: datetime, about: int, text: str) -> None:
    """The free sentence: name and school, or name and unit."""
    intro = _own_draft(session, actor, about)
    intro.words = text[:500]
    if intro.role == "teacher":
        _submit(session, actor, intro, now)
        return
    names = {school.id: school.name for school in session.exec(select(School)) if school.id is not None}
    exact = [key for key, name in names.items() if name in text]
    if len(exact) == 1:
        intro.school_id = exact[0]
        _submit(session, actor, intro, now)
        return
    choices = [{"id": key, "name": names[key]} for key in propose_schools(text, names)]
    tell(session, actor.id, "intro-school", {"intro": intro.id, "choices": choices}, card="intro")


def choose_school(session: Session, actor: Actor, now: datetime, intro_id: int, school_id: str) -> Toast | None:
    """One of the proposed schools, or none of them: then it is asked again."""
    intro = _own_draft(session, actor, intro_id)
    if school_id == "none":
        update(session, actor.id, "intro-words", {"role": intro.role, "again": True}, card="intro")
        return None
    ident = number(school_id)
    school = session.get(School, ident) if ident is not None else None
    if school is None:
        raise NotYours
    intro.school_id = school.id
    _submit(session, actor, intro, now)
    return None


def decide(session: Session, actor: Actor, now: datetime, intro_id: int, approve: bool) -> Toast | None:
    """A coordinator confirms or declines; the first decision wins and the others' cards say whose it was."""
    intro = access(session, actor, intro_id)
    if intro.status != "open":
        refresh(session, intro, actor.id)
        return Toast("stale")
    if intro.person_id == actor.id:
        raise Refused("own-introduction")
    intro.decided_by, intro.decided_at = actor.id, now
    audit.move(
        session, intro, "approved" if approve else "declined", actor, now, details=_behalf(session, actor, intro)
    )
    session.flush()
    refresh(session, intro)
    newcomer = actor_of(session, intro.person_id)
    if not approve:
        tell(session, newcomer.id, "intro-declined")
        return Toast("done")
    people.grant(session, newcomer, now, intro.role, school_id=intro.school_id, by=actor)
    session.flush()
    home.after_joining(session, actor_of(session, intro.person_id), now)
    return Toast("done")


def access(session: Session, actor: Actor, intro_id: int) -> Introduction:
    """A newcomer whom the actor may let in, locked."""
    intro = session.get(Introduction, intro_id, with_for_update=True, populate_existing=True)
    if intro is None or not _may_decide(session, actor, intro):
        raise NotYours
    return intro


def refresh(session: Session, intro: Introduction, *readers: int) -> None:
    """The newcomer's card as it stands, to these or to all who decide or have it."""
    card = f"intro:{intro.id}"
    for person in readers or sorted({*deciders(session, intro), *holders(session, card)}):
        if _may_decide(session, actor_of(session, person), intro):  # a deputy's time may be over
            update(session, person, "intro-card", values(session, intro), card=card)


def _behalf(session: Session, actor: Actor, intro: Introduction) -> dict[str, str]:
    """For the audit: for whom a deputy let somebody in."""
    principal = actor.stands_for(county_of(session, intro) or "")
    return {} if principal is None else {"for": str(principal)}


def open_card(session: Session, actor: Actor, now: datetime, intro_id: int) -> Toast | None:
    """A line of /queue: the newcomer's card again, at the end of the chat."""
    intro = session.get(Introduction, intro_id)
    if intro is None or not _may_decide(session, actor, intro):
        raise NotYours
    tell(session, actor.id, "intro-card", values(session, intro), card=f"intro:{intro.id}")
    return None


def admit(session: Session, actor: Actor, now: datetime, intro_id: int) -> Toast | None:
    """批准 a newcomer."""
    return decide(session, actor, now, intro_id, approve=True)


def reject(session: Session, actor: Actor, now: datetime, intro_id: int) -> Toast | None:
    """驳回 a newcomer."""
    return decide(session, actor, now, intro_id, approve=False)


def values(session: Session, intro: Introduction) -> dict[str, Any]:
    """An introduction as its card shows it."""
    school = session.get(School, intro.school_id) if intro.school_id else None
    decider = actor_of(session, intro.decided_by).person.name if intro.decided_by else None
    return {
        "id": intro.id,
        "role": intro.role,
        "status": intro.status,
        "words": intro.words,
        "school": school.name if school else None,
        "county": school.county if school else None,
        "name": actor_of(session, intro.person_id).person.name,
        "decider": decider,
        "same": moves.former(session, intro),
        "waited": None,
    }


def _submit(session: Session, actor: Actor, intro: Introduction, now: datetime) -> None:
    audit.move(session, intro, "open", actor, now)
    waiting.for_admission(session, intro, now)
    ask(actor, None)
    session.flush()
    tell(session, actor.id, "intro-sent")
    tell_all(session, deciders(session, intro), "intro-card", values(session, intro), card=f"intro:{intro.id}")


def county_of(session: Session, intro: Introduction) -> str | None:
    """The county of a newcomer's school; a supporting teacher has none."""
    return session.get_one(School, intro.school_id).county if intro.school_id else None


def deciders(session: Session, intro: Introduction) -> list[int]:
    """The coordinators who get a newcomer's card."""
    return people.coordinators_of(session, county_of(session, intro))[0]


def _may_decide(session: Session, actor: Actor, intro: Introduction) -> bool:
    county = county_of(session, intro)
    return actor.coordinates(county) if county else actor.is_programme


def _own_draft(session: Session, actor: Actor, intro_id: int) -> Introduction:
    intro = session.get(Introduction, intro_id)
    if intro is None or intro.person_id != actor.id:
        raise NotYours
    if intro.status != "draft":
        raise Refused("stale")
    return intro


def _latest(session: Session, person_id: int) -> Introduction | None:
    query = select(Introduction).where(Introduction.person_id == person_id).order_by(Introduction.id.desc())  # type: ignore[union-attr]
    return session.exec(query).first()
