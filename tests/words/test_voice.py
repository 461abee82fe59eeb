"""How we speak (docs/decisions/0002, style "Text"): 您, no exclamation marks, no 。 at the end of a button or title.

The space rule: a digit, a Latin letter or a number put in for a variable stands one half-width space away from a Chinese
character, as in 约 5 个月 and /mydata 查看. Full dates are the exception: 2027年3月1日.
"""

import re

import pytest

from tests.words.catalog import LANGUAGES, lines, messages
from tests.words.test_files import HAN

BUTTONS = [key for key in messages("zh-CN") if key.startswith(("button-", "plain-", "command-", "language-zh"))]
NUMBERS = {"n", "id", "days", "months", "years", "confirmed", "taken", "answered", "open", "returned", "old"}
NUMBERS |= {"number", "total", "needs", "surveys", "decisions", "added", "updated", "problems", "line", "first_line"}
NUMBERS |= {
    "limit",
    "cells",
    "columns",
    "low",
    "high",
    "announced",
    "found",
    "count",
    "clock",
    "mean",
    "points",
    "incident",
}
DATES = {"date-day", "date-moment"}
TIGHT = re.compile(rf"{HAN.pattern}[0-9A-Za-z/]|[0-9A-Za-z]{HAN.pattern}")
DOUBLE = re.compile(r"\S {2,}\S")


def chinese(key: str) -> list[str]:
    """The lines of a message with every number put in as 7 and every other variable as a Chinese word."""
    return [
        re.sub(r"\{(\w+)\}", lambda found: "7" if found[1] in NUMBERS else "某", line) for line in lines("zh-CN", key)
    ]


def test_no_exclamation_marks() -> None:
    loud = [
        key
        for language in LANGUAGES
        for key in messages(language)
        for line in lines(language, key)
        if "！" in line or "!" in line
    ]
    assert loud == []


def test_people_are_addressed_politely() -> None:
    assert [key for key in messages("zh-CN") if any("你" in line for line in lines("zh-CN", key))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_ends_with_a_full_stop(language: str) -> None:
    """Buttons, titles and messages alike: a chat line needs none. Sentences inside a message keep theirs."""
    multiline = {"consent", "forget-ask"}  # notices of several paragraphs
    ended = [
        key
        for key in messages(language).keys() - multiline
        if any(line.rstrip().endswith(("。", ".")) for line in lines(language, key))
    ]
    assert ended == []


def test_space_between_chinese_and_latin() -> None:
    tight = {
        key: found
        for key in messages("zh-CN").keys() - DATES
        if (found := [line for line in chinese(key) if TIGHT.search(line)])
    }
    assert tight == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_double_spaces(language: str) -> None:
    assert [key for key in messages(language) if any(DOUBLE.search(line) for line in lines(language, key))] == []


def test_chinese_punctuation_is_full_width() -> None:
    half = re.compile(rf"{HAN.pattern} ?[,;:?()]|[,;:?()]{HAN.pattern}")
    odd = [key for key in messages("zh-CN") if any(half.search(line) for line in lines("zh-CN", key))]
    assert odd == []


def test_english_punctuation_is_half_width() -> None:
    wide = re.compile("[，。？：；（）、]")
    assert [
        key
        for key in messages("en").keys() - {"intro-words-school", "intro-words-teacher"}
        if any(wide.search(line) for line in lines("en", key))
    ] == []


def test_buttons_are_short() -> None:
    """They must fit on a phone of 360 px: about 20 Chinese or 40 Latin characters in a row of their own."""
    assert [key for key in BUTTONS if any(len(line) > 20 for line in chinese(key))] == []
    assert [key for key in BUTTONS if any(len(line) > 40 for line in lines("en", key))] == []


# The words a button must have wherever such a step exists (design.md, section 6).
FIXED = {
    "submit": ("提交", "Submit"),
    "edit": ("修改", "Edit"),
    "cancel": ("取消", "Cancel"),
    "back": ("返回", "Back"),
    "approve": ("批准", "Approve"),
    "return": ("退回", "Return"),
    "decline": ("驳回", "Decline"),
    "more": ("更多", "More"),
    "accept": ("接受", "Accept"),
    "decline-offer": ("婉拒", "Decline politely"),
    "confirm": ("确认", "Confirm"),
    "refuse": ("婉拒", "Decline politely"),
    "later": ("稍后", "Later"),
}


@pytest.mark.parametrize("name", FIXED)
def test_fixed_button_words(name: str) -> None:
    chinese_word, english_word = FIXED[name]
    assert chinese_word in lines("zh-CN", f"button-{name}")[0]
    assert english_word in lines("en", f"button-{name}")[0]
