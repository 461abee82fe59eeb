"""The survey: one question a message. The five numbers are one row, a scale, with nothing else beside it but 稍后."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message
from handlers.views.wording import Values, button, order, rows, span, tap
from locales import Words

QUESTIONS = 3


def survey(values: Values, w: Words) -> Message:
    """The next question, the optional sentence, or thanks."""
    role, ident, done = values["role"], values["id"], len(values["ratings"])
    placement = values["placement"]
    name = placement["teacher"]["name"] or w.say("somebody")
    dates = span(w, placement["start"], placement["end"])
    school = placement["need"]["school"]
    if values["status"] != "open":
        return Message(w.say(f"survey-{values['status']}"))
    lines = []
    if values["reminder"] and done == 0:
        lines.append(w.say("survey-reminder"))
    if done == 0:
        line = order(w, placement["need"])
        lines.append(w.say(f"survey-intro-{role}", name=name, school=school, order=line, dates=dates))
    if values.get("unclear"):
        lines.append(w.say("survey-unclear"))
    if done == QUESTIONS:
        return Message(w.say("survey-comment"), rows(button(w, "no-comment", "done", ident)))
    lines.append(w.say(f"survey-{role}-{done + 1}", number=done + 1, total=QUESTIONS))
    scale = tuple(Button(str(value), tap("rate", ident, f"{done}.{value}")) for value in range(1, 6))
    return Message("\n\n".join(lines), (scale, (button(w, "later", "later", ident),)))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {"survey": survey}
