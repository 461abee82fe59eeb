"""修改: which order, which field, and its likely values as buttons; words are always heard too."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views.school import choices_of
from handlers.views.wording import (
    Row,
    Values,
    button,
    circled,
    day,
    forms,
    join,
    months,
    order,
    paged,
    rows,
    tap,
    what,
    when,
    where,
)
from locales import Words
from services.terms import KINDS

A_PAGE = 2  # fields, beside 更多 and 返回; the last page has room for one more
NOW = 12  # characters of a field's present value on its button
LIKELY_HEADCOUNTS = (1, 2, 3, 4)
LIKELY = 3
LONG = 60  # characters of a value that was changed


def draft_pick(values: Values, w: Words) -> Message:
    """修改 with several orders: which one."""
    batch, first = values["batch"], values["batch"][0]["id"]
    choices = [
        (f"{circled(index)} {what(w, need)} · {where(w, need)}", tap("edit", need["id"], "this"))
        for index, need in enumerate(batch)
    ]
    back = button(w, "back", "edit", first, "back")
    return Message(w.say("draft-pick"), paged(w, choices, values["page"], turn=("edit", first, ""), back=back))


def draft_edit(values: Values, w: Words) -> Message:
    """修改: say it, or tap the field; each button shows what the field holds now."""
    need = values["need"]
    fields = fields_of(w, need, "field", need["id"])
    if values["several"]:
        fields.insert(A_PAGE, button(w, "remove", "field", need["id"], "remove"))
    return Message(w.say("draft-edit", order=order(w, need)), _pages(w, need["id"], fields, values["page"]))


def held(w: Words, need: Values) -> dict[str, str]:
    """What each field of an order holds, in words."""
    return {
        "what": what(w, need),
        "form": forms(w, need, named=True),
        "when": when(w, need),
        "stage": where(w, need, named=True),
        "headcount": w.say("people-said", n=need["headcount"]),
        "topics": join(w, need["topics"]) if need["topics"] else w.say("unsaid"),
    }


def fields_of(w: Words, need: Values, verb: str, ident: object) -> list[Button]:
    """A button for each field, with what it holds."""
    now = held(w, need)
    made = [
        button(w, f"field-{name}", verb, ident, name, now=clip(now[name], NOW))
        for name in ("what", "form", "when", "stage", "headcount", "topics")
    ]
    turned = "urgent-no" if need["urgent"] else "urgent-yes"
    return [*made, button(w, f"field-{turned}", verb, ident, turned.replace("-", "."))]


def _pages(w: Words, ident: object, fields: Sequence[Button], page: int) -> tuple[Row, ...]:
    """Two at a time and 更多; the last page takes three."""
    pages = max(1, (len(fields) - 1 + A_PAGE - 1) // A_PAGE)
    page %= pages
    back = button(w, "back", "edit", ident, "back")
    if page == pages - 1:
        return rows(*fields[page * A_PAGE :], back)
    shown = fields[page * A_PAGE : (page + 1) * A_PAGE]
    return rows(*shown, button(w, "more", "edit", ident, f"this-page{page + 1}"), back)


def draft_field(values: Values, w: Words) -> Message:
    """One field: its likely values as buttons where there are some, words always."""
    field = values["field"]
    verb, about = _by(values)
    back = button(w, "back", verb, about) if verb == "amend" else button(w, "back", "edit", about, "this")
    text = w.say(f"field-{field}-ask")
    if values.get("unclear"):
        text = w.say("draft-unclear") + "\n" + text
    if field in KINDS:
        return Message(text, choices_of(w, field, about, values["page"], verb, f"{field}.", back))
    return Message(text, rows(*_likely(w, values), back))


def _by(values: Values) -> tuple[str, Any]:
    """Who corrects: the school its draft, or a coordinator (services/amending.py) an order that was filed."""
    return values.get("verb", "field"), values.get("about", values["need"]["id"])


def _likely(w: Words, values: Values) -> list[Button]:
    """Numbers of people, beginnings with a length, topics to leave out."""
    need, given = values["need"], values.get("choices", [])
    verb, about = _by(values)
    match values["field"]:
        case "headcount":
            numbers = [n for n in LIKELY_HEADCOUNTS if n != need["headcount"] or not need["headcount_said"]]
            return [Button(w.say("people-said", n=n), tap(verb, about, f"headcount.{n}")) for n in numbers[:LIKELY]]
        case "when":
            return [_when(w, verb, about, start, length) for start, length in given[:LIKELY]]
        case "topics":
            return [
                button(w, "drop-topic", verb, about, f"topics.drop-{mark}", n=circled(at), topic=clip(topic, NOW))
                for at, (mark, topic) in enumerate(given[:LIKELY])
            ]
        case _:
            return []


def _when(w: Words, verb: str, about: object, start: str, length: float) -> Button:
    label = w.say("when-both", start=day(w, start), length=months(w, length))
    return Button(label, tap(verb, about, f"when.{start.replace('-', '')}-{round(length * 100)}"))


def amend(values: Values, w: Words) -> Message:
    """改订单 by a coordinator: which field; all of them at once, two in a row."""
    need, about = values["need"], values["about"]
    fields = fields_of(w, need, "amend", about)
    pairs = tuple(tuple(fields[at : at + 2]) for at in range(0, len(fields), 2))
    text = w.say("amend-ask", id=need["id"], order=order(w, need))
    return Message(text, (*pairs, *rows(button(w, "back", "show", about))))


def need_amended(values: Values, w: Words) -> Message:
    """A coordinator changed a school's order: old and new, and by whom."""
    field, by = values["field"], values["by"] or w.say("colleague")
    old, new = (clip(_one(w, values[version], field), LONG) for version in ("before", "after"))
    line = w.say("amended-line", field=w.say(f"amended-{field}"), before=old, after=new)
    text = w.say("need-amended", id=values["after"]["id"], name=by, line=line)
    return Message(text, rows(button(w, "mine", "mine")))


def _one(w: Words, need: Values, field: str) -> str:
    if field == "urgent":
        return w.say("urgent-yes" if need["urgent"] else "urgent-no")
    return held(w, need)[field]


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "draft-pick": draft_pick,
    "draft-edit": draft_edit,
    "draft-field": draft_field,
    "amend": amend,
    "need-amended": need_amended,
}
