"""What an order asks for beyond subject, stage and form: its topics, compared with a teacher by meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.parts import part, weights
from matching.pool import Bits, Pool
from matching.thesaurus import asked_concepts, thesaurus
from matching.types import NeedFields, Part

# a unit of a textbook (七下Unit3, 第五课) is where a lesson is, not what a teacher must be able to do
_UNIT = re.compile(r"[A-Za-z]{4,}\s?\d|^\W")


@dataclass(frozen=True, slots=True)
class Wish:
    """The topics of one order: as concepts of the thesaurus, and as words where it has none."""

    concepts: tuple[tuple[str, str], ...]  # concept, topic as worded
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.concepts or self.words)


def wish_of(need: NeedFields) -> Wish:
    """What the topics of an order mean."""
    concepts: list[tuple[str, str]] = []
    words: list[str] = []
    for topic in need.topics:
        found = asked_concepts((topic,), need.subjects)
        concepts += [(concept, topic) for concept in found]
        if not found and not _UNIT.search(topic):
            words.append(topic)
    return Wish(tuple(concepts), tuple(words))


def showing(wish: Wish, pool: Pool, among: Bits) -> Bits:
    """The teachers among `among` who show at least one of the topics."""
    found = pool.having(pool.by_concept, (concept for concept, _ in wish.concepts)) & among
    for word in wish.words:
        for position, teacher in enumerate(pool.teachers):
            if among >> position & 1 and _mentions(word, (*teacher.topics, teacher.bio)):
                found |= 1 << position
    return found


def _mentions(word: str, texts: tuple[str, ...]) -> bool:
    """A word the thesaurus does not know: found as it is, or at least half of its pairs of characters in one text."""
    pairs = {word[i : i + 2] for i in range(len(word) - 1)}
    return any(word in text or (len(pairs) > 1 and 2 * sum(p in text for p in pairs) > len(pairs)) for text in texts)


def topic_part(wish: Wish, pool: Pool, position: int) -> Part | None:
    """Which topics a teacher shows, with the words of theirs that show it."""
    if not wish:
        return None
    shown, teacher = pool.shown[position], pool.teachers[position]
    met = {topic: shown[concept] for concept, topic in wish.concepts if concept in shown}
    met |= {word: word for word in wish.words if _mentions(word, (*teacher.topics, teacher.bio))}
    table = weights()["topic"]
    if met:
        points = min(table["shared"] + table["more"] * (len(met) - 1), table["most"])
        topic = next(iter(met))
        return Part("topic", "shared", float(points), {"topic": topic, "words": met[topic]})
    wider = _wider(wish, shown)
    if wider:
        return part("topic", "broader", topic=wider[0], words=wider[1])
    return part("topic", "none", topic=(*(t for _, t in wish.concepts), *wish.words)[0])


def _wider(wish: Wish, shown: dict[str, str]) -> tuple[str, str] | None:
    """A teacher who shows the broader topic of one that is asked for."""
    for concept, topic in wish.concepts:
        for broader in thesaurus().concepts[concept].under:
            if broader in shown:
                return topic, shown[broader]
    return None
