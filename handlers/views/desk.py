"""What coordinators settle beside single orders: a county's settings, who stands in, what is approved in one tap."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message
from handlers.views.wording import Row, Values, button, rows, tap
from locales import Words

COUNTIES = 12  # on a page, two in a row


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
    """One county's settings; tapped, what one of them can be."""
    ident, asking = values["id"], values["asking"]
    held = {name: w.say(f"setting-{name}", n=n) for name, n in values["held"].items()}
    if asking is None:
        lines = [w.say("county-head", county=values["county"]), *held.values(), "", w.say("county-ask")]
        buttons = [button(w, f"setting-{name}", "county", ident, name) for name in held]
        return Message("\n".join(lines), (*in_pairs(buttons), *rows(button(w, "back", "counties", 0, "page0"))))
    values_of = [
        Button(w.say("setting-value", n=n), tap("county", ident, f"{asking}.{n}"))
        for n in values["choices"]
        if n != values["held"][asking]
    ]
    text = "\n".join([w.say("county-head", county=values["county"]), held[asking], "", w.say("county-value-ask")])
    return Message(text, (tuple(values_of), *rows(button(w, "back", "county", ident))))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "counties": counties,
    "county": county,
}
