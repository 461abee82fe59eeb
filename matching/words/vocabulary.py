"""Every word the reader knows, with what it can be: `subject`, `stage`, `need`, `each` …

Built once from lexicon/terms.toml and lexicon/words.toml. A word may carry several tags; the grammar decides.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from matching.terms import load_table, terms
from matching.words.text import Segmenter, segmenter

Tags = Mapping[str, Any]
"""tag -> value, True where the tag alone says it all."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their tags, and the segmenter that knows them."""

    words: Mapping[str, Tags]
    segmenter: Segmenter
    longest: int

    def tags(self, word: str) -> Tags:
        """What the word can be; nothing for a word of no interest."""
        return self.words.get(word, {})


@cache
def vocabulary() -> Vocabulary:
    """The reader's vocabulary, built at the first call."""
    words: dict[str, dict[str, Any]] = {}
    _add_terms(words)
    _add_grades(words)
    table = load_table("words")
    for tag, listed in table["tags"].items():
        for word in listed:
            words.setdefault(word, {})[tag] = True
    for word, day in table["feasts"].items():
        words.setdefault(word, {})["feast"] = tuple(day)
    for tag in ("thisweek", "nextweek", "weekafternext"):
        for word, number in ((w + d, n) for w in table["tags"][tag] for d, n in table["weekdays"].items()):
            words.setdefault(word, {})[tag] = number
    for word, number in table["pairs"].items():
        words.setdefault(word, {}).update(num=number, head=True)
    frequency = tuple(table["frequency"].items())
    cutter = segmenter(frozenset(word for word in words if len(word) > 1 and not word.isascii()), frequency)
    return Vocabulary(words, cutter, max(map(len, words)))


def _add_terms(words: dict[str, dict[str, Any]]) -> None:
    known = terms()
    for word, name in known.words["subject"].items():
        words.setdefault(word, {})["subject"] = (name,)
        if any(word.endswith(mark) and word != mark for mark in load_table("words")["vocational_endings"]):
            words[word]["vocational"] = True
    for word, names in known.groups.items():
        words.setdefault(word, {})["subject"] = names
    for word in known.politics_words:
        words.setdefault(word, {})["short" if len(word) == 1 else "subject"] = (known.politics["default"],)
    for word, name in known.shorts.items():
        words.setdefault(word, {})["short"] = (name,)
    for word, name in known.words["stage"].items():
        words.setdefault(word, {})["stage"] = name
    for word, name in known.words["mode"].items():
        words.setdefault(word, {})["mode"] = name
    for word, topic in load_table("roles")["roles"].items():
        words.setdefault(word, {})["role"] = topic


def _add_grades(words: dict[str, dict[str, Any]]) -> None:
    table = load_table("words")["grades"]
    digits = table["digits"] + table["upper"]
    for suffix in table["suffix"]:
        for number, digit in enumerate(digits, 1):
            words.setdefault(digit + suffix, {})["grade"] = (number,)
        for number, (first, second) in enumerate(itertools.pairwise(digits), 1):
            words.setdefault(first + second + suffix, {})["grade"] = (number, number + 1)
    for prefix, before in ((table["middle"][0], 6), (table["high"][0], 9)):
        for number, digit in enumerate(digits[:3], 1):
            for suffix in ("", *table["suffix"]):
                words.setdefault(prefix + digit + suffix, {})["grade"] = (before + number,)
    for number, digit in enumerate(digits, 1):
        for half in table["terms"]:
            if number >= 7 or len(half) > 1:
                words.setdefault(digit + half, {})["grade"] = (number,)
