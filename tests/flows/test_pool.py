"""What ranking is told beside the order: where the school lies, who is paired with it, teachers' wishes and marks."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from matching import Site
from models import CountySettings, Need, Proposal, School, SupportUnit, Survey, Teacher
from services import imports, index, pool, rosters
from tests.flows.stage import Stage
from tests.world import World


def _load(world: World, folder: Path, what: str, text: str) -> None:
    path = folder / f"{what}.csv"
    path.write_text(text, encoding="utf-8")
    readers: dict[str, Any] = {
        "schools": (rosters.read_schools, imports.import_schools),
        "units": (rosters.read_support_units, imports.import_units),
        "teachers": (rosters.read_teachers, lambda session, rows: imports.import_teachers(session, rows, world.now())),
    }
    read, write = readers[what]
    roster = read(path)
    assert roster.problems == ()
    world.do(lambda session: write(session, roster.rows))


def test_a_site_is_what_tables_say_of_school_and_county(world: World, tmp_path: Path) -> None:
    stage = Stage(world)
    head = "学校名称,县名,省,市州,海拔,一师一校,偏远,承训单位"
    _load(world, tmp_path, "schools", f"{head}\n四开乡中心小学校,昭觉县,四川省,凉山州,2500,否,是,成都师范学院\n")
    _load(
        world,
        tmp_path,
        "units",
        "单位名称,县名,城市\n成都东光实验小学,昭觉县,成都\n成都泡桐树小学,昭觉县,成都\n外县的,金阳县,宁波\n",
    )
    need = stage.draft()
    site = world.do(lambda session: pool.site_of(session, session.get_one(Need, need)))
    assert site == Site(
        school="四开乡中心小学校",
        county="昭觉县",
        city="凉山州",
        province="四川省",
        altitude=2500,
        partners=("成都师范学院", "成都东光实验小学", "成都泡桐树小学", "成都"),
        one_teacher=False,
        remote=True,
    )


def test_a_table_without_these_columns_leaves_what_is_known(world: World, tmp_path: Path) -> None:
    head = "学校名称,县名,市州,一师一校,偏远"
    _load(world, tmp_path, "schools", f"{head}\n某教学点,昭觉县,凉山州,是,是\n")
    _load(world, tmp_path, "schools", "学校名称,县名\n某教学点,昭觉县\n")
    (school,) = world.rows(School)
    assert (school.city, school.one_teacher, school.remote) == ("凉山州", True, True)
    _load(world, tmp_path, "units", "单位名称,县名,城市\n成都东光实验小学,昭觉县,成都\n")
    _load(world, tmp_path, "units", "单位名称,县名\n成都东光实验小学,昭觉县\n")
    assert [unit.city for unit in world.rows(SupportUnit)] == ["成都"]


def test_wishes_of_a_table_reach_the_engine(world: World, tmp_path: Path) -> None:
    head = "编号,姓名,单位,学科,学段,帮扶形式,意向地区,不去的地区,海拔上限"
    row = "T1,李明,成都东光实验小学,数学,小学,顶岗支教,凉山；甘孜,阿坝,3000"
    _load(world, tmp_path, "teachers", f"{head}\n{row}\n")
    _load(
        world, tmp_path, "teachers", "编号,姓名,单位,学科,学段,帮扶形式\nT1,李明,成都东光实验小学,数学,小学,顶岗支教\n"
    )
    fields = index.teacher_fields(world.rows(Teacher)[0])
    assert (fields.regions, fields.not_regions, fields.max_altitude) == (("凉山", "甘孜"), ("阿坝",), 3000)
    assert (fields.rating, fields.ratings) == (None, 0)


def test_a_school_with_one_teacher_is_one_teacher_school_without_being_flagged(world: World) -> None:
    stage = Stage(world)
    need = stage.draft()

    def one(session: Session) -> Site:
        session.exec(select(School).where(School.name == "四开乡中心小学校")).one().teachers = 1
        return pool.site_of(session, session.get_one(Need, need))

    assert world.do(one).one_teacher


def test_marks_are_the_schools_and_never_the_teachers_own(world: World) -> None:
    stage = Stage(world)
    assert world.do(pool.marks) == {}
    stage.result()  # the school gave 4, the teacher rated the conditions at the school with 5
    teacher = stage.entry()
    assert world.do(pool.marks) == {teacher: (4.0, 1)}
    fields = index.teacher_fields(world.rows(Teacher, Teacher.id == teacher)[0], 0, world.do(pool.marks)[teacher])
    assert (fields.rating, fields.ratings) == (4.0, 1)
    lapsed = stage.survey()
    world.do(lambda session: setattr(session.get_one(Survey, lapsed), "status", "lapsed"))
    assert world.do(pool.marks) == {teacher: (4.0, 1)}
    person = world.person_of(stage.school)  # whoever rated was the teacher
    world.do(lambda session: setattr(session.get_one(Teacher, teacher), "person_id", person))
    assert world.do(pool.marks) == {}


def test_who_will_not_go_that_high_is_not_proposed(world: World) -> None:
    stage = Stage(world)
    teacher = stage.entry()

    def high(session: Session) -> None:
        session.exec(select(School).where(School.name == "四开乡中心小学校")).one().altitude = 3800
        session.get_one(Teacher, teacher).max_altitude = 3000

    world.do(high)
    proposal = stage.proposal()
    (row,) = world.rows(Proposal, Proposal.id == proposal)
    assert (row.candidates, "altitude" in row.excluded) == ([], True)


def test_a_countys_own_rule_of_years_keeps_teachers_out(world: World) -> None:
    """教龄要求 of 县设置; whoever has not said how long they have taught breaks no rule."""
    stage = Stage(world)
    teacher = stage.entry()
    world.do(lambda session: session.add(CountySettings(county="昭觉县", min_years=5)))
    world.do(lambda session: setattr(session.get_one(Teacher, teacher), "years", 3))
    (row,) = world.rows(Proposal, Proposal.id == stage.proposal())
    assert (row.candidates, row.excluded.get("years")) == ([], 1)
    world.do(lambda session: setattr(session.get_one(Teacher, teacher), "years", None))
    (row,) = world.rows(Proposal, Proposal.id == stage.proposal())
    assert [each["teacher"] for each in row.candidates] == [teacher]


def test_dates_of_a_near_candidate_never_exceed_what_the_teacher_has(world: World) -> None:
    """Relaxed dates become the offer's own."""
    from services import relaxing

    need = Need(batch="b", text="", created_at=world.now(), start=date(2027, 3, 1), months=5, modes=["顶岗支教"])
    teacher = Teacher(created_at=world.now(), available_from=date(2027, 4, 1), available_until=date(2027, 6, 30))
    (change,) = relaxing.changes(need, teacher, ["dates"], date(2026, 11, 21))
    assert change["given"] == ["2027-04-01", "2027-06-30"]
    assert relaxing.dates_of([change]) == (date(2027, 4, 1), date(2027, 6, 30))
    need.months, teacher.available_until = None, None
    (open_,) = relaxing.changes(need, teacher, ["dates"], date(2026, 11, 21))
    assert (open_["given"], relaxing.dates_of([open_])) == (None, None)
