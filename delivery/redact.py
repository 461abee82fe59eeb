"""Logs without the bot's token: a filter on every handler of the root logger (reliability facts 104, 105)."""

import logging
import re
import sys

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{16,}")
HIDDEN = "<token>"
QUIET = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "uvicorn", "alembic")


class Redactor(logging.Formatter):
    """Formats a record, tracebacks included, then hides whatever looks like a token."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(HIDDEN, super().format(record))


def set_up_logging(level: int = logging.INFO) -> None:
    """One handler to stderr; libraries speak only when something is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redactor("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
