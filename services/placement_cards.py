"""The card of a placement on a phone: the teacher's, the school's, a coordinator's; also what of its dates is asked for."""

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, select

from models import DateMove, Need, Placement, School, Teacher
from services import people
from services.actor import actor_of, side_of
from services.post import holders, tell, update
from services.snapshots import date_move_values, placement_values

VIEWS = {"school": "placement-school", "teacher": "placement-teacher", "coordinator": "placement-coordinator"}


def card(placement: Placement) -> str:
    """The same name on every phone; what stands there depends on whose it is."""
    return f"placement:{placement.id}"


def values(session: Session, placement: Placement) -> dict[str, Any]:
    """The placement, and the dates somebody asks for."""
    move = waiting(session, placement)
    return {**placement_values(session, placement), "move": date_move_values(move) if move else None}


def waiting(session: Session, placement: Placement) -> DateMove | None:
    """The dates that one side asks for and nobody has decided about."""
    query = select(DateMove).where(DateMove.placement_id == placement.id, DateMove.status == "open")
    return session.exec(query).first()


def concerned(session: Session, placement: Placement, need: Need) -> tuple[int, int | None, list[int]]:
    """School's person, teacher, coordinators."""
    county = session.get_one(School, need.school_id).county
    teacher = session.get_one(Teacher, placement.teacher_id)
    return people.speaker(session, need), teacher.person_id, people.coordinators_of(session, county)[0]


def show(
    session: Session,
    person: int,
    placement: Placement,
    side: str,
    *,
    fresh: bool = False,
    bulk: bool = False,
    again: bool = False,
) -> None:
    """Show somebody how it stands: on the card they have, or `fresh` at the end of the chat."""
    shown = {**values(session, placement), "again": again}
    if fresh:
        tell(session, person, VIEWS[side], shown, card=card(placement), bulk=bulk)
    else:
        update(session, person, VIEWS[side], shown, card=card(placement))


def refresh(session: Session, placement: Placement, need: Need, but: Collection[int | None] = ()) -> None:
    """Every phone that shows the card shows how it stands now."""
    for person in holders(session, card(placement)):
        side = side_of(session, actor_of(session, person), placement, need)
        if side is not None and person not in but:
            show(session, person, placement, side)
