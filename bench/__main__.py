"""`python -m bench`, as `make bench` calls it: one line a bar, `bar NAME VALUE <=|>= LIMIT holds|short`.

Details go to the error output. The exit code says whether the measuring itself worked; a short bar is a finding, not a failure.
"""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import bars, world
from bench.compare import compare
from dealflow.bootstrap import throwaway

GIVEN = "DEALFLOW_TEST_POSTGRES"  # where tools.with_postgres says that the server is


def main(arguments: list[str]) -> int:
    """Make the worlds, prove that both sides do the same work, then measure."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--seconds", type=float, default=120.0, help="for all bars together, world and proof not counted")
    asked.add_argument("--sqlite", action="store_true", help="only the embedded database")
    options = asked.parse_args(arguments)
    place = os.environ.get(GIVEN)
    if not options.sqlite and not place:
        print(f"no PostgreSQL server: {GIVEN} is not set (make bench starts one)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as after:
        state = Path(folder)
        files = world.make(folder, state)
        compare(files)
        served = None
        if place and not options.sqlite:
            served = world.make(place, state)
            after.callback(throwaway.drop, served.url)
            compare(served)
        for bar in bars.all_bars(files, served, options.seconds):
            print(bar.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
