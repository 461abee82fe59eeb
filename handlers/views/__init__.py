"""Views: plain values in, a Message out. Pure, so the same row of the outbox always reads the same."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Message
from handlers.views import (
    behalf,
    callbacks,
    changes,
    coordinator,
    corrections,
    desk,
    joining,
    lifeline,
    media,
    overview,
    placements,
    questions,
    relaxing,
    school,
    survey,
    teacher,
    units,
)
from locales import Words, words

View = Callable[[Mapping[str, Any], Words], Message]

VIEWS: dict[str, View] = {
    **joining.VIEWS,
    **school.VIEWS,
    **corrections.VIEWS,
    **changes.VIEWS,
    **media.VIEWS,
    **behalf.VIEWS,
    **callbacks.VIEWS,
    **teacher.VIEWS,
    **questions.VIEWS,
    **units.VIEWS,
    **placements.VIEWS,
    **coordinator.VIEWS,
    **desk.VIEWS,
    **relaxing.VIEWS,
    **survey.VIEWS,
    **overview.VIEWS,
}


def render(view: str, values: Mapping[str, Any], language: str) -> Message:
    """The message of a row of the outbox, in its reader's language."""
    w = words(language)
    return lifeline.offered(view, values, VIEWS[view](values, w), w)
