"""Drains the outbox: claims with a lease, renders in the receiver's language, sends, marks.

Every call carries the row's key as `idempotency_key`; Telegram ignores it, the gateway sends each key once. Against a
server without it, a crash repeats at most the sends that were in flight.
"""

import asyncio
import io
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import time

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from delivery import outbox
from delivery.bell import Bell
from delivery.clock import Clock
from delivery.faults import Fault, classify
from delivery.limiter import Limiter
from delivery.message import BARE, CAPTION_LIMIT, TEXT_LIMIT, TOAST_LIMIT, Message, Render, clip
from delivery.outbox import Fate, Parcel
from delivery.store import Store, is_passing
from delivery.tasks import Tasks

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 64  # towards a far end without limits; what is in flight can repeat after a crash if it knows no keys
SIDE_BY_SIDE_LIMITED = 16
PACE_SECONDS = 0.01
IDLE_SECONDS = 0.5
RETRY_SECONDS = 60.0  # longest wait between two tries of what cannot have arrived; there is no last try
COPIES = 2  # of what may have arrived, at a far end that does not know our keys
UNKNOWN = "unknown x"  # how the reason of a try begins that may have arrived

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
            except SQLAlchemyError as error:
                log.warning("outbox: %s, trying again", type(error).__name__)
                await asyncio.sleep(1)
                continue
            claimed_at = time()
            for parcel in parcels:
                self._tasks.start(self._deliver(parcel, claimed_at), name=f"outbox-{parcel.id}")
            idle = min(IDLE_SECONDS, self._limiter.wait())
            await (asyncio.sleep(PACE_SECONDS) if parcels else self._outgoing.wait(idle))

    async def stop(self, seconds: float) -> None:
        """Let sends in flight end and be marked; what does not end is claimed again later."""
        await self._tasks.drain(seconds)
        await self._tasks.cancel()
        fates, self._fates = self._fates, []

        def unit(session: Session) -> None:
            if fates:
                outbox.mark(session, fates, me=self._me, at=time())
            outbox.release(session, self._me)

        try:
            await self._store.run(unit)
        except SQLAlchemyError as error:
            log.warning("outbox: %s at the end, leases will run out", type(error).__name__)

    async def _claim(self) -> list[Parcel]:
        slots = (SIDE_BY_SIDE_LIMITED if self._limiter.profile else SIDE_BY_SIDE) - len(self._tasks)
        if slots <= 0:
            return []
        free = self._limiter.free(slots)
        held = self._limiter.held()
        parcels = await self._store.run(
            lambda session: outbox.claim(
                session, n=free or slots, me=self._me, at=time(), held=held, answers_only=not free
            )
        )
        self._limiter.take(sum(parcel.act != "answer" for parcel in parcels))
        return parcels

    async def _deliver(self, parcel: Parcel, claimed_at: float) -> None:
        """The slot is held until the mark is committed, so that repeats after a crash stay below the slots."""
        if time() - claimed_at > outbox.LEASE_SECONDS / 2:
            return  # waited too long in memory: somebody else may have it soon
        fate = await self._send(parcel)
        if parcel.act != "answer":
            self._limiter.sent(parcel.chat)
        self._fates.append(fate)  # not in one line with the send: the list may be swapped while we wait
        async with self._marking:  # whoever gets here first marks for all who wait
            fates, self._fates = self._fates, []
            if fates:
                await self._mark(fates)
        self._outgoing.ring()

    async def _mark(self, fates: list[Fate]) -> None:
        """Until it is written down: what is not marked would be sent again."""
        pause = 0.2
        while True:
            try:
                await self._store.run(lambda session: self._marks(session, fates))
                return
            except Exception as error:
                if not is_passing(error):
                    log.error("outbox: marking: %s", type(error).__name__, exc_info=error)
                    break
                log.warning("outbox: marking: %s, trying again", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)
        if len(fates) > 1:  # one of them spoils the rest
            for fate in fates:
                await self._mark([fate])
        else:
            await self._store.run(lambda session: outbox.mark(session, fates, me=self._me, at=time()))

    def _marks(self, session: Session, fates: list[Fate]) -> None:
        outbox.mark(session, fates, me=self._me, at=time())
        for fate in fates:
            chat = fate.parcel.chat
            if fate.unreachable:
                self._unreachable(session, fate.parcel.channel, chat, self._clock.now())
            elif fate.moved_to is not None:
                outbox.move_chat(session, chat, fate.moved_to)
            elif fate.hold:
                outbox.hold_chat(session, chat, fate.not_before)

    async def _send(self, parcel: Parcel) -> Fate:
        if parcel.act == "strip":
            return await self._try(parcel, Message(""))
        try:
            message = self._render(parcel.view, parcel.content, parcel.language)
        except Exception as error:  # a view that fails must not stop the chat; the row keeps the reason
            log.error("outbox row %s: view %s: %s", parcel.id, parcel.view, type(error).__name__, exc_info=error)
            return Fate(parcel, "dead", error=f"view: {type(error).__name__}")
        return await self._try(parcel, message)

    async def _try(self, parcel: Parcel, message: Message) -> Fate:
        try:
            return Fate(parcel, "sent", message_id=await self._call(parcel, message))
        except TelegramError as error:
            return await self._failed(parcel, message, error)
        except Exception as error:  # the call cannot even be built: it never will, and the chat must go on
            log.error("outbox row %s (%s): %s", parcel.id, parcel.view, type(error).__name__, exc_info=error)
            return Fate(parcel, "dead", error=f"call: {type(error).__name__}")

    async def _call(self, parcel: Parcel, message: Message) -> int | None:
        extra = {"idempotency_key": parcel.key}
        if parcel.act == "answer":
            text = clip(message.text, TOAST_LIMIT) or None
            await self._bot.answer_callback_query(str(parcel.content["query"]), text=text, api_kwargs=extra)
            return None
        if parcel.act == "strip":
            await self._bot.edit_message_reply_markup(parcel.chat, int(parcel.content["message"]), api_kwargs=extra)
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
        if message.file:
            kind, file_id = message.file
            caption = {} if kind in BARE else {"caption": clip(message.text, CAPTION_LIMIT)}
            sent = await getattr(self._bot, f"send_{kind}")(parcel.chat, file_id, **caption, api_kwargs=extra)
            return int(sent.message_id)
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
        if parcel.act == "strip" and fault not in (Fault.WAIT, Fault.BLOCKED):
            return Fate(parcel, "dropped", error=why)  # one call for old buttons; whatever it comes to, nobody waits
        match fault:
            case Fault.HARMLESS:
                return Fate(parcel, "sent", error="harmless")
            case Fault.WAIT:
                assert isinstance(error, RetryAfter)
                wait = error._retry_after.total_seconds()
                hold = parcel.act != "answer"
                if hold:
                    self._limiter.refused(parcel.chat, wait)
                outcome = "dropped" if parcel.act == "strip" else None
                return Fate(parcel, outcome, error=_keep_count(parcel, why), not_before=time() + wait, hold=hold)
            case Fault.RETRY:
                wait = min(RETRY_SECONDS, 0.5 * 2.0 ** min(parcel.attempts, 10))
                return Fate(parcel, None, error=_keep_count(parcel, why), not_before=time() + wait)
            case Fault.UNKNOWN if (copies := unknowns(parcel) + 1) < COPIES or self._limiter.profile is None:
                return Fate(parcel, None, error=f"{UNKNOWN}{copies} {why}", not_before=time() + self._later(copies))
            case Fault.FRESH if parcel.act == "edit" and parcel.message_id is not None:
                fresh = replace(parcel, message_id=None, key=parcel.key + "n")
                return replace(await self._try(fresh, message), parcel=parcel)
            case Fault.DEAD if message.file:  # the file is gone or not for this bot: the words at least
                bare = replace(parcel, key=parcel.key + "w")
                return replace(await self._try(bare, replace(message, file=None)), parcel=parcel)
            case Fault.MOVED:
                assert isinstance(error, ChatMigrated)
                return Fate(parcel, None, error=_keep_count(parcel, "moved"), moved_to=error.new_chat_id)
            case Fault.BLOCKED:
                return Fate(parcel, "dead", error=why, unreachable=True)
            case _:
                log.error("outbox row %s (%s) is dead: %s", parcel.id, parcel.view, why)
                return Fate(parcel, "dead", error=why)

    def _later(self, copies: int) -> float:
        """With limits (Telegram) the repeat waits a minute; a far end that knows our keys repeats nothing."""
        profile = self._limiter.profile
        return profile.unknown_seconds if profile else min(RETRY_SECONDS, 0.5 * 2.0 ** min(copies, 10))


def unknowns(parcel: Parcel) -> int:
    """How many tries of a parcel may have arrived, as the reason of the last one says."""
    reason = parcel.error or ""
    count, _, _ = reason.removeprefix(UNKNOWN).partition(" ")
    return int(count) if reason.startswith(UNKNOWN) and count.isdigit() else 0


def _keep_count(parcel: Parcel, why: str) -> str:
    copies = unknowns(parcel)
    return f"{UNKNOWN}{copies} {why}" if copies else why


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.tap) for button in row] for row in message.buttons]
    )
