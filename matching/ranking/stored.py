"""A teacher as the index stores them: plain numbers, texts and bytes, worked out once when the teacher is saved.

`stored` cuts the biography; `Pool.from_rows` only lays such rows end to end, so that a start never cuts text and needs
no objects of a database layer. A row fits a table as it is. Lists are texts with one word a line. What was cut with
another vocabulary is refused by its `made`, because concepts are stored by number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from matching.places import home_keys, place_key
from matching.ranking.biographies import clauses, shown_concepts
from matching.terms import LEXICON, terms
from matching.thesaurus import concept_numbers
from matching.types import TeacherFields

ALWAYS = 0  # available_from of somebody who has not said
NEVER = date.max.toordinal()  # available_until of somebody who has not said
UNSAID = -1
ANY_ALTITUDE = 32767
ANY_LENGTH = 9999.0  # max_months of somebody who has not said
CUT_WITH = ("topics", "biographies", "places", "terms", "words")  # lexicon files that decide what `stored` makes
CUT = 2  # counted up when `stored` makes other rows of the same words
LIKELY = 1 << 15  # set in a stored concept that is likely, not sure
FIRM = 1 << 14  # set in one that a telling phrase or more than one thing shows


class StoredTeacher(NamedTuple):
    """One row of the index. Sizes for a biography of 60 characters: about 500 bytes."""

    id: str
    made: str  # `vocabulary_version()` when it was cut
    subjects: str  # one a line, like stages, modes, regions, not_regions
    stages: str
    modes: str
    title: str  # "" when unsaid
    years: int  # UNSAID when unsaid
    from_day: int  # proleptic ordinal of available_from, or ALWAYS
    until_day: int  # proleptic ordinal of available_until, or NEVER
    capacity: int
    load: int
    paused: bool
    regions: str
    not_regions: str
    max_altitude: int  # metres, or ANY_ALTITUDE
    min_months: float  # 0 when unsaid
    max_months: float  # or ANY_LENGTH
    rating: float  # 0 when there is none
    ratings: int
    origins: str  # keys of unit, county and city, see places.home_keys
    concepts: bytes  # little-endian uint16: number of the concept, with LIKELY or FIRM set or neither
    words: str  # for each concept the words that show it, one a line
    pairs: bytes  # little-endian uint32: pairs of characters of topics and biography, each once


@cache
def vocabulary_version() -> str:
    """Changes whenever the lexicon of `stored`, or `stored` itself, does; rows of another version must be cut anew."""
    texts = [(LEXICON / f"{name}.toml").read_bytes() for name in CUT_WITH]
    return hashlib.sha256(b"".join((str(CUT).encode(), *texts))).hexdigest()[:12]


def stored(teacher: TeacherFields) -> StoredTeacher:
    """The row of one teacher: cuts topics and biography, about 0.1 ms."""
    shown = shown_concepts(teacher.topics, teacher.bio, [terms().canonical(name) for name in teacher.subjects])
    numbers = concept_numbers()
    marks = [numbers[name] | (0 if each.sure else LIKELY) | (FIRM if each.firm else 0) for name, each in shown.items()]
    return StoredTeacher(
        id=teacher.id,
        made=vocabulary_version(),
        subjects=_lines(teacher.subjects),
        stages=_lines(teacher.stages),
        modes=_lines(teacher.modes),
        title=teacher.title or "",
        years=UNSAID if teacher.years is None else teacher.years,
        from_day=teacher.available_from.toordinal() if teacher.available_from else ALWAYS,
        until_day=teacher.available_until.toordinal() if teacher.available_until else NEVER,
        capacity=teacher.capacity,
        load=teacher.load,
        paused=teacher.paused,
        regions=_lines(teacher.regions),
        not_regions=_lines(place_key(name) for name in teacher.not_regions),
        max_altitude=ANY_ALTITUDE if teacher.max_altitude is None else min(teacher.max_altitude, ANY_ALTITUDE),
        min_months=min(teacher.min_months or 0.0, ANY_LENGTH),
        max_months=ANY_LENGTH if teacher.max_months is None else min(teacher.max_months, ANY_LENGTH),
        rating=teacher.rating if teacher.rating and teacher.ratings else 0.0,
        ratings=teacher.ratings if teacher.rating else 0,
        origins=_lines(home_keys(teacher.unit, teacher.origin_city)),
        concepts=np.array(marks, "<u2").tobytes(),
        words=_lines(each.words for each in shown.values()),
        pairs=np.array(sorted(pairs_of((*teacher.topics, *clauses(teacher.bio)[0]))), "<u4").tobytes(),
    )


def pairs_of(texts: Iterable[str]) -> set[int]:
    """Every two neighbouring letters, digits or characters, as one number each."""
    return {
        ord(left) << 16 | ord(right)
        for text in texts
        for left, right in pairwise(text.lower())
        if left.isalnum() and right.isalnum() and ord(left) < 1 << 16 and ord(right) < 1 << 16
    }


def _lines(words: Iterable[str]) -> str:
    return "\n".join(word.replace("\n", " ") for word in words)
