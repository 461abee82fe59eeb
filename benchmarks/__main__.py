"""`python -m benchmarks [name …]`: run, print one table, write results.json beside this file."""

import argparse
import signal
import sys
from types import FrameType

from benchmarks import report
from benchmarks.registry import BENCHES, Progress, load


def main() -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHES)}; all if none is given")
    names = parser.parse_args().names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    signal.signal(signal.SIGTERM, _stop)  # so that the processes we started end with us
    progress = Progress()
    measured = {}
    for name in names:
        machine = report.machine()
        measured[name] = report.Measured(machine, load(name)(progress))
    progress("done")
    print("\n" + report.table([row for each in measured.values() for row in each.rows]))
    report.write(measured)
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
