"""Tokens with tags and spans: what the grammar works on.

Numbers, grades and numeric dates are put together here; typed pinyin and homophones are repaired before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from matching.words import numerals
from matching.words.text import Text, pieces
from matching.words.vocabulary import Tags, Vocabulary, vocabulary

_NUMERIC_DATE = re.compile(
    r"(?<![\d.])(?:(20\d\d)\s?(?P<mark>[-./])\s?(?=\d{1,2}\s?(?P=mark)))?(\d{1,2})\s?([-./])\s?(\d{1,2})(?!\d|\.\d)"
)
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)([-./])(\d{1,2})(?!\d)(?!\2\d{1,2}(?!\d))")
_DECIMAL = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at [start, end) of the clean text and everything it can be."""

    start: int
    end: int
    text: str
    tags: Tags

    def __contains__(self, tag: object) -> bool:
        return tag in self.tags

    def get(self, tag: str) -> Any:
        """The value under a tag, or None."""
        return self.tags.get(tag)


_MARKS = {
    "\n": {"stop": True, "row": True, "line": True},
    ";": {"stop": True, "row": True},
    "\u2460": {"stop": True, "row": True},  # any number in a circle
    "。": {"stop": True, "sentence": True},
    "!": {"stop": True, "sentence": True},
    "?": {"stop": True, "sentence": True, "ask": True},
    ".": {"dot": True},
    ",": {"comma": True},
    ":": {"colon": True},
    "=": {"colon": True},
    "(": {"open": True},
    ")": {"close": True},
    "[": {"open": True},
    "]": {"close": True},
    "|": {"bar": True},
    " ": {"space": True},
}


def tokenize(text: Text) -> list[Token]:
    """All tokens of a clean text, in order; white space is one token."""
    words = vocabulary()
    tokens: list[Token] = []
    at = 0
    for start, end, tags in _dates(text.chars):
        tokens += _plain_tokens(text.chars, at, start, words)
        tokens.append(Token(start, end, text.chars[start:end], tags))
        at = end
    tokens += _plain_tokens(text.chars, at, len(text.chars), words)
    return _listed_grades(_grades(_numbers(tokens)))


def _dates(chars: str) -> Iterator[tuple[int, int, Tags]]:
    """Numeric dates such as 2027.3.1, 2027-03, 12.1; decimals such as 1.5 are numbers."""
    at = 0
    while match := _next_match(chars, at):
        at = match.end()
        tags = _date_tags(match)
        if tags:
            yield match.start(), match.end(), tags


def _next_match(chars: str, at: int) -> re.Match[str] | None:
    found = [m for m in (_NUMERIC_DATE.search(chars, at), _YEAR_MONTH.search(chars, at)) if m]
    return min(found, key=lambda m: (m.start(), -m.end()), default=None)


def _date_tags(match: re.Match[str]) -> Tags:
    if match.re is _YEAR_MONTH:
        year, month = int(match[1]), int(match[3])
        return {"ymd": (year, month, None)} if 1 <= month <= 12 else {}
    month, day = int(match[3]), int(match[5])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return {}
    if match[1] is None:
        if match[4] == "-" or (match[4] == "/" and day <= 12 and not _is_cell(match)):
            return {}
        following = match.string[match.end() : match.end() + 1]
        if vocabulary().tags(following).keys() & {"days", "months", "half", "thing", "year", "times"}:
            return {}
        return {"ymd": (None, month, day)}
    try:
        date(int(match[1]), month, day)
    except ValueError:
        return {}
    return {"ymd": (int(match[1]), month, day)}


def _is_cell(match: re.Match[str]) -> bool:
    """12/4 in a cell of its own; elsewhere it may be a fraction or a choice."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return (not before or before[-1] in "| \t,") and (not after or after[0] in "| \t,;\n")


def _plain_tokens(chars: str, start: int, end: int, words: Vocabulary) -> Iterator[Token]:
    for left, right in pieces(chars[start:end]):
        run, at = chars[start + left : start + right], start + left
        if (run[0] > "\u33ff" and run[0] <= "\u9fff") or run[0] == "\u3007":
            for word in words.segmenter.cut(run):
                for part in _parts(word):
                    yield Token(at, at + len(part), part, words.tags(part))
                    at += len(part)
        else:
            yield Token(at, at + len(run), run, _mark_tags(run, words))


def _mark_tags(run: str, words: Vocabulary) -> Tags:
    if run.isspace():
        return _MARKS["\n" if "\n" in run else " "]
    if run.isascii() and run.isdigit():  # ① is a digit to Python, and a border to us
        number = numerals.value(run)
        return {"digits": True} if number is None else {"num": number, "digits": True}
    if run.isascii() and run.isalpha():
        return {"latin": True}
    return _MARKS.get(run) or words.tags(run)


@cache
def _known_parts(word: str) -> tuple[str, ...]:
    """A word cut into words of ours, when all of it can be; otherwise the word itself."""
    words = vocabulary()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            piece, before = word[start:end], best[start]
            if before is None or not (words.tags(piece) or numerals.is_numeral(piece)):
                continue
            if piece != word and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, piece)
    found = best[-1]
    return found if found and (any(map(_solid, found)) or all(map(_timely, found))) else (word,)


def _solid(part: str) -> bool:
    return len(part) > 1 or numerals.is_numeral(part)


def _timely(part: str) -> bool:
    return bool(vocabulary().tags(part).keys() & {"half", "year", "month", "week", "days", "day", "third", "piece"})


def _parts(word: str) -> tuple[str, ...]:
    if len(word) == 1 or len(word) > 8 or vocabulary().tags(word):
        return (word,)
    return _known_parts(word)


def _numbers(tokens: list[Token]) -> list[Token]:
    """Neighbouring numeral words become one number."""
    merged: list[Token] = []
    for token in tokens:
        fixed = "num" in token or "feast" in token or "others" in token
        if not fixed and not token.text.isascii() and numerals.is_numeral(token.text):
            last = merged[-1] if merged else None
            if last and last.end == token.start and numerals.is_numeral(last.text) and not last.text.isascii():
                text = last.text + token.text
                merged[-1] = Token(last.start, token.end, text, {"num": numerals.value(text), "hanzi": True})
            else:
                merged.append(
                    Token(token.start, token.end, token.text, {"num": numerals.value(token.text), "hanzi": True})
                )
        else:
            merged.append(token)
    return [_settled(token, merged[index + 1 : index + 2]) for index, token in enumerate(merged)]


def _settled(token: Token, following: list[Token]) -> Token:
    """A number too long to mean anything is nothing; a feast written as a number (十一) is one before a counted noun."""
    if "num" in token and token.get("num") is None:
        return Token(token.start, token.end, token.text, {})
    counted = following and following[0].tags.keys() & {"head", "piece", "person", "year", "days", "thing", "times"}
    if "feast" in token and counted and numerals.is_numeral(token.text):
        return Token(token.start, token.end, token.text, {"num": numerals.value(token.text), "hanzi": True})
    return token


def _grades(tokens: list[Token]) -> list[Token]:
    """3年级, 3-6年级, 初2, 高1, 8(2)班, 7下 become grades."""
    merged: list[Token] = []
    index = 0
    while index < len(tokens):
        width, grades = _grade_at(tokens, index)
        if grades:
            last = tokens[index + width - 1]
            text = "".join(token.text for token in tokens[index : index + width])
            merged.append(Token(tokens[index].start, last.end, text, {"grade": grades}))
            index += width
        else:
            merged.append(tokens[index])
            index += 1
    return merged


def _listed_grades(tokens: list[Token]) -> list[Token]:
    """三、四年级 is one expression for two grades."""
    merged: list[Token] = []
    for token in tokens:
        while "grade" in token and len(merged) > 1 and ("sep" in merged[-1] or "to" in merged[-1]):
            number = merged[-2].get("num")
            if not isinstance(number, int) or not 1 <= number <= 12 or _counts_before(merged, token):
                break
            text = merged[-2].text + merged[-1].text + token.text
            token = Token(merged[-2].start, token.end, text, {"grade": (number, *token.get("grade"))})
            del merged[-2:]
        merged.append(token)
    return merged


def _counts_before(merged: list[Token], grade: Token) -> bool:
    """高二政治1、高一历史1: the number is the order before, not a grade listed with this one."""
    alike = ("digits" in merged[-2]) == grade.text[0].isdigit() and not grade.text.startswith(_prefixes())
    named = len(merged) > 2 and merged[-3].end == merged[-2].start and merged[-3].tags.keys() & {"subject", "short"}
    return not alike or (bool(named) and "digits" in merged[-2])


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(_grade_words()["middle"] + _grade_words()["high"])


def _grade_at(tokens: list[Token], index: int) -> tuple[int, tuple[int, ...]]:
    words = [token.text for token in tokens[index : index + 5]] + [""] * 5
    first, second = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    table = _grade_words()
    number = first.get("num")
    bracketed = index > 1 and tokens[index - 1].text == "(" and words[1] == ")" and "subject" in tokens[index - 2]
    if bracketed and number is not None and 1 <= number <= 9 and "hanzi" in first:
        return 1, (number,)  # 历史(七)
    if number is not None and 1 <= number <= 12:
        if words[1] in table["suffix"]:
            return 2, (number,)
        upper = second.get("num") if second else None
        third = tokens[index + 2].get("num") if index + 2 < len(tokens) else None
        if words[3] in table["suffix"] and second and ("to" in second or "sep" in second) and third:
            return 4, tuple(range(number, third + 1)) if 0 < third - number < 9 else (number, third)
        if 7 <= number <= 9 and words[1] in table["terms"] and "space" not in first:
            return 2, (number,)
        if number <= 9 and words[1] == "(" and words[3] == ")" and words[4] in table["classes"]:
            return 5, (number,)  # 五(2)班
        if (
            7 <= number <= 9
            and upper
            and "hanzi" in first
            and "digits" in (second or ())
            and words[2] in table["classes"]
        ):
            return 3, (number,)
    if words[0] in table["suffix"][:1] and _label(tokens, index):
        value = tokens[index + 2].get("num")
        if isinstance(value, int) and 1 <= value <= 12 and "hanzi" in tokens[index + 2]:
            return 3, (value,)  # 年级 六
    if second is not None and second.get("num") in (1, 2, 3) and "digits" in second:
        for prefix, before in (("middle", 6), ("high", 9)):
            if words[0] in table[prefix]:
                return 2, (before + int(second.get("num")),)
    return 0, ()


def _label(tokens: list[Token], index: int) -> bool:
    """年级 as the heading of a field: 年级 六, 年级:六."""
    return index + 2 < len(tokens) and ("space" in tokens[index + 1] or "colon" in tokens[index + 1])


@cache
def _grade_words() -> dict[str, list[str]]:
    from matching.terms import load_table

    table: dict[str, list[str]] = load_table("words")["grades"]
    return table
