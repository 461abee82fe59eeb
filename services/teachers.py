"""A supporting teacher joins with a free self-introduction: card, at most two questions, 提交."""

import re
import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

import matching
from matching import TeacherFields
from models import Teacher
from services import audit, index, timing
from services.actor import Actor, ask
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.snapshots import teacher_values
from services.terms import name_of

SLOTS = ("what", "stage", "form")
MAX_QUESTIONS = 2
IN_POOL = ("active", "paused")
MOST_PLACES = 3  # at a time, by tapping; in words it may be more
LONGEST_MONTHS = 36
HIGHEST = 6000  # metres; no school lies higher


def begin(session: Session, actor: Actor, now: datetime) -> None:
    """/teach: show the present entry, or ask for a few words."""
    if not actor.is_teacher:
        raise Refused("teachers-only")
    draft = _draft(session, actor)
    if draft is not None:
        _show(session, actor, draft, fresh=True)
        return
    current = entry(session, actor)
    if current is not None and current.status != "left":
        tell(session, actor.id, "teacher-entry", teacher_values(current), card="teacher")
        return
    ask(actor, "teach-text")
    tell(session, actor.id, "teach-ask")


def introduces(text: str, now: datetime) -> bool:
    """Whether a sentence says anything about what a teacher could give."""
    fields = matching.read_profile(text, today=timing.today(now))
    return bool(fields.subjects or fields.topics or fields.stages or fields.modes)


def hear(session: Session, actor: Actor, now: datetime, text: str) -> None:
    """The self-introduction becomes a draft on a card."""
    if not actor.is_teacher:
        raise Refused("teachers-only")
    ask(actor, None)
    fields = _read(text, now)
    if not (fields.subjects or fields.topics or fields.stages or fields.modes):
        ask(actor, "teach-text")
        tell(session, actor.id, "teach-ask", {"unclear": True})
        return
    draft = _draft(session, actor)
    if draft is None:
        draft = Teacher(person_id=actor.id, created_at=now)
        _take(draft, fields, text, now)
        audit.begin(session, draft, actor, now)
    else:
        _take(draft, fields, text, now)
    _show(session, actor, draft, fresh=True)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _merged(held: list[str], said: Sequence[str], added: Sequence[str]) -> list[str]:
    """What a list of the entry becomes: what is said replaces it, but 也 and 还 add to it."""
    return list(dict.fromkeys([*held, *said])) if said and set(said) <= set(added) else list(said) or held


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in re.split(f"[{_words()['clause_ends']}]", text) if clause.strip()]


def _says(clause: str, what: str) -> bool:
    return any(word in clause for word in _words()[what])


def _length(clause: str, now: datetime) -> float | None:
    """The length of time in a clause about the shortest or longest stay (最少两个月, 最多一学期)."""
    if not (_says(clause, "at_least") or _says(clause, "at_most")):
        return None
    months = matching.read_reply(clause, today=timing.today(now)).months
    return months if months and months <= LONGEST_MONTHS else None


def _read(text: str, now: datetime) -> TeacherFields:
    """What a text says of a teacher, limits of length and hours aside: 最多半年 offers no stay of half a year."""
    if not any(_length(clause, now) or _says(clause, "contact") for clause in _clauses(text)):
        return matching.read_profile(text, today=timing.today(now))
    rest = [clause for clause in _clauses(text) if not _length(clause, now) and not _says(clause, "contact")]
    return matching.read_profile("，".join(rest), today=timing.today(now))


def _take_limits(draft: Teacher, text: str, now: datetime) -> None:
    """How long at least and at most, and when to be reached; a new limit ends an old one it contradicts."""
    for clause in _clauses(text):
        months = _length(clause, now)
        if _says(clause, "any_length"):
            draft.min_months = draft.max_months = None
        elif months and _says(clause, "at_least"):
            draft.min_months = months
            draft.max_months = draft.max_months if (draft.max_months or months) >= months else None
        elif months:
            draft.max_months = months
            draft.min_months = draft.min_months if (draft.min_months or months) <= months else None
        elif _says(clause, "contact"):
            draft.contact_hours = clause[:40]


def _take(draft: Teacher, fields: TeacherFields, text: str, now: datetime) -> None:
    """Take over what was said; what was not said stays as it was."""
    _take_limits(draft, text, now)
    also = " ".join(clause for clause in _clauses(text) if _says(clause, "also"))
    added = matching.read_profile(also, today=timing.today(now)) if also else TeacherFields("")
    draft.name = (fields.name or draft.name or None) and (fields.name or draft.name or "")[:60]
    draft.unit = (fields.unit or draft.unit or None) and (fields.unit or draft.unit or "")[:80]
    draft.subjects = _merged(draft.subjects, fields.subjects, added.subjects)
    draft.stages = _merged(draft.stages, fields.stages, added.stages)
    draft.modes = _merged(draft.modes, fields.modes, added.modes)
    draft.topics = [topic[:40] for topic in _merged(draft.topics, fields.topics, added.topics)[:12]]
    draft.title = (fields.title or draft.title or "")[:40] or None
    draft.years = fields.years if fields.years is not None and 0 <= fields.years <= 80 else draft.years
    draft.available_from = fields.available_from or draft.available_from
    draft.available_until = fields.available_until or draft.available_until
    if fields.capacity > 1:  # 1 is also what the reader gives when nothing was said
        draft.capacity = min(fields.capacity, 99)
    draft.regions = [name[:60] for name in _merged(draft.regions, fields.regions, added.regions)[:12]]
    draft.not_regions = [name[:60] for name in _merged(draft.not_regions, fields.not_regions, added.not_regions)[:12]]
    draft.regions = [name for name in draft.regions if name not in draft.not_regions]
    if fields.max_altitude is not None and 0 < fields.max_altitude <= HIGHEST:
        draft.max_altitude = fields.max_altitude
    draft.origin_city = (fields.origin_city or draft.origin_city or "")[:60] or None
    draft.bio = f"{draft.bio}\n{text}".strip()[:2000] if draft.bio else text[:2000]


def answer_slot(session: Session, actor: Actor, now: datetime, teacher_id: int, text: str) -> None:
    """A free-text reply to the question on the card."""
    draft = _draft(session, actor)
    if draft is None:
        hear(session, actor, now, text)
        return
    before = _missing(draft)
    _take(draft, _read(text, now), text, now)
    _show(session, actor, draft, fresh=True, unclear=before is not None and _missing(draft) == before)


def choose(session: Session, actor: Actor, now: datetime, teacher_id: int, choice: str) -> Toast | None:
    """A tapped answer, `slot.term`."""
    draft = _own_draft(session, actor, teacher_id)
    slot, _, term = choice.partition(".")
    if slot not in SLOTS:
        raise NotYours
    if term.startswith("page"):
        _show(session, actor, draft, page=number(term[4:]) or 0)
        return None
    target = {"what": "subjects", "stage": "stages", "form": "modes"}[slot]
    setattr(draft, target, [name_of(slot, term)])
    session.add(draft)
    _show(session, actor, draft)
    return None


def edit(session: Session, actor: Actor, now: datetime, teacher_id: int) -> Toast | None:
    """修改: say it again in other words; what is said anew replaces what stood there."""
    draft, current = _draft(session, actor), entry(session, actor)
    if teacher_id not in {row.id for row in (draft, current) if row is not None}:
        raise NotYours
    if draft is None:
        assert current is not None
        draft = Teacher(**current.model_dump(exclude={"id", "code", "status", "created_at", "asked_slots", "edition"}))
        draft.status, draft.created_at = "draft", now
        audit.begin(session, draft, actor, now)
    ask(actor, "teach-edit", draft.id)
    places = draft.capacity % MOST_PLACES + 1
    update(session, actor.id, "teach-edit", {**teacher_values(draft), "places": places}, card="teacher")
    return None


def adjust(session: Session, actor: Actor, now: datetime, teacher_id: int, choice: str) -> Toast | None:
    """A tapped change of the draft: 去哪里都可以 (`anywhere`), 只线上帮忙 (`online`), how many at a time (`places.2`)."""
    draft = _own_draft(session, actor, teacher_id)
    what, _, count = choice.partition(".")
    places = number(count, below=MOST_PLACES + 1)
    if what == "anywhere":
        draft.regions, draft.not_regions, draft.max_altitude = [], [], None
    elif what == "online":
        draft.modes = [name_of("form", "online")]
    elif what == "places" and places:
        draft.capacity = places
    else:
        raise NotYours
    session.add(draft)
    ask(actor, None)
    _show(session, actor, draft)
    return Toast("done")


def back(session: Session, actor: Actor, now: datetime, teacher_id: int) -> Toast | None:
    """返回 to the card."""
    draft = _draft(session, actor)
    if draft is None or draft.id != teacher_id:
        raise Refused("stale")
    ask(actor, None)
    _show(session, actor, draft)
    return None


def submit(session: Session, actor: Actor, now: datetime, teacher_id: int) -> Toast | None:
    """提交: the entry joins the pool; an entry that stood there before is replaced and keeps its history."""
    draft = session.get(Teacher, teacher_id, with_for_update=True, populate_existing=True)
    if draft is None or draft.person_id != actor.id or not actor.is_teacher:
        raise NotYours
    if draft.status != "draft":
        update(session, actor.id, "teacher-entry", teacher_values(draft), card="teacher")
        return Toast("already")
    if _question(draft) is not None:
        _show(session, actor, draft)
        return Toast("one-question-left")
    ask(actor, None)
    draft.name = draft.name or actor.person.name
    actor.person.name = actor.person.name or draft.name
    current = entry(session, actor)
    if current is not None:
        for field, value in draft.model_dump(
            exclude={"id", "code", "status", "created_at", "made_up", "edition"}
        ).items():
            setattr(current, field, value)
        audit.move(session, draft, "left", actor, now, why="replaced the entry")
        audit.move(session, current, current.status, actor, now, why="edited")
        draft = current
    else:
        audit.move(session, draft, "active", actor, now)
    assert draft.id is not None
    timing.schedule(session, "pool-grew", draft.id, now)
    index.keep(session, [draft.id])
    view = "teacher-joined" if draft.status == "active" else "teacher-entry"
    update(session, actor.id, view, teacher_values(draft), card="teacher")
    return Toast("done")


def cancel(session: Session, actor: Actor, now: datetime, teacher_id: int) -> Toast | None:
    """取消: the draft is put away."""
    draft = _own_draft(session, actor, teacher_id)
    ask(actor, None)
    audit.move(session, draft, "left", actor, now, why="cancelled")
    update(session, actor.id, "draft-cancelled", card="teacher")
    return Toast("done")


def pause(session: Session, actor: Actor, now: datetime, teacher_id: int, to: str) -> Toast | None:
    """暂停 (`paused`) and 恢复 (`active`): the button carries what it says, so that a second tap undoes nothing."""
    current = entry(session, actor)
    if current is None or current.id != teacher_id or to not in IN_POOL:
        raise NotYours
    if current.status != to:
        switch(session, current, to, actor, now)
    update(session, actor.id, "teacher-entry", teacher_values(current), card="teacher")
    return Toast("done")


def switch(session: Session, teacher: Teacher, to: str, actor: Actor, now: datetime) -> None:
    """In or out of the pool; orders for which nobody fitted are looked at again when somebody is back."""
    audit.move(session, teacher, to, actor, now)
    if to == "active":
        timing.schedule(session, "pool-grew", teacher.id or 0, now)
    session.flush()


def entry(session: Session, actor: Actor) -> Teacher | None:
    """The actor's entry in the pool."""
    query = select(Teacher).where(Teacher.person_id == actor.id, col(Teacher.status).in_(IN_POOL))
    return session.exec(query).first()


def _draft(session: Session, actor: Actor) -> Teacher | None:
    return session.exec(select(Teacher).where(Teacher.person_id == actor.id, Teacher.status == "draft")).first()


def _own_draft(session: Session, actor: Actor, teacher_id: int) -> Teacher:
    draft = session.get(Teacher, teacher_id, with_for_update=True, populate_existing=True)
    if draft is None or (draft.person_id != actor.id):
        raise NotYours
    if draft.status != "draft":
        raise Refused("stale")
    return draft


def _missing(draft: Teacher) -> str | None:
    has = {"what": bool(draft.subjects or draft.topics), "stage": bool(draft.stages), "form": bool(draft.modes)}
    return next((slot for slot in SLOTS if not has[slot]), None)


def _question(draft: Teacher) -> str | None:
    """The next question, unless two were asked already."""
    slot = _missing(draft)
    return slot if slot in draft.asked_slots or len(draft.asked_slots) < MAX_QUESTIONS else None


def _show(
    session: Session, actor: Actor, draft: Teacher, *, fresh: bool = False, unclear: bool = False, page: int = 0
) -> None:
    slot = _question(draft)
    if slot is not None:
        if slot not in draft.asked_slots:
            draft.asked_slots = [*draft.asked_slots, slot]
        ask(actor, "teach-slot", draft.id)
    elif actor.person.asked in ("teach-slot", "teach-edit"):
        ask(actor, None)
    session.flush()
    values: dict[str, Any] = {**teacher_values(draft), "question": slot, "unclear": unclear, "page": page}
    (tell if fresh else update)(session, actor.id, "teacher-card", values, card="teacher")
