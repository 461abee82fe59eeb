# ruff: noqa: ASYNC110  (what is waited for happens in another process)
"""The play: the main loop, the stories as business time goes on, and people who chat meanwhile; and what must come of it.

Everybody does each step exactly once. The truth is what the script sent and what the gateway shows on the phones. Nothing
here reads our own tables.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable

from tests.crash import stories
from tests.crash.loop import ACTS_OF_AN_ORDER, Loop
from tests.crash.phones import Page, Phone
from tests.crash.stories import Story

CHATTERERS = 6
COMMANDS = {"/help": "随时可以：", "/language": "Choose your language", "/mine": "^您的事项|^现在没有您的事项"}
OVER = 1_000_000  # the day for which a story waits that has come to its end

Turn = Callable[[int], Awaitable[None]]  # makes it that many days later


class Play:
    """Everybody, and the page through which they act.

    Orders of the main loop are filed batch by batch, each once those before are settled. With stories a batch ends only when
    every story waits for another day; then it becomes the next of these days.
    """

    def __init__(self, url: str, *, orders: int, chat: int, seed: int, year: int, batches: int = 1) -> None:
        self.page = Page(url, seed)
        self.loop = Loop(self.page, orders, year)
        self.batches = batches
        self.chat = chat  # commands a chatterer says at a time
        self.chatterers: list[Phone] = []
        self.stories: list[Story] = []
        self.day = 0
        self.waits_for: dict[str, int] = {}
        self.tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Play":
        await self.page.__aenter__()
        await self.loop.join()
        for number in range(CHATTERERS):
            self.chatterers.append(await self.page.join(f"闲聊{number}", "teacher"))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.page.__aexit__()

    async def add_stories(self) -> None:
        """The stories are played too."""
        self.stories = await stories.cast(self.page)

    def begin(self, turn: Turn | None = None) -> None:
        """Everybody starts to act."""
        self.waits_for = {story.name: 0 for story in self.stories}
        acts = [self.page.watch(), self._go_on(turn), *self.loop.acting(), *map(self._tell, self.stories)]
        self.tasks = [asyncio.get_running_loop().create_task(act) for act in acts]

    async def chatter(self) -> None:
        """The chatterers say a few commands each, not waiting for answers."""
        for phone in self.chatterers:
            for _ in range(self.chat):
                command = self.page.random.choice(list(COMMANDS))
                phone.said.append(command)
                await self.page.say(phone, command, counts=False)

    async def _tell(self, story: Story) -> None:
        async def day_has_come(day: int) -> None:
            self.waits_for[story.name] = day
            while self.day < day:
                await asyncio.sleep(0.05)

        await story.play(self.page, day_has_come)
        self.waits_for[story.name] = OVER

    async def _go_on(self, turn: Turn | None) -> None:
        """Batch by batch, day by day."""
        days = sorted({day for story in self.stories for day in story.days()})
        batches = max(self.batches, len(days) + 1)
        for batch in range(batches):
            self.loop.released = len(self.loop.orders) * (batch + 1) // batches
            while self.loop.lost() or min(self.waits_for.values(), default=OVER) <= self.day:
                await asyncio.sleep(0.1)
            if batch < len(days):
                assert turn is not None
                await turn(days[batch] - self.day)
                self.day = days[batch]

    def acts(self) -> int:
        """About how often people will have acted in the end, chatter not counted."""
        return len(self.loop.orders) * ACTS_OF_AN_ORDER + sum(story.acts() for story in self.stories)

    def is_over(self) -> bool:
        """Whether everybody has done their part, as far as the phones showed when they were looked at."""
        waits = any(day < OVER for day in self.waits_for.values())
        return not waits and self.loop.released == len(self.loop.orders) and not self.loop.lost()

    # what must have come of it

    async def settled(self, seconds: float) -> None:
        """Until nothing is wrong any more, or time is up."""
        until = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < until and await self.lost():
            await asyncio.sleep(0.25)

    async def lost(self) -> list[str]:
        """What did not arrive, and whoever still waits for it."""
        await self.page.look_at_all()
        for task in self.tasks:
            if task.done():
                task.result()  # whoever cannot act any more says why
        waiting = [f"{name}: still waits" for name, day in self.waits_for.items() if day < OVER]
        held_back = self.loop.orders[self.loop.released :]
        told = [each for story in self.stories for each in story.lost()]
        return [*waiting, *held_back, *self.loop.lost(), *told, *self._chat(lambda count, wanted: count < wanted)]

    async def doubled(self) -> list[str]:
        """What arrived more than once."""
        await self.page.look_at_all()
        told = [each for story in self.stories for each in story.doubled()]
        return [*self.loop.doubled(), *told, *self._chat(lambda count, wanted: count > wanted)]

    def disordered(self) -> list[str]:
        """Whose messages came in another order; a chatterer's repeats directly behind are not that."""
        chat = [phone.name for phone in self.chatterers if self.replies(phone) != phone.said]
        return [*(each for story in self.stories for each in story.disordered()), *chat]

    def repeats(self) -> int:
        """Messages that are on a phone more often than they should."""
        chat = sum(max(0, len(self.replies(phone)) - len(phone.said)) for phone in self.chatterers)
        return chat + self.loop.repeats() + sum(len(story.doubled()) for story in self.stories)

    def replies(self, phone: Phone) -> list[str]:
        """Which commands the answers on a chatterer's phone belong to, in order."""
        return [command for text in phone.texts() for command, sign in COMMANDS.items() if re.search(sign, text)]

    def _chat(self, bad: Callable[[int, int], bool]) -> list[str]:
        counts = ((phone.name, len(self.replies(phone)), len(phone.said)) for phone in self.chatterers)
        return [
            f"{name}: {count} answers for {wanted} commands" for name, count, wanted in counts if bad(count, wanted)
        ]
