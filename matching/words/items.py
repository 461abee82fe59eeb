"""Where one text asks for several things in prose: numbered items (一、… 二、…) and what is asked for besides (另请 …)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from matching.terms import load_table
from matching.words import numerals
from matching.words.text import Text
from matching.words.tokens import Token

NEAR = 40  # tokens in which a further request says what it asks for
ASK = ("need", "but")
ASKED = ("subject", "mode", "role", "person", "head")


@cache
def _table() -> dict[str, Any]:
    return load_table("items")


@cache
def _numbering() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _table()["numbering"]["patterns"])


def itemised(text: Text) -> tuple[Text, frozenset[int]]:
    """The text with the numbers of items written inline made into row marks, and where items begin.

    Every character keeps its place.
    """
    chars = text.chars
    begins = {at for at, char in enumerate(chars) if char == "\u2460" and not _begins_line(chars, at)}
    begins |= {0} if begins and chars.startswith("\u2460") else set()
    for pattern in _numbering():
        for start, end in _series(pattern, chars):
            fresh = _begins_line(chars, start)
            chars = chars[:start] + (" " if fresh else ";") + " " * (end - start - 1) + chars[end:]
            begins |= {start} if not fresh or not start else set()
    return Text(chars, text.starts, text.ends), frozenset(begins)


def _begins_line(chars: str, start: int) -> bool:
    """At the beginning of the text or of a line, where every line is a row anyway."""
    before = chars[:start].rstrip(" ")
    return not before or before.endswith("\n")


def _series(pattern: re.Pattern[str], chars: str) -> Iterator[tuple[int, int]]:
    """The numbers 1, 2, 3 … of one way of numbering, each before something worth an item."""
    run: list[re.Match[str]] = []
    for match in pattern.finditer(chars):
        number = numerals.value(match[1])
        if number == len(run) + 1:
            run.append(match)
        elif number == 1:
            yield from _worth(run, chars)
            run = [match]
    yield from _worth(run, chars)


def _worth(run: Sequence[re.Match[str]], chars: str) -> Iterator[tuple[int, int]]:
    contents = [chars[one.end() : two.start()] for one, two in itertools.pairwise(run)]
    if contents and all(re.search(_table()["numbering"]["content"], content) for content in contents):
        yield from ((match.start(), match.end()) for match in run)


def further_asks(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a clause asks for something besides what the clauses before it asked for: 另外, 同时, 还想 … with a request."""
    asked = False
    for index, token in enumerate(tokens):
        if "line" in token:
            asked = False
        elif token.tags.keys() & set(ASKED):
            asked = True
        if asked and _connects(tokens, index) and _asks(tokens, index):
            yield tokens[index - 1].start


def _connects(tokens: Sequence[Token], index: int) -> bool:
    """A word for besides at the beginning of a clause."""
    before = tokens[index - 1] if index else None
    if before is None or not before.tags.keys() & {"comma", "stop", "space", "close"}:
        return False
    return tokens[index].text in _table()["besides"]["words"]


def _asks(tokens: Sequence[Token], index: int) -> bool:
    """A request, and what is requested, before the sentence ends."""
    requested = named = False
    for token in tokens[index : index + NEAR]:
        if "stop" in token or "row" in token:
            break
        requested |= any(tag in token for tag in ASK)
        named |= any(tag in token for tag in ASKED)
    return requested and named
