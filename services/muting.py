"""消息设置: reminders can be muted, by topic or all by one word. What is essential is sent all the same, and that is said.

A topic covers what services tell with `bulk=True` (post.topic_of); offers, confirmations and changed dates are not among it.
"""

from datetime import datetime

from sqlmodel import Session

from services import audit
from services.actor import Actor
from services.errors import NotYours
from services.post import TOPICS, Toast, tell, update


def say(session: Session, actor: Actor, now: datetime, word: str) -> None:
    """停止 and 恢复, in words: all topics at once."""
    _mute(session, actor, now, TOPICS if word == "stop" else ())
    tell(session, actor.id, "mute", _values(actor), card="mute")


def choose(session: Session, actor: Actor, now: datetime, _: int = 0, choice: str = "") -> Toast | None:
    """消息设置: how it stands; `topic.off` and `topic.on` change it."""
    topic, _dot, state = choice.partition(".")
    if not choice:
        tell(session, actor.id, "mute", _values(actor), card="mute")
        return None
    if topic not in TOPICS or state not in ("on", "off"):
        raise NotYours
    others = [each for each in actor.person.muted if each != topic]
    changed = _mute(session, actor, now, [*others, topic] if state == "off" else others)
    update(session, actor.id, "mute", _values(actor), card="mute")
    return Toast("done" if changed else "already")


def _mute(session: Session, actor: Actor, now: datetime, topics: tuple[str, ...] | list[str]) -> bool:
    before, after = sorted(actor.person.muted), sorted(topics)
    if before == after:
        return False
    actor.person.muted = after
    session.add(actor.person)
    session.flush()
    details = {"before": ", ".join(before), "after": ", ".join(after)}
    audit.note(session, actor.person, "reminders", actor, now, details=details)
    return True


def _values(actor: Actor) -> dict[str, bool]:
    return {topic: topic not in actor.person.muted for topic in TOPICS}
