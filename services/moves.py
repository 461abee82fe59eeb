"""换手机、换账号: a person known here comes with a new account; a coordinator checks and moves them.

The two accounts change places. The new one speaks for the person who was here before; the old one belongs to the empty
person the new one came with: it can do nothing, and what is sent to the person no longer reaches it.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from models import (
    Account,
    Audit,
    Consent,
    Inbox,
    Introduction,
    Need,
    Offer,
    Person,
    Proposal,
    Role,
    Survey,
    Teacher,
)
from services import (
    audit,
    colleagues,
    date_watch,
    home,
    introductions,
    offers,
    people,
    placement_cards,
    proposals,
    surveys,
)
from services.actor import Actor, actor_of, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell
from services.snapshots import day, question_values

SHOWN = 2  # people of the same name on a newcomer's card


def former(session: Session, intro: Introduction) -> list[dict[str, Any]]:
    """Who a newcomer may have been before: the same role and school, and a name that the newcomer said or bears.

    Coordinators are not among them: they get a new code from whoever runs the program.
    """
    if intro.status != "open":
        return []
    bears = session.get_one(Person, intro.person_id).name
    coordinators = select(Role.person_id).where(Role.kind == "coordinator", col(Role.ended_at).is_(None))
    query = (
        select(Person)
        .join(Role, col(Role.person_id) == Person.id)
        .where(Role.kind == intro.role, Role.school_id == intro.school_id, col(Role.ended_at).is_(None))
        .where(Person.id != intro.person_id, col(Person.name).is_not(None), col(Person.id).not_in(coordinators))
        .order_by(col(Person.id))
    )
    same = [each for each in session.exec(query) if each.name and (each.name in intro.words or each.name == bears)]
    return [{"id": each.id, "name": each.name, "last": _last_seen(session, each)} for each in same[:SHOWN]]


def _last_seen(session: Session, person: Person) -> str | None:
    """The day of the last thing they did."""
    last = session.exec(select(func.max(Audit.at)).where(Audit.actor_id == person.id)).one()
    return day((last or person.created_at).date())


def transfer(session: Session, actor: Actor, now: datetime, intro_id: int, former_id: str) -> Toast | None:
    """核对后转移: the newcomer is that person, with a new account."""
    intro = introductions.access(session, actor, intro_id)
    if intro.status != "open":
        introductions.refresh(session, intro, actor.id)
        return Toast("stale")
    chosen = number(former_id, below=2**63)
    if chosen is None or chosen not in {each["id"] for each in former(session, intro)}:
        raise NotYours
    if actor.id in (chosen, intro.person_id):
        raise Refused("own-introduction")
    person, empty = session.get_one(Person, chosen), session.get_one(Person, intro.person_id)
    intro.decided_by, intro.decided_at = actor.id, now
    audit.move(session, intro, "approved", actor, now, why="moved", details={"person": str(person.id)})
    _swap(session, person, empty, actor, now)
    intro.person_id = chosen
    session.flush()
    introductions.refresh(session, intro)
    tell(session, chosen, "moved-here")
    back = actor_of(session, chosen)
    _send_again(session, back, now)
    home.take_up(session, back, now)
    return Toast("done")


def _swap(session: Session, person: Person, empty: Person, actor: Actor, now: datetime) -> None:
    """The accounts of the two change places; what was said to either on the way is not lost, nor heard in the wrong name."""
    old = session.exec(select(Account).where(Account.person_id == person.id)).all()
    new = session.exec(select(Account).where(Account.person_id == empty.id)).all()
    for account in old:
        people.silence(session, account, now)
    tell(session, person.id or 0, "moved-away")
    for account in old:
        account.person_id, account.moved_from_id, account.unreachable_at = empty.id or 0, person.id, now
        audit.note(session, account, "moved-away", actor, now, details={"person": str(person.id)})
    for account in new:
        account.person_id = person.id or 0
        audit.note(session, account, "moved-here", actor, now, details={"person": str(person.id)})
    waiting = update(Inbox).where(col(Inbox.done_at).is_(None))
    session.connection().execute(
        waiting.where(col(Inbox.person_id) == person.id).values(done_at=0.0, outcome="forgotten", raw="{}")
    )
    session.connection().execute(waiting.where(col(Inbox.person_id) == empty.id).values(person_id=person.id))
    session.connection().execute(update(Consent).where(col(Consent.person_id) == empty.id).values(person_id=person.id))
    person.kept_text, empty.kept_text, empty.name = empty.kept_text or person.kept_text, None, None
    ask(person, None)
    ask(empty, None)
    colleagues.move(session, actor, now, empty.id or 0, person.id or 0)
    surveys.cancel_all(session, empty.id or 0, actor, now, "moved")
    session.flush()


def _send_again(session: Session, actor: Actor, now: datetime) -> None:
    """What waits for this person, anew: the messages that showed it are on the old phone."""
    entries = select(Teacher.id).where(Teacher.person_id == actor.id)
    asked = select(Offer.id).where(col(Offer.teacher_id).in_(entries), Offer.status == "open")
    accepted = select(Offer, Need).join(Need).where(Offer.status == "accepted", col(Need.school_id).in_(actor.schools))
    confirm = [offer.id for offer, need in session.exec(accepted) if people.speaker(session, need) == actor.id]
    for offer_id in [*session.exec(asked), *confirm]:
        offers.open_card(session, actor, now, offer_id or 0)
    for placement, side in date_watch.of_person(session, actor):
        placement_cards.show(session, actor.id, placement, side, fresh=True)
    for survey_id in session.exec(select(Survey.id).where(Survey.person_id == actor.id, Survey.status == "open")):
        surveys.show(session, actor, now, survey_id or 0)
    returned = select(Proposal).join(Need).where(Proposal.status == "returned", Need.filer_id == actor.id)
    for proposal in session.exec(returned):
        card = proposals.question_card(proposal)
        tell(session, actor.id, "returned", question_values(session, proposal), card=card)
