"""Where a text names subjects and leading posts, how they hang together, and how many people each is given.

A *chain* is mentions joined by 、和 or nothing at all; one count after a chain is joint, unless 各 says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from matching.counts import Count
from matching.scene import LACK, NO, OURS, PLAIN, WANT, WISH, Scene
from matching.terms import term_id, terms

LETTER = 150  # characters from which on a letter tells a story before it asks
LIST_LINE = 40  # characters a line of a list has at most, on average
LINK = ("sep", "filler", "person", "stage", "grade", "to", "open", "close", "mode", "colon", "dot", "need", "longstay")


@dataclass(slots=True)
class Mention:
    """A subject, group of subjects or leading post at tokens [begin, end)."""

    names: tuple[str, ...]
    begin: int
    end: int
    stance: int
    row: int
    role: str | None = None  # topic of a leading post
    short: bool = False
    chain: int = 0
    count: Count | None = None
    joint: bool = False  # the count is shared by the chain
    stages: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    bound: list[int] = field(default_factory=list)  # tokens that gave stage and grade


def find_mentions(scene: Scene) -> list[Mention]:
    """All mentions, left to right, chained, with stage and grade words that stand directly at them."""
    found: list[Mention] = []
    index = 0
    vocational = _is_vocational(scene)
    while index < len(scene.tokens):
        mention = _mention_at(scene, index, vocational)
        if mention:
            found.append(mention)
            index = mention.end
        else:
            index += 1
    _chain(scene, found)
    for before, mention in zip([None, *found], found, strict=False):
        _bind(scene, mention)
        if before and before.chain == mention.chain and not mention.bound:
            mention.stages, mention.grades, mention.bound = before.stages, before.grades, list(before.bound)
    return found


def _is_vocational(scene: Scene) -> bool:
    last = terms().stage_line[-1]
    return any(token.get("stage") == last or "vocational" in token for token in scene.tokens)


def _mention_at(scene: Scene, index: int, vocational: bool) -> Mention | None:
    token = scene.tokens[index]
    stance, row = scene.stance[index], scene.row[index]
    if scene.has(index + 1, "person") and scene.has(index + 2, "hello"):
        return None  # 语文老师你好
    if "subject" in token:
        names = token.get("subject")
        if scene.has(index - 1, "knows") and scene.has(index + 1, "of") and scene.has(index + 2, "subject"):
            return None  # 会藏语的语文老师: what the teacher should know besides
        if _in_school_name(scene, index):
            return None
        if names[0] in terms().majors and not (vocational or _named_as_subject(scene, index)):
            return None
        if names[0] not in terms().majors and (_is_other_word(scene, index) or _is_managing(scene, index)):
            return None
        return Mention(names, index, index + 1, stance, row)
    if "role" in token:
        return None if _is_address(scene, index) else _role(scene, index)
    if "short" in token:
        return _short_run(scene, index)
    return None


def _in_school_name(scene: Scene, index: int) -> bool:
    """历史老街小学: a place, not a subject."""
    at = index + 1
    while at < min(index + 4, len(scene.tokens)) and not scene.tokens[at].tags and not scene.apart(at):
        at += 1
    return at > index + 1 and scene.has(at, "stage") and not scene.apart(at)


def _named_as_subject(scene: Scene, index: int) -> bool:
    return (
        "vocational" in scene.tokens[index]
        or scene.has(index + 1, "person", "vocational", "num")
        or len(scene.clause_of(index)) == 1
    )


def _is_other_word(scene: Scene, index: int) -> bool:
    """科学 before 合理, 心理 after 学生的: adjectives and states, not subjects."""
    return scene.has(index + 1, "nosubject") and not scene.apart(index + 1)


def _is_managing(scene: Scene, index: int) -> bool:
    """管理 alone is a post only in its own cell or beside a person; 仪器管理 is not."""
    if (
        scene.tokens[index].text != scene.tokens[index].get("subject")[0]
        or term_id("subject", scene.tokens[index].text) != "management"
    ):
        return False
    before = (
        index == 0 or scene.clause[index - 1] != scene.clause[index] or scene.has(index - 1, "need", "head", "stage")
    )
    after = len(scene.clause_of(index)) == 1 or scene.has(index + 1, "person", "num", "role")
    return not (before and after)


def _is_address(scene: Scene, index: int) -> bool:
    return scene.has(index + 1, "hello") or scene.stance[index] in (NO,)


def _role(scene: Scene, index: int) -> Mention:
    management = next(name for name, key in terms().ids["subject"].items() if key == "management")
    topic = scene.tokens[index].get("role")
    return Mention((management,), index, index + 1, scene.stance[index], scene.row[index], role=topic)


def _short_run(scene: Scene, index: int) -> Mention | None:
    """语数外 written as single characters, or 语 before a number."""
    end = index
    while scene.has(end, "short") and (end == index or not scene.apart(end)):
        end += 1
        if scene.has(end, "sep") and scene.has(end + 1, "short") and scene.has(end + 2, "open", "each", "sep", "num"):
            end += 1
    singles = [at for at in range(index, end) if scene.has(at, "short")]
    names = tuple(dict.fromkeys(scene.tokens[at].get("short")[0] for at in singles))
    at_edge = index == 0 or scene.apart(index) or not scene.has(index - 1, "word") or scene.has(index - 1, *LINK, "num")
    counted = scene.has(end, "num", "each") or (scene.has(end, "need") and scene.has(end + 1, "num"))
    single_cell = end - index == 1 and scene.has(end, "num") and at_edge
    if (end - index >= 2 and (at_edge or counted)) or single_cell:
        return Mention(names, index, end, scene.stance[index], scene.row[index], short=True)
    return None


def _chain(scene: Scene, mentions: list[Mention]) -> None:
    number = 0
    for before, mention in zip([None, *mentions], mentions, strict=False):
        if before is None or not _linked(scene, before, mention):
            number += 1
        mention.chain = number


def _linked(scene: Scene, before: Mention, mention: Mention) -> bool:
    between = range(before.end, mention.begin)
    if (before.role is None) != (mention.role is None):
        return False
    if len(between) > 5 or before.row != mention.row or (before.stance == NO) != (mention.stance == NO):
        return False
    if any(scene.has(at, "num", "stop", "comma", "bar") or not scene.has(at, *LINK) for at in between):
        return False
    if any(scene.has(at, "need") for at in between):
        return False
    joined = any(scene.has(at, "sep") for at in between)
    return joined or scene.clause[before.begin] == scene.clause[mention.begin] or _spaced_list(scene, between)


def _spaced_list(scene: Scene, between: range) -> bool:
    return len(between) == 0


def _bind(scene: Scene, mention: Mention) -> None:
    """Stage and grade words directly before the mention, or directly after it in brackets."""
    at = mention.begin - 1
    stages: list[str] = []
    while (
        at >= 0 and scene.clause[at] == scene.clause[mention.begin] and scene.has(at, "stage", "grade", "filler", "sep")
    ):
        if scene.has(at, "sep") and not scene.has(at - 1, "stage"):
            break
        if scene.has(at, "subject") and scene.tokens[at].get("subject") != mention.names:
            break
        if scene.has(at, "stage") and scene.stance[at] != NO:
            stages.insert(0, scene.tokens[at].get("stage"))
            mention.bound.append(at)
        if scene.has(at, "grade"):
            mention.grades = scene.tokens[at].get("grade") + mention.grades
            mention.bound.append(at)
        at -= 1
    mention.stages = tuple(dict.fromkeys(stages))


# --- who gets which count -------------------------------------------------------------------------


def give_counts(scene: Scene, mentions: list[Mention], counts: list[Count]) -> list[Count]:
    """Hands every count to the mention it stands at; returns those that stand at none."""
    left_over = []
    for position, count in enumerate(counts):
        before = max((m for m in mentions if m.end <= count.begin), key=lambda m: m.begin, default=None)
        after = min((m for m in mentions if m.begin >= count.end), key=lambda m: m.begin, default=None)
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
            _give(mentions, before, count)
        elif after and after.count is None and _leads(scene, count, after, counts[position + 1 : position + 2]):
            _give(mentions, after, count)
        else:
            left_over.append(count)
    return left_over


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
    if count.implied and len(chain) > 1:
        return
    for member in chain:
        member.count = count
        member.joint = not count.each and (len(chain) > 1 or len(member.names) > 1)


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
