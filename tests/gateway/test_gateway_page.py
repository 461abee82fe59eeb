"""The page's side: who may ask, what they get, the stream of events, the demo's clock."""

import asyncio
import io
from datetime import timedelta
from typing import Any

import aiohttp

from delivery.store import Store
from tests.files import PIXEL, VOICE
from web.gateway.guard import MAX_FILE
from web.gateway.page import STATIC

from .line import COORDINATOR, SCHOOL, TEACHER, Line, WalkedClock, events_of, open_line


def test_only_our_host_names_are_answered(store: Store) -> None:
    """A foreign name that resolves to 127.0.0.1 gets nothing, neither the page nor the Bot API."""

    async def play() -> None:
        async with open_line(store) as line:
            port = line.url.rpartition(":")[2]
            for host, path, status in [
                (f"localhost:{port}", "/", 200),
                ("LOCALHOST", "/", 200),
                (f"evil.example:{port}", "/", 421),
                (f"127.0.0.1.evil.example:{port}", "/api/people", 421),
                ("evil.example", "/bot1:x/getMe", 421),
                ("", "/", 421),
            ]:
                async with line.session.get(line.url + path, headers={"Host": host}) as response:
                    assert response.status == status, host

    asyncio.run(play())


def test_a_page_loads_nothing_from_outside(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            paths = ["/", *(f"/static/{file.name}" for file in STATIC.iterdir()), "/api/people", "/api/clock"]
            for path in paths:
                async with line.session.get(line.url + path) as response:
                    body = await response.text()
                    assert response.status == 200, path
                    policy = response.headers["Content-Security-Policy"]
                    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
                    assert "unsafe" not in policy
                    assert response.headers["X-Content-Type-Options"] == "nosniff"
                    assert response.headers["X-Frame-Options"] == "DENY"
                    assert "://" not in body.replace("http://www.w3.org/2000/svg", ""), path

    asyncio.run(play())


def test_writing_needs_json_from_our_own_page(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            path, body = f"/api/people/{SCHOOL}/say", {"text": "你好", "key": "a"}
            assert await line.post(path, body, Origin="http://evil.example") == (403, {"error": "origin"})
            assert await line.post(path, body, Origin="null") == (403, {"error": "origin"})
            assert await line.post(path, body, **{"Content-Type": "text/plain"}) == (403, {"error": "content-type"})
            huge = {"text": "x" * 70_000, "key": "a"}
            assert await line.post(path, huge) == (403, {"error": "size"})
            async with line.session.post(line.url + path, json=body) as response:
                assert response.status == 403
            async with line.session.delete(line.url + path) as response:
                assert response.status == 403
            assert await line.updates() == []
            assert (await line.post(path, body))[0] == 200
            assert len(await line.updates()) == 1

    asyncio.run(play())


ODD: list[tuple[str, Any, int]] = [
    (f"/api/people/{SCHOOL}/say", [], 400),
    (f"/api/people/{SCHOOL}/say", {"text": 1}, 400),
    (f"/api/people/{SCHOOL}/say", {"text": "x", "key": "k" * 61}, 400),
    (f"/api/people/{SCHOOL}/say", {"text": "x", "key": 1}, 400),
    (f"/api/people/{SCHOOL}/say", {"text": "x" * 20_001}, 413),
    ("/api/people/5/say", {"text": "x"}, 400),
    ("/api/people/x/say", {"text": "x"}, 404),
    (f"/api/people/{SCHOOL}/tap", {"message_id": 9, "data": "x"}, 400),
    (f"/api/people/{SCHOOL}/tap", {"message_id": True, "data": "x"}, 400),
    ("/api/people/5/block", {"blocked": True}, 400),
    ("/api/people", {"name": " ", "role": "school"}, 400),
    ("/api/people", {"name": "x" * 41, "role": "school"}, 400),
    ("/api/people", {"name": "x", "role": "boss"}, 400),
    ("/api/clock", {"days": 0}, 400),
    ("/api/clock", {"days": 400}, 400),
    ("/api/clock", {"days": True}, 400),
]


def test_odd_requests_are_refused(store: Store) -> None:
    async def play() -> None:
        async with open_line(store, clock=WalkedClock()) as line:

            async def status(path: str, body: Any) -> int:
                async with line.session.post(line.url + path, json=body, headers={"Origin": line.url}) as response:
                    return response.status

            assert [(path, body, await status(path, body)) for path, body, _ in ODD] == ODD
            assert await line.gateway.idle()

    asyncio.run(play())


def test_a_chat_can_be_read_and_continued(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            markup = {"inline_keyboard": [[{"text": "提交", "callback_data": "v1:a"}, {"text": "网", "url": "a.cn"}]]}
            await line.result("sendMessage", chat_id=SCHOOL, text="<b>好</b>", parse_mode="HTML", reply_markup=markup)
            status, said = await line.post(f"/api/people/{SCHOOL}/say", {"text": "你好", "key": "a"})
            assert (status, said["messages"][0]["message_id"]) == (200, 2)
            assert await line.post(f"/api/people/{SCHOOL}/say", {"text": "你好", "key": "a"}) == (200, said)
            read = await line.get(f"/api/people/{SCHOOL}/messages")
            assert read["more"] is False
            first, second = read["messages"]
            assert first["buttons"] == [[{"text": "提交", "data": "v1:a"}, {"text": "网", "url": "http://a.cn"}]]
            assert first["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
            assert (first["mine"], second["mine"]) == (False, True)
            status, tapped = await line.post(f"/api/people/{SCHOOL}/tap", {"message_id": 1, "data": "v1:a", "key": "b"})
            assert (await line.updates())[-1]["callback_query"]["id"] == tapped["query_id"]
            assert await line.get("/api/people/5/messages") == {"messages": [], "more": False}

    asyncio.run(play())


def test_a_long_chat_comes_in_pages(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            for number in range(70):
                await line.gateway.say(SCHOOL, str(number))
            latest = await line.get(f"/api/people/{SCHOOL}/messages")
            assert (len(latest["messages"]), latest["more"]) == (60, True)
            before = latest["messages"][0]["message_id"]
            earlier = await line.get(f"/api/people/{SCHOOL}/messages?before={before}")
            assert [one["text"] for one in earlier["messages"]] == [str(number) for number in range(10)]

    asyncio.run(play())


def test_unread_is_counted_until_read(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:

            async def unread() -> dict[int, int]:
                return {one["id"]: one["unread"] for one in (await line.get("/api/people"))["people"] if one["unread"]}

            for person in (SCHOOL, SCHOOL, TEACHER, COORDINATOR):
                await line.result("sendMessage", chat_id=person, text="好")
            assert await unread() == {SCHOOL: 2, TEACHER: 1, COORDINATOR: 1}
            assert (await line.post(f"/api/people/{SCHOOL}/read", {}))[0] == 200
            await line.gateway.say(TEACHER, "你好")
            assert await unread() == {COORDINATOR: 1}

    asyncio.run(play())


def test_a_stranger_can_be_added(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            new = {"name": " 新 老师 ", "role": "teacher", "key": "a"}
            status, added = await line.post("/api/people", new)
            assert await line.post("/api/people", new) == (status, added)
            assert (await line.post("/api/people", new | {"key": "b"}))[1]["id"] == added["id"] + 1
            person = next(one for one in (await line.get("/api/people"))["people"] if one["id"] == added["id"])
            assert (person["name"], person["role"]) == ("新 老师", "teacher")
            assert (await line.result("getChat", chat_id=added["id"]))["first_name"] == "新 老师"

    asyncio.run(play())


def test_adding_somebody_again_renames_them(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            await line.result("sendMessage", chat_id=SCHOOL, text="好")
            await line.gateway.add_user(SCHOOL, "新名", "school")
            person = next(one for one in await line.gateway.people() if one["id"] == SCHOOL)
            assert (person["name"], person["note"], person["unread"]) == ("新名", "", 1)

    asyncio.run(play())


def test_files_are_saved_not_shown_and_photos_shown(store: Store) -> None:
    """A document is never rendered in our origin, whatever it claims to be."""

    async def play() -> None:
        async with open_line(store) as line:
            form = aiohttp.FormData({"chat_id": str(SCHOOL)}, quote_fields=False)
            form.add_field("document", b"<script>1</script>", filename="页.html", content_type="text/html")
            async with line.session.post(f"{line.url}/bot{line.token}/sendDocument", data=form) as response:
                assert response.status == 200
            (message,) = (await line.get(f"/api/people/{SCHOOL}/messages"))["messages"]
            assert (message["file"]["name"], message["file"]["size"]) == ("页.html", 18)
            async with line.session.get(line.url + message["file"]["url"]) as response:
                assert response.headers["Content-Disposition"] == "attachment"
                assert response.headers["Content-Security-Policy"].startswith("sandbox")
                assert await response.read() == b"<script>1</script>"
            async with line.session.get(f"{line.url}/files/none/x") as response:
                assert response.status == 404

    asyncio.run(play())


SENT: list[tuple[str, str, bytes, str]] = [  # name, what the browser takes it for, content, what it is to the bot
    ("照片.png", "image/png", PIXEL, "photo"),
    ("语音.ogg", "audio/ogg", VOICE, "voice"),
    ("歌.mp3", "audio/mpeg", b"ID3", "audio"),
    ("表.xlsx", "application/octet-stream", b"PK", "document"),
    ("坏照片.png", "image/png", b"\x89PNG", "document"),
    ("../a\r\nb", "text/html\r\nx: y", b"<script>1</script>", "document"),
]


async def hand(
    line: Line, content: bytes, *, path: str = f"/api/people/{SCHOOL}/file", **query: str
) -> tuple[int, Any]:
    """A file as the page sends it."""
    headers = {"Origin": line.url, "Content-Type": "application/octet-stream"}
    async with line.session.post(line.url + path, data=io.BytesIO(content), params=query, headers=headers) as response:
        return response.status, await response.json()


def test_a_file_from_a_phone_is_the_right_kind_of_message(store: Store) -> None:
    """Telegram's apps decide by the content too; the bot and the page get back the bytes that were sent."""

    async def play() -> None:
        async with open_line(store) as line:
            for name, mime, content, kind in SENT:
                status, said = await hand(line, content, name=name, type=mime, key=name)
                assert (status, await hand(line, content, name=name, type=mime, key=name)) == (200, (status, said))
                update = (await line.updates())[-1]["message"]
                assert {"photo", "voice", "audio", "document"} & update.keys() == {kind}, name
                file = update[kind][-1] if kind == "photo" else update[kind]
                path = (await line.result("getFile", file_id=file["file_id"]))["file_path"]
                shown = said["messages"][0]
                for url in (f"/file/bot{line.token}/{path}", (shown.get("photo") or shown["file"])["url"]):
                    async with line.session.get(line.url + url) as response:
                        assert (response.status, await response.read()) == (200, content)
            assert len(await line.updates()) == len(SENT)
            said = [update["message"] for update in await line.updates()]
            assert [said[0]["photo"][0]["width"], said[1]["voice"]["duration"]] == [1, 3]
            assert (said[5]["document"]["file_name"], said[5]["document"]["mime_type"]) == (
                "ab",
                "application/octet-stream",
            )

    asyncio.run(play())


def test_a_file_is_taken_only_as_one_from_our_own_page(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            path = f"/api/people/{SCHOOL}/file"
            assert await line.post(path, {"text": "x"}) == (403, {"error": "content-type"})
            assert (await hand(line, b"x", path=f"/api/people/{SCHOOL}/say"))[1] == {"error": "content-type"}
            async with line.session.post(line.url + path, data=b"x") as response:
                assert response.status == 403
            assert (await hand(line, bytes(MAX_FILE + 1)))[1] == {"error": "size"}
            assert (await hand(line, b""))[0] == 400
            assert (await hand(line, b"x", key="k" * 61))[0] == 400
            assert (await hand(line, b"x", path="/api/people/5/file"))[0] == 400
            assert await line.updates() == []
            await line.gateway.block(SCHOOL, True)
            assert (await hand(line, b"x"))[0] == 403

    asyncio.run(play())


def test_the_clock_moves_once_at_a_time(store: Store) -> None:
    class SlowClock(WalkedClock):
        def __init__(self) -> None:
            super().__init__()
            self.may_end = asyncio.Event()

        async def forward(self, delta: timedelta) -> None:
            await self.may_end.wait()
            await super().forward(delta)

    async def play() -> None:
        clock = SlowClock()
        async with open_line(store, clock=clock) as line, asyncio.TaskGroup() as group:
            assert await line.get("/api/clock") == {"now": 1788222600, "movable": True, "busy": False}
            moving = group.create_task(line.post("/api/clock", {"days": 7}))
            async with asyncio.timeout(5):
                while not (await line.get("/api/clock"))["busy"]:
                    pass
            assert await line.post("/api/clock", {"days": 1}) == (409, {"error": "busy"})
            clock.may_end.set()
            assert await moving == (200, {"now": 1788222600 + 7 * 86400, "movable": True, "busy": False})
            assert clock.walks == [timedelta(days=7)]
            sent = await line.result("sendMessage", chat_id=SCHOOL, text="好")
            assert sent["date"] == 1788222600 + 7 * 86400

    asyncio.run(play())


def test_without_a_demo_clock_time_cannot_be_moved(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            assert (await line.get("/api/clock"))["movable"] is False
            assert (await line.post("/api/clock", {"days": 1}))[0] == 400

    asyncio.run(play())


async def listen(line: Line, seen: list[tuple[str, Any]], connected: asyncio.Event) -> None:
    """Collect events until the stream ends."""
    async with line.session.get(f"{line.url}/api/events") as response:
        async for chunk in response.content.iter_any():
            seen.extend(events_of(chunk.decode()))
            connected.set()


def test_pages_are_told_what_happens(store: Store) -> None:
    async def play() -> None:
        seen: list[tuple[str, Any]] = []
        async with open_line(store, clock=WalkedClock()) as line, asyncio.TaskGroup() as group:
            connected = asyncio.Event()
            group.create_task(listen(line, seen, connected))
            await connected.wait()
            await line.post(f"/api/people/{SCHOOL}/say", {"text": "你好", "key": "a"})
            await line.result("sendChatAction", chat_id=SCHOOL, action="typing")
            await line.result("sendMessage", chat_id=SCHOOL, text="好")
            query_id = await line.gateway.tap(SCHOOL, 2, "v1:a")
            await line.result("answerCallbackQuery", callback_query_id=query_id, text="收到", show_alert=True)
            await line.result("editMessageText", chat_id=SCHOOL, message_id=2, text="新")
            await line.result("deleteMessage", chat_id=SCHOOL, message_id=2)
            await line.post(f"/api/people/{SCHOOL}/read", {})
            await line.gateway.block(SCHOOL, True)
            await line.post("/api/clock", {"days": 1})
            line.gateway.wake()
        kinds = ["hello", "message", "typing", "message", "toast", "edit", "gone", "unread", "person", "clock", "clock"]
        assert [kind for kind, _ in seen] == kinds
        told = [content for _, content in seen]
        assert (told[1]["key"], told[1]["message"]["text"], told[1]["message"]["mine"]) == ("a", "你好", True)
        assert (told[3]["message"]["text"], told[3]["unread"]) == ("好", 1)
        assert told[4] == {"user_id": SCHOOL, "query_id": query_id, "text": "收到", "alert": True}
        assert (told[5]["message"]["text"], told[5]["message"]["edits"]) == ("新", 1)
        assert told[6] == {"user_id": SCHOOL, "message_id": 2}
        assert (told[9]["busy"], told[10]["busy"]) == (True, False)

    asyncio.run(play())


def test_a_page_that_cannot_follow_is_sent_away(store: Store) -> None:
    """It reconnects and refetches, instead of holding everything in memory."""

    async def play() -> None:
        async with open_line(store) as line:
            with line.gateway.hub.page() as page:
                for _ in range(2001):
                    line.gateway.hub.tell("typing", user_id=SCHOOL)
                assert not line.gateway.hub.pages
                assert page.qsize() == 2001

    asyncio.run(play())
