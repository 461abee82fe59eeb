"""What an order asks for beyond subject, stage and form: its topics, compared with a teacher by meaning.

A topic the thesaurus knows is compared by concepts. One it does not know is compared by pairs of characters, each worth
the more the fewer teachers have it: a pair everybody has says nothing, a rare one says nearly all.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.columns import level_names
from matching.parts import level, points_of, weights
from matching.pool import Pool
from matching.postings import Mask, Positions
from matching.stored import LIKELY, pairs_of
from matching.thesaurus import asked_concepts, concept_numbers, thesaurus
from matching.types import NeedFields, Part

# a unit of a textbook (七下Unit3, 第五课) is where a lesson is, not what a teacher must be able to do
_UNIT = re.compile(r"[A-Za-z]{4,}\s?\d|^\W")
PAIRS = 12  # of an unknown topic, the rarest
COMMON = 0.2  # a pair that more than this share of teachers have is not looked at, if rarer ones are left
FEW = 3
ALIKE, LITTLE = 50, 34  # hundredths of the worth of its pairs that a teacher must have: surely, likely


@dataclass(frozen=True, slots=True)
class Asked:
    """One topic of an order: as concepts of the thesaurus, or as pairs of characters where it has none."""

    topic: str
    concepts: tuple[str, ...]
    pairs: tuple[int, ...]


Wish = tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class TopicFit:
    """Who shows the topics of an order, by position."""

    met: NDArray[np.int8]  # how many of the topics
    shown: Mask  # at least one
    likely: Mask  # something that may mean one of them
    wider: Mask  # the broader field of one of them


def wish_of(need: NeedFields) -> Wish:
    """What the topics of an order mean."""
    wish = []
    for topic in need.topics:
        concepts = asked_concepts((topic,), need.subjects)
        pairs = () if concepts or _UNIT.search(topic) else tuple(sorted(pairs_of((topic,))))
        if concepts or pairs:
            wish.append(Asked(topic, concepts, pairs))
    return tuple(wish)


def topic_fit(wish: Wish, pool: Pool) -> TopicFit:
    """Everybody at once."""
    met = np.zeros(len(pool), np.int8)
    likely, wider = np.zeros(len(pool), bool), np.zeros(len(pool), bool)
    for asked in wish:
        if asked.pairs:
            share = _share(asked.pairs, pool)
            met += share >= ALIKE
            likely |= share >= LITTLE
            continue
        sure = np.zeros(len(pool), bool)
        for concept in asked.concepts:
            sure[_having(concept, pool)] = True
            likely[_having(concept, pool, LIKELY)] = True
            for broader in thesaurus().concepts[concept].under:
                wider[_having(broader, pool)] = True
        met += sure
    return TopicFit(met, met > 0, likely, wider)


def _having(concept: str, pool: Pool, mark: int = 0) -> Positions:
    return pool.by_concept.of(concept_numbers()[concept] | mark)


def _share(pairs: tuple[int, ...], pool: Pool) -> NDArray[np.int32]:
    """How much of the worth of these pairs each teacher has, in hundredths."""
    total = 0
    has = np.zeros(len(pool), np.int32)
    having = sorted((pool.by_pair.of(pair) for pair in pairs), key=len)[:PAIRS]
    for rank, positions in enumerate(having):
        if rank >= FEW and len(positions) > COMMON * len(pool):
            break
        worth = round(64 * math.log1p(len(pool) / (1 + len(positions))))
        total += worth
        has[positions] += 100 * worth
    return has // np.int32(max(1, total))


def topic_levels(fit: TopicFit, at: Positions) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    """Level and points of each teacher at `at`."""
    table, met = weights()["topic"], fit.met.take(at).astype(np.int32)
    found = np.full(len(at), level("topic", "none"), np.int8)
    found[fit.wider.take(at)] = level("topic", "broader")
    found[fit.likely.take(at)] = level("topic", "likely")
    found[met > 0] = level("topic", "shared")
    several = np.minimum(table["shared"] + table["more"] * (met - 1), table["most"])
    points: NDArray[np.int32] = np.where(met > 0, several, points_of("topic")[found]).astype(np.int32)
    return found, points


def topic_part(wish: Wish, pool: Pool, position: int, place: int, points: float) -> Part:
    """The topic's part of one teacher, with the words of theirs that show it."""
    name, shown = level_names("topic")[place], pool.shown(position)
    for asked in wish if name != "none" else ():
        names = asked.concepts
        if name == "broader":
            names = tuple(broader for concept in names for broader in thesaurus().concepts[concept].under)
        words = next(
            (shown[each].words for each in names if each in shown and shown[each].sure >= (name != "likely")), ""
        )
        if words:
            return Part("topic", name, points, {"topic": asked.topic, "words": words})
    topic = next((asked.topic for asked in wish if asked.pairs), wish[0].topic)
    return Part("topic", name, points, {"topic": topic} | ({} if name == "none" else {"words": topic}))
