"""Two people at once: the first decision wins, a teacher is never promised twice."""

import asyncio
from typing import Any

from sqlmodel import Session

from models import Audit, Offer, Proposal, Teacher
from services import decisions, filing, needs
from services.actor import actor_of
from tests.flows.checks import check_everything
from tests.flows.stage import ORDER, Stage
from tests.world import World


def test_two_coordinators_approve_the_same_proposal_at_once(world: World) -> None:
    stage = Stage(world)
    for _ in range(5):
        proposal = stage.proposal()
        data = f"v1:approve:{proposal}"
        world.press_all([(stage.boss, 1, data), (stage.programme, 1, data)] * 2)
        assert len(world.rows(Offer, Offer.proposal_id == proposal)) == 1
        decided = world.rows(Audit, Audit.entity == "proposal", Audit.entity_id == proposal, Audit.after == "approved")
        assert len(decided) == 1
    check_everything(world)


def test_approve_and_decline_at_once_leave_one_decision(world: World) -> None:
    stage = Stage(world)
    for _ in range(5):
        proposal = stage.proposal()
        world.press_all([(stage.boss, 1, f"v1:why:{proposal}:unsaid"), (stage.programme, 1, f"v1:approve:{proposal}")])
        (row,) = world.rows(Proposal, Proposal.id == proposal)
        assert len(world.rows(Offer, Offer.proposal_id == proposal)) == (row.status == "approved")
    check_everything(world)


def test_twenty_approvals_for_one_teacher_of_capacity_one_make_one_offer(world: World) -> None:
    stage = Stage(world)
    teacher = stage.entry()
    world.do(lambda session: setattr(session.get_one(Teacher, teacher), "capacity", 1))
    for _ in range(20):
        stage.act(stage.school, needs.hear, ORDER)
        stage.act(stage.school, filing.submit_anyway, stage.newest(needs.Need))
    waiting = [row.id for row in world.rows(Proposal)]
    person = world.person_of(stage.boss)

    def approve(proposal: int) -> Any:
        def unit(session: Session) -> Any:
            return decisions.approve(session, actor_of(session, person), world.now(), proposal)

        return world.store.run(unit)

    async def together() -> None:
        await asyncio.gather(*(approve(proposal) for proposal in waiting))

    world.wait(together())
    world.settle()
    assert len(world.rows(Offer)) == 1
    assert sorted(row.status for row in world.rows(Proposal)) == ["approved", *["open"] * 19]
    check_everything(world)


def test_confirm_and_refuse_of_two_people_of_a_school_at_once(world: World) -> None:
    stage = Stage(world)
    colleague = world.school_person(30, "四开乡中心小学校", "同事")
    world.settle()
    for _ in range(4):
        offer = stage.accepted()
        world.press_all([(stage.school, 1, f"v1:confirm:{offer}"), (colleague, 1, f"v1:refusewhy:{offer}:unsaid")])
        (row,) = world.rows(Offer, Offer.id == offer)
        assert row.status in ("confirmed", "refused")
    check_everything(world)


def test_many_starts_by_one_person_make_one_person(world: World) -> None:
    """/start flooding: everything is answered in order, nothing is doubled."""
    world.coordinator(1, "昭觉县")
    user = world.stranger(2)

    async def flood() -> None:
        await asyncio.gather(*(world.gateway.say(user, "/start") for _ in range(30)))

    world.wait(flood())
    world.settle()
    assert len(world.heard(user)) == 30
    check_everything(world)
