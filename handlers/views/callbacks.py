"""找人帮忙: what the asker sees, the coordinators' card, and the button that stands on many screens."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from delivery.message import Message
from handlers.views.wording import Values, button, join, rows
from locales import Words

MOST_BUTTONS = 4
# Screens of schools and teachers that get the button as long as there is room; all others lead home by 返回.
OFFERED: tuple[str, ...] = (
    "home",
    "help",
    "draft-card",
    "need-ask",
    "returned",
    "confirm",
    "draft-filed",
    "change-filed",
    "order-card",
)
OFFERED += (
    "teach-ask",
    "teacher-card",
    "teacher-entry",
    "offer",
    "offer-dates",
    "placement-school",
    "placement-teacher",
)


def offered(view: str, message: Message, w: Words) -> Message:
    """The message with 找人帮忙 below its other buttons, where that is a fourth at most."""
    asks = message.buttons or view == "returned"  # which is answered in words
    if view not in OFFERED or not asks or sum(map(len, message.buttons)) >= MOST_BUTTONS:
        return message
    return replace(message, buttons=(*message.buttons, (button(w, "callback", "callme"),)))


def callback_ask(values: Values, w: Words) -> Message:
    """A sentence, or none."""
    return Message(w.say("callback-ask"), rows(button(w, "callback-yes", "callyes"), button(w, "back", "home")))


def callback_asked(values: Values, w: Words) -> Message:
    """Asked for; who will call."""
    if values["taker"]:
        return Message(w.say("callback-taken", name=values["taker"]), rows(button(w, "home", "home")))
    names = join(w, values["deciders"][:3])
    text = w.say("callback-asked", names=names) if names else w.say("callback-asked-nobody")
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
    "callback-asked": callback_asked,
    "callback-taken": callback_taken,
    "callback-done": callback_done,
    "callback": callback,
}
