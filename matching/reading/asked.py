"""Which mentions are asked for, and how many people each is given.

A count stands at one mention or at a chain of them (then it is joint, unless 各 says otherwise); one that stands at
none is left over for the reader of orders. What is asked for is what is wanted, else lacking, else merely named.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from matching.reading.counts import Count
from matching.reading.mentions import LINK, Mention
from matching.reading.scene import LACK, NO, OURS, PLAIN, WANT, WISH, Scene

LETTER = 150  # characters from which on a letter tells a story before it asks
LIST_LINE = 40  # characters a line of a list has at most, on average

# --- who gets which count -------------------------------------------------------------------------


def give_counts(scene: Scene, mentions: list[Mention], counts: list[Count]) -> list[Count]:
    """Hands every count to the mention it stands at; returns those that stand at none."""
    left_over = []
    counts = _respective(scene, mentions, counts)
    begins = [mention.begin for mention in mentions]
    for position, count in enumerate(counts):
        place = bisect_left(begins, count.begin)
        before = mentions[place - 1] if place and mentions[place - 1].end <= count.begin else None
        after = mentions[place] if place < len(mentions) and mentions[place].begin >= count.end else None
        if count.implied and after and after.count is None and _leads(scene, count, after, []):
            _give(mentions, after, count)
        elif count.each and before and scene.clause[before.begin] != scene.clause[count.begin]:
            left_over.append(count)
        elif (
            before
            and before.count is None
            and before.stance not in (NO, OURS)
            and _touches(scene, before.end, count.begin)
        ):
            _stage_between(scene, before, count)
            _give(mentions, before, count)
        elif after and after.count is None and _leads(scene, count, after, counts[position + 1 : position + 2]):
            _give(mentions, after, count)
        else:
            left_over.append(count)
    return left_over


def _respective(scene: Scene, mentions: list[Mention], counts: list[Count]) -> list[Count]:
    """语文、数学、英语教师分别3名、2名、4名: one count for each of the names before; returns the counts still to give."""
    for at, count in enumerate(counts):
        if not any(scene.has(index, "each") for index in range(max(0, count.begin - 3), count.begin)):
            continue
        run = [count]
        for following in counts[at + 1 :]:
            if following.begin - run[-1].end > 1 or not scene.has(run[-1].end, "sep", "comma"):
                break
            run.append(following)
        if len(run) < 2:
            continue
        before = [m for m in mentions if m.end <= count.begin and m.count is None and m.stance != NO]
        named = [m for m in before if m.chain == before[-1].chain] if before else []
        if len(named) != len(run):  # 美术(素描)、音乐(声乐)教师分别2名、1名
            named = [m for m in before if m.row == scene.row[count.begin]]
        if len(named) == len(run):
            for mention, own in zip(named, run, strict=True):
                mention.count = own
            return [other for other in counts if not any(other is own for own in run)]
    return counts


def _touches(scene: Scene, begin: int, end: int) -> bool:
    """Nothing but small words between a mention and the count after it."""
    if end - begin > 7:
        return False
    if any(scene.has(at, "comma", "stop", "subject", "role") for at in range(begin, end)):
        return False
    same_row = begin == end or scene.row[begin - 1] == scene.row[end]
    return same_row and all(
        scene.has(at, *LINK, "each", "total", "wish", "lack", "filler", "grade", "but", "ours")
        or not scene.tokens[at].tags
        for at in range(begin, end)
    )


def _stage_between(scene: Scene, mention: Mention, count: Count) -> None:
    """语文:高一3 高二2: the grade that stands between a subject and its number is that order's."""
    if mention.stages or mention.grades or scene.has(count.begin - 1, "person"):
        return
    for at in range(mention.end, count.begin):
        if scene.has(at, "grade"):
            mention.grades = tuple(scene.tokens[at].get("grade"))
            mention.bound.append(at)
        elif scene.has(at, "stage"):
            mention.stages = (*mention.stages, scene.tokens[at].get("stage"))
            mention.bound.append(at)


def _leads(scene: Scene, count: Count, after: Mention, following: list[Count]) -> bool:
    """2名初中数学教师: the count first; not when the next count stands nearer."""
    if after.begin - count.end > 9 or scene.row[count.begin] != scene.row[after.begin] or count.bare:
        return False
    if following and following[0].begin < after.begin:
        return False
    between = range(count.end, after.begin)
    return not any(scene.has(at, "comma", "stop", "bar", "times") for at in between) and (
        scene.clause[count.begin] == scene.clause[after.begin]
    )


def echo_of(mention: Mention, count: Count) -> Mention:
    """The same subject once more, with a count of its own."""
    return replace(mention, count=count, joint=False, stages=(), grades=(), bound=[])


def _give(mentions: list[Mention], mention: Mention, count: Count) -> None:
    chain = [m for m in mentions if m.chain == mention.chain and m.count is None]
    several = len({name for member in chain for name in member.names}) > 1
    if count.implied and several:
        return
    for member in chain:
        member.count = count
        member.joint = not count.each and (several or len(chain) > 1)


# --- which mentions are asked for -----------------------------------------------------------------


def _is_list(scene: Scene, live: list[Mention]) -> bool:
    """Several short lines that each name something: a 接龙 or a table, every line for itself."""
    lines = {scene.line[m.begin] for m in live}
    if len(lines) < 2:
        return False
    ends = [
        (scene.tokens[at].start, scene.tokens[at].end) for at in range(len(scene.tokens)) if scene.line[at] in lines
    ]
    return (ends[-1][1] - ends[0][0]) / len(lines) <= LIST_LINE


def wanted(mentions: list[Mention], scene: Scene | None = None) -> list[Mention]:
    """The mentions an order is made of: what is asked for, else what is lacking, else what is merely named."""
    live = [m for m in mentions if m.stance != NO]
    if scene is not None and _is_list(scene, live):
        lines = sorted({scene.line[m.begin] for m in live})
        return [m for line in lines for m in wanted([x for x in live if scene.line[x.begin] == line])]
    if scene is not None and scene.items:
        return _by_item(scene, live)
    strong = [m for m in live if m.stance == WANT or (m.count and m.stance == PLAIN)]
    counted = [m for m in strong if m.count and m.stance == WANT]
    if scene is not None and counted and len(scene.text.chars) > LETTER and any("letter" in t for t in scene.tokens):
        first = min(scene.sentence[m.begin] for m in counted)
        return [m for m in strong if scene.sentence[m.begin] >= first and (m.count or m.stance == WANT)]
    if strong:
        last = max(m.begin for m in strong)
        lacking = [m for m in live if m.stance == LACK and m not in strong and m.begin > last]
        return sorted([*strong, *lacking], key=lambda m: m.begin)
    for level in (LACK, PLAIN, WISH, OURS):
        found = [m for m in live if m.stance == level]
        if found:
            return found
    return []


def _by_item(scene: Scene, live: list[Mention]) -> list[Mention]:
    """Every item of a list asks for itself; what stands outside the items is one request more, or only their heading."""
    found = [m for row in sorted(scene.items) for m in wanted([x for x in live if x.row == row])]
    rest = [m for m in live if m.row not in scene.items]
    asked = [m for m in wanted(rest) if m.stance == WANT or m.count] if found else wanted(rest)
    return sorted([*asked, *found], key=lambda m: m.begin)
