"""Reading rosters: every encoding people save in, every row that does not fit, every total that does not add up."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rosters import Problem, RosterError, read_schools, read_support_units, read_teachers

SAMPLES = Path(__file__).parents[2] / "samples"
SCHOOLS = "name,county,teachers,is_key\n甲小学,青县,12,1\n乙小学,青县,3,0\n"
TEACHER = "id,name,unit,subjects,stages,modes,years,available_from,available_until,capacity\n"


def write(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems_of(path: Path) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.key) for problem in read_schools(path).problems]


# --- what people save ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["schools_liangshan.csv", "teachers.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_read_the_same(tmp_path: Path, name: str, encoding: str, line_end: str) -> None:
    read = read_teachers if name == "teachers.csv" else read_schools
    text = (SAMPLES / name).read_text("utf-8").replace("\n", line_end)
    copy = read(write(tmp_path, text.encode(encoding), name))
    assert copy.problems == ()
    assert copy.rows == read(SAMPLES / name).rows


def test_chinese_headers_of_schools_read_the_same(tmp_path: Path) -> None:
    header = "学校名称,县名,片区,是否重点,专任教师数,承训单位,中心校,中心校系推断,学段,海拔（米）"
    rows = (SAMPLES / "schools_liangshan.csv").read_text("utf-8").split("\n")[1:]
    roster = read_schools(write(tmp_path, "\n".join([header, *rows]).encode("gb18030")))
    assert roster.problems == ()
    assert roster.rows == read_schools(SAMPLES / "schools_liangshan.csv").rows


def test_chinese_headers_of_teachers_read_the_same(tmp_path: Path) -> None:
    header = "编号,姓 名,工作单位,任教学科,学段,帮扶形式,专长,职称,教龄（年）,简介,开始日期,结束日期,名额,所在城市,虚构"
    rows = (SAMPLES / "teachers.csv").read_text("utf-8").split("\n")[1:]
    roster = read_teachers(write(tmp_path, "\n".join([header, *rows])))
    assert roster.problems == ()
    assert roster.rows == read_teachers(SAMPLES / "teachers.csv").rows


def test_chinese_headers_of_units_read_the_same(tmp_path: Path) -> None:
    rows = (SAMPLES / "support_units.csv").read_text("utf-8").split("\n")[1:]
    roster = read_support_units(write(tmp_path, "\n".join(["帮扶单位,县名,承训单位", *rows])))
    assert roster == read_support_units(SAMPLES / "support_units.csv")


def test_every_separator_people_use_divides_a_list(tmp_path: Path) -> None:
    roster = read_teachers(write(tmp_path, TEACHER + '1,王一,某校,语文、数学，英语；科学,"小学,初中",送教;线上,,,,\n'))
    assert roster.rows[0].subjects == ("语文", "数学", "英语", "科学")
    assert roster.rows[0].stages == ("小学", "初中")


@pytest.mark.parametrize("day", ["2027-03-01", "2027/3/1", "2027.3.1", "2027年3月1日"])
def test_days_as_office_programs_write_them(tmp_path: Path, day: str) -> None:
    roster = read_teachers(write(tmp_path, TEACHER + f"1,王一,某校,语文,小学,送教,,{day},,\n"))
    assert roster.rows[0].available_from == date(2027, 3, 1)


def test_empty_optional_cells_stay_empty(tmp_path: Path) -> None:
    row = read_teachers(write(tmp_path, TEACHER + "1,王一,某校,语文,小学,送教,,,,\n")).rows[0]
    assert (row.years, row.available_from, row.available_until, row.capacity) == (None, None, None, None)
    assert (row.title, row.made_up) == ("", False)


def test_a_major_is_a_subject_only_in_vocational_schools(tmp_path: Path) -> None:
    text = TEACHER + "1,王一,某校,护理,中职,送教,,,,\n2,王二,某校,护理,小学,送教,,,,\n"
    roster = read_teachers(write(tmp_path, text))
    assert [row.id for row in roster.rows] == ["1"]
    assert roster.problems == (Problem(3, "roster-cell-unknown", {"column": "subjects", "value": "护理"}),)


# --- rows that do not fit --------------------------------------------------------------------------------------------


def test_broken_rows_are_named_by_line_and_the_others_read(tmp_path: Path) -> None:
    text = (
        "name,county,teachers,is_key,stages,principal\n"
        "甲小学,青县,12,1,小学,\n"
        ",青县,3,0,小学,\n"
        "\n"
        "乙小学,青县,十二,0,小学,\n"
        "甲小学,青县,5,0,小学,\n"
        "丙小学,青县,5,也许,小学,\n"
        '"丁\n小学",青县,5,0,大学,\n'
        "戊小学,青县,99999,0,小学,\n"
        "己小学,青县,5,0,小学,,多余\n"
        '"庚"小学,青县,5,0,小学,\n'
        "辛小学,青县,7,否,小学,\n"
    )
    roster = read_schools(write(tmp_path, text))
    assert [(row.line, row.name) for row in roster.rows] == [(2, "甲小学"), (13, "辛小学")]
    assert roster.problems == (
        Problem(1, "roster-column-unknown", {"column": "principal"}),
        Problem(3, "roster-cell-missing", {"column": "name"}),
        Problem(5, "roster-cell-number", {"column": "teachers", "value": "十二"}),
        Problem(6, "roster-name-twice", {"first_line": "2"}),
        Problem(7, "roster-cell-flag", {"column": "is_key", "value": "也许"}),
        Problem(8, "roster-cell-unknown", {"column": "stages", "value": "大学"}),
        Problem(10, "roster-cell-range", {"column": "teachers", "value": "99999", "low": "0", "high": "9999"}),
        Problem(11, "roster-row-long", {"cells": "7", "columns": "6"}),
        Problem(12, "roster-row-broken", {}),
    )


def test_an_open_quote_is_named_by_the_line_where_it_opens(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, SCHOOLS + '"丙小学,青县,1,0\n丁小学,青县,1,0\n')) == [(4, "roster-row-broken")]


def test_broken_teachers_are_named_by_line(tmp_path: Path) -> None:
    text = TEACHER + (
        "1,王一,某校,语文,小学,送教,5,2027-03-01,2027-07-10,1\n"
        "1,王二,某校,语文,小学,送教,5,,,1\n"
        "3,王一,某校,语文,小学,送教,5,,,1\n"
        "4,王四,某校,奥数,小学,上门,5,,,1\n"
        "5,王五,某校,语文,小学,送教,5,2027-02-30,明年,0\n"
        "6,王六,某校,语文,小学,送教,5,2027-07-10,2027-03-01,1\n"
        "7,王一,别校,；,小学,送教,５,,,1\n"
        "8,王一,别校,语文,小学,送教,５,,,1\n"
    )
    roster = read_teachers(write(tmp_path, text))
    assert [(row.id, row.years) for row in roster.rows] == [("1", 5), ("8", 5)]
    assert [(problem.line, problem.key, problem.values.get("column")) for problem in roster.problems] == [
        (3, "roster-id-twice", None),
        (4, "roster-name-twice", None),
        (5, "roster-cell-unknown", "subjects"),
        (5, "roster-cell-unknown", "modes"),
        (6, "roster-cell-date", "available_from"),
        (6, "roster-cell-date", "available_until"),
        (6, "roster-cell-range", "capacity"),
        (7, "roster-dates-reversed", None),
        (8, "roster-cell-missing", "subjects"),
    ]


def test_a_name_that_is_too_long_or_holds_invisible_characters_is_refused(tmp_path: Path) -> None:
    text = f"name,county\n{'长' * 61},青县\n甲\u202e小学,青县\n"
    assert problems_of(write(tmp_path, text)) == [(2, "roster-cell-long"), (3, "roster-cell-invisible")]


def test_a_central_school_must_be_another_school_of_the_county(tmp_path: Path) -> None:
    text = "name,county,central_school\n甲校,青县,乙校\n乙校,青县,\n丙校,白县,乙校\n丁校,青县,丁校\n"
    roster = read_schools(write(tmp_path, text))
    assert len(roster.rows) == 4
    assert [(problem.line, problem.key) for problem in roster.problems] == [
        (4, "roster-central-unknown"),
        (5, "roster-central-unknown"),
    ]


def test_schools_of_two_counties_may_share_a_name(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, "name,county\n中心小学,青县\n中心小学,白县\n")) == []


# --- files that are no table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "roster-file-empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "roster-file-empty"),
        (b"name,county\n", "roster-file-empty"),
        (b"PK\x03\x04 the beginning of an xlsx", "roster-file-spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and of an xls", "roster-file-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "roster-file-binary"),
        (b"name,county\n\xff\xff\xff,\xff\n", "roster-file-binary"),
        (SCHOOLS.encode("utf-16"), "roster-file-binary"),
        (SCHOOLS.encode().replace("乙".encode(), b"\xe4\xb9"), "roster-file-damaged"),
        (b"<html><body>404</body></html>", "roster-column-missing"),
        (b"name;county\nx;y\n", "roster-column-missing"),
        (b"x" * 10_000_001, "roster-file-large"),
    ],
)
def test_what_is_no_table_is_one_problem_of_the_file(tmp_path: Path, content: bytes, key: str) -> None:
    for read in (read_schools, read_support_units, read_teachers):
        roster = read(write(tmp_path, content))
        assert roster.rows == ()
        keys = [problem.key for problem in roster.problems if problem.key != "roster-column-unknown"]
        if key == "roster-file-empty" and read is read_teachers and content.startswith(b"name"):
            assert keys == ["roster-column-missing"]
        else:
            assert keys == [key]


def test_a_column_that_comes_twice_counts_once(tmp_path: Path) -> None:
    roster = read_schools(write(tmp_path, "name,学校名称,county\n甲校,乙校,青县\n"))
    assert [row.name for row in roster.rows] == ["甲校"]
    assert roster.problems == (Problem(1, "roster-column-twice", {"column": "name"}),)


def test_a_file_that_cannot_be_opened_is_an_error_with_key_and_values(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RosterError) as caught:
            read_schools(path)
        assert (caught.value.key, caught.value.values) == ("roster-file-missing", {"file": path.name})


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(RosterError):
        read_teachers(tmp_path / "pipe.csv")


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_no_content_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for header in (b"", b"name,county,teachers\n", TEACHER.encode()):
        path = write(folder, header + content)
        for read in (read_schools, read_support_units, read_teachers):
            roster = read(path)
            assert roster.rows or roster.problems


@given(content=st.text(max_size=200))
def test_no_totals_file_raises(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    write(folder, content.encode("utf-8", "replace"), "table.totals.toml")
    assert len(read_schools(write(folder, SCHOOLS)).rows) == 2


# --- totals ----------------------------------------------------------------------------------------------------------


def test_totals_that_do_not_add_up_are_reported_and_not_corrected(tmp_path: Path) -> None:
    path = write(tmp_path, SCHOOLS + "丙小学,白县,4,0\n")
    totals = (
        '[announced]\nschools = 3\nteachers = 20\npupils = 5\n[counties."青县"]\nschools = 3\nteachers = 15\n'
        '[counties."红县"]\nschools = 1\n'
    )
    write(tmp_path, totals, "table.totals.toml")
    roster = read_schools(path)
    assert sum(row.teachers or 0 for row in roster.rows) == 19
    assert roster.problems == (
        Problem(None, "roster-total-differs", {"what": "teachers", "announced": "20", "found": "19"}),
        Problem(None, "roster-total-unknown", {"what": "pupils"}),
        Problem(
            None, "roster-county-total-differs", {"county": "青县", "what": "schools", "announced": "3", "found": "2"}
        ),
        Problem(
            None, "roster-county-total-differs", {"county": "红县", "what": "schools", "announced": "1", "found": "0"}
        ),
        Problem(None, "roster-county-unannounced", {"county": "白县"}),
    )


def test_a_row_that_was_left_out_is_missing_from_the_totals(tmp_path: Path) -> None:
    path = write(tmp_path, (SAMPLES / "schools_liangshan.csv").read_text("utf-8").replace(",107,", ",一百零七,"))
    write(tmp_path, "[announced]\nschools = 70\nteachers = 1902\n", "table.totals.toml")
    assert [(problem.line, problem.key, problem.values.get("found")) for problem in read_schools(path).problems] == [
        (2, "roster-cell-number", None),
        (None, "roster-total-differs", "69"),
        (None, "roster-total-differs", "1795"),
    ]


def test_teachers_are_counted_against_their_totals(tmp_path: Path) -> None:
    path = write(tmp_path, TEACHER + "1,王一,某校,语文,小学,送教,,,,\n")
    write(tmp_path, "[announced]\nteachers = 2\nunits = 1\n", "table.totals.toml")
    expected = Problem(None, "roster-total-differs", {"what": "teachers", "announced": "2", "found": "1"})
    assert read_teachers(path).problems == (expected,)


@pytest.mark.parametrize(
    "totals",
    [
        "[announced",
        "announced = 3",
        '[announced]\nschools = "two"',
        "[announced]\nschools = true",
        "[counties]\n青县 = 1",
        "schools = 2",
        'support_units_file = "../units.csv"',
        "support_units_file = 1",
    ],
)
def test_broken_totals_are_one_problem_and_the_rows_still_read(tmp_path: Path, totals: str) -> None:
    write(tmp_path, totals, "table.totals.toml")
    roster = read_schools(write(tmp_path, SCHOOLS))
    assert len(roster.rows) == 2
    assert roster.problems == (Problem(None, "roster-totals-broken", {"file": "table.totals.toml"}),)


def test_units_are_compared_with_the_counties_and_bodies_of_the_schools(tmp_path: Path) -> None:
    path = write(tmp_path, "name,county,training_body\n甲校,青县,一院\n乙校,白县,二院\n")
    write(tmp_path, 'support_units_file = "units.csv"\n[announced]\nsupport_units = 2\n', "table.totals.toml")
    units = "name,county,training_body\n助校,青县,一院\n别校,青县,二院\n,青县,一院\n"
    write(tmp_path, units, "units.csv")
    assert read_schools(path).problems == (
        Problem(None, "roster-units-problems", {"file": "units.csv", "count": "1"}),
        Problem(None, "roster-unit-unmatched", {"name": "别校", "county": "青县"}),
        Problem(None, "roster-county-unhelped", {"county": "白县"}),
    )


def test_a_missing_units_file_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, SCHOOLS)
    write(tmp_path, 'support_units_file = "units.csv"\n', "table.totals.toml")
    assert read_schools(path).problems == (Problem(None, "roster-file-missing", {"file": "units.csv"}),)
