"""The plan of the surveys: which wave opens when for which dates, and what happens when dates move or come late."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models import Due, Need, Offer, Outbox, Placement, Survey
from services import offers, placements, results, timing, totals, waves
from services.errors import Refused
from services.survey_plan import plan
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World

TERM = (date(2027, 3, 1), date(2027, 7, 28))
OPENS = {
    "a term": (TERM, {"baseline": "2027-02-26", "day30": "2027-03-31", "mid": "2027-05-14", "after90": "2027-10-26"}),
    "two months": (
        (date(2027, 3, 1), date(2027, 4, 29)),
        {"baseline": "2027-02-26", "day30": "2027-03-31", "after90": "2027-07-28"},
    ),
    "a month": ((date(2027, 3, 1), date(2027, 3, 31)), {"baseline": "2027-02-26", "after90": "2027-06-29"}),
    "one lecture": ((date(2027, 3, 1), date(2027, 3, 1)), {"after90": "2027-05-30"}),
}


@pytest.mark.parametrize("case", OPENS)
def test_waves_of_a_placement(case: str) -> None:
    """Beside the wave of the end, which opens as the placement ends, whatever its length."""
    dates, expected = OPENS[case]
    days = {kind: wave.day(*dates) for kind, wave in plan().waves.items() if not wave.is_last}
    assert {kind: day.isoformat() for kind, day in days.items() if day} == expected
    assert plan().waves["end"].day(*dates) == dates[1]


def test_the_plan_is_sound() -> None:
    """Numbers are the due rows' own; reminders keep their distance and come before the lapse."""
    found = list(plan().waves.values())
    assert len({wave.number for wave in found}) == len(found)
    assert sum(plan().weights.values()) == 100
    assert plan().weights.keys() <= plan().waves[plan().score].ask.keys()
    for days in (days for wave in found for days in (*wave.ask.values(),)):
        assert 0 < len(days) <= 3
        assert all(later - earlier >= 3 for earlier, later in zip([0, *days], days, strict=False))
    assert all(max(days) < wave.lapse_days for wave in found for days in wave.ask.values())


def _due(world: World, placement: int) -> dict[int, Any]:
    """Wave → the local day on which it will open."""
    rows = world.rows(Due, Due.kind == waves.KIND, Due.subject_id == placement, Due.outcome == None)  # noqa: E711
    return {row.sequence: timing.local(row.due_at).date().isoformat() for row in rows}


def _move(stage: Stage, placement: int, start: date, end: date) -> bool:
    def unit(session: Session) -> bool:
        actor = stage.world.actor(stage.boss)(session)
        return placements.move(session, session.get_one(Placement, placement), start, end, actor, stage.world.now())

    moved = stage.world.do(unit)
    stage.world.settle()
    return moved


def test_moved_dates_move_what_has_not_opened_and_tell_everybody_concerned_once(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    first, last = date(2027, 3, 15), date(2027, 8, 11)
    assert _move(stage, placement, first, last)
    assert _due(world, placement) == {1: "2027-03-12", 2: "2027-04-14", 3: "2027-05-28", 5: "2027-11-09"}
    for user in (stage.school, stage.teacher, stage.boss):
        assert "时间改了" in world.last(user)
        assert "2027年3月15日" in world.last(user)
    assert _move(stage, placement, first, last), "the same dates once more"
    assert len(world.rows(Outbox, Outbox.view == "placement-moved")) == 3
    world.forward_by(days=112)  # 2027-03-13: before the new beginning
    assert [row.status for row in world.rows(Placement)] == ["agreed"]
    world.forward_by(days=40)
    assert {row.kind for row in world.rows(Survey)} == {"baseline", "day30"}
    assert _move(stage, placement, date(2027, 4, 1), date(2027, 5, 2))
    (row,) = world.rows(Placement)
    assert (row.start, row.end) == (first, date(2027, 5, 2)), "what has begun keeps its first day"
    assert _due(world, placement) == {5: "2027-07-31"}, "too short for the middle now"
    world.forward_by(days=30)
    assert [row.status for row in world.rows(Placement)] == ["ended"]
    assert not _move(stage, placement, first, last), "it is over"
    check_everything(world)


def test_dates_that_make_no_sense_are_refused(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    with pytest.raises(Refused):
        _move(stage, placement, TERM[1], TERM[0])
    assert (world.rows(Placement)[0].start, world.rows(Placement)[0].end) == TERM


def test_a_placement_that_begins_soon_is_asked_about_at_once_but_not_at_night(world: World) -> None:
    stage = Stage(world)
    offer = stage.accepted()
    world.do(lambda session: setattr(session.get_one(Offer, offer), "start", date(2026, 11, 23)))
    world.forward_by(hours=13)  # 23:00
    stage.act(stage.school, offers.confirm, offer)
    world.forward_by(hours=8)
    assert world.rows(Survey) == []
    world.forward_by(hours=2)
    opened = [timing.local(row.opened_at) for row in world.rows(Survey, Survey.kind == "baseline")]
    assert [(at.day, at.hour) for at in opened] == [(22, 8), (22, 8)]
    check_everything(world)


def test_a_wave_that_runs_late_at_night_waits_and_one_that_runs_weeks_late_is_left_out(world: World) -> None:
    """With a real clock nothing walks: after the bot was down, what was due runs whenever it comes back."""
    stage = Stage(world)
    placement = stage.placement()
    night = datetime(2027, 2, 27, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    world.do(lambda session: waves.run(session, placement, 1, night))
    assert world.rows(Survey) == []
    assert _due(world, placement)[1] == "2027-02-28"
    world.do(lambda session: waves.run(session, placement, 1, night + timedelta(days=30, hours=12)))
    assert world.rows(Survey) == []


def test_after_a_short_event_only_the_end_is_asked_about(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    assert _move(stage, placement, date(2026, 11, 30), date(2026, 11, 30))
    assert _due(world, placement) == {5: "2027-02-28"}
    world.forward_by(days=20)
    assert {row.kind for row in world.rows(Survey)} == {"end"}
    world.forward_by(days=100)
    assert {row.kind for row in world.rows(Survey)} == {"end", "after90"}
    assert [row.status for row in world.rows(Need)] == ["filled"]
    check_everything(world)


SCORES: list[tuple[dict[str, float | None], float | None, list[str], dict[str, int]]] = [
    ({"colleague": 4, "teacher": 5, "students": 3}, 4.0, [], {"colleague": 40, "teacher": 30, "students": 30}),
    ({"colleague": 5, "teacher": 4}, 4.57, ["students"], {"colleague": 57, "teacher": 43}),
    ({"students": 4.56, "school": 1}, 4.56, ["colleague", "teacher"], {"students": 100}),
    ({"school": 5, "teacher": None}, None, ["colleague", "teacher", "students"], {}),
]


@pytest.mark.parametrize(("means", "mean", "missing", "shares"), SCORES)
def test_score(means: dict[str, float | None], mean: float | None, missing: list[str], shares: dict[str, int]) -> None:
    """The school's own marks are shown beside it and weigh nothing; a missing group is named, the others share."""
    expected = {"mean": mean, "missing": missing, "shares": shares, "not_asked": []}
    assert results.score(means, plan()) == expected


TOTALS: dict[str, list[int] | str] = {
    "45 张，5分30 4分10 3分5": [0, 0, 5, 10, 30],
    "45张,5分30张,4分10张,3分5张": [0, 0, 5, 10, 30],
    "４５ 张：５分３０人，四分 10 人，三分的 5 人": [0, 0, 5, 10, 30],
    "5分30个4分10个3分5个，一共45张": [0, 0, 5, 10, 30],
    "45 slips, 5:30, 4:10, 3:5": [0, 0, 5, 10, 30],
    "1张 5分1": [0, 0, 0, 0, 1],
    "5分30 4分10": "slips",
    "45 张，5分30 4分10 3分4": "sum",
    "0 张，5分0": "unread",
    "5分30 5分10，40 张": "unread",
    "4班45 张，5分45": "unread",
    "5": "unread",
    "都说好": "unread",
    "": "unread",
    "5分30，" * 60: "unread",
}


@pytest.mark.parametrize("text", TOTALS)
def test_totals_of_a_class(text: str) -> None:
    try:
        found: list[int] | str = totals.read(text)
    except totals.Misread as misread:
        found = misread.key
    assert found == TOTALS[text]


@pytest.mark.parametrize("text", ["我们5:30放学，4:10上课，45 人", "缺3个老师，5分钟路程", "5", "3分"])
def test_what_is_no_totals_is_left_to_others(text: str) -> None:
    assert not totals.resembles(text)


def test_a_reminder_takes_the_buttons_from_the_question_before(world: World) -> None:
    stage = Stage(world)
    stage.survey()
    world.forward_by(days=9)  # two reminders
    found = [message for message in world.messages(stage.school) if "1/3" in message["text"]]
    assert len(found) == 3
    assert [bool(message["buttons"]) for message in found] == [False, False, True]
    world.tap(stage.school, "4")
    assert "2/3" in world.last(stage.school)
    check_everything(world)
