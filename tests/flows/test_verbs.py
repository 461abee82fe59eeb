"""Every button × everybody: foreign, nonexistent, garbage, once, twice and stale. Generated from taps.VERBS; a verb
without a row of ROWS fails. On SQLite: what differs between the databases is shown by dialogues and test_concurrency.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from handlers import COMMANDS
from handlers.taps import VERBS
from models import (
    Callback,
    DateMove,
    Introduction,
    Need,
    Offer,
    Outbox,
    Placement,
    Proposal,
    Question,
    Survey,
    Teacher,
    UnitConsent,
)
from services import (
    callbacks,
    changes,
    date_moves,
    decisions,
    deputies,
    filing,
    introductions,
    needs,
    offers,
    placements,
    questions,
    results,
    surveys,
    teachers,
    unit_consents,
    withdrawals,
)
from tests.flows.checks import check_everything
from tests.flows.stage import Stage
from tests.world import World

NOWHERE = 987654321
GARBAGE = ("zzz", "²", "0.9", "page²", "9" * 40, "what.", "when.x", "form.page²", "stage.page²")
TABLES = {
    "need": Need,
    "proposal": Proposal,
    "offer": Offer,
    "placement": Placement,
    "datemove": DateMove,
    "survey": Survey,
    "teacher": Teacher,
    "unitconsent": UnitConsent,
    "question": Question,
    "introduction": Introduction,
    "callback": Callback,
}


@dataclass(frozen=True)
class Row:
    """How a verb is tried: its object in the state in which the button is live, whose it is, a choice that is valid."""

    owner: str
    build: Callable[[Stage], int] = lambda stage: 0
    choice: str = ""
    changes: bool = False  # whether the first tap changes a business row
    second: bool = False  # whether a second tap may change one too
    also: tuple[str, ...] = ()  # who else may do it
    move: Callable[[Stage, int], object] | None = None  # how the object moves on; then the button is stale
    harmless: tuple[str, ...] = field(default=())  # garbage that means something here
    everybody: bool = True  # False: do not let everybody tap it


def _submit(stage: Stage, need: int) -> None:
    stage.act(stage.school, filing.submit_anyway, need)


def _drop(stage: Stage, need: int) -> None:
    stage.act(stage.school, needs.cancel, need)


def _withdraw(stage: Stage, need: int) -> None:
    stage.act(stage.school, changes.withdraw, need, "unneeded")


def _enough(stage: Stage, need: int) -> None:
    stage.act(stage.boss, changes.enough, need, "unsaid")


def _solve(stage: Stage, call: int) -> None:
    stage.act(stage.boss, callbacks.solve, call)


def _approve(stage: Stage, proposal: int) -> None:
    stage.act(stage.boss, decisions.approve, proposal)


def _decline(stage: Stage, proposal: int) -> None:
    stage.act(stage.programme, decisions.decline, proposal, "unsaid")


def _refuse_offer(stage: Stage, offer: int) -> None:
    stage.act(stage.teacher, offers.decline, offer, "unsaid")


def _accept(stage: Stage, offer: int) -> None:
    stage.act(stage.teacher, offers.accept, offer)


def _expire(stage: Stage, offer: int) -> None:
    stage.world.do(lambda session: offers.expire(session, offer, 0, stage.world.now()))


def _confirm(stage: Stage, offer: int) -> None:
    stage.act(stage.school, offers.confirm, offer)


def _refuse(stage: Stage, offer: int) -> None:
    stage.act(stage.school, offers.refuse, offer, "unsaid")


def _answer(stage: Stage, question: int) -> None:
    stage.act(stage.school, questions.hear_answer, question, "有宿舍")


def _unit_agrees(stage: Stage, consent: int) -> None:
    stage.act(stage.unit, unit_consents.agree, consent)


def _lapse(stage: Stage, survey: int) -> None:
    stage.world.do(lambda session: surveys.lapse(session, survey, 0, stage.world.now()))


def _close(stage: Stage, placement: int) -> None:
    stage.act(stage.boss, results.close, placement)


def _cancel(stage: Stage, placement: int) -> None:
    (row,) = stage.world.rows(Placement, Placement.id == placement)
    stage.act(stage.teacher, withdrawals.leave, row.offer_id, "time")


def _leave(stage: Stage, need: int) -> None:
    _cancel(stage, stage.newest(Placement))


def _decline_dates(stage: Stage, move: int) -> None:
    stage.act(stage.school, date_moves.decline, move)


def _file_entry(stage: Stage, teacher: int) -> None:
    stage.act(stage.newcomer, teachers.cancel, teacher)


def _send_intro(stage: Stage, intro: int) -> None:
    stage.act(stage.stranger, introductions.hear_words, intro, "吉克，四开乡中心小学校")


def _reject(stage: Stage, intro: int) -> None:
    stage.act(stage.programme, introductions.reject, intro)


def _programme_person(stage: Stage) -> int:
    return stage.world.person_of(stage.programme)


def _end(stage: Stage, placement: int) -> None:
    stage.world.do(lambda session: placements.end(session, placement, 0, stage.world.now()))


def _end_of_order(stage: Stage, need: int) -> None:
    _end(stage, stage.world.rows(Placement, Placement.need_id == need)[0].id)


def _end_deputy(stage: Stage, deputy: int) -> None:
    stage.act(stage.other_boss, deputies.cancel, deputy)


PROGRAMME = ("programme",)
BOTH_OTHERS = ("school", "boss", "programme")  # beside the teacher
ROWS: dict[str, Row] = {
    "consent": Row("outsider", changes=True, everybody=False),
    "lang": Row("school", choice="zh-CN"),
    "start": Row("stranger"),
    "join": Row("stranger"),
    "role": Row("stranger", choice="school", changes=True, also=("mate",)),
    "pick": Row("stranger", Stage.introduction_draft, "1", True, move=_send_intro, harmless=("pick",)),
    "admit": Row("boss", Stage.introduction, changes=False, also=PROGRAMME, move=_reject, everybody=True),
    "reject": Row("boss", Stage.introduction, changes=True, also=PROGRAMME, move=_reject),
    "transfer": Row("boss", Stage.moved, "1", also=PROGRAMME, everybody=True),
    "newcomer": Row("boss", Stage.introduction, also=PROGRAMME),
    "home": Row("school"),
    "help": Row("school"),
    "mute": Row("school", choice="tasks.off", changes=True, everybody=False),
    "mine": Row("school"),
    "queue": Row("boss"),
    "callme": Row("school"),
    "callyes": Row("school", changes=True, everybody=False),
    "callnot": Row("school"),
    "takecall": Row("boss", Stage.callback, changes=True, also=PROGRAMME, move=_solve),
    "solved": Row("boss", Stage.callback, changes=True, also=PROGRAMME, move=_solve),
    "call": Row("boss", Stage.callback, also=PROGRAMME, move=_solve),
    "forget": Row("outsider", everybody=False, changes=True),
    "keep": Row("school"),
    "counties": Row("programme"),
    "county": Row("programme", lambda stage: 1, "idle_days.5", True),
    "bulk": Row("programme", Stage.proposal, changes=True, second=True, also=("boss",), everybody=False),
    "bulkyes": Row("boss", Stage.bulk, changes=True),
    "deputy": Row("boss", also=("other_boss", "programme")),
    "away": Row("boss", choice="20261210-20261212", also=("other_boss", "programme")),
    "standin": Row("boss", _programme_person, "20270110-20270112", True, also=("other_boss",)),
    "standcode": Row("boss", choice="20270110-20270112", changes=True, second=True, also=("other_boss", "programme")),
    "standend": Row("boss", Stage.deputy, changes=True, also=("other_boss",), move=_end_deputy),
    "need": Row("school"),
    "isneed": Row("school", Stage.taken_for_an_offer, changes=True),
    "terms": Row("school"),
    "slot": Row("school", Stage.draft_with_question, "form.post", True, move=_drop),
    "edit": Row("school", Stage.draft, move=_submit),
    "field": Row("school", Stage.draft, "what.english", True, move=_submit),
    "file": Row("school", Stage.unlike_draft, changes=True, move=_submit),
    "fileon": Row("school", Stage.draft, changes=True, move=_submit),
    "behalf": Row("boss"),
    "behalfof": Row("boss", choice="s1"),
    "resume": Row("school", Stage.draft, move=_submit),
    "drop": Row("school", Stage.draft, changes=True, move=_submit),
    "orders": Row("school"),
    "order": Row("school", Stage.filed, move=_withdraw),
    "change": Row("school", Stage.filed, changes=True, move=_withdraw),
    "undo": Row("school", Stage.filed, "mistake", move=_withdraw),
    "undoyes": Row("school", Stage.filed, "mistake", True, move=_withdraw),
    "enough": Row("school", Stage.agreed, also=("boss", "programme"), move=_enough),
    "proof": Row("school", Stage.filed, move=_withdraw),
    "proofof": Row("school", Stage.filed, "talk", move=_withdraw),
    "enoughwhy": Row("school", Stage.agreed, "waited", True, also=("boss", "programme"), move=_enough),
    "mates": Row("school", Stage.helped_order, move=_end_of_order),
    "mate": Row("school", Stage.helped, move=_end),
    "matenew": Row("school", Stage.helped, "0" * 8, True, move=_end),
    "reply": Row("school", Stage.returned, move=_approve),
    "teach": Row("teacher"),
    "tslot": Row("newcomer", Stage.entry_draft_with_question, "stage.primary", True, move=_file_entry),
    "tedit": Row("newcomer", Stage.entry_draft, move=_file_entry),
    "tback": Row("newcomer", Stage.entry_draft, move=_file_entry),
    "tfile": Row("newcomer", Stage.entry_draft, changes=False, move=_file_entry),
    "tset": Row("newcomer", Stage.entry_draft_with_wishes, "anywhere", changes=True, move=_file_entry),
    "tdrop": Row("newcomer", Stage.entry_draft, changes=True, move=_file_entry),
    "tpause": Row("teacher", Stage.entry, "paused", changes=True),
    "mark": Row("boss", Stage.proposal, "0", also=PROGRAMME, move=_decline),
    "more": Row("boss", Stage.proposal, also=PROGRAMME, move=_decline),
    "show": Row("boss", Stage.proposal, also=PROGRAMME, move=_decline),
    "open": Row("boss", Stage.proposal, also=PROGRAMME, move=_decline),
    "approve": Row("boss", Stage.proposal, changes=True, also=PROGRAMME, move=_decline),
    "relax": Row("boss", Stage.near_proposal, "1.post", True, also=PROGRAMME, move=_decline),
    "return": Row("boss", Stage.proposal, also=PROGRAMME, move=_approve),
    "seeproof": Row("boss", Stage.proposal, also=PROGRAMME, move=_approve),
    "askproof": Row("boss", Stage.proposal, changes=True, also=PROGRAMME, move=_approve),
    "decline": Row("boss", Stage.proposal, also=PROGRAMME, move=_approve),
    "why": Row("boss", Stage.proposal, "duplicate", True, also=PROGRAMME, move=_approve),
    "amend": Row("boss", Stage.proposal, "headcount.3", True, also=PROGRAMME, move=_approve),
    "entry": Row("boss", Stage.entry, also=("other_boss", "programme")),
    "switch": Row("boss", Stage.entry, "paused", True, also=("other_boss", "programme")),
    "paused": Row("boss"),
    "accept": Row("teacher", Stage.offer, changes=True, move=_expire),
    "otherwise": Row("teacher", Stage.offer, move=_expire),
    "dates": Row("teacher", Stage.offer_without_dates, "20270301-20270630", True, move=_refuse_offer),
    "asks": Row("teacher", Stage.offer, move=_expire),
    "answer": Row("school", Stage.question, move=_answer),
    "leave": Row("teacher", Stage.accepted, move=_refuse),
    "leavewhy": Row("teacher", Stage.accepted, "time", move=_refuse),
    "leavesure": Row("teacher", Stage.accepted, "travel", True, move=_refuse),
    "late": Row("boss", Stage.accepted, also=PROGRAMME, move=_refuse),
    "remind": Row("boss", Stage.accepted, changes=True, also=PROGRAMME, move=_confirm),
    "release": Row("boss", Stage.accepted, changes=True, also=PROGRAMME, move=_confirm),
    "unit": Row("teacher", Stage.accepted, changes=True, move=_confirm),
    "unitcode": Row("teacher", Stage.unit_wanted, changes=True, second=True, move=_refuse),
    "unitsee": Row("unit", Stage.unit_asked, move=_unit_agrees),
    "unityes": Row("unit", Stage.unit_asked, changes=True, move=_unit_agrees),
    "unitno": Row("unit", Stage.unit_asked, move=_unit_agrees),
    "unitdeny": Row("unit", Stage.unit_asked, changes=True, move=_unit_agrees),
    "unitmust": Row("boss", Stage.accepted, changes=True, also=PROGRAMME, move=_confirm),
    "unitpaper": Row("boss", Stage.unit_wanted, also=PROGRAMME, move=_refuse),
    "unitnote": Row("boss", Stage.unit_wanted, also=PROGRAMME, move=_refuse),
    "nope": Row("teacher", Stage.offer, move=_expire),
    "nopewhy": Row("teacher", Stage.offer, "travel", True, move=_accept),
    "confirm": Row("school", Stage.accepted, changes=True, move=_refuse),
    "refuse": Row("school", Stage.accepted, move=_confirm),
    "refusewhy": Row("school", Stage.accepted, "not-fitting", True, move=_confirm),
    "offer": Row("school", Stage.accepted, also=("teacher",), move=_confirm),
    "seeoffer": Row("teacher", Stage.accepted, also=("school",), move=_refuse),
    "helpers": Row("school", Stage.running, move=_leave),
    "arrange": Row("teacher", Stage.placement, also=BOTH_OTHERS, move=_cancel),
    "redate": Row("teacher", Stage.placement, also=BOTH_OTHERS, move=_cancel),
    "redateto": Row("teacher", Stage.placement, "20270315-20270811", also=BOTH_OTHERS, move=_cancel),
    "redatesure": Row("teacher", Stage.placement, "20270315-20270811", True, also=BOTH_OTHERS, move=_cancel),
    "redateyes": Row("school", Stage.date_move, changes=True, move=_decline_dates),
    "redateno": Row("school", Stage.date_move, changes=True, move=_decline_dates),
    "redatestop": Row("teacher", Stage.date_move, changes=True, move=_decline_dates),
    "survey": Row("school", Stage.survey, move=_lapse),
    "rate": Row("school", Stage.survey, "0.4", True, move=_lapse),
    "done": Row("school", Stage.rated, changes=True, move=_lapse),
    "later": Row("school", Stage.survey, move=_lapse),
    "noslips": Row("school", Stage.students, changes=True, move=_lapse),
    "result": Row("boss", Stage.result, also=PROGRAMME, move=_close),
    "close": Row("boss", Stage.result, changes=True, also=PROGRAMME, move=_close),
    "reopen": Row("boss", Stage.result, changes=True, also=PROGRAMME, move=_close),
}
DESTRUCTIVE = {"admit", "transfer", "tfile", "consent", "forget"}  # they change who somebody is: tried in dialogues


@pytest.fixture(scope="module")
def stage(shared_world: World) -> Iterator[Stage]:
    cast = Stage(shared_world)
    cast.add_colleague()
    yield cast
    check_everything(shared_world)


def test_every_verb_has_a_row() -> None:
    assert set(VERBS) == set(ROWS)


@pytest.mark.parametrize("verb", sorted(set(VERBS) - DESTRUCTIVE))
def test_a_tap(stage: Stage, verb: str) -> None:
    """Foreign and garbage taps change nothing, the owner's does what it says, the second and the stale nothing more."""
    row, owner = ROWS[verb], getattr(stage, ROWS[verb].owner)
    stage.clear()
    ident = row.build(stage)
    data = _data(verb, ident, row.choice)
    before = stage.state()
    if row.everybody:
        allowed = {owner, *(getattr(stage, name) for name in row.also)}
        foreign = [user for user in stage.everybody if user not in allowed]
        _press(
            stage, [(user, data) for user in foreign if VERBS[verb].about or user not in (stage.stranger, stage.unit)]
        )
        assert stage.changed(before) == [], "a foreign tap changed something"
    _press(stage, [(owner, bad) for bad in _nonsense(verb, ident, row)])
    assert stage.changed(before) == [], "garbage changed something"
    _press(stage, [(owner, data)])
    assert row.changes == bool(stage.changed(before))
    after = stage.state()
    if not row.second:
        _press(stage, [(owner, data), (owner, data)])
        assert stage.changed(after) == [], "a second tap changed something"
    if row.move is not None:
        _stale(stage, verb, row, owner)


def _stale(stage: Stage, verb: str, row: Row, owner: int) -> None:
    assert row.move is not None
    stage.clear()
    ident = row.build(stage)
    row.move(stage, ident)
    stage.world.settle()
    moved = stage.state()
    _press(stage, [(owner, _data(verb, ident, row.choice))])
    assert stage.changed(moved) == [], "a stale tap changed something"


def _data(verb: str, ident: int, choice: str) -> str:
    return f"v1:{verb}:{ident}" + (f":{choice}" if choice else "")


def _nonsense(verb: str, ident: int, row: Row) -> list[str]:
    found = [f"v1:{verb}:²", f"v2:{verb}:{ident}"]
    if VERBS[verb].about:
        found += [_data(verb, NOWHERE, row.choice), _data(verb, 10**17, row.choice)]
    if VERBS[verb].takes == 2:
        found += [f"v1:{verb}:{ident}:{bad}"[:60] for bad in GARBAGE if bad not in row.harmless]
    return [each for each in found if len(each.encode()) <= 64]


def _press(stage: Stage, taps: list[tuple[int, str]]) -> None:
    """All at once; each is answered exactly once, and nothing is parked."""
    pressed = [(user, _message(stage.world, user), data) for user, data in taps]
    queries = stage.world.press_all(pressed)
    last = stage.seen
    answers = stage.world.rows(Outbox, Outbox.act == "answer", Outbox.id > last)
    stage.seen = max((row.id for row in answers), default=last)
    assert sorted(queries) == sorted(row.content["query"] for row in answers if row.outcome == "sent")


def _message(world: World, user: int) -> int:
    """A message of the bot on this phone; the first is always one."""
    return 1 if user not in (19, 20, 21, 22) else 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command(stage: Stage, command: str) -> None:
    """Every command by everybody is answered, and by itself changes no business row."""
    before = stage.state()
    for user in stage.everybody:
        heard = len(stage.world.heard(user))
        stage.world.say(user, f"/{command}")
        assert len(stage.world.heard(user)) > heard, (user, command)
    if command != "cancel":
        assert stage.changed(before) == []
