"""The pool as the engine takes it: who can be asked, what they hold, how schools marked them; and an order's site.

A process keeps one pool in memory. The database stays the truth: every ranking first asks it what changed since, in its own
transaction, and puts that into the pool, so other workers' changes, imports and roll-backs need no word to each other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from matching import Pool, Site, StoredTeacher
from models import Need, Offer, Placement, School, Survey, Teacher
from services import counties, index
from services.snapshots import HOLDS_PLACE
from services.survey_plan import plan

FEW = 100  # changed teachers up to which putting them in is quicker than laying the pool out anew


class Standing(NamedTuple):
    """What a teacher holds and was marked with: it changes without the teacher's row."""

    load: int = 0
    mean: float = 0.0
    marks: int = 0


NOTHING = Standing()


class Shelf:
    """The pool in the memory of one process. Whoever brings it up to date or ranks holds `lock`."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.clear()

    def clear(self) -> None:
        """Remember nothing."""
        self.pool = Pool()
        self._total: tuple[int, int] | None = None
        self._editions: dict[int, int] = {}
        self._standings: Mapping[int, Standing] = {}

    def catch_up(self, session: Session, standings: Mapping[int, Standing]) -> index.Entries:
        """Make the pool the one this transaction sees; returns what had to be cut. Only reads: waits for nobody's rows."""
        try:
            changed = _differing(self._standings, standings)
            if index.total(session) != self._total:
                changed |= _differing(self._editions, index.editions(session))
            only = None if self._is_much(changed) else changed
            found, cut = index.entries(session, only)
            rows = {ident: _with(entry.row, standings.get(ident, NOTHING)) for ident, entry in found.items()}
            if only is None:
                self.pool, self._editions = Pool.from_rows(rows.values()), {}
            for ident in only or ():
                self._editions.pop(ident, None)
                if ident in rows:
                    self.pool.change(rows[ident])
                else:
                    self.pool.remove(str(ident))
            self._editions |= {ident: entry.edition for ident, entry in found.items()}
            self._standings, self._total = standings, (len(self._editions), sum(self._editions.values()))
        except BaseException:
            self.clear()  # half of it may be in
            raise
        return cut

    def _is_much(self, changed: set[int]) -> bool:
        """Whether to lay the pool out anew: also when more than half of it are what changed teachers left behind."""
        alive = len(self._editions)
        return self._total is None or len(changed) > max(FEW, alive // 8) or len(self.pool) > 2 * alive + FEW


def _differing(before: Mapping[int, Any], now: Mapping[int, Any]) -> set[int]:
    return {ident for ident, _ in before.items() ^ now.items()}


def _with(row: StoredTeacher, standing: Standing) -> StoredTeacher:
    if standing is NOTHING:
        return row
    return row._replace(load=standing.load, rating=standing.mean, ratings=standing.marks)


@contextmanager
def current(session: Session) -> Iterator[Pool]:
    """Everybody who can be asked, as this transaction sees them. While the block runs nobody changes the pool."""
    session.flush()
    standings = _standings(session)
    memory = session.info.get("memory", {})  # delivery/store.py; a session of another origin reads everything
    shelf: Shelf = memory.get("pool") or memory.setdefault("pool", Shelf())
    with shelf.lock:
        cut = shelf.catch_up(session, standings)
        yield shelf.pool
    index.store(session, cut)


def _standings(session: Session) -> dict[int, Standing]:
    busy, marked = loads(session), marks(session)
    return {ident: Standing(busy.get(ident, 0), *marked.get(ident, (0.0, 0))) for ident in busy.keys() | marked.keys()}


def loads(session: Session) -> dict[int, int]:
    """Places each teacher holds now: offers that wait or are agreed, and placements not ended."""
    over = select(Placement.offer_id).where(col(Placement.status).in_(("ended", "closed", "cancelled")))
    query = (
        select(Offer.teacher_id, func.count())
        .where(col(Offer.status).in_(HOLDS_PLACE), col(Offer.id).not_in(over))
        .group_by(col(Offer.teacher_id))
    )
    return {teacher: int(count) for teacher, count in session.exec(query)}


def marks(session: Session) -> dict[int, tuple[float, int]]:
    """(mean, how many) of the marks that schools gave each teacher after earlier placements; never the teacher's own."""
    query: Any = (
        select(Placement.teacher_id, Survey.ratings)
        .join(Survey, col(Survey.placement_id) == Placement.id)
        .join(Teacher, col(Teacher.id) == Placement.teacher_id)
        .where(
            Survey.role == "school",
            Survey.kind == plan().score,
            Survey.status == "answered",
            col(Teacher.person_id).is_(None) | (col(Survey.person_id) != Teacher.person_id),
        )
        .order_by(col(Survey.id))
    )
    means: dict[int, list[float]] = {}
    for teacher, ratings in session.exec(query):
        if ratings:
            means.setdefault(teacher, []).append(sum(ratings) / len(ratings))
    return {teacher: (round(sum(found) / len(found), 2), len(found)) for teacher, found in means.items()}


def site_of(session: Session, need: Need) -> Site:
    """What is known about where an order comes from: its school, and who is paired with the county."""
    school = session.get_one(School, need.school_id)
    partners, settings = counties.paired_with(session, school), counties.settings_of(session, school.county)
    return Site(
        school=school.name,
        county=school.county,
        city=school.city,
        province=school.province,
        altitude=school.altitude,
        min_years=settings.min_years or None,
        min_title=settings.min_title if settings.min_title in counties.TITLES else None,
        origins=partners if settings.origin == "paired" else (),
        partners=partners,
        one_teacher=school.one_teacher or school.teachers == 1,
        remote=school.remote,
    )
