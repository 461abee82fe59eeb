"""Who may know whom: bot, demo → handlers, web → delivery → services → matching, models; handlers, web → locales."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name, program_files, tree

# Part of the house → our parts it may import. A part is a folder or a file at the root.
MAY_IMPORT = {
    "settings": set(),
    "locales": set(),
    "models": set(),
    "matching": set(),
    "services": {"matching", "models", "settings"},
    "delivery": {"services", "models"},
    "handlers": {"locales", "delivery", "services", "matching"},
    "web": {"locales", "delivery", "models"},
    "demo": {"locales", "delivery", "services", "models", "web"},
    "bot": {"locales", "handlers", "web", "delivery", "services", "matching", "models", "settings", "demo"},
}
# Part → libraries from outside it must not touch.
MUST_NOT = {
    "matching": {"sqlalchemy", "sqlmodel", "alembic", "telegram", "fastapi", "starlette", "aiohttp", "fluent"},
    "models": {"telegram", "fastapi", "starlette", "aiohttp", "fluent"},
    "services": {"telegram", "fastapi", "starlette", "aiohttp", "fluent", "asyncio"},
    "delivery": {"fluent", "fastapi", "starlette"},
    "handlers": {"fluent", "sqlalchemy", "fastapi", "starlette", "aiohttp"},
    "web": {"fluent", "telegram"},
    "locales": {"sqlalchemy", "sqlmodel", "telegram"},
    "settings": {"sqlalchemy", "sqlmodel", "telegram", "fluent"},
    "demo": {"telegram", "fluent"},
    "bot": {"fluent"},
}
# What handlers may take from sqlmodel: the type in a signature, nothing to ask a database with.
HANDLERS_TAKE = {"Session"}
# What views may take from elsewhere: plain values and wording, no service that acts.
VIEWS_TAKE = {"delivery.message", "handlers", "locales", "matching", "services.terms"}
SENDS = ("send_", "edit_", "answer_", "reply_", "delete_", "forward_", "copy_", "stop_", "pin_", "set_", "get_")
SENDER = "delivery/sender.py"
MENU = ("handlers/__init__.py", "set_my_commands")  # the menu of commands, once at the start; nobody is written to


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(line, module, names) of every import, those inside functions included."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield node.lineno, alias.name, ()
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                yield node.lineno, module, tuple(alias.name for alias in aliases)
            case ast.ImportFrom():
                yield node.lineno, "(relative)", ()


def faults(allowed: dict[str, set[str]]) -> list[str]:
    """Imports of our own parts that point the wrong way."""
    return [
        f"{name(path)}:{line} imports {module}"
        for path in program_files()
        for line, module, _ in imported(path)
        if module.partition(".")[0] in MAY_IMPORT or module == "(relative)"
        if module.partition(".")[0] not in allowed[part_of(path)] | {part_of(path)}
    ]


def test_every_part_of_the_house_is_known() -> None:
    assert {part_of(path) for path in program_files()} == MAY_IMPORT.keys()


def test_imports_point_one_way() -> None:
    assert faults(MAY_IMPORT) == []


def test_the_direction_has_no_circle() -> None:
    """The table itself: whatever a part may import never leads back to it."""

    def reach(part: str, seen: frozenset[str]) -> set[str]:
        return set().union(*({other} | reach(other, seen | {other}) for other in MAY_IMPORT[part] - seen))

    assert [part for part in MAY_IMPORT if part in reach(part, frozenset())] == []


@pytest.mark.parametrize("part", sorted(MUST_NOT))
def test_a_part_leaves_alone_what_is_not_its_business(part: str) -> None:
    found = [
        f"{name(path)}:{line} imports {module}"
        for path in program_files()
        if part_of(path) == part
        for line, module, _ in imported(path)
        if module.partition(".")[0] in MUST_NOT[part]
    ]
    assert found == []


def test_only_locales_knows_fluent() -> None:
    outside = {
        part_of(path) for path in program_files() for _, module, _ in imported(path) if module.startswith("fluent")
    }
    assert outside == {"locales"}


def test_handlers_cannot_query() -> None:
    """A handler that asks the database itself would do so outside its turn's transaction."""
    found = [
        f"{name(path)}:{line} imports {taken}"
        for path in program_files()
        if part_of(path) == "handlers"
        for line, module, names in imported(path)
        if module.startswith("sqlmodel")
        for taken in names or (module,)
        if taken not in HANDLERS_TAKE
    ]
    assert found == []


def test_views_are_pure() -> None:
    """Same row of the outbox, same message: a view sees values and words only."""
    found = [
        f"{name(path)}:{line} imports {module}"
        for path in program_files()
        if name(path).startswith("handlers/views/")
        for line, module, _ in imported(path)
        if module.partition(".")[0] in MAY_IMPORT
        if not any(module == allowed or module.startswith(f"{allowed}.") for allowed in VIEWS_TAKE)
    ]
    assert found == []


def test_only_the_sender_sends() -> None:
    """Bot API calls are methods of something called bot; handlers, services and the rest write outbox rows instead."""
    found = [
        f"{name(path)}:{node.lineno} calls {node.func.attr}"
        for path in program_files()
        if name(path) != SENDER and part_of(path) != "web"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith(SENDS)
        if _is_bot_or_update(node.func.value) and (name(path), node.func.attr) != MENU
    ]
    assert found == []


def _is_bot_or_update(node: ast.expr) -> bool:
    """bot.…, self._bot.…, context.bot.…, update.message.…, query.…"""
    words = {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}
    words |= {found.attr for found in ast.walk(node) if isinstance(found, ast.Attribute)}
    return bool(words & {"bot", "_bot", "message", "effective_message", "effective_chat", "query", "callback_query"})


def test_services_never_commit() -> None:
    """The turn commits; a commit inside would split {fence, rows, audit, outbox, inbox done}."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in program_files()
        if part_of(path) in {"services", "handlers", "matching"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
        if not (isinstance(node.func.value, ast.Call) or _name_of(node.func.value) == "turn")
    ]
    assert found == []


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_business_code_reads_no_clock() -> None:
    """`now` and `today` are arguments in matching, services and handlers; queues use real time in delivery."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in program_files()
        if part_of(path) in {"matching", "services", "handlers"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in {"now", "utcnow", "today"} and _name_of(node.func.value) in {"datetime", "date"}
    ]
    assert found == []


def test_status_changes_only_through_audit() -> None:
    """`audit.move` writes the step down; an assignment to `.status` elsewhere would leave none."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in program_files()
        if part_of(path) in {"services", "handlers"} and name(path) != "services/audit.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for each in ast.walk(target)
        if isinstance(each, ast.Attribute)
        and each.attr == "status"
        and _name_of(each.value) not in _new_rows(path, node)
    ]
    assert found == []


def _new_rows(path: Path, node: ast.AST) -> set[str]:
    """Variables that hold a row made in the same function; `audit.begin` writes down the status such a row starts with."""
    around = [each for each in ast.walk(tree(path)) if isinstance(each, ast.FunctionDef) and node in ast.walk(each)]
    return {
        target.id
        for function in around
        for made in ast.walk(function)
        if isinstance(made, ast.Assign) and isinstance(made.value, ast.Call) and _name_of(made.value.func)[:1].isupper()
        for target in made.targets
        if isinstance(target, ast.Name)
    }


def test_nothing_mutable_at_module_level() -> None:
    """The database is the only memory: no module holds a list, dict or set that something adds to."""
    found = [
        f"{name(path)}:{call.lineno} changes {call.func.value.id}"
        for path in program_files()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
        if call.func.attr in {"append", "add", "update", "setdefault", "pop", "clear", "extend", "insert"}
        if call.func.value.id in _module_containers(path) and not _rebound(path, call)
    ]
    assert found == []


def _module_containers(path: Path) -> set[str]:
    return {
        target.id
        for node in tree(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Dict | ast.Set | ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


def _rebound(path: Path, call: ast.Call) -> bool:
    """At module level itself, while the table is being built."""
    return any(call in ast.walk(statement) for statement in tree(path).body if isinstance(statement, ast.Expr))
