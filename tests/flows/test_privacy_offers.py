"""/forget and what was said between an invitation and the school's yes: questions, answers, evidence of a unit's consent."""

from models import Offer, Question, UnitConsent
from services import offers, questions, unit_consents
from tests.flows.checks import check_audit
from tests.flows.stage import Stage
from tests.flows.test_privacy import MARK, NAME, business_rows, forget
from tests.world import World


def _asked_and_answered(stage: Stage) -> int:
    question = stage.question()
    stage.world.do(lambda session: setattr(session.get_one(Question, question), "text", f"会{MARK}吗"))
    stage.act(stage.school, questions.hear_answer, question, f"{NAME}会")
    return question


def test_mydata_shows_questions_answers_and_evidence_and_no_code(world: World) -> None:
    stage = Stage(world)
    offer = stage.unit_wanted()
    stage.act(stage.boss, unit_consents.hear_evidence, offer, MARK)
    world.say(stage.boss, "/mydata")
    (consent,) = world.document(stage.boss)["unit_consents"]
    assert consent["evidence"] == MARK
    assert "code_hash" not in consent


def test_after_forget_no_question_of_a_teacher_is_left(world: World) -> None:
    stage = Stage(world)
    _asked_and_answered(stage)
    world.say(stage.teacher, "/mydata")
    assert world.document(stage.teacher)["questions"][0]["text"] == f"会{MARK}吗"
    forget(world, stage.teacher)
    assert business_rows(world, (MARK,)) == []
    assert [row.status for row in world.rows(Offer)] == ["withdrawn"]
    check_audit(world)


def test_after_forget_no_answer_of_a_school_is_left(world: World) -> None:
    stage = Stage(world)
    question = _asked_and_answered(stage)
    forget(world, stage.school)
    assert business_rows(world, (NAME,)) == []
    assert [row.answer for row in world.rows(Question, Question.id == question)] == [""]


def test_after_forget_no_evidence_of_a_coordinator_is_left(world: World) -> None:
    stage = Stage(world)
    offer = stage.unit_wanted()
    stage.act(stage.boss, unit_consents.hear_evidence, offer, f"{MARK}号")
    stage.act(stage.school, offers.confirm, offer)
    forget(world, stage.boss)
    assert business_rows(world, (MARK,)) == []
    assert [row.status for row in world.rows(UnitConsent)] == ["given"]


def test_a_unit_s_person_who_forgets_can_be_replaced(world: World) -> None:
    stage = Stage(world)
    consent = stage.unit_asked()
    forget(world, stage.unit)
    (row,) = world.rows(UnitConsent, UnitConsent.id == consent)
    assert (row.status, row.person_id, row.code_hash) == ("open", None, None)
    world.tap(stage.teacher, "给单位的话")
    assert "/start " in world.last(stage.teacher)
