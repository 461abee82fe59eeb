"""Every message of locales/ as a tree, and what can be read off it: variables, references, literal text."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser, ast

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
LANGUAGES = ("zh-CN", "en")


def files(language: str) -> list[Path]:
    """The files of a language."""
    return sorted((LOCALES / language).glob("*.ftl"))


@cache
def entries(path: Path) -> tuple[Any, ...]:
    """Everything in a file: messages, comments, junk."""
    return tuple(FluentParser(with_spans=True).parse(path.read_text(encoding="utf-8")).body)


@cache
def messages(language: str) -> dict[str, ast.Message]:
    """Key → message of a language. A key that stands in two files is a fault that `doubles` finds."""
    return {key: entry for _, key, entry in _all(language)}


def places(language: str) -> list[tuple[str, str]]:
    """(file, key) of every message, in order."""
    return [(path.name, key) for path, key, _ in _all(language)]


def _all(language: str) -> Iterator[tuple[Path, str, ast.Message]]:
    for path in files(language):
        for entry in entries(path):
            if isinstance(entry, ast.Message):
                yield path, entry.id.name, entry


def nodes(tree: Any) -> Iterator[Any]:
    """Every node below `tree`."""
    if isinstance(tree, list):
        for item in tree:
            yield from nodes(item)
    elif isinstance(tree, ast.BaseNode):
        yield tree
        for name, value in vars(tree).items():
            if name != "span":
                yield from nodes(value)


def references(message: ast.Message) -> set[str]:
    """Messages this one takes in."""
    return {node.id.name for node in nodes(message.value) if isinstance(node, ast.MessageReference)}


def variables(language: str, key: str) -> set[str]:
    """What a message needs, through selectors and the messages it takes in."""
    message = messages(language)[key]
    own = {node.id.name for node in nodes(message.value) if isinstance(node, ast.VariableReference)}
    return own.union(*(variables(language, other) for other in references(message)))


def texts(language: str, key: str) -> list[str]:
    """The literal pieces of a message, variants and literals in placeables included."""
    found = []
    for node in nodes(messages(language)[key].value):
        if isinstance(node, ast.TextElement):
            found.append(node.value)
        elif isinstance(node, ast.StringLiteral):
            found.append(node.parse()["value"])
    return found


def lines(language: str, key: str) -> list[str]:
    """Every pattern of a message as people read it, with variables as {name} (numbers and words alike)."""
    found = []
    for node in nodes(messages(language)[key].value):
        if isinstance(node, ast.Pattern):
            found.append("".join(_piece(element) for element in node.elements))
    return found


def _piece(element: Any) -> str:
    if isinstance(element, ast.TextElement):
        return str(element.value)
    match element.expression:
        case ast.VariableReference() as variable:
            return f"{{{variable.id.name}}}"
        case ast.StringLiteral() as literal:
            return str(literal.parse()["value"])
        case _:
            return "{}"
