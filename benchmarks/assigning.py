"""Assigning a whole pool: time, memory and proof at full size, growth, scarce supply, and beside a plain linear program.

Each size runs in a process of its own: `python -m benchmarks.assigning ORDERS TEACHERS KIND` prints one line of JSON.
"""

import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

from benchmarks import market
from benchmarks.registry import Progress, Row
from benchmarks.stage import ROOT
from matching import Pool
from matching.assigning.assign import assign, explained, market_of
from matching.assigning.transport import Choices, Whole, greedy, optimum, total

FULL = (5_000, 100_000)
GROWTH = ((50, 1_000), (500, 10_000))
SCARCE = (500, 100)  # orders and teachers: keeping the best 20 fills a fifth
BESIDE = (300, 250)
LIMIT_SECONDS = 900
PLACE = 10_000_000  # worth of a filled place in the linear program, in hundredths of a point


def measure(progress: Progress) -> list[Row]:
    """The figures of the issue, largest first."""
    rows = []
    for orders, teachers in (FULL, *reversed(GROWTH)):
        progress(f"assigning: {orders} orders, {teachers} teachers")
        rows += _rows(orders, teachers, _run_apart(orders, teachers))
    progress("assigning: scarce supply")
    rows += _scarce()
    progress("assigning: beside a linear program")
    return [*rows, _beside()]


def _run_apart(orders: int, teachers: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.assigning", str(orders), str(teachers), "broad"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _rows(orders: int, teachers: int, told: dict[str, Any]) -> list[Row]:
    size, figures = f"{orders:,} orders, {teachers:,} teachers", told["statistics"]
    proof = (
        f"{figures['filled']} of {figures['places']} places, no assignment fills more than {figures['filled_bound']}; "
    )
    proof += (
        f"value {figures['value']}, bound {figures['bound']}, gap {figures['gap']:.4%} over {figures['pairs']:,} pairs"
    )
    return [
        Row(f"assigned: {size}", "s", "less", told["seconds"], note=proof),
        Row(f"the parts of every pair: {size}", "s", "less", told["explained"]),
        Row(f"peak memory: {size}", "MB", "less", told["megabytes"], note="a fresh process, making the pool included"),
        Row(
            f"value: {size}",
            "points",
            "more",
            figures["value"],
            figures["greedy_value"],
            note=f"theirs: greedy by waiting, which fills {figures['greedy_filled']}",
        ),
    ]


def _scarce() -> list[Row]:
    """Supply a fifth of what is asked for, and everybody prefers the same teachers."""
    orders, room = _shared(*SCARCE)
    whole = optimum(orders, room)
    listed = optimum([order.best(20) for order in orders], room)
    filled, gains = total(orders, greedy(orders, room, range(len(orders))))
    size = f"{SCARCE[0]} orders for {SCARCE[1]} places of teachers whom all prefer alike"
    proof = f"no assignment fills more than {whole.filled_bound}"
    return [
        Row(f"places filled: {size}", "", "more", whole.filled, listed.filled, note=f"theirs: best 20 only; {proof}"),
        Row(f"places filled: {size}", "", "more", whole.filled, filled, note="theirs: greedy by id"),
        Row(f"value: {size}", "points", "more", whole.gains / 100, gains / 100, note="theirs: greedy by id"),
    ]


def _shared(orders: int, teachers: int) -> tuple[tuple[Choices, ...], Whole]:
    pool = Pool(market.teachers(teachers, "shared"))
    found = market_of(market.needs(orders, "shared"), pool, market.TODAY)
    return found.orders, found.room


def _beside() -> Row:
    """The same pairs as columns of OR-tools' simplex, all of them, with a taste that is shared but not equal."""
    from ortools.linear_solver import pywraplp

    shared, room = _shared(*BESIDE)
    dice = np.random.default_rng(market.SEED)
    noise = [dice.integers(0, 1000, len(order.gains)).astype(np.int32) for order in shared]
    orders = [
        Choices(o.teachers, o.gains + more, 1 + n % 3) for n, (o, more) in enumerate(zip(shared, noise, strict=True))
    ]
    began = time.perf_counter()
    ours = optimum(orders, room)
    ended = time.perf_counter()
    solver = pywraplp.Solver.CreateSolver("GLOP")
    wanted = [solver.Constraint(0, order.places) for order in orders]
    held = [solver.Constraint(0, int(places)) for places in room]
    goal = solver.Objective()
    goal.SetMaximization()
    for order, places in zip(orders, wanted, strict=True):
        for teacher, gain in zip(order.teachers.tolist(), order.gains.tolist(), strict=True):
            column = solver.NumVar(0, 1, "")
            places.SetCoefficient(column, 1)
            held[teacher].SetCoefficient(column, 1)
            goal.SetCoefficient(column, PLACE + gain)
    solver.Solve()
    seconds = time.perf_counter() - ended
    theirs, mine = round(goal.Value()), ours.filled * PLACE + ours.gains
    same = "the same optimum" if theirs == mine else f"NOT the same optimum: {mine} against {theirs}"
    pairs = sum(len(order.gains) for order in orders)
    note = f"{same} over {pairs:,} pairs; theirs: all of them in a linear program (GLOP)"
    return Row("beside a linear program", "s", "less", ended - began, seconds, (ended - began) / seconds, note=note)


def _measure_here(orders: int, teachers: int, kind: str) -> dict[str, Any]:
    pool, needs = Pool(market.teachers(teachers, kind)), list(market.needs(orders, kind))
    began, worked = time.perf_counter(), time.process_time()
    found = assign(needs, pool, today=market.TODAY)
    assigned, worked = time.perf_counter(), time.process_time() - worked
    shown = sum(1 for _ in explained(found.pairs, pool, today=market.TODAY))
    assert shown == len(found.pairs)
    return {
        "seconds": assigned - began,
        "processor": worked,
        "explained": time.perf_counter() - assigned,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "statistics": dict(found.statistics),
    }


if __name__ == "__main__":
    print(json.dumps(_measure_here(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
