"""Resident memory of the bot's process: at rest after starting, and after 2,000 texts, some of them needs."""

from benchmarks import texts
from benchmarks.registry import Progress, Row
from benchmarks.stage import Stage

THANKS, NEEDS = 1_500, 500  # needs too, so that reader and segmenter are in use


def measure(progress: Progress) -> list[Row]:
    """One process each; memory does not drift as speed does."""
    with Stage() as stage:
        stage.serve()
        bots = stage.ours(stage.database()), stage.theirs()
        idle, busy = [], []
        for bot, name in zip(bots, ("ours", "theirs"), strict=True):
            progress(f"memory: {name}")
            stage.first_poll(bot)
            idle.append(bot.megabytes)
            stage.play(bot, texts.thanks(THANKS) + texts.needs(NEEDS))
            busy.append(bot.megabytes)
    used = f"{THANKS} thanks and {NEEDS} needs"
    return [
        Row("memory at rest", "MB", "less", idle[0], idle[1], idle[0] / idle[1]),
        Row(f"memory after {THANKS + NEEDS} texts", "MB", "less", busy[0], busy[1], busy[0] / busy[1], note=used),
    ]
