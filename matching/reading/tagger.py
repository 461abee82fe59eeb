"""Topics that neither the thesaurus nor the place they stand in gives away, found by a learned tagger.

Every token is outside a topic, begins one or goes on with it; the best sequence by learned points wins (averaged structured
perceptron, Collins 2002). What it looks at: the token, its tags and stance, its neighbours, the edges of its clause, and
what the thesaurus and the rules of `phrases` say. Weights are lexicon/topic_signs.tsv; `make learn` learns them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from matching.reading.phrases import LONGEST, SHORTEST, Stretch, phrases, words
from matching.reading.scene import NO, Scene
from matching.terms import LEXICON, load_table
from matching.thesaurus import Hit, thesaurus

OUTSIDE, BEGINS, GOES_ON = range(3)
LABELS = 3
WEIGHTS = LEXICON / "topic_signs.tsv"
FOLLOWS = "->"  # the sign of one label after another
MOST_TOKENS = 400  # a longer letter has said by then what it is about
EDGE = "^"

Points = Sequence[float]
"""Points for OUTSIDE, BEGINS and GOES_ON."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text before the tagger looks: phrases of the thesaurus, tell-tale ones, stretches found by rules."""

    said: list[Hit]
    hinted: list[Hit]
    ruled: list[Stretch]


def known_in(scene: Scene) -> Known:
    """Looks a text up in the thesaurus and by the rules of `phrases`."""
    table, chars = thesaurus(), scene.text.chars
    return Known(list(table.said.outermost(chars)), list(table.hinted.outermost(chars)), list(phrases(scene)))


def tagged(scene: Scene, known: Known) -> Iterator[Stretch]:
    """Stretches of the clean text the tagger takes for topics."""
    signs = token_signs(scene, known)
    labels = best_labels([_points(own) for own in signs], _steps())
    for begin, end in stretches(labels):
        start, stop = scene.tokens[begin].start, scene.tokens[end - 1].end
        if scene.stance[begin] == NO or scene.text.chars[start:stop] in words("phrase", "generic"):
            continue
        if SHORTEST <= stop - start <= LONGEST:
            yield start, stop


def stretches(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """[begin, end) of every topic in a sequence of labels."""
    begin = None
    for at, label in enumerate([*labels, OUTSIDE]):
        if begin is not None and label != GOES_ON:
            yield begin, at
            begin = None
        if label == BEGINS:
            begin = at


def best_labels(points: Sequence[Points], steps: Sequence[Points]) -> list[int]:
    """The sequence with the most points (Viterbi); nothing goes on that has not begun."""
    if not points:
        return []
    barred = float("-inf")
    best, ways = [points[0][OUTSIDE], points[0][BEGINS], barred], []
    for own in points[1:]:
        row, way = [], []
        for label in range(LABELS):
            reached = [best[before] + steps[before][label] for before in range(LABELS)]
            if label == GOES_ON:
                reached[OUTSIDE] = barred
            before = max(range(LABELS), key=reached.__getitem__)
            row.append(reached[before] + own[label])
            way.append(before)
        best = row
        ways.append(way)
    labels = [max(range(LABELS), key=best.__getitem__)]
    for way in reversed(ways):
        labels.append(way[labels[-1]])
    return labels[::-1]


# --- what the tagger looks at ---------------------------------------------------------------------


def token_signs(scene: Scene, known: Known) -> list[tuple[str, ...]]:
    """The signs of each of the first tokens."""
    size = min(len(scene.tokens), MOST_TOKENS)
    letters = _lettered(scene, known)
    words = [EDGE, EDGE, *(token.text for token in scene.tokens[:size]), EDGE, EDGE]
    classes = [EDGE, EDGE, *(_class(scene, at) for at in range(size)), EDGE, EDGE]
    return [_signs(scene, at, words[at : at + 5], classes[at : at + 5], letters[at : at + 2]) for at in range(size)]


def _signs(scene: Scene, at: int, words: list[str], classes: list[str], known: str) -> tuple[str, ...]:
    clause, word, kind = scene.clause_of(at), words[2], classes[2]
    stands = "first" if at == clause.start else "last" if at == clause.stop - 1 else "inside"
    asks = any(scene.has(index, "need") for index in clause[:LONGEST])
    return (
        "*",
        f"w {word}",
        f"c {kind}",
        f"stance {scene.stance[at]}",
        f"head {word[0]}",
        f"tail {word[-1]}",
        f"tail {word[-2:]}",
        f"size {min(4, len(word))}",
        f"w-1 {words[1]}",
        f"w+1 {words[3]}",
        f"w-2 {words[0]}",
        f"w+2 {words[4]}",
        f"c-1 {classes[1]}",
        f"c+1 {classes[3]}",
        f"c-2 {classes[0]}",
        f"c+2 {classes[4]}",
        f"c-10 {classes[1]} {kind}",
        f"c01 {kind} {classes[3]}",
        f"c-101 {classes[1]} {kind} {classes[3]}",
        f"w-1c {words[1]} {kind}",
        f"w01 {word} {words[3]}",
        f"wc {word} {classes[3]}",
        stands,
        f"clause {min(8, len(clause))}",
        f"clause from {scene.tokens[clause.start].text}",
        f"clause to {scene.tokens[clause.stop - 1].text}",
        f"known {known[:1]}",
        f"known {known}",
        f"known {known[:1]} {kind} {scene.stance[at]}",
        "asks" if asks else "tells",
        "before" if at <= scene.last_need else "after",
    )


def _class(scene: Scene, at: int) -> str:
    if at in scene.timed:
        return "time"
    ranks = _ranks()
    return min((tag for tag in scene.tokens[at].tags if tag in ranks), key=ranks.__getitem__, default="plain")


@cache
def _ranks() -> Mapping[str, int]:
    """What a token can be; the first that fits is taken."""
    tags = ("subject", "short", "role", "stage", "grade", "mode", "num", *load_table("words")["tags"])
    return {tag: rank for rank, tag in enumerate(tags)}


def _lettered(scene: Scene, known: Known) -> str:
    """One letter a token: t in a phrase of the thesaurus, h in a tell-tale one, p where a rule expects a topic, or a dot."""
    letters, generic = ["."] * len(scene.tokens), thesaurus().generic
    found = [(start, end, "p") for start, end in known.ruled]
    for hits, letter in ((known.hinted, "h"), (known.said, "t")):
        found += [(hit.start, hit.end, letter) for hit in hits if hit.phrase not in generic]
    for start, end, letter in found:
        first, last = scene.token_at(start), scene.token_at(end - 1)
        letters[first : last + 1] = letter * (last + 1 - first)
    return "".join(letters)


# --- what was learned -----------------------------------------------------------------------------


@cache
def _weights() -> Mapping[str, tuple[int, ...]]:
    """Sign -> points for each label."""
    if not WEIGHTS.exists():  # while they are learned for the first time
        return {}
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {sign: tuple(map(int, weights)) for sign, *weights in rows}


@cache
def _steps() -> tuple[tuple[int, ...], ...]:
    """Points for each label after each other."""
    return tuple(_weights().get(f"{FOLLOWS}{before}", (0,) * LABELS) for before in range(LABELS))


def forget() -> None:
    """Reads the weights anew when they are next needed: they were just learned."""
    _weights.cache_clear()
    _steps.cache_clear()


def _points(signs: Sequence[str]) -> Points:
    learned = _weights()
    outside = begins = goes_on = 0
    for sign in signs:
        weights = learned.get(sign)
        if weights:
            outside += weights[0]
            begins += weights[1]
            goes_on += weights[2]
    return outside, begins, goes_on
