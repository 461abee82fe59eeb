"""Commands and sentences. Each handler reads the update and commits one service through its turn."""

from telegram import ChatMember, Message, Update
from telegram.ext import ContextTypes

from delivery.turn import current_turn
from services import dialogue, home, needs, people, privacy, teachers
from services.clean import clean
from services.media import Sent

GONE = (ChatMember.BANNED, ChatMember.LEFT)


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/start and /start CODE: redeems a code, asks for consent, shows the home screen."""
    await current_turn().commit(people.start, _behind(update) or None)


async def need(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/need: asks for one sentence, or reads the one behind the command."""
    text = _behind(update)
    if text:
        await current_turn().commit(dialogue.hear, text)
    else:
        await current_turn().commit(dialogue.admitted, needs.begin)


async def teach(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/teach: asks for a self-introduction, or reads the one behind the command."""
    text = _behind(update)
    if text:
        await current_turn().commit(dialogue.admitted, teachers.hear, text)
    else:
        await current_turn().commit(dialogue.admitted, teachers.begin)


async def mine(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/mine: own orders, offers and placements."""
    await current_turn().commit(dialogue.gated, home.mine)


async def call(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/call: 找人帮忙."""
    await current_turn().commit(dialogue.call)


async def queue(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/queue: what waits for this coordinator."""
    await current_turn().commit(dialogue.gated, home.queue)


async def help_(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/help: how this works, for the person's roles."""
    await current_turn().commit(home.help_)


async def cancel(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/cancel: drops the open question or draft."""
    await current_turn().commit(dialogue.cancel)


async def language(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/language: 中文 or English."""
    await current_turn().commit(people.choose_language)


async def mydata(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/mydata: everything kept about the person, as a file."""
    await current_turn().commit(privacy.show)


async def forget(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/forget: asks once, then removes."""
    await current_turn().commit(privacy.forget_ask)


async def sentence(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Any text: the answer to what was asked, or a need."""
    assert update.effective_message is not None
    await current_turn().commit(dialogue.hear, clean(update.effective_message.text or ""))


async def edited(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A corrected old message: says how to change an order instead, since reading it again would file it twice."""
    await current_turn().commit(dialogue.edited)


async def other_content(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Voice, photo, sticker, file, place, whatever there is: kept and passed on; a caption counts as words."""
    message = update.effective_message
    assert message is not None
    await current_turn().commit(dialogue.other_content, _sent(message), clean(message.caption or ""))


def _sent(message: Message) -> Sent | None:
    """What a message holds that is not text; None for what we do not know."""
    return _file(message) or _said(message)


def _said(message: Message) -> Sent | None:
    """What has no file: a place and a poll come to words, dice and games say no more than a sticker, a card is not ours."""
    if message.contact is not None:
        return Sent("contact")
    if message.dice is not None or message.game is not None:
        return Sent("sticker")
    if message.poll is not None:
        return Sent(
            "poll", words=clean(" / ".join([message.poll.question, *(each.text for each in message.poll.options)]))
        )
    if message.location is None:
        return None
    at = f"{message.location.latitude:.5f}, {message.location.longitude:.5f}"
    named = [message.venue.title, message.venue.address] if message.venue else []
    return Sent("place", words=clean(" · ".join([*named, at])))


def _file(message: Message) -> Sent | None:
    """The file of a message."""
    found = {
        "photo": message.photo[-1] if message.photo else None,
        "voice": message.voice,
        "animation": message.animation,  # before document: Telegram sends both
        "document": message.document,
        "video": message.video,
        "audio": message.audio,
        "clip": message.video_note,
        "sticker": message.sticker,
    }
    for kind, file in found.items():
        if file is not None:
            return Sent(kind, file.file_id, file.file_size, message.media_group_id)
    return None


async def membership(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The bot was blocked or let in again."""
    change = update.my_chat_member
    assert change is not None
    blocked = change.new_chat_member.status in GONE
    await current_turn().commit(people.membership, blocked, "telegram", change.chat.id)


def _behind(update: Update) -> str:
    """The words behind a command."""
    text = clean(update.effective_message.text or "") if update.effective_message else ""
    parts = text.split(maxsplit=1)
    return parts[1] if len(parts) > 1 else ""
