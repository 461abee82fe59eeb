"""What the bot does to a chat: post, edit, delete. Each function is one unit of a transaction.

Refusals are returned, not raised, and decided before the first write. A message's body is stored as the Bot API shows
it, so an answer, a callback's message and the page all come from the same text.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from web.gateway import files
from web.gateway.errors import BLOCKED, CHAT_NOT_FOUND, NOT_MODIFIED, ApiError, bad_request, forbidden
from web.gateway.files import Kept
from web.gateway.once import store_result, stored_result
from web.gateway.tables import MESSAGES, USERS, chat_of, dumps, seconds

DELETABLE = timedelta(hours=48)

USER = select(USERS).where(USERS.c.id == bindparam("chat"))
TAKE_ID = (
    update(USERS)
    .where(USERS.c.id == bindparam("chat"), USERS.c.blocked.is_(False))
    .values(last_message_id=USERS.c.last_message_id + 1, unread=USERS.c.unread + 1, date=bindparam("now"))
    .returning(USERS.c.last_message_id, USERS.c.name, USERS.c.unread)
)
ADD = insert(MESSAGES)
THIS = MESSAGES.c.chat_id == bindparam("chat"), MESSAGES.c.message_id == bindparam("message")
FIND = select(MESSAGES).where(*THIS).with_for_update()
CHANGE = update(MESSAGES).where(*THIS).values(body=bindparam("new"), edits=MESSAGES.c.edits + 1)
DELETE = delete(MESSAGES).where(*THIS)


@dataclass(frozen=True, slots=True)
class Post:
    """A message the bot wants to send."""

    chat_id: int
    content: dict[str, Any]  # text or document or photo, entities, reply_markup
    reply_to: int = 0
    reply_optional: bool = False
    file: Kept | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An edit the bot wants to make. `content` None leaves text and entities as they are."""

    chat_id: int
    message_id: int
    content: dict[str, Any] | None
    markup: dict[str, Any] | None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a chat looks like afterwards. Not fresh: the key had done it before, nobody needs to be told again."""

    body: str
    fresh: bool = True
    edits: int = 0
    unread: int = 0


def post(connection: Connection, bot: dict[str, Any], order: Post, now: datetime) -> Outcome | ApiError:
    """Put a message of the bot into a chat."""
    if (stored := stored_result(connection, order.key)) is not None:
        return Outcome(stored, fresh=False)
    reply: dict[str, Any] | None = None
    if order.reply_to:
        reply = replied(connection, order.chat_id, order.reply_to)
        if reply is None and not order.reply_optional:
            return refusal(connection, order.chat_id) or bad_request("message to be replied not found")
    taken = connection.execute(TAKE_ID, {"chat": order.chat_id, "now": now}).first()
    if taken is None:
        return refusal(connection, order.chat_id) or bad_request(CHAT_NOT_FOUND)
    body: dict[str, Any] = {
        "message_id": taken.last_message_id,
        "from": bot,
        "chat": chat_of(order.chat_id, taken.name),
        "date": seconds(now),
    }
    if reply is not None:
        body["reply_to_message"] = reply
    text = dumps(body | order.content)
    if order.file is not None:
        files.add(connection, order.file)
    add(connection, order.chat_id, taken.last_message_id, from_bot=True, now=now, body=text)
    store_result(connection, order.key, text)
    return Outcome(text, unread=taken.unread)


def add(connection: Connection, chat_id: int, message_id: int, *, from_bot: bool, now: datetime, body: str) -> None:
    """Write a message's row."""
    row = {"chat_id": chat_id, "message_id": message_id, "from_bot": from_bot, "date": now, "edits": 0, "body": body}
    connection.execute(ADD, row)


def refusal(connection: Connection, chat_id: int) -> ApiError | None:
    """Why the bot may not write to a chat."""
    user = connection.execute(USER, {"chat": chat_id}).first()
    if user is None:
        return bad_request(CHAT_NOT_FOUND)
    return forbidden(BLOCKED) if user.blocked else None


def message_row(connection: Connection, chat_id: int, message_id: int) -> Row[Any] | None:
    """A message, locked until the transaction ends."""
    return connection.execute(FIND, {"chat": chat_id, "message": message_id}).first()


def replied(connection: Connection, chat_id: int, message_id: int) -> dict[str, Any] | None:
    """The message replied to, without what it replied to itself."""
    row = message_row(connection, chat_id, message_id)
    if row is None:
        return None
    body: dict[str, Any] = json.loads(row.body)
    body.pop("reply_to_message", None)
    return body


def edit(connection: Connection, order: Change, now: datetime) -> Outcome | ApiError:
    """Change the text or the buttons of one of the bot's messages."""
    if (stored := stored_result(connection, order.key)) is not None:
        return Outcome(stored, fresh=False)
    if (error := refusal(connection, order.chat_id)) is not None:
        return error
    row = message_row(connection, order.chat_id, order.message_id)
    if row is None:
        return bad_request("message to edit not found")
    if not row.from_bot:
        return bad_request("message can't be edited")
    before = json.loads(row.body)
    if order.content is not None and "text" not in before:
        return bad_request("there is no text in the message to edit")
    after = changed(before, order)
    if after == before:
        return bad_request(NOT_MODIFIED)
    text = dumps(after | {"edit_date": seconds(now)})
    connection.execute(CHANGE, {"chat": order.chat_id, "message": order.message_id, "new": text})
    store_result(connection, order.key, text)
    return Outcome(text, edits=row.edits + 1)


def changed(before: dict[str, Any], order: Change) -> dict[str, Any]:
    """The message after the edit; without a keyboard in the call the old one goes."""
    dropped = {"reply_markup"} if order.content is None else {"reply_markup", "text", "entities"}
    after = {name: value for name, value in before.items() if name not in dropped} | (order.content or {})
    return after | {"reply_markup": order.markup} if order.markup else after


def remove(connection: Connection, chat_id: int, message_id: int, now: datetime, key: str | None) -> bool | ApiError:
    """Delete a message; False if the key had done so before."""
    if stored_result(connection, key) is not None:
        return False
    user = connection.execute(USER, {"chat": chat_id}).first()
    if user is None:
        return bad_request(CHAT_NOT_FOUND)
    row = message_row(connection, chat_id, message_id)
    if row is None:
        return bad_request("message to delete not found")
    if now - row.date > DELETABLE:
        return bad_request("message can't be deleted for everyone")
    connection.execute(DELETE, {"chat": chat_id, "message": message_id})
    store_result(connection, key, "true")
    return True
