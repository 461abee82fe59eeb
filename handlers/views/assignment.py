"""Why places stay open after assigning a whole pool, and what would fill them, in words."""

from handlers.views import wording
from locales import Words
from matching import NeedFields
from matching.assigning.unfilled import Reason, Remedy


def explanation(w: Words, need: NeedFields, told: Reason | Remedy) -> str:
    """A reason or a remedy in the reader's language."""
    asked = {
        "subjects": need.subjects,
        "topics": need.topics,
        "stages": need.stages,
        "grade": None,
        "modes": need.modes,
    }
    what, where = wording.what(w, asked), wording.where(w, asked)
    kind = w.say("assign-kind", what=what, where=where) if need.stages else what
    if isinstance(told, Remedy):
        return w.say(f"assign-would-{told.name}", kind=kind, n=told.teachers)
    how = wording.forms(w, asked)
    return w.say(f"assign-why-{told.name}", kind=kind, what=what, where=where, how=how, suit=told.suit, here=told.here)
