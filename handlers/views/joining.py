"""First contact: consent, who are you, home, help, language, privacy; and short answers that need no buttons."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import Button, Message
from handlers.views.wording import Values, button, colleague_of, rows, tap
from locales import Words

PLAIN = (
    "invite-refused",
    "consent-given",
    "intro-waiting",
    "intro-sent",
    "intro-declined",
    "moved-here",
    "moved-away",
    "joined",
    "words-please",
    "sticker-thanks",
    "words-edited",
    "nothing-open",
    "question-dropped",
    "incident",
    "incident-coordinator",
    "forget-kept",
    "forgotten",
)


REPLIES = ("offer", "resource", "question", "complaint", "greeting", "spam")  # kinds of messages that are no need


def plain(key: str) -> Callable[[Values, Words], Message]:
    """A view that is one sentence."""
    return lambda values, w: Message(w.say(key, **{name: value for name, value in values.items() if _flat(value)}))


def _flat(value: object) -> bool:
    return isinstance(value, str | int | float | None)


def reply(kind: str) -> Callable[[Values, Words], Message]:
    """A short answer to what is no order; where one could be read in it, a button for that."""

    def view(values: Values, w: Words) -> Message:
        return Message(w.say(f"reply-{kind}"), rows(button(w, "is-need", "isneed")) if values.get("perhaps") else ())

    return view


def toast(values: Values, w: Words) -> Message:
    """The short answer to a tap; most taps need none."""
    key = values.get("key")
    return Message(w.say(f"toast-{key}", **values.get("values", {})) if key else "")


def error(values: Values, w: Words) -> Message:
    """A ServiceError in words."""
    return Message(w.say(f"error-{values['key']}", **values.get("values", {})))


def consent(values: Values, w: Words) -> Message:
    """Purpose and rights in few words, one button."""
    return Message(w.say("consent", version=values["version"]), rows(button(w, "agree", "consent")))


def intro_role(values: Values, w: Words) -> Message:
    """Who are you; a colleague can also leave it."""
    choices = (button(w, "role-school", "role", 0, "school"), button(w, "role-teacher", "role", 0, "teacher"))
    if values.get("colleague"):
        return Message(w.say("intro-role-colleague"), rows(*choices, button(w, "back", "home")))
    return Message(w.say("intro-role"), rows(*choices))


def intro_words(values: Values, w: Words) -> Message:
    """Name and school, or name and unit, in one sentence."""
    key = f"intro-words-{values['role']}" + ("-again" if values.get("again") else "")
    return Message(w.say(key), rows(button(w, "back", "start")))


def intro_school(values: Values, w: Words) -> Message:
    """Which school: proposed names, never assumed."""
    intro, choices = values["intro"], values["choices"]
    buttons = [Button(choice["name"], tap("pick", intro, choice["id"])) for choice in choices]
    key = "intro-school" if choices else "intro-school-none"
    return Message(w.say(key), rows(*buttons, button(w, "none-of-these", "pick", intro, "none")))


def contact_lost(values: Values, w: Words) -> Message:
    """Somebody cannot be reached."""
    return Message(w.say("contact-lost", name=values["name"] or w.say("somebody")))


def home(values: Values, w: Words) -> Message:
    """What this person can do."""
    lines = [w.say("home-hello", name=values["name"]) if values["name"] else w.say("home-hello-nameless")]
    buttons = []
    if values["is_school"]:
        lines.append(w.say("home-school", school=values["school"]))
        buttons.append(button(w, "need", "need"))
    if values["is_teacher"]:
        lines.append(w.say("home-teacher"))
        buttons.append(button(w, "teach", "teach"))
    lines += [colleague_of(w, placement) for placement in values["colleague_of"]]
    if values["is_coordinator"]:
        lines.append(w.say("home-coordinator"))
        buttons.append(button(w, "queue", "queue"))
        if not values["is_school"]:
            buttons.append(button(w, "behalf", "behalf"))
    if not buttons:  # a colleague, or a unit's person
        buttons.append(button(w, "join", "join"))
    buttons.append(button(w, "mine", "mine"))
    if len(buttons) < 3:  # 找人帮忙 comes first, and leads on from 帮助 too
        buttons.append(button(w, "help", "help"))
    return Message("\n".join(lines), rows(*buttons))


def help_(values: Values, w: Words) -> Message:
    """How to use the bot, for the person's roles."""
    roles = [name for name in ("school", "teacher", "colleague", "coordinator") if values[f"is_{name}"]]
    lines = [w.say(f"help-{role}") for role in roles] or [w.say("help-stranger")]
    mute = (button(w, "mute", "mute"),) if roles else ()
    terms = (button(w, "terms", "terms"),) if values["is_school"] else ()
    return Message("\n\n".join([*lines, w.say("help-always")]), rows(*terms, *mute, button(w, "home", "home")))


def mute(values: Values, w: Words) -> Message:
    """消息设置: which reminders come, and what comes in any case."""
    lines, buttons = [w.say("mute-head")], []
    for topic in ("surveys", "tasks"):
        if values[topic]:
            lines.append(w.say(f"mute-{topic}-on"))
            buttons.append(button(w, f"mute-{topic}", "mute", 0, f"{topic}.off"))
        else:
            lines.append(w.say(f"mute-{topic}-off"))
            buttons.append(button(w, f"unmute-{topic}", "mute", 0, f"{topic}.on"))
    return Message("\n".join([*lines, "", w.say("mute-always")]), rows(*buttons, button(w, "back", "help")))


def language(values: Values, w: Words) -> Message:
    """The two languages, each in its own words."""
    return Message(
        w.say("language-ask"),
        (
            (
                Button(w.say("language-zh"), tap("lang", 0, "zh-CN")),
                Button(w.say("language-en"), tap("lang", 0, "en")),
            ),
        ),
    )


def mydata(values: Values, w: Words) -> Message:
    """Everything kept about a person, as a file."""
    content = json.dumps(values["data"], ensure_ascii=False, indent=1).encode()
    counts = {name: len(found) for name, found in values["data"].items()}
    text = w.say("mydata", needs=counts["needs"], surveys=counts["surveys"], decisions=counts["audit"])
    return Message(text, document=("bangfu-mydata.json", content))


def forget_ask(values: Values, w: Words) -> Message:
    """What /forget will do, and one question."""
    return Message(w.say("forget-ask"), rows(button(w, "forget", "forget"), button(w, "back", "keep")))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    **{key: plain(key) for key in PLAIN},
    **{f"reply-{kind}": reply(kind) for kind in REPLIES},
    "toast": toast,
    "error": error,
    "consent": consent,
    "intro-role": intro_role,
    "intro-words": intro_words,
    "intro-school": intro_school,
    "contact-lost": contact_lost,
    "home": home,
    "help": help_,
    "language": language,
    "mute": mute,
    "mydata": mydata,
    "forget-ask": forget_ask,
}
