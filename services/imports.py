"""Rows of a roster into the database: what is new is added, what is known by name or id is brought up to date."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models import School, SupportUnit, Teacher
from services import index
from services.rosters import SchoolRow, SupportUnitRow, TeacherRow


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new and how many were known."""

    added: int
    updated: int


def import_schools(session: Session, rows: tuple[SchoolRow, ...]) -> Imported:
    """Schools by (county, name), then the 教学点 under their central schools."""
    known = {(school.county, school.name): school for school in session.exec(select(School))}
    added = 0
    for row in rows:
        school = known.get((row.county, row.name))
        if school is None:
            school = known[row.county, row.name] = School(name=row.name, county=row.county)
            added += 1
        school.district, school.is_key, school.teachers = row.district or None, row.is_key, row.teachers
        school.stages, school.training_body = list(row.stages), row.training_body or None
        school.altitude = row.altitude
        _place(school, row)
        session.add(school)
    session.flush()
    for row in rows:
        central = known.get((row.county, row.central_school))
        school = known[row.county, row.name]
        school.central_school_id = central.id if central else None
        school.central_inferred = row.central_inferred and central is not None
    return Imported(added, len(rows) - added)


def _place(school: School, row: SchoolRow) -> None:
    """Where and how a school lies; a table without these columns leaves what is known."""
    school.province, school.city = row.province or school.province, row.city or school.city
    school.one_teacher = school.one_teacher if row.one_teacher is None else row.one_teacher
    school.remote = school.remote if row.remote is None else row.remote


def import_units(session: Session, rows: tuple[SupportUnitRow, ...]) -> Imported:
    """Supporting units by (county, name)."""
    known = {(unit.county, unit.name): unit for unit in session.exec(select(SupportUnit))}
    added = 0
    for row in rows:
        unit = known.get((row.county, row.name))
        if unit is None:
            unit = known[row.county, row.name] = SupportUnit(name=row.name, county=row.county)
            added += 1
        unit.training_body, unit.city = row.training_body or None, row.city or unit.city
        session.add(unit)
    return Imported(added, len(rows) - added)


def import_teachers(session: Session, rows: tuple[TeacherRow, ...], now: datetime) -> Imported:
    """Teachers by the id the table gives them. Who has no account yet cannot be asked, and is shown as such."""
    known = {teacher.code: teacher for teacher in session.exec(select(Teacher)) if teacher.code}
    added = 0
    for row in rows:
        teacher = known.get(row.id) if row.id else None
        if teacher is None:
            teacher = Teacher(code=row.id or None, status="active", created_at=now)
            added += 1
        _fill(teacher, row)
        session.add(teacher)
    index.refresh(session)
    return Imported(added, len(rows) - added)


def _fill(teacher: Teacher, row: TeacherRow) -> None:
    teacher.name, teacher.unit = row.name, row.unit or None
    teacher.subjects, teacher.stages = list(row.subjects), list(row.stages)
    teacher.modes, teacher.topics = list(row.modes), list(row.topics)
    teacher.title, teacher.years, teacher.bio = row.title or None, row.years, row.bio
    teacher.available_from, teacher.available_until = row.available_from, row.available_until
    teacher.capacity = 1 if row.capacity is None else row.capacity
    teacher.origin_city, teacher.made_up = row.origin_city or None, row.made_up
    teacher.regions = list(row.regions) or teacher.regions
    teacher.not_regions = list(row.not_regions) or teacher.not_regions
    teacher.max_altitude = teacher.max_altitude if row.max_altitude is None else row.max_altitude
