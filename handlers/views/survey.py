"""The survey: one question a message. The five numbers are one row, a scale, with 稍后 below it.

Then what colleagues are sent, and what a coordinator reads in the end.
"""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views.wording import Values, about, button, join, order, paged, rows, tap
from locales import Words

QUESTIONS = 3
COMMENT = 200  # characters of each on the result
COMMENTS = 8
ON_BUTTON = 20  # characters of a name


def survey(values: Values, w: Words) -> Message:
    """The next question, the optional sentence, or thanks; for students the totals of a class."""
    role, ident, done = values["role"], values["id"], len(values["ratings"])
    if values["status"] != "open":
        return Message(w.say(f"survey-{values['status']}"))
    if role == "students":
        return _totals(values, w)
    if done == QUESTIONS:
        return Message(w.say("survey-comment"), rows(button(w, "no-comment", "done", ident)))
    lines = []
    if values["reminder"] and done == 0:
        lines.append(w.say("survey-reminder"))
    if done == 0:
        line = order(w, values["placement"]["need"])
        lines.append(w.say(f"survey-intro-{values['words']}", order=line, **about(w, values["placement"])))
        lines.append(w.say("survey-how"))
    if values.get("unclear"):
        lines.append(w.say("survey-unclear"))
    lines.append(w.say(f"survey-{values['words']}-{done + 1}", number=done + 1, total=QUESTIONS))
    scale = tuple(Button(str(value), tap("rate", ident, f"{done}.{value}")) for value in range(1, 6))
    return Message("\n\n".join(lines), (scale, (button(w, "later", "later", ident),)))


def _totals(values: Values, w: Words) -> Message:
    """Numbers of one class in one sentence; if they do not add up, with what was read."""
    unclear, ident = values.get("unclear"), values["id"]
    lines = [w.say("survey-reminder")] if values["reminder"] and not unclear else []
    if unclear:
        lines.append(w.say(f"totals-{unclear}", said=values["said"], added=values["added"]))
    else:
        lines.append(w.say("totals-ask", **about(w, values["placement"])))
    lines.append(w.say("totals-example"))
    return Message(
        "\n\n".join(lines), rows(button(w, "later", "later", ident), button(w, "no-slips", "noslips", ident))
    )


def colleague_code(values: Values, w: Words) -> Message:
    """For the school to pass on as it is."""
    return Message(w.say("colleague-code", code=values["code"], **about(w, values)))


def colleagues_of(values: Values, w: Words) -> Message:
    """Several help at once: whose colleagues."""
    named = [(each["teacher"]["name"] or w.say("somebody"), tap("mate", each["id"])) for each in values["placements"]]
    choices = [(clip(name, ON_BUTTON), data) for name, data in named]
    back = button(w, "back", "order", values["id"], "back")
    return Message(
        w.say("colleagues-of"), paged(w, choices, values["page"], turn=("mates", values["id"], ""), back=back)
    )


def colleague_renew(values: Values, w: Words) -> Message:
    """A new code voids the old one."""
    renew = button(w, "mate-new", "matenew", values["id"], values["mark"])
    text = w.say("colleague-renew", name=values["teacher"]["name"] or w.say("somebody"))
    return Message(text, rows(renew, button(w, "back", "order", values["need"]["id"], "back")))


def colleague_renewed(values: Values, w: Words) -> Message:
    """The code itself follows, to be passed on."""
    text = w.say("colleague-renewed", name=values["teacher"]["name"] or w.say("somebody"))
    return Message(text, rows(button(w, "back", "order", values["need"]["id"], "back")))


def result(values: Values, w: Words) -> Message:
    """The score, each group's mean and count, what was said, how many answered each wave; 结束 or 再次帮扶."""
    placement = values["placement"]
    head = w.say("result-head", id=placement["need"]["id"], order=order(w, placement["need"]), **about(w, placement))
    lines = [head, *_score(values["score"], w), *(_group(group, w) for group in values["groups"] if group["asked"])]
    lines += [w.say("result-comment", comment=clip(comment, COMMENT)) for comment in values["comments"][:COMMENTS]]
    if len(values["comments"]) > COMMENTS:
        lines.append(w.say("result-more", n=len(values["comments"]) - COMMENTS))
    rates = [
        w.say("result-wave", wave=w.say(f"wave-{wave['kind']}"), answered=wave["answered"], asked=wave["asked"])
        for wave in values["waves"]
    ]
    lines.append(w.say("result-waves", waves=join(w, rates)))
    if placement["status"] == "closed":
        return Message("\n".join([*lines, "", w.say("result-closed")]))
    ident = placement["id"]
    lines += ["", w.say("result-ask")]
    return Message("\n".join(lines), ((button(w, "close", "close", ident), button(w, "reopen", "reopen", ident)),))


def _score(score: Values, w: Words) -> list[str]:
    """What it comes to, what is missing, and whom the county never asks: the score is none the worse for that."""
    never = [w.say(f"side-{group}") for group in score.get("not_asked", ())]
    return [*_mean(score, w), *([w.say("result-not-asked", groups=join(w, never))] if never else [])]


def _mean(score: Values, w: Words) -> list[str]:
    if score["mean"] is None:
        return [w.say("result-no-score")]
    shares = [w.say("result-share", side=w.say(f"side-{group}"), n=n) for group, n in score["shares"].items()]
    told = {"mean": f"{score['mean']:.2f}", "shares": join(w, shares)}
    if not score["missing"]:
        return [w.say("result-score", **told)]
    missing = join(w, [w.say(f"side-{group}") for group in score["missing"]])
    return [w.say("result-provisional", **told), w.say("result-missing", missing=missing)]


def _group(group: Values, w: Words) -> str:
    role = w.say(f"side-{group['role']}")
    if group["mean"] is None:
        return w.say("result-none", role=role, asked=group["asked"])
    mean = f"{group['mean']:.2f}"
    if group["role"] == "students":
        return w.say("result-students", role=role, mean=mean, n=group["slips"])
    return w.say("result-side", role=role, mean=mean, answered=group["answered"], asked=group["asked"])


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "survey": survey,
    "colleague-code": colleague_code,
    "colleagues-of": colleagues_of,
    "colleague-renew": colleague_renew,
    "colleague-renewed": colleague_renewed,
    "result": result,
}
