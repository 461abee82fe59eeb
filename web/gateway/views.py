"""A Bot API message as the page shows it: one flat object, nothing the page would have to guess."""

from typing import Any
from urllib.parse import quote

Shown = dict[str, Any]
FILES = ("document", "audio", "voice")


def show(body: dict[str, Any], edits: int) -> Shown:
    """The page's view of a message."""
    shown: Shown = {
        "message_id": body["message_id"],
        "mine": not body["from"]["is_bot"],
        "date": body["date"],
        "edits": edits,
        "text": body.get("text") or body.get("caption") or "",
        "entities": body.get("entities") or body.get("caption_entities") or [],
        "buttons": [[button_of(button) for button in row] for row in keyboard(body)],
    }
    for kind in FILES:
        if file := body.get(kind):
            name = file.get("file_name", "voice.ogg")
            shown["file"] = {"kind": kind, "name": name, "size": file["file_size"], "url": link(file["file_id"], name)}
    if photo := body.get("photo"):
        largest = photo[-1]
        shown["photo"] = {
            "url": link(largest["file_id"], "photo"),
            "width": largest["width"],
            "height": largest["height"],
        }
    if reply := body.get("reply_to_message"):
        text = reply.get("text") or reply.get("caption") or reply.get("document", {}).get("file_name", "")
        shown["reply"] = {"message_id": reply["message_id"], "text": text[:120]}
    return shown


def keyboard(body: dict[str, Any]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = body.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def button_of(button: dict[str, Any]) -> dict[str, str]:
    """Text, and what a press does: data, url or copy."""
    shown = {"text": button["text"]}
    if "callback_data" in button:
        shown["data"] = button["callback_data"]
    elif "url" in button:
        shown["url"] = button["url"]
    else:
        shown["copy"] = button["copy_text"]["text"]
    return shown | ({"style": button["style"]} if "style" in button else {})


def link(file_id: str, name: str) -> str:
    return f"/files/{file_id}/{quote(name, safe='')}"
