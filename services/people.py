"""Joining and being reached: invitations, consent, roles, language, lost contact."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from models import Account, Audit, Consent, Invite, Need, Outbox, Person, Role, School, Teacher
from services import audit, codes, colleagues, deputies, home, introductions, unit_consents
from services.actor import CONSENT_VERSION, Actor, actor_of, ask
from services.errors import Refused
from services.post import Toast, tell, tell_all
from services.post import update as update_card

INVITE_DAYS = 14
TRIES_PER_HOUR = 5  # wrong codes of one person
LANGUAGES = ("zh-CN", "en")


def create_invite(
    session: Session,
    role: str,
    now: datetime,
    *,
    school: School | None = None,
    county: str | None = None,
    teacher: Teacher | None = None,
) -> str:
    """A one-time code of 128 random bits; only its hash is kept."""
    code = codes.fresh()
    session.add(
        Invite(
            code_hash=codes.hashed(code),
            role=role,
            school_id=school.id if school else None,
            county=county,
            teacher_id=teacher.id if teacher else None,
            expires_at=now + timedelta(days=INVITE_DAYS),
            created_at=now,
        )
    )
    return code


def start(session: Session, actor: Actor, now: datetime, code: str | None = None) -> None:
    """/start: redeem a code if there is one, then whatever comes next for this person."""
    if code and not _redeem(session, actor, now, code):
        tell(session, actor.id, "invite-refused")
        return
    ask(actor, None)
    welcome(session, actor_of(session, actor.id), now)


def welcome(session: Session, actor: Actor, now: datetime) -> None:
    """Consent first, then an introduction, then the home screen."""
    if not actor.consented:
        tell(session, actor.id, "consent", {"version": CONSENT_VERSION}, card="consent")
        return
    if actor.has_role:
        home.show(session, actor)
    named = unit_consents.greet(session, actor) or actor.has_role or deputies.is_named(session, actor)
    if not named:
        introductions.begin(session, actor)


def agree(session: Session, actor: Actor, now: datetime, name: str | None = None) -> Toast | None:
    """同意: consent is kept with its version; what the person said before is taken up."""
    if actor.consented:
        home.show_or_introduce(session, actor)
        return Toast("already")
    session.add(Consent(person_id=actor.id, version=CONSENT_VERSION, given_at=now))
    if actor.person.name is None and name:
        actor.person.name = name[:60]
    session.flush()
    update_card(session, actor.id, "consent-given", {"version": CONSENT_VERSION}, card="consent")
    agreed = actor_of(session, actor.id)
    if agreed.has_role:
        home.take_up(session, agreed, now)
        unit_consents.greet(session, agreed)
    else:
        welcome(session, agreed, now)
    return Toast("thanks")


def _redeem(session: Session, actor: Actor, now: datetime, code: str) -> bool:
    """Use a code once. Wrong codes are counted, and after a few the answer is to wait."""
    recent = select(func.count()).where(
        Audit.actor_id == actor.id, Audit.after == "code-refused", col(Audit.at) > now - timedelta(hours=1)
    )
    if session.exec(recent).one() >= TRIES_PER_HOUR:
        raise Refused("too-many-codes")
    invite = session.exec(select(Invite).where(Invite.code_hash == codes.hashed(code)).with_for_update()).first()
    if invite is not None and invite.used_by == actor.id:
        return True  # the same person taps the same link again
    if invite is None and any(kind.redeem(session, actor, now, code) for kind in (colleagues, unit_consents)):
        return True
    if invite is None or invite.used_at is not None or invite.expires_at < now:
        audit.note(session, actor.person, "code-refused", actor, now)
        return False
    invite.used_at, invite.used_by = now, actor.id
    if invite.deputy_for is not None:
        deputies.redeem(session, actor, now, invite)
        return True
    grant(session, actor, now, invite.role, school_id=invite.school_id, county=invite.county)
    if invite.teacher_id is not None:
        teacher = session.get_one(Teacher, invite.teacher_id)
        teacher.person_id, actor.person.name = actor.id, actor.person.name or teacher.name
    return True


def grant(
    session: Session,
    actor: Actor,
    now: datetime,
    kind: str,
    *,
    school_id: int | None = None,
    county: str | None = None,
    by: Actor | None = None,
    deputy_id: int | None = None,
) -> None:
    """Give a person a role, once."""
    query = select(Role).where(
        Role.person_id == actor.id,
        Role.kind == kind,
        Role.school_id == school_id,
        Role.county == county,
        Role.deputy_id == deputy_id,
        col(Role.ended_at).is_(None),
    )
    if session.exec(query).first() is None:
        role = Role(
            person_id=actor.id,
            kind=kind,
            school_id=school_id,
            county=county,
            deputy_id=deputy_id,
            granted_at=now,
            granted_by=by.id if by else None,
        )
        session.add(role)
        session.flush()
        audit.note(session, role, "granted", by or actor, now, why=kind)


def appoint(session: Session, external_ids: Iterable[int], now: datetime, channel: str = "telegram") -> None:
    """Make the accounts of COORDINATOR_IDS programme-level coordinators."""
    for person in persons_of(session, set(external_ids), now, channel).values():
        grant(session, actor_of(session, person), now, "coordinator")


def persons_of(session: Session, senders: Iterable[int], now: datetime, channel: str = "telegram") -> dict[int, int]:
    """External id → person, creating whoever writes for the first time."""
    wanted = set(senders)
    query = select(Account.external_id, Account.person_id).where(
        Account.channel == channel, col(Account.external_id).in_(wanted)
    )
    found = dict(session.exec(query).all())
    for external in sorted(wanted - found.keys()):
        person = Person(created_at=now)
        session.add(person)
        session.flush()
        assert person.id is not None
        session.add(Account(channel=channel, external_id=external, person_id=person.id, created_at=now))
        found[external] = person.id
    session.flush()
    return found


def coordinators_of(session: Session, county: str | None) -> tuple[list[int], bool]:
    """Whom to tell about a county: its own coordinators, or the programme's if it has none (then the flag is True)."""
    roles = select(Role.person_id).where(Role.kind == "coordinator", col(Role.ended_at).is_(None)).distinct()
    if county is not None:
        own = reachable(session, session.exec(roles.where(Role.county == county)).all())
        if own:
            return own, False
    return reachable(session, session.exec(roles.where(col(Role.county).is_(None))).all()), county is not None


def people_of_school(session: Session, school_id: int) -> list[int]:
    """Everybody who speaks for a school."""
    query = select(Role.person_id).where(
        Role.kind == "school", Role.school_id == school_id, col(Role.ended_at).is_(None)
    )
    return sorted(set(session.exec(query).all()))


def speaker(session: Session, need: Need) -> int:
    """Who speaks for the school about an order: whoever filed it, or a colleague if that person cannot be reached."""
    able = reachable(session, people_of_school(session, need.school_id))
    return able[0] if able and need.filer_id not in able else need.filer_id


def owner_of(session: Session, need: Need) -> int | None:
    """Who of the school can say yes to an order that somebody else typed; None if nobody of it can be reached."""
    able = reachable(session, people_of_school(session, need.school_id))
    return need.filer_id if need.filer_id in able else able[0] if able else None


def reachable(session: Session, people: Iterable[int]) -> list[int]:
    """Those of `people` a message can get to."""
    query = select(Account.person_id).where(
        col(Account.person_id).in_(set(people)), col(Account.unreachable_at).is_(None)
    )
    return sorted(set(session.exec(query).all()))


def choose_language(session: Session, actor: Actor, now: datetime, language: str | None = None) -> Toast | None:
    """/language: show the choice, or make it."""
    if language not in LANGUAGES:
        tell(session, actor.id, "language", card="language")
        return None
    actor.person.language = language
    session.flush()
    welcome(session, actor, now)
    return Toast("done")


def lose_contact(session: Session, channel: str, chat: int, now: datetime) -> None:
    """A person blocked the bot or is gone: their open messages end, those who wait for them are told once."""
    account = session.exec(select(Account).where(Account.channel == channel, Account.external_id == chat)).first()
    if account is None or account.unreachable_at is not None:
        return
    account.unreachable_at = now
    session.flush()
    audit.note(session, account, "unreachable", None, now)
    silence(session, account, now)
    _warn(session, actor_of(session, account.person_id))


def silence(session: Session, account: Account, now: datetime) -> None:
    """What is on its way to an account is not sent any more."""
    table = Outbox.__table__  # type: ignore[attr-defined]
    session.connection().execute(
        update(table)
        .where(table.c.channel == account.channel, table.c.chat == account.external_id, table.c.done_at.is_(None))
        .values(done_at=now.timestamp(), outcome="dead", error="unreachable")
    )


def _warn(session: Session, actor: Actor) -> None:
    counties = {session.get_one(School, school).county for school in actor.schools}
    for county in counties or (None,):
        people, _ = coordinators_of(session, county)
        tell_all(session, (p for p in people if p != actor.id), "contact-lost", {"name": actor.person.name})


def revive(session: Session, senders: Iterable[int], now: datetime, channel: str = "telegram") -> None:
    """Whoever speaks can be reached again, even if a message to them once failed."""
    query = select(Account).where(
        Account.channel == channel, col(Account.external_id).in_(set(senders)), col(Account.unreachable_at).is_not(None)
    )
    for account in session.exec(query):
        account.unreachable_at = None
        audit.note(session, account, "reachable", None, now)


def regain_contact(session: Session, actor: Actor, now: datetime) -> None:
    """The person is back: they may be told things again."""
    for account in session.exec(
        select(Account).where(Account.person_id == actor.id, col(Account.unreachable_at).is_not(None))
    ):
        account.unreachable_at = None
        audit.note(session, account, "reachable", actor, now)
    session.flush()


def membership(session: Session, actor: Actor, now: datetime, blocked: bool, channel: str, chat: int) -> None:
    """The person blocked the bot or let it in again."""
    if blocked:
        lose_contact(session, channel, chat, now)
    else:
        regain_contact(session, actor, now)


def tell_parked(session: Session, person_id: int, now: datetime, incident: str) -> None:
    """A message could not be processed: say so with a number, to the person and to those who can look."""
    tell(session, person_id, "incident", {"incident": incident})
    people, _ = coordinators_of(session, None)
    tell_all(session, (p for p in people if p != person_id), "incident-coordinator", {"incident": incident})
