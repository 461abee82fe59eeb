"""Where a text names subjects and leading posts, how they hang together, and how many people each is given.

A *chain* is mentions joined by 、和 or nothing at all; one count after a chain is joint, unless 各 says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from matching.scene import LACK, NO, OURS, PLAIN, WANT, WISH, Scene
from matching.terms import mode_traits, term_id, terms

LINK = ("sep", "filler", "person", "stage", "grade", "to", "open", "close", "mode", "colon", "dot", "need", "longstay")


@dataclass(slots=True)
class Count:
    """A number of people at tokens [begin, end)."""

    value: int
    begin: int
    end: int
    each: bool
    total: bool
    bare: bool
    implied: bool = False  # the 个 of 派个老师, without a number


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
    if "subject" in token:
        names = token.get("subject")
        if scene.has(index - 1, "knows") and scene.has(index + 1, "of") and scene.has(index + 2, "subject"):
            return None  # 会藏语的语文老师: what the teacher should know besides
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


def _named_as_subject(scene: Scene, index: int) -> bool:
    return scene.has(index + 1, "person", "vocational", "num") or len(scene.clause_of(index)) == 1


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
    names = tuple(dict.fromkeys(scene.tokens[at].get("short")[0] for at in range(index, end)))
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


# --- counts ---------------------------------------------------------------------------------------


def find_counts(scene: Scene) -> list[Count]:
    """Numbers that count people asked for (or sent)."""
    found: list[Count] = []
    for index in range(len(scene.tokens)):
        count = _numbered_count(scene, index) or _one(scene, index)
        if count and not (found and found[-1].end > count.begin):
            found.append(count)
    return found


def _numbered_count(scene: Scene, index: int) -> Count | None:
    token = scene.tokens[index]
    value = token.get("num")
    if not isinstance(value, int) or not 0 < value <= 999 or index in scene.timed or _is_index(scene, index):
        return None
    if scene.stance[index] == OURS or _in_lack(scene, index):
        return None
    end, bare = index + 1, False
    if scene.has(end, "sep", "to") and scene.has(end + 1, "num") and scene.has(end + 2, "head", "piece"):
        end += 2
    if "head" in token:
        pass
    elif scene.has(end, "head"):
        if scene.has(end + 1, "ours", "thing", "head"):
            return None
        end += 1
    elif scene.has(end, "piece"):
        if _counts_other(scene, end + 1) and not _piece_of_school(scene, end):
            return None
        end += 1
    elif scene.has(end, "person"):
        pass
    elif _stands_alone(scene, index):
        bare = True
    else:
        return None
    each = any(scene.has(at, "each") for at in range(max(0, index - 2), index)) or scene.has(end, "each")
    total = any(scene.has(at, "total") for at in range(max(0, index - 3), index))
    return Count(value, index, end, each, total, bare)


def _counts_other(scene: Scene, index: int) -> bool:
    """个 before 班, 娃, 小学: not people asked for."""
    if scene.apart(index):
        return False
    if scene.has(index, "ours", "thing", "times", "stage"):
        return True
    return not scene.has(index, "person", "filler", "need", "sep") and scene.has(index + 1, "ours")


def _piece_of_school(scene: Scene, end: int) -> bool:
    """一个小学数学老师: the counted thing is the teacher behind the stage."""
    if not (scene.has(end, "piece") and scene.has(end + 1, "stage")):
        return False
    return scene.has(end + 2, "subject", "person", "short", "stage", "grade", "role", "filler")


def _is_index(scene: Scene, index: int) -> bool:
    """1. 2、 (3) at the start of a row, 第3, 序号3."""
    if scene.has(index - 1, "ordinal", "index"):
        return True
    first = index == 0 or scene.row[index] != scene.row[index - 1]
    opened = scene.has(index - 1, "open") and (index == 1 or scene.row[index - 1] != scene.row[index - 2])
    if (first or opened) and scene.has(index + 1, "dot", "close", "sep", "comma", "colon"):
        return True
    return first and not scene.has(index + 1, "head", "piece", "person") and _counted_later(scene, index)


def _counted_later(scene: Scene, index: int) -> bool:
    later = range(index + 1, len(scene.tokens))
    return any(scene.has(at, "num") and at not in scene.timed for at in later if scene.row[at] == scene.row[index])


def _in_lack(scene: Scene, index: int) -> bool:
    """一个专职的都没得: no number of people asked for."""
    clause = scene.clause_of(index)
    later = range(index + 1, min(index + 8, clause.stop))
    return any(scene.has(at, "lack") and scene.has(at - 1, "filler") for at in later) and not any(
        scene.has(at, "need") for at in range(clause.start, index)
    )


def _stands_alone(scene: Scene, index: int) -> bool:
    """A number without a unit: at a subject (语12), after a need (缺2), or alone in its cell."""
    after = scene.has(
        index + 1, "times", "thing", "year", "month", "week", "days", "half", "digits", "dot", "latin", "day"
    )
    if after and not scene.apart(index + 1):
        return False
    edge = index + 1 == len(scene.tokens) or scene.clause[index + 1] != scene.clause[index]
    before = scene.has(
        index - 1, "subject", "short", "person", "need", "colon", "each", "total", "role", "stage", "mode"
    )
    glued = before and not scene.has(index - 1, "latin")
    follows = scene.has(index + 1, "subject", "short", "sep", "comma", "stop", "mode", "stage", "open", "close")
    if glued and (edge or follows):
        return "hanzi" not in scene.tokens[index] or not scene.has(index - 1, "stage")
    alone = edge and (index == 0 or scene.clause[index - 1] != scene.clause[index])
    return alone and "digits" in scene.tokens[index] and scene.tokens[index].get("num") <= 60


def _one(scene: Scene, index: int) -> Count | None:
    """派个, 找个, 来个 before a person or subject: one."""
    token = scene.tokens[index]
    end = index + 1
    if "need" not in token or scene.stance[index] == NO:
        return None
    if not token.text.endswith(_pieces()):
        if not scene.has(end, "piece") or scene.apart(end):
            return None
        end += 1
    clause = scene.clause_of(index)
    for at in range(end, min(end + 9, clause.stop)):
        if scene.has(at, "person"):
            return Count(1, index, end, False, False, False, implied=True)
        if scene.has(at, "mode") and _is_event(scene, at):
            return None
    rest = range(end, clause.stop)
    if any(scene.has(at, "subject", "role") for at in rest[:4]) or all(scene.has(at, "filler", "stop") for at in rest):
        return Count(1, index, end, False, False, False, implied=True)
    return None


def _is_event(scene: Scene, index: int) -> bool:
    traits = mode_traits(scene.tokens[index].get("mode"))
    return traits.event or traits.remote


def _pieces() -> tuple[str, ...]:
    from matching.terms import load_table

    return tuple(load_table("words")["tags"]["piece"])


# --- who gets which count -------------------------------------------------------------------------


def give_counts(scene: Scene, mentions: list[Mention], counts: list[Count]) -> list[Count]:
    """Hands every count to the mention it stands at; returns those that stand at none."""
    left_over = []
    for position, count in enumerate(counts):
        before = max((m for m in mentions if m.end <= count.begin), key=lambda m: m.begin, default=None)
        after = min((m for m in mentions if m.begin >= count.end), key=lambda m: m.begin, default=None)
        if count.each and before and scene.clause[before.begin] != scene.clause[count.begin]:
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


def wanted(mentions: list[Mention]) -> list[Mention]:
    """The mentions an order is made of: what is asked for, else what is lacking, else what is merely named."""
    live = [m for m in mentions if m.stance != NO]
    strong = [m for m in live if m.stance == WANT or (m.count and m.stance == PLAIN)]
    if strong:
        last = max(m.begin for m in strong)
        lacking = [m for m in live if m.stance == LACK and m not in strong and m.begin > last]
        return sorted([*strong, *lacking], key=lambda m: m.begin)
    for level in (LACK, PLAIN, WISH, OURS):
        found = [m for m in live if m.stance == level]
        if found:
            return found
    return []
