"""Reading and ranking against the labelled sets, by the set's own scorer. The bars lie a little below what is reached."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching import Part
from matching.cli import rank_lines, read_lines
from tests.matching.scorer import CASES, EVAL, TODAY, result, rows

OWN = EVAL.parent / "own"
FIELDS = ("subjects", "stage", "grade", "mode", "headcount", "start", "months", "urgency")


def label(part: Part) -> str:
    return f"{part.name}-{part.level}"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    return result("reading", read_lines(lines(EVAL / "needs.jsonl"), TODAY), EVAL, tmp_path, capsys)


def test_reading_of_the_evaluation_set(reading: dict[str, float]) -> None:
    assert reading["kind"] >= 0.97
    assert reading["kind_exact"] >= 0.95
    assert reading["from_non_needs"] == 0
    assert reading["order_f1"] >= 0.97
    assert min(reading[field] for field in FIELDS) >= 0.95
    assert min(reading[f"{field}_f1"] for field in FIELDS) >= 0.93
    assert reading["topics_recall"] >= 0.93
    assert reading["topics_precision"] >= 0.9
    assert reading["whole"] >= 0.93


def test_ranking_of_the_evaluation_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = rank_lines(lines(EVAL / "needs.jsonl"), lines(EVAL / "teachers.jsonl"), today=TODAY, top=10, label=label)
    ranking = result("ranking", out, EVAL, tmp_path, capsys)
    assert ranking["hit@1"] >= 0.95
    assert ranking["ndcg@10"] >= 0.96
    assert ranking["sure"] >= 0.92


@pytest.mark.parametrize("name", ["working", "held_out_1", "held_out_2"])
def test_our_own_cases(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = CASES / f"{name}.jsonl"
    (tmp_path / "needs.jsonl").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    reading = result("reading", read_lines(lines(path), TODAY), tmp_path, tmp_path, capsys)
    assert reading["from_non_needs"] <= 3
    assert reading["kind"] >= 0.97
    assert reading["order_f1"] >= 0.97
    assert reading["whole"] >= 0.93


@pytest.mark.parametrize(
    ("name", "whole", "order_f1", "kind"),
    [
        ("needs_work", 0.83, 0.93, 0.98),
        ("needs_measure", 0.73, 0.89, 0.91),
        ("rounds_work", 0.94, 0.97, 0.97),
        ("rounds_measure", 0.82, 0.94, 0.96),
        ("rounds_measure_2", 0.87, 0.96, 0.97),
    ],
)
def test_texts_of_independent_labellers(
    name: str, whole: float, order_f1: float, kind: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody looks at what ends on `measure` while changing grammar or lexicon (own/README.md); only the figure counts."""
    path = OWN / f"{name}.jsonl"
    (tmp_path / "needs.jsonl").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    reading = result("reading", read_lines(lines(path), TODAY), tmp_path, tmp_path, capsys)
    assert reading["whole"] >= whole
    assert reading["order_f1"] >= order_f1
    assert reading["kind"] >= kind


@pytest.mark.parametrize(
    ("name", "first", "ndcg", "sure"),
    [
        ("ranking_work", 0.9, 0.95, 0.93),
        ("ranking_near", 0.87, 0.94, 0.88),
        ("ranking_measure", 0.9, 0.91, 0.74),
        ("ranking_measure_2", 0.9, 0.95, 0.9),
    ],
)
def test_rankings_of_independent_labellers(
    name: str, first: float, ndcg: float, sure: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From raw text; the same rule for what ends on `measure`."""
    folder = OWN / name
    out = rank_lines(lines(folder / "needs.jsonl"), lines(folder / "teachers.jsonl"), today=TODAY, top=10, label=label)
    ranking = result("ranking", out, folder, tmp_path, capsys)
    assert ranking["hit@1"] >= first
    assert ranking["ndcg@10"] >= ndcg
    assert ranking["sure"] >= sure


@pytest.mark.parametrize(("name", "heard", "told"), [("kinds_measure", 0.95, 0.84), ("kinds_measure_2", 0.93, 0.9)])
def test_texts_made_to_be_taken_for_what_they_are_not(name: str, heard: float, told: float) -> None:
    """No needs that name subjects, numbers and forms of help; needs with thanks, stories and lodging around them."""
    path = OWN / f"{name}.jsonl"
    out = {row["id"]: row["kind"] for row in read_lines(lines(path), TODAY)}
    labels = {row["id"]: row["kind"] for row in rows(path)}
    needs = [key for key, kind in labels.items() if kind == "need"]
    others = [key for key, kind in labels.items() if kind != "need"]
    assert sum(out[key] == "need" for key in needs) >= heard * len(needs)
    assert sum(out[key] != "need" for key in others) >= told * len(others)


@pytest.mark.parametrize("name", ["working", "held_out_1", "held_out_2"])
def test_kinds_of_our_own_cases(name: str) -> None:
    path = CASES / f"{name}.jsonl"
    out = {row["id"]: row["kind"] for row in read_lines(lines(path), TODAY)}
    wrong = [row["text"] for row in rows(path) if out[row["id"]] not in row.get("kinds", [row["kind"]])]
    assert len(wrong) <= 2, wrong


def test_only_id_and_text_of_a_need_are_read() -> None:
    """Labels removed or scrambled change nothing."""
    needs = rows(EVAL / "needs.jsonl")

    def dumped(changed: list[dict[str, Any]]) -> list[str]:
        return [json.dumps(row, ensure_ascii=False) for row in changed]

    bare = dumped([{"id": row["id"], "text": row["text"]} for row in needs])
    mixed = dumped(
        [row | {"gold": other["gold"], "kind": "spam"} for row, other in zip(needs, reversed(needs), strict=True)]
    )
    teachers = lines(EVAL / "teachers.jsonl")
    expected = list(rank_lines(dumped(needs), teachers, today=TODAY, top=5, label=label))
    assert list(rank_lines(bare, teachers, today=TODAY, top=5, label=label)) == expected
    assert list(rank_lines(mixed, teachers, today=TODAY, top=5, label=label)) == expected
