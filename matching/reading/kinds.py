"""What a message is: need, offer, resource, question, complaint, greeting or spam.

A linear model decides, over words in which subjects, stages, forms, numbers and times are replaced by what they are
(the words of a request are the same for 语文 and 美术), their pairs and triples, and a few facts of the orders found.
Its weights are lexicon/kinds.tsv, one line a sign; `make learn` learns them from labelled texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from matching.reading.scene import NO, WANT, Scene
from matching.terms import LEXICON, load_table
from matching.types import NeedFields

KINDS = ("need", "offer", "resource", "question", "complaint", "greeting", "spam")
WEIGHTS = LEXICON / "kinds.tsv"
ALWAYS = "*"  # the sign every text has
LONG = 25  # characters a step of length
MOST_SIGNS = 600  # a longer text has said by then what it is

_STANDS_FOR = (
    ("subject", "<S>"),
    ("short", "<S>"),
    ("role", "<R>"),
    ("stage", "<G>"),
    ("grade", "<G>"),
    ("mode", "<M>"),
    ("num", "<N>"),
    ("ymd", "<T>"),
    ("person", "<P>"),
    ("head", "<H>"),
)


def kind_of(scene: Scene, needs: Sequence[NeedFields]) -> str:
    """The kind of the text, given the orders that could be read in it."""
    if not any(char.isalnum() for char in scene.text.chars):
        return "greeting"
    scores = [0] * len(KINDS)
    for sign in signs_of(scene, needs):
        for place, weight in enumerate(_model().get(sign, ())):
            scores[place] += weight
    ranked = sorted(range(len(KINDS)), key=lambda place: (-scores[place], place))
    best = [KINDS[place] for place in ranked]
    return best[0] if best[0] != "need" or asks_for_something(needs) else best[1]


def asks_for_something(needs: Sequence[NeedFields]) -> bool:
    """No order without a subject, a topic, a form or a number of people."""
    return any(need.subjects or need.topics or need.modes or need.headcount is not None for need in needs)


def signs_of(scene: Scene, needs: Sequence[NeedFields]) -> frozenset[str]:
    """The signs of a text by which its kind is told."""
    words = list(_plain_words(scene))[:MOST_SIGNS]
    framed = ["^", *words, "$"]
    signs = {ALWAYS, *words}
    signs |= {f"{a} {b}" for a, b in pairwise(framed)}
    signs |= {f"{a} {b} {c}" for a, b, c in zip(framed, framed[1:], framed[2:], strict=False)}
    letters = "".join(word for word in words if word[0] != "<")
    signs |= {letters[at : at + size] for size in (2, 3) for at in range(len(letters) - size + 1)}
    signs |= set(_facts(scene, needs))
    return frozenset(signs)


def _plain_words(scene: Scene) -> Iterator[str]:
    """The words of the text; one for each expression of time, and the like of what orders are made of."""
    board, last = _board(scene), ""
    for index, token in enumerate(scene.tokens):
        whole = "<T>" if index in scene.timed else "<B>" if index in board else ""
        if whole and whole != last:
            yield whole
        last = whole
        if whole:
            continue
        yield next((mark for tag, mark in _STANDS_FOR if tag in token), "<N>" if token.text.isdigit() else token.text)


def _board(scene: Scene) -> frozenset[int]:
    """可提供宿舍, 食宿由我校解决: tokens that say what a school offers those who come, which is no offer to teach."""
    table, tokens = load_table("words")["board"], scene.tokens
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.text in table["words"]:
            at = index
            while at > scene.clause_of(index).start and tokens[at - 1].text in table["gives"]:
                at -= 1
            found |= set(range(at, index + 1))
    return frozenset(found)


def _facts(scene: Scene, needs: Sequence[NeedFields]) -> Iterator[str]:
    """What the reader of orders found, as signs."""
    chars = scene.text.chars.rstrip()
    yield f"length={min(6, len(chars) // LONG)}"
    if any((need.subjects or need.topics) and need.headcount is not None for need in needs):
        yield "counted"
    if any(need.subjects and need.stages and need.modes for need in needs):
        yield "complete"
    if any("need" in token and stance == WANT for token, stance in zip(scene.tokens, scene.stance, strict=True)):
        yield "wished"
    if any("lack" in token and stance != NO for token, stance in zip(scene.tokens, scene.stance, strict=True)):
        yield "lacking"
    if scene.outgoing:
        yield "outgoing"
    if chars.endswith("?"):
        yield "asked"
    if len(needs) > 1:
        yield "several"
    yield from _advertises(chars)


def _advertises(chars: str) -> Iterator[str]:
    """Signs of spam.toml."""
    table = load_table("spam")
    if any(phrase in chars for phrase in table["phrases"]):
        yield "spam phrase"
    if sum(phrase in chars for phrase in table["soft"]) > 1:
        yield "spam phrases"
    if any(re.search(pattern, chars) for pattern in table["commands"]):
        yield "commands"
    if sum(bool(re.search(pattern, chars)) for pattern in table["sold"]) > 1:
        yield "sold"


@cache
def _model() -> Mapping[str, tuple[int, ...]]:
    """Sign -> points for each kind, in the order of KINDS."""
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {sign: tuple(map(int, weights)) for sign, *weights in rows}
