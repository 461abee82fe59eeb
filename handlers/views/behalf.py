"""代填: for which school or colleague; and what was filed before, at 提交."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views import overview
from handlers.views.wording import Values, button, day, order, paged, rows, tap
from locales import Words


def similar_ask(values: Values, w: Words) -> Message:
    """Somebody of the school filed nearly the same: file it all the same?"""
    need, about, filed = values["similar"], values["about"], day(w, values["filed"])
    name = values["name"] or w.say("colleague")
    head = w.say("similar-own", day=filed) if values["own"] else w.say("similar-colleague", name=name, day=filed)
    text = "\n".join([head, *overview.standing(w, need), "", w.say("similar-ask")])
    return Message(
        text,
        rows(
            button(w, "submit-anyway", "fileon", about),
            button(w, "submit-not", "drop", about),
            button(w, "back", "edit", about, "back"),
        ),
    )


def behalf_school(values: Values, w: Words) -> Message:
    """For which school; then up to three to pick from."""
    choices = values["choices"]
    if choices is None:
        return Message(w.say("behalf-school"), rows(button(w, "back", "home")))
    buttons = [Button(choice["name"], tap("behalfof", 0, f"s{choice['id']}")) for choice in choices]
    text = w.say("behalf-school-which") if choices else w.say("behalf-school-none")
    return Message(text, rows(*buttons, button(w, "back", "home")))


def behalf_colleague(values: Values, w: Words) -> Message:
    """For which colleague."""
    back = button(w, "back", "need")
    if not values["choices"]:
        return Message(w.say("behalf-nobody"), rows(back))
    choices = [(clip(each["name"], 20), tap("behalfof", 0, f"p{each['id']}")) for each in values["choices"]]
    return Message(w.say("behalf-colleague"), paged(w, choices, values["page"], turn=("behalfof", 0, ""), back=back))


def behalf_ask(values: Values, w: Words) -> Message:
    """One sentence is enough."""
    return Message(w.say("behalf-ask", name=values["name"]), rows(button(w, "back", "behalf")))


def behalf_sent(values: Values, w: Words) -> Message:
    """The owner has the card."""
    lines = [clip(order(w, need), 110) for need in values["batch"]]
    head = w.say("behalf-sent", name=values["owner"] or w.say("colleague"))
    return Message("\n".join([head, *lines]), rows(button(w, "home", "home")))


def behalf_dropped(values: Values, w: Words) -> Message:
    """The owner did not want it."""
    line = clip(order(w, values["need"]), 110)
    return Message(w.say("behalf-dropped", name=values["name"] or w.say("colleague"), order=line))


def behalf_waiting(values: Values, w: Words) -> Message:
    """The owner has not answered yet."""
    line = clip(order(w, values["need"]), 110)
    return Message(w.say("behalf-waiting", name=values["name"] or w.say("colleague"), order=line))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "similar-ask": similar_ask,
    "behalf-school": behalf_school,
    "behalf-colleague": behalf_colleague,
    "behalf-ask": behalf_ask,
    "behalf-sent": behalf_sent,
    "behalf-dropped": behalf_dropped,
    "behalf-waiting": behalf_waiting,
}
