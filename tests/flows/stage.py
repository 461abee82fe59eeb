"""A cast of every role and objects in every state, built through services: what the matrices tap on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from models import (
    Audit,
    BulkApproval,
    Callback,
    Colleague,
    Consent,
    CountySettings,
    DateMove,
    Deputy,
    Due,
    Introduction,
    Invite,
    Need,
    Offer,
    Outbox,
    Placement,
    Proposal,
    Question,
    Role,
    Survey,
    Teacher,
    UnitConsent,
)
from services import (
    bulk,
    callbacks,
    date_moves,
    decisions,
    deputies,
    filing,
    introductions,
    needs,
    offers,
    placements,
    questions,
    surveys,
    teachers,
    unit_consents,
)
from services.actor import Actor
from tests.world import World

ORDER = "缺一个小学数学老师，明年3月1日来，顶岗支教一学期"
TWO = "缺两个小学数学老师，明年3月1日来，顶岗支教一学期"
UNLIKE = ("音乐", "美术", "体育", "科学")
ONLINE = "缺一个小学数学老师，明年3月1日开始，线上一学期"
STATE: tuple[type[SQLModel], ...] = (
    *(Need, Proposal, Offer, Placement, Survey, Teacher, Introduction, Question, UnitConsent, Callback),
    *(Role, Consent, Invite, Colleague, Due, Audit, CountySettings, Deputy, BulkApproval, DateMove),
)
TABLES = [table.__table__ for table in STATE]  # type: ignore[attr-defined]


class Stage:
    """One world with everybody in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.unlike = -1
        self._away = 0
        world.add_school("四开乡中心小学校", "昭觉县")
        world.add_school("另一所小学", "昭觉县")
        pool: dict[str, Any] = {"subjects": ["数学"], "stages": ["小学"], "modes": ["顶岗支教"], "capacity": 99}
        self.school = world.school_person(11, "四开乡中心小学校", "王老师")
        self.other_school = world.school_person(12, "另一所小学", "外校老师")
        self.teacher = world.teacher(13, "李明", **pool)
        self.other_teacher = world.teacher(14, "陈红", **pool | {"status": "paused"})
        self.newcomer = world.teacher(15, "新来的")
        self.boss = world.coordinator(16, "昭觉县", "张主任")
        self.other_boss = world.coordinator(17, "金阳县", "刘主任")
        self.programme = world.coordinator(18, None, "项目办")
        self.stranger = world.stranger(19)
        world.say(self.stranger, "/start")
        world.tap(self.stranger, "同意")
        self.outsider = world.stranger(20, "没同意的人")
        world.say(self.outsider, "/start")
        self.unit = world.stranger(22, "单位的人")
        world.say(self.unit, "/start")
        world.tap(self.unit, "同意")
        self.everybody: tuple[int, ...] = (11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22)
        world.settle()
        self.seen = self.newest(Outbox)  # up to here answers to taps were looked at

    def add_colleague(self) -> None:
        """A placement has begun, and somebody joined it by its code."""
        placement = self.placement()
        self.world.do(lambda session: placements.begin(session, placement, 0, self.world.now()))
        self.world.settle()
        self.mate = self.world.stranger(21, "同伴")
        self.world.say(self.mate, f"/start {self.world.last(self.school).split('/start ')[1]}")
        self.world.tap(self.mate, "同意")
        self.everybody += (self.mate,)
        self.world.settle()
        self.seen = self.newest(Outbox)

    # what stands in the database

    def state(self) -> dict[str, dict[int, Any]]:
        """Every business row by id, for comparison."""
        with self.world.store.engine.connect() as connection:
            return {table.name: {row.id: row for row in connection.execute(select(table))} for table in TABLES}

    def changed(self, before: dict[str, dict[int, Any]]) -> list[Any]:
        """The rows that are new or other than in `before`."""
        return [
            (name, row)
            for name, rows in self.state().items()
            for ident, row in rows.items()
            if before[name].get(ident) != row
        ]

    def act(self, user: int, service: Callable[..., Any], *values: Any) -> Any:
        """Run a service as somebody, as a handler would."""

        def unit(session: Session) -> Any:
            actor: Actor = self.world.actor(user)(session)
            return service(session, actor, self.world.now(), *values)

        result = self.world.do(unit)
        self.world.settle()
        return result

    def newest(self, table: type[SQLModel]) -> int:
        """The id of the newest row."""
        return int(self.world.rows(table)[-1].id)

    # objects, each in the state in which its buttons are live

    def draft(self) -> int:
        self.act(self.school, needs.hear, ORDER)
        return self.newest(Need)

    def taken_for_an_offer(self) -> int:
        """Said, but read as no order: kept until somebody says it is one."""
        self.act(self.school, needs.hear, "我是英语老师，愿意去支教")
        return 0

    def unlike_draft(self) -> int:
        """A draft of which nothing similar was filed."""
        self.unlike += 1
        self.act(self.school, needs.hear, f"缺一个小学{UNLIKE[self.unlike]}老师，明年3月1日来，顶岗支教一学期")
        return self.newest(Need)

    def draft_with_question(self) -> int:
        need = self.draft()
        self.world.do(lambda session: setattr(session.get_one(Need, need), "modes", []))
        self.act(self.school, needs.resume, need)
        return need

    def proposal(self) -> int:
        self.act(self.school, filing.submit_anyway, self.draft())
        return self.newest(Proposal)

    def returned(self) -> int:
        proposal = self.proposal()
        self.act(self.boss, decisions.hear_question, proposal, "什么时候开始？")
        return proposal

    def deputy(self) -> int:
        """From far in the future, one later than the other, so that none has begun."""
        other = self.world.person_of(self.other_boss)
        self._away += 1
        day = (self.world.now() + timedelta(days=100 + self._away)).strftime("%Y%m%d")
        self.act(self.boss, deputies.name, other, f"{day}-{day}")
        return self.newest(Deputy)

    def bulk(self) -> int:
        """Whatever is open and clear by now, and one more."""
        self.proposal()
        self.act(self.boss, bulk.ask)
        return self.newest(BulkApproval)

    def near_proposal(self) -> int:
        """Nobody helps online: 李明, the first teacher, could only come."""
        self.act(self.school, needs.hear, ONLINE)
        self.act(self.school, filing.submit_anyway, self.newest(Need))
        return self.newest(Proposal)

    def offer(self) -> int:
        self.act(self.boss, decisions.approve, self.proposal())
        return self.newest(Offer)

    def offer_without_dates(self) -> int:
        offer = self.offer()
        self.world.do(lambda session: setattr(session.get_one(Offer, offer), "end", None))
        return offer

    def question(self) -> int:
        self.act(self.teacher, questions.hear, self.offer(), "有没有宿舍？")
        return self.newest(Question)

    def filed(self) -> int:
        """An order about which a teacher is asked."""
        return self._order_of(self.offer())

    def agreed(self) -> int:
        """One place is settled, a second is looked for."""
        self.act(self.school, needs.hear, TWO)
        self.act(self.school, filing.submit_anyway, self.newest(Need))
        need = self.newest(Need)
        self.act(self.boss, decisions.approve, self.newest(Proposal))
        offer = self.newest(Offer)
        self.act(self.teacher, offers.accept, offer)
        self.act(self.school, offers.confirm, offer)
        return need

    def _order_of(self, offer: int) -> int:
        return int(self.world.rows(Offer, Offer.id == offer)[0].need_id)

    def accepted(self) -> int:
        offer = self.offer()
        self.act(self.teacher, offers.accept, offer)
        return offer

    def unit_wanted(self) -> int:
        offer = self.accepted()
        self.act(self.teacher, unit_consents.ask_for, offer)
        return offer

    def unit_asked(self) -> int:
        """The unit's person has redeemed the code."""
        self.unit_wanted()
        consent, person = self.newest(UnitConsent), self.world.person_of(self.unit)
        self.world.do(lambda session: setattr(session.get_one(UnitConsent, consent), "person_id", person))
        return consent

    def placement(self) -> int:
        self.act(self.school, offers.confirm, self.accepted())
        return self.newest(Placement)

    def helped(self) -> int:
        """The first day has come; the code that hangs on it is named by eight zeros."""
        placement = self.placement()

        def begin(session: Session) -> None:
            placements.begin(session, placement, 0, self.world.now())
            session.get_one(Placement, placement).colleague_hash = "0" * 8 + uuid4().hex

        self.world.do(begin)
        self.world.settle()
        return placement

    def helped_order(self) -> int:
        return int(self.world.rows(Placement, Placement.id == self.helped())[0].need_id)

    def running(self) -> int:
        """An order somebody will help for."""
        self.placement()
        return self.newest(Need)

    def date_move(self) -> int:
        """The teacher would come two weeks later; the school is asked."""
        self.act(self.teacher, date_moves.send, self.placement(), "20270315-20270811")
        return self.newest(DateMove)

    def survey(self) -> int:
        placement = self.placement()
        self.world.do(lambda session: placements.end(session, placement, 0, self.world.now()))
        self.world.settle()
        return min(row.id for row in self.world.rows(Survey, Survey.placement_id == placement))

    def rated(self) -> int:
        survey = self.survey()
        for question in range(3):
            self.act(self.school, surveys.rate, survey, f"{question}.4")
        return survey

    def students(self) -> int:
        """The totals of a class, asked after the school's own answers."""
        survey = self.rated()
        self.act(self.school, surveys.finish, survey)
        placement: int = self.world.rows(Survey, Survey.id == survey)[0].placement_id
        (totals,) = self.world.rows(Survey, Survey.placement_id == placement, Survey.role == "students")
        return int(totals.id)

    def result(self) -> int:
        students = self.students()
        self.act(self.school, surveys.no_slips, students)
        placement: int = self.world.rows(Survey, Survey.id == students)[0].placement_id
        (other,) = self.world.rows(Survey, Survey.placement_id == placement, Survey.status == "open")
        for question in range(3):
            self.act(self.teacher, surveys.rate, other.id, f"{question}.5")
        self.act(self.teacher, surveys.finish, other.id)
        return placement

    def entry_draft(self) -> int:
        self.act(self.newcomer, teachers.hear, "我教小学数学，可以线上")
        return self.newest(Teacher)

    def entry_draft_with_wishes(self) -> int:
        draft = self.entry_draft()
        self.world.do(lambda session: setattr(session.get_one(Teacher, draft), "regions", ["凉山"]))
        return draft

    def entry_draft_with_question(self) -> int:
        self.act(self.newcomer, teachers.hear, "我教数学")
        return self.newest(Teacher)

    def entry(self) -> int:
        return int(self.world.rows(Teacher, Teacher.name == "李明")[0].id)

    def introduction_draft(self) -> int:
        self.act(self.stranger, introductions.choose_role, "school")
        return self.newest(Introduction)

    def introduction(self) -> int:
        intro = self.introduction_draft()
        self.act(self.stranger, introductions.hear_words, intro, "吉克，四开乡中心小学校")
        return intro

    def callback(self) -> int:
        self.act(self.school, callbacks.request)
        return self.newest(Callback)

    def moved(self) -> int:
        """The stranger says to be 王老师."""
        intro = self.introduction_draft()
        self.act(self.stranger, introductions.hear_words, intro, "王老师，四开乡中心小学校")
        return intro

    def clear(self) -> None:
        """Put away what would stand in the way of the next row: a pause, a draft of an entry, an introduction."""
        if self.world.rows(Teacher, Teacher.id == self.entry())[0].status == "paused":
            self.act(self.teacher, teachers.pause, self.entry(), "active")
            self.world.wait(self.world.runtime.ticker.tick())
        for call in self.world.rows(Callback, Callback.status != "done"):
            self.act(self.programme, callbacks.solve, call.id)
        for draft in self.world.rows(Teacher, Teacher.status == "draft"):
            self.act(self.newcomer, teachers.cancel, draft.id)
        for intro in self.world.rows(Introduction, Introduction.status == "draft"):
            self.act(self.stranger, introductions.hear_words, intro.id, "吉克，四开乡中心小学校")
        for intro in self.world.rows(Introduction, Introduction.status == "open"):
            self.act(self.boss, introductions.reject, intro.id)
