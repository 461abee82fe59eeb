"""The evaluation set's own scorer, run inside a test."""

import importlib.util
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EVAL = HERE / "eval"
CASES = HERE / "cases"
TODAY = date(2026, 11, 21)

_spec = importlib.util.spec_from_file_location("matching_score", EVAL / "score.py")
assert _spec is not None
assert _spec.loader is not None
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def result(
    what: str, out: Iterable[dict[str, Any]], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, float]:
    """What score.py prints for these lines."""
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in out), encoding="utf-8")
    capsys.readouterr()
    getattr(score, f"score_{what}")(path, folder, False)
    printed: dict[str, float] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return printed
