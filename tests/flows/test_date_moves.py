"""改日期 where two people act at once, where somebody cannot be reached, and what it leaves in the database."""

from datetime import date

import pytest

from models import Audit, DateMove, Due, Offer, Outbox, Placement, Proposal, Survey, Teacher
from services import date_moves, deputies, offers, timing, unit_consents
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World

TERM = (date(2027, 3, 1), date(2027, 7, 28))
LATER, APRIL = "20270315-20270811", "20270401-20270731"


def _dates(world: World) -> tuple[date, date]:
    row = world.rows(Placement)[-1]
    return row.start, row.end


def _moves(world: World) -> list[str]:
    return sorted(row.status for row in world.rows(DateMove))


def _ask(stage: Stage, user: int, placement: int, days: str = LATER) -> None:
    stage.act(user, date_moves.send, placement, days)


def test_both_sides_ask_at_once_and_the_later_sees_the_earlier(world: World) -> None:
    stage = Stage(world)
    for _ in range(4):
        placement = stage.placement()
        before = len(world.rows(DateMove))
        world.press_all(
            [
                (stage.school, 1, f"v1:redatesure:{placement}:{LATER}"),
                (stage.teacher, 1, f"v1:redatesure:{placement}:{APRIL}"),
            ]
        )
        (row,) = world.rows(DateMove)[before:]
        later = stage.teacher if row.side == "school" else stage.school
        assert world.labels(later)[:2] == ["同意", "不同意"]
        world.tap(later, "不同意")
    check_everything(world)


def test_agree_decline_and_take_back_at_once_leave_one_decision(world: World) -> None:
    stage = Stage(world)
    mate = world.school_person(30, "四开乡中心小学校", "同事")
    world.settle()
    for _ in range(4):
        move = stage.date_move()
        world.press_all(
            [
                (stage.school, 1, f"v1:redateyes:{move}"),
                (mate, 1, f"v1:redateno:{move}"),
                (stage.teacher, 1, f"v1:redatestop:{move}"),
            ]
            * 2
        )
        (row,) = world.rows(DateMove, DateMove.id == move)
        decided = world.rows(Audit, Audit.entity == "datemove", Audit.entity_id == move, Audit.before == "open")
        assert [step.after for step in decided] == [row.status]
        assert (_dates(world) == TERM) == (row.status != "agreed")
    check_everything(world)


def test_agree_and_leave_at_once(world: World) -> None:
    """退出 wins or comes second: a placement that is off has no dates to move."""
    stage = Stage(world)
    for _ in range(4):
        move = stage.date_move()
        (placement,) = world.rows(Placement)[-1:]
        world.press_all(
            [
                (stage.school, 1, f"v1:redateyes:{move}"),
                (stage.teacher, 1, f"v1:leavesure:{placement.offer_id}:time"),
            ]
        )
        assert world.rows(Placement)[-1].status == "cancelled"
        assert world.rows(DateMove, DateMove.id == move)[0].status in ("agreed", "dropped")
    check_everything(world)


def test_declined_dates_move_no_survey_and_agreed_ones_move_all(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    due = _due(world, placement)
    _ask(stage, stage.teacher, placement)
    stage.act(stage.school, date_moves.decline, stage.newest(DateMove))
    assert (_dates(world), _due(world, placement)) == (TERM, due)
    _ask(stage, stage.teacher, placement)
    stage.act(stage.school, date_moves.agree, stage.newest(DateMove))
    assert _dates(world) == (date(2027, 3, 15), date(2027, 8, 11))
    assert [(after - before).days for before, after in zip(due, _due(world, placement), strict=True)] == [14] * len(due)
    (note,) = world.rows(Audit, Audit.entity == "placement", Audit.entity_id == placement, Audit.before == "agreed")
    assert (note.actor_id, note.why) == (world.person_of(stage.school), "2027-03-15 – 2027-08-11")
    world.forward_by(days=111)  # 2027-03-12
    assert {row.kind for row in world.rows(Survey)} == {"baseline"}
    check_everything(world)


def _due(world: World, placement: int) -> list[date]:
    """The days on which something of a placement is due."""
    kinds = ("placement-start", "placement-end", "survey-wave")
    rows = world.rows(Due, Due.subject_id == placement, Due.outcome == None)  # noqa: E711
    return [timing.local(row.due_at).date() for row in rows if row.kind in kinds]


def test_surveys_already_sent_stay_when_the_last_day_moves(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    world.forward_by(days=131)  # 2027-04-01: before it and after a month
    sent = [(row.id, row.kind, row.status, row.opened_at) for row in world.rows(Survey)]
    assert {kind for _, kind, _, _ in sent} == {"baseline", "day30"}
    _ask(stage, stage.school, placement, "20270301-20270630")
    stage.act(stage.teacher, date_moves.agree, stage.newest(DateMove))
    assert [(row.id, row.kind, row.status, row.opened_at) for row in world.rows(Survey)] == sent
    world.forward_by(days=60)
    assert {row.kind for row in world.rows(Survey)} == {"baseline", "day30", "mid"}
    world.forward_by(days=31)  # 2027-07-01
    assert [row.status for row in world.rows(Placement)] == ["ended"]
    check_everything(world)


def test_it_begins_meanwhile_and_both_sides_read_that_there_is_no_first_day_to_move(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    world.forward_by(days=95)  # 2027-02-24
    _ask(stage, stage.teacher, placement)
    (row,) = world.rows(DateMove)
    assert timing.local(row.deadline).isoformat() == "2027-02-27T09:00:00+08:00", "two days are left to decide"
    world.forward_by(days=6)
    assert (_moves(world), _dates(world)) == (["dropped"], TERM)
    for user in (stage.teacher, stage.school):
        assert any("帮扶开始了，改开始日子的事不用再答" in heard for heard in world.heard(user))
    world.press(stage.boss, 1, f"v1:redateyes:{row.id}")
    assert _dates(world) == TERM
    check_everything(world)


def test_a_request_about_the_last_day_survives_the_beginning(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    world.forward_by(days=97)
    _ask(stage, stage.teacher, placement, "20270301-20270811")
    world.forward_by(days=4)
    assert [row.status for row in world.rows(Placement)] == ["active"]
    world.tap(stage.school, "同意")
    assert _dates(world) == (TERM[0], date(2027, 8, 11))
    check_everything(world)


def test_an_end_without_a_decision_ends_the_request(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    world.forward_by(days=240)
    _ask(stage, stage.school, placement, "20270301-20270811")
    world.forward_by(days=12)  # 2027-07-31
    assert [row.status for row in world.rows(Placement)] == ["ended"]
    assert _moves(world) == ["dropped"]
    for user in (stage.teacher, stage.school):
        assert any("改日期的事不用再答" in heard for heard in world.heard(user))
    check_everything(world)


@pytest.mark.parametrize("side", ["teacher", "school"])
def test_whoever_cannot_be_reached_is_not_waited_for(world: World, side: str) -> None:
    """The coordinators have it at once, and say what was found out by telephone."""
    stage = Stage(world)
    placement = stage.placement()
    asker, asked = (stage.school, stage.teacher) if side == "teacher" else (stage.teacher, stage.school)
    world.wait(world.gateway.block(asked, True))
    world.settle()
    _ask(stage, asker, placement)
    world.forward_by(hours=1)
    assert "一直没有回音" in world.last(stage.boss)
    world.tap(stage.boss, "按新日期")
    assert _dates(world) == (date(2027, 3, 15), date(2027, 8, 11))
    (step,) = world.rows(Audit, Audit.entity == "datemove", Audit.after == "agreed")
    assert (step.details, step.actor_id) == ({"behalf": side}, world.person_of(stage.boss))
    assert "这是协调员 张主任 定的" in world.last(asker)
    check_everything(world)


def test_reminders_follow_the_county_and_come_in_the_daytime(world: World) -> None:
    stage = Stage(world)
    world.press(stage.programme, 1, "v1:county:1:confirm_reminder_days.1")
    world.press(stage.programme, 1, "v1:county:1:idle_days.7")
    world.forward_by(hours=12)  # 22:00
    move = stage.date_move()
    (row,) = world.rows(DateMove, DateMove.id == move)
    assert (timing.local(row.deadline).hour, (row.deadline - row.created_at).days) == (8, 11)
    world.forward_by(days=40)
    rows = world.rows(Due, Due.kind == "date-move-reminder", Due.outcome == "done")
    ran = [timing.local(each.done_at) for each in rows]
    assert all(8 <= at.hour < 21 for at in ran)
    assert [(at.date() - timing.local(row.created_at).date()).days for at in ran] == [2, 5, 12, 19, 26, 33, 40]
    assert len(world.rows(Outbox, Outbox.view == "placement-school", Outbox.act == "send", Outbox.bulk)) == 2
    check_everything(world)


def test_the_unit_that_agreed_to_the_dates_before_is_remembered(world: World) -> None:
    stage = Stage(world)
    stage.act(stage.unit, unit_consents.agree, stage.unit_asked())
    stage.act(stage.school, offers.confirm, stage.newest(Offer))
    _ask(stage, stage.school, stage.newest(Placement))
    world.tap(stage.teacher, "同意")
    for user in (stage.teacher, stage.school, stage.boss):
        assert "派出单位同意的是原来的日期" in world.last(user)
    check_everything(world)


def test_a_deputy_who_moves_dates_stands_in_the_audit_with_whom_they_stand_in_for(world: World) -> None:
    stage = Stage(world)
    placement = stage.placement()
    today = world.now().strftime("%Y%m%d")
    stage.act(stage.boss, deputies.name, world.person_of(stage.other_boss), f"{today}-{today}")
    _ask(stage, stage.other_boss, placement)
    assert _dates(world) == (date(2027, 3, 15), date(2027, 8, 11))
    (note,) = world.rows(Audit, Audit.entity == "placement", Audit.before == "agreed")
    assert note.details == {"for": str(world.person_of(stage.boss))}
    check_everything(world)


def test_a_moved_account_gets_what_waits_for_it_again(world: World) -> None:
    stage = Stage(world)
    move = stage.date_move()
    intro = stage.moved()
    old = world.person_of(stage.school)
    world.press(stage.boss, 1, f"v1:transfer:{intro}:{old}")
    assert any("想改来贵校的日期" in heard for heard in world.heard(stage.stranger))
    world.tap(stage.stranger, "同意")
    assert world.rows(DateMove, DateMove.id == move)[0].status == "agreed"
    check_everything(world)


def test_several_helpers_of_one_order_are_told_apart(world: World) -> None:
    stage = Stage(world)
    need = stage.agreed()
    (other,) = world.rows(Teacher, Teacher.name == "陈红")
    world.press(stage.boss, 1, f"v1:switch:{other.id}:active")
    world.forward_by(hours=1)
    world.press(stage.boss, 1, f"v1:approve:{stage.newest(Proposal)}")
    world.tap(stage.other_teacher, "接受")
    world.tap(stage.school, "确认")
    world.press(stage.school, 1, f"v1:helpers:{need}")
    assert world.labels(stage.school) == ["① 李明", "② 陈红", "返回", "找人帮忙"]
    assert "陈红 将来贵校" in world.tap(stage.school, "陈红")
    check_everything(world)


def test_mydata_has_what_one_asked_for_and_decided(world: World) -> None:
    stage = Stage(world)
    stage.act(stage.school, date_moves.agree, stage.date_move())
    for user in (stage.teacher, stage.school):
        world.say(user, "/mydata")
        assert [row["status"] for row in world.document(user)["date_moves"]] == ["agreed"]
