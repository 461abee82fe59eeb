"""Ranks the teachers of a pool for one order.

First who is out altogether, with the reason; then two tiers: those who fit in subject, stage and form, best topic
first; then the near ones, each with the one limit that would have to be relaxed. Same input, same order.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from matching import parts as p
from matching.dates import slack_days
from matching.pool import Bits, Pool, positions
from matching.terms import terms
from matching.types import Candidate, NeedFields, Part, Ranking
from matching.wishes import Wish, showing, topic_part, wish_of

FITS, NEAR = 1, 2


@dataclass(frozen=True, slots=True)
class Fit:
    """For one order, the teachers that fit in each respect, and those one step away."""

    subject: Bits
    sibling: Bits
    stage: Bits
    adjacent: Bits
    form: Bits
    topic: Bits  # everybody, unless the order names no subject


def rank(need: NeedFields, pool: Pool, *, today: date, top: int = 10, refused: Collection[str] = ()) -> Ranking:
    """The best teachers for one order, whether anybody fits in everything, and why the others are out."""
    excluded: dict[str, int] = {}
    wish = wish_of(need)
    live = _without_closed(pool, refused, excluded)
    fit = _fit(need, pool, wish, live)
    relaxed = _relaxed(fit, live)
    _count_unfit(fit, live, relaxed, excluded)
    entries, elsewhen = _available(need, pool, relaxed, today)
    found = [_candidate(need, pool, wish, position, relax, today) for position, relax in entries]
    late = sorted((_candidate(need, pool, wish, at, relax, today) for at, relax in elsewhen), key=_key)
    offered = late[: p.weights()["near"]["places"]]
    if len(late) > len(offered):
        excluded["unavailable"] = excluded.get("unavailable", 0) + len(late) - len(offered)
    missed = sum(bits.bit_count() for bits in relaxed.values()) - len(entries) - len(elsewhen)
    if missed:
        excluded["unavailable"] = excluded.get("unavailable", 0) + missed
    full = any(c.tier == FITS and (not wish or c.parts[0].level == "shared") for c in found)
    ranked = sorted(found, key=_key) + offered
    return Ranking(tuple(ranked[: max(0, top)]), full, excluded)


def _without_closed(pool: Pool, refused: Collection[str], excluded: dict[str, int]) -> Bits:
    """Everybody but those who paused, were refused before, or hold all places they can."""
    declined = 0
    if refused:
        names = frozenset(refused)
        declined = sum(1 << at for at, teacher in enumerate(pool.teachers) if teacher.id in names)
    live = pool.all
    for reason, bits in (("paused", pool.closed), ("refused", declined), ("full", pool.full)):
        count = (live & bits).bit_count()
        if count:
            excluded[reason] = count
        live &= ~bits
    return live


def _fit(need: NeedFields, pool: Pool, wish: Wish, live: Bits) -> Fit:
    subject = pool.having(pool.by_subject, need.subjects) if need.subjects else pool.all
    asked = need.stages if p.asks_stage(need) else ()
    stage = pool.having(pool.by_stage, asked) if asked else pool.all
    topic = showing(wish, pool, live) if wish and not need.subjects else pool.all
    return Fit(
        subject=subject,
        sibling=pool.siblings(need.subjects) & ~subject,
        stage=stage,
        adjacent=pool.having(pool.by_stage, _adjacent(asked)) & ~stage,
        form=pool.having(pool.by_form, need.modes) if need.modes else pool.all,
        topic=topic,
    )


def _adjacent(stages: tuple[str, ...]) -> set[str]:
    """学前-小学-初中-高中 in a line, and 高中-中职."""
    line = terms().stage_line
    near = {
        line[i + step]
        for i, name in enumerate(line)
        for step in (-1, 1)
        if name in stages and 0 <= i + step < len(line)
    }
    return near - set(stages)


def _relaxed(fit: Fit, live: Bits) -> dict[str, Bits]:
    """Relaxed limit ("" for none) -> teachers; each teacher at most once, and one limit only."""
    open_ = live & fit.topic
    return {
        "": open_ & fit.subject & fit.stage & fit.form,
        "form": open_ & fit.subject & fit.stage & ~fit.form,
        "stage": open_ & fit.subject & fit.adjacent & fit.form,
        "subject": open_ & fit.sibling & fit.stage & fit.form,
    }


def _count_unfit(fit: Fit, live: Bits, relaxed: dict[str, Bits], excluded: dict[str, int]) -> None:
    """Everybody who is neither fitting nor near is out for the first respect in which they fail."""
    rest = live
    for bits in relaxed.values():
        rest &= ~bits
    for reason, good in (("topic", fit.topic), ("subject", fit.subject), ("stage", fit.stage), ("form", fit.form)):
        count = (rest & ~good).bit_count()
        if count:
            excluded[reason] = count
        rest &= good


def _available(
    need: NeedFields, pool: Pool, relaxed: dict[str, Bits], today: date
) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, tuple[str, ...]]]]:
    """Those free in the window, and those who fit in everything else and miss it by little."""
    entries: list[tuple[int, tuple[str, ...]]] = []
    elsewhen: list[tuple[int, tuple[str, ...]]] = []
    for limit, bits in relaxed.items():
        for position in positions(bits):
            missing = sum(slack_days(need, pool.teachers[position], today))
            if not missing:
                entries.append((position, (limit,) if limit else ()))
            elif not limit and missing <= p.weights()["near"]["days"]:
                elsewhen.append((position, ("dates",)))
    return entries, elsewhen


def _candidate(
    need: NeedFields, pool: Pool, wish: Wish, position: int, relax: tuple[str, ...], today: date
) -> Candidate:
    teacher = pool.teachers[position]
    listed: tuple[Part | None, ...] = (
        topic_part(wish, pool, position),
        p.subject_part(need, teacher),
        p.stage_part(need, teacher),
        p.form_part(need, teacher),
        p.dates_part(need, teacher, today),
        p.stay_part(need, teacher, today),
        p.load_part(teacher),
        p.title_part(teacher),
        p.years_part(teacher),
    )
    shown = tuple(part for part in listed if part is not None)
    return Candidate(teacher.id, sum(part.points for part in shown), shown, NEAR if relax else FITS, relax)


def _key(candidate: Candidate) -> tuple[int, float, str]:
    """Tier, then total; ties by id (the lighter load already has more points)."""
    return candidate.tier, -candidate.score, candidate.teacher_id
