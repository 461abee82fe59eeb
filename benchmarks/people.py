"""A made pool of supporting teachers, the same for every run: their biographies are put together from real clauses.

The clauses are those of the evaluation set; 5,000 biographies of about 60 characters are made of them, and every twenty
teachers share one, so that cutting them does not take longer than what is measured.
"""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random

from matching import TeacherFields, mode_names, stage_names, subject_names
from matching.ranking.stored import StoredTeacher, stored

ROOT = Path(__file__).parent.parent
EVAL = ROOT / "tests" / "matching" / "eval"
TODAY = date(2026, 11, 21)
LENGTH = 60  # characters of a biography
SHARED = 20  # teachers with the same biography
COLUMNS = ", ".join(StoredTeacher._fields)


def lines(name: str) -> list[dict[str, object]]:
    """The rows of one file of the evaluation set."""
    return [json.loads(line) for line in (EVAL / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def made(count: int, seed: int = 7) -> tuple[list[StoredTeacher], list[str]]:
    """(rows as they would be stored, the biography of each)."""
    chance = Random(seed)
    teachers = [TeacherFields.from_json(row) for row in lines("teachers.jsonl")]
    clauses = sorted({clause for each in teachers for clause in _clauses(each.bio)})
    units = sorted({each.unit or "" for each in teachers})
    cut: list[tuple[StoredTeacher, str]] = []
    for number in range(max(1, count // SHARED)):
        bio = ""
        while len(bio) < LENGTH:
            bio += ("," if bio else "") + chance.choice(clauses)
        subjects = tuple(chance.sample(subject_names()[:24], chance.choice([1, 1, 1, 2])))
        first = stored(TeacherFields(id=str(number), bio=bio, subjects=subjects, unit=chance.choice(units)))
        cut.append((first, bio))
    rows, bios = [], []
    for number in range(count):
        row, bio = cut[number % len(cut)]
        rows.append(_varied(row, number, chance))
        bios.append(bio)
    return rows, bios


def _clauses(bio: str) -> list[str]:
    for mark in "。，;；、｜":
        bio = bio.replace(mark, ",")
    return [clause for clause in bio.split(",") if len(clause) > 3]


def _varied(row: StoredTeacher, number: int, chance: Random) -> StoredTeacher:
    begin = TODAY + timedelta(days=chance.randint(-300, 200))
    return row._replace(
        id=f"{chance.randrange(10**8):08}-{number}",
        stages="\n".join(chance.sample(stage_names(), chance.choice([1, 1, 2]))),
        modes="\n".join(chance.sample(mode_names(), chance.choice([1, 2, 3]))),
        years=chance.choice([-1, 2, 8, 20]),
        from_day=begin.toordinal(),
        until_day=(begin + timedelta(days=chance.randint(60, 1500))).toordinal(),
        capacity=chance.choice([1, 1, 2]),
        load=chance.choice([0, 0, 0, 1]),
        paused=chance.random() < 0.05,
        rating=chance.choice([0.0, 3.4, 4.6]),
        ratings=chance.choice([1, 4, 9]),
    )


def save(rows: list[StoredTeacher], path: Path) -> None:
    """Into a table of a new SQLite file, as they would lie in the program's own."""
    marks = ", ".join("?" * len(StoredTeacher._fields))
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE teacher_index ({COLUMNS})")
        database.executemany(f"INSERT INTO teacher_index VALUES ({marks})", rows)
