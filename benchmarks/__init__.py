"""The benchmarks: every figure of the README, measured on this machine beside what a user would pick instead.

`python -m benchmarks [name …]` runs them, prints one table and writes results.json. To add one, write a function that
takes a Progress and returns rows, and name it in BENCHES. Our side and theirs are measured in turn, in the same run:
machines drift, so only figures of one row may be compared.
"""

from benchmarks.registry import BENCHES, Bench, Progress, Row

__all__ = ["BENCHES", "Bench", "Progress", "Row"]
