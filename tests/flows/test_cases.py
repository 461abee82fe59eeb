"""Labelled cases: what a correction leaves behind, that the county can score the reader on it, and that it names nobody."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from handlers.views import render
from models import Need, ReadingCase
from services import cases
from services.masking import COVER, mask
from tests.world import World, from_bot

ROOT = Path(__file__).resolve().parents[2]
SCORER = ROOT / "tests" / "matching" / "eval" / "score.py"
SCHOOL = "四开乡中心小学校"


def _school(world: World, user: int = 1, name: str = "王小明") -> int:
    if user == 1:
        world.add_school(SCHOOL, "昭觉县")
        world.coordinator(9, "昭觉县")
    return world.school_person(user, SCHOOL, name)


def _rows(world: World, county: str | None = None) -> list[dict[str, Any]]:
    return world.do(lambda session: list(cases.rows(session, county)))


def _press(world: World, user: int, choice: str) -> None:
    _press_on(world, user, world.rows(Need)[-1].id, choice)


def _press_on(world: World, user: int, need: int, choice: str) -> None:
    message = [each["message_id"] for each in world.messages(user) if from_bot(each)][-1]
    world.press(user, message, f"v1:field:{need}:{choice}")


def test_what_is_confirmed_as_read_is_a_case_without_changes(world: World) -> None:
    school = _school(world)
    world.say(school, "缺2个小学数学老师，明年3月1日来，顶岗支教一学期")
    assert world.rows(ReadingCase) == []
    world.tap(school, "提交")
    (case,) = _rows(world)
    assert (case["kind"], case["changed"], case["county"], case["today"]) == ("need", [], "昭觉县", "2026-11-21")
    (gold,) = case["gold"]
    assert (gold["subjects"], gold["stage"], gold["mode"]) == (["数学"], "小学", "顶岗支教")
    assert (gold["headcount"], gold["start"], gold["months"]) == (2, "2027-03-01", 5.0)


def test_what_was_read_and_corrected_is_the_label(world: World) -> None:
    school = _school(world)
    world.say(school, "缺2个小学数学老师，明年3月1日来，顶岗支教一学期")
    for choice in ("what.chinese", "form.online", "headcount.3", "when.20270901-1000"):
        _press(world, school, choice)
    world.tap(school, "提交")
    (case,) = _rows(world)
    (gold,) = case["gold"]
    assert case["changed"] == ["headcount", "mode", "months", "start", "subjects"]
    assert (gold["subjects"], gold["mode"], gold["headcount"]) == (["语文"], "线上", 3)
    assert (gold["start"], gold["months"], gold["stage"]) == ("2027-09-01", 10.0, "小学")
    (stored,) = world.rows(ReadingCase)
    assert (stored.read[0]["subjects"], stored.read[0]["headcount"]) == (["数学"], 2)


def test_what_the_reader_left_empty_and_a_person_added_counts_either_way() -> None:
    """The text may not say it: a reader that stays silent is right too."""
    need = Need(batch="b", text="缺数学老师", created_at=datetime(2026, 11, 21, tzinfo=UTC), subjects=["数学"])
    need.as_read = cases.as_it_stands(need)
    need.modes, need.stages, need.headcount, need.headcount_said = ["顶岗支教"], ["小学"], 3, True
    need.start, need.months, need.urgent, need.topics = date(2027, 3, 1), 5.0, True, ["作文教学"]
    gold, changed = cases.label(need)
    assert changed == []
    assert [gold[name] for name in ("mode", "stage", "headcount", "start", "months", "urgency")] == [None] * 5 + [False]
    assert (gold["subjects"], gold["topics"]) == (["数学"], [])
    also = gold["_tol"]
    assert (also["mode"], also["stage"], also["headcount"]) == (["顶岗支教"], ["小学"], [None, 3])
    assert also["start"] == {"null_ok": True, "from": "2027-03-01", "to": "2027-03-01"}
    assert (also["months"][0] <= 5 <= also["months"][1], also["urgency"]) == (True, "either")


def test_either_form_is_right_where_either_will_do() -> None:
    need = Need(batch="b", text="", created_at=datetime(2026, 11, 21, tzinfo=UTC), modes=["线上", "送教"], urgent=True)
    need.as_read = cases.as_it_stands(need)
    gold, changed = cases.label(need)
    assert (gold["mode"], gold["_tol"]["mode"], gold["urgency"], changed) == (None, ["线上", "送教"], True, [])
    need.modes, need.urgent = ["送教"], False
    gold, changed = cases.label(need)
    assert (gold["mode"], gold["urgency"], changed) == ("送教", False, ["mode", "urgency"])


def test_one_text_is_one_case_and_an_order_left_out_is_no_label(world: World) -> None:
    school = _school(world)
    world.say(school, "缺数学老师1名、英语老师2名、音乐老师1名，都要顶岗支教一学期")
    second = world.rows(Need)[1].id
    _press_on(world, school, second, "remove")
    world.tap(school, "提交")
    (case,) = _rows(world)
    assert [gold["subjects"] for gold in case["gold"]] == [["数学"], ["音乐"]]
    assert case["changed"] == ["orders"]


def test_drafts_that_are_not_filed_leave_no_case(world: World) -> None:
    school = _school(world)
    world.say(school, "缺一个小学数学老师，顶岗一学期")
    world.tap(school, "取消")
    assert _rows(world) == []


def test_names_and_numbers_are_covered(world: World) -> None:
    school = _school(world)
    world.say(school, "缺一个小学数学老师，顶岗支教一学期。联系人王小明，电话0834-1234567，微信abc_98765")
    world.tap(school, "提交")
    (case,) = _rows(world)
    assert "顶岗支教一学期" in case["text"]
    assert not [word for word in ("王小明", "1234567", "abc_98765") if word in json.dumps(case, ensure_ascii=False)]
    assert world.rows(Need)[0].text.endswith("微信abc_98765")  # the order itself keeps what the school said


def test_who_forgets_takes_the_cases_along_and_mydata_shows_them(world: World) -> None:
    school, other = _school(world), _school(world, 2, "陈丽")
    for user in (school, other):
        world.say(user, "缺一个小学数学老师，顶岗支教一学期")
        world.tap(user, "提交")
    world.tap(other, "还是提交")
    world.say(school, "/mydata")
    assert [case["text"] for case in world.document(school)["cases"]] == ["缺一个小学数学老师，顶岗支教一学期"]
    world.say(school, "/forget")
    world.tap(school, "删除我的信息")
    assert [row.person_id for row in world.rows(ReadingCase)] == [world.person_of(other)]
    assert world.rows(Need)[0].as_read == {}


def test_the_county_scores_the_reader_on_its_own_corrections(world: World, tmp_path: Path) -> None:
    """What `bot.py cases` and `bot.py cases --read` print goes into tests/matching/eval/score.py as it is."""
    school = _school(world)
    for text, choice in (
        ("缺2个小学数学老师，明年3月1日来，顶岗支教一学期", ""),
        ("缺一个小学美术老师，线上", "what.music"),
    ):
        world.say(school, text)
        if choice:
            _press(world, school, choice)
        world.tap(school, "提交")
    labels, out = tmp_path / "needs.jsonl", tmp_path / "out.jsonl"
    labels.write_text(_lines(_rows(world, "昭觉县")), encoding="utf-8")
    out.write_text(_lines(world.do(lambda session: list(cases.readings(session)))), encoding="utf-8")
    assert _rows(world, "金阳县") == []
    run = [sys.executable, str(SCORER), "reading", str(out), "--set", str(tmp_path)]
    score = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    assert (score["orders"], score["subjects"], score["kind_exact"]) == (2, 0.5, 1.0)
    assert score["headcount"] == score["mode"] == score["start"] == 1.0


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_an_order_drafted_before_cases_were_kept_is_filed_all_the_same(world: World) -> None:
    school = _school(world)
    world.say(school, "缺一个小学数学老师，顶岗一学期")

    def older(session: Session) -> None:
        session.get_one(Need, 1).as_read = {}

    world.do(older)
    world.tap(school, "提交")
    assert ([row.status for row in world.rows(Need)], _rows(world)) == (["open"], [])


MASKED = [
    ("王老师说缺语文老师", "□老师说缺语文老师"),
    ("联系人：李晓燕，138" + "0013" * 2, "联系人：□□□，" + COVER * 11),
    ("校长张伟。缺历史老师", "校长□□。缺历史老师"),
    ("我是吉克老师", "我是□□老师"),
    ("扎西卓玛老师退休了", "□□□□老师退休了"),
    ("请打一三九八八八八八八八八", "请打" + COVER * 11),
    ("发到 zhang.wei@example.edu.cn", "发到 " + COVER * 24),
]


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_mask_covers(text: str, expected: str) -> None:
    assert expected == mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "缺一个高中数学老师，马上要",
        "语文老师、历史老师、音乐老师、班主任老师各1名",
        "2027-03-01到2027-07-10，20270301",
        "三位老师，百余名教师，健康教育教师",
        "五年级十二班缺全科老师，海拔3800米",
    ],
)
def test_mask_leaves_what_an_order_is_read_from(text: str) -> None:
    assert text == mask(text)


def test_mask_covers_known_names_wherever_they_stand() -> None:
    assert mask("尔欧阳夜雨说的", {"欧阳夜雨", "雨"}) == "尔□□□□说的"


def test_masking_damages_hardly_any_text_of_the_evaluation_set() -> None:
    """Nobody of the public texts has a name or number that an order hangs on."""
    rows = [json.loads(line) for line in (SCORER.parent / "needs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows if mask(row["text"]) != row["text"]] == []


def test_old_messages_of_an_offer_render_without_what_they_never_knew() -> None:
    """Rows of the outbox from before there were relaxed limits and wishes."""
    from tests.words import values

    offer = values.offer()
    del offer["relaxed"]
    for name in ("regions", "not_regions", "max_altitude"):
        del offer["teacher"][name]
    card = values.card(status="approved")
    del card["relaxed"]
    for view, content in (("offer", offer), ("confirm", offer), ("asking-teacher", offer), ("proposal", card)):
        assert render(view, content, "zh-CN").text
    assert render("teacher-card", {**offer["teacher"], "question": None, "unclear": False, "page": 0}, "zh-CN").text
