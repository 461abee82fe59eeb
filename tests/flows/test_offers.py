"""Taps on offers that are not where the button was shown: nothing changes, and the present state is shown."""

import pytest

from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World

COORDINATORS = ("late", "remind", "release", "unitmust", "unitpaper", "unitnote")
TEACHERS = ("leave", "leavewhy:time", "leavesure:time", "unit", "unitcode")


@pytest.mark.parametrize("state", ["open", "confirmed"])
def test_buttons_of_an_accepted_offer_change_nothing_before_and_after(world: World, state: str) -> None:
    stage = Stage(world)
    if state == "open":
        offer, mine = stage.offer(), TEACHERS
    else:
        stage.placement()
        offer, mine = 1, ("unit", "unitcode", "otherwise", "asks")  # leaving is possible until it is over
    before = stage.state()
    for user, verbs in ((stage.boss, COORDINATORS), (stage.teacher, mine)):
        for verb in verbs:
            name, _, choice = verb.partition(":")
            world.press(user, 1, f"v1:{name}:{offer}" + (f":{choice}" if choice else ""))
    assert stage.changed(before) == []
    check_everything(world)
