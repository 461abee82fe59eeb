"""The coordinators' desk where a dialogue cannot look: the audit's details, codes, what happens between two taps."""

from models import Account, Audit, Deputy, Role
from services.bulk import rule
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.flows.test_privacy import NAME, business_rows, forget
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


def test_who_was_moved_and_forgets_leaves_no_word_and_no_account(world: World) -> None:
    stage = Stage(world)
    old, new = world.school_person(31, "四开乡中心小学校", NAME), world.stranger(32, NAME)
    world.say(new, "/start")
    world.tap(new, "同意")
    world.tap(new, "我是学校的老师")
    world.say(new, f"{NAME}，四开乡中心小学校")
    person = world.person_of(old)
    world.tap(stage.boss, "核对后转移")
    assert world.person_of(new) == person
    assert world.person_of(old) != person
    assert {"account": len(_accounts(world, person)), "role": len(_roles(world, person))} == {"account": 1, "role": 1}
    assert len(document_of(world, new)["accounts"]) == 2, "the old account is known, and shown"
    forget(world, new)
    world.settle()
    assert business_rows(world, (NAME,)) == []
    assert world.rows(Account, Account.external_id.in_([old, new])) == []  # type: ignore[attr-defined]


def _accounts(world: World, person: int) -> list[Account]:
    return world.rows(Account, Account.person_id == person)


def _roles(world: World, person: int) -> list[Role]:
    return world.rows(Role, Role.person_id == person)


def document_of(world: World, user: int) -> dict[str, list[object]]:
    """What /mydata gives."""
    world.say(user, "/mydata")
    found: dict[str, list[object]] = world.document(user)
    return found


def test_what_a_coordinator_amended_is_forgotten_with_the_school_person(world: World) -> None:
    stage = Stage(world)
    school = world.school_person(31, "四开乡中心小学校", NAME)
    world.say(school, ORDER)
    world.tap(school, "提交")
    world.tap(stage.boss, "退回")
    world.tap(stage.boss, "直接改订单")
    world.tap(stage.boss, "改主题")
    world.say(stage.boss, NAME)
    assert NAME in world.last(school)
    (step,) = world.rows(Audit, Audit.why == "amended")
    assert (step.actor_id, step.details["field"], step.details["before"]) == (
        world.person_of(stage.boss),
        "topics",
        "[[]]",
    )
    assert NAME in step.details["after"]
    forget(world, school)
    world.settle()
    assert business_rows(world, (NAME,)) == []


def test_bulk_approval_has_an_audit_row_for_each_order_with_the_rule(world: World) -> None:
    stage = Stage(world)
    for _ in range(2):
        stage.proposal()
    world.say(stage.boss, "/queue")
    world.tap(stage.boss, "批量批准（2 个）")
    world.tap(stage.boss, "批准这 2 单")
    decisions = world.rows(Audit, Audit.entity == "proposal", Audit.after == "approved")
    assert [(row.actor_id, row.why) for row in decisions] == [(world.person_of(stage.boss), rule()["name"])] * 2
    check_everything(world)
