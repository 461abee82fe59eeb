"""A self-introduction cut into clauses, with the label each stands under (姓名:…, the heading of a table column).

What the clauses say is read elsewhere: who somebody is in profile_who.py, what they offer and when in
profile_offer.py, what they are good at in profile_skills.py. Words and patterns are in lexicon/people.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matching.terms import load_table

_ENDS = re.compile(r"[,，。;!?|\n()\[\]【】\s\"'“”…~]+")
_ROWS = re.compile(r"\n+")
_CELLS = re.compile(r"\s*[|,\t]\s*|\s+")
_SPACED_COLON = re.compile(r"\s*:\s*")
COLUMNS = 3  # a row of so many labels is the heading of a table
LONGEST_LABEL = 8


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text without marks, at `start` of the text, and the label it stands under."""

    words: str
    start: int
    label: str | None = None


@cache
def people() -> dict[str, Any]:
    """How teachers write about themselves, from people.toml."""
    return load_table("people")


@cache
def labels() -> dict[str, str]:
    """Any way to write a label -> what it means."""
    return {word: key for key, words in people()["labels"].items() for word in words}


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A pattern of people.toml, compiled once."""
    return re.compile(source)


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all these words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")


def holds(words: str, listed: Iterable[str]) -> bool:
    """Whether one of the listed words stands in it."""
    return any(word in words for word in listed)


def first_group(sources: Iterable[str], words: str) -> str | None:
    """Group 1 of the first pattern that is found."""
    for source in sources:
        match = pattern(source).search(words)
        if match:
            return match[1]
    return None


def clause_at(clauses: Sequence[Clause], position: int) -> Clause | None:
    """The clause over a position of the text."""
    at = bisect_right(clauses, position, key=lambda clause: clause.start) - 1
    found = clauses[at] if at >= 0 else None
    return found if found and position < found.start + len(found.words) else None


def untabled(chars: str) -> str:
    """Tables written as 姓名:时雨生。学科:美术 …; anything else, only with spaces around colons taken out."""
    rows = [row for row in _ROWS.split(chars.strip()) if row.strip()]
    heads = [cell for cell in _CELLS.split(rows[0].strip(" |")) if cell] if len(rows) > 1 else []
    if len(heads) < COLUMNS or sum(head in labels() for head in heads) < max(COLUMNS, len(heads) - 2):
        return _SPACED_COLON.sub(":", chars)
    cells = [cell for cell in _CELLS.split(rows[1].strip(" |")) if cell]
    told = [f"{head}:{cell}" for head, cell in zip(heads, cells, strict=False)]
    return "。".join([*told, *cells[len(heads) :], *rows[2:]])


def clauses(chars: str) -> list[Clause]:
    """All clauses, left to right; 教龄 12 is a label and its value."""
    found: list[Clause] = []
    at = 0
    spaced = people()["clauses"]["spaced"]
    for gap in [*_ENDS.finditer(chars), None]:
        end = gap.start() if gap else len(chars)
        if end > at:
            words = chars[at:end]
            found += _labelled(words, at)
            if len(found) > 1 and found[-2].words in spaced and found[-2].label is None and found[-1].start == at:
                found[-2:] = [Clause(words, at, labels().get(found[-2].words))]
        at = gap.end() if gap else end
    return found


def _labelled(words: str, start: int) -> Iterator[Clause]:
    """学科:音乐 is a clause under a label; a long clause is cut where speech would pause."""
    head, colon, value = words.partition(":")
    if colon and value and head in people()["clauses"]["opening"]:
        yield from _labelled(value, start + len(head) + 1)
        return
    label = labels().get(head) if colon and len(head) <= LONGEST_LABEL else None
    if label and value:
        yield Clause(value, start + len(head) + 1, label)
        return
    at = start
    for part in words.split(":"):
        if part:
            yield from _paused(part, at)
        at += len(part) + 1


def _paused(words: str, start: int) -> Iterator[Clause]:
    rules = people()["clauses"]
    cuts = [0]
    if len(words) > rules["longest"]:
        for match in any_of(tuple(rules["before"])).finditer(words):
            glued = words.endswith(tuple(rules["glued"]), 0, match.start())
            if match.start() - cuts[-1] >= 3 and not glued:
                cuts.append(match.start())
    for begin, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
        yield Clause(words[begin:end], start + begin)
