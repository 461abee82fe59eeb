"""The outbox in SQL: claim with a lease, mark what became of it, remember which message shows which card.

Order within a chat is kept (one row in flight per chat), answers to a person go before bulk of the same chat.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlmodel import Session, col, select

from models import Account, Card, Outbox

LEASE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row of the outbox in this sender's hands."""

    id: int
    key: str
    channel: str
    chat: int
    person_id: int
    act: str
    view: str
    content: dict[str, Any]
    language: str
    card: str | None
    bulk: bool
    attempts: int
    message_id: int | None = None  # of the card that an edit changes


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a parcel. `outcome` None means: not yet, try again at `not_before`."""

    parcel: Parcel
    outcome: str | None
    error: str | None = None
    message_id: int | None = None
    not_before: float = 0.0
    unreachable: bool = False


_CLAIM = """
WITH c AS MATERIALIZED (
    SELECT o.id AS cid FROM outbox o
    WHERE o.done_at IS NULL AND o.lease_until < :now AND o.not_before <= :now
      AND o.id = (SELECT b.id FROM outbox b WHERE b.chat = o.chat AND b.done_at IS NULL
                  ORDER BY b.bulk, b.id LIMIT 1)
      AND (SELECT max(b.lease_until) FROM outbox b WHERE b.chat = o.chat AND b.done_at IS NULL) < :now
    ORDER BY o.bulk, o.id LIMIT :n {lock})
UPDATE outbox SET worker = :me, lease_until = :until, attempts = attempts + 1 FROM c WHERE id = c.cid
RETURNING id, key, channel, chat, person_id, act, view, content, language, card, bulk, attempts
"""
_CLAIMS = {
    "sqlite": text(_CLAIM.format(materialized="MATERIALIZED", lock="")).columns(
        content=Outbox.__table__.c.content.type
    ),  # type: ignore[attr-defined]
    "postgresql": text(_CLAIM.format(materialized="MATERIALIZED", lock="FOR UPDATE OF o SKIP LOCKED")),
}
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_MARK = (
    update(_outbox)
    .where(_outbox.c.id == bindparam("row"), _outbox.c.worker == bindparam("me"), _outbox.c.done_at.is_(None))
    .values(
        done_at=bindparam("at"),
        outcome=bindparam("how"),
        error=bindparam("why"),
        not_before=bindparam("later"),
        lease_until=0.0,
    )
)


def claim(session: Session, *, n: int, me: str, at: float) -> list[Parcel]:
    """Take up to `n` rows that may go now, one per chat, answers first; edits know their message."""
    query = _CLAIMS[session.get_bind().dialect.name]
    rows = session.connection().execute(query, {"now": at, "n": n, "me": me, "until": at + LEASE_SECONDS})
    parcels = sorted((Parcel(*row) for row in rows), key=lambda parcel: (parcel.bulk, parcel.id))
    return _with_messages(session, parcels)


def _with_messages(session: Session, parcels: list[Parcel]) -> list[Parcel]:
    edits = [parcel for parcel in parcels if parcel.act == "edit"]
    if not edits:
        return parcels
    query = select(Card.chat, Card.name, Card.message_id).where(
        col(Card.chat).in_({parcel.chat for parcel in edits}), col(Card.name).in_({parcel.card for parcel in edits})
    )
    messages = {(chat, name): message for chat, name, message in session.exec(query)}
    return [
        Parcel(**{**fields(parcel), "message_id": messages.get((parcel.chat, parcel.card or ""))}) for parcel in parcels
    ]


def fields(parcel: Parcel) -> dict[str, Any]:
    """All fields of a parcel, to make a changed copy."""
    return {name: getattr(parcel, name) for name in Parcel.__slots__}


def mark(session: Session, fates: Sequence[Fate], *, me: str, at: float) -> None:
    """Write down what became of the parcels, where their cards are now, and who cannot be reached."""
    values = [
        {
            "row": fate.parcel.id,
            "me": me,
            "at": at if fate.outcome else None,
            "how": fate.outcome,
            "why": fate.error and fate.error[:200],
            "later": fate.not_before,
        }
        for fate in fates
    ]
    session.connection().execute(_MARK, values)
    _remember_cards(session, (fate for fate in fates if fate.message_id is not None and fate.parcel.card))


def _remember_cards(session: Session, fates: Iterable[Fate]) -> None:
    for fate in fates:
        parcel = fate.parcel
        assert fate.message_id is not None and parcel.card is not None
        card = session.exec(select(Card).where(Card.chat == parcel.chat, Card.name == parcel.card)).first()
        if card is None:
            card = Card(channel=parcel.channel, chat=parcel.chat, name=parcel.card, message_id=fate.message_id)
        card.message_id = fate.message_id
        session.add(card)


def hold_chat(session: Session, chat: int, until: float) -> None:
    """Nothing goes to `chat` before `until` (Telegram said 429)."""
    session.connection().execute(
        update(_outbox).where(_outbox.c.chat == chat, _outbox.c.done_at.is_(None)).values(not_before=until)
    )


def move_chat(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: everything open and every card follows."""
    session.connection().execute(
        update(_outbox).where(_outbox.c.chat == old, _outbox.c.done_at.is_(None)).values(chat=new)
    )
    for table in (Card, Account):
        column = "chat" if table is Card else "external_id"
        rows = table.__table__  # type: ignore[attr-defined]
        session.connection().execute(update(rows).where(rows.c[column] == old).values({column: new}))
