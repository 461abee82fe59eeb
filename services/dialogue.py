"""What a sentence means depends on what was asked: the open question stands on the person, and here is who answers it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, func, select

import matching
from models import Need, Teacher
from models.help import BACKS
from services import (
    amending,
    behalf,
    callbacks,
    complaints,
    conditions,
    corrections,
    date_moves,
    decisions,
    deputies,
    evidence,
    home,
    introductions,
    media,
    muting,
    needs,
    offers,
    people,
    questions,
    surveys,
    teachers,
    timing,
    unit_consents,
)
from services.actor import Actor, ask
from services.errors import ServiceError
from services.post import tell
from services.spoken import word_of

Answer = Callable[[Session, Actor, datetime, int, str], None]

QUESTIONS: dict[str, Answer] = {
    "intro-words": introductions.hear_words,
    callbacks.QUESTION: callbacks.hear,
    "behalf-school": behalf.hear_school,
    "behalf-text": behalf.hear_text,
    "behalf-mate": behalf.hear_mate,
    "conditions": conditions.hear,
    "need-text": lambda session, actor, now, _, text: needs.hear(session, actor, now, text),
    "need-slot": needs.answer_slot,
    "need-edit": corrections.answer_edit,
    **{f"need-field-{field}": partial(corrections.answer_field, field) for field in needs.FIELDS},
    "teach-text": lambda session, actor, now, _, text: teachers.hear(session, actor, now, text),
    "teach-slot": teachers.answer_slot,
    "teach-edit": teachers.answer_slot,
    "return-question": decisions.hear_question,
    "return-answer": decisions.hear_answer,
    **{f"amend-{field}": partial(amending.hear, field) for field in needs.FIELDS},
    "deputy-words": deputies.hear,
    "offer-dates": offers.hear_dates,
    "offer-question": questions.hear,
    "question-answer": questions.hear_answer,
    "redate": date_moves.hear,
    "unit-evidence": unit_consents.hear_evidence,
    **{f"evidence-{backs}": partial(evidence.hear, backs) for backs in BACKS},
    "survey": surveys.hear,
}


def hear(session: Session, actor: Actor, now: datetime, text: str) -> None:
    """A plain sentence: an answer if something was asked, otherwise a need, a rating, or an introduction."""
    text = text.strip()
    if not actor.consented:
        _keep(session, actor, now, text)
    elif not text:
        tell(session, actor.id, "words-please")
    elif (word := word_of(text)) == "help":
        callbacks.say(session, actor, now)
    elif word is not None:
        muting.say(session, actor, now, word)
    elif _answered(session, actor, now, text):
        return
    elif not actor.has_role:
        _keep(session, actor, now, text)
    elif (survey := surveys.meant(session, actor, text)) is not None:
        surveys.hear(session, actor, now, survey, text)
    elif actor.schools:
        needs.hear(session, actor, now, text)
    elif not actor.is_admitted and matching.read(text, today=timing.today(now)).kind in ("need", "offer"):
        _keep(session, actor, now, text)
    elif actor.is_teacher and teachers.entry(session, actor) is None and teachers.introduces(text, now):
        teachers.hear(session, actor, now, text)
    else:
        _small_talk(session, actor, now, text)


def _answered(session: Session, actor: Actor, now: datetime, text: str) -> bool:
    """Whether that was an answer to what was asked. A question whose object moved on is dropped; an order is then read."""
    asked = actor.person.asked or ""
    answer = QUESTIONS.get(callbacks.QUESTION if callbacks.is_asked(asked) else asked)
    if answer is None:
        return False
    try:
        with session.begin_nested():
            answer(session, actor, now, actor.person.asked_id or 0, text)
    except ServiceError as error:
        session.refresh(actor.person)
        ask(actor, None)
        if actor.schools and matching.read(text, today=timing.today(now)).kind == "need":
            return False
        complaints.explain(session, actor, now, error.key, error.values, None)
    return True


def _keep(session: Session, actor: Actor, now: datetime, text: str) -> None:
    """Said before the bot may use it: an order is kept until then, small talk after it does not replace it."""
    if actor.person.kept_text is None or matching.read(text, today=timing.today(now)).kind == "need":
        actor.person.kept_text = text[:4096]
    if actor.consented and actor.is_colleague:
        introductions.begin(session, actor)
    else:
        people.welcome(session, actor, now)


def gated(session: Session, actor: Actor, now: datetime, act: Callable[..., object], *args: object) -> None:
    """An act that needs consent and a role; without them, what comes first."""
    if actor.consented and actor.has_role:
        act(session, actor, now, *args)
    else:
        people.welcome(session, actor, now)


def admitted(session: Session, actor: Actor, now: datetime, act: Callable[..., object], *args: object) -> None:
    """An act of those whom somebody vetted; a colleague is asked who this is, like a stranger."""
    if actor.consented and actor.has_role and not actor.is_admitted:
        introductions.begin(session, actor)
    else:
        gated(session, actor, now, act, *args)


def call(session: Session, actor: Actor, now: datetime) -> None:
    """/call: 找人帮忙, for everybody who agreed to be written down."""
    if actor.consented:
        callbacks.begin(session, actor, now)
    else:
        people.welcome(session, actor, now)


def _small_talk(session: Session, actor: Actor, now: datetime, text: str) -> None:
    kind = matching.read(text, today=timing.today(now)).kind
    if kind in ("greeting", "complaint", "question", "spam"):
        tell(session, actor.id, f"reply-{kind}")
    else:
        home.help_(session, actor, now)


def other_content(session: Session, actor: Actor, now: datetime, sent: media.Sent | None, caption: str) -> None:
    """A voice message, photo, file, place or sticker: never ignored. A caption is read as words, then it is passed on."""
    asked, about = actor.person.asked, actor.person.asked_id
    heard = media.is_heard(session, actor)
    if sent is not None and heard and (asked or "").startswith("evidence-") and sent.kind in media.KEPT:
        try:
            with session.begin_nested():
                evidence.add(session, actor, now, about or 0, (asked or "").removeprefix("evidence-"), caption, sent)
            return
        except ServiceError:  # the order is over: then it is a file like any other
            session.refresh(actor.person)
            ask(actor, None)
    if caption:
        hear(session, actor, now, caption)
    if sent is not None and heard:
        media.receive(session, actor, now, sent, caption, (asked, about))
        if sent.kind in media.KEPT and callbacks.is_asked(actor.person.asked):  # said instead of written
            callbacks.request(session, actor, now)
    elif not caption:
        gated(session, actor, now, lambda *_: tell(session, actor.id, "words-please"))


def edited(session: Session, actor: Actor, now: datetime) -> None:
    """An old message was changed: nothing happens by that, and it is said."""
    tell(session, actor.id, "words-edited")


def cancel(session: Session, actor: Actor, now: datetime) -> None:
    """/cancel: the newest draft is put away, or the open question dropped."""
    if not actor.consented or not actor.has_role:
        people.welcome(session, actor, now)
        return
    was_asked = actor.person.asked
    ask(actor, None)
    typed = func.coalesce(Need.entered_by, Need.filer_id) == actor.id
    draft = select(Need).where(typed, Need.status == "draft").order_by(col(Need.id).desc())
    need = session.exec(draft).first()
    if need is not None and need.id is not None:
        needs.cancel(session, actor, now, need.id)
        tell(session, actor.id, "draft-cancelled")
        return
    entry = session.exec(select(Teacher).where(Teacher.person_id == actor.id, Teacher.status == "draft")).first()
    if entry is not None and entry.id is not None:
        teachers.cancel(session, actor, now, entry.id)
        tell(session, actor.id, "draft-cancelled")
        return
    tell(session, actor.id, "nothing-open" if was_asked is None else "question-dropped")
    home.show(session, actor)
