"""What the engine says about real orders and teachers can be put into words, and nothing it says is left without."""

from datetime import date

import pytest

import matching
from matching.cli import rank_lines
from tests.words import engine
from tests.words.catalog import LANGUAGES, variables

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def said() -> tuple[list[matching.Part], set[str], set[str], set[str]]:
    """Every part, relaxed limit, reason and kind over the whole evaluation set."""
    parts: list[matching.Part] = []
    with (engine.EVAL / "needs.jsonl").open() as needs, (engine.EVAL / "teachers.jsonl").open() as teachers:
        rows = list(rank_lines(needs, teachers, today=TODAY, top=500, label=lambda part: str(parts.append(part))))
    ranked = [order for row in rows for order in row["needs"]]
    relaxed = {limit for order in ranked for candidate in order["candidates"] for limit in candidate["relax"]}
    excluded = {reason for order in ranked for reason in order["excluded"]}
    return parts, relaxed, excluded, {row["kind"] for row in rows}


def test_every_part_is_a_known_one(said: tuple[list[matching.Part], set[str], set[str], set[str]]) -> None:
    found = {(part.name, part.level) for part in said[0]}
    assert found - engine.PARTS == set()
    assert len(found) > len(engine.PARTS) / 2, "the evaluation set should meet most levels"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_brings_the_values_its_words_need(
    said: tuple[list[matching.Part], set[str], set[str], set[str]], language: str
) -> None:
    lacking = {
        f"part-{part.name}-{part.level}": missing
        for part in said[0]
        if (missing := variables(language, f"part-{part.name}-{part.level}") - part.values.keys())
    }
    assert lacking == {}


def test_limits_reasons_and_kinds_are_known_ones(
    said: tuple[list[matching.Part], set[str], set[str], set[str]],
) -> None:
    _, relaxed, excluded, kinds = said
    assert relaxed - set(engine.RELAX) == set()
    assert excluded - engine.EXCLUDED == set()
    assert kinds - engine.KINDS == set()
