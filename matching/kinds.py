"""What a message is: need, offer, resource, question, complaint, greeting or spam.

A text that tries to command the bot or sells something is spam whatever else it says. Then the voices of kinds.toml
are heard: who gives and who receives, what came and is judged, what is only asked after. Where they leave it open,
phrases are weighed against what the order reader found. Prose that names a subject but wishes for nothing is no order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from matching.scene import NO, WANT, Scene
from matching.terms import load_table
from matching.types import NeedFields

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]?")
_WITHOUT_REQUEST = ("complaint", "question", "greeting")  # the louder first; each yields to a request
_ASKING = frozenset({"request", "untaught", "direct"})
_REQUEST_POINTS = 6


@cache
def _table() -> Mapping[str, Any]:
    return load_table("kinds")


def kind_of(scene: Scene, needs: list[NeedFields]) -> str:
    """The kind of the text, given the orders that could be read in it."""
    chars = scene.text.chars
    if _is_spam(chars):
        return "spam"
    if _only_greets(scene):
        return "greeting"
    voices = _voices(chars)
    asks = bool(voices & _ASKING)
    if "offer" in voices and not asks:
        return "offer"
    if _wants_goods(scene, needs) and "untaught" not in voices:
        return "resource"
    if not asks and (heard := _without_request(scene, voices, needs)):
        return heard
    return _weighed(scene, needs, voices, asks)


def _weighed(scene: Scene, needs: list[NeedFields], voices: set[str], asks: bool) -> str:
    """Points of phrases decide where the voices leave it open."""
    chars = scene.text.chars
    points = {kind: _points(chars, kind) for kind in ("complaint", "question", "offer", "greeting")}
    if "direct" in voices or (asks and "offer" not in voices):
        points["offer"] = 0
    said = _points(chars, "need") + _REQUEST_POINTS * asks
    if points["offer"] >= 3 and points["offer"] > said:
        return "offer"
    if points["complaint"] >= 3 and points["complaint"] > max(said, points["greeting"] - 1):
        return "complaint"
    if points["greeting"] >= 3 and points["greeting"] > said:
        return "greeting"
    loudest = max(points, key=lambda kind: points[kind])
    need = _need_points(scene, needs, said)
    could_be = asks or _is_wished(scene) or _is_counted(needs) or _is_telegram(scene)
    if could_be and need >= 2 and points[loudest] < need and not _only_asks(scene, needs):
        return "need"
    return loudest if points[loudest] else "question"


@cache
def _voice_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Voice, what says it in a sentence, and what takes it back."""
    table = _table()["voice"]
    found = []
    for voice in (*sorted(_ASKING), "offer", *_WITHOUT_REQUEST):
        for row in table[voice]:
            unless = re.compile(_worded(row["unless"])) if "unless" in row else None
            found.append((voice, re.compile("|".join(_worded(pattern) for pattern in row["any"])), unless))
    return tuple(found)


def _worded(pattern: str) -> str:
    """The pattern with its word lists filled in."""
    return re.sub(r"\{([a-z]+)\}", lambda match: str(_table()["voice"]["words"][match[1]]), pattern)


def _voices(chars: str) -> set[str]:
    """Who speaks in the text: one who requests, offers, complains, asks or thanks."""
    sentences = [sentence for sentence in _SENTENCE.findall(chars) if sentence.strip()]
    return {
        voice
        for voice, said, unless in _voice_patterns()
        if any(said.search(sentence) and not (unless and unless.search(sentence)) for sentence in sentences)
    }


def _without_request(scene: Scene, voices: set[str], needs: list[NeedFields]) -> str | None:
    """What a text is that requests nobody; a list of subjects and numbers is no mere question or thanks."""
    filed = _is_counted(needs) and (_is_telegram(scene) or _is_wished(scene))
    return next((kind for kind in _WITHOUT_REQUEST if kind in voices and not (filed and kind != "complaint")), None)


def _is_wished(scene: Scene) -> bool:
    """A wish word that stands for a wish: 派了, 申请的 and 安排过 tell of the past."""
    chars = scene.text.chars
    return any(
        "need" in token
        and stance == WANT
        and chars[token.end : token.end + 1] not in tuple(_table()["telegram"]["past"])
        for token, stance in zip(scene.tokens, scene.stance, strict=True)
    )


def _is_counted(needs: list[NeedFields]) -> bool:
    return any((need.subjects or need.topics) and need.headcount is not None for need in needs)


def _is_telegram(scene: Scene) -> bool:
    """Little else is said than what the fields of an order hold."""
    table = _table()["telegram"]
    slots = frozenset(table["tags"])
    filled = sum(t.end - t.start for i, t in enumerate(scene.tokens) if i in scene.timed or t.tags.keys() & slots)
    return filled >= float(table["share"]) * sum(char.isalnum() for char in scene.text.chars)


def _only_asks(scene: Scene, needs: list[NeedFields]) -> bool:
    """A question word, no polite request, and nothing that could be filed: no wanted subject, no number."""
    table = _table()["question"]
    chars = scene.text.chars
    if not _hits(chars, table["words"]) or _hits(chars, table["polite"]):
        return False
    return not any(need.subjects or need.headcount is not None or need.topics for need in needs)


def _hits(chars: str, phrases: Iterable[str]) -> list[str]:
    return [phrase for phrase in phrases if phrase in chars]


def _is_spam(chars: str) -> bool:
    for phrase in _table()["spam"]["unless"]:
        chars = chars.replace(phrase, "")
    sold = _table()["voice"]["sold"]
    if any(re.search(pattern, chars) for pattern in sold["commands"]):
        return True
    if sum(bool(re.search(pattern, chars)) for pattern in sold["marks"]) > 1:
        return True
    return bool(_hits(chars, _table()["spam"]["veto"])) or len(_hits(chars, _table()["spam"]["soft"])) > 1


def _only_greets(scene: Scene) -> bool:
    rest = "".join(char for char in scene.text.chars if char.isalnum())
    if not rest:
        return True
    for phrase in sorted(_table()["greeting"]["only"], key=len, reverse=True):
        rest = rest.replace(phrase, "")
    return not rest


@cache
def _weights(kind: str) -> Mapping[str, int]:
    """Phrase -> points."""
    rows = _table()[kind]
    return {phrase: points for points in range(1, 5) for phrase in rows.get(f"points_{points}", ())}


def _points(chars: str, kind: str) -> int:
    """Points of the longest phrases; a phrase inside a longer hit does not count again."""
    table, whole = _weights(kind), chars
    total = 0
    for phrase in sorted(_hits(chars, table), key=len, reverse=True):
        if phrase in chars:
            total += table[phrase]
            chars = chars.replace(phrase, "\0")
    return total + 3 * sum(bool(re.search(pattern, whole)) for pattern in _table()[kind].get("patterns", ()))


def _need_points(scene: Scene, needs: list[NeedFields], said: int) -> int:
    total = said
    for need in needs[:1]:
        total += 2 * bool(need.subjects) + 2 * (need.headcount is not None) + bool(need.modes) + bool(need.stages)
        total += (need.months is not None) + bool(need.topics)
    total += any("need" in t and s == WANT for t, s in zip(scene.tokens, scene.stance, strict=True))
    named = any("subject" in t and s not in (NO,) for t, s in zip(scene.tokens, scene.stance, strict=True))
    person = any("person" in t or "mode" in t for t in scene.tokens)
    return total if named or person or any(n.topics for n in needs) else min(total, 1)


def _wants_goods(scene: Scene, needs: list[NeedFields]) -> bool:
    """Goods or money are asked for or offered, and no person is."""
    chars, table = scene.text.chars, _table()["resource"]
    goods, strong = _hits(chars, table["goods"]), _hits(chars, table["strong"])
    if not goods or not (strong or _hits(chars, table["verbs"])):
        return False
    owned = [match.end() for match in re.finditer(table["belongings"], chars)]
    people = any(("person" in t or "role" in t or "mode" in t) and t.end not in owned for t in scene.tokens)
    counted = any(need.headcount is not None and need.subjects for need in needs)
    return not counted or not people if strong else not people and not counted and not _asks_for_teaching(scene)


def _asks_for_teaching(scene: Scene) -> bool:
    """A subject that is wanted or untaught, goods or not."""
    return any("lack" in t and "urgent" in t for t in scene.tokens)
