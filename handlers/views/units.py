"""单位同意: the text a teacher forwards, what the unit's person sees, and the coordinators' note."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message
from handlers.views.wording import Values, button, forms, order, place, rows, span, what, where
from locales import Words


def unit_code(values: Values, w: Words) -> Message:
    """To be forwarded as it is: to whom, what for, and the code."""
    name = values["teacher"]["name"] or w.say("somebody")
    return Message(w.say("unit-code", name=name, place=place(w, values["need"]), code=values["code"]))


def unit_card(values: Values, w: Words) -> Message:
    """The terms, for the unit's person; then what became of it."""
    state, ident = values["unit"], values["id"]
    text = "\n".join(_terms(w, values)) + "\n\n" + w.say(f"unit-card-{state}")
    if state != "open":
        return Message(text)
    return Message(text, ((button(w, "unit-yes", "unityes", ident), button(w, "unit-no", "unitno", ident)),))


def _terms(w: Words, values: Values) -> list[str]:
    need = values["need"]
    lines = [
        w.say("unit-head", name=values["teacher"]["name"] or w.say("somebody")),
        w.say("offer-school", place=place(w, need)),
        w.say("offer-what", what=what(w, need), stage=where(w, need)),
        w.say("offer-form", form=forms(w, need)),
        w.say("offer-dates-line", dates=span(w, values["start"], values["end"])),
    ]
    if values.get("altitude"):
        lines.append(w.say("offer-altitude", metres=str(values["altitude"])))
    return lines


def unit_deny_ask(values: Values, w: Words) -> Message:
    """不同意 ends it: once more."""
    ident, name = values["id"], values["teacher"]["name"] or w.say("somebody")
    no = button(w, "unit-no-sure", "unitdeny", ident)
    return Message(w.say("unit-deny-ask", name=name), rows(no, button(w, "back", "unitsee", ident)))


def unit_note(values: Values, w: Words) -> Message:
    """For the coordinators: a unit must agree, and whether it has."""
    need, ident, state = values["need"], values["id"], values["unit"]
    name = values["teacher"]["name"] or w.say("somebody")
    head = w.say("unit-note", id=need["id"], name=name, school=need["school"], order=order(w, need))
    if state is None or (state == "open" and values["status"] != "accepted"):
        return Message(head + "\n\n" + w.say("unit-note-dropped"))
    paper = rows(button(w, "unit-paper", "unitpaper", ident)) if state == "open" else ()
    return Message(head + "\n\n" + w.say(f"unit-note-{state}"), paper)


def unit_evidence_ask(values: Values, w: Words) -> Message:
    """Type what the consent rests on."""
    text = w.say("unit-evidence-ask")
    if values.get("long"):
        text = w.say("question-long") + "\n" + text
    return Message(text, rows(button(w, "back", "unitnote", values["id"])))


def on_offer(w: Words, values: Values) -> list[Button]:
    """What the teacher who accepted can do about the unit."""
    if values["status"] != "accepted":
        return []
    if values.get("unit") is None:
        return [button(w, "unit-needed", "unit", values["id"])]
    return [button(w, "unit-code", "unitcode", values["id"])] if values["unit"] == "open" else []


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "unit-code": unit_code,
    "unit-card": unit_card,
    "unit-deny-ask": unit_deny_ask,
    "unit-note": unit_note,
    "unit-evidence-ask": unit_evidence_ask,
}
