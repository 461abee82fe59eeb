"""docs/transcripts: one order as a school, a supporting teacher and a coordinator read it on their phones.

The pages are what the program says today; TRANSCRIPTS=write makes them anew.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from tests.world import World, from_bot

PAGES = Path(__file__).parents[2] / "docs" / "transcripts"
TITLES = {"school": "一位学校老师的手机", "teacher": "一位支援教师的手机", "coordinator": "一位协调员的手机"}
CODE = re.compile(r"(?<=/start )\S{16,}")


def test_the_transcripts_are_what_is_said_today(make_world: Callable[[], World]) -> None:
    world = make_world()
    phones = _play(world)
    for name, phone in phones.items():
        page, path = _page(world, TITLES[name], phone), PAGES / f"{name}.md"
        if os.environ.get("TRANSCRIPTS") == "write":
            path.write_text(page, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == page, f"{path.name}: run with TRANSCRIPTS=write and read it"


def _play(world: World) -> dict[str, int]:
    """Refused once, asked about once, agreed on, begun, half-way, over."""
    world.add_school("四开乡中心小学校", "昭觉县")
    school = world.school_person(1, "四开乡中心小学校", "王老师")
    boss = world.coordinator(2, "昭觉县", "张主任")
    about = {"subjects": ["数学"], "stages": ["小学"], "modes": ["顶岗支教"]}
    first = world.teacher(3, "李明", **about, unit="成都东光实验小学", title="一级教师", bio="口算天天练，计算过关赛")
    second = world.teacher(4, "陈红", **about, unit="成都泡桐树小学")
    world.say(school, "我们村小数学老师走了一个 二年级没人上课 娃娃算数老是错 想要个数学老师 明年3月1号来 教一学期")
    world.tap(school, "提交")
    world.tap(school, "写食宿和交通")
    world.say(school, "校内单人宿舍，有食堂，县城坐车一小时，补贴按县里规定")
    world.tap(boss, "①")
    world.tap(boss, "批准")
    world.tap(first, "婉拒")
    world.tap(first, "时间不合适")
    world.tap(boss, "批准")
    world.tap(second, "先问学校一句")
    world.say(second, "冬天怎么取暖？能洗热水澡吗？")
    world.say(school, "宿舍有电暖器，热水一周三次")
    world.tap(second, "接受")
    world.tap(school, "确认")
    world.say(school, "/mine")
    world.forward_by(days=98)  # before the beginning
    _answer(world, second)
    world.forward_by(days=3)
    world.forward_by(days=150)
    _answer(world, school)
    world.say(school, "32 张，5分20 4分10 3分2")
    _answer(world, second)
    world.tap(boss, "结束")
    return {"school": school, "teacher": second, "coordinator": boss}


def _answer(world: World, phone: int) -> None:
    for mark in ("4", "5", "5"):
        world.tap(phone, mark)
    world.tap(phone, "不用了")


def _page(world: World, title: str, phone: int) -> str:
    """A phone as Markdown: what the person writes at the right, what the bot says as a quotation, its buttons below."""
    lines = [f"# {title}", "", "由程序自己写出，人物是编造的。按钮写在方括号里；“改过的消息”显示的是最后的样子。", ""]
    for message in world.messages(phone):
        text = CODE.sub("……", message["text"])
        if not from_bot(message):
            lines += [f"**我：** {text}", ""]
            continue
        labels = " ".join(f"[{button['text']}]" for button in world.buttons_of(message))
        body = [*text.split("\n"), *(["", labels] if labels else [])]
        lines += [*(f"> {line}".rstrip() + ("  " if line else "") for line in body), ""]
    return "\n".join(lines)
