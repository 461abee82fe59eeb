"""The pool in memory against the tables: whatever changed, by whatever worker, the next ranking knows it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select, update

from delivery.store import Store
from matching import NeedFields, Pool, Ranking, StoredTeacher, rank, vocabulary_version
from models import Account, Offer, Proposal, Teacher, TeacherIndex
from services import index, pool, teachers
from services.people import persons_of
from tests.flows.stage import Stage
from tests.world import START, World

TODAY = date(2026, 11, 21)
WANTED = NeedFields(subjects=("数学",), stages=("小学",), modes=("顶岗支教",))
BIOS = ("擅长作文教学，写过校本教材", "带过合唱团", "会编程，带过机器人社团", "做过心理辅导", "")


@pytest.fixture
def stores(database_url: str) -> Iterator[tuple[Store, Store]]:
    """Two processes on one database."""
    with _open(database_url) as one, _open(database_url) as other:
        yield one, other


@contextmanager
def _open(url: str) -> Iterator[Store]:
    store = Store.open(url)
    try:
        yield store
    finally:
        store.close()


def _join(number: int, **fields: Any) -> Callable[[Session], int]:
    """Somebody with an account joins the pool."""

    def unit(session: Session) -> int:
        person = persons_of(session, [number], START)[number]
        known: dict[str, Any] = {"subjects": ["数学"], "stages": ["小学"], "modes": ["顶岗支教"], "capacity": 2}
        row = Teacher(person_id=person, status="active", created_at=START, **known | fields)
        session.add(row)
        session.flush()
        return row.id or 0

    return unit


def _ranked(session: Session, need: NeedFields = WANTED) -> Ranking:
    with pool.current(session) as everybody:
        return rank(need, everybody, today=TODAY)


def _found(*topics: str) -> Callable[[Session], list[str]]:
    """Who shows one of these topics, the best first."""
    need = replace(WANTED, topics=topics)
    return lambda session: [each.teacher_id for each in _ranked(session, need).candidates if _shows(each.parts)]


def _shows(parts: Sequence[Any]) -> bool:
    return any(part.name == "topic" and part.points > 0 for part in parts)


def _set(ident: int, **values: Any) -> Callable[[Session], None]:
    def unit(session: Session) -> None:
        row = session.get_one(Teacher, ident)
        for name, value in values.items():
            setattr(row, name, value)

    return unit


def _stored(world: World, teacher: int) -> list[TeacherIndex]:
    query = select(TeacherIndex).where(TeacherIndex.teacher_id == teacher)
    with Session(world.store.engine) as session:
        return list(session.exec(query))


def test_the_table_holds_what_the_engine_stores() -> None:
    """But for the id, and for what changes without the teacher's row."""
    columns = set(TeacherIndex.model_fields) - {"teacher_id", "edition"}
    assert columns == set(StoredTeacher._fields) - {"id", "load", "rating", "ratings"}


def test_another_process_sees_who_joined_changed_paused_and_left(stores: tuple[Store, Store]) -> None:
    one, other = stores
    writer = one.run_now(_join(1, bio="擅长作文教学"))
    singer = one.run_now(_join(2, bio="带过合唱团"))
    asked = _found("作文教学", "合唱")
    assert [sorted(store.run_now(asked)) for store in stores] == [[str(writer), str(singer)]] * 2
    one.run_now(_set(singer, bio="喜欢爬山"))
    assert other.run_now(asked) == [str(writer)]
    other.run_now(_set(writer, status="paused"))
    assert (one.run_now(asked), one.run_now(_ranked).excluded["paused"]) == ([], 1)
    one.run_now(_set(writer, status="active"))
    assert other.run_now(asked) == [str(writer)]
    account = update(Account).where(col(Account.external_id) == 1)
    one.run_now(lambda session: session.connection().execute(account.values(unreachable_at=START)))
    assert [store.run_now(asked) for store in stores] == [[], []]


def test_a_change_that_was_rolled_back_is_not_in_the_pool(stores: tuple[Store, Store]) -> None:
    one, _ = stores
    ident = one.run_now(_join(1, bio="擅长作文教学"))
    assert one.run_now(_found("合唱")) == []

    def fails(session: Session) -> None:
        _set(ident, bio="带过合唱团")(session)
        assert _found("合唱")(session) == [str(ident)]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        one.run_now(fails)
    assert (one.run_now(_found("合唱")), one.run_now(_found("作文教学"))) == ([], [str(ident)])


def test_stored_rows_are_read_and_not_cut_again(stores: tuple[Store, Store]) -> None:
    """A row that says something else than its biography is believed as long as it is of the same edition."""
    one, other = stores
    ident = one.run_now(_join(1, bio="擅长作文教学"))
    one.run_now(_ranked)
    planted = update(TeacherIndex).values(title="特级教师")
    one.run_now(lambda session: session.connection().execute(planted))
    with_title = other.run_now(_ranked).candidates[0]
    assert [part.level for part in with_title.parts if part.name == "title"] != []
    one.run_now(lambda session: session.connection().execute(update(Teacher).values(years=8)))
    (plain,) = other.run_now(_ranked).candidates
    assert [part.level for part in plain.parts if part.name == "title"] == []
    (row,) = other.run_now(lambda session: session.exec(select(TeacherIndex)).all())
    assert (row.teacher_id, row.years, row.title) == (ident, 8, "")


def test_rows_of_another_vocabulary_are_cut_anew(stores: tuple[Store, Store]) -> None:
    one, other = stores
    idents = [one.run_now(_join(number, bio="擅长作文教学")) for number in (1, 2, 3)]
    one.run_now(_ranked)
    empty = {"made": "old", "concepts": b"", "words": "", "pairs": b""}
    old = update(TeacherIndex).where(col(TeacherIndex.teacher_id) != idents[0])
    one.run_now(lambda session: session.connection().execute(old.values(**empty)))
    assert other.run_now(_found("作文教学")) == [str(ident) for ident in idents]
    made = other.run_now(lambda session: session.exec(select(TeacherIndex.made)).all())
    assert made == [vocabulary_version()] * 3


def test_an_import_cuts_also_those_nobody_can_ask_yet(stores: tuple[Store, Store]) -> None:
    one, _ = stores
    one.run_now(lambda session: session.add(Teacher(status="active", bio="擅长作文教学", created_at=START)))
    one.run_now(lambda session: session.add(Teacher(status="left", bio="擅长作文教学", created_at=START)))
    one.run_now(index.refresh)
    assert len(one.run_now(lambda session: session.exec(select(TeacherIndex)).all())) == 1
    assert one.run_now(_ranked).candidates == ()


def test_any_changes_give_the_pool_that_is_read_from_nothing(stores: tuple[Store, Store]) -> None:
    chance = Random(5)
    for number in range(8):
        stores[0].run_now(_join(number, bio=chance.choice(BIOS)))
    for step in range(30):
        store = chance.choice(stores)
        ident = chance.randint(1, 8)
        change = chance.choice(
            [
                _join(100 + step, bio=chance.choice(BIOS)),
                _set(ident, bio=chance.choice(BIOS), stages=[chance.choice(("小学", "初中"))]),
                _set(ident, status=chance.choice(("active", "paused", "left"))),
                _set(
                    ident, available_from=TODAY + timedelta(days=chance.randint(-9, 99)), capacity=chance.randint(0, 2)
                ),
            ]
        )
        store.run_now(change)
        need = NeedFields(subjects=("数学",), stages=("小学",), topics=chance.choice(((), ("合唱",), ("编程",))))
        for each in stores:
            mine, anew = each.run_now(lambda session, need=need: (_ranked(session, need), _anew(session, need)))
            assert mine == anew


def _anew(session: Session, need: NeedFields) -> Ranking:
    """As it was before rows were stored: every biography is cut again."""
    known = session.exec(select(Teacher).where(col(Teacher.status).in_(index.IN_POOL))).all()
    return rank(need, Pool(index.teacher_fields(each) for each in known), today=TODAY)


def test_places_held_and_marks_are_those_of_the_moment(world: World) -> None:
    stage = Stage(world)
    teacher = stage.entry()
    world.do(_set(teacher, capacity=1))

    def free(session: Session) -> list[int]:
        with pool.current(session) as everybody:
            return [int(everybody.free[at]) for at in everybody.positions([str(teacher)])]

    with _open(world.url) as other:
        assert (world.do(free), other.run_now(free)) == ([1], [1])
        offer = stage.offer()
        assert (world.do(free), other.run_now(free)) == ([0], [0])
        world.do(lambda session: setattr(session.get_one(Offer, offer), "status", "declined"))
        assert (world.do(free), other.run_now(free)) == ([1], [1])


def test_a_changed_biography_is_found_at_the_next_proposal(world: World) -> None:
    stage = Stage(world)
    stage.proposal()
    world.do(_set(stage.entry(), bio="带过合唱团"))
    world.say(stage.school, "缺一个小学数学老师，明年3月1日来，顶岗支教一学期，会带合唱团")
    world.tap(stage.school, "提交")
    world.tap(stage.school, "还是提交")
    (found,) = world.rows(Proposal)[-1].candidates
    assert [part[3]["words"] for part in found["parts"] if part[0] == "topic"] == ["合唱团"]


def test_a_forgotten_teacher_is_not_proposed_and_nothing_cut_from_their_words_stays(world: World) -> None:
    stage = Stage(world)
    stage.proposal()
    teacher = stage.entry()
    assert len(_stored(world, teacher)) == 1
    world.say(stage.teacher, "/forget")
    world.tap(stage.teacher, "删除我的信息")
    stage.proposal()
    assert world.rows(Proposal)[-1].candidates == []
    assert _stored(world, teacher) == []


def test_a_submitted_entry_is_stored_at_once(world: World) -> None:
    stage = Stage(world)
    stage.act(stage.newcomer, teachers.hear, "我教小学数学，可以顶岗支教，带过合唱团")
    (draft,) = world.rows(Teacher, Teacher.status == "draft")
    stage.act(stage.newcomer, teachers.submit, draft.id)
    (row,) = _stored(world, draft.id)
    assert "合唱" in row.words


def test_nobody_waits_for_a_row_that_is_changing_and_nothing_is_stored_of_it(stores: tuple[Store, Store]) -> None:
    """On SQLite there is only one writer. On PostgreSQL another worker holds the row of a teacher who must be cut."""
    one, other = stores
    idents = [one.run_now(_join(number, bio="带过合唱团")) for number in (1, 2)]
    if one.engine.dialect.name == "sqlite":
        return
    with one.engine.begin() as connection:
        connection.execute(update(Teacher).where(col(Teacher.id) == idents[0]).values(bio="", status="left"))
        connection.execute(delete(TeacherIndex).where(col(TeacherIndex.teacher_id) == idents[0]))
        assert other.run_now(_found("合唱")) == [str(ident) for ident in idents]  # not yet committed
    assert other.run_now(_found("合唱")) == [str(idents[1])]
    assert other.run_now(lambda session: session.exec(select(TeacherIndex.teacher_id)).all()) == [idents[1]]


def test_workers_rank_and_change_side_by_side(stores: tuple[Store, Store]) -> None:
    """Threads of one process share the pool; every ranking is one of a state that somebody committed."""
    one, _ = stores
    ident = one.run_now(_join(1, bio="带过合唱团"))
    wrong: list[BaseException | list[str]] = []

    def work(number: int) -> None:
        try:
            for step in range(6):
                one.run_now(_set(ident, years=number * 10 + step))
                found = one.run_now(_found("合唱"))
                if found != [str(ident)]:
                    wrong.append(found)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
