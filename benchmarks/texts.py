"""What the persons of the benchmarks write: thanks, and whole needs of which no two are alike."""

import random
import tomllib
from itertools import cycle, islice, product
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
SEED = 20261121


def thanks(n: int) -> list[str]:
    """Texts that get one fitting sentence."""
    return list(islice(cycle(WORDS["thanks"]), n))


def needs(n: int) -> list[str]:
    """Texts that become a card with 提交 on it; always the same ones."""
    every = list(
        product(
            WORDS["frames"], WORDS["stages"], WORDS["subjects"], WORDS["numbers"], WORDS["starts"], WORDS["lengths"]
        )
    )
    names = ("stage", "subject", "n", "start", "length")
    chosen = random.Random(SEED).sample(every, n)
    return [frame.format(**dict(zip(names, words, strict=True))) for frame, *words in chosen]
