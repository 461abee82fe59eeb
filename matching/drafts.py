"""Which orders a text holds, before their signs are read: one per mention or chain that is asked for, with its count.

Joint counts keep a chain together; 各 and separate counts split it; the same subject named twice is one order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.counts import Count, find_counts
from matching.mentions import Mention, echo_of, find_mentions, give_counts, wanted
from matching.scene import NO, Scene
from matching.types import Span

MAX_ORDERS = 250  # a text of 4,096 characters that seems to hold more is not a list of schools
BRACKET = 15  # tokens a bracket may hold before it is a sentence of its own


@dataclass(slots=True)
class Draft:
    """An order before its signs are read: mentions that became it, names, count."""

    mentions: list[Mention]
    names: tuple[str, ...]
    count: int | None
    count_span: tuple[Span, ...]
    stages: tuple[str, ...] = ()

    @property
    def begin(self) -> int:
        return self.mentions[0].begin if self.mentions else 0

    @property
    def row(self) -> int:
        return self.mentions[0].row if self.mentions else 0


def find_drafts(scene: Scene) -> tuple[list[Draft], list[Mention]]:
    """The orders of the text and everything that was mentioned in it."""
    mentions = find_mentions(scene)
    left_over = give_counts(scene, mentions, find_counts(scene))
    asked = wanted(mentions, scene)
    echoes = _echoes(scene, asked, left_over)
    _settle_left_over(scene, asked, [count for count in left_over if id(count) not in echoes])
    drafts: list[Draft] = []
    seen: set[int] = set()
    for mention in asked:
        if id(mention) in seen:
            continue
        chain = [other for other in asked if mention.joint and other.count is mention.count] or [mention]
        seen.update(map(id, chain))
        drafts += _split(scene, chain)
    drafts = _with_echoes(scene, drafts, [count for count in left_over if id(count) in echoes])
    if not drafts and left_over:
        drafts.append(Draft([], (), left_over[0].value, (scene.span(left_over[0].begin, left_over[0].end),)))
    return _merged(scene, drafts[:MAX_ORDERS]) or [Draft([], (), None, ())], mentions


def _echoes(scene: Scene, asked: list[Mention], counts: list[Count]) -> set[int]:
    """小学部差语文3个 初中部差2个: a count with a stage of its own asks for the subject before once more."""
    if len({mention.names for mention in asked}) != 1 or all(mention.count is None for mention in asked):
        return set()
    return {id(c) for c in counts if _stage_in_clause(scene, c) is not None and c.begin > asked[0].begin}


def _stage_in_clause(scene: Scene, count: Count) -> int | None:
    clause = scene.clause_of(count.begin)
    return next((at for at in clause if scene.has(at, "stage", "grade") and scene.stance[at] != NO), None)


def _with_echoes(scene: Scene, drafts: list[Draft], counts: list[Count]) -> list[Draft]:
    """One more order for each echo; when the echoes add up to the count before, they take its place."""
    if not drafts or not counts:
        return drafts
    first = drafts[0]
    echoes = []
    for count in counts:
        at = _stage_in_clause(scene, count)
        mention = echo_of(first.mentions[0], count)
        stage = scene.tokens[at].get("stage") if at is not None else None
        mention.stages = (stage,) if stage else ()
        mention.grades = scene.tokens[at].get("grade") or () if at is not None else ()
        mention.bound = [at] if at is not None else []
        mention.row = scene.row[count.begin]
        echoes.append(Draft([mention], first.names, count.value, (scene.span(count.begin, count.end),)))
    total = sum(count.value for count in counts)
    return echoes if len(drafts) == 1 and first.count == total and len(counts) > 1 else [*drafts, *echoes]


def _split(scene: Scene, chain: list[Mention]) -> list[Draft]:
    """Joint counts keep a chain together; without one every subject is an order of its own."""
    first, count = chain[0], chain[0].count
    value = count.value if count else None
    span = (scene.span(count.begin, count.end),) if count else ()
    if first.joint:
        names = tuple(dict.fromkeys(name for mention in chain for name in mention.names))
        return [Draft(chain, names, value, span)]
    drafts = [Draft([first], (name,), value, span) for name in first.names]
    if count and count.each and len(first.stages) > 1 and len(drafts) == 1:
        return [replace(drafts[0], stages=(stage,)) for stage in first.stages]
    return drafts


def _settle_left_over(scene: Scene, asked: list[Mention], counts: list[Count]) -> None:
    """A count in a clause of its own belongs to the uncounted mentions before it (or after, when there are none)."""
    for count in sorted(counts, key=lambda count: not count.each):
        row = scene.row[count.begin]
        open_ = [mention for mention in asked if mention.count is None]
        group = [x for x in open_ if x.row == row] or [x for x in open_ if abs(x.row - row) == 1] or open_
        if not group or (count.total and any(mention.count for mention in asked)):
            continue
        single = len({name for mention in group for name in mention.names}) == 1
        for mention in group:
            mention.count = count
            mention.joint = not count.each and not single


def _merged(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The same subject named twice is one order, unless both were counted or the stages differ."""
    kept: list[Draft] = []
    for draft in drafts:
        bracketed = _bracketed(scene, draft)
        twin = next((o for o in kept if _same(o, draft) or (bracketed and o.names == draft.names and o.count)), None)
        if twin is None:
            kept.append(draft)
            continue
        if twin.count is None:
            twin.count, twin.count_span = draft.count, draft.count_span
        twin.mentions = sorted([*twin.mentions, *draft.mentions], key=lambda x: x.begin)
    return kept


def _bracketed(scene: Scene, draft: Draft) -> bool:
    """体育教师2名(足球、田径各1名): the brackets divide what was counted before them."""
    at = draft.begin - 1
    while at > max(0, draft.begin - BRACKET) and not scene.has(at, "open", "close", "stop"):
        at -= 1
    return bool(draft.mentions) and at >= 0 and scene.has(at, "open") and scene.has(at - 1, "head", "person", "num")


def _same(one: Draft, other: Draft) -> bool:
    covered = one.names == other.names or (set(other.names) <= set(one.names) and other.count is None)
    if not covered or ((one.stages or other.stages) and one.stages != other.stages):
        return False
    if one.count is not None and other.count is not None:
        each = any(mention.count and mention.count.each for mention in (*one.mentions, *other.mentions))
        if each or one.count_span != other.count_span:
            return False
    stages = [tuple(x.stages) for draft in (one, other) for x in draft.mentions[:1] if x.stages]
    roles = {x.role for draft in (one, other) for x in draft.mentions if x.role}
    return len(set(stages)) < 2 and len(roles) < 2
