"""代填: a coordinator fills in for a school, a colleague for another. Both names are kept, and the owner confirms.

A school's name is proposed and picked, never assumed. Where nobody of the school can be reached, the coordinator files alone
and acts for the school on this order (services/actor.py `access_need`); the card says so.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from models import Person, School
from services import needs, people
from services.actor import Actor, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.schools import propose_schools


def begin(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """代学校提需求, or for a colleague 替同事提: for whom."""
    if actor.is_coordinator:
        ask(actor, "behalf-school")
        tell(session, actor.id, "behalf-school", {"choices": None}, card="behalf")
        return None
    if not actor.schools:
        raise Refused("schools-only")
    _show_colleagues(session, actor, 0)
    return None


def _colleagues(session: Session, actor: Actor) -> list[tuple[int, str]]:
    ids = {person for school in actor.schools for person in people.people_of_school(session, school)} - {actor.id}
    query = select(Person.id, Person.name).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    return [(ident, name) for ident, name in session.exec(query) if ident is not None and name]


def _show_colleagues(session: Session, actor: Actor, page: int) -> None:
    choices = [{"id": ident, "name": name} for ident, name in _colleagues(session, actor)]
    update(session, actor.id, "behalf-colleague", {"choices": choices, "page": page}, card="behalf")


def hear_school(session: Session, actor: Actor, now: datetime, _: int, text: str) -> None:
    """The school's name as somebody says it: up to three to pick from."""
    names = {school.id: school.name for school in session.exec(select(School)) if _is_mine(actor, school) and school.id}
    choices = [{"id": key, "name": names[key]} for key in propose_schools(text, names)]
    tell(session, actor.id, "behalf-school", {"choices": choices}, card="behalf")


def _is_mine(actor: Actor, school: School) -> bool:
    return actor.coordinates(school.county)


def choose(session: Session, actor: Actor, now: datetime, _: int, choice: str) -> Toast | None:
    """A school (`s12`) or a colleague (`p12`) was picked: now one sentence."""
    if choice.startswith("page"):
        _show_colleagues(session, actor, number(choice.removeprefix("page")) or 0)
        return None
    ident = number(choice[1:], below=2**63)
    if choice.startswith("s"):
        school = session.get(School, ident) if ident is not None else None
        if school is None or not _is_mine(actor, school):
            raise NotYours
        ask(actor, "behalf-text", school.id)
        name = school.name
    else:
        name = dict(_colleagues(session, actor)).get(ident or 0, "")
        if not choice.startswith("p") or not name:
            raise NotYours
        ask(actor, "behalf-mate", ident)
    update(session, actor.id, "behalf-ask", {"name": name}, card="behalf")
    return None


def hear_text(session: Session, actor: Actor, now: datetime, school_id: int, text: str) -> None:
    """A coordinator's sentence for a school."""
    school = session.get(School, school_id)
    if school is None or not _is_mine(actor, school):
        raise NotYours
    able = people.reachable(session, people.people_of_school(session, school_id))
    needs.take(session, actor, now, text, school_id, able[0] if able else actor.id, entered_by=actor.id)


def hear_mate(session: Session, actor: Actor, now: datetime, person_id: int, text: str) -> None:
    """A colleague's sentence for another."""
    shared = [school for school in actor.schools if person_id in people.people_of_school(session, school)]
    if not shared:
        raise NotYours
    needs.take(session, actor, now, text, min(shared), person_id, entered_by=actor.id)
