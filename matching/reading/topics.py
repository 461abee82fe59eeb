"""Topics of a text: phrases of the thesaurus, tell-tale phrases, short phrases where a topic is announced, and learned ones.

A phrase is kept as worded; a tell-tale phrase gives the topic's name. Topics of work on the side (协助 …), and after
them those of a reason or a story (为提升 …, 我校 … 仅为71%), count only when the text names no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from matching.reading.phrases import words
from matching.reading.scene import NO, SENTENCE, Scene
from matching.reading.tagger import Known, known_in, tagged
from matching.terms import load_table
from matching.thesaurus import Hit, thesaurus
from matching.types import Span
from matching.words.tokens import Token

LONGEST = 12  # a longer phrase is no topic but a sentence
JOINT = 4  # characters between two phrases that are listed beside each other
ASKED, SIDE, STORY = range(3)  # how far from the request a topic is said


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A topic, the row and token it stands at, where it was said, and the subjects it belongs to (none: any)."""

    name: str
    row: int
    at: int
    spans: tuple[Span, ...]
    subjects: tuple[str, ...]
    aside: int = ASKED
    line: int = 0


@cache
def _rules() -> dict[str, Any]:
    return load_table("announce")


def topic_marks(scene: Scene) -> list[TopicMark]:
    """All topics, left to right, one for each concept."""
    known = known_in(scene)
    hits = _phrases(scene, known)
    marks = [*_from_hits(scene, hits), *_units(scene), *_announced(scene, hits), *_cells(scene, hits)]
    taken = [span for mark in marks for span in mark.spans]
    learned = list(tagged(scene, known))
    for start, end in (*known.ruled, *learned):
        begin, finish = scene.text.span(start, end)
        if not any(a < finish and begin < b for a, b in taken):
            marks.append(_mark(scene, scene.text.chars[start:end], start, end, (), _aside(scene, start)))
            taken.append(marks[-1].spans[0])
    marks = [_if_learned(mark, [scene.text.span(*stretch) for stretch in learned]) for mark in marks]
    marks += _specialities(scene, marks)
    board = load_table("words")["board"]["words"]
    marks = [mark for mark in marks if mark.name not in board]  # 学校可提供食堂 asks for no help with it
    marks.sort(key=lambda mark: mark.at)
    return _once(marks)


def _if_learned(mark: TopicMark, learned: list[Span]) -> TopicMark:
    """What the tagger takes for a topic too is one, even in a reason or a story."""
    sure = any(a < finish and begin < b for a, b in mark.spans for begin, finish in learned)
    return replace(mark, aside=ASKED) if sure else mark


def _specialities(scene: Scene, marks: list[TopicMark]) -> Iterator[TopicMark]:
    """钢琴, 田径, 通用技术: words for a subject that say which side of it is wanted."""
    taken = [span for mark in marks for span in mark.spans]
    for index, token in enumerate(scene.tokens):
        if token.text not in words("special") or scene.stance[index] == NO:
            continue
        begin, finish = scene.span(index)
        if not any(a < finish and begin < b for a, b in taken):
            yield _mark(scene, token.text, token.start, token.end, ())


def last_resort(scene: Scene) -> list[TopicMark]:
    """听评课, 磨课: how the help is given, for an order that has no other topic."""
    found = _any_of(tuple(_rules()["last"]["words"])).finditer(scene.text.chars)
    return [_mark(scene, match[0], match.start(), match.end(), ()) for match in found]


def _once(marks: list[TopicMark]) -> list[TopicMark]:
    kept: dict[tuple[int, str], TopicMark] = {}
    for mark in marks:
        kept.setdefault((mark.row, mark.name), mark)
    return list(kept.values())


def _mark(scene: Scene, name: str, start: int, end: int, subjects: tuple[str, ...], aside: int = ASKED) -> TopicMark:
    at = scene.token_at(start)
    spans = (scene.text.span(start, end),)
    return TopicMark(name[:LONGEST], scene.row[at], at, spans, subjects, aside, scene.line[at])


# --- phrases of the thesaurus ---------------------------------------------------------------------


def _phrases(scene: Scene, looked_up: Known) -> list[tuple[Hit, bool]]:
    """(hit, whether it is only a tell-tale) outside barred words and excluded clauses."""
    known, chars = thesaurus(), scene.text.chars
    barred = [match.span() for match in _any_of(known.barred).finditer(chars)]
    found: list[tuple[Hit, bool]] = []
    for hits, hinted in ((looked_up.said, False), (looked_up.hinted, True)):
        for hit in hits:
            crossed = any(start < hit.end and hit.start < end for start, end in barred)
            if not crossed and hit.phrase not in known.generic and not _excluded(scene, hit, hinted):
                found.append((hit, hinted))
    return found


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _excluded(scene: Scene, hit: Hit, hinted: bool) -> bool:
    at = scene.token_at(hit.start)
    token = scene.tokens[at]
    if hinted:
        return False
    inside_word = token.start < hit.start or scene.tokens[scene.token_at(hit.end - 1)].end > hit.end
    glued = inside_word and (len(hit.phrase) == 2 or "subject" in token)
    return scene.stance[at] == NO or glued or _is_form(token, hit)


def _is_form(token: Token, hit: Hit) -> bool:
    """The phrase is just the name of a form of help: 示范课, 培训."""
    return "mode" in token and token.end >= hit.end and hit.phrase not in thesaurus().both


def _from_hits(scene: Scene, hits: list[tuple[Hit, bool]]) -> Iterator[TopicMark]:
    """One mark for each concept: the longest wording, or the concept's name when it is only hinted at.

    Wordings of one concept that are listed beside each other (PLC编程及单片机实训) are a mark each.
    """
    known = thesaurus()
    taken: set[str] = set()
    worded: set[str] = set()
    edges: dict[tuple[str, int], Hit] = {}  # by concept and by the place where one of its phrases begins or ends
    aside = {hit.start: _aside(scene, hit.start) for hit, _ in hits}
    if any(not hinted and not aside[hit.start] for hit, hinted in hits):
        hits = [(hit, hinted) for hit, hinted in hits if not hinted]
    said = sorted(hits, key=lambda pair: (pair[1], aside[pair[0].start], -len(pair[0].phrase), pair[0].start))
    for hit, hinted in said:
        fresh = [name for name in hit.concepts if name not in taken]
        places = (*range(hit.start - JOINT, hit.start + 1), *range(hit.end, hit.end + JOINT + 1))
        close = [edges[name, at] for name in hit.concepts for at in places if (name, at) in edges]
        listed = not hinted and hit.phrase not in worded and any(_beside(scene, hit, other) for other in close)
        taken.update(hit.concepts)
        edges |= {(name, at): hit for name in hit.concepts for at in (hit.start, hit.end)}
        if not fresh and not listed:
            continue
        worded.add(hit.phrase)
        groups = [known.concepts[name].subjects for name in hit.concepts]
        subjects = (
            () if any(not group for group in groups) else tuple(dict.fromkeys(s for group in groups for s in group))
        )
        name = fresh[0] if hinted else hit.phrase
        mark = _mark(scene, name, hit.start, hit.end, subjects, aside[hit.start])
        again = [scene.text.span(o.start, o.end) for o, _ in said if o is not hit and set(o.concepts) & set(fresh)]
        yield replace(mark, spans=(*mark.spans, *again))  # whatever says it once more is evidence too


def _beside(scene: Scene, one: Hit, other: Hit) -> bool:
    """Whether nothing (素描速写), a bracket or 、 和 及 stands between two phrases, with a short word before it at most."""
    first, last = sorted((one, other), key=lambda hit: hit.start)
    if not 0 <= last.start - first.end <= JOINT:
        return False
    begin = scene.token_at(first.end)
    between = [t for t in scene.tokens[begin : begin + 2] if first.end <= t.start and t.end <= last.start]
    if not between:
        return first.end == last.start
    return between[-1].end == last.start and bool(between[-1].tags.keys() & {"sep", "open"})  # 校园欺凌防治和法治教育


def _aside(scene: Scene, position: int) -> int:
    """ASKED; SIDE in work on the side or after 等; STORY in a reason, or in a sentence before the one that asks."""
    at = scene.token_at(position)
    clause = scene.clause_of(at)
    opening = "".join(token.text for token in scene.tokens[clause.start : min(clause.start + 3, at + 1)])
    if opening.startswith(thesaurus().reasons) or _tells(scene, at):
        return STORY
    listed = any(scene.tokens[before].text in thesaurus().and_so_on for before in range(clause.start + 1, at))
    return SIDE if listed or opening.startswith(thesaurus().beside) else ASKED


def _tells(scene: Scene, at: int) -> bool:
    """In a clause about ourselves that asks for nothing, before another that does."""
    clause = scene.clause_of(at)
    own = scene.tokens[clause.start].text in load_table("words")["own"]["school"]
    if not own or clause.stop > scene.last_need:
        return False
    return not any(scene.has(index, "need", "lack", "mode") for index in clause[:SENTENCE])


# --- announced in words, in cells, as a unit of the textbook --------------------------------------


def _units(scene: Scene) -> Iterator[TopicMark]:
    """七下Unit3."""
    chars = scene.text.chars
    for match in re.finditer(r"(?:[\u4e00-\u9fff\d]{2})?\s?(?:Unit|Module|Lesson|unit|UNIT)\s?\d{1,2}", chars):
        yield _mark(scene, match[0].strip(), match.start(), match.end(), ())


def _announced(scene: Scene, hits: list[tuple[Hit, bool]]) -> Iterator[TopicMark]:
    """重点学习 X 与 Y, 主题: X: what follows up to the end of the clause, when the thesaurus does not know it."""
    chars = scene.text.chars
    for word in _rules()["announce"]["words"]:
        if word not in chars:
            continue
        for match in re.finditer(re.escape(word) + r"[:\s]?([\u4e00-\u9fff、]{2,24})", chars):
            if any(match.start(1) < hit.end and hit.start < match.end(1) for hit, _ in hits):
                continue
            yield from _listed(scene, match.start(1), match[1])


def _listed(scene: Scene, start: int, phrase: str) -> Iterator[TopicMark]:
    for match in re.finditer(_rules()["announce"]["item"], phrase):
        item, offset = match[0], 0
        for word in _rules()["announce"]["leading"]:
            if item.startswith(word):
                item, offset = item[len(word) :], offset + len(word)
        for word in _rules()["announce"]["trailing"]:
            item = item.removesuffix(word)
        if 2 <= len(item) <= 10 and not _known(scene, start + match.start() + offset, len(item)):
            begin = start + match.start() + offset
            yield _mark(scene, item, begin, begin + len(item), ())


def _known(scene: Scene, start: int, length: int) -> bool:
    """Whether every token there is already something else: a subject, a person, a form of help."""
    inside = [token for token in scene.tokens if token.start < start + length and start < token.end]
    return all(token.tags for token in inside) or any(
        token.tags.keys() & {"num", "person", "stage", "grade", "mode", "ours", "hello", "enough"} for token in inside
    )


def _cells(scene: Scene, hits: list[tuple[Hit, bool]]) -> Iterator[TopicMark]:
    """A cell of a table row that is nothing else is the topic."""
    for _, group in groupby(scene.clauses, key=lambda clause: scene.row[clause.start]):
        clauses = list(group)
        if not _is_table(scene, clauses):
            continue
        for clause in clauses:
            start, end = scene.tokens[clause.start].start, scene.tokens[clause.stop - 1].end
            word = scene.text.chars[start:end]
            if any(start < hit.end and hit.start < end for hit, _ in hits) or not _may_be_topic(scene, clause, word):
                continue
            yield _mark(scene, word, start, end, ())


def _is_table(scene: Scene, clauses: list[range]) -> bool:
    lengths = [scene.tokens[c.stop - 1].end - scene.tokens[c.start].start for c in clauses]
    plain = sum(len(c) <= 2 and any(scene.has(at, "stage", "grade", "mode", "num") for at in c) for c in clauses)
    return len(clauses) >= 3 and sum(lengths) <= 6 * len(lengths) and max(lengths) <= 12 and plain >= 2


def _may_be_topic(scene: Scene, clause: range, word: str) -> bool:
    rules = _rules()["cells"]
    if not 2 <= len(word) <= 8 or not all(
        "\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isalpha()) for char in word
    ):
        return False
    if word.endswith(tuple(rules["places"])) or any(part in word for part in rules["never"]):
        return False
    tags = {tag for at in clause for tag in scene.tokens[at].tags}
    return (
        not tags & {"num", "stage", "grade", "need", "lack", "mode", "role", "short", "person", "every", "urgent"}
        and not any(at in scene.timed for at in clause)
        and any(not scene.tokens[at].tags or "others" in scene.tokens[at] for at in clause)
        and "subject" not in tags
    )
