"""Where a text names subjects and leading posts, how they hang together, and how many people each is given.

A *chain* is mentions joined by 、和 or nothing at all; one count after a chain is joint, unless 各 says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from matching.reading.counts import MOST_ASKED, Count, sent_out
from matching.reading.scene import NO, OURS, Scene
from matching.terms import FULL_NAME, load_table, term_id, terms

LONGEST_MAJOR = 14  # characters
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
        mention = _mention_at(scene, index, vocational) or _same_again(scene, index, found)
        if mention and found and _specifies(scene, found[-1], mention):
            index = mention.end
            continue
        if mention and found and (mention.begin < found[-1].end or _explains(scene, found[-1], mention)):
            found.pop()  # a longer name of a major that begins with a shorter one; 小三门(政史地)
        if mention:
            found.append(mention)
            index = mention.end
        else:
            index += 1
    _chain(scene, found)
    found = _without_general(scene, found)
    for before, mention in zip([None, *found], found, strict=False):
        _bind(scene, mention)
        if before and before.chain == mention.chain and not mention.bound:
            mention.stages, mention.grades, mention.bound = before.stages, before.grades, list(before.bound)
    return found


def _without_general(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """篮球、排球专项体育教师: the subject's name after its specialities says nothing new."""
    kept: list[Mention] = []
    for mention in mentions:
        if scene.tokens[mention.begin].text == mention.names[0] and mention.end == mention.begin + 1:
            special = [m for m in kept if m.chain == mention.chain and scene.tokens[m.begin].text != m.names[0]]
            if len(special) > 1 and special[-1] is kept[-1] and all(m.names == mention.names for m in special):
                kept[-1].end = mention.end
                continue
        kept.append(mention)
    return kept


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
        if _in_school_name(scene, index) or _is_origin(scene, index):
            return None
        if names[0] in terms().majors and (
            _is_contest(scene, index) or not (vocational or _named_as_subject(scene, index))
        ):
            return None
        if names[0] in terms().majors:
            end = _end_of_major(scene, index)
            written = scene.text.chars[token.start : scene.tokens[end - 1].end]
            return Mention((terms().as_written(written),), index, end, stance, row)
        if names[0] not in terms().majors and (_is_other_word(scene, index) or _is_managing(scene, index)):
            return None
        return Mention(names, index, index + 1, stance, row)
    if "role" in token:
        return None if _is_address(scene, index) else _role(scene, index)
    if "short" in token:
        return _short_run(scene, index)
    alone = load_table("words")["alone"].get(token.text)
    if alone and (len(scene.clause_of(index)) == 1 or scene.has(index + 1, "num")):
        return Mention((alone,), index, index + 1, stance, row)
    return _new_major(scene, index)


def _same_again(scene: Scene, index: int, found: list[Mention]) -> Mention | None:
    """该专业, 上述两学科: what was named before, once more."""
    table = load_table("words")["same"]
    if scene.tokens[index].text not in table["words"] or not found:
        return None
    at = index + 1 + scene.has(index + 1, "num")
    if at >= len(scene.tokens) or scene.tokens[at].text not in table["nouns"]:
        return None
    live = [mention for mention in found if mention.stance != NO] or found
    together = [mention for mention in live if scene.clause[mention.begin] == scene.clause[live[-1].begin]]
    several = sum(len(mention.names) for mention in together) if scene.has(at + 1, "each") else len(live[-1].names)
    number = scene.tokens[index + 1].get("num") if at > index + 1 else several
    names = tuple(dict.fromkeys(name for mention in live for name in mention.names))[-number:]
    return Mention(names, index, at + 1, scene.stance[index], scene.row[index])


def _new_major(scene: Scene, index: int) -> Mention | None:
    """畜禽生产技术专业: a major the vocabulary does not list, by the way such names end."""
    table = load_table("words")
    if not scene.tokens[index].text.startswith(table["vocational_endings"][0]) or not index or scene.apart(index):
        return None
    if scene.has(index - 1, "subject") and len(scene.tokens[index - 1].text) >= FULL_NAME:
        return None  # a name of the vocabulary
    begin = index
    while begin > scene.clause_of(index).start and _part_of_major(scene, begin - 1) and not scene.apart(begin):
        begin -= 1
    name = scene.text.chars[scene.tokens[begin].start : scene.tokens[index - 1].end] if begin < index else ""
    if not FULL_NAME <= len(name) <= LONGEST_MAJOR:
        return None
    if not name.endswith(tuple(table["major"]["endings"])) and not scene.has(begin - 1, "stage", "need"):
        return None
    return Mention((name,), begin, index + 1, scene.stance[begin], scene.row[begin])


def _end_of_major(scene: Scene, index: int) -> int:
    """园艺技术, 数字媒体技术: a short name of the vocabulary may be the beginning of a longer one."""
    end = index + 1
    while end < scene.clause_of(index).stop and not scene.tokens[end].tags and not scene.apart(end):
        end += 1
    name = scene.text.chars[scene.tokens[index].start : scene.tokens[end - 1].end]
    whole = name.endswith(tuple(load_table("words")["major"]["endings"])) and len(name) <= LONGEST_MAJOR
    return end if whole else index + 1


def _part_of_major(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    inside = not token.tags.keys() - {"subject", "others", "vocational", "wish", "sep"}
    if "sep" in token and token.text not in load_table("words")["major"]["joints"]:
        return False
    if token.text in load_table("words")["major"]["before"]:
        return False
    return inside and index not in scene.timed and token.text[0] >= "\u4e00"


def _explains(scene: Scene, group: Mention, mention: Mention) -> bool:
    """小三门(政史地): the bracket says which subjects are meant."""
    inside = scene.has(mention.begin - 1, "open") and mention.begin - 1 == group.end
    several = len(group.names) > 1 and len(mention.names) > 1
    return inside and (several or frozenset((*group.names, *mention.names)) in terms().siblings)


def _specifies(scene: Scene, subject: Mention, mention: Mention) -> bool:
    """音乐(声乐视唱): a bracket without numbers says which side of the same subject is wanted."""
    if mention.names != subject.names or mention.row != subject.row:
        return False
    between = range(subject.end, mention.begin)
    opened = [at for at in between if scene.has(at, "open")]
    if not opened or len(between) > 5 or any(scene.has(at, "close", "num") for at in between):
        return False
    close = next(
        (at for at in range(mention.end, min(mention.end + 6, len(scene.tokens))) if scene.has(at, "close")), 0
    )
    return bool(close) and not any(scene.has(at, "num", "each") for at in range(mention.end, close))


def _is_origin(scene: Scene, index: int) -> bool:
    """体育老师是教语文转的: what somebody studied or taught before."""
    between = scene.has(index + 1, "of", "filler", "person")  # 数学老师转过来的
    return scene.has(index + 1, "origin") or (between and scene.has(index + 2, "origin"))


def _in_school_name(scene: Scene, index: int) -> bool:
    """历史老街小学: a place, not a subject."""
    at = index + 1
    while at < min(index + 4, len(scene.tokens)) and not scene.tokens[at].tags and not scene.apart(at):
        at += 1
    school = at < len(scene.tokens) and scene.tokens[at].text.endswith(tuple(load_table("stages")["schools"]))
    return at > index + 1 and scene.has(at, "stage") and school and not scene.apart(at)


def _named_as_subject(scene: Scene, index: int) -> bool:
    return (
        "vocational" in scene.tokens[index]
        or scene.has(index + 1, "person", "vocational", "num")
        or len(scene.clause_of(index)) == 1
    )


def _is_contest(scene: Scene, index: int) -> bool:
    """导游服务赛项: a contest or certificate that has the name of a major."""
    after = scene.tokens[index + 1].text if index + 1 < len(scene.tokens) else ""
    return after.startswith(tuple(load_table("words")["major"]["contests"]))


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
    """班主任你好, 我是园长, 给生活老师讲讲: who is spoken to, who speaks, who listens."""
    table = load_table("words")["listening"]
    if index and scene.tokens[index - 1].text in table["greeted"]:
        return True  # 各位校长接个龙
    if index + 1 < len(scene.tokens) and scene.tokens[index + 1].text in table["speaks"]:
        return True  # 校长让我问
    listens = any(scene.tokens[at].text in table["words"] for at in range(max(0, index - 3), index)) and any(
        scene.has(at, "mode") for at in range(index + 1, min(index + 6, scene.clause_of(index).stop))
    )
    ours = scene.stance[index] == OURS and not sent_out(scene, index)
    return scene.has(index + 1, "hello") or scene.stance[index] == NO or ours or listens


def _role(scene: Scene, index: int) -> Mention | None:
    if scene.tokens[index].get("role") in load_table("roles")["common"] and not _is_asked(scene, index):
        return None
    management = next(name for name, key in terms().ids["subject"].items() if key == "management")
    topic = scene.tokens[index].get("role")
    return Mention((management,), index, index + 1, scene.stance[index], scene.row[index], role=topic)


def _is_asked(scene: Scene, index: int) -> bool:
    """班主任 and 生活老师 are orders only where a wish or a number stands in the clause; else they are in the story."""
    return any(scene.has(at, "need", "num", "mode", "lack") for at in scene.clause_of(index))


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
    number = scene.tokens[end].get("num") if end < len(scene.tokens) else None
    single_cell = end - index == 1 and number is not None and number <= MOST_ASKED and at_edge
    doubled = number == 1 and end + 1 < len(scene.tokens) and scene.tokens[end + 1].text == scene.tokens[index].text
    if (end - index >= 2 and (at_edge or counted)) or (single_cell and not doubled):  # 理一理 is no 物理
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
