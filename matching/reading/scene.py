"""A text laid out for the grammar: tokens without white space, their clauses and rows, and how each stands to a wish.

A *clause* ends at a comma, a space, a bar or a full stop; a *row* at a semicolon or a new line. The *stance* of a token
says whether what it names is wanted, lacking, only mentioned, our own, or excluded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from matching.reading.when import TimeMark, times
from matching.terms import load_table, mode_traits
from matching.types import Span
from matching.words.items import further_asks, itemised
from matching.words.repair import tokens_of
from matching.words.text import Text, clean
from matching.words.tokens import Token

WANT, LACK, PLAIN, WISH, OURS, NO = 5, 4, 3, 2, 1, 0
SENTENCE = 60  # tokens of a clause that are looked at; people write no longer ones
SLASHES = 3  # from so many on, strokes are the borders of a table
_BORDERS = ("/", "-", "—", "_", "·", "–")

_NUMBERED = re.compile(r"\s*\(?\d{1,2}\s*[.)\]:]?\s*$")


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the field readers look at."""

    text: Text
    tokens: list[Token]
    clause: list[int]  # by token
    sentence: list[int]
    row: list[int]
    line: list[int]
    stance: list[int]
    times: list[TimeMark]
    timed: frozenset[int]  # tokens used up by expressions of time
    starts: list[int]  # clean position of every token
    clauses: list[range]  # tokens of each clause, by clause
    where: list[int]  # token -> index into clauses
    outgoing: frozenset[int]  # rows in which our own people are sent somewhere
    items: frozenset[int]  # rows that are an item of a list or a further request: each asks for itself
    last_need: int  # the last token that asks, -1 for none

    def span(self, begin: int, end: int | None = None) -> Span:
        """The original span of tokens [begin, end)."""
        last = self.tokens[(end or begin + 1) - 1]
        return self.text.span(self.tokens[begin].start, last.end)

    def has(self, index: int, *tags: str) -> bool:
        """Whether the token exists and carries one of the tags."""
        return 0 <= index < len(self.tokens) and any(tag in self.tokens[index] for tag in tags)

    def apart(self, index: int) -> bool:
        """Whether white space stands before the token."""
        return 0 < index < len(self.tokens) and self.tokens[index].start > self.tokens[index - 1].end

    def clause_of(self, index: int) -> range:
        """The tokens of the clause that holds this one."""
        return self.clauses[self.where[index]]

    def token_at(self, position: int) -> int:
        """The token over a position of the clean text, or the next one after it."""
        index = max(0, bisect_right(self.starts, position) - 1)
        return index + (self.tokens[index].end <= position and index + 1 < len(self.tokens))


def lay_out(raw: str, today: date) -> Scene:
    """Cleans, repairs, cuts and marks up one text."""
    cleaned, numbers = itemised(clean(raw))
    text, spaced = tokens_of(cleaned)
    borders = _borders(spaced)
    tokens = [
        token for token in spaced if not token.tags.keys() & {"space", "row", "bar"} and token.start not in borders
    ]
    asks = list(further_asks(spaced))
    breaks = _breaks(spaced, borders) | dict.fromkeys(asks, "row")
    clause, sentence, row, line = _numbered(tokens, breaks)
    marks = times(tokens, today)
    timed = frozenset(index for mark in marks for index in range(mark.begin, mark.end))
    stance = _stances(tokens, clause, sentence, timed)
    starts = [token.start for token in tokens]
    begun = {row[at] for at in (bisect_left(starts, begin) for begin in (*numbers, *asks)) if at < len(row)}
    outgoing = frozenset(row[at] for at, token in enumerate(tokens) if _sends_out(token))
    outgoing |= {row[at] for at in (bisect_left(starts, begin) for begin in _goes_out(text.chars)) if at < len(row)}
    return Scene(
        text,
        tokens,
        clause,
        sentence,
        row,
        line,
        stance,
        marks,
        timed,
        starts,
        *_clauses(clause),
        outgoing,
        frozenset(begun),
        max((at for at, token in enumerate(tokens) if "need" in token), default=-1),
    )


def _clauses(clause: list[int]) -> tuple[list[range], list[int]]:
    found: list[range] = []
    where: list[int] = []
    begin = 0
    for end in range(1, len(clause) + 1):
        if end == len(clause) or clause[end] != clause[begin]:
            where += [len(found)] * (end - begin)
            found.append(range(begin, end))
            begin = end
    return found, where


def _borders(spaced: list[Token]) -> set[int]:
    """Where strokes and dashes are the borders of a table: 语文-高二-讲座-1; not in 3-6 and 12.7-12.8."""
    found: set[int] = set()
    for border in _BORDERS:
        at = [
            index
            for index, token in enumerate(spaced)
            if token.text == border and not (border != "/" and _between_numbers(spaced, index))
        ]
        if len(at) >= SLASHES:
            found |= {spaced[index].start for index in at}
    return found


def _between_numbers(spaced: list[Token], index: int) -> bool:
    def numeric(at: int) -> bool:
        return 0 <= at < len(spaced) and bool(spaced[at].tags.keys() & {"num", "ymd", "month", "grade", "day"})

    return numeric(index - 1) and numeric(index + 1)


def _breaks(spaced: list[Token], borders: set[int]) -> dict[int, str]:
    """Clean position after which a clause, sentence or row ends."""
    found: dict[int, str] = {}
    for token in spaced:
        if "row" in token:
            found[token.start] = "line" if "line" in token else "row"
        elif "stop" in token:
            found[token.start] = "sentence"
        elif (
            token.start in borders
            or "comma" in token
            or "bar" in token
            or "space" in token
            or "open" in token
            or "close" in token
        ):
            found[token.start] = "clause"
    return found


def _numbered(tokens: list[Token], breaks: dict[int, str]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Clause, sentence and row number of every token; a mark belongs to what it ends."""
    clause, sentence, row, line = [], [], [], []
    c = s = r = n = 0
    stops = sorted(breaks)
    at = 0
    for token in tokens:
        while at < len(stops) and stops[at] < token.start:
            kind = breaks[stops[at]]
            c, s = c + 1, s + (kind != "clause")
            r, n = r + (kind in ("row", "line")), n + (kind == "line")
            at += 1
        clause.append(c)
        sentence.append(s)
        row.append(r)
        line.append(n)
    return clause, sentence, row, line


# --- stance ---------------------------------------------------------------------------------------


def _stances(tokens: list[Token], clause: list[int], sentence: list[int], timed: frozenset[int]) -> list[int]:
    stances = [PLAIN] * len(tokens)
    carried, begin = PLAIN, 0
    while begin < len(tokens):
        end = begin
        while end < len(tokens) and clause[end] == clause[begin]:
            end += 1
        if begin and sentence[begin] != sentence[begin - 1]:
            carried = PLAIN
        carried = _clause_stances(tokens, begin, end, carried, stances, timed)
        begin = end
    _asked_again(tokens, clause, stances)
    _take_back(tokens, sentence, stances)
    return stances


def _asked_again(tokens: list[Token], clause: list[int], stances: list[int]) -> None:
    """上回来的英语老师教得好 … 下学期再来一个: who was here before is wished for once more."""
    again, comes = _words()["own"]["again"], _words()["own"]["comes"]
    for index in range(1, len(tokens) - 1):
        if tokens[index - 1].text not in again or tokens[index].text not in comes or "num" not in tokens[index + 1]:
            continue
        if _names_something(tokens, index, bisect_right(clause, clause[index])):
            continue
        last = next((at for at in range(index - 1, -1, -1) if "subject" in tokens[at] and stances[at] != NO), None)
        if last is not None and stances[last] == OURS:
            stances[last] = WANT


def _take_back(tokens: list[Token], sentence: list[int], stances: list[int]) -> None:
    """派2个语文……打错了，语文1个: what was said before counts no more; 予以撤销: not what the sentence said so far."""
    for index, token in enumerate(tokens):
        if "mistake" in token and any(t.tags.keys() & {"subject", "short"} for t in tokens[index:]):
            _lower(stances, 0, index, NO)
        elif "changed" in token and any("subject" in t for t in tokens[index + 1 : index + 3]):
            _lower(stances, bisect_left(sentence, sentence[index]), index, NO)  # 上回报的语文改成数学
        elif "revoke" in token:
            _lower(stances, bisect_left(sentence, sentence[index]), index, NO)


def _clause_stances(
    tokens: list[Token], begin: int, end: int, carried: int, stances: list[int], timed: frozenset[int]
) -> int:
    """Fills in one clause and returns what the next clause of the sentence starts from."""
    now, wanted, excepted = carried, False, False
    beside = carried == WANT and tokens[begin].text in _words()["own"]["guides"]
    stands_in = tokens[begin].text in _words()["own"]["for_now"]
    for index in range(begin, end):
        token = tokens[index]
        if index in timed and not ("lack" in token or "need" in token):
            stances[index] = now
            continue
        if "except" in token and index + 1 < end:
            now, excepted = NO, True
        elif "beyond" in token and excepted:
            now, excepted = carried, False
        elif "notlack" in token:
            now = NO
        elif "enough" in token and index - 1 in timed:
            pass  # 两三天够了: that long is what is wished for
        elif "enough" in token:
            if not wanted:
                now = NO
                if not _names_something(tokens, index + 1, end):
                    _lower(stances, begin, index, NO)
        elif "but" in token and now == NO:
            now = WANT
        elif beside and (index == begin or "need" in token):
            now = WISH  # 指导学校社团开展无人机活动: what the one who is asked for will do
        elif "need" in token:
            if not wanted and now != WANT:
                _raise_last(tokens, stances, begin, index)
            now, wanted = WANT, True
        elif "lack" in token:
            if now != NO:
                _raise(stances, begin, index, LACK)
                now = now if now == WANT else LACK
        elif "wish" in token and now != NO:
            now = WISH
        elif "doubling" in token or (stands_in and token.text.startswith(_words()["own"]["props_up"])):
            if any("person" in t or "subject" in t for t in tokens[begin:index]) and not wanted:
                _lower(stances, begin, index, OURS)
            now = now if wanted else OURS
        elif _sends_out(token) and now == OURS:
            now, wanted = WANT, True
        elif "ours" in token and (index + 1 in timed or _by_you(tokens, index) or _is_kind(tokens, index, wanted)):
            pass  # 都是一学期, 由贵校派, 能胜任…的青年教师1名
        elif "ours" in token or ("measure" in token and not wanted):
            now = OURS
        stances[index] = now
    return _clause_ended(tokens[begin:end], begin, carried, stances, now, wanted=wanted, excepted=excepted)


def _clause_ended(
    clause: list[Token], begin: int, carried: int, stances: list[int], now: int, *, wanted: bool, excepted: bool
) -> int:
    """What the clause as a whole says of its words, and what the next clause of the sentence starts from."""
    end = begin + len(clause)
    if clause[-1].text in _words()["own"]["have"][:1] and len(clause) > 1 and not wanted:
        _lower(stances, begin, end, NO)  # 舞蹈有 声乐也有
    if any("rather" in token for token in clause) and not any("head" in token for token in clause):
        _lower(stances, begin, end, OURS)
        return carried
    if excepted and any("need" in token for token in clause):
        _raise(stances, begin, end, WANT)
    if any(_sends_out(token) for token in clause) and now != NO:
        return WANT  # 选派教师跟岗: who is listed after it is sent, ours or not
    return WANT if wanted or (carried == WANT and now in (WANT, PLAIN, WISH)) else PLAIN


def _is_kind(tokens: list[Token], index: int, wanted: bool) -> bool:
    """的青年教师1名 after a request: the kind of teacher that is asked for, not ours."""
    beside = tokens[index - 1 : index + 2] if index else []
    return wanted and len(beside) > 2 and "of" in beside[0] and "num" in beside[2]


def _by_you(tokens: list[Token], index: int) -> bool:
    """由贵园两名业务骨干指导: the others are the ones who give."""
    follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return tokens[index].text in _words()["by"]["words"] and follows.startswith(tuple(_words()["by"]["you"]))


@cache
def _words() -> dict[str, Any]:
    return load_table("words")


def _sends_out(token: Token) -> bool:
    return "mode" in token and mode_traits(token.get("mode")).sends_out


def _goes_out(chars: str) -> Iterator[int]:
    """送两个年轻老师到你们学校: where our own people are sent to the others, whatever it is called."""
    for match in _going_out().finditer(chars):
        yield match.start()


@cache
def _going_out() -> re.Pattern[str]:
    return re.compile(load_table("modes")["outgoing"]["pattern"])


def _names_something(tokens: list[Token], begin: int, end: int) -> bool:
    return any("subject" in t or "mode" in t or "short" in t or "role" in t for t in tokens[begin:end])


def _lower(stances: list[int], begin: int, end: int, value: int) -> None:
    for index in range(begin, end):
        stances[index] = min(stances[index], value)


def _raise(stances: list[int], begin: int, end: int, value: int) -> None:
    for index in range(begin, end):
        if stances[index] != NO:
            stances[index] = max(stances[index], value)


def _raise_last(tokens: list[Token], stances: list[int], begin: int, index: int) -> None:
    """英语老师缺2个: the wish follows what is wished for."""
    for at in range(begin, index):
        if stances[at] in (PLAIN, WISH, LACK):
            stances[at] = WANT
        elif stances[at] == OURS and "subject" in tokens[at]:
            stances[at] = LACK
