"""The project's own files: what a clean checkout holds, whether or not there is a git directory."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    ".git",
    ".venv",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "build",
    "data",
}
GIVEN = ROOT / "tests" / "matching" / "eval"  # kept as it was given
BINARY = {".png", ".svg", ".db", ".ico", ".woff2"}


@cache
def all_files() -> tuple[Path, ...]:
    """Every file of the project."""
    found: list[Path] = []
    waiting = [ROOT]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.name in NOT_OURS or path.suffix in {".db", ".db-shm", ".db-wal"} or path.name == ".env":
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                found.append(path)
    return tuple(found)


def text_files() -> list[Path]:
    """Every file that is text."""
    return [path for path in all_files() if path.suffix not in BINARY]


def program_files() -> list[Path]:
    """The program's Python, without tests, migrations and benchmarks."""
    outside = {"tests", "migrations", "benchmarks"}
    return [path for path in all_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] not in outside]


def name(path: Path) -> str:
    """The path within the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))
