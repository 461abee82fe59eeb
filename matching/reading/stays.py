"""When an order begins and how long it lasts, from the expressions of time that reach it."""

from __future__ import annotations

from datetime import date
from typing import Any

from matching.reading import marks as m
from matching.reading.scene import SENTENCE, WANT, WISH, Scene
from matching.reading.when import TimeMark
from matching.terms import load_table, mode_traits
from matching.types import Span

EVENT_MONTHS = 0.5  # first and last day of a talk or a visit; a longer range is when it may take place


def for_something(scene: Scene, mark: m.Mark) -> bool:
    """为备战2027年5月的比赛: the date of the purpose, not of the help."""
    first = scene.tokens[scene.clause_of(mark.begin).start].text
    after = [
        token.text
        for token in (*scene.tokens[max(0, mark.begin - 1) : mark.begin], *scene.tokens[mark.end : mark.end + 3])
    ]
    clause = [scene.tokens[at].text for at in scene.clause_of(mark.begin)[:SENTENCE]]
    if any(word in load_table("calendar")["left"]["words"] for word in clause):
        return True
    return first in load_table("topics")["not_shown"]["purposes"] or any(
        word in load_table("calendar")["occasions"]["after"] for word in after
    )


def time_mark(scene: Scene, time: TimeMark) -> m.Mark:
    return m.Mark(
        (time,),
        time.begin,
        time.end,
        scene.row[time.begin],
        scene.line[time.begin],
        (scene.span(time.begin, time.end),),
    )


def times_of(
    scene: Scene,
    modes: tuple[str, ...],
    points: list[m.Mark],
    lengths: list[m.Mark],
    evidence: dict[str, tuple[Span, ...]],
) -> dict[str, Any]:
    """start, months, the last day and the window in which the order may begin."""
    event = bool(modes) and all(mode_traits(mode).event for mode in modes)
    dated = [mark for mark in points if mark.values[0].kind in ("point", "range")]
    found: dict[str, Any] = {}
    if dated:
        best = min(dated, key=lambda mark: _telling(scene, mark))
        time: TimeMark = best.values[0]
        found["start"] = time.first
        found["window"] = (time.first, time.last)
        evidence["start"] = best.spans
        if time.kind == "range" and (not event or (time.months or 0) <= EVENT_MONTHS):
            found["window"] = (time.first, time.first)
            found |= {"months": time.months, "until": time.last}
            evidence["months"] = best.spans
    elif terms_ := [mark for mark in points if mark.values[0].kind == "term"]:
        time = terms_[0].values[0]
        found["window"] = (time.first, time.last)
    if lengths:
        best = min(lengths, key=lambda mark: scene.stance[mark.begin] not in (WANT, WISH))
        found |= {"months": best.values[0].months, "until": None}
        evidence["months"] = best.spans
    elif "months" not in found and "start" in found:
        found |= _until(found["start"], points, evidence)
    return found


def _telling(scene: Scene, mark: m.Mark) -> int:
    """How well an expression of time says when the help is to begin; the least is the best.

    A range, then 12月7号开始 and 拟于4月, then any other, last the day of a story (下礼拜生娃).
    """
    if mark.values[0].kind == "range":
        return 0
    before = scene.tokens[mark.begin - 1].text if mark.begin else ""
    clause = scene.clause_of(mark.begin)[:SENTENCE]
    if any(scene.has(at, "lack") for at in clause) and not any(scene.has(at, "need") for at in clause):
        return 3
    anchored = scene.has(mark.end, "from") or before in load_table("calendar")["begins"]["before"]
    return 1 if anchored else 2


def _until(start: date, points: list[m.Mark], evidence: dict[str, tuple[Span, ...]]) -> dict[str, Any]:
    """到6月底 in another clause closes what a start opened."""
    for mark in points:
        time: TimeMark = mark.values[0]
        if time.kind == "end" and time.last and time.last > start:
            evidence["months"] = mark.spans
            return {"months": round(((time.last - start).days + 1) / 30, 1), "until": time.last}
    return {}
