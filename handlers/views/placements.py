"""Help that is agreed on: the card on each side's phone, 改日期 step by step, and what both sides are told."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views.wording import (
    Row,
    Values,
    about,
    button,
    circled,
    day,
    days,
    moment,
    order,
    paged,
    place,
    rows,
    span,
    tap,
)
from locales import Words

RUNS = ("agreed", "active")
ONE_LINE = 110  # characters of an order beside other words
NAMES = 20  # characters of a name in a list


def placement_teacher(values: Values, w: Words) -> Message:
    """It is settled, for the teacher; or the dates somebody asks for."""
    if values.get("move"):
        return _asked(values, w, "teacher")
    if values["status"] != "agreed":
        return _running(values, w)
    need = values["need"]
    dates = span(w, values["start"], values["end"])
    text = w.say("placement-teacher", place=place(w, need), order=order(w, need), dates=dates)
    return Message(text, _card_buttons(values, w))


def placement_school(values: Values, w: Words) -> Message:
    """The same for the school."""
    if values.get("move"):
        return _asked(values, w, "school")
    if values["status"] != "agreed":
        mates = [button(w, "mates", "mate", values["id"])] if values["status"] == "active" else []
        return _running(values, w, *mates)
    name = values["teacher"]["name"] or w.say("somebody")
    dates = span(w, values["start"], values["end"])
    text = w.say("placement-school", name=name, start=day(w, values["start"]), dates=dates)
    if values["teacher"].get("contact_hours"):
        text += "\n" + w.say("placement-contact", hours=values["teacher"]["contact_hours"])
    return Message(text, _card_buttons(values, w))


def placement_coordinator(values: Values, w: Words) -> Message:
    """The same for a coordinator, who can move the dates, and decide for a side that does not answer."""
    need = values["need"]
    if values.get("move"):
        return _case(values, w)
    redate = rows(button(w, "redate", "redate", values["id"])) if values["status"] in RUNS else ()
    if values["status"] != "agreed":
        return Message(_state(values, w), redate)
    text = w.say("placement-coordinator", id=need["id"], order=order(w, need), **about(w, values))
    return Message(text, redate)


def _running(values: Values, w: Words, *more: Button) -> Message:
    return Message(_state(values, w), _card_buttons(values, w, *more))


def _state(values: Values, w: Words) -> str:
    state = "ended" if values["status"] == "closed" else values["status"]
    return w.say(f"placement-{state}", **about(w, values))


def _card_buttons(values: Values, w: Words, *more: Button) -> tuple[Row, ...]:
    redate = [button(w, "redate", "redate", values["id"])] if values["status"] in RUNS else []
    return rows(*redate, *more, button(w, "mine", "mine"))


def asker(w: Words, values: Values) -> str:
    """Whose the dates are that are asked for, by name."""
    return about(w, values)["name" if values["move"]["side"] == "teacher" else "school"]


def _old_and_new(w: Words, values: Values, new: list[str]) -> str:
    return w.say("redate-dates", before=span(w, values["start"], values["end"]), dates=span(w, *new))


def _new(values: Values) -> list[str]:
    return [values["move"]["start"], values["move"]["end"]]


def _asked(values: Values, w: Words, side: str) -> Message:
    """Dates one has asked for oneself, or is asked to agree to."""
    move, line = values["move"], clip(order(w, values["need"]), ONE_LINE)
    both = _old_and_new(w, values, _new(values))
    if move["side"] != side:
        head = w.say(f"redate-asked-{side}", order=line, **about(w, values))
        again = [w.say("redate-again")] if values.get("again") else []
        yes_or_no = (button(w, "redate-yes", "redateyes", move["id"]), button(w, "redate-no", "redateno", move["id"]))
        return Message("\n".join([*again, head, both, "", w.say("redate-agree")]), (yes_or_no,))
    head = w.say(f"redate-waits-{side}", order=line, **about(w, values))
    tail = w.say("redate-raised") if move["raised"] else w.say("redate-until", until=moment(w, move["until"]))
    other = button(w, "redate-other", "redate", values["id"])
    stop = button(w, "redate-stop", "redatestop", move["id"])
    return Message("\n".join([head, both, "", tail]), rows(other, stop, button(w, "mine", "mine")))


def _case(values: Values, w: Words) -> Message:
    """For a coordinator: who asks, who has not answered, and what can be done."""
    move, need = values["move"], values["need"]
    head = w.say("redate-case", id=need["id"], order=clip(order(w, need), ONE_LINE), **about(w, values))
    asks = w.say("redate-case-asks", who=asker(w, values))
    whom = about(w, values)["school" if move["side"] == "teacher" else "name"]
    lines = [head, asks, _old_and_new(w, values, _new(values)), ""]
    own = button(w, "redate", "redate", values["id"])
    if not move["raised"]:
        waits = w.say("redate-case-waits", whom=whom, until=moment(w, move["until"]))
        return Message("\n".join([*lines, waits]), rows(own))
    decide = (
        button(w, "redate-case-yes", "redateyes", move["id"]),
        button(w, "redate-case-no", "redateno", move["id"]),
    )
    return Message("\n".join([*lines, w.say("redate-case-raised", whom=whom)]), (decide, (own,)))


def asked_line(w: Words, values: Values) -> str:
    """A line of /mine."""
    move = values["move"]
    told = {key: clip(text, NAMES) for key, text in {**about(w, values), "who": asker(w, values)}.items()}
    told["dates"] = span(w, *_new(values))
    if move["side"] != values["side"]:
        return w.say("mine-redate-asked", **told)
    return w.say("mine-redate-raised" if move["raised"] else "mine-redate-waits", **told)


def helpers(values: Values, w: Words) -> Message:
    """Whose arrangement, where several help for one order."""
    names = [each["teacher"]["name"] or w.say("somebody") for each in values["placements"]]
    choices = [
        (f"{circled(n)} {name}", tap("arrange", each["id"]))
        for n, (name, each) in enumerate(zip(names, values["placements"], strict=True))
    ]
    turn = ("helpers", values["id"], "")
    return Message(w.say("helpers-ask"), paged(w, choices, values["page"], turn=turn, back=button(w, "back", "mine")))


def redate_ask(values: Values, w: Words) -> Message:
    """改日期: until when, or from when to when."""
    ident, begun = values["id"], values["status"] == "active"
    lines = [w.say("redate-active" if begun else "redate-now", **about(w, values))]
    if values["fault"]:
        lines.insert(0, w.say(f"redate-fault-{values['fault']}"))
    if values["move"] and values["move"]["side"] == values["side"]:
        lines.append(w.say("redate-before", dates=span(w, *_new(values))))
    lines.append(w.say("redate-ask-active" if begun else "redate-ask"))
    choices = [
        (w.say("until", end=day(w, last)) if begun else span(w, first, last), tap("redateto", ident, days(first, last)))
        for first, last in values["choices"]
    ]
    back = button(w, "back", "arrange", ident, "back")
    return Message("\n".join(lines), paged(w, choices, values["page"], turn=("redate", ident, ""), back=back))


def redate_sure(values: Values, w: Words) -> Message:
    """Old and new once more; what happens then depends on who reads it."""
    ident, side = values["id"], values["side"]
    name, school = about(w, values)["name"], about(w, values)["school"]
    lines = [w.say("redate-sure", name=name, school=school), _old_and_new(w, values, values["to"])]
    lines += ["", w.say(f"redate-sure-{side}")]
    sure = button(w, f"redate-sure-{side}", "redatesure", ident, days(*values["to"]))
    return Message("\n".join(lines), rows(sure, button(w, "back", "redate", ident, "back")))


def redate_over(values: Values, w: Words) -> Message:
    """Nobody has to agree to anything any more, and why."""
    why = values["why"]
    text = w.say(f"redate-over-{why}", who=asker(w, values), **about(w, values))
    again = why in ("begun", "late") and values["status"] in RUNS
    return Message(text, rows(button(w, "redate", "redate", values["id"])) if again else ())


def redate_declined(values: Values, w: Words) -> Message:
    """It stays as it was: what whoever asked can do next; for the other side only where a coordinator decided."""
    side, by = values["side"], values["by"]
    told = {**about(w, values), "by": by or w.say("programme")}
    if side != values["move"]["side"]:
        return Message(w.say("redate-declined-for-you", **told))
    text = w.say(f"redate-declined-{side}", **told) if by is None else w.say("redate-declined-behalf", **told)
    other = button(w, "redate-other", "redate", values["id"])
    leave = [button(w, "leave", "leave", values["offer"])] if side == "teacher" else []
    return Message(text, rows(other, *leave, button(w, "callback", "callme"), button(w, "mine", "mine")))


def placement_begins(values: Values, w: Words) -> Message:
    """The first day has come, for both sides."""
    name = values["teacher"]["name"] or w.say("somebody")
    return Message(
        w.say("placement-begins", school=values["need"]["school"], name=name, order=order(w, values["need"]))
    )


def placement_moved(values: Values, w: Words) -> Message:
    """Other dates; everybody concerned is told the old ones too, and who decided if that was neither side."""
    lines = [w.say("placement-moved", before=span(w, *values["before"]), **about(w, values))]
    if values.get("by") is not None:
        lines.append(w.say("placement-moved-by", name=values["by"] or w.say("programme")))
    if values.get("unit"):
        lines.append(w.say("placement-moved-unit"))
    return Message("\n".join(lines))


def placement_closed(values: Values, w: Words) -> Message:
    """Thanks at the end."""
    return Message(w.say("placement-closed", school=values["need"]["school"]))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "placement-teacher": placement_teacher,
    "placement-school": placement_school,
    "placement-coordinator": placement_coordinator,
    "helpers": helpers,
    "redate-ask": redate_ask,
    "redate-sure": redate_sure,
    "redate-over": redate_over,
    "redate-declined": redate_declined,
    "placement-begins": placement_begins,
    "placement-moved": placement_moved,
    "placement-closed": placement_closed,
}
