"""The gateway: a server that speaks the Telegram Bot API to the bot and shows a page with three phones to people.

`create_gateway` builds the application, `serve` runs it on a loopback port. The `Gateway` object behind it
(`app.state.gateway`) lets the demo add people, speak for them and move on when the bot has heard everything.
"""

from collections.abc import Sequence

from starlette.applications import Starlette

from web.gateway.botapi import BotApi
from web.gateway.core import Gateway
from web.gateway.guard import Guard
from web.gateway.page import routes
from web.gateway.people import Newcomer
from web.gateway.ports import DemoClock, Store
from web.gateway.server import Address, serve

__all__ = ["Address", "DemoClock", "Gateway", "Newcomer", "Store", "create_gateway", "serve"]


def create_gateway(
    store: Store,
    *,
    token: str,
    clock: DemoClock | None = None,
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    strict_limits: bool = False,
) -> Starlette:
    """The gateway as an application. `strict_limits` turns on Telegram's sending limits."""
    gateway = Gateway(store, token, clock, strict_limits)
    app = Starlette(routes=routes())
    app.state.gateway = gateway
    app.add_middleware(Guard, hosts=hosts, bot=BotApi(gateway))
    return app
