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

from matching.ranking.columns import level_names
from matching.ranking.parts import level, pick, points_of, weights
from matching.ranking.pool import Pool
from matching.ranking.postings import Mask, Positions
from matching.ranking.stored import FIRM, LIKELY, pairs_of
from matching.thesaurus import asked_concepts, concept_numbers, near_concepts, thesaurus
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
    near: tuple[str, ...] = ()  # concepts of shorter phrases in it

    @property
    def broader(self) -> tuple[str, ...]:
        """The wider fields of its concepts."""
        return tuple(wide for name in self.concepts for wide in thesaurus().concepts[name].under)


Wish = tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class TopicFit:
    """Who shows the topics of an order, by position."""

    met: NDArray[np.int8]  # how many of the topics
    shown: Mask  # at least one
    firm: Mask  # by a telling phrase or by more than one thing
    likely: Mask  # something that may mean one of them
    wider: Mask  # the broader field of one of them


def wish_of(need: NeedFields) -> Wish:
    """What the topics of an order mean."""
    wish = []
    for topic in need.topics:
        concepts = asked_concepts((topic,), need.subjects)
        pairs = () if concepts or _UNIT.search(topic) else tuple(sorted(pairs_of((topic,))))
        if concepts or pairs:
            wish.append(Asked(topic, concepts, pairs, near_concepts(topic, need.subjects)))
    return tuple(wish)


def guessed(need: NeedFields) -> bool:
    """Whether the order names no subject and its reader took one from the topic: then the topic decides."""
    said = need.evidence.get("subjects", ())
    return bool(need.subjects and said) and set(said) <= set(need.evidence.get("topics", ()))


def topic_fit(wish: Wish, pool: Pool) -> TopicFit:
    """Everybody at once."""
    met = np.zeros(len(pool), np.int8)
    firm, likely, wider = (np.zeros(len(pool), bool) for _ in range(3))
    for asked in wish:
        if asked.pairs:
            share = _share(asked.pairs, pool)
            met += share >= ALIKE
            likely |= share >= LITTLE
            continue
        sure = np.zeros(len(pool), bool)
        for concept in asked.concepts:
            sure[_having(concept, pool)] = True
            most = _having(concept, pool, FIRM)
            sure[most] = firm[most] = True
            likely[_having(concept, pool, LIKELY)] = True
            for broader in thesaurus().concepts[concept].under:
                wider[_having(broader, pool)] = True
                wider[_having(broader, pool, FIRM)] = True
        for near in asked.near:
            likely[_having(near, pool)] = True
            likely[_having(near, pool, FIRM)] = True
        met += sure
    return TopicFit(met, met > 0, firm, likely, wider)


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
    for mask, name in ((fit.wider, "broader"), (fit.likely, "likely")):
        if mask.any():
            found = pick(mask.take(at), level("topic", name), found)
    found = pick(met > 0, level("topic", "shared"), found)
    beside = np.int32(table["more"]) * (met - 1) + np.int32(table["firm"]) * fit.firm.take(at)
    beside = np.minimum(beside, np.int32(table["most"] - table["shared"])) * (met > 0)
    points: NDArray[np.int32] = points_of("topic").take(found) + beside
    return found, points


def topic_part(wish: Wish, pool: Pool, position: int, place: int, points: float) -> Part:
    """The topic's part of one teacher, with the words of theirs that show it."""
    name = level_names("topic")[place]
    for asked in wish if name != "none" else ():
        names = asked.broader if name == "broader" else asked.concepts
        words = pool.words_for(position, names, LIKELY if name == "likely" else 0) if names else ""
        if name == "likely" and not words:
            words = pool.words_for(position, asked.near, 0)
        if words:
            return Part("topic", name, points, {"topic": asked.topic, "words": words})
    topic = next((asked.topic for asked in wish if asked.pairs), wish[0].topic)
    return Part("topic", name, points, {"topic": topic} | ({} if name == "none" else {"words": topic}))
