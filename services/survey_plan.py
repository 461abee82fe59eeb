"""The plan of the surveys as data (survey_plan.toml): which waves (轮) there are, who is asked, how the answers weigh."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of questions."""

    kind: str
    number: int
    words: str
    after: str  # start, middle or end of the placement
    days: int
    least_days: int
    lapse_days: int
    ask: dict[str, list[int]]  # group → days of its reminders

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


@dataclass(frozen=True, slots=True)
class Plan:
    """All waves by kind, and what the score is made of."""

    waves: dict[str, Wave]
    score: str
    weights: dict[str, int]

    def wave(self, kind: str) -> Wave:
        """A wave by its name, as surveys keep it; the last one for a name that was taken out of the plan."""
        return self.waves.get(kind) or self.waves[self.score]

    def numbered(self, number: int) -> Wave:
        """The wave of a due row."""
        return next(wave for wave in self.waves.values() if wave.number == number)


@cache
def plan() -> Plan:
    """The plan for everybody."""
    found = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    waves = {kind: Wave(kind=kind, **fields) for kind, fields in found["waves"].items()}
    return Plan(waves, found["score"], found["weights"])
