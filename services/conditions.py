"""学校的条件: lodging, travel, allowance, timetable in one sentence of the school, which every invitation shows."""

from datetime import datetime

from sqlmodel import Session

from models import School
from services import audit
from services.actor import Actor, ask
from services.errors import NotYours, Refused
from services.post import Toast, tell

LONGEST = 200  # characters


def begin(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """Ask for the sentence, showing the one there is."""
    if not actor.schools:
        raise Refused("schools-only")
    school = session.get_one(School, min(actor.schools))
    ask(actor, "conditions", school.id)
    tell(session, actor.id, "conditions-ask", {"held": school.conditions, "long": False})
    return None


def hear(session: Session, actor: Actor, now: datetime, school_id: int, text: str) -> None:
    """The sentence. A longer one is asked for again: a teacher reads it on a phone."""
    if school_id not in actor.schools:
        raise NotYours
    school = session.get_one(School, school_id)
    if len(text) > LONGEST:
        ask(actor, "conditions", school_id)
        tell(session, actor.id, "conditions-ask", {"held": school.conditions, "long": True})
        return
    ask(actor, None)
    school.conditions = text
    session.add(school)
    audit.note(session, school, "conditions", actor, now)
    tell(session, actor.id, "conditions-kept", {"held": text})
