"""The table people read and results.json, against which the README's figures are checked."""

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.registry import Row

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("python-telegram-bot", "httpx", "aiohttp", "sqlmodel", "SQLAlchemy", "uvicorn")
HEADINGS = ("name", "ours", "theirs", "ratio", "least–most: ours | theirs | ratio", "note")


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows of one benchmark and where they were measured."""

    machine: dict[str, Any]
    rows: list[Row]


def machine() -> dict[str, Any]:
    """What the figures depend on. No host name, no path. `busy` is the load when the benchmark began: 0 is idle."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "busy": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in PACKAGES},
    }


def table(rows: Sequence[Row]) -> str:
    """All rows in columns."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    theirs = "" if row.theirs is None else _figure(row.theirs, row.unit)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, _figure(row.ours, row.unit), theirs, ratio, row.spread, row.note


def _figure(value: float, unit: str) -> str:
    return f"{value:.{max(0, 2 - len(str(int(value))) + 1)}f} {unit}"


def write(measured: Mapping[str, Measured]) -> None:
    """Put what was measured into results.json; benchmarks that did not run keep their rows and their machine."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name, each in measured.items():
        rows = [{key: _rounded(value) for key, value in asdict(row).items()} for row in each.rows]
        kept[name] = {"machine": each.machine, "rows": rows}
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rounded(value: object) -> object:
    return float(f"{value:.4g}") if isinstance(value, float) else value
