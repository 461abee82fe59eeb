"""Resident memory of the bot's process: at rest after starting, and after texts of which half are needs."""

from benchmarks import texts
from benchmarks.registry import Progress, Row
from benchmarks.stage import Stage

TEXTS = 2_000  # half of them needs, so that reader and segmenter are in use


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
            stage.play(bot, texts.thanks(TEXTS // 2) + texts.needs(TEXTS // 2))
            busy.append(bot.megabytes)
    used = f"{TEXTS} texts, half of them needs"
    return [
        Row("memory at rest", "MB", "less", idle[0], idle[1], idle[0] / idle[1]),
        Row(f"memory after {TEXTS} texts", "MB", "less", busy[0], busy[1], busy[0] / busy[1], note=used),
    ]
