"""Times in a text: when the help should begin, how long it should last, and which numbers that uses up."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from matching.reading.moments import Moment, load_calendar, moment_at
from matching.terms import load_table
from matching.words.tokens import Token

RECENT = 60  # days


@dataclass(frozen=True, slots=True)
class TimeMark:
    """One expression of time over tokens [begin, end)."""

    begin: int
    end: int
    kind: str  # point | range | term | length | end | other
    first: date | None = None
    last: date | None = None
    months: float | None = None

    def covers(self, index: int) -> bool:
        """Whether the token belongs to this expression."""
        return self.begin <= index < self.end


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = load_table("calendar")
    return table


def times(tokens: list[Token], today: date) -> list[TimeMark]:
    """All expressions of time, left to right. `tokens` holds no white space."""
    marks: list[TimeMark] = []
    index = 0
    while index < len(tokens):
        mark = _recurring(tokens, index) or _dated(tokens, index, today) or _length(tokens, index)
        if mark:
            marks.append(mark)
            index = mark.end
        else:
            index += 1
    return marks


def _has(tokens: list[Token], index: int, *tags: str) -> bool:
    return 0 <= index < len(tokens) and any(tag in tokens[index] for tag in tags)


def _recurring(tokens: list[Token], index: int) -> TimeMark | None:
    """每周三晚, 每次2天, 每学期4次, 一周两节: how often, never when or how long."""
    end = index
    if _has(tokens, index, "every"):
        end = index + 1
    elif _has(tokens, index, "num") and _has(tokens, index + 1, "week", "months", "term", "days"):
        if not (_has(tokens, index + 2, "num") and _has(tokens, index + 3, "times")):
            return None
        end = index + 2
    if end == index:
        return None
    while _has(tokens, end, "num", "times", "weekday", "days", "week", "months", "sep", "term", "year", "half", "mode"):
        if _has(tokens, end, "mode") and not _has(tokens, end + 1, "num"):
            break
        if _has(tokens, end, "sep") and not _has(tokens, end + 1, "num", "weekday"):
            break
        if _has(tokens, end, "num") and _has(tokens, end + 1, "head", "piece", "person"):
            break
        apart = end > index + 1 and tokens[end].start > tokens[end - 1].end
        counts = _has(tokens, end + 1, "times", "weekday", "num", *_UNITS, "piece", "month")
        if apart and _has(tokens, end, "num") and not counts:
            break  # 每周2次 2: a number of people in a cell of its own
        if apart and _has(tokens, end, "num", "half") and _has(tokens, end + 1, *_UNITS, "piece", "month"):
            break  # 每周3天 一学期: the length is said apart
        end += 1
    through = end == index + 1 and _has(tokens, end + 1, "num", "half") and _has(tokens, end + 2, "days", "half")
    if through and tokens[end].text in _table()["rhythm"]["through"]:
        end += 3  # 每周到校1天
    return TimeMark(index, end, "other")


# --- dates ----------------------------------------------------------------------------------------


def _dated(tokens: list[Token], index: int, today: date) -> TimeMark | None:
    if _has(tokens, index - 1, "mode") and _has(tokens, index, "num") and _stay_of_months(tokens, index):
        return TimeMark(index, index + 2, "length", months=float(tokens[index].get("num")))
    first = moment_at(tokens, index, today)
    if first is None:
        return _this_term(tokens, index) or _bare_months(tokens, index, today)
    end = index + first.width
    joint = _joint(tokens, end)
    second = moment_at(tokens, joint, today, after=first.first) if joint and joint < len(tokens) else None
    if second is None and joint:
        second = _second_month(tokens, joint, first, today)
    if second is not None and second.last >= first.first and joint:
        return TimeMark(index, joint + second.width, "range", first.first, second.last, _months(first, second))
    if index and _ends_something(tokens, index, end):
        return TimeMark(index, end, "end", first.first, first.last)
    if _has(tokens, end, "from") and tokens[end].text in _table()["not_start"]["deadline"] and first.grain != "term":
        return TimeMark(index, end + 1, "term", today, first.last)
    if first.first < today <= first.last and first.grain == "week":
        return TimeMark(index, end, "point", today, first.last)
    if _has_passed(tokens, index, first, today):
        return TimeMark(index, end, "other")  # 自11月10日起由校长代课
    if first.last < today and first.grain != "term":
        return TimeMark(index, end, "other")  # what was in the past is a story
    loose = first.grain == "term" or ("feast" in tokens[end - 1] and _has(tokens, end, "from"))
    return TimeMark(index, end, "term" if loose else "point", first.first, first.last)


def _has_passed(tokens: list[Token], index: int, moment: Moment, today: date) -> bool:
    """从, 自 before a day without a year that was not long ago: since then, not from then on in a year."""
    if (
        moment.grain != "day"
        or moment.year_said
        or not index
        or tokens[index - 1].text not in _table()["since"]["words"]
    ):
        return False
    return timedelta(0) < today - (moment.first - timedelta(days=365)) <= timedelta(days=RECENT)


def _stay_of_months(tokens: list[Token], index: int) -> bool:
    """驻校1月: glued to a form of help, a month is a length, not January."""
    glued = tokens[index - 1].end == tokens[index].start and tokens[index + 1 : index + 2]
    plain = not _has(tokens, index + 2, "num", "third", "to", "from", "ordinal")
    return (
        bool(glued) and tokens[index + 1].text in _table()["stay"]["month"] and plain and tokens[index].get("num") <= 6
    )


def _joint(tokens: list[Token], end: int) -> int | None:
    """Where the second half of a range would begin: after 到, 至, -, 起至, 开始到."""
    at = end
    while at < end + 3 and _has(tokens, at, "from", "comma"):
        at += 1
    return at + 1 if _has(tokens, at, "to") else None


def _second_month(tokens: list[Token], joint: int, first: Moment, today: date) -> Moment | None:
    """3-6月 and 3月1-15日 say the unit once; the second half is a bare number here."""
    number = tokens[joint].get("num") if joint < len(tokens) else None
    if isinstance(number, int) and first.grain == "day" and _has(tokens, joint + 1, "day") and 1 <= number <= 31:
        day = first.first.replace(day=1) + timedelta(days=number - 1)
        return Moment(day, day, 2, "day")
    alone = not _has(tokens, joint + 1, *_UNITS, "month", "day", "times", "head", "piece", "thing", "dot")
    if isinstance(number, int) and first.grain == "month" and first.first.month < number <= 12 and alone:
        month = first.first.replace(month=number)  # 2027.3—8
        return Moment(month, month.replace(day=calendar.monthrange(month.year, number)[1]), 1, "month")
    return None


def _ends_something(tokens: list[Token], index: int, end: int) -> bool:
    """到6月底, 6月30日离岗."""
    leaves = end < len(tokens) and tokens[end].text in _table()["not_start"]["leaves"]
    return leaves or (_has(tokens, index - 1, "to") and tokens[index - 1].text in _table()["not_start"]["before"])


def _months(first: Moment, second: Moment) -> float:
    whole = first.first.day == 1 and second.last.month != (second.last + timedelta(days=1)).month
    if (first.grain == second.grain == "month") or whole:
        return float((second.last.year - first.first.year) * 12 + second.last.month - first.first.month + 1)
    return round(((second.last - first.first).days + 1) / 30, 1)


def _this_term(tokens: list[Token], index: int) -> TimeMark | None:
    if _has(tokens, index, "thisterm"):
        return TimeMark(index, index + 1, "other")
    return None


def _bare_months(tokens: list[Token], index: int, today: date) -> TimeMark | None:
    """3-6月, 3至6月."""
    first = tokens[index].get("num")
    if not isinstance(first, int) or not 1 <= first <= 12 or not _has(tokens, index + 1, "to"):
        return None
    later = moment_at(tokens, index + 2, today) if index + 3 < len(tokens) else None
    if later is None or later.grain != "month" or not _has(tokens, index + 3, "month"):
        return None
    count = (later.first.month - first) % 12
    begin = later.first.year * 12 + later.first.month - 1 - count
    return TimeMark(
        index, index + 2 + later.width, "range", date(begin // 12, begin % 12 + 1, 1), later.last, float(count + 1)
    )


# --- lengths --------------------------------------------------------------------------------------


def _length(tokens: list[Token], index: int) -> TimeMark | None:
    """半年, 一学期, 两个半月, 3天, 一年半; what is not about the help is marked as something else."""
    mark = _half_more(tokens, index)
    if mark is None and (mark := _plain_length(tokens, index)) and not _is_stay(tokens, index, mark.end):
        return TimeMark(index, mark.end, "other")
    return mark


def length_at(tokens: list[Token], index: int) -> TimeMark | None:
    """The length of time that begins at this token, whatever it is about."""
    return _half_more(tokens, index) or _plain_length(tokens, index)


def _half_more(tokens: list[Token], index: int) -> TimeMark | None:
    """两个半月, 一个半学期."""
    amount, at = _amount(tokens, index)
    if amount is None or not (_has(tokens, at, "piece") and _has(tokens, at + 1, "half")):
        return None
    if _has(tokens, at + 2, "month"):
        return TimeMark(index, at + 3, "length", months=amount + 0.5)
    if _has(tokens, at + 2, "term"):
        return TimeMark(index, at + 3, "length", months=(amount + 0.5) * 5)
    return None


def _plain_length(tokens: list[Token], index: int) -> TimeMark | None:
    amount, at = _amount(tokens, index)
    if amount is None:
        return None
    if _has(tokens, at, "piece") and at + 1 < len(tokens) and tokens[at + 1].text in _table()["whole"]["words"]:
        at += 1
    if (_has(tokens, at, "piece") or at > index + 1) and _has(tokens, at + 1, "month", "term", "week", "schoolyear"):
        at += 1
    unit = _unit(tokens, at, amount)
    if unit is None:
        return None
    end = at + 1
    if _has(tokens, end, "half") and not _has(tokens, end + 1, "days", "piece", "months"):
        amount, end = amount + 0.5, end + 1
    return TimeMark(index, end, "length", months=round(amount * unit, 2))


def _amount(tokens: list[Token], index: int) -> tuple[float | None, int]:
    token = tokens[index]
    if "half" in token:
        return 0.5, index + 1
    number = token.get("num")
    if not isinstance(number, int) or number > 400 or "head" in token:
        return None, index
    at = index + 1
    if _has(tokens, at, "dot") and _has(tokens, at + 1, "digits") and tokens[at + 1].text.isdecimal():
        return float(f"{number}.{tokens[at + 1].text[:3]}"), at + 2
    if _has(tokens, at, "to", "sep") and _has(tokens, at + 1, "num") and _has(tokens, at + 2, *_UNITS, "piece"):
        return float(number), at + 2
    return float(number), at


_UNITS = ("schoolyear", "term", "year", "months", "week", "days")


def _unit(tokens: list[Token], at: int, amount: float) -> float | None:
    if at >= len(tokens):
        return None
    lengths = load_table("calendar")["lengths"]
    for tag in _UNITS:
        if tag in tokens[at]:
            return float(lengths[tag])
    # 半月, 一月: a month only after 半 or 个; "3月" is a date
    if "month" in tokens[at] and ("piece" in tokens[at - 1] or amount == 0.5):
        return 1.0
    return None


def _is_stay(tokens: list[Token], index: int, end: int) -> bool:
    """Whether the length is about the help, not about years of service or how long a post was empty."""
    rules = _table()["not_length"]
    glued = index > 0 and tokens[index - 1].end == tokens[index].start
    before = tokens[index - 1].text if glued else ""
    if glued and index > 1 and tokens[index - 2].text in rules["limit"]:
        before = ""  # 不超过半年, 先上一学期
    at = end
    while at < len(tokens) and at < end + 2 and tokens[at].text in rules["through"]:
        at += 1
    following = [token.text for token in tokens[at : at + 2]]
    story = before in rules["before"] or (len(before) > 1 and before.endswith(tuple(rules["ending"])))
    if any(word in rules["absence"] for word in following):
        return True
    if _has(tokens, index - 1, "lack") and before in rules["stopped"]:
        return False
    return not story and not (following and following[0] in rules["after"])


def term_window(today: date) -> tuple[date, date]:
    """When help in the coming term may begin."""
    (m1, d1), (m2, d2) = load_calendar()["spring_start" if today.month >= 8 or today.month == 1 else "fall_start"]
    year = today.year + (today.month >= 8)
    return date(year, m1, d1), date(year, m2, d2)
