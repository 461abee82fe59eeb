"""What the bot hears: long polls, confirmation, expiry, blocking, presses."""

import asyncio
import time

import pytest

from delivery.store import Store

from .line import COORDINATOR, SCHOOL, TEACHER, Line, open_line

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def test_what_people_say_arrives_in_order(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            assert await line.gateway.idle()
            await line.gateway.say(SCHOOL, "/start abc")
            await line.gateway.say(TEACHER, "你好")
            first, second = await line.updates()
            assert second["update_id"] == first["update_id"] + 1
            assert first["message"]["text"] == "/start abc"
            assert first["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
            assert first["message"]["from"] == {
                "id": SCHOOL,
                "is_bot": False,
                "first_name": "阿依",
                "language_code": "zh-hans",
            }
            assert second["message"]["chat"]["id"] == TEACHER
            assert await line.updates() == [first, second]
            assert await line.updates(limit=1) == [first]
            assert not await line.gateway.idle()
            assert await line.updates(offset=second["update_id"]) == [second]
            assert await line.updates() == [second]
            assert await line.updates(offset=second["update_id"] + 1) == []
            assert await line.gateway.idle()

    asyncio.run(play())


def test_a_negative_offset_keeps_the_last(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            for number in range(5):
                await line.gateway.say(SCHOOL, str(number))
            assert [one["message"]["text"] for one in await line.updates(offset=-2)] == ["3", "4"]
            assert len(await line.updates()) == 2
            assert await line.result("deleteWebhook", drop_pending_updates=True)
            assert await line.updates(offset=-1) == []
            assert (await line.result("getWebhookInfo"))["pending_update_count"] == 0

    asyncio.run(play())


def test_a_long_poll_returns_as_soon_as_somebody_speaks(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, asyncio.TaskGroup() as group:
            poll = group.create_task(line.updates(timeout=20))
            await until_waiting(line)
            began = time.monotonic()
            await line.gateway.say(SCHOOL, "你好")
            (update,) = await poll
            assert update["message"]["text"] == "你好"
            assert time.monotonic() - began < 2
            began = time.monotonic()
            assert await line.updates(timeout=1, offset=update["update_id"] + 1) == []
            assert time.monotonic() - began > 0.8

    asyncio.run(play())


async def until_waiting(line: Line) -> None:
    """Return when a long poll has looked at the database and waits at the gateway."""
    async with asyncio.timeout(5):
        while line.gateway.polls.current is None:
            await line.gateway.idle()
        await line.gateway.idle()  # goes behind the poll's own transaction


def test_a_second_poller_ends_the_first(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, asyncio.TaskGroup() as group:
            first = group.create_task(line.call("getUpdates", timeout=20))
            await until_waiting(line)
            assert await line.updates() == []
            assert await first == {
                "ok": False,
                "error_code": 409,
                "description": "Conflict: terminated by other getUpdates request;"
                " make sure that only one bot instance is running",
            }

    asyncio.run(play())


def test_waking_ends_long_polls(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, asyncio.TaskGroup() as group:
            poll = group.create_task(line.updates(timeout=20))
            await until_waiting(line)
            line.gateway.wake()
            assert await poll == []
            began = time.monotonic()
            assert await line.updates(timeout=20) == []
            assert time.monotonic() - began < 1

    asyncio.run(play())


def test_kinds_not_asked_for_are_dropped_at_arrival(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            await line.updates(allowed_updates=["callback_query"])
            await line.gateway.say(SCHOOL, "听不见")
            await line.updates(allowed_updates=["message"])
            await line.gateway.say(SCHOOL, "听得见")
            assert [one["message"]["text"] for one in await line.updates()] == ["听得见"]
            await line.updates(allowed_updates=[])
            await line.gateway.block(SCHOOL, True)
            assert "my_chat_member" in (await line.updates())[-1]

    asyncio.run(play())


def test_a_press_reaches_the_bot_and_is_answered_once(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            markup = {"inline_keyboard": [[{"text": "批准", "callback_data": "v1:approve:a"}]]}
            sent = await line.result("sendMessage", chat_id=COORDINATOR, text="好", reply_markup=markup)
            query_id = await line.gateway.tap(COORDINATOR, sent["message_id"], "v1:approve:a")
            (update,) = await line.updates()
            query = update["callback_query"]
            assert (query["id"], query["data"]) == (query_id, "v1:approve:a")
            assert query["from"]["id"] == COORDINATOR
            assert query["message"] == sent
            assert query["chat_instance"]
            answer = {"callback_query_id": query_id, "text": "好" * 201}
            assert await line.refusal("answerCallbackQuery", **answer) == "Bad Request: MESSAGE_TOO_LONG"
            assert await line.result("answerCallbackQuery", callback_query_id=query_id, text="好") is True
            assert await line.result("answerCallbackQuery", callback_query_id=query_id) is True
            assert await line.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD
            with pytest.raises(Exception, match="message not found"):
                await line.gateway.tap(COORDINATOR, 99, "v1:approve:a")
            with pytest.raises(Exception, match="BUTTON_DATA_INVALID"):
                await line.gateway.tap(COORDINATOR, sent["message_id"], "字" * 22)

    asyncio.run(play())


def test_a_press_waits_150_seconds_and_a_message_a_day(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, "你好")
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="好")
            query_id = await line.gateway.tap(SCHOOL, sent["message_id"], "v1:x:a")
            await line.age(145)
            assert [set(one) - {"update_id"} for one in await line.updates()] == [{"message"}, {"callback_query"}]
            await line.age(10)
            assert [set(one) - {"update_id"} for one in await line.updates()] == [{"message"}]
            assert await line.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
            assert not await line.gateway.idle()
            await line.age(86_400)
            assert await line.updates() == []
            assert await line.gateway.idle()

    asyncio.run(play())


def test_a_person_who_blocks_the_bot_cannot_be_reached(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            sent = await line.result("sendMessage", chat_id=TEACHER, text="好")
            await line.gateway.block(TEACHER, True)
            await line.gateway.block(TEACHER, True)
            (update,) = await line.updates()
            change = update["my_chat_member"]
            assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
            assert (change["chat"]["id"], change["from"]["id"]) == (TEACHER, TEACHER)
            blocked = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
            message = {"chat_id": TEACHER, "message_id": sent["message_id"]}
            assert await line.call("sendMessage", chat_id=TEACHER, text="好") == blocked
            assert await line.call("editMessageText", **message, text="新") == blocked
            assert await line.call("sendChatAction", chat_id=TEACHER, action="typing") == blocked
            with pytest.raises(Exception, match="blocked"):
                await line.gateway.say(TEACHER, "喂")
            await line.gateway.block(TEACHER, False)
            assert (await line.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == "member"
            assert await line.result("sendMessage", chat_id=TEACHER, text="好")

    asyncio.run(play())


def test_speech_of_odd_sizes(store: Store) -> None:
    """Blanks send nothing; more than a message holds becomes several; nobody without a phone speaks."""

    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, " \n\u200b")
            await line.gateway.say(SCHOOL, "字" * 5000, key="k")
            await line.gateway.say(SCHOOL, "字" * 5000, key="k")
            texts = [one["message"]["text"] for one in await line.updates()]
            assert [len(text) for text in texts] == [4096, 904]
            with pytest.raises(Exception, match="chat not found"):
                await line.gateway.say(5, "你好")

    asyncio.run(play())


def test_a_new_database_starts_above_an_old_one(store: Store) -> None:
    """A gateway that forgot everything must not give out update ids its bot has seen."""

    async def play() -> None:
        async with open_line(store) as line:
            await line.gateway.say(SCHOOL, "你好")
            (update,) = await line.updates()
            assert time.time() - 100 < update["update_id"] < 2**31

    asyncio.run(play())
