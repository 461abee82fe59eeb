"""Updates per second end to end: 2,000 texts of 50 persons, one reply each, ours and a bare echo bot in turn.

All bots and the server are separate processes on this machine. Ours keeps everything (inbox, business rows, audit,
outbox) in SQLite with synchronous=FULL, as shipped; the bare bot keeps nothing and loses what it holds when it dies.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import texts
from benchmarks.registry import Progress, Row, compare
from benchmarks.stage import PERSONS, ROOT, RUN_SECONDS, START_SECONDS, Bot, Stage, end, free_port, get, post

TEXTS = 2_000
SEQUENTIAL_TEXTS = 100  # of the bare bot when each call takes 50 ms: it waits for each in turn, 18/s however many
WARM_UP = 200
ROUNDS = 3
DELAY = 0.05
CONCURRENT = 256  # PTB's own value for concurrent_updates(True)
GATEWAY_TEXTS = 1_000
LOOK_SECONDS = 0.05


def measure(progress: Progress) -> list[Row]:
    """Four rows at the strict server, one more with a concurrent competitor, one at our gateway."""
    with Stage() as stage:
        rows = _at_strict_server(stage, progress)
    with Stage() as stage:
        return [*rows, _at_gateway(stage, progress)]


def _at_strict_server(stage: Stage, progress: Progress) -> list[Row]:
    stage.serve()
    ours, theirs, concurrent = stage.ours(stage.database()), stage.theirs(), stage.theirs(side_by_side=CONCURRENT)
    thanks, needs = texts.thanks(TEXTS), texts.needs(TEXTS)
    for bot in (ours, theirs, concurrent):
        stage.play(bot, [*thanks[:WARM_UP], *needs[:WARM_UP]])
    rows = []
    for milliseconds in (0, round(DELAY * 1000)):
        stage.delay(milliseconds / 1000)
        many = TEXTS if milliseconds == 0 else SEQUENTIAL_TEXTS
        for what, said, cards in (("thanks", thanks, 0), ("need → card", needs, TEXTS)):
            name = f"throughput, {what}, {milliseconds} ms per call"
            rows.append(_in_turn(stage, progress, name, (ours, said, cards), (theirs, said[:many])))
        name = f"throughput, thanks, {milliseconds} ms, theirs concurrent"
        rows.append(_in_turn(stage, progress, name, (ours, thanks, 0), (concurrent, thanks), f"concurrent_updates {CONCURRENT}: keeps no order"))
    return rows


def _in_turn(stage, progress, name, mine, other, note=""):
    ...
