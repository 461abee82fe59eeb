"""Updates per second end to end: texts of 50 persons, one reply each, ours and a bare echo bot in turn.

All bots and the server are processes of their own. Ours keeps everything (inbox, business rows, audit, outbox) in SQLite
with synchronous=FULL, as shipped; the bare bot keeps nothing and loses what it holds when it dies.
"""

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks import texts
from benchmarks.registry import Progress, Row, compare
from benchmarks.stage import PERSONS, ROOT, RUN_SECONDS, Bot, Stage, end, free_port, get, post

THANKS = 2_000
NEEDS = 500
DELAYED_THANKS = 1_000
CONCURRENT = 400
ONE_BY_ONE = 60  # texts of the bare bot when each call takes 50 ms: it waits for each in turn, 18/s however many
AT_GATEWAY = 600
WARM_UP = 200
ROUNDS = 3
DELAY_MS = 50
SIDE_BY_SIDE = 16  # the best for the competitor: 190/s; with 32 httpx alone costs 5 ms a call (105/s), with 256 87/s
FEEDERS = 4
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Part:
    """A bot and what it is sent; `cards` replies must be the card of a need."""

    bot: Bot
    texts: Sequence[str]
    cards: int = 0


def measure(progress: Progress) -> list[Row]:
    """At the strict server that stores nothing, then at our gateway, which stores every message."""
    with Stage() as stage:
        rows = _at_strict_server(stage, progress)
    with Stage() as stage:
        return [*rows, _at_gateway(stage, progress)]


def _at_strict_server(stage: Stage, progress: Progress) -> list[Row]:
    stage.serve()
    ours, theirs, concurrent = stage.ours(stage.database()), stage.theirs(), stage.theirs(side_by_side=SIDE_BY_SIDE)
    thanks, needs = texts.thanks(THANKS), texts.needs(NEEDS)
    progress("throughput: warming up")
    for bot in (ours, theirs, concurrent):
        stage.play(bot, thanks[:WARM_UP] + needs[:WARM_UP])
    needy = Part(ours, needs, cards=NEEDS)
    rows = [
        *_in_turn(stage, progress, "throughput thanks, 0 ms a call", Part(ours, thanks), Part(theirs, thanks)),
        *_in_turn(stage, progress, "throughput need → card, 0 ms a call", needy, Part(theirs, needs)),
    ]
    stage.delay(DELAY_MS / 1000)
    grateful, bare, other = Part(ours, thanks[:DELAYED_THANKS]), thanks[:ONE_BY_ONE], thanks[:CONCURRENT]
    name = f"throughput thanks, {DELAY_MS} ms a call"
    rows += _in_turn(stage, progress, name, grateful, Part(theirs, bare), Part(concurrent, other))
    name = f"throughput need → card, {DELAY_MS} ms a call"
    return rows + _in_turn(stage, progress, name, needy, Part(theirs, needs[:ONE_BY_ONE]))


def _in_turn(
    stage: Stage, progress: Progress, name: str, ours: Part, theirs: Part, other: Part | None = None
) -> list[Row]:
    """Rounds of each part after the other; `other` is the competitor with concurrent updates."""
    parts = [ours, theirs, *([other] if other else [])]
    speeds: list[list[float]] = [[] for _ in parts]
    for number in range(ROUNDS):
        for part, speed in zip(parts, speeds, strict=True):
            progress(f"{name}, round {number + 1} of {ROUNDS}: {'ours' if part is ours else 'theirs'}")
            speed.append(_speed(stage, part))
    counts = f"{len(ours.texts)} texts, theirs {len(theirs.texts)}; SQLite synchronous=FULL"
    rows = [compare(name, "/s", "more", speeds[0], speeds[1], counts)]
    if other:
        note = f"theirs: concurrent_updates({SIDE_BY_SIDE}), replies may overtake each other"
        rows.append(compare(f"{name}, concurrent", "/s", "more", speeds[0], speeds[2], note))
    return rows


def _speed(stage: Stage, part: Part) -> float:
    played = stage.play(part.bot, part.texts)
    if (played.cards, played.wrong, played.unknown) != (part.cards, 0, 0):
        raise RuntimeError(f"wrong replies: {played}")
    return len(part.texts) / played.seconds


def _at_gateway(stage: Stage, progress: Progress) -> Row:
    """`python bot.py gateway`: what waits is there before the bot comes; timed from its first reply to its last."""
    port, token = free_port(), stage.new_token()
    url = f"http://127.0.0.1:{port}"
    command = (ROOT / "bot.py", "gateway", "--port", str(port))
    stage.announced(
        stage.spawn(*command, TELEGRAM_BOT_TOKEN=token, DATABASE_URL=f"sqlite:///{stage.folder / 'far.db'}")
    )
    guests = [post(f"{url}/api/people", {"name": "P", "role": "school", "key": None})["id"] for _ in PERSONS]
    assert guests == list(PERSONS)
    speeds: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        for is_theirs, speed in enumerate(speeds):
            progress(f"throughput at our gateway, round {number + 1} of {ROUNDS}: {('ours', 'theirs')[is_theirs]}")
            _fill(url)
            if is_theirs:
                bot = stage.theirs(api_url=url, token=token)
            else:
                bot = stage.ours(stage.database(), api_url=url, token=token)
            speed.append(_drain(url))
            end(bot.process)
    note = f"{AT_GATEWAY} texts; the gateway keeps every message in a SQLite file of its own"
    return compare("throughput thanks at our gateway", "/s", "more", *speeds, note)


def _fill(url: str) -> None:
    """All persons write; afterwards nothing on their phones is unread."""
    said = list(enumerate(texts.thanks(AT_GATEWAY)))
    with ThreadPoolExecutor(FEEDERS) as feeders:
        for _ in feeders.map(lambda one: _say(url, *one), said):
            pass


def _say(url: str, number: int, text: str) -> None:
    post(f"{url}/api/people/{PERSONS[number % len(PERSONS)]}/say", {"text": text, "key": None})


def _drain(url: str) -> float:
    """Replies per second, from the first look that sees one to the look that sees all."""
    first, seen = 0.0, 0
    until = time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        replies = sum(person["unread"] for person in json.loads(get(f"{url}/api/people"))["people"])
        if replies and not first:
            first, seen = time.perf_counter(), replies
        if replies >= AT_GATEWAY:
            return (AT_GATEWAY - seen) / (time.perf_counter() - first)
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"{AT_GATEWAY - replies} replies of {AT_GATEWAY} did not come")
