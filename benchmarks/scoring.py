"""The evaluation set's own scorer, for benchmarks: what it prints, as figures."""

import importlib.util
import json
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

MATCHING = Path(__file__).parent.parent / "tests" / "matching"
EVAL = MATCHING / "eval"
OWN = MATCHING / "own"


def score(what: str, out: Sequence[dict[str, Any]], folder: Path = EVAL) -> dict[str, float]:
    """Figures of `what` (reading or ranking) for these lines against the labels in `folder`."""
    spec = importlib.util.spec_from_file_location("evaluation_score", EVAL / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as scratch, redirect_stdout(StringIO()) as told:
        path = Path(scratch) / "out.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in out), encoding="utf-8")
        getattr(scorer, f"score_{what}")(path, folder, False)
    figures: dict[str, float] = json.loads(told.getvalue().splitlines()[-1])
    return figures
