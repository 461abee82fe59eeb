"""Signs of one field each (stage, grade, form, time, urgency) and the rule that gives them to orders.

The rule: a row that begins with a sign of the field is a row of headings (the last sign before an order counts),
any other row has trailing signs (the first one after the order counts); rows without a sign take what the text
says elsewhere.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from matching.reading.scene import NO, OURS, WANT, Scene
from matching.terms import load_table, mode_traits, terms
from matching.types import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign: its values, the tokens [begin, end) and the original spans it came from."""

    values: tuple[Any, ...]
    begin: int
    end: int
    row: int
    line: int
    spans: tuple[Span, ...]
    weight: int = 2
    bound: bool = False  # stands directly at one mention; serves later ones only


def _mark(scene: Scene, values: tuple[Any, ...], begin: int, end: int, weight: int = 2) -> Mark:
    return Mark(values, begin, end, scene.row[begin], scene.line[begin], (scene.span(begin, end),), weight)


@cache
def _modes_table() -> dict[str, Any]:
    return load_table("modes")


# --- stage and grade ------------------------------------------------------------------------------


def stage_marks(scene: Scene, taken: set[int], bound: set[int]) -> list[Mark]:
    """Free-standing stage words; neighbours joined by 、 or 和 form one sign with several values."""
    found: list[Mark] = []
    for index, token in enumerate(scene.tokens):
        stage = token.get("stage")
        if stage is None or index in taken or scene.stance[index] == NO or _precedes(scene, index, "alike"):
            continue
        if scene.has(index + 1, "origin") and scene.stance[index] == OURS:
            continue  # 教师均为小学转岗人员
        weight = 1 if token.text in _stage_hints() or scene.stance[index] == OURS else 2
        last = found[-1] if found else None
        if index in bound:
            found.append(replace(_mark(scene, (stage,), index, index + 1, weight), bound=True))
        elif last and not last.bound and _joined(scene, last.end, index) and last.weight == weight:
            values = tuple(dict.fromkeys((*last.values, stage)))
            found[-1] = Mark(
                values, last.begin, index + 1, last.row, last.line, (*last.spans, scene.span(index)), weight
            )
        else:
            found.append(_mark(scene, (stage,), index, index + 1, weight))
    return found


def _precedes(scene: Scene, index: int, kind: str) -> bool:
    """Whether a word of stages.toml of this kind comes next."""
    return index + 1 < len(scene.tokens) and scene.tokens[index + 1].text in load_table("stages")[kind]


@cache
def _stage_hints() -> frozenset[str]:
    return frozenset(load_table("stages")["hints"])


def _joined(scene: Scene, end: int, begin: int) -> bool:
    between = range(end, begin)
    return (
        len(between) <= 2
        and all(scene.has(at, "sep", "to", "orword") for at in between)
        and (end == 0 or scene.row[end - 1] == scene.row[begin])
    )


def grade_marks(scene: Scene) -> list[Mark]:
    """Grades; joined ones are one sign. 从三年级起 tells a story and is no sign."""
    found: list[Mark] = []
    for index, token in enumerate(scene.tokens):
        grades = token.get("grade")
        if (
            not grades
            or scene.stance[index] == NO
            or _precedes(scene, index, "story_after")
            or (scene.has(index - 1, "from") and scene.tokens[index - 1].text in _story())
        ):
            continue
        last = found[-1] if found else None
        if last and _joined(scene, last.end, index):
            found[-1] = Mark(
                (*last.values, *grades), last.begin, index + 1, last.row, last.line, (*last.spans, scene.span(index))
            )
        else:
            found.append(_mark(scene, tuple(grades), index, index + 1))
    return found


@cache
def _story() -> frozenset[str]:
    return frozenset(load_table("stages")["story"])


def stage_of_grade(grade: int) -> str:
    """1-6, 7-9, 10-12."""
    return terms().stage_line[1 + (grade > 6) + (grade > 9)]


# --- forms of help --------------------------------------------------------------------------------


def mode_marks(scene: Scene) -> list[Mark]:
    """Named forms and tell-tale phrases; excluded ones and other senses of the words are left out."""
    barred = _barred(scene)
    found = [
        _mark(scene, (token.get("mode"),), index, index + 1, _mode_weight(scene, index))
        for index, token in enumerate(scene.tokens)
        if "mode" in token and scene.stance[index] != NO and not any(a <= token.start < b for a, b in barred)
    ]
    for phrase, mode in _modes_table()["hints"].items():
        at = scene.text.chars.find(phrase)
        if at >= 0:
            begin, end = _tokens_over(scene, at, at + len(phrase))
            found.append(_mark(scene, (mode,), begin, end, 1))
    for pattern, mode in _patterns():
        for match in pattern.finditer(scene.text.chars):
            begin, end = _tokens_over(scene, match.start(), match.end())
            if mode_traits(mode).sends_out:  # 赴对口校挂职: what would bring somebody here takes somebody away
                found = [
                    mark for mark in found if not (begin <= mark.begin < end and mode_traits(mark.values[0]).stays)
                ]
            found.append(_mark(scene, (mode,), begin, end, 1))
    return sorted(found, key=lambda mark: (mark.begin, -mark.weight))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), mode) for pattern, mode in _modes_table()["patterns"].items())


def _tokens_over(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    return scene.token_at(start), scene.token_at(stop - 1) + 1


def _mode_weight(scene: Scene, index: int) -> int:
    if scene.has(index - 1, "colon") or _own_cell(scene, index):
        return 3
    if _gives_reason(scene, index) or falls_back(scene, index):
        return 0
    return 1 if scene.stance[index] == OURS or scene.tokens[index].text in _modes_table()["weak"]["words"] else 2


def _gives_reason(scene: Scene, index: int) -> bool:
    """因老师参加国培: a form named in the reason is not what is asked for."""
    first = scene.tokens[scene.clause_of(index).start].text
    return first in _modes_table()["reasons"]["words"]


def falls_back(scene: Scene, index: int) -> bool:
    """如无法满足,可改为送教: only if the first wish cannot be met."""
    first = bisect_left(scene.sentence, scene.sentence[index])
    before = scene.text.chars[scene.tokens[first].start : scene.tokens[index].start]
    return any(phrase in before for phrase in _modes_table()["fallback"]["words"])


def _own_cell(scene: Scene, index: int) -> bool:
    return len(scene.clause_of(index)) == 1


def _barred(scene: Scene) -> list[tuple[int, int]]:
    chars = scene.text.chars
    found = []
    for phrase in _modes_table()["not"]["phrases"]:
        at = chars.find(phrase)
        while at >= 0:
            found.append((at, at + len(phrase)))
            at = chars.find(phrase, at + 1)
    return found


def choose_modes(scene: Scene, marks: Sequence[Mark]) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The accepted forms among the signs that reach an order: one, or several where the text leaves the choice."""
    if not marks:
        return (), ()
    names = tuple(dict.fromkeys(value for mark in marks for value in mark.values))
    if len(names) > 1 and _either(scene, marks):
        return names, tuple(span for mark in marks for span in mark.spans)
    if len(names) > 1 and any(phrase in scene.text.chars for phrase in _modes_table()["choice"]["blended"]):
        marks = [mark for mark in marks if not mode_traits(mark.values[0]).remote]
    best = max(mark.weight for mark in marks)
    if not best:
        return (), ()  # named only in a reason or as a way out
    order = _modes_table()["choice"]["order"]
    strongest = [mark for mark in marks if mark.weight == best]
    chosen = min((value for mark in strongest for value in mark.values), key=order.index)
    return (chosen,), tuple(span for mark in marks if chosen in mark.values for span in mark.spans)


def _either(scene: Scene, marks: Sequence[Mark]) -> bool:
    """或, / between two forms, or 都行, 也可以 after the last one."""
    for before, mark in itertools.pairwise(marks):
        between = range(before.end, mark.begin)
        if len(between) <= 3 and any(scene.has(at, "orword") or scene.tokens[at].text in "/|" for at in between):
            return True
        if len(between) <= 3 and any(scene.has(at, "orword") for at in between):
            return True
    last = marks[-1].end
    return any(
        scene.has(at, "anyway")
        for at in range(last, min(last + 4, len(scene.tokens)))
        if scene.row[at] == marks[-1].row
    )


# --- giving signs to orders -----------------------------------------------------------------------


def reaching(
    marks: Sequence[Mark], begins: Sequence[int], rows: Sequence[int], lines: Sequence[int], which: int
) -> list[Mark]:
    """The signs that reach order `which` of the orders that begin at tokens `begins` in rows `rows`."""
    row = rows[which]
    marks = [mark for mark in marks if not mark.bound or (mark.row == row and mark.begin < begins[which])]
    own = [mark for mark in marks if mark.row == row]
    if not own:
        return _from_elsewhere(marks, row, lines[which], set(lines))
    mates = [begin for begin, r in zip(begins, rows, strict=True) if r == row]
    if len(mates) == 1:
        return own
    begin = begins[which]
    following = min((b for b in mates if b > begin), default=None)
    if own[0].begin < min(mates):
        before = [mark for mark in own if mark.begin < begin]
        tail = [mark for mark in own if mark.begin > max(mates)] if len(before) == len(own) else []
        return tail or before[-1:]
    inside = [mark for mark in own if mark.begin >= begin and (following is None or mark.begin < following)]
    return inside or [mark for mark in own if mark.begin > begin][:1]


def _from_elsewhere(marks: Sequence[Mark], row: int, line: int, taken: set[int]) -> list[Mark]:
    """Another row's sign, if that line holds no order of its own: the only value, else the nearest before, else after."""
    marks = [mark for mark in marks if mark.line == line or mark.line not in taken]
    if not marks or len({mark.values for mark in marks}) == 1:
        return list(marks)
    earlier = [mark for mark in marks if mark.row < row]
    near = max((mark.row for mark in earlier), default=min(mark.row for mark in marks))
    return [mark for mark in marks if mark.row == near]


def urgent_marks(scene: Scene) -> list[Mark]:
    """Words of pressure that are not denied."""
    return [
        _mark(scene, (True,), index, index + 1)
        for index, token in enumerate(scene.tokens)
        if "urgent" in token and "noturgent" not in token and scene.stance[index] != NO and not _only_if(scene, index)
    ]


def _only_if(scene: Scene, index: int) -> bool:
    """没人上的话, 尽快适应岗位: a case that is only thought of, the pace of somebody's growth."""
    after = "".join(token.text for token in scene.tokens[index + 1 : index + 3])
    return after.startswith((_modes_table()["reasons"]["if"], *_modes_table()["reasons"]["growth"]))


def asks_for_person(scene: Scene) -> tuple[Span, ...]:
    """The words that show that somebody should come and teach: 缺, 派, 要 … with 老师, 人 or a subject."""
    return tuple(
        scene.span(index)
        for index, token in enumerate(scene.tokens)
        if (scene.stance[index] == WANT and ("need" in token or "but" in token))
        or ("lack" in token and scene.stance[index] != NO)
        or "longstay" in token
        or "months_word" in token
        or "person" in token
    )
