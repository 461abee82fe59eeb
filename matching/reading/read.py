"""Reads one message: what it is, and the orders in it; and short replies to a question or a correction.

Nothing is invented: a field is filled only from words of the text, and `evidence` says which.
"""

from __future__ import annotations

from datetime import date

from matching.reading.kinds import asks_for_something, kind_of
from matching.reading.orders import read_orders, read_single
from matching.reading.scene import lay_out
from matching.types import NeedFields, Reading


def read(text: str, *, today: date) -> Reading:
    """What the message is and which orders it holds."""
    scene = lay_out(text, today)
    needs = read_orders(scene)
    kind = kind_of(scene, needs)
    return Reading(kind, tuple(needs)) if kind == "need" else Reading(kind)


def read_as_need(text: str, *, today: date) -> tuple[NeedFields, ...]:
    """The orders in a message whatever it is taken for; none if it names no subject, topic, form or number of people."""
    needs = tuple(read_orders(lay_out(text, today)))
    return needs if asks_for_something(needs) else ()


def read_reply(text: str, *, today: date) -> NeedFields:
    """Any fields found in a short reply or a correction; all subjects together, no kind decided."""
    return read_single(lay_out(text, today))
