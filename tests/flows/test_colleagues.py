"""Colleagues: which code counts, and what becomes of a colleague whose account turns out to be a known person's."""

from models import Audit, Colleague, Placement, Survey
from services import placements
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World


def _begun(stage: Stage) -> int:
    placement = stage.placement()
    stage.world.do(lambda session: placements.begin(session, placement, 0, stage.world.now()))
    stage.world.settle()
    return placement


def _code(world: World, school: int) -> str:
    return [text for text in world.heard(school) if "/start " in text][-1].split("/start ")[1]


def _joined(world: World, user: int, code: str, name: str = "马老师") -> int:
    world.stranger(user, name)
    world.say(user, f"/start {code}")
    world.tap(user, "同意")
    return user


def test_a_new_code_voids_the_old_one_and_a_second_tap_makes_no_third(world: World) -> None:
    stage = Stage(world)
    _begun(stage)
    old = _code(world, stage.school)
    first = _joined(world, 61, old)
    (row,) = world.rows(Placement)
    world.press(stage.school, 1, f"v1:mates:{row.need_id}")
    message, data = world.button(stage.school, "换一个新的")
    world.press(stage.school, message, data)
    new = _code(world, stage.school)
    heard = len(world.heard(stage.school))
    world.press(stage.school, message, data)
    assert (len(world.heard(stage.school)), _code(world, stage.school)) == (heard, new)
    assert [old == new, len(new)] == [False, len(old)]
    assert "这个邀请码用不了" in world.say(world.stranger(62), f"/start {old}")
    second = _joined(world, 63, new)
    assert {row.person_id for row in world.rows(Colleague)} == {world.person_of(first), world.person_of(second)}
    assert len(world.rows(Audit, Audit.why == "new colleague code")) == 1
    check_everything(world)


def test_with_two_teachers_at_work_the_school_says_whose_colleagues(world: World) -> None:
    stage = Stage(world)
    second = world.teacher(61, "马红", subjects=["数学"], stages=["小学"], modes=["顶岗支教"])
    need = stage.agreed()
    world.tap(stage.boss, "批准")
    world.tap(second, "接受")
    world.tap(stage.school, "确认")
    for row in world.rows(Placement):
        world.do(lambda session, ident=row.id: placements.begin(session, ident, 0, world.now()))
    world.settle()
    world.press(stage.school, 1, f"v1:order:{need}")
    assert world.tap(stage.school, "请同事来评") == "请哪一位老师的同事来评？"
    assert world.labels(stage.school) == ["李明", "马红", "返回", "找人帮忙"]
    assert "和 马红 一起工作的同事" in world.tap(stage.school, "马红")
    check_everything(world)


def test_a_colleague_whose_account_is_a_known_person_s_stays_one(world: World) -> None:
    """The person is asked what the colleague was asked; whoever is inside the placement is not."""
    stage = Stage(world)
    placement = _begun(stage)
    known, named = world.teacher(71, "马红"), world.person_of(71)
    mate = _joined(world, 72, _code(world, stage.school), "马红")
    world.tap(mate, "我也要登记")
    world.tap(mate, "我想去支援")
    world.say(mate, "马红，成都泡桐树小学")
    world.forward_by(days=200)  # a wave opens meanwhile
    asked = [row for row in world.rows(Survey) if row.role == "colleague"]
    assert asked
    world.tap(stage.programme, "核对后转移")
    assert [world.person_of(mate), world.person_of(known) == named] == [named, False]
    assert [(row.person_id, row.placement_id, row.ended_at) for row in world.rows(Colleague)] == [
        (named, placement, None)
    ]
    assert {row.person_id for row in world.rows(Survey) if row.role == "colleague"} == {named}
    assert "您是支援教师" in world.last(mate)
    check_everything(world)


def test_a_colleague_who_turns_out_to_speak_for_the_school_is_none_any_more(world: World) -> None:
    stage = Stage(world)
    _begun(stage)
    mate = _joined(world, 72, _code(world, stage.school), "王老师")
    world.tap(mate, "我也要登记")
    world.tap(mate, "我是学校的老师")
    world.say(mate, "王老师，四开乡中心小学校")
    world.tap(stage.boss, "核对后转移")
    assert [row.ended_at is None for row in world.rows(Colleague)] == [False]
    assert "您代表 四开乡中心小学校" in world.last(mate)
    check_everything(world)
