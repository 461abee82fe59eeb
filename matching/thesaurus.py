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

    def may_be(self, subjects: Collection[str]) -> bool:
        """Whether somebody with these subjects may have done it: some topics are anybody's."""
        return self.suits(subjects) or self.name in _anybody() or not _anybody().isdisjoint(self.subjects)

    def shown_by(self, phrase: str, subjects: Collection[str]) -> bool:
        """Whether this phrase of somebody with these subjects shows it by itself."""
        return self.suits(subjects) or (len(phrase) > 2 and self.may_be(subjects))


@cache
def _anybody() -> frozenset[str]:
    """Subjects whose topics are anybody's, and topics that are."""
    return frozenset(" ".join(load_table("biographies")["anybody"].values()).split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase at [start, end) and the concepts it stands for."""

    start: int
    end: int
    phrase: str
    concepts: tuple[str, ...]

    def inside(self, other: Hit) -> bool:
        """Whether it lies within a longer one."""
        return other.start <= self.start and self.end <= other.end and len(self.phrase) < len(other.phrase)


class PhraseIndex:
    """Finds phrases in a text in time proportional to the text."""

    __slots__ = ("_by_pair", "_meaning")

    def __init__(self, meaning: Mapping[str, Iterable[str]]) -> None:
        self._meaning = {phrase: tuple(dict.fromkeys(names)) for phrase, names in meaning.items() if len(phrase) > 1}
        by_pair: dict[str, list[str]] = {}
        for phrase in sorted(self._meaning, key=lambda p: (-len(p), p)):
            by_pair.setdefault(phrase[:2], []).append(phrase)
        self._by_pair = by_pair

    @property
    def phrases(self) -> Iterable[str]:
        """All of them."""
        return self._meaning

    def means(self, phrase: str, name: str) -> bool:
        """Whether the phrase stands for this topic."""
        return name in self._meaning.get(phrase, ())

    def hits(self, text: str) -> Iterator[Hit]:
        """Every phrase at every place, overlapping ones too, left to right, longest first."""
        for start in range(len(text) - 1):
            for phrase in self._by_pair.get(text[start : start + 2], ()):
                if text.startswith(phrase, start):
                    yield Hit(start, start + len(phrase), phrase, self._meaning[phrase])

    def outermost(self, text: str) -> list[Hit]:
        """Phrases that do not lie inside a longer one."""
        found: list[Hit] = []
        for hit in self.hits(text):  # from the left, the longest first: what lies inside another comes after it
            if not found or hit.end > found[-1].end:
                found.append(hit)
        return found


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All concepts and the three ways to meet them."""

    concepts: Mapping[str, Concept]
    said: PhraseIndex  # names and synonyms
    hinted: PhraseIndex  # how schools mean it
    named: PhraseIndex  # further words for a topic that is asked for; the reader does not look for them in texts
    shown: PhraseIndex  # synonyms and tell-tale phrases of biographies
    fillers: tuple[str, ...]
    unsure: tuple[str, ...]
    barred: tuple[str, ...]
    reasons: tuple[str, ...]
    beside: tuple[str, ...]
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
    named: dict[str, list[str]] = {}
    for name, phrases in load_table("biographies")["names"].items():
        for phrase in phrases.split():
            named.setdefault(phrase, []).append(name)
            shown.setdefault(phrase, []).append(name)
    for group in load_table("biographies")["group"]:
        for name, entry in group["topics"].items():
            concepts.setdefault(name, Concept(name, tuple(group["subjects"]), ()))
            for phrase in (name, *entry["say"].split()):
                named.setdefault(phrase, []).append(name)
            for phrase in (name, *entry["say"].split(), *entry["show"].split()):
                shown.setdefault(phrase, []).append(name)
    rules = table["not_shown"]
    return Thesaurus(
        concepts,
        PhraseIndex(said),
        PhraseIndex(hinted),
        PhraseIndex(named),
        PhraseIndex(shown),
        tuple(sorted(rules["fillers"], key=len, reverse=True)),
        tuple(rules["unsure"]),
        tuple(rules["barred"]),
        tuple(rules["reasons"]),
        tuple(rules["beside"]),
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
        hits = [*known.said.outermost(topic), *known.hinted.outermost(topic), *known.named.outermost(topic)]
        for hit in hits:
            if (hit.phrase not in known.generic or hit.phrase == topic) and not any(
                hit.inside(other) for other in hits
            ):
                found += _fitting(hit, subjects)
    return tuple(dict.fromkeys(found))


def near_concepts(topic: str, subjects: Collection[str]) -> tuple[str, ...]:
    """What the shorter phrases inside those of a topic mean: 听说 in 听说课. Near to what is asked, not the same."""
    known = thesaurus()
    asked = asked_concepts((topic,), subjects)
    hits = [*known.said.hits(topic), *known.named.hits(topic)]
    inner = [hit for hit in hits if hit.phrase not in known.generic and any(hit.inside(other) for other in hits)]
    found = [name for hit in inner for name in _fitting(hit, subjects)]
    return tuple(name for name in dict.fromkeys(found) if name not in asked)


def _fitting(hit: Hit, subjects: Collection[str]) -> list[str]:
    """The topics of these subjects it stands for, or else those that may be anybody's."""
    concepts = thesaurus().concepts
    own = [name for name in hit.concepts if concepts[name].suits(subjects)]
    return own or [name for name in hit.concepts if concepts[name].may_be(subjects)]


@cache
def concept_names() -> tuple[str, ...]:
    """All concepts in the order of the thesaurus: stored rows hold their places in it."""
    return tuple(thesaurus().concepts)


@cache
def concept_numbers() -> Mapping[str, int]:
    """Concept -> its place in `concept_names`."""
    return {name: place for place, name in enumerate(concept_names())}
