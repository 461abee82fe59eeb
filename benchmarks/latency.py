"""From a text to its card on an idle machine, one at a time, beside the bare bot's echo of the same text."""

from statistics import quantiles

from benchmarks import texts
from benchmarks.registry import Progress, Row, between
from benchmarks.stage import Bot, Stage

ROUNDS = 3
TEXTS = 100  # a round
WARM_UP = 20


def measure(progress: Progress) -> list[Row]:
    """Median and 95th percentile over all rounds."""
    with Stage() as stage:
        stage.serve()
        bots = stage.ours(stage.database()), stage.theirs()
        needs = texts.needs(WARM_UP + ROUNDS * TEXTS)
        for bot in bots:
            stage.play(bot, needs[:WARM_UP], one_by_one=True)
        waits: tuple[list[list[float]], list[list[float]]] = ([], [])
        for number in range(ROUNDS):
            said = needs[WARM_UP + number * TEXTS :][:TEXTS]
            for bot, rounds in zip(bots, waits, strict=True):
                progress(f"latency, round {number + 1} of {ROUNDS}: {'ours' if rounds is waits[0] else 'theirs'}")
                rounds.append(_waits(stage, bot, said))
    return [_row("median", 50, *waits), _row("95 %", 95, *waits)]


def _waits(stage: Stage, bot: Bot, said: list[str]) -> list[float]:
    played = stage.play(bot, said, one_by_one=True)
    if played.wrong or played.cards not in (0, len(said)):
        raise RuntimeError(f"wrong replies: {played.wrong}, cards: {played.cards}")
    return [seconds * 1000 for seconds in played.waits]


def _row(name: str, percent: int, ours: list[list[float]], theirs: list[list[float]]) -> Row:
    mine, other = (percentile([wait for each in side for wait in each], percent) for side in (ours, theirs))
    by_round = [[percentile(each, percent) for each in side] for side in (ours, theirs)]
    ratios = [a / b for a, b in zip(*by_round, strict=True)]
    spread = " | ".join(between(values) for values in (*by_round, ratios))
    note = f"{ROUNDS * TEXTS} needs, no two alike; theirs echoes the text"
    return Row(f"latency text → card, {name}", "ms", "less", mine, other, mine / other, spread, note)


def percentile(values: list[float], percent: int) -> float:
    """The value below which `percent` of them lie."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
