"""School names are proposed by what tells schools apart, and nothing is proposed for words that any school has."""

import csv
from pathlib import Path

import pytest

from services.schools import propose_schools

TABLE = Path(__file__).resolve().parent.parent.parent / "samples" / "schools_liangshan.csv"
NAMES = {index: row["name"] for index, row in enumerate(csv.DictReader(TABLE.open(encoding="utf-8")))}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("王老师，四开小学", "昭觉县四开乡中心小学校"),
        ("交际河中学", "布拖县交际河中学"),
        ("我是大坝中心校的", "昭觉县大坝乡中心小学"),
        ("瓦古村小学", "昭觉县地莫乡瓦古村小学"),
        ("普雄小学", "越西县普雄民族小学校"),
    ],
)
def test_the_school_that_is_meant_comes_first(said: str, meant: str) -> None:
    assert NAMES[propose_schools(said, NAMES)[0]] == meant


@pytest.mark.parametrize("said", ["王老师", "学校", "小学", "我们学校", "", "🙂" * 50])
def test_common_words_propose_nothing(said: str) -> None:
    assert propose_schools(said, NAMES) == []
