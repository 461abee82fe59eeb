"""Covers names and numbers in what people wrote, character by character, so that the words around them keep their places.

Names are known (people of the database) or look like names (patterns in masking.toml). What looks like a name but ends or
begins a common word stays; when in doubt about a number, it goes. This is care, not proof: whoever passes texts on looks
first.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

COVER = "\u25a1"
SHORTEST_NAME = 2
MAIL = re.compile(r"[\w.+-]{2,64}@[\w-]+(?:\.[\w-]+)+")
NUMBERS = (
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9](?:[- ]?\d){9}(?!\d)"),  # a mobile telephone
    re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"),  # a landline
    re.compile(r"(?<!\d)\d{17}[\dXx]"),  # an identity card
    re.compile(r"\d{9,}"),
)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    table = _table()
    surnames = "|".join([*table["long_surnames"], f"[{table['surnames']}]"])
    lists = {"surname": surnames, "titles": "|".join(table["titles"]), "given": "|".join(table["given_names"])}
    return tuple(
        re.compile(re.sub(r"\{(surname|titles|given)\}", lambda found: lists[found[1]], pattern))
        for pattern in table[section].values()
    )


def mask(text: str, names: Iterable[str] = ()) -> str:
    """`text` with names, telephone numbers and accounts covered; as long as before."""
    spans = [match.span() for pattern in (MAIL, *NUMBERS) for match in pattern.finditer(text)]
    spans += [match.span(1) for pattern in _patterns("numbers") for match in pattern.finditer(text)]
    for name in sorted({each for each in names if len(each) >= SHORTEST_NAME}, key=len, reverse=True):
        spans += [match.span() for match in re.finditer(re.escape(name), text)]
    for pattern in _patterns("names"):
        spans += [match.span(1) for match in pattern.finditer(text) if not _is_word(text, *match.span(1))]
    covered = list(text)
    for start, end in spans:
        covered[start:end] = COVER * (end - start)
    return "".join(covered)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is part of a common word: 文 of 语文老师, 马上 after 老师."""
    words = _table()["words"]
    before = text[:end] if end - start == 1 else text[: start + 1]
    return before.endswith(tuple(words["ends"])) or text.startswith(tuple(words["starts"]), start)
