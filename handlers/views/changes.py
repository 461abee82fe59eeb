"""A filed order: its card, 撤回, 够了 and 修改, and what those concerned read about it."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Message, clip
from handlers.views import media, overview
from handlers.views.wording import Values, button, forms, join, order, paged, rows, tap, terms, what, when, where
from locales import Words

WITHDRAW_REASONS = ("unneeded", "found", "mistake", "unsaid")
ENOUGH_REASONS = ("enough", "waited", "unsaid")
ONE_LINE = 110  # characters of an order beside other words
OWN_BUTTONS = 3  # of an order's card, beside the way back
OLD_AND_NEW = 40  # characters of a field before and after a change


def orders(values: Values, w: Words) -> Message:
    """Which of the filed orders."""
    back = button(w, "home", "home")
    if not values["needs"]:
        return Message(w.say("orders-none"), rows(back))
    choices = [
        (w.say("orders-line", id=need["id"], what=clip(f"{what(w, need)} · {where(w, need)}", 14)), _order(need))
        for need in values["needs"]
    ]
    return Message(w.say("orders-head"), paged(w, choices, values["page"], turn=("orders", 0, ""), back=back))


def _order(need: Values) -> str:
    return tap("order", need["id"])


def order_card(values: Values, w: Words) -> Message:
    """An order, where it stands, and what its school can do about it."""
    need = values["need"]
    ident = need["id"]
    if need["status"] == "cancelled":
        lines = [
            w.say("withdrawn-head", id=ident, order=clip(order(w, need), ONE_LINE)),
            w.say("ended-reason", reason=reason(w, need["ended_why"])),
        ]
        return Message("\n".join(lines), rows(button(w, "home", "home")))
    lines = [*overview.standing(w, need), w.say("draft-when", when=when(w, need))]
    if need["topics"] and need["subjects"]:
        lines.append(w.say("draft-topics", topics=clip(join(w, need["topics"]), ONE_LINE)))
    buttons = []
    if values["can_change"]:
        buttons.append(button(w, "change", "change", ident))
    if values["can_end"] == "withdraw":
        buttons.append(button(w, "withdraw", "undo", ident))
    elif values["can_end"] == "enough":
        buttons.append(button(w, "enough", "enough", ident))
    if need.get("helped"):
        buttons.append(button(w, "helpers", "helpers", ident))
    if values.get("helping"):
        buttons.append(button(w, "mates", "mates", ident))
    lines.append(media.backed(w, need))
    if need["status"] in ("open", "returned", "filled") and len(buttons) < OWN_BUTTONS:
        buttons.append(button(w, "evidence", "proof", ident))
    return Message("\n".join(lines), rows(*buttons[:OWN_BUTTONS], button(w, "back", "mine")))


def reason(w: Words, code: str | None) -> str:
    """Why an order ended before its time."""
    return w.say(f"ended-{code}") if code else w.say("unsaid")


def withdraw_ask(values: Values, w: Words) -> Message:
    """撤回: one tapped reason."""
    need = values["need"]
    ident = need["id"]
    choices = [(w.say(f"ended-{code}"), tap("undo", ident, code)) for code in WITHDRAW_REASONS]
    text = w.say("withdraw-ask", id=ident, order=clip(order(w, need), ONE_LINE))
    back = button(w, "back", "order", ident, "back")
    return Message(text, paged(w, choices, values["page"], turn=("undo", ident, ""), back=back))


def withdraw_sure(values: Values, w: Words) -> Message:
    """What 撤回 will do, and one more tap."""
    need = values["need"]
    ident = need["id"]
    lines = [w.say("withdraw-sure", id=ident, order=clip(order(w, need), ONE_LINE))]
    if values["settled"]:
        lines.append(w.say("withdraw-settled", n=values["settled"]))
    if values["asked"]:
        lines.append(w.say("withdraw-asked", n=values["asked"]))
    yes = button(w, "withdraw-sure", "undoyes", ident, values["reason"])
    return Message("\n".join(lines), rows(yes, button(w, "back", "order", ident, "back")))


def enough_ask(values: Values, w: Words) -> Message:
    """够了: one tapped reason."""
    need = values["need"]
    ident = need["id"]
    reasons = [button(w, f"enough-{code}", "enoughwhy", ident, code) for code in ENOUGH_REASONS]
    text = w.say("enough-ask", id=ident, confirmed=need["confirmed"], n=need["headcount"])
    back = button(w, "back", "order", ident, "back") if values["is_school"] else button(w, "back", "queue")
    return Message(text, rows(*reasons, back))


def order_withdrawn(values: Values, w: Words) -> Message:
    """撤回, for those concerned."""
    return Message(w.say("order-withdrawn", **_about(w, values), reason=reason(w, values["reason"])))


def order_enough(values: Values, w: Words) -> Message:
    """够了, for those concerned; without a number, that it was over before."""
    about = _about(w, values)
    if values["wanted"] is None:
        return Message(w.say("enough-stale", **about))
    confirmed, why = values["need"]["confirmed"], reason(w, values["reason"])
    return Message(w.say("order-enough", **about, confirmed=confirmed, wanted=values["wanted"], reason=why))


def order_changed(values: Values, w: Words) -> Message:
    """修改, for those concerned."""
    return Message("\n".join([w.say("order-changed", **_about(w, values)), *changes(w, values["changed"])]))


def change_filed(values: Values, w: Words) -> Message:
    """修改 was filed."""
    if not values["changed"]:
        return Message(w.say("change-nothing", id=values["need"]["id"]), rows(button(w, "mine", "mine")))
    following = w.say("change-next-asked" if values["again"] else "change-next")
    lines = [w.say("change-filed", id=values["need"]["id"]), *changes(w, values["changed"]), "", following]
    return Message("\n".join(lines), rows(button(w, "mine", "mine")))


def offer_called_off(values: Values, w: Words) -> Message:
    """To a teacher: the school needs nobody any more, or somebody else."""
    need = values["need"]
    return Message(w.say(f"called-off-{values['why']}", school=need["school"], order=clip(order(w, need), ONE_LINE)))


def offer_superseded(values: Values, w: Words) -> Message:
    """In place of an invitation whose terms hold no more; the new one follows."""
    return Message(w.say("offer-superseded", school=values["need"]["school"]))


def changes(w: Words, made: list[Values]) -> list[str]:
    """A line for each field the school changed: old → new."""
    return [w.say(f"change-{each['field']}", old=_held(w, each, "old"), new=_held(w, each, "new")) for each in made]


def _held(w: Words, change: Values, side: str) -> str:
    values = change[side]
    match change["field"]:
        case "what":
            text = terms(w, "subject", values["subjects"]) or w.say("unsaid")
        case "form":
            text = forms(w, values, named=True)
        case "when":
            text = when(w, values)
        case "stage":
            text = where(w, values, named=True)
        case "headcount":
            text = w.say("people-said", n=values["headcount"])
        case "topics":
            text = join(w, values["topics"]) or w.say("unsaid")
        case _:
            text = w.say("change-is-urgent" if values["urgent"] else "change-not-urgent")
    return clip(text, OLD_AND_NEW)


def _about(w: Words, values: Values) -> dict[str, Any]:
    need = values["need"]
    return {"id": need["id"], "school": need["school"], "order": clip(order(w, need), ONE_LINE)}


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "orders": orders,
    "order-card": order_card,
    "withdraw-ask": withdraw_ask,
    "withdraw-sure": withdraw_sure,
    "enough-ask": enough_ask,
    "order-withdrawn": order_withdrawn,
    "order-enough": order_enough,
    "order-changed": order_changed,
    "change-filed": change_filed,
    "offer-called-off": offer_called_off,
    "offer-superseded": offer_superseded,
}
