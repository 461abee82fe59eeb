"""Who looks at the page right now. Events follow the commit and may be lost: a page that reconnects refetches."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import contextmanager
from typing import Any

from web.gateway.tables import dumps
from web.gateway.views import show

BEHIND = 2000  # events a page may be behind before it is sent away to refetch
HEARTBEAT_SECONDS = 15.0


class Hub:
    """Hands every event to every open page."""

    def __init__(self) -> None:
        self.pages: set[asyncio.Queue[str | None]] = set()

    def tell(self, kind: str, **content: Any) -> None:
        """Tell all pages that something happened."""
        if not self.pages:
            return
        event = f"event: {kind}\ndata: {dumps(content)}\n\n"
        for page in list(self.pages):
            if page.qsize() < BEHIND:
                page.put_nowait(event)
            else:
                self.pages.discard(page)
                page.put_nowait(None)

    def tell_message(self, user_id: int, body: str, *, edits: int = 0, unread: int = 0, key: str | None = None) -> None:
        """Tell all pages that a message came or was changed."""
        if self.pages:
            message = show(json.loads(body), edits)
            self.tell("edit" if edits else "message", user_id=user_id, message=message, unread=unread, key=key)

    def close(self) -> None:
        """End every stream."""
        for page in self.pages:
            page.put_nowait(None)
        self.pages.clear()

    @contextmanager
    def page(self) -> Any:
        """A queue of events for one page."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self.pages.add(queue)
        try:
            yield queue
        finally:
            self.pages.discard(queue)

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events for one page, with a heartbeat, until the hub closes."""
        with self.page() as queue:
            yield "retry: 1500\nevent: hello\ndata: {}\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield event
