"""The whole loop on the demo's page, as a person plays it: `bot.py demo` in a process of its own, Debian's Chromium.

With SCREENSHOTS=<folder> the pictures of the README are taken on the way.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.chromium import CHROMIUM, FLAGS, needs_chromium

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's address, from its own output."""
    data = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "bot.py", "demo", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            break
    else:
        raise AssertionError("".join(seen))
    yield found.group()
    process.terminate()
    assert process.wait(timeout=15) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the module."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Phone:
    """One of the three phones."""

    def __init__(self, page: Page, role: str) -> None:
        self.page = page
        self.box = page.get_by_test_id(f"phone-{role}")

    def switch(self, name: str) -> None:
        """Hand the phone to somebody."""
        self.box.get_by_test_id("person-switcher").click()
        search = self.page.get_by_test_id("person-search")
        if search.is_visible():
            search.fill(name)
        self.page.get_by_test_id("person-option").filter(has_text=name).first.click()
        expect(self.box.get_by_test_id("person-switcher")).to_contain_text(name)

    def say(self, text: str) -> None:
        self.box.get_by_test_id("composer").fill(text)
        self.box.get_by_test_id("send").click()

    def tap(self, label: str) -> None:
        """Press the newest button with this label."""
        button = self.box.get_by_test_id("button").filter(has_text=label).last
        button.scroll_into_view_if_needed()
        button.click()

    def sees(self, text: str) -> Locator:
        """Wait for a message that contains `text`."""
        message = self.box.get_by_test_id("message").filter(has_text=text).last
        expect(message).to_be_visible(timeout=20_000)
        return message


def approve(coordinator: Phone) -> str:
    """批准 of the marked candidate; returns the name."""
    chosen = re.search(r"① ★ (\S+?)（", coordinator.sees("① ★").inner_text())
    assert chosen is not None
    coordinator.tap("批准")
    coordinator.sees("已批准")
    return chosen.group(1)


def shoot(page: Page, name: str) -> None:
    """A picture for the README, if asked for."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(700)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_an_order_runs_from_a_sentence_to_answered_surveys(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(demo)
    school, teacher, coordinator = (Phone(page, role) for role in ("school", "teacher", "coordinator"))
    school.switch("吉克老师")
    coordinator.switch("昭觉协调员")

    school.say("缺一个小学数学老师，明年3月1日来，支教一学期，最好擅长计算教学")
    school.sees("读自您的话")
    shoot(page, "1-need")
    school.tap("提交")
    school.sees("已提交")

    coordinator.sees("1 号需求")
    coordinator.tap("②")
    coordinator.sees("合计")
    coordinator.tap("①")
    expect(coordinator.sees("合计")).to_contain_text("① ★")
    shoot(page, "2-candidates")
    first = approve(coordinator)
    teacher.switch(first)
    teacher.sees("有一所学校想请您")
    teacher.tap("婉拒")
    teacher.tap("时间不合适")
    teacher.sees("谢谢您回复")
    coordinator.sees(f"{first} 婉拒了")
    second = approve(coordinator)
    assert second != first
    teacher.switch(second)
    teacher.sees("有一所学校想请您")
    shoot(page, "3-offer")
    teacher.tap("接受")
    teacher.sees("您已接受")
    school.sees("您看行吗")
    school.tap("确认")
    school.sees("定了")
    teacher.sees("定了")
    coordinator.sees("已定")
    shoot(page, "4-placement")

    asked = school.box.get_by_test_id("message").filter(has_text="帮扶结束了")
    for days in ("30",) * 7 + ("7",) * 12:  # small steps at the end: a survey waits for three weeks only
        if asked.count():
            break
        page.get_by_test_id(f"forward-{days}").click()
        expect(page.get_by_test_id(f"forward-{days}")).to_be_enabled(timeout=60_000)
        page.wait_for_timeout(300)
    school.sees("今天开始")
    for phone in (school, teacher):
        phone.sees("帮扶结束了")
        for number in (1, 2, 3):
            phone.sees(f"（{number}/3）")
            phone.tap("5")
        phone.sees("还有什么想说的吗")
    shoot(page, "5-survey")
    school.say("孩子们喜欢上数学了")
    school.sees("收到您的评价了")
    school.sees("还有一件事")
    school.say("40 张，5 分 40")
    teacher.tap("不用了")
    teacher.sees("收到您的评价了")
    result = coordinator.sees("号的评价")
    expect(result).to_contain_text("5.00 分（满分 5，1/1 份）")
    shoot(page, "6-result")
    coordinator.tap("结束")
    coordinator.sees("已结束")
    school.say("/mine")
    school.sees("✓结束")
    assert faults == []


def test_the_page_serves_one_phone_at_a_time_at_360_px(demo: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(demo)
    page.get_by_test_id("tab-school").click()
    school = Phone(page, "school")
    school.switch("曲比老师")
    school.say("我们一个老师都没得，想要个全科老师，最好能待一年")
    school.sees("读自您的话")
    shoot(page, "7-narrow")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    for button in school.box.get_by_test_id("button").all()[-3:]:
        box = button.bounding_box()
        assert box is not None and box["height"] >= 44
    school.tap("取消")
    school.sees("已取消")
