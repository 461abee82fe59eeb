"""The closed vocabulary: subjects, stages, forms of help, their ids, traits and neighbours.

Read once from lexicon/terms.toml; the words are the ones stored in orders and shown to people.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from matching.types import ModeTraits

Kind = Literal["subject", "stage", "mode"]
FULL_NAME = 4  # a major's name of so many characters is not a colloquial short form
LEXICON = Path(__file__).parent / "lexicon"


@cache
def load_table(name: str) -> dict[str, Any]:
    """One of our own data files, read once; nobody changes what is returned."""
    with (LEXICON / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything terms.toml says, indexed for look-up."""

    ids: Mapping[str, Mapping[str, str]]  # kind -> name -> id
    words: Mapping[str, Mapping[str, str]]  # kind -> any way to write it -> name
    groups: Mapping[str, tuple[str, ...]]  # abbreviation -> subjects
    shorts: Mapping[str, str]  # one character -> subject
    implied_stage: Mapping[str, str]  # subject -> stage
    majors: frozenset[str]
    politics: Mapping[str, str]  # by stage: default, high
    politics_words: frozenset[str]
    vocational: Mapping[str, str]  # a word that means another subject in a vocational school
    traits: Mapping[str, ModeTraits]
    siblings: frozenset[frozenset[str]]
    stage_line: tuple[str, ...]

    def as_written(self, word: str) -> str:
        """A major's name as an order keeps it: the full name as written, or the usual name of a short one (汽修)."""
        name = word.removesuffix(load_table("words")["vocational_endings"][0])
        return name if len(name) >= FULL_NAME else self.words["subject"].get(word, name)

    def stage_of(self, name: str) -> str | None:
        """The stage a subject alone implies: 科学 → 小学, a major → 中职."""
        canonical = self.canonical(name)
        if canonical not in self.ids["subject"]:
            return self.stage_line[-1]
        return self.implied_stage.get(canonical)

    def beside(self, stages: Collection[str]) -> tuple[str, ...]:
        """One step along 学前–小学–初中–高中–中职 from these stages, in that order."""
        steps = [step for pair in pairwise(self.stage_line) for step in (pair, pair[::-1])]
        near = {there for here, there in steps if here in stages}
        return tuple(name for name in self.stage_line if name in near and name not in stages)

    def neighbours(self, subjects: Iterable[str]) -> set[str]:
        """Subjects a teacher of which may stand in for one of these."""
        asked = set(subjects)
        return {name for pair in self.siblings if pair & asked for name in pair - asked}

    def canonical(self, name: str) -> str:
        """The name under which a subject or major is compared, however it was written."""
        return self.words["subject"].get(name, name)


def _words(rows: list[dict[str, Any]]) -> dict[str, str]:
    found = {row["name"]: row["name"] for row in rows}
    for row in rows:
        for word in row.get("words", ()):
            found.setdefault(word, row["name"])
    return found


def _groups(rows: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(row["subjects"]) for row in rows for word in (row["word"], *row.get("others", ()))}


@cache
def terms() -> Terms:
    """The vocabulary, loaded at the first call."""
    table = load_table("terms")
    subjects, stages, modes = table["subject"], table["stage"], table["mode"]
    catalogue = [name for names in load_table("majors").values() for name in names]
    majors = frozenset([*(row["name"] for row in subjects if row.get("major")), *catalogue])
    implied = {row["name"]: row["stage"] for row in subjects if "stage" in row}
    implied |= dict.fromkeys(majors, stages[-1]["name"])
    rows = {"subject": subjects, "stage": stages, "mode": modes}
    named = {kind: _words(rs) for kind, rs in rows.items()}
    named["subject"] = {name: name for name in catalogue} | named["subject"]
    return Terms(
        ids=MappingProxyType({kind: MappingProxyType({r["name"]: r["id"] for r in rs}) for kind, rs in rows.items()}),
        words=MappingProxyType({kind: MappingProxyType(named[kind]) for kind in rows}),
        groups=MappingProxyType(_groups(table["group"])),
        shorts=MappingProxyType({s: row["name"] for row in subjects for s in row.get("short", ())}),
        implied_stage=MappingProxyType(implied),
        majors=majors,
        politics=MappingProxyType({key: table["politics"][key] for key in ("default", "high")}),
        politics_words=frozenset((*table["politics"]["words"], *table["politics"]["short"])),
        vocational=MappingProxyType(dict(table["vocational"])),
        traits=MappingProxyType(
            {
                row["name"]: ModeTraits(
                    **{trait: bool(row.get(trait)) for trait in ("stays", "sends_out", "event", "remote")}
                )
                for row in modes
            }
        ),
        siblings=frozenset(frozenset(row["pair"]) for row in table["sibling"]),
        stage_line=tuple(row["name"] for row in stages),
    )


def subject_names() -> tuple[str, ...]:
    """School subjects first, then the majors of vocational schools."""
    return tuple(terms().ids["subject"])


def stage_names() -> tuple[str, ...]:
    """From kindergarten upwards."""
    return tuple(terms().ids["stage"])


def mode_names() -> tuple[str, ...]:
    """Forms of help, the most asked for first."""
    return tuple(terms().ids["mode"])


def term_names(kind: Kind) -> Mapping[str, str]:
    """name -> ascii id, in a sensible order."""
    return terms().ids[kind]


def term_id(kind: Kind, name: str) -> str:
    """The ascii id of a name; KeyError for a name that is not in the vocabulary."""
    return terms().ids[kind][name]


def mode_traits(name: str) -> ModeTraits:
    """What a form of help means for dates and places."""
    return terms().traits[name]
