# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""The script: schools, teachers and coordinators who do each step exactly once, and what their phones must show at the end.

The truth is what the script sent and what the gateway shows on the phones. Nothing here reads our own tables.
"""

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

COUNTIES = ("昭觉县", "布拖县")
SCHOOLS = tuple(f"{name}乡中心小学校" for name in "甲乙丙丁戊己")
TEACHERS = ("赵老师", "钱老师", "孙老师", "周老师", "吴老师")
OTHERWISE = ("赵老师", "孙老师")  # would come, but at another time
CHATTERERS = 6
COMMANDS = {"/help": "随时可以：", "/language": "Choose your language", "/mine": "^您的事项|^现在没有您的事项"}


@dataclass
class Phone:
    """One person at their phone."""

    id: int
    name: str
    role: str
    where: str = ""  # school or county
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    messages: list[dict[str, Any]] = field(default_factory=list)
    tapped: set[tuple[int, str, str]] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What the bot said, oldest first."""
        return [str(message["text"]) for message in self.messages if not message["mine"]]


class Play:
    """Everybody, and the page through which they act."""

    def __init__(self, url: str, orders: int, chat: int, seed: int) -> None:
        self.url = url
        self.orders = [f"编号{n:03d}" for n in range(orders)]
        self.released = 0
        self.chat = chat  # commands a chatterer says at a time
        self.random = random.Random(seed)
        self.phones: dict[int, Phone] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.session: aiohttp.ClientSession

    async def __aenter__(self) -> "Play":
        self.session = aiohttp.ClientSession(headers={"origin": self.url}, timeout=aiohttp.ClientTimeout(total=None))
        for number, name in enumerate(SCHOOLS):
            await self._join(f"{name[0]}校王老师", "school", name + f"|{COUNTIES[number % 2]}")
        for name in TEACHERS:
            await self._join(name, "teacher")
        for county in COUNTIES:
            await self._join(f"{county}协调员", "coordinator", county)
        for number in range(CHATTERERS):
            await self._join(f"闲聊{number}", "teacher", "chat")
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.session.close()

    async def _join(self, name: str, role: str, where: str = "") -> None:
        made = await self._post("/api/people", name=name, role=role, key=f"join-{name}")
        self.phones[made["id"]] = Phone(made["id"], name, role, where)

    def of(self, role: str, chat: bool = False) -> list[Phone]:
        """The phones of a role."""
        return [phone for phone in self.phones.values() if phone.role == role and (phone.where == "chat") == chat]

    def begin(self) -> None:
        """Everybody starts to act."""
        start = asyncio.get_running_loop().create_task
        self.tasks.append(start(self._watch()))
        schools = self.of("school")
        for number, phone in enumerate(schools):
            self.tasks.append(start(self._school(phone, self.orders[number :: len(schools)])))
        for phone in self.phones.values():
            self.tasks.append(start(self._reacting(phone)))

    async def chatter(self) -> None:
        """The chatterers say a few commands each, not waiting for answers."""
        for phone in self.of("teacher", chat=True):
            for _ in range(self.chat):
                command = self.random.choice(list(COMMANDS))
                phone.said.append(command)
                await self._say(phone, command)

    # the page

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

    async def _say(self, phone: Phone, text: str) -> None:
        await self._post(f"/api/people/{phone.id}/say", text=text, key=f"say-{self.random.getrandbits(60):x}")

    async def _tap(self, phone: Phone, message: int, data: str) -> None:
        key = f"tap-{self.random.getrandbits(60):x}"
        await self._post(f"/api/people/{phone.id}/tap", message_id=message, data=data, key=key)

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

    async def _watch(self) -> None:
        """Ring whose phone changed."""
        async with self.session.get(f"{self.url}/api/events") as stream:
            async for line in stream.content:
                if line.startswith(b"data:") and (user := json.loads(line[5:]).get("user_id")) in self.phones:
                    self.phones[user].bell.set()

    # what people do

    async def _until(self, phone: Phone, done: Callable[[], Any]) -> Any:
        while not (found := done()):
            await asyncio.sleep(0.05)
        return found

    async def _school(self, phone: Phone, orders: list[str]) -> None:
        for order in orders:
            await self._until(phone, lambda order=order: self.released > self.orders.index(order))
            await self._say(phone, f"我们缺一个小学数学老师，明年3月1日开始，线上，一学期，{order}")
            phone.said.append(order)
            sent = len(phone.said)
            await self._until(phone, lambda sent=sent: sum("已提交" in text for text in phone.texts()) >= sent)

    async def _reacting(self, phone: Phone) -> None:
        """Tap every button of one's role as soon as it shows, each once; of proposed dates the first."""
        labels = {"school": ("提交", "还是提交", "确认"), "teacher": ("接受",), "coordinator": ("批准",)}[phone.role]
        if phone.name in OTHERWISE:
            labels = ("换个时间",)
        while True:
            phone.bell.clear()
            await self.look(phone)
            for message in phone.messages:
                for button in (button for row in message["buttons"] for button in row):
                    date = phone.name in OTHERWISE and button["text"].startswith("20")
                    tap = (
                        message["message_id"],
                        "" if date else button.get("data", ""),
                        "" if date else button["text"],
                    )
                    if (date or button["text"] in labels) and tap not in phone.tapped:
                        phone.tapped.add(tap)
                        await self._tap(phone, message["message_id"], button["data"])
            try:
                await asyncio.wait_for(phone.bell.wait(), 3)
            except TimeoutError:
                pass

    # what must have come of it

    async def settled(self, seconds: float) -> None:
        """Until nothing is wrong any more, or time is up."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until:
            if not await self.lost():
                return
            await asyncio.sleep(0.25)

    async def lost(self) -> list[str]:
        """What did not arrive."""
        for phone in self.phones.values():
            await self.look(phone)
        return [*self._wrong(lambda count, wanted: count < wanted), *self._chat(short=True)]

    async def doubled(self) -> list[str]:
        """What arrived more than once."""
        for phone in self.phones.values():
            await self.look(phone)
        return [*self._wrong(lambda count, wanted: count > wanted), *self._chat(short=False)]

    def _wrong(self, bad: Callable[[int, int], bool]) -> list[str]:
        counted: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for phone in self.of("school"):
            mine = [order for order in phone.said if order.startswith("编号")]
            for sign in ("已提交", "号订单已批准", "您已确认", "定了："):
                wanted[f"{phone.name} {sign}"] = len(mine)
                counted[f"{phone.name} {sign}"] = sum(sign in text for text in phone.texts())
        for phone in self.of("coordinator"):
            for order, number in self._numbers(phone).items():
                signs = (f"^{number} 号需求[^”]*{order}", f"^{number} 号：.*愿意去", f"^{number} 号已定")
                for sign in signs:
                    wanted[f"{phone.name} {sign}"] = 1
                    counted[f"{phone.name} {sign}"] = self._count([phone], sign)
        for order in self.orders:
            teachers, coordinators = self.of("teacher"), self.of("coordinator")
            wanted[f"offer {order}"] = wanted[f"card {order}"] = 1
            counted[f"offer {order}"] = self._count(teachers, order)
            counted[f"card {order}"] = self._count(coordinators, order)
        wanted["placements told to teachers"] = len(self.orders)
        counted["placements told to teachers"] = self._count(self.of("teacher"), "^定了：您去")
        return [
            f"{what}: {counted[what]} for {wanted[what]}"
            for what in sorted(wanted.keys() | counted.keys())
            if bad(counted[what], wanted[what])
        ]

    def _numbers(self, phone: Phone) -> dict[str, str]:
        """Order → the number the bot gave it, as the coordinator's cards say."""
        found = {}
        for text in phone.texts():
            if (card := re.search(r"^(\d+) 号需求", text)) and (order := re.search(r"编号\d{3}", text)):
                found[order.group()] = card.group(1)
        return found

    @staticmethod
    def _count(phones: list[Phone], sign: str) -> int:
        return sum(bool(re.search(sign, text, re.DOTALL)) for phone in phones for text in phone.texts())

    def replies(self, phone: Phone) -> list[str]:
        """Which commands the answers on a chatterer's phone belong to, in order."""
        return [command for text in phone.texts() for command, sign in COMMANDS.items() if re.search(sign, text)]

    def _chat(self, *, short: bool) -> list[str]:
        wrong = []
        for phone in self.of("teacher", chat=True):
            answers = self.replies(phone)
            if (len(answers) < len(phone.said)) if short else (len(answers) > len(phone.said)):
                wrong.append(f"{phone.name}: {len(answers)} answers for {len(phone.said)} commands")
        return wrong

    def disordered(self) -> list[str]:
        """Chatterers whose answers came in another order than their commands; repeats directly behind are not that."""
        return [phone.name for phone in self.of("teacher", chat=True) if self.replies(phone) != phone.said]

    def repeats(self) -> int:
        """Messages that are on a phone more often than they should."""
        extra = 0
        for phone in self.phones.values():
            if phone.where == "chat":
                extra += max(0, len(self.replies(phone)) - len(phone.said))
                continue
            texts = Counter(text for text in phone.texts() if "号" in text)
            extra += sum(count - 1 for count in texts.values())
        return extra
