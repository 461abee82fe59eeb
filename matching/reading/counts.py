"""Numbers that count people asked for, told from all the others: pupils, classes, years, lessons, positions in a list."""

from __future__ import annotations

from dataclasses import dataclass

from matching.reading.scene import NO, OURS, Scene
from matching.terms import load_table, mode_traits

NEAR = 12  # tokens of a clause that are looked at on either side of a number
MOST_ASKED = 60  # a larger number without a unit counts pupils: 生180 师9
AUDIENCE = 20  # so many people are not asked for where something is held; they listen


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


def find_counts(scene: Scene) -> list[Count]:
    """Numbers that count people asked for (or sent)."""
    found: list[Count] = []
    for index in range(len(scene.tokens)):
        count = _numbered_count(scene, index) or _one(scene, index)
        if count and not (found and found[-1].end > count.begin):
            if found and any(
                scene.has(at, "changed") for at in range(found[-1].end, min(found[-1].end + 3, count.begin))
            ):
                found.pop()  # 3名调整为2名
            found.append(count)
    return found


def _numbered_count(scene: Scene, index: int) -> Count | None:
    token = scene.tokens[index]
    value = token.get("num")
    if not isinstance(value, int) or not 0 < value <= 999 or index in scene.timed or _is_index(scene, index):
        return None
    if any(scene.has(at, "every") for at in range(max(0, index - 3), index)):
        return None  # 每场约80人
    ours = scene.stance[index] == OURS and not sent_out(scene, index)
    if ours or _in_lack(scene, index) or _is_taught(scene, index) or _is_ours(scene, index):
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
        own_people = sent_out(scene, index) and scene.has(end + 1, "ours") and not scene.has(end + 1, "thing")
        if _counts_other(scene, end + 1) and not (_piece_of_school(scene, end) or own_people):
            return None
        end += 1
    elif scene.has(end, "person"):
        pass
    elif _stands_alone(scene, index):
        bare = True
    else:
        return None
    if value >= AUDIENCE and any("mode" in t and _is_event(scene, at) for at, t in enumerate(scene.tokens)):
        return None
    after = scene.has(end, "each") and not scene.apart(end)
    each = after or any(scene.has(at, "each") for at in range(max(0, index - 2), index))
    total = any(scene.has(at, "total") for at in range(max(0, index - 3), index))
    return Count(value, index, end, each, total, bare)


def _counts_other(scene: Scene, index: int) -> bool:
    """个 before 班, 娃, 小学: not people asked for."""
    if scene.apart(index):
        return False
    if scene.has(index, "ours", "thing", "times", "stage") or _is_major(scene, index):
        return True
    if scene.has(index + 1, "ours"):
        return not scene.has(index, "person", "filler", "need", "sep")
    if index >= len(scene.tokens) or scene.tokens[index].tags or scene.clause[index] != scene.clause[index - 1]:
        return False
    if len(scene.tokens[index].text) < 2:
        return False  # 一个撒
    rest = range(index + 1, min(index + 7, scene.clause_of(index).stop))  # 26个字母, but 一个厉害的老师
    return not any(scene.has(at, "person", "subject", "role") for at in rest)


def _is_major(scene: Scene, index: int) -> bool:
    """4个专业, but 一个专业的, 一个专业老师."""
    return (
        scene.has(index, "vocational")
        and scene.tokens[index].text == load_table("words")["vocational_endings"][0]
        and not scene.has(index + 1, "of", "person", "filler", "subject")
    )


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


def sent_out(scene: Scene, index: int) -> bool:
    """我方2人跟岗: our own people are the ones who go."""
    return scene.row[index] in scene.outgoing


def _is_ours(scene: Scene, index: int) -> bool:
    """我们学校4个美术老师, 双方各4人: how many there are, not how many are asked for."""
    table = load_table("words")["own"]
    clause = scene.clause_of(index)
    before = scene.tokens[max(clause.start, index - NEAR) : index]
    own = clause.start == index - 2 and before[-2].text in table["school"]
    if own and before[-1].text in table["gives"]:
        return not sent_out(scene, index)  # 我校安排1名教师同台执教
    if any("need" in token for token in before):
        return False
    if any(token.text in table["both"] for token in before[-2:]):
        return True
    if before and before[-1].text in (*table["school"], *table["only"]) and not sent_out(scene, index):
        return True
    if before and before[-1].text in table["no_more_than"] and clause.stop <= scene.last_need:
        return True  # 六个年级就三个老师 … 来个全科的
    told_of = before and before[0].text in table["school"] and any(t.text in table["alone"] for t in before)
    if told_of and not sent_out(scene, index):
        return True  # 我们教学点就我跟我老婆两个人
    if before and "total" in before[-1] and any(t.text in (*table["school"], *table["places"]) for t in before[:-1]):
        return not any(scene.has(at, "need") for at in range(index, clause.stop))  # 村小一共6个老师
    unit = index + 1 + scene.has(index + 1, "piece")
    if scene.has(unit, "head") and unit + 1 < clause.stop and scene.tokens[unit + 1].text in table["does"]:
        return True  # 一个人带三个班
    counted = before and before[-1].text in (*table["have"], *table["places"]) and scene.has(index + 1, "piece")
    if counted and not sent_out(scene, index):
        return True  # 专业生有17个, 教学点5个
    after = range(index + 1, min(index + NEAR, clause.stop))
    told = any(scene.tokens[at].text in table["gone"] or scene.has(at, "measure") for at in after)
    return told and not any(scene.has(at, "need") for at in after)


def _is_taught(scene: Scene, index: int) -> bool:
    """手把手带我们3个新老师: those who are to be led are our own."""
    table = load_table("words")["taught"]
    if not (index and scene.tokens[index - 1].text in table["between"]):
        return False
    return any(scene.tokens[at].text in table["words"] for at in range(max(0, index - 3), index - 1))


def _stands_alone(scene: Scene, index: int) -> bool:
    """A number without a unit: at a subject (语12), after a need (缺2), or alone in its cell."""
    after = scene.has(
        index + 1, "times", "thing", "year", "month", "week", "days", "half", "digits", "dot", "latin", "day"
    )
    if after and not scene.apart(index + 1):
        return False
    if scene.has(index - 1, "open") and scene.has(index + 1, "close") and "digits" in scene.tokens[index]:
        return True  # 语文(1), [小学][音乐][1]
    edge = index + 1 == scene.clause_of(index).stop or scene.has(index + 1, "comma", "stop", "close")
    before = scene.has(
        index - 1, "subject", "short", "person", "need", "colon", "each", "total", "role", "stage", "mode", "grade"
    )
    before = before or (index > 0 and scene.tokens[index - 1].text in load_table("words")["alone"])  # 信息1
    glued = before and not scene.has(index - 1, "latin")
    follows = scene.has(index + 1, "subject", "short", "sep", "comma", "stop", "mode", "stage", "open", "close")
    if glued and (edge or follows):
        return "hanzi" not in scene.tokens[index] or not scene.has(index - 1, "stage")
    alone = edge and (index == 0 or scene.clause[index - 1] != scene.clause[index])
    return alone and "digits" in scene.tokens[index] and scene.tokens[index].get("num") <= MOST_ASKED


def _one(scene: Scene, index: int) -> Count | None:
    """派个, 找个, 来个 before a person or subject: one."""
    token = scene.tokens[index]
    end = index + 1
    if "need" not in token or scene.stance[index] == NO or token.text.startswith(_making()):
        return None
    if not token.text.endswith(_pieces()):
        if not scene.has(end, "piece") or scene.apart(end):
            return None
        end += 1
    clause = scene.clause_of(index)
    for at in range(end, min(end + 9, clause.stop)):
        if scene.has(at, "person") or (at == end and scene.has(at, "head")):
            return Count(1, index, end, False, False, False, implied=True)
        if scene.has(at, "mode") and _is_event(scene, at):
            return None
    rest = range(end, clause.stop)
    if any(scene.has(at, "subject", "role") for at in rest[:4]) or all(scene.has(at, "filler", "stop") for at in rest):
        return Count(1, index, end, False, False, False, implied=True)
    if any(_says_whose(scene, at) for at in rest[:6]) and not any(scene.has(at, "mode") for at in rest[:4]):
        return Count(1, index, end, False, False, False, implied=True)
    return None


def _is_event(scene: Scene, index: int) -> bool:
    traits = mode_traits(scene.tokens[index].get("mode"))
    return traits.event or traits.remote


def _making() -> tuple[str, ...]:
    """搞个跳绳特色: a thing is made, nobody is asked for."""
    return tuple(load_table("words")["making"]["words"])


def _says_whose(scene: Scene, index: int) -> bool:
    """派个专业的, 来一个能讲到期末的: somebody of that kind."""
    table, word = load_table("words"), scene.tokens[index].text
    return word in table["somebody"]["words"] or word.endswith(tuple(table["tags"]["of"]))


def _pieces() -> tuple[str, ...]:
    return tuple(load_table("words")["tags"]["piece"]) + tuple(load_table("words")["single"]["words"])
