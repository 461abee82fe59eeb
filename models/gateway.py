"""What the gateway keeps: people, their chats, the bot's queue of updates. The far end of the wire, not our business.

`date` columns hold business time (what the phones show). `*_at` floats are real time in epoch seconds: updates and
button presses expire by it, and moving business time must not make them. Bodies are JSON text as the Bot API shows it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from models.types import BigId, json_map, one_of

ROLES = ("school", "teacher", "coordinator")


def given_id() -> Any:
    """A primary key that comes from outside."""
    return Field(primary_key=True, sa_type=BigId, sa_column_kwargs={"autoincrement": False})


class GatewayBot(SQLModel, table=True):
    """The bot: its update counter, how far it has confirmed, and what it set for itself (commands, menu button)."""

    __tablename__ = "gateway_bot"
    id: int = given_id()
    last_update_id: int = Field(sa_type=BigId)
    confirmed_id: int = Field(sa_type=BigId)
    allowed: list[str] | None = Field(default=None, sa_type=JSON)  # update kinds; none said: all
    settings: dict[str, Any] = json_map()


class GatewayUser(SQLModel, table=True):
    """A person with a phone, who has one private chat with the bot (chat id = person id, as in Telegram)."""

    __tablename__ = "gateway_user"
    __table_args__ = (one_of("role", ROLES),)
    id: int = given_id()
    name: str = Field(max_length=120)
    role: str = Field(max_length=20)
    note: str = Field(default="", max_length=200)
    blocked: bool = False
    last_message_id: int = 0
    unread: int = 0  # messages of the bot that no page has shown yet
    date: datetime | None = None  # of the last message, either way


class GatewayMessage(SQLModel, table=True):
    """A message of a chat, in its present form."""

    __tablename__ = "gateway_message"
    chat_id: int = given_id()
    message_id: int = given_id()
    from_bot: bool
    date: datetime
    edits: int = 0
    body: str


class GatewayUpdate(SQLModel, table=True):
    """Something the bot has yet to hear. Kept after it was fetched, because a press is answered later."""

    __tablename__ = "gateway_update"
    id: int = given_id()
    user_id: int = Field(sa_type=BigId)
    query_id: str | None = Field(default=None, max_length=20, unique=True)
    answered: bool = False
    expires_at: float
    body: str


class GatewayFile(SQLModel, table=True):
    """A document, photo or voice message, from either side. The random id is what one must know to fetch it."""

    __tablename__ = "gateway_file"
    id: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=255)
    mime: str = Field(max_length=100)
    size: int
    content: bytes = Field(sa_type=LargeBinary)


class GatewayCall(SQLModel, table=True):
    """What a call with an idempotency key answered; the same key gets the same answer and has no second effect."""

    __tablename__ = "gateway_call"
    key: str = Field(primary_key=True, max_length=140)
    made_at: float
    result: str
