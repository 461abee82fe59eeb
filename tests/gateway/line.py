"""A gateway that runs, and both ends of it: the bot's calls and the page's."""

import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from sqlalchemy import text

from delivery.store import Store
from web.gateway import Gateway, create_gateway, serve

TOKEN = "123456:" + "A" * 35
SCHOOL, TEACHER, COORDINATOR = 7_000_000_001, 7_000_000_002, 7_000_000_003


class WalkedClock:
    """Business time that stands still unless it is moved."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 9, 1, 0, 30, tzinfo=UTC)
        self.walks: list[timedelta] = []

    def now(self) -> datetime:
        return self.instant

    async def forward(self, delta: timedelta) -> None:
        self.walks.append(delta)
        self.instant += delta


class Line:
    """The wire between a bot, a page and the gateway."""

    def __init__(self, gateway: Gateway, store: Store, url: str, session: aiohttp.ClientSession) -> None:
        self.gateway, self.store, self.url, self.session = gateway, store, url, session
        self.token = TOKEN

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        """A Bot API call with a form body; the whole answer."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def result(self, method: str, **values: Any) -> Any:
        answer = await self.call(method, **values)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **values: Any) -> str:
        answer = await self.call(method, **values)
        assert not answer["ok"], answer
        description: str = answer["description"]
        return description

    async def updates(self, **values: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.result("getUpdates", **values)
        return found

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        """A request as the page makes it."""
        common = {"Origin": self.url, "Content-Type": "application/json"} | headers
        async with self.session.post(self.url + path, data=json.dumps(body), headers=common) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as response:
            return await response.json()

    async def age(self, seconds: float) -> None:
        """Let `seconds` of real time pass for the updates that wait."""
        statement = text("UPDATE gateway_update SET expires_at = expires_at - :seconds")
        await self.store.run(lambda session: session.connection().execute(statement, {"seconds": seconds}).rowcount)


@contextlib.asynccontextmanager
async def open_line(store: Store, **options: Any) -> AsyncIterator[Line]:
    """A gateway on a free port, with a person of each role."""
    app = create_gateway(store, token=TOKEN, **options)
    gateway: Gateway = app.state.gateway
    await gateway.add_user(SCHOOL, "阿依", "school", "昭觉县万达爱心学校")
    await gateway.add_user(TEACHER, "李敏", "teacher")
    await gateway.add_user(COORDINATOR, "周主任", "coordinator")
    async with serve(app) as address, aiohttp.ClientSession() as session:
        yield Line(gateway, store, address.url, session)


def events_of(raw: str) -> Iterator[tuple[str, Any]]:
    """Kind and content of each server-sent event in a piece of a stream."""
    for block in raw.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "event" in lines:
            yield lines["event"], json.loads(lines["data"])
