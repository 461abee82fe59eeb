"""The page in Debian's Chromium: what a school, a teacher and a coordinator see and do on their phones."""

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, Route, async_playwright, expect

from delivery.store import Store
from tests.chromium import CHROMIUM, FLAGS, needs_chromium
from tests.files import PIXEL, VOICE
from web.gateway.guard import MAX_FILE

from .line import COORDINATOR, SCHOOL, TEACHER, Line, WalkedClock, open_line

pytestmark = needs_chromium

CARD = "<b>我读到的需求</b>\n科目：数学\n<blockquote>我们缺一个数学老师</blockquote>"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """What a browser shows does not depend on the database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'test.db')}"


def keyboard(*rows: list[str]) -> str:
    return json.dumps({"inline_keyboard": [[{"text": t, "callback_data": f"v1:{t}"} for t in row] for row in rows]})


@contextlib.asynccontextmanager
async def open_page(line: Line, width: int, height: int, expected: str = "never") -> AsyncIterator[Page]:
    """A page that has loaded; anything it complains about, unless expected, fails the test."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(10_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        await page.goto(line.url)
        await page.wait_for_selector("body[data-ready]")
        yield page
        await browser.close()
        assert [complaint for complaint in complaints if expected not in complaint] == []


def phone(page: Page, role: str) -> Locator:
    return page.get_by_test_id(f"phone-{role}")


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


def test_a_school_speaks_and_sees_the_answer_change(store: Store, tmp_path: Path) -> None:
    async def play() -> None:
        async with open_line(store, clock=WalkedClock()) as line, open_page(line, 1280, 800) as page:
            school = phone(page, "school")
            await school.get_by_test_id("composer").fill("我们缺一个数学老师")
            await school.get_by_test_id("composer").press("Enter")
            await expect(school.locator('[data-from="me"]')).to_contain_text("我们缺一个数学老师")
            await expect(school.locator(".sending")).to_have_count(0)
            (update,) = await line.updates(timeout=10)
            assert update["message"]["text"] == "我们缺一个数学老师"
            await line.result("sendChatAction", chat_id=SCHOOL, action="typing")
            await expect(school.get_by_test_id("typing")).to_be_visible()
            markup = keyboard(["提交"], ["修改", "取消"])
            sent = await line.result("sendMessage", chat_id=SCHOOL, text=CARD, parse_mode="HTML", reply_markup=markup)
            answer = school.locator('[data-from="bot"]')
            await expect(answer.locator("b")).to_have_text("我读到的需求")
            await expect(answer.get_by_test_id("button")).to_have_text(["提交", "修改", "取消"])
            await expect(school.get_by_test_id("typing")).to_be_hidden()
            await answer.get_by_test_id("button").first.click()
            press = (await line.updates(offset=update["update_id"] + 1, timeout=10))[0]["callback_query"]
            assert press["data"] == "v1:提交"
            await line.result("answerCallbackQuery", callback_query_id=press["id"], text="已提交")
            await expect(school.get_by_test_id("toast")).to_have_text("已提交")
            await line.result("editMessageText", chat_id=SCHOOL, message_id=sent["message_id"], text="需求已提交")
            await expect(answer.locator(".text")).to_have_text("需求已提交")
            await expect(answer.get_by_test_id("button")).to_have_count(0)
            await page.screenshot(path=tmp_path / "1280.png")
            await page.reload()
            await expect(school.get_by_test_id("message")).to_have_count(2)
            assert await overflow(page) == 0

    asyncio.run(play())


def test_other_people_are_a_tap_away(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line:
            for number in range(20):
                await line.gateway.add_user(100 + number, f"老师{number}", "teacher", "成都市某中学")
            await line.result("sendMessage", chat_id=TEACHER, text="在吗")
            async with open_page(line, 1280, 800) as page:
                teacher = phone(page, "teacher")
                await expect(teacher).to_have_attribute("data-person", str(TEACHER))
                await line.result("sendMessage", chat_id=107, text="邀约")
                await expect(teacher.get_by_test_id("chip")).to_have_text("有新消息：老师7")
                await teacher.get_by_test_id("chip").click()
                await expect(teacher.get_by_test_id("message")).to_contain_text("邀约")
                await teacher.get_by_test_id("person-switcher").click()
                await teacher.get_by_test_id("person-search").fill("李敏")
                await expect(teacher.get_by_test_id("person-option")).to_have_count(1)
                await teacher.get_by_test_id("person-option").click()
                await expect(teacher).to_have_attribute("data-person", str(TEACHER))
                await teacher.get_by_test_id("menu").click()
                await teacher.get_by_test_id("block").click()
                await expect(teacher.get_by_test_id("composer")).to_have_count(0)
                assert (await line.call("sendMessage", chat_id=TEACHER, text="好"))["error_code"] == 403
                await teacher.get_by_test_id("unblock-bar").click()
                await expect(teacher.get_by_test_id("composer")).to_be_visible()
                await teacher.get_by_test_id("menu").click()
                await teacher.get_by_test_id("add-person").click()
                await teacher.get_by_test_id("new-name").fill("新老师")
                await teacher.get_by_test_id("add").click()
                await expect(teacher.get_by_test_id("person-switcher")).to_contain_text("新老师")
                await teacher.get_by_test_id("start").click()
                await expect(teacher.get_by_test_id("message")).to_contain_text("/start")

    asyncio.run(play())


def test_a_small_screen_shows_one_phone_and_moves_time(store: Store, tmp_path: Path) -> None:
    async def play() -> None:
        clock = WalkedClock()
        async with open_line(store, clock=clock) as line:
            markup = keyboard(["批准"], ["退回", "驳回"])
            await line.result("sendMessage", chat_id=COORDINATOR, text="新需求", reply_markup=markup)
            async with open_page(line, 360, 640) as page:
                await expect(phone(page, "coordinator")).to_be_hidden()
                await expect(page.get_by_test_id("tab-coordinator")).to_contain_text("1")
                await page.get_by_test_id("tab-coordinator").click()
                await expect(phone(page, "coordinator").get_by_test_id("button")).to_have_count(3)
                for button in await phone(page, "coordinator").get_by_role("button").all():
                    box = await button.bounding_box()
                    assert box is None or (box["height"] >= 44 and box["x"] + box["width"] <= 360)
                await expect(page.get_by_test_id("tab-coordinator")).not_to_contain_text("1")
                await expect(page.get_by_test_id("clock")).to_have_text("2026年9月1日 周二 08:30")
                await page.get_by_test_id("forward-open").click()
                await page.get_by_test_id("forward-7").click()
                await expect(page.get_by_test_id("clock")).to_have_text("2026年9月8日 周二 08:30")
                await line.result("sendMessage", chat_id=COORDINATOR, text="提醒")
                days = phone(page, "coordinator").locator(".day")
                await expect(days).to_have_text(["2026年9月1日 周二", "9月8日 周二"])
                await page.screenshot(path=tmp_path / "360.png")
                assert await overflow(page) == 0

    asyncio.run(play())


def test_what_is_typed_without_a_server_arrives_later(store: Store) -> None:
    """The state is visible, nothing arrives twice, and nothing typed is ever markup."""

    async def play() -> None:
        async with open_line(store) as line, open_page(line, 1280, 800, expected="ERR_FAILED") as page:
            school = phone(page, "school")
            answers = 0

            async def cut(route: Route) -> None:
                nonlocal answers
                answers += 1
                if answers == 1:
                    await route.abort()
                elif answers == 2:
                    await route.fetch()
                    await route.abort()
                else:
                    await route.continue_()

            await page.route("**/say", cut)
            hostile = '<img src=x onerror="document.title=1"><b>x</b>'
            await school.get_by_test_id("composer").fill(hostile)
            await school.get_by_test_id("send").click()
            await expect(school.locator(".state")).to_have_text("发送中")
            await expect(school.locator(".state")).to_have_count(0)
            await expect(school.get_by_test_id("message")).to_have_count(1)
            assert answers >= 2
            assert [update["message"]["text"] for update in await line.updates()] == [hostile]
            await expect(school.locator(".text")).to_have_text(hostile)
            assert await school.locator(".text img, .text b").count() == 0

    asyncio.run(play())


@pytest.mark.parametrize("width", [1280, 360])
def test_a_phone_sends_files(store: Store, tmp_path: Path, width: int) -> None:
    """A photo, a voice message and a table, chosen with the paper clip; each is on the phone and can be had again."""

    async def play() -> None:
        async with open_line(store) as line, open_page(line, width, 640) as page:
            school = phone(page, "school")
            clip = school.get_by_test_id("attach")
            box = await clip.bounding_box()
            assert box is not None and min(box["width"], box["height"]) >= 44
            async with page.expect_file_chooser() as choosing:
                await clip.click()
            await (await choosing.value).set_files({"name": "p.png", "mimeType": "image/png", "buffer": PIXEL})
            await expect(school.locator(".sending")).to_have_count(0)
            image = school.locator(".photo img")
            await expect(image).to_have_count(1)
            assert await image.evaluate("image => image.complete && image.naturalWidth") == 1
            chooser = school.get_by_test_id("file-input")
            await chooser.set_input_files({"name": "a.ogg", "mimeType": "audio/ogg", "buffer": VOICE})
            await expect(school.get_by_test_id("file")).to_contain_text(["语音"])
            await chooser.set_input_files({"name": "问卷 1.csv", "mimeType": "text/csv", "buffer": b"a,b"})
            await expect(school.get_by_test_id("file")).to_contain_text(["语音", "问卷 1.csv"])
            async with page.expect_download() as saving:
                await school.get_by_test_id("file").last.click()
            saved = await saving.value
            assert saved.suggested_filename == "问卷 1.csv"
            await saved.save_as(tmp_path / "saved")
            await chooser.set_input_files({"name": "x.mp4", "mimeType": "video/mp4", "buffer": bytes(MAX_FILE + 1)})
            await expect(school.get_by_test_id("toast")).to_have_text("文件太大，最多 10 MB")
            said = [update["message"] for update in await line.updates()]
            assert [next(iter({"photo", "voice", "document"} & each.keys())) for each in said] == [
                "photo",
                "voice",
                "document",
            ]
            await page.screenshot(path=tmp_path / f"files-{width}.png")
            assert await overflow(page) == 0
            await page.reload()
            await expect(school.get_by_test_id("message")).to_have_count(3)

    asyncio.run(play())
    assert (tmp_path / "saved").read_bytes() == b"a,b"


def test_a_file_that_is_cut_off_arrives_once(store: Store) -> None:
    async def play() -> None:
        async with open_line(store) as line, open_page(line, 1280, 800, expected="ERR_FAILED") as page:
            school, tries = phone(page, "school"), []

            async def cut(route: Route) -> None:
                tries.append(route.request.url)
                if len(tries) == 1:
                    await route.fetch()
                    await route.abort()
                else:
                    await route.continue_()

            await page.route("**/file?*", cut)
            one = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}
            await school.get_by_test_id("file-input").set_input_files(one)
            await expect(school.locator(".state")).to_have_count(0)
            await expect(school.get_by_test_id("message")).to_have_count(1)
            assert [update["message"]["document"]["file_name"] for update in await line.updates()] == ["a.txt"]

    asyncio.run(play())
