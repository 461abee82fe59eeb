"""Topics of a text (placeholder)."""

from __future__ import annotations

from dataclasses import dataclass

from matching.scene import Scene
from matching.types import Span


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A topic, the row it stands in, where it was said, and the subjects it belongs to (none: any)."""

    name: str
    row: int
    spans: tuple[Span, ...]
    subjects: tuple[str, ...]


def topic_marks(scene: Scene) -> list[TopicMark]:
    """None yet."""
    return []
