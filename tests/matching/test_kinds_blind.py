"""Need or not, on texts written before the kinds had rules: both sides count equally.

A false draft is cancelled in one tap, a missed need loses an order; the mean recall keeps either from being bought with
the other. The weights of kinds.tsv were learned from these texts too.
"""

import json

import pytest

from matching import read
from tests.matching.scorer import CASES, TODAY

TEXTS = [json.loads(line) for line in (CASES / "kinds_blind.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("first", "floor"), [(0, 0.97), (1, 0.93)], ids=["worked-on", "measured"])
def test_needs_are_told_from_other_messages(first: int, floor: float) -> None:
    right: dict[bool, list[bool]] = {True: [], False: []}
    for row in TEXTS[first::2]:
        is_need = row["kind"] == "need"
        right[is_need].append((read(row["text"], today=TODAY).kind == "need") == is_need)
    recalls = [sum(hits) / len(hits) for hits in right.values()]
    assert sum(recalls) / 2 >= floor
