"""The coordinators' desk where a dialogue cannot look: the audit's details, codes, what happens between two taps."""

from models import Audit, Deputy, Role
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World

ORDER = "缺一个小学数学老师，明年3月1日来，顶岗支教一学期"


def _file(stage: Stage) -> None:
    stage.world.say(stage.school, ORDER)
    stage.world.tap(stage.school, "提交")


def test_a_code_makes_a_stranger_the_deputy_and_the_audit_says_for_whom(world: World) -> None:
    stage = Stage(world)
    _file(stage)
    world.say(stage.boss, "/queue")
    world.tap(stage.boss, "休假代理")
    world.tap(stage.boss, "下周")
    code = world.tap(stage.boss, "请别人代").rsplit(maxsplit=1)[-1]
    deputy = world.stranger(41, "马老师")
    world.say(deputy, f"/start {code}")
    assert "您代 张主任 办" in world.tap(deputy, "同意")
    assert "待办" not in "".join(world.labels(deputy)), "it has not begun"
    world.say(stage.outsider, f"/start {code}")
    assert [row.status for row in world.rows(Deputy)] == ["planned"], "a code works once"
    world.forward_by(days=2)
    world.say(deputy, "/queue")
    world.tap(deputy, "①")
    assert "（代 张主任） 已批准" in world.tap(deputy, "批准")
    (decision,) = world.rows(Audit, Audit.entity == "proposal", Audit.after == "approved")
    assert (decision.actor_id, decision.details) == (
        world.person_of(deputy),
        {"for": str(world.person_of(stage.boss))},
    )
    world.forward_by(days=9)
    assert [role.ended_at for role in world.rows(Role, Role.person_id == world.person_of(deputy))] != [None]
    world.say(stage.boss, "/forget")
    world.tap(stage.boss, "删除我的信息")
    check_everything(world)
