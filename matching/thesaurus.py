"""Topics by meaning: which concepts of lexicon/topics.toml a text names, means or shows.

A school's order says or hints at a topic; a teacher's biography says it or shows it by what they have done. Clauses
that tell of something not yet mastered (听过, 在学, 还在摸索) show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from matching.terms import load_table

CLAUSE = re.compile(r"[,，。;；!！?？|｜\n]")


@dataclass(frozen=True, slots=True)
class Concept:
    """One topic of the thesaurus."""

    name: str
    subjects: tuple[str, ...]  # none: anybody's
    under: tuple[str, ...]

    def suits(self, subjects: Collection[str]) -> bool:
        """Whether it can be a topic for somebody with these subjects."""
        return not self.subjects or not subjects or any(subject in self.subjects for subject in subjects)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at [start, end) and the concepts it stands for."""

    start: int
    end: int
    phrase: str
    concepts: tuple[str, ...]


class PhraseIndex:
    """Finds phrases in a text in time proportional to the text."""

    __slots__ = ("_by_pair", "_meaning")

    def __init__(self, meaning: Mapping[str, Iterable[str]]) -> None:
        self._meaning = {phrase: tuple(dict.fromkeys(names)) for phrase, names in meaning.items() if len(phrase) > 1}
        by_pair: dict[str, list[str]] = {}
        for phrase in sorted(self._meaning, key=lambda p: (-len(p), p)):
            by_pair.setdefault(phrase[:2], []).append(phrase)
        self._by_pair = by_pair

    def hits(self, text: str) -> Iterator[Hit]:
        """Every phrase at every place, overlapping ones too, left to right, longest first."""
        for start in range(len(text) - 1):
            for phrase in self._by_pair.get(text[start : start + 2], ()):
                if text.startswith(phrase, start):
                    yield Hit(start, start + len(phrase), phrase, self._meaning[phrase])

    def outermost(self, text: str) -> list[Hit]:
        """Phrases that do not lie inside a longer one."""
        found: list[Hit] = []
        for hit in self.hits(text):
            if not any(other.start <= hit.start and hit.end <= other.end for other in found):
                found = [o for o in found if not (hit.start <= o.start and o.end <= hit.end)]
                found.append(hit)
        return found


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All concepts and the three ways to meet them."""

    concepts: Mapping[str, Concept]
    said: PhraseIndex  # names and synonyms
    hinted: PhraseIndex  # how schools mean it
    shown: PhraseIndex  # synonyms and tell-tale phrases of biographies
    fillers: tuple[str, ...]
    unsure: tuple[str, ...]
    barred: tuple[str, ...]
    reasons: tuple[str, ...]
    generic: frozenset[str]
    and_so_on: tuple[str, ...]
    both: frozenset[str]
    implied: Mapping[str, str]  # concept -> subject


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus, loaded at the first call."""
    table = load_table("topics")
    concepts: dict[str, Concept] = {}
    said: dict[str, list[str]] = {}
    hinted: dict[str, list[str]] = {}
    shown: dict[str, list[str]] = {}
    for group in table["group"]:
        for name, entry in group["topics"].items():
            concepts[name] = Concept(name, tuple(group["subjects"]), tuple(entry.get("under", ())))
            _enter(name, entry, said, hinted, shown)
    rules = table["not_shown"]
    return Thesaurus(
        concepts,
        PhraseIndex(said),
        PhraseIndex(hinted),
        PhraseIndex(shown),
        tuple(sorted(rules["fillers"], key=len, reverse=True)),
        tuple(rules["unsure"]),
        tuple(rules["barred"]),
        tuple(rules["reasons"]),
        frozenset(rules["generic"]),
        tuple(rules["and_so_on"]),
        frozenset(rules["both"]),
        dict(table["implied"]),
    )


def _enter(name: str, entry: Mapping[str, Any], said: Any, hinted: Any, shown: Any) -> None:
    for phrase in (name, *entry.get("say", ())):
        said.setdefault(phrase, []).append(name)
        shown.setdefault(phrase, []).append(name)
    for phrase in entry.get("hint", ()):
        hinted.setdefault(phrase, []).append(name)
    for phrase in entry.get("show", ()):
        shown.setdefault(phrase, []).append(name)


def asked_concepts(topics: Iterable[str], subjects: Collection[str]) -> tuple[str, ...]:
    """What the topics of an order mean: the concepts of the longest phrases in each."""
    known = thesaurus()
    found: list[str] = []
    for topic in topics:
        hits = [*known.said.outermost(topic), *known.hinted.outermost(topic)]
        for hit in hits:
            if hit.phrase not in known.generic or hit.phrase == topic:
                found += [name for name in hit.concepts if known.concepts[name].suits(subjects)]
    return tuple(dict.fromkeys(found))


def shown_concepts(topics: Iterable[str], bio: str, subjects: Collection[str]) -> dict[str, str]:
    """concept -> the words that show it, for a teacher; broader concepts included."""
    known = thesaurus()
    found: dict[str, str] = {}
    for topic in topics:  # what teachers list themselves counts whatever they teach
        for hit in known.said.outermost(topic):
            found.update(dict.fromkeys(hit.concepts, hit.phrase))
    for text in (*topics, *_sure_clauses(bio)):
        for hit in known.shown.hits(text):
            for name in hit.concepts:
                if known.concepts[name].suits(subjects):
                    found.setdefault(name, hit.phrase)
    for name in list(found):
        for broader in known.concepts[name].under:
            found.setdefault(broader, found[name])
    return found


def _sure_clauses(bio: str) -> Iterator[str]:
    known = thesaurus()
    for filler in known.fillers:
        if filler in bio:
            bio = bio.replace(filler, "\n")
    for clause in CLAUSE.split(bio):
        if not any(mark in clause for mark in known.unsure):
            yield clause
