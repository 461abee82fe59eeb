"""What coordinators settle beside single orders: a county's settings, who stands in, what is approved in one tap."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message, clip
from handlers.views.teacher import profile
from handlers.views.wording import Row, Values, button, circled, join, order, rows, span, tap
from locales import Words

COUNTIES = 12  # on a page, two in a row
SHORT, LINE = 24, 60  # characters of a name and of an order in a line of many
IN_A_ROW = 9  # characters of a label when several stand side by side
PAIRED = 4  # names of paired places that are shown
ENDED_HERE = 4  # deputies that can be ended on the screen


def in_pairs(buttons: list[Button]) -> tuple[Row, ...]:
    """Two buttons in a row."""
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def counties(values: Values, w: Words) -> Message:
    """县设置: which county."""
    found = values["counties"]
    pages = max(1, -(-len(found) // COUNTIES))
    page = values["page"] % pages
    shown = found[page * COUNTIES : (page + 1) * COUNTIES]
    names = in_pairs([Button(each["name"], tap("county", each["id"])) for each in shown])
    turn = rows(button(w, "more", "counties", 0, f"page{page + 1}")) if pages > 1 else ()
    return Message(w.say("counties-ask"), (*names, *turn, *rows(button(w, "back", "queue"))))


def county(values: Values, w: Words) -> Message:
    """One county's settings: the topics; tapped, what holds in one; tapped again, what one setting can be."""
    topic, head = values.get("topic"), w.say("county-head", county=values["county"])
    if topic is None:
        topics = [button(w, f"topic-{each}", "county", values["id"], each) for each in ("times", "rules", "surveys")]
        back = button(w, "back", "counties", 0, "page0")
        return Message("\n".join([head, "", w.say("county-ask")]), rows(*topics, back))
    held = {name: w.say(f"setting-{name}", n=_plain(n)) for name, n in values["held"].items()}
    if values["asking"]:
        return _setting(values, w, [head, held[values["asking"]]])
    lines = [head, *held.values(), *([w.say("county-end")] if topic == "surveys" else [])]
    buttons = [button(w, f"setting-{name}", "county", values["id"], name) for name in held]
    back = button(w, "back", "county", values["id"])
    return Message("\n".join([*lines, "", w.say("county-topic-ask")]), (*in_pairs(buttons), *rows(back)))


def _setting(values: Values, w: Words, lines: list[str]) -> Message:
    """What one setting can be instead of what holds."""
    ident, topic, asking = values["id"], values["topic"], values["asking"]
    others = [
        Button(w.say("setting-value", n=_plain(n)), tap("county", ident, f"{asking}.{n}"))
        for n in values["choices"]
        if n != values["held"][asking]
    ]
    in_a_row = (tuple(others),) if all(len(each.label) <= IN_A_ROW for each in others) else rows(*others)
    lines = [*lines, *(_paired(w, values) if asking == "origin" else []), "", w.say(f"county-{topic}-ask")]
    return Message("\n".join(lines), (*in_a_row, *rows(button(w, "back", "county", ident, topic))))


def _plain(n: Any) -> Any:
    """Days before are said as days."""
    return abs(n) if isinstance(n, int) else n


def _paired(w: Words, values: Values) -> list[str]:
    """Which places 结对 means in this county."""
    names = [clip(name, SHORT) for name in values["paired"]]
    if not names:
        return [w.say("county-unpaired")]
    return [w.say("county-paired", names=join(w, names[:PAIRED]), n=len(names))]


def deputy_line(w: Words, values: Values) -> str:
    """Who stands in for whom, and how it stands."""
    key = "deputy-for-me" if values["mine"] else "deputy-i-for"
    dates = span(w, values["starts"], values["ends"])
    line = w.say(key, name=values["name"] or w.say("colleague"), dates=dates)
    return w.say("deputy-state", line=line, state=w.say(f"deputy-{values['status']}", n=values["decided"]))


def deputy_ask(values: Values, w: Words) -> Message:
    """休假代理: what is settled already, then from when to when."""
    lines = [deputy_line(w, each) for each in values["now"]]
    if lines:
        lines.append("")
    if values["unclear"]:
        lines.append(w.say("deputy-unclear"))
    lines.append(w.say("deputy-ask"))
    dates = {name: _compact(starts, ends) for name, starts, ends in values["choices"]}
    weeks = [button(w, f"away-{name}", "away", 0, choice) for name, choice in dates.items()]
    over = [
        button(w, "deputy-end", "standend", each["id"], name=each["name"] or w.say("colleague"), n=circled(at))
        for at, each in enumerate(values["now"])
    ]
    return Message("\n".join(lines), rows(*weeks, *over[:ENDED_HERE], button(w, "back", "queue")))


def _compact(starts: str, ends: str) -> str:
    """Dates as a button carries them."""
    return f"{starts.replace('-', '')}-{ends.replace('-', '')}"


def deputy_who(values: Values, w: Words) -> Message:
    """Who stands in: coordinators by name, or somebody new by a code."""
    choice = _compact(values["starts"], values["ends"])
    people = [
        Button(
            w.say(
                "deputy-person",
                name=each["name"] or w.say("colleague"),
                where=each["county"] or w.say("programme"),
                n=circled(at),
            ),
            tap("standin", each["id"], choice),
        )
        for at, each in enumerate(values["people"])
    ]
    text = w.say("deputy-who", dates=span(w, values["starts"], values["ends"]))
    invite = button(w, "standcode", "standcode", 0, choice)
    return Message(text, rows(*people, invite, button(w, "back", "deputy")))


def deputy_code(values: Values, w: Words) -> Message:
    """A code to pass on."""
    text = w.say("deputy-code", code=values["code"], dates=span(w, values["starts"], values["ends"]))
    return Message(text, rows(button(w, "back", "deputy")))


def deputy(values: Values, w: Words) -> Message:
    """Who stands in, told to both."""
    line = deputy_line(w, values)
    if values["status"] in ("ended", "cancelled"):
        return Message(line)
    if values["mine"]:
        return Message(line, rows(button(w, "back", "deputy")))
    about = w.say("deputy-told")
    end = button(w, "deputy-no", "standend", values["id"])
    work = (button(w, "queue", "queue"),) if values["status"] == "active" else ()
    return Message("\n".join([line, about]), rows(*work, end))


def bulk(values: Values, w: Words) -> Message:
    """批量批准: one line for each order; afterwards, what was left out and why."""
    items, done = values["items"], values["status"] == "done"
    left_out = [item for item in items if item["left_out"]]
    n = len(items) - len(left_out)
    lines = [w.say("bulk-done", n=n)] if done else [w.say("bulk-head", n=n), w.say("bulk-rule", n=values["lead"])]
    for at, item in enumerate(items):
        need, name = item["need"], item["teacher"]["name"] or w.say("somebody")
        line = w.say(
            "bulk-line",
            number=circled(at),
            id=need["id"],
            school=clip(need["school"], SHORT),
            order=clip(order(w, need), LINE),
            name=clip(name, SHORT),
        )
        state = w.say(f"bulk-{item['left_out']}") if item["left_out"] else w.say("bulk-approved") if done else ""
        lines.append(f"{line} {state}".rstrip())
    if done:
        return Message("\n".join(lines), rows(button(w, "queue", "queue")))
    yes = button(w, "bulkyes", "bulkyes", values["id"], n=n)
    return Message("\n".join([*lines, "", w.say("bulk-ask")]), rows(yes, button(w, "back", "queue")))


def entry(values: Values, w: Words) -> Message:
    """A teacher's entry as a coordinator sees it."""
    ident, is_paused = values["id"], values["status"] == "paused"
    state = w.say("entry-is-paused" if is_paused else "entry-is-active")
    button_ = (
        button(w, "resume", "switch", ident, "active") if is_paused else button(w, "pause", "switch", ident, "paused")
    )
    return Message(f"{state}\n\n{profile(w, values)}", rows(button_, button(w, "back", "queue")))


def entry_switched(values: Values, w: Words) -> Message:
    """Told to the teacher: a coordinator paused or resumed the entry."""
    by = values["by"] or w.say("colleague")
    key = "entry-switched-paused" if values["status"] == "paused" else "entry-switched-active"
    return Message(w.say(key, name=by), rows(button(w, "teach", "teach")))


def paused(values: Values, w: Words) -> Message:
    """Teachers who take no invitations now."""
    found = [
        Button(w.say("paused-line", n=circled(at), name=each["name"] or w.say("somebody")), tap("entry", each["id"]))
        for at, each in enumerate(values["teachers"])
    ]
    text = w.say("paused-ask") if found else w.say("paused-none")
    return Message(text, (*in_pairs(found), *rows(button(w, "back", "queue"))))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "counties": counties,
    "county": county,
    "bulk": bulk,
    "entry": entry,
    "entry-switched": entry_switched,
    "paused": paused,
    "deputy-ask": deputy_ask,
    "deputy-who": deputy_who,
    "deputy-code": deputy_code,
    "deputy": deputy,
}
