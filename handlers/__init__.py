"""The edge to Telegram. `register` lists every handler on one page; its order is behaviour: the first match wins."""

from typing import Any

from telegram import Bot, BotCommand
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import messages, taps
from handlers.errors import on_error
from locales import LANGUAGES, SOURCE, words

# The menu beside the input field; worded by `command-<name>`.
COMMANDS = ("start", "need", "teach", "mine", "call", "queue", "help", "cancel", "language", "mydata", "forget")


def register(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    """Every way into the bot."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE  # an edited command is not obeyed again
    # Commands. Nobody needs them: each step has a button, and a plain sentence is read as a need.
    application.add_handler(CommandHandler("start", messages.start, private))
    application.add_handler(CommandHandler("need", messages.need, private))
    application.add_handler(CommandHandler("teach", messages.teach, private))
    application.add_handler(CommandHandler("mine", messages.mine, private))
    application.add_handler(CommandHandler("call", messages.call, private))
    application.add_handler(CommandHandler("queue", messages.queue, private))
    application.add_handler(CommandHandler("help", messages.help_, private))
    application.add_handler(CommandHandler("cancel", messages.cancel, private))
    application.add_handler(CommandHandler("language", messages.language, private))
    application.add_handler(CommandHandler("mydata", messages.mydata, private))
    application.add_handler(CommandHandler("forget", messages.forget, private))
    # Buttons: one handler, the verbs are listed in taps.VERBS.
    application.add_handler(CallbackQueryHandler(taps.tap))
    # Sentences. An edited one is not read again, or its order would be filed twice.
    # A place that is shared live is edited every few seconds; that is no correction.
    was_edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & ~filters.LOCATION
    application.add_handler(MessageHandler(was_edited, messages.edited))
    application.add_handler(MessageHandler(private & filters.COMMAND, messages.help_))  # one we do not have
    application.add_handler(MessageHandler(private & filters.TEXT, messages.sentence))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, messages.other_content))
    # Blocked, and let in again.
    application.add_handler(ChatMemberHandler(messages.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)


async def show_commands(bot: Bot) -> None:
    """Sets the menu of commands, the source language for everybody whose own is not one of ours."""
    for language in LANGUAGES:
        w = words(language)
        menu = [BotCommand(name, w.say(f"command-{name}")) for name in COMMANDS]
        await bot.set_my_commands(menu, language_code=None if language == SOURCE else language.partition("-")[0])
