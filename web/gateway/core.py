"""The gateway itself: people on one side, the bot on the other, rows in between.

Every act is one transaction; bells and events come after its commit. Memory holds who waits and who looks, no more.
"""

import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from web.gateway import chats, files, once, people, updates
from web.gateway.call import Upload
from web.gateway.checks import MAX_CALLBACK, MAX_TEXT
from web.gateway.errors import ApiError, bad_request
from web.gateway.hub import Hub
from web.gateway.limits import Limits
from web.gateway.polls import Polls
from web.gateway.ports import DemoClock, Store
from web.gateway.text import clean, is_blank
from web.gateway.views import Shown, show

Result = TypeVar("Result")

BOT_NAME = "bangfu"
BOT_USERNAME = "bangfu_bot"
PAGE_SIZE = 60
EVERYTHING = 1 << 31
PRUNE_SECONDS = 3600.0


class Gateway:
    """A far end for the bot. Methods that people use are here; the Bot API's are in `methods`."""

    def __init__(self, store: Store, token: str, clock: DemoClock | None, strict_limits: bool) -> None:
        self.store = store
        self.clock = clock
        self.hub = Hub()
        self.polls = Polls()
        self.limits = Limits() if strict_limits else None
        self.bot_id = int(token.partition(":")[0])
        self.bot = {"id": self.bot_id, "is_bot": True, "first_name": BOT_NAME, "username": BOT_USERNAME}
        self.forwarding = False
        self._token = token.encode()
        self._pruned = -PRUNE_SECONDS

    def is_token(self, token: str) -> bool:
        return hmac.compare_digest(token.encode("utf-8", "replace"), self._token)

    def now(self) -> datetime:
        """Business time."""
        return datetime.now(UTC) if self.clock is None else self.clock.now()

    async def act(self, unit: Callable[..., Result | ApiError], *values: Any) -> Result:
        """Run a unit in a transaction; a refusal is raised. A clash of two first ones (same key) is run again."""
        work = partial(on_connection, unit, values)
        try:
            outcome = await self.store.run(work)
        except IntegrityError:
            outcome = await self.store.run(work)
        if isinstance(outcome, ApiError):
            raise outcome
        return outcome

    # people

    async def add_user(self, user_id: int, name: str, role: str, note: str = "") -> None:
        """Give a person a phone; again changes nothing but name, role and note."""
        await self.add_users([people.Newcomer(user_id, name, role, note)])

    async def add_users(self, newcomers: Iterable[people.Newcomer]) -> None:
        """The same for many in one transaction."""
        for one in await self.act(people.admit, list(newcomers)):
            self.hub.tell("person", user_id=one.id)

    async def add_guest(self, name: str, role: str, key: str | None) -> int:
        """A stranger appears on the page and gets an id."""
        user_id = await self.act(people.admit_guest, name, role, f"page:guest:{key or secrets.token_hex(8)}")
        self.hub.tell("person", user_id=user_id)
        return user_id

    async def say(self, user_id: int, text: str, key: str | None = None) -> list[Shown]:
        """What a person types. Nothing visible: nothing is sent; longer than a message may be: several are."""
        text = clean(text).strip(" \n")
        if is_blank(text):
            return []
        sent = []
        for number, start in enumerate(range(0, len(text), MAX_TEXT)):
            stored_key = key and f"page:{user_id}:say:{key}:{number}"
            part = text[start : start + MAX_TEXT]
            said = await self.act(people.say, self.bot_id, user_id, part, self.now(), stored_key)
            self.polls.ring()
            if said.fresh:
                self.hub.tell_message(user_id, said.body, key=key)
            sent.append(show(json.loads(said.body), 0))
        return sent

    async def send(self, user_id: int, upload: Upload, key: str | None = None) -> Shown:
        """A file a person sends."""
        kept, content = files.sent_by_person(upload)
        stored_key = key and f"page:{user_id}:file:{key}"
        said = await self.act(people.send, self.bot_id, user_id, content, kept, self.now(), stored_key)
        self.polls.ring()
        if said.fresh:
            self.hub.tell_message(user_id, said.body, key=key)
        return show(json.loads(said.body), 0)

    async def tap(self, user_id: int, message_id: int, data: str, key: str | None = None) -> str:
        """A person presses a button; returns the id of the callback query."""
        if not 0 < len(data.encode("utf-8", "replace")) <= MAX_CALLBACK:
            raise bad_request("BUTTON_DATA_INVALID")
        key = key and f"page:{user_id}:tap:{key}"
        query_id = await self.act(people.tap, self.bot_id, user_id, message_id, data, key)
        self.polls.ring()
        return query_id

    async def block(self, user_id: int, blocked: bool) -> None:
        """A person stops the bot, or lets it speak again."""
        if await self.act(people.block, self.bot, user_id, blocked, self.now()):
            self.polls.ring()
            self.hub.tell("person", user_id=user_id)

    async def read(self, user_id: int) -> None:
        """A page shows a person's chat."""
        if await self.act(people.read, user_id):
            self.hub.tell("unread", user_id=user_id, unread=0)

    async def messages(self, user_id: int, before: int = EVERYTHING, most: int = EVERYTHING) -> list[Shown]:
        """A chat as the page shows it (see `views.show`), oldest first."""
        return await self.act(people.messages, user_id, before, most)

    async def people(self) -> list[dict[str, Any]]:
        """Everybody who has a phone."""
        return await self.act(people.everybody)

    # the bot

    async def idle(self) -> bool:
        """No update waits to be fetched or confirmed."""
        return await self.act(updates.waiting, self.bot_id, 1) == 0

    def wake(self) -> None:
        """End long polls and event streams, so that the server can stop."""
        self.polls.end()
        self.hub.close()

    async def fetch(self, poll: updates.Poll) -> list[str]:
        """Updates for the bot; tidies up now and then."""
        if time.monotonic() - self._pruned > PRUNE_SECONDS:
            self._pruned = time.monotonic()
            await self.act(prune)
        return await self.act(updates.fetch, poll)

    def spend(self, chat_id: int) -> None:
        """Count a send or an edit against the limits, if there are any."""
        if self.limits is not None:
            self.limits.spend(chat_id)

    async def post(self, order: chats.Post) -> str:
        """Put a message of the bot into a chat; returns it as JSON."""
        self.spend(order.chat_id)
        outcome = await self.act(chats.post, self.bot, order, self.now())
        if outcome.fresh:
            self.hub.tell_message(order.chat_id, outcome.body, unread=outcome.unread)
        return outcome.body

    async def edit(self, order: chats.Change) -> str:
        """Change one; returns it as JSON."""
        self.spend(order.chat_id)
        outcome = await self.act(chats.edit, order, self.now())
        if outcome.fresh:
            self.hub.tell_message(order.chat_id, outcome.body, edits=outcome.edits)
        return outcome.body


def on_connection(
    unit: Callable[..., Result | ApiError], values: tuple[Any, ...], session: Session
) -> Result | ApiError:
    return unit(session.connection(), *values)


def prune(connection: Connection) -> None:
    """Forget answered keys and updates nobody can ask for any more."""
    once.prune(connection)
    updates.prune(connection)
