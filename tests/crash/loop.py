# ruff: noqa: ASYNC110  (what is waited for happens in another process)
"""The main loop, many orders side by side: filed, approved, accepted (by some for other dates), confirmed. And its truth."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from tests.crash.phones import Button, Page, Phone

COUNTIES = ("昭觉县", "布拖县")
SCHOOLS = tuple(f"{name}乡中心小学校" for name in "甲乙丙丁戊己")
TEACHERS = ("赵老师", "钱老师", "孙老师", "周老师", "吴老师")
OTHERWISE = ("赵老师", "孙老师")  # would come, but at another time
ENTRY = {"subjects": ["数学"], "modes": ["线上"]}
LABELS = {"school": ("提交", "还是提交", "确认"), "teacher": ("接受",), "coordinator": ("批准",)}
ACTS_OF_AN_ORDER = 6


class Loop:
    """Schools that file one order after the other, and everybody who answers as soon as there is something to tap."""

    def __init__(self, page: Page, orders: int, year: int) -> None:
        self.page = page
        self.orders = [f"编号{n:03d}" for n in range(orders)]
        self.year = year  # in which help begins
        self.released = 0
        self.people: list[Phone] = []

    async def join(self) -> None:
        """Everybody gets a phone."""
        for number, name in enumerate(SCHOOLS):
            where = f"{name}|{COUNTIES[number % len(COUNTIES)]}"
            self.people.append(await self.page.join(f"{name[0]}校王老师", "school", where))
        for name in TEACHERS:
            self.people.append(await self.page.join(name, "teacher", **ENTRY))
        for county in COUNTIES:
            self.people.append(await self.page.join(f"{county}协调员", "coordinator", county))

    def acting(self) -> list[Coroutine[Any, Any, None]]:
        """What everybody does from now on."""
        return [*map(self._file, self._of("school")), *map(self._react, self.people)]

    def _of(self, role: str) -> list[Phone]:
        return [phone for phone in self.people if phone.role == role]

    def _orders_of(self, school: Phone) -> list[str]:
        """The orders of a school that it may file by now."""
        return self.orders[: self.released][self.people.index(school) :: len(SCHOOLS)]

    async def _file(self, school: Phone) -> None:
        """A sentence for each order, once the one before is filed."""
        while True:
            while len(school.said) == len(self._orders_of(school)):
                await asyncio.sleep(0.05)
            order = self._orders_of(school)[len(school.said)]
            await self.page.say(school, f"我们缺一个小学数学老师，{self.year}年3月1日开始，线上，一学期，{order}")
            school.said.append(order)
            await self.page.until(school, lambda: sum("已提交" in text for text in school.texts()) >= len(school.said))

    async def _react(self, phone: Phone) -> None:
        """Tap every button of one's role as soon as it shows, each once; of proposed dates the first."""
        while True:
            await self.page.tap(phone, await self.page.until(phone, lambda: self._next(phone)))

    @staticmethod
    def _next(phone: Phone) -> Button | None:
        if phone.name not in OTHERWISE:
            return next((button for button in phone.buttons() if button[2] in LABELS[phone.role]), None)
        dated = {message for message, _, label in phone.tapped if label.startswith("20")}
        dates = (button for button in phone.buttons() if button[2].startswith("20") and button[0] not in dated)
        return next(dates, None) or phone.button("换个时间")

    def lost(self) -> list[str]:
        """What did not arrive."""
        return self._wrong(lambda count, wanted: count < wanted)

    def doubled(self) -> list[str]:
        """What arrived more than once."""
        return self._wrong(lambda count, wanted: count > wanted)

    def repeats(self) -> int:
        """Messages about an order that are on a phone word for word more than once."""
        texts = (Counter(text for text in phone.texts() if "号" in text) for phone in self.people)
        return sum(count - 1 for each in texts for count in each.values())

    def _wrong(self, bad: Callable[[int, int], bool]) -> list[str]:
        counted: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for phone in self._of("school"):
            for sign in ("已提交", "号订单已批准", "您已确认", "定了："):
                wanted[f"{phone.name} {sign}"] = len(self._orders_of(phone))
                counted[f"{phone.name} {sign}"] = _count([phone], sign)
        for phone in self._of("coordinator"):
            for order, number in _numbers(phone).items():
                for sign in (f"^{number} 号需求[^”]*{order}", f"^{number} 号：.*愿意去", f"^{number} 号已定"):
                    wanted[f"{phone.name} {sign}"] = 1
                    counted[f"{phone.name} {sign}"] = _count([phone], sign)
        for order in self.orders[: self.released]:
            wanted[f"offer {order}"] = wanted[f"card {order}"] = 1
            counted[f"offer {order}"] = _count(self._of("teacher"), order)
            counted[f"card {order}"] = _count(self._of("coordinator"), order)
        wanted["placements told to teachers"] = self.released
        counted["placements told to teachers"] = _count(self._of("teacher"), "^定了：您去")
        return [
            f"{what}: {counted[what]} for {wanted[what]}"
            for what in sorted(wanted.keys() | counted.keys())
            if bad(counted[what], wanted[what])
        ]


def _numbers(phone: Phone) -> dict[str, str]:
    """Order → the number the bot gave it, as the coordinator's cards say."""
    found = {}
    for text in phone.texts():
        if (card := re.search(r"^(\d+) 号需求", text)) and (order := re.search(r"编号\d{3}", text)):
            found[order.group()] = card.group(1)
    return found


def _count(phones: list[Phone], sign: str) -> int:
    return sum(bool(re.search(sign, text, re.DOTALL)) for phone in phones for text in phone.texts())
