"""The outbox in SQL: who goes first, who waits, which message shows a card."""

import random
import threading
from collections import defaultdict
from typing import Any

import pytest
from sqlmodel import Session, col, select

from delivery import outbox
from delivery.outbox import LEASE_SECONDS, Fate, Parcel
from delivery.store import Store
from models import Account, Card, Outbox
from services import people, post
from tests.delivery.rig import NOW, put

T = 2_000_000_000.0


@pytest.fixture
def store(database_url: str) -> Any:
    made = Store.open(database_url)
    yield made
    made.close()


def fill(store: Store, *rows: tuple[int, str] | tuple[int, str, dict[str, Any]]) -> None:
    store.run_now(lambda session: [put(session, row[0], row[1], **(row[2] if len(row) > 2 else {})) for row in rows])


def claim(store: Store, *, n: int = 50, me: str = "a", at: float = T, **options: Any) -> list[Parcel]:
    return store.run_now(lambda session: outbox.claim(session, n=n, me=me, at=at, **options))


def mark(store: Store, *fates: Fate, me: str = "a", at: float = T) -> None:
    store.run_now(lambda session: outbox.mark(session, fates, me=me, at=at))


def said(parcels: list[Parcel]) -> list[str]:
    return [parcel.content.get("text") or parcel.content["query"] for parcel in parcels]


def run_down(store: Store) -> list[str]:
    """Send everything and return the order."""
    order = []
    while parcels := claim(store):
        order += said(parcels)
        mark(store, *(Fate(parcel, "sent") for parcel in parcels))
    return order


BULK = {"bulk": True}
ANSWER = {"act": "answer"}


def test_one_message_of_a_chat_is_in_flight(store: Store) -> None:
    fill(store, (1, "a"), (1, "b"), (2, "c"))
    first = claim(store)
    assert said(first) == ["a", "c"]
    assert claim(store, me="b") == []
    mark(store, Fate(first[0], "sent"))
    assert said(claim(store)) == ["b"]


def test_interactive_messages_overtake_waiting_bulk_of_the_same_chat(store: Store) -> None:
    fill(store, (1, "bulk 1", BULK), (1, "bulk 2", BULK), (1, "reply 1"), (1, "reply 2"), (2, "bulk 3", BULK))
    assert run_down(store) == ["reply 1", "bulk 3", "reply 2", "bulk 1", "bulk 2"]


def test_answers_to_taps_wait_for_nothing(store: Store) -> None:
    """Not for the message in flight, not for a held chat, not for tokens."""
    fill(store, (1, "a"), (1, "b"))
    claim(store)
    fill(store, (1, "q1", ANSWER), (1, "q2", ANSWER), (2, "c"))
    assert said(claim(store, held=[1, 2])) == ["q1", "q2"]
    fill(store, (1, "q3", ANSWER))
    assert said(claim(store, answers_only=True)) == ["q3"]


def test_an_answer_in_flight_does_not_hold_its_chat(store: Store) -> None:
    fill(store, (1, "q1", ANSWER), (1, "a"))
    assert sorted(said(claim(store, n=1)) + said(claim(store))) == ["a", "q1"]


def test_held_chats_are_left_out(store: Store) -> None:
    fill(store, (1, "a"), (2, "b"), (3, "c"))
    assert said(claim(store, held=[1, 3])) == ["b"]
    assert said(claim(store, held=[])) == ["a", "c"]


def test_a_retry_keeps_its_place(store: Store) -> None:
    fill(store, (1, "a"), (1, "b"))
    (parcel,) = claim(store)
    mark(store, Fate(parcel, None, error="TimedOut", not_before=T + 5))
    assert claim(store, at=T + 4) == []
    (again,) = claim(store, at=T + 6)
    assert (said([again]), again.attempts, again.error) == (["a"], 2, "TimedOut")


def test_a_reply_passes_bulk_that_waits_for_its_retry(store: Store) -> None:
    fill(store, (1, "bulk", BULK))
    (parcel,) = claim(store)
    mark(store, Fate(parcel, None, not_before=T + 60))
    fill(store, (1, "reply"))
    assert said(claim(store)) == ["reply"]


@pytest.mark.parametrize("newer", [post.update, post.tell], ids=["edit", "send"])
def test_what_is_newer_on_a_card_does_not_pass_the_reminder_that_shows_it(store: Store, newer: Any) -> None:
    """Or the reminder would come last and show the card as it was, with buttons that mean nothing any more."""

    def write(session: Session) -> None:
        person = people.persons_of(session, [1], NOW)[1]
        post.tell(session, person, "plain", {"text": "other reminder"}, card="need:1", bulk=True)
        post.tell(session, person, "plain", {"text": "reminder"}, card="offer:1", bulk=True)
        newer(session, person, "plain", {"text": "accepted"}, card="offer:1")
        post.tell(session, person, "plain", {"text": "reply"})

    store.run_now(write)
    assert run_down(store) == ["reminder", "accepted", "reply", "other reminder"]


def test_a_hold_is_never_shortened_and_spares_answers(store: Store) -> None:
    fill(store, (1, "a"), (1, "q", ANSWER), (2, "b"))

    def hold(session: Session) -> None:
        outbox.hold_chat(session, 1, T + 30)
        outbox.hold_chat(session, 1, T + 1)

    store.run_now(hold)
    assert said(claim(store, at=T + 2)) == ["q", "b"]
    assert said(claim(store, at=T + 31)) == ["a"]


def test_a_lease_ends_and_the_late_sender_marks_nothing(store: Store) -> None:
    fill(store, (1, "a"))
    (late,) = claim(store, me="a")
    (current,) = claim(store, me="b", at=T + LEASE_SECONDS + 1)
    mark(store, Fate(late, None, not_before=T + 99), me="a")
    mark(store, Fate(current, "sent"), me="b")
    rows = store.run_now(lambda session: session.exec(select(Outbox.outcome, Outbox.worker, Outbox.not_before)).all())
    assert list(map(tuple, rows)) == [("sent", "b", 0.0)]


def test_an_edit_knows_the_message_of_its_card(store: Store) -> None:
    fill(store, (1, "new", {"card": "need-1"}), (1, "changed", {"act": "edit", "card": "need-1"}))
    (parcel,) = claim(store)
    mark(store, Fate(parcel, "sent", message_id=77))
    (edit,) = claim(store)
    assert (edit.act, edit.message_id) == ("edit", 77)
    mark(store, Fate(edit, "sent", message_id=99))  # it was gone and sent anew
    fill(store, (1, "again", {"act": "edit", "card": "need-1"}), (2, "other chat", {"act": "edit", "card": "need-1"}))
    assert [parcel.message_id for parcel in claim(store)] == [99, None]


def test_a_reminder_takes_the_buttons_from_the_message_before(store: Store) -> None:
    """Only a reminder does, and only from another message than its own."""
    fill(store, (1, "asked", {"card": "survey-1"}), (1, "reminder", {"card": "survey-1", **BULK}))
    fill(store, (1, "another", {"card": "survey-2", **BULK}), (2, "asked", {"card": "survey-1", **BULK}))
    for number in range(71, 76):
        for parcel in claim(store):
            fate = Fate(parcel, "sent", message_id=number)
            mark(store, fate)
            mark(store, fate)  # a second sender that took it for dead
    strips = store.run_now(lambda session: session.exec(select(Outbox).where(Outbox.act == "strip")).all())
    assert [(row.chat, row.content, row.bulk, row.outcome) for row in strips] == [(1, {"message": 71}, True, "sent")]


def test_a_moved_group_takes_rows_and_cards_along(store: Store) -> None:
    fill(store, (-5, "a"), (-5, "b"), (-500, "c"))

    def cards(session: Session) -> None:
        session.add_all(Card(chat=chat, name=name, message_id=1) for chat, name in ((-5, "x"), (-5, "y"), (-500, "x")))

    store.run_now(cards)
    store.run_now(lambda session: outbox.move_chat(session, -5, -500))
    chats = store.run_now(lambda session: set(session.exec(select(Outbox.chat))))
    left = store.run_now(lambda session: sorted(session.exec(select(Card.chat, Card.name)).all()))
    accounts = store.run_now(lambda session: sorted(session.exec(select(Account.external_id))))
    assert (chats, [tuple(card) for card in left], accounts) == ({-500}, [(-500, "x"), (-500, "y")], [-500, -5])


def test_a_moved_groups_account_follows(store: Store) -> None:
    fill(store, (-5, "a"))
    store.run_now(lambda session: outbox.move_chat(session, -5, -500))
    assert store.run_now(lambda session: list(session.exec(select(Account.external_id)))) == [-500]


def test_release_and_prune(store: Store) -> None:
    fill(store, (1, "a"), (2, "b"))
    claim(store, n=1, me="a")
    claim(store, n=1, me="b")
    store.run_now(lambda session: outbox.release(session, "b"))
    (parcel,) = claim(store, me="c", at=T + 1)
    assert said([parcel]) == ["b"]
    mark(store, Fate(parcel, "sent"), me="c")
    store.run_now(outbox.release)
    assert said(claim(store, me="d")) == ["a"]
    month = 31 * 86_400.0
    assert store.run_now(lambda session: outbox.prune(session, T + month)) == 1


def test_several_senders_double_nothing_and_keep_each_chats_order(database_url: str) -> None:
    """Four senders on two engines; every eighth try comes to nothing and is repeated."""
    stores = [Store.open(database_url), Store.open(database_url)]
    rng = random.Random(5)
    wanted: dict[int, list[str]] = defaultdict(list)
    rows: list[Any] = []
    for number in range(240):
        chat = rng.randrange(1, 11)
        wanted[chat].append(f"m{number:03}")
        rows.append((chat, f"m{number:03}"))
    fill(stores[0], *rows)
    sent: dict[int, list[str]] = defaultdict(list)
    flying: set[int] = set()
    errors: list[object] = []

    def drain(store: Store, me: str) -> None:
        rng = random.Random(me)
        idle = 0
        while idle < 20 and not errors:
            try:
                parcels = claim(store, n=3, me=me)
                idle = 0 if parcels else idle + 1
                fates = []
                for parcel in parcels:
                    if parcel.chat in flying:
                        errors.append(f"two in flight for {parcel.chat}")
                    flying.add(parcel.chat)
                for parcel in parcels:
                    if rng.random() < 0.125:
                        fates.append(Fate(parcel, None))
                    else:
                        sent[parcel.chat].append(parcel.content["text"])
                        fates.append(Fate(parcel, "sent"))
                for parcel in parcels:
                    flying.discard(parcel.chat)
                if fates:
                    mark(store, *fates, me=me)
            except BaseException as error:
                errors.append(error)

    threads = [threading.Thread(target=drain, args=(stores[n % 2], f"s{n}")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = stores[0].run_now(lambda session: session.exec(select(Outbox.id).where(col(Outbox.done_at).is_(None))).all())
    for store in stores:
        store.close()
    assert (errors, list(left), dict(sent)) == ([], [], dict(wanted))
