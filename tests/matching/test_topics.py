"""Topics by meaning: short biographies that show a topic, or do not, without naming it (cases/README.md)."""

from collections import Counter

import pytest

from matching import NeedFields, Part, Pool, TeacherFields, rank
from matching.ranking.biographies import shown_concepts
from tests.matching.scorer import CASES, TODAY, rows

TRIPLES = rows(CASES / "topics.jsonl")


def level(subject: str, topic: str, bio: str) -> str:
    """How the topic's part reads for the only teacher."""
    pool = Pool([TeacherFields(id="T", subjects=(subject,), bio=bio)])
    (candidate,) = rank(NeedFields(subjects=(subject,), topics=(topic,)), pool, today=TODAY).candidates
    return next(part.level for part in candidate.parts if part.name == "topic")


def test_what_biographies_imply_is_found() -> None:
    missed = [row for row in TRIPLES if row["shows"] and level(row["subject"], row["topic"], row["bio"]) != "shared"]
    assert len(missed) <= 4, missed


def test_what_biographies_do_not_show_is_not_believed() -> None:
    wrong = [row for row in TRIPLES if not row["shows"] and level(row["subject"], row["topic"], row["bio"]) == "shared"]
    assert wrong == []


def test_a_biography_shows_few_topics() -> None:
    """A vocabulary that sees everything everywhere would pass the first test, too."""
    shown = [shown_concepts((), row["bio"], (row["subject"],)) for row in TRIPLES]
    sure = Counter(sum(each.sure for each in found.values()) for found in shown)
    assert sum(number * count for number, count in sure.items()) <= 2.5 * len(TRIPLES)


def test_two_words_show_together_what_neither_shows_alone() -> None:
    topic = "口语交际"
    for alone in ("上台领过奖", "课讲得细"):
        assert not any(name == topic and each.sure for name, each in shown_concepts((), alone, ("语文",)).items())
    assert shown_concepts((), "每天请一个娃娃上台，讲一件事", ("语文",))[topic].sure


def test_a_phrase_inside_a_longer_one_is_near_to_what_is_asked() -> None:
    """A course is asked for by its own name; who shows the wider skill comes before who shows nothing."""
    need = NeedFields(subjects=("英语",), topics=("听说课",))
    pool = Pool(
        [
            TeacherFields(id="A", subjects=("英语",), bio="成绩稳定"),
            TeacherFields(id="B", subjects=("英语",), bio="磨耳朵、人机对话都练得勤"),
        ]
    )
    ranking = rank(need, pool, today=TODAY)
    assert [candidate.teacher_id for candidate in ranking.candidates] == ["B", "A"]


@pytest.mark.parametrize(("bio", "points"), [("橡皮筋、筷子都是器材", 44.0), ("上过实验教学", 40.0)])
def test_a_telling_phrase_is_worth_more_than_a_name(bio: str, points: float) -> None:
    pool = Pool([TeacherFields(id="T", subjects=("物理",), bio=bio)])
    (candidate,) = rank(NeedFields(subjects=("物理",), topics=("实验教学",)), pool, today=TODAY).candidates
    assert isinstance(candidate.parts[0], Part)
    assert (candidate.parts[0].level, candidate.parts[0].points) == ("shared", points)
