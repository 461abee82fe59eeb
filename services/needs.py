"""A school's orders from the sentence to the finished draft, whose first missing slot is the next question.

All orders read from one text share a batch and a card. At most two questions are asked; what is still missing then is
filed as missing, and the coordinator sees it. What somebody corrects on the card is in corrections.py, 提交 in filing.py.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

import matching
from matching import NeedFields
from models import Need, Person, School
from services import audit, cases, people, timing
from services.actor import Actor, access_need, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import need_values
from services.terms import name_of

TEXT_LIMIT = 4096
ORDERS_LIMIT = 30  # of one text; a 接龙 of more schools comes in parts
MAX_QUESTIONS = 2
SLOTS = ("what", "form", "stage")
FIELDS = ("what", "form", "when", "stage", "headcount", "topics")
HEADCOUNT_LIMIT = 99
MONTHS_LIMIT = 120.0


def begin(session: Session, actor: Actor, now: datetime) -> None:
    """/need and the button 提需求: ask for one sentence."""
    if not actor.schools:
        raise Refused("schools-only")
    ask(actor, "need-text")
    colleagues = any(len(people.people_of_school(session, school)) > 1 for school in actor.schools)
    tell(session, actor.id, "need-ask", {"colleagues": colleagues})


def hear(session: Session, actor: Actor, now: datetime, text: str) -> None:
    """A sentence of a school's person: orders become drafts on one card; everything else gets a fitting answer."""
    if not actor.schools:
        raise Refused("schools-only")
    take(session, actor, now, text, min(actor.schools), actor.id)


def take(
    session: Session,
    actor: Actor,
    now: datetime,
    text: str,
    school_id: int,
    filer_id: int,
    entered_by: int | None = None,
) -> None:
    """A sentence about a school's needs, typed by the person whose order it is or by somebody for them."""
    reading = matching.read(text, today=timing.today(now))
    ask(actor, None)
    if reading.kind != "need" or not reading.needs:
        perhaps = bool(matching.read_as_need(text, today=timing.today(now))) and entered_by is None
        actor.person.kept_text = text[:TEXT_LIMIT] if perhaps else actor.person.kept_text
        kind = reading.kind if reading.kind != "need" else "question"
        tell(session, actor.id, f"reply-{kind}", {"perhaps": perhaps})
        return
    like = Need(school_id=school_id, filer_id=filer_id, entered_by=entered_by, batch="", text=text, created_at=now)
    show(session, actor, _draft(session, actor, now, like, reading.needs), fresh=True)


def insist(session: Session, actor: Actor, now: datetime) -> Toast | None:
    """这是需求: what was taken for something else is read as an order after all."""
    text, actor.person.kept_text = actor.person.kept_text, None
    read = matching.read_as_need(text, today=timing.today(now)) if text and actor.schools else ()
    if not text or not read:
        return Toast("stale")
    ask(actor, None)
    like = Need(school_id=min(actor.schools), filer_id=actor.id, batch="", text=text, created_at=now)
    show(session, actor, _draft(session, actor, now, like, read), fresh=True)
    return None


def _draft(session: Session, actor: Actor, now: datetime, like: Need, read: Sequence[NeedFields]) -> list[Need]:
    """A draft for each order that was read, with the school, people and text of `like`."""
    school = session.get_one(School, like.school_id)
    batch, drafts = uuid4().hex, []
    for fields in read[:ORDERS_LIMIT]:
        need = Need(
            **like.model_dump(include={"school_id", "filer_id", "entered_by", "created_at"}), batch=batch, text=""
        )
        need.text = like.text[:TEXT_LIMIT]
        merge(need, fields)
        need.as_read = cases.as_it_stands(need)
        if not need.stages and len(school.stages) == 1:
            need.stages = list(school.stages)
        audit.begin(session, need, actor, now)
        drafts.append(need)
    return drafts


def merge(need: Need, fields: NeedFields, *, only: Iterable[str] = FIELDS, spans: bool = True) -> set[str]:
    """Take over what `fields` says about the given fields; returns which of them it said anything about."""
    said = {
        "what": bool(fields.subjects or fields.topics),
        "form": bool(fields.modes),
        "stage": bool(fields.stages or fields.grade),
        "headcount": fields.headcount is not None,
        "when": bool(fields.start or fields.months or fields.window),
        "topics": bool(fields.topics),
    }
    taken = {field for field in only if said[field]}
    if "what" in taken and fields.subjects:
        need.subjects = list(fields.subjects)
        need.evidence = {**need.evidence, "subjects": []}  # named by a person, not inferred from a topic
    if "topics" in taken or ("what" in taken and fields.topics):
        need.topics = [topic[:40] for topic in fields.topics[:8]]
    if "form" in taken:
        need.modes = list(fields.modes)
    if "stage" in taken:
        need.stages, need.grade = list(fields.stages) or need.stages, fields.grade
        need.evidence = {**need.evidence, "stage": []}  # said, not assumed
    if "headcount" in taken:
        need.headcount, need.headcount_said = max(1, min(fields.headcount or 1, HEADCOUNT_LIMIT)), True
    if "when" in taken:
        need.months = min(fields.months, MONTHS_LIMIT) if fields.months else need.months
        need.until = fields.until
        if fields.start or fields.window:  # the newer beginning replaces the older, be it a day or a window
            need.start = fields.start
            need.window_from, need.window_until = fields.window or (None, None)
    need.urgent = need.urgent or fields.urgent
    if spans:
        need.evidence = {key: [list(span) for span in found] for key, found in fields.evidence.items()}
    return taken


def fields_of(need: Need) -> NeedFields:
    """A need as the engine takes it."""
    window = (need.window_from, need.window_until) if need.window_from and need.window_until else None
    return NeedFields(
        subjects=tuple(need.subjects),
        stages=tuple(need.stages),
        grade=need.grade,
        modes=tuple(need.modes),
        headcount=need.headcount,
        start=need.start,
        months=need.months,
        topics=tuple(need.topics),
        urgent=need.urgent,
        until=need.until,
        window=window,
        evidence={key: tuple((start, end) for start, end in spans) for key, spans in need.evidence.items()},
    )


def next_question(batch: list[Need]) -> tuple[Need, str] | None:
    """What to ask next about a batch: one question serves all its orders, and there are never more than two."""
    asked = {slot for need in batch for slot in need.asked_slots}
    for slot in SLOTS:
        lacking = [need for need in batch if _lacks(need, slot)]
        if lacking and (slot in asked or len(asked) < MAX_QUESTIONS):
            return lacking[0], slot
    return None


def _lacks(need: Need, slot: str) -> bool:
    match slot:
        case "what":
            return not (need.subjects or need.topics)
        case "form":
            return not need.modes
        case _:
            return not need.stages


def answer_slot(session: Session, actor: Actor, now: datetime, need_id: int, text: str) -> None:
    """A free-text reply to the question on the card, read for everything it says."""
    need = own_draft(session, actor, need_id)
    batch = batch_of(session, need)
    question = next_question(batch)
    reply = matching.read_reply(text, today=timing.today(now))
    slot = question[1] if question else "what"
    taken: set[str] = set()
    for draft in batch:
        missing = [field for field in FIELDS if field not in SLOTS or _lacks(draft, field)]
        taken |= merge(draft, reply, only=missing, spans=False)
    if slot == "what" and not taken & {"what", "topics"} and 0 < len(text.strip()) <= 40:
        for draft in batch:
            draft.topics = [text.strip()]  # the person's own words are the topic
        taken.add("what")
    if question and slot not in taken:
        show(session, actor, batch, fresh=True, unclear=True)
        return
    show(session, actor, batch, fresh=True)


def choose(session: Session, actor: Actor, now: datetime, need_id: int, choice: str) -> Toast | None:
    """A tapped answer: `slot.term`, for every order of the batch that lacks the slot."""
    need = own_draft(session, actor, need_id)
    slot, _, term = choice.partition(".")
    if slot not in SLOTS:
        raise NotYours
    if term.startswith("page"):
        show(session, actor, batch_of(session, need), page=number(term[4:]) or 0)
        return None
    name = name_of(slot, term)
    batch = batch_of(session, need)
    lacking = [draft for draft in batch if _lacks(draft, slot)]
    if not lacking:
        show(session, actor, batch)
        return Toast("stale")
    for draft in lacking:
        set_term(draft, slot, name)
    show(session, actor, batch)
    return None


def set_term(need: Need, slot: str, name: str) -> None:
    """A tapped term becomes the slot's only one."""
    match slot:
        case "what":
            need.subjects = [name]
            need.evidence = {**need.evidence, "subjects": []}
        case "form":
            need.modes = [name]
        case _:
            need.stages, need.grade = [name], None
            need.evidence = {**need.evidence, "stage": need.evidence.get("stage", [])}


def cancel(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """取消: the drafts of the card are put away."""
    need = access_need(session, actor, need_id)
    if need.status != "draft":
        show_present(session, actor, need)
        return Toast("stale")
    ask(actor, None)
    for draft in batch_of(session, need):
        audit.move(session, draft, "cancelled", actor, now)
    update(session, actor.id, "draft-cancelled", card=card_name(need))
    if need.entered_by not in (None, actor.id) and need.amends_id is None:
        assert need.entered_by is not None
        tell(
            session, need.entered_by, "behalf-dropped", {"name": actor.person.name, "need": need_values(session, need)}
        )
    return Toast("done")


def resume(session: Session, actor: Actor, now: datetime, need_id: int) -> Toast | None:
    """A line of /mine: the draft's card again, at the end of the chat."""
    need = access_need(session, actor, need_id)
    if need.status != "draft":
        show_present(session, actor, need)
        return Toast("stale")
    show(session, actor, batch_of(session, need), fresh=True)
    return None


def show(
    session: Session, actor: Actor, batch: list[Need], *, fresh: bool = False, unclear: bool = False, page: int = 0
) -> None:
    """The card of a batch: what was read, the next question or 提交 / 修改 / 取消."""
    question = next_question(batch)
    if question is not None:
        need, slot = question
        for draft in batch:
            if _lacks(draft, slot) and slot not in draft.asked_slots:
                draft.asked_slots = [*draft.asked_slots, slot]
        ask(actor, "need-slot", need.id)
    elif actor.person.asked in ("need-slot", "need-edit"):
        ask(actor, None)
    session.flush()
    values = {**card(session, actor.id, batch), "unclear": unclear, "page": page}
    (tell if fresh else update)(session, actor.id, "draft-card", values, card=card_name(batch[0]))


def card(session: Session, reader: int, batch: list[Need]) -> dict[str, Any]:
    """The card of a batch as `reader` sees it."""
    question = next_question(batch)
    return {
        "batch": [need_values(session, draft) for draft in batch],
        "question": question[1] if question else None,
        "about": question[0].id if question else batch[0].id,
        "unclear": False,
        "page": 0,
        **_on_behalf(session, reader, batch[0]),
    }


def _on_behalf(session: Session, reader: int, need: Need) -> dict[str, Any]:
    """代填: the owner sees who typed it, the typist who will confirm it, or that nobody can."""
    typist, nothing = need.entered_by, {"typist": None, "owner": None, "alone": False}
    if typist is None or need.amends_id is not None:
        return nothing
    owner = people.owner_of(session, need)
    if reader != typist:
        return {**nothing, "typist": session.get_one(Person, typist).name or ""}
    if owner in (None, typist):
        return {**nothing, "alone": True}
    return {**nothing, "owner": session.get_one(Person, owner).name or ""}


def show_present(session: Session, actor: Actor, need: Need) -> None:
    """An old tap on a draft: what was filed."""
    update(session, actor.id, "draft-filed", {"batch": [need_values(session, need)]}, card=card_name(need))


def card_name(need: Need) -> str:
    """The card all orders of a batch share."""
    return f"draft:{need.batch}"


def batch_of(session: Session, need: Need) -> list[Need]:
    """The orders read from the same text that stand where this one stands."""
    query = select(Need).where(Need.batch == need.batch, Need.status == need.status).order_by(col(Need.id))
    return list(session.exec(query))


def own_draft(session: Session, actor: Actor, need_id: int) -> Need:
    """A draft of one of the actor's schools."""
    need = access_need(session, actor, need_id)
    if need.status != "draft":
        raise Refused("stale")
    return need
