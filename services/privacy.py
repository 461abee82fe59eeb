"""A person's own data: /mydata gives all of it, /forget removes it (PIPL 45, 47; reliability fact 101).

Orders stay with the school and decisions with the audit trail, but without names, words or a way to the person.
Backups rotate by the operator's schedule, and messages already delivered stay in the person's app; both are said.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select, update

from models import (
    Account,
    Attachment,
    Audit,
    Callback,
    Card,
    Colleague,
    Consent,
    DateMove,
    Deputy,
    Inbox,
    Introduction,
    Need,
    Offer,
    Outbox,
    Person,
    Placement,
    Proposal,
    Question,
    ReadingCase,
    Role,
    Survey,
    Teacher,
    TeacherIndex,
    UnitConsent,
)
from services import audit, callbacks, colleagues, date_watch, deputies, offers, surveys, unit_consents
from services.actor import Actor, ask
from services.masking import COVER
from services.post import Toast, tell
from services.post import update as change

QUOTED = ("topic", "words")  # values of a part that somebody wrote


def show(session: Session, actor: Actor, now: datetime) -> None:
    """/mydata: everything kept about the person, as a file and in a few words."""
    tell(session, actor.id, "mydata", {"data": collect(session, actor.id), "name": actor.person.name})


def collect(session: Session, person_id: int) -> dict[str, Any]:
    """Every row that is about a person, by table."""
    teachers = list(session.exec(select(Teacher.id).where(Teacher.person_id == person_id)))
    queries = {
        "person": select(Person).where(Person.id == person_id),
        "accounts": select(Account).where((Account.person_id == person_id) | (Account.moved_from_id == person_id)),
        "consents": select(Consent).where(Consent.person_id == person_id),
        "roles": select(Role).where(Role.person_id == person_id),
        "introductions": select(Introduction).where(Introduction.person_id == person_id),
        "needs": select(Need).where(_needs_of(person_id)),
        "attachments": select(Attachment).where(Attachment.person_id == person_id),
        "callbacks": select(Callback).where(Callback.person_id == person_id),
        "teachers": select(Teacher).where(Teacher.person_id == person_id),
        "offers": select(Offer).where(col(Offer.teacher_id).in_(teachers)),
        "placements": select(Placement).where(col(Placement.teacher_id).in_(teachers)),
        "date_moves": select(DateMove).where(
            (col(DateMove.person_id) == person_id) | (col(DateMove.decided_by) == person_id)
        ),
        "cases": select(ReadingCase).where(_cases_of(person_id)),
        "colleague": select(Colleague).where(Colleague.person_id == person_id),
        "questions": select(Question).where(
            (col(Question.person_id) == person_id) | (col(Question.answered_by) == person_id)
        ),
        "unit_consents": select(UnitConsent).where(
            (col(UnitConsent.person_id) == person_id) | (col(UnitConsent.decided_by) == person_id)
        ),
        "surveys": select(Survey).where(Survey.person_id == person_id),
        "deputies": select(Deputy).where((Deputy.for_id == person_id) | (Deputy.person_id == person_id)),
        "audit": select(Audit).where(Audit.actor_id == person_id),
    }
    return {name: [_plain(row) for row in session.exec(query)] for name, query in queries.items()}  # type: ignore[call-overload]


def _cases_of(person_id: int) -> Any:
    """Labelled cases of texts the person wrote, or corrected for a colleague."""
    own = select(Need.batch).where(_needs_of(person_id))
    return (col(ReadingCase.person_id) == person_id) | col(ReadingCase.batch).in_(own)


def _needs_of(person_id: int) -> Any:
    """Orders the person filed, or typed for somebody."""
    return (col(Need.filer_id) == person_id) | (col(Need.entered_by) == person_id)


def _plain(row: SQLModel) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude_none=True, exclude={"edition", "code_hash"})


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
    _blank_words(session, actor.id)  # first, so that nobody who is told below is told a name
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
    _cut(session, actor.id)
    return Toast("done")


def _leave(session: Session, actor: Actor, now: datetime) -> None:
    """Open invitations go to the next candidate; drafts are put away; the entry leaves the pool."""
    for teacher in session.exec(select(Teacher).where(Teacher.person_id == actor.id)):
        if teacher.status != "left":
            audit.move(session, teacher, "left", actor, now, why="forgotten")
        session.flush()
        for offer in session.exec(select(Offer).where(Offer.teacher_id == teacher.id)):
            offers.withdraw(session, offer, actor, now, why="forgotten")
    colleagues.leave(session, actor, now, why="forgotten")
    unit_consents.release(session, actor.id)
    date_watch.leave(session, actor, now)
    callbacks.drop(session, actor, now)
    deputies.cancel_all(session, actor.id, actor, now, why="forgotten")
    surveys.cancel_all(session, actor.id, actor, now, why="forgotten")
    open_introductions = col(Introduction.status).in_(("draft", "open"))
    for intro in session.exec(select(Introduction).where(Introduction.person_id == actor.id, open_introductions)):
        audit.move(session, intro, "declined", actor, now, why="forgotten")
    for draft in session.exec(select(Need).where(_needs_of(actor.id), Need.status == "draft")):
        audit.move(session, draft, "cancelled", actor, now, why="forgotten")
    session.flush()


def _blank(session: Session, table: type[SQLModel], where: Any, **values: Any) -> None:
    session.connection().execute(update(table).where(where).values(**values))


def _blank_words(session: Session, person_id: int) -> None:
    """Blank every business column that holds words of the person."""
    _blank(session, Need, _needs_of(person_id), text="", evidence={}, topics=[], as_read={}, changed=[])
    session.connection().execute(delete(ReadingCase).where(_cases_of(person_id)))
    _blank(session, Introduction, col(Introduction.person_id) == person_id, words="")
    session.connection().execute(delete(Attachment).where(col(Attachment.person_id) == person_id))
    _blank(session, Callback, col(Callback.person_id) == person_id, words="")
    _blank(session, Survey, col(Survey.person_id) == person_id, comment=None)
    _blank(session, Question, col(Question.person_id) == person_id, text="")
    _blank(session, Question, col(Question.answered_by) == person_id, answer="")
    _blank(session, UnitConsent, col(UnitConsent.decided_by) == person_id, evidence=None)
    about: dict[str, Any] = dict.fromkeys(
        ("name", "unit", "title", "years", "origin_city", "max_altitude", "contact_hours")
    )
    about |= {"regions": [], "not_regions": []}
    _blank(session, Teacher, col(Teacher.person_id) == person_id, bio="", topics=[], **about)
    entries = select(Teacher.id).where(Teacher.person_id == person_id)
    session.connection().execute(delete(TeacherIndex).where(col(TeacherIndex.teacher_id).in_(entries)))
    own = select(Need.id).where(_needs_of(person_id))
    _blank(session, Proposal, col(Proposal.need_id).in_(own), answer=None)
    _blank_parts(session, person_id)
    amended = (col(Audit.entity) == "need") & (col(Audit.entity_id).in_(own) | (col(Audit.actor_id) == person_id))
    _blank(session, Audit, amended, details={})
    asked = select(Audit.entity_id).where(
        Audit.actor_id == person_id, Audit.entity == "proposal", Audit.after == "returned"
    )
    _blank(session, Proposal, col(Proposal.id).in_(asked), question=None)
    session.expire_all()


def _blank_parts(session: Session, person_id: int) -> None:
    """Parts of scores quote topics of the order and words of the entry: those of this person's are covered."""
    own = set(session.exec(select(Need.id).where(_needs_of(person_id))))
    entries = set(session.exec(select(Teacher.id).where(Teacher.person_id == person_id)))
    for ident, need, candidates in session.exec(select(Proposal.id, Proposal.need_id, Proposal.candidates)).all():
        covered = [
            {**each, "parts": [[*part[:3], _covered(part[3])] for part in each["parts"]]}
            if need in own or each["teacher"] in entries
            else each
            for each in candidates
        ]
        if covered != candidates:
            _blank(session, Proposal, col(Proposal.id) == ident, candidates=covered)


def _covered(values: dict[str, str]) -> dict[str, str]:
    return {name: COVER if name in QUOTED else value for name, value in values.items()}


def _cut(session: Session, person_id: int) -> None:
    """Empty the traffic, also that of others, whose cards quote the person, and cut the link to the accounts."""
    own_accounts = (col(Account.person_id) == person_id) | (col(Account.moved_from_id) == person_id)
    chats = list(session.exec(select(Account.external_id).where(own_accounts)))
    own = col(Inbox.person_id) == person_id
    _blank(session, Inbox, own & col(Inbox.done_at).is_(None), done_at=0.0, outcome="forgotten")
    _blank(session, Inbox, own | (col(Inbox.outcome) == "done") & (col(Inbox.raw) != "{}"), raw="{}")
    _blank(session, Outbox, col(Outbox.done_at).is_not(None), content={})
    _blank(session, Audit, col(Audit.actor_id) == person_id, why="", details={})
    _blank(session, Teacher, col(Teacher.person_id) == person_id, person_id=None)
    session.connection().execute(delete(Card).where(col(Card.chat).in_(chats)))
    session.connection().execute(delete(Account).where(own_accounts))
