"""先问学校一句: the invited teacher's sentence goes to the school, the answer comes back on the offer.

The school sees neither name nor number of the teacher beyond what its cards show. The time it takes to answer moves the
teacher's deadline, once and by two days at most.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models import Need, Offer, Question
from services import audit, people, timing
from services.actor import Actor, access_offer_as_teacher, access_question, actor_of, ask
from services.offer_cards import card, stale_teacher, to_coordinators, to_teacher
from services.post import Toast, tell, update
from services.snapshots import HOLDS_PLACE, need_values, offer_values

LONGEST = 200  # characters of a question or an answer, so that both fit on the card
REMINDER_DAYS = 1
LONGEST_WAIT = timedelta(days=2)
NOT_WORTH_IT = timedelta(hours=1)  # an answer that quick moves no deadline


def begin(session: Session, actor: Actor, now: datetime, offer_id: int) -> Toast | None:
    """先问学校一句: the teacher is asked for the sentence."""
    offer, _ = access_offer_as_teacher(session, actor, offer_id)
    if not offer_values(session, offer)["may_ask"]:
        return stale_teacher(session, offer)
    ask(actor, "offer-question", offer_id)
    update(session, actor.id, "question-ask", {"id": offer_id}, card=card(offer))
    return None


def hear(session: Session, actor: Actor, now: datetime, offer_id: int, text: str) -> None:
    """The teacher's sentence goes to who speaks for the school."""
    offer, need = access_offer_as_teacher(session, actor, offer_id)
    if not offer_values(session, offer)["may_ask"]:
        ask(actor, None)
        to_teacher(session, offer, fresh=True)
        return
    if len(text) > LONGEST:
        tell(session, actor.id, "question-ask", {"id": offer_id, "long": True}, card=card(offer))
        return
    question = Question(offer_id=offer_id, person_id=actor.id, text=text, created_at=now)
    question_id = audit.begin(session, question, actor, now)
    timing.schedule(session, "question-reminder", question_id, timing.awake(now + timedelta(days=REMINDER_DAYS)))
    ask(actor, None)
    to_teacher(session, offer, fresh=True)
    _relay(session, question, need)


def _relay(session: Session, question: Question, need: Need, *, again: bool = False) -> None:
    """The question on the school's phone. A plain reply answers it, unless that person was asked something else."""
    person = people.speaker(session, need)
    speaker = actor_of(session, person).person
    if speaker.asked is None:
        ask(speaker, "question-answer", question.id)
    values = {**_values(session, question, need), "again": again}
    tell(session, person, "question-relayed", values, card=_card(question), bulk=again)


def _values(session: Session, question: Question, need: Need) -> dict[str, Any]:
    return {
        "id": question.id,
        "status": question.status,
        "text": question.text,
        "answer": question.answer,
        "need": need_values(session, need),
    }


def open_answer(session: Session, actor: Actor, now: datetime, question_id: int) -> Toast | None:
    """回答: what the person of the school types next is the answer."""
    question, _, need = access_question(session, actor, question_id)
    if question.status == "open":
        ask(actor, "question-answer", question_id)
    tell(
        session, actor.id, "question-relayed", {**_values(session, question, need), "ready": True}, card=_card(question)
    )
    return None if question.status == "open" else Toast("stale")


def hear_answer(session: Session, actor: Actor, now: datetime, question_id: int, text: str) -> None:
    """The school's answer comes back on the teacher's card, and the coordinators read both."""
    question, offer, need = access_question(session, actor, question_id)
    if question.status == "open" and len(text) > LONGEST:
        values = {**_values(session, question, need), "long": True}
        tell(session, actor.id, "question-relayed", values, card=_card(question))
        return
    ask(actor, None)
    if question.status == "open":
        question.answer, question.answered_by, question.answered_at = text, actor.id, now
        audit.move(session, question, "answered", actor, now)
        timing.cancel(session, "question-reminder", question_id, now)
        session.flush()
        extend(session, offer, now - question.created_at)
        to_teacher(session, offer, fresh=True)
        note = {**offer_values(session, offer), "question": question.text, "answer": text}
        to_coordinators(session, need, "question-note", note)
    tell(session, actor.id, "question-relayed", _values(session, question, need), card=_card(question))


def extend(session: Session, offer: Offer, waited: timedelta) -> bool:
    """Give the teacher the time the school took, once. False where that was done before, or is not worth it."""
    if offer.extended or offer.status != "open" or waited < NOT_WORTH_IT:
        return False
    offer.extended = True
    offer.deadline = timing.awake(offer.deadline + min(waited, LONGEST_WAIT))
    assert offer.id is not None
    timing.schedule(session, "offer-deadline", offer.id, offer.deadline)
    session.flush()
    return True


def waits(session: Session, offer: Offer) -> bool:
    """Whether the school has a question of this offer to answer."""
    return _open(session, offer) is not None


def remind(session: Session, question_id: int, sequence: int, now: datetime) -> None:
    """Once, in the daytime: the teacher waits for an answer."""
    question = session.get_one(Question, question_id)
    offer = session.get_one(Offer, question.offer_id)
    if question.status != "open" or offer.status not in HOLDS_PLACE:
        return
    if not timing.put_off(session, "question-reminder", question_id, sequence, now):
        _relay(session, question, session.get_one(Need, offer.need_id), again=True)


def drop(session: Session, offer: Offer, actor: Actor | None, now: datetime) -> None:
    """The offer is decided: nobody has to answer any more."""
    question = _open(session, offer)
    if question is not None and question.id is not None:
        audit.move(session, question, "dropped", actor, now)
        timing.cancel(session, "question-reminder", question.id, now)


def _open(session: Session, offer: Offer) -> Question | None:
    return session.exec(
        select(Question).where(Question.offer_id == offer.id, Question.status == "open").order_by(col(Question.id))
    ).first()


def _card(question: Question) -> str:
    return f"question:{question.id}"
