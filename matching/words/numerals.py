"""Numbers as people write them: 3, 三, 叁, 十二, 两三, 一百二十."""

from __future__ import annotations

from functools import cache

from matching.terms import load_table


@cache
def digits() -> dict[str, int]:
    """Character -> value, from words.toml."""
    return dict(load_table("words")["numerals"])


def is_numeral(word: str) -> bool:
    """Whether the word is made of numeral characters only."""
    return bool(word) and ((word.isascii() and word.isdigit()) or all(char in digits() for char in word))


def value(word: str) -> int | None:
    """The number a word of numeral characters means; the lower one for a range such as 两三; None when it is none."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 6 else None
    values = [digits().get(char) for char in word]
    known = [number for number in values if number is not None]
    if not known or len(known) != len(values):
        return None
    if all(number < 10 for number in known):
        return _listed(known)
    return _composed(known)


def _listed(known: list[int]) -> int | None:
    """Digits in a row: a year or number written out (二〇二七), or a range (两三, 三五)."""
    if len(known) == 1:
        return known[0]
    if len(known) == 2 and 0 < known[1] - known[0] <= 2:
        return known[0]
    return int("".join(map(str, known))) if len(known) <= 6 else None


def _composed(known: list[int]) -> int | None:
    total, pending = 0, None
    for number in known:
        if number >= 10:
            total += (1 if pending is None else pending) * number
            pending = None
        else:
            pending = number
    return total + (pending or 0)
