"""Dialogues of all roles, as data in dialogues/*.toml, through the whole program."""

from typing import Any

import pytest

from tests.flows.checks import check_everything
from tests.flows.runner import Play, dialogues
from tests.world import World

DIALOGUES = dialogues()


@pytest.mark.parametrize("dialogue", [one for _, one in DIALOGUES], ids=[name for name, _ in DIALOGUES])
def test_dialogue(world: World, dialogue: dict[str, Any]) -> None:
    Play(world, dialogue).run()
    check_everything(world)
