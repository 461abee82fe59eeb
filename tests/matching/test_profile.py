"""How well self-introductions are read, and what each rule is for.

Of own/teachers.jsonl the odd lines were worked with; the even lines are only measured, as a whole: nobody looks at
their texts or at which of them are wrong. The bars stand a little below what is reached.
"""

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import TeacherFields, read_profile
from matching.profiles.clauses import labels, people
from tests.matching.profiles import measure
from tests.matching.scorer import HERE, TODAY, rows

INTRODUCTIONS = rows(HERE / "own" / "teachers.jsonl")
BARS = {
    "subjects": 0.94,
    "stages": 0.95,
    "modes": 0.92,
    "name": 0.94,
    "unit": 0.88,
    "title": 0.96,
    "years": 0.93,
    "capacity": 0.92,
    "origin_city": 0.92,
    "window": 0.95,
    "topics_recall": 0.79,
    "topics_precision": 0.83,
    "topics_precision_all": 0.73,
}


@pytest.mark.parametrize("half", [0, 1], ids=["worked-with", "measured"])
def test_fields_are_read(half: int) -> None:
    figures = measure(INTRODUCTIONS[half::2])
    assert {field: figures[field] for field, bar in BARS.items() if figures[field] < bar} == {}


CASES: list[tuple[str, dict[str, Any]]] = [
    # name
    ("本人李雪梅，女，教小学语文", {"name": "李雪梅"}),
    ("我姓万，幼儿园老师", {"name": "万老师"}),
    ("我是成都市青石小学的林晓燕", {"name": "林晓燕", "unit": "成都市青石小学", "origin_city": "成都"}),
    ("高中数学 名字先不写", {"name": None}),
    # school
    ("我在一所乡镇初中教物理", {"unit": None}),
    ("我是南京大学毕业的，教高中化学", {"unit": None}),
    ("退休教师，原南京市栖桐中学，高中语文", {"unit": "南京市栖桐中学", "origin_city": "南京"}),
    ("中山路小学数学老师", {"origin_city": None}),
    # title and years
    ("体育 篮球裁判一级 小学", {"title": None}),
    ("语文老师，普通话一级乙等，还没评上高级", {"title": None}),
    ("化学，高中，特级", {"title": "特级教师"}),
    ("教书二十三年，今年四十六岁", {"years": 23}),
    ("1998年参加工作，教初中数学", {"years": 28}),
    ("15年参加工作，教初中数学", {"years": 11}),
    ("教了三五年，小学英语", {"years": 3}),
    ("在凉山支教过两年，教初中地理", {"years": None, "modes": ()}),
    ("想去支教，一年，小学语文", {"years": None, "modes": ("顶岗支教",)}),
    ("退休教师，三年级起始课经验多，小学英语", {"years": None}),
    ("研究运算能力十年，小学数学", {"years": None}),
    ("教龄 12 职称 一级 学科 语文", {"years": 12, "title": "一级教师", "subjects": ("语文",)}),
    # subjects
    ("以前教过数学，现在教科学，小学", {"subjects": ("科学",)}),
    ("以前教过数学，现在教科学，两科都能教", {"subjects": ("数学", "科学")}),
    ("语文老师，不是数学", {"subjects": ("语文",)}),
    ("小学数学老师，会编程", {"subjects": ("数学",), "topics": ("编程",)}),
    ("小学语文老师，担任班主任十年", {"subjects": ("语文",)}),
    ("书法老师，小学", {"subjects": ("美术",), "topics": ("书法",)}),
    # forms of help
    ("初中英语，在县城任教", {"modes": ()}),
    ("初中道法，不支教，可以线上教研、做讲座", {"modes": ("线上", "讲座培训")}),
    ("不能支教不能送教，只能线上，小学科学", {"modes": ("线上",)}),
    ("可以支教，但是家里走不开，线上也行，初中数学", {"modes": ("线上",)}),
    ("支教去不了，可以送课，小学音乐", {"modes": ("送教",)}),
    ("高中化学，线上为青年教师评课", {"modes": ("线上",)}),
    ("小学语文，想带徒弟", {"modes": ("师徒结对",)}),
    ("小学语文，能去半年", {"modes": ("顶岗支教",)}),
    ("小学语文，能去一两周", {"modes": ("送教",)}),
    ("函数讲座做了二十余场，初中数学", {"modes": ()}),
    ("特教老师，可送教上门", {"modes": ()}),
    # window
    ("小学英语，周末可以线上，每周三也行", {"available_from": None, "available_until": None}),
    ("小学英语，寒暑假可以送教", {"available_from": None, "available_until": None}),
    ("小学英语，明年上半年可以", {"available_from": date(2027, 1, 1), "available_until": date(2027, 6, 30)}),
    ("小学英语，暑假可以送教", {"available_from": date(2027, 7, 5), "available_until": date(2027, 8, 31)}),
    ("小学英语，寒假可以送教", {"available_from": date(2027, 1, 20), "available_until": date(2027, 2, 20)}),
    ("小学英语，随时可以", {"available_from": TODAY, "available_until": None}),
    ("小学英语，四五月份有空", {"available_from": date(2027, 4, 1), "available_until": date(2027, 5, 31)}),
    ("2014年参加工作，小学英语", {"available_from": None, "available_until": None}),
    ("我叫肖砚秋，小学英语", {"name": "肖砚秋", "available_from": None}),
    # capacity
    ("高中地理，可接2所，送教", {"capacity": 2}),
    ("能带两个徒弟，初中语文", {"capacity": 2}),
    ("带过三个徒弟，初中语文", {"capacity": 1}),
    # where to, how high
    ("想去凉山或者甘孜，小学数学", {"regions": ("凉山", "甘孜"), "not_regions": ()}),
    ("不去西藏，其他都行，小学数学", {"regions": (), "not_regions": ("西藏",)}),
    ("在甘孜支教过一年，小学数学", {"regions": ()}),
    ("海拔3000米以上去不了，小学数学", {"max_altitude": 3000}),
    ("三千五以上不去，小学数学", {"max_altitude": 3500}),
    ("有高血压，高原去不了，小学数学", {"max_altitude": 2500}),
    ("海拔4000没问题，能适应高海拔，小学数学", {"max_altitude": None}),
    # topics
    ("高中英语，读后续写和听说都可以讲", {"topics": ("读后续写", "听说")}),
    ("小学数学 数独 魔方社团", {"topics": ("数独", "魔方")}),
    ("初中语文，身体健康，服从安排，能吃苦", {"topics": ()}),
    ("初中语文，想学古筝，还在摸索大单元", {"topics": ()}),
    ("初中地理，优质课一等奖", {"topics": ()}),
    # a table
    (
        "姓名|学科|学段|职称|教龄|形式\n时雨生|美术|高中|一级|10|线上、讲座",
        {"name": "时雨生", "subjects": ("美术",), "stages": ("高中",), "years": 10, "modes": ("线上", "讲座培训")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_introduction(text: str, expected: dict[str, Any]) -> None:
    teacher = read_profile(text, today=TODAY)
    assert {name: getattr(teacher, name) for name in expected} == expected


@pytest.mark.parametrize("text", ["", "你好", "谢谢", "好的，收到", "□□□", "🙂", "12", "，。；\n|"])
def test_what_is_not_said_stays_empty(text: str) -> None:
    assert read_profile(text, today=TODAY) == TeacherFields(bio=text.strip())


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_any_mixture_of_its_own_words_is_read(data: st.DataObject) -> None:
    words = [*labels(), *people()["years"]["never"], *people()["skills"]["announces"], *people()["unit"]["kinds"]]
    words += [*people()["cities"]["names"], *people()["title"]["bare"], *"0123456789年两十 ，。:|\n不可去"]
    text = "".join(data.draw(st.lists(st.sampled_from(words), max_size=40)))
    teacher = read_profile(text, today=TODAY)
    assert teacher.capacity >= 1
    assert teacher.years is None or 0 < teacher.years <= 60
    assert not (set(teacher.regions) & set(teacher.not_regions))


@pytest.mark.parametrize("piece", ["一", "语文", "数独 ", "一年 ", "第一中学附属", "教龄:"])
def test_long_texts_take_no_longer_than_they_should(piece: str) -> None:
    """A generous limit on a busy machine; a quadratic reader would need minutes."""
    read_profile("小学数学", today=TODAY)
    begin = time.process_time()
    read_profile(piece * (200_000 // len(piece)), today=TODAY)
    assert time.process_time() - begin < 2
