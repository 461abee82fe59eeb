"""先问学校一句: the teacher's screen for it, the school's, and the coordinators' note."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Message
from handlers.views.wording import Values, button, order, rows
from locales import Words


def question_ask(values: Values, w: Words) -> Message:
    """Type one sentence for the school."""
    text = w.say("question-ask")
    if values.get("long"):
        text = w.say("question-long") + "\n" + text
    return Message(text, rows(button(w, "back", "offer", values["id"])))


def question_relayed(values: Values, w: Words) -> Message:
    """The school reads the question; then what became of it."""
    need = values["need"]
    asked = w.say("question-relayed", id=need["id"], order=order(w, need), text=values["text"])
    if values["status"] != "open":
        over = w.say("question-answered", answer=values["answer"]) if values["answer"] else w.say("question-over")
        return Message(asked + "\n\n" + over, rows(button(w, "home", "home")))
    key = "question-long" if values.get("long") else "question-again" if values.get("again") else "question-please"
    text = asked + "\n\n" + w.say(key)
    if values.get("ready") or values.get("long"):
        return Message(text, rows(button(w, "back", "home")))
    return Message(text, rows(button(w, "answer", "answer", values["id"])))


def question_note(values: Values, w: Words) -> Message:
    """For the coordinators: what was asked and answered."""
    name = values["teacher"]["name"] or w.say("somebody")
    need = values["need"]
    words = {"question": values["question"], "answer": values["answer"]}
    return Message(w.say("question-note", id=need["id"], school=need["school"], name=name, **words))


def on_offer(w: Words, values: Values) -> list[str]:
    """The last question on the teacher's card, with its answer; rows sent before there were questions have none."""
    lines = []
    question = values.get("question")
    if question:
        lines.append(w.say("offer-question", text=question["text"]))
        if question["answer"]:
            lines.append(w.say("offer-answer", answer=question["answer"]))
        elif question["status"] == "open":
            lines.append(w.say("offer-question-waits"))
    if values.get("extended") and values["status"] == "open":
        lines.append(w.say("offer-extended"))
    return lines


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "question-ask": question_ask,
    "question-relayed": question_relayed,
    "question-note": question_note,
}
