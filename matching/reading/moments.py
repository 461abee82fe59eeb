"""Points of time in a text: 2027年3月上旬, 12.1, 明年4月底, 下周三, 第八周, 春季学期 → first and last day.

A point knows how precise it is; whether it is a beginning, an end or half of a range is decided in when.py.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from matching.terms import load_table
from matching.words.tokens import Token


@dataclass(frozen=True, slots=True)
class Moment:
    """[first, last] day a text means, the tokens that say it, and whether it names a day, month, week or only a term."""

    first: date
    last: date
    width: int  # in tokens
    grain: str  # day | week | part | month | term
    year_said: bool = False


# tags of the words a moment can begin with
_OPENING = frozenset(
    {
        "ymd",
        "num",
        "feast",
        "ordinal",
        "nextterm",
        "fallterm",
        "thisyear",
        "nextyear",
        "today",
        "tomorrow",
        "aftertomorrow",
        "thismonth",
        "nextmonth",
        "thisweek",
        "nextweek",
        "weekafternext",
    }
)


@cache
def _parts() -> dict[str, list[str]]:
    parts: dict[str, list[str]] = load_table("calendar")["month_parts"]
    return parts


def moment_at(tokens: list[Token], index: int, today: date, *, after: date | None = None) -> Moment | None:
    """The moment that begins at this token; `after` is the first half of a range and lends its year."""
    if not tokens[index].tags.keys() & _OPENING:
        return None
    if "ymd" in tokens[index]:
        return _written(tokens[index], today, after)
    for rule in (_relative, _term, _school_week):
        found = rule(tokens, index, today)
        if found:
            return found
    return _calendar(tokens, index, today, after)


def _is(tokens: list[Token], index: int, tag: str) -> bool:
    return index < len(tokens) and tag in tokens[index]


def _number(tokens: list[Token], index: int, low: int, high: int) -> int | None:
    value = tokens[index].get("num") if index < len(tokens) else None
    return value if isinstance(value, int) and low <= value <= high else None


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def _year(month: int, day: int, today: date, after: date | None) -> int:
    """The year of a day without one: the next time it comes."""
    base = after or today
    floor = (base.month, base.day if after or day > 1 else 1)
    return base.year if (month, day) >= floor else base.year + 1


def _written(token: Token, today: date, after: date | None) -> Moment:
    year, month, day = token.get("ymd")
    if day is None:
        return Moment(date(year, month, 1), _day(year, month, 31), 1, "month", True)
    if year is None:
        year = _year(month, day, today, after)
    exact = _day(year, month, day)
    return Moment(exact, exact, 1, "day", token.get("ymd")[0] is not None)


# --- year, month, day in words --------------------------------------------------------------------


def _calendar(tokens: list[Token], index: int, today: date, after: date | None) -> Moment | None:
    year, at = _said_year(tokens, index, today)
    feast = tokens[at].get("feast") if at < len(tokens) else None
    if feast:
        exact = _day(year or _year(feast[0], feast[1], today, after), *feast)
        return Moment(exact, exact, at - index + 1, "day", year is not None)
    month = _number(tokens, at, 1, 12)
    if month is None or not _is(tokens, at + 1, "month"):
        if year is not None and (term := _term(tokens, at, date(year, 1, 2))):
            return replace(term, width=term.width + at - index, year_said=True)
        return None
    at += 2
    day = _number(tokens, at, 1, 31)
    if day is not None and (_is(tokens, at + 1, "day") or _bare_day(tokens, at)):
        at += 1 + _is(tokens, at + 1, "day")
        exact = _day(year or _year(month, day, today, after), month, day)
        return Moment(exact, exact, at - index, "day", year is not None)
    found = _month(tokens, at, year or _year(month, 1, today, after), month)
    return replace(found, width=found.width + at - index, year_said=year is not None)


def _bare_day(tokens: list[Token], at: int) -> bool:
    """3月1到... without 日: only before a range sign."""
    return _is(tokens, at + 1, "to") and "to" in tokens[at + 1]


def _said_year(tokens: list[Token], index: int, today: date) -> tuple[int | None, int]:
    if _is(tokens, index, "nextyear"):
        return today.year + 1, index + 1
    if _is(tokens, index, "thisyear"):
        return today.year, index + 1
    value = _number(tokens, index, 2000, 2099)
    if value is not None:
        return value, index + 1 + _is(tokens, index + 1, "year")
    short = _number(tokens, index, 24, 40)
    if short is not None and _is(tokens, index + 1, "year") and _number(tokens, index + 2, 1, 12):
        return 2000 + short, index + 2
    return None, index


def _month(tokens: list[Token], at: int, year: int, month: int) -> Moment:
    """The rest after a month: 上旬, 底, 第二周, or nothing."""
    word = tokens[at].text if at < len(tokens) else ""
    for (first, last), key in (((1, 10), "early"), ((11, 20), "middle"), ((21, 31), "late")):
        if word in _parts()[key]:
            return Moment(_day(year, month, first), _day(year, month, last), 1, "part")
    if word in _parts()["end"]:
        return Moment(_day(year, month, 25), _day(year, month, 31), 1, "part")
    if word in _parts()["ordinal"] and _is(tokens, at + 2, "week") and (week := _number(tokens, at + 1, 1, 5)):
        monday = date(year, month, 1) - timedelta(days=date(year, month, 1).weekday()) + timedelta(weeks=week - 1)
        return Moment(max(monday, date(year, month, 1)), monday + timedelta(days=6), 3, "week")
    return Moment(date(year, month, 1), _day(year, month, 31), 0, "month")


# --- relative to today ----------------------------------------------------------------------------


def _relative(tokens: list[Token], index: int, today: date) -> Moment | None:
    token = tokens[index]
    if "today" in token:
        return Moment(today, today, 1, "day")
    for tag, days in (("tomorrow", 1), ("aftertomorrow", 2)):
        if tag in token:
            return Moment(today + timedelta(days=days), today + timedelta(days=days), 1, "day")
    for tag, months in (("thismonth", 0), ("nextmonth", 1)):
        if tag in token:
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            found = _month(tokens, index + 1, year, month + 1)
            return replace(found, width=found.width + 1)
    for weeks, tag in enumerate(("thisweek", "nextweek", "weekafternext")):
        if tag in token:
            return _week_day(token.get(tag), today + timedelta(days=7 * weeks - today.weekday()))
    return None


def _week_day(day: Any, monday: date) -> Moment:
    """A day of that week (1–7), or all of it (True)."""
    if day is True:
        return Moment(monday, monday + timedelta(days=6), 1, "week")
    exact = monday + timedelta(days=int(day) - 1)
    return Moment(exact, exact, 1, "day")


def _term(tokens: list[Token], index: int, today: date) -> Moment | None:
    if index >= len(tokens):
        return None
    table = load_calendar()
    width = 1
    word = tokens[index].tags
    if "nextterm" in word:
        spring = tokens[index].text not in table["either_term"] or today.month >= 8 or today.month == 1
    elif "fallterm" in word:
        spring = False
    elif "ordinal" in word and _number(tokens, index + 1, 1, 2) and _is(tokens, index + 2, "term"):
        spring, width = _number(tokens, index + 1, 1, 2) == 2, 3
    else:
        return None
    (m1, d1), (m2, d2) = table["spring_start" if spring else "fall_start"]
    year = today.year + ((m2, d2) < (today.month, today.day))
    return Moment(date(year, m1, d1), date(year, m2, d2), width, "term")


def _school_week(tokens: list[Token], index: int, today: date) -> Moment | None:
    """第八周: counted from the first Monday of the term in session, or of the next one when that is past."""
    week = _number(tokens, index + 1, 1, 22)
    if "ordinal" not in tokens[index] or week is None or not _is(tokens, index + 2, "week"):
        return None
    fall = date(today.year - (today.month < 2), 9, 1)
    monday = fall if today.month >= 8 or today.month < 2 else date(today.year, 3, 1)
    monday -= timedelta(days=monday.weekday())
    found = monday + timedelta(weeks=week - 1)
    if found + timedelta(days=6) < today:
        begin = date(today.year + (today.month >= 8), 3, 1) if monday.month >= 8 else date(today.year, 9, 1)
        found = begin - timedelta(days=begin.weekday()) + timedelta(weeks=week - 1)
    return Moment(found, found + timedelta(days=6), 3, "week")


@cache
def load_calendar() -> dict[str, Any]:
    """Term starts, from calendar.toml."""
    table: dict[str, Any] = load_table("calendar")["terms"]
    return table
