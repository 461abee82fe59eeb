"""Short replies, ratings and teachers' self-introductions."""

from datetime import date
from typing import Any

import pytest

from matching import read_profile, read_rating, read_reply, read_shift
from tests.matching.scorer import TODAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改成2人，下学期来", {"headcount": 2, "window": (date(2027, 2, 15), date(2027, 3, 8)), "modes": ()}),
        ("顶岗", {"modes": ("顶岗支教",)}),
        ("小学三年级", {"stages": ("小学",), "grade": 3}),
        ("线上也行", {"modes": ("线上",)}),
        ("3月1号到6月底", {"start": date(2027, 3, 1), "months": 4.0, "until": date(2027, 6, 30)}),
        ("一个", {"headcount": 1, "modes": ()}),
        ("两名就够了", {"headcount": 2}),
        ("3", {"headcount": 3}),
        ("数学和英语", {"subjects": ("数学", "英语")}),
        ("一学期", {"months": 5.0}),
        ("尽快", {"urgent": True}),
        ("不急", {"urgent": False}),
        ("初中", {"stages": ("初中",)}),
        ("2027年3月", {"start": date(2027, 3, 1), "window": (date(2027, 3, 1), date(2027, 3, 31))}),
        ("都可以", {"subjects": (), "modes": (), "headcount": None}),
    ],
)
def test_reply(text: str, expected: dict[str, Any]) -> None:
    need = read_reply(text, today=TODAY)
    assert {name: getattr(need, name) for name in expected} == expected


TERM = (date(2027, 3, 1), date(2027, 7, 28))
SHIFTS: dict[str, tuple[str, str | None] | None] = {
    "推迟两周": ("2027-03-15", "2027-08-11"),
    "往后推一个星期": ("2027-03-08", "2027-08-04"),
    "能不能晚一周再来": ("2027-03-08", "2027-08-04"),
    "晚10天": ("2027-03-11", "2027-08-07"),
    "晚半个月来": ("2027-03-16", "2027-08-12"),
    "延后一个月": ("2027-04-01", "2027-08-28"),
    "提前一周": ("2027-02-22", "2027-07-21"),
    "我想推迟到3月15号来，可以吗": ("2027-03-15", "2027-08-11"),
    "从3月1日推迟到3月15日": ("2027-03-15", "2027-08-11"),
    "延长两周": ("2027-03-01", "2027-08-11"),
    "再待一个月": ("2027-03-01", "2027-08-28"),
    "延长到8月底": ("2027-03-01", "2027-08-31"),
    "早一周结束": ("2027-03-01", "2027-07-21"),
    "结束改到5月15日": ("2027-03-01", "2027-05-15"),
    "到6月30日": ("2027-03-01", "2027-06-30"),
    "6月30号结束": ("2027-03-01", "2027-06-30"),
    "4月1日来，6月30日走": ("2027-04-01", "2027-06-30"),
    "2027年8月1日到2027年3月1日": ("2027-08-01", "2027-03-01"),
    "晚几天": ("2027-03-01", None),
    "推迟到下学期": ("2027-03-01", None),
    "推迟": ("2027-03-01", None),
    # new days, left to read_reply
    "改成4月1日到6月30日": None,
    "3月15日开始": None,
    "待三个月": None,
    # nothing about days
    "晚上7点后方便": None,
    "最早4月1日": None,
    "看情况吧": None,
    "": None,
}


@pytest.mark.parametrize("text", SHIFTS)
def test_what_moves_of_two_days(text: str) -> None:
    shift = read_shift(text, today=TODAY)
    moved = shift.moved(*TERM) if shift else None
    assert (moved and (moved[0].isoformat(), moved[1] and moved[1].isoformat())) == SHIFTS[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5),
        ("４", 4),
        ("五分", 5),
        ("三", 3),
        ("打4分", 4),
        ("满意", 4),
        ("1星", 1),
        ("6", None),
        ("0", None),
        ("45", None),
        ("", None),
        ("还可以吧我觉得", None),
    ],
)
def test_rating(text: str, expected: int | None) -> None:
    assert read_rating(text) == expected


PROFILES: list[tuple[str, dict[str, Any]]] = [
    (
        "我叫李明，来自成都市，现在成都七中任教高中数学，高级教师，教龄18年，擅长导数和圆锥曲线，可以线上或者送教，2027年3月到7月有空，最多接2所学校",
        {
            "name": "李明",
            "unit": "成都七中",
            "subjects": ("数学",),
            "stages": ("高中",),
            "modes": ("线上", "送教"),
            "topics": ("导数", "圆锥曲线"),
            "title": "高级教师",
            "years": 18,
            "available_from": date(2027, 3, 1),
            "available_until": date(2027, 7, 31),
            "capacity": 2,
            "origin_city": "成都",
        },
    ),
    (
        "小学语文老师，教了二十年，一级教师，想去凉山支教一年，明年3月起",
        {
            "subjects": ("语文",),
            "stages": ("小学",),
            "modes": ("顶岗支教",),
            "title": "一级教师",
            "years": 20,
            "available_from": date(2027, 3, 1),
            "regions": ("凉山",),
            "name": None,
        },
    ),
    (
        "姓名：王芳 单位：宁波市甬岭区教研室 学科：英语 学段：初中 职称：副高级 教龄：15年",
        {
            "name": "王芳",
            "unit": "宁波市甬岭区教研室",
            "subjects": ("英语",),
            "stages": ("初中",),
            "title": "副高级",
            "years": 15,
            "origin_city": "宁波",
            "modes": (),
        },
    ),
    (
        "我教音乐和舞蹈，广州的，只能线上，到6月底",
        {"subjects": ("音乐",), "modes": ("线上",), "available_until": date(2027, 6, 30)},
    ),
    ("我教高一政治", {"subjects": ("思想政治",), "stages": ("高中",)}),
    ("汽修专业讲师，带过技能大赛", {"subjects": ("汽车维修",), "stages": ("中职",), "title": "讲师"}),
]


@pytest.mark.parametrize(("text", "expected"), PROFILES)
def test_profile(text: str, expected: dict[str, Any]) -> None:
    teacher = read_profile(text, today=TODAY)
    assert {name: getattr(teacher, name) for name in expected} == expected
    assert teacher.bio == text
