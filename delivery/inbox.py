"""The inbox in SQL: save a batch before the offset moves, claim, finish behind a fence, give back, park.

A claim takes the oldest open row of persons who have none in flight, so that one person's rows run one after the other
while many persons run side by side. The same path serves first run, retry, replay after a crash and a second worker.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, text, update
from sqlmodel import Session, col, select

from models import Inbox
from services import post
from services.people import persons_of, revive

LEASE_SECONDS = 60.0  # longer than the longest handler may run (worker.HANDLER_SECONDS)
MAX_TRIES = 3
MAX_CRASHES = 10  # tries of a row that never came to an end, because the process died with it
MAX_WAITING = 200  # open rows of one person; what comes on top is kept as "flood" and not handled
SLOW_DOWN_SECONDS = 60.0  # a flooding person is told so once in this time
KEEP_SECONDS = 8 * 86_400.0  # the far end may give an id out again after a week of silence (fact 12)
KEEP_PARKED_SECONDS = 90 * 86_400.0
PRUNE_ROWS = 5_000  # at once
LARGEST = 2**63 - 1


class Fenced(Exception):
    """Somebody else holds the row now; what this worker did must not be committed."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row of the inbox in this worker's hands."""

    id: int
    update_id: int
    person_id: int
    raw: str
    attempts: int
    worker: str


_CLAIM = """
WITH c AS MATERIALIZED (
    SELECT i.id AS cid FROM inbox i
    WHERE i.done_at IS NULL AND i.lease_until < :now
      AND i.id = (SELECT b.id FROM inbox b WHERE b.person_id = i.person_id AND b.done_at IS NULL ORDER BY b.id LIMIT 1)
    ORDER BY i.id LIMIT :n {lock})
UPDATE inbox SET worker = :me, lease_until = :until, attempts = attempts + 1 FROM c WHERE id = c.cid
RETURNING id, update_id, person_id, raw, attempts
"""
_CLAIMS = {
    "sqlite": text(_CLAIM.format(lock="")),
    "postgresql": text(_CLAIM.format(lock="FOR UPDATE OF i SKIP LOCKED")),
}
_inbox = Inbox.__table__  # type: ignore[attr-defined]
_FENCE = (
    update(_inbox)
    .where(
        _inbox.c.id == bindparam("row"),
        _inbox.c.worker == bindparam("me"),
        _inbox.c.attempts == bindparam("tries"),
        _inbox.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"), outcome=bindparam("how"))
)


def sender_of(raw: dict[str, Any]) -> int:
    """The Telegram id of whoever an update comes from; 0 for what nobody sent. Any shape of update is survived."""
    for value in raw.values():
        if not isinstance(value, dict):
            continue
        for field in ("from", "user", "chat", "sender_chat"):
            who = value.get(field)
            if isinstance(who, dict) and (known := _whole(who.get("id"))) is not None:
                return known
    return 0


def id_of(raw: dict[str, Any]) -> int | None:
    """The id of an update, or None if it has none that can be kept."""
    return _whole(raw.get("update_id"))


def _whole(value: object) -> int | None:
    """An integer the database can hold."""
    return value if type(value) is int and -LARGEST <= value <= LARGEST else None


def save(session: Session, updates: Sequence[dict[str, Any]], *, at: float, now: datetime, channel: str) -> int:
    """Keep what is new of `updates` and return how many that was. Updates without a usable id are left out."""
    rows = {update_id: raw for raw in updates if (update_id := id_of(raw)) is not None}
    known = select(Inbox.update_id).where(Inbox.channel == channel, col(Inbox.update_id).in_(rows))
    for update_id in session.exec(known):
        del rows[update_id]
    persons = persons_of(session, {sender_of(raw) for raw in rows.values()}, now, channel)
    revive(session, {sender_of(raw) for raw in rows.values() if "my_chat_member" not in raw}, now, channel)
    waiting = _waiting(session, persons.values())
    values: list[dict[str, Any]] = []
    for update_id, raw in rows.items():  # in the far end's order: ids may jump down
        person = persons[sender_of(raw)]
        waiting[person] = waiting.get(person, 0) + 1
        flood = waiting[person] > MAX_WAITING
        values.append(
            {
                "channel": channel,
                "update_id": update_id,
                "person_id": person,
                "raw": _written(raw),
                "received_at": at,
                "lease_until": 0.0,
                "attempts": 0,
                "done_at": at if flood else None,
                "outcome": "flood" if flood else None,
            }
        )
    _slow_down(session, {row["person_id"] for row in values if row["outcome"]}, at)
    if values:
        session.connection().execute(_inbox.insert(), values)
    return len(values)


def _written(raw: dict[str, Any]) -> str:
    """An update as it is kept: whole, but for the name and number on somebody's contact card."""
    text = json.dumps(raw, ensure_ascii=True)
    return json.dumps(_without_cards(raw), ensure_ascii=True) if '"phone_number"' in text else text


def _without_cards(value: Any) -> Any:
    """`value` with every contact card emptied, wherever it stands (in a reply, say)."""
    if isinstance(value, list):
        return [_without_cards(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "phone_number" in value:
        return {"phone_number": "", "first_name": ""}
    return {key: _without_cards(each) for key, each in value.items()}


def _waiting(session: Session, persons: Iterable[int]) -> dict[int, int]:
    """How many rows of each person wait."""
    query = (
        select(Inbox.person_id, func.count())
        .where(col(Inbox.person_id).in_(set(persons)), col(Inbox.done_at).is_(None))
        .group_by(col(Inbox.person_id))
    )
    return dict(session.exec(query).all())


def _slow_down(session: Session, persons: Iterable[int], at: float) -> None:
    """Ask whoever floods to write more slowly, once a minute."""
    for person in sorted(persons):
        told = select(Inbox.id).where(
            Inbox.person_id == person, Inbox.outcome == "flood", Inbox.received_at > at - SLOW_DOWN_SECONDS
        )
        if session.exec(told.limit(1)).first() is None:
            post.tell(session, person, "error", {"key": "slow-down", "values": {}})


def claim(session: Session, *, n: int, me: str, at: float) -> list[Claimed]:
    """Take up to `n` rows whose persons have nothing in flight, oldest first."""
    query = _CLAIMS[session.get_bind().dialect.name]
    rows = session.connection().execute(query, {"now": at, "n": n, "me": me, "until": at + LEASE_SECONDS})
    claimed = [Claimed(row.id, row.update_id, row.person_id, row.raw, row.attempts, me) for row in rows]
    return sorted(claimed, key=lambda row: row.id)  # RETURNING has no order


def finish(session: Session, row: Claimed, *, at: float, how: str = "done") -> None:
    """The fence: mark the row, or raise Fenced if it is no longer this worker's."""
    values = {"row": row.id, "me": row.worker, "tries": row.attempts, "at": at, "how": how}
    if session.connection().execute(_FENCE, values).rowcount != 1:
        raise Fenced


def give_back(session: Session, row: Claimed, *, at: float, counts: bool) -> None:
    """Let the row be claimed again after `at`; `counts=False` when the fault was not the row's (a database error)."""
    attempts = row.attempts if counts else row.attempts - 1
    session.connection().execute(
        update(_inbox)
        .where(_inbox.c.id == row.id, _inbox.c.worker == row.worker, _inbox.c.done_at.is_(None))
        .values(lease_until=at, attempts=attempts)
    )


def release(session: Session, me: str | None = None) -> None:
    """End the leases of a worker that stops, or, for whoever is alone, of everybody."""
    mine = _inbox.c.worker == me if me else _inbox.c.lease_until > 0
    session.connection().execute(update(_inbox).where(_inbox.c.done_at.is_(None), mine).values(lease_until=0.0))


def prune(session: Session, at: float) -> int:
    """Remove what was handled long ago; parked rows are kept longer, somebody may look into them."""
    old = select(Inbox.id).where(
        or_(
            (col(Inbox.done_at) < at - KEEP_SECONDS) & (col(Inbox.outcome) != "parked"),
            col(Inbox.done_at) < at - KEEP_PARKED_SECONDS,
        ),
        col(Inbox.received_at) < at - KEEP_SECONDS,
    )
    return session.connection().execute(delete(_inbox).where(_inbox.c.id.in_(old.limit(PRUNE_ROWS)))).rowcount
