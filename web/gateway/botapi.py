"""The Bot API over HTTP, as a bare ASGI application: it is the path that must be fast."""

import json
import logging
from typing import Any

from web.gateway import files
from web.gateway.call import Call, read_call
from web.gateway.core import Gateway
from web.gateway.errors import NO_METHOD, NOT_FOUND, UNAUTHORIZED, ApiError
from web.gateway.methods import METHODS

log = logging.getLogger(__name__)

JSON = (b"content-type", b"application/json")
BINARY = (b"content-type", b"application/octet-stream")


class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            status, kind, body = 200, JSON, b""
            path: str = scope["path"]
            if path.startswith("/file/"):
                kind, body = BINARY, await self.download(path.removeprefix("/file"))
            else:
                body = b'{"ok":true,"result":' + await self.result(path, scope, receive) + b"}"
        except ApiError as error:
            status, body = error.code, json.dumps(error.body()).encode()
        except Exception as error:  # the edge of the server: the bot must get its JSON, we must get a trace
            log.exception("method failed: %s", type(error).__name__)
            status, body = 500, b'{"ok":false,"error_code":500,"description":"Internal Server Error"}'
        await answer(send, status, kind, body)

    async def result(self, path: str, scope: Any, receive: Any) -> bytes:
        """Run the method named in the path."""
        method = METHODS.get(self.rest(path).lower())
        if method is None:
            raise ApiError(*NO_METHOD)
        call: Call = await read_call(scope, receive)
        result = await method(self.gateway, call)
        return result if isinstance(result, bytes) else json.dumps(result, ensure_ascii=False).encode()

    def rest(self, path: str) -> str:
        """What follows /bot<token>/, if the token is right."""
        token, _, rest = path.removeprefix("/bot").partition("/")
        if not token or not rest:
            raise ApiError(*NOT_FOUND)
        if not self.gateway.is_token(token):
            raise ApiError(*UNAUTHORIZED)
        return rest

    async def download(self, path: str) -> bytes:
        """The content of a file getFile named."""
        folder, _, file_id = self.rest(path).partition("/")
        row = await self.gateway.act(files.find, file_id) if folder == "documents" else None
        if row is None:
            raise ApiError(*NOT_FOUND)
        content: bytes = row.content
        return content


async def answer(send: Any, status: int, kind: tuple[bytes, bytes], body: bytes) -> None:
    headers = [kind, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
