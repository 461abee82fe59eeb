"""One call of the bot, whatever it was wrapped in: query string, form, JSON or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from web.gateway.errors import NOT_FOUND, TOO_LARGE, ApiError, bad_request

MAX_BODY = 1_000_000
MAX_UPLOAD = 50 * 1024 * 1024
KEY_LENGTH = 120
LARGEST = 1 << 52  # what an id may be; the database holds a little more


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    content: bytes


class Call:
    """The parameters of a call. Missing and empty are the same, as on the server; unknown ones are ignored."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None or isinstance(value, Upload):
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
        """An integer, clamped; what is none counts as `default`."""
        try:
            value = int(self.text(name).partition(".")[0])
        except ValueError:
            value = default
        return min(max(value, -LARGEST if least is None else least), LARGEST if most is None else most)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str, refusal: str) -> Any:
        """A nested object, sent as JSON text or as itself; None if absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(refusal) from None

    def file(self, name: str) -> Upload | str:
        """An uploaded file, also one behind attach://; otherwise the text given (a file_id)."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else self.text(name)

    def chat_id(self) -> int:
        """The chat spoken to."""
        text = self.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        chat_id = self.number("chat_id", -LARGEST)
        if abs(chat_id) == LARGEST:
            raise bad_request("chat not found")
        return chat_id

    def key(self) -> str | None:
        """The caller's idempotency key: the same key again has no second effect."""
        key = self.text("idempotency_key")
        if len(key) > KEY_LENGTH:
            raise bad_request("idempotency_key is too long")
        return f"bot:{key}" if key else None


async def read_call(scope: Any, receive: Any) -> Call:
    """Read the parameters of a request."""
    headers = Headers(scope=scope)
    values: dict[str, Any] = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    if scope["method"] == "GET":
        return Call(values)
    if scope["method"] != "POST":
        raise ApiError(*NOT_FOUND)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return Call(values | await read_multipart(headers, receive))
    body = await read_body(headers, receive, MAX_BODY)
    if kind == "application/json":
        return Call(values | read_json(body))
    if kind == "application/x-www-form-urlencoded":
        values.update(read_form(body))
    return Call(values)


async def read_body(headers: Headers, receive: Any, most: int) -> bytes:
    """The whole body, if it is not larger than `most`."""
    if int(headers.get("content-length") or 0) > most:
        raise ApiError(*TOO_LARGE)
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise ApiError(*TOO_LARGE)
    return body


def read_form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def read_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(decoded(body) or "{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


async def read_multipart(headers: Headers, receive: Any) -> dict[str, Any]:
    """Fields and files; files are held in memory, they go into a row."""
    body = await read_body(headers, receive, MAX_UPLOAD + MAX_BODY)
    if b"boundary" not in parse_options_header(headers["content-type"])[1]:
        raise bad_request("can't parse multipart body")

    async def stream() -> Any:
        yield body

    try:
        form = await MultiPartParser(headers, stream(), max_part_size=MAX_BODY).parse()
    except MultiPartException:
        raise bad_request("can't parse multipart body") from None
    values: dict[str, Any] = {}
    for name, value in form.multi_items():
        values[name] = await taken(value) if isinstance(value, UploadFile) else value
    return values


async def taken(file: UploadFile) -> Upload:
    content = await file.read()
    await file.close()
    return Upload(file.filename or "file", file.content_type or "application/octet-stream", content)
