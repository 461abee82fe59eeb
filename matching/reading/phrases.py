"""Topics the thesaurus does not know, found by where they stand: 作业设计专题培训, 重点指导 X, “X”, 会 X 的.

A phrase is a run of plain words of one clause: no wish, number, person, time or form of help in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from matching.reading.scene import NO, Scene
from matching.terms import load_table

SHORTEST, LONGEST = 2, 12
MANNER = (3, 8)  # characters of what people do not know how to do

Stretch = tuple[int, int]
"""[start, end) in the clean text."""


@cache
def words(section: str, kind: str = "words") -> frozenset[str]:
    """A list of announce.toml."""
    return frozenset(load_table("announce")[section][kind])


def phrases(scene: Scene) -> Iterator[Stretch]:
    """Stretches that are probably topics, for the reader to compare with what it knows."""
    for index, token in enumerate(scene.tokens):
        if scene.stance[index] == NO or index in scene.timed:
            continue
        if token.text in words("heads", "kept"):
            yield from _before(scene, index + 1)
        elif token.text in words("heads"):
            yield from _before(scene, index)
        if token.text in words("openers"):
            yield from _after(scene, index + 1)
        elif token.text in words("openers", "how"):
            yield from _manner(scene, index + 1)
    yield from _quoted(scene)


def _before(scene: Scene, end: int) -> Iterator[Stretch]:
    """The phrase that ends before token `end`."""
    begin = end
    clause = scene.clause_of(end - 1)
    while (
        begin > max(clause.start, end - LONGEST)
        and _plain(scene, begin - 1)
        and not (begin < end and scene.apart(begin))
    ):
        begin -= 1
    yield from _cut(scene, begin, end)


def _after(scene: Scene, begin: int) -> Iterator[Stretch]:
    """The phrase that begins at token `begin`."""
    if begin >= len(scene.tokens) or scene.clause[begin] != scene.clause[begin - 1]:
        return
    end = begin
    while end < min(scene.clause_of(begin).stop, begin + LONGEST) and _plain(scene, end):
        end += 1
    yield from _cut(scene, begin, end)


def _manner(scene: Scene, begin: int) -> Iterator[Stretch]:
    """怎么布置作业, 咋配药品: what is to be done, up to the end of the clause."""
    if begin >= len(scene.tokens) or scene.clause[begin] != scene.clause[begin - 1]:
        return
    stop = scene.clause_of(begin).stop
    if stop - begin > MANNER[1]:
        return
    if any(scene.has(at, "num", "lack", "need", "stage", "grade") for at in range(begin, stop)):
        return
    start, end = scene.tokens[begin].start, scene.tokens[stop - 1].end
    word = scene.text.chars[start:end]
    if MANNER[0] <= len(word) <= MANNER[1] and not any(scene.has(at, "subject") for at in range(begin, stop)):
        yield start, end


def _plain(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    if index in scene.timed or scene.stance[index] == NO or token.text in words("phrase", "ends"):
        return False
    if token.text in words("phrase", "inside") or "sep" in token:
        return True
    return (
        not token.tags.keys() - {"subject", "others", "stage", "vocational", "nosubject"} and token.text[0] >= "\u4e00"
    )


def _cut(scene: Scene, begin: int, end: int) -> Iterator[Stretch]:
    """The pieces between 、与和, without what stands at their edges."""
    at = begin
    for index in range(begin, end + 1):
        if index == end or "sep" in scene.tokens[index]:
            yield from _trimmed(scene, at, index)
            at = index + 1


def _trimmed(scene: Scene, begin: int, end: int) -> Iterator[Stretch]:
    edges = words("phrase", "edges")
    while begin < end and (scene.tokens[begin].text in edges or scene.has(begin, "subject", "stage", "grade")):
        begin += 1
    while begin < end and scene.tokens[end - 1].text in edges:
        end -= 1
    if begin == end:
        return
    start, stop = scene.tokens[begin].start, scene.tokens[end - 1].end
    word = scene.text.chars[start:stop]
    if SHORTEST <= len(word) <= LONGEST and word not in words("phrase", "generic"):
        yield start, stop


def _quoted(scene: Scene) -> Iterator[Stretch]:
    """《背影》, “大单元教学”."""
    for opening, closing in load_table("announce")["titles"]["marks"]:
        for match in re.finditer(f"{opening}([^{opening}{closing}\\n]{{2,{LONGEST}}}){closing}", scene.text.chars):
            before = scene.text.chars[max(0, match.start() - 3) : match.start()].rstrip()
            told = before.endswith(tuple(words("titles", "told")))  # 开头都是“今天天气真好”
            generic = match[1] in words("phrase", "generic")
            if scene.stance[scene.token_at(match.start(1))] != NO and not told and not generic:
                yield match.span(1)
