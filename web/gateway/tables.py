"""The gateway's tables as Core tables: prebuilt Core statements cost a third of what the ORM does (prototype.md)."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

import models.gateway  # noqa: F401  (registers the tables)

BOTS: Table = SQLModel.metadata.tables["gateway_bot"]
USERS: Table = SQLModel.metadata.tables["gateway_user"]
MESSAGES: Table = SQLModel.metadata.tables["gateway_message"]
UPDATES: Table = SQLModel.metadata.tables["gateway_update"]
FILES: Table = SQLModel.metadata.tables["gateway_file"]
CALLS: Table = SQLModel.metadata.tables["gateway_call"]

LANGUAGE = "zh-hans"


def dumps(value: Any) -> str:
    """JSON as the Bot API writes it, but compact and in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def seconds(instant: datetime) -> int:
    """The Bot API's dates."""
    return int(instant.timestamp())


def chat_of(user_id: int, name: str) -> dict[str, Any]:
    """The Bot API's Chat of a person's private chat."""
    return {"id": user_id, "first_name": name, "type": "private"}


def user_of(user_id: int, name: str) -> dict[str, Any]:
    """The Bot API's User."""
    return {"id": user_id, "is_bot": False, "first_name": name, "language_code": LANGUAGE}
