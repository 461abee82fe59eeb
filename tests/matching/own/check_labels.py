#!/usr/bin/env python3
"""Checks the form of the labels beside this file: types, dates, ids, no text taken from shared/eval, a perfect reading scores 1.0.

check_labels.py [EVAL_DIR]      EVAL_DIR: the given set with score.py (default: ../../../../shared/eval seen from this folder)
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
EVAL = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[3] / "shared" / "eval"
STYLES = {"colloquial", "official", "table", "letter", "list"}
KINDS = {"need", "offer", "resource", "question", "complaint", "greeting", "spam"}
STAGES = {"学前", "小学", "初中", "高中", "中职"}
MODES = {"顶岗支教", "送教", "跟岗", "线上", "讲座培训", "同课异构", "师徒结对"}
ORDER = {"subjects", "stage", "grade", "mode", "headcount", "start", "months", "topics", "urgency", "_tol"}
PERSON = {
    "subjects",
    "stages",
    "modes",
    "title",
    "years",
    "available_from",
    "available_until",
    "capacity",
    "topics",
    "name",
    "unit",
    "origin_city",
    "_tol",
}


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def strings(value):
    assert isinstance(value, list) and all(isinstance(x, str) and x for x in value) and len(set(value)) == len(value), (
        value
    )


def day(value):
    assert value is None or date(2026, 9, 1) <= date.fromisoformat(value) <= date(2030, 12, 31), value


def window(gold, value):
    assert set(value) == {"null_ok", "from", "to"} and isinstance(value["null_ok"], bool), value
    day(value["from"]), day(value["to"])
    assert value["from"] <= value["to"] and (
        (gold is None and value["null_ok"]) or (gold is not None and value["from"] <= gold <= value["to"])
    ), (gold, value)


def stage(value):
    assert value is None or (set(value if isinstance(value, list) else [value]) <= STAGES and value != []), value


def number(value, low, high, kinds=int):
    assert value is None or (isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high), value


def order(o):
    assert ORDER - {"_tol"} <= set(o) <= ORDER, o
    tol = o.get("_tol", {})
    assert set(tol) <= ORDER - {"topics", "_tol"}, tol
    for value in [o["subjects"], o["topics"], *tol.get("subjects", [])]:
        strings(value)
    for value in [o["stage"], *tol.get("stage", [])]:
        stage(value)
    for value in [o["grade"], *tol.get("grade", [])]:
        number(value, 1, 12)
    for value in [o["mode"], *tol.get("mode", [])]:
        assert value is None or value in MODES, value
    for value in [o["headcount"], *tol.get("headcount", [])]:
        number(value, 1, 50)
    number(o["months"], 0.01, 48, (int, float)), day(o["start"])
    if "months" in tol:
        low, high = tol["months"]
        assert low <= (low if o["months"] is None else o["months"]) <= high, o
    if "start" in tol:
        window(o["start"], tol["start"])
    assert isinstance(o["urgency"], bool) and tol.get("urgency", "either") == "either"
    assert all(len(t) <= 12 for t in o["topics"]), o["topics"]
    if o["grade"] and o["stage"]:
        assert o["stage"] == ("小学" if o["grade"] <= 6 else "初中" if o["grade"] <= 9 else "高中"), o


def person(p):
    assert PERSON - {"_tol"} <= set(p) <= PERSON, p
    for field in ("subjects", "stages", "modes", "topics"):
        strings(p[field])
    assert set(p["stages"]) <= STAGES and set(p["modes"]) <= MODES
    for field in ("title", "name", "unit", "origin_city"):
        assert p[field] is None or (isinstance(p[field], str) and p[field])
    number(p["years"], 0, 60), number(p["capacity"], 1, 20)
    for field in ("available_from", "available_until"):
        day(p[field])
        if field in p.get("_tol", {}):
            window(p[field], p["_tol"][field])


def main():
    needs = {name: rows(HERE / f"{name}.jsonl") for name in ("needs_work", "needs_measure")}
    teachers = rows(HERE / "teachers.jsonl")
    everything = [*needs["needs_work"], *needs["needs_measure"], *teachers]
    assert len({r["id"] for r in everything}) == len(everything) == len({r["text"] for r in everything}), (
        "id or text twice"
    )
    given = [r.get("text") or r["bio"] for name in ("needs", "teachers") for r in rows(EVAL / f"{name}.jsonl")]
    for r in everything:
        assert not any(r["text"] == g or (len(g) >= 12 and g in r["text"]) for g in given), r["id"]
    for name, set_ in needs.items():
        assert len(set_) >= 200
        for r in set_:
            try:
                assert set(r) == {"id", "text", "style", "kind", "gold"} and r["style"] in STYLES and r["kind"] in KINDS
                assert (r["kind"] == "need") == bool(r["gold"])
                for o in r["gold"]:
                    order(o)
            except AssertionError as wrong:
                sys.exit(f"{r['id']} {r['text'][:40]}: {wrong}")
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "needs.jsonl").write_text((HERE / f"{name}.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
            out = [
                {"id": r["id"], "kind": r["kind"], "needs": [{**o, "urgent": o["urgency"]} for o in r["gold"]]}
                for r in set_
            ]
            (folder / "out.jsonl").write_text(
                "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in out), encoding="utf-8"
            )
            score = json.loads(
                subprocess.run(
                    [sys.executable, EVAL / "score.py", "reading", folder / "out.jsonl", "--set", folder],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
            )
            assert score["from_non_needs"] == 0 and all(
                v == 1.0 for k, v in score.items() if k not in ("texts", "orders", "from_non_needs")
            ), score
            print(name, score["texts"], "texts", score["orders"], "orders, a perfect reading scores 1.0")
    for r in teachers:
        try:
            person(r["gold"])
        except AssertionError as wrong:
            sys.exit(f"{r['id']} {r['text'][:40]}: {wrong}")
    print("teachers", len(teachers))


if __name__ == "__main__":
    main()
