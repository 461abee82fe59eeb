"""The plan of the surveys as data (survey_plan.toml): which waves (轮) there are, who is asked, how the answers weigh.

A county may choose within it, and a placement keeps what its county had chosen (docs/decisions/0018). Stored choices are
checked whenever they are read: what is none is left out with a line in the log, and so is a file that cannot be used.
"""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

log = logging.getLogger(__name__)

FILE = Path(__file__).with_suffix(".toml")
STRICT = ConfigDict(extra="forbid")  # a misspelt word in the file is a fault, not silence
ON, OFF = "on", "off"  # asked as the plan says, not asked

Group = Literal["school", "teacher", "colleague", "students"]
Days = Annotated[int, Field(ge=-366, le=3660)]
Choice = int | str  # other `days` of a wave, ON or OFF


@dataclass(frozen=True, slots=True, config=STRICT)
class Wave:
    """One round of questions."""

    kind: str
    number: int
    words: str
    after: Literal["start", "middle", "end"]  # of the placement
    days: Days
    least_days: int  # of the placement
    lapse_days: Days
    ask: Mapping[Group, list[Days]]  # group → days of its reminders
    choices: tuple[Days, ...] = ()  # what a county may put for `days`
    optional: bool = False  # a county may leave it out

    @property
    def is_last(self) -> bool:
        """Opens as the placement ends, not on a day of its own."""
        return (self.after, self.days) == ("end", 0)

    @property
    def follows(self) -> bool:
        """Is asked once the help is over."""
        return self.after == "end"

    def day(self, start: date, end: date) -> date | None:
        """When it opens for a placement of these dates; None if that is too short for it."""
        if (end - start).days + 1 < self.least_days:
            return None
        anchor = {"start": start, "middle": start + (end - start) / 2, "end": end}[self.after]
        return anchor + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, config=STRICT)
class Plan:
    """All waves by kind, and what the score is made of."""

    waves: Mapping[str, Wave]
    score: str
    weights: Mapping[Group, int]
    optional: tuple[Group, ...] = ()  # groups a county may leave out

    def __post_init__(self) -> None:
        numbers = {wave.number for wave in self.waves.values()}
        if len(numbers) < len(self.waves) or self.score not in self.waves or not self.waves[self.score].is_last:
            raise ValueError("numbers or score")

    def wave(self, kind: str) -> Wave:
        """A wave by its name, as surveys keep it; the last one for a name that was taken out of the plan."""
        return self.waves.get(kind) or self.waves[self.score]

    def numbered(self, number: int) -> Wave | None:
        """The wave of a due row; None if it was taken out of the plan."""
        return next((wave for wave in self.waves.values() if wave.number == number), None)

    def asks(self, group: Group) -> bool:
        """Whether anybody of the group is asked at all."""
        return any(group in wave.ask for wave in self.waves.values())


# What is left without a file: the end is asked about.
LEAST = Plan(
    waves={
        "end": Wave(
            kind="end",
            number=4,
            words="over",
            after="end",
            days=0,
            least_days=1,
            lapse_days=21,
            ask={"school": [3, 7, 12], "teacher": [3, 7, 12], "colleague": [3, 7, 12], "students": [5, 10]},
        )
    },
    score="end",
    weights={"colleague": 40, "teacher": 30, "students": 30},
)


@cache
def plan() -> Plan:
    """The plan for everybody."""
    try:
        return read(FILE.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = str(error).partition("\n")[0]
        log.error("survey plan: %s cannot be used, only the end is asked about: %s", FILE.name, why)
        return LEAST


def read(text: str) -> Plan:
    """A plan file. Raises ValueError when it is none."""
    found: dict[str, Any] = tomllib.loads(text)
    try:
        waves = {kind: Wave(kind=kind, **fields) for kind, fields in found.pop("waves").items()}
        return Plan(waves=waves, **found)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("waves") from error


def choices() -> dict[str, tuple[Choice, ...]]:
    """What a county may settle: wave or group → what can be chosen. The wave that makes the score is not among them."""
    shared = plan()
    waves = {kind: wave for kind, wave in shared.waves.items() if kind != shared.score}
    found: dict[str, tuple[Choice, ...]] = {
        kind: (*(wave.choices or (ON,)), *((OFF,) if wave.optional else ()))
        for kind, wave in waves.items()
        if wave.choices or wave.optional
    }
    return found | dict.fromkeys(shared.optional, (ON, OFF))


def usual(name: str) -> Choice:
    """What holds for a wave or group where nobody chose."""
    wave = plan().waves.get(name)
    return wave.days if wave and wave.choices else ON


def settled(stored: object) -> dict[str, Choice]:
    """What of something stored are choices of today's plan."""
    given = stored if isinstance(stored, dict) else {}
    sound = {name: value for name, value in given.items() if _is_choice(value, choices().get(name, ()))}
    if unknown := len(given) - len(sound) if isinstance(stored, dict) else 1:
        log.warning("survey plan: %d of the stored choices are none of today's plan, left out", unknown)
    return sound


def _is_choice(value: object, offered: tuple[Choice, ...]) -> bool:
    return any(type(value) is type(each) and value == each for each in offered)  # True is no 1


def of(stored: object) -> Plan:
    """The plan with choices on top: those of a county's settings, or those a placement keeps."""
    shared, chosen = plan(), settled(stored)
    left_out = {group for group in shared.optional if chosen.get(group) == OFF}
    waves = {
        kind: _chosen(wave, chosen.get(kind, wave.days), left_out)
        for kind, wave in shared.waves.items()
        if chosen.get(kind) != OFF
    }
    weights = {group: weight for group, weight in shared.weights.items() if group not in left_out}
    return replace(shared, waves=_apart(waves), weights=weights)


def _chosen(wave: Wave, days: Choice, left_out: set[Group]) -> Wave:
    """A wave on the days that were chosen. After the beginning it keeps the room it leaves until the end."""
    asked = {group: reminders for group, reminders in wave.ask.items() if group not in left_out}
    if not isinstance(days, int):
        return replace(wave, ask=asked)
    later = days - wave.days if wave.after == "start" and wave.days > 0 else 0
    return replace(wave, ask=asked, days=days, least_days=wave.least_days + later)


def _apart(waves: dict[str, Wave]) -> dict[str, Wave]:
    """A wave of the middle opens only where those after the beginning are not waited for any more."""
    waited = max((wave.days + wave.lapse_days for wave in waves.values() if wave.after == "start"), default=0)
    return {
        kind: replace(wave, least_days=max(wave.least_days, 2 * (waited + 1))) if wave.after == "middle" else wave
        for kind, wave in waves.items()
    }
