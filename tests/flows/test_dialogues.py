"""Dialogues of all roles, as data in dialogues/*.toml, through the whole program.

All of them on SQLite, and the first of every file on the other engine too: what differs between the two is the store's, and
its own tests run on both.
"""

from typing import Any

import pytest

from tests.conftest import ENGINES
from tests.flows.checks import check_everything
from tests.flows.runner import Play, dialogues
from tests.world import World

DIALOGUES = dialogues()
FIRST = list({name.partition(":")[0]: (name, one) for name, one in reversed(DIALOGUES)}.values())
PLAYED = [("sqlite", *each) for each in DIALOGUES] + [
    (engine, *each) for engine in ENGINES if engine != "sqlite" for each in FIRST
]


@pytest.mark.parametrize(
    ("database_url", "dialogue"),
    [(engine, one) for engine, _, one in PLAYED],
    indirect=["database_url"],
    ids=[f"{engine}-{name}" for engine, name, _ in PLAYED],
)
def test_dialogue(world: World, dialogue: dict[str, Any]) -> None:
    Play(world, dialogue).run()
    check_everything(world)
