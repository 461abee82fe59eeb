"""Tiers, reasons and parts, by small pools made for the purpose."""

from datetime import date
from pathlib import Path

import pytest

import matching
from matching import NeedFields, Part, Pool, TeacherFields, placement_dates, rank, window
from matching.parts import weights
from tests.matching.scorer import TODAY

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
    lesser = ("dates", "stay", "load", "title", "years")
    spread = sum(max(weights()[name].values()) - min(weights()[name].values()) for name in lesser)
    assert weights()["topic"]["shared"] > spread


def test_every_part_is_worded() -> None:
    words = (Path(matching.__file__).parent.parent / "locales" / "zh-CN" / "parts.ftl").read_text(encoding="utf-8")
    for name, levels in weights().items():
        if name not in ("titles", "near"):
            for level in (level for level in levels if (name, level) not in (("topic", "more"), ("topic", "most"))):
                assert f"part-{name}-{level} =" in words, (name, level)


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
        ({"start": date(2027, 3, 1)}, {"available_until": date(2027, 7, 10)}, (date(2027, 3, 1), date(2027, 7, 10))),
        ({"start": date(2027, 3, 1)}, {"available_until": date(2029, 7, 10)}, None),
    ],
)
def test_dates_that_text_and_teacher_fix(need: dict[str, object], changes: dict[str, object], expected: object) -> None:
    fields = NeedFields(**{"modes": ("顶岗支教",), **need})  # type: ignore[arg-type]
    assert placement_dates(fields, teacher("T", **changes), today=TODAY) == expected


def test_window_without_a_date_runs_until_the_next_term_is_under_way() -> None:
    assert window(NeedFields(), TODAY) == (TODAY, date(2027, 3, 31))
    assert window(NeedFields(), date(2027, 4, 2)) == (date(2027, 4, 2), date(2027, 9, 30))
    assert window(NeedFields(start=date(2027, 5, 1)), TODAY) == (date(2027, 5, 1), date(2027, 5, 1))
