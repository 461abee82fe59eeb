"""The lines `bot.py assign` reads, checked: what is wrong is told with its line, and nothing is assigned from half a file.

needs     {"id", "text"} and, where they apply, "waiting_days", "placed" and "refused" (lists of teacher ids) and
          "site" {"school", "county", "city", "province", "altitude", "partners", "min_years", "min_title", "origins",
          "one_teacher", "remote"}. A text with several orders: `placed` fills them in their order; the rest is for all.
teachers  as for `rank`; ids must differ. `load` counts the places already held; `min_months` and `max_months` rule out
          whoever would stay neither as short nor as long as an order lasts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, get_type_hints

from matching.assigning.assign import OpenNeed
from matching.ranking.columns import level_names
from matching.ranking.pool import Pool
from matching.reading.read import read
from matching.types import Site, TeacherFields

FAULTS = ("json", "object", "id", "twice", "field")


class BadLine(ValueError):
    """A line that cannot be used: which file, which line, what is wrong, and with which field."""

    def __init__(self, source: str, line: int, fault: str, field: str = "") -> None:
        super().__init__(f"{source}:{line}: {fault} {field}".rstrip())
        self.source, self.line, self.fault, self.field = source, line, fault, field


def pool_of(lines: Iterable[str]) -> Pool:
    """The teachers of a file."""
    return Pool(TeacherFields.from_json(row) for _, row in _rows("teachers", lines))


def open_needs(lines: Iterable[str], today: date) -> list[OpenNeed]:
    """The orders that are read from the texts of a file."""
    checked = list(_rows("needs", lines))  # all, before the first is read
    return [need for line, row in checked for need in _needs(line, row, today)]


def _rows(source: str, lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and content of every line that is not blank; ids are there and differ."""
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise BadLine(source, number, "json") from None
        if not isinstance(row, dict):
            raise BadLine(source, number, "object")
        id = row.get("id")
        if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
            raise BadLine(source, number, "id")
        if str(id) in known:
            raise BadLine(source, number, "twice", str(id))
        known.add(str(id))
        yield number, row


def _needs(line: int, row: dict[str, Any], today: date) -> Iterator[OpenNeed]:
    def take(name: str, suits: Callable[[object], bool], default: Any) -> Any:
        value = row.get(name)
        if value is None:
            return default
        if not suits(value):
            raise BadLine("needs", line, "field", name)
        return value

    text = take("text", _is_text, "")
    waiting = take("waiting_days", _is_count, 0)
    refused = tuple(take("refused", _are_texts, ()))
    held = list(take("placed", _are_texts, ()))
    site = _site(line, take("site", _is_object, {}))
    for order, need in enumerate(read(text, today=today).needs):
        places = need.headcount or 1
        placed, held = tuple(held[:places]), held[places:]
        yield OpenNeed(str(row["id"]), order, need, site, waiting, placed, refused)


def _site(line: int, row: dict[str, Any]) -> Site:
    """What is known of the school; other keys are nobody's business here."""
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(Site).items():
        value = row.get(name)
        if value is None:
            continue
        if not SUITS[kind](value) or (name == "min_title" and value not in level_names("title")):
            raise BadLine("needs", line, "field", f"site.{name}")
        values[name] = tuple(value) if isinstance(value, list) else value
    return Site(**values)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_fact(value: object) -> bool:
    return isinstance(value, bool)


SUITS: dict[object, Callable[[object], bool]] = {  # the types of Site's fields
    bool: _is_fact,
    str | None: _is_text,
    int | None: _is_count,
    tuple[str, ...]: _are_texts,
}
