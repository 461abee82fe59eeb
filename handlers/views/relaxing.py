"""放宽: what differs from an order, for the coordinator who agrees, the teacher who is asked, the school that confirms."""

from collections.abc import Callable, Mapping
from typing import Any

import matching
from delivery.message import Button, Message
from handlers.views.wording import Row, Values, button, join, order, rows, span, term, terms, when
from locales import Words

KINDS = {"form": "mode", "stage": "stage", "subject": "subject"}
CHOICES = 3


def limits(w: Words, candidate: Values) -> str:
    """A near candidate on the card: each limit with what the teacher can give."""
    teacher = candidate["teacher"]
    given = {
        "form": terms(w, "mode", teacher["modes"]),
        "stage": terms(w, "stage", teacher["stages"]),
        "subject": terms(w, "subject", teacher["subjects"]),
        "dates": span(w, teacher["from"], teacher["until"]) if teacher["from"] or teacher["until"] else "",
    }
    named = [w.say(f"relax-{limit}", given=given[limit] or w.say("unsaid")) for limit in candidate["relax"]]
    return w.say("candidate-relax", what=join(w, named))


def for_school(w: Words, values: Values) -> list[str]:
    """One line for each change, as coordinators and schools read it; dates that were changed once more say so themselves."""
    said = [change for change in values.get("relaxed", []) if not (change["limit"] == "dates" and values.get("was"))]
    return [w.say(f"changed-{_limit(change)}", **_words(w, change)) for change in said]


def for_teacher(w: Words, values: Values) -> list[str]:
    """One line for each change, as the teacher who is asked reads it."""
    return [w.say(f"changed-teacher-{_limit(change)}", **_words(w, change)) for change in values.get("relaxed", [])]


def _limit(change: Values) -> str:
    """`form-open`, `dates-open`: where the teacher has yet to say what they can give."""
    return str(change["limit"]) if change["given"] else f"{change['limit']}-open"


def _words(w: Words, change: Values) -> dict[str, str]:
    if change["limit"] == "dates":
        given = span(w, *change["given"]) if change["given"] else w.say("unsaid")
        return {"asked": when(w, change["asked"]), "given": given}
    kind = KINDS[change["limit"]]
    return {"asked": terms(w, kind, change["asked"]), "given": terms(w, kind, change["given"])}


def relax_ask(values: Values, w: Words) -> Message:
    """批准 on a near candidate: what would differ, and whether that is all right."""
    name = values["teacher"]["name"] or w.say("somebody")
    several = len(values["forms"]) > 1
    shown = [change for change in values["changes"] if not (several and change["limit"] == "form")]
    lines = [w.say("relax-head", name=name), w.say("relax-order", order=order(w, values["need"]))]
    lines += for_school(w, {"relaxed": shown})
    ask = w.say("relax-which") if several else w.say("relax-ask")
    return Message("\n".join([*lines, "", ask]), _buttons(w, values, several=several))


def _buttons(w: Words, values: Values, *, several: bool) -> tuple[Row, ...]:
    ident, teacher = values["id"], values["teacher"]["id"]
    back = button(w, "back", "show", ident)
    if several:
        return rows(*(_to_form(w, ident, teacher, form) for form in values["forms"][:CHOICES]), back)
    agree = button(w, "relax", "relax", ident, teacher)
    if values["status"] != "open":
        return rows(agree, back)
    return rows(agree, button(w, "ask-school", "return", ident), back)


def _to_form(w: Words, ident: object, teacher: object, form: str) -> Button:
    choice = f"{teacher}.{matching.term_id('mode', form)}"
    return button(w, "relax-form", "relax", ident, choice, form=term(w, "mode", form))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {"relax-ask": relax_ask}
