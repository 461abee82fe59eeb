"""What a school sees: the card of its drafts, answers along the way, and the teacher it is asked to confirm."""

from collections.abc import Callable, Mapping
from typing import Any

import matching
from delivery.message import Button, Message, clip
from handlers.views.relaxing import for_school
from handlers.views.wording import (
    ASK_EVIDENCE,
    Row,
    Values,
    button,
    circled,
    forms,
    join,
    moment,
    order,
    paged,
    people,
    question,
    rows,
    span,
    tap,
    term,
    terms,
    what,
    when,
    where,
)
from locales import Words
from services.terms import KINDS

FULL_ORDERS = 3  # more than these are shown in one line each
WORDS_SHOWN = 12
SHORT = 110  # thirty such lines stay below 4096
COMMON_SUBJECTS = 24  # offered as buttons; rarer ones are typed


def need_ask(values: Values, w: Words) -> Message:
    """提需求: one sentence is enough."""
    mate = [button(w, "behalf-mate", "behalf")] if values.get("colleagues") else []
    return Message(w.say("need-ask"), rows(*mate, button(w, "back", "home")))


def draft_card(values: Values, w: Words) -> Message:
    """What was read, the words it came from, what is missing; then one question, or 提交 / 修改 / 取消."""
    batch, question, about = values["batch"], values["question"], values["about"]
    amends = batch[0]["amends"]
    lines = [w.say("draft-changing", id=amends) if amends else w.say("draft-read", n=len(batch))]
    if values["typist"] is not None:
        lines.insert(0, w.say("behalf-head", name=values["typist"] or w.say("colleague")))
    if len(batch) <= FULL_ORDERS:
        lines += [_full(w, need, index if len(batch) > 1 else None) for index, need in enumerate(batch)]
    else:
        lines.append("\n".join(f"{circled(index)} {_short(w, need)}" for index, need in enumerate(batch)))
    if question is None:
        lines.append(_before_filing(w, values))
        return Message("\n\n".join(lines), (_submit_row(w, about, ours=values["typist"] is None),))
    if values["unclear"]:
        lines.append(w.say("draft-unclear"))
    lines.append(w.say(f"ask-{question}"))
    return Message("\n\n".join(lines), choices_of(w, question, about, values["page"], "slot", f"{question}."))


def _short(w: Words, need: Values) -> str:
    """One order of many on a card."""
    timed = need["start"] or need["months"] or need["window"]
    return clip(f"{order(w, need)} · {when(w, need)}" if timed else order(w, need), SHORT)


def _before_filing(w: Words, values: Values) -> str:
    """What 提交 will lead to."""
    if values["alone"]:
        return w.say("behalf-alone")
    if values["owner"] is not None:
        return w.say("behalf-owner", name=values["owner"] or w.say("colleague"))
    return w.say("draft-confirm")


def _submit_row(w: Words, about: object, *, ours: bool) -> Row:
    submit = button(w, "submit" if ours else "submit-behalf", "file", about)
    return (submit, button(w, "edit", "edit", about), button(w, "cancel", "drop", about))


def _full(w: Words, need: Values, index: int | None) -> str:
    """One order on its card, line by line."""
    assumed = w.say("draft-stage-assumed") if need["stage_assumed"] else ""
    head = f"{circled(index)} " if index is not None else ""
    lines = [
        head + w.say("draft-what", what=what(w, need)),
        w.say("draft-stage", stage=where(w, need, named=True) + assumed),
        w.say("draft-form", form=forms(w, need, named=True)),
        w.say("draft-people", people=people(w, need)),
        w.say("draft-when", when=when(w, need)),
    ]
    if need["topics"] and need["subjects"]:
        lines.append(w.say("draft-topics", topics=join(w, need["topics"])))
    if need["urgent"]:
        lines.append(w.say("draft-urgent"))
    if need["words"]:
        words = w.say("words-mark").join(need["words"][:WORDS_SHOWN])
        lines.append(w.say("draft-words", words=words if len(words) <= 120 else words[:119] + "…"))
    return "\n".join(lines)


def choices_of(
    w: Words, slot: str, about: object, page: int, verb: str, prefix: str, back: Button | None = None
) -> Any:
    """The terms of a slot as buttons, in plain words where there are some."""
    kind = KINDS[slot]
    names = list(matching.term_names(kind).items())[:COMMON_SUBJECTS]
    choices = [(_plain(w, kind, name, ident), tap(verb, about, prefix + ident)) for name, ident in names]
    return paged(w, choices, page, turn=(verb, about, prefix), back=back)


def _plain(w: Words, kind: str, name: str, ident: str) -> str:
    key = f"plain-{kind}-{ident}"
    return w.say(key) if w.has(key) else term(w, kind, name)


def draft_filed(values: Values, w: Words) -> Message:
    """提交 was pressed: numbers and what happens next."""
    head = w.say("behalf-filed", name=values["owner"]) if values.get("owner") else w.say("filed-head")
    lines = [w.say("filed-line", id=need["id"], order=clip(order(w, need), SHORT)) for need in values["batch"]]
    terms = [button(w, "terms", "terms")] if values.get("ask_conditions") else []
    return Message("\n".join([head, *lines, "", w.say("filed-next")]), rows(button(w, "mine", "mine"), *terms))


def conditions_ask(values: Values, w: Words) -> Message:
    """学校的条件: one sentence, as it stands or to be written."""
    held = [w.say("conditions-held", words=values["held"])] if values["held"] else []
    ask = w.say("conditions-long" if values["long"] else "conditions-ask")
    return Message("\n\n".join([*held, ask]), rows(button(w, "back", "home")))


def conditions_kept(values: Values, w: Words) -> Message:
    """It stands on every invitation from now on."""
    return Message(w.say("conditions-kept", words=values["held"]), rows(button(w, "home", "home")))


def draft_cancelled(values: Values, w: Words) -> Message:
    """取消."""
    return Message(w.say("draft-cancelled"), rows(button(w, "home", "home")))


def no_coordinator(values: Values, w: Words) -> Message:
    """Nobody can decide yet."""
    return Message(w.say("no-coordinator", county=values["county"]))


def returned(values: Values, w: Words) -> Message:
    """退回: the coordinator's question."""
    need = values["need"]
    if values["status"] != "returned":
        return Message(
            w.say("returned-over", id=need["id"], order=order(w, need), question=question(w, values["question"]))
        )
    text = w.say("returned", id=need["id"], order=order(w, need), question=question(w, values["question"]))
    again = [w.say("returned-again")] if values["again"] else []
    proof = [button(w, "evidence", "proof", need["id"])] if values["question"] == ASK_EVIDENCE else []
    return Message("\n\n".join([*again, text]), rows(*proof, button(w, "answer", "reply", values["id"])))


def answer_passed_on(values: Values, w: Words) -> Message:
    """The answer went back to the coordinator."""
    return Message(w.say("answer-passed-on", id=values["need"]["id"]))


def need_declined(values: Values, w: Words) -> Message:
    """驳回 with its reason."""
    need = values["need"]
    reason = w.say(f"decline-{values['reason']}")
    if values["rest"]:
        text = w.say("need-rest-declined", id=need["id"], order=order(w, need), n=values["rest"], reason=reason)
        return Message(text, rows(button(w, "mine", "mine")))
    return Message(w.say("need-declined", id=need["id"], order=order(w, need), reason=reason))


def asking_teacher(values: Values, w: Words) -> Message:
    """批准: a teacher is being asked."""
    need, until = values["need"], moment(w, values["deadline"])
    told = w.say(
        "asking-another" if values.get("another") else "asking-teacher",
        id=need["id"],
        order=order(w, need),
        until=until,
    )
    return Message("\n".join([told, *for_school(w, values)]))


def confirm(values: Values, w: Words) -> Message:
    """The teacher said yes; the school says yes or no."""
    teacher, need, status = values["teacher"], values["need"], values["status"]
    lines = [
        w.say("confirm-head", id=need["id"], order=order(w, need)),
        w.say(
            "confirm-teacher", name=teacher["name"] or w.say("somebody"), unit=teacher["unit"] or w.say("unit-unsaid")
        ),
        w.say("confirm-subjects", subjects=terms(w, "subject", teacher["subjects"]) or w.say("unsaid")),
        *_dates(w, values),
        *for_school(w, values),
    ]
    if teacher["title"]:
        lines.insert(2, w.say("confirm-title", title=teacher["title"]))
    if status != "accepted":
        called_off = status == "withdrawn" and need["ended_why"]
        over = values["reason"] if values["reason"] in ("released", "unit") else status
        return Message("\n".join([*lines, "", w.say("confirm-called-off" if called_off else f"confirm-{over}")]))
    ident, unit = values["id"], values.get("unit")
    if unit == "open":
        return Message("\n".join([*lines, "", w.say("confirm-unit-open")]), rows(button(w, "refuse", "refuse", ident)))
    if unit == "given":
        lines.append(w.say("confirm-unit-given"))
    ask = w.say("confirm-again" if values.get("again") else "confirm-ask-dates" if values.get("was") else "confirm-ask")
    return Message(
        "\n".join([*lines, "", ask]),
        ((button(w, "confirm", "confirm", ident), button(w, "refuse", "refuse", ident)),),
    )


def _dates(w: Words, values: Values) -> list[str]:
    """When; if the teacher asks for other dates, both."""
    dates = span(w, values["start"], values["end"])
    if not values.get("was"):
        return [w.say("confirm-dates", dates=dates)]
    return [w.say("confirm-dates-new", dates=dates), w.say("confirm-dates-old", dates=span(w, *values["was"]))]


def refuse_ask(values: Values, w: Words) -> Message:
    """婉拒 by the school: one tapped reason."""
    ident = values["id"]
    reasons = [
        button(w, f"refuse-{reason}", "refusewhy", ident, reason) for reason in ("time", "not-fitting", "unsaid")
    ]
    return Message(w.say("refuse-ask"), rows(*reasons, button(w, "back", "offer", ident)))


def need_closed(values: Values, w: Words) -> Message:
    """The result closed the order."""
    return Message(w.say("need-closed", id=values["need"]["id"], order=order(w, values["need"])))


def need_reopened(values: Values, w: Words) -> Message:
    """The result opened it again."""
    return Message(w.say("need-reopened", id=values["id"], old=values["old"]))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "need-ask": need_ask,
    "draft-card": draft_card,
    "draft-filed": draft_filed,
    "conditions-ask": conditions_ask,
    "conditions-kept": conditions_kept,
    "draft-cancelled": draft_cancelled,
    "no-coordinator": no_coordinator,
    "returned": returned,
    "answer-passed-on": answer_passed_on,
    "need-declined": need_declined,
    "asking-teacher": asking_teacher,
    "confirm": confirm,
    "refuse-ask": refuse_ask,
    "need-closed": need_closed,
    "need-reopened": need_reopened,
}
