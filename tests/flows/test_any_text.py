"""Any text, of all Unicode categories, into every open question and into none: never an error, always an answer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from models import Introduction, Need, Outbox, Person, Proposal, Teacher
from services import dialogue
from services.actor import actor_of
from services.clean import clean
from tests.flows.stage import Stage
from tests.world import World

WILD = st.text(st.characters(codec=None), max_size=200)  # every category, half surrogates too
DIGITS = st.text(st.characters(categories=["Nd", "No", "Nl"]), min_size=1, max_size=6)
PIECES = (
    "缺 2个 数学 老师 小学 顶岗 明年3月 一学期 99999年 9999年12月31日 1000000人 谢谢 到 ， 。 线上 5 五 ² 𐩀 ٣ 十万个月 "
    "作文教学 推迟 延长到 结束 每周 0 -1 二〇九九年 /start <b> {x} 👩‍🏫"
)
WORDS = st.lists(st.sampled_from([*PIECES.split(), "\n", "{ $x }"]), max_size=14).map("".join)
TEXTS = st.one_of(WILD, DIGITS, WORDS, st.just("老" * 4096), st.just("1" * 4096), st.just("👩‍🏫" * 1000))
EXAMPLES = [
    "\x00",
    "\ud800",
    "\u202e缺老师",
    "²",
    "𐩀",
    "٣",
    "⒈፩",
    "é" * 4096,
    " ",
    "缺9999年12月31日的老师，顶岗99999个月",
    "{ $name }",
]


def _examples(test: Any) -> Any:
    for text in EXAMPLES:
        test = example(text)(test)
    return test


@given(st.one_of(WILD, st.text()))
@settings(max_examples=300, deadline=None)
def test_cleaned_text_is_what_both_databases_keep(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= 4096
    assert "\x00" not in cleaned
    cleaned.encode()
    assert cleaned == clean(cleaned)
    assert not {char for char in cleaned if char < " "} - {"\n"}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.fixture(scope="module")
def stage(shared_world: World) -> Iterator[Stage]:
    yield Stage(shared_world)


class Rolled(Exception):
    """Ends a unit without a trace."""


QUESTIONS: dict[str, tuple[str, Callable[[Stage], int]]] = {
    "intro-words": ("stranger", Stage.introduction_draft),
    "need-text": ("school", lambda stage: 0),
    "conditions": ("school", lambda stage: 1),
    "need-slot": ("school", Stage.draft_with_question),
    "need-edit": ("school", Stage.draft),
    **{
        f"need-field-{field}": ("school", Stage.draft)
        for field in ("what", "form", "when", "stage", "headcount", "topics")
    },
    "teach-text": ("newcomer", lambda stage: 0),
    "teach-slot": ("newcomer", Stage.entry_draft_with_question),
    "teach-edit": ("newcomer", Stage.entry_draft),
    "return-question": ("boss", Stage.proposal),
    "callback-words": ("school", lambda stage: 0),
    "behalf-school": ("boss", lambda stage: 0),
    "behalf-text": ("boss", lambda stage: 1),
    "behalf-mate": ("school", lambda stage: stage.world.person_of(stage.school)),
    **{f"evidence-{backs}": ("school", Stage.filed) for backs in ("survey", "talk", "lesson")},
    "return-answer": ("school", Stage.returned),
    "deputy-words": ("boss", lambda stage: 0),
    **{
        f"amend-{field}": ("boss", Stage.proposal) for field in ("what", "form", "when", "stage", "headcount", "topics")
    },
    "offer-dates": ("teacher", Stage.offer_without_dates),
    "offer-question": ("teacher", Stage.offer),
    "question-answer": ("school", Stage.question),
    "unit-evidence": ("boss", Stage.unit_wanted),
    "redate": ("teacher", Stage.placement),
    "survey": ("school", Stage.survey),
}


def test_every_question_is_tried() -> None:
    assert set(dialogue.QUESTIONS) == set(QUESTIONS)


@pytest.mark.parametrize("question", [*QUESTIONS, "survey-comment", ""])
def test_any_text_into_a_question(stage: Stage, question: str) -> None:
    owner, build = QUESTIONS.get(question, ("school", lambda stage: 0))
    if question == "survey-comment":
        question, owner, build = "survey", "school", Stage.rated
    stage.clear()
    about = build(stage)
    person = stage.world.person_of(getattr(stage, owner))

    @_examples
    @given(TEXTS)
    @settings(max_examples=_most(stage, 40), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def hears(text: str) -> None:
        _hear(stage.world, person, question or None, about, text)

    hears()


@pytest.mark.parametrize("owner", ["stranger", "outsider", "teacher", "newcomer", "boss", "programme"])
def test_any_text_without_a_question(stage: Stage, owner: str) -> None:
    person = stage.world.person_of(getattr(stage, owner))
    stage.clear()

    @_examples
    @given(TEXTS)
    @settings(max_examples=_most(stage, 25), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def hears(text: str) -> None:
        _hear(stage.world, person, None, 0, text)

    hears()


def _most(stage: Stage, examples: int) -> int:
    """Fewer on PostgreSQL, where each costs five times as much and only what is stored can differ."""
    return examples if stage.world.store.engine.dialect.name == "sqlite" else examples // 4


def _hear(world: World, person: int, question: str | None, about: int, text: str) -> None:
    """In a transaction that is rolled back: the text is heard, an answer is queued, what is stored comes back equal."""

    def unit(session: Session) -> None:
        actor = actor_of(session, person)
        actor.person.asked, actor.person.asked_id = question, about
        session.flush()
        before = session.exec(select(func.max(Outbox.id))).one() or 0
        dialogue.hear(session, actor, world.now(), clean(text))
        session.flush()
        told = session.exec(select(Outbox).where(col(Outbox.id) > before, Outbox.person_id == person)).all()
        assert told, "no answer"
        _renders(session, before)
        _survives(session)
        raise Rolled

    with pytest.raises(Rolled):
        world.do(unit)


def _renders(session: Session, before: int) -> None:
    from handlers.views import render

    for row in session.exec(select(Outbox).where(col(Outbox.id) > before)):
        session.refresh(row)  # as JSON brings it back
        message = render(row.view, row.content, row.language)
        assert message.text.strip()
        assert all(
            len(button.tap.encode()) <= 64 and button.label.strip() for line in message.buttons for button in line
        )


def _survives(session: Session) -> None:
    """What was stored reads back (on PostgreSQL NUL or half a surrogate would have failed at the flush)."""
    for table in (Need, Proposal, Introduction, Teacher, Person):
        newest = session.exec(select(table).order_by(col(table.id).desc()).limit(1)).first()  # type: ignore[attr-defined]
        if newest is not None:
            session.refresh(newest)


def test_wild_text_through_the_whole_program(stage: Stage) -> None:
    """The same at the edge, as another Bot API server might send it: NUL and half surrogates in the JSON."""
    world = stage.world
    for text in (
        "\x00缺一个数学老师，顶岗",
        "\ud83d缺英语老师，顶岗",
        "\u202e缺语文老师，顶岗",
        "\x00",
        "/start \ud800\x00",
        "/need \x00缺音乐老师，顶岗",
    ):
        entities = (
            {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
            if text[0] == "/"
            else {}
        )
        heard = len(world.heard(stage.school))
        world.send(stage.school, {"text": text, **entities})
        assert len(world.heard(stage.school)) > heard
    assert not [need for need in world.rows(Need) if "\x00" in need.text or "\u202e" in need.text]
