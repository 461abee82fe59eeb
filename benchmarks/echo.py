"""The competitor: an echo bot as python-telegram-bot's own examples write it, with nothing of ours in its process.

Run as a file, not as a module of this package. CONCURRENT is PTB's own `concurrent_updates`; 0, its default, is one by one.
"""

import os
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until a signal."""
    builder: Any = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
    if side_by_side := int(os.environ.get("CONCURRENT", "0")):
        builder.concurrent_updates(side_by_side).connection_pool_size(64).pool_timeout(60)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
