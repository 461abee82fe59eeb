"""Nothing lives in memory: the whole program is stopped and started anew after every single step of a conversation."""

from collections.abc import Callable
from pathlib import Path

from models import Need, Placement, Survey
from tests.world import World

Step = Callable[[World], object]

SCHOOL, BOSS, TEACHER = 2, 1, 3


def _stage(world: World) -> None:
    world.add_school("四开乡中心小学校", "昭觉县")
    world.coordinator(BOSS, "昭觉县")
    world.school_person(SCHOOL, "四开乡中心小学校")
    world.teacher(TEACHER)


STEPS: tuple[Step, ...] = (
    lambda w: w.say(TEACHER, "/teach"),
    lambda w: w.say(TEACHER, "我教小学数学15年，一级教师，可以来校顶岗支教"),
    lambda w: w.tap(TEACHER, "修改"),
    lambda w: w.say(TEACHER, "也可以线上"),
    lambda w: w.tap(TEACHER, "提交"),
    lambda w: w.tap(SCHOOL, "提需求"),
    lambda w: w.say(SCHOOL, "想要一个数学老师"),
    lambda w: w.tap(SCHOOL, "来校任教") if "来校任教" in "".join(w.labels(SCHOOL)) else None,
    lambda w: w.tap(SCHOOL, "修改"),
    lambda w: w.say(SCHOOL, "明年3月1日来，一学期"),
    lambda w: w.tap(SCHOOL, "提交"),
    lambda w: w.tap(BOSS, "退回"),
    lambda w: w.say(BOSS, "几年级？"),
    lambda w: w.say(SCHOOL, "三年级"),
    lambda w: w.tap(BOSS, "批准"),
    lambda w: w.tap(TEACHER, "接受"),
    lambda w: w.tap(SCHOOL, "确认"),
    lambda w: w.forward_by(days=260),
    lambda w: w.tap(SCHOOL, "4"),
    lambda w: w.say(SCHOOL, "五分"),
    lambda w: w.tap(SCHOOL, "3"),
    lambda w: w.say(SCHOOL, "很好"),
)


def test_a_conversation_goes_on_after_a_restart_at_every_step(database_url: str, tmp_path: Path) -> None:
    with World(database_url, tmp_path) as world:
        _stage(world)
    for step in STEPS:
        with World(database_url, tmp_path) as world:
            step(world)
    with World(database_url, tmp_path) as world:
        (need,) = world.rows(Need)
        assert (need.subjects, need.modes, need.status) == (["数学"], ["顶岗支教"], "filled")
        assert [placement.status for placement in world.rows(Placement)] == ["ended"]
        assert [
            (row.ratings, row.comment) for row in world.rows(Survey, Survey.role == "school", Survey.kind == "end")
        ] == [([4, 5, 3], "很好")]
