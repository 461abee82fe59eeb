# ruff: noqa: ASYNC110  (what is waited for happens in another process or in a table)
"""The sender against a far end that fails in every way: nothing lost but the blocked, order kept, limits kept."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from time import monotonic
from typing import Any

import pytest
from sqlmodel import Session, col, select

from delivery.bell import Bell
from delivery.limiter import Profile
from models import Account, Card, Outbox
from services import post
from services.people import persons_of
from tests.delivery.far import Far, serve
from tests.delivery.rig import NOW, drained, opened, put, render, sending


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes of waiting are shown elsewhere."""
    monkeypatch.setattr("delivery.sender.RETRY_SECONDS", 0.1)
    monkeypatch.setattr("delivery.sender.IDLE_SECONDS", 0.03)


QUICK = Profile(rate=400, burst=20, chat_seconds=0.0, group_seconds=0.0, unknown_seconds=0.15)


def outcomes(session: Session) -> list[tuple[Any, ...]]:
    rows = session.exec(select(Outbox.outcome, Outbox.error, Outbox.attempts).order_by(col(Outbox.id))).all()
    return [tuple(row) for row in rows]


def play(
    url: str,
    far: Far,
    *puts: Callable[[Session], None],
    profile: Profile | None = None,
    seconds: float = 20,
    **options: Any,
) -> tuple[Far, list[tuple[Any, ...]]]:
    """Write rows, send them all, return the far end and what became of the rows."""

    async def run() -> list[tuple[Any, ...]]:
        async with opened(url) as store, serve(far):
            for each in puts:
                await store.run(each)
            async with sending(store, far.url, profile, **options):
                await drained(store, seconds)
            return await store.run(outcomes)

    return far, asyncio.run(run())


def once(fault: str, *methods: str) -> Any:
    """The first call of each text fails; the others work."""
    failed: set[str] = set()

    def decide(far: Far, method: str, values: dict[str, str]) -> str | None:
        name = values.get("text") or values.get("callback_query_id", "")
        if name in failed or (methods and method not in methods):
            return None
        failed.add(name)
        return fault

    return decide


def texts(*names: str, chat: int = 1, **options: Any) -> Callable[[Session], None]:
    return lambda session: [put(session, chat, name, **options) for name in names] and None


@pytest.mark.parametrize("fault", ["429:0.2", "502", "hang", "cut-before", "cut-after", "401:Unauthorized", "nonsense"])
def test_after_one_failure_each_everything_arrives_once_in_order(fault: str, database_url: str) -> None:
    names = [f"m{n}" for n in range(3)]
    far, fates = play(database_url, Far(fault=once(fault)), texts(*names, chat=1), texts(*names, chat=2))
    assert dict(far.delivered) == {1: names, 2: names}
    assert {outcome for outcome, _, _ in fates} == {"sent"}


def test_random_faults_lose_and_double_nothing_where_keys_are_known(database_url: str) -> None:
    rng = random.Random(9)
    kinds = ["429:0.05", "502", "hang", "cut-before", "cut-after", "500:Internal Server Error", *[None] * 8]
    flooded: dict[str, float] = {}
    early: list[str] = []

    def fault(far: Far, method: str, values: dict[str, str]) -> str | None:
        chat = values.get("chat_id", "")
        if monotonic() < flooded.get(chat, 0.0):
            early.append(chat)
        chosen = rng.choice(kinds)
        if chosen and chosen.startswith("429"):
            flooded[chat] = monotonic() + 0.05
        return chosen

    wanted: dict[int, list[str]] = defaultdict(list)
    rows = [(rng.randrange(1, 21), f"m{n:03}") for n in range(80)]
    for chat, name in rows:
        wanted[chat].append(name)
    fill = lambda session: [put(session, chat, name) for chat, name in rows] and None  # noqa: E731
    far, fates = play(database_url, Far(fault=fault, hang_seconds=0.05), fill, seconds=60)
    assert dict(far.delivered) == dict(wanted)
    assert {outcome for outcome, _, _ in fates} == {"sent"}
    assert early == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_call_before_retry_after(database_url: str) -> None:
    """Also not for messages that were written after the refusal, and not by overtaking."""
    far = Far(fault=once("429:0.6", "sendMessage"))

    async def run() -> None:
        async with opened(database_url) as store, serve(far):
            bell = Bell()
            await store.run(texts("bulk", bulk=True))
            async with sending(store, far.url, bell=bell):
                while not far.calls:
                    await asyncio.sleep(0.01)
                refused = far.calls[0].at
                await asyncio.sleep(0.1)
                await store.run(texts("reply"))
                await store.run(texts("other", chat=2))
                bell.ring()
                await drained(store)
            late = [call.at - refused for call in far.calls[1:] if call.values["chat_id"] == "1"]
            assert min(late) >= 0.6
            other = [call.at - refused for call in far.calls if call.values["chat_id"] == "2"]
            assert min(other) < 0.6

    asyncio.run(run())
    assert far.delivered[1] == ["reply", "bulk"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_far_end_without_keys_gets_at_most_two_copies(database_url: str) -> None:
    """Delivered and then cut, each time: the row is given up after the second."""
    far = Far(fault=lambda far, method, values: "cut-after", keys=False)
    _, fates = play(database_url, far, texts("a"), texts("b", chat=2), profile=QUICK)
    assert dict(far.delivered) == {1: ["a", "a"], 2: ["b", "b"]}
    assert [(outcome, error) for outcome, error, _ in fates] == [("dead", "NetworkError")] * 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_long_outage_costs_no_message(database_url: str) -> None:
    """Many refusals, then one lost line, then it works: tries that cannot have arrived are not counted."""
    faults = iter(["502", "429:0.05", "502", "401:Unauthorized", "cut-before", "429:0.05", "502"])
    far = Far(fault=lambda far, method, values: next(faults, None), keys=False)

    async def run() -> list[tuple[Any, ...]]:
        async with opened(database_url) as store, serve(far):
            await store.run(texts("a"))
            async with sending(store, far.url, QUICK):
                await drained(store)
            return await store.run(outcomes)

    fates = asyncio.run(run())
    assert dict(far.delivered) == {1: ["a"]}
    assert (fates[0][0], fates[0][2]) == ("sent", 8)


def test_a_bad_request_is_sent_exactly_once(database_url: str) -> None:
    far = Far(
        fault=lambda far, method, values: "400:Bad Request: BUTTON_DATA_INVALID" if values["text"] == "bad" else None
    )
    _, fates = play(database_url, far, texts("a", "bad", "b"))
    assert far.delivered[1] == ["a", "b"]
    assert [call.values["text"] for call in far.calls] == ["a", "bad", "b"]
    assert fates[1][:2] == ("dead", "BadRequest")


def test_harmless_refusals_are_as_good_as_done(database_url: str) -> None:
    def fault(far: Far, method: str, values: dict[str, str]) -> str | None:
        if method == "answerCallbackQuery":
            return "400:Bad Request: query is too old and response timeout expired or query ID is invalid"
        return "400:Bad Request: message is not modified: x" if method == "editMessageText" else None

    far, fates = play(
        database_url,
        Far(fault=fault),
        texts("a", card="c"),
        texts("q1", act="answer"),
        texts("b", act="edit", card="c"),
    )
    assert Counter(call.method for call in far.calls) == {
        "sendMessage": 1,
        "answerCallbackQuery": 1,
        "editMessageText": 1,
    }
    assert [fate[:2] for fate in fates] == [("sent", None), ("sent", "harmless"), ("sent", "harmless")]


def test_the_blocked_lose_their_rows_and_others_go_on(database_url: str) -> None:
    far = Far(fault=lambda far, method, values: "403:Forbidden: bot was blocked by the user" if values["chat_id"] == "1" else None)  # fmt: skip  # noqa: E501

    async def run() -> tuple[list[tuple[Any, ...]], list[Any]]:
        async with opened(database_url) as store, serve(far):
            await store.run(texts("a", "b", "c", chat=1))
            await store.run(texts("a", "b", chat=2))
            async with sending(store, far.url):
                await drained(store)
            lost = await store.run(
                lambda session: list(
                    session.exec(select(Account.external_id).where(col(Account.unreachable_at).is_not(None)))
                )
            )
            return await store.run(outcomes), lost

    fates, lost = asyncio.run(run())
    assert dict(far.delivered) == {2: ["a", "b"]}
    assert [fate[0] for fate in fates] == ["dead"] * 3 + ["sent"] * 2
    assert lost == [1]
    assert len([call for call in far.calls if call.values["chat_id"] == "1"]) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_spoilt_mark_does_not_hold_the_others(database_url: str) -> None:
    """A fault of ours in `unreachable` must not make the sender repeat what it sent."""

    def boom(*_: Any) -> None:
        raise LookupError("our fault")

    far = Far(
        fault=lambda far, method, values: "403:Forbidden" if values["chat_id"] == "1" else None,
        keys=False,
    )
    _, fates = play(
        database_url, far, texts("a"), *(texts("b", "c", chat=chat) for chat in range(2, 12)), unreachable=boom
    )
    assert all(said == ["b", "c"] for said in far.delivered.values())
    assert Counter(fate[0] for fate in fates) == {"dead": 1, "sent": 20}


def test_a_card_that_is_gone_is_sent_anew_and_remembered(database_url: str) -> None:
    far = Far()

    async def run() -> int:
        async with opened(database_url) as store, serve(far):
            await store.run(texts("first", card="need-1"))
            async with sending(store, far.url):
                await drained(store)
                far.gone.add(1)
                await store.run(texts("second", act="edit", card="need-1"))
                await drained(store)
                await store.run(texts("third", act="edit", card="need-1"))
                await drained(store)
            return await store.run(lambda session: session.exec(select(Card.message_id)).one())

    assert asyncio.run(run()) == 2
    assert far.delivered[1] == ["first", "second"]
    assert far.edits == [(1, 2, "third")]


@pytest.mark.parametrize("fault", ["429:0.1", "502", "cut-before", "cut-after"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sending_a_gone_card_anew_survives_failures(fault: str, database_url: str) -> None:
    """The second call of the pair failed: it used to be given up. Its key differs from the edit's and stays the same."""
    far = Far(fault=once(fault, "sendMessage"))
    far.gone.add(77)

    def card(session: Session) -> None:
        session.add(Card(chat=1, name="need-1", message_id=77))

    _, fates = play(database_url, far, card, texts("second", act="edit", card="need-1"), texts("after"))
    assert far.delivered[1] == ["second", "after"]
    assert [fate[0] for fate in fates] == ["sent", "sent"]
    keys = {call.values["idempotency_key"] for call in far.made("sendMessage") if call.values["text"] == "second"}
    assert len(keys) == 1
    assert keys.isdisjoint(call.values["idempotency_key"] for call in far.made("editMessageText"))


def reminded(session: Session) -> None:
    """A card that stands on message 77, sent once more as a reminder."""
    put(session, 1, "reminder", card="survey-1", bulk=True)
    session.add(Card(chat=1, name="survey-1", message_id=77))


def test_a_reminder_leaves_no_old_buttons(database_url: str) -> None:
    far, fates = play(database_url, Far(), reminded, texts("after"))
    assert far.delivered[1] == ["after", "reminder"]
    assert far.stripped == [(1, 77)]
    assert [fate[:2] for fate in fates] == [("sent", None)] * 3


@pytest.mark.parametrize(
    "fault",
    [
        *("429:0.1", "502", "cut-before", "cut-after", "nonsense"),
        *(
            f"400:Bad Request: {why}"
            for why in ("message is not modified", "message can't be edited", "message to edit not found")
        ),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_old_buttons_cost_one_call_whatever_it_comes_to(fault: str, database_url: str) -> None:
    """The messages behind it arrive all the same, and nothing is sent twice to a far end that knows no keys."""

    def decide(far: Far, method: str, values: dict[str, str]) -> str | None:
        return fault if method == "editMessageReplyMarkup" else None

    far, fates = play(database_url, Far(fault=decide, keys=False), reminded, texts("after", bulk=True), profile=QUICK)
    assert far.delivered[1] == ["reminder", "after"]
    assert len(far.made("editMessageReplyMarkup")) == 1
    assert [fate[0] for fate in fates] == ["sent", "sent", "dropped"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_old_buttons_of_somebody_who_blocked_the_bot(database_url: str) -> None:
    def decide(far: Far, method: str, values: dict[str, str]) -> str | None:
        return "403:Forbidden: bot was blocked by the user" if method == "editMessageReplyMarkup" else None

    far, fates = play(database_url, Far(fault=decide), reminded)
    assert [fate[0] for fate in fates] == ["sent", "dead"]
    assert len(far.made("editMessageReplyMarkup")) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_crash_between_a_reminder_and_its_mark_sends_nothing_twice(database_url: str) -> None:
    """The reminder went out, its row was never marked: the next sender repeats the call by its key, then strips once."""
    far = Far()

    async def run() -> list[tuple[Any, ...]]:
        async with opened(database_url) as store, serve(far):
            await store.run(reminded)
            key = await store.run(lambda session: session.exec(select(Outbox.key)).one())
            far._do("sendMessage", {"chat_id": "1", "text": "reminder", "idempotency_key": key})
            for _ in range(2):  # and once more after the strip was written
                async with sending(store, far.url):
                    await drained(store)
            return await store.run(outcomes)

    fates = asyncio.run(run())
    assert (far.delivered[1], far.stripped) == (["reminder"], [(1, 77)])
    assert [fate[0] for fate in fates] == ["sent", "sent"]


@pytest.mark.parametrize("fault", ["429:0.2", "502", "500:Internal Server Error", "cut-before", "cut-after"])
def test_a_reminder_that_is_answered_before_its_arrival_is_known_stays_one_message(
    fault: str, database_url: str
) -> None:
    """A survey is on the phone, but the line was cut after it: the answer used to bring it a second time."""
    far = Far(fault=once(fault, "sendMessage"))

    def write(view: Callable[..., bool], text: str, **options: Any) -> Callable[[Session], Any]:
        return lambda session: view(
            session, persons_of(session, [1], NOW)[1], "plain", {"text": text}, card="survey:1", **options
        )

    async def run() -> None:
        async with opened(database_url) as store, serve(far):
            await store.run(write(post.tell, "1/3", bulk=True))
            async with sending(store, far.url):
                while not await store.run(lambda session: session.exec(select(Outbox.error)).one()):
                    await asyncio.sleep(0.005)
                await store.run(write(post.update, "2/3"))
                await drained(store)

    asyncio.run(run())
    assert (far.delivered[1], far.edits) == (["1/3"], [(1, 1, "2/3")])


FAULTS = ["429:0.2", "502", "500:Internal Server Error", "hang", "cut-before", "cut-after"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_is_sent_on_arrives_once_and_in_its_place(fault: str, database_url: str) -> None:
    far = Far(fault=once(fault, "sendPhoto"), hang_seconds=0.05)
    _, fates = play(database_url, far, texts("a"), texts("sent on", photo="p1"), texts("b"))
    assert far.delivered[1] == ["a", "sent on [p1]", "b"]
    assert {outcome for outcome, _, _ in fates} == {"sent"}
    assert len({call.values["idempotency_key"] for call in far.made("sendPhoto")}) == 1


@pytest.mark.parametrize("fault", [None, *FAULTS])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_a_file_that_is_gone_the_words_arrive_once(fault: str | None, database_url: str) -> None:
    """The second call of the pair fails, and both are made again: its key differs from the file's and stays the same."""
    far = Far(fault=once(fault, "sendMessage") if fault else lambda *_: None, hang_seconds=0.05, lost_files={"p1"})
    _, fates = play(database_url, far, texts("sent on", photo="p1"), texts("b"))
    assert far.delivered[1] == ["sent on", "b"]
    assert {outcome for outcome, _, _ in fates} == {"sent"}
    keys = {call.values["idempotency_key"] for call in far.made("sendMessage") if call.values["text"] == "sent on"}
    assert len(keys) == 1
    assert keys.isdisjoint(call.values["idempotency_key"] for call in far.made("sendPhoto"))


def test_cards_that_change_often_end_in_their_last_form(database_url: str) -> None:
    """Ten people, five cards each, among them reminders; every card is changed while its messages fail in all ways."""
    rng = random.Random(4)
    kinds = ["429:0.05", "502", "hang", "cut-before", "cut-after", "500:Internal Server Error", *[None] * 8]
    far = Far(fault=lambda far, method, values: rng.choice(kinds), hang_seconds=0.05)
    cards = [(chat, f"card {number}") for chat in range(1, 11) for number in range(5)]

    def write(chat: int, card: str, form: int) -> Callable[[Session], Any]:
        view, options = (post.tell, {"bulk": rng.random() < 0.5}) if form == 0 else (post.update, {})
        return lambda session: view(
            session, persons_of(session, [chat], NOW)[chat], "plain", {"text": f"{card}, {form}"}, card=card, **options
        )

    async def run() -> None:
        async with opened(database_url) as store, serve(far), sending(store, far.url):
            for form in range(4):
                for chat, card in rng.sample(cards, len(cards)):
                    await store.run(write(chat, card, form))
            await drained(store, 60)

    asyncio.run(run())
    shown = {}
    for chat, said in far.delivered.items():
        assert sorted(said) == sorted(f"{card}, 0" for of, card in cards if of == chat)
    for chat, message, text in far.edits:
        shown[chat, message] = text
    assert sorted(text for text in shown.values()) == sorted(f"{card}, 3" for _, card in cards)


def test_a_group_that_moved_gets_the_message_once(database_url: str) -> None:
    far = Far(fault=lambda far, method, values: "moved:-1005" if values["chat_id"] == "-5" else None)
    _, fates = play(database_url, far, texts("a", "b", chat=-5))
    assert dict(far.delivered) == {-1005: ["a", "b"]}
    assert [fate[0] for fate in fates] == ["sent", "sent"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_view_that_raises_and_a_call_that_cannot_be_built_stop_nobody(database_url: str) -> None:
    def queryless(session: Session) -> None:
        put(session, 1, "x", act="answer")
        session.exec(select(Outbox).where(Outbox.act == "answer")).one().content = {}

    far, fates = play(database_url, Far(), texts("a", "boom", "b"), queryless)
    assert far.delivered[1] == ["a", "b"]
    assert [fate[:2] for fate in fates] == [
        ("sent", None),
        ("dead", "view: KeyError"),
        ("sent", None),
        ("dead", "call: KeyError"),
    ]


def test_two_senders_on_one_database_double_nothing(database_url: str) -> None:
    far = Far(keys=False)

    async def run() -> None:
        async with opened(database_url) as store, opened(database_url) as other, serve(far):
            await store.run(lambda session: [put(session, n % 7, f"m{n:03}") for n in range(140)])
            async with sending(store, far.url), sending(other, far.url):
                await drained(store)

    asyncio.run(run())
    assert far.delivered == {chat: [f"m{n:03}" for n in range(140) if n % 7 == chat] for chat in range(7)}


# ---- limits


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wave_keeps_the_limits_and_lets_people_through(database_url: str) -> None:
    """500 bulk rows with Telegram's times shortened tenfold: replies leave in a tenth of two seconds, taps at once."""
    short = Profile(rate=250, burst=5, chat_seconds=0.1, group_seconds=0.3)
    far = Far()
    waits: dict[str, list[float]] = {"reply": [], "tap": []}

    async def run() -> None:
        async with opened(database_url) as store, serve(far):
            bell = Bell()
            await store.run(lambda session: [put(session, n % 250, f"bulk {n}", bulk=True) for n in range(500)])
            async with sending(store, far.url, short, bell=bell):
                for number in range(12):
                    for kind, act in (("reply", "send"), ("tap", "answer")):
                        name, began = f"{kind} {number}", monotonic()
                        await store.run(texts(name, chat=1000 + number, act=act))
                        bell.ring()
                        arrived = (lambda n=name: n in far.answered) if act == "answer" else (
                            lambda n=number: far.delivered[1000 + n] != [])  # fmt: skip
                        while not arrived():
                            await asyncio.sleep(0.005)
                        waits[kind].append(monotonic() - began)
                    await asyncio.sleep(0.05)
                assert len(far.calls) < 400, "the wave was over too soon to prove anything"
                await drained(store, 30)

    asyncio.run(run())
    assert sum(map(len, far.delivered.values())) == 512
    starts = sorted(call.at for call in far.made("sendMessage"))
    busiest = max(sum(at <= other < at + 0.1 for other in starts[i : i + 60]) for i, at in enumerate(starts))
    assert busiest < 25 + 5 + 8  # a tenth of a second; the loop's jitter moves a few
    assert (starts[-1] - starts[0]) > 500 / 250 * 0.9
    for times in far.times.values():
        assert all(later - earlier >= 0.099 for earlier, later in pairwise(times))
    assert max(waits["reply"]) < 1.0
    assert max(waits["tap"]) < 1.0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_taps_are_answered_while_their_chat_is_refused(database_url: str) -> None:
    far = Far(fault=lambda far, method, values: "429:30" if method == "sendMessage" else None)

    async def run() -> float:
        async with opened(database_url) as store, serve(far):
            bell = Bell()
            await store.run(lambda session: [put(session, chat, "x") for chat in (1, 2, 3, 4)])
            async with sending(store, far.url, QUICK, bell=bell):
                await asyncio.sleep(0.2)
                began = monotonic()
                await store.run(texts("q", act="answer"))
                bell.ring()
                while not far.answered:
                    await asyncio.sleep(0.005)
                return monotonic() - began

    assert asyncio.run(run()) < 1
    assert len(far.made("sendMessage")) <= 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_marks_outlive_a_locked_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent while the database was locked is marked afterwards, not sent again."""
    from delivery import database
    from tests.delivery.test_store import locked

    monkeypatch.setattr(database, "BUSY_MS", 100)
    far = Far(keys=False)

    async def run() -> list[tuple[Any, ...]]:
        held = locked(database_url)
        async with opened(database_url) as store, serve(far):

            def fault(_far: Far, method: str, values: dict[str, str]) -> None:
                if values["text"] == "a":
                    held.__enter__()

            far.fault = fault
            await store.run(texts("a", "b"))
            async with sending(store, far.url):
                await asyncio.sleep(1.2)
                assert far.delivered[1] == ["a"]
                held.__exit__(None, None, None)
                await drained(store)
            return await store.run(outcomes)

    fates = asyncio.run(run())
    assert far.delivered[1] == ["a", "b"]
    assert [fate[0] for fate in fates] == ["sent", "sent"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_stopping_ends_sends_in_flight_and_gives_the_rest_back(database_url: str) -> None:
    far = Far(fault=lambda far, method, values: "hang" if values["chat_id"] == "2" else None, hang_seconds=20)

    async def run() -> list[Any]:
        async with opened(database_url) as store, serve(far):
            await store.run(texts("a"))
            await store.run(texts("b", chat=2))
            async with sending(store, far.url):
                while len(far.calls) < 2:
                    await asyncio.sleep(0.01)
            rows = await store.run(lambda session: session.exec(select(Outbox.outcome, Outbox.lease_until)).all())
            return sorted((tuple(row) for row in rows), key=str)

    assert asyncio.run(run()) == [("sent", 0.0), (None, 0.0)]


def test_the_test_view_is_one() -> None:
    assert render("plain", {"text": "x"}, "zh-CN").text == "x"
    assert NOW and persons_of
