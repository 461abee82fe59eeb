"""python-telegram-bot's own Bot drives the gateway, and its errors are the ones it makes of Telegram's answers."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from delivery.store import Store

from .line import SCHOOL, TEACHER, TOKEN, Line, open_line


def bot_of(line: Line, token: str = TOKEN) -> Bot:
    return Bot(token, base_url=f"{line.url}/bot", base_file_url=f"{line.url}/file/bot")


def test_a_bot_talks_with_a_person(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, bot_of(line) as bot:
            assert bot.username == "bangfu_bot"
            await bot.set_my_commands([BotCommand("need", "提需求")])
            assert (await bot.get_my_commands())[0].description == "提需求"
            await line.gateway.say(SCHOOL, "/start code")
            (update,) = await bot.get_updates(timeout=0)
            assert update.effective_user is not None and update.effective_user.id == SCHOOL
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("提交", callback_data="v1:submit:a")]])
            sent = await bot.send_message(
                SCHOOL, "<b>好</b>", parse_mode="HTML", reply_markup=markup, api_kwargs={"idempotency_key": "k"}
            )
            assert (sent.text, sent.reply_markup) == ("好", markup)
            await line.gateway.tap(SCHOOL, sent.message_id, "v1:submit:a")
            (press,) = await bot.get_updates(offset=update.update_id + 1)
            assert press.callback_query is not None and press.callback_query.message == sent
            await press.callback_query.answer("收到")
            edited = await bot.edit_message_text("新", SCHOOL, sent.message_id)
            assert not isinstance(edited, bool) and edited.edit_date is not None
            document = await bot.send_document(SCHOOL, "内容".encode(), filename="邀约.txt", caption="请看")
            assert document.document is not None and document.document.file_name == "邀约.txt"
            file = await bot.get_file(document.document.file_id)
            assert bytes(await file.download_as_bytearray()) == "内容".encode()
            assert (await bot.get_chat(SCHOOL)).first_name == "阿依"
            assert await bot.delete_message(SCHOOL, sent.message_id)
            assert (await bot.get_webhook_info()).pending_update_count == 1

    asyncio.run(play())


def test_refusals_become_the_right_errors(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # otherwise RetryAfter warns when it is made

    async def play() -> None:
        async with open_line(store, strict_limits=True) as line, bot_of(line) as bot:
            with pytest.raises(BadRequest, match="Chat not found"):
                await bot.send_message(1, "好")
            await line.gateway.block(TEACHER, True)
            with pytest.raises(Forbidden, match="blocked"):
                await bot.send_message(TEACHER, "好")
            with pytest.raises(BadRequest, match="Query is too old"):
                await bot.answer_callback_query("1")
            sent = await bot.send_message(SCHOOL, "好")
            with pytest.raises(BadRequest, match="Message is not modified"):
                await bot.edit_message_text("好", SCHOOL, sent.message_id)
            await bot.send_message(SCHOOL, "好")
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(SCHOOL, "好")
            assert caught.value.retry_after == timedelta(seconds=1)
            with pytest.raises(InvalidToken):
                await bot_of(line, "1:" + "B" * 35).initialize()

    asyncio.run(play())


def test_two_bots_conflict(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, bot_of(line) as bot:

            async def second() -> None:
                async with asyncio.timeout(5):
                    while line.gateway.polls.current is None:
                        await line.gateway.idle()
                await line.updates()

            first, _ = await asyncio.gather(bot.get_updates(timeout=20), second(), return_exceptions=True)
            assert isinstance(first, Conflict)

    asyncio.run(play())
