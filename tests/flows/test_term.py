"""A school term of the 70 schools with 60 orders. What the surveys send is what a script of its own expects.

That script knows the plan as a file, the dates of the placements and when people answered, left or blocked the bot;
nothing of the program's schedule.
"""

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from models import Due, Need, Offer, Outbox, Placement, Proposal, Survey
from services import people, proposals, timing
from tests.flows.checks import check_everything
from tests.flows.term import FIRST_TEACHER, ORDERS, Term
from tests.world import World, from_bot

PLAN = Path(__file__).parents[2] / "services" / "survey_plan.toml"
NEVER = date.max
Send = tuple[int, int, str, str, int, date]  # phone, placement, wave, group, 0 or the reminder's number, day


def test_sixty_orders_of_a_term(make_world: Callable[[], World]) -> None:
    world = make_world()
    world.forward_by(days=91)  # 2027-02-20
    term = Term(world)
    term.play(lambda: _nothing_is_without_an_owner(world))
    expected, sent = set(_expected(term)), _sent(term)
    assert expected - sent == set(), "not sent"
    assert sent - expected == set(), "sent besides"
    assert len(world.rows(Need)) == ORDERS
    assert len(term.log.confirmed) > 0.6 * ORDERS
    assert len(sent) > 250
    assert min(term.log.refusals, term.log.withdrawn, len(term.log.left), len(term.log.blocked)) > 0
    assert {each[4] for each in sent} == {0, 1, 2, 3}
    _only_in_the_daytime(world)
    check_everything(world)


def _expected(term: Term) -> Iterator[Send]:
    plan: dict[str, Any] = tomllib.loads(PLAN.read_text("utf-8"))["waves"]
    until = term.today
    for placement in term.world.rows(Placement):
        for kind, wave in plan.items():
            yield from (send for send in _of_wave(term, placement, kind, wave) if send[-1] <= until)


def _of_wave(term: Term, placement: Placement, kind: str, wave: dict[str, Any]) -> Iterator[Send]:
    """Everything one wave of one placement has to send: who is asked on which day, and who is reminded when."""
    assert placement.id is not None
    confirmed, left = term.log.confirmed[placement.id], term.log.left.get(placement.id, NEVER)
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
    school, teacher = _sides(term, placement)
    phones = {"school": school, "students": school, "teacher": teacher}
    for group in wave["ask"]:
        if group not in phones:
            continue  # nobody joined as a colleague
        phone = phones[group]
        away = min(term.log.blocked.get(phone, NEVER), left)
        answered = term.log.answered.get((placement.id, kind, group), NEVER)
        own = term.log.answered.get((placement.id, kind, "school"), NEVER) if group == "students" else date.min
        if group != "students" and opened <= away:
            yield phone, placement.id, kind, group, 0, opened
        for number, days in enumerate(wave["ask"][group], 1):
            due = opened + timedelta(days=days)
            if own < due <= min(answered, away):
                yield phone, placement.id, kind, group, number, due


def _sides(term: Term, placement: Placement) -> tuple[int, int]:
    (need,) = term.world.rows(Need, Need.id == placement.need_id)
    return term.phone_of(need.filer_id), FIRST_TEACHER + placement.teacher_id - 1


def _sent(term: Term) -> set[Send]:
    """What went out by itself: first questions and reminders, each once."""
    world, found = term.world, []
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


def _only_in_the_daytime(world: World) -> None:
    for phone in {row.chat for row in world.rows(Outbox)}:
        for message in world.messages(phone):
            at = timing.local(datetime.fromtimestamp(message["date"], UTC))
            assert 8 <= at.hour < 21 or not from_bot(message), (phone, at, message["text"])


def _nothing_is_without_an_owner(world: World) -> None:
    """Every order that is not full waits for somebody who can be told, and the clock watches over it."""
    for need in world.rows(Need, Need.status.in_(("open", "returned"))):  # type: ignore[attr-defined]
        watched = {(row.kind, row.subject_id) for row in world.rows(Due, Due.done_at.is_(None))}  # type: ignore[union-attr]
        waiting = world.rows(Proposal, Proposal.need_id == need.id, Proposal.status.in_(("open", "returned")))  # type: ignore[attr-defined]
        asked = world.rows(Offer, Offer.need_id == need.id, Offer.status.in_(("open", "accepted")))  # type: ignore[attr-defined]
        for proposal in waiting:
            assert {("proposal-idle", proposal.id), ("answer-reminder", proposal.id)} & watched, need.id
            assert world.do(lambda session, need=need: _decider(session, need)), need.id
        for offer in asked:
            kinds = ("offer-deadline", "confirm-late")
            assert {(kind, offer.id) for kind in kinds} & watched, (need.id, offer.status)
        assert waiting or asked, f"order {need.id} waits for nobody"


def _decider(session: Any, need: Need) -> list[int]:
    found = proposals.deciders(session, session.merge(need))
    return people.reachable(session, found)
