"""What a supporting teacher sees: the own entry, offers, dates, what became of them."""

from collections.abc import Callable, Mapping
from typing import Any

import matching
from delivery.message import Button, Message
from handlers.views import changes, questions, units
from handlers.views.relaxing import for_teacher
from handlers.views.school import choices_of
from handlers.views.wording import (
    Values,
    button,
    day,
    days,
    forms,
    join,
    moment,
    months,
    order,
    place,
    quote,
    rows,
    span,
    tap,
    terms,
    what,
    when,
    where,
)
from locales import Words


def teach_ask(values: Values, w: Words) -> Message:
    """登记支援: a few words about oneself."""
    text = w.say("teach-ask")
    return Message(
        w.say("draft-unclear") + "\n" + text if values.get("unclear") else text, rows(button(w, "back", "home"))
    )


def profile(w: Words, teacher: Values) -> str:
    """A teacher's entry line by line; what was not said is said to be missing."""
    unsaid = w.say("unsaid")
    until = span(w, teacher["from"], teacher["until"]) if teacher["from"] and teacher["until"] else None
    when_ = until or (w.say("from", start=day(w, teacher["from"])) if teacher["from"] else None)
    when_ = when_ or (w.say("until", end=day(w, teacher["until"])) if teacher["until"] else unsaid)
    lines = [
        w.say("teacher-subjects", subjects=terms(w, "subject", teacher["subjects"]) or unsaid),
        w.say("teacher-stages", stages=terms(w, "stage", teacher["stages"]) or unsaid),
        w.say("teacher-modes", modes=terms(w, "mode", teacher["modes"]) or unsaid),
        w.say("teacher-when", when=when_),
    ]
    if teacher.get("capacity"):
        lines.append(w.say("teacher-capacity", n=teacher["capacity"]))
    if teacher["topics"]:
        lines.append(w.say("teacher-topics", topics=join(w, teacher["topics"])))
    lines += _wishes(w, teacher)
    about = [part for part in (teacher["name"], teacher["unit"], teacher["title"]) if part]
    if about:
        lines.insert(0, w.say("teacher-about", about=" · ".join(about)))
    return "\n".join(lines)


def _wishes(w: Words, teacher: Values) -> list[str]:
    """Where to and where not, how long, when to be reached; rows sent before there were wishes have none."""
    lines = []
    if teacher.get("regions"):
        lines.append(w.say("teacher-regions", places=join(w, teacher["regions"])))
    if teacher.get("not_regions"):
        lines.append(w.say("teacher-not-regions", places=join(w, teacher["not_regions"])))
    if teacher.get("max_altitude"):
        lines.append(w.say("teacher-max-altitude", metres=str(teacher["max_altitude"])))
    for limit in ("min", "max"):
        if teacher.get(f"{limit}_months"):
            lines.append(w.say(f"teacher-{limit}-months", length=months(w, teacher[f"{limit}_months"])))
    if teacher.get("contact_hours"):
        lines.append(w.say("teacher-contact", hours=teacher["contact_hours"]))
    return lines


def teacher_card(values: Values, w: Words) -> Message:
    """What was read from the self-introduction; a question, or 提交 / 修改 / 取消."""
    ident, question = values["id"], values["question"]
    lines = [w.say("teacher-read"), profile(w, values)]
    if question is None:
        buttons = (
            (
                button(w, "submit", "tfile", ident),
                button(w, "edit", "tedit", ident),
                button(w, "cancel", "tdrop", ident),
            ),
        )
        return Message("\n\n".join([*lines, w.say("draft-confirm")]), buttons)
    if values["unclear"]:
        lines.append(w.say("draft-unclear"))
    lines.append(w.say(f"teach-{question}-ask"))
    return Message("\n\n".join(lines), choices_of(w, question, ident, values["page"], "tslot", f"{question}."))


def teach_edit(values: Values, w: Words) -> Message:
    """修改 in one's own words; what is hard to say is tapped."""
    ident, places = values["id"], values.get("places")
    somewhere = values["regions"] or values["not_regions"] or values["max_altitude"]
    taps = [button(w, "anywhere", "tset", ident, "anywhere")] if somewhere else []
    if not values["modes"] or not all(matching.mode_traits(mode).remote for mode in values["modes"]):
        taps.append(button(w, "only-online", "tset", ident, "online"))
    if places:
        taps.append(button(w, "places", "tset", ident, f"places.{places}", n=places))
    return Message(profile(w, values) + "\n\n" + w.say("teach-edit"), rows(*taps, button(w, "back", "tback", ident)))


def teacher_entry(values: Values, w: Words) -> Message:
    """The entry as it stands in the pool."""
    ident, paused = values["id"], values["status"] == "paused"
    head = w.say("teacher-entry-paused" if paused else "teacher-entry")
    pause = button(w, "resume", "tpause", ident, "active") if paused else button(w, "pause", "tpause", ident, "paused")
    return Message(
        head + "\n\n" + profile(w, values), rows(button(w, "edit", "tedit", ident), pause, button(w, "back", "home"))
    )


def teacher_joined(values: Values, w: Words) -> Message:
    """提交 was pressed."""
    return Message(w.say("teacher-joined") + "\n\n" + profile(w, values), rows(button(w, "mine", "mine")))


def offer(values: Values, w: Words) -> Message:
    """The invitation with clear terms; or what became of it."""
    need, ident, status = values["need"], values["id"], values["status"]
    dates = span(w, values["start"], values["end"]) if values["start"] and values["end"] else when(w, need)
    lines = [
        w.say("offer-head"),
        w.say("offer-school", place=place(w, need)),
        w.say("offer-what", what=what(w, need), stage=where(w, need)),
        w.say("offer-form", form=forms(w, need)),
        w.say("offer-dates-line", dates=dates),
    ]
    lines += for_teacher(w, values)
    if values.get("altitude"):
        lines.append(w.say("offer-altitude", metres=str(values["altitude"])))
    if values.get("conditions"):
        lines.append(w.say("offer-conditions", words=values["conditions"]))
    if values["changed"] and status in ("open", "accepted"):
        lines += [w.say("changed-head"), *changes.changes(w, _asked_for(values["changed"]))]
    if need["topics"] and need["subjects"]:
        lines.append(w.say("draft-topics", topics=join(w, need["topics"])))
    if need["text"]:
        lines.append(w.say("offer-words", words=quote(need)))
    lines += questions.on_offer(w, values)
    if status != "open":
        live = [button(w, "redate", "redate", values["placement"])] if values.get("placement") else []
        live += [button(w, "leave", "leave", ident)] if values.get("may_leave") else []
        return Message("\n".join([*lines, "", _outcome(w, values)]), rows(*units.on_offer(w, values), *live))
    lines += ["", w.say("offer-deadline", until=moment(w, values["deadline"]))]
    yes = (button(w, "accept", "accept", ident), button(w, "other-dates", "otherwise", ident))
    no = [button(w, "decline-offer", "nope", ident)]
    if values.get("may_ask"):
        no.insert(0, button(w, "ask-first", "asks", ident))
    return Message("\n".join(lines), (yes, tuple(no)))


def _outcome(w: Words, values: Values) -> str:
    """What became of an invitation, for the teacher."""
    status, reason = values["status"], values["reason"]
    if status == "accepted" and values.get("unit") in ("open", "given"):
        return w.say(f"offer-accepted-{values['unit']}")
    if reason in ("released", "unit"):
        return w.say(f"offer-{reason}")
    return w.say("offer-left") if status == "withdrawn" and reason else w.say(f"offer-{status}")


def _asked_for(made: list[Values]) -> list[Values]:
    """What of a change a teacher has to know: not how many others are wanted."""
    return [change for change in made if change["field"] not in ("headcount", "urgent")]


def offer_dates(values: Values, w: Words) -> Message:
    """When can you come: two likely answers, or words."""
    ident = values["id"]
    buttons = [
        Button(span(w, first, last), tap("dates", ident, days(first, last))) for first, last in values["choices"]
    ]
    if values["end"]:
        text = w.say("offer-dates-change", dates=span(w, values["start"], values["end"]))
    else:
        text = w.say("offer-dates-ask", order=order(w, values["need"]))
    if values["unclear"]:
        text = w.say("draft-unclear") + "\n" + text
    return Message(text, rows(*buttons, button(w, "back", "offer", ident)))


def offer_decline_ask(values: Values, w: Words) -> Message:
    """婉拒: one tapped reason."""
    ident = values["id"]
    reasons = [button(w, f"nope-{reason}", "nopewhy", ident, reason) for reason in ("time", "travel", "unsaid")]
    return Message(w.say("offer-decline-ask"), rows(*reasons, button(w, "back", "offer", ident)))


def leave_ask(values: Values, w: Words) -> Message:
    """退出: one tapped reason."""
    ident = values["id"]
    reasons = [button(w, f"nope-{reason}", "leavewhy", ident, reason) for reason in ("time", "travel", "unsaid")]
    return Message(w.say("leave-ask"), rows(*reasons, button(w, "back", "offer", ident)))


def leave_sure(values: Values, w: Words) -> Message:
    """退出, what will happen, and once more."""
    need, ident = values["need"], values["id"]
    dates = span(w, values["start"], values["end"])
    text = w.say("leave-sure", school=need["school"], order=order(w, need), dates=dates)
    sure = button(w, "leave-sure", "leavesure", ident, values["reason"])
    return Message(text, rows(sure, button(w, "back", "offer", ident)))


def offer_refused(values: Values, w: Words) -> Message:
    """The school chose otherwise."""
    return Message(w.say("offer-refused-note", school=values["need"]["school"], order=order(w, values["need"])))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "teach-ask": teach_ask,
    "teacher-card": teacher_card,
    "teach-edit": teach_edit,
    "teacher-entry": teacher_entry,
    "teacher-joined": teacher_joined,
    "offer": offer,
    "offer-dates": offer_dates,
    "offer-decline-ask": offer_decline_ask,
    "leave-ask": leave_ask,
    "leave-sure": leave_sure,
    "offer-refused": offer_refused,
}
