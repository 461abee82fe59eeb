"""What a teacher offers: forms of help and the window of time.

A form counts where it is offered, not where it is told of (在甘孜支教过一年) or refused (支教去不了); 只能线上 leaves
only that. Times count only in clauses about the offer; a weekly rhythm is no window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from matching.profiles.clauses import Clause, clause_at, holds, pattern, people
from matching.reading.moments import load_calendar
from matching.reading.scene import Scene
from matching.reading.when import TimeMark
from matching.terms import mode_names, mode_traits, terms
from matching.words import numerals

MONTH_DAYS = 30.4


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of help named at [start, end) of a clause."""

    mode: str
    start: int
    end: int


# --- forms of help ----------------------------------------------------------------------------------------


@cache
def _forms() -> dict[str, str]:
    """Any way to say a form -> the form."""
    said = {word: mode for mode, words in people()["forms"].items() for word in words}
    return {**terms().words["mode"], **said}


@cache
def _form_words() -> re.Pattern[str]:
    rules = people()["offers"]
    never = "|".join(re.escape(word) for word in rules["never"])
    return re.compile(f"({never})|({'|'.join(sorted(_forms(), key=len, reverse=True))})")


def modes_of(clauses: Sequence[Clause], scene: Scene) -> tuple[str, ...]:
    """The forms on offer, in the order in which they are said."""
    rules = people()["offers"]
    lengths = _lengths(clauses, scene)
    offered: list[str] = []
    only: list[str] = []
    refused: set[str] = set()
    for clause in clauses:
        if clause.label not in (None, "mode", "window", "topic"):
            continue
        found = list(_named(clause.words))
        refused |= {form.mode for form in found if _is_refused(clause.words, form)}
        meant = [form for form in found if _is_meant(clause, form, found)]
        modes = [form.mode for form in meant] or _by_length(clause, lengths.get(clause.start))
        offered += modes
        if holds(clause.words, rules["only"]) and meant:
            only += modes
    if any(holds(c.words, rules["stays_home"]) and not holds(c.words, rules["not_home"]) for c in clauses):
        refused |= {mode for mode in mode_names() if mode_traits(mode).stays and mode not in rules["from_home"]}
    return tuple(dict.fromkeys(mode for mode in only or offered if mode not in refused))


def _named(words: str) -> Iterator[_Form]:
    for match in _form_words().finditer(words):
        if match[2]:
            yield _Form(_forms()[match[2]], match.start(), match.end())


def _is_refused(words: str, form: _Form) -> bool:
    rules = people()["offers"]
    return bool(
        pattern(rules["denied_before"]).search(words[: form.start])
        or pattern(rules["denied_after"]).match(words[form.end :])
    )


def _is_meant(clause: Clause, form: _Form, forms: Sequence[_Form]) -> bool:
    """Whether this form is offered here and now."""
    if clause.label == "mode":
        return True
    rules, words = people()["offers"], clause.words
    before, after, word = words[: form.start], words[form.end :], words[form.start : form.end]
    if _is_refused(words, form):
        return False
    told = pattern(rules["told_after"]).match(after) or pattern(rules["told_before"]).search(before)
    if told and not holds(before, rules["still"]):
        return False
    if word in rules["weak"] and not (holds(words, rules["cue"]) or word == words):
        return False
    online = any(mode_traits(other.mode).remote and other.end <= form.start for other in forms)
    return not (online and word in rules["remote_kinds"] and form.start - _end_of_remote(forms, form) <= CLOSE)


CLOSE = 6  # characters between 线上 and what is done that way


def _end_of_remote(forms: Sequence[_Form], form: _Form) -> int:
    return max(other.end for other in forms if mode_traits(other.mode).remote and other.end <= form.start)


def _lengths(clauses: Sequence[Clause], scene: Scene) -> dict[int, float]:
    """Start of a clause -> the longest length of time in it, in months."""
    found: dict[int, float] = {}
    for mark in scene.times:
        clause = clause_at(clauses, scene.tokens[mark.begin].start)
        if clause and mark.kind == "length" and mark.months:
            found[clause.start] = max(mark.months, found.get(clause.start, 0.0))
    return found


def _by_length(clause: Clause, months: float | None) -> list[str]:
    """去半年 is a stay, 去一两周 a visit, though neither names a form."""
    rules, words = people()["offers"], clause.words
    if clause.label is not None or holds(words, people()["window"]["never"]) or holds(words, rules["told"]):
        return []
    if pattern(rules["visit"] + r"[\u4e00-\u9fff]{0,4}?" + rules["visit_length"]).search(words):
        return [rules["visit_mode"]]
    if not months or not pattern(rules["stay"]).search(words) or months > people()["window"]["longest_stay"]:
        return []
    return [rules["stay_mode"] if months > rules["visit_months"] else rules["visit_mode"]]


# --- window -----------------------------------------------------------------------------------------------


def window_of(clauses: Sequence[Clause], scene: Scene, today: date) -> tuple[date | None, date | None]:
    """First and last day on offer; nothing for a rhythm (每周三, 寒暑假) and for times of the past."""
    rules = people()["window"]
    about = [clause for clause in clauses if _is_about_the_offer(clause)]
    if any(holds(clause.words, rules["both"]) for clause in about):
        return None, None
    for clause in about:
        span = _months_listed(clause.words, today) or _season(clause.words, today)
        if span:
            return span
    marks = [mark for mark in scene.times if clause_at(about, scene.tokens[mark.begin].start)]
    opens, closes = _from_marks(scene, marks)
    if opens is None and any(_is_always(clause.words) for clause in about):
        opens = today
    opens = None if opens and closes and closes < opens else opens
    return opens, closes if closes is None or closes >= today else None


def _is_about_the_offer(clause: Clause) -> bool:
    return clause.label in (None, "window") and not holds(clause.words, people()["window"]["never"])


def _is_always(words: str) -> bool:
    rules = people()["window"]
    return holds(words, rules["always"]) and not holds(words, rules["not_always"])


def _from_marks(scene: Scene, marks: Sequence[TimeMark]) -> tuple[date | None, date | None]:
    rules = people()["window"]
    opens = closes = None
    for mark in marks:
        after = scene.tokens[mark.end].text if mark.end < len(scene.tokens) else ""
        last = scene.tokens[mark.end - 1].text
        if mark.kind == "range":
            return mark.first, mark.last
        if mark.kind == "end" or (
            mark.kind in ("point", "term") and (after in rules["until"] or last in rules["until"])
        ):
            closes = closes or mark.last
        elif mark.kind in ("point", "term"):
            opens = opens or mark.first
    lengths = {mark.months for mark in marks if mark.kind == "length" and (mark.months or 0) <= rules["longest_stay"]}
    length = lengths.pop() if len(lengths) == 1 else None
    if opens and closes is None and length:
        closes = opens + timedelta(days=round(length * MONTH_DAYS) - 1)
    return opens, closes


def _months_listed(words: str, today: date) -> tuple[date, date] | None:
    """5月6月, 四五月份, 4到6月."""
    match = pattern(people()["window"]["months"]).search(words)
    first, last = (numerals.value(match[1]), numerals.value(match[2])) if match else (None, None)
    if not first or not last or not first < last <= 12:
        return None
    year = today.year + (last < today.month)
    year = today.year + 1 if holds(words, people()["window"]["next"]) else year
    return date(year, first, 1), _end_of_month(year, last)


def _end_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _season(words: str, today: date) -> tuple[date | None, date | None] | None:
    """暑假, 明年上半年; 到暑假 only closes."""
    rules = people()["window"]
    found = [name for name in rules["seasons"] if name in words]
    if len(found) != 1:
        return None
    at = words.index(found[0])
    if words[at + len(found[0]) :].startswith(tuple(rules["not_after"])):
        return None
    (m1, d1), (m2, d2) = rules["seasons"][found[0]]
    year = today.year + ((m2, d2) < (today.month, today.day))
    if holds(words[:at], rules["next"]):
        year = today.year + 1
    if words[:at].endswith(tuple(rules["ends_at"])):
        begin = load_calendar()["spring_start"][0] if holds(words[:at], rules["terms"]) else None
        return date(year, *begin) if begin else None, date(year, m1, d1)
    return date(year, m1, d1), date(year, m2, d2)
