"""What a teacher is good at, as worded: topics.

A skill is announced (擅长…, 会…), followed by praise (…是强项, …都会), or stands alone in a short line (数独 魔方社团);
phrases of the thesaurus count anywhere. Clauses that tell of interests not yet mastered, of honours and of what is
not done show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from matching.profiles.clauses import Clause, any_of, holds, pattern, people
from matching.terms import terms
from matching.thesaurus import thesaurus
from matching.words.vocabulary import vocabulary

FREE = (None, "topic", "window", "mode", "subject")


def topics_of(clauses: Sequence[Clause], subjects: tuple[str, ...], known: Sequence[str | None]) -> tuple[str, ...]:
    """The skills of all clauses; `known` are the words already read as name, school, home."""
    taken = tuple(word for word in known if word)
    introduced = bool(subjects) or any(taken)
    found: list[str] = []
    for clause in clauses:
        if clause.label in FREE and clause.words not in taken:
            found += _skills(_without_fillers(clause.words, taken), clause.label, subjects, introduced)
    return tuple(dict.fromkeys(_outermost(found)))


def _outermost(found: Sequence[str]) -> Iterator[str]:
    """Topics that are no part of another one."""
    for topic in found:
        if not any(topic != other and topic in other for other in found):
            yield topic


def _without_fillers(words: str, taken: tuple[str, ...]) -> str:
    for filler in (*taken, *thesaurus().fillers):
        words = words.replace(filler, "")
    return words


def _skills(words: str, label: str | None, subjects: tuple[str, ...], introduced: bool) -> Iterator[str]:
    rules = people()["skills"]
    words = _joined_subjects().sub("", pattern(rules["honours"]).split(words)[0])
    words = pattern(rules["online"]).sub("", words)
    if not words or holds(words, thesaurus().unsure) or holds(_despite().sub("", words), rules["stop"]):
        return
    hits = list(_in_thesaurus(words, subjects))
    short = introduced and len(words) <= rules["longest_bare"] and label is None
    covered: list[str] = []
    pieces = [_trimmed(piece) for piece in re.split(rules["split"], words)]
    announced = label == "topic" or any(here for _, here in pieces)
    for topic, _ in pieces:
        met = any(hit in topic for hit in hits)
        if (announced or short or met) and topic and _is_topic(topic, bare=not announced and not met):
            covered.append(topic)
    yield from covered
    yield from (hit for hit in hits if not any(hit in topic for topic in covered))
    yield from (word for word in _finer().findall(words) if not any(word in topic for topic in covered))


@cache
def _joined_subjects() -> re.Pattern[str]:
    """Subjects whose name holds an "and": no list of two things."""
    return any_of(tuple(word for word in terms().words["subject"] if pattern(people()["skills"]["split"]).search(word)))


def _in_thesaurus(words: str, subjects: tuple[str, ...]) -> Iterator[str]:
    known = thesaurus()
    barred = [match.span() for match in _barred().finditer(words)]
    for hit in known.said.outermost(words):
        if hit.phrase in known.generic or hit.phrase in terms().words["subject"] or hit.phrase in _bare_never():
            continue
        crossed = any(start < hit.end and hit.start < end for start, end in barred)
        if not crossed and any(known.concepts[name].suits(subjects) for name in hit.concepts):
            yield hit.phrase


@cache
def _barred() -> re.Pattern[str]:
    return any_of((*thesaurus().barred, *people()["skills"]["barred"]))


@cache
def _bare_never() -> frozenset[str]:
    return frozenset(people()["skills"]["bare_never"])


@cache
def _despite() -> re.Pattern[str]:
    return any_of(tuple(people()["skills"]["despite"]))


@cache
def _finer() -> re.Pattern[str]:
    return any_of(tuple(people()["subjects"]["finer"]))


# --- what is a topic --------------------------------------------------------------------------------------


ROUNDS = 3  # so many words of praise may follow a skill


@cache
def _trail() -> re.Pattern[str]:
    rules = people()
    return re.compile(str(rules["skills"]["trail"]).replace("N", rules["years"]["number"]))


def _trimmed(piece: str) -> tuple[str, bool]:
    """The skill without what leads up to it and what praises it, and whether either was there to announce it."""
    rules = people()["skills"]
    announced = False
    words = vocabulary().segmenter.cut(piece)
    while (
        len(words) > 1 and len("".join(words[1:])) > 1 and (words[0] in rules["lead"] or words[0] in rules["announces"])
    ):
        announced = announced or words[0] in rules["announces"]
        words = words[1:]
    topic = "".join(words)
    for _ in range(ROUNDS):
        match = _trail().search(topic)
        if not match or match.start() < 2:
            break
        topic, announced = topic[: match.start()], True
    return topic, announced


def _is_topic(topic: str, *, bare: bool) -> bool:
    rules = people()["skills"]
    if not 2 <= len(topic) <= (rules["longest_bare"] if bare else rules["longest"]) or topic in _bare_never():
        return False
    if bare and (topic.endswith(tuple(rules["bare_ends"])) or not _is_skilled().search(topic)):
        return False
    rest = _despite().sub("", topic)
    return (
        not holds(rest, rules["never"]) and not _is_something_else(topic) and bool(pattern(rules["shape"]).match(topic))
    )


@cache
def _is_skilled() -> re.Pattern[str]:
    return re.compile("|".join(people()["skills"]["skilled"]))


def _is_something_else(topic: str) -> bool:
    """Wholly made of subjects, stages, persons, numbers: 高中数学 is no skill; 篮球 is."""
    known = vocabulary()
    if (
        holds(topic, people()["title"]["words"])
        or topic in thesaurus().generic
        or topic in people()["cities"]["names"]
        or topic in people()["regions"]["names"]
    ):
        return True
    if _finer().fullmatch(topic) or topic in thesaurus().concepts:
        return False
    other = people()["skills"]["other"]
    return all(
        known.tags(word).keys() & set(other) or word in people()["skills"]["courses"]
        for word in known.segmenter.cut(topic)
    )
