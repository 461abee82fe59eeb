"""Plain words that are heard whatever was asked: 停止, 恢复 and 帮忙. Which they are is data, spoken.toml."""

import tomllib
from functools import cache
from pathlib import Path

ENDS = " .。!！?？,，~～"


@cache
def _words() -> dict[str, str]:
    known = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {form: word for word, forms in known.items() for form in forms}


def word_of(text: str) -> str | None:
    """stop, resume or help, if a text is one of the words for it and nothing besides."""
    return _words().get(text.strip(ENDS).casefold())
