"""快进: however time is cut into steps, the rows and the messages are the same."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import SQLModel

from models import Audit, Due, Need, Offer, Outbox, Placement, Proposal, Survey
from services import surveys
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World, from_bot

TABLES: tuple[type[SQLModel], ...] = (Need, Proposal, Offer, Placement, Survey, Audit, Due)
RANDOM = {"batch", "colleague_hash"}  # uuids and codes
CUTS = {
    "30 of one day": [1.0] * 30,
    "hours and days": [0.25, 3.5, 0.25, 10, 0.125, 15.875],
}
YEAR = {"400 at once": [400.0], "mixed": [90.0, 10.5, 0.5, 99.0, 40.0, 60.0, 100.0]}


@pytest.mark.parametrize("cut", CUTS)
def test_thirty_days(make_world: Callable[[], World], cut: str) -> None:
    assert _after(make_world(), [30.0], _offers) == _after(make_world(), CUTS[cut], _offers)


def test_four_hundred_days(make_world: Callable[[], World]) -> None:
    at_once, mixed = (_after(make_world(), steps, _placement) for steps in YEAR.values())
    assert at_once == mixed


def _offers(stage: Stage) -> None:
    """Everything that can fall due in a month: an offer, an accepted one, an undecided proposal, a survey."""
    stage.offer()
    stage.accepted()
    stage.proposal()
    stage.survey()


def _placement(stage: Stage) -> None:
    stage.placement()
    stage.accepted()


def _after(world: World, steps: list[float], prepare: Callable[[Stage], None]) -> dict[str, Any]:
    stage = Stage(world)
    prepare(stage)
    for days in steps:
        world.forward_by(days=days)
    check_everything(world)
    rows = {str(table.__tablename__): [row.model_dump(exclude=RANDOM) for row in world.rows(table)] for table in TABLES}
    told = [(row.view, row.chat, {**row.content, "code": ""}) for row in world.rows(Outbox) if row.act != "answer"]
    phones = {user: sorted(map(_plain, filter(from_bot, world.messages(user)))) for user in stage.everybody}
    return {**rows, "told": sorted(told, key=repr), "phones": phones, "now": world.now()}


def _plain(message: dict[str, Any]) -> tuple[int, str]:
    """When it came, and its text without the code, which is random. At one instant reminders let the others through."""
    return message["date"], message["text"].partition("/start ")[0]


def test_reminders_only_to_those_who_did_not_answer_in_the_daytime_and_days_apart(world: World) -> None:
    """At most three, at least three days apart, never 21:00–08:00."""
    stage = Stage(world)
    survey = stage.survey()
    stage.act(stage.school, _answer, survey)
    stage.act(stage.school, surveys.no_slips, stage.newest(Survey))
    heard = {user: len(world.heard(user)) for user in (stage.school, stage.teacher)}
    for _ in range(25 * 4):
        world.forward_by(hours=6)
    assert len(world.heard(stage.school)) == heard[stage.school]
    reminded = world.rows(Due, Due.kind == "survey-reminder", Due.outcome == "done")
    times = sorted(row.done_at for row in reminded)
    assert len(times) == 3
    assert all((later - earlier).days >= 3 for earlier, later in pairwise(times))
    assert all(8 <= (when.hour + 8) % 24 < 21 for when in times)  # Shanghai
    assert len(world.heard(stage.teacher)) - heard[stage.teacher] == 3


def test_after_the_bot_was_down_for_a_month_reminders_do_not_come_at_once(world: World) -> None:
    """With a real clock nothing walks: all that is overdue runs in one tick, and still no reminder follows another."""
    stage = Stage(world)
    survey = stage.survey()
    later = world.now().replace(day=28, month=12, hour=3)

    def overdue(session: Any) -> None:
        for sequence in (1, 2, 3):
            row = next(each for each in session.exec(_reminders(survey)) if each.sequence == sequence)
            row.done_at, row.outcome = later, "done"  # as timing.run_next marks it before it calls
            session.flush()
            surveys.remind(session, survey, sequence, later)
            session.flush()

    before = len(world.heard(stage.school))
    world.do(overdue)
    world.settle()
    assert len(world.heard(stage.school)) - before == 1


def _reminders(survey: int) -> Any:
    from sqlmodel import select

    return select(Due).where(Due.kind == "survey-reminder", Due.subject_id == survey)


def _answer(session: Any, actor: Any, now: Any, survey: int) -> None:
    for question in range(3):
        surveys.rate(session, actor, now, survey, f"{question}.4")
    surveys.finish(session, actor, now, survey)
