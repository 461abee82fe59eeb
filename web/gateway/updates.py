"""The bot's queue of updates: rows with sequential ids, confirmed by a watermark, expiring as Telegram's do.

The counter row is locked while an update is written, so ids are committed in their order and a poller that has seen 8
never misses a 7. A fresh database starts at the present second, above whatever an older one gave out.
"""

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from web.gateway.errors import QUERY_TOO_OLD, ApiError, bad_request
from web.gateway.once import store_result, stored_result
from web.gateway.tables import BOTS, UPDATES, dumps

MESSAGE_SECONDS = 86_400.0
PRESS_SECONDS = 150.0
KEEP_SECONDS = 86_400.0
OPTIONAL = ("chat_member", "message_reaction", "message_reaction_count")  # off unless asked for

BOT = select(BOTS).where(BOTS.c.id == bindparam("bot")).with_for_update()
ADD_BOT = insert(BOTS)
COUNT = update(BOTS).where(BOTS.c.id == bindparam("bot")).values(last_update_id=bindparam("last"))
CONFIRM = (
    update(BOTS)
    .where(BOTS.c.id == bindparam("bot"))
    .values(confirmed_id=bindparam("confirmed"), allowed=bindparam("kinds"))
)
SET = update(BOTS).where(BOTS.c.id == bindparam("bot")).values(settings=bindparam("new"))
ADD = insert(UPDATES)
WAITING = UPDATES.c.id > bindparam("confirmed"), UPDATES.c.expires_at > bindparam("moment")
FETCH = (
    select(UPDATES.c.id, UPDATES.c.body)
    .where(*WAITING)
    .where(UPDATES.c.id >= bindparam("first"))
    .order_by(UPDATES.c.id)
    .limit(bindparam("most"))
)
LAST = select(UPDATES.c.id).where(*WAITING).order_by(UPDATES.c.id.desc()).limit(bindparam("most"))
PRESS = select(UPDATES).where(UPDATES.c.query_id == bindparam("query"))
ANSWER = update(UPDATES).where(UPDATES.c.id == bindparam("the_id")).values(answered=True)
PRUNE = delete(UPDATES).where(UPDATES.c.expires_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class Poll:
    """What a getUpdates asks for."""

    bot_id: int
    offset: int
    limit: int
    allowed: list[str] | None


@dataclass(frozen=True, slots=True)
class Toast:
    """What a pressed button shows."""

    user_id: int
    query_id: str
    text: str
    alert: bool
    fresh: bool


def bot_row(connection: Connection, bot_id: int) -> Row[Any]:
    """The bot's row, locked; made at first use."""
    row = connection.execute(BOT, {"bot": bot_id}).first()
    if row is None:
        start = int(time.time())
        new: dict[str, Any] = {
            "id": bot_id,
            "last_update_id": start,
            "confirmed_id": start,
            "allowed": None,
            "settings": {},
        }
        connection.execute(ADD_BOT, new)
        row = connection.execute(BOT, {"bot": bot_id}).one()
    return row


def is_wanted(kind: str, allowed: list[str] | None) -> bool:
    """Whether the bot hears updates of this kind: an empty list means all but the noisy ones."""
    return kind in allowed if allowed else kind not in OPTIONAL


def put(
    connection: Connection, bot_id: int, kind: str, user_id: int, content: Any, query_id: str | None = None
) -> None:
    """Queue an update, unless the bot said it does not want its kind."""
    bot = bot_row(connection, bot_id)
    if not is_wanted(kind, bot.allowed):
        return
    update_id = bot.last_update_id + 1
    connection.execute(COUNT, {"bot": bot_id, "last": update_id})
    row = {
        "id": update_id,
        "user_id": user_id,
        "query_id": query_id,
        "answered": False,
        "expires_at": time.time() + (MESSAGE_SECONDS if query_id is None else PRESS_SECONDS),
        "body": dumps({"update_id": update_id, kind: content}),
    }
    connection.execute(ADD, row)


def fetch(connection: Connection, poll: Poll) -> list[str]:
    """Confirm what lies before the offset and return what waits from there on."""
    bot = bot_row(connection, poll.bot_id)
    first, confirmed = window(connection, poll, bot)
    allowed = bot.allowed if poll.allowed is None else poll.allowed
    if confirmed != bot.confirmed_id or allowed != bot.allowed:
        connection.execute(CONFIRM, {"bot": poll.bot_id, "confirmed": confirmed, "kinds": allowed})
    values = {"confirmed": confirmed, "moment": time.time(), "first": first, "most": poll.limit}
    return [row.body for row in connection.execute(FETCH, values)]


def window(connection: Connection, poll: Poll, bot: Row[Any]) -> tuple[int, int]:
    """The first id wanted and the last id confirmed. A negative offset counts from the end."""
    confirmed: int = bot.confirmed_id
    if poll.offset > 0:
        confirmed = max(confirmed, min(poll.offset - 1, bot.last_update_id))
    elif poll.offset < 0:
        values = {"confirmed": confirmed, "moment": time.time(), "most": -poll.offset}
        last = connection.execute(LAST, values).scalars().all()
        confirmed = last[-1] - 1 if last else bot.last_update_id
    return confirmed + 1, confirmed


def waiting(connection: Connection, bot_id: int, most: int) -> int:
    """How many updates wait, counted up to `most`."""
    confirmed = bot_row(connection, bot_id).confirmed_id
    values = {"confirmed": confirmed, "moment": time.time(), "most": most}
    return len(connection.execute(LAST, values).all())


def drop(connection: Connection, bot_id: int) -> None:
    """Forget what waits."""
    bot = bot_row(connection, bot_id)
    connection.execute(CONFIRM, {"bot": bot_id, "confirmed": bot.last_update_id, "kinds": bot.allowed})


def answer(connection: Connection, query_id: str, text: str, alert: bool, key: str | None) -> Toast | ApiError:
    """Take the bot's answer to a press; only the first is shown."""
    press = connection.execute(PRESS, {"query": query_id}).first()
    if stored_result(connection, key) is not None:
        return Toast(press.user_id if press else 0, query_id, text, alert, fresh=False)
    if press is None or press.expires_at < time.time():
        return bad_request(QUERY_TOO_OLD)
    connection.execute(ANSWER, {"the_id": press.id})
    store_result(connection, key, "true")
    return Toast(press.user_id, query_id, text, alert, fresh=not press.answered)


def settings(connection: Connection, bot_id: int) -> dict[str, Any]:
    """What the bot set for itself."""
    found: dict[str, Any] = bot_row(connection, bot_id).settings
    return found


def change_settings(connection: Connection, bot_id: int, name: str, value: Any) -> None:
    """Set one of them; None removes it."""
    new = {**settings(connection, bot_id), name: value}
    connection.execute(SET, {"bot": bot_id, "new": {k: v for k, v in new.items() if v is not None}})


def prune(connection: Connection) -> None:
    connection.execute(PRUNE, {"before": time.time() - KEEP_SECONDS})
