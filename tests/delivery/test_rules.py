"""Rules of the house that a machine can read: who may send, how datetimes are declared, what may be created where."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("delivery", "services", "handlers", "models", "matching", "web", "locales")
SOURCES = [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
SENDS = ("send_", "edit_", "answer_", "reply_", "forward_", "copy_", "delete_message")


def calls(tree: ast.AST) -> list[tuple[str, str, int]]:
    """(object, method, line) of every call of an attribute."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.append((ast.unparse(node.func.value), node.func.attr, node.lineno))
    return found


def sending(source: str) -> list[int]:
    """Lines that speak to the Bot API's sending methods."""
    speakers = ("bot", "message", "query", "update", "chat", "context")
    return [
        line
        for owner, method, line in calls(ast.parse(source))
        if method.startswith(SENDS) and any(word in owner.lower() for word in speakers)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_sender_sends(path: Path) -> None:
    if path != ROOT / "delivery" / "sender.py":
        assert sending(path.read_text(encoding="utf-8")) == []


def test_the_rule_sees_what_it_forbids() -> None:
    forbidden = ["bot.send_message(1, 'x')", "self._bot.edit_message_text('x')", "await_ = update.message.reply_text('x')",
                 "query.answer_callback_query()"]  # fmt: skip
    assert [bool(sending(line)) for line in forbidden] == [True] * 4
    assert sending((ROOT / "delivery" / "sender.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "models").glob("*.py")), ids=lambda path: path.name)
def test_datetimes_have_sqlmodels_own_type(path: Path) -> None:
    """`sa_column` for a datetime comes back eight hours wrong from SQLite (reliability fact 75)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.AnnAssign) and "datetime" in ast.unparse(node.annotation) and node.value is not None:
            assert "sa_column" not in ast.unparse(node.value), f"{path.name}:{node.lineno}"
            assert "sa_type" not in ast.unparse(node.value), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_started_that_nobody_keeps(path: Path) -> None:
    for owner, method, line in calls(ast.parse(path.read_text(encoding="utf-8"))):
        kept = path == ROOT / "delivery" / "tasks.py"
        assert kept or method not in ("create_task", "ensure_future"), f"{path.name}:{line} {owner}.{method}"
        assert method != "allow_paid_broadcast"
