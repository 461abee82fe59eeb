"""/mine and /queue: where everything stands, what happens next, and by whom."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views import placements
from handlers.views.desk import deputy_line
from handlers.views.wording import Values, about, button, circled, colleague_of, day, moment, order, rows, span, tap
from locales import Words

# The loop as a person of the school sees it; a need stands at one of these.
STEPS = ("approve", "offer", "confirm", "active", "survey", "closed")
AT = {"returned": "approve", "agreed": "active", "declined": "approve", "draft": "approve", "unit": "confirm"}
BUTTONS = 3
QUEUE_BUTTONS = 8


def mine(values: Values, w: Words) -> Message:
    """Own orders, offers and placements with what happens next; buttons for what waits for this person."""
    blocks, buttons, looks = [], [], []
    for need in values["needs"]:
        blocks.append(_need(w, need))
        if need["step"] == "draft" and need["amends"]:
            buttons.append(button(w, "open-change", "resume", need["id"], id=need["amends"]))
        elif need["step"] == "draft":
            buttons.append(button(w, "open-draft", "resume", need["id"], id=need["id"]))
        if need["asked"]:
            buttons.append(button(w, "open-asked", "answer", need["asked"], id=need["id"]))
        if need["step"] == "returned" and need["question"]:
            buttons.append(button(w, "open-question", "reply", need["question"], id=need["id"]))
        if need["offer"]:
            buttons.append(button(w, "open-confirm", "seeoffer", need["offer"], id=need["id"]))
        if need.get("helped"):
            looks.append(button(w, "open-helpers", "helpers", need["id"], id=need["id"]))
    for offer in values["offers"]:
        waits = "mine-offer-unit" if offer.get("unit") == "open" else "mine-offer-accepted"
        key = "mine-offer" if offer["status"] == "open" else waits
        school, line = offer["need"]["school"], order(w, offer["need"])
        blocks.append(w.say(key, school=school, order=line, until=moment(w, offer["deadline"])))
        if offer["status"] == "open":
            buttons.append(button(w, "open-offer", "seeoffer", offer["id"], school=school))
    for placement in values["placements"]:
        blocks.append(_placement(w, placement))
        if placement["status"] in ("agreed", "active") and placement.get("offer"):
            school = placement["need"]["school"]
            buttons.append(button(w, "open-arrangement", "seeoffer", placement["offer"], school=school))
    for placement in values.get("moves", ()):
        blocks.append(placements.asked_line(w, placement))
        if placement["move"]["side"] == placement["side"]:
            looks.insert(0, button(w, "open-redate-own", "arrange", placement["id"]))
        else:
            buttons.insert(0, button(w, "open-redate", "arrange", placement["id"], who=placements.asker(w, placement)))
    blocks += [colleague_of(w, placement) for placement in values["colleague_of"]]
    for survey in values["surveys"]:
        name = survey["placement"]["teacher"]["name"] or w.say("somebody")
        blocks.append(w.say("mine-survey", name=name, school=survey["placement"]["need"]["school"]))
        buttons.append(button(w, "open-survey", "survey", survey["id"]))
    blocks += [deputy_line(w, deputy) for deputy in values["deputies"]]
    if values["coordinator"]:
        blocks.append(w.say("mine-coordinator", **values["coordinator"]))
        buttons.append(button(w, "queue", "queue"))
    if values["more"]:
        blocks.append(w.say("mine-more"))
    text = "\n\n".join([w.say("mine-head"), *blocks]) if blocks else w.say("mine-nothing")
    buttons += looks
    if values["orders"]:
        buttons[BUTTONS - 1 :] = [button(w, "orders", "orders")]
    return Message(text, rows(*buttons[:BUTTONS], button(w, "home", "home")))


def _need(w: Words, need: Values) -> str:
    return "\n".join(standing(w, need))


def standing(w: Words, need: Values) -> list[str]:
    """An order with its loop: done ✓, now ▶, to come ○; then what happens next."""
    step = need["step"]
    at = STEPS.index(AT.get(step, step))
    marks = []
    for index, name in enumerate(STEPS):
        mark = "✓" if index < at or step == "closed" else "▶" if index == at else "○"
        marks.append(f"{mark}{w.say(f'step-{name}')}")
    until = need["until"]
    when = moment(w, until) if until and "T" in until else day(w, until) if until else ""
    owner = need["owner"] or w.say("programme")
    following = w.say(f"next-{step}", until=when, name=need["teacher"] or w.say("somebody"), owner=owner)
    places = w.say("mine-places", confirmed=need["confirmed"], n=need["headcount"]) if need["headcount"] > 1 else ""
    head = w.say("mine-need", id=need["id"], order=clip(order(w, need), 110))
    return [line for line in (head, " ".join(marks), places, following) if line]


def _placement(w: Words, placement: Values) -> str:
    return w.say(
        f"mine-placement-{placement['status']}",
        school=placement["need"]["school"],
        order=order(w, placement["need"]),
        dates=span(w, placement["start"], placement["end"]),
    )


def queue(values: Values, w: Words) -> Message:
    """What waits for the coordinator, oldest first; a number opens it."""
    items = values["items"]
    desk = (button(w, "deputy", "deputy"), *((button(w, "counties", "counties"),) if values["is_programme"] else ()))
    if not items:
        return Message(w.say("queue-empty"), (desk, *rows(button(w, "home", "home"))))
    lines = [w.say("queue-head", n=values["total"])]
    marks = []
    for index, item in enumerate(items):
        waited = w.say("waited", days=item["days"])
        if item["kind"] == "proposal":
            state = w.say(f"queue-{item['state']}") if item["state"] else ""
            line = w.say(
                "queue-proposal", school=item["school"], order=order(w, item["need"]), waited=waited, state=state
            )
            data = tap("open", item["id"])
        elif item["kind"] == "late":
            name = item["name"] or w.say("somebody")
            line = w.say("queue-late", school=item["school"], name=name, waited=waited)
            data = tap("late", item["id"])
        elif item["kind"] == "callback":
            line = w.say("queue-callback", name=item["name"] or w.say("somebody"), waited=waited)
            data = tap("call", item["id"])
        elif item["kind"] == "redate":
            line = w.say("queue-redate", **about(w, item), waited=waited)
            data = tap("arrange", item["id"])
        elif item["kind"] == "result":
            need = item["need"]
            line = w.say("queue-result", school=need["school"], order=order(w, need), waited=waited)
            data = tap("result", item["id"])
        else:
            who = item["name"] or w.say("somebody")
            line = w.say("queue-intro", name=who, role=w.say(f"role-{item['role']}"), waited=waited)
            data = tap("newcomer", item["id"])
        lines.append(f"{circled(index)} {line}")
        marks.append(Button(circled(index), data))
    grouped = tuple(tuple(marks[start : start + 4]) for start in range(0, len(marks[:QUEUE_BUTTONS]), 4))
    clear = rows(button(w, "bulk", "bulk", n=values["clear"])) if values["clear"] > 1 else ()
    return Message("\n".join(lines), (*grouped, *clear, desk))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {"mine": mine, "queue": queue}
