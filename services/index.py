"""What the engine cut from teachers' rows, as it lies in the database: read as plain columns, cut where a row changed.

A stored row counts while the teacher's `edition` and the vocabulary are the ones it was cut with, so nobody has to be told
of a change, by whatever worker or UPDATE. Who stores holds the teacher's row: of a teacher whom somebody else is changing
or forgetting at that moment nothing is stored.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, String, cast, delete, insert, literal
from sqlalchemy import select as columns
from sqlmodel import Session, func

from matching import StoredTeacher, TeacherFields, stored, vocabulary_version
from models import Account, Teacher, TeacherIndex
from models.types import table_of

IN_POOL = ("active", "paused")
BATCH = 500  # teachers cut, looked up or stored at a time

_account, _teacher, _index = table_of(Account), table_of(Teacher), table_of(TeacherIndex)
_OPEN = _teacher.c.status.in_(IN_POOL)
# An offer can only go to a teacher who can answer it.
_ASKABLE = _OPEN & _teacher.c.person_id.in_(
    columns(_account.c.person_id).where(_account.c.unreachable_at.is_(None)).scalar_subquery()
)
_BESIDE = {"load": 0, "rating": 0.0, "ratings": 0}  # changes without the row: services/pool.py fills it in


class Entry(NamedTuple):
    """A teacher as the engine takes them, and the edition of the row that was."""

    edition: int
    row: StoredTeacher


Entries = dict[int, Entry]


def total(session: Session) -> tuple[int, int]:
    """How many can be asked, and the sum of their editions: another one as soon as anybody joins, leaves or changes."""
    query = columns(func.count(), func.coalesce(func.sum(_teacher.c.edition), 0)).where(_ASKABLE)
    count, editions = session.connection().execute(query).one()
    return int(count), int(editions)


def editions(session: Session) -> dict[int, int]:
    """Everybody who can be asked with the edition of their row."""
    query = columns(_teacher.c.id, _teacher.c.edition).where(_ASKABLE)
    return {ident: edition for ident, edition in session.connection().execute(query)}  # noqa: C416


def entries(session: Session, only: Set[int] | None = None) -> tuple[Entries, Entries]:
    """Everybody who can be asked, or those of `only`; and the ones of them that had to be cut, for `store`."""
    found: Entries = {}
    missing: list[int] = []
    for row in _rows(session, only):
        if row.made is None:
            missing.append(row.key)
        else:
            found[row.key] = Entry(row.edition, StoredTeacher._make(row[2:]))
    cut = _cut(session, missing, _ASKABLE)
    return found | cut, cut


def _rows(session: Session, only: Set[int] | None) -> Iterator[Row[Any]]:
    fields: dict[str, ColumnElement[Any]] = {name: _index.c[name] for name in StoredTeacher._fields if name in _index.c}
    fields |= {name: literal(value) for name, value in _BESIDE.items()} | {"id": cast(_teacher.c.id, String)}
    query = (
        columns(
            _teacher.c.id.label("key"),
            _teacher.c.edition,
            *(fields[name].label(name) for name in StoredTeacher._fields),
        )
        .select_from(_teacher.outerjoin(_index, _is_current()))
        .where(_ASKABLE)
    )
    if only is None:
        yield from session.connection().execute(query)
        return
    for some in _batches(sorted(only)):
        yield from session.connection().execute(query.where(_teacher.c.id.in_(some)))


def _batches(idents: Sequence[int]) -> Iterator[Sequence[int]]:
    """Few enough at a time for one statement."""
    return (idents[at : at + BATCH] for at in range(0, len(idents), BATCH))


def _is_current() -> ColumnElement[bool]:
    """Whether a stored row is the teacher's present one, in the vocabulary of this process."""
    same = (_index.c.teacher_id == _teacher.c.id) & (_index.c.edition == _teacher.c.edition)
    return same & (_index.c.made == vocabulary_version())


def _cut(session: Session, idents: Sequence[int], where: ColumnElement[bool]) -> Entries:
    cut: Entries = {}
    for some in _batches(idents):
        for row in session.connection().execute(columns(_teacher).where(where, _teacher.c.id.in_(some))):
            cut[row.id] = Entry(row.edition, stored(teacher_fields(row)))
    return cut


def store(session: Session, cut: Mapping[int, Entry]) -> None:
    """Keep what was cut, but for rows somebody else holds: they are changing, and whoever ranks next cuts them."""
    for some in _batches(sorted(cut)):
        held = columns(_teacher.c.id, _teacher.c.edition).where(_OPEN, _teacher.c.id.in_(some))
        free = session.connection().execute(held.with_for_update(key_share=True, skip_locked=True))
        rows = [_stored_row(ident, cut[ident]) for ident, edition in free if cut[ident].edition == edition]
        if rows:
            old = _index.c.teacher_id.in_([row["teacher_id"] for row in rows])
            session.connection().execute(delete(_index).where(old))
            session.connection().execute(insert(_index), rows)


def _stored_row(ident: int, entry: Entry) -> dict[str, Any]:
    fields = {name: value for name, value in entry.row._asdict().items() if name in _index.c}
    return {"teacher_id": ident, "edition": entry.edition, **fields}


def refresh(session: Session) -> None:
    """Cut and store everybody in the pool whose row changed, also those nobody can ask yet: after an import."""
    session.flush()
    query = columns(_teacher.c.id).select_from(_teacher.outerjoin(_index, _is_current()))
    waiting = session.connection().execute(query.where(_OPEN, _index.c.teacher_id.is_(None)).order_by(_teacher.c.id))
    keep(session, waiting.scalars().all())


def keep(session: Session, idents: Sequence[int]) -> None:
    """Cut and store these teachers, as far as they are in the pool: after a change."""
    session.flush()
    for some in _batches(idents):
        store(session, _cut(session, some, _OPEN))


def teacher_fields(teacher: Teacher | Row[Any], load: int = 0, mark: tuple[float, int] | None = None) -> TeacherFields:
    """A teacher as the engine reads them."""
    return TeacherFields(
        id=str(teacher.id),
        name=teacher.name,
        unit=teacher.unit,
        subjects=tuple(teacher.subjects),
        stages=tuple(teacher.stages),
        modes=tuple(teacher.modes),
        topics=tuple(teacher.topics),
        title=teacher.title,
        years=teacher.years,
        bio=teacher.bio,
        available_from=teacher.available_from,
        available_until=teacher.available_until,
        capacity=teacher.capacity,
        origin_city=teacher.origin_city,
        load=load,
        paused=teacher.status == "paused",
        regions=tuple(teacher.regions),
        not_regions=tuple(teacher.not_regions),
        max_altitude=teacher.max_altitude,
        min_months=teacher.min_months,
        max_months=teacher.max_months,
        rating=mark[0] if mark else None,
        ratings=mark[1] if mark else 0,
    )
