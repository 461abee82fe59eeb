"""The bot with every logger at DEBUG and a few careless log lines: the token must still not come out."""

import asyncio
import logging
import sys
from typing import Any

import bot
from delivery.redact import QUIET, set_up_logging
from handlers import messages


def loud() -> None:
    set_up_logging(logging.DEBUG)
    for name in ("", *QUIET, "aiohttp", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.DEBUG)


bot.set_up_logging = loud
real_help = messages.help_


async def careless(update: Any, context: Any) -> None:
    """/help logs what it should not, then works; /mine fails with the URL in its words."""
    log = logging.getLogger("careless")
    log.warning("our bot is %r at %s%s", context.bot, context.bot.base_url, context.bot.base_url.replace(":", "%3A"))
    print(f"{context.bot.name}", flush=True)
    await real_help(update, context)


async def failing(update: Any, context: Any) -> None:
    raise RuntimeError(f"POST {context.bot.base_url}/sendMessage failed")


messages.help_, messages.mine = careless, failing

if __name__ == "__main__":
    if sys.argv[1:] == ["crash"]:
        loud()
        asyncio.run(failing(None, type("C", (), {"bot": type("B", (), {"base_url": sys.stdin.read()})})))
    sys.exit(bot.main(["run"]))
