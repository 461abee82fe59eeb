"""What surveys should send, from the plan as a file, the dates and what people did; and what was sent.

The first is a calculation of its own: it knows nothing of the program's schedule.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models import Due, Outbox, Placement, Survey
from services import timing
from tests.flows.term import Log
from tests.world import World

PLAN = Path(__file__).parents[2] / "services" / "survey_plan.toml"
NEVER = date.max
Send = tuple[int, int, str, str, int, date]  # phone, placement, wave, group, 0 or the reminder's number, day


def waves() -> dict[str, dict[str, Any]]:
    """The waves of the file."""
    found: dict[str, dict[str, Any]] = tomllib.loads(PLAN.read_text("utf-8"))["waves"]
    return found


def of_wave(
    log: Log, phones: Mapping[str, int], placement: Placement, kind: str, wave: Mapping[str, Any]
) -> Iterator[Send]:
    """Everything one wave of one placement has to send: who is asked on which day, and who is reminded when."""
    assert placement.id is not None
    confirmed, left = log.confirmed[placement.id], log.left.get(placement.id, NEVER)
    length = (placement.end - placement.start).days
    if length + 1 < wave["least_days"]:
        return
    anchor = {
        "start": placement.start,
        "middle": placement.start + timedelta(days=length // 2),
        "end": placement.end,
    }[wave["after"]]
    day = anchor + timedelta(days=wave["days"])
    at_the_end = wave["after"] == "end" and wave["days"] == 0
    opened = max(day + timedelta(days=1) if at_the_end else day, confirmed)
    if opened > left or opened > day + timedelta(days=wave["lapse_days"]):
        return
    for group in wave["ask"]:
        if group not in phones:
            continue  # nobody joined as a colleague
        phone = phones[group]
        away = min(log.blocked.get(phone, NEVER), left)
        answered = log.answered.get((placement.id, kind, group), NEVER)
        own = log.answered.get((placement.id, kind, "school"), NEVER) if group == "students" else date.min
        if group != "students" and opened <= away:
            yield phone, placement.id, kind, group, 0, opened
        for number, days in enumerate(wave["ask"][group], 1):
            due = opened + timedelta(days=days)
            if own < due <= min(answered, away):
                yield phone, placement.id, kind, group, number, due


def sent(world: World) -> set[Send]:
    """What went out by itself: first questions and reminders, each once."""
    found = []
    surveys = {survey.id: survey for survey in world.rows(Survey)}
    reminded = {
        (row.subject_id, row.sequence): row.done_at
        for row in world.rows(Due, Due.kind == "survey-reminder")
        if row.done_at
    }
    for row in world.rows(Outbox, Outbox.view == "survey", Outbox.act == "send"):
        if row.bulk and row.outcome == "sent":
            survey, number = surveys[row.content["id"]], row.content["reminder"]
            at = reminded[survey.id, number] if number else survey.opened_at
            found.append((row.chat, survey.placement_id, survey.kind, survey.role, number, timing.today(at)))
    assert len(found) == len(set(found)), "something was sent twice"
    return set(found)
