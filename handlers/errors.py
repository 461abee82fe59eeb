"""What goes wrong: a ServiceError is told in plain words; everything else is counted by the worker, which tries again."""

import logging

from telegram import Update
from telegram.ext import ContextTypes

from delivery.turn import current_turn
from services import complaints
from services.errors import ServiceError

log = logging.getLogger(__name__)


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Hands the error to the turn; expected trouble is explained to the person instead."""
    turn, error = current_turn(), context.error
    if not isinstance(error, ServiceError):
        turn.error = error
        return
    log.info("inbox row %s: refused, %s", turn.row.id, error.key)
    query = update.callback_query.id if isinstance(update, Update) and update.callback_query else None
    try:
        await turn.commit(complaints.explain, error.key, error.values, query)
    except Exception as again:  # told to nobody yet: the worker decides
        turn.error = again
