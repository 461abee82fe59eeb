"""Rosters: tables of schools, supporting units and teachers, read from csv and checked.

Pure: a file in, typed rows and problems out. No database and no wording: a problem carries a key and values.
Everything that does not fit is reported and nothing is corrected: a row with a cell that does not fit is left out, its
neighbours are still read. Totals that somebody announced lie beside the table (schools.csv: schools.totals.toml); they
are compared with the rows that were read, because official tables do not always add up. Chinese headers and lists are
in rosters.toml. Excel in China saves csv as GB18030 and dates as 2027/3/1.
"""

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

MAX_BYTES = 10_000_000
MAX_NAME = 60
MAX_PROSE = 1000
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how .xlsx and .xls begin
DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", re.ASCII)


class RosterError(Exception):
    """The file cannot be opened; what is wrong inside an opened file is a Problem."""

    def __init__(self, key: str, values: Mapping[str, str]) -> None:
        super().__init__(key, dict(values))
        self.key = key
        self.values = values


class _NotATableError(RosterError):
    """The file opens but holds no table; becomes the roster's only problem."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit; line is where its row begins, or None for the whole file."""

    line: int | None
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolRow:
    line: int
    name: str
    county: str
    district: str
    is_key: bool
    teachers: int | None
    training_body: str
    central_school: str
    central_inferred: bool
    stages: tuple[str, ...]
    altitude: int | None
    province: str = ""
    city: str = ""
    one_teacher: bool | None = None  # None: the table does not say
    remote: bool | None = None


@dataclass(frozen=True, slots=True)
class SupportUnitRow:
    line: int
    name: str
    county: str
    training_body: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class TeacherRow:
    line: int
    id: str
    name: str
    unit: str
    subjects: tuple[str, ...]
    stages: tuple[str, ...]
    modes: tuple[str, ...]
    topics: tuple[str, ...]
    title: str
    years: int | None
    bio: str
    available_from: date | None
    available_until: date | None
    capacity: int | None
    origin_city: str
    made_up: bool
    regions: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    max_altitude: int | None = None


class _HasLine(Protocol):
    @property
    def line(self) -> int: ...


Row = TypeVar("Row", bound=_HasLine)


@dataclass(frozen=True, slots=True)
class Roster(Generic[Row]):
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_schools(path: Path) -> Roster[SchoolRow]:
    """The schools of a table; also compares support units when the totals name their file."""
    roster = _read(path, "schools", ("name", "county"), _school)
    rows, problems = _unique(roster, lambda row: (row.county, row.name), "roster-name-twice")
    names = {(row.county, row.name) for row in rows}
    for row in rows:
        if row.central_school and (row.central_school == row.name or (row.county, row.central_school) not in names):
            problems.append(Problem(row.line, "roster-central-unknown", {"name": row.central_school}))
    totals, trouble = _totals(path)
    problems += trouble
    counts = _count_schools(rows)
    if totals.support_units_file:
        problems += _count_units(path.with_name(totals.support_units_file), rows, counts)
    problems += _compare(totals.announced, counts)
    problems += _compare_counties(totals.counties, rows)
    return Roster(tuple(rows), _in_order(problems))


def read_support_units(path: Path) -> Roster[SupportUnitRow]:
    """The supporting units of a table."""
    roster = _read(path, "units", ("name", "county"), _unit)
    rows, problems = _unique(roster, lambda row: (row.county, row.name), "roster-name-twice")
    return Roster(tuple(rows), _in_order(problems))


def read_teachers(path: Path) -> Roster[TeacherRow]:
    """The supporting teachers of a table; the same name in two units is two people."""
    roster = _read(path, "teachers", ("name", "unit", "subjects", "stages", "modes"), _teacher)
    rows, problems = _unique(roster, lambda row: (row.unit, row.name), "roster-name-twice")
    rows, problems = _unique(Roster(tuple(rows), tuple(problems)), lambda row: row.id or row.line, "roster-id-twice")
    totals, trouble = _totals(path)
    problems += trouble
    problems += _compare(totals.announced, {"teachers": len(rows), "units": len({row.unit for row in rows})})
    return Roster(tuple(rows), _in_order(problems))


# --- one row ---------------------------------------------------------------------------------------------------------


class _Cells:
    """The cells of one row by column; notes what does not fit."""

    def __init__(self, line: int, cells: Mapping[str, str], required: Iterable[str]) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self._cells = cells
        for column in required:
            if not cells.get(column):
                self._refuse("roster-cell-missing", column)

    def text(self, column: str, limit: int = MAX_NAME) -> str:
        cell = self._cells.get(column, "")
        if len(cell) > limit:
            self._refuse("roster-cell-long", column, limit=str(limit))
        if any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in cell):
            self._refuse("roster-cell-invisible", column)
        return cell

    def number(self, column: str, low: int, high: int) -> int | None:
        cell = self._cells.get(column, "")
        if not cell:
            return None
        if not cell.isdecimal():
            self._refuse("roster-cell-number", column, value=cell)
            return None
        if len(cell) > 9 or not low <= int(cell) <= high:
            self._refuse("roster-cell-range", column, value=cell, low=str(low), high=str(high))
            return None
        return int(cell)

    def flag(self, column: str) -> bool:
        cell = self._cells.get(column, "").lower()
        if cell and cell not in _words()["flags"]:
            self._refuse("roster-cell-flag", column, value=cell)
        return bool(cell and _words()["flags"].get(cell))

    def maybe(self, column: str) -> bool | None:
        return self.flag(column) if self._cells.get(column) else None

    def several(self, column: str, allowed: Iterable[str] = ()) -> tuple[str, ...]:
        cell = self.text(column, MAX_PROSE)
        parts = (part.strip() for part in re.split(f"[{re.escape(_words()['separators'])}]", cell))
        values = tuple(dict.fromkeys(part for part in parts if part))
        if cell and not values:
            self._refuse("roster-cell-missing", column)
        for value in values:
            if allowed and value not in allowed:
                self._refuse("roster-cell-unknown", column, value=value)
        return values

    def day(self, column: str) -> date | None:
        cell = self._cells.get(column, "")
        match = DAY.fullmatch(cell)
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:  # 2027-02-30
                pass
        if cell:
            self._refuse("roster-cell-date", column, value=cell)
        return None

    def _refuse(self, key: str, column: str, **values: str) -> None:
        shown = {name: value[:40] for name, value in values.items()}
        self.problems.append(Problem(self.line, key, {"column": column} | shown))


def _school(cells: _Cells) -> SchoolRow:
    return SchoolRow(
        line=cells.line,
        name=cells.text("name"),
        county=cells.text("county"),
        district=cells.text("district"),
        is_key=cells.flag("is_key"),
        teachers=cells.number("teachers", 0, 9999),
        training_body=cells.text("training_body"),
        central_school=cells.text("central_school"),
        central_inferred=cells.flag("central_inferred"),
        stages=cells.several("stages", _words()["values"]["stages"]),
        altitude=cells.number("altitude", 0, 6000),
        province=cells.text("province"),
        city=cells.text("city"),
        one_teacher=cells.maybe("one_teacher"),
        remote=cells.maybe("remote"),
    )


def _unit(cells: _Cells) -> SupportUnitRow:
    return SupportUnitRow(
        line=cells.line,
        name=cells.text("name"),
        county=cells.text("county"),
        training_body=cells.text("training_body"),
        city=cells.text("city"),
    )


def _teacher(cells: _Cells) -> TeacherRow:
    values = _words()["values"]
    stages = cells.several("stages", values["stages"])
    is_vocational = values["vocational_stage"] in stages
    row = TeacherRow(
        line=cells.line,
        id=cells.text("id"),
        name=cells.text("name"),
        unit=cells.text("unit"),
        subjects=cells.several("subjects", () if is_vocational else values["subjects"]),
        stages=stages,
        modes=cells.several("modes", values["modes"]),
        topics=cells.several("topics"),
        title=cells.text("title"),
        years=cells.number("years", 0, 70),
        bio=cells.text("bio", MAX_PROSE),
        available_from=cells.day("available_from"),
        available_until=cells.day("available_until"),
        capacity=cells.number("capacity", 1, 99),
        origin_city=cells.text("origin_city"),
        made_up=cells.flag("made_up"),
        regions=cells.several("regions"),
        not_regions=cells.several("not_regions"),
        max_altitude=cells.number("max_altitude", 0, 6000),
    )
    if row.available_from and row.available_until and row.available_until < row.available_from:
        cells.problems.append(Problem(row.line, "roster-dates-reversed"))
    return row


# --- one file --------------------------------------------------------------------------------------------------------


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _read(path: Path, table: str, required: tuple[str, ...], build: Callable[[_Cells], Row]) -> Roster[Row]:
    """Every row that fits, and every problem of the others."""
    problems: list[Problem] = []
    rows: list[Row] = []
    try:
        records = _records(_text(path), problems)
        header_line, header = next(records, (1, []))
        columns = _columns(path.name, header_line, header, table, required, problems)
        for line, record in records:
            if any(record[len(columns) :]):
                problems.append(
                    Problem(line, "roster-row-long", {"cells": str(len(record)), "columns": str(len(columns))})
                )
                continue
            cells = _Cells(line, {name: cell for name, cell in zip(columns, record, strict=False) if name}, required)
            row = build(cells)
            problems += cells.problems
            if not cells.problems:
                rows.append(row)
        if not rows and not problems:
            raise _NotATableError("roster-file-empty", {"file": path.name})
    except _NotATableError as error:
        problems.append(Problem(None, error.key, error.values))
    return Roster(tuple(rows), tuple(problems))


def _text(path: Path) -> str:
    """The file's text: UTF-8 with or without BOM, otherwise GB18030."""
    file = {"file": path.name}
    try:
        if not path.is_file():
            raise RosterError("roster-file-missing", file)
        if path.stat().st_size > MAX_BYTES:
            raise _NotATableError("roster-file-large", file | {"limit": str(MAX_BYTES)})
        content = path.read_bytes()
    except OSError as error:
        raise RosterError("roster-file-unreadable", file) from error
    if content.startswith((ZIP, OLE)):
        raise _NotATableError("roster-file-spreadsheet", file)
    if b"\0" in content:
        raise _NotATableError("roster-file-binary", file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # A damaged UTF-8 file often passes as GB18030, with every name turned into other characters.
    attempt = [character for character in content.decode("utf-8", "replace") if not character.isascii()]
    try:
        if attempt.count("\N{REPLACEMENT CHARACTER}") * 4 < len(attempt):
            raise _NotATableError("roster-file-damaged", file)
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _NotATableError("roster-file-binary", file) from error


def _records(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line on which it begins; white space inside a cell counts as one blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            problems.append(Problem(line, "roster-row-broken"))
            continue
        if any(cells):
            yield line, cells


def _columns(
    file: str, line: int, header: list[str], table: str, required: Iterable[str], problems: list[Problem]
) -> list[str | None]:
    """Our name for each column, None for one we do not know."""
    if not header:
        raise _NotATableError("roster-file-empty", {"file": file})
    meanings = {_plain(title): name for name, titles in _words()[table].items() for title in (name, *titles)}
    columns: list[str | None] = []
    for cell in header:
        name = meanings.get(_plain(cell))
        if name is None and cell:
            problems.append(Problem(line, "roster-column-unknown", {"column": cell[:40]}))
        if name is not None and name in columns:
            problems.append(Problem(line, "roster-column-twice", {"column": name}))
            name = None
        columns.append(name)
    missing = [name for name in required if name not in columns]
    if missing:
        raise _NotATableError("roster-column-missing", {"columns": ", ".join(missing)})
    return columns


def _plain(title: str) -> str:
    """A header without the differences of width, case and spacing that people see through."""
    return unicodedata.normalize("NFKC", title).lower().replace(" ", "")


def _unique(roster: Roster[Row], key: Callable[[Row], object], problem: str) -> tuple[list[Row], list[Problem]]:
    """The first row of each key; a later one is a problem that names the first one's line."""
    first: dict[object, Row] = {}
    problems = list(roster.problems)
    for row in roster.rows:
        kept = first.setdefault(key(row), row)
        if kept is not row:
            problems.append(Problem(row.line, problem, {"first_line": str(kept.line)}))
    return list(first.values()), problems


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line is None, problem.line or 0)))


# --- announced totals ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Totals:
    announced: Mapping[str, int] = field(default_factory=dict)
    counties: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    support_units_file: str = ""


def _totals(path: Path) -> tuple[_Totals, list[Problem]]:
    """What the file beside the table announces; nothing when there is no such file."""
    beside = path.with_suffix(".totals.toml")
    if not beside.is_file():
        return _Totals(), []
    try:
        content = tomllib.loads(beside.read_text("utf-8-sig"))
        totals = _Totals(**content)
        numbers = [totals.announced, *totals.counties.values()]
        is_sound = all(type(number) is int for table in numbers for number in table.values())
        is_sound = is_sound and totals.support_units_file == Path(totals.support_units_file).name
    except (OSError, ValueError, TypeError, AttributeError):  # unreadable, not TOML, another key, another shape
        is_sound = False
    return (totals, []) if is_sound else (_Totals(), [Problem(None, "roster-totals-broken", {"file": beside.name})])


def _count_schools(rows: Iterable[SchoolRow]) -> dict[str, int]:
    rows = list(rows)
    return {
        "counties": len({row.county for row in rows}),
        "districts": len({(row.county, row.district) for row in rows if row.district}),
        "schools": len(rows),
        "key_schools": sum(row.is_key for row in rows),
        "teachers": sum(row.teachers or 0 for row in rows),
        "training_bodies": len({row.training_body for row in rows if row.training_body}),
    }


def _count_units(path: Path, schools: Iterable[SchoolRow], counts: dict[str, int]) -> list[Problem]:
    """Adds the number of support units to counts; reports counties without one and units without a county."""
    file = {"file": path.name}
    try:
        units = read_support_units(path)
    except RosterError as error:
        return [Problem(None, error.key, error.values)]
    counts["support_units"] = len(units.rows)
    known = {(row.county, row.training_body) for row in schools}
    helped = {unit.county for unit in units.rows}
    problems = []
    if units.problems:
        problems.append(Problem(None, "roster-units-problems", file | {"count": str(len(units.problems))}))
    for unit in units.rows:
        if (unit.county, unit.training_body) not in known:
            problems.append(Problem(None, "roster-unit-unmatched", {"name": unit.name, "county": unit.county}))
    for county in dict.fromkeys(row.county for row in schools):
        if county not in helped:
            problems.append(Problem(None, "roster-county-unhelped", {"county": county}))
    return problems


def _compare_counties(announced: Mapping[str, Mapping[str, int]], rows: Iterable[SchoolRow]) -> list[Problem]:
    by_county: dict[str, list[SchoolRow]] = {county: [] for county in announced}
    for row in rows:
        by_county.setdefault(row.county, []).append(row)
    problems = []
    for county, its_rows in by_county.items():
        if county in announced:
            problems += _compare(announced[county], _count_schools(its_rows), county)
        elif announced:
            problems.append(Problem(None, "roster-county-unannounced", {"county": county}))
    return problems


def _compare(announced: Mapping[str, int], counted: Mapping[str, int], county: str = "") -> list[Problem]:
    """One problem for each announced number that the rows do not give."""
    place = {"county": county} if county else {}
    key = "roster-county-total-differs" if county else "roster-total-differs"
    problems = []
    for what, number in announced.items():
        if what not in counted:
            problems.append(Problem(None, "roster-total-unknown", place | {"what": what}))
        elif number != counted[what]:
            values = place | {"what": what, "announced": str(number), "found": str(counted[what])}
            problems.append(Problem(None, key, values))
    return problems
