"""What a coordinator sees: an order with its candidates and the parts of their scores, what became of it, newcomers."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views import changes, media, relaxing
from handlers.views.wording import (
    Values,
    button,
    circled,
    day,
    forms,
    join,
    moment,
    order,
    part_words,
    place,
    question,
    quote,
    rows,
    span,
    tap,
    what,
    when,
    where,
)
from locales import Words

ABOUT = 60  # characters of a candidate's unit and title
REASONS = 3  # parts named in a candidate's one-line reason
SHARED_BY_ALL = ("subject", "stage", "form")  # whoever fits has these; they tell nobody apart


def proposal(values: Values, w: Words) -> Message:
    """The order, three candidates with a reason each, the marked one opened on request; 批准 退回 驳回 更多."""
    need = values["need"]
    text = "\n".join([*_order(w, values), "", *_candidates(w, values), *_state(w, values)])
    if values["status"] == "returned":
        ident = values["id"]
        return Message(text, ((button(w, "approve", "approve", ident), button(w, "decline", "decline", ident)),))
    if values["status"] != "open" or need["status"] not in ("open", "returned"):
        return Message(text)
    return Message(text, _proposal_buttons(w, values))


def _order(w: Words, values: Values) -> list[str]:
    need = values["need"]
    lines = [
        w.say("proposal-head", id=need["id"], place=place(w, need)),
        f"{what(w, need)} · {where(w, need)} · {forms(w, need)}",
        w.say("proposal-places", n=need["headcount"], confirmed=need["confirmed"], taken=values["taken"]),
        w.say("draft-when", when=when(w, need)),
    ]
    if need["topics"] and need["subjects"]:
        lines.append(w.say("draft-topics", topics=join(w, need["topics"])))
    if need["urgent"]:
        lines.append(w.say("draft-urgent"))
    lines += [media.backed(w, need), w.say("proposal-words", words=quote(need))]
    if values["no_coordinator"]:
        lines.insert(0, w.say("proposal-no-coordinator", county=need["county"]))
    if values["status"] in ("open", "returned") and values["escalated"]:
        lines.insert(0, w.say("proposal-escalated"))
    elif values["waited"] is not None:
        lines.insert(0, w.say("proposal-idle", n=values["waited"]))
    if values["changed"]:
        lines += [w.say("changed-head"), *changes.changes(w, values["changed"])]
    if values["question"]:
        lines.append(w.say("proposal-question", question=question(w, values["question"])))
    if values["answer"]:
        lines.append(w.say("proposal-answer", answer=values["answer"]))
    return lines


def _candidates(w: Words, values: Values) -> list[str]:
    if not values["candidates"]:
        return [w.say("proposal-nobody"), *_excluded(w, values)]
    decided = values["status"] not in ("open", "returned")
    lines = [] if decided else [w.say("proposal-candidates" if values["full_match"] else "proposal-candidates-near")]
    if not decided and values["total"] > len(values["candidates"]):
        first, shown = values["first"], len(values["candidates"])
        lines.append(w.say("proposal-page", first=first + 1, last=first + shown, total=values["total"]))
    for offset, candidate in enumerate(values["candidates"]):
        index = values["first"] + offset
        marked = index == values["marked"]
        if decided and not (marked and values["status"] == "approved"):
            continue  # what was not chosen is no longer of interest
        lines.append(_candidate(w, candidate, index, marked=marked))
        if values["opened"] and marked:
            lines += _parts(w, candidate)
    if values["reasons"] and not decided and any(values["excluded"].values()):
        lines += ["", w.say("excluded-head"), *_excluded(w, values)]
    return lines


def _candidate(w: Words, candidate: Values, index: int, *, marked: bool) -> str:
    teacher = candidate["teacher"]
    name = teacher["name"] or w.say("somebody")
    about = clip(join(w, [part for part in (teacher["unit"], teacher["title"]) if part]), ABOUT)
    key = "candidate-marked" if marked else "candidate"
    return w.say(key, number=circled(index), name=name, about=about, reason=_reason(w, candidate))


def _reason(w: Words, candidate: Values) -> str:
    """One line: what would have to give, or else the parts that count most."""
    if candidate["relax"]:
        return relaxing.limits(w, candidate)
    telling = [part for part in candidate["parts"] if part[2] > 0 and part[0] not in SHARED_BY_ALL]
    best = sorted(telling or candidate["parts"], key=lambda part: -part[2])[:REASONS]
    return join(w, [_part(w, part) for part in best])


def _parts(w: Words, candidate: Values) -> list[str]:
    lines = [w.say("part-line", label=_part(w, part), points=_points(part[2])) for part in candidate["parts"]]
    return [*lines, w.say("part-total", points=_points(candidate["score"]).lstrip("+"))]


def _part(w: Words, part: Any) -> str:
    name, level, _, values = part
    return part_words(w, name, level, values)


def _points(value: float) -> str:
    return f"{value:+g}"


def _excluded(w: Words, values: Values) -> list[str]:
    counts = sorted(values["excluded"].items(), key=lambda item: -item[1])
    return [w.say("excluded-line", n=count, reason=w.say(f"excluded-{key}")) for key, count in counts[:5] if count]


def _state(w: Words, values: Values) -> list[str]:
    decider = values["decider"] or w.say("colleague")
    if values["decided_for"]:
        decider = w.say("decider-for", name=decider, principal=values["decided_for"])
    match values["status"]:
        case "approved":
            return ["", w.say("proposal-approved", name=decider), *relaxing.for_school(w, values)]
        case "declined":
            return ["", w.say("proposal-declined", name=decider)]
        case "withdrawn" if values["need"]["ended_why"]:
            return ["", w.say("proposal-ended", reason=changes.reason(w, values["need"]["ended_why"]))]
        case "withdrawn":
            return ["", w.say("proposal-withdrawn")]
        case "returned":
            return ["", w.say("proposal-unanswered" if values["unanswered"] else "proposal-returned")]
        case _:
            return []


def _proposal_buttons(w: Words, values: Values) -> Any:
    ident = values["id"]
    marks = tuple(
        Button(circled(values["first"] + offset), tap("mark", ident, values["first"] + offset))
        for offset in range(len(values["candidates"]))
    )
    decide = [button(w, "return", "return", ident), button(w, "decline", "decline", ident)]
    if values["candidates"]:
        decide.insert(0, button(w, "approve", "approve", ident))
    hidden = any(values["excluded"].values()) and not values["reasons"] and values["candidates"]
    if values["total"] > len(values["candidates"]) or hidden:
        decide.append(button(w, "more", "more", ident))
    need = values["need"]
    partly = 0 < need["confirmed"] < need["headcount"]
    enough = (button(w, "enough", "enough", need["id"]),) if partly else ()
    proof = (button(w, "see-evidence", "seeproof", ident),) if need["backed"] else ()
    return tuple(row for row in (marks, tuple(decide), (*proof, *enough), _looks(w, values)) if row)


def _looks(w: Words, values: Values) -> tuple[Button, ...]:
    """The entry of the candidate that is open; on 更多, who is paused."""
    marked = [each for at, each in enumerate(values["candidates"], values["first"]) if at == values["marked"]]
    if values["opened"] and marked:
        return (button(w, "entry", "entry", marked[0]["teacher"]["id"]),)
    asked = values["reasons"] or not values["candidates"]
    return (button(w, "paused", "paused"),) if asked and values["excluded"].get("paused") else ()


def return_ask(values: Values, w: Words) -> Message:
    """退回: type one question."""
    ident = values["id"]
    back = button(w, "back", "show", ident)
    return Message(
        w.say("return-ask"),
        rows(button(w, "ask-evidence", "askproof", ident), button(w, "amend", "amend", ident), back),
    )


def decline_ask(values: Values, w: Words) -> Message:
    """驳回: one tapped reason."""
    ident = values["id"]
    reasons = [
        button(w, f"why-{reason}", "why", ident, reason) for reason in ("duplicate", "not-here", "no-teacher", "unsaid")
    ]
    return Message(w.say("decline-ask"), rows(*reasons, button(w, "back", "show", ident)))


def intro_card(values: Values, w: Words) -> Message:
    """A newcomer asks to be let in."""
    role = w.say(f"role-{values['role']}")
    lines = [w.say("intro-card", name=values["name"] or w.say("somebody"), role=role, words=values["words"])]
    if values["school"]:
        lines.append(w.say("intro-card-school", school=values["school"], county=values["county"]))
    if values["waited"] is not None:
        lines.insert(0, w.say("intro-waited", n=values["waited"]))
    if values["status"] != "open":
        name = values["decider"] or w.say("colleague")
        return Message("\n".join([*lines, "", w.say(f"intro-card-{values['status']}", name=name)]))
    ident, same = values["id"], values["same"]
    if not same:
        decide = (button(w, "approve", "admit", ident), button(w, "decline", "reject", ident))
        return Message("\n".join(lines), (decide,))
    lines.append("")
    choices = []
    for n, each in enumerate(same):
        number, name = circled(n), each["name"]
        lines.append(w.say("intro-same", number=number, name=name, last=day(w, each["last"])))
        choices.append(button(w, "transfer", "transfer", ident, each["id"], number=number, name=name))
    lines.append(w.say("intro-same-ask"))
    choices += [button(w, "not-same", "admit", ident), button(w, "decline", "reject", ident)]
    return Message("\n".join(lines), rows(*choices))


def offer_accepted(values: Values, w: Words) -> Message:
    """The teacher said yes; the school is asked."""
    note = w.say("offer-accepted-note", **_note(w, values), dates=span(w, values["start"], values["end"]))
    if values.get("was"):
        note += "\n" + w.say("offer-accepted-dates", dates=span(w, *values["was"]))
    must = rows(button(w, "unit-must", "unitmust", values["id"]))
    return Message("\n".join([note, *relaxing.for_school(w, values)]), must)


def offer_declined(values: Values, w: Words) -> Message:
    """The teacher said no; the next candidates follow by themselves."""
    return Message(w.say("offer-declined-note", **_note(w, values), reason=w.say(f"button-nope-{values['reason']}")))


def offer_expired(values: Values, w: Words) -> Message:
    """No answer by the deadline."""
    return Message(w.say("offer-expired-note", **_note(w, values), until=moment(w, values["deadline"])))


def offer_refused(values: Values, w: Words) -> Message:
    """The school said no."""
    return Message(
        w.say("offer-refused-coordinator", **_note(w, values), reason=w.say(f"button-refuse-{values['reason']}"))
    )


def offer_withdrawn(values: Values, w: Words) -> Message:
    """A teacher who had accepted cannot come; the next candidates follow by themselves."""
    reason = w.say(f"button-nope-{values['reason'] or 'unsaid'}")
    return Message(w.say("offer-withdrawn-note", **_note(w, values), reason=reason))


def unconfirmed(values: Values, w: Words) -> Message:
    """A teacher waits for a school that does not answer: remind it, or let the teacher go."""
    by_unit = values.get("unit") == "open" or values["reason"] == "unit"
    text = w.say("unconfirmed-unit" if by_unit else "unconfirmed", **_note(w, values), days=values["days"])
    if values["status"] != "accepted":
        over = "unconfirmed-released" if values["reason"] in ("released", "unit") else "unconfirmed-over"
        return Message(text + "\n\n" + w.say(over))
    ident = values["id"]
    remind = button(w, "remind-unit" if by_unit else "remind", "remind", ident)
    release = button(w, "release", "release", ident)
    return Message(text + "\n\n" + w.say("unconfirmed-ask"), rows(remind, release))


def _note(w: Words, values: Values) -> dict[str, Any]:
    need = values["need"]
    name = values["teacher"]["name"] or w.say("somebody")
    return {"id": need["id"], "school": need["school"], "name": name, "order": order(w, need)}


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "proposal": proposal,
    "return-ask": return_ask,
    "decline-ask": decline_ask,
    "intro-card": intro_card,
    "offer-accepted": offer_accepted,
    "offer-declined": offer_declined,
    "offer-expired": offer_expired,
    "offer-refused-coordinator": offer_refused,
    "offer-withdrawn": offer_withdrawn,
    "unconfirmed": unconfirmed,
}
