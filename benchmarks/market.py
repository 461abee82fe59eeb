"""Made orders and teachers for `benchmarks.assigning`: the same ones for the same seed. No row describes anybody.

broad     every subject, stage and form; windows, titles, topics and capacities differ
shared    one subject, stage and form, one place each: everybody prefers the same teachers
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from matching import NeedFields, TeacherFields, mode_names, stage_names, subject_names
from matching.assigning.assign import OpenNeed
from matching.ranking.parts import weights
from matching.terms import terms
from matching.thesaurus import thesaurus
from matching.types import Site

SEED = 20261121
TODAY = date(2026, 11, 21)
COMMON = 12  # subjects that most orders ask for: the first ones of the vocabulary
BIO = 60  # characters


def teachers(count: int, kind: str) -> Iterator[TeacherFields]:
    """A pool."""
    dice = random.Random(f"{SEED} teachers {kind}")
    topics = sorted(thesaurus().concepts)
    titles = [None, *(word for words in weights()["titles"].values() for word in words)]
    for number in range(count):
        who = {"id": f"T{number:06d}", "title": dice.choice(titles), "years": dice.randrange(35)}
        if kind == "shared":
            yield TeacherFields(**who, subjects=subject_names()[:1], stages=stage_names()[1:2], modes=mode_names()[:1])
            continue
        begins = TODAY + timedelta(days=dice.choice((0, 0, 30, 80, 120, 300)))
        yield TeacherFields(
            **who,
            subjects=(_subject(dice),),
            stages=tuple(dice.sample(stage_names()[:4], dice.choice((1, 1, 2)))),
            modes=tuple(dice.sample(mode_names(), dice.choice((1, 2, 3)))),
            topics=tuple(dice.sample(topics, dice.choice((0, 0, 1, 2)))),
            bio="".join(dice.choices(topics, k=BIO // 4))[:BIO],
            available_from=begins,
            available_until=begins + timedelta(days=dice.choice((100, 300, 700, 1500))),
            capacity=dice.choice((1, 1, 2, 3)),
        )


def needs(count: int, kind: str) -> Iterator[OpenNeed]:
    """Orders; some of one-teacher or remote schools."""
    dice = random.Random(f"{SEED} needs {kind}")
    topics = sorted(thesaurus().concepts)
    for number in range(count):
        fields = NeedFields(subject_names()[:1], stage_names()[1:2], None, mode_names()[:1])
        if kind == "broad":
            subjects = (_subject(dice),) if dice.random() < 0.95 else ()
            fields = NeedFields(
                subjects=subjects,
                stages=(dice.choice(stage_names()[:4]),) if dice.random() < 0.9 else (),
                modes=(dice.choice(mode_names()),) if dice.random() < 0.9 else (),
                headcount=dice.choice((1, 1, 1, 2, 3)),
                start=TODAY + timedelta(days=dice.choice((10, 50, 100))) if dice.random() < 0.7 else None,
                months=dice.choice((None, 1.0, 5.0, 10.0)),
                topics=tuple(dice.sample(topics, dice.choice((0, 1, 1)) if subjects else 1)),
            )
        site = Site(one_teacher=dice.random() < 0.1, remote=dice.random() < 0.2)
        yield OpenNeed(f"N{number:05d}", 0, fields, site, waiting_days=dice.randrange(120))


def _subject(dice: random.Random) -> str:
    names = subject_names()
    rare = [name for name in names[COMMON:] if name not in terms().majors]
    return dice.choice(names[:COMMON] if dice.random() < 0.85 else rare)
