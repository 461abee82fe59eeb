"""Which words the code asks for, read from its source.

`say(…)`, `has(…)` and `button(w, …)` are followed through constants, conditions, loops over tuples and assignments. What
cannot be known from the source is a template with {} for the unknown parts; tests/words/test_uses.py has a row for each.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANY = "{}"


@dataclass(frozen=True)
class Use:
    """A key, or a template of keys, that the code asks for."""

    where: str  # file:line
    template: str
    optional: bool  # asked for by `has`: need not exist


def python_files(*roots: str) -> list[Path]:
    """Our source files below the given folders, or the given files."""
    found: list[Path] = []
    for root in roots:
        path = ROOT / root
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


@cache
def uses(path: Path) -> list[Use]:
    """Every use of a word in a file."""
    return list(_source(path).uses())


@cache
def _source(path: Path) -> "_Source":
    return _Source(path)


class _Source:
    def __init__(self, path: Path) -> None:
        self.name = path.relative_to(ROOT).as_posix()
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def uses(self) -> Iterator[Use]:
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            where = f"{self.name}:{node.lineno}"
            match node.func:
                case ast.Attribute(attr="say" | "has" as verb, value=ast.Name(id="w" | "W")):
                    for template in self.shapes(node.args[0]):
                        yield Use(where, template, optional=verb == "has")
                case ast.Name(id="button"):
                    for template in self.shapes(node.args[1]):
                        yield Use(where, f"button-{template}", optional=False)

    def shapes(self, node: ast.expr) -> set[str]:
        """The strings an expression can be, as templates."""
        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp():
                return self.shapes(node.body) | self.shapes(node.orelse)
            case ast.JoinedStr():
                return _joined(self.shapes(part) for part in node.values)
            case ast.FormattedValue():
                return self.shapes(node.value)
            case ast.BinOp(op=ast.Add()):
                left, right = self.shapes(node.left), self.shapes(node.right)
                return {ANY} if left == {ANY} else _joined((left, right))
            case ast.Name():
                return self._name(node)
            case _:
                return {ANY}

    def _name(self, name: ast.Name) -> set[str]:
        """What a name can hold: the loops and assignments around it."""
        found: set[str] = set()
        inside: ast.AST | None = name
        while inside is not None and not found:
            inside = self.parents.get(inside)
            match inside:
                case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                    for generator in inside.generators:
                        found |= self._looped(name, generator.target, generator.iter)
                case ast.For():
                    found |= self._looped(name, inside.target, inside.iter)
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() | ast.Module():
                    found |= self._assigned(name, inside)
                    if not isinstance(inside, ast.Module) and name.id in _parameters(inside):
                        break
        return found or {ANY}

    def _assigned(self, name: ast.Name, scope: ast.AST) -> set[str]:
        found: set[str] = set()
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and any(_is(target, name) for target in node.targets):
                found |= self.shapes(node.value)
        return found

    def _looped(self, name: ast.Name, target: ast.expr, source: ast.expr) -> set[str]:
        match target, source:
            case ast.Name(), _ if _is(target, name):
                return self._elements(source)
            case ast.Tuple(elts=[_, second]), ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]) if _is(
                second, name
            ):
                return self._elements(inner)
            case ast.Tuple(elts=parts), _ if any(_is(part, name) for part in parts):
                return self._column(source, next(n for n, part in enumerate(parts) if _is(part, name)))
        return set()

    def _column(self, source: ast.expr, n: int) -> set[str]:
        """The n-th of each tuple in a tuple of tuples."""
        if not isinstance(source, ast.Tuple | ast.List):
            return {ANY}
        rows = [row.elts[n] if isinstance(row, ast.Tuple) else row for row in source.elts]
        return set().union(*(self.shapes(cell) for cell in rows))

    def _elements(self, source: ast.expr) -> set[str]:
        match source:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return set().union(*(self.shapes(part) for part in parts))
            case ast.Name():
                tuples = [
                    node.value
                    for node in ast.walk(self.tree)
                    if isinstance(node, ast.Assign) and any(_is(target, source) for target in node.targets)
                    if isinstance(node.value, ast.Tuple | ast.List)
                ]
                return set().union(*(self._elements(found) for found in tuples)) if tuples else {ANY}
            case _:
                return {ANY}


def _is(node: ast.expr, name: ast.Name) -> bool:
    return isinstance(node, ast.Name) and node.id == name.id


def _parameters(scope: ast.AST) -> set[str]:
    assert isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    arguments = scope.args
    return {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}


def _joined(parts: Iterable[set[str]]) -> set[str]:
    return {"".join(combination) for combination in product(*parts)}


def calls(names: Iterable[str], paths: Iterable[Path], argument: int = 0) -> set[str]:
    """The templates given as the n-th argument to calls of these functions or classes."""
    wanted, found = set(names), set[str]()
    for path in paths:
        source = _source(path)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and len(node.args) > argument and _called(node.func) & wanted:
                found |= source.shapes(node.args[argument])
    return found


def _called(function: ast.expr) -> set[str]:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return {name}
        case ast.IfExp():  # (tell if fresh else update)(…)
            return _called(function.body) | _called(function.orelse)
        case _:
            return set()


def keys_set_in(name: str, paths: Iterable[Path]) -> set[str]:
    """The keys a variable of this name, a dictionary, is given."""
    found = set[str]()
    for path in paths:
        source = _source(path)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name:
                found |= source.shapes(node.slice)
    return found


def literals_under(key: str, paths: Iterable[Path]) -> set[str]:
    """The text constants that dictionaries written out in the source hold under `key`."""
    return {
        value.value
        for path in paths
        for node in ast.walk(_source(path).tree)
        if isinstance(node, ast.Dict)
        for name, value in zip(node.keys, node.values, strict=True)
        if isinstance(name, ast.Constant) and name.value == key
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def strings(paths: Iterable[Path], prefix: str) -> set[str]:
    """Every string constant that begins with `prefix`."""
    return {
        node.value
        for path in paths
        for node in ast.walk(_source(path).tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(prefix)
    }
