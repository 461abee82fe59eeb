"""`python bot.py assign …` as an operator types it."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_command_line import ROOT, Shell

EVAL = ROOT / "tests" / "matching" / "eval"
DAY = ("--today", "2026-11-21")
NEED = {"id": "N1", "text": "初中缺两名物理老师，顶岗支教一学期"}
TEACHER = {"id": "T1", "subjects": ["物理"], "stages": ["初中"], "modes": ["顶岗支教"]}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def run(shell: Shell, needs: str, teachers: str) -> tuple[int, str, str]:
    """Writes both files and assigns."""
    for name, text in (("needs.jsonl", needs), ("teachers.jsonl", teachers)):
        (shell.folder / name).write_text(text, encoding="utf-8")
    return shell.run("assign", "--needs", "needs.jsonl", "--teachers", "teachers.jsonl", *DAY)


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def shuffled(text: str) -> str:
    rows = text.splitlines()
    random.Random(3).shuffle(rows)
    return "\n".join(rows)


def test_pairs_open_places_and_statistics_are_printed_and_nothing_is_written(shell: Shell) -> None:
    needs, teachers = ((EVAL / f"{name}.jsonl").read_text(encoding="utf-8") for name in ("needs", "teachers"))
    code, output, complaints = run(shell, needs, teachers)
    assert (code, "Traceback" in complaints) == (0, False)
    *rows, figures = [json.loads(line) for line in output.splitlines()]
    pairs = [row for row in rows if "teacher_id" in row]
    unfilled = [row for row in rows if "unfilled" in row]
    assert [*pairs, *unfilled] == rows
    assert len(pairs) == figures["filled"] == figures["filled_bound"]
    assert figures["value"] == figures["bound"] == pytest.approx(sum(pair["score"] for pair in pairs))
    assert figures["places"] == len(pairs) + sum(row["unfilled"] for row in unfilled)
    assert all(pair["score"] == pytest.approx(sum(part["points"] for part in pair["parts"])) for pair in pairs)
    said = [part["label"] for pair in pairs for part in pair["parts"]]
    said += [told["label"] for row in unfilled for told in (row["why"], *row["would"])]
    assert not [label for label in said if not label or "assign-" in label or "part-" in label or "{" in label]
    assert {path.name for path in shell.folder.iterdir()} == {"needs.jsonl", "teachers.jsonl"}
    assert run(shell, shuffled(needs), shuffled(teachers))[1] == output


def test_what_is_known_of_an_order_counts(shell: Shell) -> None:
    """Waiting, site, held places and refusals; labels of the evaluation set do not."""
    site = {"school": "某教学点", "one_teacher": True, "remote": True, "altitude": 2800}
    known = NEED | {
        "waiting_days": 30,
        "site": site,
        "placed": ["T9"],
        "refused": ["T2"],
        "gold": ["?"],
        "kind": "spam",
    }
    code, output, _ = run(shell, lines(known), lines(TEACHER, TEACHER | {"id": "T2"}))
    assert code == 0
    pair, figures = (json.loads(line) for line in output.splitlines())
    assert (pair["need_id"], pair["order"], pair["teacher_id"]) == ("N1", 0, "T1")
    assert [(part["label"], part["points"]) for part in pair["parts"][-3:]] == [
        ("已等 30 天", 3.0),
        ("一师一校", 10.0),
        ("偏远学校", 5.0),
    ]
    assert (figures["places"], figures["held"], figures["filled"]) == (1, 1, 1)


def test_how_long_a_teacher_would_stay_holds_as_in_ranking(shell: Shell) -> None:
    """An order of a term (five months): who takes at most four or at least six is neither ranked nor assigned."""
    limits: dict[str, dict[str, Any]] = {
        "T1": {"max_months": 4},
        "T2": {"min_months": 6},
        "T3": {"min_months": 5, "max_months": 5},
        "T4": {"min_months": "at least a year", "max_months": None},  # says nothing
    }
    teachers = lines(*(TEACHER | {"id": id} | limit for id, limit in limits.items()))
    code, output, _ = run(shell, lines(NEED | {"text": "初中缺三名物理老师，顶岗支教五个月"}), teachers)
    *pairs, unfilled, figures = [json.loads(line) for line in output.splitlines()]
    files = ("--needs", "needs.jsonl", "--teachers", "teachers.jsonl")
    (ranked,) = json.loads(shell.run("rank", *files, *DAY)[1])["needs"]
    assert (code, ranked["months"], ranked["excluded"]) == (0, 5, {"length": 2})
    for listed in (pairs, ranked["candidates"]):
        assert {each["teacher_id"] for each in listed} == {"T3", "T4"}
    assert (unfilled["why"]["name"], figures["filled"]) == ("few", 2)


def test_a_place_nobody_would_stay_long_enough_for_says_so(shell: Shell) -> None:
    _, output, _ = run(shell, lines(NEED), lines(TEACHER | {"max_months": 1}))
    why = json.loads(output.splitlines()[0])["why"]
    assert why == {"name": "length", "label": "能教初中物理又有空的老师，都去不了这么久或这么短"}


def test_an_open_place_says_why_in_words(shell: Shell) -> None:
    code, output, _ = run(shell, lines(NEED), lines(TEACHER))
    unfilled = json.loads(output.splitlines()[1])
    assert (code, unfilled["unfilled"], unfilled["why"]["name"]) == (0, 1, "few")
    assert unfilled["why"]["label"] == "合适的老师只有 1 人，都已安排在这一单"
    assert unfilled["would"] == [{"name": "more", "label": "再找 1 位能教初中物理的老师", "teachers": 1}]


@pytest.mark.parametrize(
    ("needs", "teachers", "said"),
    [
        (lines(NEED) + "\n{", "", "needs.jsonl 第 3 行：不是一行完整的 JSON"),
        (lines(NEED), lines(TEACHER, TEACHER), "teachers.jsonl 第 2 行：编号 T1 重复"),
        (lines(NEED | {"site": {"remote": "yes"}}), "", "needs.jsonl 第 1 行：site.remote 写得不对"),
        (lines(NEED | {"site": {"min_title": "高级"}}), "", "needs.jsonl 第 1 行：site.min_title 写得不对"),
    ],
    ids=["json", "twice", "site", "title"],
)
def test_a_bad_line_is_named_and_nothing_is_assigned(shell: Shell, needs: str, teachers: str, said: str) -> None:
    code, output, complaint = run(shell, needs, teachers)
    assert (code, output, said in complaint, "Traceback" in complaint) == (2, "", True, False), complaint


def test_a_file_that_cannot_be_read_is_named(shell: Shell) -> None:
    (shell.folder / "teachers.jsonl").write_bytes(b"\xff\xfe\xff")
    (shell.folder / "needs.jsonl").write_text(lines(NEED), encoding="utf-8")
    for needs, teachers, said in (("absent", "teachers", "absent.jsonl"), ("needs", "teachers", "teachers.jsonl")):
        files = ("--needs", f"{needs}.jsonl", "--teachers", f"{teachers}.jsonl")
        code, output, complaint = shell.run("assign", *files, *DAY)
        assert (code, output, said in complaint, "Traceback" in complaint) == (2, "", True, False), complaint


def test_empty_files_give_empty_statistics(shell: Shell) -> None:
    code, output, _ = run(shell, "", "")
    assert (code, json.loads(output)["places"]) == (0, 0)
