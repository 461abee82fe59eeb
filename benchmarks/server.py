"""A Bot API server for measuring: strict about what it is told, and it keeps nothing but counts.

It runs in a process of its own, for our bot and the competitor alike; each has its token and its queue. The benchmark
asks it to feed texts (`/control/run`) and is answered once every text has its reply: no polling disturbs the run, and
times are taken here, where texts come from and replies arrive. It ends with its standard input.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BATCH = 100  # what getUpdates gives at most
MAX_WAIT = 50
MAX_TEXT = 4096
MAX_CALLBACK = 64
BETWEEN_SECONDS = 0.03  # an idle moment between two texts of a run one by one
AFTERWARDS_SECONDS = 0.3  # replies too many would come now
SUBMIT = "v1:file:"  # on the card of a need, and on nothing else


class Refused(Exception):
    """An error of the Bot API."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


@dataclass(slots=True)
class Run:
    """Texts on their way and what came back."""

    expected: int
    began: float = 0.0
    ended: float = 0.0
    replies: Counter[int] = field(default_factory=Counter)
    cards: int = 0
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    def reply(self, chat: int, is_card: bool) -> None:
        self.replies[chat] += 1
        self.cards += is_card
        if self.replies.total() == self.expected:
            self.ended = time.perf_counter()
            self.complete.set()


@dataclass(slots=True)
class Line:
    """One bot and its queue."""

    bot_id: int
    updates: deque[tuple[int, str]] = field(default_factory=deque)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    first_poll: float = 0.0
    polling: bool = False
    last_update: int = 1000
    last_message: int = 0
    run: Run | None = None

    def put(self, chat: int, text: str) -> None:
        """A person writes."""
        self.last_update += 1
        person = {"id": chat, "is_bot": False, "first_name": "P"}
        message = {**self.message(chat, text), "from": person}
        self.updates.append((self.last_update, json.dumps({"update_id": self.last_update, "message": message})))

    def message(self, chat: int, text: str) -> dict[str, Any]:
        self.last_message += 1
        return {
            "message_id": self.last_message,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "text": text,
        }

    def me(self) -> dict[str, Any]:
        return {"id": self.bot_id, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


class Server:
    """All bots, and the delay before each answer to one of them."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.delay = 0.0
        self.unknown: Counter[str] = Counter()

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_post("/control/open", self.open)
        app.router.add_post("/control/delay", self.set_delay)
        app.router.add_post("/control/polled", self.polled)
        app.router.add_post("/control/run", self.run)
        return app

    # the Bot API

    async def call(self, request: web.Request) -> web.Response:
        """One call of a bot."""
        method = request.match_info["method"].lower()
        try:
            line = self.lines.get(request.match_info["token"])
            if line is None:
                raise Refused(401, "Unauthorized")
            values = {**request.query, **{key: str(value) for key, value in (await request.post()).items()}}
            body = '{"ok":true,"result":' + await self.result(line, method, values) + "}"
            status = 200
        except Refused as error:
            status = error.code
            body = json.dumps({"ok": False, "error_code": status, "description": str(error)})
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.Response(text=body, status=status, content_type="application/json")

    async def result(self, line: Line, method: str, values: dict[str, str]) -> str:
        match method:
            case "getme":
                return json.dumps(line.me() | {"can_join_groups": False, "supports_inline_queries": False})
            case "getupdates":
                return await self.updates(line, int(values.get("offset", 0)), int(values.get("timeout", 0)))
            case "sendmessage":
                return self.send(line, values)
            case "deletewebhook" | "setmycommands":
                return "true"
            case _:
                self.unknown[method] += 1
                raise Refused(404, "Not Found: method not found")

    async def updates(self, line: Line, offset: int, seconds: int) -> str:
        """A long poll; what lies before the offset is confirmed."""
        if line.polling:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        line.first_poll = line.first_poll or time.time()
        while line.updates and line.updates[0][0] < offset:
            line.updates.popleft()
        if not line.updates:
            line.polling = True
            line.waiting.set()
            try:
                async with asyncio.timeout(min(seconds, MAX_WAIT)):
                    await line.bell.wait()
            except TimeoutError:
                pass
            finally:
                line.polling = False
                line.waiting.clear()
                line.bell.clear()
        return "[" + ",".join(body for _, body in list(line.updates)[:BATCH]) + "]"

    def send(self, line: Line, values: dict[str, str]) -> str:
        """A message of the bot, checked as the real server checks it."""
        chat, text = int(values.get("chat_id") or 0), values.get("text", "")
        if not chat:
            raise Refused(400, "Bad Request: chat_id is empty")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text) > MAX_TEXT:
            raise Refused(400, "Bad Request: message is too long")
        markup = json.loads(values.get("reply_markup") or "{}")
        presses = [button["callback_data"] for row in markup.get("inline_keyboard", []) for button in row]
        if any(not 0 < len(press.encode()) <= MAX_CALLBACK for press in presses):
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if line.run is not None:
            line.run.reply(chat, any(press.startswith(SUBMIT) for press in presses))
        sent = {**line.message(chat, text), "from": line.me()}
        return json.dumps(sent | ({"reply_markup": markup} if presses else {}))

    # what the benchmark asks for

    async def open(self, request: web.Request) -> web.Response:
        """A bot of this token may come."""
        token = (await request.json())["token"]
        self.lines[token] = Line(int(token.partition(":")[0]))
        return web.json_response({})

    async def set_delay(self, request: web.Request) -> web.Response:
        self.delay = float((await request.json())["seconds"])
        return web.json_response({})

    async def polled(self, request: web.Request) -> web.Response:
        """When the bot's first getUpdates came; waits until it waits for updates."""
        asked = await request.json()
        line = self.lines[asked["token"]]
        async with asyncio.timeout(asked["patience"]):
            await line.waiting.wait()
        return web.json_response({"first": line.first_poll})

    async def run(self, request: web.Request) -> web.Response:
        """Feed texts, to the persons in turn, all at once or one by one, and wait for the replies."""
        asked = await request.json()
        line = self.lines[asked["token"]]
        texts: list[str] = asked["texts"]
        chats: list[int] = asked["chats"]
        turns = [(chats[number % len(chats)], text) for number, text in enumerate(texts)]
        waits: list[float] = []
        async with asyncio.timeout(asked["patience"]):
            await line.waiting.wait()
            if asked["one_by_one"]:
                runs = [await self.feed(line, [turn]) for turn in turns]
                waits = [run.ended - run.began for run in runs]
            else:
                runs = [await self.feed(line, turns)]
        await asyncio.sleep(AFTERWARDS_SECONDS)
        line.run = None
        answer = {
            "seconds": runs[-1].ended - runs[0].began,
            "waits": waits,
            "cards": sum(run.cards for run in runs),
            "wrong": self.wrong(runs, turns),
            "unknown": sum(self.unknown.values()),
        }
        return web.json_response(answer)

    async def feed(self, line: Line, turns: list[tuple[int, str]]) -> Run:
        """Some texts at once, until all have their reply."""
        if len(turns) == 1:
            await asyncio.sleep(BETWEEN_SECONDS)
        line.run = run = Run(len(turns), began=time.perf_counter())
        for chat, text in turns:
            line.put(chat, text)
        line.bell.set()
        await run.complete.wait()
        return run

    @staticmethod
    def wrong(runs: list[Run], turns: list[tuple[int, str]]) -> int:
        """By how many replies any person got too few or too many."""
        wanted, got = Counter(chat for chat, _ in turns), Counter[int]()
        for run in runs:
            got.update(run.replies)
        return sum(abs(wanted[chat] - got[chat]) for chat in wanted | got)


async def main() -> None:
    """Serve on a free loopback port, say which, and end with standard input."""
    runner = web.AppRunner(Server().application(), access_log=None, keepalive_timeout=75)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=1)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
