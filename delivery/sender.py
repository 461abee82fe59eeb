"""Drains the outbox: claims with a lease, renders in the receiver's language, sends, marks.

Every call carries the row's key as `idempotency_key`; Telegram ignores it, the gateway sends each key once. Against a
server without it, a crash repeats at most the sends that were in flight.
"""

import asyncio
import io
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from time import time

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from delivery import outbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.faults import Fault, classify
from delivery.limiter import Limiter
from delivery.message import CAPTION_LIMIT, TEXT_LIMIT, TOAST_LIMIT, Message, Render, clip
from delivery.outbox import Fate, Parcel
from delivery.store import Store
from delivery.tasks import Tasks

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 16
PACE_SECONDS = 0.01
IDLE_SECONDS = 0.5
RETRIES = 8  # of what cannot have arrived; about four minutes
UNKNOWN_SECONDS = 60.0

Unreachable = Callable[[Session, str, int, datetime], None]  # session, channel, chat, now


class Sender:
    """One of possibly many drains of the outbox."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bot: Bot,
        render: Render,
        *,
        outgoing: Bell,
        limiter: Limiter,
        unreachable: Unreachable,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bot = bot
        self._render = render
        self._outgoing = outgoing
        self._limiter = limiter
        self._unreachable = unreachable
        self._me = f"s-{secrets.token_hex(8)}"
        self._tasks = Tasks()
        self._fates: list[Fate] = []
        self._marking = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled. Outlives every database error."""
        while True:
            try:
                parcels = await self._claim()
            except DBAPIError as error:
                log.warning("outbox: %s, trying again", type(error).__name__)
                await asyncio.sleep(1)
                continue
            claimed_at = time()
            for parcel in parcels:
                self._tasks.start(self._deliver(parcel, claimed_at), name=f"outbox-{parcel.id}")
            await (asyncio.sleep(PACE_SECONDS) if parcels else self._outgoing.wait(IDLE_SECONDS))

    async def stop(self, seconds: float) -> None:
        """Let sends in flight end and be marked."""
        await self._tasks.drain(seconds)
        await self._tasks.cancel()

    async def _claim(self) -> list[Parcel]:
        free = self._limiter.free(SIDE_BY_SIDE - len(self._tasks))
        if free <= 0:
            return []
        parcels = await self._store.run(lambda session: outbox.claim(session, n=free, me=self._me, at=time()))
        self._limiter.take(len(parcels))
        return parcels

    async def _deliver(self, parcel: Parcel, claimed_at: float) -> None:
        """The slot is held until the mark is committed, so that repeats after a crash stay below the slots."""
        if time() - claimed_at > outbox.LEASE_SECONDS / 2:
            return  # waited too long in memory: somebody else may have it soon
        fate = await self._send(parcel)
        self._fates.append(fate)  # not in one line: the list may be swapped while we wait
        async with self._marking:  # whoever gets here first marks for all who wait
            fates, self._fates = self._fates, []
            if fates:
                await self._mark(fates)
        self._outgoing.ring()

    async def _mark(self, fates: list[Fate]) -> None:
        def unit(session: Session) -> None:
            outbox.mark(session, fates, me=self._me, at=time())
            for fate in fates:
                self._after(session, fate)

        for pause in (0.2, 1.0, 5.0):
            try:
                await self._store.run(unit)
                return
            except DBAPIError as error:
                log.warning("outbox: marking: %s, trying again", type(error).__name__)
                await asyncio.sleep(pause)
        await self._store.run(unit)

    def _after(self, session: Session, fate: Fate) -> None:
        chat = fate.parcel.chat
        if fate.unreachable:
            self._unreachable(session, fate.parcel.channel, chat, self._clock.now())
        elif fate.not_before:
            outbox.hold_chat(session, chat, fate.not_before)
        elif fate.parcel.act != "answer" and (gap := self._limiter.chat_gap(chat)):
            outbox.hold_chat(session, chat, time() + gap)

    async def _send(self, parcel: Parcel) -> Fate:
        try:
            message = self._render(parcel.view, parcel.content, parcel.language)
        except Exception as error:  # a view that fails must not stop the chat; the row keeps the reason
            log.error("outbox row %s: view %s: %s", parcel.id, parcel.view, type(error).__name__, exc_info=error)
            return Fate(parcel, "dead", error=f"view: {type(error).__name__}")
        try:
            return Fate(parcel, "sent", message_id=await self._call(parcel, message))
        except TelegramError as error:
            return await self._failed(parcel, message, error)

    async def _call(self, parcel: Parcel, message: Message) -> int | None:
        extra = {"idempotency_key": parcel.key}
        if parcel.act == "answer":
            text = clip(message.text, TOAST_LIMIT) or None
            await self._bot.answer_callback_query(str(parcel.content["query"]), text=text, api_kwargs=extra)
            return None
        keyboard = _keyboard(message)
        if message.document:
            name, content = message.document
            sent = await self._bot.send_document(
                parcel.chat,
                InputFile(io.BytesIO(content), filename=name),
                caption=clip(message.text, CAPTION_LIMIT),
                reply_markup=keyboard,
                api_kwargs=extra,
            )
            return sent.message_id
        text = clip(message.text, TEXT_LIMIT)
        if parcel.act == "edit" and parcel.message_id is not None:
            await self._bot.edit_message_text(
                text, parcel.chat, parcel.message_id, reply_markup=keyboard, api_kwargs=extra
            )
            return None
        sent = await self._bot.send_message(parcel.chat, text, reply_markup=keyboard, api_kwargs=extra)
        return sent.message_id

    async def _failed(self, parcel: Parcel, message: Message, error: TelegramError) -> Fate:
        fault, why = classify(error), type(error).__name__
        match fault:
            case Fault.HARMLESS:
                return Fate(parcel, "sent", error="harmless")
            case Fault.WAIT:
                assert isinstance(error, RetryAfter)
                wait = error._retry_after.total_seconds()
                return Fate(parcel, None, error=why, not_before=time() + wait)
            case Fault.RETRY if parcel.attempts < RETRIES:
                return Fate(parcel, None, error=why, not_before=time() + min(60.0, 2.0**parcel.attempts))
            case Fault.UNKNOWN if parcel.attempts < 3:
                return Fate(parcel, None, error=why, not_before=time() + self._unknown_seconds(parcel))
            case Fault.FRESH if parcel.message_id is not None:
                fresh = Parcel(**{**outbox.fields(parcel), "act": "send", "message_id": None, "key": parcel.key + "n"})
                try:
                    return Fate(parcel, "sent", error="fresh", message_id=await self._call(fresh, message))
                except TelegramError as again:
                    return Fate(parcel, "dead", error=type(again).__name__)
            case Fault.MOVED:
                assert isinstance(error, ChatMigrated)
                old, new = parcel.chat, error.new_chat_id
                await self._store.run(lambda session: outbox.move_chat(session, old, new))
                return Fate(parcel, None, error="moved", not_before=time())
            case Fault.BLOCKED:
                return Fate(parcel, "dead", error=why, unreachable=True)
            case _:
                log.error("outbox row %s (%s) is dead: %s", parcel.id, parcel.view, why)
                return Fate(parcel, "dead", error=why)

    def _unknown_seconds(self, parcel: Parcel) -> float:
        """With limits (Telegram) the repeat waits a minute; a far end that knows our keys repeats nothing."""
        return UNKNOWN_SECONDS if self._limiter.profile else 1.0 * parcel.attempts


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.tap) for button in row] for row in message.buttons]
    )
