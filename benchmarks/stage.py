"""Where a benchmark plays: temporary folder, server and bots in processes of their own, persons who have joined.

Everything listens on 127.0.0.1 only, every wait has an end, and leaving the stage ends all processes it started.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError

from sqlalchemy import update
from sqlmodel import Session, col, select

from delivery.database import migrate
from delivery.store import Store
from models import Outbox, School
from services import imports, people, rosters
from services.actor import actor_of

Result = TypeVar("Result")

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS = ROOT / "samples" / "schools_liangshan.csv"
PERSONS = range(9_000_000_001, 9_000_000_051)  # the ids the gateway gives to its first fifty guests
START_SECONDS = 30.0
RUN_SECONDS = 120.0
STOP_SECONDS = 8.0
LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot in its own process."""

    token: str
    process: "subprocess.Popen[str]"
    started_at: float  # time.time() just before its process began

    @property
    def megabytes(self) -> float:
        """Its resident memory."""
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
            return int(line.split()[1]) / 1024
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True)
        return int(told.stdout) / 1024


@dataclass(frozen=True, slots=True)
class Played:
    """What the server saw in one run."""

    seconds: float
    waits: list[float]  # from text to reply, of a run one by one
    cards: int  # replies with 提交 on them
    wrong: int  # replies too few or too many, over all persons
    unknown: int  # calls of methods the server has not


class Stage:
    """Start what is needed on it; `with` ends it all."""

    def __enter__(self) -> "Stage":
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bangfu-bench-")))
        self._tokens = 0
        self.api_url = ""
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    # processes

    def spawn(self, *command: str | Path, **settings: str) -> "subprocess.Popen[str]":
        """A Python process with these settings, without proxies and without anybody's .env."""
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        with (self.folder / "stderr").open("a") as errors:
            process = subprocess.Popen(
                [sys.executable, *map(str, command)],
                cwd=self.folder,
                env=kept | settings,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._stack.callback(end, process)
        return process

    def announced(self, process: "subprocess.Popen[str]", lines: int = 1) -> str:
        """What a process said on starting: its first lines. If it says nothing it is ended, and that is an error."""
        assert process.stdout is not None
        impatience = threading.Timer(START_SECONDS, process.kill)
        impatience.start()
        try:
            said = "".join(process.stdout.readline() for _ in range(lines))
        finally:
            impatience.cancel()
        if not said.endswith("\n"):
            raise RuntimeError(f"a process did not start: {self.last_words()}")
        return said

    def serve(self) -> None:
        """The strict server that stores nothing."""
        port = int(self.announced(self.spawn(ROOT / "benchmarks" / "server.py")))
        self.api_url = f"http://127.0.0.1:{port}"

    def ours(self, database: Path, *, api_url: str = "", token: str = "") -> Bot:
        """`python bot.py run`, as shipped."""
        return self._bot(ROOT / "bot.py", "run", api_url=api_url, token=token, DATABASE_URL=f"sqlite:///{database}")

    def theirs(self, *, side_by_side: int = 0, api_url: str = "", token: str = "") -> Bot:
        """The bare echo bot."""
        echo = ROOT / "benchmarks" / "echo.py"
        return self._bot(echo, api_url=api_url, token=token, CONCURRENT=str(side_by_side))

    def _bot(self, *command: str | Path, api_url: str, token: str, **settings: str) -> Bot:
        token = token or self.new_token()
        settings |= {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": api_url or self.api_url}
        began = time.time()
        return Bot(token, self.spawn(*command, **settings), began)

    def new_token(self) -> str:
        """A token; known to the strict server if that runs."""
        self._tokens += 1
        token = f"{70_000_000 + self._tokens}:benchmark-token-of-no-real-bot"
        if self.api_url:
            self._ask("open", {"token": token})
        return token

    # what the strict server is asked

    def delay(self, seconds: float) -> None:
        """Answer every call after so long."""
        self._ask("delay", {"seconds": seconds})

    def first_poll(self, bot: Bot) -> float:
        """Seconds from the process's start until its first getUpdates; waits until it is at rest."""
        asked = {"token": bot.token, "patience": START_SECONDS}
        return float(self._ask("polled", asked)["first"]) - bot.started_at

    def play(self, bot: Bot, texts: Sequence[str], *, one_by_one: bool = False) -> Played:
        """Feed texts to a bot and wait for all replies."""
        asked = {"token": bot.token, "texts": texts, "chats": list(PERSONS), "one_by_one": one_by_one}
        return Played(**self._ask("run", asked | {"patience": RUN_SECONDS}))

    def _ask(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        """A question to the strict server; if it has no answer in time, a bot's last words say why."""
        try:
            return post(f"{self.api_url}/control/{what}", body)
        except HTTPError as error:
            raise RuntimeError(f"{what}: {error.reason}; {self.last_words()}") from error

    def last_words(self) -> str:
        """What our processes wrote last on standard error."""
        return (self.folder / "stderr").read_text(encoding="utf-8")[-2000:]

    # databases

    def joined(self) -> Path:
        """A database in which fifty persons of schools have joined and nothing waits; copy it, do not use it."""
        path = self.folder / "joined.db"
        if not path.exists():
            migrate(f"sqlite:///{path}")
            in_database(path, _join_all)
        return path

    def database(self) -> Path:
        """A fresh copy of `joined`."""
        path = Path(tempfile.mkdtemp(dir=self.folder)) / "bangfu.db"
        return Path(shutil.copy(self.joined(), path))


def end(process: "subprocess.Popen[str]") -> None:
    """Ask a process to stop, and insist; again does nothing."""
    if process.poll() is None:
        process.terminate()
    try:
        process.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def in_database(path: Path, unit: Callable[[Session], Result]) -> Result:
    """Run a unit in a database of which nobody else knows."""
    store = Store.open(f"sqlite:///{path}")
    try:
        return store.run_now(unit)
    finally:
        store.close()


def _join_all(session: Session) -> None:
    """Each person redeems an invitation of a school and agrees, as /start CODE and 同意 do."""
    now = datetime.now(UTC)
    imports.import_schools(session, rosters.read_schools(SCHOOLS).rows)
    session.flush()
    schools = session.exec(select(School).order_by(col(School.id)).limit(len(PERSONS))).all()
    for (external, person), school in zip(people.persons_of(session, PERSONS, now).items(), schools, strict=True):
        code = people.create_invite(session, "school", now, school=school)
        session.flush()
        people.start(session, actor_of(session, person), now, code)
        people.agree(session, actor_of(session, person), now, f"P{external}")
    session.flush()
    session.connection().execute(update(Outbox).values(done_at=0.0, outcome="sent"))


def post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """One question to a server on this machine."""
    headers = {"content-type": "application/json", "origin": url[: url.index("/", len("http://"))]}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with LOOPBACK.open(request, timeout=RUN_SECONDS + 10) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def get(url: str) -> bytes:
    """What a server on this machine shows."""
    with LOOPBACK.open(url, timeout=START_SECONDS) as response:
        return bytes(response.read())


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
