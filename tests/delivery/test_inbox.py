"""The inbox in SQL: what is kept, what is claimed and by whom, and what a late worker may still commit."""

import asyncio
import itertools
import random
import threading
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session, col, select

from delivery import inbox
from delivery.inbox import LEASE_SECONDS, MAX_WAITING, Claimed, Fenced
from delivery.store import Store
from models import Inbox, Outbox
from tests.delivery.far import message_update
from tests.delivery.rig import opened, save, say

T = 1_000_000.0


@pytest.fixture
def store(database_url: str) -> Any:
    made = Store.open(database_url)
    yield made
    made.close()


def claim(store: Store, *, n: int = 10, me: str = "a", at: float = T) -> list[Claimed]:
    return store.run_now(lambda session: inbox.claim(session, n=n, me=me, at=at))


def finish(store: Store, row: Claimed, at: float = T) -> None:
    store.run_now(lambda session: inbox.finish(session, row, at=at))


def filled(store: Store, *users: int) -> None:
    store.run_now(lambda session: [say(session, n, user, f"t{n}") for n, user in enumerate(users, 1)])


def ids(rows: list[Claimed]) -> list[int]:
    return [row.update_id for row in rows]


def test_the_oldest_row_of_each_person_is_claimed(store: Store) -> None:
    filled(store, 7, 7, 8, 9, 8)
    assert ids(claim(store)) == [1, 3, 4]


def test_many_persons_go_side_by_side_up_to_the_free_slots(store: Store) -> None:
    filled(store, *range(100, 130))
    assert ids(claim(store, n=12)) == list(range(1, 13))
    assert ids(claim(store, n=50)) == list(range(13, 31))


def test_a_person_in_flight_waits(store: Store) -> None:
    filled(store, 7, 7)
    (first,) = claim(store)
    assert claim(store, at=T + 1) == []
    finish(store, first)
    assert ids(claim(store, at=T + 1)) == [2]


def test_a_lease_ends_and_the_row_comes_again_before_the_later_one(store: Store) -> None:
    filled(store, 7, 7)
    claim(store)
    assert claim(store, at=T + LEASE_SECONDS) == []
    (again,) = claim(store, me="b", at=T + LEASE_SECONDS + 1)
    assert (again.update_id, again.attempts, again.worker) == (1, 2, "b")


def test_a_worker_whose_lease_ended_cannot_commit(store: Store) -> None:
    filled(store, 7)
    (late,) = claim(store, me="a")
    (current,) = claim(store, me="b", at=T + LEASE_SECONDS + 1)

    def act(session: Session) -> None:
        inbox.finish(session, late, at=T)
        session.add(Outbox(key="x" * 32, chat=7, person_id=late.person_id, act="send", view="v", created_at=T))

    with pytest.raises(Fenced):
        store.run_now(act)
    assert store.run_now(lambda session: session.exec(select(Outbox)).all()) == []
    finish(store, current)


def test_the_same_worker_is_fenced_from_its_own_earlier_try(store: Store) -> None:
    filled(store, 7)
    (late,) = claim(store)
    (current,) = claim(store, at=T + LEASE_SECONDS + 1)
    with pytest.raises(Fenced):
        finish(store, late)
    finish(store, current)
    with pytest.raises(Fenced):
        finish(store, current)


def test_a_row_given_back_waits_and_keeps_its_place(store: Store) -> None:
    filled(store, 7, 7)
    (row,) = claim(store)
    store.run_now(lambda session: inbox.give_back(session, row, at=T + 5, counts=True))
    assert claim(store, at=T + 4) == []
    (again,) = claim(store, at=T + 6)
    assert (again.update_id, again.attempts) == (1, 2)


def test_the_databases_trouble_costs_no_try(store: Store) -> None:
    filled(store, 7)
    for second in range(10):
        (row,) = claim(store, at=T + 2 * second)
        assert row.attempts == 1
        store.run_now(lambda session, row=row, at=T + 2 * second: inbox.give_back(session, row, at=at, counts=False))


def test_release_ends_my_leases_and_for_whoever_is_alone_all(store: Store) -> None:
    filled(store, 7, 8)
    claim(store, n=1, me="a")
    claim(store, n=1, me="b")
    store.run_now(lambda session: inbox.release(session, "a"))
    assert ids(claim(store, me="c", at=T + 1)) == [1]
    store.run_now(inbox.release)
    assert ids(claim(store, me="d", at=T + 1)) == [1, 2]


# ---- saving


def test_an_update_comes_in_once(store: Store) -> None:
    batch = [message_update(5, 7), message_update(6, 7), message_update(5, 7)]
    assert store.run_now(lambda session: save(session, *batch)) == 2
    assert store.run_now(lambda session: save(session, *batch, message_update(7, 7))) == 1


def test_ids_that_jump_down_keep_the_order_in_which_they_came(store: Store) -> None:
    store.run_now(lambda session: save(session, message_update(900, 7), message_update(3, 7), message_update(4, 7)))
    seen = []
    for _ in range(3):
        (row,) = claim(store)
        seen.append(row.update_id)
        finish(store, row)
    assert seen == [900, 3, 4]


ODD: list[dict[str, Any]] = [
    {},
    {"update_id": None},
    {"update_id": "5"},
    {"update_id": True},
    {"update_id": 1.5},
    {"update_id": 2**80, "message": {"from": {"id": 1}}},
    {"update_id": -(2**80)},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_update_without_a_usable_id_stops_nobody(odd: dict[str, Any], store: Store) -> None:
    assert store.run_now(lambda session: save(session, odd, message_update(1, 7))) == 1


@pytest.mark.parametrize("who", [2**63, -(2**70), "7", None, True, 1.5, [], {}], ids=str)
def test_an_update_of_an_odd_sender_is_kept_as_nobodys(who: Any, store: Store) -> None:
    store.run_now(lambda session: save(session, {"update_id": 1, "message": {"from": {"id": who}, "text": "x"}}))
    assert len(claim(store)) == 1


idents = itertools.count(1)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["from", "id", "chat", "user", "message"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["message", "callback_query", "poll", "x"]), values, max_size=3))
def test_any_shape_of_update_is_kept(store: Store, body: dict[str, Any]) -> None:
    ident = next(idents)
    assert store.run_now(lambda session: save(session, {**body, "update_id": ident})) == 1


def test_a_flood_is_kept_but_not_handled_and_told_once(store: Store) -> None:
    def flood(session: Session) -> int:
        return save(session, *(message_update(n, 7) for n in range(1, MAX_WAITING + 51)))

    assert store.run_now(flood) == MAX_WAITING + 50
    store.run_now(lambda session: save(session, message_update(1000, 7), message_update(1001, 8)))
    outcomes = store.run_now(lambda session: list(session.exec(select(Inbox.outcome))))
    told = store.run_now(lambda session: list(session.exec(select(Outbox.content))))
    assert (outcomes.count("flood"), outcomes.count(None)) == (51, MAX_WAITING + 1)
    assert [content["key"] for content in told] == ["slow-down"]
    assert ids(claim(store)) == [1, 1001]


def test_old_rows_are_pruned_parked_ones_later_open_ones_never(store: Store) -> None:
    day = 86_400.0
    filled(store, 1, 2, 3, 4)

    def age(session: Session) -> None:
        for row in session.exec(select(Inbox)).all():
            row.received_at = T
            row.done_at, row.outcome = {1: (T, "done"), 2: (T, "parked"), 3: (None, None), 4: (T + 9 * day, "done")}[
                row.update_id
            ]

    store.run_now(age)
    left = []
    for at in (T + 7 * day, T + 10 * day, T + 91 * day):
        store.run_now(lambda session, at=at: inbox.prune(session, at))
        left.append(sorted(store.run_now(lambda session: list(session.exec(select(Inbox.update_id))))))
    assert left == [[1, 2, 3, 4], [2, 3, 4], [3]]


# ---- several workers


def test_several_workers_double_nothing_and_keep_each_persons_order(database_url: str) -> None:
    """Two stores with two workers each, as two processes would have: 300 rows of 12 persons, some given back."""
    setup = Store.open(database_url)
    rng = random.Random(11)
    order: dict[int, list[int]] = defaultdict(list)

    def fill(session: Session) -> None:
        batch = []
        for ident in range(1, 301):
            user = rng.randrange(1, 13)
            order[user].append(ident)
            batch.append(message_update(ident, user, str(user)))
        save(session, *batch)

    setup.run_now(fill)
    effects: list[tuple[int, int]] = []
    guard = threading.Lock()
    errors: list[BaseException] = []

    async def work(store: Store, me: str, seed: int) -> None:
        rng = random.Random(seed)
        idle = 0
        while idle < 5:
            rows = await store.run(lambda session: inbox.claim(session, n=4, me=me, at=T))
            idle = 0 if rows else idle + 1
            for row in rows:
                await asyncio.sleep(rng.random() / 500)
                if rng.random() < 0.1:
                    await store.run(lambda session, row=row: inbox.give_back(session, row, at=T - 1, counts=False))
                    continue

                def act(session: Session, row: Claimed = row) -> None:
                    with guard:  # while the row is ours: once it is done, another worker may write first
                        effects.append((int(inbox.json.loads(row.raw)["message"]["text"]), row.update_id))
                    inbox.finish(session, row, at=T)

                await store.run(act)
            if not rows:
                await asyncio.sleep(0.01)

    def process(number: int) -> None:
        async def run() -> None:
            async with opened(database_url) as store:
                await asyncio.gather(work(store, f"{number}a", number), work(store, f"{number}b", number + 10))

        try:
            asyncio.run(run())
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=process, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = setup.run_now(lambda session: session.exec(select(Inbox.id).where(col(Inbox.done_at).is_(None))).all())
    setup.close()
    assert (errors, list(left)) == ([], [])
    assert len(effects) == len(set(effects)) == 300
    for user, wanted in order.items():
        assert [ident for who, ident in effects if who == user] == wanted


def test_a_locked_row_is_skipped_by_another_worker(database_url: str) -> None:
    """PostgreSQL only: a claim that is not committed yet does not make the next one wait."""
    if not database_url.startswith("postgresql"):
        return
    store = Store.open(database_url)
    filled(store, 7, 8, 9)
    try:
        with Session(store.engine) as first, Session(store.engine) as second:
            assert ids(inbox.claim(first, n=2, me="a", at=T)) == [1, 2]
            assert ids(inbox.claim(second, n=9, me="b", at=T)) == [3]
            first.rollback()
            second.commit()
        assert ids(claim(store)) == [1, 2]
    finally:
        store.close()


def test_ten_thousand_rows_of_fifty_persons_are_claimed_quickly(store: Store) -> None:
    from time import perf_counter

    def fill(session: Session) -> None:
        save(session, *(message_update(n, n) for n in range(1, 51)))
        rows = session.exec(select(Inbox)).all()
        values = [
            {"channel": "telegram", "update_id": 100 + n, "person_id": rows[n % 50].person_id, "raw": "{}",
             "received_at": T, "lease_until": 0.0, "attempts": 0}
            for n in range(10_000)
        ]  # fmt: skip
        session.connection().execute(Inbox.__table__.insert(), values)

    store.run_now(fill)
    assert len(claim(store, n=64)) == 50
    began = perf_counter()
    assert claim(store, n=64) == []
    assert perf_counter() - began < 1.0
    store.run_now(lambda session: session.connection().execute(update(Inbox).values(done_at=T)))
