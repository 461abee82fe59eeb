"""Which school somebody means: proposals for a person to pick from, never an answer.

官舟二完小 and 官舟三完小 are different schools and 80 % alike, so a fuzzy name is never accepted. What tells schools apart
are their rare characters: 四开小学 means a school with 四 and 开 in it, however common 小 and 学 are.
"""

from collections import Counter
from collections.abc import Mapping
from math import log, sqrt

from rapidfuzz import fuzz

PROPOSED = 3
LIKE_ENOUGH = 0.25  # of the weight of a name's characters
EVIDENT = 1.2  # shared weight below which nothing is proposed: only common characters agree


def propose_schools(text: str, names: Mapping[int, str]) -> list[int]:
    """Ids of up to three schools whose names `text` resembles, the likeliest first."""
    counts = Counter(char for name in names.values() for char in set(name))
    weight = {char: log(1 + len(names) / count) for char, count in counts.items()}
    said = set(text)
    scored = []
    for key, name in names.items():
        chars = set(name)
        whole = sum(weight[char] for char in chars)
        shared = sum(weight[char] for char in chars & said)
        if shared >= EVIDENT and shared / whole >= LIKE_ENOUGH:
            scored.append((shared / sqrt(whole) + fuzz.partial_ratio(name, text) / 1000, key))
    return [key for _, key in sorted(scored, reverse=True)[:PROPOSED]]
