"""A county's choices within the plan of the surveys: sound whatever is stored, kept by placements, counted right.

Two counties with the same dates send different things; what they should send is a calculation of its own (sends.py).
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from models import Audit, CountySettings, Due, Placement, School, Survey
from services import counties, placements, results, survey_plan, timing
from services import waves as opening
from tests.flows import sends
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.flows.term import Log
from tests.world import World

calm = settings(deadline=None, max_examples=200, derandomize=True)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(PLAIN, lambda some: st.lists(some, max_size=4) | st.dictionaries(st.text(max_size=8), some))
OFFERED = survey_plan.choices()
CHOSEN = st.fixed_dictionaries({}, optional={name: st.sampled_from(of) for name, of in OFFERED.items()})
NEARLY = st.dictionaries(
    st.sampled_from([*OFFERED, "end", "school", "day45"]), PLAIN | st.sampled_from([14, -7, "off"])
)
TERM = (date(2027, 3, 1), date(2027, 7, 28))


# ---- the overlay


@calm
@given(JSON | NEARLY | CHOSEN)
def test_whatever_is_stored_gives_a_plan_with_the_wave_of_the_score(stored: Any) -> None:
    shared = survey_plan.plan()
    plan = survey_plan.of(stored)
    assert plan.waves[plan.score].is_last
    assert {"school", "teacher"} <= set(plan.waves[plan.score].ask)
    assert {wave.number for wave in plan.waves.values()} <= {wave.number for wave in shared.waves.values()}
    assert set(plan.weights) == set(shared.weights) & set(plan.waves[plan.score].ask)
    assert all(plan.weights[group] == shared.weights[group] for group in plan.weights)
    for kind, wave in plan.waves.items():
        assert wave.days in (shared.waves[kind].days, *shared.waves[kind].choices)
        assert wave.lapse_days == shared.waves[kind].lapse_days
    assert survey_plan.settled(survey_plan.settled(stored)) == survey_plan.settled(stored)


@calm
@given(JSON)
def test_whatever_stands_in_settings_gives_choices(more: Any) -> None:
    assert set(counties.survey_choices(CountySettings(county="昭觉县", more=more))) <= set(OFFERED)


@calm
@given(CHOSEN)
def test_every_choice_holds(chosen: dict[str, survey_plan.Choice]) -> None:
    plan = survey_plan.of(chosen)
    for name, choice in chosen.items():
        if name in survey_plan.plan().optional:
            assert plan.asks(name) == (choice == "on")
        else:
            assert (name in plan.waves) == (choice != "off")
            assert choice in ("on", "off") or plan.waves[name].days == choice


@calm
@given(CHOSEN, st.integers(1, 400))
def test_nobody_is_asked_in_a_wave_while_the_one_before_is_waited_for(chosen: Any, length: int) -> None:
    """Until the end; the end comes when it comes."""
    start = date(2027, 3, 1)
    end = start + timedelta(days=length - 1)
    found = [wave for wave in survey_plan.of(chosen).waves.values() if not wave.follows]
    opens = [(day, day + timedelta(days=wave.lapse_days)) for wave in found if (day := wave.day(start, end))]
    assert all(lapsed <= later for (_, lapsed), (later, _) in pairwise(sorted(opens)))
    assert all(lapsed <= end for day, lapsed in opens if day > start)


def test_without_choices_it_is_the_plan_for_everybody(caplog: pytest.LogCaptureFixture) -> None:
    assert survey_plan.of({}) == survey_plan.plan()
    assert counties.survey_choices(CountySettings(county="昭觉县")) == {}
    assert caplog.messages == []


def test_what_is_no_choice_is_left_out_with_a_line_that_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    stored = {"day30": 14, "王老师": "电话", "after90": 61, "mid": True, "end": "off", "school": "off"}
    with caplog.at_level(logging.WARNING):
        assert survey_plan.settled(stored) == {"day30": 14}
        assert survey_plan.settled(["off"]) == {}
    assert caplog.messages == [
        "survey plan: 5 of the stored choices are none of today's plan, left out",
        "survey plan: 1 of the stored choices are none of today's plan, left out",
    ]


WAVE = "[waves.end]\nnumber=4\nwords='over'\nafter='end'\ndays=0\nleast_days=1\nlapse_days=21\nask={school=[3]}\n"
HEAD = "score='end'\n[weights]\nteacher=30\n"
BROKEN = {
    "no TOML": "score = ",
    "nothing": "",
    "no waves": HEAD,
    "waves are a number": "waves=3\n" + HEAD,
    "a wave is a number": HEAD + "[waves]\nend=3\n",
    "no wave of the score": HEAD.replace("end", "last") + WAVE,
    "the wave of the score is not the last": HEAD + WAVE.replace("days=0", "days=3"),
    "a number twice": HEAD + WAVE + WAVE.replace("waves.end", "waves.again"),
    "an unknown group": HEAD + WAVE.replace("school", "parents"),
    "an unknown word": HEAD + WAVE + "colour='red'\n",
    "a day beyond all calendars": HEAD
    + WAVE
    + WAVE.replace("waves.end", "waves.far").replace("days=0", "days=999999999"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_breaks_nobodys_turn(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "survey_plan.toml"
    file.write_text(BROKEN[case], encoding="utf-8")
    monkeypatch.setattr(survey_plan, "FILE", file)
    assert survey_plan.plan.__wrapped__() == survey_plan.LEAST
    assert len(caplog.messages) == 1
    file.write_text(HEAD + WAVE, encoding="utf-8")
    assert list(survey_plan.plan.__wrapped__().waves) == ["end"]
    file.unlink()
    assert survey_plan.plan.__wrapped__() == survey_plan.LEAST


def test_a_file_may_say_odd_things_and_still_be_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file passes with, choices can be put on top of it."""
    text = survey_plan.FILE.read_text("utf-8")
    odd = text.replace("choices = [14, 30, 45]", "choices = [3660, -366]").replace(
        "least_days = 90", "least_days = 999999"
    )
    plan = survey_plan.read(odd)
    monkeypatch.setattr(survey_plan, "plan", lambda: plan)
    assert [survey_plan.of({"day30": days}).waves["day30"].days for days in (3660, -366, 30)] == [3660, -366, 30]


def test_what_is_left_without_a_file_is_the_files_own_end() -> None:
    plan = survey_plan.plan()
    assert survey_plan.LEAST.waves == {"end": plan.waves["end"]}
    assert (survey_plan.LEAST.score, survey_plan.LEAST.weights) == (plan.score, plan.weights)


SCORES: list[tuple[str, dict[str, float], float | None, dict[str, int], list[str]]] = [
    ("students", {"colleague": 5, "teacher": 4}, 4.57, {"colleague": 57, "teacher": 43}, []),
    ("colleague", {"teacher": 4, "students": 5}, 4.5, {"teacher": 50, "students": 50}, []),
    ("students", {"teacher": 4}, 4.0, {"teacher": 100}, ["colleague"]),
    ("students", {"teacher": 4, "students": 1}, 4.0, {"teacher": 100}, ["colleague"]),
    ("students", {}, None, {}, ["colleague", "teacher"]),
]


@pytest.mark.parametrize(("left_out", "means", "mean", "shares", "missing"), SCORES)
def test_a_group_that_is_never_asked_is_not_missing(
    left_out: str, means: dict[str, float | None], mean: float | None, shares: dict[str, int], missing: list[str]
) -> None:
    found = results.score(means, survey_plan.of({left_out: "off"}))
    assert found == {"mean": mean, "shares": shares, "missing": missing, "not_asked": [left_out]}


# ---- two counties

OTHER = {"baseline": "off", "day30": 14, "mid": "off", "after90": 180, "colleague": "off", "students": "off"}
BOSSES, SCHOOLS, TEACHERS, PROGRAMME = (1, 2), (11, 12), (21, 22), 30
SUBJECTS = ("数学", "语文")


def _two_counties(world: World) -> list[Placement]:
    """The same dates in both; in the second the programme level has settled its surveys by tapping."""
    world.coordinator(PROGRAMME, None, "项目办")
    for at, county in enumerate(("昭觉县", "布拖县")):
        world.add_school(f"{county}中心小学校", county)
        world.school_person(SCHOOLS[at], f"{county}中心小学校", f"{county}老师")
        world.coordinator(BOSSES[at], county, f"{county}协调员")
        world.teacher(TEACHERS[at], f"支援老师{at}", subjects=[SUBJECTS[at]], stages=["小学"], modes=["顶岗支教"])
    (other,) = world.rows(School, School.county == "布拖县")
    for name, choice in OTHER.items():
        world.press(PROGRAMME, 1, f"v1:county:{other.id}:{name}.{choice}")
    for at, subject in enumerate(SUBJECTS):
        world.say(SCHOOLS[at], f"缺一个小学{subject}老师，明年3月1日来，顶岗支教一学期")
        world.tap(SCHOOLS[at], "提交")
        world.tap(BOSSES[at], "批准")
        world.tap(TEACHERS[at], "接受")
        world.tap(SCHOOLS[at], "确认")
    found: list[Placement] = world.rows(Placement)
    assert [(each.start, each.end) for each in found] == [TERM, TERM]
    return found


def _waves_of(at: int) -> Mapping[str, Mapping[str, Any]]:
    """The waves of a county, written down beside the program: the file, and what was tapped."""
    found = sends.waves()
    if at == 0:
        return found
    school_and_teacher = {kind: {side: found[kind]["ask"][side] for side in ("school", "teacher")} for kind in found}
    days = {"day30": 14, "end": 0, "after90": 180}
    return {kind: {**found[kind], "days": days[kind], "ask": school_and_teacher[kind]} for kind in days}


def _expected(world: World, log: Log, agreed: list[Placement]) -> Iterator[sends.Send]:
    for at, placement in enumerate(agreed):
        phones = {"school": SCHOOLS[at], "students": SCHOOLS[at], "teacher": TEACHERS[at]}
        for kind, wave in _waves_of(at).items():
            yield from sends.of_wave(log, phones, placement, kind, wave)


def _answer(world: World, log: Log, placement: Placement, kind: str, role: str, phone: int) -> None:
    rows = (Survey.placement_id == placement.id, Survey.kind == kind, Survey.role == role)
    (survey,) = world.rows(Survey, *rows)
    for question in range(3):
        world.press(phone, 1, f"v1:rate:{survey.id}:{question}.4")
    world.press(phone, 1, f"v1:done:{survey.id}")
    log.answered[survey.placement_id, kind, role] = timing.today(world.now())


def _rates(world: World, placement: Placement) -> dict[str, tuple[int, int]]:
    found = world.do(lambda session: results.result(session, session.get_one(Placement, placement.id)))
    return {wave["kind"]: (wave["answered"], wave["asked"]) for wave in found["waves"]}


def test_two_counties_with_the_same_dates_send_what_each_has_chosen(world: World) -> None:
    agreed = _two_counties(world)
    log = Log({each.id or 0: timing.today(world.now()) for each in agreed})
    first, second = agreed
    world.forward_by(days=117)  # 2027-03-18
    _answer(world, log, second, "day30", "school", SCHOOLS[1])
    world.forward_by(days=15)
    _answer(world, log, first, "day30", "teacher", TEACHERS[0])
    world.forward_by(days=121)  # 2027-08-01
    for at, placement in enumerate(agreed):
        _answer(world, log, placement, "end", "teacher", TEACHERS[at])
    _answer(world, log, second, "end", "school", SCHOOLS[1])
    world.forward_by(days=400)
    assert sends.sent(world) == set(_expected(world, log, agreed))
    assert _rates(world, first) == {
        "baseline": (0, 2),
        "day30": (1, 2),
        "mid": (0, 3),
        "end": (1, 3),
        "after90": (0, 2),
    }
    assert _rates(world, second) == {"day30": (1, 2), "end": (2, 2), "after90": (0, 2)}
    one, other = (world.last(boss) for boss in BOSSES)
    assert "暂定总分：4.00 分" in one and "还缺：同伴评、学生评" in one and "本县不收" not in one
    assert "本县不收：同伴评、学生评" in other and "暂定" not in other and "还缺" not in other
    assert "各次回收：开始后 1/2、结束时 2/2、走后 0/2" in other
    assert [any("/start" in text for text in world.heard(phone)) for phone in SCHOOLS] == [True, False]
    check_everything(world)


# ---- what is agreed keeps its plan


def _choose(stage: Stage, **chosen: object) -> None:
    for name, choice in chosen.items():
        stage.act(stage.programme, counties.change, 1, f"{name}.{choice}")


def _due(world: World, placement: int) -> dict[int, str]:
    """Wave → the local day on which it will open."""
    rows = world.rows(Due, Due.kind == opening.KIND, Due.subject_id == placement, Due.outcome == None)  # noqa: E711
    return {row.sequence: timing.local(row.due_at).date().isoformat() for row in rows}


def _move(stage: Stage, placement: int, start: date, end: date) -> None:
    def unit(session: Session) -> None:
        actor = stage.world.actor(stage.boss)(session)
        assert placements.move(session, session.get_one(Placement, placement), start, end, actor, stage.world.now())

    stage.world.do(unit)
    stage.world.settle()


def test_what_was_scheduled_keeps_its_day_until_the_dates_are_moved(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    agreed = {1: "2027-02-26", 2: "2027-03-31", 3: "2027-05-14", 5: "2027-10-26"}
    assert _due(world, placement) == agreed
    _choose(stage, baseline=-7, day30=45, mid="off", after90=60)
    assert _due(world, placement) == agreed
    later = stage.placement()
    assert _due(world, later) == {1: "2027-02-22", 2: "2027-04-15", 5: "2027-09-26"}
    _move(stage, placement, *TERM)  # the dates it has
    assert _due(world, placement) == agreed
    _move(stage, placement, TERM[0], date(2027, 7, 30))
    assert _due(world, placement) == {1: "2027-02-22", 2: "2027-04-15", 5: "2027-09-28"}
    told = [row.details for row in world.rows(Audit, Audit.entity == "countysettings")]
    assert [(each["field"], each["before"], each["after"]) for each in told] == [
        ("baseline", "-3", "-7"),
        ("day30", "30", "45"),
        ("mid", "on", "off"),
        ("after90", "90", "60"),
    ]
    check_everything(world)


def test_a_short_stay_asked_about_late_has_no_middle(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    hundred = TERM[0] + timedelta(days=99)
    _move(stage, placement, TERM[0], hundred)
    assert _due(world, placement).keys() == {1, 2, 3, 5}
    _choose(stage, day30=45)
    _move(stage, placement, TERM[0], hundred + timedelta(days=1))
    assert _due(world, placement).keys() == {1, 2, 5}
    _move(stage, placement, TERM[0], TERM[0] + timedelta(days=59))
    assert _due(world, placement).keys() == {1, 5}


def test_waves_that_opened_are_counted_under_any_later_plan(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    world.forward_by(days=98)
    _choose(stage, baseline="off", students="off")
    _move(stage, placement, TERM[0], date(2027, 4, 15))
    world.forward_by(days=60)
    assert sorted((row.kind, row.role) for row in world.rows(Survey)) == [
        *(("baseline", side) for side in ("school", "teacher")),
        *(("day30", side) for side in ("school", "teacher")),
        *(("end", side) for side in ("school", "teacher")),
    ]
    (row,) = world.rows(Placement)
    assert _rates(world, row) == {"baseline": (0, 2), "day30": (0, 2), "end": (0, 2)}
    check_everything(world)


def test_colleagues_come_in_and_go_out_with_moved_dates(world: World) -> None:
    stage = Stage(world)
    _choose(stage, colleague="off")
    placement = stage.placement()
    world.forward_by(days=101)
    assert not [text for text in world.heard(stage.school) if "/start" in text]
    _choose(stage, colleague="on")
    _move(stage, placement, TERM[0], date(2027, 7, 20))
    code = world.last(stage.school).split("/start ")[1]
    mate, late = world.stranger(31, "同伴"), world.stranger(32, "晚来的")
    for phone in (mate, late):
        world.say(phone, "/start")
        world.tap(phone, "同意")
    world.say(mate, f"/start {code}")
    assert "的同伴" in world.last(mate)
    _choose(stage, colleague="off")
    _move(stage, placement, TERM[0], date(2027, 7, 25))
    assert "用不了" in world.say(late, f"/start {code}")
    assert "同伴" not in world.say(mate, "/mine")
    world.forward_by(days=150)
    assert {row.role for row in world.rows(Survey)} == {"school", "teacher", "students"}
    check_everything(world)


def test_settings_that_name_an_unknown_wave_stop_nobody(world: World) -> None:
    """Written by hand, or by a version that knew more."""
    stage = Stage(world)
    junk = {"surveys": {"day45": 45, "day30": 14, "mid": 3, "students": None}}
    world.do(lambda session: session.add(CountySettings(county="昭觉县", more=junk, min_title="professor", origin="x")))
    placement = stage.placement()
    assert _due(world, placement) == {1: "2027-02-26", 2: "2027-03-15", 3: "2027-05-14", 5: "2027-10-26"}
    assert [row.plan for row in world.rows(Placement)] == [{"day30": 14}]
    world.do(lambda session: setattr(session.get_one(Placement, placement), "plan", ["off"]))
    world.do(lambda session: timing.schedule(session, opening.KIND, placement, world.now(), 99))
    world.forward_by(days=400)
    assert {row.kind for row in world.rows(Survey)} == {"baseline", "day30", "mid", "end", "after90"}
    stage.act(stage.programme, counties.change, 1, "surveys")
    assert "开始后：14 天后问" in world.last(stage.programme)
    check_everything(world)
