"""Hostile and long input is answered at once; the bars are loose, the machine is shared."""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import pytest

from matching import NeedFields, Pool, TeacherFields, rank, read
from matching.ranking.rank import eligible
from matching.ranking.stored import StoredTeacher, stored
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


NEEDS = [
    NeedFields(subjects=("语文",), stages=("小学",), modes=("顶岗支教",), topics=("习作",)),
    NeedFields(subjects=("物理",), stages=("初中",)),
    NeedFields(modes=("讲座培训",), topics=("班主任", "家校沟通")),
    NeedFields(topics=("马铃薯储存技术",)),  # not in the thesaurus
]


@pytest.fixture(scope="module")
def crowd() -> list[StoredTeacher]:
    """60,000 teachers, the evaluation set's many times over."""
    cut = [stored(TeacherFields.from_json(row)) for row in rows(EVAL / "teachers.jsonl")]
    return [row._replace(id=f"{row.id}-{copy}") for copy in range(400) for row in cut]


def test_a_large_pool_is_indexed_from_rows_in_seconds(crowd: list[StoredTeacher]) -> None:
    begin = perf_counter()
    Pool.from_rows(crowd)
    assert perf_counter() - begin < 6


def test_ranking_a_large_pool_and_changing_it_takes_milliseconds(crowd: list[StoredTeacher]) -> None:
    """Medians, because the machine is shared; `make bench` has the figures."""
    pool = Pool.from_rows(crowd)
    for need in NEEDS:
        assert rank(need, pool, today=TODAY, top=10).excluded
        assert middle(partial(rank, need, pool, today=TODAY, top=10)) < 0.03
        assert middle(partial(eligible, need, pool, today=TODAY)) < 0.02
    changed = TeacherFields(id="HT0", subjects=("语文",), stages=("小学",), bio="学生把一件小事写长写细")
    assert middle(partial(pool.change, changed)) < 0.01


def middle(work: Callable[[], object]) -> float:
    """Seconds of the middle of nine runs."""
    seconds = []
    for _ in range(9):
        begin = perf_counter()
        work()
        seconds.append(perf_counter() - begin)
    return median(seconds)


@pytest.mark.parametrize("phrase", ["哈", "实验", "女儿在学", "，", "最近在听讲座，"])
def test_a_biography_of_any_length_is_cut_at_once(phrase: str) -> None:
    stored(TeacherFields(bio="实验"))
    begin = perf_counter()
    stored(TeacherFields(id="T", bio=phrase * 50_000))
    assert perf_counter() - begin < 0.5
