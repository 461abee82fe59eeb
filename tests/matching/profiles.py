"""Scores what was read from self-introductions against own/teachers.jsonl.

A field is right when it is the label or one of the other accepted values (`_tol`); lists are compared as sets, dates by
their window, topics by two shared characters. Precision is given as in eval/score.py (where topics are labelled) and
over every introduction, where any topic read counts as wrong if none is labelled.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from matching import TeacherFields, read_profile
from tests.matching.scorer import TODAY, score

LISTS = ("subjects", "stages", "modes")
WORDS = ("name", "unit", "title", "years", "capacity", "origin_city")
DATES = ("available_from", "available_until")
FIELDS = (*LISTS, *WORDS, "window")
LONGEST = 12  # a longer phrase is no topic but a sentence


def _is_right(field: str, gold: Mapping[str, Any], got: TeacherFields) -> bool:
    if field == "window":
        return all(_is_day_right(name, gold, got) for name in DATES)
    value, accepted = getattr(got, field), [gold[field], *gold.get("_tol", {}).get(field, [])]
    if field in LISTS:
        return frozenset(value) in map(frozenset, accepted)
    return value in accepted or (field == "capacity" and gold[field] is None and value == 1)


def _is_day_right(field: str, gold: Mapping[str, Any], got: TeacherFields) -> bool:
    value: date | None = getattr(got, field)
    allowed = gold.get("_tol", {}).get(field)
    if value is None:
        return gold[field] is None or bool(allowed and allowed["null_ok"])
    if allowed:
        return bool(date.fromisoformat(allowed["from"]) <= value <= date.fromisoformat(allowed["to"]))
    return bool(value.isoformat() == gold[field])


def _alike(one: str, other: str) -> bool:
    return bool(score.bigrams(one) & score.bigrams(other)) or one == other


def misses(row: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """field -> (label, what was read) for everything wrong in one introduction; topics: (missed, invented)."""
    gold, got = row["gold"], read_profile(row["text"], today=TODAY)
    wrong = {f: (_shown(f, gold), _shown(f, got)) for f in FIELDS if not _is_right(f, gold, got)}
    missed = [topic for topic in gold["topics"] if not any(_alike(topic, said) for said in _short(got))]
    invented = [said for said in got.topics if not _is_accepted(said, gold)]
    if missed or invented:
        wrong["topics"] = (missed, invented)
    return wrong


def _is_accepted(said: str, gold: Mapping[str, Any]) -> bool:
    accepted = [*gold["topics"], *gold.get("_tol", {}).get("topics", [])]
    return len(said) <= LONGEST and any(_alike(said, topic) for topic in accepted)


def _short(got: TeacherFields) -> list[str]:
    return [topic for topic in got.topics if len(topic) <= LONGEST]


def _shown(field: str, source: Mapping[str, Any] | TeacherFields) -> Any:
    names = DATES if field == "window" else (field,)
    values = [source[n] if isinstance(source, Mapping) else getattr(source, n) for n in names]
    return values if field == "window" else values[0]


def measure(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Share of right values by field, topics recall and precision, and introductions right in every field."""
    listed = list(rows)
    wrong = [misses(row) for row in listed]
    topics = [wrong_ones.get("topics", ((), ())) for wrong_ones in wrong]
    said = [len(read_profile(row["text"], today=TODAY).topics) for row in listed]
    labelled = [len(row["gold"]["topics"]) for row in listed]
    invented = [len(each) for _, each in topics]
    figures = {field: 1 - sum(field in each for each in wrong) / max(1, len(listed)) for field in FIELDS}
    figures["topics_recall"] = 1 - sum(len(missed) for missed, _ in topics) / max(1, sum(labelled))
    where = [at for at, count in enumerate(labelled) if count]
    figures["topics_precision"] = 1 - sum(invented[at] for at in where) / max(1, sum(said[at] for at in where))
    figures["topics_precision_all"] = 1 - sum(invented) / max(1, sum(said))
    figures["whole"] = sum(not each for each in wrong) / max(1, len(listed))
    return {field: round(value, 3) for field, value in figures.items()}
