"""A person's own data: /mydata gives all of it, /forget removes it (PIPL 45, 47; reliability fact 101).

Orders stay with the school and decisions with the audit trail, but without names, words or a way to the person.
Backups rotate by the operator's schedule, and messages already delivered stay in the person's app; both are said.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select, update

from models import (
    Account,
    Audit,
    Card,
    Consent,
    Inbox,
    Introduction,
    Need,
    Offer,
    Outbox,
    Person,
    Placement,
    Proposal,
    Role,
    Survey,
    Teacher,
)
from services import audit, offers, surveys
from services.actor import Actor, ask
from services.post import Toast, tell
from services.post import update as change


def show(session: Session, actor: Actor, now: datetime) -> None:
    """/mydata: everything kept about the person, as a file and in a few words."""
    tell(session, actor.id, "mydata", {"data": collect(session, actor.id), "name": actor.person.name})


def collect(session: Session, person_id: int) -> dict[str, Any]:
    """Every row that is about a person, by table."""
    teachers = list(session.exec(select(Teacher.id).where(Teacher.person_id == person_id)))
    queries = {
        "person": select(Person).where(Person.id == person_id),
        "accounts": select(Account).where(Account.person_id == person_id),
        "consents": select(Consent).where(Consent.person_id == person_id),
        "roles": select(Role).where(Role.person_id == person_id),
        "introductions": select(Introduction).where(Introduction.person_id == person_id),
        "needs": select(Need).where(Need.filer_id == person_id),
        "teachers": select(Teacher).where(Teacher.person_id == person_id),
        "offers": select(Offer).where(col(Offer.teacher_id).in_(teachers)),
        "placements": select(Placement).where(col(Placement.teacher_id).in_(teachers)),
        "surveys": select(Survey).where(Survey.person_id == person_id),
        "audit": select(Audit).where(Audit.actor_id == person_id),
    }
    return {name: [_plain(row) for row in session.exec(query)] for name, query in queries.items()}  # type: ignore[call-overload]


def _plain(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude_none=True)


def forget_ask(session: Session, actor: Actor, now: datetime) -> None:
    """/forget: say what will happen, and ask once."""
    tell(session, actor.id, "forget-ask", card="forget")


def keep(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """返回: nothing is removed."""
    change(session, actor.id, "forget-kept", card="forget")
    return Toast("done")


def forget(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """Remove everything about the person that can be removed; a number without name or words remains."""
    person = actor.person
    change(session, actor.id, "forgotten", card="forget")
    session.flush()
    _leave(session, actor, now)
    ask(actor, None)
    person.name = person.kept_text = None
    person.forgotten_at = now
    for role in session.exec(select(Role).where(Role.person_id == actor.id, col(Role.ended_at).is_(None))):
        role.ended_at = now
        audit.note(session, role, "ended", actor, now, why="forgotten")
    for consent in session.exec(select(Consent).where(Consent.person_id == actor.id)):
        consent.withdrawn_at = consent.withdrawn_at or now
    audit.note(session, person, "forgotten", actor, now)
    session.flush()
    _erase(session, actor.id)
    return Toast("done")


def _leave(session: Session, actor: Actor, now: datetime) -> None:
    """Open invitations go to the next candidate; drafts are put away; the entry leaves the pool."""
    for teacher in session.exec(select(Teacher).where(Teacher.person_id == actor.id)):
        if teacher.status != "left":
            audit.move(session, teacher, "left", actor, now, why="forgotten")
        session.flush()
        for offer in session.exec(select(Offer).where(Offer.teacher_id == teacher.id)):
            offers.withdraw(session, offer, actor, now, why="forgotten")
    surveys.cancel_all(session, actor.id, actor, now, why="forgotten")
    open_introductions = col(Introduction.status).in_(("draft", "open"))
    for intro in session.exec(select(Introduction).where(Introduction.person_id == actor.id, open_introductions)):
        audit.move(session, intro, "declined", actor, now, why="forgotten")
    for draft in session.exec(select(Need).where(Need.filer_id == actor.id, Need.status == "draft")):
        audit.move(session, draft, "cancelled", actor, now, why="forgotten")
    session.flush()


def _erase(session: Session, person_id: int) -> None:
    """Blank every column that holds words of the person, and cut the link to their accounts."""
    chats = list(session.exec(select(Account.external_id).where(Account.person_id == person_id)))
    connection = session.connection()

    def blank(table: type[SQLModel], where: Any, **values: Any) -> None:
        connection.execute(update(table).where(where).values(**values))

    blank(Need, col(Need.filer_id) == person_id, text="", evidence={}, topics=[])
    blank(Introduction, col(Introduction.person_id) == person_id, words="")
    blank(Survey, col(Survey.person_id) == person_id, comment=None)
    blank(
        Teacher,
        col(Teacher.person_id) == person_id,
        name=None,
        unit=None,
        bio="",
        topics=[],
        title=None,
        years=None,
        origin_city=None,
        person_id=None,
    )
    blank(Inbox, (col(Inbox.person_id) == person_id) & col(Inbox.done_at).is_(None), done_at=0.0, outcome="forgotten")
    blank(Inbox, col(Inbox.person_id) == person_id, raw="{}")
    blank(Outbox, col(Outbox.done_at).is_not(None), content={})  # cards of others quote this person
    own = select(Need.id).where(Need.filer_id == person_id)
    blank(Proposal, col(Proposal.need_id).in_(own), answer=None)
    asked = select(Audit.entity_id).where(
        Audit.actor_id == person_id, Audit.entity == "proposal", Audit.after == "returned"
    )
    blank(Proposal, col(Proposal.id).in_(asked), question=None)
    blank(Audit, col(Audit.actor_id) == person_id, why="")
    connection.execute(delete(Card).where(col(Card.chat).in_(chats)))
    connection.execute(delete(Account).where(col(Account.person_id) == person_id))
