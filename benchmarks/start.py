"""Starting: processes until they ask for updates, the demo's second start until its page answers, imports alone."""

import subprocess
import sys
import time
from statistics import median
from urllib.error import URLError

from benchmarks.registry import Progress, Row, between, compare
from benchmarks.stage import ROOT, START_SECONDS, Stage, end, free_port, get

ROUNDS = 3
DEMO_ROUNDS = 2
OURS = "import bot, delivery.runtime, delivery.store, delivery.database, handlers.views, services.people"
THEIRS = "import telegram.ext"
TIMED = "import time; began = time.perf_counter(); {imports}; print(time.perf_counter() - began)"


def measure(progress: Progress) -> list[Row]:
    """Bot, demo and imports."""
    with Stage() as stage:
        stage.serve()
        return [_bot(stage, progress), _imports(progress), _demo(stage, progress)]


def _bot(stage: Stage, progress: Progress) -> Row:
    database = stage.database()
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        progress(f"start of the bot, round {number + 1} of {ROUNDS}")
        for bot, seconds in ((stage.ours(database), ours), (stage.theirs(), theirs)):
            seconds.append(stage.first_poll(bot))
            end(bot.process)
    note = "process start to first getUpdates; ours checks the schema of an existing database"
    return compare("start of the bot", "s", "less", ours, theirs, note)


def _imports(progress: Progress) -> Row:
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        progress(f"imports, round {number + 1} of {ROUNDS}")
        for imports, seconds in ((OURS, ours), (THEIRS, theirs)):
            seconds.append(_import_seconds(imports))
    return compare("imports", "s", "less", ours, theirs, "theirs: telegram.ext")


def _import_seconds(imports: str) -> float:
    command = [sys.executable, "-c", TIMED.format(imports=imports)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=START_SECONDS, check=True)
    return float(told.stdout)


def _demo(stage: Stage, progress: Progress) -> Row:
    """The first start loads the samples and is not counted."""
    seconds = []
    for number in range(1 + DEMO_ROUNDS):
        progress(f"start of the demo, {'first' if not number else f'round {number} of {DEMO_ROUNDS}'}")
        port, began = free_port(), time.perf_counter()
        process = stage.spawn(ROOT / "bot.py", "demo", "--port", str(port), "--data", stage.folder / "demo")
        _until_page(f"http://127.0.0.1:{port}/")
        seconds.append(time.perf_counter() - began)
        stage.announced(process, lines=2)
        end(process)
    again = seconds[1:]
    note = f"until the page answers; first start, which loads the samples: {seconds[0]:.1f} s"
    return Row("second start of the demo", "s", "less", median(again), spread=between(again), note=note)


def _until_page(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            get(url)
            return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
