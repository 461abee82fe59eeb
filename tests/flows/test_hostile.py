"""What a person with bad luck or bad will does: forged data, lost roles, two roles, colleagues, crossed questions."""

from datetime import date, timedelta

from sqlmodel import Session, select

from models import Introduction, Invite, Need, Offer, Proposal, Role, Survey
from services import decisions, filing, needs, offers
from tests.flows.checks import check_everything
from tests.flows.stage import ORDER, Stage
from tests.world import World, from_bot

SCHOOL = "四开乡中心小学校"
FORGED = (
    "",
    "v1",
    "v1:",
    "v1::",
    "v1:approve",
    "v1:approve:",
    "v1:mark:1:2:3:4",
    "v1:nothing:1",
    "v0:approve:1",
    "approve:1",
    "v1:approve:-1",
    "v1:approve:1e9",
    "v1:approve:²",
    "v1:approve:٣",
    "v1:field:1:when.x",
    "v1:pick:1:999999999999999999999",
    "v1:mark:1:99999999999999999999",
    "v1:slot:1:what.page99999999999999",
    "v1:lang:0:xx",
    "v1:role:0:coordinator",
    "v1:rate:1:٣.٣",
    "\x00",
    "🦄" * 16,
)


def _end_role(world: World, user: int) -> None:
    person = world.person_of(user)

    def end(session: Session) -> None:
        for role in session.exec(select(Role).where(Role.person_id == person)):
            role.ended_at = world.now()

    world.do(end)


def test_forged_data_by_everybody_changes_nothing_and_is_answered(world: World) -> None:
    stage = Stage(world)
    stage.proposal()
    before = stage.state()
    for user in (stage.school, stage.teacher, stage.boss, stage.stranger, stage.outsider):
        message = next(each["message_id"] for each in world.messages(user) if from_bot(each))
        world.press_all([(user, message, data) for data in FORGED if data])
    assert stage.changed(before) == []
    check_everything(world)


def test_an_invitation_expires_and_serves_one_person(world: World) -> None:
    world.add_school(SCHOOL, "昭觉县")
    first, second, third = (world.stranger(number) for number in (1, 2, 3))
    code = world.code("school", school=SCHOOL)
    old = world.code("teacher")
    world.say(first, f"/start {code}")
    assert "邀请码用不了" in world.say(second, f"/start {code}")
    assert "您同意吗" in world.say(first, f"/start {code}")
    world.forward_by(days=15)
    assert "邀请码用不了" in world.say(third, f"/start {old}")
    assert len(world.rows(Role)) == 1
    assert len(world.rows(Invite, Invite.used_by == world.person_of(first))) == 1


def test_a_coordinator_who_lost_the_role_decides_nothing_and_is_not_stuck(world: World) -> None:
    stage = Stage(world)
    proposal = stage.proposal()
    world.press(stage.boss, 1, f"v1:return:{proposal}")
    _end_role(world, stage.boss)
    world.say(stage.boss, "什么时候？")
    assert "没有找到这一项" in world.last(stage.boss)
    before = world.rows(Proposal)
    world.press(stage.boss, 1, f"v1:approve:{proposal}")
    assert [row.status for row in before] == [row.status for row in world.rows(Proposal)] == ["open"]
    assert "哪一位" in world.say(stage.boss, "你好")
    check_everything(world)


def test_a_school_person_who_lost_the_role_files_nothing(world: World) -> None:
    stage = Stage(world)
    draft = stage.draft()
    world.say(stage.school, "/need")
    _end_role(world, stage.school)
    world.say(stage.school, ORDER)
    world.press(stage.school, 1, f"v1:file:{draft}")
    assert [row.status for row in world.rows(Need)] == ["draft"]
    check_everything(world)


def test_a_teacher_who_lost_the_role_cannot_accept(world: World) -> None:
    stage = Stage(world)
    offer = stage.offer_without_dates()
    world.press(stage.teacher, 1, f"v1:accept:{offer}")
    _end_role(world, stage.teacher)
    world.say(stage.teacher, "3月1日到6月30日")
    world.press(stage.teacher, 1, f"v1:accept:{offer}")
    assert [row.status for row in world.rows(Offer)] == ["open"]
    check_everything(world)


def test_a_person_who_is_school_and_teacher_is_read_as_what_was_asked(world: World) -> None:
    stage = Stage(world)
    both = world.school_person(40, SCHOOL, "双料老师")
    world.teacher(40, "双料老师")
    world.say(both, "/start")
    assert world.labels(both) == ["提需求", "登记支援", "我的", "找人帮忙"]
    world.say(both, "/teach")
    assert "科目：数学" in world.say(both, "我教小学数学，可以顶岗支教")
    world.tap(both, "提交")
    assert "科目：数学" in world.say(both, ORDER)
    world.tap(both, "提交")
    (proposal,) = world.rows(Proposal)
    own = [row.teacher_id for row in world.rows(Offer)]
    assert own == []
    named = [row["teacher"] for row in proposal.candidates]
    assert named == [stage.entry()], "nobody is proposed to their own school"
    world.forward_by(hours=1)
    assert [row["teacher"] for row in world.rows(Proposal)[0].candidates] == [stage.entry()]
    assert "您的事项" in world.say(both, "/mine")
    check_everything(world)


def test_two_people_of_a_school(world: World) -> None:
    """Either may answer; the draft of one, submitted by the other, leaves nobody stuck in a question."""
    stage = Stage(world)
    colleague = world.school_person(41, SCHOOL, "同事")
    world.say(stage.school, "缺一个小学数学老师，顶岗一学期")
    world.tap(stage.school, "修改")
    draft = stage.newest(Need)
    world.press(colleague, 1, f"v1:file:{draft}")
    assert [row.status for row in world.rows(Need)] == ["open"]
    world.say(stage.school, "改成两个人")
    assert "已经过去了" in world.last(stage.school)
    assert "科目：音乐" in world.say(stage.school, "缺一个小学音乐老师，顶岗一学期")
    world.say(colleague, "/mine")
    assert "数学" in world.last(colleague)
    check_everything(world)


def test_when_the_filer_is_gone_a_colleague_is_asked(world: World) -> None:
    stage = Stage(world)
    colleague = world.school_person(42, SCHOOL, "同事")
    offer = stage.offer()
    world.say(stage.school, "/forget")
    world.tap(stage.school, "删除我的信息")
    world.press(stage.teacher, 1, f"v1:accept:{offer}")
    assert "您看行吗" in world.last(colleague)
    world.tap(colleague, "确认")
    assert [row.status for row in world.rows(Offer)] == ["confirmed"]
    check_everything(world)


def test_a_blocked_teacher_is_not_asked(world: World) -> None:
    stage = Stage(world)
    proposal = stage.proposal()
    world.wait(world.gateway.block(stage.teacher, True))
    world.settle()
    world.press(stage.boss, 1, f"v1:approve:{proposal}")
    assert world.rows(Offer) == []
    assert world.rows(Proposal)[0].candidates == []
    check_everything(world)


def test_an_accepted_offer_whose_teacher_leaves_is_told_to_the_school(world: World) -> None:
    stage = Stage(world)
    stage.accepted()
    world.say(stage.teacher, "/forget")
    world.tap(stage.teacher, "删除我的信息")
    assert "这位老师来不了了" in world.last(stage.school)
    check_everything(world)


def test_declining_a_returned_proposal_of_a_partly_filled_order_leaves_it_open(world: World) -> None:
    stage = Stage(world)
    world.teacher(50, "周强", subjects=["数学"], stages=["小学"], modes=["顶岗支教"])
    stage.act(stage.school, needs.hear, "缺2个小学数学老师，明年3月1日来，顶岗支教一学期")
    stage.act(stage.school, filing.submit_anyway, stage.newest(Need))
    stage.act(stage.boss, decisions.approve, stage.newest(Proposal))
    second = stage.newest(Proposal)
    stage.act(stage.boss, decisions.hear_question, second, "第二位什么时候来？")
    stage.act(stage.boss, decisions.decline, second, "unsaid")
    assert [row.status for row in world.rows(Need)] == ["open"]
    assert "请您回答" not in world.say(stage.school, "/mine")
    check_everything(world)


def test_a_question_lies_over_an_open_draft_and_each_keeps_its_answer(world: World) -> None:
    """The newest question is answered by words; the draft's own card still works by its buttons."""
    stage = Stage(world)
    proposal = stage.proposal()
    world.say(stage.school, "缺一个小学英语老师")
    draft = stage.newest(Need)
    stage.act(stage.boss, decisions.hear_question, proposal, "什么时候来？")
    assert "已转给协调员" in world.say(stage.school, "明年3月1日")
    world.press(stage.school, 1, f"v1:field:{draft}:form.online")
    assert world.rows(Need, Need.id == draft)[0].modes == ["线上"]
    check_everything(world)


def test_answering_after_the_deadline_in_words_changes_nothing(world: World) -> None:
    stage = Stage(world)
    offer = stage.offer_without_dates()
    world.press(stage.teacher, 1, f"v1:accept:{offer}")
    world.forward_by(days=4)
    world.say(stage.teacher, "3月1日到6月30日")
    assert "已过答复时间" in world.last(stage.teacher)
    assert [row.status for row in world.rows(Offer)] == ["expired"]
    check_everything(world)


def test_an_order_with_a_number_is_no_rating(world: World) -> None:
    stage = Stage(world)
    stage.survey()
    world.say(stage.school, "缺3个小学音乐老师，顶岗支教一学期")
    assert [row.ratings for row in world.rows(Survey)] == [[], [], []]
    assert world.rows(Need)[-1].headcount == 3
    check_everything(world)


def test_a_role_cannot_be_forged_by_a_stranger(world: World) -> None:
    stage = Stage(world)
    world.press(stage.stranger, 2, "v1:role:0:coordinator")
    world.press(stage.stranger, 2, "v1:admit:1")
    assert world.rows(Introduction) == []
    assert len(world.rows(Role)) == 8


def test_a_late_confirmation_still_gets_sensible_dates(world: World) -> None:
    """The school confirms after the first day: begin and end are still in order and nothing is asked before it began."""
    stage = Stage(world)
    offer = stage.accepted()
    world.do(lambda session: setattr(session.get_one(Offer, offer), "start", date(2026, 11, 22)))
    world.forward_by(days=13)
    stage.act(stage.school, offers.confirm, offer)
    world.forward_by(days=1)
    assert "今天开始" in world.last(stage.teacher)
    world.forward_by(days=260)
    assert world.rows(Survey, Survey.kind == "baseline") == [], "what was before is not asked weeks after"
    assert len(world.rows(Survey, Survey.kind == "end")) == 3
    (last,) = world.rows(Survey, Survey.kind == "end", Survey.role == "teacher")
    assert last.opened_at - world.rows(Offer)[0].created_at > timedelta(days=120)
    check_everything(world)
