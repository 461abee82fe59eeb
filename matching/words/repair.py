"""Undoes slips of the keyboard and of speech input before the grammar looks: typed pinyin, homophones, look-alikes.

Only words of the vocabulary are repaired to, only where the segmenter sees no ordinary word, and a Chinese repair never
changes the length, so spans stay true. Subjects are never guessed by similarity of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from matching.terms import load_table, terms
from matching.words.text import Text
from matching.words.tokens import Token, tokenize
from matching.words.vocabulary import vocabulary

_LATIN = re.compile(r"[A-Za-z]{2,40}(?: [A-Za-z]{1,40}){0,20}")
_CORE_TAGS = ("subject", "mode", "stage", "person", "role")


def tokens_of(text: Text) -> tuple[Text, list[Token]]:
    """The text as it was meant, and its tokens."""
    text = _spelled_out(text)
    text = _swapped(text)
    tokens = tokenize(text)
    mended = _mended(text, tokens)
    return (mended, tokenize(mended)) if mended is not text else (text, tokens)


# --- typed pinyin ---------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    """How a character sounds, with the distinctions dropped that speakers of the south-west and typists mix up."""
    from pypinyin import lazy_pinyin

    sound: str = lazy_pinyin(char)[0]
    for wide, narrow in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in")):
        sound = sound.replace(wide, narrow)
    return sound


@cache
def _typed() -> Mapping[str, str]:
    """Pinyin without tones and spaces -> the word it stands for."""
    from pypinyin import lazy_pinyin

    table = load_table("pinyin")
    known: dict[str, str] = {}
    names = [word for kind in ("subject", "stage", "mode") for word in terms().words[kind]]
    for word in (*table["words"], *terms().ids["subject"], *names, *terms().groups):
        if not word.isascii():
            known.setdefault("".join(lazy_pinyin(word)), word)
    return known


def _spelled_out(text: Text) -> Text:
    """Latin runs that are pinyin of our words become those words, last run first."""
    found = [run for match in _LATIN.finditer(text.chars) for run in _runs(match)]
    certain = any(len("".join(words)) >= 2 for _, words in found)
    for letters, words in reversed(found):
        if certain and words:
            text = _put(text, letters, words)
    return text


def _runs(match: re.Match[str]) -> list[tuple[list[int], tuple[str, ...]]]:
    """(positions of the letters, words) for the whole run, or for its parts when only those are pinyin."""
    letters = [at for at in range(match.start(), match.end()) if match.string[at] != " "]
    words = _pinyin_words(match[0].replace(" ", "").lower())
    if words or " " not in match[0]:
        return [(letters, words)]
    parts = [(match.start() + m.start(), m[0]) for m in re.finditer("[A-Za-z]+", match[0])]
    return [(list(range(at, at + len(part))), _pinyin_words(part.lower())) for at, part in parts]


def _put(text: Text, letters: list[int], words: tuple[str, ...]) -> Text:
    """The words in place of the letters, each with the letters it was typed with."""
    stop = len(letters)
    for word in reversed(words):
        begin = stop - len(_sounds()[word])
        text = text.replaced(letters[begin], letters[stop - 1] + 1, word)
        stop = begin
    return text


@cache
def _sounds() -> Mapping[str, str]:
    return {word: sound for sound, word in _typed().items()}


@lru_cache(maxsize=1024)
def _pinyin_words(run: str) -> tuple[str, ...]:
    """The fewest words whose pinyin makes up the run; none when it is not pinyin of ours."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 20), end):
            word, before = _typed().get(run[start:end]), best[start]
            if word and before is not None and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, word)
    return best[-1] or ()


# --- mistakes in Chinese --------------------------------------------------------------------------


@cache
def _typos() -> Mapping[str, Any]:
    return load_table("typos")


def _swapped(text: Text) -> Text:
    for pattern, right in _typos()["rewrites"].items():
        for match in reversed(list(re.finditer(pattern, text.chars))):
            text = text.replaced(match.start(), match.end(), right)
    for wrong, right in _typos()["always"].items():
        at = text.chars.find(wrong)
        while at >= 0:
            text = text.replaced(at, at + len(wrong), right)
            at = text.chars.find(wrong, at + len(wrong))
    return text


@cache
def _by_sound() -> Mapping[tuple[str, ...], str]:
    """Sound of each character -> the word, for words that may be repaired to."""
    table = _typos()
    known: dict[tuple[str, ...], str] = {}
    subjects = [name for name in terms().ids["subject"] if name not in terms().majors]
    for word in (*subjects, *table["homophones"]["words"]):
        if len(word) >= 2:
            known.setdefault(tuple(map(_sound, word)), word)
    return known


def _mended(text: Text, tokens: list[Token]) -> Text:
    for start, right in [*_beside(tokens), *_homophones(text, tokens)]:
        text = text.replaced(start, start + len(right), right)
    return text


def _beside(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Real words that are a subject only beside a word such as 老师."""
    table = _typos()["beside"]
    near, after, words = table["near"], table["after"], table["words"]
    for index, token in enumerate(tokens):
        right = words.get(token.text)
        width = 1
        if right is None and index + 1 < len(tokens):
            right, width = words.get(token.text + tokens[index + 1].text), 2
        if right is None:
            continue
        following = "".join(t.text for t in tokens[index + width : index + width + 3])
        before = tokens[index - 1].text if index else ""
        beside = index > 0 and ("subject" in tokens[index - 1] or "grade" in tokens[index - 1])
        if (
            beside
            or following.startswith(tuple(near))
            or (before in after and not following.startswith(tuple(table["never"])))
        ):
            yield token.start, right


def _homophones(text: Text, tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Runs of words the segmenter could not make sense of that sound like one of ours."""
    knows = vocabulary().segmenter.knows
    for index, token in enumerate(tokens):
        for width in (2, 3, 4):
            window = tokens[index : index + width]
            chars = text.chars[token.start : window[-1].end]
            if len(window) < width or not 2 <= len(chars) <= 6 or chars.isascii():
                continue
            right = _by_sound().get(tuple(map(_sound, chars)))
            if right and right != chars and not knows(chars) and _plausible(window, chars, right):
                yield token.start, right


def _plausible(window: list[Token], chars: str, right: str) -> bool:
    """At least half the characters are right already, and the pieces are not words in their own right."""
    same = sum(a == b for a, b in zip(chars, right, strict=False))
    loose = sum(len(token.text) == 1 for token in window)
    return len(chars) == len(right) and same * 2 >= len(right) and loose * 2 >= len(window)
