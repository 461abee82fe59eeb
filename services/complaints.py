"""Telling a person why something was not possible."""

from datetime import datetime

from sqlmodel import Session

from services import post
from services.actor import Actor


def explain(session: Session, actor: Actor, now: datetime, key: str, values: dict[str, str], query: str | None) -> None:
    """A tap is answered with a toast and a sentence, a text with a sentence."""
    if query is not None:
        post.answer(session, actor, query)
    post.tell(session, actor.id, "error", {"key": key, "values": values})
