"""What must be true of any world after anything: every state has its audit row, every message keeps the rules of chats."""

import re
from itertools import groupby

from sqlmodel import SQLModel

from handlers.views import render
from handlers.views.lifeline import DESK
from models import (
    Audit,
    BulkApproval,
    Callback,
    DateMove,
    Deputy,
    Due,
    Inbox,
    Introduction,
    Need,
    Offer,
    Outbox,
    Placement,
    Proposal,
    Question,
    Role,
    Survey,
    Teacher,
    UnitConsent,
)
from tests.world import World

STATEFUL: tuple[type[SQLModel], ...] = (
    *(Need, Proposal, Offer, Placement, Survey, Teacher, Introduction),
    *(Question, UnitConsent, Callback, Deputy, BulkApproval, DateMove),
)
LONGEST = 620  # of a message to a school or a teacher
MOST_BUTTONS = 4
CALLBACK_BYTES = 64
RAW_KEY = re.compile(r"(?<![\w./@-])[a-z]+(?:-[a-z]+)+(?![\w-])")


def check_everything(world: World) -> None:
    """After a test: nothing failed quietly."""
    check_audit(world)
    check_messages(world)
    check_date_moves(world)
    assert world.faults.lines == world.faults.told == []
    assert set() == {row.outcome for row in world.rows(Inbox)} - {"done", "forgotten"}
    assert [row.error for row in world.rows(Outbox) if row.outcome == "dead" and row.error != "unreachable"] == []


def check_audit(world: World) -> None:
    """Every row's status is what its last audit row says, and each step begins where the one before ended."""
    steps = sorted(world.rows(Audit), key=lambda row: (row.entity, row.entity_id, row.id))
    story = {key: list(group) for key, group in groupby(steps, key=lambda row: (row.entity, row.entity_id))}
    for table in STATEFUL:
        for row in world.rows(table):
            told = story.get((str(table.__tablename__), row.id), [])
            assert told, f"{table.__tablename__} {row.id} began without an audit row"
            assert (table, row.id, row.status) == (table, row.id, told[-1].after)
            assert [step.after for step in told[:-1]] == [step.before for step in told[1:]], told


def check_date_moves(world: World) -> None:
    """Dates somebody asks for wait for an answer only while there is help to move, and with a clock that ends it."""
    running = {row.id for row in world.rows(Placement) if row.status in ("agreed", "active")}
    watched = {(row.kind, row.subject_id) for row in world.rows(Due) if row.done_at is None}
    for move in world.rows(DateMove, DateMove.status == "open"):
        assert move.placement_id in running, move
        assert {("date-move-reminder", move.id), ("date-move-lapse", move.id)} <= watched, move


def check_messages(world: World) -> None:
    """Every message there was, also those edited since, as schools, teachers and strangers read them."""
    coordinators = {role.person_id for role in world.rows(Role) if role.kind == "coordinator"}
    named = {deputy.person_id for deputy in world.rows(Deputy)}
    for row in world.rows(Outbox):
        assert row.view not in DESK or row.person_id in coordinators | named, row.view
        if row.act in ("send", "edit") and (row.content or row.view in WITHOUT_VALUES):
            check_message(row, for_coordinator=row.person_id in coordinators)


WITHOUT_VALUES = ("intro-role", "intro-waiting", "intro-sent", "draft-cancelled", "language", "words-please", "joined")


def check_message(row: Outbox, *, for_coordinator: bool) -> None:
    """One row of the outbox."""
    message = render(row.view, row.content, row.language)
    text, taps = message.text, [button.tap for line in message.buttons for button in line]
    assert text.strip(), row.view
    assert "{ $" not in text and "{$" not in text, text
    assert not text.rstrip().endswith(("！", "!")), text
    assert not [found for found in RAW_KEY.findall(text) if found.count("-") >= 1], (row.view, text)
    assert all(len(tap.encode()) <= CALLBACK_BYTES for tap in taps), taps
    assert all(button.label.strip() for line in message.buttons for button in line), row.view
    assert len(set(taps)) == len(taps), (row.view, taps)
    if not for_coordinator:
        controls = len(taps) - (4 if any(":rate:" in tap for tap in taps) else 0)
        assert controls <= MOST_BUTTONS, (row.view, taps)
        assert len(text) <= LONGEST, (row.view, len(text), text)
