"""Every word the code asks for exists, and every word that exists is asked for.

VALUES says what the unknown part of a template can be, from the code's own constants. A new template fails until it has
a row, and a row that no code needs fails too.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product

import matching
from handlers.views import VIEWS, overview
from handlers.views.joining import PLAIN
from matching import lines
from matching.assigning import unfilled
from models.desk import DEPUTY_STATES
from models.help import BACKS
from models.offers import UNIT_CONSENT_STATES
from models.orders import OFFER_STATES, PLACEMENT_STATES, SIDES
from models.people import INTRODUCTION_STATES, ROLES
from models.surveys import SURVEY_ROLES, SURVEY_STATES
from services import amending, bulk, counties, decisions, needs, offers, surveys, teachers
from services import changes as filed
from services.media import KEPT
from services.survey_plan import plan
from tests.words import engine
from tests.words.catalog import messages, references
from tests.words.uses import ANY, Use, calls, literals_under, python_files, strings, uses

ASKING = ("handlers", "bot.py", "demo.py")
SERVICES = python_files("services")
TELLING = ("tell", "update", "tell_all", "change")


def service_errors() -> set[str]:
    """Keys of every ServiceError: those of Refused, and what NotYours says of itself."""
    own = calls(["__init__"], python_files("services/errors.py")) - {ANY}
    told = literals_under("key", python_files("delivery"))  # without a tap: the flood warning
    return calls(["Refused", "ServiceError"], SERVICES + python_files("handlers")) | own | told


def toasts() -> set[str]:
    """Keys of every Toast."""
    return calls(["Toast"], SERVICES + python_files("handlers"))


def parts() -> set[str]:
    """`name-level` of every part of a score."""
    return {f"{name}-{level}" for name, level in engine.PARTS}


def terms() -> set[str]:
    """`kind-id` of the vocabulary."""
    return {f"{kind}-{ident}" for kind in ("subject", "stage", "mode") for ident in matching.term_names(kind).values()}


def plain_terms() -> set[str]:
    """Terms that have plain words of their own for buttons; they are optional, but must be terms."""
    return {key for key in terms() if f"plain-{key}" in messages("zh-CN")}


def changes() -> set[str]:
    """Limits that can give, and the same where the teacher has yet to say what they can give."""
    return {f"{limit}{tail}" for limit in engine.RELAX for tail in ("", "-open")}


def asked_in_waves() -> set[str]:
    """`words-role` of whoever is asked by marks."""
    return {f"{wave.words}-{role}" for wave in plan().waves.values() for role in wave.ask if role != "students"}


# template → values of its unknown part. Two unknown parts in a row are given joined by "-".
VALUES: dict[str, Callable[[], Iterable[str]]] = {
    "assign-why-{}": lambda: unfilled.WHY,
    "assign-would-{}": lambda: unfilled.WOULD,
    "ask-{}": lambda: needs.SLOTS,
    "backs-{}": lambda: BACKS,
    "button-nope-{}": lambda: (*offers.DECLINE_REASONS, "unit"),
    "button-refuse-{}": lambda: offers.REFUSE_REASONS,
    "called-off-{}": lambda: ("withdrawn", "enough", "changed"),
    "change-{}": lambda: (*needs.FIELDS, "urgent"),
    "changed-{}": changes,
    "changed-teacher-{}": changes,
    "confirm-{}": lambda: set(OFFER_STATES) - {"accepted"} | {"released", "unit"},
    "decline-{}": lambda: decisions.DECLINE_REASONS,
    "ended-{}": lambda: (*filed.WITHDRAW_REASONS, *filed.ENOUGH_REASONS),
    "error-{}": service_errors,
    "evidence-{}-ask": lambda: BACKS,
    "excluded-{}": lambda: engine.EXCLUDED,
    "file-{}": lambda: KEPT,
    "field-{}-ask": lambda: (*needs.FIELDS, "edit"),
    "grade-{}": lambda: map(str, range(1, 13)),
    "help-{}": lambda: (*ROLES, "colleague"),
    "intro-card-{}": lambda: set(INTRODUCTION_STATES) - {"draft", "open"},
    "intro-words-{}": lambda: ("school", "teacher"),
    "intro-words-{}-again": lambda: ("school",),  # only a school's name can fail to match
    "mine-placement-{}": lambda: PLACEMENT_STATES,
    "amended-{}": lambda: amending.AMENDABLE,
    "bulk-{}": lambda: bulk.LEFT_OUT,
    "deputy-{}": lambda: DEPUTY_STATES,
    "button-away-{}": lambda: ("this-week", "next-week"),
    "queue-{}": lambda: ("returned", "unanswered", "escalated"),
    "county-{}-ask": lambda: counties.TOPICS,
    "setting-{}": lambda: counties.TOPIC_OF,
    "button-setting-{}": lambda: counties.TOPIC_OF,
    "next-{}": lambda: {*overview.STEPS, *overview.AT},
    "offer-{}": lambda: set(OFFER_STATES) - {"open"} | {"released", "unit"},
    "offer-accepted-{}": lambda: ("open", "given"),
    "part-{}-{}": parts,
    "plain-{}-{}": plain_terms,
    "relax-{}": lambda: engine.RELAX,
    "reply-{}": lambda: engine.KINDS - {"need"},
    "placement-{}": lambda: ("active", "ended", "cancelled"),
    "redate-asked-{}": lambda: SIDES,
    "redate-waits-{}": lambda: SIDES,
    "redate-declined-{}": lambda: SIDES,
    "redate-fault-{}": lambda: ("unclear", "past", "order", "far", "same"),
    "redate-over-{}": lambda: ("withdrawn", "replaced", "begun", "late", "ended", "cancelled"),
    "redate-sure-{}": lambda: (*SIDES, "coordinator"),
    "button-redate-sure-{}": lambda: (*SIDES, "coordinator"),
    "role-{}": lambda: ROLES,
    "side-{}": lambda: SURVEY_ROLES,
    "survey-intro-{}": asked_in_waves,
    "survey-{}": lambda: set(SURVEY_STATES) - {"open"},
    "survey-{}-{}": lambda: {f"{asked}-{n + 1}" for asked in asked_in_waves() for n in range(surveys.QUESTIONS)},
    "teach-{}-ask": lambda: teachers.SLOTS,
    "toast-{}": toasts,
    "totals-{}": lambda: calls(["Misread"], python_files("services/totals.py")),
    "wave-{}": lambda: plan().waves,
    "unit-card-{}": lambda: UNIT_CONSENT_STATES,
    "unit-note-{}": lambda: UNIT_CONSENT_STATES,
    "cli-line-{}": lambda: lines.FAULTS,
    "cli-{}-help": lambda: calls(["add"], python_files("bot.py")),
    # bare keys, by file
    "bot.py {}": lambda: strings(SERVICES, "roster-"),
    "handlers/views/joining.py {}": lambda: PLAIN,
    "handlers/views/wording.py {}-{}": terms,
    "handlers/views/wording.py button-{}": lambda: (),  # button() itself; its callers are followed instead
}


def _row(use: Use) -> str:
    """The row of VALUES for a template; a template without a word of its own is told apart by file."""
    file = use.where.partition(":")[0]
    return use.template if use.template in VALUES else f"{file} {use.template}"


def _keys(use: Use) -> Iterator[str]:
    if ANY not in use.template:
        yield use.template
        return
    joined = use.template.replace(f"{ANY}-{ANY}", ANY)
    for value in VALUES[_row(use)]():
        yield joined.replace(ANY, value)


@cache
def all_uses() -> list[Use]:
    return [use for path in python_files(*ASKING) for use in uses(path)]


# Words without a use, told to their owner; to be removed with the words.
LEFT_OVER: set[str] = set()


def test_every_template_is_known() -> None:
    unknown = {f"{use.where}: {use.template}" for use in all_uses() if ANY in use.template and _row(use) not in VALUES}
    assert unknown == set()


def test_no_row_of_values_is_left_over() -> None:
    assert VALUES.keys() - {_row(use) for use in all_uses()} == set()


def test_every_word_the_code_asks_for_exists() -> None:
    known = messages("zh-CN")
    missing = {
        f"{use.where}: {key}" for use in all_uses() if not use.optional for key in _keys(use) if key not in known
    }
    assert missing == set()


def test_every_word_that_exists_is_asked_for() -> None:
    known = messages("zh-CN")
    asked = {key for use in all_uses() for key in _keys(use)}
    taken_in = set().union(*(references(message) for message in known.values()))
    assert known.keys() - asked - taken_in - LEFT_OVER == set()


def test_values_come_from_real_calls() -> None:
    """The collectors find something: an empty one would make the tests above pass for nothing."""
    for collect in (service_errors, toasts, parts, terms, plain_terms):
        assert collect(), collect.__name__
    assert not {found for found in service_errors() | toasts() if ANY in found}


def test_every_view_a_service_tells_exists() -> None:
    kinds = engine.KINDS - {"need"}
    told = calls(TELLING, SERVICES + python_files("delivery"), argument=2)
    named = {view for view in told if ANY not in view} | {f"reply-{kind}" for kind in kinds}
    assert named - VIEWS.keys() == set()
    assert {view for view in told if ANY in view} <= {ANY, f"reply-{ANY}"}


def test_every_view_is_told_by_somebody() -> None:
    """A view nobody tells is a leftover."""
    mentioned = {
        node.value
        for path in python_files("services", "delivery")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    replies = {f"reply-{kind}" for kind in engine.KINDS}
    assert VIEWS.keys() - mentioned - replies == set()


def test_templates_with_two_unknown_parts_are_joined_by_a_dash() -> None:
    """`_keys` relies on it."""
    odd = {use.template for use in all_uses() if use.template.count(ANY) > 1 and f"{ANY}-{ANY}" not in use.template}
    assert odd == set()


def test_the_engine_s_lists_have_no_doubles() -> None:
    assert all(name and level for name, level in engine.PARTS)
    assert len(list(product(engine.EXCLUDED))) == len(set(engine.EXCLUDED))
