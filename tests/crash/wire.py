"""What may stand between the bot and the gateway: a far end that knows no keys, and a line on which calls go wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web

from tests.crash.processes import free_port

FORM = "application/x-www-form-urlencoded"
ANSWERS = {  # status → what the Bot API, or a server in front of it, says with it
    429: '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 0.2","parameters":{"retry_after":0.2}}',
    500: '{"ok":false,"error_code":500,"description":"Internal Server Error"}',
    502: "<html><h1>502 Bad Gateway</h1></html>",
}
FAULTS = (*ANSWERS, "cut before", "cut after")  # the last: it was done, and nobody hears of it
POLLS = 4  # times less often: they go on all the time, and each that fails costs a second


class Wire:
    """Passes every call on to the gateway, or as told does not."""

    def __init__(self, gateway: str, *, keys: bool, delay: float, fails: int) -> None:
        self._gateway = gateway
        self._keys = keys
        self._delay = delay
        self._fails = fails
        self.calls: Counter[str] = Counter()  # by method
        self.session: aiohttp.ClientSession
        self.url = ""

    async def forward(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.path.rsplit("/", 1)[-1]
        fault = self._fault(method)
        if isinstance(fault, int):
            kind = "text/html" if fault == 502 else "application/json"
            return web.Response(text=ANSWERS[fault], status=fault, content_type=kind)
        response = web.Response() if fault == "cut before" else await self._pass_on(request)
        if fault is not None:
            assert request.transport
            request.transport.abort()
        elif method != "getUpdates":
            await asyncio.sleep(self._delay)
        return response

    def _fault(self, method: str) -> int | str | None:
        """What goes wrong now: of each method one call in so many, in turn in every way."""
        self.calls[method] += 1
        often = self._fails * (POLLS if method == "getUpdates" else 1)
        if not often or self.calls[method] % often:
            return None
        return FAULTS[self.calls[method] // often % len(FAULTS)]

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self._keys and request.content_type == FORM:
            pairs = [pair for pair in parse_qsl(body.decode(), keep_blank_values=True) if pair[0] != "idempotency_key"]
            body = urlencode(pairs).encode()
        headers = {"content-type": request.headers.get("content-type", FORM)}
        async with self.session.post(f"{self._gateway}{request.path_qs}", data=body, headers=headers) as answer:
            content = await answer.read()
        return web.Response(body=content, status=answer.status, content_type="application/json")


@asynccontextmanager
async def wire(gateway: str, *, keys: bool = True, delay: float = 0.0, fails: int = 0) -> AsyncIterator[Wire]:
    """A thin proxy in front of the gateway. One call in `fails` goes wrong."""
    made = Wire(gateway, keys=keys, delay=delay, fails=fails)
    app = web.Application(client_max_size=60 * 1024 * 1024)
    app.router.add_route("*", "/{rest:.*}", made.forward)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=200)) as made.session:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            port = free_port()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            made.url = f"http://127.0.0.1:{port}"
            yield made
        finally:
            await runner.cleanup()


def keyless(gateway: str) -> AbstractAsyncContextManager[Wire]:
    """A far end that knows no keys and answers late, as a far server would."""
    return wire(gateway, keys=False, delay=0.03)
