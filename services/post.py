"""Telling people: every outgoing word is a row of the outbox, written in the transaction of what it tells.

A row holds a view's name and plain values, never finished prose. A message may be a card: `show` sends it anew, `update`
changes the message that shows it now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import time
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select

from models import Account, Card, Outbox, Person
from models.types import table_of
from services.actor import Actor

Values = dict[str, Any]
_account, _person = table_of(Account), table_of(Person)
_outbox = table_of(Outbox)
_ADD = _outbox.insert()
_CATCH_UP = (  # bulk that shows the same card and waits: whatever is newer on that card must not go before it
    sa_update(_outbox)
    .where(
        _outbox.c.chat == bindparam("of_chat"),
        _outbox.c.card == bindparam("of_card"),
        _outbox.c.bulk.is_(True),
        _outbox.c.done_at.is_(None),
    )
    .values(bulk=False)
)
TOPICS = ("surveys", "tasks")  # what can be muted (services/muting.py)
_REACH = (
    sa_select(_account.c.channel, _account.c.external_id, _person.c.language, _person.c.muted)
    .join(_person, _person.c.id == _account.c.person_id)
    .where(_account.c.person_id == bindparam("person"), _account.c.unreachable_at.is_(None))
    .order_by(_account.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Toast:
    """A short answer to a tap, worded by `toast-<key>`."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


def tell(
    session: Session,
    person_id: int,
    view: str,
    values: Values | None = None,
    *,
    card: str | None = None,
    bulk: bool = False,
) -> bool:
    """Send a person something new; with `card` it becomes the message that shows that card.

    `bulk` is a reminder, which can be muted. False: it does not reach them.
    """
    return _put(session, person_id, "send", view, values, card=card, bulk=bulk)


def update(session: Session, person_id: int, view: str, values: Values | None = None, *, card: str) -> bool:
    """Change the message that shows `card`; if there is none, send it."""
    return _put(session, person_id, "edit", view, values, card=card)


def tell_all(
    session: Session, people: Iterable[int], view: str, values: Values, *, card: str | None = None, bulk: bool = False
) -> int:
    """Tell several people the same; returns how many could be told."""
    return sum(tell(session, person, view, values, card=card, bulk=bulk) for person in people)


def holders(session: Session, card: str) -> list[int]:
    """Whose phones show a card."""
    query = select(Account.person_id).join(Card, col(Card.chat) == Account.external_id)
    return sorted(set(session.exec(query.where(Card.name == card, Card.channel == Account.channel))))


def answer(session: Session, actor: Actor, query: str) -> Outbox:
    """The answer to a tap, first in line; its toast is filled in once the act has said what happened."""
    account = account_of(session, actor.id) or session.exec(select(Account).where(Account.person_id == actor.id)).one()
    row = Outbox(**_row(account.channel, account.external_id, actor.id, "answer", "toast", actor.person.language))
    row.content = {"query": query}
    session.add(row)
    session.flush()
    return row


def account_of(session: Session, person_id: int) -> Account | None:
    """The account a person can be reached through, the newest first."""
    return session.exec(
        select(Account)
        .where(Account.person_id == person_id, col(Account.unreachable_at).is_(None))
        .order_by(col(Account.id).desc())
        .limit(1)
    ).first()


def _put(
    session: Session,
    person_id: int,
    act: str,
    view: str,
    values: Values | None,
    *,
    card: str | None = None,
    bulk: bool = False,
) -> bool:
    session.flush()
    connection = session.connection()
    reached = connection.execute(_REACH, {"person": person_id}).first()
    if reached is None or (bulk and topic_of(view) in reached.muted):
        return False
    row = _row(reached.channel, reached.external_id, person_id, act, view, reached.language)
    if card is not None and not bulk:
        connection.execute(_CATCH_UP, {"of_chat": reached.external_id, "of_card": card})
    connection.execute(_ADD, row | {"content": values or {}, "card": card, "bulk": bulk})
    return True


def topic_of(view: str) -> str:
    """The topic under which a reminder is muted."""
    return "surveys" if view == "survey" else "tasks"


def _row(channel: str, chat: int, person_id: int, act: str, view: str, language: str) -> Values:
    """The columns of a fresh row."""
    return {
        "key": uuid4().hex,
        "channel": channel,
        "chat": chat,
        "person_id": person_id,
        "act": act,
        "view": view,
        "content": {},
        "language": language,
        "card": None,
        "bulk": False,
        "not_before": 0.0,
        "lease_until": 0.0,
        "attempts": 0,
        "created_at": time(),
    }
