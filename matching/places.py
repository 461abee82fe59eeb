"""Names of places and units as keys that can be compared. Endings and the pattern stand in lexicon/places.toml."""

from __future__ import annotations

import re
from functools import cache

from matching.terms import load_table
from matching.types import Site

HOMES = ("school", "county", "city")  # how close a teacher's home is to what a site is paired with, the closest first


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(load_table("places")["endings"], key=lambda ending: -len(ending)))


@cache
def _county() -> re.Pattern[str]:
    return re.compile(load_table("places")["county"])


def place_key(name: str) -> str:
    """A place without the ending that only says its rank, as long as two characters remain."""
    name = name.strip()
    return next((name[: -len(e)] for e in _endings() if name.endswith(e) and len(name) >= len(e) + 2), name)


def home_keys(unit: str | None, city: str | None) -> list[str]:
    """Where a teacher comes from: the unit itself, the county its name tells, the city."""
    keys = []
    if unit:
        keys.append(home_key("school", unit))
        told = _county().match(unit)
        if told:
            keys.append(home_key("county", told["county"]))
    if city:
        keys.append(home_key("city", city))
    return keys


def home_key(home: str, name: str) -> str:
    """One key: how close, and which. Units keep their whole name."""
    return f"{home}:{name.strip() if home == 'school' else place_key(name)}"


def around(site: Site) -> dict[str, str]:
    """Key -> name of every place the site lies in, the nearest first."""
    return {place_key(name): name for name in (site.county, site.city, site.province) if name}
