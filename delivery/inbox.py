"""The inbox in SQL: save a batch before the offset moves, claim, finish behind a fence, give back, park.

A claim takes the oldest open row of persons who have none in flight, so that one person's rows run one after the other
while many persons run side by side. The same path serves first run, retry, replay after a crash and a second worker.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlmodel import Session, col, select

from models import Inbox
from services.people import persons_of

LEASE_SECONDS = 60.0  # longer than the longest handler may run (worker.HANDLER_SECONDS)
MAX_TRIES = 3
MAX_WAITING = 200  # open rows of one person; more are answered by nobody but kept


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
            if isinstance(who, dict) and isinstance(who.get("id"), int):
                return int(who["id"])
    return 0


def save(session: Session, updates: Sequence[dict[str, Any]], *, at: float, now: datetime, channel: str) -> int:
    """Keep what is new of `updates` and return how many that was. Updates without a usable id are left out."""
    rows = {raw["update_id"]: raw for raw in updates if isinstance(raw.get("update_id"), int)}
    known = select(Inbox.update_id).where(Inbox.channel == channel, col(Inbox.update_id).in_(rows))
    for update_id in session.exec(known):
        del rows[update_id]
    persons = persons_of(session, {sender_of(raw) for raw in rows.values()}, now, channel)
    values = [
        {
            "channel": channel,
            "update_id": update_id,
            "person_id": persons[sender_of(raw)],
            "raw": json.dumps(raw, ensure_ascii=True),
            "received_at": at,
            "lease_until": 0.0,
            "attempts": 0,
        }
        for update_id, raw in sorted(rows.items())
    ]
    if values:
        session.connection().execute(_inbox.insert(), values)
    return len(values)


def claim(session: Session, *, n: int, me: str, at: float) -> list[Claimed]:
    """Take up to `n` rows whose persons have nothing in flight, oldest first."""
    query = _CLAIMS[session.get_bind().dialect.name]
    rows = session.connection().execute(query, {"now": at, "n": n, "me": me, "until": at + LEASE_SECONDS})
    return sorted((Claimed(*row, worker=me) for row in rows), key=lambda row: row.id)  # RETURNING has no order


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
