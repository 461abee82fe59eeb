"""找人帮忙: somebody asks to be called. The coordinators of the county get a card; one of them says 我来联系.

Nobody answers for two working days: they are reminded; for two more: the programme's coordinators get the card too.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import Account, Callback, Card, Person
from services import audit, belonging, people, timing
from services.actor import Actor, actor_of, ask
from services.errors import NotYours
from services.post import Toast, tell, tell_all, update

WORKDAYS = 2  # until the reminder, and from there to the programme level
WAITS = ("open", "taken")
WORDS_LIMIT = 500
QUESTION = "callback-words"  # the open question, if nothing else was asked …
ASIDE = "callback/"  # … or before the question that stands aside until this is settled
ASKING = "callback-ask"  # the card of that question


def begin(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """找人帮忙: a sentence about it, or just 请联系我; who asked already sees who takes care. What was asked stands aside."""
    waiting = _waiting(session, actor.id)
    if waiting is not None:
        _tell_asker(session, actor, waiting)
        return None
    asked = actor.person.asked
    if not is_asked(asked):
        ask(actor, f"{ASIDE}{asked}" if asked else QUESTION, actor.person.asked_id)
    tell(session, actor.id, "callback-ask", {"aside": actor.person.asked != QUESTION}, card=ASKING)
    return None


def say(session: Session, actor: Actor, now: datetime) -> None:
    """帮忙, in words; said again instead of an answer it means yes."""
    if is_asked(actor.person.asked):
        request(session, actor, now)
    else:
        begin(session, actor, now)


def is_asked(question: str | None) -> bool:
    """Whether this is the question what help is wanted with, alone or before another."""
    return question == QUESTION or (question or "").startswith(ASIDE)


def back(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """返回: no call; the question from before is open again."""
    if not is_asked(actor.person.asked):
        return Toast("already")
    _open_again(actor)
    update(session, actor.id, "callback-not", card=ASKING)
    return None


def _open_again(actor: Actor) -> None:
    """The question that stood aside."""
    question = actor.person.asked or ""
    if is_asked(question):
        before = question.removeprefix(ASIDE) if question != QUESTION else None
        ask(actor, before, actor.person.asked_id if before else None)


def hear(session: Session, actor: Actor, now: datetime, _: int, text: str) -> None:
    """The optional sentence; with it the request is made."""
    _make(session, actor, now, text[:WORDS_LIMIT])


def request(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """请联系我, without a word."""
    already = _waiting(session, actor.id) is not None
    _make(session, actor, now, "")
    return Toast("already" if already else "done")


def _make(session: Session, actor: Actor, now: datetime, text: str) -> None:
    """One open request for a person: a second sentence is added to it."""
    _open_again(actor)
    waiting = _waiting(session, actor.id)
    if waiting is not None:
        if text:
            waiting.words = f"{waiting.words}\n{text}".strip()[:WORDS_LIMIT]
            session.flush()
            _spread(session, waiting)
        _tell_asker(session, actor, waiting)
        return
    made = Callback(person_id=actor.id, county=belonging.county_of(session, actor), words=text, created_at=now)
    ident = audit.begin(session, made, actor, now)
    timing.schedule(session, "callback-idle", ident, timing.workdays_later(now, WORKDAYS), 1)
    timing.schedule(session, "callback-idle", ident, timing.workdays_later(now, 2 * WORKDAYS), 2)
    _tell_asker(session, actor, made)
    tell_all(session, _deciders(session, made), "callback", _values(session, made), card=_card(made))


def _tell_asker(session: Session, actor: Actor, found: Callback) -> None:
    """To the asker: who will call, and that what was asked before can still be answered."""
    tell(session, actor.id, "callback-asked", {**_values(session, found), "aside": actor.person.asked is not None})


def take(session: Session, actor: Actor, now: datetime, callback_id: int) -> Toast | None:
    """我来联系: the first wins, and the asker is told who it is."""
    found = _access(session, actor, callback_id)
    if found.status != "open":
        return _stale(session, actor, found)
    found.taken_by = actor.id
    _moved(session, actor, now, found, "taken")
    tell(session, found.person_id, "callback-taken", _values(session, found))
    return Toast("done")


def solve(session: Session, actor: Actor, now: datetime, callback_id: int) -> Toast | None:
    """已解决: the asker is told, and may ask again."""
    found = _access(session, actor, callback_id)
    if found.status not in WAITS:
        return _stale(session, actor, found)
    found.taken_by, found.done_at = found.taken_by or actor.id, now
    _moved(session, actor, now, found, "done")
    tell(session, found.person_id, "callback-done", _values(session, found))
    return Toast("done")


def open_card(session: Session, actor: Actor, now: datetime, callback_id: int) -> Toast | None:
    """A line of /queue: the card again, at the end of the chat."""
    found = _access(session, actor, callback_id)
    tell(session, actor.id, "callback", _values(session, found), card=_card(found))
    return None


def _moved(session: Session, actor: Actor, now: datetime, found: Callback, to: str, *, nameless: bool = False) -> None:
    audit.move(session, found, to, actor, now)
    assert found.id is not None
    timing.cancel(session, "callback-idle", found.id, now)
    session.flush()
    _spread(session, found, nameless=nameless)


def remind(session: Session, callback_id: int, sequence: int, now: datetime) -> None:
    """Nobody took it: the county is reminded, then the programme's coordinators get the card too."""
    found = session.get_one(Callback, callback_id)
    if found.status != "open" or timing.put_off(session, "callback-idle", callback_id, sequence, now):
        return
    told = set(_deciders(session, found))
    if sequence > 1:
        told |= set(people.coordinators_of(session, None)[0])
    told -= {found.person_id}
    tell_all(session, sorted(told), "callback", {**_values(session, found), "idle": True}, card=_card(found))


def drop(session: Session, actor: Actor, now: datetime) -> None:
    """The person leaves: nobody need call them any more."""
    found = _waiting(session, actor.id)
    if found is not None:
        found.done_at = now
        _moved(session, actor, now, found, "done", nameless=True)


def queued(session: Session, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """For /queue: requests of the actor's counties that nobody has finished."""
    found = session.exec(select(Callback).where(col(Callback.status).in_(WAITS)))
    return [
        {
            "kind": "callback",
            **_values(session, each),
            "days": (now - each.created_at).days,
            "at": each.created_at.isoformat(),
        }
        for each in found
        if _may_take(session, actor, each)
    ]


def _values(session: Session, found: Callback) -> dict[str, Any]:
    asker = actor_of(session, found.person_id)
    taker = session.get_one(Person, found.taken_by).name if found.taken_by else None
    deciders = [session.get_one(Person, person).name for person in _deciders(session, found)]
    return {
        "id": found.id,
        "status": found.status,
        "name": asker.person.name,
        "of": belonging.place_of(session, asker),
        "words": found.words,
        "taker": taker,
        "deciders": [name for name in deciders if name],
        "idle": False,
    }


def _deciders(session: Session, found: Callback) -> list[int]:
    own = [person for person in people.coordinators_of(session, found.county)[0] if person != found.person_id]
    programme = people.coordinators_of(session, None)[0]
    return own or [person for person in programme if person != found.person_id]


def _may_take(session: Session, actor: Actor, found: Callback) -> bool:
    mine = actor.is_programme if found.county is None else actor.coordinates(found.county)
    return mine and found.person_id != actor.id


def _access(session: Session, actor: Actor, callback_id: int) -> Callback:
    found = session.get(Callback, callback_id, with_for_update=True, populate_existing=True)
    if found is None or not _may_take(session, actor, found):
        raise NotYours
    return found


def _spread(session: Session, found: Callback, *, nameless: bool = False) -> None:
    """Every card of it shows how it stands now, also those the programme's coordinators got."""
    shown = select(Account.person_id).join(Card, col(Card.chat) == Account.external_id)
    holders = session.exec(shown.where(Card.name == _card(found), Card.channel == Account.channel)).all()
    values = _values(session, found) | ({"name": None} if nameless else {})
    for person in sorted({*_deciders(session, found), *holders}):
        update(session, person, "callback", values, card=_card(found))


def _stale(session: Session, actor: Actor, found: Callback) -> Toast:
    update(session, actor.id, "callback", _values(session, found), card=_card(found))
    return Toast("stale")


def _waiting(session: Session, person_id: int) -> Callback | None:
    query = select(Callback).where(Callback.person_id == person_id, col(Callback.status).in_(WAITS))
    return session.exec(query).first()


def _card(found: Callback) -> str:
    return f"callback:{found.id}"
