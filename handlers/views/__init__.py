"""Views: plain values in, a Message out. Pure, so the same row of the outbox always reads the same."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Message
from handlers.views import coordinator, corrections, desk, joining, overview, relaxing, school, survey, teacher
from locales import Words, words

View = Callable[[Mapping[str, Any], Words], Message]

VIEWS: dict[str, View] = {
    **joining.VIEWS,
    **school.VIEWS,
    **corrections.VIEWS,
    **teacher.VIEWS,
    **coordinator.VIEWS,
    **desk.VIEWS,
    **relaxing.VIEWS,
    **survey.VIEWS,
    **overview.VIEWS,
}


def render(view: str, values: Mapping[str, Any], language: str) -> Message:
    """The message of a row of the outbox, in its reader's language."""
    return VIEWS[view](values, words(language))
