"""What a view renders and the sender sends: text, rows of buttons, perhaps a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
CALLBACK_BYTES = 64
FILES = ("photo", "voice", "document", "video", "audio", "animation")  # what can be sent on by its id, with a caption
BARE = ("video_note",)  # and without


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; `tap` is callback data, at most 64 bytes of UTF-8."""

    label: str
    tap: str


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered message, plain text: nothing a user wrote can become a tag or a link."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: tuple[str, bytes] | None = None  # file name, content; `text` is then its caption
    # One of FILES or BARE and the id it came in with; `text` is its caption, or what is said if the file cannot be sent.
    file: tuple[str, str] | None = None


Render = Callable[[str, Mapping[str, Any], str], Message]  # view, content, language


def clip(text: str, limit: int) -> str:
    """`text` cut to `limit` code points, with a mark that something is missing."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
