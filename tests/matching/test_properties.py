"""What must hold for any text and any pool."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import (
    NeedFields,
    Pool,
    TeacherFields,
    mode_names,
    rank,
    read,
    read_profile,
    read_rating,
    read_reply,
    stage_names,
    subject_names,
)
from matching.vocabulary import vocabulary
from tests.matching.scorer import EVAL, TODAY, rows

calm = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
TEACHERS = [TeacherFields.from_json(row) for row in rows(EVAL / "teachers.jsonl")]
any_text = st.text(st.characters(codec=None), max_size=200)


def words() -> st.SearchStrategy[str]:
    """Texts made of the reader's own words, the worst neighbours there are."""
    known = sorted(vocabulary().words)
    return st.lists(st.sampled_from([*known, *"0123456789 ，。；\n/|()"]), max_size=30).map("".join)


@calm
@given(any_text)
def test_reading_never_raises(text: str) -> None:
    read(text, today=TODAY)
    read_reply(text, today=TODAY)
    read_profile(text, today=TODAY)
    read_rating(text)


@calm
@given(st.data())
def test_a_subject_is_never_named_without_a_span(data: st.DataObject) -> None:
    text = data.draw(words())
    for need in (*read(text, today=TODAY).needs, read_reply(text, today=TODAY)):
        assert not need.subjects or need.evidence["subjects"]
        assert all(0 <= a < b <= len(text) for spans in need.evidence.values() for a, b in spans)
    read_profile(text, today=TODAY)


days = st.integers(-30, 400).map(lambda days: TODAY + timedelta(days=days))
needs = st.builds(
    NeedFields,
    subjects=st.lists(st.sampled_from(subject_names()[:24]), max_size=2, unique=True).map(tuple),
    stages=st.lists(st.sampled_from(stage_names()), max_size=2, unique=True).map(tuple),
    modes=st.lists(st.sampled_from(mode_names()), max_size=2, unique=True).map(tuple),
    start=st.none() | days,
    months=st.none() | st.sampled_from([0.1, 1.0, 5.0, 10.0, 24.0]),
    topics=st.lists(st.sampled_from(["实验教学", "习作", "班主任", "听力口语", "甲乙丙丁"]), max_size=2).map(tuple),
)


@calm
@given(needs, st.randoms(use_true_random=False))
def test_permuting_teachers_changes_nothing(need: NeedFields, random: object) -> None:
    shuffled = list(TEACHERS)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(need, Pool(shuffled), today=TODAY) == rank(need, Pool(TEACHERS), today=TODAY)


@calm
@given(needs)
def test_the_total_is_the_sum_of_the_parts(need: NeedFields) -> None:
    ranking = rank(need, Pool(TEACHERS), today=TODAY, top=30)
    for candidate in ranking.candidates:
        assert candidate.score == sum(part.points for part in candidate.parts)
    assert len({candidate.teacher_id for candidate in ranking.candidates}) == len(ranking.candidates)


@calm
@given(needs)
def test_everybody_is_either_offered_or_excluded_with_a_reason(need: NeedFields) -> None:
    ranking = rank(need, Pool(TEACHERS), today=TODAY, top=1000)
    assert len(ranking.candidates) + sum(ranking.excluded.values()) == len(TEACHERS)


@calm
@given(needs, st.integers(0, len(TEACHERS) - 1))
def test_a_better_teacher_never_lowers_the_best_score(need: NeedFields, position: int) -> None:
    """One who has everything asked for joins the pool."""
    before = rank(need, Pool(TEACHERS), today=TODAY)
    better = replace(
        TEACHERS[position],
        id="HT0000",
        subjects=need.subjects or ("语文",),
        stages=need.stages or ("小学",),
        modes=need.modes or ("顶岗支教",),
        topics=need.topics,
        available_from=TODAY,
        available_until=TODAY + timedelta(days=3000),
        capacity=3,
    )
    after = rank(need, Pool([*TEACHERS, better]), today=TODAY)
    top = [c for c in before.candidates if c.tier == 1][:1]
    assert not top or after.candidates[0].score >= top[0].score
    assert after.candidates[0].tier == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800", "\x00\x01", "□", "🙂🙂", "﷽" * 50, "１" * 300])
def test_odd_texts_hold_no_orders(text: str) -> None:
    assert read(text, today=TODAY).needs == ()
