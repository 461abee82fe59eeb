"""Cleaning what people typed, once, at the edge: what both databases keep and a phone shows as it was meant.

PostgreSQL refuses NUL, UTF-8 refuses half surrogate pairs, and bidirectional overrides can make a card read backwards.
"""

import unicodedata

LIMIT = 4096
LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n"}
CONTROLS = [code for code in (*range(32), *range(0x7F, 0xA0)) if code != 10]
OVERRIDES = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNWANTED = dict.fromkeys(CONTROLS, " ") | dict.fromkeys([*OVERRIDES, *range(0xD800, 0xE000), 0xFEFF])


def clean(text: str) -> str:
    """NFC, without control characters (but with line breaks), half surrogates and bidirectional overrides."""
    for mark, line_end in LINE_ENDS.items():
        text = text.replace(mark, line_end)
    return unicodedata.normalize("NFC", text.translate(UNWANTED)).strip()[:LIMIT].strip()


def number(text: str, below: int = 2**31) -> int | None:
    """A plain number of callback data, or None: `str.isdigit` also takes ² and ٣, and `int` takes any length."""
    if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < below:
        return int(text)
    return None
