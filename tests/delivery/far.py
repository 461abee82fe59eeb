"""A far end that speaks a minimal Bot API and fails as told: 429, 502 in HTML, hanging, cut lines, refusals."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

TOKEN = "70000001:canary-token-that-must-never-be-logged"
ME = {"id": 70000001, "is_bot": True, "first_name": "b", "username": "b_bot", "can_join_groups": False}

Fault = Callable[["Far", str, dict[str, str]], str | None]


@dataclass
class Call:
    """One call as it came in."""

    at: float
    method: str
    values: dict[str, str]
    fault: str | None = None


@dataclass
class Far:
    """What came, what was delivered, and how to fail."""

    fault: Fault = lambda far, method, values: None
    keys: bool = True  # whether it knows idempotency keys
    updates: list[Any] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    delivered: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    times: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    stripped: list[tuple[int, int]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # message ids that cannot be edited any more
    lost_files: set[str] = field(default_factory=set)  # file ids that are unknown here
    last_id: int = 0
    url: str = ""
    hang_seconds: float = 0.3

    def made(self, *methods: str) -> list[Call]:
        """Calls of these methods."""
        return [call for call in self.calls if call.method in methods]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rsplit("/", 1)[-1]
        body = (await request.read()).decode("utf-8", "replace") if request.content_type.endswith("urlencoded") else ""
        values = dict(parse_qsl(body, keep_blank_values=True)) | dict(request.query)
        call = Call(monotonic(), method, values)
        self.calls.append(call)
        call.fault = fault = self.fault(self, method, values)
        match (fault or "").split(":", 1):
            case ["429", seconds]:
                return self._no(429, f"Too Many Requests: retry after {seconds}", retry_after=float(seconds))
            case ["502"]:
                return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
            case ["hang"]:
                await asyncio.sleep(self.hang_seconds)
                assert request.transport
                request.transport.abort()
                return web.Response()
            case ["cut-before"]:
                assert request.transport
                request.transport.abort()
                return web.Response()
            case ["cut-after"]:
                self._do(method, values)
                assert request.transport
                request.transport.abort()
                return web.Response()
            case ["moved", chat]:
                return self._no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=int(chat))
            case ["nonsense"]:
                return web.json_response({"ok": True})
            case [code, description]:
                return self._no(int(code), description)
        if method == "getUpdates":
            return await self._updates(values)
        return self._do(method, values)

    @staticmethod
    def _no(code: int, description: str, **parameters: Any) -> web.Response:
        answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            answer["parameters"] = parameters
        return web.json_response(answer, status=code)

    async def _updates(self, values: dict[str, str]) -> web.Response:
        offset = int(values.get("offset", "0"))
        for _ in range(20):
            if found := [raw for raw in self.updates if not offset or raw.get("update_id", offset) >= offset]:
                break
            await asyncio.sleep(0.02)
        return web.json_response({"ok": True, "result": found[:100]})

    def _do(self, method: str, values: dict[str, str]) -> web.Response:
        key = values.get("idempotency_key", "")
        if self.keys and key and key in self.known:
            return web.json_response({"ok": True, "result": self.known[key]})
        result = self._effect(method, values)
        if isinstance(result, web.Response):
            return result
        if key:
            self.known[key] = result
        return web.json_response({"ok": True, "result": result})

    def _effect(self, method: str, values: dict[str, str]) -> Any:
        chat = int(values.get("chat_id", "0"))
        if method == "getMe":
            return ME
        if method == "answerCallbackQuery":
            self.answered.append(values["callback_query_id"])
            return True
        if method == "editMessageText":
            message = int(values["message_id"])
            if message in self.gone:
                return self._no(400, "Bad Request: message to edit not found")
            self.edits.append((chat, message, values["text"]))
            return self._message(chat, message, values["text"])
        if method == "editMessageReplyMarkup":
            self.stripped.append((chat, int(values["message_id"])))
            return self._message(chat, int(values["message_id"]), "")
        if method == "sendPhoto" and values["photo"] in self.lost_files:
            return self._no(400, "Bad Request: wrong file identifier/HTTP URL specified")
        if method in ("sendMessage", "sendPhoto"):
            self.last_id += 1
            said = values["text"] if method == "sendMessage" else f"{values['caption']} [{values['photo']}]"
            self.delivered[chat].append(said)
            self.times[chat].append(monotonic())
            return self._message(chat, self.last_id, said)
        return True

    @staticmethod
    def _message(chat: int, message: int, text: str) -> dict[str, Any]:
        return {"message_id": message, "date": 1, "chat": {"id": chat, "type": "private"}, "text": text}


@asynccontextmanager
async def serve(far: Far, port: int = 0) -> AsyncIterator[Far]:
    """Run the far end on loopback."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", far.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        assert site._server is not None
        far.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
        yield far
    finally:
        await runner.cleanup()


def message_update(update_id: int, user: int, text: str = "hi") -> dict[str, Any]:
    """An update as Telegram sends it."""
    sender = {"id": user, "is_bot": False, "first_name": f"u{user}"}
    entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]} if text[:1] == "/" else {}
    chat = {"id": user, "type": "private", "first_name": f"u{user}"}
    message = {"message_id": update_id, "date": 1_700_000_000, "from": sender, "chat": chat, "text": text}
    return {"update_id": update_id, "message": message | entities}


def loads(text: str) -> Any:
    return json.loads(text)
