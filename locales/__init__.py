"""Every word a user sees, by key. Only this module knows Project Fluent (docs/decisions/0002).

Each language falls back to zh-CN, the complete one. Numbers are never grouped, so an id can be passed as it is.
"""

import logging
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number

log = logging.getLogger(__name__)

LONGEST = 800  # a fifth of a message; above 2500 Fluent refuses a value and prints {???} in its place

FOLDER = Path(__file__).resolve().parent
SOURCE = "zh-CN"
LANGUAGES = ("zh-CN", "en")


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundles = [_bundle(name) for name in dict.fromkeys((language, SOURCE))]

    def has(self, key: str) -> bool:
        """Whether there is a message of this name."""
        return any(bundle.has_message(key) for bundle in self._bundles)

    def say(self, key: str, **values: object) -> str:
        """The message `key` with its values; numbers are passed as numbers, everything else as text."""
        for bundle in self._bundles:
            if not bundle.has_message(key):
                continue
            pattern = bundle.get_message(key).value
            assert pattern is not None, key
            text, faults = bundle.format_pattern(pattern, {name: _value(value) for name, value in values.items()})
            if faults:
                log.error("words: %s in %s: %s", key, self.language, faults)
            return str(text)
        _complain(key, self.language)
        return key


@cache
def _complain(key: str, language: str) -> None:
    """Says once that a word is missing."""
    log.error("words: no message %s in %s", key, language)


def _value(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return fluent_number(value, useGrouping=False)
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


@cache
def words(language: str) -> Words:
    """The words of `language`, or of the source language if it is not one of ours."""
    return Words(language if language in LANGUAGES else SOURCE)
