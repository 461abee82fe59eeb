"""找人帮忙 on every screen: a button where it is the fourth at most, else one last line that says the word for it.

The rule is about what a message is, not about which it is; a scale of five numbers is one control (docs/decisions/0006).
What nobody needs help with is named here, with the reason.
"""

from dataclasses import replace

from delivery.message import Message
from handlers.views import coordinator, desk, relaxing
from handlers.views.wording import Row, Values, button, rows, tap
from locales import Words

MOST_BUTTONS = 4
# Read by coordinators only: who is asked for help needs no button to ask for it.
DESK = frozenset({*coordinator.VIEWS, *desk.VIEWS, *relaxing.VIEWS} - {"entry-switched"}) | {
    "amend",
    "attachment",
    "behalf-school",
    "callback",
    "clip",
    "contact-lost",
    "evidence-note",
    "incident-coordinator",
    "placement-coordinator",
    "question-note",
    "queue",
    "result",
    "unit-evidence-ask",
    "unit-note",
}
# Before somebody agreed nothing may be written down, not even that they need help.
NOT_YET = frozenset({"consent", "consent-given", "language"})
# This is the help.
HELP = frozenset({"callback-ask", "callback-asked", "callback-not", "callback-taken"})
# A word of thanks or a short answer, as long as it has no buttons: nothing is open.
THANKS = frozenset(
    {
        "answer-passed-on",
        "forget-kept",
        "forgotten",
        "joined",
        "nothing-open",
        "placement-closed",
        "question-dropped",
        "reply-greeting",
        "reply-spam",
        "sticker-thanks",
        "survey",
        "toast",
    }
)


def for_desk(view: str, values: Values) -> bool:
    """Whether a coordinator reads it: by the view, or by whose side it shows."""
    return view in DESK or values.get("side") == "coordinator"


def offered(view: str, values: Values, message: Message, w: Words) -> Message:
    """The message with 找人帮忙 below its buttons, or with the line in its place."""
    if for_desk(view, values) or view in NOT_YET | HELP or (view in THANKS and not message.buttons):
        return message
    taps = [each.tap for row in message.buttons for each in row]
    if tap("callme") in taps:
        return message
    if sum(_controls(row) for row in message.buttons) < MOST_BUTTONS:
        return replace(message, buttons=(*message.buttons, *rows(button(w, "callback", "callme"))))
    return replace(message, text="\n\n".join([message.text, w.say("callback-line")]))


def _controls(row: Row) -> int:
    return 1 if all(each.label.isdecimal() for each in row) else len(row)
