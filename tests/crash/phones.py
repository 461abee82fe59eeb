"""Phones, and the gateway's page through which people see them, speak and tap. Nothing here reads our own tables."""

import asyncio
import json
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp

Found = TypeVar("Found")
Button = tuple[int, str, str]  # message, callback data, label
LOOK_SECONDS = 3  # an event of the page may be lost; then the phone is looked at all the same


@dataclass
class Phone:
    """One person at their phone."""

    id: int
    name: str
    role: str
    where: str = ""  # a school and its county, or a county; nothing for teachers and strangers
    entry: dict[str, Any] = field(default_factory=dict)  # what a teacher can give; without it not in the pool
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    messages: list[dict[str, Any]] = field(default_factory=list)
    tapped: set[Button] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What the bot said, oldest first."""
        return [str(message["text"]) for message in self.messages if not message["mine"]]

    def buttons(self) -> Iterable[Button]:
        """Every button that was not pressed yet, the newest message first."""
        for message in reversed(self.messages):
            for button in (button for row in message["buttons"] for button in row):
                if (found := (message["message_id"], button["data"], button["text"])) not in self.tapped:
                    yield found

    def button(self, label: str, since: int = 0) -> Button | None:
        """The newest of these with a label; on no message before `since`."""
        return next((each for each in self.buttons() if each[0] >= since and re.fullmatch(label, each[2])), None)

    def find(self, sign: str, times: int = 1) -> tuple[int, re.Match[str]] | None:
        """The newest message of the bot in which a sign is found, once there are so many of them."""
        said = ((message["message_id"], message["text"]) for message in self.messages if not message["mine"])
        found = [(ident, match) for ident, text in said if (match := re.search(sign, text, re.DOTALL))]
        return found[-1] if len(found) >= times else None


class Page:
    """The gateway's page, open on everybody's phone."""

    def __init__(self, url: str, seed: int) -> None:
        self.url = url
        self.random = random.Random(seed)
        self.phones: dict[int, Phone] = {}
        self.acts = 0  # what people have said and tapped, chatter aside
        self.session: aiohttp.ClientSession

    async def __aenter__(self) -> "Page":
        self.session = aiohttp.ClientSession(headers={"origin": self.url}, timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def join(self, name: str, role: str, where: str = "", **entry: Any) -> Phone:
        """Somebody gets a phone."""
        shown = role if role in ("school", "teacher", "coordinator") else "teacher"
        made = await self._post("/api/people", name=name, role=shown, key=f"join-{name}")
        phone = self.phones[made["id"]] = Phone(made["id"], name, role, where, entry)
        return phone

    async def say(self, phone: Phone, text: str, *, counts: bool = True) -> None:
        """Type a text, once."""
        self.acts += counts
        await self._post(f"/api/people/{phone.id}/say", text=text, key=f"say-{self.random.getrandbits(60):x}")

    async def tap(self, phone: Phone, button: Button) -> None:
        """Press a button, once."""
        message, data, _ = button
        self.acts += 1
        phone.tapped.add(button)
        key = f"tap-{self.random.getrandbits(60):x}"
        await self._post(f"/api/people/{phone.id}/tap", message_id=message, data=data, key=key)

    async def _post(self, path: str, **body: Any) -> dict[str, Any]:
        for _ in range(5):
            try:
                async with self.session.post(self.url + path, json=body) as response:
                    answer: dict[str, Any] = await response.json()
                    assert response.status == 200, (path, body, answer)
                    return answer
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
        raise AssertionError(f"the gateway is gone: {path}")

    async def look(self, phone: Phone) -> None:
        """Read the whole chat."""
        found: list[dict[str, Any]] = []
        before = ""
        while True:
            async with self.session.get(f"{self.url}/api/people/{phone.id}/messages{before}") as response:
                page = await response.json()
            found = page["messages"] + found
            if not page["more"]:
                break
            before = f"?before={page['messages'][0]['message_id']}"
        phone.messages = found

    async def look_at_all(self) -> None:
        """Read every chat."""
        for phone in self.phones.values():
            await self.look(phone)

    async def watch(self) -> None:
        """Ring whose phone changed, as long as the page is open."""
        async with self.session.get(f"{self.url}/api/events") as stream:
            async for line in stream.content:
                if line.startswith(b"data:") and (user := json.loads(line[5:]).get("user_id")) in self.phones:
                    self.phones[user].bell.set()

    async def until(self, phone: Phone, find: Callable[[], Found]) -> Found:
        """Look at a phone until it shows what is waited for."""
        while True:
            phone.bell.clear()
            await self.look(phone)
            if found := find():
                return found
            try:
                await asyncio.wait_for(phone.bell.wait(), LOOK_SECONDS)
            except TimeoutError:
                pass
