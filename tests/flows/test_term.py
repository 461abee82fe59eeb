"""A school term of the 70 schools with 60 orders. What the surveys send is what a script of its own expects.

That script (sends.py) knows the plan as a file, the dates of the placements and when people answered, left or blocked the
bot; nothing of the program's schedule.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from models import Due, Need, Offer, Outbox, Placement, Proposal
from services import people, proposals, timing
from tests.flows.checks import check_everything
from tests.flows.sends import Send, of_wave, sent, waves
from tests.flows.term import FIRST_TEACHER, ORDERS, Term
from tests.world import World, from_bot


def test_sixty_orders_of_a_term(make_world: Callable[[], World]) -> None:
    world = make_world()
    world.forward_by(days=91)  # 2027-02-20
    term = Term(world)
    term.play(lambda: _nothing_is_without_an_owner(world))
    expected, found = set(_expected(term)), sent(world)
    assert expected - found == set(), "not sent"
    assert found - expected == set(), "sent besides"
    assert len(world.rows(Need)) == ORDERS
    assert len(term.log.confirmed) > 0.6 * ORDERS
    assert len(found) > 250
    assert min(term.log.refusals, term.log.withdrawn, len(term.log.left), len(term.log.blocked)) > 0
    assert {each[4] for each in found} == {0, 1, 2, 3}
    _only_in_the_daytime(world)
    check_everything(world)


def _expected(term: Term) -> Iterator[Send]:
    for placement in term.world.rows(Placement):
        (need,) = term.world.rows(Need, Need.id == placement.need_id)
        school = term.phone_of(need.filer_id)
        phones = {"school": school, "students": school, "teacher": FIRST_TEACHER + placement.teacher_id - 1}
        for kind, wave in waves().items():
            sends = of_wave(term.log, phones, placement, kind, wave)
            yield from (send for send in sends if send[-1] <= term.today)


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
