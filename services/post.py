"""Telling people: every outgoing word is a row of the outbox, written in the transaction of what it tells.

A row holds a view's name and plain values, never finished prose. A message may be a card: `show` sends it anew, `update`
changes the message that shows it now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import time
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from models import Account, Outbox, Person
from services.actor import Actor

Values = dict[str, Any]


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
    """Send a person something new; with `card` it becomes the message that shows that card. False: no way to reach them."""
    return _put(session, person_id, "send", view, values, card=card, bulk=bulk)


def update(session: Session, person_id: int, view: str, values: Values | None = None, *, card: str) -> bool:
    """Change the message that shows `card`; if there is none, send it."""
    return _put(session, person_id, "edit", view, values, card=card)


def tell_all(session: Session, people: Iterable[int], view: str, values: Values, *, card: str | None = None) -> int:
    """Tell several people the same; returns how many could be told."""
    return sum(tell(session, person, view, values, card=card) for person in people)


def answer(session: Session, actor: Actor, query: str) -> Outbox:
    """The answer to a tap, first in line; its toast is filled in once the act has said what happened."""
    account = account_of(session, actor.id) or session.exec(select(Account).where(Account.person_id == actor.id)).one()
    row = _row(account, actor.person, "answer", "toast")
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
    account = account_of(session, person_id)
    if account is None:
        return False
    row = _row(account, session.get_one(Person, person_id), act, view)
    row.content, row.card, row.bulk = values or {}, card, bulk
    session.add(row)
    return True


def _row(account: Account, person: Person, act: str, view: str) -> Outbox:
    return Outbox(
        key=uuid4().hex,
        channel=account.channel,
        chat=account.external_id,
        person_id=account.person_id,
        act=act,
        view=view,
        language=person.language,
        created_at=time(),
    )
