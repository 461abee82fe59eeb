"""修改: correcting a draft, in words or field by field. Every field the reader gives can be set by tapping.

A choice in callback data says what the field shall be (`headcount.3`), never what to do to it, so that a second tap changes
nothing. `needs` holds the draft, its card and its questions; `cases` keeps what was corrected.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from sqlmodel import Session

import matching
from models import Need
from services import audit, needs, timing
from services.actor import Actor, ask
from services.clean import number
from services.errors import NotYours
from services.needs import FIELDS, HEADCOUNT_LIMIT, batch_of, card_name, merge, own_draft, set_term, show
from services.post import Toast, tell, update
from services.snapshots import need_values
from services.terms import KINDS, name_of

TERM_STARTS = ((3, 1), (9, 1))  # month and day from which schools are used to count a term
TERM_MONTHS, YEAR_MONTHS, ONE_DAY = 5.0, 10.0, 0.03
FARTHEST_DAYS = 3 * 366


def edit(session: Session, actor: Actor, now: datetime, need_id: int, choice: str = "") -> Toast | None:
    """修改: pick the order if there are several, then the field, or just say what to change."""
    need = own_draft(session, actor, need_id)
    batch = batch_of(session, need)
    if choice == "back":
        ask(actor, None)
        show(session, actor, batch)
        return None
    if len(batch) > 1 and not choice.startswith("this"):
        page = (number(choice[4:]) or 0) if choice.startswith("page") else 0
        values = {"batch": [need_values(session, draft) for draft in batch], "page": page}
        update(session, actor.id, "draft-pick", values, card=card_name(need))
        return None
    ask(actor, "need-edit", need.id)
    # `this-more` stands on cards from before there were more than two pages
    page = 1 if choice == "this-more" else number(choice.removeprefix("this-page")) or 0
    values = {"need": need_values(session, need), "page": page, "several": len(batch) > 1}
    update(session, actor.id, "draft-edit", values, card=card_name(need))
    return None


def edit_field(session: Session, actor: Actor, now: datetime, need_id: int, field: str) -> Toast | None:
    """One field of a draft: show its choices and wait for words, or take the tapped choice (`field.choice`)."""
    need = own_draft(session, actor, need_id)
    name, _, choice = field.partition(".")
    if name == "remove":
        return _remove(session, actor, now, need)
    if name not in (*FIELDS, "urgent"):
        raise NotYours
    if choice and not choice.startswith("page"):
        set_field(need, name, choice, now)
        ask(actor, None)
        show(session, actor, batch_of(session, need))
        return None
    if name == "urgent":
        raise NotYours
    ask(actor, f"need-field-{name}", need.id)
    values = field_values(session, need, name, now, page=number(choice[4:]) or 0)
    update(session, actor.id, "draft-field", values, card=card_name(need))
    return None


def field_values(
    session: Session, need: Need, field: str, now: datetime, *, page: int = 0, unclear: bool = False
) -> dict[str, Any]:
    """A field's screen: what it holds, and likely values where there are some that no vocabulary lists."""
    choices: list[Any] = []
    if field == "when":
        choices = [[start.isoformat(), months] for start, months in when_choices(need, timing.today(now))]
    elif field == "topics":
        choices = [[_mark(topic), topic] for topic in need.topics]
    return {"need": need_values(session, need), "field": field, "page": page, "choices": choices, "unclear": unclear}


def when_choices(need: Need, today: date) -> list[tuple[date, float]]:
    """Three likely beginnings with a length: of the coming terms, or for what takes a day the coming weeks."""
    if need.modes and all(matching.mode_traits(mode).event for mode in need.modes):
        monday = today + timedelta(days=7 - today.weekday())
        return [(monday + timedelta(weeks=weeks), ONE_DAY) for weeks in (1, 2, 4)]  # nobody packs in two days
    years = (today.year, today.year + 1)
    starts = sorted(date(year, *day) for year in years for day in TERM_STARTS if date(year, *day) > today)
    autumn = next(start for start in starts if (start.month, start.day) == TERM_STARTS[1])
    return [(starts[0], TERM_MONTHS), (starts[0], YEAR_MONTHS), (autumn, YEAR_MONTHS)][
        : 3 if autumn != starts[0] else 2
    ]


def set_field(need: Need, field: str, choice: str, now: datetime) -> None:
    """Make a field what the tapped button said. Raises NotYours for what no button of ours carries."""
    if field in KINDS:
        set_term(need, field, name_of(field, choice))
    elif field == "headcount":
        need.headcount, need.headcount_said = _within(choice, 1, HEADCOUNT_LIMIT), True
    elif field == "urgent":
        if choice not in ("yes", "no"):
            raise NotYours
        need.urgent = choice == "yes"
    elif field == "when":
        need.start, need.months = _when(choice, timing.today(now))
        need.window_from = need.window_until = need.until = None
    else:
        _drop_topic(need, choice)


def _within(choice: str, low: int, high: int) -> int:
    value = number(choice, below=high + 1)
    if value is None or value < low:
        raise NotYours
    return value


def _when(choice: str, today: date) -> tuple[date, float]:
    """`20270301-500`: a first day, and the months in hundredths."""
    day, _, hundredths = choice.partition("-")
    try:
        start = date.fromisoformat(day) if day.isascii() and len(day) == 8 else None
    except ValueError:
        start = None
    if start is None or not today - timedelta(days=31) <= start <= today + timedelta(days=FARTHEST_DAYS):
        raise NotYours
    return start, _within(hundredths, 1, round(needs.MONTHS_LIMIT * 100)) / 100


def _mark(topic: str) -> str:
    """A topic in callback data: its place in the list changes when another is dropped."""
    return f"{crc32(topic.encode()):08x}"


def _drop_topic(need: Need, choice: str) -> None:
    """`drop-<mark>`: the topic goes if it is still there."""
    verb, _, mark = choice.partition("-")
    if verb != "drop" or len(mark) != 8 or not mark.isalnum():
        raise NotYours
    need.topics = [topic for topic in need.topics if _mark(topic) != mark]


def answer_edit(session: Session, actor: Actor, now: datetime, need_id: int, text: str) -> None:
    """Words on the 修改 screen: whatever they say is changed."""
    _answer_fields(session, actor, now, need_id, text, FIELDS)


def answer_field(field: str, session: Session, actor: Actor, now: datetime, need_id: int, text: str) -> None:
    """Words for one field."""
    _answer_fields(session, actor, now, need_id, text, ("what", "topics") if field == "what" else (field,))


def _answer_fields(
    session: Session, actor: Actor, now: datetime, need_id: int, text: str, only: tuple[str, ...]
) -> None:
    need = own_draft(session, actor, need_id)
    taken = merge(need, matching.read_reply(text, today=timing.today(now)), only=only, spans=False)
    if not taken and only == ("topics",) and text.strip():
        need.topics = [text.strip()[:40]]
        taken = {"topics"}
    if not taken:
        field = only[0] if len(only) < 3 else "edit"
        tell(
            session,
            actor.id,
            "draft-field",
            field_values(session, need, field, now, unclear=True),
            card=card_name(need),
        )
        return
    ask(actor, None)
    show(session, actor, batch_of(session, need), fresh=True)


def _remove(session: Session, actor: Actor, now: datetime, need: Need) -> Toast:
    batch = batch_of(session, need)
    audit.move(session, need, "cancelled", actor, now, why="removed from draft")
    ask(actor, None)
    rest = [draft for draft in batch if draft.id != need.id]
    if rest:
        show(session, actor, rest)
    else:
        update(session, actor.id, "draft-cancelled", card=card_name(need))
    return Toast("done")
