"""The door: which Host names we answer to (DNS rebinding), who may write (same origin, JSON or a file's bytes), what a page
may load. Both kinds of body are such that another site's form or script cannot send them without asking first."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
MAX_FILE = 10 * 1024 * 1024
FILE_PATH = re.compile(r"/api/people/\d+/file")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class Guard:
    """Middleware around everything; the bot's own path needs the token and only passes the Host check."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], bot: ASGIApp) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.bot = bot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        if not self.is_ours(headers.get("host", "").lower()):
            return await JSONResponse({"error": "host"}, 421)(scope, receive, send)
        if scope["path"].startswith(("/bot", "/file/bot")):
            return await self.bot(scope, receive, send)
        refusal = refused(scope["method"], scope["path"], headers)
        if refusal is not None:
            return await JSONResponse({"error": refusal}, 403)(scope, receive, with_headers(send))
        return await self.app(scope, receive, with_headers(send))

    def is_ours(self, host: str) -> bool:
        """Whether the Host header names us, with or without a port."""
        name, colon, port = host.rpartition(":")
        return (name if colon and port.isdigit() else host) in self.hosts


def refused(method: str, path: str, headers: Headers) -> str | None:
    """Why a page's request may not change anything."""
    kind, most = ("application/octet-stream", MAX_FILE) if FILE_PATH.fullmatch(path) else ("application/json", MAX_BODY)
    if method in ("GET", "HEAD"):
        return None
    if method != "POST":
        return "method"
    if headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        return "content-type"
    origin = headers.get("origin", "")
    if origin not in (f"http://{headers['host']}", f"https://{headers['host']}"):
        return "origin"
    size = headers.get("content-length", "")
    return None if size.isdigit() and int(size) <= most else "size"


def with_headers(send: Send) -> Send:
    """Add the page's headers to every answer."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent
