"""How values read: terms, dates, an order in one line, choices in pages of at most four buttons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import matching
from delivery.message import Button
from locales import Words

Values = Mapping[str, Any]
Row = tuple[Button, ...]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MONTHS_PER_YEAR = 12
ASK_EVIDENCE = "ready:evidence"  # services.decisions.ASK_EVIDENCE


def term(w: Words, kind: str, name: str) -> str:
    """A subject, stage or form in the reader's language; a word that is not in the vocabulary stays as it is."""
    ident = matching.term_names(kind).get(name)  # type: ignore[arg-type]
    return w.say(f"{kind}-{ident}") if ident and w.has(f"{kind}-{ident}") else name


def terms(w: Words, kind: str, names: Sequence[str]) -> str:
    """Several terms in a row."""
    return w.say("list-mark").join(term(w, kind, name) for name in names)


def join(w: Words, parts: Sequence[str]) -> str:
    """Free words in a row."""
    return w.say("list-mark").join(parts)


def day(w: Words, iso: str | None) -> str:
    """A date."""
    if not iso:
        return w.say("unsaid")
    value = date.fromisoformat(iso[:10])
    return w.say("date-day", year=value.year, month=value.month, day=value.day)


def moment(w: Words, iso: str) -> str:
    """A date with the time of day."""
    value = datetime.fromisoformat(iso)
    clock = f"{value.hour:02d}:{value.minute:02d}"
    return w.say("date-moment", month=value.month, day=value.day, clock=clock)


def span(w: Words, start: str | None, end: str | None) -> str:
    """From a date to a date."""
    if start and end and start != end:
        return w.say("date-span", start=day(w, start), end=day(w, end))
    return day(w, start)


def days(first: str, last: str) -> str:
    """Two dates as a button carries them (services.spans.tapped)."""
    return "-".join(each.replace("-", "") for each in (first, last))


def months(w: Words, value: float) -> str:
    """A length of time: days below a month, years where they are whole."""
    days = round(value * 30)
    if value < 0.95:
        return w.say("length-days", days=max(1, days))
    if value >= MONTHS_PER_YEAR and value % MONTHS_PER_YEAR == 0:
        return w.say("length-years", years=int(value // MONTHS_PER_YEAR))
    return w.say("length-months", months=int(value) if value == int(value) else round(value, 1))


def what(w: Words, need: Values) -> str:
    """Subject, or topic where there is no subject."""
    if need["subjects"]:
        return terms(w, "subject", need["subjects"])
    return join(w, need["topics"]) if need["topics"] else w.say("unsaid")


def where(w: Words, need: Values, named: bool = False) -> str:
    """Stage and grade; `named` where the line says already that it is the stage."""
    if need["grade"]:
        return w.say("grade", grade=w.say(f"grade-{need['grade']}"))
    return terms(w, "stage", need["stages"]) if need["stages"] else w.say("unsaid" if named else "stage-unsaid")


def forms(w: Words, need: Values, named: bool = False) -> str:
    """The accepted forms of help; `named` where the line says already that it is the form."""
    if not need["modes"]:
        return w.say("unsaid" if named else "form-unsaid")
    return w.say("or-mark").join(term(w, "mode", mode) for mode in need["modes"])


def people(w: Words, need: Values) -> str:
    """How many, and whether that was said."""
    key = "people-said" if need["headcount_said"] else "people-assumed"
    return w.say(key, n=need["headcount"])


def place(w: Words, need: Values) -> str:
    """The school, with its county unless the name says it already."""
    if need["county"] in need["school"]:
        return str(need["school"])
    return w.say("school-in-county", school=need["school"], county=need["county"])


def order(w: Words, need: Values) -> str:
    """An order in one line."""
    parts = [what(w, need), where(w, need), forms(w, need), w.say("people-said", n=need["headcount"])]
    return " · ".join(parts)


TERM_VALUES = {"subject": "subject", "asked": "subject", "stage": "stage", "form": "mode"}


def part_words(w: Words, name: str, level: str, values: Values) -> str:
    """A part of a score in words: terms and dates in the reader's language."""
    read = dict(values)
    for key in read.keys() & TERM_VALUES.keys():
        kind = "stage" if key == "asked" and name == "stage" else TERM_VALUES[key]
        read[key] = term(w, kind, read[key])
    if "date" in read:
        read["date"] = day(w, read["date"])
    return w.say(f"part-{name}-{level}", **read)


def when(w: Words, need: Values) -> str:
    """Beginning and length as far as said."""
    start = day(w, need["start"]) if need["start"] else None
    if start is None and need["window"]:
        start = span(w, *need["window"])
    length = months(w, need["months"]) if need["months"] else None
    if start and length:
        return w.say("when-both", start=start, length=length)
    if start:
        return w.say("when-start", start=start)
    return w.say("when-length", length=length) if length else w.say("unsaid")


def about(w: Words, placement: Values) -> dict[str, str]:
    """Who helps where, from when to when."""
    return {
        "name": placement["teacher"]["name"] or w.say("somebody"),
        "school": placement["need"]["school"],
        "dates": span(w, placement["start"], placement["end"]),
    }


def colleague_of(w: Words, placement: Values) -> str:
    """What a colleague of a placement is one of, and what will be asked."""
    return w.say("colleague-of", **about(w, placement))


def quote(need: Values, limit: int = 120) -> str:
    """What the school said, shortened."""
    text = " ".join(need["text"].split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def question(w: Words, text: str) -> str:
    """A coordinator's question: their own words, or a ready one in the reader's language."""
    return w.say("question-evidence") if text == ASK_EVIDENCE else text


def circled(number: int) -> str:
    """①, ②, … and plain numbers beyond ⑳."""
    return CIRCLED[number] if number < len(CIRCLED) else f"({number + 1})"


def tap(verb: str, ident: object = 0, choice: object = None) -> str:
    """Callback data; at most 64 bytes, since verbs, ids and choices are short and ASCII."""
    return f"v1:{verb}:{ident}" if choice is None else f"v1:{verb}:{ident}:{choice}"


def button(w: Words, key: str, verb: str, ident: object = 0, choice: object = None, **values: object) -> Button:
    """A button worded by `button-<key>`."""
    return Button(w.say(f"button-{key}", **values), tap(verb, ident, choice))


def rows(*buttons: Button) -> tuple[Row, ...]:
    """One button a row: large targets for a thumb."""
    return tuple((each,) for each in buttons)


def paged(
    w: Words, choices: Sequence[tuple[str, str]], page: int, *, turn: tuple[str, object, str], back: Button | None
) -> tuple[Row, ...]:
    """Choices (label, tap) at most four buttons at a time: 更多 turns the page, 返回 (if given) stands on each.

    `turn` is (verb, id, prefix): the page number is put behind the prefix.
    """
    room = 4 if back is None else 3
    if len(choices) <= room:
        shown, more = choices, False
    else:
        size = room - 1
        pages = -(-len(choices) // size)
        page %= pages
        shown, more = choices[page * size : (page + 1) * size], True
    made = [Button(label, data) for label, data in shown]
    if more:
        verb, ident, prefix = turn
        made.append(button(w, "more", verb, ident, f"{prefix}page{page + 1}"))
    if back is not None:
        made.append(back)
    return rows(*made)
