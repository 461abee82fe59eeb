"""Tiers, reasons and parts, by small pools made for the purpose."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import matching
from matching import NeedFields, Part, Pool, Site, TeacherFields, placement_dates, rank, window
from matching.dates import days_wanted
from matching.ranking.parts import weights
from matching.ranking.pool import StaleRows
from matching.ranking.rank import eligible, explained
from matching.ranking.stored import stored
from tests.matching.scorer import TODAY
from tests.words.engine import PARTS

BASE = TeacherFields(
    id="T1",
    subjects=("物理",),
    stages=("初中",),
    modes=("顶岗支教",),
    available_from=date(2026, 9, 1),
    available_until=date(2028, 1, 31),
)
NEED = NeedFields(subjects=("物理",), stages=("初中",), modes=("顶岗支教",))


def teacher(id: str, **changes: object) -> TeacherFields:
    values = {name: getattr(BASE, name) for name in BASE.__dataclass_fields__}
    return TeacherFields(**(values | {"id": id} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "relax"),
    [
        ({}, ()),
        ({"modes": ("线上",)}, ("form",)),
        ({"stages": ("高中",)}, ("stage",)),
        ({"subjects": ("科学",)}, ("subject",)),
        ({"available_from": date(2027, 5, 1)}, ("dates",)),
    ],
)
def test_a_near_teacher_names_the_limit_to_relax(changes: dict[str, object], relax: tuple[str, ...]) -> None:
    (candidate,) = rank(NEED, Pool([teacher("T2", **changes)]), today=TODAY).candidates
    assert (candidate.relax, candidate.tier) == (relax, 2 if relax else 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"paused": True}, "paused"),
        ({"load": 1}, "full"),
        ({"capacity": 0}, "full"),
        ({"available_from": date(2028, 9, 1), "available_until": date(2029, 9, 1)}, "unavailable"),
        ({"subjects": ("语文",)}, "subject"),
        ({"stages": ("学前",)}, "stage"),
        ({"stages": ("小学",), "modes": ("线上",)}, "form"),
    ],
)
def test_who_is_out_is_counted_with_the_reason(changes: dict[str, object], reason: str) -> None:
    ranking = rank(NEED, Pool([teacher("T2", **changes)]), today=TODAY)
    assert ranking.candidates == ()
    assert dict(ranking.excluded) in ({reason: 1}, {"stage": 1} if reason == "form" else {reason: 1})
    assert not ranking.full_match


def test_a_refusal_is_remembered() -> None:
    ranking = rank(NEED, Pool([BASE]), today=TODAY, refused={"T1"})
    assert dict(ranking.excluded) == {"refused": 1}


@pytest.mark.parametrize(
    ("months", "limits", "out"),
    [
        (5.0, {"max_months": 4.9}, True),
        (5.0, {"max_months": 5.0}, False),
        (0.1, {"min_months": 0.1, "max_months": 0.1}, False),
        (0.1, {"min_months": 0.2}, True),
        (5.0, {"min_months": 2.0, "max_months": 0.0}, True),
        (None, {"min_months": 6.0, "max_months": 6.0}, False),
        (0.0, {"min_months": 6.0}, False),
        (5.0, {"min_months": 1e300}, True),
    ],
)
def test_how_long_somebody_would_stay_rules_out(months: float | None, limits: dict[str, float], out: bool) -> None:
    """An order that does not say how long it lasts is too long or too short for nobody."""
    ranking = rank(replace(NEED, months=months), Pool([teacher("T2", **limits)]), today=TODAY)
    assert (dict(ranking.excluded), bool(ranking.candidates)) == (({"length": 1}, False) if out else ({}, True))


def test_a_refusal_is_counted_before_the_length() -> None:
    ranking = rank(replace(NEED, months=5.0), Pool([teacher("T1", max_months=1.0)]), today=TODAY, refused={"T1"})
    assert dict(ranking.excluded) == {"refused": 1}


SITE = Site(
    school="四开乡中心小学校",
    county="昭觉县",
    city="凉山州",
    province="四川省",
    altitude=2200,
    partners=("宁波市", "北仑区"),
)


@pytest.mark.parametrize(
    ("changes", "site", "reason"),
    [
        ({"not_regions": ("昭觉",)}, SITE, "region"),
        ({"not_regions": ("四川",)}, SITE, "region"),
        ({"not_regions": ("四开乡中心小学校",)}, SITE, "region"),
        ({"not_regions": ("甘孜州",)}, SITE, None),
        ({"max_altitude": 2000}, SITE, "altitude"),
        ({"max_altitude": 2200}, SITE, None),
        ({"max_altitude": 100}, Site(), None),
        ({"years": 2}, Site(min_years=3), "years"),
        ({"years": None}, Site(min_years=3), None),
        ({"title": "一级教师"}, Site(min_title="senior"), "title"),
        ({"title": "正高级教师"}, Site(min_title="senior"), None),
        ({"title": "副教授"}, Site(min_title="senior"), None),
        ({"title": "副教授"}, Site(min_title="top"), "title"),
        ({"title": "中小学高级教师"}, Site(min_title="senior"), None),
        ({"title": "小学高级教师"}, Site(min_title="senior"), "title"),
        ({"title": "小学高级教师"}, Site(min_title="first"), None),
        ({"title": "中级职称"}, Site(min_title="first"), None),
        ({"title": "助理讲师"}, Site(min_title="first"), "title"),
        ({"title": "高级讲师"}, Site(min_title="senior"), None),
        ({"title": "二级教师"}, Site(min_title="first"), "title"),
        ({"title": None}, Site(min_title="senior"), None),
        ({"origin_city": "佛山"}, Site(origins=("宁波市",)), "origin"),
        ({"origin_city": "宁波"}, Site(origins=("宁波市",)), None),
        ({"unit": "宁波市北仑区实验小学", "origin_city": "宁波"}, Site(origins=("北仑区",)), None),
        ({}, Site(origins=("宁波市",)), None),
    ],
)
def test_place_and_programme_rule_out_with_a_reason(changes: dict[str, object], site: Site, reason: str | None) -> None:
    """What a teacher has not said breaks no rule."""
    ranking = rank(NEED, Pool([teacher("T2", **changes)]), today=TODAY, site=site)
    assert dict(ranking.excluded) == ({reason: 1} if reason else {})


def test_each_is_counted_once_by_the_first_reason() -> None:
    out = teacher("T2", paused=True, load=1, not_regions=("昭觉县",), max_altitude=10, years=1)
    site = Site(county="昭觉县", altitude=2200, min_years=3)
    ranking = rank(NEED, Pool([out, BASE]), today=TODAY, site=site, refused={"T2"})
    assert dict(ranking.excluded) == {"paused": 1}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"unit": "宁波市效实中学"}, None),
        ({"origin_city": "宁波"}, Part("origin", "city", 3.0, {"place": "宁波市"})),
        ({"unit": "宁波市北仑区实验小学", "origin_city": "宁波"}, Part("origin", "county", 3.0, {"place": "北仑区"})),
        ({"regions": ("凉山州", "昭觉")}, Part("wish", "here", 4.0, {"place": "昭觉"})),
        ({"regions": ("四川",)}, Part("wish", "here", 4.0, {"place": "四川"})),
        ({"regions": ("凉山", "甘孜")}, Part("wish", "here", 4.0, {"place": "凉山"})),
        ({"regions": ("甘孜州",)}, Part("wish", "elsewhere", 0.0, {"place": "甘孜州"})),
        ({"rating": 5.0, "ratings": 1}, Part("rating", "fair", 1.0, {"mean": "5.0", "n": "1"})),
        ({"rating": 5.0, "ratings": 3}, Part("rating", "high", 3.0, {"mean": "5.0", "n": "3"})),
        ({"rating": 1.0, "ratings": 1}, Part("rating", "fair", 1.0, {"mean": "1.0", "n": "1"})),
        ({"rating": 1.0, "ratings": 2}, Part("rating", "low", 0.0, {"mean": "1.0", "n": "2"})),
        ({"rating": 4.0, "ratings": 0}, None),
    ],
)
def test_origin_wish_and_marks_are_parts(changes: dict[str, object], part: Part | None) -> None:
    """One mark alone never makes a teacher good or bad."""
    (candidate,) = rank(NEED, Pool([teacher("T2", **changes)]), today=TODAY, site=SITE).candidates
    assert [each for each in candidate.parts if each.name in ("origin", "wish", "rating")] == ([part] if part else [])


def test_a_paired_school_is_closer_than_its_city() -> None:
    site = Site(partners=("宁波市", "宁波市北仑区实验小学"))
    pool = Pool([teacher("T2", unit="宁波市北仑区实验小学", origin_city="宁波")])
    (candidate,) = rank(NEED, pool, today=TODAY, site=site).candidates
    assert Part("origin", "school", 4.0, {"place": "宁波市北仑区实验小学"}) in candidate.parts


def test_a_changed_teacher_is_ranked_as_if_the_pool_were_new() -> None:
    people = [teacher(f"T{n:02}", years=n) for n in range(12)]
    changed = teacher("T03", bio="矿泉水瓶、气球都是教具", subjects=("物理", "科学"), regions=("昭觉",))
    joined = teacher("T035", topics=("实验教学",), load=0, capacity=2)
    pool = Pool(people)
    for each in (changed, joined, changed):
        pool.change(each)
    pool.remove("T07")
    pool.remove("nobody")
    anew = Pool([*(each for each in people if each.id not in ("T03", "T07")), changed, joined])
    for need in (NEED, NeedFields(subjects=("科学",), topics=("实验教学",)), NeedFields(topics=("气球教具",))):
        kept = rank(need, pool, today=TODAY, top=50, site=SITE)
        assert kept == rank(need, anew, today=TODAY, top=50, site=SITE)
    assert sum(pool.free) == sum(anew.free)


def test_an_empty_pool_ranks_nobody_and_can_be_joined() -> None:
    pool = Pool([])
    assert rank(NEED, pool, today=TODAY).candidates == ()
    pool.change(BASE)
    assert [each.teacher_id for each in rank(NEED, pool, today=TODAY).candidates] == ["T1"]


def test_rows_as_stored_make_the_same_pool() -> None:
    people = [BASE, teacher("T2", bio="矿泉水瓶、气球都是教具", title="高级教师", rating=4.5, ratings=6)]
    need = NeedFields(subjects=("物理",), topics=("实验教学", "气球"))
    rows = [tuple(stored(each)) for each in people]
    assert rank(need, Pool.from_rows(rows), today=TODAY) == rank(need, Pool(people), today=TODAY)


def test_rows_cut_with_another_vocabulary_are_refused() -> None:
    with pytest.raises(StaleRows):
        Pool.from_rows([stored(BASE)._replace(made="0")])


def test_eligible_are_the_first_tier_with_their_totals() -> None:
    pool = Pool([BASE, teacher("T2", years=20), teacher("T3", modes=("线上",)), teacher("T4", paused=True)])
    found = eligible(NEED, pool, today=TODAY)
    first = [each for each in rank(NEED, pool, today=TODAY).candidates if each.tier == 1]
    assert {pool.ids[at]: points for at, points in zip(found.positions, found.points, strict=True)} == {
        each.teacher_id: each.score for each in first
    }
    assert explained(NEED, pool, found.positions, today=TODAY) == first


@pytest.mark.parametrize(
    "bio",
    ["女儿今年学实验", "最近在听实验教学的讲座", "还没上手做实验", "所在学校是实验教学示范校", "在实验小学工作十年"],
)
def test_what_others_do_or_one_still_learns_shows_nothing(bio: str) -> None:
    need = NeedFields(subjects=("物理",), topics=("实验教学",))
    (candidate,) = rank(need, Pool([teacher("T2", bio=bio)]), today=TODAY).candidates
    assert candidate.parts[0].level == "none"


def test_a_listed_topic_is_not_believed_when_the_biography_says_it_is_still_being_learned() -> None:
    need = NeedFields(subjects=("物理",), topics=("实验教学",))
    pool = Pool([teacher("T2", topics=("实验教学",), bio="实验教学还没上手")])
    assert not rank(need, pool, today=TODAY).full_match


def test_a_topic_the_thesaurus_does_not_know_is_compared_by_rare_pairs() -> None:
    need = NeedFields(subjects=("物理",), topics=("马铃薯储存",))
    crowd = [teacher(f"C{n:02}", bio="储存资料，工作认真") for n in range(30)]
    pool = Pool([*crowd, teacher("Z", bio="带学生研究马铃薯")])
    first, second, *_ = rank(need, pool, today=TODAY).candidates
    assert (first.teacher_id, first.parts[0].level, second.parts[0].level) == ("Z", "shared", "none")


def test_topics_match_by_meaning_and_come_first() -> None:
    need = NeedFields(subjects=("物理",), stages=("初中",), modes=("顶岗支教",), topics=("实验教学",))
    plain = teacher("A", bio="带班十年", title="正高级", years=30)
    handy = teacher("B", bio="矿泉水瓶、气球都是教具")
    ranking = rank(need, Pool([plain, handy]), today=TODAY)
    assert [candidate.teacher_id for candidate in ranking.candidates] == ["B", "A"]
    assert ranking.full_match
    assert not rank(need, Pool([plain]), today=TODAY).full_match


def test_what_is_not_yet_mastered_shows_nothing() -> None:
    need = NeedFields(subjects=("英语",), topics=("读后续写",))
    pool = Pool(
        [
            teacher("A", subjects=("英语",), bio="最近在学读后续写"),
            teacher("B", subjects=("英语",), bio="续写工作坊主持人"),
        ]
    )
    levels = {c.teacher_id: c.parts[0].level for c in rank(need, pool, today=TODAY).candidates}
    assert levels == {"A": "none", "B": "shared"}


def test_an_order_without_subject_needs_the_topic() -> None:
    need = NeedFields(modes=("讲座培训",), topics=("控辍保学",))
    pool = Pool(
        [
            teacher("A", modes=("讲座培训",), subjects=("管理",), bio="控辍劝返做了八年"),
            teacher("B", modes=("讲座培训",)),
        ]
    )
    ranking = rank(need, pool, today=TODAY)
    assert [candidate.teacher_id for candidate in ranking.candidates] == ["A"]
    assert dict(ranking.excluded) == {"topic": 1}


def test_the_topic_outweighs_all_lesser_parts_together() -> None:
    lesser = ("dates", "stay", "origin", "load", "rating", "wish", "title", "years")
    spread = sum(max(weights()[name].values()) - min(weights()[name].values()) for name in lesser)
    assert weights()["topic"]["shared"] > spread


def test_every_part_is_worded() -> None:
    folder = Path(matching.__file__).parent.parent / "locales" / "zh-CN"
    words = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.ftl"))
    assert [key for key in sorted(PARTS) if f"part-{key[0]}-{key[1]} =" not in words] == []


def test_values_of_a_part_are_words() -> None:
    (candidate,) = rank(NEED, Pool([BASE]), today=TODAY).candidates
    assert candidate.parts[0] == Part("subject", "shared", 30.0, {"subject": "物理"})


@pytest.mark.parametrize(
    ("need", "changes", "expected"),
    [
        ({}, {}, None),
        ({"start": date(2027, 3, 1), "months": 5.0}, {}, (date(2027, 3, 1), date(2027, 7, 28))),
        (
            {"start": date(2027, 3, 1), "months": 5.0},
            {"available_from": date(2027, 3, 10)},
            (date(2027, 3, 10), date(2027, 8, 6)),
        ),
        ({"months": 1.0}, {"available_from": date(2027, 3, 10)}, (date(2027, 3, 10), date(2027, 4, 8))),
        ({"start": date(2026, 12, 18), "modes": ("送教",)}, {}, (date(2026, 12, 18), date(2026, 12, 18))),
        (
            {"start": date(2027, 3, 1), "months": 4.4, "until": date(2027, 7, 9)},
            {"available_from": date(2027, 3, 10), "available_until": date(2027, 7, 31)},
            (date(2027, 3, 10), date(2027, 7, 9)),
        ),
        ({"until": date(2027, 7, 9)}, {"available_from": date(2027, 7, 10)}, None),
        (
            {"start": date(2026, 12, 18), "until": date(2027, 1, 9), "modes": ("送教",)},
            {},
            (date(2026, 12, 18), date(2026, 12, 18)),
        ),
        ({"start": date(2027, 3, 1)}, {"available_until": date(2027, 7, 10)}, (date(2027, 3, 1), date(2027, 7, 10))),
        ({"start": date(2027, 3, 1)}, {"available_until": date(2029, 7, 10)}, None),
    ],
)
def test_dates_that_text_and_teacher_fix(need: dict[str, object], changes: dict[str, object], expected: object) -> None:
    fields = NeedFields(**{"modes": ("顶岗支教",), **need})  # type: ignore[arg-type]
    assert placement_dates(fields, teacher("T", **changes), today=TODAY) == expected


@pytest.mark.parametrize(
    ("need", "days"),
    [
        ({"start": date(2027, 3, 1), "months": 1.0, "until": date(2027, 3, 20)}, 17),
        ({"months": 1.0, "until": date(2027, 3, 20)}, 26),
        ({"months": 3.0}, 77),
        ({"months": 0.0}, 1),
        ({}, 30),
        ({"modes": ("送教",)}, 1),
    ],
)
def test_days_that_must_remain(need: dict[str, object], days: int) -> None:
    assert days_wanted(NeedFields(**{"modes": ("顶岗支教",), **need})) == days  # type: ignore[arg-type]


@pytest.mark.parametrize(("until", "relax"), [(date(2026, 12, 20), ()), (date(2026, 12, 19), ("dates",))])
def test_the_first_and_the_last_day_both_count(until: date, relax: tuple[str, ...]) -> None:
    """A posting needs thirty days; from 21 November they end on 20 December."""
    (candidate,) = rank(NEED, Pool([teacher("T2", available_until=until)]), today=TODAY).candidates
    assert candidate.relax == relax


def test_a_neighbouring_subject_one_stage_away_is_one_step() -> None:
    """科学 is taught in primary schools, 物理 in middle schools."""
    (candidate,) = rank(NEED, Pool([teacher("T2", subjects=("科学",), stages=("小学",))]), today=TODAY).candidates
    assert (candidate.tier, candidate.relax) == (2, ("subject", "stage"))
    assert [(part.name, part.level) for part in candidate.parts[:2]] == [("subject", "sibling"), ("stage", "adjacent")]


@pytest.mark.parametrize(
    ("asked", "taught"), [("会计事务", "会计"), ("汽修", "汽车运用与维修"), ("旅游服务与管理", "旅游服务")]
)
def test_a_major_is_compared_however_it_is_written(asked: str, taught: str) -> None:
    ranking = rank(NeedFields(subjects=(asked,)), Pool([teacher("T2", subjects=(taught,))]), today=TODAY)
    assert ranking.candidates[0].parts[0] == Part("subject", "shared", 30.0, {"subject": taught})


def test_a_subject_taken_from_the_topic_does_not_shut_out_who_shows_the_topic() -> None:
    """防溺水 makes the reader think of 管理; the best is who has both, then who shows it."""
    spans = {"subjects": ((0, 3),), "topics": ((0, 3),)}
    people = [
        teacher("A", subjects=("管理",)),
        teacher("B", subjects=("体育",), bio="年年讲防溺水"),
        teacher("C", subjects=("管理",), bio="年年讲防溺水"),
        teacher("D", subjects=("体育",)),
    ]
    need = NeedFields(subjects=("管理",), topics=("防溺水",), evidence=spans)
    ranking = rank(need, Pool(people), today=TODAY)
    assert [(each.teacher_id, each.tier) for each in ranking.candidates] == [("C", 1), ("B", 1), ("A", 1)]
    assert dict(ranking.excluded) == {"topic": 1}
    said = rank(NeedFields(subjects=("管理",), topics=("防溺水",)), Pool(people), today=TODAY)
    assert [each.teacher_id for each in said.candidates] == ["C", "A"]


def test_an_order_without_subject_also_lists_who_may_show_the_topic() -> None:
    need = NeedFields(topics=("寄宿管理",))
    pool = Pool([teacher("A", subjects=("管理",), bio="宿舍常去"), teacher("B", subjects=("管理",), bio="上课认真")])
    ranking = rank(need, pool, today=TODAY)
    assert [each.teacher_id for each in ranking.candidates] == ["A"]
    assert not ranking.full_match


def test_window_without_a_date_runs_until_the_next_term_is_under_way() -> None:
    assert window(NeedFields(), TODAY) == (TODAY, date(2027, 3, 31))
    assert window(NeedFields(), date(2027, 4, 2)) == (date(2027, 4, 2), date(2027, 9, 30))
    assert window(NeedFields(start=date(2027, 5, 1)), TODAY) == (date(2027, 5, 1), date(2027, 5, 1))
