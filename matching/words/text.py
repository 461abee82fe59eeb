"""Raw text to clean text to tokens, always knowing where in the original each character came from.

Cleaning: capped, control characters and lone surrogates dropped, full width and traditional characters made plain.
The segmenter is an own jieba Tokenizer: it never reads or writes jieba's shared cache file (facts 88-90: the cache
saves nothing and is believed blindly), never guesses unknown words, and is built once, on first use, under a lock.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

from matching.terms import load_table
from matching.types import Span

MAX_CHARACTERS = 4096
MAX_RUN = 40  # more of one and the same character in a row says nothing
WORD_FREQUENCY = 20_000  # our words win over their pieces, ordinary words of the language still win over ours

_PIECES = re.compile(r"[A-Za-z]+|\d+|\s+|[\u3400-\u9fff\u3007]+|.", re.DOTALL)
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Text:
    """Clean text; character i came from original code points [starts[i], ends[i])."""

    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where [start, end) of the clean text lies in the original."""
        return self.starts[start], self.ends[end - 1]

    def replaced(self, start: int, end: int, chars: str) -> Text:
        """The same text with other characters at [start, end); equal lengths keep their own spans."""
        count = len(chars)
        if count == end - start:
            return Text(self.chars[:start] + chars + self.chars[end:], self.starts, self.ends)
        begin, finish = self.span(start, end)
        return Text(
            self.chars[:start] + chars + self.chars[end:],
            self.starts[:start] + (begin,) * count + self.starts[end:],
            self.ends[:start] + (finish,) * count + self.ends[end:],
        )


@cache
def _plain() -> dict[str, str]:
    table = load_table("traditional")
    return dict(zip(table["traditional"], table["simplified"], strict=True))


@lru_cache(maxsize=8192)
def _normal(char: str) -> str:
    """One character made plain: possibly none, possibly several."""
    if char in "\n\r\u2028\u2029":
        return "\n"
    if "\u2460" <= char <= "\u2473" or "\u2776" <= char <= "\u277f":
        return "\u2460"  # a number in a circle begins an item of a list
    category = unicodedata.category(char)
    if category in ("Cs", "Cf", "Cn", "Co", "Mn", "Me"):
        return ""
    if category in ("Cc", "Zs"):
        return " " if char != "\x00" and (char == "\t" or category == "Zs") else ""
    return "".join(_plain().get(c, c) for c in unicodedata.normalize("NFKC", char))


def clean(raw: str) -> Text:
    """The first 4,096 characters, made plain, with the way back."""
    chars: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(raw[:MAX_CHARACTERS]):
        if raw[max(0, index - MAX_RUN) : index + 1] == char * (MAX_RUN + 1):
            continue
        for plain in (
            char if "!" <= char <= "~" or ("\u4e00" <= char <= "\u9fff" and char not in _plain()) else _normal(char)
        ):
            chars.append(plain)
            origins.append(index)
    del chars[MAX_CHARACTERS:], origins[MAX_CHARACTERS:]
    return Text("".join(chars), tuple(origins), tuple(index + 1 for index in origins))


def pieces(chars: str) -> list[tuple[int, int]]:
    """Runs that are cut apart before segmentation: Latin, digits, white space, Chinese, single marks."""
    return [match.span() for match in _PIECES.finditer(chars)]


class Segmenter:
    """Cuts a run of Chinese characters into words: jieba's dictionary plus ours, no guessing of unknown words."""

    def __init__(self, words: frozenset[str], frequency: tuple[tuple[str, int], ...]) -> None:
        jieba: Any = import_module("jieba")  # here, because it costs a quarter of a second
        jieba.setLogLevel(logging.CRITICAL)
        self._tokenizer: Any = jieba.Tokenizer()
        with self._tokenizer.get_dict_file() as file:
            self._tokenizer.FREQ, self._tokenizer.total = self._tokenizer.gen_pfdict(file)
        self._tokenizer.initialized = True
        frequencies = self._tokenizer.FREQ
        for word in words:
            frequencies[word] = max(frequencies.get(word, 0), WORD_FREQUENCY)
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        frequencies.update(frequency)

    def cut(self, run: str) -> list[str]:
        """The words of one run of Chinese characters."""
        return list(self._tokenizer.cut(run, HMM=False))

    def knows(self, word: str) -> bool:
        """Whether it is an ordinary word of the language or one of ours."""
        return bool(self._tokenizer.FREQ.get(word))


@cache
def _segmenter(words: frozenset[str], frequency: tuple[tuple[str, int], ...]) -> Segmenter:
    return Segmenter(words, frequency)


def segmenter(words: frozenset[str], frequency: tuple[tuple[str, int], ...] = ()) -> Segmenter:
    """The one segmenter for these words, built at the first call."""
    with _LOCK:
        return _segmenter(words, frequency)
