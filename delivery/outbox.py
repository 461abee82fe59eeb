"""The outbox in SQL: claim with a lease, mark what became of it, remember which message shows which card.

Order within a chat is kept (one row in flight per chat), interactive messages go before bulk of the same chat. Answers to
a tap are no messages: they wait for nothing, or the button would spin as long as the chat is held. A card that was sent
anew as a reminder leaves a message with old buttons: the mark writes a row that takes them away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel import Session, col, select

from models import Account, Card, Outbox

LEASE_SECONDS = 60.0
KEEP_SECONDS = 30 * 86_400.0
PRUNE_ROWS = 5_000  # at once


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
    error: str | None = None  # of the try before
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
    moved_to: int | None = None  # the chat's new id
    hold: bool = False  # 429: nothing goes to the chat before `not_before`


_CLAIM = """
WITH c AS MATERIALIZED (
    SELECT o.id AS cid FROM outbox o
    WHERE o.done_at IS NULL AND o.lease_until < :now AND o.not_before <= :now AND (o.act = 'answer' {messages})
    ORDER BY o.bulk, o.id LIMIT :n {lock})
UPDATE outbox SET worker = :me, lease_until = :until, attempts = attempts + 1 FROM c WHERE id = c.cid
RETURNING id, key, channel, chat, person_id, act, view, content, language, card, bulk, attempts, error
"""
_MESSAGES = """
      OR o.chat NOT IN :held
      AND o.id = (SELECT b.id FROM outbox b WHERE b.chat = o.chat AND b.done_at IS NULL AND b.act <> 'answer'
                  ORDER BY b.bulk, b.id LIMIT 1)
      AND (SELECT max(b.lease_until) FROM outbox b
           WHERE b.chat = o.chat AND b.done_at IS NULL AND b.act <> 'answer') < :now
"""
_outbox = Outbox.__table__  # type: ignore[attr-defined]


def _claim_query(lock: str, messages: str) -> TextualSelect:
    query = text(_CLAIM.format(lock=lock, messages=messages))
    if messages:
        query = query.bindparams(bindparam("held", expanding=True))
    return query.columns(
        *(_outbox.c[name] for name in Parcel.__slots__ if name != "message_id"),
    )


_LOCK = {"sqlite": "", "postgresql": "FOR UPDATE OF o SKIP LOCKED"}
_CLAIMS = {(name, bare): _claim_query(_LOCK[name], "" if bare else _MESSAGES) for name in _LOCK for bare in (0, 1)}
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


_SHOWS = text(
    "INSERT INTO card (channel, chat, name, message_id) VALUES (:channel, :chat, :name, :message) "
    "ON CONFLICT (chat, name) DO UPDATE SET message_id = excluded.message_id"
)


def claim(
    session: Session, *, n: int, me: str, at: float, held: Sequence[int] = (), answers_only: bool = False
) -> list[Parcel]:
    """Take up to `n` rows that may go now, one message per chat that is not held; edits know their message."""
    query = _CLAIMS[session.get_bind().dialect.name, int(answers_only)]
    values: dict[str, Any] = {"now": at, "n": n, "me": me, "until": at + LEASE_SECONDS}
    if not answers_only:
        values["held"] = list(held)
    rows = session.connection().execute(query, values)
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
    return [replace(parcel, message_id=messages.get((parcel.chat, parcel.card or ""))) for parcel in parcels]


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
    shown = [fate for fate in fates if fate.message_id is not None and fate.parcel.card]
    _strip_former(session, [fate for fate in shown if fate.parcel.bulk and fate.parcel.act == "send"], at)
    _remember_cards(session, shown)


def _strip_former(session: Session, reminders: Sequence[Fate], at: float) -> None:
    """For each reminder whose card stood on another message: a row that takes the buttons from it."""
    for fate in reminders:
        parcel = fate.parcel
        query = select(Card.message_id).where(Card.chat == parcel.chat, Card.name == parcel.card)
        former = session.exec(query).first()
        if former is not None and former != fate.message_id:
            session.add(
                Outbox(
                    key=uuid4().hex,
                    channel=parcel.channel,
                    chat=parcel.chat,
                    person_id=parcel.person_id,
                    act="strip",
                    view=parcel.view,
                    content={"message": former},
                    language=parcel.language,
                    bulk=True,
                    created_at=at,
                )
            )


def _remember_cards(session: Session, fates: Iterable[Fate]) -> None:
    values = [
        {
            "channel": fate.parcel.channel,
            "chat": fate.parcel.chat,
            "name": fate.parcel.card,
            "message": fate.message_id,
        }
        for fate in fates
    ]
    if values:
        session.connection().execute(_SHOWS, values)


def hold_chat(session: Session, chat: int, until: float) -> None:
    """No message that waits for `chat` goes before `until` (Telegram said 429). Kept in the rows for after a crash."""
    rows = _outbox.c.chat == chat, _outbox.c.done_at.is_(None), _outbox.c.act != "answer"
    session.connection().execute(update(_outbox).where(*rows, _outbox.c.not_before < until).values(not_before=until))


def move_chat(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: everything open and every card follows."""
    session.connection().execute(
        update(_outbox).where(_outbox.c.chat == old, _outbox.c.done_at.is_(None)).values(chat=new)
    )
    cards, accounts = Card.__table__, Account.__table__  # type: ignore[attr-defined]
    connection = session.connection()
    known = select(cards.c.name).where(cards.c.chat == new)
    connection.execute(delete(cards).where(cards.c.chat == old, cards.c.name.in_(known)))
    connection.execute(update(cards).where(cards.c.chat == old).values(chat=new))
    if session.exec(select(Account.id).where(Account.external_id == new)).first() is None:
        connection.execute(update(accounts).where(accounts.c.external_id == old).values(external_id=new))


def release(session: Session, me: str | None = None) -> None:
    """End the leases of a sender that stops, or, for whoever is alone, of everybody."""
    mine = _outbox.c.worker == me if me else _outbox.c.lease_until > 0
    session.connection().execute(update(_outbox).where(_outbox.c.done_at.is_(None), mine).values(lease_until=0.0))


def prune(session: Session, at: float) -> int:
    """Remove what was sent, or given up, long ago."""
    old = select(Outbox.id).where(col(Outbox.done_at) < at - KEEP_SECONDS, col(Outbox.created_at) < at - KEEP_SECONDS)
    return session.connection().execute(delete(_outbox).where(_outbox.c.id.in_(old.limit(PRUNE_ROWS)))).rowcount
