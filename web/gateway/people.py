"""What people do with their phones: speak, press, block; and what the page asks about them. Units of a transaction."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from web.gateway import chats, files, updates
from web.gateway.errors import CHAT_NOT_FOUND, ApiError, bad_request, forbidden
from web.gateway.files import Kept
from web.gateway.once import store_result, stored_result
from web.gateway.tables import MESSAGES, USERS, chat_of, dumps, seconds, user_of
from web.gateway.text import commands
from web.gateway.views import Shown, show

FIRST_GUEST = 9_000_000_000  # ids of people made on the page

ADD = insert(USERS)
RENAME = (
    update(USERS)
    .where(USERS.c.id == bindparam("user"))
    .values(name=bindparam("new_name"), role=bindparam("new_role"), note=bindparam("new_note"))
)
SPEAK = (
    update(USERS)
    .where(USERS.c.id == bindparam("user"), USERS.c.blocked.is_(False))
    .values(last_message_id=USERS.c.last_message_id + 1, unread=0, date=bindparam("now"))
    .returning(USERS.c.last_message_id, USERS.c.name)
)
READ = update(USERS).where(USERS.c.id == bindparam("user"), USERS.c.unread > 0).values(unread=0)
BLOCK = update(USERS).where(USERS.c.id == bindparam("user")).values(blocked=bindparam("now_blocked"))
EVERYBODY = select(USERS).order_by(USERS.c.id)
LATEST_GUEST = select(func.max(USERS.c.id)).where(USERS.c.id >= FIRST_GUEST)
PAGE = (
    select(MESSAGES)
    .where(MESSAGES.c.chat_id == bindparam("user"), MESSAGES.c.message_id < bindparam("before"))
    .order_by(MESSAGES.c.message_id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who gets a phone."""

    id: int
    name: str
    role: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A message a person sent; not fresh if the key had sent it before."""

    body: str
    fresh: bool = True


def person(connection: Connection, user_id: int) -> Row[Any] | None:
    return connection.execute(chats.USER, {"chat": user_id}).first()


def admit(connection: Connection, newcomers: Iterable[Newcomer]) -> list[Newcomer]:
    """Give each a phone, or a new name if they have one; returns those for whom anything changed."""
    fresh = []
    for one in newcomers:
        row = person(connection, one.id)
        if row is None:
            new = {"blocked": False, "last_message_id": 0, "unread": 0, "date": None}
            connection.execute(ADD, {"id": one.id, "name": one.name, "role": one.role, "note": one.note} | new)
        elif (row.name, row.role, row.note) != (one.name, one.role, one.note):
            values = {"user": one.id, "new_name": one.name, "new_role": one.role, "new_note": one.note}
            connection.execute(RENAME, values)
        else:
            continue
        fresh.append(one)
    return fresh


def admit_guest(connection: Connection, name: str, role: str, key: str) -> int:
    """Give a stranger a phone and return their new id."""
    if (stored := stored_result(connection, key)) is not None:
        return int(stored)
    user_id = (connection.execute(LATEST_GUEST).scalar() or FIRST_GUEST) + 1
    admit(connection, [Newcomer(user_id, name, role)])
    store_result(connection, key, str(user_id))
    return user_id


def say(
    connection: Connection, bot_id: int, user_id: int, text: str, now: datetime, key: str | None
) -> Said | ApiError:
    """A person types."""
    content: dict[str, Any] = {"text": text}
    if "/" in text and (found := commands(text)):
        content["entities"] = found
    return send(connection, bot_id, user_id, content, None, now, key)


def send(
    connection: Connection,
    bot_id: int,
    user_id: int,
    content: dict[str, Any],
    file: Kept | None,
    now: datetime,
    key: str | None,
) -> Said | ApiError:
    """A person sends words or a file: a message in the chat and an update for the bot."""
    if (stored := stored_result(connection, key)) is not None:
        return Said(stored, fresh=False)
    taken = connection.execute(SPEAK, {"user": user_id, "now": now}).first()
    if taken is None:
        return nobody(connection, user_id)
    message: dict[str, Any] = {
        "message_id": taken.last_message_id,
        "from": user_of(user_id, taken.name),
        "chat": chat_of(user_id, taken.name),
        "date": seconds(now),
        **content,
    }
    if file is not None:
        files.add(connection, file)
    body = dumps(message)
    chats.add(connection, user_id, taken.last_message_id, from_bot=False, now=now, body=body)
    updates.put(connection, bot_id, "message", user_id, message)
    store_result(connection, key, body)
    return Said(body)


def tap(
    connection: Connection, bot_id: int, user_id: int, message_id: int, data: str, key: str | None
) -> str | ApiError:
    """A person presses a button, also one the message no longer has; returns the query's id."""
    if (stored := stored_result(connection, key)) is not None:
        return stored
    user = person(connection, user_id)
    if user is None or user.blocked:
        return nobody(connection, user_id)
    row = chats.message_row(connection, user_id, message_id)
    if row is None or not row.from_bot:
        return bad_request("message not found")
    query_id = str(secrets.randbits(62))
    query = {
        "id": query_id,
        "from": user_of(user_id, user.name),
        "message": json.loads(row.body),
        "chat_instance": str(bot_id ^ user_id << 20),
        "data": data,
    }
    updates.put(connection, bot_id, "callback_query", user_id, query, query_id)
    store_result(connection, key, query_id)
    return query_id


def block(connection: Connection, bot: dict[str, Any], user_id: int, blocked: bool, now: datetime) -> bool | ApiError:
    """A person stops or restarts the bot; False if nothing changed."""
    user = person(connection, user_id)
    if user is None:
        return bad_request(CHAT_NOT_FOUND)
    if user.blocked == blocked:
        return False
    connection.execute(BLOCK, {"user": user_id, "now_blocked": blocked})
    member = {"user": bot, "status": "member"}
    kicked = {"user": bot, "status": "kicked", "until_date": 0}
    event = {
        "chat": chat_of(user_id, user.name),
        "from": user_of(user_id, user.name),
        "date": seconds(now),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    updates.put(connection, bot["id"], "my_chat_member", user_id, event)
    return True


def nobody(connection: Connection, user_id: int) -> ApiError:
    """Why a person cannot speak."""
    return bad_request(CHAT_NOT_FOUND) if person(connection, user_id) is None else forbidden("blocked")


def read(connection: Connection, user_id: int) -> bool:
    """A page shows the chat: nothing is unread any more. False if nothing was."""
    return connection.execute(READ, {"user": user_id}).rowcount > 0


def messages(connection: Connection, user_id: int, before: int, most: int) -> list[Shown]:
    """The messages of a chat below an id, oldest first."""
    rows = connection.execute(PAGE, {"user": user_id, "before": before, "most": most}).all()
    return [show(json.loads(row.body), row.edits) for row in reversed(rows)]


def everybody(connection: Connection) -> list[dict[str, Any]]:
    """All people as the page lists them."""
    return [shown_person(row) for row in connection.execute(EVERYBODY)]


def shown_person(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "role": row.role,
        "note": row.note,
        "blocked": row.blocked,
        "unread": row.unread,
        "date": seconds(row.date) if row.date else 0,
    }
