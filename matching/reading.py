"""Reads one message: what it is, and the orders in it (first, simple version)."""

from __future__ import annotations

from datetime import date

from matching.terms import terms
from matching.types import NeedFields, Reading


def _found(kind: str, text: str) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for word, name in sorted(terms().words[kind].items(), key=lambda item: -len(item[0])):
        at = text.find(word)
        if at >= 0:
            found.setdefault(name, (at, at + len(word)))
    return found


def read_reply(text: str, *, today: date) -> NeedFields:
    """Any fields found in a short reply or a correction."""
    text = text[:4096]
    subjects, stages, modes = (_found(kind, text) for kind in ("subject", "stage", "mode"))
    evidence = {
        key: tuple(found.values())
        for key, found in (("subjects", subjects), ("stage", stages), ("mode", modes))
        if found
    }
    return NeedFields(tuple(subjects), tuple(stages), modes=tuple(modes), evidence=evidence)


def read(text: str, *, today: date) -> Reading:
    """What the message is and which orders it holds."""
    need = read_reply(text, today=today)
    return Reading("need", (need,)) if need.subjects else Reading("question")
