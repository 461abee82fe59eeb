"""Text as the server sees it: cleaned and trimmed, with entities whose offsets and lengths are UTF-16 units."""

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
# tdlib's clean_input_string: controls become blanks; \r, line and direction marks and three combining lines vanish.
CONTROLS = {code: " " for code in range(32) if code not in (10, 13)}
CLEAN = str.maketrans(CONTROLS | dict.fromkeys([13, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A]))


@dataclass(slots=True)
class Formatted:
    """A text and its entities."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def clean(text: str) -> str:
    """The text as Telegram lets it through; half surrogate pairs become the replacement character."""
    text = text.translate(CLEAN)
    return text.encode("utf-8", "replace").decode() if any("\ud800" <= char <= "\udfff" for char in text) else text


def is_blank(text: str) -> bool:
    """Whether nobody would see anything."""
    return all(char.isspace() or char in "\u200b\u200c\u200d\u2060\ufeff\u00ad" for char in text)


def commands(text: str) -> list[Entity]:
    """An entity for each /command."""
    return [
        {"type": "bot_command", "offset": units(text[: match.start()]), "length": match.end() - match.start()}
        for match in COMMAND.finditer(text)
    ]


def trimmed(formatted: Formatted) -> Formatted:
    """Without blanks at both ends; entities follow."""
    text = formatted.text.strip(" \n")
    if not formatted.entities or text == formatted.text:
        return Formatted(text, formatted.entities)
    cut = len(formatted.text) - len(formatted.text.lstrip(" \n"))
    size = units(text)
    moved = []
    for entity in formatted.entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return Formatted(text, moved)
