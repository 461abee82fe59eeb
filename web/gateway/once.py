"""Idempotency: what a key answered the first time, stored in the transaction of its effect. Refusals are not stored."""

import time

from sqlalchemy import Connection, bindparam, delete, insert, select

from web.gateway.tables import CALLS

KEEP_SECONDS = 7 * 86400

FIND = select(CALLS.c.result).where(CALLS.c.key == bindparam("wanted"))
ADD = insert(CALLS)
PRUNE = delete(CALLS).where(CALLS.c.made_at < bindparam("before"))


def stored_result(connection: Connection, key: str | None) -> str | None:
    """What `key` answered before."""
    if key is None:
        return None
    result: str | None = connection.execute(FIND, {"wanted": key}).scalar()
    return result


def store_result(connection: Connection, key: str | None, result: str) -> None:
    """Remember what `key` answered. Two at once meet at the primary key; the second is rerun and finds this."""
    if key is not None:
        connection.execute(ADD, {"key": key, "made_at": time.time(), "result": result})


def prune(connection: Connection) -> None:
    connection.execute(PRUNE, {"before": time.time() - KEEP_SECONDS})
