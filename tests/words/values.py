"""Values for every view: ordinary ones, each state, and the worst that tables and services let through.

The shapes are those of services/snapshots.py and of the services that tell the view; test_views compares the snapshots
with real rows, so a field that is added there is missed here.
"""

from typing import Any

from models.desk import BULK_STATES, DEPUTY_STATES
from models.help import BACKS, CALLBACK_STATES
from models.offers import UNIT_CONSENT_STATES
from models.orders import OFFER_STATES, PLACEMENT_STATES, PROPOSAL_STATES, SIDES
from models.people import INTRODUCTION_STATES, ROLES
from models.surveys import SURVEY_ROLES, SURVEY_STATES
from services import (
    amending,
    bulk,
    changes,
    counties,
    decisions,
    media,
    needs,
    offers,
    proposals,
    questions,
    surveys,
    teachers,
)
from services.survey_plan import plan
from tests.words import engine

Values = dict[str, Any]
MISREAD = ("unread", "slips", "sum")  # services.totals.Misread
ID = 10**18 - 1  # the longest a button may carry (handlers.taps.parse)
LONG = "缺老师" * 2000


def need(**changes: Any) -> Values:
    """services.snapshots.need_values, as short as it gets in life."""
    return {
        "id": 12,
        "school": "四开乡中心小学校",
        "county": "昭觉县",
        "status": "open",
        "subjects": ["数学"],
        "stages": ["小学"],
        "stage_assumed": True,
        "grade": None,
        "modes": ["顶岗支教", "线上"],
        "headcount": 1,
        "headcount_said": False,
        "start": "2027-03-01",
        "window": None,
        "months": 5,
        "topics": [],
        "urgent": False,
        "text": "缺一个小学数学老师，3 月来，一学期",
        "words": ["小学数学", "一个"],
        "confirmed": 0,
        "amends": None,
        "ended_why": None,
        "backed": [],
        **changes,
    }


def bare_need(**changes: Any) -> Values:
    """An order that fixes nothing."""
    nothing = {"subjects": [], "stages": [], "stage_assumed": False, "modes": [], "start": None, "months": None}
    return need(**nothing, words=[], **changes)


def worst_need(**changes: Any) -> Values:
    """As much as the columns hold."""
    return need(
        **{
            "id": ID,
            "school": "校" * 80,
            "county": "县" * 60,
            "subjects": ["语文", "数学", "英语", "物理", "化学"],
            "stages": ["小学", "初中", "高中"],
            "modes": ["顶岗支教", "送教", "跟岗", "线上", "讲座培训", "同课异构", "师徒结对"],
            "headcount": needs.HEADCOUNT_LIMIT,
            "headcount_said": True,
            "start": None,
            "window": ["2027-02-15", "2027-03-31"],
            "months": 119.5,
            "topics": ["题" * 40] * 8,
            "urgent": True,
            "text": LONG[: needs.TEXT_LIMIT],
            "words": ["词" * 30] * 40,
            "confirmed": 98,
            **changes,
        }
    )


def busy_need(**changes: Any) -> Values:
    """What a long list of orders may hold in each of its lines."""
    short = {
        "subjects": ["语文", "数学"],
        "stages": ["小学", "初中"],
        "modes": ["顶岗支教", "送教", "线上"],
        "topics": [],
    }
    return worst_need(**{**short, **changes})


def teacher(**changes: Any) -> Values:
    """services.snapshots.teacher_values."""
    return {
        "id": 7,
        "name": "李明",
        "unit": "成都市东光实验小学",
        "subjects": ["数学"],
        "stages": ["小学"],
        "modes": ["顶岗支教"],
        "topics": ["计算教学"],
        "title": "一级教师",
        "years": 15,
        "bio": "教小学数学 15 年",
        "from": "2027-03-01",
        "until": "2027-07-10",
        "capacity": 1,
        "city": "成都",
        "regions": ["凉山"],
        "not_regions": [],
        "max_altitude": None,
        "min_months": None,
        "max_months": None,
        "contact_hours": None,
        "status": "active",
        **changes,
    }


def bare_teacher(**changes: Any) -> Values:
    """An entry of which only one thing is known."""
    unknown = dict.fromkeys(("name", "unit", "title", "years", "from", "until", "city"))
    return teacher(**unknown, subjects=[], stages=[], modes=[], topics=[], regions=[], bio="", **changes)


def worst_teacher(**changes: Any) -> Values:
    """As much as the columns hold."""
    wishes = {
        "regions": ["州" * 30] * 12,
        "not_regions": ["县" * 30] * 12,
        "max_altitude": 6000,
        "min_months": 0.5,
        "max_months": 24.0,
    }
    words = {
        "name": "名" * 60,
        "unit": "位" * 80,
        "title": "职" * 40,
        "topics": ["题" * 40] * 12,
        "bio": "介" * 2000,
        "contact_hours": "晚" * 40,
    }
    return teacher(**{"id": ID, **words, **wishes, **changes})


ASKED = {"start": "2027-03-01", "window": None, "months": 5}
CHANGES: list[Values] = [
    {"limit": "form", "asked": ["顶岗支教"], "given": ["线上"]},
    {"limit": "form", "asked": ["顶岗支教"], "given": []},
    {"limit": "stage", "asked": ["小学"], "given": ["初中"]},
    {"limit": "stage", "asked": ["小学"], "given": []},
    {"limit": "subject", "asked": ["物理"], "given": ["科学"]},
    {"limit": "subject", "asked": ["物理"], "given": []},
    {"limit": "dates", "asked": ASKED, "given": ["2027-04-01", "2027-07-10"]},
    {"limit": "dates", "asked": {**ASKED, "start": None}, "given": None},
]


def relax_ask(**changes: Any) -> Values:
    """services.decisions: what 批准 of a near candidate shows."""
    plain = {"id": 9, "status": "open", "need": need(), "teacher": teacher(), "changes": CHANGES[:1], "forms": ["线上"]}
    return {**plain, **changes}


def offer(**changes: Any) -> Values:
    """services.snapshots.offer_values."""
    return {
        "id": 5,
        "status": "open",
        "start": "2027-03-01",
        "end": "2027-07-10",
        "deadline": "2026-11-24T10:00",
        "was": None,
        "extended": False,
        "question": None,
        "unit": None,
        "may_leave": changes.get("status") in ("accepted", "confirmed"),
        "placement": 3 if changes.get("status") == "confirmed" else None,
        "may_ask": changes.get("status", "open") == "open",
        "reason": None,
        "relaxed": [],
        "altitude": None,
        "conditions": None,
        "changed": [],
        "need": need(),
        "teacher": teacher(),
        **changes,
    }


def worst_offer(**changes: Any) -> Values:
    question = {"status": "answered", "text": "问" * questions.LONGEST, "answer": "答" * questions.LONGEST}
    more = {
        "extended": True,
        "question": question,
        "was": ["2027-02-15", None],
        "altitude": 4500,
        "conditions": "住" * 200,
    }
    return offer(**{"id": ID, **more, "need": worst_need(), "teacher": worst_teacher(), **changes})


def question(**changes: Any) -> Values:
    """services.questions: a teacher's question as the school sees it."""
    worst = {"text": "问" * questions.LONGEST, "answer": None, "need": worst_need()}
    return {"id": ID, "status": "open", **worst, **changes}


def placement(**changes: Any) -> Values:
    """services.snapshots.placement_values."""
    return {
        "id": 3,
        "offer": 5,
        "status": "agreed",
        "start": "2027-03-01",
        "end": "2027-07-10",
        "need": need(),
        "teacher": teacher(),
        **changes,
    }


def worst_placement(**changes: Any) -> Values:
    return placement(**{"id": ID, "need": worst_need(), "teacher": worst_teacher(), **changes})


def date_move(**changes: Any) -> Values:
    """services.snapshots.date_move_values."""
    days = {"start": "2027-03-15", "end": "2027-07-24"}
    return {"id": ID, "side": "teacher", **days, "until": "2026-11-29T10:00", "raised": False, **changes}


def card(**changes: Any) -> Values:
    """services.proposals.card."""
    return {
        "id": 9,
        "status": "open",
        "need": need(),
        "taken": 0,
        "candidates": [candidate(), candidate(relax=["dates", "form", "stage", "subject"]), candidate()],
        "first": 0,
        "total": 9,
        "marked": 0,
        "opened": True,
        "excluded": {},
        "full_match": True,
        "question": None,
        "answer": None,
        "relaxed": [],
        "changed": [],
        "decider": None,
        "decided_for": None,
        "no_coordinator": False,
        "reasons": False,
        "waited": None,
        "escalated": False,
        "unanswered": False,
        **changes,
    }


def candidate(**changes: Any) -> Values:
    """One of a card's candidates; its parts are filled in by test_views with real ones."""
    return {"teacher": teacher(), "score": 62.5, "tier": 1, "relax": [], "parts": [], **changes}


def worst_card(**changes: Any) -> Values:
    everything = {"question": "问" * 1000, "answer": "答" * 4096, "decider": "名" * 60}
    candidates = [candidate(teacher=worst_teacher()) for _ in range(proposals.SHOWN)]
    flags = {"no_coordinator": True, "waited": 99, "escalated": True, "unanswered": True, "opened": True}
    return card(id=ID, need=worst_need(), candidates=candidates, **everything, **flags, **changes)


def draft(**changes: Any) -> Values:
    nobody = {"typist": None, "owner": None, "alone": False}
    return {"batch": [need()], "question": None, "about": 12, "unclear": False, "page": 0, **nobody, **changes}


def survey(**changes: Any) -> Values:
    return {
        "id": 4,
        "role": "school",
        "words": "over-school",
        "status": "open",
        "ratings": [],
        "totals": [],
        "reminder": 0,
        "placement": placement(status="ended"),
        **changes,
    }


def progress(step: str, **changes: Any) -> Values:
    """services.home.progress."""
    return {
        **need(),
        "step": step,
        "until": "2026-11-24T10:00",
        "teacher": "李明",
        "asked": 6,
        "offer": 5,
        "owner": None,
        "question": 9,
        "helped": step in ("agreed", "active"),
        **changes,
    }


def mine(**changes: Any) -> Values:
    nothing: Values = {"needs": [], "offers": [], "placements": [], "surveys": [], "more": False, "coordinator": None}
    nothing |= {"colleague_of": [], "orders": False, "deputies": [], "moves": []}
    return {**nothing, "is_teacher": False, "is_school": True, **changes}


def _school() -> dict[str, list[Values]]:
    every_page = [draft(question=slot, page=page, unclear=True) for slot in needs.SLOTS for page in range(12)]
    worst = [worst_need(), worst_need(), worst_need()]
    return {
        "need-ask": [{}, {"colleagues": True}],
        "draft-card": [
            draft(),
            draft(batch=[bare_need()], question="what"),
            draft(batch=[need(grade=8), need(urgent=True)], about=ID),
            draft(batch=[need(amends=ID)]),
            *(draft(typist=name) for name in ("", "名" * 60)),
            draft(owner=""),
            draft(alone=True),
            draft(batch=worst, question="form", about=ID, unclear=True),
            draft(batch=[worst_need()] * 4),
            draft(batch=[busy_need()] * needs.ORDERS_LIMIT, about=ID),
            *every_page,
        ],
        "draft-pick": [{"batch": [worst_need(), need()], "page": page} for page in range(3)]
        + [{"batch": [worst_need()] * needs.ORDERS_LIMIT, "page": page} for page in range(20)],
        "draft-edit": [
            {"need": each, "page": page, "several": several}
            for each in (bare_need(), worst_need())
            for page in range(5)
            for several in (False, True)
        ],
        "draft-field": [
            {"need": worst_need(), "field": field, "page": page, "unclear": bool(page % 2)}
            for field in (*needs.FIELDS, "edit")
            for page in range(12)
        ]
        + [{"need": need(), "field": field, "page": 0, "verb": "amend", "about": ID} for field in needs.FIELDS]
        + [
            {"need": each, "field": field, "page": 0, "choices": choices}
            for each in (need(), worst_need())
            for field, choices in (
                ("headcount", []),
                ("when", [["2027-03-01", 5.0], ["2027-03-01", 10.0], ["2027-09-01", 0.03]]),
                ("topics", [["0a1b2c3d", "题" * 40], ["4e5f6a7b", "题" * 40]]),
            )
        ],
        "draft-filed": [
            {"batch": [need()]},
            {"batch": [need()], "owner": "名" * 60},
            {"batch": [busy_need()] * needs.ORDERS_LIMIT},
        ],
        "draft-cancelled": [{}],
        "conditions-ask": [{"held": held, "long": long} for held in (None, "住" * 200) for long in (False, True)],
        "conditions-kept": [{"held": "住" * 200}],
        "no-coordinator": [{"county": "昭觉县"}],
        "returned": [
            {"need": worst_need(), "question": asked, "id": ID, "status": status, "again": True}
            for status in PROPOSAL_STATES
            for asked in ("问" * 1000, decisions.ASK_EVIDENCE)
        ],
        "answer-passed-on": [{"need": worst_need()}],
        "need-declined": [
            {"need": worst_need(), "reason": reason, "rest": rest}
            for reason in decisions.DECLINE_REASONS
            for rest in (0, 98)
        ],
        "asking-teacher": [worst_offer(another=True), offer(relaxed=CHANGES, another=False)],
        "question-relayed": [{**question(), **how} for how in ({}, {"again": True}, {"ready": True}, {"long": True})]
        + [question(status="answered", answer="答" * questions.LONGEST), question(status="dropped")],
        "confirm": [
            each
            for status in OFFER_STATES
            for each in (
                offer(status=status, teacher=bare_teacher(), relaxed=CHANGES),
                worst_offer(status=status, again=True),
                offer(status=status, need=need(ended_why="unneeded")),
            )
        ]
        + [offer(status="refused", reason="released"), offer(status="withdrawn", reason="unit")]
        + [offer(status="accepted", unit=unit) for unit in UNIT_CONSENT_STATES],
        "refuse-ask": [{"id": ID}],
        "need-closed": [worst_placement()],
        "need-reopened": [{"id": ID, "old": ID}],
    }


def _teacher() -> dict[str, list[Values]]:
    entry = {"question": None, "unclear": False, "page": 0}
    asking = [
        {**teacher(id=ID), "question": slot, "unclear": True, "page": page}
        for slot in teachers.SLOTS
        for page in range(12)
    ]
    choices = [["2027-03-01", "2027-07-31"], ["2027-04-01", "2027-08-31"]]
    return {
        "teach-ask": [{}, {"unclear": True}],
        "teacher-card": [{**bare_teacher(), **entry, "question": "what"}, {**worst_teacher(), **entry}, *asking],
        "teach-edit": [{**worst_teacher(), "places": 3}, {**bare_teacher(), "places": 1}],
        "teacher-entry": [teacher(status=status, id=ID) for status in ("active", "paused")] + [worst_teacher()],
        "teacher-joined": [teacher(), teacher(until=None), {**teacher(), "from": None}],
        "offer": [
            each
            for status in OFFER_STATES
            for each in (
                offer(status=status, start=None, end=None, relaxed=CHANGES, changed=CHANGED),
                offer(status=status, question={"status": "open", "text": "有宿舍吗？", "answer": None}),
                worst_offer(status=status),
            )
        ]
        + [offer(status="refused", reason="released")]
        + [offer(status="withdrawn", reason=reason) for reason in ("time", "unit")]
        + [offer(status="accepted", unit=unit) for unit in UNIT_CONSENT_STATES],
        "offer-dates": [
            {**worst_offer(end=end), "choices": choices, "unclear": unclear}
            for unclear in (False, True)
            for end in (None, "2027-07-10")
        ],
        "offer-decline-ask": [{"id": ID}],
        "question-ask": [{"id": ID}, {"id": ID, "long": True}],
        "unit-code": [{**worst_offer(status="accepted"), "code": "c" * 22}],
        "unit-card": [
            each
            for unit in UNIT_CONSENT_STATES
            for each in (offer(status="accepted", unit=unit), worst_offer(unit=unit, teacher=bare_teacher()))
        ],
        "unit-deny-ask": [worst_offer()],
        "leave-ask": [worst_offer()],
        "leave-sure": [worst_offer(reason=reason) for reason in offers.DECLINE_REASONS],
        "offer-refused": [worst_offer()],
    }


def _placements() -> dict[str, list[Values]]:
    moves = [date_move(side=side, raised=raised) for side in SIDES for raised in (False, True)]
    either = (worst_placement(), placement(teacher=bare_teacher()))
    cards = [
        *(worst_placement(status=status) for status in PLACEMENT_STATES),
        *({**each, "move": move, "again": True} for each in either for move in moves),
        placement(teacher=bare_teacher()),
    ]
    sides = (*SIDES, "coordinator")
    later = [["2027-03-15", "2027-07-24"], ["2027-03-29", "2027-08-07"], ["2027-03-01", "2027-08-21"]]
    asking = {"choices": later, "page": 0, "fault": None, "move": None}
    faults = (None, "unclear", "past", "order", "far", "same")
    ends = ("withdrawn", "replaced", "begun", "late", "ended", "cancelled")
    by = (None, "", "名" * 60)
    return {
        **{f"placement-{side}": cards for side in sides},
        "helpers": [
            {"id": ID, "placements": [worst_placement(id=ID - n) for n in range(9)], "page": page} for page in range(5)
        ],
        "redate-ask": [
            {**worst_placement(status=status), **asking, "side": "teacher", "fault": fault, "move": move, "page": page}
            for status in ("agreed", "active")
            for fault in faults
            for move in (None, *moves)
            for page in range(3)
        ],
        "redate-sure": [{**worst_placement(), "side": side, "to": later[0]} for side in sides],
        "redate-over": [{**each, "move": move, "why": why} for each in either for move in moves for why in ends],
        "redate-declined": [
            {**worst_placement(), "move": move, "side": side, "by": name}
            for move in moves
            for side in SIDES
            for name in by
        ],
        "placement-begins": [*either],
        "placement-moved": [
            {**each, "before": ["2027-03-01", "2027-07-10"], "by": name, "unit": True} for each in either for name in by
        ],
        "placement-closed": [worst_placement()],
    }


def _coordinator() -> dict[str, list[Values]]:
    cards = [card(status=status, decider=decider) for status in PROPOSAL_STATES for decider in (None, "协调员")]
    worst = [worst_card(status=status) for status in PROPOSAL_STATES]
    nobody = card(candidates=[], total=0, excluded={"no-account": 240}, full_match=False, need=bare_need())
    near = [card(candidates=[candidate(relax=list(engine.RELAX), teacher=bare_teacher())], total=1)]
    ended = [
        card(status="withdrawn", need=need(ended_why="waited")),
        card(need=need(headcount=3, confirmed=1, backed=["talk"]), changed=CHANGED),
    ]
    later_page = card(id=ID, first=6, marked=8, full_match=False)
    intro = {
        "id": ID,
        "role": "school",
        "words": "字" * 500,
        "school": "四开乡中心小学校",
        "county": "昭觉县",
        "same": [],
        "waited": None,
    }
    same = [{"id": ID - n, "name": "名" * 60, "last": "2026-11-20"} for n in range(2)]
    intros = [
        {**intro, "status": status, "name": name, "decider": name}
        for status in INTRODUCTION_STATES[1:]
        for name in (None, "王老师")
    ]
    return {
        "proposal": [
            *cards,
            *worst,
            nobody,
            later_page,
            card(waited=4),
            card(decider="刘主任", decided_for="张主任", status="approved"),
            card(reasons=True, opened=False, excluded=dict.fromkeys(engine.EXCLUDED, 12)),
            card(status="approved", relaxed=CHANGES),
            *near,
            *ended,
        ],
        "relax-ask": [
            *(relax_ask(status=status, changes=CHANGES) for status in ("open", "returned")),
            relax_ask(
                id=ID, teacher=worst_teacher(name=None), need=worst_need(), forms=["线上", "送教", "讲座培训", "跟岗"]
            ),
        ],
        "return-ask": [{"id": ID}],
        "decline-ask": [{"id": ID}],
        "intro-card": [
            *intros,
            {**intro, "status": "open", "name": None, "decider": None, "same": same, "waited": 9},
            {**intro, "role": "teacher", "school": None, "status": "open", "name": "", "decider": None},
        ],
        "question-note": [{**worst_offer(), "question": "问" * questions.LONGEST, "answer": "答" * questions.LONGEST}],
        "offer-accepted": [worst_offer(), offer(relaxed=CHANGES)],
        "offer-declined": [worst_offer(reason=reason) for reason in offers.DECLINE_REASONS],
        "offer-withdrawn": [worst_offer(reason=reason) for reason in (None, "unit", *offers.DECLINE_REASONS)],
        "unconfirmed": [
            {**worst_offer(status=status, reason=reason), "days": 7}
            for status, reason in (("accepted", None), ("refused", "released"), ("withdrawn", "unit"))
        ]
        + [{**offer(status="accepted", unit="open"), "days": 7}, {**offer(status="confirmed"), "days": 7}],
        "unit-note": [
            worst_offer(status=status, unit=unit)
            for status in ("accepted", "withdrawn")
            for unit in (None, *UNIT_CONSENT_STATES)
        ],
        "unit-evidence-ask": [{"id": ID}, {"id": ID, "long": True}],
        "offer-expired": [worst_offer()],
        "offer-refused-coordinator": [worst_offer(reason=reason) for reason in offers.REFUSE_REASONS],
    }


def _overview() -> dict[str, list[Values]]:
    steps = (
        "draft",
        "approve",
        "returned",
        "declined",
        "offer",
        "unit",
        "confirm",
        "agreed",
        "active",
        "survey",
        "closed",
    )
    worst = {
        **busy_need(),
        "until": "2027-03-01",
        "teacher": "名" * 60,
        "offer": ID,
        "owner": "名" * 60,
        "question": ID,
        "asked": ID,
    }
    full = mine(
        needs=[{**worst, "step": "confirm", "id": ID - n} for n in range(5)],
        offers=[worst_offer(need=busy_need()), worst_offer(status="accepted", need=busy_need())],
        placements=[worst_placement(status="active", need=busy_need())] * 5,
        moves=[{**worst_placement(), "move": date_move(side=side), "side": "teacher"} for side in SIDES],
        surveys=[survey(id=ID, placement=worst_placement())],
        colleague_of=[placement()],
        more=True,
        orders=True,
        coordinator={"open": 3, "returned": 1, "results": 2},
        deputies=[
            {"mine": mine, "name": None, "starts": "2026-12-01", "ends": "2026-12-10", "decided": 3, "status": "active"}
            for mine in (True, False)
        ],
        is_teacher=True,
    )
    item = {"kind": "proposal", "id": ID, "need": need(), "school": "校" * 80, "days": 1, "state": "returned"}
    intro = {"kind": "intro", "id": ID, "role": "teacher", "name": None, "days": 0}
    late = {"kind": "late", "id": ID, "school": "校" * 80, "name": None, "days": 8}
    states = ("returned", "unanswered", "escalated", None)
    desk = {"is_programme": True, "clear": 3}
    return {
        "mine": [
            mine(),
            *(mine(needs=[progress(step)]) for step in steps),
            mine(needs=[progress("approve", headcount=3, until=None, teacher=None, offer=None)]),
            mine(surveys=[survey()]),
            mine(colleague_of=[placement()], is_school=False),
            mine(needs=[progress("draft", amends=ID)]),
            mine(offers=[offer(), offer(status="accepted")], is_teacher=True),
            mine(offers=[offer(status="accepted", unit="open")], is_teacher=True),
            *(mine(placements=[placement(status=status)]) for status in PLACEMENT_STATES),
            *(
                mine(moves=[{**placement(), "move": date_move(side=side, raised=raised), "side": "school"}])
                for side in SIDES
                for raised in (False, True)
            ),
            full,
        ],
        "queue": [
            {"items": [], "total": 0, **desk},
            {"items": [intro, {"kind": "result", "id": ID, "need": worst_need(), "days": 9}], "total": 2, **desk},
            {"items": [late, {**late, "id": 1, "name": "名" * 60}], "total": 2, **desk},
            {"items": [{**worst_placement(), "move": date_move(), "kind": "redate", "days": 9}], "total": 1, **desk},
            {"items": [{"kind": "callback", **callback(name=None), "days": 3}], "total": 1, **desk},
            {"items": [{**item, "state": state, "need": worst_need()} for state in states] * 2, "total": 30, **desk},
        ],
    }


def _joining() -> dict[str, list[Values]]:
    every = (*ROLES, "colleague")
    roles = [{f"is_{name}": name in held for name in every} for held in ((), every, *((one,) for one in every))]
    data = {name: [{}] for name in ("person", "needs", "surveys", "audit")}
    choices = [{"id": ID - n, "name": f"{n}".rjust(80, "校")} for n in range(3)]
    return {
        "consent": [{"version": "2026-11"}],
        "consent-given": [{"version": "2026-11"}],
        "intro-role": [{}, {"colleague": True}],
        "intro-words": [{"role": "school"}, {"role": "school", "again": True}, {"role": "teacher"}],
        "intro-school": [{"intro": ID, "choices": choices}, {"intro": ID, "choices": []}],
        "contact-lost": [{"name": "王老师"}, {"name": None}],
        "home": [
            {**held, "name": name, "school": "四开乡中心小学校", "colleague_of": [placement()] * held["is_colleague"]}
            for held in roles
            for name in ("王老师", None)
        ],
        "help": roles,
        "language": [{}],
        "mute": [{"surveys": on, "tasks": not on} for on in (True, False)],
        "mydata": [{"data": data, "name": None}],
        "forget-ask": [{}],
        "incident": [{"incident": "A1B2C3"}],
        "incident-coordinator": [{"incident": "A1B2C3"}],
    }


CHANGED: list[Values] = [
    {"field": "what", "old": {"subjects": []}, "new": {"subjects": ["数学", "物理"]}},
    {"field": "form", "old": {"modes": ["顶岗支教"]}, "new": {"modes": ["线上", "送教", "讲座培训"]}},
    {
        "field": "when",
        "old": {"start": None, "window": ["2027-02-15", "2027-03-31"], "months": None},
        "new": {"start": "2027-09-01", "window": None, "months": 5},
    },
    {"field": "stage", "old": {"stages": ["小学"], "grade": None}, "new": {"stages": ["初中"], "grade": 8}},
    {"field": "headcount", "old": {"headcount": 1}, "new": {"headcount": 99}},
    {"field": "topics", "old": {"topics": []}, "new": {"topics": ["题" * 40] * 8}},
    {"field": "urgent", "old": {"urgent": False}, "new": {"urgent": True}},
    {"field": "urgent", "old": {"urgent": True}, "new": {"urgent": False}},
]


def _changes() -> dict[str, list[Values]]:
    ended = (*changes.WITHDRAW_REASONS, *changes.ENOUGH_REASONS)
    about = {"need": worst_need()}
    return {
        "orders": [
            {"needs": [], "page": 0},
            *({"needs": [worst_need(id=n) for n in range(30)], "page": page} for page in range(16)),
        ],
        "order-card": [
            {"need": {**progress("approve"), **each}, "can_change": can, "can_end": end, "helping": helping}
            for each in (worst_need(), {"topics": ["作文教学"]}, need(status="cancelled", ended_why="mistake"))
            for can in (False, True)
            for end in ("withdraw", "enough", None)
            for helping in (0, 2)
        ],
        "withdraw-ask": [{**about, "page": page} for page in range(3)],
        "withdraw-sure": [
            {**about, "reason": "mistake", "asked": n, "settled": m} for n, m in ((0, 0), (1, 2), (98, 99))
        ],
        "enough-ask": [{**about, "is_school": is_school} for is_school in (False, True)],
        "order-withdrawn": [{**about, "reason": reason} for reason in ended],
        "order-enough": [{**about, "wanted": wanted, "reason": "waited"} for wanted in (99, None)],
        "order-changed": [{**about, "changed": CHANGED}],
        "change-filed": [
            {**about, "changed": changed, "again": again} for changed in (CHANGED, []) for again in (False, True)
        ],
        "offer-called-off": [{**worst_offer(), "why": why} for why in ("withdrawn", "enough", "changed")],
        "offer-superseded": [worst_offer()],
    }


def _behalf() -> dict[str, list[Values]]:
    before = {"about": ID, "similar": {**progress("approve"), **worst_need()}, "filed": "2026-11-01"}
    schools = [{"id": ID - n, "name": f"{n}".rjust(80, "校")} for n in range(3)]
    mates = [{"id": ID - n, "name": f"{n}".ljust(60, "名")} for n in range(9)]
    return {
        "similar-ask": [{**before, "name": name, "own": own} for name in ("王老师", None) for own in (True, False)],
        "behalf-school": [{"choices": choices} for choices in (None, [], schools)],
        "behalf-colleague": [{"choices": [], "page": 0}, *({"choices": mates, "page": page} for page in range(5))],
        "behalf-ask": [{"name": "校" * 80}],
        "behalf-sent": [{"batch": [worst_need()], "owner": owner} for owner in ("名" * 60, None)],
        "behalf-dropped": [{"need": worst_need(), "name": None}],
        "behalf-waiting": [{"need": worst_need(), "name": None}],
    }


def callback(**changes: Any) -> Values:
    """services.callbacks: a request as its card and its asker see it."""
    plain = {"id": ID, "status": "open", "name": "王老师", "of": "四开乡中心小学校", "words": ""}
    return {**plain, "taker": None, "deciders": ["张主任", "刘主任"], "idle": False, **changes}


def _callbacks() -> dict[str, list[Values]]:
    worst = {"name": "名" * 60, "of": "校" * 80, "words": "字" * 500, "taker": "名" * 60, "deciders": ["名" * 60] * 9}
    every = [
        callback(status=status, **each) for status in CALLBACK_STATES for each in (worst, {"name": None, "of": None})
    ]
    return {
        "callback-ask": [{"aside": aside} for aside in (False, True)],
        "callback-not": [{}],
        "callback-asked": [
            callback(**each, aside=aside) for each in ({}, {"deciders": []}, worst) for aside in (False, True)
        ],
        "callback-taken": [callback(taker=None), callback(**worst)],
        "callback-done": [callback(taker=None), callback(**worst)],
        "callback": [*every, callback(idle=True)],
    }


def sent(**changes: Any) -> Values:
    """services.media.values."""
    plain = {"kind": "photo", "file_id": "AgAC", "words": "", "name": "王老师", "of": "四开乡中心小学校", "need": None}
    return {**plain, **changes}


def _media() -> dict[str, list[Values]]:
    kinds = media.KEPT
    worst = {"words": "字" * 2000, "name": "名" * 60, "of": "校" * 80, "need": worst_need(backed=list(BACKS))}
    every = [sent(kind=kind, **each) for kind in kinds for each in (worst, {"name": None, "of": None})]
    names: list[list[str]] = [[], ["名" * 60] * 9]
    return {
        "attachment-kept": [
            {"kind": kind, "names": each, "captioned": captioned}
            for kind in kinds
            for each in names
            for captioned in (False, True)
        ],
        "attachment": every,
        "clip": [{"file_id": "DQAC"}],
        "contact-not-kept": [{}],
        "evidence-note": [sent(**{**worst, "kind": kind}, backs=backs) for kind in (None, "photo") for backs in BACKS],
        "evidence-ask": [{"need": worst_need(backed=["talk"])}],
        "evidence-words": [{"need": worst_need(), "backs": backs} for backs in BACKS],
        "evidence-kept": [{"need": worst_need(backed=["lesson"]), "names": each} for each in names],
    }


def _survey() -> dict[str, list[Values]]:
    asked = [(wave.words, role) for wave in plan().waves.values() for role in wave.ask if role != "students"]
    students = {"id": ID, "role": "students", "said": 45, "added": 44}
    return {
        "survey": [
            *(
                survey(id=ID, words=f"{words}-{role}", role=role, ratings=[5] * done, reminder=reminder, unclear=True)
                for words, role in asked
                for done in range(surveys.QUESTIONS + 1)
                for reminder in (0, 3)
            ),
            *(survey(status=status, ratings=[5, 5, 5]) for status in SURVEY_STATES),
            survey(placement=worst_placement()),
            *(survey(**students, unclear=unclear) for unclear in (None, *MISREAD)),
            survey(**students, reminder=1, placement=worst_placement()),
        ],
        "colleague-code": [worst_placement(code="k" * 22)],
        "colleagues-of": [
            {
                "id": ID,
                "placements": [placement(id=ID - n, teacher=worst_teacher(name=f"{n}")) for n in range(9)],
                "page": p,
            }
            for p in range(5)
        ],
        "colleague-renew": [worst_placement(mark="0" * 8), placement(mark="none", teacher=bare_teacher())],
        "colleague-renewed": [worst_placement(), placement(teacher=bare_teacher())],
        "result": [
            result(score=score, status=status)
            for status in ("ended", "closed")
            for score in (
                {"mean": 4.5, "shares": {"colleague": 40, "teacher": 30, "students": 30}, "missing": []},
                {"mean": 4.5, "shares": {"teacher": 100}, "missing": ["colleague", "students"]},
                {"mean": None, "shares": {}, "missing": ["colleague", "teacher", "students"], "not_asked": []},
                {"mean": 4.5, "shares": {"teacher": 100}, "missing": [], "not_asked": ["colleague", "students"]},
            )
        ],
    }


def result(score: Values, status: str) -> Values:
    """services.results.result, with more said than a card holds."""
    side = {"asked": 3, "answered": 1, "mean": 4.33, "slips": 0}
    groups = [{**side, "role": role} for role in SURVEY_ROLES]
    silent = {**side, "role": "colleague", "answered": 0, "mean": None}
    return {
        "placement": worst_placement(status=status),
        "score": score,
        "groups": [*groups, silent, {**silent, "asked": 0}],
        "comments": ["言" * 1000] * 10,
        "waves": [{"kind": kind, "asked": 3, "answered": 2} for kind in plan().waves],
    }


def _county() -> list[Values]:
    """The topics, each topic with every value once, each setting tapped."""
    county = {"id": ID, "county": "县" * 60, "topic": None, "held": {}, "asking": None, "choices": [], "paired": []}
    found = [county]
    for topic, settings in counties.TOPICS.items():
        held = [
            {name: of[at % len(of)] for name, of in settings.items()} for at in range(max(map(len, settings.values())))
        ]
        found += [{**county, "topic": topic, "held": each} for each in held]
        found += [
            {**county, "topic": topic, "held": held[0], "asking": name, "choices": list(of), "paired": paired}
            for name, of in settings.items()
            for paired in ([], *([["单位" * 40] * 9] if name == "origin" else []))
        ]
    return found


def _desk() -> dict[str, list[Values]]:
    many = [{"id": ID - n, "name": f"{n}".rjust(60, "县")} for n in range(30)]
    deputy = {"id": ID, "status": "active", "mine": True, "name": "刘主任", "decided": 3}
    deputy |= {"starts": "2026-12-01", "ends": "2026-12-10"}
    away = {"now": [], "choices": [["this-week", "2026-11-21", "2026-11-22"]], "unclear": True}
    away["choices"].append(["next-week", "2026-11-23", "2026-11-29"])
    span = {"starts": "2026-12-01", "ends": "2026-12-10"}
    persons = [{"id": ID - n, "name": "名" * 60, "county": county} for n, county in enumerate(("昭觉县", None) * 3)]
    line = {"need": worst_need(), "teacher": worst_teacher()}
    left_out = [{**line, "left_out": why} for why in (*bulk.LEFT_OUT, None)] * 2
    amended = {"before": worst_need(), "after": worst_need(urgent=False), "by": None}
    return {
        "amend": [{"need": each, "about": ID, "verb": "amend"} for each in (need(), worst_need())],
        "need-amended": [{**amended, "field": field} for field in amending.AMENDABLE],
        "entry": [worst_teacher(), bare_teacher(status="paused")],
        "entry-switched": [{"status": status, "by": "名" * 60} for status in ("active", "paused")],
        "paused": [{"teachers": []}, {"teachers": [worst_teacher(id=ID - n) for n in range(8)]}],
        "bulk": [{"id": ID, "status": status, "items": left_out, "lead": 5.0} for status in BULK_STATES],
        "deputy-ask": [away, {**away, "now": [deputy, {**deputy, "mine": False, "name": None}] * 2}],
        "deputy-who": [{**span, "people": persons}, {**span, "people": []}],
        "deputy-code": [{**span, "code": "x" * 22}],
        "deputy": [{**deputy, "status": status, "mine": mine} for status in DEPUTY_STATES for mine in (True, False)],
        "counties": [{"counties": many, "page": page} for page in range(4)] + [{"counties": [], "page": 0}],
        "county": _county(),
    }


EXAMPLES: dict[str, list[Values]] = {
    **{f"reply-{kind}": [{}, {"perhaps": True}] for kind in engine.KINDS - {"need"}},
    **_joining(),
    **_school(),
    **_teacher(),
    **_placements(),
    **_coordinator(),
    **_overview(),
    **_changes(),
    **_behalf(),
    **_callbacks(),
    **_media(),
    **_desk(),
    **_survey(),
}
