"""县设置: what a county has settled for itself: deadlines and hours, whom it asks for, its surveys. Others have the defaults.

The programme level chooses the values, each from a few. A new value holds for what begins after it; what was promised to
somebody with a date keeps that date. Quiet hours can grow, never shrink: 21:00–08:00 stay quiet everywhere.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from models import CountySettings, Need, School, SupportUnit
from services import audit, survey_plan, timing
from services.actor import Actor
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, update
from services.survey_plan import Choice

TITLES = ("first", "senior")  # at least; levels of matching/lexicon/weights.toml
# topic → setting → what can be chosen; the first and last reminder of the school stand for both
TOPICS: dict[str, dict[str, tuple[Choice, ...]]] = {
    "times": {
        "answer_days": (2, 3, 5, 7),
        "confirm_reminder_days": (1, 2, 3, 4),
        "idle_days": (2, 3, 5, 7),
        "day_begins": (8, 9, 10),
        "day_ends": (19, 20, 21),
    },
    "rules": {"min_years": (0, 3, 5, 10), "min_title": ("any", *TITLES), "origin": ("any", "paired")},
    "surveys": survey_plan.choices(),
}
TOPIC_OF = {name: topic for topic, settings in TOPICS.items() for name in settings}
SECOND_REMINDER = 3  # days after the first
CARD = "counties"


def settings_of(session: Session, county: str) -> CountySettings:
    """What holds in a county."""
    found = session.exec(select(CountySettings).where(CountySettings.county == county)).first()
    return found or CountySettings(county=county)


def of_need(session: Session, need: Need) -> CountySettings:
    """What holds for an order: the settings of its school's county."""
    return settings_of(session, session.get_one(School, need.school_id).county)


def hours(settings: CountySettings) -> timing.Hours:
    """When people of the county may be reminded."""
    return timing.Hours(settings.day_begins, settings.day_ends)


def later(settings: CountySettings, now: datetime, days: int) -> datetime:
    """`days` from now, in the county's waking hours."""
    return timing.awake(now + timedelta(days=days), hours(settings))


def survey_choices(settings: CountySettings) -> dict[str, Choice]:
    """What the county has chosen within the plan of the surveys."""
    return survey_plan.settled(_more(settings).get("surveys", {}))


def _more(settings: CountySettings) -> dict[str, Any]:
    return settings.more if isinstance(settings.more, dict) else {}


def paired_with(session: Session, school: School) -> tuple[str, ...]:
    """Who supports a school's county: its training body, the units named for it, their cities."""
    query = select(SupportUnit).where(SupportUnit.county == school.county).order_by(col(SupportUnit.id))
    units = session.exec(query).all()
    names = [school.training_body, *(unit.name for unit in units), *(unit.city for unit in units)]
    return tuple(dict.fromkeys(name for name in names if name))


def choose(session: Session, actor: Actor, now: datetime, _: int = 0, page: str = "") -> Toast | None:
    """县设置: which county. A county's id is that of its first school: names do not fit on a button."""
    if not actor.is_programme:
        raise Refused("programme-only")
    query = select(School.county, func.min(School.id)).group_by(col(School.county)).order_by(func.min(School.id))
    counties = [{"id": ident, "name": name} for name, ident in session.exec(query)]
    shown = number(page[4:]) or 0
    (update if page else tell)(session, actor.id, "counties", {"counties": counties, "page": shown}, card=CARD)
    return None


def change(session: Session, actor: Actor, now: datetime, school_id: int, choice: str = "") -> Toast | None:
    """A county's settings: `topic` shows those of a topic, `name` what one can be, `name.value` sets it."""
    school = session.get(School, school_id)
    if school is None or not actor.is_programme:
        raise NotYours
    name, _, value = choice.partition(".")
    if name and name not in TOPICS and name not in TOPIC_OF:
        raise NotYours
    if not value:
        _show(session, actor, school, name)
        return None
    chosen = next((each for each in _choices(name) if str(each) == value), None)
    if chosen is None:
        raise NotYours
    changed = _set(session, actor, now, school.county, name, chosen)
    _show(session, actor, school, TOPIC_OF[name])
    return Toast("done" if changed else "already")


def _choices(name: str) -> tuple[Choice, ...]:
    return TOPICS[TOPIC_OF[name]][name] if name in TOPIC_OF else ()


def _held(settings: CountySettings, name: str) -> Any:
    if TOPIC_OF[name] == "surveys":
        return survey_choices(settings).get(name, survey_plan.usual(name))
    held = getattr(settings, name)
    return held[0] if name == "confirm_reminder_days" else held


def _set(session: Session, actor: Actor, now: datetime, county: str, name: str, chosen: Choice) -> bool:
    query = select(CountySettings).where(CountySettings.county == county).with_for_update()
    settings = session.exec(query).first() or CountySettings(county=county)
    before = _held(settings, name)
    if before == chosen:
        return False
    if TOPIC_OF[name] == "surveys":
        settings.more = {**_more(settings), "surveys": {**survey_choices(settings), name: chosen}}
    elif name == "confirm_reminder_days":
        settings.confirm_reminder_days = [int(chosen), int(chosen) + SECOND_REMINDER]
    else:
        setattr(settings, name, chosen)
    session.add(settings)
    session.flush()
    details = {"field": name, "before": str(before), "after": str(chosen)}
    audit.note(session, settings, "set", actor, now, details=details)
    return True


def _show(session: Session, actor: Actor, school: School, name: str = "") -> None:
    """Which topics there are; the settings of a topic; or what one of them can be."""
    topic, settings = TOPIC_OF.get(name, name), settings_of(session, school.county)
    values = {
        "id": school.id,
        "county": school.county,
        "topic": topic or None,
        "held": {each: _held(settings, each) for each in TOPICS.get(topic, ())},
        "asking": name if name in TOPIC_OF else None,
        "choices": list(_choices(name)),
        "paired": list(paired_with(session, school)) if name == "origin" else [],
    }
    update(session, actor.id, "county", values, card=CARD)
