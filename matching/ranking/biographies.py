"""What a teacher's topics and biography show they can do, by meaning.

What they say by name, and the phrases of topics.toml, count by themselves. The everyday words of biographies.toml are
added up: a longer phrase is worth more than a short one, and one that many topics share is worth less. Clauses about
somebody else, or about what is still being learned, show nothing; what is named in one is not believed elsewhere either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from matching.terms import load_table
from matching.thesaurus import CLAUSE, Hit, PhraseIndex, thesaurus

LONGEST = 2_000  # of a biography, the characters that are looked at
QUOTED = 12  # of their words, the most that are shown for two that count together
FIRM, SURE, LIKELY = 4, 2, 1  # what the signs of a topic must be worth together


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that a teacher can do a topic."""

    words: str  # their own
    sure: bool  # otherwise only likely
    firm: bool = False  # by their own list, a telling phrase, or more than one thing


@dataclass(frozen=True, slots=True)
class Signs:
    """Everyday words and what they are worth."""

    phrases: PhraseIndex
    worth: Mapping[str, int]  # phrase -> for each of its topics
    common: frozenset[str]  # too many biographies have them
    first: PhraseIndex  # of two words that count together, for its topics
    second: Mapping[tuple[str, str], tuple[str, ...]]  # (first, topic) -> the words that may follow or go before
    doubtful: re.Pattern[str]  # in clauses that show nothing
    back: re.Pattern[str]  # in clauses that take back the one before them
    fillers: re.Pattern[str]  # taken out before a biography is searched


@cache
def signs() -> Signs:
    """biographies.toml, loaded at the first call."""
    table = load_table("biographies")
    meaning: dict[str, list[str]] = {}
    for name, phrases in table["shows"].items():
        for phrase in phrases.split():
            meaning.setdefault(phrase, []).append(name)
    common = frozenset(table["elsewhere"]["common"].split())
    worth = {phrase: 1 if phrase in common else _worth(phrase, len(names)) for phrase, names in meaning.items()}
    for phrase in thesaurus().shown.phrases:  # so that what lies inside one of these is not taken for a sign
        meaning.setdefault(phrase, [])
    doubtful = " ".join(table["elsewhere"][kind] for kind in ("family", "others", "learning", "pastime")).split()
    fillers = (*thesaurus().fillers, *table["elsewhere"]["manner"].split())
    first, second = _pairs(table["together"])
    return Signs(
        PhraseIndex(meaning),
        worth,
        common,
        first,
        second,
        _any_of((*thesaurus().unsure, *doubtful)),
        _any_of(table["elsewhere"]["back"].split()),
        _any_of(fillers),
    )


def _pairs(table: Mapping[str, str]) -> tuple[PhraseIndex, dict[tuple[str, str], tuple[str, ...]]]:
    """The longer word of each pair is looked for; the other must stand near it."""
    meaning: dict[str, list[str]] = {}
    others: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, pairs in table.items():
        for pair in pairs.split():
            other, word = sorted(pair.split("+"), key=len)
            meaning.setdefault(word, []).append(name)
            others[word, name] = (*others.get((word, name), ()), other)
    return PhraseIndex(meaning), others


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)))


def _worth(phrase: str, topics: int) -> int:
    return max(LIKELY, (2 * SURE if len(phrase) > 2 else SURE) // topics)


def shown_concepts(topics: Iterable[str], bio: str, subjects: Collection[str]) -> dict[str, Shown]:
    """concept -> the words that show it, for a teacher; broader concepts included."""
    known, listed = thesaurus(), tuple(topics)
    sure, doubtful = clauses(bio)
    doubted = {name for clause in doubtful for hit in known.said.hits(clause) for name in hit.concepts}
    found = Evidence()
    for topic in listed:  # what teachers list themselves counts whatever they teach
        for hit in known.said.outermost(topic):
            found.add(hit.phrase, (name for name in hit.concepts if name not in doubted), FIRM)
    for text in (*listed, *sure):
        _add_phrases(found, text, subjects, doubted if text in listed else ())
        _add_signs(found, text, subjects, doubted)
    for place, text in enumerate(sure):
        _add_pairs(found, text, "".join(sure[max(0, place - 1) : place + 2]), subjects, doubted)
    shown = found.shown()
    for name in list(shown):
        for broader in known.concepts[name].under:
            if broader not in shown or shown[name].sure:
                shown.setdefault(broader, shown[name])
    return shown


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each topic: phrase -> what it is worth."""

    met: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, phrase: str, names: Iterable[str], worth: int) -> None:
        """One phrase for some topics; inside a longer one for the same topic it says nothing new."""
        for name in names:
            phrases = self.met.setdefault(name, {})
            if not any(phrase in longer and phrase != longer for longer in phrases):
                phrases[phrase] = max(worth, phrases.get(phrase, 0))

    def shown(self) -> dict[str, Shown]:
        """Every topic with its best phrase, and how sure it is."""
        found = {}
        for name, phrases in self.met.items():
            total = sum(phrases.values())
            if total >= LIKELY:
                best = max(phrases, key=lambda phrase: (phrases[phrase], len(phrase), phrase))
                found[name] = Shown(best, total >= SURE, total >= FIRM)
        return found


def _add_phrases(found: Evidence, text: str, subjects: Collection[str], doubted: Collection[str]) -> None:
    """Names of topics, and the phrases of topics.toml."""
    known = thesaurus()
    for hit in known.shown.hits(text):
        for name in hit.concepts:
            if name not in doubted and known.concepts[name].shown_by(hit.phrase, subjects):
                found.add(hit.phrase, (name,), _worth_by_itself(hit.phrase, name))


@cache
def _worth_by_itself(phrase: str, name: str) -> int:
    """A name of the topic is proof; an everyday word of two characters only where it is no common one."""
    known = thesaurus()
    if len(phrase) > 2 or known.said.means(phrase, name) or known.named.means(phrase, name):
        return SURE
    return LIKELY if phrase in signs().common else SURE


def _add_signs(found: Evidence, text: str, subjects: Collection[str], doubted: Collection[str]) -> None:
    known, all_signs = thesaurus(), signs()
    for hit in all_signs.phrases.outermost(text):
        for name in hit.concepts:
            if name not in doubted and known.concepts[name].may_be(subjects):
                clear = len(hit.phrase) > 2 or known.concepts[name].suits(subjects)
                found.add(hit.phrase, (name,), all_signs.worth[hit.phrase] if clear else LIKELY)


def _add_pairs(found: Evidence, text: str, around: str, subjects: Collection[str], doubted: Collection[str]) -> None:
    """Two words of the same or of the next clause that show together what neither shows alone."""
    known, all_signs = thesaurus(), signs()
    for hit in all_signs.first.hits(text):
        for name in hit.concepts:
            if name in doubted or not known.concepts[name].may_be(subjects):
                continue
            other = next((word for word in all_signs.second[hit.phrase, name] if word in around), "")
            if other:
                found.add(_between(text, hit, other), (name,), SURE)


def _between(text: str, hit: Hit, other: str) -> str:
    """The words from one to the other, or only the first when the other is far off."""
    at = text.find(other)
    begin, end = min(hit.start, at), max(hit.end, at + len(other))
    return text[begin:end] if at >= 0 and end - begin <= QUOTED else hit.phrase


def clauses(bio: str) -> tuple[list[str], list[str]]:
    """The clauses of a biography that tell what a teacher can do, and those that tell of others or of learning."""
    sure: list[str] = []
    doubtful: list[str] = []
    last = sure
    for clause in CLAUSE.split(signs().fillers.sub("\n", bio[:LONGEST])):
        back = bool(signs().back.search(clause))
        if back and last is sure and sure:
            doubtful.append(sure.pop())
        last = doubtful if back or signs().doubtful.search(clause) else sure
        last.append(clause)
    return sure, doubtful
