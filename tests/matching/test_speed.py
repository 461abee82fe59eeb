"""Hostile and long input is answered at once; the bars are loose, the machine is shared."""

from statistics import median
from time import perf_counter

import pytest

from matching import NeedFields, Pool, TeacherFields, rank, read
from tests.matching.scorer import EVAL, TODAY, rows


def seconds(text: str) -> float:
    begin = perf_counter()
    read(text, today=TODAY)
    return perf_counter() - begin


@pytest.mark.parametrize("char", ["哈", "数", "1", "a", " ", "，", "一", "\n"])
def test_200000_equal_characters_are_answered_at_once(char: str) -> None:
    seconds("缺数学老师")
    assert min(seconds(char * 200_000) for _ in range(3)) < 0.1


@pytest.mark.parametrize(
    "phrase", ["要一个数学老师,", "语文1", "小学 ", "2027.3.1-7.10到", "第八周三年级", "（数学）；"]
)
def test_repeated_phrases_cost_no_quadratic_time(phrase: str) -> None:
    seconds("缺数学老师")
    assert min(seconds(phrase * 20_000) for _ in range(2)) < 2.5


def test_reading_takes_a_few_milliseconds() -> None:
    texts = [row["text"] for row in rows(EVAL / "needs.jsonl")]
    seconds(texts[0])
    assert median(seconds(text) for text in texts) < 0.006


def test_a_pool_of_300_is_indexed_and_ranked_quickly() -> None:
    teachers = [
        TeacherFields.from_json(row | {"id": f"{row['id']}-{n}"})
        for n in (1, 2)
        for row in rows(EVAL / "teachers.jsonl")
    ]
    Pool(teachers[:1])
    begin = perf_counter()
    pool = Pool(teachers)
    built = perf_counter()
    rank(NeedFields(subjects=("语文",), stages=("小学",), topics=("习作",)), pool, today=TODAY)
    assert built - begin < 0.2
    assert perf_counter() - built < 0.05
