"""/mydata gives everything, /forget leaves no word: the whole file is searched, not only the rows."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel

from models import Introduction, Need, Offer, Person, Placement, Proposal, Survey
from services import changes, evidence, teachers
from tests.flows.checks import check_audit
from tests.flows.stage import Stage
from tests.world import World

MARK = "霹雳舞"  # words nobody else says
NAME = "欧阳夜雨"


def test_mydata_is_a_document_with_everything(world: World) -> None:
    world.add_school("四开乡中心小学校", "昭觉县")
    school = world.school_person(1, "四开乡中心小学校", NAME)
    world.say(school, f"缺一个小学{MARK}老师，顶岗一学期，教数学")
    assert "全部信息" in world.say(school, "/mydata")
    document = world.document(school)
    assert document["person"][0]["name"] == NAME
    assert MARK in document["needs"][0]["text"]
    assert [role["kind"] for role in document["roles"]] == ["school"]


def forget(world: World, user: int) -> None:
    """/forget, with a second thought."""
    assert "要删除您的全部信息吗" in world.say(user, "/forget")
    world.tap(user, "返回")
    world.say(user, "/forget")
    world.tap(user, "删除我的信息")


def business_rows(world: World, words: tuple[str, ...]) -> list[str]:
    """Rows outside the gateway's tables (the person's own phone) that still hold one of the words, also escaped."""
    found = []
    with world.store.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name.startswith("gateway_"):
                continue
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):
                content = " ".join(str(value) for value in row)
                found += [
                    f"{table.name}: {content[:300]}" for word in words if word in content or _escaped(word) in content
                ]
    return found


def _escaped(word: str) -> str:
    return json.dumps(word).strip('"')


def _leave_traces(stage: Stage, school: int) -> None:
    """Words of a school's person in every table there is."""
    world = stage.world
    world.say(school, f"缺一个小学数学老师，明年3月1日来，顶岗支教一学期，要会{MARK}")
    world.tap(school, "提交")
    world.tap(stage.boss, "退回")
    world.say(stage.boss, "什么舞？")
    world.say(school, f"就是{MARK}，{NAME}说的")
    need = stage.newest(Need)
    world.say(school, "/help")
    world.tap(school, "找人帮忙")
    world.say(school, f"{NAME}想学{MARK}")
    stage.act(school, evidence.choose, need, "talk")
    world.say(school, f"{NAME}说要{MARK}")
    caption = {"photo": [{"file_id": MARK, "file_unique_id": "u", "width": 1, "height": 1}], "caption": f"{MARK}，谢谢"}
    world.send(school, caption)
    stage.act(school, changes.change, need)
    world.say(school, f"主题改成{MARK}和珠算")
    world.tap(school, "提交")
    world.tap(stage.boss, "批准")
    world.tap(stage.teacher, "接受")
    world.tap(school, "确认")
    world.forward_by(days=260)
    for _ in range(3):
        world.tap(school, "4")
    world.say(school, f"{MARK}教得好，{NAME}")
    world.say(school, f"缺一个小学{MARK}老师，顶岗一学期，教音乐")  # a draft


def test_after_forget_no_word_of_a_school_person_is_left(world: World) -> None:
    stage = Stage(world)
    school = world.school_person(31, "四开乡中心小学校", NAME)
    _leave_traces(stage, school)
    person = world.person_of(school)
    forget(world, school)
    world.settle()
    assert business_rows(world, (MARK, NAME)) == []
    (row,) = world.rows(Person, Person.id == person)
    assert row.forgotten_at is not None
    check_audit(world)


def test_after_forget_no_word_of_a_teacher_is_left_and_the_school_is_told(world: World) -> None:
    stage = Stage(world)
    teacher = world.teacher(32, NAME)
    stage.act(stage.teacher, teachers.pause, stage.entry(), "paused")
    for words in (f"我叫{NAME}，教小学数学，可以顶岗支教，擅长{MARK}", "也可以线上"):
        world.say(teacher, f"/teach {words}" if MARK in words else words)
    world.tap(teacher, "提交")
    world.say(teacher, "/teach")
    world.tap(teacher, "修改")
    world.say(teacher, f"擅长{MARK}和计算教学")
    world.tap(teacher, "提交")
    world.say(stage.school, "缺一个小学数学老师，明年3月1日来，顶岗支教一学期")
    world.tap(stage.school, "提交")
    world.tap(stage.boss, "批准")
    world.tap(teacher, "接受")
    world.tap(stage.school, "确认")
    assert [row.status for row in world.rows(Placement)] == ["agreed"]
    forget(world, teacher)
    world.settle()
    assert business_rows(world, (MARK, NAME)) == []
    assert [row.status for row in world.rows(Placement)] == ["cancelled"]
    assert [row.status for row in world.rows(Offer)] == ["withdrawn"]
    assert [row.status for row in world.rows(Need)] == ["open"]
    assert "这位老师来不了了" in world.last(stage.school)
    assert "批准" in world.say(stage.school, "/mine")
    assert world.rows(Proposal)[-1].status == "open"
    world.forward_by(days=300)
    assert world.rows(Survey) == []
    check_audit(world)


def test_after_forget_the_others_rating_still_reaches_the_coordinator(world: World) -> None:
    stage = Stage(world)
    world.press(stage.school, 1, f"v1:noslips:{stage.students()}")
    forget(world, stage.teacher)
    assert "1 号的评价" in world.last(stage.boss) or any("号的评价" in heard for heard in world.heard(stage.boss))
    assert sorted(row.status for row in world.rows(Survey)) == ["answered", "cancelled", "cancelled"]


def test_a_stranger_who_forgets_is_not_admitted_later(world: World) -> None:
    stage = Stage(world)
    intro = stage.introduction()
    forget(world, stage.stranger)
    world.press(stage.boss, 1, f"v1:admit:{intro}")
    assert [row.status for row in world.rows(Introduction)] == ["declined"]
    assert business_rows(world, ("吉克",)) == []


def test_a_forgotten_person_who_taps_or_writes_is_a_stranger(world: World) -> None:
    stage = Stage(world)
    offer = stage.offer()
    forget(world, stage.teacher)
    world.press(stage.teacher, 1, f"v1:accept:{offer}")
    assert "您同意吗" in world.last(stage.teacher)
    world.say(stage.teacher, "5")
    assert "您同意吗" in world.last(stage.teacher)
    assert [row.status for row in world.rows(Offer)] == ["withdrawn"]


def test_forget_twice_at_once(world: World) -> None:
    stage = Stage(world)
    world.say(stage.school, "/forget")
    message, data = world.button(stage.school, "删除我的信息")
    world.press_all([(stage.school, message, data)] * 3)
    check_audit(world)


def test_the_file_itself_holds_no_word_any_more(make_world: Callable[[], World], tmp_path: Path) -> None:
    """After a VACUUM (free pages keep old bytes until then), the gateway's own tables (the phones) emptied in a copy."""
    world = make_world()
    stage = Stage(world)
    school = world.school_person(31, "四开乡中心小学校", NAME)
    _leave_traces(stage, school)
    forget(world, school)
    world.settle()
    path = Path(str(world.store.engine.url.database))
    world.__exit__()
    for word in (MARK, NAME):
        assert _bytes_with(path, tmp_path / "copy.db", word) == []


def _bytes_with(path: Path, copy: Path, word: str) -> list[Any]:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(path, copy)
    with sqlite3.connect(copy, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'gateway_%'")
        for (table,) in tables.fetchall():
            connection.execute(f"DELETE FROM {table}")
        connection.execute("VACUUM")
    connection.close()
    content = copy.read_bytes()
    needles = (word.encode(), _escaped(word).encode())
    return [
        content[max(0, content.find(needle) - 80) : content.find(needle) + 40]
        for needle in needles
        if needle in content
    ]
