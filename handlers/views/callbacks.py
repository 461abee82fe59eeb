"""找人帮忙: what the asker sees, and the coordinators' card. The way there, on every screen, is in lifeline.py."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Message
from handlers.views.wording import Values, button, join, rows
from locales import Words


def callback_ask(values: Values, w: Words) -> Message:
    """A sentence, or none; 返回 leads to the question that stands aside, if there is one."""
    back = button(w, "back", "callnot") if values.get("aside") else button(w, "back", "home")
    return Message(w.say("callback-ask"), rows(button(w, "callback-yes", "callyes"), back))


def callback_not(values: Values, w: Words) -> Message:
    """返回: the question from before is open again."""
    return Message(w.say("callback-not"))


def callback_asked(values: Values, w: Words) -> Message:
    """Asked for; who will call, and that a question from before can still be answered."""
    names = join(w, values["deciders"][:3])
    if values["taker"]:
        text = w.say("callback-taken", name=values["taker"])
    else:
        text = w.say("callback-asked", names=names) if names else w.say("callback-asked-nobody")
    if values.get("aside"):
        return Message("\n\n".join([text, w.say("callback-go-on")]))
    return Message(text, rows(button(w, "home", "home")))


def callback_taken(values: Values, w: Words) -> Message:
    """Somebody takes care."""
    return Message(w.say("callback-taken", name=values["taker"] or w.say("colleague")))


def callback_done(values: Values, w: Words) -> Message:
    """Done; it can be asked again."""
    return Message(
        w.say("callback-done", name=values["taker"] or w.say("colleague")), rows(button(w, "callback", "callme"))
    )


def callback(values: Values, w: Words) -> Message:
    """The coordinators' card."""
    name, of = values["name"] or w.say("somebody"), values["of"]
    lines = [w.say("callback-card-of", name=name, of=of) if of else w.say("callback-card", name=name)]
    if values["idle"]:
        lines.insert(0, w.say("callback-idle"))
    if values["words"]:
        lines.append(w.say("callback-words", words=values["words"]))
    ident = values["id"]
    if values["status"] == "done":
        lines.append(w.say("callback-card-done"))
        return Message("\n".join(lines))
    buttons = [button(w, "callback-solved", "solved", ident)]
    if values["status"] == "taken":
        lines.append(w.say("callback-card-taken", name=values["taker"] or w.say("colleague")))
    else:
        buttons.insert(0, button(w, "callback-take", "takecall", ident))
    return Message("\n".join(lines), (tuple(buttons),))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "callback-ask": callback_ask,
    "callback-not": callback_not,
    "callback-asked": callback_asked,
    "callback-taken": callback_taken,
    "callback-done": callback_done,
    "callback": callback,
}
