"""The same key again: the first answer, no second effect. For the bot's calls and for what people do."""

import asyncio
from typing import Any

from delivery.store import Store

from .line import SCHOOL, TEACHER, open_line


def test_a_repeated_call_has_no_second_effect(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            send = {"chat_id": SCHOOL, "text": "好", "idempotency_key": "out-1"}
            sent = await line.result("sendMessage", **send)
            assert await line.result("sendMessage", **send) == sent
            edit = {"chat_id": SCHOOL, "message_id": sent["message_id"], "text": "新", "idempotency_key": "out-2"}
            edited = await line.result("editMessageText", **edit)
            assert await line.result("editMessageText", **edit) == edited
            other = await line.result("sendMessage", **send | {"idempotency_key": "out-3"})
            assert [message["message_id"] for message in await line.gateway.messages(SCHOOL)] == [1, 2]
            gone = {"chat_id": SCHOOL, "message_id": other["message_id"], "idempotency_key": "out-4"}
            assert await line.result("deleteMessage", **gone) is True
            assert await line.result("deleteMessage", **gone) is True
            query_id = await line.gateway.tap(SCHOOL, 1, "v1:x:a")
            answer = {"callback_query_id": query_id, "idempotency_key": "out-5"}
            assert await line.result("answerCallbackQuery", **answer) is True
            await line.age(500)
            assert await line.result("answerCallbackQuery", **answer) is True

    asyncio.run(play())


def test_many_at_once_with_one_key(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, asyncio.TaskGroup() as group:
            send = {"chat_id": SCHOOL, "text": "好", "idempotency_key": "same"}
            calls = [group.create_task(line.result("sendMessage", **send)) for _ in range(20)]
            first: list[Any] = [await call for call in calls]
            assert all(sent == first[0] for sent in first)
            assert len(await line.gateway.messages(SCHOOL)) == 1

    asyncio.run(play())


def test_a_refusal_is_not_remembered(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            send = {"chat_id": TEACHER, "text": "好", "idempotency_key": "out-1"}
            await line.gateway.block(TEACHER, True)
            assert (await line.call("sendMessage", **send))["error_code"] == 403
            await line.gateway.block(TEACHER, False)
            assert (await line.result("sendMessage", **send))["text"] == "好"

    asyncio.run(play())


def test_people_may_repeat_themselves_safely(store: Store) -> None:
    """A page that got no answer sends again; keys of one person mean nothing for another."""

    async def play() -> None:
        async with open_line(store) as line:
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="好")
            for _ in range(2):
                await line.gateway.say(SCHOOL, "你好", key="a")
                await line.gateway.tap(SCHOOL, sent["message_id"], "v1:x:a", key="a")
            await line.gateway.say(TEACHER, "你好", key="a")
            kinds = [next(iter(set(one) - {"update_id"})) for one in await line.updates()]
            assert kinds == ["message", "callback_query", "message"]

    asyncio.run(play())


def test_many_people_speak_at_once(store: Store) -> None:
    """No update is lost or doubled, ids have no holes."""

    async def play() -> None:
        async with open_line(store) as line:
            async with asyncio.TaskGroup() as group:
                for number in range(60):
                    group.create_task(line.gateway.say((SCHOOL, TEACHER)[number % 2], str(number)))
            found = await line.updates()
            start = found[0]["update_id"]
            assert [one["update_id"] for one in found] == list(range(start, start + 60))
            assert {one["message"]["text"] for one in found} == {str(number) for number in range(60)}

    asyncio.run(play())
