"""No Chinese in the program: every word a user sees lives in locales/, every word the engine knows in its lexicon."""

import ast
from pathlib import Path

import pytest

from tests.words.test_files import HAN
from tests.words.uses import ROOT, python_files

SOURCES = python_files(
    "bot.py",
    "demo.py",
    "settings.py",
    "benchmarks",
    "delivery",
    "handlers",
    "locales",
    "matching",
    "migrations",
    "models",
    "services",
    "web",
)
BOUNDS = {"\u3400", "\u4dbf", "\u4e00", "\u9fff"}  # first and last of the blocks of Chinese characters


def _docstrings(tree: ast.AST) -> set[int]:
    """Ids of the string nodes that are documentation: the first or a bare statement of a body."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_chinese_in_string_constants(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    comments = _docstrings(tree)
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:30]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments
        if HAN.search(node.value) and node.value not in BOUNDS
    ]
    assert found == []
