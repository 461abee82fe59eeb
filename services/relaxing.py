"""放宽: what differs from an order when a near candidate is asked; a coordinator agrees to it at 批准.

A change is {limit, asked, given}: `form` and `dates` change what is done, `stage` and `subject` say that the teacher comes
from a neighbouring one. It is kept with the offer; who agreed and when stand on the proposal and in the audit. The order
itself keeps what the school asked for: the next place is looked for by that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import matching
from matching import NeedFields
from models import Need, Teacher
from services import needs

Change = dict[str, Any]


def forms_to_choose(need: Need, teacher: Teacher) -> list[str]:
    """The teacher's forms of help, the likest to those the order asks for first."""
    asked = [matching.mode_traits(mode) for mode in need.modes]

    def unlike(mode: str) -> tuple[int, int]:
        traits = matching.mode_traits(mode)
        different = (
            (traits.stays != each.stays) + (traits.event != each.event) + (traits.remote != each.remote)
            for each in asked
        )
        return (1 if traits.sends_out else 0), min(different, default=0)

    return sorted((mode for mode in teacher.modes if mode in matching.mode_names()), key=unlike)


def changes(need: Need, teacher: Teacher, limits: Sequence[str], today: date, form: str | None = None) -> list[Change]:
    """What would differ from the order if this teacher came; `form` where one of several was chosen."""
    asked = {"form": need.modes, "stage": need.stages, "subject": need.subjects}
    given = {"form": teacher.modes, "stage": teacher.stages, "subject": teacher.subjects}
    made: list[Change] = []
    for limit in limits:
        if limit == "dates":
            made.append({"limit": limit, "asked": _when(need), "given": _dates(need, teacher, today)})
        elif limit in asked and not set(asked[limit]) & set(given[limit]):  # else the entry was changed since
            chosen = [form] if form else forms_to_choose(need, teacher)[:1]
            values = chosen if limit == "form" else list(given[limit])
            made.append({"limit": limit, "asked": list(asked[limit]), "given": values})
    return made


def _when(need: Need) -> Change:
    """The order's own beginning and length, as views take it."""
    window = [day.isoformat() for day in (need.window_from, need.window_until) if day]
    start = need.start.isoformat() if need.start else None
    return {"start": start, "window": window or None, "months": need.months}


def _dates(need: Need, teacher: Teacher, today: date) -> list[str] | None:
    """First and last day on which both can, or None where the teacher has to say."""
    fields, until = needs.fields_of(need), teacher.available_until
    opens, _ = matching.start_window(fields, today)
    begin = max(today, opens, teacher.available_from or today)
    end = matching.last_day(fields, begin, until)
    if end is not None and until is not None:
        end = min(end, until)
    return [begin.isoformat(), end.isoformat()] if end is not None and end >= begin else None


def modes_of(need: Need, relaxed: Sequence[Change]) -> list[str]:
    """The forms of help that hold after a change."""
    given = next((change["given"] for change in relaxed if change["limit"] == "form"), None)
    return list(given or need.modes)


def fields_of(need: Need, relaxed: Sequence[Change]) -> NeedFields:
    """A need as the engine takes it, with the forms that hold after a change; a talk does not last as long as a posting."""
    modes = modes_of(need, relaxed)
    shorter = takes_a_day(modes) and not takes_a_day(need.modes)
    fields = replace(needs.fields_of(need), modes=tuple(modes))
    return replace(fields, months=None, until=None) if shorter else fields


def takes_a_day(modes: Sequence[str]) -> bool:
    """Whether these forms of help are events, not stays."""
    return all(matching.mode_traits(mode).event for mode in modes)


def dates_of(relaxed: Sequence[Change]) -> tuple[date, date] | None:
    """The dates a change gives."""
    given = next((change["given"] for change in relaxed if change["limit"] == "dates"), None)
    return (date.fromisoformat(given[0]), date.fromisoformat(given[1])) if given else None


def told(relaxed: Sequence[Change]) -> str:
    """For the audit: which limits were relaxed."""
    return "relaxed " + ", ".join(change["limit"] for change in relaxed) if relaxed else ""
