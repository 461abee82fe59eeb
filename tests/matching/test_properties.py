"""What must hold for any text and any pool."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matching import (
    NeedFields,
    Pool,
    Site,
    TeacherFields,
    mode_names,
    rank,
    read,
    read_profile,
    read_rating,
    read_reply,
    read_shift,
    stage_names,
    subject_names,
)
from matching.dates import GRACE_DAYS
from matching.ranking.rank import eligible
from matching.ranking.stored import stored
from matching.terms import load_table
from matching.words.vocabulary import vocabulary
from tests.matching import slow
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
    read_shift(text, today=TODAY)
    read_profile(text, today=TODAY)
    read_rating(text)


@calm
@given(st.data())
def test_two_days_can_be_moved_by_any_words(data: st.DataObject) -> None:
    """However far: the days are told back to whoever said so, not calculated with."""
    moving = st.sampled_from(sorted(set().union(*load_table("calendar")["shift"].values())))
    text = data.draw(moving) + data.draw(st.sampled_from(["", "到", "400年", "399个半月", "3月"])) + data.draw(words())
    shift = read_shift(text, today=TODAY)
    if shift is not None:
        first, _ = shift.moved(date(2027, 1, 31), date(2027, 12, 31))
        assert shift.first or shift.to or not shift.last_only or first == date(2027, 1, 31)


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
    until=st.none() | days,
    topics=st.lists(st.sampled_from(["实验教学", "习作", "班主任", "听力口语", "甲乙丙丁"]), max_size=2).map(tuple),
    evidence=st.just({}) | st.just({"subjects": ((0, 2),), "topics": ((0, 2),)}),  # the subject is a guess or is not
)


sites = st.builds(
    Site,
    county=st.none() | st.sampled_from(["昭觉县", "布拖县"]),
    city=st.none() | st.just("凉山州"),
    province=st.none() | st.just("四川省"),
    altitude=st.none() | st.sampled_from([500, 3000]),
    partners=st.lists(st.sampled_from(["宁波市", "佛山", "甬岭区"]), max_size=2).map(tuple),
    min_years=st.none() | st.just(5),
    min_title=st.none() | st.sampled_from(["first", "senior"]),
    origins=st.just(()) | st.just(("宁波", "佛山", "杭州")),
)


def varied() -> list[TeacherFields]:
    """The evaluation set's teachers twice over, with what it leaves out."""
    chance = Random(7)
    return [
        replace(
            teacher,
            id=f"{teacher.id}-{copy}",
            load=chance.choice([0, 0, 1]),
            paused=chance.random() < 0.05,
            regions=chance.choice([(), ("昭觉",), ("布拖县", "甘孜州")]),
            not_regions=chance.choice([(), (), ("布拖",)]),
            max_altitude=chance.choice([None, None, 2500]),
            min_months=chance.choice([None, None, 1.0, 0.1]),
            max_months=chance.choice([None, None, 5.0, 24.0]),
            rating=chance.choice([None, 3.0, 4.8]),
            ratings=chance.choice([0, 1, 6]),
            years=chance.choice([None, teacher.years]),
            available_from=chance.choice([None, teacher.available_from]),
        )
        for copy in (1, 2)
        for teacher in TEACHERS
    ]


CROWD = varied()
ROWS = [stored(teacher) for teacher in CROWD]
POOL = Pool.from_rows(ROWS)
slow.CROWD.extend(CROWD)
brisk = settings(calm, max_examples=25)


@calm
@given(needs, sites, st.randoms(use_true_random=False))
def test_permuting_teachers_changes_nothing(need: NeedFields, site: Site, random: Random) -> None:
    shuffled = list(ROWS)
    random.shuffle(shuffled)
    anew = Pool.from_rows(shuffled)
    assert rank(need, anew, today=TODAY, site=site) == rank(need, POOL, today=TODAY, site=site)


@calm
@given(needs, sites)
def test_the_total_is_the_sum_of_the_parts(need: NeedFields, site: Site) -> None:
    ranking = rank(need, POOL, today=TODAY, top=len(CROWD), site=site)
    for candidate in ranking.candidates:
        assert candidate.score == sum(part.points for part in candidate.parts)
    assert len({candidate.teacher_id for candidate in ranking.candidates}) == len(ranking.candidates)


@calm
@given(needs, sites)
def test_the_bare_numbers_of_eligible_are_the_totals_of_the_first_tier(need: NeedFields, site: Site) -> None:
    found = eligible(need, POOL, today=TODAY, site=site)
    listed = rank(need, POOL, today=TODAY, top=len(CROWD), site=site).candidates
    assert {POOL.ids[at]: points for at, points in zip(found.positions, found.points, strict=True)} == {
        each.teacher_id: each.score for each in listed if each.tier == 1
    }


@calm
@given(needs, sites, st.integers(0, 30))
def test_the_best_few_are_the_first_of_everybody(need: NeedFields, site: Site, top: int) -> None:
    """Selecting by bare numbers finds what ranking everybody and cutting finds."""
    few = rank(need, POOL, today=TODAY, top=top, site=site)
    everybody = rank(need, POOL, today=TODAY, top=len(CROWD), site=site)
    assert few.candidates == everybody.candidates[:top]
    assert (few.full_match, few.excluded) == (everybody.full_match, everybody.excluded)


@brisk
@given(needs, sites)
def test_the_fast_way_finds_what_looking_at_everybody_one_by_one_finds(need: NeedFields, site: Site) -> None:
    """Against slow.py, which is written anew from the rules and shares no code with the fast way but the thesaurus."""
    fast = rank(need, POOL, today=TODAY, top=40, site=site)
    listed, excluded = slow.rank(need, CROWD, TODAY, site)
    assert dict(fast.excluded) == excluded
    assert [(c.teacher_id, c.tier, c.relax, c.score) for c in fast.candidates] == listed[:40]
    for candidate in fast.candidates:
        teacher = next(each for each in CROWD if each.id == candidate.teacher_id)
        points = slow.parts(need, teacher, TODAY, site)
        assert {part.name: part.points for part in candidate.parts if part.name != "topic"} == points


@calm
@given(needs, sites)
def test_everybody_is_either_offered_or_excluded_with_a_reason(need: NeedFields, site: Site) -> None:
    ranking = rank(need, POOL, today=TODAY, top=1000, site=site)
    assert len(ranking.candidates) + sum(ranking.excluded.values()) == len(CROWD)


@calm
@given(needs, st.integers(0, len(TEACHERS) - 1))
def test_a_better_teacher_never_lowers_the_best_score(need: NeedFields, position: int) -> None:
    """One who has everything asked for joins the pool. Nobody can begin an order whose time has passed."""
    assume(need.start is None or need.start >= TODAY - timedelta(days=GRACE_DAYS))
    pool = Pool.from_rows(ROWS)
    before = rank(need, pool, today=TODAY)
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
    pool.change(better)
    after = rank(need, pool, today=TODAY)
    top = [c for c in before.candidates if c.tier == 1][:1]
    assert not top or after.candidates[0].score >= top[0].score
    assert after.candidates[0].tier == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800", "\x00\x01", "□", "🙂🙂", "﷽" * 50, "１" * 300])
def test_odd_texts_hold_no_orders(text: str) -> None:
    assert read(text, today=TODAY).needs == ()
