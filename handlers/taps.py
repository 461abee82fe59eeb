"""Buttons. `v1:<verb>:<id>[:<choice>]` names a row of VERBS, and VERBS is the one list of what a tap can do.

Adding a flow: write its service functions, add its verbs here, its views in handlers/views and its words in locales. The
generated matrices (tests/flows) then tap every verb as every role, twice, stale and on foreign objects.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session
from telegram import Update
from telegram.ext import ContextTypes

from delivery.turn import current_turn
from services import (
    amending,
    behalf,
    bulk,
    callbacks,
    changes,
    colleague_codes,
    conditions,
    corrections,
    counties,
    date_moves,
    decisions,
    deputies,
    evidence,
    filing,
    home,
    introductions,
    moves,
    muting,
    needs,
    offers,
    people,
    post,
    privacy,
    proposals,
    questions,
    results,
    surveys,
    teachers,
    unconfirmed,
    unit_consents,
    withdrawals,
)
from services.actor import Actor
from services.clean import clean

PREFIX = "v1"


@dataclass(frozen=True, slots=True)
class Verb:
    """What a tap does: the service, which of id and choice it takes, whose tap it is, and whether consent can wait."""

    act: Callable[..., Any]
    takes: int  # 0: nothing, 1: id, 2: id and choice
    role: str  # anyone, school, teacher, both (of these), coordinator, all (three), unit: for the matrices and for readers
    about: str = ""  # the table the id belongs to
    before_consent: bool = False


def _language(session: Session, actor: Actor, now: datetime, _: int, language: str) -> Any:
    return people.choose_language(session, actor, now, language)


def _role(session: Session, actor: Actor, now: datetime, _: int, role: str) -> Any:
    return introductions.choose_role(session, actor, now, role)


VERBS: dict[str, Verb] = {
    # joining
    "consent": Verb(people.agree, 0, "anyone", before_consent=True),
    "lang": Verb(_language, 2, "anyone", before_consent=True),
    "start": Verb(people.start, 0, "anyone", before_consent=True),
    "join": Verb(introductions.join, 0, "anyone"),
    "role": Verb(_role, 2, "anyone"),
    "pick": Verb(introductions.choose_school, 2, "anyone", "introduction"),
    "admit": Verb(introductions.admit, 1, "coordinator", "introduction"),
    "reject": Verb(introductions.reject, 1, "coordinator", "introduction"),
    "transfer": Verb(moves.transfer, 2, "coordinator", "introduction"),
    "newcomer": Verb(introductions.open_card, 1, "coordinator", "introduction"),
    # everybody's screens
    "home": Verb(home.go, 0, "anyone"),
    "help": Verb(home.help_, 0, "anyone"),
    "mute": Verb(muting.choose, 2, "anyone"),
    "mine": Verb(home.mine, 0, "anyone"),
    "queue": Verb(home.queue, 0, "coordinator"),
    "callme": Verb(callbacks.begin, 0, "anyone"),
    "callyes": Verb(callbacks.request, 0, "anyone"),
    "callnot": Verb(callbacks.back, 0, "anyone"),
    "takecall": Verb(callbacks.take, 1, "coordinator", "callback"),
    "solved": Verb(callbacks.solve, 1, "coordinator", "callback"),
    "call": Verb(callbacks.open_card, 1, "coordinator", "callback"),
    "forget": Verb(privacy.forget, 0, "anyone"),
    "keep": Verb(privacy.keep, 0, "anyone"),
    # the coordinators' desk
    "counties": Verb(counties.choose, 2, "coordinator"),
    "county": Verb(counties.change, 2, "coordinator", "school"),
    "bulk": Verb(bulk.ask, 0, "coordinator"),
    "bulkyes": Verb(bulk.approve, 1, "coordinator", "bulkapproval"),
    "deputy": Verb(deputies.begin, 0, "coordinator"),
    "away": Verb(deputies.choose_days, 2, "coordinator"),
    "standin": Verb(deputies.name, 2, "coordinator", "person"),
    "standcode": Verb(deputies.invite, 2, "coordinator"),
    "standend": Verb(deputies.cancel, 1, "coordinator", "deputy"),
    # a school's order
    "need": Verb(needs.begin, 0, "school"),
    "isneed": Verb(needs.insist, 0, "school"),
    "terms": Verb(conditions.begin, 0, "school"),
    "slot": Verb(needs.choose, 2, "school", "need"),
    "edit": Verb(corrections.edit, 2, "school", "need"),
    "field": Verb(corrections.edit_field, 2, "school", "need"),
    "file": Verb(filing.submit, 1, "school", "need"),
    "fileon": Verb(filing.submit_anyway, 1, "school", "need"),
    "behalf": Verb(behalf.begin, 0, "anyone"),
    "behalfof": Verb(behalf.choose, 2, "anyone"),
    "resume": Verb(needs.resume, 1, "school", "need"),
    "drop": Verb(needs.cancel, 1, "school", "need"),
    # an order after it was filed
    "orders": Verb(changes.listed, 2, "school"),
    "order": Verb(changes.show, 2, "school", "need"),
    "change": Verb(changes.change, 1, "school", "need"),
    "undo": Verb(changes.withdraw_ask, 2, "school", "need"),
    "undoyes": Verb(changes.withdraw, 2, "school", "need"),
    "enough": Verb(changes.enough_ask, 1, "school", "need"),
    "proof": Verb(evidence.begin, 1, "school", "need"),
    "proofof": Verb(evidence.choose, 2, "school", "need"),
    "enoughwhy": Verb(changes.enough, 2, "school", "need"),
    "mates": Verb(colleague_codes.choose, 2, "school", "need"),
    "mate": Verb(colleague_codes.ask, 1, "school", "placement"),
    "matenew": Verb(colleague_codes.renew, 2, "school", "placement"),
    "reply": Verb(decisions.answer_ask, 1, "school", "proposal"),
    # a teacher's entry
    "teach": Verb(teachers.begin, 0, "teacher"),
    "tslot": Verb(teachers.choose, 2, "teacher", "teacher"),
    "tedit": Verb(teachers.edit, 1, "teacher", "teacher"),
    "tset": Verb(teachers.adjust, 2, "teacher", "teacher"),
    "tback": Verb(teachers.back, 1, "teacher", "teacher"),
    "tfile": Verb(teachers.submit, 1, "teacher", "teacher"),
    "tdrop": Verb(teachers.cancel, 1, "teacher", "teacher"),
    "tpause": Verb(teachers.pause, 2, "teacher", "teacher"),
    # the coordinator's decision
    "mark": Verb(proposals.mark, 2, "coordinator", "proposal"),
    "more": Verb(proposals.more, 1, "coordinator", "proposal"),
    "show": Verb(proposals.show, 1, "coordinator", "proposal"),
    "open": Verb(proposals.open_card, 1, "coordinator", "proposal"),
    "approve": Verb(decisions.approve, 1, "coordinator", "proposal"),
    "relax": Verb(decisions.relax, 2, "coordinator", "proposal"),
    "return": Verb(decisions.ask_back, 1, "coordinator", "proposal"),
    "seeproof": Verb(evidence.show_all, 1, "coordinator", "proposal"),
    "askproof": Verb(decisions.ask_evidence, 1, "coordinator", "proposal"),
    "decline": Verb(decisions.decline_ask, 1, "coordinator", "proposal"),
    "why": Verb(decisions.decline, 2, "coordinator", "proposal"),
    "amend": Verb(amending.amend, 2, "coordinator", "proposal"),
    "entry": Verb(amending.entry, 1, "coordinator", "teacher"),
    "switch": Verb(amending.switch, 2, "coordinator", "teacher"),
    "paused": Verb(amending.paused, 0, "coordinator"),
    # the teacher's answer
    "accept": Verb(offers.accept, 1, "teacher", "offer"),
    "otherwise": Verb(offers.change_dates, 1, "teacher", "offer"),
    "dates": Verb(offers.propose_dates, 2, "teacher", "offer"),
    "asks": Verb(questions.begin, 1, "teacher", "offer"),
    "nope": Verb(offers.decline_ask, 1, "teacher", "offer"),
    "nopewhy": Verb(offers.decline, 2, "teacher", "offer"),
    "leave": Verb(withdrawals.ask_reason, 1, "teacher", "offer"),
    "leavewhy": Verb(withdrawals.ask_once, 2, "teacher", "offer"),
    "leavesure": Verb(withdrawals.leave, 2, "teacher", "offer"),
    # the school's answer
    "answer": Verb(questions.open_answer, 1, "school", "question"),
    "confirm": Verb(offers.confirm, 1, "school", "offer"),
    "refuse": Verb(offers.refuse_ask, 1, "school", "offer"),
    "refusewhy": Verb(offers.refuse, 2, "school", "offer"),
    "offer": Verb(offers.show, 1, "both", "offer"),
    "seeoffer": Verb(offers.open_card, 1, "both", "offer"),
    # the consent of the teacher's unit
    "unit": Verb(unit_consents.ask_for, 1, "teacher", "offer"),
    "unitcode": Verb(unit_consents.new_code, 1, "teacher", "offer"),
    "unitsee": Verb(unit_consents.show, 1, "unit", "unitconsent"),
    "unityes": Verb(unit_consents.agree, 1, "unit", "unitconsent"),
    "unitno": Verb(unit_consents.deny_ask, 1, "unit", "unitconsent"),
    "unitdeny": Verb(unit_consents.deny, 1, "unit", "unitconsent"),
    "unitmust": Verb(unit_consents.require, 1, "coordinator", "offer"),
    "unitpaper": Verb(unit_consents.ask_evidence, 1, "coordinator", "offer"),
    "unitnote": Verb(unit_consents.show_note, 1, "coordinator", "offer"),
    # a coordinator, where the school does not answer
    "late": Verb(unconfirmed.open_card, 1, "coordinator", "offer"),
    "remind": Verb(unconfirmed.remind, 1, "coordinator", "offer"),
    "release": Verb(unconfirmed.release, 1, "coordinator", "offer"),
    # dates of help that is agreed on
    "helpers": Verb(date_moves.listed, 2, "school", "need"),
    "arrange": Verb(date_moves.show, 2, "all", "placement"),
    "redate": Verb(date_moves.choose, 2, "all", "placement"),
    "redateto": Verb(date_moves.check, 2, "all", "placement"),
    "redatesure": Verb(date_moves.send, 2, "all", "placement"),
    "redateyes": Verb(date_moves.agree, 1, "all", "datemove"),
    "redateno": Verb(date_moves.decline, 1, "all", "datemove"),
    "redatestop": Verb(date_moves.take_back, 1, "both", "datemove"),
    # feedback
    "survey": Verb(surveys.show, 1, "both", "survey"),
    "rate": Verb(surveys.rate, 2, "both", "survey"),
    "done": Verb(surveys.finish, 1, "both", "survey"),
    "later": Verb(surveys.later, 1, "both", "survey"),
    "noslips": Verb(surveys.no_slips, 1, "school", "survey"),
    "result": Verb(results.open_result, 1, "coordinator", "placement"),
    "close": Verb(results.close, 1, "coordinator", "placement"),
    "reopen": Verb(results.reopen, 1, "coordinator", "placement"),
}


async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Does what the button says, after checking the world anew."""
    query = update.callback_query
    assert query is not None
    name = clean(update.effective_user.full_name) if update.effective_user else None
    await current_turn().commit(tapped, query.id, query.data or "", name)


def tapped(session: Session, actor: Actor, now: datetime, query: str, data: str, name: str | None) -> None:
    """The answer to the tap goes first, so that the button stops spinning; then the act."""
    answer = post.answer(session, actor, query)
    parsed = parse(data)
    if parsed is None:
        toast: post.Toast | None = post.Toast("unknown-button")
    else:
        verb, ident, choice = parsed
        toast = _act(session, actor, now, VERBS[verb], ident, choice, name)
    if toast is not None:
        answer.content = {**answer.content, "key": toast.key, "values": toast.values}


def _act(
    session: Session, actor: Actor, now: datetime, verb: Verb, ident: int, choice: str, name: str | None
) -> post.Toast | None:
    if not verb.before_consent and not actor.consented:
        people.welcome(session, actor, now)
        return None
    if verb.act is people.agree:
        return people.agree(session, actor, now, name)
    toast: post.Toast | None = verb.act(session, actor, now, *(ident, choice)[: verb.takes])
    return toast


def parse(data: str) -> tuple[str, int, str] | None:
    """(verb, id, choice) of callback data, or None for what no button of ours carries."""
    version, _, rest = data.partition(":")
    verb, _, rest = rest.partition(":")
    ident, _, choice = rest.partition(":")
    if version != PREFIX or verb not in VERBS or not (ident.isascii() and ident.isdigit()) or len(ident) > 18:
        return None
    return verb, int(ident), choice
