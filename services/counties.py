"""县设置: what a county has settled for itself (deadlines, quiet hours). Who has settled nothing has the table's defaults.

The programme level chooses the values, each from a few. A new value holds for what begins after it; what was promised to
somebody with a date keeps that date. Quiet hours can grow, never shrink: 21:00–08:00 stay quiet everywhere.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from models import CountySettings, Need, School
from services import audit, timing
from services.actor import Actor
from services.clean import number
from services.errors import NotYours, Refused
from services.post import Toast, tell, update

# setting → what can be chosen; the first and last reminder of the school stand for both
CHOICES: dict[str, tuple[int, ...]] = {
    "answer_days": (2, 3, 5, 7),
    "confirm_reminder_days": (1, 2, 3, 4),
    "idle_days": (2, 3, 5, 7),
    "day_begins": (8, 9, 10),
    "day_ends": (19, 20, 21),
    "min_years": (0, 3, 5, 10),
}
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
    """A county's settings; `name` shows what one can be, `name.value` sets it."""
    school = session.get(School, school_id)
    if school is None or not actor.is_programme:
        raise NotYours
    name, _, value = choice.partition(".")
    if name and name not in CHOICES:
        raise NotYours
    if not value:
        _show(session, actor, school, asking=name or None)
        return None
    chosen = number(value)
    if chosen not in CHOICES[name]:
        raise NotYours
    changed = _set(session, actor, now, school.county, name, chosen)
    _show(session, actor, school)
    return Toast("done" if changed else "already")


def _set(session: Session, actor: Actor, now: datetime, county: str, name: str, chosen: int) -> bool:
    query = select(CountySettings).where(CountySettings.county == county).with_for_update()
    settings = session.exec(query).first() or CountySettings(county=county)
    before = getattr(settings, name)
    after: Any = [chosen, chosen + SECOND_REMINDER] if name == "confirm_reminder_days" else chosen
    if before == after:
        return False
    setattr(settings, name, after)
    session.add(settings)
    session.flush()
    audit.note(
        session, settings, "set", actor, now, details={"field": name, "before": str(before), "after": str(after)}
    )
    return True


def _show(session: Session, actor: Actor, school: School, asking: str | None = None) -> None:
    settings = settings_of(session, school.county)
    held = {name: getattr(settings, name) for name in CHOICES}
    held["confirm_reminder_days"] = settings.confirm_reminder_days[0]
    choices = list(CHOICES[asking]) if asking else []
    values = {"id": school.id, "county": school.county, "held": held, "asking": asking, "choices": choices}
    update(session, actor.id, "county", values, card=CARD)
