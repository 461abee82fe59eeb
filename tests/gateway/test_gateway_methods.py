"""The Bot API's methods: what they answer and what they refuse, word for word."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from delivery.store import Store

from .line import SCHOOL, TEACHER, TOKEN, Line, WalkedClock, open_line

BUTTON = {"text": "提交", "callback_data": "v1:submit:a"}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (40).to_bytes(4) + (30).to_bytes(4) + b"\x08\x02\0\0\0"


def keyboard(*rows: list[dict[str, Any]]) -> str:
    return json.dumps({"inline_keyboard": rows})


def test_a_message_looks_like_telegrams(store: Store) -> None:
    async def play() -> None:
        async with open_line(store, clock=WalkedClock()) as line:
            sent = await line.result(
                "sendMessage",
                chat_id=SCHOOL,
                text="<b>好</b> /mine",
                parse_mode="HTML",
                reply_markup=keyboard([BUTTON]),
            )
            assert sent == {
                "message_id": 1,
                "from": {"id": 123456, "is_bot": True, "first_name": "bangfu", "username": "bangfu_bot"},
                "chat": {"id": SCHOOL, "first_name": "阿依", "type": "private"},
                "date": 1788222600,
                "text": "好 /mine",
                "entities": [
                    {"type": "bold", "offset": 0, "length": 1},
                    {"type": "bot_command", "offset": 2, "length": 5},
                ],
                "reply_markup": {"inline_keyboard": [[BUTTON]]},
            }
            assert (await line.result("sendMessage", chat_id=SCHOOL, text="二"))["message_id"] == 2
            assert (await line.result("sendMessage", chat_id=TEACHER, text="一"))["message_id"] == 1

    asyncio.run(play())


@pytest.mark.parametrize("wrap", ["form", "json", "nested json", "multipart", "query"])
def test_every_body_means_the_same(store: Store, wrap: str) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            values = {"chat_id": str(SCHOOL), "text": "好 & 好", "reply_markup": keyboard([BUTTON]), "unknown": "1"}
            request: dict[str, Any] = {"data": values}
            if wrap == "json":
                request = {"json": values}
            elif wrap == "nested json":
                request = {"json": values | {"chat_id": SCHOOL, "reply_markup": json.loads(values["reply_markup"])}}
            elif wrap == "multipart":
                with aiohttp.MultipartWriter("form-data") as writer:
                    for name, value in values.items():
                        writer.append(value).set_content_disposition("form-data", name=name)
                request = {"data": writer}
            elif wrap == "query":
                request = {"params": values}
            async with line.session.post(f"{line.url}/bot{TOKEN}/SENDMESSAGE", **request) as response:
                sent = (await response.json())["result"]
            assert (sent["text"], sent["reply_markup"]) == ("好 & 好", {"inline_keyboard": [[BUTTON]]})

    asyncio.run(play())


BAD_MESSAGES: list[tuple[dict[str, str], str]] = [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\u200b"}, "text must be non-empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "字" * 11000}, "text is too long"),
        ({"text": "<x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        ({"parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": "12"}, "chat not found"),
        ({"chat_id": "@who"}, "chat not found"),
        ({"chat_id": "9" * 30}, "chat not found"),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": "[]"}, "object expected as reply markup"),
        ({"reply_markup": '{"inline_keyboard":[{}]}'},
         'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"reply_markup": keyboard(["x"])},  # type: ignore[list-item]
         "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"reply_markup": keyboard([{"text": "x"}])},
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"reply_markup": keyboard([{"callback_data": "x"}])},
         'can\'t parse inline keyboard button: Can\'t find field "text"'),
        ({"reply_markup": keyboard([{"text": " ", "callback_data": "x"}])}, "BUTTON_TEXT_INVALID"),
        ({"reply_markup": keyboard([{"text": "x", "callback_data": "字" * 22}])}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard([{"text": "x", "pay": True}])}, "BUTTON_TYPE_INVALID"),
        ({"reply_markup": keyboard([{"text": "x", "url": "javascript:1"}])},
         "inline keyboard button URL 'javascript:1' is invalid: Wrong HTTP URL"),
        ({"reply_markup": keyboard([BUTTON | {"style": "pink"}])},
         "can't parse inline keyboard button: Invalid button style specified"),
        ({"reply_markup": keyboard([BUTTON] * 9)}, "reply markup is too long"),
        ({"reply_markup": keyboard(*[[BUTTON]] * 101)}, "reply markup is too long"),
        ({"reply_parameters": '{"message_id":99}'}, "message to be replied not found"),
        ({"idempotency_key": "x" * 121}, "idempotency_key is too long"),
]  # fmt: skip


def test_bad_messages_are_refused(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            good = {"chat_id": str(SCHOOL), "text": "好"}
            refusals = [await line.call("sendMessage", **good | values) for values, _ in BAD_MESSAGES]
            assert {answer.get("error_code") for answer in refusals} == {400}
            assert [f"Bad Request: {reason}" for _, reason in BAD_MESSAGES] == [one["description"] for one in refusals]
            assert await line.gateway.messages(SCHOOL) == []

    asyncio.run(play())


def test_the_limits_themselves_are_allowed(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            long = "<b>" + "😀" * 4096 + "</b>"
            sent = await line.result("sendMessage", chat_id=SCHOOL, text=long, parse_mode="HTML")
            assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]
            full = keyboard(*[[{"text": "x", "callback_data": "字" * 21 + "x"}] * 8] * 12)
            assert await line.result("sendMessage", chat_id=SCHOOL, text="好", reply_markup=full)

    asyncio.run(play())


def test_answers_to_strangers(store: Store) -> None:
    """An unknown token is 401, an unknown method 404; neither says more."""

    async def play() -> None:
        async with open_line(store) as line:
            for path, code, description in [
                ("/bot1:x/getMe", 401, "Unauthorized"),
                (f"/bot{TOKEN}/getFun", 404, "Not Found: method not found"),
                (f"/bot{TOKEN}", 404, "Not Found"),
                ("/bot", 404, "Not Found"),
                (f"/file/bot{TOKEN}/documents/none", 404, "Not Found"),
                (f"/file/bot{TOKEN}x/documents/none", 401, "Unauthorized"),
            ]:
                async with line.session.get(line.url + path) as response:
                    assert await response.json() == {"ok": False, "error_code": code, "description": description}
                    assert response.status == code
            async with line.session.put(f"{line.url}/bot{TOKEN}/getMe") as response:
                assert response.status == 404

    asyncio.run(play())


def test_bodies_that_cannot_be_read(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            for body, kind, code in [
                (b"{", "application/json", 400),
                (b"[]", "application/json", 400),
                (b"text=\xff", "application/x-www-form-urlencoded", 400),
                (b"text=%ff", "application/x-www-form-urlencoded", 400),
                (b"x", "multipart/form-data", 400),
                (b"x", "multipart/form-data; boundary=y", 400),
                (b"x" * 1_000_001, "application/json", 413),
            ]:
                url = f"{line.url}/bot{TOKEN}/sendMessage"
                async with line.session.post(url, data=body, headers={"Content-Type": kind}) as response:
                    assert (await response.json())["error_code"] == response.status == code

    asyncio.run(play())


def test_edits(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="一", reply_markup=keyboard([BUTTON]))
            this = {"chat_id": SCHOOL, "message_id": sent["message_id"]}
            same = await line.refusal("editMessageText", **this, text="一", reply_markup=keyboard([BUTTON]))
            assert same.startswith("Bad Request: message is not modified: specified new message content")
            edited = await line.result("editMessageText", **this, text="二")
            assert (edited["text"], edited.get("reply_markup")) == ("二", None)
            assert edited["date"] <= edited["edit_date"]
            edited = await line.result("editMessageReplyMarkup", **this, reply_markup=keyboard([BUTTON]))
            assert (edited["text"], edited["reply_markup"]) == ("二", {"inline_keyboard": [[BUTTON]]})
            wrong = json.dumps({"keyboard": [["x"]]})
            assert await line.refusal("editMessageReplyMarkup", **this, reply_markup=wrong) == (
                "Bad Request: inline keyboard expected"
            )
            missing = {"chat_id": SCHOOL, "message_id": 99, "text": "三"}
            assert await line.refusal("editMessageText", **missing) == "Bad Request: message to edit not found"
            await line.gateway.say(SCHOOL, "你好")
            theirs = {"chat_id": SCHOOL, "message_id": 2, "text": "三"}
            assert await line.refusal("editMessageText", **theirs) == "Bad Request: message can't be edited"
            (first, _) = await line.gateway.messages(SCHOOL)
            assert (first["text"], first["edits"]) == ("二", 2)

    asyncio.run(play())


def test_replies_and_deletions(store: Store) -> None:
    async def play() -> None:
        clock = WalkedClock()
        async with open_line(store, clock=clock) as line:
            await line.gateway.say(SCHOOL, "问")
            reply = json.dumps({"message_id": 1})
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="答", reply_parameters=reply)
            assert sent["reply_to_message"]["text"] == "问"
            loose = json.dumps({"message_id": 77, "allow_sending_without_reply": True})
            assert "reply_to_message" not in await line.result(
                "sendMessage", chat_id=SCHOOL, text="答", reply_parameters=loose
            )
            assert await line.result("deleteMessage", chat_id=SCHOOL, message_id=1) is True
            gone = "Bad Request: message to delete not found"
            assert await line.refusal("deleteMessage", chat_id=SCHOOL, message_id=1) == gone
            assert [message["message_id"] for message in await line.gateway.messages(SCHOOL)] == [2, 3]
            await clock.forward(timedelta(hours=49))
            old = "Bad Request: message can't be deleted for everyone"
            assert await line.refusal("deleteMessage", chat_id=SCHOOL, message_id=2) == old

    asyncio.run(play())


def test_documents_and_photos(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:

            async def upload(method: str, field: str, content: bytes, name: str, **values: str) -> Any:
                form = aiohttp.FormData({"chat_id": str(SCHOOL), **values}, quote_fields=False)
                form.add_field(field, content, filename=name)
                async with line.session.post(f"{line.url}/bot{TOKEN}/{method}", data=form) as response:
                    return await response.json()

            sent = (await upload("sendDocument", "document", b"abc", "../邀约.txt", caption="请看"))["result"]
            assert (sent["document"]["file_name"], sent["document"]["file_size"]) == ("邀约.txt", 3)
            assert sent["caption"] == "请看"
            file_id = sent["document"]["file_id"]
            path = (await line.result("getFile", file_id=file_id))["file_path"]
            async with line.session.get(f"{line.url}/file/bot{TOKEN}/{path}") as response:
                assert await response.read() == b"abc"
            again = await line.result("sendDocument", chat_id=SCHOOL, document=file_id)
            assert again["document"] == sent["document"]
            attached = await upload("sendDocument", "a1", b"x", "a.txt", document="attach://a1")
            assert attached["result"]["document"]["file_name"] == "a.txt"
            photo = (await upload("sendPhoto", "photo", PNG, "chart.png"))["result"]["photo"]
            assert [(size["width"], size["height"]) for size in photo] == [(40, 30)]
            assert (await line.result("sendPhoto", chat_id=SCHOOL, photo=photo[0]["file_id"]))["photo"] == photo
            for answer, reason in [
                (await upload("sendPhoto", "photo", b"abc", "x.png"), "IMAGE_PROCESS_FAILED"),
                (await upload("sendPhoto", "photo", PNG[:18], "x.png"), "IMAGE_PROCESS_FAILED"),
                (await upload("sendPhoto", "photo", b"\xff\xd8\xff\xe0\0\1", "x.jpg"), "IMAGE_PROCESS_FAILED"),
                (await upload("sendDocument", "document", b"", "x"), "file must be non-empty"),
                (await upload("sendDocument", "document", b"x", "x", caption="字" * 1025),
                 "message caption is too long"),
                (await line.call("sendDocument", chat_id=SCHOOL), "there is no document in the request"),
                (await line.call("sendPhoto", chat_id=SCHOOL, photo="x"), "wrong file identifier/HTTP URL specified"),
                (await line.call("getFile"), "file_id not specified"),
                (await line.call("getFile", file_id="x"), "invalid file_id"),
                (await line.call("editMessageText", chat_id=SCHOOL, message_id=1, text="x"),
                 "there is no text in the message to edit"),
            ]:  # fmt: skip
                assert answer["description"] == f"Bad Request: {reason}"

    asyncio.run(play())


def test_a_jpeg_has_a_size(store: Store) -> None:
    frame = b"\xff\xc0\0\x0b\x08" + (30).to_bytes(2) + (40).to_bytes(2) + b"\x01\x01\x11\0"
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab" + frame

    async def play() -> None:
        async with open_line(store) as line:
            form = aiohttp.FormData({"chat_id": str(SCHOOL)})
            form.add_field("photo", jpeg, filename="x.jpg")
            async with line.session.post(f"{line.url}/bot{TOKEN}/sendPhoto", data=form) as response:
                size = (await response.json())["result"]["photo"][0]
            assert (size["width"], size["height"]) == (40, 30)

    asyncio.run(play())


def test_menus_chats_and_the_rest(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            commands = [{"command": "need", "description": "提需求"}]
            scope = {"type": "chat", "chat_id": SCHOOL}
            await line.result("setMyCommands", commands=commands)
            await line.result("setMyCommands", commands=[], scope=scope, language_code="zh")
            assert await line.result("getMyCommands") == commands
            assert await line.result("getMyCommands", scope=scope, language_code="zh") == []
            assert await line.result("deleteMyCommands")
            assert await line.result("getMyCommands") == []
            bad = [{"command": "Need", "description": "x"}]
            assert await line.refusal("setMyCommands", commands=bad) == "Bad Request: BOT_COMMAND_INVALID"
            mute = [{"command": "need", "description": ""}]
            assert await line.refusal("setMyCommands", commands=mute) == "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"
            assert await line.result("setChatMenuButton", menu_button={"type": "commands"})
            assert (await line.result("getChat", chat_id=TEACHER))["first_name"] == "李敏"
            assert await line.refusal("getChat", chat_id=5) == "Bad Request: chat not found"
            assert await line.result("sendChatAction", chat_id=SCHOOL, action="typing")
            assert await line.refusal("sendChatAction", chat_id=5, action="typing") == "Bad Request: chat not found"
            assert await line.result("logOut")
            assert await line.result("close")

    asyncio.run(play())


def test_limits_are_telegrams_when_asked_for(store: Store) -> None:
    """Three at once in one chat, then one a second; edits count; other chats go on."""

    async def play(line: Line) -> None:
        for _ in range(3):
            await line.result("sendMessage", chat_id=SCHOOL, text="好")
        assert await line.call("sendMessage", chat_id=SCHOOL, text="好") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        assert (await line.call("editMessageText", chat_id=SCHOOL, message_id=1, text="新"))["error_code"] == 429
        assert await line.result("sendMessage", chat_id=TEACHER, text="好")

    async def many(line: Line) -> None:
        for number in range(40):
            await line.gateway.add_user(number + 1, "某", "teacher")
        codes = [(await line.call("sendMessage", chat_id=n + 1, text="好")).get("error_code", 200) for n in range(40)]
        assert set(codes[:28]) == {200}
        assert 429 in codes[30:]

    async def both() -> None:
        async with open_line(store, strict_limits=True) as line:
            await play(line)
        async with open_line(store, strict_limits=True) as line:
            await many(line)

    asyncio.run(both())
