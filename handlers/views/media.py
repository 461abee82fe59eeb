"""Files and evidence: what the sender is told, and what is sent on to a coordinator."""

from collections.abc import Callable, Mapping
from typing import Any

from delivery.message import FILES, Message, clip
from handlers.views.wording import Values, button, join, order, rows
from locales import Words

BACKS = ("survey", "talk", "lesson")
ONE_LINE = 110
QUOTED = 500  # characters of a caption or of evidence in words; a caption holds 1024 in all
PICTURES = ("photo", "video", "clip")  # on which pupils could be seen
NAMED = 3


def backed(w: Words, need: Values) -> str:
    """依据：问卷 ✓ 访谈 – 课堂观察 –, or that there is none yet."""
    if not need["backed"]:
        return w.say("backed-none")
    marks = (
        w.say("backed-yes" if name in need["backed"] else "backed-no", name=w.say(f"backs-{name}")) for name in BACKS
    )
    return w.say("backed-line", marks=" ".join(marks))


def attachment_kept(values: Values, w: Words) -> Message:
    """To the sender: kept, passed to whom, and what to do next."""
    kind, names = w.say(f"file-{values['kind']}"), join(w, values["names"][:NAMED])
    lines = [w.say("attachment-kept", kind=kind, names=names) if names else w.say("attachment-kept-nobody", kind=kind)]
    if not values["captioned"]:
        lines.append(w.say("attachment-words"))
    if values["kind"] in PICTURES:
        lines.append(w.say("attachment-no-pupils"))
    return Message("\n".join(lines), rows(button(w, "home", "home")))


def attachment(values: Values, w: Words) -> Message:
    """The file itself, with who sent it and what it is about."""
    return Message("\n".join(_about(w, values)), file=_file(values))


def clip_(values: Values, w: Words) -> Message:
    """A round video by itself; words say whose it is, and these only that it could not be sent on."""
    return Message(w.say("clip-lost"), file=("video_note", values["file_id"]))


def contact_not_kept(values: Values, w: Words) -> Message:
    """A contact card holds somebody's number, which is not kept."""
    return Message(w.say("contact-not-kept"), rows(button(w, "home", "home")))


def evidence_note(values: Values, w: Words) -> Message:
    """Evidence, with the file if there is one."""
    head = w.say("evidence-note", backs=w.say(f"backs-{values['backs']}"))
    return Message("\n".join([head, *_about(w, values), backed(w, values["need"])]), file=_file(values))


def _about(w: Words, values: Values) -> list[str]:
    name, of = values["name"] or w.say("somebody"), values["of"]
    who = w.say("sent-by-of", name=name, of=clip(of, 40)) if of else w.say("sent-by", name=name)
    lines = [w.say("sent-what", who=who, kind=w.say(f"file-{values['kind']}")) if values["kind"] else who]
    if need := values["need"]:
        lines.append(w.say("sent-about", id=need["id"], order=clip(order(w, need), ONE_LINE)))
    if values["words"]:
        lines.append(w.say("sent-words", words=clip(values["words"], QUOTED)))
    return lines


def _file(values: Values) -> tuple[str, str] | None:
    return (values["kind"], values["file_id"]) if values["kind"] in FILES else None


def evidence_ask(values: Values, w: Words) -> Message:
    """Which of the three."""
    need = values["need"]
    ident = need["id"]
    choices = [button(w, f"backs-{name}", "proofof", ident, name) for name in BACKS]
    text = "\n".join([w.say("evidence-ask", id=ident), backed(w, need)])
    return Message(text, rows(*choices, button(w, "back", "order", ident, "back")))


def evidence_words(values: Values, w: Words) -> Message:
    """A sentence, a photo or a file."""
    back = button(w, "back", "order", values["need"]["id"], "back")
    return Message(w.say(f"evidence-{values['backs']}-ask"), rows(back))


def evidence_kept(values: Values, w: Words) -> Message:
    """To the school: kept, and what backs the order now."""
    need, names = values["need"], join(w, values["names"][:NAMED])
    head = w.say("evidence-kept", id=need["id"], names=names) if names else w.say("evidence-kept-nobody", id=need["id"])
    more = button(w, "evidence-more", "proof", need["id"])
    return Message("\n".join([head, backed(w, need)]), rows(more, button(w, "mine", "mine")))


VIEWS: dict[str, Callable[[Mapping[str, Any], Words], Message]] = {
    "attachment-kept": attachment_kept,
    "attachment": attachment,
    "clip": clip_,
    "contact-not-kept": contact_not_kept,
    "evidence-note": evidence_note,
    "evidence-ask": evidence_ask,
    "evidence-words": evidence_words,
    "evidence-kept": evidence_kept,
}
