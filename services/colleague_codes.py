"""请同事来评: the school asks for a colleague code again. Only its hash is kept, so it gets a new one and the old is void.

That is said before and after. Who has joined stays; a second tap makes no third code, for the button names the one it voids.
"""

from datetime import datetime

from sqlmodel import Session

from models import Need, Placement
from services import audit, changes, colleagues
from services.actor import Actor, access_need
from services.clean import number
from services.errors import NotYours
from services.post import Toast, update
from services.snapshots import placement_values

MARK = 8  # characters of the hash on the button


def choose(session: Session, actor: Actor, now: datetime, need_id: int, choice: str = "") -> Toast | None:
    """Whose colleagues; with one teacher at work there is nothing to choose."""
    need = access_need(session, actor, need_id)
    running = changes.helping(session, need)
    if not running:
        changes.show_present(session, actor, need)
        return Toast("stale")
    if len(running) == 1:
        _ask(session, actor, running[0])
        return None
    page = number(choice.removeprefix("page")) or 0
    values = {"id": need_id, "placements": [placement_values(session, each) for each in running], "page": page}
    update(session, actor.id, "colleagues-of", values, card=changes.card_name(need_id))
    return None


def ask(session: Session, actor: Actor, now: datetime, placement_id: int) -> Toast | None:
    """What a new code means, and one more tap."""
    placement = _access(session, actor, placement_id)
    if placement.status != "active" or not colleagues.asked(placement):
        return _stale(session, actor, placement)
    _ask(session, actor, placement)
    return None


def renew(session: Session, actor: Actor, now: datetime, placement_id: int, mark: str) -> Toast | None:
    """换一个新的: the code before counts no more, and the asker reads so."""
    placement = _access(session, actor, placement_id)
    if placement.status != "active" or not colleagues.asked(placement):
        return _stale(session, actor, placement)
    if mark != _mark(placement):
        return Toast("already")
    colleagues.hand_out(session, placement, actor.id)
    audit.note(session, placement, placement.status, actor, now, before=placement.status, why="new colleague code")
    values = placement_values(session, placement)
    update(session, actor.id, "colleague-renewed", values, card=changes.card_name(placement.need_id))
    return Toast("done")


def _ask(session: Session, actor: Actor, placement: Placement) -> None:
    values = placement_values(session, placement) | {"mark": _mark(placement)}
    update(session, actor.id, "colleague-renew", values, card=changes.card_name(placement.need_id))


def _mark(placement: Placement) -> str:
    """Which code a button would void."""
    return (placement.colleague_hash or "none")[:MARK]


def _stale(session: Session, actor: Actor, placement: Placement) -> Toast:
    changes.show_present(session, actor, session.get_one(Need, placement.need_id))
    return Toast("stale")


def _access(session: Session, actor: Actor, placement_id: int) -> Placement:
    placement = session.get(Placement, placement_id)
    if placement is None:
        raise NotYours
    access_need(session, actor, placement.need_id)
    session.refresh(placement)
    return placement
