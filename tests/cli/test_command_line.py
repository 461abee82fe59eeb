"""`python bot.py …` as an operator types it: real processes, a real file, words that say what to do."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, select

from delivery.database import open_engine
from models import Invite, School, Teacher

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "samples"


class Shell:
    """Runs commands against one database."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'cli.db'}"
        self.folder = folder

    def run(self, *arguments: str, said: str = "", **settings: str) -> tuple[int, str, str]:
        """Exit code, output, complaints."""
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [sys.executable, str(ROOT / "bot.py"), *arguments],
            input=said,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**known, "DATABASE_URL": self.url, "PYTHONUTF8": "1", **settings},
            timeout=60,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_importing_the_70_schools_tells_the_true_mismatches_and_invites_by_exact_name(shell: Shell) -> None:
    code, output, _ = shell.run("import", "schools", str(SAMPLES / "schools_liangshan.csv"))
    assert code == 0
    assert "新增 70，更新 0，不合之处 2" in output
    assert "喜德县" in output
    code, output, _ = shell.run("invite", "school", "--school", "昭觉县四开乡中心小学校")
    invitation = output.splitlines()[-1]
    engine = open_engine(shell.url)
    with Session(engine) as session:
        kept = session.exec(select(Invite)).one()
        assert kept.code_hash == hashlib.sha256(invitation.encode()).hexdigest()
        assert (kept.role, len(session.exec(select(School)).all())) == ("school", 70)
    engine.dispose()
    code, _, complaint = shell.run("invite", "school", "--school", "四开小学")
    assert (code, "昭觉县四开乡中心小学校" in complaint) == (2, True)


def test_importing_teachers_twice_adds_nobody_twice(shell: Shell) -> None:
    for expected in ("新增 240，更新 0", "新增 0，更新 240"):
        code, output, _ = shell.run("import", "teachers", str(SAMPLES / "teachers.csv"))
        assert (code, expected in output) == (0, True)
    engine = open_engine(shell.url)
    with Session(engine) as session:
        assert len(session.exec(select(Teacher)).all()) == 240
    engine.dispose()


def test_read_and_rank_use_only_id_and_text(shell: Shell) -> None:
    folder = ROOT / "tests" / "matching" / "eval"
    rows = [json.loads(line) for line in (folder / "needs.jsonl").read_text(encoding="utf-8").splitlines()]
    bare = "\n".join(json.dumps({"id": row["id"], "text": row["text"]}) for row in rows)
    scrambled = "\n".join(json.dumps({**row, "kind": "spam", "gold": [], "style": "?"}) for row in rows)
    day = ("--today", "2026-11-21")
    first, second = (shell.run("read", *day, said=text)[1] for text in (bare, scrambled))
    assert first == second
    assert len(first.splitlines()) == 60
    ranked = []
    for name, text in (("bare", bare), ("scrambled", scrambled)):
        path = shell.folder / f"{name}.jsonl"
        path.write_text(text, encoding="utf-8")
        teachers = str(folder / "teachers.jsonl")
        ranked.append(shell.run("rank", "--needs", str(path), "--teachers", teachers, "--top", "3", *day)[1])
    assert ranked[0] == ranked[1]
    candidate = next(
        found["candidates"][0]
        for line in ranked[0].splitlines()
        for found in json.loads(line)["needs"]
        if found["candidates"]
    )
    assert candidate["score"] == sum(part["points"] for part in candidate["parts"])
    assert all(part["label"] and not part["label"].startswith("part-") for part in candidate["parts"])


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (("run",), {}, "TELEGRAM_BOT_TOKEN"),
        (("run",), {"TIMEZONE": "Mars/Olympus"}, "TIMEZONE"),
        (("run",), {"TELEGRAM_PROXY": "socks5://127.0.0.1:1"}, "TELEGRAM_PROXY"),
        (("migrate",), {"DATABASE_URL": "nonsense://x"}, "DATABASE_URL"),
        (("import", "schools", "absent.csv"), {}, "absent.csv"),
        (("invite", "school"), {}, "--school"),
        (("invite", "teacher", "--teacher", "X1"), {}, "X1"),
    ],
)
def test_what_is_wrong_is_named_without_a_traceback(
    shell: Shell, arguments: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    code, _, complaint = shell.run(*arguments, **settings)
    assert (code, said in complaint, "Traceback" in complaint) == (2, True, False), complaint


def test_a_taken_port_is_said_plainly(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, complaint = shell.run("gateway", "--port", str(taken.getsockname()[1]))
    assert (code, "--port" in complaint, "Traceback" in complaint) == (2, True, False)
