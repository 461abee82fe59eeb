"""What lies in the repository: no address of this machine, no package index, no telephone number, every lock line hashed."""

import re
from pathlib import Path

import pytest

from tests.house.tree import GIVEN, ROOT, all_files, name, text_files

# Written in pieces, so that this file passes its own test.
ABSOLUTE = re.compile(r"(?<![\w./~:}{-])/(?:work|root|tmp)" + r"(?:/|\b)")
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.", "files.python" + "hosted", "tuna" + r"\.", "aliyun" + r"\.", "artifact" + "ory"])
)
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Constant of the code, not somebody's telephone.
LOCKS = ("requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("absolute path", ABSOLUTE), ("package index", REGISTRIES), ("telephone number", PHONE)],
    ids=["path", "index", "telephone"],
)
def test_nothing_of_this_machine_or_of_a_person(what: str, pattern: re.Pattern[str]) -> None:
    found = [
        f"{name(path)}:{number}: {match[0]}"
        for path in text_files()
        if GIVEN not in path.parents and path.name not in LOCKS
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert found == [], what


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_by_hash(lock: str) -> None:
    """`pip install --require-hashes` refuses anything else, but only at the user's."""
    lines = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    requirements = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert requirements
    assert [line[:60] for line in requirements if "==" not in line.split(";")[0] or not HASH.search(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_index(lock: str) -> None:
    """Everybody has their own mirror; one written into the file would bind the user to ours."""
    content = (ROOT / lock).read_text(encoding="utf-8")
    options = re.findall(
        r"^\s*-(?:-index-url|-extra-index-url|-find-links|-trusted-host|i|f)\b.*$", content, re.MULTILINE
    )
    assert options == []
    assert not re.search(r"https?://", content)


def test_the_lock_for_users_is_part_of_the_one_for_developers() -> None:
    """Else tests would run on other versions than people do."""

    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?==[^\s;\\]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    assert pins(LOCKS[0]) - pins(LOCKS[1]) == set()


def test_every_make_target_has_a_line_of_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE)
    helped = re.findall(r"^([a-z][\w-]*):[^\n]*## \S", makefile, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert sorted(targets) == sorted(helped) == sorted(phony[1].split())


def test_commands_people_rely_on_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [name for name in ("setup", "demo", "test", "check", "soak", "bench") if f"\n{name}:" not in makefile] == []


def _linked(path: Path) -> list[tuple[str, Path]]:
    found = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    return [(link, path.parent / link) for link in found if "://" not in link and not link.startswith("mailto:")]


def test_links_between_documents_lead_somewhere() -> None:
    markdown = [path for path in all_files() if path.suffix == ".md" and GIVEN not in path.parents]
    broken = [f"{name(path)}: {link}" for path in markdown for link, target in _linked(path) if not target.exists()]
    assert broken == []
