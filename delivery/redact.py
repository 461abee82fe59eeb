"""Logs without the bot's token: a filter on every handler of the root logger (reliability facts 104, 105)."""

import logging
import re
import sys
from types import TracebackType

TOKEN = re.compile(r"\d{5,}(?::|%(?:25)?3A)[A-Za-z0-9_-]{16,}", re.IGNORECASE)
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
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a tick came late is no news: rows wait
    logging.captureWarnings(True)
    sys.excepthook = _log_crash


def _log_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last words of the process go through the redactor too."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bangfu").critical("ended by %s", kind.__name__, exc_info=(kind, error, trace))
