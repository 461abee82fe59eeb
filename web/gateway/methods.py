"""The Bot API's methods: read parameters, check, act. The table at the end is all there is; the rest is 404."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection

from web.gateway import chats, files, updates
from web.gateway.call import Call, Upload
from web.gateway.checks import MAX_TOAST, caption_of, keyboard_of, message_id_of, replied_id, text_of
from web.gateway.core import Gateway
from web.gateway.errors import CHAT_NOT_FOUND, bad_request
from web.gateway.tables import dumps
from web.gateway.text import Formatted, clean

MAX_WAIT = 50
MAX_COMMANDS = 100
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_me(gateway: Gateway, call: Call) -> Any:
    no = dict.fromkeys(
        ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business",
         "has_main_web_app"), False,
    )  # fmt: skip
    return gateway.bot | no


async def get_updates(gateway: Gateway, call: Call) -> Any:
    poll = updates.Poll(
        bot_id=gateway.bot_id,
        offset=call.number("offset"),
        limit=call.number("limit", 100, 1, 100),
        allowed=allowed_of(call),
    )
    timeout = call.number("timeout", 0, 0, MAX_WAIT)
    found = await gateway.polls.wait(partial(gateway.fetch, poll), timeout)
    return f"[{','.join(found)}]".encode()


def allowed_of(call: Call) -> list[str] | None:
    """The update kinds asked for; None leaves them as they were."""
    given = call.json("allowed_updates", "can't parse allowed updates JSON object")
    return [kind for kind in given if isinstance(kind, str)] if isinstance(given, list) else None


async def delete_webhook(gateway: Gateway, call: Call) -> Any:
    if call.flag("drop_pending_updates"):
        await gateway.act(updates.drop, gateway.bot_id)
    return True


async def get_webhook_info(gateway: Gateway, call: Call) -> Any:
    count = await gateway.act(updates.waiting, gateway.bot_id, 100_000)
    return {"url": "", "has_custom_certificate": False, "pending_update_count": count}


async def send_message(gateway: Gateway, call: Call) -> Any:
    formatted = text_of(call)
    content: dict[str, Any] = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    return await post(gateway, call, content)


async def post(gateway: Gateway, call: Call, content: dict[str, Any], file: files.Kept | None = None) -> bytes:
    """Send `content` with the keyboard, reply and key of the call."""
    if markup := keyboard_of(call):
        content["reply_markup"] = markup
    reply_to, optional = replied_id(call)
    order = chats.Post(call.chat_id(), content, reply_to, optional, file, call.key())
    return (await gateway.post(order)).encode()


async def send_document(gateway: Gateway, call: Call) -> Any:
    caption = captioned(caption_of(call))
    given = call.file("document")
    if isinstance(given, Upload):
        kept = files.checked_document(given)
        return await post(gateway, call, {"document": files.document_of(kept, len(kept.content))} | caption, kept)
    row = await stored_file(gateway, given, "document")
    return await post(gateway, call, {"document": files.document_of(row, row.size)} | caption)


async def send_photo(gateway: Gateway, call: Call) -> Any:
    caption = captioned(caption_of(call))
    given = call.file("photo")
    if isinstance(given, Upload):
        kept, width, height = files.checked_photo(given)
        sizes = files.photo_of(kept, len(kept.content), width, height)
        return await post(gateway, call, {"photo": sizes} | caption, kept)
    row = await stored_file(gateway, given, "photo")
    _, width, height = files.checked_photo(Upload(row.name, row.mime, row.content))
    return await post(gateway, call, {"photo": files.photo_of(row, row.size, width, height)} | caption)


def sender_of(kind: str) -> Callable[[Gateway, Call], Awaitable[Any]]:
    """Voice, video and the like, by the id of a stored file; the page shows each as a file to save."""

    async def send(gateway: Gateway, call: Call) -> Any:
        given = call.file(kind)
        row = await stored_file(gateway, "" if isinstance(given, Upload) else given, kind)
        content = {"document": files.document_of(row, row.size)}
        return await post(gateway, call, content | captioned(caption_of(call)))

    return send


def captioned(caption: Formatted) -> dict[str, Any]:
    if not caption.text:
        return {}
    entities = {"caption_entities": caption.entities} if caption.entities else {}
    return {"caption": caption.text} | entities


async def stored_file(gateway: Gateway, file_id: str, kind: str) -> Any:
    """A file sent before, named by its id."""
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    row = await gateway.act(files.find, file_id)
    if row is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return row


async def get_file(gateway: Gateway, call: Call) -> Any:
    if not (file_id := call.text("file_id")):
        raise bad_request("file_id not specified")
    row = await gateway.act(files.find, file_id)
    if row is None:
        raise bad_request("invalid file_id")
    if row.size > files.MAX_DOWNLOAD:
        raise bad_request("file is too big")
    common = {"file_id": row.id, "file_unique_id": row.id[:16], "file_size": row.size}
    return common | {"file_path": f"documents/{row.id}"}


async def edit_message_text(gateway: Gateway, call: Call) -> Any:
    formatted = text_of(call)
    content: dict[str, Any] = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    return await edit(gateway, call, content)


async def edit_message_reply_markup(gateway: Gateway, call: Call) -> Any:
    return await edit(gateway, call, None)


async def edit(gateway: Gateway, call: Call, content: dict[str, Any] | None) -> bytes:
    markup = keyboard_of(call, inline_only=True)
    order = chats.Change(call.chat_id(), message_id_of(call), content, markup, call.key())
    return (await gateway.edit(order)).encode()


async def delete_message(gateway: Gateway, call: Call) -> Any:
    chat_id, message_id = call.chat_id(), message_id_of(call)
    if await gateway.act(chats.remove, chat_id, message_id, gateway.now(), call.key()):
        gateway.hub.tell("gone", user_id=chat_id, message_id=message_id)
    return True


async def answer_callback_query(gateway: Gateway, call: Call) -> Any:
    text = clean(call.text("text"))
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = call.text("callback_query_id")
    toast = await gateway.act(updates.answer, query_id, text, call.flag("show_alert"), call.key())
    if toast.fresh:
        gateway.hub.tell("toast", user_id=toast.user_id, query_id=query_id, text=toast.text, alert=toast.alert)
    return True


async def send_chat_action(gateway: Gateway, call: Call) -> Any:
    chat_id = call.chat_id()
    if not call.text("action"):
        raise bad_request("wrong parameter action in request")
    await gateway.act(chats.refusal, chat_id)
    gateway.hub.tell("typing", user_id=chat_id)
    return True


async def get_chat(gateway: Gateway, call: Call) -> Any:
    row = await gateway.act(chat_row, call.chat_id())
    if row is None:
        raise bad_request(CHAT_NOT_FOUND)
    return {
        "id": row.id,
        "type": "private",
        "first_name": row.name,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def chat_row(connection: Connection, chat_id: int) -> Any:
    return connection.execute(chats.USER, {"chat": chat_id}).first()


def scope_of(call: Call) -> str:
    """Where a command menu applies, as one word."""
    scope = call.json("scope", "can't parse BotCommandScope JSON object") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("object expected as bot command scope")
    return f"{dumps(scope)}/{call.text('language_code')}"


async def set_my_commands(gateway: Gateway, call: Call) -> Any:
    given = call.json("commands", "can't parse list of bot commands JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("can't use more than 100 commands")
    await gateway.act(updates.change_settings, gateway.bot_id, f"commands/{scope_of(call)}", [*map(command_of, given)])
    return True


def command_of(given: Any) -> dict[str, str]:
    """One entry of the command menu."""
    command = str(given.get("command", "")).lstrip("/") if isinstance(given, dict) else ""
    if not command.isascii() or not command.replace("_", "a").isalnum() or command != command.lower():
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command) <= 32:
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(given.get("description", ""))
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


async def delete_my_commands(gateway: Gateway, call: Call) -> Any:
    await gateway.act(updates.change_settings, gateway.bot_id, f"commands/{scope_of(call)}", None)
    return True


async def get_my_commands(gateway: Gateway, call: Call) -> Any:
    return (await gateway.act(updates.settings, gateway.bot_id)).get(f"commands/{scope_of(call)}", [])


async def set_chat_menu_button(gateway: Gateway, call: Call) -> Any:
    button = call.json("menu_button", "can't parse menu button JSON object")
    await gateway.act(updates.change_settings, gateway.bot_id, f"menu/{call.text('chat_id')}", button)
    return True


async def close(gateway: Gateway, call: Call) -> Any:
    return True


METHODS: dict[str, Callable[[Gateway, Call], Awaitable[Any]]] = {
    "answercallbackquery": answer_callback_query,
    "close": close,
    "deletemessage": delete_message,
    "deletemycommands": delete_my_commands,
    "deletewebhook": delete_webhook,
    "editmessagereplymarkup": edit_message_reply_markup,
    "editmessagetext": edit_message_text,
    "getchat": get_chat,
    "getfile": get_file,
    "getme": get_me,
    "getmycommands": get_my_commands,
    "getupdates": get_updates,
    "getwebhookinfo": get_webhook_info,
    "logout": close,
    "sendchataction": send_chat_action,
    "senddocument": send_document,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    **{
        f"send{kind.replace('_', '')}": sender_of(kind)
        for kind in ("animation", "audio", "video", "video_note", "voice")
    },
    "setchatmenubutton": set_chat_menu_button,
    "setmycommands": set_my_commands,
}
