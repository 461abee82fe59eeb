"""The words of the parts: made only for those who are proposed, from what the levels in parts.py were decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from matching.places import around, home_key, place_key
from matching.ranking.columns import level_names
from matching.ranking.parts import Order, weights
from matching.ranking.pool import Pool
from matching.terms import mode_names, stage_names, terms
from matching.types import Part


def part(name: str, place: int, order: Order, pool: Pool, position: int) -> Part:
    """One part of one teacher at its usual points."""
    level = level_names(name)[place]
    values = VALUES[name](level, order, pool, position)
    return _worded(name, level, tuple(values.items()) if values else ())


@lru_cache(4096)
def _worded(name: str, level: str, values: tuple[tuple[str, str], ...]) -> Part:
    """Many teachers share a part; nobody changes one."""
    return Part(name, level, float(weights()[name][level]), dict(values))


def _shared(asked: tuple[str, ...], has: tuple[str, ...]) -> str:
    return next((name for name in asked if name in has), "")


def _subject(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    asked, canonical = order.need.subjects, terms().canonical
    has = pool.words("subjects", position)  # shown as the teacher wrote them
    if level == "shared":
        return {"subject": next(own for name in asked for own in has if canonical(own) == name)}
    near = next((own for own in has for name in asked if {canonical(own), name} in terms().siblings), "")
    return {"subject": near, "asked": asked[0]}


def _stage(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    asked, has = order.need.stages, _named(int(pool.columns.stages[position]), stage_names())
    return {"stage": _shared(asked, has)} if level == "shared" else {"stage": next(iter(has), ""), "asked": asked[0]}


def _form(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    asked = order.need.modes
    has = _named(int(pool.columns.modes[position]), mode_names())
    return {"form": _shared(asked, has) if level == "shared" else asked[0]}


@lru_cache(4096)
def _named(bits: int, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if bits >> place & 1)


def _dates(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    begin = int(order.timing.begins(pool.columns.from_day[position]))
    if level == "other":
        timing, column = order.timing, pool.columns
        return {"days": str(int(timing.missing(column.from_day[position], column.until_day[position])))}
    if level == "late":
        return {"date": date.fromordinal(begin).isoformat(), "days": str(begin - order.timing.closes)}
    return {"date": date.fromordinal(begin).isoformat()} if level == "later" else {}


def _stay(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    last = date.fromordinal(int(pool.columns.until_day[position]))
    return {"date": last.isoformat()} if level == "short" else {}


def _origin(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    homes = {home_key(level, partner): partner for partner in order.site.partners}
    return {"place": next(homes[key] for key in pool.words("origins", position) if key in homes)}


def _load(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    capacity = {"capacity": str(pool.said["capacity"][position])}
    return capacity if level == "free" else {"load": str(pool.said["load"][position]), **capacity}


def _rating(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    return {"mean": f"{pool.said['rating'][position]:.1f}", "n": str(pool.said["ratings"][position])}


def _wish(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    regions = pool.words("regions", position)
    wished = {place_key(region): region for region in regions}
    nearest = (wished[place] for place in around(order.site) if place in wished)
    return {"place": next(nearest, regions[0])}


def _title(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    return {"title": pool.said["title"][position]}


def _years(level: str, order: Order, pool: Pool, position: int) -> dict[str, str]:
    return {"years": str(pool.columns.years[position])}


VALUES: Mapping[str, Callable[[str, Order, Pool, int], dict[str, str]]] = {
    "subject": _subject,
    "stage": _stage,
    "form": _form,
    "dates": _dates,
    "stay": _stay,
    "origin": _origin,
    "load": _load,
    "rating": _rating,
    "wish": _wish,
    "title": _title,
    "years": _years,
}
