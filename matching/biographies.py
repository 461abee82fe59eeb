"""What a teacher's topics and biography show they can do, by meaning.

What they say by name, and the phrases of topics.toml, count by themselves. The everyday words of biographies.toml are
added up: a longer phrase is worth more than a short one, and one that many topics share is worth less. Clauses about
somebody else, or about what is still being learned, show nothing; what is named in one is not believed elsewhere either.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from matching.terms import load_table
from matching.thesaurus import CLAUSE, PhraseIndex, thesaurus

LONGEST = 2_000  # of a biography, the characters that are looked at
SURE, LIKELY = 2, 1  # what the signs of a topic must be worth together


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that a teacher can do a topic."""

    words: str  # their own
    sure: bool  # otherwise only likely


@dataclass(frozen=True, slots=True)
class Signs:
    """Everyday words and what they are worth."""

    phrases: PhraseIndex
    worth: Mapping[str, int]  # phrase -> for each of its topics
    doubtful: re.Pattern[str]  # in clauses that show nothing
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
    return Signs(PhraseIndex(meaning), worth, _any_of((*thesaurus().unsure, *doubtful)), _any_of(fillers))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)))


def _worth(phrase: str, topics: int) -> int:
    return max(LIKELY, (2 * SURE if len(phrase) > 2 else SURE) // topics)


def shown_concepts(topics: Iterable[str], bio: str, subjects: Collection[str]) -> dict[str, Shown]:
    """concept -> the words that show it, for a teacher; broader concepts included."""
    known, listed = thesaurus(), tuple(topics)
    sure, doubtful = clauses(bio)
    found: dict[str, Shown] = {}
    doubted = {name for clause in doubtful for hit in known.said.hits(clause) for name in hit.concepts}
    for topic in listed:  # what teachers list themselves counts whatever they teach
        for hit in known.said.outermost(topic):
            found.update((name, Shown(hit.phrase, True)) for name in hit.concepts if name not in doubted)
    for text in (*listed, *sure):
        for hit in known.shown.hits(text):
            for name in hit.concepts:
                if known.concepts[name].shown_by(hit.phrase, subjects) and (text not in listed or name not in doubted):
                    found.setdefault(name, Shown(hit.phrase, True))
    _add_signs(found, (*listed, *sure), subjects, doubted)
    for name in list(found):
        for broader in known.concepts[name].under:
            if broader not in found or found[name].sure:
                found.setdefault(broader, found[name])
    return found


def _add_signs(found: dict[str, Shown], texts: Iterable[str], subjects: Collection[str], doubted: set[str]) -> None:
    known, all_signs = thesaurus(), signs()
    met: dict[str, dict[str, int]] = {}
    for text in texts:
        for hit in all_signs.phrases.outermost(text):
            for name in hit.concepts:
                if name not in found and name not in doubted and known.concepts[name].may_be(subjects):
                    clear = len(hit.phrase) > 2 or known.concepts[name].suits(subjects)
                    met.setdefault(name, {})[hit.phrase] = all_signs.worth[hit.phrase] if clear else LIKELY
    for name, phrases in met.items():
        total = sum(phrases.values())
        if total >= LIKELY:
            best = max(phrases, key=lambda phrase: (phrases[phrase], len(phrase), phrase))
            found[name] = Shown(best, total >= SURE)


def clauses(bio: str) -> tuple[list[str], list[str]]:
    """The clauses of a biography that tell what a teacher can do, and those that tell of others or of learning."""
    sure: list[str] = []
    doubtful: list[str] = []
    for clause in CLAUSE.split(signs().fillers.sub("\n", bio[:LONGEST])):
        (doubtful if signs().doubtful.search(clause) else sure).append(clause)
    return sure, doubtful
