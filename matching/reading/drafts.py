"""Which orders a text holds, before their signs are read: one per mention or chain that is asked for, with its count.

Joint counts keep a chain together; 各 and separate counts split it; the same subject named twice is one order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.reading.asked import echo_of, give_counts, wanted
from matching.reading.counts import Count
from matching.reading.marks import falls_back
from matching.reading.mentions import Mention, find_mentions
from matching.reading.scene import NO, WANT, Scene
from matching.terms import load_table, terms
from matching.types import Span

MAX_ORDERS = 250  # a text of 4,096 characters that seems to hold more is not a list of schools
LIST = 2  # lines after the first from which on a text is a list
BRACKET = 15  # tokens a bracket may hold before it is a sentence of its own


@dataclass(slots=True)
class Draft:
    """An order before its signs are read: mentions that became it, names, count."""

    mentions: list[Mention]
    names: tuple[str, ...]
    count: int | None
    count_span: tuple[Span, ...]
    stages: tuple[str, ...] = ()
    at: int = 0  # where an order without mentions stands
    own_row: int | None = None  # the row of an order that names no subject beside others that do

    @property
    def begin(self) -> int:
        return self.mentions[0].begin if self.mentions else self.at

    @property
    def row(self) -> int:
        return self.mentions[0].row if self.mentions else self.own_row or 0


def find_drafts(scene: Scene, counts: list[Count]) -> tuple[list[Draft], list[Mention]]:
    """The orders of the text, given its numbers of people, and everything that was mentioned in it."""
    mentions = find_mentions(scene)
    left_over = give_counts(scene, mentions, counts)
    asked = wanted(mentions, scene)
    echoes = _echoes(scene, asked, left_over)
    apart = _apart(scene, mentions, asked, left_over)
    spare = [count for count in left_over if scene.row[count.begin] not in apart]
    _settle_left_over(scene, asked, [count for count in spare if id(count) not in echoes])
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
    drafts = _without_vacancies(scene, _without_totals(scene, drafts))
    drafts += _people_beside_posts(scene, asked, [c for c in left_over if id(c) not in echoes], set(apart))
    kept = sorted([*_merged(scene, drafts[:MAX_ORDERS]), *apart.values()], key=lambda draft: draft.begin)
    return kept[:MAX_ORDERS] or [Draft([], (), None, ())], mentions


def _without_totals(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """管理团队3人,其中校长1名、副校长2名; 音乐教师2名,其中合唱、民乐各1名: what only adds up those after it is no order."""
    if len(drafts) < 3 or drafts[0].count is None or not drafts[0].mentions:
        return drafts
    first, rest = drafts[0], drafts[1:]
    if not all(draft.mentions and draft.count for draft in rest) or sum(d.count or 0 for d in rest) != first.count:
        return drafts
    posts = all(draft.mentions[0].role is not None for draft in drafts)
    between = scene.tokens[first.mentions[-1].end : rest[0].begin]
    divided = any(token.text in load_table("words")["own"]["of_these"] for token in between) or (
        all(draft.mentions[0].count and draft.mentions[0].count.each for draft in rest)
        and not any("need" in token for token in between)  # 特殊教育教师2名,手语、盲文教学各1名
    )
    return rest if posts or (divided and all(draft.names == first.names for draft in rest)) else drafts


def _without_vacancies(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """编制空缺3个,先行申请1名: how many posts stand empty, when fewer are asked for after it."""
    vacant = load_table("words")["own"]["vacant"]
    kept = []
    for at, draft in enumerate(drafts):
        clause = scene.clause_of(draft.begin)
        told = draft.mentions and draft.count and any(scene.tokens[index].text in vacant for index in clause)
        later = [other for other in drafts[at + 1 :] if other.names == draft.names and other.count]
        if not (told and any((other.count or 0) <= (draft.count or 0) for other in later)):
            kept.append(draft)
    return kept


def _people_beside_posts(scene: Scene, asked: list[Mention], counts: list[Count], apart: set[int]) -> list[Draft]:
    """园长1名、骨干教师2名: people without a subject, beside a post that has its own number."""
    found = []
    for count in counts:
        row = scene.row[count.begin]
        posts = [mention for mention in asked if mention.row == row]
        beside = scene.has(count.begin - 1, "person") or scene.has(count.end, "person")
        if row in apart or not beside or not posts or any(m.role is None or m.count is None for m in posts):
            continue
        span = (scene.span(count.begin, count.end),)
        found.append(Draft([], (), count.value, span, at=count.begin, own_row=row))
    return found


def _apart(scene: Scene, mentions: list[Mention], asked: list[Mention], counts: list[Count]) -> dict[int, Draft]:
    """Rows that ask for a form of help without a subject, beside rows that name one: 另派3名教研组长跟岗两周."""
    named = {mention.row for mention in mentions}
    found: dict[int, Draft] = {}
    if not asked:
        return found
    pairs = zip(scene.tokens, scene.stance, scene.row, strict=True)
    asking = scene.items | {row for token, stance, row in pairs if "need" in token and stance == WANT}
    for at, token in enumerate(scene.tokens):
        row = scene.row[at]
        if row in named or row in found or row not in asking or "mode" not in token or scene.stance[at] == NO:
            continue
        if row not in scene.items and (scene.has(at - 1, "colon") or at in scene.timed or _announces(scene, row)):
            continue  # 方式:送教 only states the form of what another row asks for
        if falls_back(scene, at):
            continue  # 如无合适人选,同意以专递课堂方式补充
        count = next((count for count in counts if scene.row[count.begin] == row), None)
        if count is None and row not in scene.items and scene.line[-1] - scene.line[0] >= LIST:
            continue  # 12月送教下乡需求: the heading of a list
        value = count.value if count else None
        span = (scene.span(count.begin, count.end),) if count else ()
        found[row] = Draft([], (), value, span, at=at, own_row=row)
    return found


def _announces(scene: Scene, row: int) -> bool:
    """特申请如下：, 申请以下线上帮扶：: what is asked for stands in the items after it."""
    words = load_table("items")["besides"]["follows"]
    own = (token.text for token, at in zip(scene.tokens, scene.row, strict=True) if at == row)
    return bool(scene.items) and any(text in words for text in own)


def _echoes(scene: Scene, asked: list[Mention], counts: list[Count]) -> set[int]:
    """小学部差语文3个 初中部差2个: a count with a stage of its own asks for the subject before once more."""
    if len({mention.names for mention in asked}) != 1 or asked[0].role is not None:
        return set()
    found = {id(c) for c in counts if _stage_in_clause(scene, c) is not None and c.begin > asked[0].begin}
    return found if len(found) > 1 or any(mention.count is not None for mention in asked) else set()


def _stage_in_clause(scene: Scene, count: Count) -> int | None:
    clause = scene.clause_of(count.begin)
    said = [at for at in clause if scene.has(at, "stage", "grade") and scene.stance[at] != NO]
    if not said and clause.start:  # 初一 加一个: the grade in a cell before
        cell = scene.clause_of(clause.start - 1)
        said = list(cell) if all(scene.has(at, "stage", "grade") for at in cell) else []
    before = [at for at in said if at < count.begin]
    return before[-1] if before else next(iter(said), None)


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
    if len(drafts) == 1 and len(counts) > 1 and first.count in (None, total):
        return echoes
    return [*drafts, *echoes]


def _split(scene: Scene, chain: list[Mention]) -> list[Draft]:
    """Joint counts keep a chain together; without one every subject is an order of its own."""
    first, count = chain[0], chain[0].count
    value = count.value if count else None
    span = (scene.span(count.begin, count.end),) if count else ()
    if first.joint:
        names = tuple(dict.fromkeys(name for mention in chain for name in mention.names))
        return [Draft(chain, names, value, span)]
    drafts = [Draft([first], (name,), value, span) for name in first.names]
    if count and count.each and len(drafts) == 1:
        return _one_for_each(scene, drafts[0], count)
    return drafts


def _one_for_each(scene: Scene, draft: Draft, count: Count) -> list[Draft]:
    """初中高中都缺 各来一个, 四年级 六年级各要一个: an order for each stage or grade."""
    first = draft.mentions[0]
    if len(first.stages) > 1:
        return [replace(draft, stages=(stage,)) for stage in first.stages]
    at = count.begin - 1
    named: list[int] = []
    while at >= 0 and scene.has(at, "stage", "grade", "each", "sep", "filler", "need", "piece"):
        if scene.has(at, "stage", "grade"):
            named.insert(0, at)
        at -= 1
    if len(named) < 2 or len({scene.has(index, "grade") for index in named}) > 1:
        return [draft]
    found = []
    for index in named:
        stage = scene.tokens[index].get("stage")
        mention = replace(
            first,
            stages=(stage,) if stage else (),
            grades=tuple(scene.tokens[index].get("grade") or ()),
            bound=[index],
            row=scene.row[index],
        )
        found.append(replace(draft, mentions=[mention]))
    return found


def _settle_left_over(scene: Scene, asked: list[Mention], counts: list[Count]) -> None:
    """A count in a clause of its own belongs to the uncounted mentions before it (or after, when there are none)."""
    for count in sorted(counts, key=lambda count: not count.each):
        row = scene.row[count.begin]
        numbered = not count.implied and not count.bare
        open_ = [x for x in asked if x.count is None or (x.count.implied and numbered and x.row == row)]
        group = [x for x in open_ if x.row == row] or [x for x in open_ if abs(x.row - row) == 1] or open_
        if count.each and not group:
            _divide(asked, count)
        if not group or (count.total and any(mention.count for mention in asked)):
            continue
        single = len({name for mention in group for name in mention.names}) == 1
        for mention in group:
            mention.count = count
            mention.joint = not count.each and not single


def _divide(asked: list[Mention], count: Count) -> None:
    """音乐、体育教师2名(两学科各1名): the joint number was the sum."""
    joint = [mention for mention in asked if mention.joint and mention.count]
    names = {name for mention in joint for name in mention.names}
    if joint and all(mention.count and mention.count.value == count.value * len(names) for mention in joint):
        for mention in joint:
            mention.count, mention.joint = count, False


def _merged(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The same subject named twice is one order, unless both were counted or the stages differ."""
    kept: list[Draft] = []
    for draft in drafts:
        bracketed = _bracketed(scene, draft)
        twin = next(
            (
                other
                for other in kept
                if not _asks_anew(scene, other, draft)
                and (_same(other, draft) or (bracketed and other.names == draft.names and other.count))
            ),
            None,
        )
        if twin is None:
            kept.append(draft)
            continue
        if twin.count is None:
            twin.count, twin.count_span = draft.count, draft.count_span
        twin.mentions = sorted([*twin.mentions, *draft.mentions], key=lambda x: x.begin)
    return kept


def _asks_anew(scene: Scene, one: Draft, other: Draft) -> bool:
    """另邀请专家作专题报告: another item, with a form of its own, is another order for the same subject."""
    if one.row == other.row or other.row not in scene.items:
        return False
    return any("mode" in token for at, token in enumerate(scene.tokens) if scene.row[at] == other.row)


def _bracketed(scene: Scene, draft: Draft) -> bool:
    """体育教师2名(足球、田径各1名): the brackets divide what was counted before them."""
    at = draft.begin - 1
    while at > max(0, draft.begin - BRACKET) and not scene.has(at, "open", "close", "stop"):
        at -= 1
    return bool(draft.mentions) and at >= 0 and scene.has(at, "open") and scene.has(at - 1, "head", "person", "num")


def _same(one: Draft, other: Draft) -> bool:
    first, second = ({terms().canonical(name) for name in draft.names} for draft in (one, other))
    covered = first == second or (second <= first and other.count is None)
    if not covered or ((one.stages or other.stages) and one.stages != other.stages):
        return False
    implied = any(m.count and m.count.implied for d in (one, other) for m in d.mentions)
    if one.count is not None and other.count is not None and not (implied and one.count == other.count):
        each = any(mention.count and mention.count.each for mention in (*one.mentions, *other.mentions))
        if each or one.count_span != other.count_span:
            return False
    stages = [tuple(x.stages) for draft in (one, other) for x in draft.mentions[:1] if x.stages]
    roles = {x.role for draft in (one, other) for x in draft.mentions if x.role}
    return len(set(stages)) < 2 and len(roles) < 2
