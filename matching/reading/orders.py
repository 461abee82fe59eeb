"""Puts the orders of a text together: one per mention or chain that is asked for, each with the signs that reach it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matching.reading import marks as m
from matching.reading.counts import Count, find_counts
from matching.reading.drafts import Draft, find_drafts
from matching.reading.mentions import Mention
from matching.reading.scene import NO, OURS, Scene
from matching.reading.stays import for_something, time_mark, times_of
from matching.reading.topics import TopicMark, last_resort, topic_marks
from matching.terms import load_table, mode_traits, term_id, terms
from matching.thesaurus import asked_concepts, thesaurus
from matching.types import NeedFields, Span

BRACKET = 20  # tokens a bracket may hold that says more of one order
SHORT_VISIT = 0.34  # months: up to ten days


@dataclass(frozen=True, slots=True)
class Signs:
    """All signs of a text by field."""

    stage: list[m.Mark]
    grade: list[m.Mark]
    mode: list[m.Mark]
    point: list[m.Mark]
    length: list[m.Mark]
    urgent: list[m.Mark]
    topic: list[TopicMark]
    named: tuple[tuple[str, ...], ...]  # the subject each topic alone would name
    owner: tuple[int | None, ...]  # the only order each topic is said of, as its place among the drafts
    last: list[TopicMark]  # topics of an order that has no other
    asked: frozenset[str]  # the subjects of all orders
    person: tuple[Span, ...]
    counts: tuple[Span, ...]
    mentions: list[Mention]
    stages: tuple[tuple[Span, frozenset[str]], ...]  # every word that names a stage or a grade of it


def read_orders(scene: Scene) -> list[NeedFields]:
    """Every order of the text, in the order they are named."""
    counts = find_counts(scene)
    drafts, mentions = find_drafts(scene, counts)
    signs = _signs(scene, drafts, mentions, counts)
    begins, rows = [draft.begin for draft in drafts], [draft.row for draft in drafts]
    return [_order(scene, draft, signs, begins, rows, which) for which, draft in enumerate(drafts)]


# --- signs ----------------------------------------------------------------------------------------


def _signs(scene: Scene, drafts: Sequence[Draft], mentions: list[Mention], counts: list[Count]) -> Signs:
    bound = {at for draft in drafts for mention in draft.mentions for at in mention.bound}
    taken = {mention.begin for draft in drafts for mention in draft.mentions}
    points = [time_mark(scene, t) for t in scene.times if t.kind in ("point", "range", "term", "end")]
    lengths = [time_mark(scene, t) for t in scene.times if t.kind == "length"]
    topics = topic_marks(scene)
    return Signs(
        stage=m.stage_marks(scene, taken, bound),
        grade=m.grade_marks(scene),
        mode=m.mode_marks(scene),
        point=[mark for mark in points if scene.stance[mark.begin] != NO and not for_something(scene, mark)],
        length=[mark for mark in lengths if scene.stance[mark.begin] > (NO if mark.row in scene.outgoing else OURS)],
        urgent=m.urgent_marks(scene),
        topic=topics,
        named=tuple(_named_by_topic([topic]) for topic in topics),
        owner=_owners(scene, drafts, topics),
        last=last_resort(scene),
        asked=frozenset(name for draft in drafts for name in draft.names),
        person=m.asks_for_person(scene),
        counts=tuple(scene.span(count.begin, count.end) for count in counts),
        mentions=mentions,
        stages=tuple(_staged(scene)),
    )


def _opening(scene: Scene, at: int) -> int | None:
    """Where the bracket was opened that stands open at this token."""
    first = max(0, at - BRACKET)
    while at > first and not scene.has(at, "open", "close", "stop"):
        at -= 1
    return at if scene.has(at, "open") else None


def _owners(scene: Scene, drafts: Sequence[Draft], topics: list[TopicMark]) -> tuple[int | None, ...]:
    """By topic; where only one order has topics of its own, they may be meant for the others too."""
    owners = tuple(_owner(scene, drafts, topic) for topic in topics)
    return owners if len({owner for owner in owners if owner is not None}) > 1 else (None,) * len(topics)


def _owner(scene: Scene, drafts: Sequence[Draft], topic: TopicMark) -> int | None:
    """The order whose own name says the topic (言语康复教师1名), or which brackets around it follow (护理1名(静脉输液))."""
    beside = {which: draft for which, draft in enumerate(drafts) if draft.count is not None and draft.row == topic.row}
    named = [(mention, which) for which, draft in beside.items() for mention in draft.mentions if mention.count]
    if len(beside) < 2:
        return None
    for mention, which in named:
        if mention.begin <= topic.at < mention.end:
            return which
    at = _opening(scene, topic.at)
    own = [(mention.begin, which) for mention, which in named if mention.count and not mention.count.each]
    return max((each for each in own if at is not None and each[0] < at), default=(0, None))[1]


def _staged(scene: Scene) -> Iterator[tuple[Span, frozenset[str]]]:
    for at, token in enumerate(scene.tokens):
        if "stage" in token:
            yield scene.span(at), frozenset((token.get("stage"),))
        elif "grade" in token:
            yield scene.span(at), frozenset(m.stage_of_grade(grade) for grade in token.get("grade"))


# --- one order ------------------------------------------------------------------------------------


def _order(scene: Scene, draft: Draft, signs: Signs, begins: list[int], rows: list[int], which: int) -> NeedFields:
    def near(marks: Sequence[m.Mark]) -> list[m.Mark]:
        return m.reaching(marks, begins, rows, lines, which)

    lines = [scene.line[begin] if scene.tokens else 0 for begin in begins]
    evidence: dict[str, tuple[Span, ...]] = {}
    stages, grade = _stage_and_grade(scene, draft, near(signs.stage), near(signs.grade), evidence)
    names = _settled_names(scene, draft, stages)
    stages = stages or _implied(scene, draft, names, evidence)
    _complete(scene, draft, names, stages, signs, evidence)
    if draft.count is not None:
        evidence["headcount"] = draft.count_span
    reached = [mark for mark in near(signs.mode) if not _asked_elsewhere(scene, mark, draft, rows)]
    modes, evidence["mode"] = _modes(scene, draft, reached, signs, near)
    points = [mark for mark in near(signs.point) if not _timed_elsewhere(scene, mark, draft, rows)]
    lengths = [mark for mark in near(signs.length) if not _timed_elsewhere(scene, mark, draft, rows)]
    if any(mark.row == draft.row and mark.values[0].kind == "range" for mark in points):
        lengths = [mark for mark in lengths if mark.row == draft.row]  # 12.1-1.15 in its own row says how long
    if modes and all(mode_traits(mode).event for mode in modes):
        lengths = [mark for mark in lengths if mark.row == draft.row or len(set(rows)) == 1]
    times = times_of(scene, modes, points, lengths, evidence)
    urgent = [mark for mark in signs.urgent if mark.row == draft.row] or (signs.urgent if len(set(rows)) == 1 else [])
    evidence["urgent"] = tuple(span for mark in urgent for span in mark.spans)
    topics = _topics(scene, draft, signs, names, rows, lines, which)
    evidence["topics"] = tuple(span for topic in topics for span in topic.spans)
    if not draft.mentions:
        names = _named_by_topic(topics)
        if stages == terms().stage_line[:1] and signs.person:
            names = _of_kindergarten()
        evidence["subjects"] = _implying(signs, names)
        if names == _of_kindergarten():
            evidence["subjects"] += evidence.get("stage", ())
    return NeedFields(
        subjects=names,
        stages=stages,
        grade=grade,
        modes=modes,
        headcount=draft.count,
        topics=tuple(dict.fromkeys(topic.name for topic in topics)),
        urgent=bool(urgent),
        evidence={key: tuple(dict.fromkeys(spans)) for key, spans in evidence.items() if spans},
        **times,
    )


def _stage_and_grade(
    scene: Scene, draft: Draft, stage: list[m.Mark], grade: list[m.Mark], evidence: dict[str, tuple[Span, ...]]
) -> tuple[tuple[str, ...], int | None]:
    own = [mention for mention in draft.mentions if mention.stages or mention.grades]
    grades = tuple(g for mention in own for g in mention.grades)
    stages = draft.stages or tuple(dict.fromkeys(s for mention in own for s in mention.stages))
    bound = tuple(scene.span(at) for mention in own for at in mention.bound)
    if not grades:
        fitting = [k for k in grade if not stages or {m.stage_of_grade(g) for g in k.values} <= set(stages)]
        grades = tuple(g for mark in fitting for g in mark.values)
        grade_spans = tuple(span for mark in fitting for span in mark.spans)
    else:
        grade_spans = bound
    if not stages and grades:
        stages = tuple(dict.fromkeys(m.stage_of_grade(g) for g in grades))
        evidence["stage"] = grade_spans
    elif stages:
        evidence["stage"] = bound + grade_spans
    else:
        best = [mark for mark in stage if mark.weight == max(x.weight for x in stage)]
        stages = tuple(dict.fromkeys(value for mark in best for value in mark.values))
        evidence["stage"] = tuple(span for mark in best for span in mark.spans)
    only = grades[0] if len(set(grades)) == 1 else None
    if only is not None:
        evidence["grade"] = grade_spans
    return stages, only


def _complete(
    scene: Scene,
    draft: Draft,
    names: tuple[str, ...],
    stages: tuple[str, ...],
    signs: Signs,
    evidence: dict[str, tuple[Span, ...]],
) -> None:
    """Adds what says the same once more, so that blanking the evidence really takes the field away."""
    if draft.mentions and names:
        own = [scene.span(x.begin, x.end) for x in draft.mentions]
        again = [
            scene.span(x.begin, x.end) for x in signs.mentions if x.stance != NO and set(x.names) & set(draft.names)
        ]
        evidence["subjects"] = (*own, *again, *_implying(signs, names))
    if stages:
        said = [span for span, named in signs.stages if named & set(stages)]
        implied = evidence["subjects"] if any(terms().stage_of(name) in stages for name in names) else ()
        evidence["stage"] = (*evidence.get("stage", ()), *said, *implied)
    if draft.mentions and names == _of_kindergarten():
        evidence["subjects"] = (*evidence["subjects"], *evidence.get("stage", ()))  # a kindergarten has no other


def _settled_names(scene: Scene, draft: Draft, stages: tuple[str, ...]) -> tuple[str, ...]:
    """政治 by stage; 计算机 of a vocational school is its major."""
    known = terms()
    low, high = known.politics["default"], known.politics["high"]
    line = known.stage_line
    names = []
    for name in draft.names:
        if name in (low, high) and any(_is_politics(scene, mention) for mention in draft.mentions):
            name = low if stages and not set(stages) & {line[3], line[4]} else high
        if line[4] in stages and len(stages) == 1:
            name = _major_for(scene, draft, name)
        names.append(name)
    return tuple(dict.fromkeys(names))


def _is_politics(scene: Scene, mention: Mention) -> bool:
    words = [scene.tokens[at].text for at in range(mention.begin, mention.end)]
    return any(word in terms().politics_words or len(mention.names) > 1 for word in words)


def _major_for(scene: Scene, draft: Draft, name: str) -> str:
    words = [scene.tokens[at].text for mention in draft.mentions for at in range(mention.begin, mention.end)]
    return next((terms().vocational[word] for word in words if word in terms().vocational), name)


def _implied(
    scene: Scene, draft: Draft, names: tuple[str, ...], evidence: dict[str, tuple[Span, ...]]
) -> tuple[str, ...]:
    """The stage a subject alone implies: 科学 → 小学, 学前教育 → 学前, a major → 中职."""
    implied = [terms().stage_of(name) or _stage_of_post(scene, draft) for name in names]
    stages = tuple(dict.fromkeys(stage for stage in implied if stage))
    if len(stages) == 1 and all(implied):
        evidence["stage"] = tuple(scene.span(x.begin, x.end) for x in draft.mentions)
        return stages
    return ()


def _stage_of_post(scene: Scene, draft: Draft) -> str | None:
    """园长 is of a kindergarten."""
    words = [scene.tokens[mention.begin].text for mention in draft.mentions if mention.role is not None]
    endings = tuple(load_table("roles")["kindergarten"])
    return terms().stage_line[0] if words and all(word.endswith(endings) for word in words) else None


def _modes(
    scene: Scene, draft: Draft, marks: list[m.Mark], signs: Signs, near: Any
) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    modes, _ = m.choose_modes(scene, marks)
    spans = tuple(span for mark in signs.mode if set(mark.values) & set(modes) for span in mark.spans)
    by_default = signs.person + signs.counts
    if modes and all(mode_traits(mode).remote for mode in modes) and signs.person and _offered_besides(scene, marks):
        return (_posting(), *modes), spans + by_default
    if modes:
        return modes, spans + (by_default if modes[0] in (_posting(), _visit()) else ())
    if not signs.person and draft.count is None:
        return (), ()
    lengths = near(signs.length)
    if lengths and lengths[0].values[0].months <= SHORT_VISIT:
        return (_visit(),), by_default + lengths[0].spans
    return (_posting(),), by_default


def _asked_elsewhere(scene: Scene, mark: m.Mark, draft: Draft, rows: list[int]) -> bool:
    """Another item's form, and no posting: 另申请线上讲座1次 says nothing about the order before it."""
    return _of_another(scene, mark, draft, rows) and not all(mode_traits(mode).stays for mode in mark.values)


def _timed_elsewhere(scene: Scene, mark: m.Mark, draft: Draft, rows: list[int]) -> bool:
    """A day or length another item gives for itself, unless it says that it is meant for all (均, 都)."""
    if mark.row != draft.row and mark.row in rows and _opening(scene, mark.begin) is not None:
        return True  # 科学教师1名(支教一学期);另申请…
    if not _of_another(scene, mark, draft, rows):
        return False
    clause = scene.clause_of(mark.begin)
    before = scene.clause_of(clause.start - 1).start if clause.start else 0  # 时间均为3月1日起 一学期
    for_all = load_table("items")["besides"]["all"]
    return not any(scene.has(at, "each") or scene.tokens[at].text in for_all for at in range(before, clause.stop))


def _of_another(scene: Scene, mark: m.Mark, draft: Draft, rows: list[int]) -> bool:
    """In an item that is another order."""
    return mark.row != draft.row and mark.row in scene.items and mark.row in rows


def _posting() -> str:
    return next(iter(terms().ids["mode"]))


def _visit() -> str:
    """Nobody is posted for a few days: that is a visit."""
    return next(name for name, key in terms().ids["mode"].items() if key == "visit")


def _offered_besides(scene: Scene, marks: list[m.Mark]) -> bool:
    """线上也行, 线上线下都可以: a second best beside coming in person."""
    if len(marks) > 1:
        return False  # 视频连线就行 同步课堂也行: one remote form beside another
    last = marks[-1].end
    besides = range(last, min(last + 3, len(scene.tokens)))
    return any(scene.has(at, "anyway") for at in besides)


def _topics(
    scene: Scene,
    draft: Draft,
    signs: Signs,
    names: tuple[str, ...],
    rows: list[int],
    lines: list[int],
    which: int,
) -> list[TopicMark]:
    """Topics of the order's own row, or of a row without orders; a topic of a subject that is asked for stays with it."""
    said = [topic for topic, owner in zip(signs.topic, signs.owner, strict=True) if owner in (None, which)]
    own = [t for t in said if t.row == draft.row or (t.row not in rows and t.line not in lines)]
    if (not draft.mentions and draft.own_row is None) or (len(set(rows)) == 1 and not own):
        own = said
    roles = [
        TopicMark(x.role, x.row, x.begin, (scene.span(x.begin, x.end),), ()) for x in draft.mentions if x.role and names
    ]
    fitting = [t for t in own if not signs.asked & set(t.subjects) or not names or set(t.subjects) & set(names)]
    if not fitting and len(set(rows)) == len(rows) == 1:
        fitting = own
    stated = [t for t in fitting if t.aside == min(other.aside for other in fitting)]
    if stated and all(role.name in _common_roles() for role in roles):
        roles = []  # 班主任培训: the topic says it better than the post
    named = roles + [t for t in stated if not any(t.name in role.name for role in roles)]
    return named or [mark for mark in signs.last if mark.row == draft.row]


def _common_roles() -> frozenset[str]:
    return frozenset(load_table("roles")["common"])


def _of_kindergarten() -> tuple[str, ...]:
    """A teacher for a kindergarten is one of its only subject."""
    return tuple(name for name, key in terms().ids["subject"].items() if key == "preschool")


def _implying(signs: Signs, names: tuple[str, ...]) -> tuple[Span, ...]:
    """The words of every topic that alone would name one of these subjects."""
    found = zip(signs.topic, signs.named, strict=True)
    return tuple(span for topic, named in found if set(named) & set(names) for span in topic.spans)


def _named_by_topic(topics: Sequence[TopicMark]) -> tuple[str, ...]:
    """The subject of an order that names none but has a topic of one field: 班主任培训 → 管理."""
    for topic in topics:
        for concept in asked_concepts((topic.name,), ()):
            if concept in thesaurus().implied:
                return (thesaurus().implied[concept],)
            subjects = thesaurus().concepts[concept].subjects
            if len(subjects) == 1 and term_id("subject", subjects[0]) != "management":
                return subjects  # 管理 is asked for by the post (校长, 班主任), not by every topic of it
    return ()


def read_single(scene: Scene) -> NeedFields:
    """Everything the text says as one order: for replies, corrections and self-introductions."""
    orders = read_orders(scene)
    subjects = tuple(dict.fromkeys(name for order in orders for name in order.subjects))
    evidence = {
        key: tuple(dict.fromkeys(span for order in orders for span in order.evidence.get(key, ())))
        for key in dict.fromkeys(key for order in orders for key in order.evidence)
    }
    said = next((order for order in orders if order.headcount is not None), orders[0])
    if not m.mode_marks(
        scene
    ):  # a form that only follows from asking for somebody must not overwrite one that was said
        evidence.pop("mode", None)
        orders[0] = replace(orders[0], modes=())
    return replace(orders[0], subjects=subjects, headcount=said.headcount, evidence=evidence)
