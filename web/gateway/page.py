"""The page's own JSON interface: people, their messages, what they do; the demo's clock; a stream of events."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from models.gateway import ROLES
from web.gateway import files
from web.gateway.call import Upload
from web.gateway.core import EVERYTHING, PAGE_SIZE, Gateway
from web.gateway.errors import ApiError
from web.gateway.tables import seconds

STATIC = Path(__file__).parent / "static"
MAX_DAYS = 366
MAX_NAME = 40
MAX_KEY = 60
MAX_SAID = 20_000
INLINE = ("image/png", "image/jpeg")

Endpoint = Callable[[Request], Awaitable[Response]]


def gateway_of(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    return gateway


def refusing(endpoint: Endpoint) -> Endpoint:
    """Turn refusals into JSON the page can read."""

    @wraps(endpoint)
    async def wrapped(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ApiError as error:
            return JSONResponse({"error": error.description}, error.code)
        except HTTPException as error:
            return JSONResponse({"error": error.detail}, error.status_code)

    return wrapped


async def body_of(request: Request, **kinds: type) -> list[Any]:
    """The named fields of a JSON body, each of its kind; `key` may be absent."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise HTTPException(400, "JSON object expected")
    for name, kind in kinds.items():
        if type(body.get(name)) is not kind and not (name == "key" and body.get(name) is None):
            raise HTTPException(400, f"{name}: {kind.__name__} expected")
    if len(body.get("key") or "") > MAX_KEY:
        raise HTTPException(400, "key")
    return [body.get(name) for name in kinds]


async def index(request: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers={"cache-control": "no-cache"})


@refusing
async def people(request: Request) -> Response:
    return JSONResponse({"people": await gateway_of(request).people()})


@refusing
async def add_person(request: Request) -> Response:
    name, role, key = await body_of(request, name=str, role=str, key=str)
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_NAME or role not in ROLES:
        raise HTTPException(400, "name or role")
    return JSONResponse({"id": await gateway_of(request).add_guest(name, role, key)})


@refusing
async def messages(request: Request) -> Response:
    before = request.query_params.get("before", "")
    start = int(before) if before.isdigit() and len(before) < 16 else EVERYTHING
    found = await gateway_of(request).messages(request.path_params["id"], start, PAGE_SIZE)
    return JSONResponse({"messages": found, "more": len(found) == PAGE_SIZE})


@refusing
async def say(request: Request) -> Response:
    text, key = await body_of(request, text=str, key=str)
    if len(text) > MAX_SAID:
        raise HTTPException(413, "text")
    return JSONResponse({"messages": await gateway_of(request).say(request.path_params["id"], text, key)})


@refusing
async def send(request: Request) -> Response:
    """A file as the body; its name, kind and key stand in the query."""
    name, kind, key = (request.query_params.get(field, "") for field in ("name", "type", "key"))
    if len(key) > MAX_KEY:
        raise HTTPException(400, "key")
    upload = Upload(name or "file", kind, await request.body())
    shown = await gateway_of(request).send(request.path_params["id"], upload, key or None)
    return JSONResponse({"messages": [shown]})


@refusing
async def tap(request: Request) -> Response:
    message_id, data, key = await body_of(request, message_id=int, data=str, key=str)
    query_id = await gateway_of(request).tap(request.path_params["id"], message_id, data, key)
    return JSONResponse({"query_id": query_id})


@refusing
async def block(request: Request) -> Response:
    (blocked,) = await body_of(request, blocked=bool)
    await gateway_of(request).block(request.path_params["id"], blocked)
    return JSONResponse({"ok": True})


@refusing
async def read(request: Request) -> Response:
    await gateway_of(request).read(request.path_params["id"])
    return JSONResponse({"ok": True})


def clock_of(gateway: Gateway) -> dict[str, Any]:
    """Business time, whether it can be moved, whether it is moving."""
    return {
        "now": seconds(gateway.now()),
        "movable": gateway.clock is not None,
        "busy": gateway.forwarding,
    }


async def clock(request: Request) -> Response:
    return JSONResponse(clock_of(gateway_of(request)))


@refusing
async def forward(request: Request) -> Response:
    """Move business time; one at a time, others see it move."""
    (days,) = await body_of(request, days=int)
    gateway = gateway_of(request)
    if gateway.clock is None or not 0 < days <= MAX_DAYS:
        raise HTTPException(400, "days")
    if gateway.forwarding:
        raise HTTPException(409, "busy")
    gateway.forwarding = True
    gateway.hub.tell("clock", **clock_of(gateway))
    try:
        await gateway.clock.forward(timedelta(days=days))
    finally:
        gateway.forwarding = False
        gateway.hub.tell("clock", **clock_of(gateway))
    return JSONResponse(clock_of(gateway))


async def events(request: Request) -> Response:
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(gateway_of(request).hub.stream(), media_type="text/event-stream", headers=headers)


@refusing
async def file(request: Request) -> Response:
    """A document to save, a photo to look at."""
    row = await gateway_of(request).act(files.find, request.path_params["id"])
    if row is None:
        raise HTTPException(404, "file")
    if row.mime in INLINE:
        return Response(row.content, media_type=row.mime, headers={"cache-control": "private, max-age=86400"})
    disposition = {"content-disposition": "attachment", "content-security-policy": "sandbox; default-src 'none'"}
    return Response(row.content, media_type=row.mime, headers=disposition)


def routes() -> list[BaseRoute]:
    """Everything a browser may ask for."""
    return [
        Route("/", index),
        Route("/api/people", people, methods=["GET"]),
        Route("/api/people", add_person, methods=["POST"]),
        Route("/api/people/{id:int}/messages", messages),
        Route("/api/people/{id:int}/say", say, methods=["POST"]),
        Route("/api/people/{id:int}/file", send, methods=["POST"]),
        Route("/api/people/{id:int}/tap", tap, methods=["POST"]),
        Route("/api/people/{id:int}/block", block, methods=["POST"]),
        Route("/api/people/{id:int}/read", read, methods=["POST"]),
        Route("/api/clock", clock, methods=["GET"]),
        Route("/api/clock", forward, methods=["POST"]),
        Route("/api/events", events),
        Route("/files/{id}/{name}", file),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
