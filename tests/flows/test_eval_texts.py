"""All texts of the evaluation typed into the chat of a school: the card equals `bot.py read`, and nothing else opens one."""

import json
from pathlib import Path
from typing import Any

import pytest

import matching
from handlers.views.wording import forms, people, what, when, where
from locales import words
from matching import NeedFields
from models import Need
from services import needs, timing
from services.snapshots import need_values
from tests.flows.checks import check_everything
from tests.world import World

FILE = Path(__file__).parent.parent / "matching" / "eval" / "needs.jsonl"
CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
SCHOOL = "四开乡中心小学校"


def test_every_text_of_the_evaluation_in_the_chat(shared_world: World) -> None:
    world = shared_world
    world.add_school(SCHOOL, "昭觉县")
    world.coordinator(1, "昭觉县")
    for number, case in enumerate(CASES, 100):
        user = world.school_person(number, SCHOOL)
        world.say(user, case["text"])
    for number, case in enumerate(CASES, 100):
        _check(world, number, case)
    check_everything(world)


def _check(world: World, user: int, case: dict[str, Any]) -> None:
    reading = matching.read(case["text"], today=timing.today(world.now()))
    drafts = world.rows(Need, Need.filer_id == world.person_of(user))
    if reading.kind != "need":
        assert drafts == [], case["id"]
        assert world.last(user), case["id"]
        return
    assert [_read(fields) for fields in reading.needs] == [
        _kept(need, fields) for need, fields in zip(drafts, reading.needs, strict=True)
    ]
    _check_card(world, user, drafts)
    assert _questions(world, user) <= needs.MAX_QUESTIONS, case["id"]
    world.tap(user, "提交")
    if "还是提交" in world.labels(user):  # somebody of the school asked for nearly the same
        world.tap(user, "还是提交")
    assert {need.status for need in world.rows(Need, Need.filer_id == world.person_of(user))} == {"open"}, case["id"]


def _read(fields: NeedFields) -> dict[str, Any]:
    return {
        "subjects": list(fields.subjects),
        "stages": list(fields.stages) or ["小学"],  # not said: the school's
        "grade": fields.grade,
        "modes": list(fields.modes),
        "headcount": fields.headcount or 1,
        "said": fields.headcount is not None,
        "start": fields.start,
        "months": fields.months,
        "topics": [topic[:40] for topic in fields.topics[:8]],
        "urgent": fields.urgent,
        "evidence": {name: [list(span) for span in spans] for name, spans in fields.evidence.items()},
    }


def _kept(need: Need, fields: NeedFields) -> dict[str, Any]:
    names = ("subjects", "stages", "grade", "modes", "headcount", "start", "months", "topics", "urgent")
    kept = {name: getattr(need, name) for name in names}
    return {**kept, "said": need.headcount_said, "evidence": need.evidence}


def _check_card(world: World, user: int, drafts: list[Need]) -> None:
    """The card shows every field of every order (a card of many orders shows each in one line)."""
    card, w = world.last(user), words("zh-CN")
    for need in drafts:
        values = world.do(lambda session, need=need: need_values(session, session.get_one(Need, need.id)))
        shown = [what(w, values), where(w, values), forms(w, values)]
        if len(drafts) <= 3:
            shown += [people(w, values), when(w, values)]
        for part in shown:
            assert part in card, (part, card)


def _questions(world: World, user: int) -> int:
    """Answers with the first button until the card offers 提交; returns how many that took."""
    asked = 0
    while "提交" not in world.labels(user):
        asked += 1
        assert asked <= needs.MAX_QUESTIONS, world.transcript(user)
        world.tap(user, world.labels(user)[0])
    return asked


def test_the_command_line_reads_the_same(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What `bot.py read` prints is what the engine says, so the card equals both."""
    import io
    from datetime import date

    from bot import main

    text = "\n".join(json.dumps({"id": case["id"], "text": case["text"]}, ensure_ascii=False) for case in CASES)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["read", "--today", "2026-11-21"]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for case, row in zip(CASES, printed, strict=True):
        reading = matching.read(case["text"], today=date(2026, 11, 21))
        assert (case["id"], reading.kind) == (row["id"], row["kind"])
        assert [need.to_json() for need in reading.needs] == row["needs"]
