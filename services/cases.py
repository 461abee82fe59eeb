"""Labelled cases (标注例子): what the reader made of a text and what its people filed, for the county's own use.

A case is kept at 提交, once for each text, with names and numbers covered. What a person changed is the label. What the
reader left empty and a person filled in may or may not stand in the text: then both count as right (`_tol`, as in
tests/matching/eval).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

import matching
from matching import NeedFields
from models import Need, Person, ReadingCase, School
from services import needs, people, timing
from services.actor import Actor
from services.masking import mask

Row = dict[str, Any]
AS_SCORED = {"modes": "mode", "window": "start", "urgent": "urgency"}  # our name of a field → the scorer's


def keep(session: Session, filed: Need, actor: Actor, now: datetime) -> None:
    """Keep the text of `filed` and of its batch as a case, unless covering the names changes what is read."""
    batch = list(session.exec(select(Need).where(Need.batch == filed.batch).order_by(col(Need.id))))
    if not all(need.as_read for need in batch):
        return  # drafted before cases were kept
    school, read_on = session.get_one(School, filed.school_id), timing.today(filed.created_at)
    names = _names(session, filed)
    text = mask(filed.text, names)
    again = [_as_drafted(fields, filed) for fields in matching.read(text, today=read_on).needs[: len(batch)]]
    if again != [_masked(need.as_read, names) for need in batch]:
        return
    labels = [label(need) for need in batch if need.status != "cancelled"]
    changed = {name for _, fields in labels for name in fields}
    session.add(
        ReadingCase(
            batch=filed.batch,
            person_id=actor.id,
            county=school.county,
            text=text,
            read_on=read_on,
            read=again,
            corrected=[_masked(gold, names) for gold, _ in labels],
            fields=sorted(changed | ({"orders"} if len(labels) < len(batch) else set())),
            created_at=now,
        )
    )


def _as_drafted(fields: NeedFields, like: Need) -> Row:
    """What a draft would hold that was just made from a reading."""
    draft = Need(batch=like.batch, text="", created_at=like.created_at)
    needs.merge(draft, fields)
    return as_it_stands(draft)


def _names(session: Session, need: Need) -> set[str]:
    """Names of people this school knows."""
    ids = {need.filer_id, *people.people_of_school(session, need.school_id)}
    return {name for name in session.exec(select(Person.name).where(col(Person.id).in_(ids))) if name}


def _masked(row: Row, names: set[str]) -> Row:
    return {**row, "topics": [mask(topic, names) for topic in row["topics"]]}


# ---- the label of one order


def as_it_stands(need: Need) -> Row:
    """An order's fields as they stand; kept with a fresh draft as what the reader gave."""
    stages, window = list(need.stages), [day.isoformat() for day in (need.window_from, need.window_until) if day]
    return {
        "subjects": list(need.subjects),
        "stage": (stages if len(stages) > 1 else stages[0]) if stages else None,
        "grade": need.grade,
        "modes": list(need.modes),
        "headcount": need.headcount if need.headcount_said else None,
        "start": need.start.isoformat() if need.start else None,
        "window": window or None,
        "months": need.months,
        "topics": list(need.topics),
        "urgent": need.urgent,
    }


def label(need: Need) -> tuple[Row, list[str]]:
    """The label of an order (fields and `_tol` of tests/matching/eval), and the fields a person changed."""
    before, after = need.as_read, as_it_stands(need)
    gold: Row = {}
    also: Row = {}
    for name in ("subjects", "stage", "grade", "topics"):
        gold[name] = before[name] if _lacked(before[name]) else after[name]
        if gold[name] != after[name] and name != "topics":
            also[name] = [after[name]]
    _label_form(before["modes"], after["modes"], gold, also)
    gold["headcount"] = need.headcount if before["headcount"] else None
    if not before["headcount"]:
        also["headcount"] = [None, need.headcount]  # 1 is what everybody assumes
    _label_dates(before, after, gold, also)
    gold["urgency"] = before["urgent"] and after["urgent"]
    if after["urgent"] and not before["urgent"]:
        also["urgency"] = "either"
    changed = {name for name in after if not _lacked(before[name]) and before[name] != after[name]}
    return {**gold, **({"_tol": also} if also else {})}, sorted({AS_SCORED.get(name, name) for name in changed})


def _lacked(value: object) -> bool:
    """Whether the reader found nothing there; for 急 there is no other way to say nothing."""
    return value is None or value == [] or value is False


def _label_form(before: list[str], after: list[str], gold: Row, also: Row) -> None:
    """One form; or none, with each as right where any will do or where a person added it."""
    gold["mode"] = after[0] if before and len(after) == 1 else None
    if after and gold["mode"] is None:
        also["mode"] = list(after)


def _label_dates(before: Row, after: Row, gold: Row, also: Row) -> None:
    """A first day if one was read; a window, or what somebody added, also counts."""
    gold["start"] = after["start"] if before["start"] else None
    first, last = after["window"] or (after["start"], after["start"])
    if gold["start"] is None and first:
        also["start"] = {"null_ok": True, "from": first, "to": last}
    gold["months"] = after["months"] if before["months"] is not None else None
    if before["months"] is None and after["months"] is not None:
        also["months"] = [after["months"] * 0.95, after["months"] * 1.05]


# ---- for `bot.py cases`


def rows(session: Session, county: str | None = None) -> Iterator[Row]:
    """Every case in the shape of tests/matching/eval/needs.jsonl, oldest first."""
    for case in _cases(session, county):
        yield {
            "id": _name(case),
            "text": case.text,
            "style": "case",
            "kind": "need",
            "gold": case.corrected,
            "county": case.county,
            "today": case.read_on.isoformat(),
            "changed": case.fields,
        }


def readings(session: Session, county: str | None = None) -> Iterator[Row]:
    """What today's reader makes of every case, each seen from the day it was written on: what score.py takes."""
    for case in _cases(session, county):
        reading = matching.read(case.text, today=case.read_on)
        yield {"id": _name(case), "kind": reading.kind, "needs": [fields.to_json() for fields in reading.needs]}


def _cases(session: Session, county: str | None) -> Sequence[ReadingCase]:
    query = select(ReadingCase).order_by(col(ReadingCase.id))
    return session.exec(query.where(ReadingCase.county == county) if county else query).all()


def _name(case: ReadingCase) -> str:
    return f"CASE{case.id:05d}"
