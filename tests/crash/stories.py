"""The stories of stories.toml: who plays them, how a step is played, and what their phones must show when all is over."""

import asyncio
import re
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.crash.phones import Page, Phone

FILE = Path(__file__).with_suffix(".toml")
CODE = r"/start (\S+)"


@dataclass
class Story:
    """A few people in a county of their own, what they do, and what the bot has said to them in the end."""

    name: str
    county: str
    steps: list[dict[str, Any]]
    shows: dict[str, list[str]]
    cast: dict[str, Phone]

    def days(self) -> list[int]:
        """On which days after the beginning it goes on."""
        return [step["day"] for step in self.steps if "day" in step]

    def acts(self) -> int:
        """How often its people tap or speak."""
        steps = (step for step in self.steps if "day" not in step)
        return sum(len(_people(step)) * (len(step.get("tap", ())) + ("say" in step)) for step in steps)

    async def play(self, page: Page, day_has_come: Callable[[int], Awaitable[None]]) -> None:
        """Every step once, one after the other; then until every phone shows all of it."""
        for step in self.steps:
            if "day" in step:
                await day_has_come(step["day"])
                continue
            await asyncio.gather(*(self._act(page, self.cast[who], step) for who in _people(step)))
        for who, phone in self.cast.items():
            await page.until(phone, lambda who=who: not self._compared(who)[0])

    async def _act(self, page: Page, phone: Phone, step: dict[str, Any]) -> None:
        since = 0
        if "see" in step:
            sign, times = self._worded(step["see"]), step.get("times", 1)
            since, _ = await page.until(phone, lambda: phone.find(sign, times))
        for label in step.get("tap", ()):
            button = await page.until(phone, lambda label=label, since=since: phone.button(label, since))
            await page.tap(phone, button)
            since = button[0]  # the next one is on the same card or on a newer one
        if "say" in step:
            await page.say(phone, self._worded(step["say"], code=await self._code(page, step)))

    async def _code(self, page: Page, step: dict[str, Any]) -> str:
        """The newest code on somebody's phone, for whoever it was passed on to."""
        if "code" not in step:
            return ""
        holder = self.cast[step["code"]]
        _, found = await page.until(holder, lambda: holder.find(CODE))
        return str(found[1])

    def _worded(self, text: str, **values: str) -> str:
        names = {who: phone.name for who, phone in self.cast.items()}
        for name, value in {"county": self.county, **names, **values}.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def lost(self) -> list[str]:
        """Whose phones lack something, or show it not in its last form."""
        return [f"{self.name}, {who}: no {lacking}" for who in self.cast if (lacking := self._compared(who)[0])]

    def doubled(self) -> list[str]:
        """What is on a phone besides."""
        return [f"{self.name}, {who}: {text}" for who in self.cast for text in self._compared(who)[1]]

    def disordered(self) -> list[str]:
        """Whose messages came in another order."""
        phones = self.cast.items()
        return [f"{self.name}, {who}" for who, phone in phones if not all(map(_fits, self._signs(who), phone.texts()))]

    def _signs(self, who: str) -> list[str]:
        return [self._worded(sign) for sign in self.shows[who]]

    def _compared(self, who: str) -> tuple[list[str], list[str]]:
        """Signs without a message, messages without a sign."""
        missing, rest = [], self.cast[who].texts()
        for sign in self._signs(who):
            at = next((at for at, text in enumerate(rest) if _fits(sign, text)), None)
            if at is None:
                missing.append(sign)
            else:
                rest.pop(at)
        return missing, rest


def _people(step: dict[str, Any]) -> list[str]:
    return step["who"] if isinstance(step["who"], list) else [step["who"]]


def _fits(sign: str, text: str) -> bool:
    return re.search(sign, text, re.DOTALL) is not None


async def cast(page: Page) -> list[Story]:
    """Everybody of the stories gets a phone."""
    found = []
    for told in tomllib.loads(FILE.read_text("utf-8"))["story"]:
        county = told["county"]
        people = {who: await _join(page, county, who, role, told["entry"]) for who, role in told["people"].items()}
        found.append(Story(told["name"], county, told["step"], told["shows"], people))
    return found


async def _join(page: Page, county: str, who: str, role: str, entry: dict[str, Any]) -> Phone:
    name = f"{county}{who}"
    if role == "school":
        return await page.join(name, role, f"{county}中心小学校|{county}")
    if role == "coordinator":
        return await page.join(name, role, f"{county}代理" if who == "deputy" else county)
    return await page.join(name, role, **({"modes": ["顶岗支教"], **entry} if role == "teacher" else {}))
