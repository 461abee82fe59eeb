"""The first proposal after a start: candidates out of SQLite by stored rows, beside cutting every biography at the start.

A fresh process each time; what is timed begins with the open database and ends with the candidates. Imports are not.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.people import ROOT, made
from benchmarks.registry import Progress, Row, between, compare
from delivery.clock import SystemClock
from delivery.database import migrate
from delivery.store import Store
from models import Account, Person, Teacher
from models.types import table_of
from services import index

SIZES = (2_000, 20_000)
ROUNDS = 3
FRESH = """
import sys, time
from sqlmodel import select
import matching
from benchmarks.people import TODAY
from delivery.store import Store
from models import Teacher
from services import index, pool
def ranked(teachers):
    need = matching.NeedFields(subjects=matching.subject_names()[:1], topics=tuple(sys.argv[3:]))
    return matching.rank(need, teachers, today=TODAY, top=9)
def stored(session):
    with pool.current(session) as teachers:
        return ranked(teachers)
def cut(session):
    busy, marked = pool.loads(session), pool.marks(session)
    teachers = session.exec(select(Teacher)).all()
    return ranked(matching.Pool(index.teacher_fields(each, busy.get(each.id, 0), marked.get(each.id)) for each in teachers))
def changed(session):
    session.get(Teacher, 1).bio += "!"
    return stored(session)
store, costs = Store.open(sys.argv[1]), []
steps = {"stored": [stored, stored, stored, changed], "cut": [cut]}
for step in steps[sys.argv[2]]:
    began = time.perf_counter()
    store.run_now(step)
    costs.append(1000 * (time.perf_counter() - began))
print(*costs)
"""


def measure(progress: Progress) -> list[Row]:
    """Both sizes."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        for size in SIZES:
            progress(f"pool: making {size:,} teachers")
            url = f"sqlite:///{Path(folder) / f'{size}.db'}"
            _fill(url, size)
            rows += _rows(url, size, progress)
    return rows


def _fill(url: str, size: int) -> None:
    migrate(url)
    store, now = Store.open(url), SystemClock().now()
    rows, bios = made(size)
    people = [{"id": number, "language": "zh-CN", "created_at": now} for number in range(1, size + 1)]
    accounts = [
        {"channel": "telegram", "external_id": each["id"], "person_id": each["id"], "created_at": now}
        for each in people
    ]
    teachers = [
        Teacher(
            person_id=number,
            status="active",
            bio=bio,
            subjects=row.subjects.split("\n"),
            stages=row.stages.split("\n"),
            modes=row.modes.split("\n"),
            capacity=row.capacity,
            created_at=now,
        ).model_dump(exclude={"id"})
        for number, (row, bio) in enumerate(zip(rows, bios, strict=True), 1)
    ]

    def fill(session: Session) -> None:
        tables: tuple[tuple[Any, list[dict[str, Any]]], ...] = (
            (Person, people),
            (Account, accounts),
            (Teacher, teachers),
        )
        for table, values in tables:
            session.connection().execute(insert(table_of(table)), values)
        index.refresh(session)

    store.run_now(fill)
    store.close()


def _rows(url: str, size: int, progress: Progress) -> list[Row]:
    first, cut, later, changed = [], [], [], []
    for number in range(ROUNDS):
        progress(f"pool: first proposal among {size:,}, round {number + 1} of {ROUNDS}")
        costs = _fresh(url, "stored")
        first.append(costs[0])
        later.append(min(costs[1:3]))
        changed.append(costs[3])
        cut += _fresh(url, "cut")
    note = "reading SQLite and ranking in a fresh process; theirs: every biography cut at the start, as before"
    return [
        compare(f"first proposal after a start, {size:,} teachers", "ms", "less", first, cut, note),
        compare(
            f"a later proposal, {size:,} teachers", "ms", "less", later, cut, "theirs: as before, at every proposal"
        ),
        Row(
            f"a proposal after a teacher changed, {size:,}",
            "ms",
            "less",
            median(changed),
            spread=between(changed),
            note="cut anew",
        ),
    ]


def _fresh(url: str, way: str) -> list[float]:
    command = [sys.executable, "-c", FRESH, url, way, *_topics()]
    plain = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True, env=plain)
    return [float(cost) for cost in told.stdout.split()]


def _topics() -> list[str]:
    from matching.thesaurus import concept_names

    return list(concept_names()[:1])
