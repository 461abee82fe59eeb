"""What is sent beside words: kept by its id, attached to what it is likely about, passed to a coordinator, answered in words.

The bytes stay with the messenger; a view sends the file on by its id. A place or a poll is kept as the words it comes to. A
sticker gets a kind word only, and of a contact card nothing is kept: the number is somebody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, or_, select

from models import Attachment, Need, Offer, Person, Placement, Proposal, School, Teacher
from services import belonging, people, unit_consents
from services.actor import Actor
from services.post import tell, tell_all
from services.snapshots import need_values

WORDS_LIMIT = 2000
KEPT = ("photo", "voice", "document", "video", "audio", "animation", "clip", "place", "poll")
ASKED_ABOUT: dict[str, type[Proposal] | type[Offer] | type[Placement]] = {
    "return-answer": Proposal,
    "offer-dates": Offer,
    "redate": Placement,
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in: `kind` is one of delivery.message.FILES, clip, place, poll, sticker or contact."""

    kind: str
    file_id: str | None = None
    size: int | None = None
    album: str | None = None
    words: str = ""  # what a place or a poll says


def receive(
    session: Session, actor: Actor, now: datetime, sent: Sent, caption: str, asked: tuple[str | None, int | None]
) -> None:
    """Keep a file with what it is about, pass it on, and say to whom."""
    if sent.kind not in KEPT:
        tell(session, actor.id, "contact-not-kept" if sent.kind == "contact" else "sticker-thanks")
        return
    followed = sent.album is not None and _has_album(session, actor, sent.album)
    need = _about(session, actor, *asked)
    keep(session, actor, now, sent, caption, need, asked=asked[0])
    told = to_tell(session, actor, need)
    pass_on(session, told, "attachment", values(session, actor, sent, caption, need))
    if not followed:  # photos sent together are answered once
        about = {"kind": sent.kind, "names": names(session, told), "captioned": bool(caption)}
        tell(session, actor.id, "attachment-kept", about)


def pass_on(session: Session, told: Sequence[int], view: str, about: dict[str, Any]) -> None:
    """Words and file in one message; a round video takes no words, so it follows them."""
    tell_all(session, told, view, about)
    if about["kind"] == "clip":
        tell_all(session, told, "clip", {"file_id": about["file_id"]})


def is_heard(session: Session, actor: Actor) -> bool:
    """Whether what somebody sends is kept: people of schools, teachers, colleagues, and who signs for a unit."""
    known = actor.is_teacher or bool(actor.schools) or actor.is_colleague
    return actor.consented and (known or unit_consents.signs(session, actor))


def keep(
    session: Session,
    actor: Actor,
    now: datetime,
    sent: Sent | None,
    text: str,
    need: Need | None,
    *,
    asked: str | None = None,
    backs: str | None = None,
) -> None:
    """The row: what was sent, or words that back a diagnosis."""
    session.add(
        Attachment(
            person_id=actor.id,
            kind=sent.kind if sent else "words",
            file_id=sent.file_id[:255] if sent and sent.file_id else None,
            size=sent.size if sent else None,
            words=_words(sent, text),
            album=sent.album[:40] if sent and sent.album else None,
            need_id=need.id if need else None,
            asked=asked,
            backs=backs,
            created_at=now,
        )
    )
    session.flush()


def values(session: Session, actor: Actor, sent: Sent | None, text: str, need: Need | None) -> dict[str, Any]:
    """What the coordinator's view shows, and the file it sends on."""
    return {
        "kind": sent.kind if sent else None,
        "file_id": sent.file_id if sent else None,
        "words": _words(sent, text),
        "name": actor.person.name,
        "of": belonging.place_of(session, actor),
        "need": need_values(session, need) if need else None,
    }


def _words(sent: Sent | None, text: str) -> str:
    return (text or (sent.words if sent else ""))[:WORDS_LIMIT]


def to_tell(session: Session, actor: Actor, need: Need | None) -> list[int]:
    """The coordinators of the need's county, or of the person's."""
    county = session.get_one(School, need.school_id).county if need else belonging.county_of(session, actor)
    return [person for person in people.coordinators_of(session, county)[0] if person != actor.id]


def names(session: Session, persons: Sequence[int]) -> list[str]:
    """Whom it was passed to, for the sender."""
    found = [session.get_one(Person, person).name for person in persons]
    return [name for name in found if name]


def _has_album(session: Session, actor: Actor, album: str) -> bool:
    query = select(Attachment.id).where(Attachment.person_id == actor.id, Attachment.album == album[:40])
    return session.exec(query).first() is not None


def _about(session: Session, actor: Actor, asked: str | None, asked_id: int | None) -> Need | None:
    """What was asked about; else the newest draft, the newest order, or the order of the newest invitation."""
    if asked in ASKED_ABOUT and asked_id is not None:
        found = session.get(ASKED_ABOUT[asked], asked_id)
        return session.get(Need, found.need_id) if isinstance(found, Proposal | Offer | Placement) else None
    if (asked or "").startswith("need-") and asked_id is not None:
        return session.get(Need, asked_id)
    if actor.schools:
        typed = func.coalesce(Need.entered_by, Need.filer_id) == actor.id
        own = select(Need).where(or_(typed, col(Need.filer_id) == actor.id), Need.status != "cancelled")
        return session.exec(own.order_by((col(Need.status) == "draft").desc(), col(Need.id).desc())).first()
    query = select(Need).join(Offer, col(Offer.need_id) == Need.id).join(Teacher, col(Teacher.id) == Offer.teacher_id)
    return session.exec(query.where(Teacher.person_id == actor.id).order_by(col(Offer.id).desc())).first()
