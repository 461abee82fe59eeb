"""Documents that must keep up with the code: settings, tables, commands, decisions."""

import re

import pytest
from pydantic import SecretStr
from sqlmodel import SQLModel

import models
from delivery import inbox, outbox
from settings import Settings
from tests.house.tree import ROOT, all_files, name

ENV = ROOT / ".env.example"
OPERATIONS = ROOT / "docs" / "operations.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
DECISIONS = ROOT / "docs" / "decisions"
HAN = re.compile(r"[\u4e00-\u9fff]")


def settings() -> dict[str, str]:
    """Name → default of every setting, as .env writes it."""
    found = {}
    for setting, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        plain = default.get_secret_value() if isinstance(default, SecretStr) else default
        found[setting.upper()] = ",".join(map(str, plain)) if isinstance(plain, list) else str(plain)
    return found


def test_the_template_lists_exactly_the_settings_with_their_defaults() -> None:
    lines = [line for line in ENV.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert dict(line.split("=", 1) for line in lines) == settings()
    assert [line.split("=", 1)[0] for line in lines] == list(settings()), "in the order of settings.py"


def test_every_setting_of_the_template_has_a_chinese_comment() -> None:
    lines = ENV.read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for above, line in zip(["", *lines], lines, strict=False)
        if "=" in line and not line.startswith("#") and not (above.startswith("#") and HAN.search(above))
    ]
    assert bare == []


def test_every_setting_is_described_for_operators() -> None:
    text = OPERATIONS.read_text(encoding="utf-8")
    assert [setting for setting in settings() if f"`{setting}`" not in text] == []


def test_retention_in_the_manual_is_what_the_program_keeps() -> None:
    day = 86_400
    promised = re.search(
        r"留 (\d+) 天，没办成而搁置的留 (\d+) 天；发出的消息留 (\d+) 天", OPERATIONS.read_text("utf-8")
    )
    assert promised is not None
    kept = (inbox.KEEP_SECONDS, inbox.KEEP_PARKED_SECONDS, outbox.KEEP_SECONDS)
    assert tuple(int(days) * day for days in promised.groups()) == kept


def glossary() -> list[list[str]]:
    """The rows of the glossary's tables: 中文, English, meaning, where."""
    rows = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [row for row in cells if not set(row[0]) <= {"-", ":", " "} and row[0] != "中文"]


def tables() -> set[str]:
    """The classes of the tables."""
    return {each for each in models.__all__ if issubclass(getattr(models, each), SQLModel)}


def test_every_row_of_the_glossary_is_complete() -> None:
    assert [row for row in glossary() if len(row) != 4 or not all(row) or not HAN.search(row[0])] == []


def test_no_term_stands_twice() -> None:
    english = [row[1] for row in glossary()]
    assert sorted(term for term in english if english.count(term) > 1) == []


def test_every_table_has_a_chinese_and_an_english_name() -> None:
    named = {code for row in glossary() for code in re.findall(r"`models\.(\w+)`", row[3])}
    assert tables() - named == set()


def test_names_of_the_glossary_exist_in_code() -> None:
    """`module.name` in the last column is an importable name, `folder/file` a file."""
    missing = []
    for row in glossary():
        for code in re.findall(r"`([^`]+)`", row[3]):
            if "/" in code:
                known = (ROOT / code.partition(":")[0]).exists()
            else:
                module, _, attribute = code.rpartition(".")
                known = hasattr(__import__(module, fromlist=["_"]), attribute) if module else False
            if not known:
                missing.append(f"{row[1]}: {code}")
    assert missing == []


def test_decisions_say_what_was_decided_and_what_lost() -> None:
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    assert pages
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    wanted = ("## Context", "## Decision", "## The option that lost", "## Evidence")
    lacking = {page.name: [part for part in wanted if part not in page.read_text(encoding="utf-8")] for page in pages}
    assert {page: parts for page, parts in lacking.items() if parts} == {}


def test_decisions_the_code_cites_exist() -> None:
    numbers = {page.name[:4] for page in DECISIONS.glob("[0-9]*.md")}
    cited = {
        (name(path), number)
        for path in all_files()
        if path.suffix in {".py", ".toml", ".md", ".ftl"}
        for number in re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8"))
    }
    assert {cite for cite in cited if cite[1] not in numbers} == set()


@pytest.mark.parametrize("page", ["operations.md", "glossary.md", "adding-a-flow.md"])
def test_pages_name_only_files_that_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:bot|demo|settings|handlers|services|delivery|matching|models|locales|web|docs|samples|tests)"
        r"(?:/[\w.-]+)*\.(?:py|ftl|md|csv|toml))`",
        text,
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_worked_example_is_the_code() -> None:
    """The Python of adding-a-flow.md, its comments and its invented test apart, stands in the files word for word."""
    page = (ROOT / "docs" / "adding-a-flow.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "world: World" not in block]
    assert blocks
    program = {
        line.strip()
        for folder in ("services", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    quoted = [re.sub(r"\s{2,}# .*$", "", line).strip() for block in blocks for line in block.splitlines()]
    assert [line for line in quoted if line not in program] == []


def test_commands_in_operations_exist() -> None:
    """`bot.py <command>` of the manual is a command of the program."""
    source = (ROOT / "bot.py").read_text(encoding="utf-8")
    known = set(re.findall(r'add\("(\w+)"', source))
    named = set(re.findall(r"bot\.py ([a-z]+)", OPERATIONS.read_text(encoding="utf-8")))
    assert named - known == set()
