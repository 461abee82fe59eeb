"""Every view renders in both languages with every kind of value, within Telegram's limits, and without a word missing."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from delivery.database import open_engine
from delivery.message import CALLBACK_BYTES, CAPTION_LIMIT, TEXT_LIMIT, TOAST_LIMIT, Button, Message
from handlers.taps import VERBS, parse
from handlers.views import VIEWS, render
from handlers.views.joining import PLAIN
from handlers.views.lifeline import DESK, HELP, NOT_YET, THANKS, for_desk
from locales import words
from models import Need, Offer, Person, Placement, Proposal, School, Teacher
from services import snapshots
from tests.words import engine, values
from tests.words.catalog import LANGUAGES
from tests.words.test_uses import service_errors, toasts
from tests.words.values import EXAMPLES, Values

MOST_BUTTONS = 4
LEAK = re.compile(r"[{}]|\bNone\b(?! of)|\b(part|excluded|relax|mode|subject|stage)-\w")
SCALE = {"1", "2", "3", "4", "5"}


def _levels() -> list[list[list[Any]]]:
    """Lists of parts as an engine could give them, one level of each name, until every level was there."""
    levels = {name: sorted(level for other, level in engine.PARTS if other == name) for name, _ in engine.PARTS}
    most = max(map(len, levels.values()))
    return [
        [[name, each[n % len(each)], 12.5, engine.EXAMPLE] for name, each in sorted(levels.items())]
        for n in range(most)
    ]


def _with_parts(example: Values) -> list[Values]:
    """A card with every level of every part, a few at a time."""
    if not example.get("candidates"):
        return [example]
    return [
        {**example, "candidates": [{**each, "parts": parts} for each in example["candidates"]]} for parts in _levels()
    ]


EXAMPLES_OF = {
    **{key: [{}] for key in PLAIN},
    **EXAMPLES,
    "toast": [{"query": "1", "key": key, "values": {}} for key in sorted(toasts())] + [{"query": "1"}],
    "error": [{"key": key, "values": {}} for key in sorted(service_errors())],
}


@pytest.fixture(autouse=True)
def no_word_is_missing(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """locales logs a missing word or variable and goes on; here that is a failure."""
    with caplog.at_level(logging.ERROR):
        yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@cache
def messages(view: str, language: str, *, of_desk: bool = True) -> list[Message]:
    examples = [each for example in EXAMPLES_OF[view] for each in _with_parts(example)]
    return [render(view, each, language) for each in examples if of_desk or not for_desk(view, each)]


def buttons(message: Message) -> list[Button]:
    return [button for row in message.buttons for button in row]


def test_every_view_has_examples() -> None:
    assert sorted(EXAMPLES_OF) == sorted(VIEWS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", sorted(VIEWS))
def test_view_fits_into_a_message(view: str, language: str) -> None:
    """What is longer would be cut by the sender, and the end of a card is where the question stands."""
    for message in messages(view, language):
        limit = CAPTION_LIMIT if message.document or message.file else TOAST_LIMIT if view == "toast" else TEXT_LIMIT
        assert len(message.text) <= limit, f"{len(message.text)} characters: {message.text[:80]} …"
        assert message.text.strip() == message.text
        assert message.text or view == "toast"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", sorted(VIEWS))
def test_buttons_are_few_and_carry_what_a_tap_can_do(view: str, language: str) -> None:
    """At most four for schools and teachers; a scale of five numbers is one control (docs/decisions/0006)."""
    for message in messages(view, language):
        labels = [button.label for button in buttons(message)]
        scales = sum({button.label for button in row} == SCALE for row in message.buttons)
        if view not in DESK:
            assert len(labels) - scales * (len(SCALE) - 1) <= MOST_BUTTONS, labels
        assert all(len(row) <= 8 for row in message.buttons)
        assert len(labels) == len(set(labels)), labels
        assert all(label.strip() == label and label for label in labels), labels
        for button in buttons(message):
            assert len(button.tap.encode()) <= CALLBACK_BYTES
            parsed = parse(button.tap)
            assert parsed is not None, button.tap
            assert (parsed[2] != "") <= (VERBS[parsed[0]].takes == 2), button.tap


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", sorted(VIEWS.keys() - DESK - HELP - NOT_YET))
def test_help_is_asked_for_on_every_screen(view: str, language: str) -> None:
    """By a button or by the line, never by both; where nothing is open a word of thanks does without."""
    line = words(language).say("callback-line")
    for message in messages(view, language, of_desk=False):
        if view in THANKS and not message.buttons:
            assert "\n\n" not in message.text and line not in message.text
            continue
        button = sum(each.tap == "v1:callme:0" for each in buttons(message))
        assert button + message.text.endswith(f"\n\n{line}") == 1, message.text


@pytest.mark.parametrize("view", sorted(DESK | HELP | NOT_YET))
def test_where_help_is_not_offered(view: str) -> None:
    """On the coordinators' desk, before consent, and where it is being asked for."""
    line = words("zh-CN").say("callback-line")
    assert view in VIEWS
    assert not [message for message in messages(view, "zh-CN") if line in message.text]


def test_every_verb_has_a_button_somewhere() -> None:
    """A verb no button carries could only come from an old or a forged tap."""
    shown = {
        parsed[0]
        for view in VIEWS
        for message in messages(view, "zh-CN")
        for button in buttons(message)
        if (parsed := parse(button.tap))
    }
    assert VERBS.keys() - shown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_is_missing_does_not_show_its_key(language: str) -> None:
    """Text never holds a key such as `part-stage-shared`, nor the name of a variable in braces."""
    for view in VIEWS:
        for message in messages(view, language):
            shown = [message.text, *(button.label for button in buttons(message))]
            assert not [text for text in shown if LEAK.search(text)]


@pytest.fixture
def rows(sqlite_template: Path) -> Iterator[tuple[Session, dict[str, Any]]]:
    """One order with everything that hangs on it, on a real database."""
    now = datetime(2026, 11, 21, tzinfo=UTC)
    engine_ = open_engine(f"sqlite:///{sqlite_template}")
    with engine_.connect() as connection, Session(connection) as session:
        school, person = School(name="四开乡中心小学校", county="昭觉县"), Person(created_at=now)
        teacher = Teacher(name="李明", status="active", created_at=now)
        session.add_all([school, person, teacher])
        session.flush()
        need = Need(school_id=school.id, filer_id=person.id, batch="b", text="缺老师", created_at=now)
        session.add(need)
        session.flush()
        proposal = Proposal(need_id=need.id, created_at=now)
        session.add(proposal)
        session.flush()
        both = {"need_id": need.id, "teacher_id": teacher.id, "created_at": now}
        offer = Offer(proposal_id=proposal.id, deadline=now, **both)
        session.add(offer)
        session.flush()
        days = {"start": date(2027, 3, 1), "end": date(2027, 7, 1)}
        placement = Placement(offer_id=offer.id, school_id=school.id, **days, **both)
        session.add(placement)
        session.flush()
        yield session, {"need": need, "teacher": teacher, "offer": offer, "placement": placement, "proposal": proposal}
        session.rollback()
    engine_.dispose()


def test_examples_have_the_shape_of_real_snapshots(rows: tuple[Session, dict[str, Any]]) -> None:
    from services import proposals

    session, found = rows
    real = {
        "need": snapshots.need_values(session, found["need"]),
        "teacher": snapshots.teacher_values(found["teacher"]),
        "offer": snapshots.offer_values(session, found["offer"]),
        "placement": snapshots.placement_values(session, found["placement"]),
        "card": proposals.card(session, found["proposal"]),
    }
    ours = {
        "need": values.need(),
        "teacher": values.teacher(),
        "offer": values.offer(),
        "placement": values.placement(),
        "card": values.card(),
    }
    assert {name: sorted(shape) for name, shape in ours.items()} == {
        name: sorted(shape) for name, shape in real.items()
    }
