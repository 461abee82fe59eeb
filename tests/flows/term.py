"""People of a school term, played through the gateway: who files, approves, accepts, answers late or never, blocks, leaves.

A seeded script. What was done and when stands in `Term.log`; nothing of it is read back from the program's own schedule.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from random import Random

from models import Need, Offer, Person, Placement, Proposal, School, Survey
from services import imports, rosters, timing
from tests.world import World

SAMPLES = Path(__file__).parents[2] / "samples"
SUBJECTS = ("语文", "数学", "英语", "音乐", "体育")
LENGTHS = ("一个月", "两个月", "三个月")
ORDERS, TEACHERS, DAYS = 60, 110, 165
FIRST_SCHOOL, FIRST_TEACHER, FIRST_BOSS = 1000, 2000, 3000
NEVER, LATE, BLOCKS = 0.4, 0.1, 0.05


@dataclass
class Log:
    """What people did, by day."""

    confirmed: dict[int, date] = field(default_factory=dict)  # placement
    left: dict[int, date] = field(default_factory=dict)  # placement
    blocked: dict[int, date] = field(default_factory=dict)  # phone
    answered: dict[tuple[int, str, str], date] = field(default_factory=dict)  # placement, wave, group
    refusals: int = 0
    withdrawn: int = 0


class Term:
    """One term of one world."""

    def __init__(self, world: World, seed: int = 2027) -> None:
        self.world, self.chance, self.log = world, Random(seed), Log()
        self._events: list[tuple[int, int, Callable[[], object]]] = []
        self._number, self._day, self._seen = count(), 0, 0
        self._people()

    @property
    def today(self) -> date:
        return timing.today(self.world.now())

    def _people(self) -> None:
        world, rows = self.world, rosters.read_schools(SAMPLES / "schools_liangshan.csv").rows
        world.do(lambda session: imports.import_schools(session, rows))
        self.schools = [school for school in world.rows(School) if len(school.stages) == 1][:ORDERS]
        counties = sorted({school.county for school in world.rows(School)})
        self.boss = {county: FIRST_BOSS + at for at, county in enumerate(counties, 1)}
        for county in counties[:-1]:  # the last county has nobody: the programme level decides
            world.coordinator(self.boss[county], county, f"{county}协调员")
        self.boss[counties[-1]] = world.coordinator(FIRST_BOSS, None, "项目办")
        for at, school in enumerate(self.schools):
            world.school_person(FIRST_SCHOOL + at, school.name, f"学校老师{at}")
        for at in range(TEACHERS):
            subjects, stages = [SUBJECTS[at % len(SUBJECTS)]], ["初中" if at % 8 == 0 else "小学"]
            world.teacher(FIRST_TEACHER + at, f"支援老师{at}", subjects=subjects, stages=stages, modes=["顶岗支教"])
        phones = [*range(FIRST_SCHOOL, FIRST_SCHOOL + ORDERS), *range(FIRST_TEACHER, FIRST_TEACHER + TEACHERS)]
        for phone in self.chance.sample(phones, round(BLOCKS * len(phones))):
            self._in(self.chance.randrange(20, DAYS - 30), partial(self._block, phone))
        for at in range(len(self.schools)):
            self._in(at // 2, partial(self._file, at))

    def play(self, each_week: Callable[[], object]) -> None:
        """Day by day at 10:00: what is planned for it, then the night."""
        for self._day in range(DAYS):
            while self._events and self._events[0][0] <= self._day:
                heappop(self._events)[2]()
            if self._day % 7 == 0:
                each_week()
            self.world.forward_by(days=1)
            self._plan_answers()

    def _in(self, days: int, act: Callable[[], object]) -> None:
        heappush(self._events, (self._day + days, next(self._number), act))

    def _press(self, phone: int, data: str) -> bool:
        """Tap a button by what it carries, on the newest message that has it. False: it is on no message."""
        for message in reversed(self.world.messages(phone)):
            if any(each.get("data") == data for each in self.world.buttons_of(message)):
                self.world.press(phone, message["message_id"], data)
                return True
        return False

    # orders

    def _file(self, at: int) -> None:
        start = self.today + timedelta(days=self.chance.randrange(14, 31))
        subject, length = self.chance.choice(SUBJECTS), self.chance.choice(LENGTHS)
        stage = self.schools[at].stages[0]
        self.world.say(
            FIRST_SCHOOL + at, f"缺一个{stage}{subject}老师，{start.month}月{start.day}日来，顶岗支教{length}"
        )
        self.world.tap(FIRST_SCHOOL + at, "提交")
        (need,) = self.world.rows(Need, Need.school_id == self.schools[at].id)
        self._in(1, partial(self._approve, at, need.id))
        if self.chance.random() < 0.06:
            self._in(2, partial(self._withdraw, at, need.id))

    def _withdraw(self, at: int, need: int) -> None:
        phone = FIRST_SCHOOL + at
        self.world.press(phone, 1, f"v1:undoyes:{need}:found")
        self.log.withdrawn += self.world.rows(Need, Need.id == need)[0].status == "cancelled"
        for placement in self.world.rows(Placement, Placement.need_id == need, Placement.status == "cancelled"):
            self.log.left.setdefault(placement.id, self.today)

    def _approve(self, at: int, need: int) -> None:
        found = self.world.rows(Proposal, Proposal.need_id == need, Proposal.status == "open")
        boss = self.boss[self.schools[at].county]
        if found and self._press(boss, f"v1:approve:{found[0].id}"):
            for offer in self.world.rows(Offer, Offer.proposal_id == found[0].id):
                self._in(self.chance.randrange(3), partial(self._reply, at, offer.id))

    def _reply(self, at: int, offer_id: int) -> None:
        (offer,) = self.world.rows(Offer, Offer.id == offer_id)
        phone, roll = FIRST_TEACHER + offer.teacher_id - 1, self.chance.random()
        if roll < 0.12:
            self.world.press(phone, 1, f"v1:nopewhy:{offer_id}:unsaid")
            self.log.refusals += 1
        if roll < 0.17:  # a refusal, or no answer until the deadline: the next candidates come by themselves
            self._in(5, partial(self._approve, at, offer.need_id))
        elif self._press(phone, f"v1:accept:{offer_id}"):
            self._in(self.chance.randrange(2), partial(self._confirm, at, offer_id, offer.need_id))

    def _confirm(self, at: int, offer_id: int, need: int) -> None:
        phone = FIRST_SCHOOL + at
        if self.chance.random() < 0.05:
            self.world.press(phone, 1, f"v1:refusewhy:{offer_id}:time")
            self.log.refusals += 1
            self._in(1, partial(self._approve, at, need))
            return
        self._press(phone, f"v1:confirm:{offer_id}")
        for placement in self.world.rows(Placement, Placement.offer_id == offer_id):
            self.log.confirmed[placement.id] = self.today
            if self.chance.random() < 0.08:
                self._in(self.chance.randrange(5, 60), partial(self._leave, placement.id, offer_id))

    def _leave(self, placement: int, offer_id: int) -> None:
        (offer,) = self.world.rows(Offer, Offer.id == offer_id)
        self.world.press(FIRST_TEACHER + offer.teacher_id - 1, 1, f"v1:leavesure:{offer_id}:time")
        if self.world.rows(Placement, Placement.id == placement)[0].status == "cancelled":
            self.log.left.setdefault(placement, self.today)

    def _block(self, phone: int) -> None:
        self.world.wait(self.world.gateway.block(phone, True))
        self.world.settle()
        self.log.blocked[phone] = self.today

    # answers

    def _plan_answers(self) -> None:
        for survey in self.world.rows(Survey, Survey.id > self._seen):
            self._seen, roll = survey.id, self.chance.random()
            if roll >= NEVER:
                self._in(8 if roll < NEVER + LATE else 1, partial(self._answer, survey.id))

    def _answer(self, ident: int) -> None:
        (survey,) = self.world.rows(Survey, Survey.id == ident)
        phone = self.phone_of(survey.person_id)
        if survey.status != "open" or phone in self.log.blocked:
            return
        self.world.press(phone, 1, f"v1:survey:{ident}")
        if survey.role == "students":
            self.world.say(phone, "30 张，5分20 4分10")
        else:
            for question in range(3):
                self.world.press(phone, 1, f"v1:rate:{ident}:{question}.{self.chance.randrange(3, 6)}")
            self.world.press(phone, 1, f"v1:done:{ident}")
        self.log.answered[survey.placement_id, survey.kind, survey.role] = self.today

    def phone_of(self, person: int) -> int:
        """The phone of a person, by the name given to it."""
        name = str(self.world.rows(Person, Person.id == person)[0].name)
        first = FIRST_SCHOOL if name.startswith("学校老师") else FIRST_TEACHER
        return first + int("".join(filter(str.isdigit, name)))
