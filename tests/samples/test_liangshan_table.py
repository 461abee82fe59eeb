"""The 70 schools and 30 units of samples/, against numbers retyped from the notice (川教函〔2020〕375号, 附件2)."""

import re
from collections import Counter
from pathlib import Path

import pytest

from services.rosters import Problem, SchoolRow, read_schools, read_support_units

SAMPLES = Path(__file__).parents[2] / "samples"
SCHOOLS = read_schools(SAMPLES / "schools_liangshan.csv")
UNITS = read_support_units(SAMPLES / "support_units.csv")

# county: district, training body, named units, teachers of each school in the order of the table (key schools first)
TABLE = {
    "布拖县": ("交际河片区", "成都师范学院", 6, [107, 93, 52, 1, 1, 15, 19, 37, 19]),
    "普格县": ("洛乌沟片区", "四川师范大学", 9, [45, 40, 20, 25, 18, 23, 25, 6, 26]),
    "昭觉县": (
        "四开片区",
        "四川省教育科学研究院",
        8,
        [37, 90, 2, 20, 2, 13, 37, 2, 29, 16, 8, 1, 1, 2, 1, 18, 2, 20, 1, 12],
    ),
    "美姑县": ("洪溪片区", "乐山师范学院", 3, [59, 45, 2, 10, 2, 15, 33, 13, 4, 6, 3, 1, 25, 4]),
    "喜德县": ("光明片区", "西华师范大学", 0, [126, 61, 47, 8, 14, 13, 21]),
    "金阳县": ("天台片区", "绵阳师范学院", 2, [159, 26, 47, 1, 1, 4, 4]),
    "越西县": ("中普雄片区", "内江师范学院", 2, [127, 23, 64, 48]),
}
ANNOUNCED = {
    "布拖县": (9, 344),
    "普格县": (9, 228),
    "昭觉县": (20, 314),
    "美姑县": (14, 222),
    "喜德县": (7, 290),
    "金阳县": (7, 242),
    "越西县": (4, 262),
}


def of(county: str) -> list[SchoolRow]:
    return [row for row in SCHOOLS.rows if row.county == county]


def named(name: str) -> SchoolRow:
    return next(row for row in SCHOOLS.rows if row.name == name)


def test_only_true_mismatches_are_reported() -> None:
    """32 units are announced, 30 named, and the one county without a unit is 喜德县; everything else adds up."""
    assert SCHOOLS.problems == (
        Problem(None, "roster-county-unhelped", {"county": "喜德县"}),
        Problem(None, "roster-total-differs", {"what": "support_units", "announced": "32", "found": "30"}),
    )
    assert UNITS.problems == ()


@pytest.mark.parametrize("county", TABLE)
def test_each_county_has_the_rows_of_the_table(county: str) -> None:
    district, body, units, teachers = TABLE[county]
    rows = of(county)
    assert [row.teachers for row in rows] == teachers
    assert (len(rows), sum(teachers)) == ANNOUNCED[county]
    assert {(row.district, row.training_body) for row in rows} == {(district, body)}
    assert [row.is_key for row in rows] == [True, True] + [False] * (len(rows) - 2)
    assert [unit.training_body for unit in UNITS.rows if unit.county == county] == [body] * units


def test_the_grand_totals_of_the_table() -> None:
    rows = SCHOOLS.rows
    assert len(rows) == 70
    assert sum(row.teachers or 0 for row in rows) == 1902
    assert sum(row.is_key for row in rows) == 14
    assert [len({getattr(row, name) for row in rows}) for name in ("county", "district", "training_body")] == [7, 7, 7]
    assert len(UNITS.rows) == 30


def test_names_are_unique_and_free_of_line_breaks() -> None:
    for names in ([row.name for row in SCHOOLS.rows], [unit.name for unit in UNITS.rows]):
        assert [name for name, count in Counter(names).items() if count > 1] == []
        assert [name for name in names if not name.isalpha()] == []


def test_names_torn_by_page_breaks_are_whole() -> None:
    units = {unit.name: unit.county for unit in UNITS.rows}
    assert units["成都市盐道街小学得胜分校"] == "普格县"
    assert units["成都市天涯石小学逸景分校"] == "普格县"
    assert "校" not in units
    assert of("昭觉县")[15].name == "昭觉县柳且乡中心小学"


def test_names_stay_as_printed_where_the_county_is_left_out() -> None:
    bare = [row.name for row in SCHOOLS.rows if not row.name.startswith(row.county)]
    assert bare == ["牛角湾乡高级社小学", "牛角湾乡老且社小学", "龙潭镇大田坝小学"]


def test_a_central_school_is_of_the_same_township() -> None:
    inferred = [row for row in SCHOOLS.rows if row.central_inferred]
    assert len(inferred) == 34
    assert all(bool(row.central_school) == row.central_inferred for row in SCHOOLS.rows)
    for row in inferred:
        township = re.match(r"[^乡镇]+[乡镇]", row.central_school.removeprefix(row.county))
        assert township and row.name.removeprefix(row.county).startswith(township.group())
        assert named(row.central_school).central_school == ""


def test_a_village_that_bears_another_townships_name_follows_its_own() -> None:
    assert named("昭觉县博洛乡地莫村小").central_school == "昭觉县博洛乡中心小学"


def test_stages_are_given_only_where_the_name_fixes_them() -> None:
    assert [row.name for row in SCHOOLS.rows if not row.stages] == [
        "昭觉县四开希望学校",
        "美姑县洒库乡处火千村学校",
        "美姑县洒库乡处曲洛村",
        "美姑县瓦西乡木作洛村",
        "金阳县马依足乡迷科校",
        "金阳县马依足乡特普洛校",
        "金阳县马依足乡因子校",
        "金阳县马依足乡木腊沟校",
        "越西县普雄民族学校",
    ]
    assert [row.name for row in SCHOOLS.rows if row.stages == ("初中",)] == [
        "布拖县交际河中学",
        "普格县洛乌沟初级中学校",
        "美姑县洪溪初级中学",
        "喜德县向荣中学",
        "金阳县初级中学",
    ]


def test_altitude_has_no_source_and_stays_empty() -> None:
    assert {row.altitude for row in SCHOOLS.rows} == {None}
