"""Class totals of students: one sentence with how many slips were collected and how many ticked each of 1–5.

Pure; its words stand in totals.toml. Only numbers are read: no pupil's name or answer is asked for or kept.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

LONGEST = 200  # of a sentence that can be meant so
MOST = 999  # slips of one class
_ALL = re.compile(r"(?<!\d)(\d{1,4})(?!\d)")


class Misread(ValueError):
    """Not the numbers of a class: `key` is unread, slips (how many were collected is missing) or sum (they differ)."""

    def __init__(self, key: str, said: int = 0, added: int = 0) -> None:
        super().__init__(key)
        self.key, self.said, self.added = key, said, added


def read(text: str) -> list[int]:
    """How many slips ticked 1, 2, 3, 4 and 5. Raises Misread unless they add up to the slips that were collected."""
    plain = _plain(text)
    found = _marks().findall(plain)
    said = _ALL.findall(_marks().sub(" ", plain))
    if not found or len({mark for mark, _ in found}) < len(found) or len(said) > 1 or len(plain) > LONGEST:
        raise Misread("unread")
    counts = [0] * 5
    for mark, count in found:
        counts[int(mark) - 1] = int(count)
    if not 0 < sum(counts) <= MOST:
        raise Misread("unread")
    if not said:
        raise Misread("slips", added=sum(counts))
    if int(said[0]) != sum(counts):
        raise Misread("sum", int(said[0]), sum(counts))
    return counts


def resembles(text: str) -> bool:
    """Whether a sentence nobody asked for can only be such totals."""
    try:
        read(text)
    except Misread as misread:
        return misread.key == "sum" and any(unit in text for unit in _rules()["mark_units"])
    return True


def mean(counts: list[int]) -> float:
    """The mean mark of a class."""
    return sum(mark * count for mark, count in enumerate(counts, 1)) / sum(counts)


def _plain(text: str) -> str:
    """Half-width, and marks in words as digits."""
    plain, rules = normalize("NFKC", text)[: LONGEST + 1], _rules()
    worded = re.compile(f"[{''.join(rules['digits'])}](?=\\s*[{rules['mark_units']}])")
    return worded.sub(lambda found: rules["digits"][found[0]], plain)


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _marks() -> re.Pattern[str]:
    """A mark and how many ticked it."""
    rules = _rules()
    alone, between = ("|".join(map(re.escape, rules[name])) for name in ("alone", "between"))
    mark = rf"(?<!\d)([1-5])\s*(?:[{rules['mark_units']}]\s*(?:{alone}|{between})?|{alone})"
    return re.compile(rf"{mark}\s*(\d{{1,4}})(?!\d)\s*[{rules['count_units']}]?")
