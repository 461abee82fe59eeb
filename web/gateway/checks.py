"""What the server checks before it does anything: texts, captions, keyboards, replies. Every limit stands here once."""

from typing import Any

from web.gateway.call import Call
from web.gateway.errors import ApiError, bad_request
from web.gateway.html import KINDS, checked_url, parse_html
from web.gateway.text import Formatted, clean, commands, is_blank, trimmed

MAX_TEXT = 4096  # code points, after entity parsing
MAX_CAPTION = 1024
MAX_RAW = 1 << 15  # bytes, before it
MAX_TOAST = 200
MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CALLBACK = 64  # bytes
STYLES = ("primary", "success", "danger")
ENTITY_KINDS = frozenset(KINDS.values()) | {"expandable_blockquote"}


def text_of(call: Call) -> Formatted:
    """The text of a message."""
    source = call.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = formatted_of(call, source, "entities")
    if is_blank(formatted.text):
        raise bad_request("text must be non-empty")
    if len(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption_of(call: Call) -> Formatted:
    """The caption of a document or photo."""
    formatted = formatted_of(call, call.text("caption"), "caption_entities")
    if len(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def formatted_of(call: Call, source: str, entities: str) -> Formatted:
    """Parse, clean and trim a text; commands are marked."""
    if len(source.encode("utf-8", "replace")) > MAX_RAW:
        raise bad_request("text is too long")
    mode = call.text("parse_mode").lower()
    if mode == "html":
        formatted = parse_html(clean(source)) if "<" in source or "&" in source else Formatted(clean(source))
    elif mode in ("", "none"):
        formatted = Formatted(clean(source), given_entities(call, entities))
    else:
        raise bad_request("unsupported parse_mode")
    formatted = trimmed(formatted)
    if "/" in formatted.text:
        formatted.entities += commands(formatted.text)
        formatted.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return formatted


def given_entities(call: Call, name: str) -> list[dict[str, Any]]:
    """Entities sent beside the text; kinds the server finds by itself are left out."""
    given = call.json(name, "can't parse entities JSON object")
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("expected an Array of message entities")
    entities = []
    for entity in given:
        if not isinstance(entity, dict) or not all(isinstance(entity.get(k), int) for k in ("offset", "length")):
            raise bad_request("can't parse MessageEntity")
        if entity.get("type") in ENTITY_KINDS and entity["offset"] >= 0 and entity["length"] > 0:
            entities.append(entity)
    return entities


def keyboard_of(call: Call, *, inline_only: bool = False) -> dict[str, Any] | None:
    """The inline keyboard of a message. Other keyboards are accepted for a new message and shown nowhere."""
    markup = call.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if inline_only and markup:
            raise bad_request("inline keyboard expected")
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = [[button_of(button) for button in row] for row in rows if row]
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def button_of(button: Any) -> dict[str, Any]:
    """One button, reduced to what we show."""
    if not isinstance(button, dict):
        raise unreadable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise unreadable('Field "text" must be of type String' if "text" in button else 'Can\'t find field "text"')
    if is_blank(clean(text)):
        raise bad_request("BUTTON_TEXT_INVALID")
    checked = {"text": clean(text), **action_of(button)}
    if style := button.get("style"):
        if style not in STYLES:
            raise unreadable("Invalid button style specified")
        checked["style"] = style
    return checked


def action_of(button: dict[str, Any]) -> dict[str, Any]:
    """What a press does."""
    if url := button.get("url"):
        link = checked_url(url) if isinstance(url, str) else ""
        if not link:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"url": link}
    if data := button.get("callback_data"):
        if not isinstance(data, str):
            raise unreadable('Field "callback_data" must be of type String')
        if len(data.encode("utf-8", "surrogatepass")) > MAX_CALLBACK:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    copied = button.get("copy_text")
    if isinstance(copied, dict) and isinstance(copied.get("text"), str) and 0 < len(copied["text"]) <= 256:
        return {"copy_text": {"text": copied["text"]}}
    if set(button) - {"text", "style", "url", "callback_data"}:
        raise bad_request("BUTTON_TYPE_INVALID")
    raise unreadable("Text buttons are unallowed in the inline keyboard")


def unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def replied_id(call: Call) -> tuple[int, bool]:
    """The message replied to (0: none), and whether sending goes on without it."""
    given = call.json("reply_parameters", "can't parse reply parameters JSON object")
    if isinstance(given, dict):
        call = Call(given)
        return call.number("message_id"), call.flag("allow_sending_without_reply")
    return call.number("reply_to_message_id"), call.flag("allow_sending_without_reply")


def message_id_of(call: Call) -> int:
    """The message to edit or delete; 0 finds none."""
    return call.number("message_id")
