"""The lines `assign` reads: what is wrong with them, told with file and line; what they mean."""

import json
from typing import Any, get_type_hints

import pytest

from matching.lines import FAULTS, SUITS, BadLine, open_needs, pool_of
from matching.types import Site
from tests.matching.scorer import TODAY

NEED = {"id": "N1", "text": "初中缺两名物理老师，顶岗支教一学期；小学缺一名数学老师，支教一学期"}


def line(**more: Any) -> str:
    return json.dumps(NEED | more, ensure_ascii=False)


@pytest.mark.parametrize(
    ("lines", "fault", "at", "field"),
    [
        (['{"id": "N1", '], "json", 1, ""),
        ([line(), "", "[1]"], "object", 3, ""),
        (['{"text": "缺老师"}'], "id", 1, ""),
        ([line(id=True)], "id", 1, ""),
        ([line(), line()], "twice", 2, "N1"),
        ([line(text=7)], "field", 1, "text"),
        ([line(waiting_days=-1)], "field", 1, "waiting_days"),
        ([line(waiting_days=True)], "field", 1, "waiting_days"),
        ([line(placed="T1")], "field", 1, "placed"),
        ([line(refused=[1])], "field", 1, "refused"),
        ([line(site="某校")], "field", 1, "site"),
        ([line(site={"remote": "yes"})], "field", 1, "site.remote"),
        ([line(site={"altitude": "高"})], "field", 1, "site.altitude"),
        ([line(site={"partners": "成都"})], "field", 1, "site.partners"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines: list[str], fault: str, at: int, field: str) -> None:
    with pytest.raises(BadLine) as caught:
        open_needs(lines, TODAY)
    bad = caught.value
    assert (bad.source, bad.fault, bad.line, bad.field) == ("needs", fault, at, field)
    assert bad.fault in FAULTS


def test_teachers_have_ids_that_differ() -> None:
    with pytest.raises(BadLine) as caught:
        pool_of(['{"id": "T1"}', '{"id": "T1"}'])
    assert (caught.value.source, caught.value.line, caught.value.fault) == ("teachers", 2, "twice")


def test_held_places_fill_the_orders_of_a_text_in_their_order() -> None:
    found = open_needs([line(placed=["T1", "T2", "T3"])], TODAY)
    assert [(need.order, need.placed, need.places) for need in found] == [(0, ("T1", "T2"), 0), (1, ("T3",), 0)]


def test_everything_known_of_the_site_is_taken_and_the_rest_left() -> None:
    site = {
        "county": "昭觉县",
        "altitude": 2800,
        "partners": ["成都"],
        "one_teacher": True,
        "remote": None,
        "pupils": 9,
    }
    found = open_needs([line(site=site, waiting_days=3, refused=["T7"])], TODAY)[0]
    assert found.site == Site(county="昭觉县", altitude=2800, partners=("成都",), one_teacher=True)
    assert (found.waiting_days, found.refused) == (3, ("T7",))


def test_every_field_of_a_site_is_checked() -> None:
    assert set(get_type_hints(Site).values()) <= SUITS.keys()


def test_a_text_without_an_order_asks_for_nobody() -> None:
    assert open_needs([line(text="谢谢老师")], TODAY) == []
